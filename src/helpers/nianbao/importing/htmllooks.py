"""How the words of a web page look, by their tags, the page's style sheets and their own styles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.alike import BLACK, WHITE, alike
from nianbao.importing import htmldoubts
from nianbao.shown.blocks import HIDDEN, Looks
from nianbao.shown.colours import colour_in, ground_in, is_clear
from nianbao.shown.htmltree import INLINE, is_for_the_screen
from nianbao.shown.sheets import styled

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from selectolax.lexbor import LexborNode

_ASKED = htmldoubts.ASKED | {
    "mso-hide", "background", "background-color", "background-image", "font", "font-weight", "font-family",
    "-webkit-text-fill-color", "text-decoration", "text-decoration-line", "vertical-align", "mso-text-raise", "top",
    "bottom", "left", "right", "text-indent", "margin-left", "width", "height", "max-height", "max-width", "overflow",
    "clip", "clip-path",
}  # fmt: skip
_STRUCK, _BOLD = {"del", "s", "strike"}, {"b", "strong"}
_RAISED = {"sup": "sup", "sub": "sub", "rt": "sup"}
# Formulas: those that have signs which are none of the text, and how the children of the others stand, the first one first.
_SIGNED = {"msqrt", "mroot", "mtable", "mmultiscripts", "menclose", "mfenced"}
_STACKED = {
    "mfrac": ("sup", "sub"), "msup": ("", "sup"), "msub": ("", "sub"), "msubsup": ("", "sub", "sup"), "mover": ("", "sup"),
    "munder": ("", "sub"), "munderover": ("", "sub", "sup"),
}  # fmt: skip
_FORM = "表单"
_AROUND = {
    "nav": "导航", "footer": "页脚", "aside": "侧栏", "button": "按钮", "select": "选项", "textarea": _FORM,
    "option": "选项", "mphantom": HIDDEN,
}  # fmt: skip
_HEAVY = re.compile("bold|[6-9]00")
_FACES = re.compile("黑体|楷体|simhei|kaiti")
_NOTHING = re.compile(r"[-+]?(?:0+[.]?0*|[.]0+)(?:px|pt|em|rem|ex|ch|%|cm|mm|in|pc|vw|vh)?")
_FAINT = re.compile(r"0*(?:[.]0[0-9]*)?|[0-9](?:[.][0-9]*)?%")  # less than a tenth
_SIZE = re.compile(r"(?<![\w.])(?:0(?=[\s/])|[0-9.]+(?:px|pt|pc|em|rem|ex|%|cm|mm|in|vw|vh))")  # the size in a font
_TINY = re.compile(r"[01]?(?:\.\d+)?px|0")
_FAR = re.compile(r"-\d{3,}(?:\.\d+)?[a-z%]+")
_CLIPPED = re.compile(r"rect\((?:[01]?(?:px)?[\s,]*){4}\)|inset\((?:50|100)%\)|circle\(0[a-z%]*\)|polygon\(0[^1-9]*\)")
_HEIGHT = re.compile(r"([-+]?(?:[0-9]+[.]?[0-9]*|[.][0-9]+))([a-z%]*)")
_LEAST = {"px": 3, "pt": 2, "em": 0.2, "rem": 0.2, "ex": 0.4, "%": 20}  # of a height; less is there to set words straight
_SHARE = re.compile("[^r]em|ex|%|larger|smaller|inherit")  # sizes that nothing has of nothing
# What hides words until something inside undoes it.
_TINY_WORDS, _UNSEEN_WORDS, _ALIKE_WORDS = "字号为零的文字", "不可见的文字", "与底色相同的文字"
_LONGEST_FORM = 300  # characters
_NONE: dict[str, str] = {}
LONGEST, MOST = 300_000, 500_000  # characters of sheets, and what they may say of all elements


class Looking:
    """Tells how the words in each element of a page look.

    Raises
    ------
    TooMuch
        When the page has more style than any report.
    """

    def __init__(self, page: str, body: LexborNode) -> None:
        self.said = styled(page, body, _ASKED, LONGEST, MOST, "screen")
        self.doubts = htmldoubts.in_tables(page, body, LONGEST, MOST)
        self.inks: dict[int, str | None] = {}
        self.grounds: dict[int, str | None] = {}

    def __call__(self, node: LexborNode, around: Looks) -> Looks:
        """How the words in an element look, by how those around it do."""
        tag, about = node.tag or "", self.said.get(node.mem_id, _NONE)
        is_gone = about.get("display") == "none" or about.get("mso-hide") == "all"
        part = "只在屏幕上显示的部分" if is_for_the_screen(node) else _part(node)
        hidden = HIDDEN if is_gone else _hidden(about)
        return Looks(
            around.bold or tag in _BOLD or _is_bold(about),
            around.link or tag == "a",
            around.struck or _is_struck(tag, about),
            _raised(tag, about) or _stacked(node) or around.raised,
            _undone(around.around, about) or hidden or self._is_in_its_grounds_colour(node) or part,
            around.is_gone or is_gone,
            self.doubts.get(node.mem_id, "") or htmldoubts.of(node, about) or htmldoubts.in_cell(tag, around.doubt),
        )

    def _is_in_its_grounds_colour(self, node: LexborNode) -> str:
        """What hides the words of an element that has a colour or a ground of its own, where the two look the same."""
        own = self._colour(node), self._ground(node)
        if own == (None, None):
            return ""
        ink, ground = self._around(node, self._colour, self.inks), self._around(node, self._ground, self.grounds)
        is_known = ground != "" and ink != ""
        return _ALIKE_WORDS if is_known and alike(BLACK if ink is None else ink, WHITE if ground is None else ground) else ""

    def _around(self, node: LexborNode, of: Callable[[LexborNode], str | None], known: dict[int, str | None]) -> str | None:
        """What the nearest element says, of an element and those around it."""
        at: LexborNode | None = node
        found: str | None = None
        asked: list[int] = []
        while found is None and at is not None and at.tag and at.tag[0] != "-":
            if at.mem_id in known:
                found = known[at.mem_id]
                break
            asked.append(at.mem_id)
            found, at = of(at), at.parent
        known |= dict.fromkeys(asked, found)
        return found

    def _colour(self, node: LexborNode) -> str | None:
        """The colour of an element's words; '' for one that nobody knows, ``None`` where it says none."""
        said = self.said.get(node.mem_id, _NONE).get("color") or (
            node.attributes.get("color") if node.tag == "font" else None
        )
        return colour_in(said) if said and said not in {"inherit", "currentcolor"} else None

    def _ground(self, node: LexborNode) -> str | None:
        """The colour behind an element's words, in the same way."""
        about = self.said.get(node.mem_id, _NONE)
        said = [about.get(name, "") for name in ("background", "background-color", "background-image")]
        return ground_in([*said, node.attributes.get("bgcolor") or "" if node.tag != "-text" else ""])


