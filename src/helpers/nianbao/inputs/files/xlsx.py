"""An XLSX workbook, looked at: bounds, formulas without results, errors, what formats and fonts show, what is hidden."""

from __future__ import annotations

import re
from posixpath import join, normpath
from typing import TYPE_CHECKING

from nianbao.inputs.cells import NO_RESULT
from nianbao.inputs.files import numberformat, printed, xlsxdrawn, xlsxformulas, xlsxlooks, xlsxnotes
from nianbao.inputs.files.inspected import MOST_COLUMNS, MOST_SHEETS, Bounds, Inspected, damaged
from nianbao.inputs.files.packed import parse
from nianbao.inputs.files.rules import Change, Shown, applied
from nianbao.inputs.files.xlsxlooks import OFF, USUAL_WIDTH, Runs, Styles, size_of, whole
from nianbao.inputs.files.xlsxrules import Changes, Rules

if TYPE_CHECKING:
    from nianbao.inputs.files.packed import Package

BOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_STRINGS, _STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
_LEAST = {"ht": 2.0, "width": 0.3}  # points of a row, digits of a column, in which something can be seen
_ON = {"1", "true"}
_DIGIT = re.compile("[0-9０-９]")
_MOST_WIDTHS = 20_000  # elements that tell how wide columns are; a sheet has fewer columns
CUT = "这一栏太窄，只看得见一部分"


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
    strings, styles = xlsxlooks.strings(package.read(_STRINGS)), xlsxlooks.styles(package.read(_STYLES))
    changes = Changes()
    if data := package.read(_STYLES):
        parse(data, changes.start, changes.end)
    result, parts = [], []
    for name, key in sheets:
        place = places.get(key, "")
        if place:
            made = _Sheet(Inspected(name), bounds, strings, styles, changes.made)
            parse(package.read(place), made.start, made.end, made.text)
            made.cut()
            made.made.printed += made.printed.lines
            made.made.formulas = made.formulas.made
            applied(made.made, made.cells, made.rules.sorted, bounds)
            made.made.comments += xlsxnotes.comments(package, place, name, bounds)
            made.made.draw(xlsxdrawn.drawn(package, place), bounds)
            result.append(made.made)
            parts.append(place)
    kept = ("[Content_Types].xml", "_rels/.rels", BOOK, _RELATIONS, _STRINGS, _STYLES, *parts)
    return result, package.only(kept)


