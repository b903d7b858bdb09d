"""The text of a web page that its styles hide, where it shows nothing else of a report: a script shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.importing.counted import is_chapter
from nianbao.shown.blocks import PLAIN, Table
from nianbao.shown.htmltree import UNSEEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from selectolax.lexbor import LexborNode

    from nianbao.shown.blocks import Block, Looks

SAID = "网页", "网页自己藏起的正文", "别处没有正文，像是要由脚本显示的，照读"
_SHOWN = "visibility:visible!important;opacity:1!important;display:block!important"
_FEWEST = 2  # chapters, or tables, of a report


def has_report(seen: Iterable[Block]) -> bool:
    """Whether something of a report is seen on a page: a table, or the heading of a chapter."""
    for one in seen:
        words = "" if isinstance(one, Table) else "".join(piece.text for piece in one.pieces if not piece.looks.around)
        if (isinstance(one, Table) and not one.looks.around) or is_chapter(words.strip()):
            return True
    return False


def hidden_text(body: LexborNode, look: Callable[[LexborNode, Looks], Looks]) -> LexborNode | None:
    """The element that is hidden and holds most of what a page says, chapters or tables among it."""
    node = body
    while True:
        inside = [one for one in node.iter() if one.tag not in UNSEEN]
        longest = max(inside, key=lambda one: len(one.text()), default=None)
        if longest is None or 2 * len(longest.text()) < len(node.text()):
            return None
        node = longest
        looks = look(node, PLAIN)
        if looks.around or looks.is_gone:
            chapters = sum(is_chapter(line.strip()) for line in node.text(separator="\n").split("\n"))
            return node if chapters + len(node.css("table")) >= _FEWEST else None


def show(node: LexborNode) -> None:
    """Undo what hides an element."""
    node.attrs["style"] = f"{node.attributes.get('style') or ''};{_SHOWN}"
    if "hidden" in node.attributes:
        del node.attrs["hidden"]
