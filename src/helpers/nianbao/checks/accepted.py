"""Findings that the bureau has looked at and accepts: they become notes, and an acceptance without a finding is said."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nianbao.findings import Finding, Kind, Severity, Source, closest
from nianbao.onpages import OF_PAGES, TORN, UNDESCRIBED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nianbao.inputs.report import Report

_DOT = re.compile(r"\s*·\s*")  # a place may be copied without the spaces around it
STALE = Kind("W206", Severity.WARNING, "接受的核查发现不存在或不能接受", acceptable=False)
IN_NOTEBOOK = "笔记本"  # how places begin that are in a notebook's own text
EARLY = Kind("W218", Severity.WARNING, "接受的日期早于年度结束")
# What `across` finds beside the reports of other bureaus. It is judged there, as no report's files depend on them.
ACROSS = frozenset({"W702", "W704", "W705"})
# What only a finished page has, which is judged when it is made; pictures without words stand in a report's text as well.
ON_PAGES = frozenset(kind.code for kind in OF_PAGES) - {UNDESCRIBED.code}


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
    def is_of_page(self) -> bool:
        """Whether it is of what only a finished page or file has, which `added` and `reread` judge."""
        return self.place.startswith(IN_NOTEBOOK) or self.code == TORN.code or (not self.place and self.code in ON_PAGES)

    def is_near(self, finding: Finding) -> bool:
        """Whether it names only the chapter of a finding that is accepted by its statement."""
        return self.code == finding.code and finding.place.startswith(self.place) and not finding.accepted


def accepted(report: Report, findings: Iterable[Finding], is_all: bool = True) -> list[Finding]:
    """The findings with those that report.yaml accepts as notes, which say why; then the acceptances that are of no use.

    What may be accepted the kind of a finding tells: never a fault, a cell or a sum.
    """
    own = [one for one in asked(report) if one.code not in ACROSS and not one.is_of_page]
    return judged(own, [*findings, *_early(report)], is_all)


def _early(report: Report) -> Iterator[Finding]:
    """Acceptances that were made before the year was over: of last year's report, most likely."""
    for one in report.params.accepted:
        if one.when and one.when.year <= report.year:
            place, source = f"{one.code} {_DOT.sub(' · ', one.place)}".strip(), report.sources.get("accepted")
            expected, action = f"{report.year + 1}年1月1日或以后", "重新核对后改正日期；已经不适用的，删去这一项"
            yield Finding(EARLY, place, source, f"接受于{one.when.isoformat()}，{report.year}年还没有结束", expected, action)


def asked(report: Report) -> list[Accepted]:
    """Everything that report.yaml accepts."""
    source = report.sources.get("accepted")
    return [
        Accepted(
            one.code,
            _DOT.sub(" · ", one.place),
            "，".join(filter(None, (one.reason, one.who, one.when.isoformat() if one.when else ""))),
            source,
        )
        for one in report.params.accepted
    ]


def judged(asked: Sequence[Accepted], findings: Iterable[Finding], is_all: bool = True) -> list[Finding]:
    """The findings, those accepted as notes; then the acceptances of no use, if the findings are all that there can be."""
    used: set[int] = set()
    result = [_judged(finding, asked, used) for finding in findings]
    for at, one in enumerate(asked if is_all else ()):
        if at not in used:
            place = f"{one.code} {one.place}".strip()
            left = (finding for finding in result if finding.severity.rank < Severity.NOTE.rank)
            there = one.code == STALE.code or any(map(one.covers, left))
            found = f"接受了{place}，这一条不能接受" if there else f"接受了{place}，本报告没有这一条"
            near = [finding.place for finding in result if finding.kind.each and one.is_near(finding)]
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