class _Sheet:
    """Reads the cells of one sheet."""

    def __init__(self, made: Inspected, bounds: Bounds, strings: list[Runs], styles: Styles, changes: list[Change]) -> None:
        self.made, self.bounds, self.strings, self.styles = made, bounds, strings, styles
        self.row, self.column = -1, -1
        self.about: dict[str, str] = {}
        self.has_formula, self.shows_zeros = False, True
        self.inside, self.value, self.runs = "", "", Runs()
        self.rules, self.printed, self.formulas = Rules(changes), printed.OfXlsx(), xlsxformulas.Formulas()
        self.cells: dict[tuple[int, int], Shown] = {}
        self.widths: dict[int, float] = {}  # of columns
        self.left = _MOST_WIDTHS
        self.usual_width = USUAL_WIDTH
        self.narrow: dict[tuple[int, int], tuple[int, Runs]] = {}  # texts with digits, and their styles

    def start(self, name: str, about: dict[str, str]) -> None:
        if self.rules.is_open or name == "conditionalFormatting":
            self.rules.start(name, about)
            return
        if name == "c":
            self._cell(about)
        elif name == "row":
            self.row = whole(about["r"]) - 1 if "r" in about else self.row + 1
            self.column = -1
            if _is_hidden(about, "ht"):
                self.made.hide(self.made.hidden_rows, self.row, self.row)
        elif name == "col" and _is_hidden(about, "width"):
            self.made.hide(self.made.hidden_columns, whole(about.get("min")) - 1, whole(about.get("max")) - 1)
        elif name == "col":
            width = size_of(about.get("width", "")[:9])
            last = min(whole(about.get("max")), MOST_COLUMNS) if width and self.left else 0
            self.left = max(self.left - 1, 0)
            for at in range(whole(about.get("min")) - 1, last):
                self.widths.setdefault(at, width)
        elif name == "sheetFormatPr":
            self.usual_width = size_of(about.get("defaultColWidth", "")[:9]) or USUAL_WIDTH
        elif name == "f":
            self.has_formula = True
            self.formulas.start(about)
        elif name == "sheetView":
            self.shows_zeros = about.get("showZeros") not in OFF
        self.runs.start(name, about)
        self.printed.start(name, about)
        self.inside = name if name in {"v", "t", "f"} else ""

    def _cell(self, about: dict[str, str]) -> None:
        self.about, self.has_formula, self.value, self.runs = about, False, "", Runs()
        self.column += 1
        if "r" in about:
            self.row, self.column = xlsxnotes.place_of(about["r"])

    def text(self, some: str) -> None:
        if self.rules.is_open:
            self.rules.text(some)
        elif self.printed.inside:
            self.bounds.characters += len(some)
            self.printed.text(some)
        elif self.inside == "f":
            self.formulas.text(some)
        elif self.inside:
            self.value += some
            self.runs.add(some)

    def end(self, name: str) -> None:
        if self.rules.is_open:
            self.rules.end(name)
            return
        self.inside = ""
        self.runs.end(name)
        self.printed.end(name)
        if name != "c" or not (self.value or self.has_formula):
            return
        kind, at, style = self.about.get("t", "n"), (self.row, self.column), whole(self.about.get("s"))
        runs = self._shared() if kind == "s" else self.runs
        self.bounds.add(self.made.name, *at, runs.length)
        if self.has_formula:
            self.bounds.formula(self.made.name, self.formulas.end(at))
        if self.has_formula and not self.value and kind != "str":
            self.made.texts[at] = NO_RESULT
            return
        if kind == "e":
            self.made.texts[at] = self.value
        text, value = self._number(at, style) if kind == "n" else (runs.text, None)
        if kind != "e":
            fonts, ground = self.styles.fonts_of(style, runs), self.styles.ground(style)
            self.cells[at] = Shown(text, value, self.styles.code(style), fonts, ground)
        self.made.strike(at, text, *self.styles.looks(style, runs))
        if kind in {"s", "str", "inlineStr"} and _DIGIT.search(text):
            self.narrow[at] = style, runs
        seen = text if kind == "n" else numberformat.text_shown(text, self.styles.code(style))
        if seen != text:
            self.made.show(at, text, seen, numberformat.HIDDEN)
        elif why := self.styles.unseen(style, runs):
            self.made.conceal(at, text, why)

    def cut(self) -> None:
        """Keep which texts with digits are cut off: of a number nothing would be seen then."""
        for (row, column), (style, runs) in self.narrow.items():
            width = self.widths.get(column, self.usual_width)
            beside = self.cells.get((row, column + 1))
            if beside and beside.text and self.styles.is_cut(style, runs, width):
                self.made.cut((row, column), runs.text, CUT)

    def _number(self, at: tuple[int, int], style: int) -> tuple[str, float | None]:
        """Keep what a number's format makes of it; returns how the number is read, and the number."""
        code = self.styles.code(style)
        try:
            value = float(self.value)
        except ValueError as error:
            if code:
                raise damaged() from error
            return self.value, None
        seen = numberformat.with_format(value, code)
        if seen is not None:
            self.made.texts[at] = seen
        elif not value and (not self.shows_zeros or numberformat.is_blank(value, code)):
            self.made.zeros.append(at)
        return numberformat.typed(value) if seen is None else seen, value

    def _shared(self) -> Runs:
        index = whole(self.value)
        if not self.value.isdecimal() or index >= len(self.strings):
            raise damaged()
        return self.strings[index]


def _is_hidden(about: dict[str, str], size: str) -> bool:
    """Whether a row or a column is hidden, or is too low or too narrow for anything to be seen in it."""
    said = about.get(size, "")
    is_number = said.replace(".", "", 1).isdecimal()  # what no spreadsheet writes is no size
    return about.get("hidden") in _ON or (is_number and size_of(said[:9]) < _LEAST[size])