def _part(node: LexborNode) -> str:
    """What of the page an element is by its tag; a form that holds a whole page, as some servers write it, is none."""
    if node.tag != "form":
        return _AROUND.get(node.tag or "", "")
    typed = sum(len(one.text()) for one in node.css("select, textarea"))
    return _FORM if len(node.text()) - typed < _LONGEST_FORM else ""


def _hidden(about: Mapping[str, str]) -> str:
    """What hides the words in an element, as import.md names them; '' where nothing does."""
    small = [about.get(name, "") for name in ("width", "height", "max-width", "max-height")]
    far = [about.get(name, "") for name in ("left", "top", "right", "bottom", "text-indent", "margin-left")]
    if (
        any(is_clear(about.get(name, "")) for name in ("color", "-webkit-text-fill-color"))
        or _FAINT.fullmatch(about.get("opacity", "1"))
        or any(_FAR.fullmatch(one) for one in far)
        or any(_CLIPPED.fullmatch(about.get(name, "")) for name in ("clip", "clip-path"))
        or (about.get("overflow") in {"hidden", "clip"} and any(_TINY.fullmatch(one) for one in small))
    ):
        return HIDDEN
    if _is_tiny(_size(about)):
        return _TINY_WORDS
    return _UNSEEN_WORDS if about.get("visibility") in {"hidden", "collapse"} else ""


def _undone(around: str, about: Mapping[str, str]) -> str:
    """What hides the words around an element, where the element does not undo it for its own."""
    size = _size(about) or "0"
    if around == _TINY_WORDS and not _is_tiny(size) and not _SHARE.search(f" {size}"):
        return ""
    if around == _ALIKE_WORDS and any(name in about for name in ("color", "background", "background-color")):
        return ""
    return "" if around == _UNSEEN_WORDS and about.get("visibility") == "visible" else around


def _is_tiny(size: str) -> bool:
    """Whether nobody can read type of a size: nothing, or one pixel or point at most."""
    return bool(_NOTHING.fullmatch(size) or re.fullmatch(r"(?:0?[.][0-9]+|1(?:[.]0*)?)p[xt]", size))


def _size(about: Mapping[str, str]) -> str:
    return about.get("font-size") or next(iter(_SIZE.findall(about.get("font", ""))), "")


def _is_bold(about: Mapping[str, str]) -> bool:
    face = about.get("font-family", "") + about.get("font", "")
    return bool(_HEAVY.match(about.get("font-weight", "")) or _FACES.search(face))


def _is_struck(tag: str, about: Mapping[str, str]) -> bool:
    if lines := about.get("text-decoration", "") + about.get("text-decoration-line", ""):
        return "line-through" in lines
    return tag in _STRUCK


def _raised(tag: str, about: Mapping[str, str]) -> str:
    """``sup`` or ``sub`` where words stand above or below their line; what is a block stands in none."""
    if tag in _RAISED:
        return _RAISED[tag]
    if tag not in INLINE:
        return ""
    height = about.get("vertical-align", "") or about.get("mso-text-raise", "")
    if height in {"super", "sub"}:
        return {"super": "sup", "sub": "sub"}[height]
    if about.get("position") == "relative":
        height = height or about.get("bottom", "") or _turned(about.get("top", ""))
    found = _HEIGHT.fullmatch(height)
    if not found or abs(float(found[1])) < _LEAST.get(found[2], 1):
        return ""
    return "sub" if height[0] == "-" else "sup"


def _stacked(node: LexborNode) -> str:
    """``sup`` or ``sub`` where an element stands so in a formula, or beside a sign that is none of the text."""
    tag = node.tag or ""
    if tag in _SIGNED or not tag.startswith("m"):
        return "sup" if tag in _SIGNED else ""
    looks = _STACKED.get(node.parent.tag or "", ()) if node.parent is not None else ()
    at, before = 0, node.prev
    while before is not None and at < len(looks):
        at += (before.tag or "-")[0] != "-"
        before = before.prev
    return looks[at] if at < len(looks) else ""


def _turned(height: str) -> str:
    """A height measured from above, measured from below."""
    return height[1:] if height[:1] == "-" else f"-{height}" if height else ""
