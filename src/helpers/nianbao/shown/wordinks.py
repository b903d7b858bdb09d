"""Whether anyone sees the words of a Word document: their colour and size, and what lies behind them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.alike import BLACK, WHITE, alike
from nianbao.shown.wordstyles import W

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

ALIKE, TINY = "与底色相同的文字", "字小得看不见的文字"
_HEX = re.compile("[0-9A-Fa-f]{6}")
_VAL, _FILL = f"{W}val", f"{W}fill"
_LEAST = 4  # half points; smaller type is a speck
_LEAST_SHARE, _LEAST_WIDTH = 15, 60  # of a character's width in percent, of words in twentieths of a point
_THEME = {"background1": WHITE, "light1": WHITE, "text1": BLACK, "dark1": BLACK}
_DEEPEST = 10  # styles that are based on one another
_Ink = tuple[str, int]  # the colour and the size in half points, '' and 0 where nothing is said


class Inks:
    """The colours and sizes of one document's words, by its styles."""

    def __init__(self, known: Mapping[str, Element]) -> None:
        self.known = known
        self.inks: dict[str, _Ink] = {"": ("", 0)}

    def unseen(self, run: Element, style: str, ground: str) -> str:
        """Why nobody sees the words of a run; '' where they are seen.

        Parameters
        ----------
        style : str
            The style of its paragraph.
        ground : str
            The colour behind it, '' where nobody knows it.
        """
        about = run.find(f"{W}rPr")
        named = about.find(f"{W}rStyle") if about is not None else None
        of_words = self._of(named.get(_VAL, "") if named is not None else "", 0)
        colour, size = _over(_said(about), _over(of_words, self._of(style, 0)))
        if 0 < size < _LEAST:
            return TINY
        ground = ground_of(about, ground)
        return ALIKE if ground and alike(colour or BLACK, ground) else ""

    def _of(self, name: str, depth: int) -> _Ink:
        if name not in self.inks and depth < _DEEPEST:
            style = self.known.get(name)
            base = style.find(f"{W}basedOn") if style is not None else None
            above = self._of(base.get(_VAL, ""), depth + 1) if base is not None else ("", 0)
            self.inks[name] = _over(_said(style.find(f"{W}rPr")) if style is not None else ("", 0), above)
        return self.inks.get(name, ("", 0))


def ground_of(about: Element | None, around: str) -> str:
    """The colour behind words, where their properties say it, else the one around; '' for one that nobody knows."""
    shade = about.find(f"{W}shd") if about is not None else None
    marked = about.find(f"{W}highlight") if about is not None else None
    if marked is not None and marked.get(_VAL) != "none":
        return {"white": WHITE, "black": BLACK}.get(marked.get(_VAL, ""), "")
    if shade is None:
        return around
    fill, pattern = shade.get(_FILL, "auto"), shade.get(_VAL, "clear")
    if pattern not in {"clear", "nil"}:
        return ""
    return fill.upper() if _HEX.fullmatch(fill) else around


def _said(about: Element | None) -> _Ink:
    if about is None:
        return "", 0
    colour, size = about.find(f"{W}color"), about.find(f"{W}sz")
    said = colour.get(_VAL, "") if colour is not None else ""
    height = size.get(_VAL, "") if size is not None else ""
    theme = colour.get(f"{W}themeColor", "") if colour is not None else ""
    made = said.upper() if _HEX.fullmatch(said) else _THEME.get(theme, BLACK) if said == "auto" else ""
    return made, 1 if _is_squeezed(about) else int(height) if height.isdecimal() and len(height) < 6 else 0


def _is_squeezed(about: Element) -> bool:
    """Whether words are made so narrow that nobody can read them."""
    wide, fit = about.find(f"{W}w"), about.find(f"{W}fitText")
    share = wide.get(_VAL, "").strip("%") if wide is not None else ""
    width = fit.get(_VAL, "") if fit is not None else ""
    return (share.isdecimal() and int(share) < _LEAST_SHARE) or (width.isdecimal() and int(width) < _LEAST_WIDTH)


def _over(one: _Ink, other: _Ink) -> _Ink:
    return one[0] or other[0], one[1] or other[1]
