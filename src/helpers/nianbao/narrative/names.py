"""What a placeholder in narrative.md can name: facts, table cells, those of last year, and the filters over them.

Each value remembers where it came from; `values` says how it prints.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NoReturn

from nianbao import wording
from nianbao.inputs.cells import NUMBER
from nianbao.inputs.report import NO_LAST_YEAR, counted
from nianbao.narrative.values import Absent, Dependent, Figure, Unread, Unusable, Words, with_due
from nianbao.statute.names import UnknownLabel, locate
from nianbao.wording import UNFILLED, UNKNOWN, UNREAD

if TYPE_CHECKING:
    from collections.abc import Callable

    from nianbao.inputs.cells import Cell
    from nianbao.inputs.report import Fact, Report
    from nianbao.statute.tree import Table

# The origin of a number of a table, as `NarrowedTable` gives it.
_ORIGIN, _STEP = re.compile(r"(\d{4})年 (\S+?)((?:“[^”]*”)+)$"), re.compile(r"“([^”]*)”")


class Facts:
    """The facts, named as ``事实.访问量`` or ``事实.权责清单.行政许可``; ``is_now`` for those of this year."""

    def __init__(self, report: Report, is_now: bool) -> None:
        self.report, self.is_now = report, is_now

    def verify(self, steps: tuple[str, ...]) -> None:
        """Raise `UnknownLabel` unless the steps name a fact or one of its parts."""
        facts = self.report.facts
        if not steps:
            raise UnknownLabel("", list(facts), "后面还要写事实的名称")
        if self.report.is_unread("facts", steps[0]):
            return
        if steps[0] not in facts:
            raise UnknownLabel(steps[0], list(facts))
        if len(steps) > 1 and (len(steps) > 2 or steps[1] not in facts[steps[0]].parts):
            raise UnknownLabel(".".join(steps[1:]), list(facts[steps[0]].parts))

    def __getitem__(self, name: str) -> Any:
        if name not in self.report.facts:
            return Unread()
        fact = self.report.facts[name]
        whole = self._figure(fact.value, fact, name)
        if not fact.parts:
            return whole
        parts = {one: self._figure(value, fact, f"{name}.{one}") for one, value in fact.parts.items()}
        return _WithParts.of_fact(whole, parts) if isinstance(whole, Figure) else _AbsentWithParts(whole, parts)

    def _figure(self, value: Decimal | None, fact: Fact, name: str) -> Figure | Absent:
        origin = origin_of(fact, name, self.report.year)
        if value is None:
            state = UNKNOWN if fact.reason else UNFILLED
            return Absent(state, f"事实“{name}”", origin, self.is_now and state == UNFILLED)
        return Figure.of(value, fact.unit, origin, with_unit=True)


def origin_of(fact: Fact, name: str, year: int) -> str:
    """Where the value of a fact, or of the part of this name, comes from: ``2024年 事实“访问量”（report.yaml 第5行）``."""
    return f"{year}年 事实“{name}”（{fact.source}）"


class _WithParts(Figure):
    """A figure whose parts can be named after a dot."""

    parts: dict[str, Figure | Absent]

    @classmethod
    def of_fact(cls, whole: Figure, parts: dict[str, Figure | Absent]) -> _WithParts:
        figure = cls(whole)
        figure.unit, figure.origin, figure.shown = whole.unit, whole.origin, whole.shown
        figure.parts = parts
        return figure

    def __getitem__(self, name: str) -> Figure | Absent:
        return self.parts[name]


class _AbsentWithParts(Absent):
    """What has no number, but parts that can be named."""

    def __init__(self, whole: Absent, parts: dict[str, Figure | Absent]) -> None:
        super().__init__(whole.state, whole.what, whole.origin, whole.is_due)
        self.parts = parts

    def __getitem__(self, name: str) -> Figure | Absent:
        return self.parts[name]


class NarrowedTable:
    """``表三["一"]["总计"]``: a table, narrowed step by step to a cell or to the sum of a group without a total.

    ``is_now`` is true of a table of this year.
    """

    def __init__(self, report: Report, table: Table, is_now: bool, steps: tuple[str, ...] = ()) -> None:
        self.report, self.table, self.is_now, self.steps = report, table, is_now, steps

    def verify(self, steps: tuple[str, ...]) -> None:
        """Raise `UnknownLabel` unless the steps name a cell; without steps the whole table is meant."""
        if steps:
            locate(self.table, steps)

    def __getitem__(self, step: str) -> Any:
        steps = (*self.steps, step)
        try:
            keys = locate(self.table, steps)
        except UnknownLabel:
            return NarrowedTable(self.report, self.table, self.is_now, steps)
        cells = [self.report.cells[self.table.id][key] for key in keys]
        origin = f"{self.report.year}年 {self.table.name}{''.join(f'“{step}”' for step in steps)}"
        values = [counted(cell, self.report) for cell in cells]
        odd = next((cell for cell, value in zip(cells, values, strict=True) if value is None), None)
        if odd is not None and odd.state == UNREAD:
            return Unread()
        if odd is not None:
            return Absent(odd.state, origin, origin, self.is_now and odd.state == UNFILLED)
        figures = [
            Figure.of(value, cell.unit, origin, False)
            for value, cell in zip(values, cells, strict=True)
            if value is not None
        ]
        first = next((one for one in figures if one), figures[0])
        return Figure.of(
            sum((Decimal(first.alike(one)) for one in figures), Decimal(0)), first.unit, origin, with_unit=False
        )

    def __str__(self) -> str:
        """What the text holds where the whole table is to stand; a part of a table, or one of last year, is no value."""
        if self.steps or not self.is_now:
            raise Unusable("这里写的不是一个值，印不出来")
        return f"{wording.TABLE_MARK}{self.table.id}{wording.TABLE_MARK}"

    def states(self) -> set[str]:
        """The states of the table's cells; 不适用 that counts as 0 is given as 数字."""
        cells = self.report.cells[self.table.id].values()
        if any(cell.state == UNREAD for cell in cells):
            raise Dependent
        return {NUMBER if counted(cell, self.report) is not None else cell.state for cell in cells}


