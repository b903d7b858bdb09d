"""Whether the digits of a web page may be other ones than it says: in a font that it brings along under a name of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.shown.faces import faces_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nianbao.shown.rules import Sheet

SCRAMBLED = "网页自带字体的文字"
# Families for text; those of icons, of formulas and of numbers on boards have digits too, or none at all.
_KNOWN = re.compile(
    r"song|sim|宋|仿|fang|楷|kai|黑|hei|雅|方正|^fz|华文|^st|汉仪|hanyi|思源|source|noto|苹|pingfang|hiragino|lanting|harmony"
    r"|alibaba|puhui|阿里|oppo|misans|dengxian|等线|隶|圆|yuan|microsoft|segoe|arial|helvetica|times|georgia|verdana|tahoma"
    r"|courier|consolas|calibri|cambria|roboto|lato|^inter\b|montserrat|poppins|raleway|nunito|ubuntu|oswald|fira|plex|playfair"
    r"|merriweather|garamond|futura|gotham|avenir|barlow|^din|bebas|rajdhani|impact|lcd|digital|sans|serif|mono|roman|gothic"
    r"|mincho|ming|明|icon|awesome|glyph|emoji|symbol|swiper|slick|video|katex|mathjax|mjx|math|system|inherit|initial|unset"
)
_EMBEDDED = re.compile(r"url\(\s*[\"']?\s*(?:data|blob):")
_HASHED = re.compile(r"url\([^()]*?[/._\-\"'(](?=[a-f]*[0-9])(?=[0-9]*[a-f])[0-9a-f]{8,}(?![0-9a-z])[^()/]*\)")


def scrambled(sheets: Iterable[Sheet]) -> frozenset[str]:
    """The families of which nobody knows what their digits look like: no known ones, embedded or with a hash for a name."""
    return frozenset(
        one.family for one in faces_in(sheets)
        if one.has_digits and not _KNOWN.search(one.family) and (_EMBEDDED.search(one.source) or _HASHED.search(one.source))
    )  # fmt: skip


def is_in(families: frozenset[str], said: str) -> bool:
    """Whether the first font of a list that a browser has is one of these families."""
    for one in said.lower().split(","):
        name = one.strip("\"' ")
        if name in families:
            return True
        if _KNOWN.search(name):
            return False
    return False
