"""What the sheets and scripts of a page say elsewhere of its words, so that a reader sees other ones, or more."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from nianbao.hanzi import simplified
from nianbao.importing.html.boxes import is_unseen
from nianbao.importing.html.doubts import TURNED, UNPRINTED, is_in_cell
from nianbao.importing.html.properties import AT_REST, MOVES
from nianbao.importing.html.scripts import CELLS, written
from nianbao.shown.blocks import ADDED, COUNTED, SIGN, TOLD, WRITTEN
from nianbao.shown.htmltree import INLINE
from nianbao.shown.rules import strings_in
from nianbao.shown.sheets import styled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from selectolax.lexbor import LexborNode

    from nianbao.shown.rules import Sheet
    from nianbao.shown.sheets import Beside

_HIDES = frozenset({"display", "visibility"})
ADDED_TO_TABLE = "样式表在表格上下或各行前后加了东西的文字"
_PARTS = "table, thead, tbody, tfoot, tr"
_AT_EDGE = re.compile(r"auto|[-+]?0[a-z%]*|-.*|100%|[01]px|initial|unset|inherit")
_MAY_COUNT = re.compile(r"[0-9]|(?:attr|counters?|var)\(")
_ATTRIBUTE, _COUNTER = re.compile(r"attr\(\s*([\w-]+)"), re.compile(r"(?:counters?|var)\(")
_HAN = re.compile("[\u3400-\u9fff]")
_OF_TABLES = {"table", "thead", "tbody", "tfoot", "tr"}
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_ICON = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff\\s:：,，;；。、•·●○■□◆►▶»«›‹>*|★☆→←↑↓▲▼△▽✓✔]*")

# What stands beside a counter, a date of today or a box for searching.
OF_THE_PAGE = re.compile(
    "浏览|点击|阅读|人气|访问次数|访客|来源|字号|字体|打印|分享|今天|现在是|版权|备案|技术支持|搜索|检索|验证码|跳转|跳到|转到"
)


def in_tables(
    body: LexborNode, sheets: Sequence[Sheet], said: Mapping[int, Mapping[str, str]], added: Sequence[Beside], most: int
) -> dict[int, str]:
    """The elements of tables whose words a reader sees otherwise for what the page says elsewhere: number → why.

    Parameters
    ----------
    said : mapping
        What the sheets say of the elements, for the screen.
    added : sequence of Beside
        What they have stand before and after words.
    most : int
        As for `styled`.
    """
    found: dict[int, str] = {}
    if any("print" in one.media or "print" in one.text for one in sheets):
        on_paper = styled(body, _HIDES, sheets, most, "print").said
        gone = {key for key, about in on_paper.items() if _is_gone(about)}
        found |= {node.mem_id: UNPRINTED for node in body.css(CELLS) if node.mem_id in gone} if gone else {}
    found |= _added(body, added)
    found |= dict.fromkeys(_out_of_their_columns(body, said), TURNED)
    columns = (node for node in body.css("col, colgroup") if _is_gone(said.get(node.mem_id, {})))
    found |= {table.mem_id: TURNED for node in columns if (table := _table_of(node)) is not None}
    return found | dict.fromkeys(written(body, sheets), WRITTEN)


def _out_of_their_columns(body: LexborNode, said: Mapping[int, Mapping[str, str]]) -> Iterator[int]:
    """The rows, and parts of tables, that are moved, or of which the cells stand in no columns of their own."""
    shown: dict[int, list[tuple[int, str]]] = {}
    for node in body.css("tr, thead, tbody, tfoot"):
        about = said.get(node.mem_id, {})
        if any(name in about and not AT_REST[name].fullmatch(about[name]) for name in MOVES):
            yield node.mem_id
        if node.tag == "tr" and node.parent is not None and not _is_gone(about):
            shown.setdefault(node.parent.mem_id, []).append((node.mem_id, about.get("display", "table-row")))
            if _has_loose_cells(node, said):
                yield node.mem_id
    for rows in shown.values():
        if len({display for _, display in rows}) > 1:
            yield from (number for number, display in rows if display != "table-row")


def _has_loose_cells(row: LexborNode, said: Mapping[int, Mapping[str, str]]) -> bool:
    """Whether two cells beside each other, or one that is merged, are displayed as none: they stand in one column."""
    cells = [(one, said.get(one.mem_id, {}).get("display", "table-cell")) for one in row.iter() if one.tag in {"td", "th"}]
    loose = [display != "table-cell" for _, display in cells if display != "none"]
    merged = (display != "table-cell" and {"colspan", "rowspan"} & one.attributes.keys() for one, display in cells)
    return any(map(all, pairwise(loose))) or any(merged)


def _added(body: LexborNode, beside: Sequence[Beside]) -> Iterator[tuple[int, str]]:
    """The elements of tables before or after whose words, or rows, the sheets have something stand."""
    added: dict[int, str] = {}
    around: set[int] = set()
    for node, about in beside:
        if is_unseen(about):
            continue
        is_more = _says_more(about["content"])
        why = ADDED if is_more or _crosses(about) else SIGN
        if why == ADDED or any(map(_PRIVATE.search, strings_in(about["content"]) or ())):
            added[node.mem_id] = ADDED if added.get(node.mem_id) == ADDED else why
        is_set = about.get("position") in {"absolute", "fixed"}
        if is_more or (node.tag == "tr" and not is_set):  # what stands in a row, blank too, is one more cell of it
            around.add(node.mem_id)
    for node in body.css(_PARTS) if around else ():
        if node.mem_id in around and _is_of_figures(node):
            yield node.mem_id, ADDED_TO_TABLE
    for node in body.css(CELLS) if added else ():
        why = added.get(node.mem_id, "")
        is_so = why == ADDED or (why and not node.text().strip())
        if is_so and (node.tag != "tr" or node.mem_id not in around) and node.css_first("table") is None:
            yield node.mem_id, TURNED if node.tag == "tr" else why


def _is_of_figures(node: LexborNode) -> bool:
    """Whether a table, or a part of one, lays out no other one."""
    return len(node.css("table")) < (2 if node.tag == "table" else 1)


def told(added: Sequence[Beside]) -> list[str]:
    """The words that sheets add above or below what holds a table."""
    found: dict[str, None] = {}
    for words, node in _words(added):
        if node.css_first("table") is not None and node.tag not in _OF_TABLES and not is_in_cell(node):
            found[words] = None
    return list(found)


def _words(added: Sequence[Beside]) -> Iterator[tuple[str, LexborNode]]:
    """The Chinese words that sheets have stand before or after elements, and the elements."""
    for node, about in added:
        words = "".join(strings_in(about["content"]) or ())
        if _HAN.search(words) and not is_unseen(about):
            yield words, node


def in_text(added: Sequence[Beside]) -> dict[int, str]:
    """The elements of the text to whose words the sheets add a number or more words: number → why."""
    found: dict[int, str] = {}
    for node, about in added:
        value = about["content"]
        if _MAY_COUNT.search(value) and _counts(value, node) and not is_in_cell(node) and _is_one_line(node):
            found[node.mem_id] = COUNTED
    for _, node in _words(added):
        if _is_one_line(node) and not is_in_cell(node) and not _is_of_page(node):
            found.setdefault(node.mem_id, TOLD)
    return found


def _is_of_page(node: LexborNode) -> bool:
    """Whether an element is a link, lies in one, or in a line about the page."""
    at = node
    while at.tag in INLINE and at.tag != "a" and at.parent is not None:
        at = at.parent
    line = at.text()
    return at.tag == "a" or not line.strip() or bool(OF_THE_PAGE.search(simplified(line)))


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
