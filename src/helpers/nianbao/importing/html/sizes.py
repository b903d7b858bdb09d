"""How large the words of a web page are, and how well they are seen, by all that is said of what they stand in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from nianbao.importing.html.lengths import LENGTH, pixels
from nianbao.shown.htmltree import up

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from selectolax.lexbor import LexborNode

_FACTORS = re.compile(r"scale(?:3d|x|y)?\(\s*([0-9.]+%?)(?:[\s,]+([0-9.]+%?))?")
_SHARES = {"em": 1.0, "%": 0.01, "ex": 0.5, "ch": 0.5}  # of the size around
_WORDS = {"smaller": 0.83, "larger": 1.2}
_STEPS = ("x-small", "small", "medium", "large", "x-large", "xx-large", "xxx-large")  # of <font size>, the first one is 1
_NAMED = dict(zip(("xx-small", *_STEPS), (9, 10, 13, 16, 18, 24, 32, 48), strict=True))
_STEP = re.compile(r"\s*([-+]?)([0-9])")
# As the sheet of a browser says.
_OF_TAGS = {
    "small": "smaller", "big": "larger", **dict.fromkeys(("code", "kbd", "samp", "tt", "pre"), "0.81em"),
    "h1": "2em", "h2": "1.5em", "h3": "1.17em", "h5": "0.83em", "h6": "0.67em",
}  # fmt: skip
_AS_AROUND, _USUAL = {"", "inherit", "unset"}, 16.0  # px of letters where nobody says, or by a word for a size
_ASKED = ("opacity", "zoom", "scale", "transform", "font-size")


class Size(NamedTuple):
    """Pixels of the letters, what they are multiplied by, and how well they are seen, of 1."""

    letter: float = _USUAL
    factor: float = 1.0
    opacity: float = 1.0

    @property
    def shown(self) -> float:
        """How many pixels of a screen the letters take."""
        return self.letter * self.factor


class Sizes:
    """Knows the sizes of the elements of a page, each by that around it."""

    def __init__(self, about: Callable[[LexborNode], Mapping[str, str]]) -> None:
        self.about, self.found = about, dict[int, Size]()

    def of(self, node: LexborNode) -> Size:
        """The size of the words in an element."""
        asked, size = [], Size()
        for at in up(node):
            if at.mem_id in self.found:
                size = self.found[at.mem_id]
                break
            asked.append(at)
        for at in reversed(asked):
            said = self.about(at)
            if usual := _usual(at):
                said = {"font-size": usual, **said}
            size = _within(size, said) if any(name in said for name in _ASKED) else size
            self.found[at.mem_id] = size
        return size


def _within(size: Size, said: Mapping[str, str]) -> Size:
    factor = _share(said.get("zoom", "")) * min(map(_share, said.get("scale", "").split() or [""]))
    for one in _FACTORS.findall(said.get("transform", "")):
        factor *= min(map(_share, filter(None, one)))
    return Size(
        _letter(said.get("font-size", ""), size.letter), size.factor * factor, size.opacity * _share(said.get("opacity", ""))
    )


def _usual(node: LexborNode) -> str:
    """The size of the letters in an element by its tag, which a style may say otherwise."""
    found = _STEP.match(node.attributes.get("size") or "") if node.tag == "font" else None
    if found is None:
        return _OF_TAGS.get(node.tag or "", "")
    at = int(f"{found[1]}{found[2]}") + (_STEPS.index("medium") + 1 if found[1] else 0)
    return _STEPS[min(max(at, 1), len(_STEPS)) - 1]


def _letter(said: str, around: float) -> float:
    found = LENGTH.fullmatch(said)
    if found and found[2] in _SHARES:
        return around * float(found[1]) * _SHARES[found[2]]
    if said in _WORDS:
        return around * _WORDS[said]
    return around if said in _AS_AROUND else _NAMED.get(said, pixels(said, _USUAL))


def _share(said: str) -> float:
    """A number or a share; 1 for what is none."""
    found = LENGTH.fullmatch(said)
    return float(found[1]) / (100 if found[2] == "%" else 1) if found and found[2] in {"", "%"} else 1.0
