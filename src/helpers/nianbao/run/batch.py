"""Run a batch: check the reports, then build and publish each one in a process of its own (see `pool`).

This module starts fast: it imports neither pandas nor a renderer; the processes of the reports import them.
"""

from __future__ import annotations

import ast
import contextlib
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao.errors import NianbaoError
from nianbao.findings import Finding
from nianbao.inputfiles import read_file
from nianbao.language import say
from nianbao.render import formats
from nianbao.run.job import Outcome, Verdict
from nianbao.run.plan import built, current, has_old_draft
from nianbao.run.pool import each
from nianbao.run.process import NO_LIMITS
from nianbao.run.work import inspect, remove_draft, run_job
from nianbao.state import State

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from multiprocessing.connection import Connection

    from nianbao.job_id import JobId, ReportId
    from nianbao.run.job import Job, Options
    from nianbao.run.manifest import Manifest
    from nianbao.run.process import Limits
    from nianbao.run.verify import Proof

CHUNK = 20
CHECKING, BUILDING, PROVING = "checking", "building", "proving"


class Watch:
    """The methods that a batch calls as it proceeds. Here they do nothing; a subclass overrides those it needs."""

    def misplaced(self, faults: Sequence[Finding]) -> None:
        """Called before the checks, with a fault for each misnamed folder in params."""

    def repaired(self, said: Sequence[str]) -> None:
        """Called at the start and at the end, with one line for each thing repaired after an interrupted process."""

    def begin(self, what: str, total: int) -> None:
        """Called when a phase, ``checking``, ``building`` or ``proving``, of ``total`` targets begins."""

    def checked(self, verdict: Verdict) -> None:
        """Called when one report has been checked."""

    def listed(self, verdicts: Sequence[Verdict]) -> None:
        """Called when all reports have been checked, before any is built."""

    def unread(self, names: Sequence[str]) -> None:
        """Called before anything is built, with the output formats whose files nobody can read back."""

    def built(self, outcome: Outcome) -> None:
        """Called when one report has been built or has failed."""

    def proved(self, proof: Proof) -> None:
        """Called by `verify` when one report has been rendered again."""


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
    watch.repaired(store.repair())
    try:
        with store.scratch() as folder:  # for reports as the checks have read them
            jobs = [replace(job, read=folder / str(number)) for number, job in enumerate(jobs)]
            return _run(jobs, options, _preloading(limits, jobs), watch)
    finally:  # Processes that were lost or stopped leave things as well.
        watch.repaired(store.repair())


def _run(jobs: Sequence[Job], options: Options, limits: Limits, watch: Watch) -> list[Outcome]:
    outcomes: dict[JobId, Outcome] = {}
    due = []
    for job in jobs:
        manifest = built(job)
        if manifest and (made := current(job, manifest)):
            outcomes[job.id] = _unchanged(job, made, manifest)
        else:
            due.append(job)
    to_check = [job for job in due if job.report]
    watch.begin(CHECKING, len(to_check))
    verdicts: dict[ReportId, Verdict] = {}
    for verdict in check(to_check, limits):
        verdicts[verdict.id] = verdict
        watch.checked(verdict)
    watch.listed([verdicts[job.report.id] for job in due if job.report])
    sound = []
    for job in due:
        known = verdicts[job.report.id] if job.report else None
        if known and known.forbids(options):
            # Its data block a report; that it could not be checked is no fault of theirs.
            state = State.FAILED if known.error else State.BLOCKED
            outcomes[job.id] = Outcome(job.id, state, known.findings, message=known.error, title=known.title)
        else:
            sound.append(job)
    wanted = [formats.find(name) for name in options.formats]
    if sound and (unread := [one.name for one in wanted if one.read is None]):
        watch.unread(unread)
    watch.begin(BUILDING, len(sound))
    for outcome in each(run_job, sound, _lost, limits, _press if any(one.pressed for one in wanted) else None):
        outcomes[outcome.id] = outcome
        watch.built(outcome)
    return [outcomes[job.id] for job in jobs]


def _unchanged(job: Job, made: Manifest, manifest: Manifest) -> Outcome:
    """The outcome of a job of whose folder ``made`` is up to date: all of it, or the draft in it."""
    store = job.options.store
    try:
        if has_old_draft(job, manifest):
            remove_draft(job)
        findings = _findings(job, made)
    except (OSError, NianbaoError, ValueError, KeyError, TypeError) as error:  # such as a file that nobody may read
        return Outcome(job.id, State.FAILED, message=str(error), title=made.title)
    places = tuple(store.place(job.id, name) for name in manifest.outputs if name.startswith(f"{made.stem}."))
    return Outcome(job.id, State.CURRENT, findings, title=made.title, outputs=places)


