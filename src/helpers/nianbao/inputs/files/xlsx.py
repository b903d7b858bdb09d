"""An XLSX workbook, looked at: bounds, formulas without results, errors, units in formats, what is hidden."""

from __future__ import annotations

import re
from posixpath import join, normpath
from typing import TYPE_CHECKING

from nianbao.inputs.files import numberformat
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
    lengths, codes = _strings(package.read(_STRINGS)), _codes(package.read(_STYLES))
    result, parts = [], []
    for name, key in sheets:
        place = places.get(key, "")
        if place:
            made = _Sheet(Inspected(name), bounds, lengths, codes)
            parse(package.read(place), made.start, made.end, made.text)
            result.append(made.made)
            parts.append(place)
    kept = ("[Content_Types].xml", "_rels/.rels", BOOK, _RELATIONS, _STRINGS, _STYLES, *parts)
    return result, package.only(kept)


def _strings(data: bytes) -> list[int]:
    """How long each shared string is."""
    lengths: list[int] = []

    def start(name: str, _: dict[str, str]) -> None:
        if name == "si":
            lengths.append(0)

    def text(some: str) -> None:
        if lengths:
            lengths[-1] += len(some)

    if data:
        parse(data, start, text=text)
    return lengths


def _codes(data: bytes) -> list[str]:
    """The code of the number format of each style."""
    own: dict[int, str] = {}
    styles: list[str] = []
    inside = False

    def start(name: str, about: dict[str, str]) -> None:
        nonlocal inside
        if name == "numFmt":
            own[_whole(about.get("numFmtId"))] = about.get("formatCode", "")
        elif name == "cellXfs":
            inside = True
        elif name == "xf" and inside:
            number = _whole(about.get("numFmtId"))
            styles.append(own.get(number) or numberformat.BUILT_IN.get(number, ""))

    def end(name: str) -> None:
        nonlocal inside
        if name == "cellXfs":
            inside = False

    if data:
        parse(data, start, end)
    return styles


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0


class _Sheet:
    """Reads the cells of one sheet."""

    def __init__(self, made: Inspected, bounds: Bounds, lengths: list[int], codes: list[str]) -> None:
        self.made, self.bounds, self.lengths, self.codes = made, bounds, lengths, codes
        self.row, self.column = -1, -1
        self.about: dict[str, str] = {}
        self.has_formula = False
        self.inside, self.value = "", ""

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
        self.inside = name if name in {"v", "t"} else ""

    def _cell(self, about: dict[str, str]) -> None:
        self.about, self.has_formula, self.value = about, False, ""
        self.column += 1
        if "r" in about:
            found = _ADDRESS.fullmatch(about["r"])
            if not found:
                raise damaged()
            self.column, self.row = _column(found[1]), int(found[2]) - 1

    def text(self, some: str) -> None:
        if self.inside:
            self.value += some

    def end(self, name: str) -> None:
        self.inside = ""
        if name != "c" or not (self.value or self.has_formula):
            return
        kind, at = self.about.get("t", "n"), (self.row, self.column)
        length = len(self.value)
        if kind == "s":
            index = _whole(self.value)
            if not self.value.isdecimal() or index >= len(self.lengths):
                raise damaged()
            length = self.lengths[index]
        self.bounds.add(self.made.name, *at, length)
        if self.has_formula and not self.value and kind != "str":
            self.made.texts[at] = NO_RESULT
        elif kind == "e":
            self.made.texts[at] = self.value
        elif kind == "n":
            style = _whole(self.about.get("s"))
            code = self.codes[style] if style < len(self.codes) else ""
            shown = numberformat.with_format(_float(self.value), code) if code else None
            if shown is not None:
                self.made.texts[at] = shown


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
