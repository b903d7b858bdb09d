"""Findings that the bureau has looked at and accepts: they become notes, and an acceptance without a finding is said."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao.findings import Finding, Kind, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nianbao.inputs.contract import Acceptance
    from nianbao.inputs.report import Report

STALE = Kind("W206", Severity.WARNING, "接受的核查发现不存在或不能接受")


def accepted(report: Report, findings: Iterable[Finding]) -> list[Finding]:
    """The findings with those that report.yaml accepts as notes, which say why; then the acceptances that are of no use.

    What may be accepted the kind of a finding tells: never a fault, a cell or a sum.
    """
    asked = report.params.accepted
    used: set[int] = set()
    result = [_judged(finding, asked, used) for finding in findings]
    for at, one in enumerate(asked):
        if at not in used:
            place = f"{one.code} {one.place}".strip()
            there = any(_covers(one, finding) and finding.severity.rank < Severity.NOTE.rank for finding in result)
            found = f"接受了{place}，这一条不能接受" if there else f"接受了{place}，本报告没有这一条"
            near = [finding.place for finding in result if finding.kind.each and _is_near(one, finding)]
            expected = f"位置写全，如：{near[0]}" if near else "只写可以接受的" if there else "只写仍存在的"
            action = "改正数据或正文，并删去这一项" if there else "删去这一项，或改正编号和位置"
            result.append(Finding(STALE, place, report.sources.get("accepted"), found, expected, action))
    return result


def _judged(finding: Finding, asked: Sequence[Acceptance], used: set[int]) -> Finding:
    """The finding as a note when one of the acceptances is of it, which is then used."""
    for at, one in enumerate(asked):
        if finding.kind.may_be_accepted and _covers(one, finding):
            used.add(at)
            why = "，".join(filter(None, (one.reason, one.who, one.when.isoformat() if one.when else "")))
            return replace(finding, kind=replace(finding.kind, severity=Severity.NOTE), accepted=why, action="")
    return finding


def _covers(one: Acceptance, finding: Finding) -> bool:
    return one.code == finding.code and (one.place == finding.place or (not one.place and not finding.kind.each))


def _is_near(one: Acceptance, finding: Finding) -> bool:
    """Whether an acceptance names only the chapter of a finding that is accepted by its statement."""
    return one.code == finding.code and finding.place.startswith(one.place) and not finding.accepted
