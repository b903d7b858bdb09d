"""One statutory table as a sheet to be filled in: its cells, what may stand in them, and its sums, checked as one types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nianbao.inputs.form.entered import numeric
from nianbao.inputs.form.formulas import RIGHT, WRONG, checks
from nianbao.inputs.form.looks import height
from nianbao.inputs.formlabels import NOTES
from nianbao.inputs.placing import Box, place
from nianbao.inputs.sheets import CARRIED, CHECK
from nianbao.wording import column_letter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from nianbao.inputs.form.entered import OfTable
    from nianbao.inputs.form.formulas import Check
    from nianbao.inputs.form.looks import Looks
    from nianbao.inputs.report import Report
    from nianbao.statute.tree import CellKey, Labels, Node, Table

# What a cell of each kind may hold: its number, its own words, in words. An error in a part of AND or OR is one of the
# whole, so that numbers and texts are looked at apart.
_ALLOWED = {
    "count": ("AND({at}>=0,{at}=INT({at}))", "", "不小于0的整数"),
    "change": ("{at}=INT({at})", ',OR(LEFT({at},1)={"增","减"}),{at}="持平"', "整数，减少的写负数，如 -3，或 减3"),
    "money": ("{at}>=0", ',RIGHT({at},1)="元"', "金额，如 8.5"),
}
_RULE = '=IF(ISNUMBER({at}),{number},OR({at}="不适用",{at}="/",LEFT({at},2)="未知"{words}))'
_NARROW, _WIDE = 9.5, 15
_LOW, _HIGH = 20, 26


@dataclass(frozen=True, slots=True)
class Totals:
    """Where a sheet's cells and checks stand, for its line on the first sheet."""

    cells: tuple[str, ...]
    count: int
    filled: int
    checks: tuple[str, ...]
    wrong: int


def rule(kind: str, at: str) -> str:
    """The formula that is true for what a cell of a kind may hold."""
    number, words, _ = _ALLOWED[kind]
    return _RULE.replace("{number}", number).replace("{words}", words).replace("{at}", at)


