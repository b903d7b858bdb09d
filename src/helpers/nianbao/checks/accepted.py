"""Findings that the bureau has looked at and accepts: they become notes, and an acceptance without a finding is said."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from nianbao.findings import Finding, Kind, Severity, Source, closest
from nianbao.onpages import NOWHERE, OF_PAGES, TORN, UNDESCRIBED, UNORDERED

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from nianbao.inputs.report import Report

_DOT = re.compile(r"\s*·\s*")  # a place may be copied without the spaces around it
STALE = Kind("W206", Severity.WARNING, "接受的核查发现不存在或不能接受", acceptable=False)
IN_NOTEBOOK = "笔记本"  # how places begin that are in a notebook's own text
EARLY = Kind("W218", Severity.WARNING, "接受的日期早于年度结束")
# Who sees what is accepted, and so judges the acceptance: `check` the text, `added` what a notebook shows beside it,
# `reread` its files, `across` the reports of other bureaus, on which no file depends. A text has pictures and tables, too.
Stage = Literal["text", "page", "file", "across"]
_STAGES: dict[str, Stage] = {kind.code: "page" for kind in OF_PAGES if kind not in {UNDESCRIBED, UNORDERED, NOWHERE}}
_STAGES |= {TORN.code: "file", "W702": "across", "W704": "across", "W705": "across"}


@dataclass(frozen=True, slots=True)
class Accepted:
    """What report.yaml accepts: a code, a place or '', why, and where it says so."""

    code: str
    place: str
    why: str
    source: Source | None

    def covers(self, finding: Finding) -> bool:
        """Whether it is of this finding; where each statement is accepted by itself, it has to name the place."""
        is_there = self.place == finding.place or (not self.place and not finding.kind.each)
        return self.code == finding.code and is_there

    @property
    def stage(self) -> Stage:
        """Which one stage judges it: that of its code, and of what a text or a cell may say, that of its place."""
        return _STAGES.get(self.code, "page" if self.place.startswith(IN_NOTEBOOK) else "text")

    @property
    def is_own(self) -> bool:
        """Whether it is of the report and its own notebook: places in another notebook have its name."""
        return not self.place.startswith(f"{IN_NOTEBOOK}“")

    def is_in(self, other: str) -> bool:
        """Whether it is of another notebook, whose places begin so."""
        return self.place.startswith(other)

    def is_near(self, finding: Finding) -> bool:
        """Whether it names only the chapter of a finding that is accepted by its statement, or more than its place."""
        is_part = finding.place.startswith(self.place) or self.place.startswith(finding.place)
        return self.code == finding.code and is_part and not finding.accepted


def accepted(report: Report, findings: Iterable[Finding], is_all: bool = True) -> list[Finding]:
    """The findings with those that report.yaml accepts as notes, which say why; then the acceptances that are of no use.

    What may be accepted the kind of a finding tells: never a fault, a cell or a sum.
    """
    own = asked(report, "text")
    return judged(own, [*findings, *_early(report)], own if is_all else ())


def _early(report: Report) -> Iterator[Finding]:
    """Acceptances that were made before the year was over: of last year's report, most likely."""
    for one in report.params.accepted:
        if one.when and one.when.year <= report.year:
            place, source = f"{one.code} {_DOT.sub(' · ', one.place)}".strip(), report.sources.get("accepted")
            expected, action = f"{report.year + 1}年1月1日或以后", "重新核对后改正日期；已经不适用的，删去这一项"
            yield Finding(EARLY, place, source, f"接受于{one.when.isoformat()}，{report.year}年还没有结束", expected, action)


def asked(report: Report, stage: Stage, other: str = "") -> list[Accepted]:
    """What report.yaml accepts that a stage judges: of the report and its own notebook, or of an ``other`` one."""
    source = report.sources.get("accepted")
    every = (
        Accepted(
            one.code,
            _DOT.sub(" · ", one.place),
            "，".join(filter(None, (one.reason, one.who, one.when.isoformat() if one.when else ""))),
            source,
        )
        for one in report.params.accepted
    )
    return [one for one in every if one.stage == stage and (one.is_in(other) if other else one.is_own)]


def judged(asked: Sequence[Accepted], findings: Iterable[Finding], due: Container[Accepted]) -> list[Finding]:
    """The findings, those accepted as notes; then the acceptances of no use, of those whose findings would be there."""
    used: set[int] = set()
    result = [_judged(finding, asked, used) for finding in findings]
    for at, one in enumerate(asked):
        if one in due and at not in used:
            place = f"{one.code} {one.place}".strip()
            left = (finding for finding in result if finding.severity.rank < Severity.NOTE.rank)
            there = one.code == STALE.code or any(map(one.covers, left))
            found = f"接受了{place}，这一条不能接受" if there else f"接受了{place}，本报告没有这一条"
            near = [finding.place for finding in result if finding.kind.each and one.is_near(finding)]
            if near:
                wrong = "位置没有写对" if one.place else "没有写是哪一处"
                found = f"接受了{place}，{wrong}：{one.code}须逐处接受"
            alike = (each for each in result if each.code == one.code and not each.kind.each and not each.accepted)
            near += closest(one.place, (each.place for each in alike), 1)
            expected = f"位置写全，如：{near[0]}" if near else "只写可以接受的" if there else "只写仍存在的"
            action = "改正数据或正文，并删去这一项" if there else "删去这一项，或改正编号和位置"
            result.append(Finding(STALE, place, one.source, found, expected, action))
    return result


def _judged(finding: Finding, asked: Sequence[Accepted], used: set[int]) -> Finding:
    """The finding as a note when one of the acceptances is of it, which is then used."""
    for at, one in enumerate(asked):
        if finding.kind.acceptable and one.covers(finding):
            used.add(at)
            return replace(finding, kind=replace(finding.kind, severity=Severity.NOTE), accepted=one.why, action="")
    return finding
