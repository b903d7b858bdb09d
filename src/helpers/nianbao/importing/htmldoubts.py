"""What a web page does to words so that a reader sees another number: moves or turns them, adds to them, prints them not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.shown.htmltree import chosen
from nianbao.shown.sheets import rules, styled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from selectolax.lexbor import LexborNode

ASKED = frozenset({
    "float", "order", "flex-direction", "transform", "filter", "unicode-bidi", "position", "opacity", "visibility",
    "display", "font-size", "color",
})  # fmt: skip
UNPRINTED, MOVED, ADDED, UNKNOWN = "打印时隐藏的文字", "被样式挪动的文字", "样式表加上的字", "样式不明的文字"
_AT_REST = {
    "",
    "none",
    "0",
    "static",
    "relative",
    "sticky",
    "normal",
    "initial",
    "inherit",
    "unset",
    "row",
    "column",
    "isolate",
}
_MOVERS = ("float", "order", "flex-direction", "transform", "filter", "unicode-bidi", "position")
_PSEUDO = re.compile(r"::?(?:before|after)$", re.I)
_ESCAPE = re.compile(r"\\[0-9a-f]{1,6}\s?", re.I)
_WRITES = re.compile(r"[0-9０-９.,，+＋\-－−减增%万]|counter|attr|var")
_CELLS = "tr, td, th, td *, th *"


def of(node: LexborNode, about: Mapping[str, str]) -> str:
    """Why the words of an element may not be read as they stand; '' where they may.

    Parameters
    ----------
    about : mapping
        What is said of the element of `ASKED`.
    """
    if any("var(" in about.get(name, "") for name in ("opacity", "visibility", "display", "font-size", "color")):
        return UNKNOWN
    is_turned = node.tag == "bdo" and (node.attributes.get("dir") or "").lower() == "rtl"
    is_moved = any(about.get(name, "") not in _AT_REST for name in _MOVERS)
    return MOVED if is_turned or is_moved else ""


def in_cell(tag: str, around: str) -> str:
    """What of the doubts about an element's surroundings goes on in it: where a cell lies does not change its number."""
    return around if tag not in {"td", "th"} or around == UNPRINTED else ""


def in_tables(page: str, body: LexborNode, longest: int, most: int) -> dict[int, str]:
    """The elements of tables whose words a reader sees otherwise for what the page's sheets say elsewhere: number → why."""
    found: dict[int, str] = {}
    if "print" in page:
        said = styled(page, body, frozenset({"display", "visibility"}), longest, most, "print")
        gone = {key for key, about in said.items() if about.get("display") == "none" or about.get("visibility") == "hidden"}
        found |= {node.mem_id: UNPRINTED for node in body.css(_CELLS) if node.mem_id in gone} if gone else {}
    if "content" in page:
        for written, declared in rules(page, frozenset({"content"}), "screen"):
            if _PSEUDO.search(written) and any(_WRITES.search(_ESCAPE.sub("", value)) for _, _, value in declared):
                meant = {node.mem_id for node in chosen(body, _PSEUDO.sub("", written) or "*")}
                inside = (node for node in body.css(_CELLS) if node.mem_id in meant) if meant else ()
                found |= {node.mem_id: ADDED for node in inside if node.css_first("table") is None}
    return found
