"""An XLSX workbook, looked at: bounds, formulas without results, errors, units in formats, what is hidden or struck out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from posixpath import join, normpath
from typing import TYPE_CHECKING

from nianbao.inputs.files import numberformat
from nianbao.inputs.files.csv import LONGEST_CELL
from nianbao.inputs.files.inspected import MOST_SHEETS, NO_RESULT, Bounds, Inspected, damaged
from nianbao.inputs.files.packed import parse

if TYPE_CHECKING:
    from nianbao.inputs.files.packed import Package

BOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_STRINGS, _STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
_ADDRESS = re.compile("([A-Z]{1,3})([0-9]{1,7})")


def inspected(package: Package, bounds: Bounds) -> tuple[list[Inspected], bytes]:
    """Every sheet of a workbook, and the workbook with nothing but its sheets."""
    sheets: list[tuple[str, str]] = []
    places: dict[str, str] = {}

    def of_book(name: str, about: dict[str, str]) -> None:
        if name == "sheet":
            sheets.append((about.get("name", ""), next((one for key, one in about.items() if key.endswith(":id")), "")))

    def of_relations(name: str, about: dict[str, str]) -> None:
        if name == "Relationship" and about.get("Type", "").endswith("/worksheet"):
            places[about.get("Id", "")] = normpath(join("xl", about.get("Target", ""))).lstrip("/")

    parse(package.read(BOOK), of_book)
    parse(package.read(_RELATIONS), of_relations)
    if len(sheets) > MOST_SHEETS:
        bounds.refuse(f"有{len(sheets)}张工作表", f"最多{MOST_SHEETS}张")
    strings, styles = _strings(package.read(_STRINGS)), _styles(package.read(_STYLES))
    result, parts = [], []
    for name, key in sheets:
        place = places.get(key, "")
        if place:
            made = _Sheet(Inspected(name), bounds, strings, styles)
            parse(package.read(place), made.start, made.end, made.text)
            result.append(made.made)
            parts.append(place)
    kept = ("[Content_Types].xml", "_rels/.rels", BOOK, _RELATIONS, _STRINGS, _STYLES, *parts)
    return result, package.only(kept)


@dataclass(slots=True)
class _Runs:
    """A text as its runs make it up, and whether characters of it are struck out, raised or lowered."""

    length: int = 0
    is_odd: bool = False
    text: str = ""
    _odd_run: bool = False
    _aside: bool = False

    def start(self, name: str, about: dict[str, str]) -> None:
        if name == "r":
            self._odd_run = False
        elif name == "rPh":  # how it is spoken
            self._aside = True
        else:
            self._odd_run = self._odd_run or _is_odd(name, about)

    def add(self, some: str) -> None:
        self.length += len(some)
        if not self._aside and self.length <= LONGEST_CELL:
            self.text += some
            self.is_odd = self.is_odd or (self._odd_run and some.strip() != "")

    def end(self, name: str) -> None:
        if name == "rPh":
            self._aside = False


def _is_odd(name: str, about: dict[str, str]) -> bool:
    """Whether an element of a font strikes out, raises or lowers."""
    if name == "strike":
        return about.get("val", "1") not in {"0", "false"}
    return name == "vertAlign" and about.get("val") in {"superscript", "subscript"}


def _strings(data: bytes) -> list[_Runs]:
    """The shared strings; of one that is no value, because it is too long, its length."""
    strings: list[_Runs] = []

    def start(name: str, about: dict[str, str]) -> None:
        if name == "si":
            strings.append(_Runs())
        elif strings:
            strings[-1].start(name, about)

    def end(name: str) -> None:
        if strings:
            strings[-1].end(name)

    def text(some: str) -> None:
        if strings:
            strings[-1].add(some)

    if data:
        parse(data, start, end, text)
    return strings


@dataclass(slots=True)
class _Styles:
    """Of each style of a cell the code of its number format, and whether its font strikes out, raises or lowers."""

    codes: list[str] = field(default_factory=list)
    odd: list[bool] = field(default_factory=list)

    def code(self, style: int) -> str:
        return self.codes[style] if style < len(self.codes) else ""

    def is_odd(self, style: int) -> bool:
        return style < len(self.odd) and self.odd[style]


def _styles(data: bytes) -> _Styles:
    own: dict[int, str] = {}
    fonts: list[bool] = []
    made = _Styles()
    inside = ""

    def start(name: str, about: dict[str, str]) -> None:
        nonlocal inside
        if name == "numFmt":
            own[_whole(about.get("numFmtId"))] = about.get("formatCode", "")
        elif name in {"cellXfs", "fonts"}:
            inside = name
        elif inside == "fonts":
            if name == "font":
                fonts.append(False)
            elif fonts:
                fonts[-1] = fonts[-1] or _is_odd(name, about)
        elif name == "xf" and inside:
            number, font = _whole(about.get("numFmtId")), _whole(about.get("fontId"))
            made.codes.append(own.get(number) or numberformat.BUILT_IN.get(number, ""))
            made.odd.append(font < len(fonts) and fonts[font])

    def end(name: str) -> None:
        nonlocal inside
        inside = "" if name == inside else inside

    if data:
        parse(data, start, end)
    return made


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0


class _Sheet:
    """Reads the cells of one sheet."""

    def __init__(self, made: Inspected, bounds: Bounds, strings: list[_Runs], styles: _Styles) -> None:
        self.made, self.bounds, self.strings, self.styles = made, bounds, strings, styles
        self.row, self.column = -1, -1
        self.about: dict[str, str] = {}
        self.has_formula = False
        self.inside, self.value, self.runs = "", "", _Runs()

    def start(self, name: str, about: dict[str, str]) -> None:
        if name == "c":
            self._cell(about)
        elif name == "row":
            self.row = _whole(about["r"]) - 1 if "r" in about else self.row + 1
            self.column = -1
            if about.get("hidden") in {"1", "true"}:
                self.made.hide(self.made.hidden_rows, self.row, self.row)
        elif name == "col" and about.get("hidden") in {"1", "true"}:
            self.made.hide(self.made.hidden_columns, _whole(about.get("min")) - 1, _whole(about.get("max")) - 1)
        elif name == "f":
            self.has_formula = True
        self.runs.start(name, about)
        self.inside = name if name in {"v", "t"} else ""

    def _cell(self, about: dict[str, str]) -> None:
        self.about, self.has_formula, self.value, self.runs = about, False, "", _Runs()
        self.column += 1
        if "r" in about:
            found = _ADDRESS.fullmatch(about["r"])
            if not found:
                raise damaged()
            self.column, self.row = _column(found[1]), int(found[2]) - 1

    def text(self, some: str) -> None:
        if self.inside:
            self.value += some
            self.runs.add(some)

    def end(self, name: str) -> None:
        self.inside = ""
        self.runs.end(name)
        if name != "c" or not (self.value or self.has_formula):
            return
        kind, at, style = self.about.get("t", "n"), (self.row, self.column), _whole(self.about.get("s"))
        runs = self._shared() if kind == "s" else self.runs
        self.bounds.add(self.made.name, *at, runs.length)
        if self.has_formula and not self.value and kind != "str":
            self.made.texts[at] = NO_RESULT
            return
        if kind == "e":
            self.made.texts[at] = self.value
        elif kind == "n" and (code := self.styles.code(style)):
            shown = numberformat.with_format(_float(self.value), code)
            if shown is not None:
                self.made.texts[at] = shown
        if runs.is_odd or self.styles.is_odd(style):
            text = numberformat.typed(_float(self.value)) if kind == "n" else runs.text
            self.made.strike(at, self.made.texts.get(at, text))

    def _shared(self) -> _Runs:
        index = _whole(self.value)
        if not self.value.isdecimal() or index >= len(self.strings):
            raise damaged()
        return self.strings[index]


def _float(text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise damaged() from error


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