class LastYear:
    """Last year's values, named as ``上年.表三[…][…]`` or ``上年.事实.访问量``; false without a report of that year."""

    def __init__(self, report: Report) -> None:
        self.names = scope(report.previous, with_last_year=False) if report.previous else None
        self.like = scope(report, with_last_year=False)
        broken = [note.found for note in report.notes if note.kind is NO_LAST_YEAR]
        action = "先改正它" if broken else "先用 {% if 上年 %} 判断，或在 params/ 里放入上年的报告"
        self.why = (broken[0] if broken else "没有上年报告", "上年的报告", action)

    def verify(self, steps: tuple[str, ...]) -> None:
        """Raise `UnknownLabel` unless the steps name a value of last year's report.

        Without that report, the first step has to be a name of this year's report.
        """
        names = self.names or self.like
        if not steps or self._lacks(steps[0]):
            return
        if steps[0] not in names:
            raise UnknownLabel(steps[0], list(names))
        if self.names and hasattr(names[steps[0]], "verify"):
            names[steps[0]].verify(steps[1:])
        elif len(steps) > 1 and not hasattr(names[steps[0]], "verify"):
            raise UnknownLabel(".".join(steps[1:]), [], f"“{steps[0]}”是一个值，后面不能再写名称")

    def __bool__(self) -> bool:
        return self.names is not None

    def __getitem__(self, name: str) -> Any:
        if self.names is None:
            raise Unusable(*self.why)
        return NoTable(name) if self._lacks(name) else self.names[name]

    def _lacks(self, name: str) -> bool:
        """Whether last year's report, in another format, has no such table."""
        return self.names is not None and name not in self.names and isinstance(self.like.get(name), NarrowedTable)


class NoTable:
    """A table that last year's format does not have: it is never 齐全, and has no values."""

    def __init__(self, name: str) -> None:
        self.name = name

    def states(self) -> set[str]:
        """No state that a table of numbers has."""
        return {UNFILLED}

    def __getitem__(self, step: str) -> NoReturn:
        action = f"先用 {{% if 上年.{self.name} is 齐全 %}} 判断，或改写这一句"
        raise Unusable(f"上年报告没有{self.name}", "上年报告里有的表", action)


