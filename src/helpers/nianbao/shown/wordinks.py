"""Whether anyone sees the words of a Word document as they stand: their colour, size and font, and what lies behind them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from nianbao.alike import BLACK, WHITE, alike
from nianbao.shown.faces import is_known
from nianbao.shown.wordstyles import W

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

ALIKE, TINY = "与底色相同的文字", "字小得看不见的文字"
UNPAINTED, SIGNS, CLOSE = "没有填色的文字", "符号字体的文字", "挤在一起的文字"
UNSEEN = frozenset({ALIKE, TINY, UNPAINTED})  # doubts of a cell whose words nobody sees
BROUGHT, STACKED = "自带字体的文字", "双行合一或横排的文字"
FLAT, SHIFTED = "行高太小的文字", "缩进到格外的文字"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_HEX = re.compile("[0-9A-Fa-f]{6}")
_VAL, _FILL = f"{W}val", f"{W}fill"
_LEAST = 4  # half points; smaller type is a speck
_LEAST_SHARE, _LEAST_WIDTH = 15, 60  # of a character's width in percent, of words in twentieths of a point
_CLOSEST, _LEAST_LINE, _MOST_OUT = -40, 100, -400  # twentieths of a point: between characters, of a line, of an indent
_CLEAREST = 60_000  # of a colour that lets all through, in thousandths of a percent
_THEME = {"background1": WHITE, "light1": WHITE, "text1": BLACK, "dark1": BLACK}
_SCHEME = {"bg1": WHITE, "lt1": WHITE, "tx1": BLACK, "dk1": BLACK}
_OF_SIGNS = re.compile(r"wingdings|webdings|zapf\s*dingbats|marlett", re.I)
_DEEPEST = 10  # styles that are based on one another


class _Ink(NamedTuple):
    """What is said of words: '' and 0 where nothing is; ``paint`` is how they are filled, where that is no colour."""

    colour: str = ""
    size: int = 0
    paint: str = ""
    face: str = ""
    spacing: str = ""


class Inks:
    """The colours, sizes and fonts of one document's words, by its styles; ``fonts`` is its part that lists fonts."""

    def __init__(self, known: Mapping[str, Element], fonts: Element | None = None) -> None:
        self.known = known
        named = fonts.findall(f"{W}font") if fonts is not None else []
        # What the digits of a font look like that a document brings along under a name of its own, nobody knows.
        brought = (one.get(f"{W}name", "").lower() for one in named if one.find(f"{W}embedRegular") is not None)
        self.brought = {name for name in brought if not is_known(name)}
        self.inks: dict[str, _Ink] = {"": _Ink()}

    def of(self, run: Element, style: str, ground: str) -> tuple[str, str]:
        """Why nobody sees the words of a run, and why they may be seen otherwise than they stand; '' where neither is so.

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
        ink = _over(_said(about), _over(of_words, self._of(style, 0)))
        ground = ground_of(about, ground)
        is_alike = bool(ground) and alike(ink.colour or BLACK, ground)
        hides = TINY if 0 < ink.size < _LEAST else UNPAINTED if ink.paint == "none" else ALIKE if is_alike else ""
        doubts = {
            UNPAINTED: ink.paint == "faint",
            SIGNS: bool(_OF_SIGNS.search(ink.face)),
            BROUGHT: ink.face.lower() in self.brought,
            CLOSE: _is_close(ink.spacing),
            STACKED: about is not None and about.find(f"{W}eastAsianLayout") is not None,
        }
        return hides, next((why for why, is_so in doubts.items() if is_so), "")

    def _of(self, name: str, depth: int) -> _Ink:
        if name not in self.inks and depth < _DEEPEST:
            style = self.known.get(name)
            base = style.find(f"{W}basedOn") if style is not None else None
            above = self._of(base.get(_VAL, ""), depth + 1) if base is not None else _Ink()
            self.inks[name] = _over(_said(style.find(f"{W}rPr")) if style is not None else _Ink(), above)
        return self.inks.get(name, _Ink())


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


def of_paragraph(about: Element | None, in_cell: bool) -> str:
    """Why the words of a paragraph may be cut off, or stand over those of another cell; '' where they do not."""
    spacing, indent = (about.find(f"{W}{name}") if about is not None else None for name in ("spacing", "ind"))
    if spacing is not None and spacing.get(f"{W}lineRule") == "exact" and _number(spacing, "line") < _LEAST_LINE:
        return FLAT
    if not in_cell or indent is None:
        return ""
    left = _number(indent, "left") or _number(indent, "start")
    return SHIFTED if left + _number(indent, "firstLine") - _number(indent, "hanging") <= _MOST_OUT else ""


def _number(about: Element, name: str) -> int:
    found = about.get(f"{W}{name}", "")
    return int(found) if re.fullmatch("-?[0-9]{1,6}", found) else 0


def _said(about: Element | None) -> _Ink:
    if about is None:
        return _Ink()
    colour, size, faces = (about.find(f"{W}{name}") for name in ("color", "sz", "rFonts"))
    said = colour.get(_VAL, "") if colour is not None else ""
    height = size.get(_VAL, "") if size is not None else ""
    theme = colour.get(f"{W}themeColor", "") if colour is not None else ""
    made = said.upper() if _HEX.fullmatch(said) else _THEME.get(theme, BLACK) if said == "auto" else ""
    tall = 1 if _is_squeezed(about) else int(height) if height.isdecimal() and len(height) < 6 else 0
    between = about.find(f"{W}spacing")
    filled, paint = _filling(about)
    face = faces.get(f"{W}ascii", "") if faces is not None else ""
    return _Ink(filled or made, tall, paint, face, between.get(_VAL, "") if between is not None else "")


def _filling(about: Element) -> tuple[str, str]:
    """The colour in which newer Words fill words, or how else: ``none``, ``faint``; ``solid`` where a colour is said."""
    fill = about.find(f"{_W14}textFill")
    if fill is None:
        return "", ""
    if fill.find(f"{_W14}noFill") is not None:
        line = about.find(f"{_W14}textOutline")
        is_drawn = line is not None and line.find(f"{_W14}noFill") is None
        return "", "faint" if is_drawn else "none"
    plain, named = (fill.find(f"{_W14}solidFill/{_W14}{name}") for name in ("srgbClr", "schemeClr"))
    colour = plain if plain is not None else named
    if colour is None:
        return "", "solid"
    share = (one.get(f"{_W14}val", "") for one in colour.findall(f"{_W14}alpha"))
    is_clear = any(one.isdecimal() and len(one) < 8 and int(one) >= _CLEAREST for one in share)
    said = colour.get(f"{_W14}val", "")
    return (said.upper() if _HEX.fullmatch(said) else _SCHEME.get(said, "")), "faint" if is_clear else "solid"


def _is_close(spacing: str) -> bool:
    """Whether characters stand so near each other that they cover one another."""
    return bool(re.fullmatch("-[0-9]{1,5}", spacing)) and int(spacing) <= _CLOSEST


def _is_squeezed(about: Element) -> bool:
    """Whether words are made so narrow that nobody can read them."""
    wide, fit = about.find(f"{W}w"), about.find(f"{W}fitText")
    share = wide.get(_VAL, "").strip("%") if wide is not None else ""
    width = fit.get(_VAL, "") if fit is not None else ""
    return (share.isdecimal() and int(share) < _LEAST_SHARE) or (width.isdecimal() and int(width) < _LEAST_WIDTH)


def _over(one: _Ink, other: _Ink) -> _Ink:
    return _Ink(
        one.colour or other.colour,
        one.size or other.size,
        one.paint or other.paint,
        one.face or other.face,
        one.spacing or other.spacing,
    )