class TableSheet:
    """Writes one table."""

    def __init__(self, sheet: Worksheet, looks: Looks, table: Table, year: int, previous: Report | None) -> None:
        self.sheet, self.looks, self.table, self.year, self.previous = sheet, looks, table, year, previous
        self.placed = place(table, 1)
        self.at = {key: box.address for key, (box, _) in self.placed.cells.items()}
        self.checked: list[tuple[Box, Check]] = []
        self.notes = self.placed.width

    def write(self, values: Mapping[CellKey, Decimal | int], entered: OfTable) -> Totals:
        """Write the table, its checks and its notes; ``values`` are carried over where people have ``entered`` nothing."""
        placed, looks = self.placed, self.looks
        for boxes, look in ((placed.titles, looks.title), (placed.heads, looks.head), (placed.labels, looks.label)):
            for box, text in boxes:
                self._merge(box, text, look)
        for key, (box, _) in placed.cells.items():
            self._cell(box, values.get(key), entered.cells.get(key, ""))
        self._rules()
        typed = {key: number for key, text in entered.cells.items() if (number := numeric(text)) is not None}
        figures = {key: value for key, value in values.items() if key not in entered.cells} | typed
        last = self._checks(figures)
        self._sides(entered.remarks)
        for row, line in enumerate(entered.lines, last + 1):
            self.sheet.write_string(row, 0, line, looks.text)
        self._sizes()
        self._merge(Box(0, 0, 0, self.notes), f"{self.table.name}　{self.table.caption}", looks.caption)
        self.sheet.set_row(0, 36)
        self._page(last)
        return self._totals(len(values.keys() | entered.cells.keys()))

    def _merge(self, box: Box, text: str, look: Format) -> None:
        if (box.top, box.left) == (box.bottom, box.right):
            self.sheet.write_string(box.top, box.left, text, look)
            return
        self.sheet.merge_range(box.top, box.left, box.bottom, box.right, "", look)
        self.sheet.write_string(box.top, box.left, text, look)

    def _cell(self, box: Box, carried: Decimal | int | None, text: str) -> None:
        value = numeric(text) if text else carried
        look = self.looks.cell if text or value is None else self.looks.carried
        if box.left != box.right:
            self.sheet.merge_range(box.top, box.left, box.bottom, box.right, "", look)
        if value is not None:
            self.sheet.write_number(box.top, box.left, value, look)
        elif text:
            self.sheet.write_string(box.top, box.left, text, look)
        else:
            self.sheet.write_blank(box.top, box.left, None, look)
        if carried is not None and not text:
            note = CARRIED.format(self.year - 1)
            self.sheet.write_comment(box.top, box.left, note, {"author": "", "x_scale": 1.2, "y_scale": 0.5})

    def _rules(self) -> None:
        """What may stand in the cells, and their colour while they are blank, by runs of cells below each other."""
        runs: dict[tuple[int, int], list[tuple[Box, Node]]] = {}
        for box, column in self.placed.cells.values():
            runs.setdefault((box.left, id(column)), []).append((box, column))
        for (left, _), some in runs.items():
            (first, column), (last, _) = some[0], some[-1]
            expected = _ALLOWED[column.kind][2]
            more = f"{column.unit}，不写单位" if column.unit else " 元、8.5 万元，写上单位" if column.kind == "money" else ""
            at = first.address.replace("$", "")
            self.sheet.data_validation(first.top, left, last.top, left, {
                "validate": "custom", "value": rule(column.kind, at),
                "error_title": "请核对这一格", "error_message": f"应填{expected}{more}；或 不适用、未知：原因。",
            })  # fmt: skip
            over = {"type": "blanks", "format": self.looks.blank}
            self.sheet.conditional_format(first.top, left, last.bottom, last.right, over)

    def _checks(self, values: Mapping[CellKey, Decimal | int]) -> int:
        """Write the checks beside and below the table; the first row below all."""
        found = list(checks(self.table, self.year, self.previous, self.at, values))
        below: dict[str, list[Check]] = {}
        beside: dict[int, list[Check]] = {}
        for one in found:
            rows = {self.placed.cells[key][0].top for key in one.cells}
            same = {
                self.placed.cells[key][0].top for other in found if other.equation is one.equation for key in other.cells
            }
            if self.placed.stub and len(rows) == 1 and (len(one.cells) > 1 or len(same) > 1):
                beside.setdefault(rows.pop(), []).append(one)
            else:
                below.setdefault(one.equation.text, []).append(one)
        row = self.placed.end
        for text, some in below.items():
            self._below(row, text, some)
            self.sheet.set_row(row, _LOW)
            row += 1
        self._beside(beside)
        for box, one in self.checked:
            self._mark(box, one)
        return row

    def _below(self, row: int, text: str, some: Sequence[Check]) -> None:
        """A row of checks, which opens with its name; without labels of rows it takes a cell of the first check."""
        stub = self.placed.stub
        self.sheet.write_string(row, 0, CHECK if stub != 1 else f"{CHECK} {text}", self.looks.side)
        if stub > 1:
            self._merge(Box(row, 1, row, stub - 1), text, self.looks.side)
        for one in some:
            columns = [self.placed.cells[key][0] for key in one.cells]
            first, last = min(at.left for at in columns), max(at.right for at in columns)
            box = Box(row, max(1, first), row, max(1, last))
            if box.left != box.right:
                self.sheet.merge_range(box.top, box.left, box.bottom, box.right, "", self.looks.check)
            self.sheet.write_formula(row, box.left, one.formula, self.looks.check, one.shown)
            self.checked.append((box, one))

    def _beside(self, beside: Mapping[int, Sequence[Check]]) -> None:
        """The checks of rows, in a column of their own; those of one row in one cell."""
        if not beside:
            return
        place, self.notes = self.placed.width, self.placed.width + 1
        for row, some in beside.items():
            formula = '&" "&'.join(one.formula[1:] for one in some)
            shown = " ".join(one.shown for one in some).strip()
            self.sheet.write_formula(row, place, f"=TRIM({formula})", self.looks.check, shown)
            self.checked += [(Box(row, place, row, place), one) for one in some]

    def _mark(self, box: Box, one: Check) -> None:
        """Lay red over the cells of a sum that does not hold."""
        rule = {"type": "formula", "criteria": f'=ISNUMBER(SEARCH("{WRONG}",{box.address}))', "format": self.looks.wrong}
        for key in one.suspects:
            there = self.placed.cells[key][0]
            self.sheet.conditional_format(there.top, there.left, there.bottom, there.right, rule)
        for sign, look in ((WRONG, self.looks.mistaken), (RIGHT, self.looks.right)):
            rule = {"type": "text", "criteria": "containing", "value": sign, "format": look}
            self.sheet.conditional_format(box.top, box.left, box.bottom, box.right, rule)

    def _sides(self, remarks: Mapping[Labels, str]) -> None:
        """The columns for checks, where there are any, and for notes: their heads, and a cell for each row."""
        placed, looks = self.placed, self.looks
        top = min(box.top for box, _ in placed.heads)
        rows = {box.top: key[0] for key, (box, _) in placed.cells.items()}
        checked = {box.top for box, _ in self.checked if box.left == placed.width}
        for at, name in {placed.width: CHECK, self.notes: NOTES}.items():
            self._merge(Box(top, at, placed.first - 1, at), name, looks.side)
        for row, labels in rows.items():
            if said := remarks.get(labels, ""):
                self.sheet.write_string(row, self.notes, said, looks.remark)
            else:
                self.sheet.write_blank(row, self.notes, None, looks.remark)
            if checked and row not in checked:
                self.sheet.write_blank(row, placed.width, None, looks.check)

    def _sizes(self) -> None:
        """Columns as wide as the table asks for, and rows as high as their labels."""
        placed = self.placed
        cell = _WIDE if placed.width - placed.stub < 5 else _NARROW
        groups = [12, *[15] * (placed.stub - 2)] if placed.stub > 1 else []
        widths: list[float] = [*groups, *[34 if groups else 24] * min(placed.stub, 1)]
        widths += [cell] * (placed.width - placed.stub)
        for at, width in enumerate([*widths, *([14] if self.notes > placed.width else []), 24]):
            self.sheet.set_column(at, at, width)
        usual: float = _HIGH if len(placed.cells) < 100 else _LOW
        heights = dict.fromkeys(range(1, placed.end), usual)
        for box, text in (*placed.heads, *placed.labels):
            if box.top == box.bottom:
                needed = height(text, sum(widths[box.left : box.right + 1]))
                heights[box.top] = max(heights[box.top], needed)
        for row, high in heights.items():
            self.sheet.set_row(row, high)

    def _page(self, last: int) -> None:
        sheet, placed = self.sheet, self.placed
        sheet.freeze_panes(placed.first if len(self.table.parts) == 1 else 1, placed.stub)
        if placed.width > 5:
            sheet.set_landscape()
        sheet.print_area(0, 0, last - 1, self.notes)
        if len(self.table.parts) == 1:
            sheet.repeat_rows(1, placed.first - 1)

    def _totals(self, filled: int) -> Totals:
        rows: dict[int, list[Box]] = {}
        for box, _ in self.placed.cells.values():
            rows.setdefault(box.top, []).append(box)
        ranges = tuple(_range(self.sheet.name, boxes) for boxes in rows.values())
        own = dict.fromkeys(_range(self.sheet.name, [box]) for box, _ in self.checked)
        wrong = len({box.address for box, one in self.checked if WRONG in one.shown})
        return Totals(ranges, len(self.placed.cells), filled, tuple(own), wrong)


def _range(sheet: str, boxes: Iterable[Box]) -> str:
    some = list(boxes)
    first, last = some[0], some[-1]
    end = f"${column_letter(last.left)}${last.top + 1}"
    return f"'{sheet}'!{first.address}" + (f":{end}" if end != first.address else "")
