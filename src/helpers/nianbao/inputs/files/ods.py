"""An ODS workbook, looked at: bounds, formulas without results, errors, units in formats, what is hidden or struck out."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from nianbao.inputs.files import numberformat
from nianbao.inputs.files.csv import LONGEST_CELL
from nianbao.inputs.files.inspected import MOST_SHEETS, NO_RESULT, Bounds, Inspected, damaged
from nianbao.inputs.files.packed import parse, protected

if TYPE_CHECKING:
    from nianbao.inputs.files.packed import Package

TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
CONTENT = "content.xml"
_STYLES = "styles.xml"
_MANIFEST = "META-INF/manifest.xml"
# Comments on a cell and shapes drawn over it: what they say does not stand in the cell.
_BESIDE = {"annotation", "frame", "g", "custom-shape", "caption", "rect", "ellipse", "path", "polygon", "line", "connector"}
_FIGURES = {"float", "percentage", "currency"}


def inspected(package: Package, bounds: Bounds) -> tuple[list[Inspected], bytes, bool]:
    """Every sheet of a workbook; the workbook with nothing but its sheets; and whether it refers to other files."""
    if b"encryption-data" in package.read(_MANIFEST):
        raise protected()
    looks = _Looks()
    if styles := package.read(_STYLES):
        parse(styles, looks.start, looks.end)
    made = _Content(bounds, looks)
    parse(package.read(CONTENT), made.start, made.end, made.text)
    if len(made.sheets) > MOST_SHEETS:
        bounds.refuse(f"有{len(made.sheets)}张工作表", f"最多{MOST_SHEETS}张")
    return made.sheets, package.only(("mimetype", CONTENT, _MANIFEST)), made.refers


class _Looks:
    """Which styles strike characters out, raise or lower them; one that says nothing of it does as its parent does."""

    def __init__(self) -> None:
        self.odd: dict[tuple[str, str], bool] = {}
        self.open: tuple[str, str] = "", ""

    def start(self, name: str, about: dict[str, str]) -> None:
        family = about.get("style:family", "")
        if name == "style":
            self.open = family, about.get("style:name", "")
            self.odd[self.open] = self.is_odd(family, about.get("style:parent-style-name", ""))
        elif name == "text-properties" and self.open != ("", ""):
            through = about.get("style:text-line-through-style", about.get("style:text-line-through-type"))
            position = about.get("style:text-position")
            if through is not None or position is not None:
                is_moved = position is not None and position.split(" ")[0] not in {"", "0%"}
                self.odd[self.open] = is_moved or through not in {None, "none"}

    def end(self, name: str) -> None:
        if name == "style":
            self.open = "", ""

    def is_odd(self, family: str, style: str) -> bool:
        return self.odd.get((family, style), False)


class _Content:
    """Reads the cells of all sheets; names are qualified as every program writes them."""

    def __init__(self, bounds: Bounds, looks: _Looks) -> None:
        self.bounds, self.looks = bounds, looks
        self.sheets: list[Inspected] = []
        self.row = self.column = self.times = 0
        self.about: dict[str, str] = {}
        self.shown: list[str] = []
        self.inside = self.refers = self.is_odd = self.has_more = False
        self.beside = 0
        self.spans: list[bool] = []
        self.style_of_row, self.styles_of_columns = "", list[tuple[int, str]]()

    def start(self, name: str, about: dict[str, str]) -> None:
        self.looks.start(name, about)
        if name == "table" and "table:name" in about:
            self.sheets.append(Inspected(about["table:name"]))
            self.row = self.column = 0
            self.styles_of_columns = []
        elif not self.sheets:
            return
        elif name == "table-column":
            self._column(about)
        elif name == "table-row":
            self.times, self.column = _times(about, "table:number-rows-repeated"), 0
            self.style_of_row = about.get("table:default-cell-style-name", "")
            if about.get("table:visibility") in {"collapse", "filter"}:
                self.sheets[-1].hide(self.sheets[-1].hidden_rows, self.row, self.row + self.times - 1)
        elif name in {"table-cell", "covered-table-cell"}:
            self.about, self.shown, self.is_odd, self.has_more = about, [], False, False
        elif name in _BESIDE:
            self.beside, self.has_more = self.beside + 1, True
        elif self.beside:
            return
        elif name == "p":
            self.inside = True
            self.shown += ["\n"] if self.shown else []
        elif name == "span":
            self.spans.append(self.looks.is_odd("text", about.get("text:style-name", "")))
        elif name == "s" and self.inside:
            self.shown.append(" " * min(_times(about, "text:c"), LONGEST_CELL + 1))

    def _column(self, about: dict[str, str]) -> None:
        times = _times(about, "table:number-columns-repeated")
        if about.get("table:visibility") in {"collapse", "filter"}:
            self.sheets[-1].hide(self.sheets[-1].hidden_columns, self.column, self.column + times - 1)
        self.column += times
        self.styles_of_columns.append((self.column, about.get("table:default-cell-style-name", "")))

    def text(self, some: str) -> None:
        if self.inside:
            self.shown.append(some)
            self.is_odd = self.is_odd or (any(self.spans) and some.strip() != "")

    def end(self, name: str) -> None:
        self.looks.end(name)
        if name in _BESIDE:
            self.beside -= bool(self.beside)
        elif name == "p":
            self.inside = False
        elif name == "span" and self.spans:
            self.spans.pop()
        elif name in {"table-cell", "covered-table-cell"} and self.sheets:
            self._cell(_times(self.about, "table:number-columns-repeated"))
        elif name == "table-row":
            self.row += self.times

    def _cell(self, times: int) -> None:
        about, shown = self.about, "".join(self.shown)
        across, along = (_times(about, f"table:number-{name}-spanned") for name in ("columns", "rows"))
        if across * along > 1:
            self.sheets[-1].merged.append(((self.row, self.column), (self.row + along - 1, self.column + across - 1)))
        formula = about.get("table:formula", "")
        self.refers = self.refers or "'file:" in formula
        if formula or shown or "office:value-type" in about:
            last = self.row + self.times - 1, self.column + times - 1
            if len(shown) > LONGEST_CELL:
                self.bounds.refuse(f"一格里有{len(shown)}个字符", f"最多{LONGEST_CELL}个字符", self.sheets[-1].name)
            self.bounds.add(self.sheets[-1].name, *last, len(shown) * self.times * times)
            self.bounds.cells += self.times * times - 1
            text = _text(about, shown)
            if text is None and self.has_more and about.get("office:value-type") == "string":
                text = shown  # calamine reads the text of shapes, too
            places = [(row, at) for row in range(self.row, last[0] + 1) for at in range(self.column, last[1] + 1)]
            if text is not None:
                self.sheets[-1].texts |= dict.fromkeys(places, text)
            if self.is_odd or self.looks.is_odd("table-cell", self._style()):
                for place in places:
                    self.sheets[-1].strike(place, shown if text is None else text)
        self.column += times

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


def _text(about: dict[str, str], shown: str) -> str | None:
    """What stands for a cell's value: its error, or its figure with what its format adds."""
    kind = about.get("office:value-type")
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
    return numberformat.as_shown(value, shown)
