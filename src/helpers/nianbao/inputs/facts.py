"""The facts of a report: named figures of its text, each from report.yaml or from the form."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pydantic import Field

from nianbao.findings import Finding, Source
from nianbao.inputs.cells import MARK, unread
from nianbao.inputs.contract import MANY, FactParams
from nianbao.inputs.counted import are_alike, number_of
from nianbao.inputs.files.workbook import located
from nianbao.inputs.report import Fact
from nianbao.reading import Unknown, numeral
from nianbao.wording import number
from nianbao.yamlfile import BAD_VALUE, DUPLICATE_KEY, Contract, YamlFile
from nianbao.yamltyped import typed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.inputs.contract import ReportParams
    from nianbao.inputs.sources import Form


class _OnSheet(Contract):
    facts: dict[str, FactParams] = Field({}, max_length=MANY, title="事实", description="名称、值、单位")


def facts_of(
    params: ReportParams, file: YamlFile, forms: Sequence[Form]
) -> tuple[dict[str, Fact], list[Finding], set[tuple[str | int, ...]], list[Finding]]:
    """All facts by name, the faults of those in a form that cannot be read or are given twice, which these are, and notes.

    These are (facts, name), or (facts,) where a form cannot be read.

    In a form ``权责清单.行政许可`` is a part of the fact 权责清单.
    """
    result = {name: _fact(name, one, file.source("facts", name)) for name, one in params.facts.items()}
    notes = [note for name, one in result.items() for note in _spelt(one, file.data["facts"][name])]
    faults: list[Finding] = []
    lost: set[tuple[str | int, ...]] = {("facts",) for form in forms if form.faults}
    for form in forms:
        known: dict[str, dict[str, Any]] = {}
        rows: dict[tuple[str, ...], Source] = {}
        for (sheet, line), (name, value, unit, note) in form.facts.items():
            source = located(Source(form.name, line), sheet)
            if fault := _nameless(name, value, unit, source):
                faults.append(fault)
                lost.add(("facts",))
                continue
            whole, part = _parted(name, known)
            path = ("facts", whole, "parts", part) if part else ("facts", whole)
            before = rows.get(path) or (result[whole].source if whole in result else None)
            if before:
                found = f"“{name}”在{before}已给过一次"
                faults.append(Finding(DUPLICATE_KEY, f"事实 · {name}", source, found, "每个事实只给一次", "删去其中一处"))
                continue
            rows[path] = source
            if unread(unit)[1]:
                faults.append(
                    Finding(BAD_VALUE, f"事实 · {name} · 单位", source, f"“{unit}”", "单位，如 万次、条、项", "改正这一格")
                )
                value, unit = "", ""
                lost.add(("facts", whole))
            if part:
                is_other = value and unit != known[whole]["unit"] and are_alike(unit, known[whole]["unit"])
                known[whole]["parts"][part] = f"{value}{unit}" if is_other else value or None
                said = [known[whole].get("source"), f"{part}：{note}" if note else None]
                known[whole]["source"] = "；".join(filter(None, said)) or None
            else:
                known[whole] = {"value": value or None, "unit": unit, "parts": {}, "source": note or None}
        given = YamlFile(form.name, {"facts": known}, {path: at for at, path in enumerate(rows, 1)})
        read = typed(_OnSheet, given)
        places = list(rows.values())
        faults += [replace(one, source=places[((one.source and one.source.line) or 1) - 1]) for one in given.faults]
        lost |= given.unread
        good = read.facts if read else {}
        made = {name: _fact(name, one, rows["facts", name]) for name, one in good.items()}
        notes += [note for name, one in made.items() for note in _spelt(one, known[name])]
        result |= made
    return {name: fact for name, fact in result.items() if ("facts", name) not in lost}, faults, lost, notes


def _spelt(fact: Fact, given: dict[str, Any]) -> Iterator[Finding]:
    """A note for each figure of a fact that was written in Chinese numerals, with its unit behind it, or in another unit."""
    parts = [(f"{fact.name}.{name}", given["parts"][name], value) for name, value in fact.parts.items()]
    for name, text, value in [(fact.name, given["value"], fact.value), *parts]:
        is_spelt = isinstance(text, str) and numeral(text) is not None
        if value is None or (number_of(text) == value and not is_spelt):
            continue
        if number_of(text) == value:
            found, action = f"“{text}”读作{number(value)}", "写成阿拉伯数字"
        else:
            found = f"“{text}”读作{number(value)}{fact.unit}"
            action = "单位写在 unit 里" if name == fact.name else f"写成以{fact.unit}计的数字"
        yield Finding(MARK, f"事实 · {name}", fact.source, found, "", f"核对读法；{action}可免此提示")


def _nameless(name: str, value: str, unit: str, source: Source) -> Finding | None:
    """The fault of a value whose name is blank, struck out or seen by nobody."""
    if name and not unread(name)[1]:
        return None
    found = f"“{name}”" if name else f"“{value}{unit}”没有名称"
    return Finding(BAD_VALUE, "事实 · 名称", source, found, "名称，如 访问量", "改正这一格；不是事实的，删去这一行")


def _parted(name: str, known: dict[str, Any]) -> tuple[str, str]:
    """A fact's name and that of its part, where the fact stands above."""
    whole, _, part = name.partition(".")
    return (whole, part) if part and whole in known else (name, "")


def _fact(name: str, fact: FactParams, source: Source) -> Fact:
    known = fact.value if isinstance(fact.value, Decimal) else None
    reason = fact.value.reason if isinstance(fact.value, Unknown) else ""
    return Fact(name, known, fact.unit, dict(fact.parts), reason, source, fact.source or "")
