"""Figures that cannot be right, and warnings about those that seldom are. The relations come from the format file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.checks.places import balance, is_government, spot, values_of
from nianbao.findings import Finding, Kind, Severity
from nianbao.inputs.cells import place_of
from nianbao.statute.equations import instances
from nianbao.wording import number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from nianbao.inputs.report import Report
    from nianbao.statute.equations import Equation, Group
    from nianbao.statute.tree import CellKey, Table

NO_POWER = Kind("W202", Severity.WARNING, "无规章制定权的机关填报规章")
# The levels at which no bureau has a power, and those at which only the government has it, unless bureau.yaml says
# otherwise (立法法 for 规章).
WITHOUT, OF_GOVERNMENTS = {"规章": ("县", "乡")}, {"规章": ("市",)}


def impossible(report: Report, table: Table) -> Iterator[Finding]:
    """The relations that the format calls impossible do not hold."""
    for one in _outside(report, table, table.impossible):
        yield _finding(report, table, one, "不可能", "核对这些格子")


def implausible(report: Report, table: Table) -> Iterator[Finding]:
    """Warns of the relations that the format calls seldom right, but between cells of which one is impossible."""
    worse = [one.cells for one in _outside(report, table, table.impossible)]
    for one in _outside(report, table, table.implausible):
        if not any(one.cells <= cells for cells in worse):
            yield _finding(report, table, one, "一般不会", "核对；确实如此的可以发布")


class _Outside(NamedTuple):
    """One place where a relation holds that should not: the cells of each of its terms, and their values."""

    rule: Equation
    groups: list[Group]
    values: list[Decimal | int]

    @property
    def cells(self) -> set[CellKey]:
        return {key for keys in self.groups for key in keys}


def _outside(report: Report, table: Table, rules: tuple[Equation, ...]) -> Iterator[_Outside]:
    for rule in rules:
        for groups, _ in instances(table, rule):
            values = values_of(report, table, rule, groups)
            if values is None or not any(values):
                continue
            difference = balance(rule, values)
            if difference > 0 if rule.relation == ">" else difference == 0:
                yield _Outside(rule, groups, values)


def _finding(report: Report, table: Table, one: _Outside, how: str, action: str) -> Finding:
    place, source = spot(report, table, one.groups)
    terms = zip(one.rule.terms, one.values, strict=True)
    shown = "，".join(f"{term.name} {number(value)}" for term, value in terms)
    return Finding(one.rule.kind, place, source, shown, f"{how} {one.rule.text}", action)


def without_power(report: Report, table: Table) -> Iterator[Finding]:
    """Warns of documents reported by a bureau that has no power to issue them."""
    for label, power in table.needs_power.items():
        level, said = report.bureau.level, report.bureau.issues.get(power)
        is_department = level in OF_GOVERNMENTS.get(power, ()) and not is_government(report.bureau)
        if said or (said is None and level not in WITHOUT.get(power, ()) and not is_department):
            continue
        why = f"bureau.yaml 写明本机关不制定{power}"
        if said is None:
            who = "部门" if is_department else "机关"
            why = f"{level}级{who}没有{power}制定权；确有的，在 bureau.yaml 写 issues: {{{power}: 是}}"
        filled = [(key, cell) for key, cell in report.cells[table.id].items() if key[0][-1:] == (label,) and cell.value]
        for key, cell in filled[:1]:
            shown = "、".join(f"{one[1][-1]} {number(other.value or 0)}" for one, other in filled)
            yield Finding(NO_POWER, place_of(table, *key), cell.source, shown, "0", f"核对；{why}")
