"""Compare reports with those of other bureaus of the same year, by the signatures that their last checks have left.

Where few others have never been checked, they are checked for it; else it is said how many were not compared.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nianbao.checks.accepted import judged
from nianbao.inputs.select import select
from nianbao.run import batch
from nianbao.run.job import in_order
from nianbao.run.plan import jobs_of
from nianbao.run.targets import targets_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from nianbao.checks.across import Across
    from nianbao.findings import Finding
    from nianbao.job_id import ReportId
    from nianbao.run.job import Job, Options, Outcome, Verdict
    from nianbao.run.process import Limits

CHEAP = 100  # reports that are checked for their signatures alone


@dataclass(frozen=True, slots=True)
class Compared:
    """The findings across bureaus by report, and how many reports of other bureaus could not be compared."""

    across: Mapping[ReportId, tuple[Finding, ...]]
    missing: int = 0


def verdicts(
    verdicts: Sequence[Verdict], jobs: Sequence[Job], options: Options, limits: Limits
) -> tuple[list[Verdict], int]:
    """The verdicts with what was found across bureaus, and how many reports could not be compared."""
    compared = compare(verdicts, jobs, options, limits)
    return [replace(one, across=compared.across.get(one.id, ())) for one in verdicts], compared.missing


def outcomes(
    outcomes: Sequence[Outcome], jobs: Sequence[Job], options: Options, limits: Limits
) -> tuple[list[Outcome], int]:
    """The outcomes of a build, in the order of its jobs, as `verdicts`."""
    reports = {job.report.id: job for job in jobs if job.report}
    known = (options.store.verdict(report, job.check_key) for report, job in reports.items())
    compared = compare([one for one in known if one], jobs, options, limits)
    found = (compared.across.get(job.report.id, ()) if job.report else () for job in jobs)
    added = [
        replace(outcome, findings=in_order(outcome.findings, some)) for outcome, some in zip(outcomes, found, strict=True)
    ]
    return added, compared.missing


def compare(verdicts: Sequence[Verdict], jobs: Sequence[Job], options: Options, limits: Limits) -> Compared:
    """Compare the reports of these verdicts; the store keeps what was found."""
    from nianbao.checks.across import across

    known = {one.id: one for one in verdicts}
    ours, fresh = {job.report.id: job for job in jobs if job.report}, set(known)
    others = _others({report.year for report in known}, ours, options)
    unchecked = [report for report, verdict in others.items() if verdict is None]
    if len(unchecked) <= CHEAP:
        others |= _checked(unchecked, options, limits)
        fresh |= {*unchecked}
    while True:
        signatures = {one.id: one.signature for one in (*known.values(), *others.values()) if one and one.signature}
        found: dict[ReportId, Across] = {}
        for year in sorted({report.year for report in known}):
            found |= across(known, {one: signature for one, signature in signatures.items() if one.year == year})
        # The lines of another bureau are shown as they are now, not as they were when it was last checked.
        shown = {other for one in found.values() for other in one.shown} - fresh
        if not shown:
            break
        others |= _checked(sorted(shown), options, limits)
        fresh |= shown
    everyone = {*ours, *known, *others}
    complete = {year for year in {one.year for one in known} if _is_complete(year, everyone, signatures)}
    result = {
        report: tuple(judged(accepted, some.findings, accepted if report.year in complete else ()))
        for report, some in found.items()
        for accepted in (signatures[report].accepted,)
    } | dict.fromkeys(known.keys() - found.keys(), ())
    _keep(known.values(), result, ours)
    return Compared(result, sum(verdict is None for verdict in others.values()))


def _is_complete(year: int, reports: Iterable[ReportId], compared: Collection[ReportId]) -> bool:
    """Whether each report of a year was compared with others; one with faults is not, and may be a copy."""
    some = {one for one in reports if one.year == year}
    return len(some) > 1 and some <= {*compared}


def _others(years: Iterable[int], ours: Collection[ReportId], options: Options) -> dict[ReportId, Verdict | None]:
    """The last verdict on each report of these years that is not among ours; ``None`` for one never checked."""
    wanted = {*years}
    others = (
        (one.id for one in select(options.params).reports if one.year in wanted and one.id not in ours) if wanted else ()
    )
    return {report: options.store.verdict(report) for report in others}


def _checked(reports: Sequence[ReportId], options: Options, limits: Limits) -> dict[ReportId, Verdict]:
    """The verdicts on reports as they are now; a stored one is used where its inputs are the same."""
    if not reports:
        return {}
    bureaus, years = {one.bureau for one in reports}, {one.year for one in reports}
    wanted = {*reports}
    targets = [one for one in targets_of(options.params, bureaus=bureaus, years=years).targets if one.id in wanted]
    return {verdict.id: verdict for verdict in batch.check(jobs_of(targets, replace(options, force=False)), limits)}


def _keep(verdicts: Iterable[Verdict], found: Mapping[ReportId, tuple[Finding, ...]], jobs: Mapping[ReportId, Job]) -> None:
    """Keep what was found where it is not what is kept."""
    for verdict in verdicts:
        if verdict.across != found[verdict.id] and not verdict.error:
            job = jobs[verdict.id]
            job.options.store.keep_verdict(replace(verdict, across=found[verdict.id]), job.check_key)
