"""How the font of a spreadsheet's cell looks: whether it strikes out, raises or lowers, and whether anyone sees it."""

from __future__ import annotations

from typing import NamedTuple

from nianbao.alike import BLACK, alike

INVISIBLE, TINY = "字与底色相同", "字小得看不见"
LEAST_SIZE = 2.0  # points; smaller type is a speck


class Font(NamedTuple):
    """A font: whether it strikes out, raises or lowers, its colour and its size in points."""

    is_odd: bool = False
    colour: str = BLACK
    size: float = 11.0


def unseen(font: Font, ground: str) -> str:
    """Why nobody sees what is written in a font on a ground; '' where it is seen.

    Parameters
    ----------
    ground : str
        The colour of the cell, '' where nobody knows it.
    """
    if font.size < LEAST_SIZE:
        return TINY
    return INVISIBLE if ground and alike(font.colour, ground) else ""
