"""Findings that the bureau has looked at and accepts: they become notes, and an acceptance without a finding is said."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao.findings import Finding, Kind, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nianbao.inputs.contract import Acceptance
    from nianbao.inputs.report import Report

STALE = Kind("W206", Severity.WARNING, "接受的核查发现已不存在")


def accepted(report: Report, findings: Iterable[Finding]) -> list[Finding]:
    """The findings with those that report.yaml accepts as notes, which give the reason.

    Only what a report's text has to hold can be accepted (the contract lists the codes), never a fault, a cell or a sum.
    """
    result, used = [], set()
    for finding in findings:
        index = next((at for at, one in enumerate(report.params.accepted) if _covers(one, finding)), None)
        if index is None:
            result.append(finding)
            continue
        used.add(index)
        one = report.params.accepted[index]
        by = "，".join(filter(None, (one.who, one.when.isoformat() if one.when else "")))
        kind = replace(finding.kind, severity=Severity.NOTE)
        result.append(
            replace(finding, kind=kind, found=f"{finding.found}（已接受：{one.reason}{f'；{by}' if by else ''}）", action="")
        )
    for index, one in enumerate(report.params.accepted):
        if index not in used:
            place = f"{one.code} {one.place}".strip()
            source = report.sources.get("accepted")
            result.append(
                Finding(
                    STALE, place, source, f"接受了{place}，本报告没有这一条", "只写仍存在的", "删去这一项，或改正编号和位置"
                )
            )
    return result


def _covers(one: Acceptance, finding: Finding) -> bool:
    return one.code == finding.code and one.place in {"", finding.place}
