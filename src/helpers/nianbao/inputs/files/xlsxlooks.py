"""How the cells of an XLSX workbook look: number formats, fonts, grounds, what a conditional format hides, and its texts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nianbao.alike import BLACK, WHITE
from nianbao.inputs.files import numberformat
from nianbao.inputs.files.cellfonts import Font, unseen
from nianbao.inputs.files.csv import LONGEST_CELL
from nianbao.inputs.files.packed import parse

if TYPE_CHECKING:
    from collections.abc import Callable

# Of a theme and of the usual palette the two colours that every program gives them. Source: ECMA-376-1, 18.8.3, 18.8.27.
_THEME = {"0": WHITE, "1": BLACK}
_INDEXED = {"0": BLACK, "8": BLACK, "64": BLACK, "1": WHITE, "9": WHITE, "65": WHITE}
_FILLS = {"none": WHITE, "": WHITE}


@dataclass(slots=True)
class Runs:
    """A text as its runs make it up.

    Parameters
    ----------
    is_odd : bool
        Whether characters of it are struck out, raised or lowered.
    fonts : set of Font or None
        What its runs with words are written in, ``None`` for the font of the cell.
    """

    length: int = 0
    is_odd: bool = False
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
        elif name in {"strike", "vertAlign", "color", "sz"}:
            self._font = changed(self._font or Font(), name, about)

    def add(self, some: str) -> None:
        """Take some words."""
        self.length += len(some)
        if not self._aside and self.length <= LONGEST_CELL:
            self.text += some
            if some.strip():
                self.is_odd = self.is_odd or (self._font is not None and self._font.is_odd)
                self.fonts.add(self._font)

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if name == "rPh":
            self._aside = False


def changed(font: Font, name: str, about: dict[str, str]) -> Font:
    """A font with what an element says of it."""
    if name == "strike":
        return font._replace(is_odd=font.is_odd or about.get("val", "1") not in {"0", "false"})
    if name == "vertAlign":
        return font._replace(is_odd=font.is_odd or about.get("val") in {"superscript", "subscript"})
    if name == "color":
        return font._replace(colour=colour(about) or BLACK)
    return font._replace(size=_size(about.get("val", "")) or font.size) if name == "sz" else font


def colour(about: dict[str, str]) -> str:
    """A colour as ``RRGGBB``, by its own name where nobody knows it, '' where none is said."""
    if rgb := about.get("rgb"):
        return rgb[-6:].upper()
    key = next((one for one in ("theme", "indexed") if one in about), "")
    known = {"theme": _THEME, "indexed": _INDEXED}.get(key, {})
    tint = about.get("tint", "0")
    if not key or tint.strip("-0.") == "":
        return known.get(about.get(key, ""), f"{key}{about[key]}") if key else ""
    return f"{key}{about[key]} {tint}"


def _size(text: str) -> float:
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
    """The looks of cells by the number of their style, and which conditional formats hide numbers.

    Parameters
    ----------
    codes, fonts, grounds : list
        The code of the number format, the font and the colour of the cell of each style.
    veils : list of bool
        Whether each conditional format hides numbers.
    """

    codes: list[str] = field(default_factory=list)
    fonts: list[Font] = field(default_factory=list)
    grounds: list[str] = field(default_factory=list)
    veils: list[bool] = field(default_factory=list)

    def code(self, style: int) -> str:
        """The code of a style's number format."""
        return self.codes[style] if style < len(self.codes) else ""

    def is_odd(self, style: int) -> bool:
        """Whether a style strikes out, raises or lowers."""
        return style < len(self.fonts) and self.fonts[style].is_odd

    def unseen(self, style: int, runs: Runs) -> str:
        """Why nobody sees some words of a cell with a style; '' where all are seen."""
        if style >= len(self.fonts):
            return ""
        fonts = [one or self.fonts[style] for one in runs.fonts or {None}]
        return next(filter(None, (unseen(one, self.grounds[style]) for one in fonts)), "")


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
        self.inside, self.pattern = "", ""
        self.takes: dict[str, Callable[[str, dict[str, str]], None]] = {
            "fonts": self._font, "fills": self._fill, "cellXfs": self._style, "dxfs": self._conditional,
        }  # fmt: skip

    def start(self, name: str, about: dict[str, str]) -> None:
        if name == "numFmt" and self.inside != "dxfs":
            self.own[whole(about.get("numFmtId"))] = about.get("formatCode", "")
        elif name in self.takes:
            self.inside = name
        elif self.inside:
            self.takes[self.inside](name, about)

    def end(self, name: str) -> None:
        self.inside = "" if name == self.inside else self.inside

    def _font(self, name: str, about: dict[str, str]) -> None:
        if name == "font":
            self.fonts.append(Font())
        elif self.fonts:
            self.fonts[-1] = changed(self.fonts[-1], name, about)

    def _fill(self, name: str, about: dict[str, str]) -> None:
        if name == "fill":
            self.fills.append(WHITE)
        elif name == "patternFill" and self.fills:
            self.pattern = about.get("patternType", "")
            self.fills[-1] = _FILLS.get(self.pattern, "")
        elif name == "gradientFill" and self.fills:
            self.pattern, self.fills[-1] = "", ""
        elif name == "fgColor" and self.pattern == "solid":
            self.fills[-1] = colour(about)

    def _style(self, name: str, about: dict[str, str]) -> None:
        if name == "xf":
            number, font, fill = (whole(about.get(key)) for key in ("numFmtId", "fontId", "fillId"))
            self.made.codes.append(self.own.get(number) or numberformat.BUILT_IN.get(number, ""))
            self.made.fonts.append(self.fonts[font] if font < len(self.fonts) else Font())
            self.made.grounds.append(self.fills[fill] if fill < len(self.fills) else WHITE)

    def _conditional(self, name: str, about: dict[str, str]) -> None:
        veils = self.made.veils
        self.pattern = name if name in {"font", "fill", "border"} else self.pattern
        if name == "dxf":
            veils.append(False)
        elif veils and name == "color" and self.pattern == "font":
            veils[-1] = veils[-1] or colour(about) == WHITE
        elif veils and name == "numFmt":
            veils[-1] = veils[-1] or numberformat.is_blank(1, about.get("formatCode", ""))
        elif veils and name in {"bgColor", "fgColor"}:
            veils[-1] = veils[-1] and colour(about) == WHITE  # white on another ground is seen
