"""A report, its text and last year's → findings; never raises.

The identities come from the format file and are solved over the trees: an equation holds among siblings, for every row or
column that crosses them. An identity that touches a cell without a number is not checkable, never passed.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from helpers.cells import place_of
from helpers.findings import Finding, Source
from helpers.lookup import instances
from helpers.report import counted, unknowns
from helpers.wording import UNFILLED, UNKNOWN, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from helpers.lookup import Group
    from helpers.narrative import Narrative
    from helpers.report import Report
    from helpers.statute import Equation, Table, Term

_TO_FILL = re.compile(r"【[^】]*(?:】|$)")
# A finished sentence, and text right below it that begins no list, heading, quotation or table.
_ENDED, _GOES_ON = re.compile(r"[。！？][”’）》]*$"), re.compile(r"(?!\d+[.)]\s|[-*+]\s|[#>|])\S")
_ORDER = "FEWI"


def check(report: Report, narrative: Narrative) -> tuple[Finding, ...]:
    """All findings of one report, gravest first, in reading order within a kind.

    Sources: 勾稽关系 of 国办公开办函〔2019〕60号 and 〔2021〕30号; contents by Article 50 of State Council Decree 711.
    """
    found = [*_signature(report, narrative), *_text(report, narrative), *_joined(report, narrative), *_lists(report)]
    for table in report.format.tables.values():
        found += [*_cells(report, table), *_identities(report, table), *_implausible(report, table), *_power(report, table)]
    if report.previous is None and not any(note.code == "I104" for note in report.notes):
        found.append(
            Finding(
                "I104", "上年报告", None, f"没有{report.year - 1}年度的报告", "", "结转关系未核对；有上年报告时放入 params/"
            )
        )
    return tuple(sorted([*found, *report.notes], key=lambda finding: _ORDER.index(finding.code[0])))


def _signature(report: Report, narrative: Narrative) -> Iterator[Finding]:
    if not narrative.title or _TO_FILL.search(narrative.title):
        source, action = narrative.title_source, "在 narrative.md 开头写 # 标题，或删去该行用默认标题"
        if source.line is None:
            source, action = Source("../bureau.yaml"), "默认标题取自机关全称，在 bureau.yaml 写 name:"
        yield Finding("E101", "标题", source, narrative.title or "（空）", "报告标题", action)
    if report.params.date is None:
        yield Finding("E101", "成文日期", report.sources["date"], "（空）", "日期，如 2021-02-05", "在 report.yaml 写 date:")
    if not report.params.signature or _TO_FILL.search(report.params.signature):
        found = report.params.signature or "（空）"
        yield Finding("E101", "落款", report.sources["signature"], found, report.bureau.name, "在 report.yaml 写 signature:")


def _text(report: Report, narrative: Narrative) -> Iterator[Finding]:
    written = report.narrative.splitlines()
    for passage in (narrative.preamble, *narrative.sections):
        place = passage.heading or "引言"
        if passage.section and passage.own and not passage.html.strip() and (passage.section.required or passage.line):
            source = Source("narrative.md", passage.line or None)
            action = f"在 narrative.md 写 ## {passage.section.heading} 及正文" + (
                "" if passage.section.required else "，或删去这一标题"
            )
            yield Finding("E104", place, source, "（空）", "本章的正文", action)
        at = passage.line - 1 if passage.section and passage.line else passage.line
        for line in (passage.heading, *passage.markdown.splitlines()):
            if marks := _TO_FILL.findall(line):
                # Branches and values move the lines: the mark is looked for where it was written.
                at = next((number for number, one in enumerate(written[at:], at + 1) if marks[0] in one), at)
                for mark in marks:
                    yield Finding("E103", place, Source("narrative.md", at or None), mark, "填好的内容", "填写或删去")


def _joined(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Lines that look like paragraphs and will be printed as one, as of a text pasted from a word processor."""
    written = report.narrative.splitlines()
    for passage in (narrative.preamble, *narrative.sections):
        lines = passage.markdown.splitlines() if passage.own else []
        pairs = [(one, two) for one, two in pairwise(lines) if _ENDED.search(one) and _GOES_ON.match(two)]
        if pairs:
            above, below = pairs[0]
            begin = passage.line
            at = next((number for number, one in enumerate(written[begin:], begin + 1) if below[:8] in one), begin or None)
            more = f"，本章共{len(pairs)}处" if len(pairs) > 1 else ""
            yield Finding(
                "I108",
                passage.heading or "引言",
                Source("narrative.md", at),
                f"“{above[-12:]}”与“{below[:12]}”连成一段{more}",
                "各段之间有一个空行",
                "确是两段的，中间加一个空行",
            )


def _lists(report: Report) -> Iterator[Finding]:
    for fact in report.facts.values():
        if fact.parts and fact.value is not None and sum(fact.parts.values()) != fact.value:
            total = sum(fact.parts.values(), Decimal(0))
            shown = " + ".join(f"{name}{number(value)}" for name, value in fact.parts.items())
            found = f"总数 {number(fact.value)}，分项之和 {number(total)}（{shown}）"
            yield Finding("E201", f"事实 · {fact.name}", fact.source, found, number(fact.value), "核对总数与各分项")


