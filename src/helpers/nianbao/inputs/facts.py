"""The facts of a report: named figures of its text, each from report.yaml or from the form."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from pydantic import Field

from nianbao.findings import Finding, Source
from nianbao.inputs.contract import MANY, FactParams
from nianbao.inputs.files.workbook import located
from nianbao.inputs.report import Fact
from nianbao.reading import Unknown
from nianbao.yamlfile import DUPLICATE_KEY, Contract, YamlFile, typed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.inputs.contract import ReportParams
    from nianbao.inputs.sources import Form


class _OnSheet(Contract):
    facts: dict[str, FactParams] = Field({}, max_length=MANY, title="事实", description="名称、值、单位")


def facts_of(params: ReportParams, file: YamlFile, forms: Sequence[Form]) -> tuple[dict[str, Fact], list[Finding]]:
    """All facts by name, and the faults of those in a form that cannot be read or are given twice."""
    result = {name: _fact(name, one, file.source("facts", name)) for name, one in params.facts.items()}
    faults: list[Finding] = []
    for form in forms:
        for (sheet, number), (name, value, unit) in form.facts.items():
            source = located(Source(form.name, number), sheet)
            if name in result:
                found = f"“{name}”在{result[name].source}已给过一次"
                faults.append(Finding(DUPLICATE_KEY, f"事实 · {name}", source, found, "每个事实只给一次", "删去其中一处"))
            elif value:
                one = YamlFile(form.name, {"facts": {name: {"value": value, "unit": unit}}})
                read = typed(_OnSheet, one)
                faults += [replace(fault, source=source) for fault in one.faults]
                if read:
                    result[name] = _fact(name, read.facts[name], source)
    return result, faults


def _fact(name: str, fact: FactParams, source: Source) -> Fact:
    known = fact.value if isinstance(fact.value, Decimal) else None
    reason = fact.value.reason if isinstance(fact.value, Unknown) else ""
    return Fact(name, known, fact.unit, dict(fact.parts), reason, source)
