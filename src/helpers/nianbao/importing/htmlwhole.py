"""What the sheets and scripts of a page say elsewhere of the words in its tables, so that a reader sees other ones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import tinycss2

from nianbao.importing.htmldoubts import ADDED, TURNED, UNPRINTED, WRITTEN
from nianbao.shown.htmltree import root_of
from nianbao.shown.meant import before_or_after
from nianbao.shown.rules import rules_in, sheets_of
from nianbao.shown.sheets import styled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from selectolax.lexbor import LexborNode

_CELLS = "tr, td, th, td *, th *"
_HIDES = frozenset({"display", "visibility"})
_ICON = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff\\s:：,，;；。、•·●○■□◆►▶»«›‹>*|★☆→←↑↓▲▼△▽✓✔]*")
_SILENT = {"none", "normal", "open-quote", "close-quote", "no-open-quote", "no-close-quote", "inherit", "initial", "unset"}
_QUOTED = re.compile(r"""["'`]\s*([#.]?[\w\u4e00-\u9fff][^"'`<>]{0,80})["'`]""")
_WRITES = re.compile(
    r"innerHTML|outerHTML|innerText|textContent|nodeValue|insertAdjacent|\.(?:html|text|append|prepend|after|before)\("
)
_ALL_CELLS = re.compile(
    r"""(?:getElementsByTagName|querySelector(?:All)?|\$|jQuery)\(\s*["'`][^"'`]*\b(?:td|th)\b[^"'`]*["'`][^;]*"""
    r"(?:innerHTML|innerText|textContent|\.(?:html|text|append|prepend)\()"
)
_PROGRAMS = re.compile(r"|module|(?:text|application)/(?:x-)?(?:java|ecma)script")
_COLLAPSED = "col, colgroup"


def in_tables(body: LexborNode, longest: int, most: int) -> dict[int, str]:
    """The elements of tables whose words a reader sees otherwise for what the page says elsewhere: number → why."""
    found: dict[int, str] = {}
    sheets = sheets_of(body)
    if any("print" in media or "print" in sheet for media, sheet in sheets):
        said = styled(body, _HIDES, longest, most, "print").said
        gone = {key for key, about in said.items() if about.get("display") == "none" or about.get("visibility") == "hidden"}
        found |= {node.mem_id: UNPRINTED for node in body.css(_CELLS) if node.mem_id in gone} if gone else {}
    if any("content" in sheet for _, sheet in sheets):
        added = {
            node.mem_id
            for rule in rules_in(sheets, frozenset({"content"}), "screen")
            if any(_says_more(one.value) for one in rule.declared)
            for node in before_or_after(body, rule.selector)
        }
        inside = (node for node in body.css(_CELLS) if node.mem_id in added) if added else ()
        found |= {node.mem_id: ADDED for node in inside if node.css_first("table") is None}
    if any("collapse" in sheet for _, sheet in sheets) or body.css_first("col[style]") is not None:
        said = styled(body, _HIDES, longest, most, "screen").said
        gone = {key for key, about in said.items() if about.get("visibility") in {"collapse", "hidden"}}
        columns = (node for node in body.css(_COLLAPSED) if node.mem_id in gone)
        found |= {table.mem_id: TURNED for node in columns if (table := _table_of(node)) is not None}
    return found | dict.fromkeys(_written(body), WRITTEN)


def _table_of(node: LexborNode) -> LexborNode | None:
    at: LexborNode | None = node
    while at is not None and at.tag != "table":
        at = at.parent
    return at


def _says_more(value: str) -> bool:
    """Whether what stands before or after words may be read with them; icons and signs of lists are not."""
    for token in tinycss2.parse_component_value_list(value, skip_comments=True):
        if token.type == "string" and not _ICON.fullmatch(token.value):
            return True
        if token.type == "ident" and token.lower_value not in _SILENT:
            return True
        if token.type in {"function", "url"}:
            return True
    return False


def _written(body: LexborNode) -> Iterator[int]:
    """The elements of tables into which a script writes."""
    programs = [
        one for one in root_of(body).css("script") if _PROGRAMS.fullmatch((one.attributes.get("type") or "").lower())
    ]
    for one in programs:
        if (cell := _cell_of(one)) is not None:
            yield cell.mem_id
    writing = [text for one in programs if _WRITES.search(text := one.text())]
    named = {word for text in writing for quoted in _QUOTED.findall(text) for word in re.findall(r"[\w-]+", quoted)}
    are_all = any(_ALL_CELLS.search(text) for text in writing)
    for node in body.css(_CELLS) if named or are_all else ():
        if (are_all and node.tag in {"td", "th"}) or (node.tag != "tr" and named & {*_names(node)}):
            yield node.mem_id


def _names(node: LexborNode) -> Iterable[str]:
    about = node.attributes
    return [*(about.get("class") or "").split(), about.get("id") or ""]


def _cell_of(node: LexborNode) -> LexborNode | None:
    at: LexborNode | None = node
    while at is not None and at.tag not in {"td", "th", "table"}:
        at = at.parent
    return at if at is not None and at.tag in {"td", "th"} and at.css_first("table") is None else None
