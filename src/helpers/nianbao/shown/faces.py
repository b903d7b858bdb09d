"""The fonts that a page brings with it (``@font-face``), and the names of those that everyone knows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import tinycss2

from nianbao.shown.atrules import at_rules

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tinycss2.ast import Node

    from nianbao.shown.rules import Sheet

_RANGE = re.compile(r"u\+([0-9a-f?]{1,6})(?:-([0-9a-f]{1,6}))?")
_CHANGES = ("size-adjust", "font-feature-settings", "font-variant")
# Families for text; those of icons, of formulas and of numbers on boards have digits too, or none at all.
_KNOWN = re.compile(
    r"song|sim|宋|仿|fang|楷|kai|黑|hei|雅|方正|^fz|华文|^st|汉仪|hanyi|思源|source|noto|苹|pingfang|hiragino|lanting|harmony"
    r"|alibaba|puhui|阿里|oppo|misans|dengxian|等线|隶|圆|yuan|microsoft|segoe|arial|helvetica|times|georgia|verdana|tahoma"
    r"|courier|consolas|calibri|cambria|roboto|lato|^inter\b|montserrat|poppins|raleway|nunito|ubuntu|oswald|fira|plex|playfair"
    r"|univers|swis|frutiger|myriad|minion|optima|palatino|book|century|candara|constantia|corbel|rockwell|franklin|lucida"
    r"|merriweather|garamond|futura|gotham|avenir|barlow|^din|bebas|rajdhani|impact|lcd|digital|sans|serif|mono|roman|gothic"
    r"|mincho|ming|明|icon|awesome|glyph|emoji|symbol|swiper|slick|video|katex|mathjax|mjx|math|system|inherit|initial|unset"
)
_OF_SIGNS = re.compile("icon|awesome|glyph|emoji|symbol|swiper|slick|video|katex|mathjax|mjx|math")


class Face(NamedTuple):
    """A font: its name on the page, where it is read from, the characters that it is for, and how it is changed."""

    family: str
    source: str
    range: str
    changed: str = ""

    @property
    def has_digits(self) -> bool:
        """Whether it may be used for digits."""
        found = _RANGE.findall(self.range)
        ends = ((first.replace("?", "0"), last or first.replace("?", "f")) for first, last in found)
        return not found or any(int(begin, 16) <= ord("9") and int(end, 16) >= ord("0") for begin, end in ends)


def is_known(family: str) -> bool:
    """Whether a family, in lower case, is one for text that many have, or has signs and no text."""
    return bool(_KNOWN.search(family))


def is_for_text(family: str) -> bool:
    """Whether a family, in lower case, is one for text that many have."""
    return is_known(family) and not _OF_SIGNS.search(family)


def faces_in(sheets: Iterable[Sheet]) -> list[Face]:
    """The fonts that style sheets name, in lower case."""
    return [_face(node) for node in at_rules(sheets, "font-face")]


def _face(node: Node) -> Face:
    about: dict[str, str] = {}
    for one in tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True):
        if one.type == "declaration":
            said = tinycss2.serialize(one.value).strip().lower()
            about[one.lower_name] = f"{about.get('src', '')} {said}" if one.lower_name == "src" else said
    changed = ";".join(f"{name}:{about[name]}" for name in _CHANGES if name in about)
    return Face(about.get("font-family", "").strip("\"' "), about.get("src", ""), about.get("unicode-range", ""), changed)
