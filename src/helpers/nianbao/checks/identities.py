"""The identities (勾稽关系): sums within the report, and figures that have to agree with last year's report.

They come from the format file. An equation relates sibling headings and has to hold in every row or column that crosses
them. An equation with a cell that has no number is reported as not checkable, never as passed.

Sources: 国办公开办函〔2019〕60号 and 〔2021〕30号.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations, product
from typing import TYPE_CHECKING

from nianbao.checks.places import balance, file_of, values_of
from nianbao.findings import Finding, Kind, Severity
from nianbao.inputs.cells import place_of
from nianbao.inputs.report import NO_LAST_YEAR, counted
from nianbao.statute.equations import instances
from nianbao.wording import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.inputs.report import Report
    from nianbao.statute.equations import Equation, Group, Term
    from nianbao.statute.tree import CellKey, Table

LIST = Kind("E201", Severity.ERROR, "清单合计不符")
NOT_CHECKABLE = Kind("I102", Severity.NOTE, "无法核对")
AMISS_BEFORE = Kind("W250", Severity.WARNING, "与上年不符，上年的表自己也不符")


def lists(report: Report) -> Iterator[Finding]:
    """A fact is the sum of its parts."""
    for fact in report.facts.values():
        parts = {name: value for name, value in fact.parts.items() if value is not None}
        if parts and len(parts) == len(fact.parts) and fact.value is not None and sum(parts.values()) != fact.value:
            total = sum(parts.values(), Decimal(0))
            shown = " + ".join(f"{name}{number(value)}" for name, value in parts.items())
            found = f"总数 {number(fact.value)}，分项之和 {number(total)}（{shown}）"
            yield Finding(LIST, f"事实 · {fact.name}", fact.source, found, "总数等于分项之和", "核对总数与各分项")


@dataclass(frozen=True, slots=True)
class _Broken:
    """One place where an equation does not hold: the cells of each term, and the terms' values."""

    equation: Equation
    groups: list[Group]
    values: list[Decimal | int]

    @property
    def own(self) -> list[CellKey]:
        """The cells of this year's report in it, in the equation's order."""
        terms = zip(self.equation.terms, self.groups, strict=True)
        return [key for term, keys in terms if not term.last_year for key in keys]

    @property
    def past(self) -> CellKey | None:
        """The one cell of last year's report in it; ``None`` without one or with several."""
        terms = zip(self.equation.terms, self.groups, strict=True)
        keys = [key for term, keys in terms if term.last_year for key in keys]
        return keys[0] if len(keys) == 1 else None

    @property
    def needed(self) -> Decimal | int:
        """What that cell would have to hold."""
        at = next(at for at, term in enumerate(self.equation.terms) if term.last_year)
        sign = self.equation.terms[at].sign * (1 if at < len(self.equation.left) else -1)
        return self.values[at] - sign * balance(self.equation, self.values)

    @property
    def amiss(self) -> Decimal | int:
        """By how much it does not hold, whichever side is the larger."""
        difference = balance(self.equation, self.values)
        return max(difference, -difference)


_MOST = 8  # broken equations among which two exchanged cells are looked for


def identities(report: Report, table: Table) -> Iterator[Finding]:
    """Each equation of the format holds in every place; a note tells of places that cannot be checked.

    A finding names all cells of its equation, and first the one that most other broken equations name too.
    """
    broken: list[_Broken] = []
    notes: list[Finding] = []
    lines: list[tuple[Equation, list[Group]]] = []
    for equation in table.identities:
        if report.year < equation.since or (equation.across_years and report.previous is None):
            continue
        unsure = []
        for groups, line in instances(table, equation):
            values = values_of(report, table, equation, groups)
            if values is None:
                unsure.append(line)
                continue
            lines.append((equation, groups))
            if balance(equation, values) != 0:
                broken.append(_Broken(equation, groups, values))
        if unsure:
            notes.append(_not_checkable(report, table, equation, unsure))
    named = Counter(key for one in broken for key in one.own)
    exchanged = _exchanged(report, table, broken, lines)
    before = _amiss_before(report, table, broken)
    for one in broken:
        # The last term is the total, which is most often the wrong one where nothing else tells.
        suspect = next((key for key in exchanged if key in one.own), max(reversed(one.own), key=lambda key: named[key]))
        cell = report.cell(table.id, suspect)
        action = "核对这些格子；上年报告有误的，先更正上年报告" if one.equation.across_years else "核对这些格子"
        if suspect in exchanged:
            both = "和".join(place_of(table, *key) for key in exchanged)
            action = f"先看{both}：两格的数互换，这几条勾稽关系就都相符，像是填反了；再{action}"
        elif named[suspect] > 1:
            action = f"先看{place_of(table, *suspect)}：另有{named[suspect] - 1}条勾稽关系也在这一格不符；再{action}"
        place, source = place_of(table, *suspect), cell.source if cell else None
        kind, found = one.equation.kind, _sides(report, table, one)
        if one.past is not None and (codes := before.get(one.past)):
            found += f"；上年报告的这一格自己也不符（{'、'.join(codes)}）"
            if one.past in _mended_before(report, table, broken):
                kind, found = AMISS_BEFORE, f"{found}，照今年的数就相符"
                action = "核对两年的表：上年公布的数有误、今年的数无误的，可以发布；要说明的，在 report.yaml 写明原因接受"
        yield Finding(kind, place, source, found, one.equation.text, action)
    yield from notes


