"""The figures of last year's report that this year's tables begin with, and which it leaves in doubt itself."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from nianbao.checks.identities import amiss
from nianbao.findings import enumerated
from nianbao.inputs.cells import place_of
from nianbao.inputs.report import counted
from nianbao.statute.equations import instances
from nianbao.statute.tree import CellKey

if TYPE_CHECKING:
    from nianbao.inputs.report import Report
    from nianbao.statute.formats import Format
    from nianbao.statute.tree import Table

Values = dict[CellKey, Decimal | int]


def carry_over(table: Table, previous: Report | None) -> Values:
    """The cells that last year's report can fill, by the equations with last-year terms.

    二、上年结转 and 上一年项目数量 are final; 现行有效件数 is last year's, without what this year adds or repeals.
    """
    values: Values = {}
    if previous is None:
        return values
    for equation in table.identities:
        for groups, _ in instances(table, equation) if equation.across_years else ():
            past = [keys for term, keys in zip(equation.terms, groups, strict=True) if term.last_year]
            cells = [counted(previous.cell(table.id, key), previous) for keys in past for key in keys]
            if all(cell is not None for cell in cells):
                values[groups[-1][0]] = sum(cell for cell in cells if cell is not None)
    return values


def named(table: Table, values: Values) -> str:
    """The cells by the rows or the columns that they share, whichever are fewer: ``表三 二、上年结转…数量 7格``."""
    sides = [Counter("".join(key[side][-1:]) for key in values) for side in (0, 1)]
    shared = min((labels for labels in sides if "" not in labels), key=len)  # a table may have no names of rows
    return f"{table.name} {'、'.join(f'{label} {count}格' for label, count in shared.items())}"


def doubted(form: Format, previous: Report) -> str:
    """The cells of last year's that are carried over and do not agree with their own table, each with the rules' codes.

    Of a table those that most rules doubt; the rows of these where one rule doubts each of them.
    """
    found: dict[str, list[str]] = {}
    for table in form.tables.values():
        past = previous.format.tables.get(table.id)
        keys = _carried_from(table)
        wrong = {key: codes for key, codes in amiss(previous, past).items() if key in keys} if past else {}
        most = max((len(codes) for codes in wrong.values()), default=0)
        for (row, column), codes in wrong.items():
            if len(codes) == most:
                found[place_of(table, row, column if most > 1 else ())] = codes
    return enumerated([f"{place}（{'、'.join(codes)}）" for place, codes in found.items()], "；", "格")


def _carried_from(table: Table) -> set[CellKey]:
    """The cells of last year's table that equations across the years name."""
    across = [(rule, groups) for rule in table.identities if rule.across_years for groups, _ in instances(table, rule)]
    terms = (pair for rule, groups in across for pair in zip(rule.terms, groups, strict=True))
    return {key for term, keys in terms if term.last_year for key in keys}
