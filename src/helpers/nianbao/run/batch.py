"""Run a batch: check the reports, then build and publish each one in a process of its own (see `pool`).

This module starts fast: it imports neither pandas nor a renderer; the processes of the reports import them.
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
    """The methods that a batch calls as it proceeds. Here they do nothing; a subclass overrides those it needs."""

    def misplaced(self, faults: Sequence[Finding]) -> None:
        """Called before the checks, with a fault for each misnamed folder in params."""

    def repaired(self, said: Sequence[str]) -> None:
        """Called at the start and at the end, with one line for each thing repaired after an interrupted process."""

    def begin(self, what: str, total: int) -> None:
        """Called when a phase, 核查 or 生成, of ``total`` reports begins."""

    def checked(self, verdict: Verdict) -> None:
        """Called when one report has been checked."""

    def listed(self, verdicts: Sequence[Verdict]) -> None:
        """Called when all reports have been checked, before any is built."""

    def built(self, outcome: Outcome) -> None:
        """Called when one report has been built or has failed."""


SILENT = Watch()


def run(jobs: Sequence[Job], options: Options, limits: Limits = NO_LIMITS, watch: Watch = SILENT) -> list[Outcome]:
    """Check the reports that are not up to date and build those that may be built; the store is locked meanwhile.

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
            with store.scratch() as folder:  # holds the reports that the checks have read
                jobs = [replace(job, read=folder / f"{job.id.bureau}-{job.id.year}") for job in jobs]
                return _run(jobs, options, _preloading(options.notebook, limits, len(jobs)), watch)
        finally:  # removes what lost and stopped processes have left
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
    """Let the fork server load the modules that the notebook imports, when there are more reports than processes."""
    if notebook is None or jobs <= limits.at_a_time:
        return limits
    found = set(limits.preload)
    for cell in json.loads(notebook.read_text("utf-8"))["cells"]:
        try:
            tree = ast.parse("".join(cell["source"])) if cell["cell_type"] == "code" else ast.Module([], [])
        except SyntaxError:  # The cell has magics; each job imports its modules itself.
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module)
    return replace(limits, preload=tuple(sorted(found)))


def check(jobs: Sequence[Job], limits: Limits = NO_LIMITS) -> Iterator[Verdict]:
    """Yield the verdict on each report, in any order; without ``force`` a stored verdict on the same inputs is used.

    No notebook runs here, so several reports share a process. When it is lost, its reports are checked again, one by one.
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
    """The outcome of a job whose process ended without a result; the store keeps the files that it left."""
    place = job.options.store.lost(job.id, f"{why}\n")
    return Outcome(job.id, State.FAILED, message=f"{why}\n  see {place}" if place else why)