def _cells(report: Report, table: Table) -> Iterator[Finding]:
    cells = report.cells[table.id]
    empty = [key for key, cell in cells.items() if cell.state == UNFILLED]
    if empty and len(empty) == len(cells):
        yield Finding(
            "E102", table.name, _file(report, table), "整张表未填", "数字、不适用，或“未知：原因”", "填写；没有发生的填 0"
        )
    else:
        for row in dict.fromkeys(key[0] for key in empty):
            columns = [key[1] for key in empty if key[0] == row]
            first = cells[row, columns[0]]
            found = f"{len(columns)}格未填：{'、'.join(column[-1] for column in columns)}"
            place = f"{table.name} {row[-1]}" if row else table.name
            yield Finding("E102", place, first.source, found, "数字、不适用，或“未知：原因”", "填写；没有发生的填 0")
    if table.name in unknowns(report):
        unknown = [cell for cell in cells.values() if cell.state == UNKNOWN]
        reasons = "；".join(dict.fromkeys(cell.reason for cell in unknown))
        found = f"{len(unknown)}格未知（{reasons}）"
        yield Finding("I101", table.name, unknown[0].source, found, "", "取得数据后补上；报告已如实标明")


def _identities(report: Report, table: Table) -> Iterator[Finding]:
    for equation in table.identities:
        if report.year < equation.since or (equation.across_years and report.previous is None):
            continue
        unsure = []
        for groups, line in instances(table, equation):
            values = _values(report, table, equation, groups)
            if values is None:
                unsure.append(line)
            elif _balance(equation, values) != 0:
                place, source = _spot(report, table, groups)
                sides = (equation.left, equation.right)
                found = " ≠ ".join(
                    _side(side, values[: len(side)] if side is sides[0] else values[-len(side) :]) for side in sides
                )
                action = "核对这些格子；上年报告有误的，先更正上年报告" if equation.across_years else "核对这些格子"
                yield Finding(equation.code, place, source, found, equation.text, action)
        if unsure:
            why, action = "涉及未知、不适用或未填的格子", "补齐数据后自动核对"
            if equation.across_years and not _comparable(report, table, equation):
                why, action = "在上年报告中没有对应的格子，上年采用另一种格式", "无须处理；可对照上年报告人工核对"
            found = f"{len(unsure)}处{why}" + (f"：{'、'.join(unsure)}" if len(unsure) <= 3 else "")
            yield Finding("I102", f"{table.name} {equation.text}", _file(report, table), found, "", action)


def _comparable(report: Report, table: Table, equation: Equation) -> bool:
    """Whether last year's report has the rows and columns that an equation across years names."""
    past = report.previous.format.tables.get(table.id) if report.previous else None
    return past is not None and bool(instances(past, equation))


def _values(report: Report, table: Table, equation: Equation, groups: list[Group]) -> list[Decimal | int] | None:
    """The sum of each term's cells; ``None`` when a cell without a number is among them."""
    sums: list[Decimal | int] = []
    for term, keys in zip(equation.terms, groups, strict=True):
        where = report.previous if term.last_year else report
        values = [counted(where.cell(table.id, key), where) if where else None for key in keys]
        if any(value is None for value in values):
            return None
        sums.append(sum(value for value in values if value is not None))
    return sums


def _balance(equation: Equation, values: list[Decimal | int]) -> Decimal | int:
    """Left minus right."""
    signs = [term.sign for term in equation.left] + [-term.sign for term in equation.right]
    return sum(sign * value for sign, value in zip(signs, values, strict=True))


def _side(terms: tuple[Term, ...], values: list[Decimal | int]) -> str:
    shown = [
        f"{'− ' if term.sign < 0 else '+ '}{'上年' if term.last_year else ''}{term.name} {number(value)}"
        for term, value in zip(terms, values, strict=True)
    ]
    return " ".join(shown).removeprefix("+ ")


def _file(report: Report, table: Table) -> Source | None:
    """The file a table came from."""
    sources = [cell.source for cell in report.cells[table.id].values() if cell.source]
    return Source(sources[0].file) if sources else None


def _spot(report: Report, table: Table, groups: list[Group]) -> tuple[str, Source | None]:
    """What to look at first: the cell of the last term."""
    key = groups[-1][0]
    cell = report.cell(table.id, key)
    return place_of(table, *key), cell.source if cell else None


def _implausible(report: Report, table: Table) -> Iterator[Finding]:
    for rule in table.implausible:
        for groups, _ in instances(table, rule):
            values = _values(report, table, rule, groups)
            if values is None or not any(values):
                continue
            balance = _balance(rule, values)
            if balance > 0 if rule.relation == ">" else balance == 0:
                place, source = _spot(report, table, groups)
                shown = "，".join(f"{term.name} {number(value)}" for term, value in zip(rule.terms, values, strict=True))
                yield Finding(rule.code, place, source, shown, f"一般不会 {rule.text}", "核对；确实如此的可以发布")


def _power(report: Report, table: Table) -> Iterator[Finding]:
    for label, power in table.needs_power.items():
        if report.bureau.issues.get(power, True):
            continue
        filled = [(key, cell) for key, cell in report.cells[table.id].items() if key[0][-1:] == (label,) and cell.value]
        for key, cell in filled[:1]:
            shown = "、".join(f"{one[1][-1]} {number(other.value or 0)}" for one, other in filled)
            yield Finding(
                "W202", place_of(table, *key), cell.source, shown, "0", f"核对；bureau.yaml 写明本机关不制定{power}"
            )
