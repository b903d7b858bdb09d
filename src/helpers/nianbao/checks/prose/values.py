"""The values that a text can speak of: cells, sums of cells and facts, of this year's report and of last year's."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from nianbao.checks.prose.counts import PERCENT
from nianbao.checks.prose.said import FACT, of_fact, steps_of_fact
from nianbao.checks.prose.words import DECISIONS
from nianbao.findings import enumerated
from nianbao.inputs.cells import place_of
from nianbao.inputs.report import counted
from nianbao.narrative.names import origin_of, steps_of
from nianbao.reading import YUAN, converted
from nianbao.statute.names import UnknownLabel, locate
from nianbao.wording import number

if TYPE_CHECKING:
    from nianbao.inputs.report import Report
    from nianbao.statute.tree import CellKey

_TERM = re.compile(r"([+-]?)([^+]+?)(?=[+]|-表|$)")
_OF_ALL = {"政府", "政务", "信息", "公开", "数量", "次数", "件数", "总数", "全年", "工作"}
_SEVERAL = "、"  # between the cells of a row
_WAN = {"万": 4, "亿": 8}


class Values:
    """The values of one report by expression: ``表三/一/总计``, ``表三/一/总计+表三/二/总计``, or a fact's (`of_fact`)."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.tables = {table.name: table for table in report.format.tables.values()}
        self.last = Values(report.previous) if report.previous else None
        self._known: dict[str, Decimal | None] = {}

    def has(self, expression: str) -> bool:
        """Whether this report has all cells, or the fact, of an expression."""
        if expression.startswith(FACT):
            return self._fact(expression) is not None
        return all(self.keys(steps) for _, steps in _terms(expression))

    def value(self, expression: str) -> Decimal | None:
        """Its value, money in 元; ``None`` when it is not there or has no number."""
        if expression not in self._known:
            self._known[expression] = self._value(expression)
        return self._known[expression]

    def _value(self, expression: str) -> Decimal | None:
        if expression.startswith(FACT):
            return self._fact(expression)
        total = Decimal(0)
        for sign, steps in _terms(expression):
            for key in (keys := self.keys(steps)):
                cell = self.report.cell(self.tables[steps[0]].id, key)
                number = counted(cell, self.report)
                if number is None or cell is None:
                    return None
                amount = Decimal(number)
                if cell.unit in YUAN:
                    amount = converted(amount, cell.unit, "元")
                total += -amount if sign == "-" else amount
            if not keys:
                return None
        return total

    def unit(self, expression: str) -> str:
        """元 for money, the unit of a fact, '' for counts of cells."""
        if expression.startswith(FACT):
            name, *_ = steps_of_fact(expression)
            unit = self.report.facts[name].unit.lstrip("".join(_WAN))
            return unit if unit != "％" else PERCENT
        steps = _terms(expression)[0][1]
        cells = [self.report.cell(self.tables[steps[0]].id, key) for key in self.keys(steps)]
        return "元" if any(cell and cell.unit in YUAN for cell in cells) else ""

    def worded(self, expression: str, value: Decimal) -> str:
        """A value of a cell or a fact with its unit: money and facts in 万 as they are written."""
        unit = self.unit(expression)
        power = 4 if unit == "元" and value and value % 100 == 0 else 0
        if expression.startswith(FACT):
            unit = self.report.facts[steps_of_fact(expression)[0]].unit
            power = _WAN.get(unit[:1], 0)
        elif power:
            unit, value = "万元", value.normalize()
        return f"{number(value.scaleb(-power))}{unit}"

    def _fact(self, expression: str) -> Decimal | None:
        name, *part = steps_of_fact(expression)
        fact = self.report.facts.get(name)
        if fact is None:
            return None
        value = fact.parts.get(part[0]) if part else fact.value
        return None if value is None else value.scaleb(_WAN.get(fact.unit[:1], 0))

    def keys(self, steps: tuple[str, ...]) -> list[CellKey]:
        """The cells that steps lead to, the table's name first; none when this format has no such cells."""
        table = self.tables.get(steps[0])
        try:
            return locate(table, steps[1:]) if table else []
        except UnknownLabel:
            return []

    def label(self, expression: str) -> str:
        """The cells of an expression as a person names them."""
        if expression.startswith(FACT):
            return " · ".join((FACT, *steps_of_fact(expression)))
        terms = [(sign, self.tables[steps[0]], self.keys(steps)) for sign, steps in _terms(expression)]
        together = {(key[0], key[1][:-1]) for _, _, keys in terms for key in keys}
        if len(terms) > 3 and len(together) == 1:
            (row, column), table = together.pop(), terms[0][1]
            return f"{place_of(table, row, column)}（各栏之和）"
        named = ""
        for sign, table, keys in terms:
            row, column = keys[0]
            shown = place_of(table, row if len(keys) == 1 else row[:-1], column)
            named += f"{' − ' if sign == '-' else ' + ' if named else ''}{shown}"
        return named

    def where(self, expression: str, last: bool = False) -> str:
        """Where its values were written, in brackets: （table3.csv 第3行 T3格）; of last year's with its folder."""
        if expression.startswith(FACT):
            fact = self.report.facts.get(steps_of_fact(expression)[0])
            sources = [fact.source] if fact else []
        else:
            keys = [(self.tables[steps[0]].id, key) for _, steps in _terms(expression) for key in self.keys(steps)]
            sources = [cell.source for cell in (self.report.cell(*key) for key in keys) if cell and cell.source]
        rows: dict[str, list[str]] = {}
        for one in sources:
            address = one.address if ":" not in one.address else ""
            rows.setdefault(str(one.row), []).extend([address] if address else [])
        folder = f"{self.report.year}/" if last else ""
        named = [f"{folder}{row}{f' {_SEVERAL.join(cells)}格' if cells else ''}" for row, cells in rows.items()]
        return f"（{enumerated(named, '；')}）" if named else ""

    def placeholder(self, value: Decimal, unit: str, words: str) -> str:
        """The placeholder of the one fact, or part of it, that words name and that has a value; '' for none or several."""
        found = [named for named, its, name in self.facts_by_value.get(value, ()) if its == unit and _is_named(name, words)]
        return f"{{{{ {found[0]} }}}}" if len(found) == 1 else ""

    @cached_property
    def facts_by_value(self) -> dict[Decimal, list[tuple[str, str, str]]]:
        """The facts and their parts, but those that are 0, by their values: how they are written, their unit and name."""
        found: dict[Decimal, list[tuple[str, str, str]]] = {}
        for fact in self.report.facts.values():
            unit = self.unit(of_fact(fact.name))
            for part in ("", *fact.parts):
                steps = list(filter(None, (fact.name, part)))
                if value := self._fact(of_fact(*steps)):
                    found.setdefault(value, []).append((".".join((FACT, *steps)), unit, steps[-1]))
        return found

    def same(self, value: Decimal, but: str) -> str:
        """The one total of 表三 or 表四, or cell of 表二, that has a value; '' without one or with several."""
        keys = [
            (table, key)
            for table in self.tables.values()
            for key in table.cells
            if key[1][-1] in {"总计", *(label for label in key[1] if table.name == DECISIONS)}
            and (cell := self.report.cell(table.id, key)) and cell.value == value
        ]  # fmt: skip
        names = [place_of(table, *key) for table, key in keys]
        return names[0] if len(names) == 1 and names[0] != but else ""

    def printed(self, origin: str, value: Decimal) -> tuple[str, bool] | None:
        """The expression whose value a placeholder has printed, and whether it is last year's.

        ``None`` for several values, and for one that the placeholder reckons with.
        """
        found = steps_of(origin)
        cell = "/".join(found[1:2] + found[2]) if found else ""
        for values, last in ((self, False), (self.last, True)):
            if values is None or (found and found[0] != values.report.year):
                continue
            expression = cell or values.facts_by_origin.get(origin, "")
            if expression and values.value(expression) == value:
                return expression, last
        return None

    def facts_from(self, origin: str) -> set[str]:
        """The names of this year's facts that a printed value comes from."""
        known = self.facts_by_origin
        return {steps_of_fact(known[one])[0] for one in origin.split("；") if one in known}

    def named(self, origin: str, value: Decimal) -> str:
        """What a placeholder has printed, as a person names it; where it comes from, if that is several values."""
        found = self.printed(origin, value)
        if found is None:
            return origin
        year = self.last if found[1] else self
        return f"{'上年 ' if found[1] else ''}{year.label(found[0])}" if year else origin

    @cached_property
    def facts_by_origin(self) -> dict[str, str]:
        """The expressions of the facts and their parts, by what a placeholder says of where they come from."""
        named = (
            (fact, list(filter(None, (fact.name, part))))
            for fact in self.report.facts.values()
            for part in ("", *fact.parts)
        )
        return {origin_of(fact, ".".join(steps), self.report.year): of_fact(*steps) for fact, steps in named}


def as_placeholder(expression: str, last: bool) -> str:
    """What a placeholder says for an expression, of this year or of the ``last``: 上年.表三["一"]["总计"]."""
    year = "上年." if last else ""
    if expression.startswith(FACT):
        steps = steps_of_fact(expression)
        is_plain = all(map(str.isidentifier, steps))
        return f"{year}{FACT}" + "".join(f".{one}" if is_plain else f'["{one}"]' for one in steps)
    named = ""
    for sign, (table, *steps) in _terms(expression):
        named += f" {sign or '+'} " if named else ""
        named += year + table + "".join(f'["{one}"]' for one in steps)
    return named


def _terms(expression: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(found[1], tuple(found[2].split("/"))) for found in _TERM.finditer(expression)]


def _is_named(name: str, words: str) -> bool:
    """Whether words share two characters in a row with a name, other than those of every name."""
    pairs = {name[at : at + 2] for at in range(len(name) - 1)}
    return any(pair in words for pair in pairs - _OF_ALL)
