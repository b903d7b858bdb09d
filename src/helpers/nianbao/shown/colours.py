"""Colours of CSS and of old attributes, as ``RRGGBB``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tinycss2.color3 import parse_color

if TYPE_CHECKING:
    from collections.abc import Sequence

_PICTURE = re.compile(r"url\(|gradient|image")
_WORD = re.compile(r"[a-z-]+\([^()]*\)|[^\s()/]+")
_HEX = re.compile("[0-9a-f]{6}")
_SEEN = 0.1  # of opacity; less is as good as none


def colour_in(text: str) -> str:
    """A colour; '' for one that nobody knows."""
    found = parse_color(f"#{text}" if _HEX.fullmatch(text.lower()) else text)
    if found is None or isinstance(found, str) or found.alpha < _SEEN:
        return ""
    return "".join(f"{round(max(min(one, 1), 0) * 255):02X}" for one in found[:3])


def is_clear(text: str) -> bool:
    """Whether a colour lets everything behind it through."""
    found = parse_color(text) if text else None
    return found is not None and not isinstance(found, str) and found.alpha < _SEEN


def ground_in(said: Sequence[str]) -> str | None:
    """The colour that backgrounds give; '' for a picture, whose colours nobody knows, ``None`` where none is given."""
    if any(_PICTURE.search(one) for one in said):
        return ""
    words = [word for one in said for word in _WORD.findall(one)]
    return next((made for word in words if (made := colour_in(word))), None)
