"""Which properties of CSS mean something for an element of a web page, by the box that it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.importing.html.lengths import pixels
from nianbao.shown.htmltree import INLINE, up

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from selectolax.lexbor import LexborNode

    Said = Mapping[str, str]
    About = Callable[[LexborNode], Said]

FLEXES = re.compile(r"(?:inline-)?(?:flex|grid)|-webkit-(?:inline-)?box")
_EDGES, _FAR = ("top", "bottom", "left", "right"), -1500  # px: out of the page
_IN_PLACE, _FREE = {"static", "initial", "unset"}, {"auto", "initial", "unset"}
_OF_TABLES, _SHOWN = {"table", "thead", "tbody", "tfoot", "tr", "td", "th"}, {"table", "cell", "row", "group", "initial"}
_SIZES = {"width", "height", "max-width", "max-height", "overflow-x", "overflow-y"}
_MARGINS = {"margin-left", "margin-right", "margin-top", "margin-bottom"}
_LINES = {f"border-{side}-{what}" for side in ("left", "right") for what in ("style", "width")}
_OF_BOXES = _SIZES | {"text-indent", "transform", "translate"}


def applied(node: LexborNode, about: Said, of_others: About) -> Said:
    """What is said of an element, without what it means nothing for: places of what is not moved, sizes of tables.

    The lines around a cell part no figure, and most cells of most pages have nothing else said of them.
    """
    unmeant: set[str] = set()
    if about.get("position", "static") in _IN_PLACE:
        unmeant |= {*_EDGES, "clip"}
    elif about["position"] in {"relative", "sticky"}:
        unmeant.add("clip")
    if about and is_of_table(node, about):
        is_cell = node.tag in {"td", "th"}
        unmeant |= {"height", "max-height", *_LINES} if is_cell else _SIZES
        unmeant |= _MARGINS if node.tag != "table" else set()
        if is_cell and "width" in about and not is_fixed(node, of_others):
            unmeant.add("width")
    return {name: value for name, value in about.items() if name not in unmeant} if unmeant & about.keys() else about


def in_line(node: LexborNode, about: Said, of_others: About) -> Said:
    """What is said of an element, without the size of what is a part of a line, which has none of its own."""
    if node.tag not in INLINE or not _OF_BOXES & about.keys() or about.get("display", "inline") != "inline":
        return about
    is_box = about.get("float", "none") != "none" or about.get("position", "static") not in {*_IN_PLACE, "relative"}
    if is_box or (node.parent is not None and FLEXES.fullmatch(of_others(node.parent).get("display", ""))):
        return about
    return {name: value for name, value in about.items() if name not in _OF_BOXES}


def is_of_table(node: LexborNode, about: Said) -> bool:
    """Whether an element is a table or a part of one, and displayed as such: it is never smaller than what it holds."""
    return node.tag in _OF_TABLES and about.get("display", "table").split("-")[-1] in _SHOWN


def is_fixed(node: LexborNode, of_others: About) -> bool:
    """Whether the columns of the table that an element lies in are as wide as somebody says."""
    table = next((one for one in up(node) if one.tag == "table"), None)
    if table is None or of_others(table).get("table-layout", "auto") in _FREE:
        return False
    return bool(table.attributes.get("width")) or of_others(table).get("width", "auto") not in _FREE


def is_unseen(about: Said) -> bool:
    """Whether nothing is seen of an element, whatever it holds."""
    is_gone = about.get("display") == "none" or about.get("visibility") in {"hidden", "collapse"}
    is_far = any(pixels(about.get(one, ""), 0) < _FAR for one in _EDGES) and about.get("position", "static") != "static"
    return is_gone or is_far or about.get("transform") == "scale(0)" or pixels(about.get("opacity", ""), 1) == 0
