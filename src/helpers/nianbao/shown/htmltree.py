"""HTML as the tree that a browser makes of it. Only this module knows selectolax."""

from __future__ import annotations

from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

# What stands inside a line, and what nobody sees.
INLINE = {
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "img", "ins", "kbd", "label", "mark", "nobr", "output", "q", "rp", "rt", "ruby", "s", "samp", "small", "span",
    "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
    "maction", "math", "menclose", "merror", "mfenced", "mfrac", "mi", "mmultiscripts", "mn", "mo", "mover", "mpadded",
    "mphantom", "mprescripts", "mroot", "mrow", "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable", "mtd",
    "mtext", "mtr", "munder", "munderover", "semantics",
}  # fmt: skip
UNSEEN = {"style", "script", "template", "head", "title"}


def parsed(page: bytes | str) -> LexborHTMLParser:
    """The tree of a page."""
    return LexborHTMLParser(page)


def body_of(fragment: str) -> LexborNode:
    """A fragment of HTML as a browser takes it in."""
    body = parsed(fragment).body
    assert body is not None  # a parser of HTML makes one
    return body


def root_of(node: LexborNode) -> LexborNode:
    """The element around all of a page."""
    while node.parent is not None and node.parent.tag and node.parent.tag[0] != "-":
        node = node.parent
    return node


def up(node: LexborNode | None) -> Iterator[LexborNode]:
    """An element, and those around it, the next one first."""
    while node is not None and node.tag and node.tag[0] != "-":
        yield node
        node = node.parent


def next_to(node: LexborNode, step: str) -> Iterator[LexborNode]:
    """The elements before one in theirs, or behind it, the next one first; ``step`` is ``prev`` or ``next``."""
    while (node := getattr(node, step)) is not None:
        if (node.tag or "-")[0] != "-":
            yield node


def chosen(node: LexborNode, selector: str) -> list[LexborNode] | None:
    """The elements inside of a node for which a selector of CSS is meant; ``None`` where it is not known."""
    try:
        return node.css(selector)
    except SelectolaxError:
        return None


def is_for_the_screen(node: LexborNode) -> bool:
    """Whether an element is the print button, or the findings on top of a draft."""
    if node.tag not in {"div", "p"}:
        return False
    attributes = node.attributes
    return attributes.get("class") == "tools" or "data-screen" in attributes
