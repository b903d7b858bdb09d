"""Colours of CSS and of old attributes, as ``RRGGBB``."""

from __future__ import annotations

import re
from typing import NamedTuple

import tinycss2
from tinycss2.color5 import parse_color

_HEX = re.compile("[0-9a-f]{6}", re.I)
_SEEN, _SOLID = 0.1, 0.9  # of opacity: less than the one is as good as none, more than the other as good as all
_INK, _PAPER = "000000", "FFFFFF"
_SYSTEM = {
    **dict.fromkeys(("windowtext", "canvastext", "captiontext", "menutext", "infotext", "buttontext", "fieldtext"), _INK),
    **dict.fromkeys(("window", "canvas", "field"), _PAPER),
}  # fmt: skip
_KEPT = re.compile("inherit|initial|unset|revert|revert-layer|currentcolor")
_OTHER = re.compile(  # each system has its own
    r"(?:active|inactive)?(?:border|caption|text)|accentcolor(?:text)?"
    r"|appworkspace|background|button[a-z]+|graytext|highlight(?:text)?|inactivecaptiontext|infobackground|linktext|mark(?:text)?"
    r"|menu|scrollbar|selecteditem(?:text)?|threed[a-z]+|visitedtext|windowframe|-(?:webkit|internal)-[a-z-]+"
)


class Colour(NamedTuple):
    """A colour and how much of it is seen; '' for one that nobody knows."""

    rgb: str
    opacity: float = 1

    @property
    def is_clear(self) -> bool:
        """Whether everything behind it is seen."""
        return bool(self.rgb) and self.opacity < _SEEN

    @property
    def is_solid(self) -> bool:
        """Whether nothing behind it is seen."""
        return self.opacity > _SOLID


def colour_in(text: str) -> Colour | None:
    """A colour; ``None`` for what is none, or is the one of what lies around."""
    text = text.strip().lower()
    if text in _SYSTEM or _OTHER.fullmatch(text):
        return Colour(_SYSTEM.get(text, ""))
    try:
        found = parse_color(f"#{text}" if _HEX.fullmatch(text) else text)
        made = None if found is None or isinstance(found, str) else found.to("srgb")
    except (NotImplementedError, ValueError):
        return Colour("")
    if made is not None:
        return Colour("".join(f"{round(max(min(one or 0, 1), 0) * 255):02X}" for one in made[:3]), made.alpha)
    return Colour("") if "(" in text and found is None else None


def colour_of(said: str) -> Colour | None:
    """The colour that an old attribute gives, as browsers read it: any text is one, whose other signs are noughts."""
    text = said.strip().lower()
    if text in {"", "transparent"}:
        return None
    named = None if "(" in text else colour_in(text)
    if named is not None and not _OTHER.fullmatch(text) and (text[0] != "#" or len(text) in {4, 7}):
        return named
    digits = re.sub("[^0-9a-f]", "0", text[:128].removeprefix("#"))
    digits = digits.ljust(max(-(-len(digits) // 3) * 3, 3), "0")
    size = len(digits) // 3
    parts = [digits[at : at + size][-8:] for at in (0, size, 2 * size)]
    while len(parts[0]) > 2 and all(one[0] == "0" for one in parts):
        parts = [one[1:] for one in parts]
    return Colour("".join(one[:2].rjust(2, "0") for one in parts).upper())


def is_colour(text: str) -> bool:
    """Whether a browser takes a text for a colour, or for a word that may stand for one."""
    return colour_in(text) is not None or bool(_KEPT.fullmatch(text))


def grounds_in(said: str) -> list[Colour]:
    """The colours that a background gives: the last of them, its colour, and before it what lies on it; '' for pictures."""
    found: list[Colour] = []
    for token in tinycss2.parse_component_value_list(said, skip_comments=True):
        written = tinycss2.serialize([token])
        if token.type == "url" or (token.type == "function" and _is_picture(token.lower_name)):
            found += _stops(token) if token.type == "function" and "gradient" in token.lower_name else [Colour("")]
        elif token.type in {"ident", "hash", "function", "dimension", "number"} and (one := colour_in(written)):
            found.append(one)
    return sorted(found, key=lambda one: one.rgb != "")


def _is_picture(name: str) -> bool:
    return name in {"url", "src", "element", "paint", "cross-fade"} or "gradient" in name or "image" in name


def _stops(gradient: tinycss2.ast.FunctionBlock) -> list[Colour]:
    """The colours of a gradient; '' where something is seen through it."""
    stops = [one for token in gradient.arguments if (one := colour_in(tinycss2.serialize([token])))]
    return stops if stops and all(one.is_solid and one.rgb for one in stops) else [Colour("")]