def _findings(job: Job, made: Manifest) -> tuple[Finding, ...]:
    """The findings of the last check; when it is forgotten, those that report.json holds."""
    store = job.options.store
    if job.report is None:
        return ()
    if verdict := store.verdict(job.report.id, job.check_key):
        return verdict.findings
    plain = json.loads(store.read(job.id, f"{made.stem}.json"))
    return tuple(map(Finding.from_json, plain["findings"]))


def _preloading(limits: Limits, jobs: Sequence[Job]) -> Limits:
    """The limits with what the cells of the jobs' notebooks import added to ``preload``, unless there are too few jobs."""
    if len(jobs) <= limits.at_a_time:
        return limits
    found = set(limits.preload)
    for notebook in {job.target.notebook for job in jobs if job.target.notebook}:
        with contextlib.suppress(Exception):  # A notebook that cannot be read is a matter of its own reports.
            cells = json.loads(read_file(notebook))["cells"]
            imported = set().union(*(_imported("".join(cell["source"])) for cell in cells if cell["cell_type"] == "code"))
            # Modules beside a notebook are that notebook's alone.
            found |= {name for name in imported if not (notebook.parent / f"{name.partition('.')[0]}.py").exists()}
    return replace(limits, preload=tuple(sorted(found)))


def _imported(source: str) -> set[str]:
    """The modules that a cell imports; none for a cell with magics, whose imports happen in each job.

    pandas imports matplotlib when a frame is drawn.
    """
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    found = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    if any(isinstance(node, ast.Attribute) and node.attr == "plot" for node in nodes):
        found.add("matplotlib.pyplot")
    return found | {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level}


def check(jobs: Sequence[Job], limits: Limits = NO_LIMITS) -> Iterator[Verdict]:
    """Yield the verdict on each report, in any order; without ``force`` a stored verdict on the same inputs is used.

    No notebook runs here, so several reports share a process. When it is lost, its reports are checked again, one by one.
    """
    unseen = []
    for job in jobs:
        known = None if job.options.force or not job.report else job.options.store.verdict(job.report.id, job.check_key)
        if known is None:
            unseen.append(job)
        else:
            yield known
    size = max(1, min(CHUNK, -(-len(unseen) // limits.at_a_time)))
    chunks = [unseen[start : start + size] for start in range(0, len(unseen), size)]
    seen: set[ReportId] = set()
    for verdicts in each(_inspect_all, chunks, lambda chunk, why, seconds: [], limits):
        seen.update(verdict.id for verdict in verdicts)
        yield from verdicts
    alone = [job for job in unseen if job.report and job.report.id not in seen]
    yield from each(inspect, alone, _unchecked, limits)


def _unchecked(job: Job, why: str, _: float) -> Verdict:
    assert job.report  # Only a job with a report is checked.
    return Verdict(job.report.id, error=why)


def _press(pipe: Connection) -> None:
    from nianbao.run import press

    press.serve(pipe)


def _inspect_all(jobs: list[Job]) -> list[Verdict]:
    return [inspect(job) for job in jobs]


def _lost(job: Job, why: str, seconds: float) -> Outcome:
    """The outcome of a job whose process ended without a result; the store keeps the files that it left."""
    store = job.options.store
    try:
        place = store.lost(job.id, f"{why}\n")
        # The engine logs each cell before it runs.
        begun = re.findall("^── cell (.+?): (.*)$", store.log(job.id) if place else "", re.M)
    except (OSError, NianbaoError) as error:  # such as a full disk
        why += say("\n  and its traceback could not be kept: {why}", why=getattr(error, "strerror", None) or error)
        return Outcome(job.id, State.FAILED, message=why, seconds=seconds)
    if begun and job.target.notebook:
        count, line = begun[-1]
        where = say("{notebook}, cell {count} “{line}”", notebook=job.target.notebook.name, count=count, line=line[:60])
        why = say("{where}: {why}", where=where, why=why)
    why += say("\n  see {place}", place=place) if place else ""
    return Outcome(job.id, State.FAILED, message=why, seconds=seconds)
