"""The batch: check → isolated jobs → publish.

This room starts fast: it never imports pandas or a renderer; they are imported in the job's own process (see `pool`).
"""

from __future__ import annotations

import ast
import json
from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao.render import formats
from nianbao.run.job import Outcome, Verdict
from nianbao.run.plan import is_current
from nianbao.run.pool import each
from nianbao.run.process import NO_LIMITS
from nianbao.run.work import inspect, run_job
from nianbao.state import State

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from multiprocessing.connection import Connection
    from pathlib import Path

    from nianbao.findings import Finding
    from nianbao.report_id import ReportId
    from nianbao.run.job import Job, Options
    from nianbao.run.process import Limits

CHUNK = 20


class Watch:
    """Who looks on while a batch runs; every method may be overridden."""

    def misplaced(self, faults: Sequence[Finding]) -> None:
        """Folders of params that are no reports, before anything is checked."""

    def repaired(self, said: Sequence[str]) -> None:
        """What an interrupted run had left has been put right."""

    def begin(self, what: str, total: int) -> None:
        """A phase, 核查 or 生成, of so many reports begins."""

    def checked(self, verdict: Verdict) -> None:
        """One report has been checked."""

    def listed(self, verdicts: Sequence[Verdict]) -> None:
        """All have been checked; nothing is built yet."""

    def built(self, outcome: Outcome) -> None:
        """One report has been built, or failed."""


SILENT = Watch()


def run(jobs: Sequence[Job], options: Options, limits: Limits = NO_LIMITS, watch: Watch = SILENT) -> list[Outcome]:
    """Check what is due, then build what is sound, each in a process of its own; the store is locked meanwhile.

    Returns
    -------
    list of Outcome
        One for each job, in the order of the jobs.

    Raises
    ------
    UsageError
        When the store cannot be written to, or another build holds it.
    """
    store = options.store
    with store.locked():
        watch.repaired(store.repair())
        try:
            with store.scratch() as folder:  # for reports as the checks have read them
                jobs = [replace(job, read=folder / f"{job.id.bureau}-{job.id.year}") for job in jobs]
                return _run(jobs, options, _preloading(options.notebook, limits, len(jobs)), watch)
        finally:  # what processes that were lost, or stopped, have left
            watch.repaired(store.repair())


def _run(jobs: Sequence[Job], options: Options, limits: Limits, watch: Watch) -> list[Outcome]:
    due = [job for job in jobs if not is_current(job, options.store.manifest(job.id))]
    outcomes = {job.id: Outcome(job.id, State.CURRENT) for job in jobs}
    watch.begin("核查", len(due))
    verdicts: dict[ReportId, Verdict] = {}
    for verdict in check(due, limits):
        verdicts[verdict.id] = verdict
        watch.checked(verdict)
    watch.listed([verdicts[job.id] for job in due])
    sound = []
    for job in due:
        verdict = verdicts[job.id]
        if verdict.forbids(options):
            outcomes[job.id] = Outcome(job.id, State.BLOCKED, verdict.findings, message=verdict.error, title=verdict.title)
        else:
            sound.append(job)
    watch.begin("生成", len(sound))
    pressed = any(formats.find(name).pressed for name in options.formats)
    for outcome in each(run_job, sound, _lost, limits, _press if pressed else None):
        outcomes[outcome.id] = outcome
        watch.built(outcome)
    return [outcomes[job.id] for job in jobs]


def _preloading(notebook: Path | None, limits: Limits, jobs: int) -> Limits:
    """Let the fork server load what the notebook's own cells import, when there are enough reports to share it."""
    if notebook is None or jobs <= limits.at_a_time:
        return limits
    found = set(limits.preload)
    for cell in json.loads(notebook.read_text("utf-8"))["cells"]:
        try:
            tree = ast.parse("".join(cell["source"])) if cell["cell_type"] == "code" else ast.Module([], [])
        except SyntaxError:  # magics; what such a cell imports is imported in each job
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module)
    return replace(limits, preload=tuple(sorted(found)))


def check(jobs: Sequence[Job], limits: Limits = NO_LIMITS) -> Iterator[Verdict]:
    """The verdict on each report, in any order; one that has been checked with the same inputs is not checked again.

    No cell of a notebook runs here, so many reports share a process; one whose process is lost is checked alone.
    """
    unseen = []
    for job in jobs:
        known = None if job.options.force else job.options.store.verdict(job.id, job.check_key)
        if known is None:
            unseen.append(job)
        else:
            yield known
    size = max(1, min(CHUNK, -(-len(unseen) // limits.at_a_time)))
    chunks = [unseen[start : start + size] for start in range(0, len(unseen), size)]
    seen: set[ReportId] = set()
    for verdicts in each(_inspect_all, chunks, lambda chunk, why: [], limits):
        seen.update(verdict.id for verdict in verdicts)
        yield from verdicts
    alone = [job for job in unseen if job.id not in seen]
    yield from each(inspect, alone, lambda job, why: Verdict(job.id, error=why), limits)


def _press(pipe: Connection) -> None:
    from nianbao.run import press

    press.serve(pipe)


def _inspect_all(jobs: list[Job]) -> list[Verdict]:
    return [inspect(job) for job in jobs]


def _lost(job: Job, why: str) -> Outcome:
    """The outcome of a job whose process ended without one; the store keeps what it left."""
    place = job.options.store.lost(job.id, f"{why}\n")
    return Outcome(job.id, State.FAILED, message=f"{why}\n  see {place}" if place else why)
