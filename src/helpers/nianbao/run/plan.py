"""Plan a batch: list its jobs, what a build would do with each of them, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nianbao.inputs.select import select
from nianbao.run import fingerprint
from nianbao.run.job import Job
from nianbao.state import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.paths import ReportPaths
    from nianbao.report_id import ReportId
    from nianbao.run.fingerprint import Seen
    from nianbao.run.job import Options
    from nianbao.run.manifest import Manifest


def jobs_of(reports: Sequence[ReportPaths], options: Options) -> list[Job]:
    """One job for each report; its key is the hash of everything that its outputs depend on."""
    common = fingerprint.Common.of(options.params, options.notebook, options.fonts, options.formats)
    jobs: list[Job] = []
    seen: Seen = {}
    for report in reports:
        inputs, parts = fingerprint.parts_of(report, common, seen)
        key, check_key = fingerprint.key_of(parts), fingerprint.check_key_of(parts, common)
        jobs.append(Job(report, options, inputs, parts, key, check_key))
    return jobs


def is_current(job: Job, manifest: Manifest | None) -> bool:
    """Whether the published report, or with ``draft`` its draft, was made from the job's inputs; never with ``force``."""
    if manifest is None or job.options.force:
        return False
    drafted = manifest.latest_draft
    if job.options.draft and drafted and drafted.key == job.key:
        return True
    return not manifest.draft and manifest.key == job.key


def changes(manifest: Manifest, job: Job) -> tuple[str, ...]:
    """The names of the parts that have changed since the report was made: 数据, 正文, 程序, …"""
    then, now = manifest.parts, job.parts
    return tuple(name for part, name in fingerprint.NAMES.items() if then.get(part) != now.get(part))


def changed_files(manifest: Manifest, job: Job) -> tuple[str, ...]:
    """The input files that have changed since the report was made."""
    then, now = manifest.inputs, job.inputs
    return tuple(name for name in sorted({*then, *now}) if then.get(name) != now.get(name))


@dataclass(frozen=True, slots=True)
class Step:
    """A job, its state (CURRENT, DUE, UNCHECKED, BLOCKED or STALE), and the reasons why it is not up to date."""

    job: Job
    state: State
    why: tuple[str, ...]

    @property
    def id(self) -> ReportId:
        return self.job.id


def steps_of(jobs: Sequence[Job]) -> list[Step]:
    """The step of each job. No report is read: the verdicts are those stored by the last check of the same inputs."""
    return [_step(job) for job in jobs]


def _step(job: Job) -> Step:
    store = job.options.store
    manifest = store.manifest(job.id)
    if is_current(job, manifest):
        return Step(job, State.CURRENT, ())
    why = _reasons(job, manifest)
    verdict = store.verdict(job.id, job.check_key)
    if verdict is None:
        return Step(job, State.UNCHECKED, why)
    if verdict.forbids(job.options):
        return Step(job, State.STALE if manifest and not manifest.draft else State.BLOCKED, why)
    return Step(job, State.DUE, why)


def _reasons(job: Job, manifest: Manifest | None) -> tuple[str, ...]:
    if manifest is None:
        return ("还没有生成过",)
    recorded = manifest.beside if job.options.draft and manifest.beside else manifest
    found = tuple(f"{name}有变" for name in changes(recorded, job))
    return found or (("要求重新生成",) if job.options.force else ("目前只有草稿",))


def orphans(options: Options) -> list[ReportId]:
    """The reports in the store whose folder in params is gone; they are shown, never deleted."""
    known = {report.id for report in select(options.params).reports}
    return [report for report in options.store.reports() if report not in known]
