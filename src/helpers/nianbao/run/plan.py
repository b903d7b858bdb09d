"""What a build would do, and why: the batch as a table before it is run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from helpers import params
from helpers.batch import is_current
from helpers.job import BLOCKED, CURRENT, DUE
from helpers.paths import ReportPaths
from helpers.store import Store
from helpers.verify import changes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from helpers.job import Job, Options

STALE, UNSEEN = "已过期", "待核查"


@dataclass(frozen=True, slots=True)
class Step:
    """One job's state, 未变, 待生成, 待核查, 阻断 or 已过期, and what it follows from."""

    job: Job
    state: str
    why: tuple[str, ...]


def steps(jobs: Sequence[Job]) -> list[Step]:
    """The state of each job, without reading any report: verdicts are known from the last check of the same inputs."""
    return [_step(job) for job in jobs]


def _step(job: Job) -> Step:
    store, report = Store(job.options.outputs), job.report
    manifest = store.manifest(report.bureau, report.year)
    if is_current(job, manifest):
        return Step(job, CURRENT, ())
    if manifest is None:
        why: tuple[str, ...] = ("还没有生成过",)
    else:
        recorded = manifest.get("beside") if job.options.draft and "beside" in manifest else manifest
        changed = tuple(name for name in changes(recorded or manifest, job) if not name.startswith("  "))
        why = tuple(f"{name}有变" for name in changed) or (("要求重新生成",) if job.options.force else ("目前只有草稿",))
    verdict = store.verdict(report.bureau, report.year, job.key)
    if verdict is None:
        return Step(job, UNSEEN, why)
    graves = {finding["code"][0] for finding in verdict["findings"]} & {"F", "E"}
    if "F" in graves or (graves and not job.options.draft):
        return Step(job, STALE if manifest and not manifest["draft"] else BLOCKED, why)
    return Step(job, DUE, why)


def orphans(options: Options) -> list[str]:
    """Published reports there are no params for any more; they are shown, never deleted."""
    known = {(report.bureau, report.year) for report in params.select(options.params).reports}
    return [f"{bureau}/{year}" for bureau, year in Store(options.outputs).all() if (bureau, year) not in known]


def bureau_name(root: Path, bureau: str) -> str:
    """What a bureau is called, by its bureau.yaml; its id where that does not tell."""
    about = params.typed(params.BureauParams, params.read_yaml(ReportPaths(root, bureau, 0).bureau_file))
    return about.name if about else bureau
