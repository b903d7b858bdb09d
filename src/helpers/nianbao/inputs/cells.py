"""One cell of a statutory table: its four states, and how it is read from text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from nianbao import reading
from nianbao.findings import Finding, Kind, Severity, Source, enumerated
from nianbao.statute.tree import CellKey
from nianbao.wording import NOT_APPLICABLE, UNFILLED, UNKNOWN, UNREAD, number
from nianbao.yamlfile import EVERY

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from nianbao.inputs.contract import ReportParams
    from nianbao.statute.tree import Labels, Node, Table

NOT_A_NUMBER = Kind("F202", Severity.FAULT, "单元格不是数字")
NONE_SUCH = "没有这一{what}"  # what a fault expects in place of a row or column that the table has not
NO_UNIT = Kind("W204", Severity.WARNING, "金额没有单位")
MARK = Kind("I105", Severity.NOTE, "记号的读法")
CONVERTED = Kind("I106", Severity.NOTE, "换算了单位")

NUMBER = "数字"
_PLAIN = re.compile("0|[1-9][0-9]{0,8}")
# What a workbook has for the text of a cell whose value is not certain: no number is read of it.
NO_RESULT = "公式没有结果：用电子表格打开、保存一次"
SCALED = "显示的与存的数不同：{shown}，存的是{stored}"
STRUCK = "格里有删去线，不知哪些字算数：{text}"
RAISED = "格里有上标或下标，不知哪些字算数：{text}"
UNSEEN = "格里的字看不见：{text}（{why}）"
RULED = "条件格式会改变看到的内容：{text}（{why}）"
TRACKED = "格里有修订：{text}（原为{why}）"
TWO_UNITS = "表头写的是另一个单位：{text}（{why}）"
# How they begin: those with a reason behind the text, and those without.
_SHOWN = tuple(one.partition("{")[0] for one in (UNSEEN, RULED, TRACKED, TWO_UNITS))
_LOOKS = tuple(one.partition("{")[0] for one in (STRUCK, RAISED))
KINDS = {"count": "不小于0的整数", "change": "带符号的整数，如 3、减3、-3", "money": "金额，如 8.5万元"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a statutory table.

    Parameters
    ----------
    state : str
        数字, 不适用, 未填 or 未知; 读不出 where a fault leaves it open what it is.
    value : int, Decimal or None
        The number in the state 数字, else ``None``; money is a Decimal in ``unit``.
    unit : str
        元, 万元 or 亿元 for money with a unit, else ''.
    source : Source or None
    reason : str
        Why it is 未知.
    shown : str or None
        What is printed instead of the value: the text as typed, where report.yaml asks for it.
    """

    state: str
    value: int | Decimal | None = None
    unit: str = ""
    source: Source | None = None
    reason: str = ""
    shown: str | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        # A report holds hundreds, and dataclasses take three times as long.
        return Cell, (self.state, self.value, self.unit, self.source, self.reason, self.shown)


Cells = dict[CellKey, Cell]


@dataclass(frozen=True, slots=True)
class Aside:
    """A line above or below a table that is no data. A note is printed below the table, anything else is left out."""

    text: str
    printed: bool
    source: Source


class OddLabel(NamedTuple):
    """A label that leaves figures in doubt: its words, why, whether it is a row's, and where it stands."""

    label: str
    why: str
    is_row: bool
    source: Source

    @property
    def said(self) -> str:
        """What is said of it."""
        return f"{'行名' if self.is_row else '栏名或标题'}“{self.label or '（空）'}”：{self.why}"


@dataclass(slots=True)
class TableInput:
    """The result of reading one table.

    Parameters
    ----------
    cells, faults, notes
        What was read, what cannot be read, and how something was read.
    unsure : set
        The cells that were read although a fault of their row or part leaves it open whether their numbers are theirs.
    asides : list of Aside
        What stands around the table.
    labels : dict
        The labels of a heading, its part's title first → its label as typed, where that is printed.
    table : Table or None
        The table as it was read: with parts of another format, or with rows that stand several times.
    formats : dict
        The title of each part that was read in another format ('' for the whole table) → that format's id.
    locals : list
        (title of a part, label) of each row that stands there beside all the statutory ones.
    taken_for : list
        (label as typed, heading) of each column that is headed with another column's label, and was read by its place.
    odd : dict
        The cells whose row or column has a label that is struck out, or that nobody sees → that label.
    captions : list of (str, Source)
        The lines in which the table's own name stands, as typed.
    is_placed : bool
        Whether a form keeps every cell in its place.
    """

    cells: Cells = field(default_factory=dict)
    faults: list[Finding] = field(default_factory=list)
    unsure: set[CellKey] = field(default_factory=set)
    notes: list[Finding] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    labels: dict[Labels, str] = field(default_factory=dict)
    table: Table | None = None
    formats: dict[str, str] = field(default_factory=dict)
    locals: list[tuple[str, str]] = field(default_factory=list)
    taken_for: list[tuple[str, str]] = field(default_factory=list)
    odd: dict[CellKey, OddLabel] = field(default_factory=dict)
    captions: list[tuple[str, Source]] = field(default_factory=list)
    is_placed: bool = False

    def leave_unread(self, table: Table) -> None:
        """Make the cells that faults speak of 读不出; all of the ``table``, where one speaks of more than a cell."""
        if self.faults and all(fault.kind is NOT_A_NUMBER for fault in self.faults):
            places = {fault.source for fault in self.faults}
            broken = {key for key, cell in self.cells.items() if cell.source in places}
        else:
            broken = {*table.cells, *self.cells} if self.faults or not self.cells else set()
        self.cells |= {key: Cell(UNREAD, source=self.cells[key].source if key in self.cells else None) for key in broken}

    def add(self, part: TableInput) -> None:
        """Add what was read of a part."""
        self.cells |= part.cells
        self.labels |= part.labels
        self.faults += part.faults
        self.unsure |= part.unsure
        self.notes += part.notes
        self.locals += part.locals
        self.taken_for += part.taken_for
        self.odd |= part.odd


