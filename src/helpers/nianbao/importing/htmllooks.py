"""How the words of a web page look, by their tags, the page's style sheets and their own styles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.shown.blocks import HIDDEN, Looks
from nianbao.shown.htmltree import INLINE, is_for_the_screen
from nianbao.shown.sheets import styled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from selectolax.lexbor import LexborNode

_ASKED = frozenset({
    "display", "visibility", "mso-hide", "opacity", "color", "font", "font-size", "font-weight", "font-family",
    "text-decoration", "text-decoration-line", "vertical-align", "mso-text-raise", "position", "top", "bottom", "left",
    "right", "text-indent", "margin-left", "width", "height", "max-height", "max-width", "overflow", "clip", "clip-path",
})  # fmt: skip
_STRUCK, _BOLD = {"del", "s", "strike"}, {"b", "strong"}
_RAISED = {"sup": "sup", "sub": "sub", "rt": "sup"}
_AROUND = {
    "nav": "导航", "footer": "页脚", "aside": "侧栏", "form": "表单", "button": "按钮", "select": "选项", "textarea": "表单",
    "option": "选项",
}  # fmt: skip
_HEAVY = re.compile("bold|[6-9]00")
_FACES = re.compile("黑体|楷体|simhei|kaiti")
_NOTHING = re.compile(r"[-+]?0*\.?0*(?:px|pt|em|rem|ex|ch|%|cm|mm|in|pc|vw|vh)?")
_TINY = re.compile(r"[-+]?[01]?(?:\.\d+)?px")
_FAR = re.compile(r"-\d{3,}(?:\.\d+)?[a-z%]+")
_CLIPPED = re.compile(r"rect\((?:[01]?(?:px)?[\s,]*){4}\)|inset\((?:50|100)%\)|circle\(0[a-z%]*\)|polygon\(0[^1-9]*\)")
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
        self.said = styled(page, body, _ASKED, LONGEST, MOST)

    def __call__(self, node: LexborNode, around: Looks) -> Looks:
        """How the words in an element look, by how those around it do."""
        tag, about = node.tag or "", self.said.get(node.mem_id, _NONE)
        hidden, is_gone = _hidden(about, around)
        part = HIDDEN if hidden else _AROUND.get(tag, "")
        if is_for_the_screen(node):
            part = "只在屏幕上显示的部分"
        return Looks(
            around.bold or tag in _BOLD or _is_bold(about),
            around.link or tag == "a",
            around.struck or _is_struck(tag, about),
            _raised(tag, about) or around.raised,
            around.around or part,
            around.is_gone or is_gone,
        )


def _hidden(about: Mapping[str, str], around: Looks) -> tuple[bool, bool]:
    """Whether something is hidden, and whether it takes no room either."""
    is_gone = about.get("display") == "none" or about.get("mso-hide") == "all"
    small = [about.get(name, "") for name in ("width", "height", "max-width", "max-height")]
    far = [about.get(name, "") for name in ("left", "top", "right", "bottom", "text-indent", "margin-left")]
    is_hidden = (
        is_gone
        or about.get("visibility") in {"hidden", "collapse"}
        or about.get("color") == "transparent"
        or any(_NOTHING.fullmatch(about.get(name, "1")) for name in ("font-size", "opacity"))
        or bool(re.match(r"0(?:px|pt)?[/\s]", about.get("font", "")))
        or any(_FAR.fullmatch(one) for one in far)
        or any(_CLIPPED.fullmatch(about.get(name, "")) for name in ("clip", "clip-path"))
        or (about.get("overflow") in {"hidden", "clip"} and any(_TINY.fullmatch(one) for one in small))
    )
    return is_hidden, is_gone


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
    if not height[:1].isdigit() and height[:1] not in {"-", "+", "."}:
        return ""
    return "" if _NOTHING.fullmatch(height) else "sub" if height[0] == "-" else "sup"


def _turned(height: str) -> str:
    """A height measured from above, measured from below."""
    return height[1:] if height[:1] == "-" else f"-{height}" if height else ""
