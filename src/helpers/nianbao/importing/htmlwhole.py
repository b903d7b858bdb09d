"""What the sheets and scripts of a page say elsewhere of its words, so that a reader sees other ones, or more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.importing.htmldoubts import TURNED, UNPRINTED, is_in_cell
from nianbao.importing.htmlscripts import CELLS, written
from nianbao.shown.blocks import ADDED, COUNTED, SIGN, WRITTEN
from nianbao.shown.htmltree import INLINE
from nianbao.shown.meant import before_or_after
from nianbao.shown.rules import rules_in, strings_in
from nianbao.shown.sheets import styled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from selectolax.lexbor import LexborNode

    from nianbao.shown.rules import Sheet

_HIDES = frozenset({"display", "visibility"})
_ADDS = frozenset({"content", "position", "top", "bottom"})
_AT_EDGE = re.compile(r"auto|[-+]?0[a-z%]*|-.*|100%|[01]px|initial|unset|inherit")
_MAY_COUNT = re.compile(r"[0-9]|(?:attr|counters?|var)\(")
_ATTRIBUTE, _COUNTER = re.compile(r"attr\(\s*([\w-]+)"), re.compile(r"(?:counters?|var)\(")
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
        for rule in rules_in(sheets, _ADDS, "screen"):
            contents = [one for one in rule.declared if one.name == "content"]
            about = {one.name: one.value for one in rule.declared}
            why = ADDED if any(_says_more(one.value) for one in contents) or (contents and _crosses(about)) else SIGN
            if why == ADDED or any(map(_PRIVATE.search, (said for one in contents for said in strings_in(one.value) or ()))):
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


def in_text(body: LexborNode, sheets: Sequence[Sheet]) -> dict[int, str]:
    """The elements of the text to whose words the sheets add a number: number → why."""
    found: dict[int, str] = {}
    for rule in rules_in([one for one in sheets if "content" in one.text], frozenset({"content"}), "screen"):
        values = [one.value for one in rule.declared if _MAY_COUNT.search(one.value)]
        for node in before_or_after(body, rule.selector) if values else ():
            if any(_counts(value, node) for value in values) and not is_in_cell(node) and _is_one_line(node):
                found[node.mem_id] = COUNTED
    return found


def _counts(value: str, node: LexborNode) -> bool:
    """Whether what stands before or after the words of an element has a digit, or may have one inside of a line."""
    said = strings_in(value)
    if said is not None:
        return any(map(str.isdigit, "".join(said)))
    named = [node.attributes.get(one) or "" for one in _ATTRIBUTE.findall(value)]
    return any(map(str.isdigit, "".join(named))) or (bool(_COUNTER.search(value)) and node.tag in INLINE)


def _is_one_line(node: LexborNode) -> bool:
    """Whether no block lies in an element: what is added to one that holds several stands beside no words of theirs."""
    inside = (one.tag or "-" for one in node.traverse() if one.mem_id != node.mem_id)
    return all(tag in INLINE or tag[0] == "-" for tag in inside)


def _is_gone(about: Mapping[str, str]) -> bool:
    return about.get("display") == "none" or about.get("visibility") in {"hidden", "collapse"}


def _table_of(node: LexborNode) -> LexborNode | None:
    at: LexborNode | None = node
    while at is not None and at.tag != "table":
        at = at.parent
    return at


def _crosses(about: Mapping[str, str]) -> bool:
    """Whether what stands before or after words lies across them, as a line that strikes them out."""
    is_set = any(not _AT_EDGE.fullmatch(about.get(name, "auto")) for name in ("top", "bottom"))
    return about.get("position") == "absolute" and is_set


def _says_more(value: str) -> bool:
    """Whether what stands before or after words may be read with them; icons and signs of lists are not."""
    said = strings_in(value)
    return said is None or not all(map(_ICON.fullmatch, said))