def place_of(table: Table, row: Labels, column: Labels) -> str:
    """A cell as a person names it: ``表三 一、本年新收政府信息公开申请数量 / 自然人``."""
    return place_in(table.name, row, column)


def place_in(table: str, row: Labels, column: Labels) -> str:
    """As `place_of`, of a cell in the table of this name."""
    return f"{table} {' / '.join(part for part in (row[-1] if row else '', '·'.join(column[-2:])) if part)}"


def unread(text: str) -> tuple[str, str]:
    """What stands in a workbook's cell whose value is not certain, and why it is not; two blanks for any other text."""
    if text == NO_RESULT:
        return "", text
    why, _, rest = text.partition("：")
    if text.startswith(SCALED.partition("{")[0]):
        shown, _, stored = rest.rpartition("，")
        return shown, f"{why}，{stored}"
    if text.startswith(_SHOWN):
        said, _, more = rest.rpartition("（")
        return said, f"{why}（{more}"
    return (rest, why) if text.startswith(_LOOKS) else ("", "")


def read_cell(
    text: str, column: Node, params: ReportParams, source: Source, named: Callable[[], str], into: TableInput
) -> Cell:
    """Read one cell's text; a text that cannot be read adds a fault and makes a 未填 cell. ``named`` gives its name."""
    if column.kind != "money" and _PLAIN.fullmatch(text):
        return Cell(NUMBER, int(text), source=source)  # as most cells are, so that the rest takes no time for them
    if unread(text)[1]:
        into.faults.append(Finding(NOT_A_NUMBER, named(), source, text, KINDS[column.kind], "改正这一格"))
        return Cell(UNFILLED, source=source)
    tight, place = reading.plain(text), named()
    meaning, printed = _meaning(text, column, params)
    typed = text.strip()
    shown = typed if printed else None
    if meaning not in {None, tight}:
        action = "可在 report.yaml 的 marks 中另行约定"
        into.notes.append(Finding(MARK, place, source, f"“{tight or '空格'}”读作{meaning}", "", action))
    word = tight if meaning is None else meaning
    if word in {"", UNFILLED}:
        return Cell(UNFILLED, source=source)
    if word == NOT_APPLICABLE:
        return Cell(NOT_APPLICABLE, source=source, shown=shown)
    try:
        if unknown := reading.unknown(text):
            return Cell(UNKNOWN, source=source, reason=unknown.reason)
        cell = _read_number(text if meaning is None else meaning, column, source, place, into)
    except ValueError as error:
        expected = f"{KINDS[column.kind]}；或 不适用、未填、未知：原因"
        into.faults.append(Finding(NOT_A_NUMBER, place, source, f"“{text}”（{error}）", expected, "改正这一格"))
        return Cell(UNFILLED, source=source)
    signed = reading.sign(text) if column.kind == "change" else ""
    printed = printed or params.prints(signed or EVERY)
    return replace(cell, shown=typed) if printed and typed != number(cell.value or 0) else cell


def _meaning(text: str, column: Node, params: ReportParams) -> tuple[str | None, bool]:
    """What a cell's text stands for when it is no plain number (else ``None``), and whether it is printed as typed."""
    tight = reading.plain(text)
    declared = params.mark(tight)
    # In a change, a question mark may be a minus that a wrong encoding has lost.
    usual = None if column.kind == "change" and tight.startswith("?") else reading.usual(text)
    if column.kind == "money" and usual not in {"0", NOT_APPLICABLE}:
        usual = None  # pieces are no money
    if declared is not None:
        return usual if declared.meaning is None else declared.meaning, declared.printed
    return usual, usual is not None and params.prints(tight)


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


def gathered(notes: list[Finding], table: Table) -> list[Finding]:
    """The notes with those that say the same of several cells made one, with their count and the first places."""
    alike: dict[tuple[Kind, str], list[Finding]] = {}
    for note in notes:
        alike.setdefault((note.kind, "" if note.kind in {NO_UNIT, CONVERTED} else note.found), []).append(note)
    result = []
    for same in alike.values():
        if len(same) == 1:
            result += same
            continue
        first = same[0]
        places = enumerated([one.place.removeprefix(f"{table.name} ") for one in same])
        said = enumerated([*dict.fromkeys(one.found for one in same)], "；")
        result.append(replace(first, place=table.name, found=f"{said}，共{len(same)}格：{places}"))
    return result
