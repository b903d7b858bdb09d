"""How a spreadsheet's cell looks: whether its font strikes out, raises or lowers, and whether anyone sees its words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from nianbao.alike import BLACK, WHITE, alike

if TYPE_CHECKING:
    from collections.abc import Sequence

INVISIBLE, TINY, SYMBOLS = "字与底色相同", "字小得看不见", "符号字体，看到的是别的符号"
REPEATED = "重复填满格子，看到的是几遍"
MOST_TINY = 3.0  # points; type of this size is a speck
SYMBOL_SET = 2  # the character set of fonts that have signs in the place of letters and digits
_OF_SYMBOLS = re.compile(r"(?:wing|web|zapf ?)?dings.*|symbol|marlett|mt extra|bookshelf symbol.*", re.I)
# Patterns of which half or more is in the colour of the pattern. Source: ECMA-376-1, 18.18.55.
_DARK = {"mediumGray", "darkGray", "darkHorizontal", "darkVertical", "darkDown", "darkUp", "darkGrid", "darkTrellis"}


class Font(NamedTuple):
    """A font: whether it strikes out, raises or lowers, its colour, its size in points, whether it shows other signs."""

    is_struck: bool = False
    is_raised: bool = False
    colour: str = BLACK
    size: float = 11.0
    is_of_symbols: bool = False


def is_of_symbols(name: str) -> bool:
    """Whether a font of this name has signs in the place of letters and digits."""
    return _OF_SYMBOLS.fullmatch(name.strip(" '\"")) is not None


def ground_of(pattern: str, fore: str, back: str) -> str:
    """The colour behind the words of a cell that is filled so: the one that most of it has."""
    if pattern in {"", "none"}:
        return WHITE
    return fore if pattern == "solid" or pattern in _DARK else back


def blended(colours: Sequence[str]) -> str:
    """The colour of a ground that runs from one of these to the others; '' where they differ."""
    return colours[0] if colours and all(alike(colours[0], one) for one in colours) else ""


def unseen(font: Font, ground: str) -> str:
    """Why nobody sees what is written in a font on a ground; '' where it is seen.

    Parameters
    ----------
    ground : str
        The colour of the cell, '' where nobody knows it.
    """
    if font.is_of_symbols:
        return SYMBOLS
    if font.size <= MOST_TINY:
        return TINY
    return INVISIBLE if ground and alike(font.colour, ground) else ""