def amiss(report: Report, table: Table) -> dict[CellKey, list[str]]:
    """The cells of a report that stand in equations of its own year which do not hold, with the codes of these."""
    found: dict[CellKey, list[str]] = {}
    for equation in (one for one in table.identities if not one.across_years and report.year >= one.since):
        for groups, _ in instances(table, equation):
            values = values_of(report, table, equation, groups)
            if values is not None and balance(equation, values) != 0:
                for key in (key for keys in groups for key in keys):
                    found.setdefault(key, []).append(equation.kind.code)
    return {key: sorted({*codes}) for key, codes in found.items()}


def _amiss_before(report: Report, table: Table, broken: list[_Broken]) -> dict[CellKey, list[str]]:
    """The same of last year's table, where equations across the years do not hold."""
    past = report.previous.format.tables.get(table.id) if report.previous else None
    if past is None or report.previous is None or not any(one.past for one in broken):
        return {}
    return amiss(report.previous, past)


def _mended_before(report: Report, table: Table, broken: list[_Broken]) -> set[CellKey | None]:
    """The cells of last year's table that would agree with it, were they what this year's report says."""
    if report.previous is None:
        return set()
    past = report.previous.format.tables[table.id]
    cells = {**report.previous.cells[table.id]}
    for one in broken:
        if one.past is not None and (cell := cells.get(one.past)):
            cells[one.past] = replace(cell, value=one.needed)
    left = amiss(replace(report.previous, cells={**report.previous.cells, table.id: cells}), past)
    return {one.past for one in broken if one.past is not None and one.past not in left}


def _exchanged(
    report: Report, table: Table, broken: list[_Broken], lines: list[tuple[Equation, list[Group]]]
) -> tuple[CellKey, ...]:
    """The two cells of a row or column that mend all they are in when their figures are exchanged; none for several such."""
    pairs = {
        (one, other)
        for first, second in combinations(broken, 2)
        if len(broken) <= _MOST and first.amiss == second.amiss
        for one, other in product(first.own, second.own)
        if (one[0] == other[0]) != (one[1] == other[1]) and _mends(report, table, one, other, first.amiss, lines)
    }
    return pairs.pop() if len(pairs) == 1 else ()


def _mends(
    report: Report,
    table: Table,
    one: CellKey,
    other: CellKey,
    amiss: Decimal | int,
    lines: list[tuple[Equation, list[Group]]],
) -> bool:
    """Whether every equation with either of two cells holds when their figures are exchanged."""
    cells = report.cells[table.id]
    figures = [counted(cells.get(key), report) for key in (one, other)]
    if None in figures or abs((figures[0] or 0) - (figures[1] or 0)) != amiss:
        return False
    mended = replace(report, cells={**report.cells, table.id: {**cells, one: cells[other], other: cells[one]}})
    for equation, groups in lines:
        if any(one in keys or other in keys for keys in groups):
            values = values_of(mended, table, equation, groups)
            if values is None or balance(equation, values) != 0:
                return False
    return True


def _not_checkable(report: Report, table: Table, equation: Equation, unsure: list[str]) -> Finding:
    why, action = "涉及未知、不适用或未填的格子", "补齐数据后自动核对"
    if equation.across_years and not _comparable(report, table, equation):
        why, action = "在上年报告中没有对应的格子，上年采用另一种格式", "无须处理；可对照上年报告人工核对"
    found = f"{len(unsure)}处{why}" + (f"：{'、'.join(unsure)}" if len(unsure) <= 3 else "")
    return Finding(NOT_CHECKABLE, f"{table.name} {equation.text}", file_of(report, table), found, "", action)


def _comparable(report: Report, table: Table, equation: Equation) -> bool:
    """Whether last year's report has the rows and columns that an equation across years names."""
    past = report.previous.format.tables.get(table.id) if report.previous else None
    return past is not None and bool(instances(past, equation))


def _sides(report: Report, table: Table, broken: _Broken) -> str:
    """``一 3（D4） + 二 0（D5） ≠ 三（七） 2（D28） + 四 0（D29）``: both sides with their values and cells."""
    shown = [
        f"{'− ' if term.sign < 0 else '+ '}{'上年' if term.last_year else ''}{term.name} {number(value)}"
        f"{_cells(report, table, term, keys)}"
        for term, keys, value in zip(broken.equation.terms, broken.groups, broken.values, strict=True)
    ]
    left = len(broken.equation.left)
    return " ≠ ".join(" ".join(side).removeprefix("+ ") for side in (shown[:left], shown[left:]))


def _cells(report: Report, table: Table, term: Term, keys: Group) -> str:
    """The addresses of a term's cells in brackets; '' where they have none, as in report.yaml."""
    where = report.previous if term.last_year else report
    cells = [where.cell(table.id, key) for key in keys] if where else []
    addresses = [cell.source.address for cell in cells if cell and cell.source and cell.source.cell]
    return f"（{'、'.join(addresses)}）" if addresses else ""


def last_year(report: Report) -> Iterator[Finding]:
    """Notes that there is no report of last year to check carried-over figures against."""
    if report.previous is None and not any(note.kind is NO_LAST_YEAR for note in report.notes):
        found, action = f"没有{report.year - 1}年度的报告", "结转关系未核对；有上年报告时放入 params/"
        yield Finding(NO_LAST_YEAR, "上年报告", None, found, "", action)
