"""An ODS workbook, looked at: bounds, formulas without results, errors, what formats and fonts show, what is hidden."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from nianbao.inputs.cells import NO_RESULT, SCALED
from nianbao.inputs.files import numberformat, odsformulas, printed
from nianbao.inputs.files.csv import LONGEST_CELL
from nianbao.inputs.files.inspected import MOST_COMMENTS, MOST_SHEETS, Bounds, Comment, Inspected, damaged
from nianbao.inputs.files.odslooks import Look, Looks
from nianbao.inputs.files.odsrules import Rules
from nianbao.inputs.files.odstracked import Tracked
from nianbao.inputs.files.packed import parse, protected
from nianbao.inputs.files.rules import Rule, Shown, applied

if TYPE_CHECKING:
    from nianbao.inputs.files.packed import Package

TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
CONTENT = "content.xml"
_STYLES, _SETTINGS = "styles.xml", "settings.xml"
_NO_ZEROS = re.compile(rb'config:name="ShowZeroValues"[^>]*>false<')
_FILLS = re.compile(r"\*[0-9.,+%-]")  # in the code of a format: what fills the cell up and reads as a part of the number
_MANIFEST = "META-INF/manifest.xml"
# Comments on a cell and shapes drawn over it: what they say does not stand in the cell.
_BESIDE = {"annotation", "frame", "g", "custom-shape", "caption", "rect", "ellipse", "path", "polygon", "line", "connector"}
_LINES = {"p", "h"}
_FIGURES = {"float", "percentage", "currency"}


def inspected(package: Package, bounds: Bounds) -> tuple[list[Inspected], bytes, bool]:
    """Every sheet of a workbook; the workbook with nothing but its sheets; and whether it refers to other files."""
    if b"encryption-data" in package.read(_MANIFEST):
        raise protected()
    looks, margins = Looks(), printed.OfOds()
    if styles := package.read(_STYLES):
        parse(styles, looks.start, looks.end, looks.numbers.text)
        parse(styles, margins.start, margins.end, margins.text)
    made = _Content(bounds, looks, margins, not _NO_ZEROS.search(package.read(_SETTINGS)))
    parse(package.read(CONTENT), made.start, made.end, made.text)
    if len(made.sheets) > MOST_SHEETS:
        bounds.refuse(f"有{len(made.sheets)}张工作表", f"最多{MOST_SHEETS}张")
    return made.sheets, package.only(("mimetype", CONTENT, _MANIFEST)), made.refers


class _Content:
    """Reads the cells of all sheets; names are qualified as every program writes them."""

    def __init__(self, bounds: Bounds, looks: Looks, margins: printed.OfOds, shows_zeros: bool) -> None:
        self.bounds, self.looks, self.shows_zeros = bounds, looks, shows_zeros
        self.sheets: list[Inspected] = []
        self.margins = margins
        self.row = self.column = self.times = 0
        self.about: dict[str, str] = {}
        self.shown: list[str] = []
        self.inside = self.refers = self.has_more = False
        self.beside: list[str] = []  # of the elements that are open there, what the text of each is
        self.comment: Comment | None = None
        self.drawn: list[Comment] = []  # the lines of text boxes and shapes on a sheet
        self.spans: list[Look] = []
        self.words: set[Look | None] = set()  # the looks of the cell's words, None for those that look as the cell does
        self.rules, self.tracked = Rules(looks), Tracked()
        self.cells: dict[tuple[int, int], Shown] = {}
        self.styled: dict[str, list[tuple[int, int]]] = {}  # where cells with a style stand for which conditions put others
        self.style_of_row, self.styles_of_columns = "", list[tuple[int, str]]()

    def start(self, name: str, about: dict[str, str]) -> None:
        self.looks.start(name, about)
        self.rules.start(name, about)
        if self.tracked.start(name, about):
            return
        if self.beside or name in _BESIDE:
            self.beside.append(self._part(name))
        if name == "style":
            self.margins.start(name, about)
        if name == "table" and "table:name" in about:
            self.sheets.append(Inspected(about["table:name"]))
            self.sheets[-1].printed += self.margins.of(about.get("table:style-name", ""))
            self.row = self.column = self.times = 0
            self.styles_of_columns, self.cells, self.styled = [], {}, {}
        elif not self.sheets:
            return
        elif name == "table-column":
            self._column(about)
        elif name == "table-row":
            self.times, self.column = _times(about, "table:number-rows-repeated"), 0
            self.style_of_row = about.get("table:default-cell-style-name", "")
            if self._is_hidden("table-row", about):
                self.sheets[-1].hide(self.sheets[-1].hidden_rows, self.row, self.row + self.times - 1)
        elif name in {"table-cell", "covered-table-cell"}:
            self.about, self.shown, self.has_more, self.words = about, [], False, set()
        elif name in _BESIDE:
            self.has_more = True
            self.comment = Comment(self.row, self.column, "", "") if name == "annotation" else None
        else:
            self._within(name, about)

    def _within(self, name: str, about: dict[str, str]) -> None:
        """Take the beginning of an element in a cell, or in what stands beside one."""
        if "form:label" in about:
            self.drawn.append(Comment(-1, -1, "", about["form:label"]))
        elif self.beside:
            if name in _LINES and not self.comment:
                self.drawn.append(Comment(self.row if self.times else -1, self.column, "", ""))
            if name in _LINES and self.comment and self.comment.said:
                self.comment = self.comment._replace(said=f"{self.comment.said}\n")
        elif name == "p":
            self.inside = True
            self.shown.append("\n" if self.shown else "")
        elif name == "span":
            self.spans.append(self.looks.of("text", about.get("text:style-name", "")))
        elif name == "s" and self.inside:
            self.shown.append(" " * min(_times(about, "text:c"), LONGEST_CELL + 1))

    def _part(self, name: str) -> str:
        """What the text of an element in a comment or a shape is; fields in a line, such as ``text:date``, are of that."""
        before = self.beside[-1] if self.beside else ""
        if name in _LINES:
            return "p"
        return "" if name in _BESIDE else before or name

    def _column(self, about: dict[str, str]) -> None:
        times = _times(about, "table:number-columns-repeated")
        if self._is_hidden("table-column", about):
            self.sheets[-1].hide(self.sheets[-1].hidden_columns, self.column, self.column + times - 1)
        self.column += times
        self.styles_of_columns.append((self.column, about.get("table:default-cell-style-name", "")))

    def _is_hidden(self, family: str, about: dict[str, str]) -> bool:
        """Whether a row or a column is hidden, or is of no height or width."""
        is_flat = self.looks.of(family, about.get("table:style-name", "")).is_flat
        return about.get("table:visibility") in {"collapse", "filter"} or is_flat

    def text(self, some: str) -> None:
        self.looks.numbers.text(some)
        if self.tracked.text(some):
            return
        if self.inside:
            self.shown.append(some)
            if some.strip():
                look = Look()
                for one in self.spans:
                    look = one.over(look)
                self.words.add(look if self.spans else None)
        elif self.beside and not self.comment and self.drawn and self.beside[-1] == "p":
            self.drawn[-1] = self.drawn[-1]._replace(said=self.drawn[-1].said + some)
        elif self.beside and self.comment and self.beside[-1] in {"creator", "p"}:
            key = {"creator": "who", "p": "said"}[self.beside[-1]]
            self.comment = self.comment._replace(**{key: (getattr(self.comment, key) + some).strip("\n ")})

    def end(self, name: str) -> None:
        self.looks.end(name)
        if self.tracked.end(name):
            return
        del self.beside[-1:]
        if name in _BESIDE:
            if name == "annotation" and self.comment:
                self._keep(self.comment)
        elif name == "p":
            self.inside = False
        elif name == "span" and self.spans and not self.beside:
            self.spans.pop()
        elif name in {"table-cell", "covered-table-cell"} and self.sheets:
            self._cell(_times(self.about, "table:number-columns-repeated"))
        elif name == "table-row":
            self.row += self.times
        elif name == "table" and self.sheets:
            self._end_of_sheet(self.sheets[-1])

    def _end_of_sheet(self, sheet: Inspected) -> None:
        # Some programs write conditional formats as such, others with the styles of the cells only.
        of_styles = [
            Rule(tuple((at, at) for at in places), condition, places[0], self.looks.change(applied_))
            for style, places in self.styled.items() for condition, applied_ in self.looks.applied[style]
        ]  # fmt: skip
        applied(sheet, self.cells, self.rules.taken() or of_styles, self.bounds)
        sheet.draw([one for one in self.drawn if one.said.strip()], self.bounds)
        self.drawn = []
        self.tracked.note(sheet, len(self.sheets) - 1, {at: one.text for at, one in self.cells.items()})

    def _keep(self, comment: Comment) -> None:
        sheet, self.comment = self.sheets[-1], None
        sheet.comments.append(comment)
        self.bounds.characters += len(comment.said)
        if len(sheet.comments) > MOST_COMMENTS:
            self.bounds.refuse(f"有{len(sheet.comments)}条批注", f"最多{MOST_COMMENTS}条", sheet.name)

    def _cell(self, times: int) -> None:
        about, shown, sheet = self.about, "".join(self.shown), self.sheets[-1]
        across, along = (_times(about, f"table:number-{name}-spanned") for name in ("columns", "rows"))
        if across * along > 1:
            sheet.merged.append(((self.row, self.column), (self.row + along - 1, self.column + across - 1)))
        formula = about.get("table:formula", "")
        self.refers = self.refers or "'file:" in formula
        if formula:
            self.bounds.formula(sheet.name, formula)
            sheet.formulas[self.row, self.column] = odsformulas.written(formula)
        if formula or shown or "office:value-type" in about:
            last = self.row + self.times - 1, self.column + times - 1
            if len(shown) > LONGEST_CELL:
                self.bounds.refuse(f"一格里有{len(shown)}个字符", f"最多{LONGEST_CELL}个字符", sheet.name)
            self.bounds.add(sheet.name, *last, len(shown) * self.times * times)
            self.bounds.cells += self.times * times - 1
            code = self.looks.code(self._style())
            text = _text(about, shown if self.shown else None, code if _FILLS.search(code) else "")
            if text is None and self.has_more and about.get("office:value-type") == "string":
                text = shown  # calamine reads the text of shapes, too
            places = [(row, at) for row in range(self.row, last[0] + 1) for at in range(self.column, last[1] + 1)]
            if text is not None:
                sheet.texts |= dict.fromkeys(places, text)
            elif about.get("office:value-type") in _FIGURES and not (shown.strip() and self.shows_zeros) and self.shown:
                sheet.zeros += [] if float(about["office:value"]) else places
            self._look(sheet, places, (shown or about.get("office:value", "")) if text is None else text)
        self.column += times

    def _look(self, sheet: Inspected, places: list[tuple[int, int]], text: str) -> None:
        """Keep why the text of some cells is no certain value."""
        own, style = self.looks.of("table-cell", self._style()), self._style()
        if style in self.looks.applied:
            self.styled.setdefault(style, []).extend(places)
        looks = [own if one is None else one.over(own) for one in self.words or {None}]
        why = next(filter(None, (one.unseen for one in looks)), "")
        stored, seen = self.about.get("office:string-value", ""), text
        if stored and "".join(stored.split()) != "".join(seen.split()):
            text = stored
        elif self.about.get("office:value-type") == "string":
            seen = numberformat.text_shown(text, self.looks.code(style))
        value = float(self.about["office:value"]) if self.about.get("office:value-type") in _FIGURES else None
        fonts = tuple(one.font for one in looks)
        for place in places:
            self.cells[place] = Shown(text, value, self.looks.code(style), fonts, own.own_ground)
            sheet.strike(place, text, any(one.is_struck for one in fonts), any(one.is_raised for one in fonts))
            if seen != text:
                sheet.show(place, text, seen, numberformat.HIDDEN)
            elif why:
                sheet.conceal(place, text, why)

    def _style(self) -> str:
        """The style of a cell: its own, else its row's, else its column's."""
        at = bisect_right(self.styles_of_columns, self.column, key=lambda one: one[0])
        of_column = self.styles_of_columns[at][1] if at < len(self.styles_of_columns) else ""
        return self.about.get("table:style-name") or self.style_of_row or of_column


def _times(about: dict[str, str], key: str) -> int:
    text = about.get(key, "1")
    if not text.isdecimal() or not 0 < len(text) < 11:
        raise damaged()
    return max(int(text), 1)


def _text(about: dict[str, str], seen: str | None, filling: str = "") -> str | None:
    """What stands for a cell's value: its error, or its figure with what its format adds.

    Parameters
    ----------
    seen : str or None
        What it shows, without what fills the cell up.
    filling : str
        The code of its format, where that fills the cell up with what reads as a part of the number.
    """
    kind, shown = about.get("office:value-type"), seen or ""
    if about.get("calcext:value-type") == "error" or (
        kind == "string" and shown.startswith("#") and "table:formula" in about
    ):
        return shown or NO_RESULT
    if "table:formula" in about and kind is None:
        return shown or NO_RESULT
    if kind not in _FIGURES:
        return None
    try:
        value = float(about.get("office:value", ""))
    except ValueError:
        return shown or NO_RESULT
    if seen is None:
        return None
    if filling:
        return numberformat.with_format(value, filling)
    text = numberformat.as_shown(value, seen)
    unit = {"percentage": "%", "currency": about.get("office:currency") or "货币"}.get(kind, "")
    if text is None and value and unit:
        # The number alone is shown, and another one is stored, or one of something else.
        stored = numberformat.typed(value * 100 if unit == "%" else value)
        return SCALED.format(shown=shown.strip(), stored=f"{stored}{unit}")
    return text
