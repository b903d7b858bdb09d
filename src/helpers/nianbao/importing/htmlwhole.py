"""What the sheets and scripts of a page say elsewhere of the words in its tables, so that a reader sees other ones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.importing.htmldoubts import TURNED, UNPRINTED
from nianbao.importing.htmlscripts import CELLS, written
from nianbao.shown.blocks import ADDED, SIGN, WRITTEN
from nianbao.shown.meant import before_or_after
from nianbao.shown.rules import rules_in, strings_in
from nianbao.shown.sheets import styled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from selectolax.lexbor import LexborNode

    from nianbao.shown.rules import Sheet

_HIDES = frozenset({"display", "visibility"})
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_ICON = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff\\s:：,，;；。、•·●○■□◆►▶»«›‹>*|★☆→←↑↓▲▼△▽✓✔]*")


def in_tables(body: LexborNode, sheets: Sequence[Sheet], said: Mapping[int, Mapping[str, str]], most: int) -> dict[int, str]:
    """The elements of tables whose words a reader sees otherwise for what the page says elsewhere: number → why.

    Parameters
    ----------
    said : mapping
        What the sheets say of the elements, for the screen.
    most : int
        As for `styled`.
    """
    found: dict[int, str] = {}
    if any("print" in one.media or "print" in one.text for one in sheets):
        on_paper = styled(body, _HIDES, sheets, most, "print").said
        gone = {key for key, about in on_paper.items() if _is_gone(about)}
        found |= {node.mem_id: UNPRINTED for node in body.css(CELLS) if node.mem_id in gone} if gone else {}
    if any("content" in one.text for one in sheets):
        added: dict[int, str] = {}
        for rule in rules_in(sheets, frozenset({"content"}), "screen"):
            why = ADDED if any(_says_more(one.value) for one in rule.declared) else SIGN
            if why == ADDED or any(
                map(_PRIVATE.search, (said for one in rule.declared for said in strings_in(one.value) or ()))
            ):
                for node in before_or_after(body, rule.selector):
                    added[node.mem_id] = ADDED if added.get(node.mem_id) == ADDED else why
        inside = (node for node in body.css(CELLS) if node.mem_id in added) if added else ()
        for node in inside:
            why = added[node.mem_id]
            if node.css_first("table") is None and (why == ADDED or not node.text().strip()):
                found[node.mem_id] = TURNED if node.tag == "tr" else why  # what stands in a row is one more cell of it
    columns = (node for node in body.css("col, colgroup") if _is_gone(said.get(node.mem_id, {})))
    found |= {table.mem_id: TURNED for node in columns if (table := _table_of(node)) is not None}
    return found | dict.fromkeys(written(body, sheets), WRITTEN)


def _is_gone(about: Mapping[str, str]) -> bool:
    return about.get("display") == "none" or about.get("visibility") in {"hidden", "collapse"}


def _table_of(node: LexborNode) -> LexborNode | None:
    at: LexborNode | None = node
    while at is not None and at.tag != "table":
        at = at.parent
    return at


def _says_more(value: str) -> bool:
    """Whether what stands before or after words may be read with them; icons and signs of lists are not."""
    said = strings_in(value)
    return said is None or not all(map(_ICON.fullmatch, said))
