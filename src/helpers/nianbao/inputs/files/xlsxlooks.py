"""How the cells of an XLSX workbook look: number formats, fonts, grounds; and its texts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nianbao.alike import BLACK, WHITE
from nianbao.inputs.files import numberformat
from nianbao.inputs.files.cellfonts import REPEATED, SYMBOL_SET, Font, blended, ground_of, is_of_symbols, unseen
from nianbao.inputs.files.csv import LONGEST_CELL
from nianbao.inputs.files.packed import parse

if TYPE_CHECKING:
    from collections.abc import Callable

# Of a theme and of the usual palette the two colours that every program gives them. Source: ECMA-376-1, 18.8.3, 18.8.27.
_THEME = {"0": WHITE, "1": BLACK}
_USUAL = ("fgColor", BLACK), ("bgColor", WHITE)
_INDEXED = {"0": BLACK, "8": BLACK, "64": BLACK, "1": WHITE, "9": WHITE, "65": WHITE}
OFF = {"0", "false"}
# A column's width is told in digits of the usual size; of them a cell's margins take a part.
USUAL_WIDTH, USUAL_SIZE, _MARGIN = 9.14, 11.0, 0.5
_LATIN = 0x2E80  # the signs behind this are as wide as two digits


@dataclass(slots=True)
class Runs:
    """A text as its runs make it up.

    Parameters
    ----------
    fonts : set of Font or None
        What its runs with words are written in, ``None`` for the font of the cell.
    """

    length: int = 0
    text: str = ""
    fonts: set[Font | None] = field(default_factory=set)
    _font: Font | None = None
    _aside: bool = False

    def start(self, name: str, about: dict[str, str]) -> None:
        """Take the beginning of an element."""
        if name == "r":
            self._font = None
        elif name == "rPh":  # how it is spoken
            self._aside = True
        elif name in {"strike", "vertAlign", "color", "sz", "rFont", "charset"}:
            self._font = changed(self._font or Font(), name, about)

    def add(self, some: str) -> None:
        """Take some words."""
        self.length += len(some)
        if not self._aside and self.length <= LONGEST_CELL:
            self.text += some
            if some.strip():
                self.fonts.add(self._font)

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if name == "rPh":
            self._aside = False


def changed(font: Font, name: str, about: dict[str, str]) -> Font:
    """A font with what an element says of it."""
    if name == "strike":
        return font._replace(is_struck=font.is_struck or about.get("val", "1") not in OFF)
    if name == "vertAlign":
        return font._replace(is_raised=font.is_raised or about.get("val") in {"superscript", "subscript"})
    if name == "color":
        return font._replace(colour=colour(about) or BLACK)
    if name in {"name", "rFont"}:
        return font._replace(is_of_symbols=font.is_of_symbols or is_of_symbols(about.get("val", "")))
    if name == "charset":
        return font._replace(is_of_symbols=font.is_of_symbols or about.get("val") == str(SYMBOL_SET))
    return font._replace(size=size_of(about.get("val", "")) or font.size) if name == "sz" else font


def colour(about: dict[str, str]) -> str:
    """A colour as ``RRGGBB``, by its own name where nobody knows it, '' where none is said."""
    if rgb := about.get("rgb"):
        return rgb[-6:].upper()
    key = next((one for one in ("theme", "indexed") if one in about), "")
    known = {"theme": _THEME, "indexed": _INDEXED}.get(key, {})
    tint = about.get("tint", "0")
    if not key or tint.strip("-0.") == "":
        return known.get(about.get(key, ""), f"{key}{about[key]}") if key else ""
    plain = known.get(about[key])
    return _tinted(plain, tint) if plain in {BLACK, WHITE} else f"{key}{about[key]} {tint}"


def _tinted(plain: str, tint: str) -> str:
    """Black made lighter, or white made darker. Source: ECMA-376-1, 18.8.19."""
    try:
        share = min(max(float(tint), -1.0), 1.0)
    except ValueError:
        return plain
    grey = round(255 * (max(share, 0.0) if plain == BLACK else 1 + min(share, 0.0)))
    return f"{grey:02X}" * 3


def size_of(text: str) -> float:
    """A size ≥ 0; 0 for anything else."""
    return float(text) if text.replace(".", "", 1).isdecimal() and len(text) < 10 else 0.0


def whole(text: str | None) -> int:
    """A number ≥ 0; 0 for anything else."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0


def strings(data: bytes) -> list[Runs]:
    """The shared strings; of one that is no value, because it is too long, its length."""
    made: list[Runs] = []

    def start(name: str, about: dict[str, str]) -> None:
        if name == "si":
            made.append(Runs())
        elif made:
            made[-1].start(name, about)

    def end(name: str) -> None:
        if made:
            made[-1].end(name)

    def text(some: str) -> None:
        if made:
            made[-1].add(some)

    if data:
        parse(data, start, end, text)
    return made


