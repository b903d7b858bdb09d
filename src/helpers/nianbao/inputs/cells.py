"""One cell of a statutory table: its four states, and how it is read from text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.findings import Finding, Kind, Severity, Source
from nianbao.statute.tree import CellKey
from nianbao.wording import NOT_APPLICABLE, UNFILLED, UNKNOWN

if TYPE_CHECKING:
    from decimal import Decimal

    from nianbao.inputs.contract import ReportParams
    from nianbao.statute.tree import Labels, Node, Table

NOT_A_NUMBER = Kind("F202", Severity.FAULT, "单元格不是数字")
NO_UNIT = Kind("W204", Severity.WARNING, "金额没有单位")
MARK = Kind("I105", Severity.NOTE, "记号的读法")
CONVERTED = Kind("I106", Severity.NOTE, "换算了单位")

NUMBER = "数字"
KINDS = {"count": "不小于0的整数", "change": "带符号的整数，如 3、减3、-3", "money": "金额，如 8.5万元"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a statutory table.

    Parameters
    ----------
    state : str
        数字, 不适用, 未填 or 未知.
    value : int, Decimal or None
        The number in the state 数字, else ``None``; money is a Decimal in ``unit``.
    unit : str
        元, 万元 or 亿元 for money with a unit, else ''.
    source : Source or None
    reason : str
        Why it is 未知.
    """

    state: str
    value: int | Decimal | None = None
    unit: str = ""
    source: Source | None = None
    reason: str = ""


Cells = dict[CellKey, Cell]


@dataclass(slots=True)
class TableInput:
    """The result of reading one table: its cells, the faults, and the notes on how something was read."""

    cells: Cells = field(default_factory=dict)
    faults: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)


def place_of(table: Table, row: Labels, column: Labels) -> str:
    """A cell as a person names it: ``表三 一、本年新收政府信息公开申请数量 / 自然人``."""
    return f"{table.name} {' / '.join(part for part in (row[-1] if row else '', '·'.join(column[-2:])) if part)}"


def read_cell(text: str, column: Node, params: ReportParams, source: Source, place: str, into: TableInput) -> Cell:
    """Read one cell's text; a text that cannot be read adds a fault and makes a 未填 cell."""
    tight = reading.plain(text)
    mark: str | None = {reading.plain(key): value for key, value in params.marks.items()}.get(tight)
    if mark is None and tight in reading.MARKS:
        mark = NOT_APPLICABLE
    if mark is not None and tight != mark:
        into.notes.append(
            Finding(MARK, place, source, f"“{tight or '空格'}”读作{mark}", "", "可在 report.yaml 的 marks 中另行约定")
        )
    word = mark or tight
    if word in {"", UNFILLED}:
        return Cell(UNFILLED, source=source)
    if word == NOT_APPLICABLE:
        return Cell(NOT_APPLICABLE, source=source)
    try:
        reason = reading.unknown_reason(text)
        if reason:
            return Cell(UNKNOWN, source=source, reason=reason)
        return _read_number(mark or text, column, source, place, into)
    except ValueError as error:
        expected = f"{KINDS[column.kind]}；或 不适用、未填、未知：原因"
        into.faults.append(Finding(NOT_A_NUMBER, place, source, f"“{text}”（{error}）", expected, "改正这一格"))
        return Cell(UNFILLED, source=source)


def _read_number(text: str, column: Node, source: Source, place: str, into: TableInput) -> Cell:
    if column.kind != "money":
        return Cell(NUMBER, reading.count(text) if column.kind == "count" else reading.change(text), source=source)
    amount, unit = reading.money(text)
    if column.unit and unit and unit != column.unit:
        value = reading.converted(amount, unit, column.unit)
        into.notes.append(
            Finding(CONVERTED, place, source, f"{text} = {value:f}{column.unit}", f"以{column.unit}计", "无须处理")
        )
        return Cell(NUMBER, value, column.unit, source)
    if not unit and not column.unit and amount:
        into.notes.append(Finding(NO_UNIT, place, source, text, "数字加单位，如 8.04万元", "补上 元 或 万元"))
    return Cell(NUMBER, amount, unit or column.unit, source)
