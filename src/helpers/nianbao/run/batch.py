"""The batch: plan → check → isolated jobs → publish.

This room starts fast: it never imports pandas or a renderer; they are imported in the job's own process (see `pool`).

A batch in a few lines::

    from helpers import batch, job, params

    root = Path("params")
    options = job.Options(root, outputs=Path("outputs"), notebook=Path("notebooks/annual_report.ipynb"))
    outcomes = batch.run(batch.plan(params.select(root).reports, options), options)
"""

from __future__ import annotations

import ast
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from helpers.findings import Finding, Source
from helpers.job import BLOCKED, CURRENT, FAILED, Job, Options, Outcome, Verdict, inspect, run_job
from helpers.keys import Common, Seen, parts_of
from helpers.pool import NO_LIMITS, Limits, each
from helpers.store import Store, digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from multiprocessing.connection import Connection
    from pathlib import Path

    from helpers.paths import ReportPaths

CHUNK = 20


class Watch:
    """Who looks on while a batch runs; every method may be overridden."""

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


def plan(reports: Sequence[ReportPaths], options: Options) -> list[Job]:
    """One job for each report, keyed by the content of everything its outputs depend on."""
    common = Common.of(options.notebook, options.fonts, options.formats)
    jobs: list[Job] = []
    seen: Seen = {}
    for report in reports:
        inputs, parts = parts_of(report, common, seen)
        jobs.append(Job(report, options, inputs, parts, digest(json.dumps(parts, sort_keys=True).encode())))
    return jobs


def is_current(job: Job, manifest: dict[str, Any] | None) -> bool:
    """Whether what was asked for, the published report or with ``draft`` its draft, is made from exactly these inputs."""
    if manifest is None or job.options.force:
        return False
    drafted = manifest if manifest["draft"] else manifest.get("beside")
    if job.options.draft and drafted and drafted["key"] == job.key:
        return True
    return not manifest["draft"] and bool(manifest["key"] == job.key)


def run(jobs: Sequence[Job], options: Options, limits: Limits = NO_LIMITS, watch: Watch = SILENT) -> list[Outcome]:
    """Check what is due, then build what is sound, each in a process of its own; the outputs are locked meanwhile.

    Returns
    -------
    list of Outcome
        One for each job, in the order of the jobs.

    Raises
    ------
    UsageError
        When the outputs cannot be written to, or another build holds them.
    """
    store = Store(options.outputs)
    with store.locked():
        watch.repaired(store.repair())
        try:
            with store.scratch() as folder:  # for reports as the checks have read them
                jobs = [replace(job, read=folder / f"{job.report.bureau}-{job.report.year}") for job in jobs]
                return _run(jobs, options, _preloading(options.notebook, limits, len(jobs)), watch)
        finally:  # what processes that were lost, or stopped, have left
            watch.repaired(store.repair())


def _run(jobs: Sequence[Job], options: Options, limits: Limits, watch: Watch) -> list[Outcome]:
    store = Store(options.outputs)
    due = [job for job in jobs if not is_current(job, store.manifest(job.report.bureau, job.report.year))]
    outcomes = {job.name: Outcome(job.name, CURRENT) for job in jobs}
    watch.begin("核查", len(due))
    verdicts = {}
    for verdict in check(due, limits):
        verdicts[verdict.name] = verdict
        watch.checked(verdict)
    watch.listed([verdicts[job.name] for job in due])
    sound = []
    for job in due:
        verdict = verdicts[job.name]
        if verdict.is_faulty or (verdict.is_blocked and not options.draft):
            outcomes[job.name] = Outcome(job.name, BLOCKED, verdict.findings, message=verdict.error, title=verdict.title)
        else:
            sound.append(job)
    watch.begin("生成", len(sound))
    for outcome in each(run_job, sound, _lost, limits, _press if "pdf" in options.formats else None):
        outcomes[outcome.name] = outcome
        watch.built(outcome)
    return [outcomes[job.name] for job in jobs]


def _preloading(notebook: Path, limits: Limits, jobs: int) -> Limits:
    """Let the fork server load what the notebook's own cells import, when there are enough reports to share it."""
    if jobs <= limits.at_a_time:
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
        store = Store(job.options.outputs)
        known = None if job.options.force else store.verdict(job.report.bureau, job.report.year, job.key)
        if known is None:
            unseen.append(job)
        else:
            yield Verdict(job.name, tuple(map(_finding, known["findings"])), known["title"])
    size = max(1, min(CHUNK, -(-len(unseen) // limits.at_a_time)))
    chunks = [unseen[start : start + size] for start in range(0, len(unseen), size)]
    seen: set[str] = set()
    for verdicts in each(_inspect_all, chunks, lambda chunk, why: [], limits):
        seen.update(verdict.name for verdict in verdicts)
        yield from verdicts
    alone = [job for job in unseen if job.name not in seen]
    yield from each(inspect, alone, lambda job, why: Verdict(job.name, error=why), limits)


def _finding(plain: dict[str, Any]) -> Finding:
    return Finding(**plain | {"source": Source(**plain["source"]) if plain["source"] else None})


def _press(pipe: Connection) -> None:
    from helpers import press

    press.serve(pipe)


def _inspect_all(jobs: list[Job]) -> list[Verdict]:
    return [inspect(job) for job in jobs]


def _lost(job: Job, why: str) -> Outcome:
    """The outcome of a job whose process ended without one; what it left is kept."""
    store, report = Store(job.options.outputs), job.report
    place = store.failed(report.bureau, report.year)
    for stage in store.stages(report.bureau, report.year):
        store.keep_failure(stage, report.bureau, report.year)
        (place / "traceback.txt").write_text(why + "\n", "utf-8")
    if place.is_dir():  # or it has put it there itself, before it ended
        why = f"{why}\n  see {place}"
    return Outcome(job.name, FAILED, message=why)