def scope(report: Report, with_last_year: bool = True) -> dict[str, Any]:
    """All names a placeholder may start with."""
    names: dict[str, Any] = {
        "机关": report.bureau.name,
        "机关简称": report.bureau.short,
        "年度": report.year,
        "事实": Facts(report, is_now=with_last_year),
        **{table.name: NarrowedTable(report, table, with_last_year) for table in report.format.tables.values()},
    }
    if report.is_unread("bureau"):
        names |= {"机关": Unread(), "机关简称": Unread()}
    if report.is_unread("extra_rows"):  # Which rows the tables have nobody knows.
        names |= {table.name: Unread() for table in report.format.tables.values()}
    if with_last_year:
        names |= {"上年": LastYear(report), **FUNCTIONS}
    return names


def enumerate_(items: dict[str, Any], unit: str = "") -> Words:
    """``列举({"予以公开": 2, "部分公开": 0}, "件")`` → 予以公开2件: the items that are not zero, joined by 、."""
    shown = {name: value.in_unit(unit) if isinstance(value, Figure) else value for name, value in items.items()}
    named = [f"{name}{wording.number(_number(value))}{unit}" for name, value in shown.items() if value != 0]
    return Words.of("、".join(named), *items.values())


def divide(whole: Any, items: dict[str, Any], unit: str = "", all_: str = "均") -> Words:
    """The items of a whole in words, with a comma before them: ``，其中予以公开2件、部分公开1件``.

    An item equal to the whole needs no figure: ``，部分公开`` for a single case, ``，均予以公开`` for several. When all
    items are zero the result is ''.
    """
    some = {name: value for name, value in items.items() if value != 0}
    only = next(iter(some), "")
    if len(some) == 1 and some[only] == whole:
        return Words.of(f"，{'' if whole == 1 else all_}{only}", some[only])
    return Words.of(f"，其中{enumerate_(some, unit)}" if some else "", *some.values())


def _compare(this: Any, last: Any) -> Words:
    return Words.of(wording.year_on_year(_number(this), _number(_alike(this, last))), this, last)


def _alike(value: Any, other: Any) -> Any:
    return value.alike(other) if isinstance(value, Figure) else other


def _number(value: Any) -> Decimal:
    if isinstance(value, Absent):
        value.refuse()
    if not isinstance(value, (Decimal, int)):
        raise Unusable(f"“{value}”不是数字" if isinstance(value, str) else "参与计算的不是一个数字")
    return Decimal(value)


def _is_absent(value: Any) -> bool:
    if isinstance(value, Unread):
        raise Dependent
    return isinstance(value, Absent)


_FILTERS: dict[str, Callable[..., Any]] = {
    "万": lambda value: Words.of(wording.wan(_number(value)), value),
    "同比": _compare,
    "占比": lambda part, whole: Words.of(wording.percent(_number(part), _number(_alike(part, whole))), part, whole),
    "带单位": lambda value: Words.of(f"{wording.number(_number(value))}{value.unit}", value),
    "不带单位": lambda value: Words.of(wording.number(_number(value)), value),
    "绝对值": lambda value: abs(value if isinstance(value, Figure) else _number(value)),
}
FILTERS = {name: with_due(made) for name, made in _FILTERS.items()}
TESTS = {
    "齐全": lambda table: table.states() <= {NUMBER},
    "有未知": lambda table: UNKNOWN in table.states(),
    "未知": _is_absent,
}
FUNCTIONS = {"列举": with_due(enumerate_), "分述": with_due(divide)}


def steps_of(origin: str) -> tuple[int, str, tuple[str, ...]] | None:
    """The year, the table and the names of a cell that a value comes from; ``None`` where it is no single cell's."""
    found = _ORIGIN.match(origin)
    return (int(found[1]), found[2], tuple(_STEP.findall(found[3]))) if found else None


def cell_of(report: Report, origin: str) -> Cell | None:
    """The cell of this report that a value comes from; ``None`` for a sum, a fact, or a number of last year."""
    year, name, steps = steps_of(origin) or (0, "", ())
    table = next((one for one in report.format.tables.values() if one.name == name), None)
    if table is None or year != report.year:
        return None
    keys = locate(table, steps)
    return report.cell(table.id, keys[0]) if len(keys) == 1 else None