@dataclass(slots=True)
class Styles:
    """The looks of cells by the number of their style.

    Parameters
    ----------
    codes, fonts, grounds : list
        The code of the number format, the font and the colour of the cell of each style.
    repeating, wrapping, shrinking, crossed : set of int
        The styles that repeat the words of a cell until it is full, break them into lines, make them smaller so that they
        fit, and that have a line through the cell.
    """

    codes: list[str] = field(default_factory=list)
    fonts: list[Font] = field(default_factory=list)
    grounds: list[str] = field(default_factory=list)
    repeating: set[int] = field(default_factory=set)
    wrapping: set[int] = field(default_factory=set)
    shrinking: set[int] = field(default_factory=set)
    crossed: set[int] = field(default_factory=set)

    def code(self, style: int) -> str:
        """The code of a style's number format."""
        return self.codes[style] if style < len(self.codes) else ""

    def looks(self, style: int, runs: Runs) -> tuple[bool, bool]:
        """Whether characters of a cell are struck out, by a font or a line through the cell, and whether some are raised."""
        fonts = {*self.fonts_of(style, runs), *self.fonts[style : style + 1]}
        is_struck = style in self.crossed or any(one.is_struck for one in fonts)
        return is_struck, any(one.is_raised for one in fonts)

    def is_cut(self, style: int, runs: Runs, width: float) -> bool:
        """Whether a cell as wide as so many digits, with something on its right, is too narrow for its words."""
        size = max(one.size for one in self.fonts_of(style, runs))
        needed = sum(2 if ord(char) > _LATIN else 1 for char in runs.text.strip()) * size / USUAL_SIZE
        return style not in self.wrapping | self.shrinking and needed + _MARGIN > width

    def unseen(self, style: int, runs: Runs) -> str:
        """Why nobody sees some words of a cell with a style; '' where all are seen."""
        if style in self.repeating:
            return REPEATED
        return next(filter(None, (unseen(one, self.ground(style)) for one in self.fonts_of(style, runs))), "")

    def fonts_of(self, style: int, runs: Runs) -> tuple[Font, ...]:
        """The fonts of a cell's words."""
        own = self.fonts[style] if style < len(self.fonts) else Font()
        return tuple(one or own for one in runs.fonts or {None})

    def ground(self, style: int) -> str:
        """The colour of a cell with a style."""
        return self.grounds[style] if style < len(self.grounds) else WHITE


def styles(data: bytes) -> Styles:
    """The styles of a workbook."""
    reader = _Reader()
    if data:
        parse(data, reader.start, reader.end)
    return reader.made


class _Reader:
    """Reads styles.xml: fonts and fills stand above the styles of cells, which name them by number."""

    def __init__(self) -> None:
        self.made = Styles()
        self.own: dict[int, str] = {}
        self.fonts: list[Font] = []
        self.fills: list[str] = []
        self.crossed: list[bool] = []  # the borders
        self.is_drawn = False  # whether the border that is open says that it has a diagonal line
        self.inside, self.pattern = "", ""
        self.colours: dict[str, list[str]] = {}  # of the fill that is open
        self.takes: dict[str, Callable[[str, dict[str, str]], None]] = {
            "fonts": self._font, "fills": self._fill, "borders": self._border, "cellXfs": self._style,
        }  # fmt: skip

    def start(self, name: str, about: dict[str, str]) -> None:
        if name == "numFmt" and self.inside != "dxfs":
            self.own[whole(about.get("numFmtId"))] = about.get("formatCode", "")
        elif name in {*self.takes, "dxfs"}:
            self.inside = name
        elif self.inside in self.takes:
            self.takes[self.inside](name, about)

    def end(self, name: str) -> None:
        if name == "fill" and self.inside == "fills":
            fore, back = (next(iter(self.colours.get(key, ())), usual) for key, usual in _USUAL)
            is_gradient = "color" in self.colours
            self.fills.append(blended(self.colours["color"]) if is_gradient else ground_of(self.pattern, fore, back))
        self.inside = "" if name == self.inside else self.inside

    def _font(self, name: str, about: dict[str, str]) -> None:
        if name == "font":
            self.fonts.append(Font())
        elif self.fonts:
            self.fonts[-1] = changed(self.fonts[-1], name, about)

    def _fill(self, name: str, about: dict[str, str]) -> None:
        if name == "fill":
            self.pattern, self.colours = "", {}
        elif name == "patternFill":
            self.pattern = about.get("patternType", "")
        elif name in {"fgColor", "bgColor", "color"}:
            self.colours.setdefault(name, []).append(colour(about))

    def _border(self, name: str, about: dict[str, str]) -> None:
        if name == "border":
            self.is_drawn = any(about.get(key, "0") not in OFF for key in ("diagonalUp", "diagonalDown"))
            self.crossed.append(False)
        elif name == "diagonal" and self.crossed:
            self.crossed[-1] = self.is_drawn and about.get("style", "none") != "none"

    def _style(self, name: str, about: dict[str, str]) -> None:
        if name == "xf":
            border, count = whole(about.get("borderId")), len(self.made.codes)
            self.made.crossed |= {count} if border < len(self.crossed) and self.crossed[border] else set()
            number, font, fill = (whole(about.get(key)) for key in ("numFmtId", "fontId", "fillId"))
            self.made.codes.append(self.own.get(number) or numberformat.BUILT_IN.get(number, ""))
            self.made.fonts.append(self.fonts[font] if font < len(self.fonts) else Font())
            self.made.grounds.append(self.fills[fill] if fill < len(self.fills) else WHITE)
        elif name == "alignment":
            last = {len(self.made.codes) - 1}
            self.made.repeating |= last if about.get("horizontal") == "fill" else set()
            self.made.wrapping |= last if about.get("wrapText", "0") not in OFF else set()
            self.made.shrinking |= last if about.get("shrinkToFit", "0") not in OFF else set()
