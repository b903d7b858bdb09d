"""Run a batch: check the reports, then build and publish each one in a process of its own (see `pool`).

This module starts fast: it imports neither pandas nor a renderer; the processes of the reports import them.
"""

from __future__ import annotations

import re
import secrets
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from nianbao.errors import ClusterError, NianbaoError, StoreError
from nianbao.formatnames import in_order
from nianbao.job_id import JobId
from nianbao.language import reason, say
from nianbao.render import formats
from nianbao.run.executors.local import LOCAL
from nianbao.run.job import Outcome, Verdict
from nianbao.run.plan import built, current, has_draft_to_go
from nianbao.run.preloading import preloading
from nianbao.run.process import NO_LIMITS
from nianbao.run.watch import SILENT
from nianbao.run.work import inspect, remove_draft, run_job
from nianbao.state import State

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from multiprocessing.connection import Connection
    from pathlib import Path

    from nianbao.job_id import ReportId
    from nianbao.run.executors.executor import Executor, Places
    from nianbao.run.job import Job, Options
    from nianbao.run.manifest import Manifest
    from nianbao.run.process import Limits
    from nianbao.run.store.store import Store
    from nianbao.run.watch import Watch

CHUNK = 50  # reports that share a process: the first takes twice as long as the others
CHECKING, BUILDING, PROVING = "checking", "building", "proving"
UNDONE = "not done, because --fail-fast ended the batch"


def run(
    jobs: Sequence[Job],
    options: Options,
    limits: Limits = NO_LIMITS,
    watch: Watch = SILENT,
    executor: Executor = LOCAL,
) -> Generator[Outcome, None, None]:
    """Check the reports that are not up to date and build those that may be built; the caller has locked the store.

    Yields the outcome of each job as it ends. Closing the generator kills what still runs. With ``fail_fast`` the first job
    that has failed or is blocked does so too, as does a cluster or a store that is gone, and the outcomes of the others say
    that they are not done.

    Raises
    ------
    UsageError
        When the store cannot be written to, or the executor has no places for the jobs.
    StoreError
        When the store was lost in between; after the outcomes of all jobs.
    """
    store = options.store
    watch.repaired(store.repair())
    left, attempts, why = {job.id: job for job in jobs}, Counter[JobId](), say(UNDONE)
    lost: StoreError | None = None
    try:
        try:
            # The scratch folder is for reports as the checks have read them.
            with store.scratch() as folder, executor.at_work(jobs, folder) as places:
                known = [
                    replace(job, read=folder / str(number), seal=secrets.token_bytes()) for number, job in enumerate(jobs)
                ]
                batch = _Batch(options, preloading(limits, known, places), watch, places, folder, attempts)
                with closing(batch.ended(known)) as ended:
                    for outcome in ended:
                        if outcome.state is State.FAILED:
                            store.require_there(folder)
                        del left[outcome.id]
                        watch.ended(outcome)
                        yield outcome
                        if options.fail_fast and not outcome.state.is_good:
                            break
        except ClusterError as error:
            why = say("not done: {why}", why=error)
        except StoreError as error:
            lost, why = error, say("not done: {why}", why=error)
        for job in left.values():
            undone = Outcome(job.id, State.DUE, message=why)
            try:
                undone = undone if lost else _overtaken(job) or undone
            except StoreError as error:
                lost = error
            outcome = replace(undone, attempts=attempts[job.id])
            watch.ended(outcome)
            yield outcome
        if lost:
            raise lost
    finally:
        if not lost:
            _put_in_order(store, watch)


def _put_in_order(store: Store, watch: Watch) -> None:
    """Repair what processes leave that were lost or stopped; a store that is gone now has to wait for the next build."""
    try:
        watch.repaired(store.repair())
    except StoreError as error:
        watch.repaired([str(error)])


@dataclass(frozen=True, slots=True)
class _Batch:
    """A batch at its places.

    Parameters
    ----------
    folder : Path
        The scratch folder of the store.
    attempts : Counter
        How many processes have begun each job; it is counted on.
    """

    options: Options
    limits: Limits
    watch: Watch
    places: Places
    folder: Path
    attempts: Counter[JobId]

    def ended(self, jobs: Sequence[Job]) -> Generator[Outcome, None, None]:
        """The outcomes of the jobs as they come to an end."""
        due = []
        for job in jobs:
            manifest = built(job)
            if job.target.is_only_compared:
                yield Outcome(job.id, State.COMPARED, message=say("not built, as its report.yaml says only_compared"))
            elif manifest and (made := current(job, manifest)):
                yield _unchanged(job, made, manifest)
            else:
                due.append(job)
        verdicts = self._verdicts([job for job in due if job.report])
        self.watch.listed([verdicts[job.report.id] for job in due if job.report and job.report.id in verdicts])
        sound = []
        for job in due:
            known = verdicts.get(job.report.id) if job.report else None
            if known and known.forbids(self.options):
                # Its data block a report; that it could not be checked is no fault of theirs.
                state, tried = (State.FAILED, 1 + self.options.retries) if known.error else (State.BLOCKED, 0)
                yield Outcome(job.id, state, known.findings, message=known.error, title=known.title, attempts=tried)
            else:
                sound.append(job)
        yield from self._built(sound)

    def _verdicts(self, jobs: Sequence[Job]) -> dict[ReportId, Verdict]:
        self.watch.begin(CHECKING, len(jobs))
        verdicts: dict[ReportId, Verdict] = {}
        with closing(check(jobs, self.limits, self.options.retries, self.places)) as checked:
            for verdict in checked:
                verdicts[verdict.id] = verdict
                self.watch.checked(verdict)
                if self.options.fail_fast and verdict.forbids(self.options):
                    break
        return verdicts

    def _built(self, jobs: Sequence[Job]) -> Generator[Outcome, None, None]:
        wanted = [formats.find(name) for name in in_order({name for job in jobs for name in job.options.formats})]
        if jobs and (unread := [one.name for one in wanted if one.read is None]):
            self.watch.unread(unread)
        self.watch.begin(BUILDING, len(jobs))
        failures, results = Counter[JobId](), Counter[JobId]()

        def begun(job: Job) -> None:
            self.attempts[job.id] += 1
            self.watch.started(job.id, self.attempts[job.id])

        def again(job: Job, outcome: Outcome) -> bool:
            results[job.id] += 1
            failures[job.id] += (
                outcome.state is State.FAILED
            )  # A worker that was lost has ended an attempt too, and is none.
            is_left = outcome.state is State.FAILED and failures[job.id] <= self.options.retries
            if is_left:
                self.options.store.require_there(self.folder)
                self.watch.retried(replace(outcome, attempts=self.attempts[job.id]))
            return is_left

        press = partial(_press, [one.name for one in wanted], self.options.fonts)
        with closing(self.places.each(run_job, jobs, _lost, self.limits, press, begun=begun, again=again)) as outcomes:
            for outcome in outcomes:
                yield replace(outcome, attempts=self.attempts[outcome.id])
        if count := sum(self.attempts[one] > number for one, number in results.items()):
            self.watch.rebuilt(count)


def _overtaken(job: Job) -> Outcome | None:
    """The outcome of a job whose files were published at the moment when the batch ended; ``None`` where they were not."""
    manifest = built(job)
    made = manifest and current(job, manifest)
    return _unchanged(job, made, manifest) if manifest and made else None


def _unchanged(job: Job, made: Manifest, manifest: Manifest) -> Outcome:
    """The outcome of a job of whose folder ``made`` is up to date: all of it, or the draft in it."""
    store = job.options.store
    try:
        said = remove_draft(job) if has_draft_to_go(job, manifest) else ""
    except (OSError, NianbaoError) as error:  # such as a folder that nobody may write to
        return Outcome(job.id, State.FAILED, message=str(error), title=made.title)
    if job.options.draft and not made.draft:
        said = say("what is published is up to date, so no draft was made; --force makes one")
    files = ((name, one.sha256) for name, one in manifest.outputs.items() if name.startswith(f"{made.stem}."))
    places = {store.place(job.id, name): sha256 for name, sha256 in files}
    findings = tuple(one.finding for one in made.findings)
    return Outcome(job.id, State.CURRENT, findings, message=said, title=made.title, outputs=places)


def check(
    jobs: Sequence[Job], limits: Limits = NO_LIMITS, retries: int = 0, places: Places = LOCAL
) -> Generator[Verdict, None, None]:
    """Yield the verdict on each report, in any order; without ``force`` a stored verdict on the same inputs is used.

    No notebook runs here, so several reports share a process. When it is lost, its reports are checked again, one by one,
    and up to ``retries`` times more.
    """
    unseen = []
    for job in jobs:
        known = None if job.options.force or not job.report else job.options.store.verdict(job.report.id, job.check_key)
        if known is None:
            unseen.append(job)
        else:
            yield known
    size = max(1, min(CHUNK, -(-len(unseen) // places.at_a_time(limits))))
    chunks = [unseen[start : start + size] for start in range(0, len(unseen), size)]
    seen: set[ReportId] = set()
    with closing(places.each(_inspect_all, chunks, _unread, limits)) as found:
        for verdicts in found:
            seen.update(verdict.id for verdict in verdicts)
            yield from verdicts
    alone = [job for job in unseen if job.report and job.report.id not in seen]
    left = Counter({job.id: retries for job in alone})

    def again(job: Job, verdict: Verdict) -> bool:
        left[job.id] -= 1
        return bool(verdict.error) and left[job.id] >= 0

    yield from places.each(inspect, alone, _unchecked, limits, again=again)


def _unchecked(job: Job, why: str, _: float) -> Verdict:
    assert job.report  # Only a job with a report is checked.
    return Verdict(job.report.id, error=why)


def _press(names: Sequence[str], fonts: Path | None, control: Connection) -> None:
    from nianbao.run import press

    press.serve(names, fonts, control)


def _unread(jobs: list[Job], why: str, _: float) -> list[Verdict]:
    """No verdict: the reports of a process that was lost are checked one by one."""
    return []


def _inspect_all(jobs: list[Job]) -> list[Verdict]:
    return [inspect(job) for job in jobs]


def _lost(job: Job, why: str, seconds: float) -> Outcome:
    """The outcome of a job whose process ended without a result; the store keeps the files that it left."""
    manifest = built(job)
    if manifest and (made := current(job, manifest)):  # It has published them, and ended before it could say so.
        return replace(_unchanged(job, made, manifest), state=made.state, seconds=seconds)
    store = job.options.store
    try:
        place = store.lost(job.id, f"{why}\n")
        # The engine logs each cell before it runs.
        begun = re.findall("^── cell (.+?): (.*)$", store.log(job.id) if place else "", re.M)
    except (OSError, NianbaoError) as error:  # such as a full disk
        why += say("\n  and its traceback could not be kept: {why}", why=reason(error))
        return Outcome(job.id, State.FAILED, message=why, seconds=seconds)
    if begun and job.target.notebook:
        count, line = begun[-1]
        where = say("{notebook}, cell {count} “{line}”", notebook=job.target.notebook.name, count=count, line=line[:60])
        why = say("{where}: {why}", where=where, why=why)
    why += say("\n  see {place}", place=place) if place else ""
    return Outcome(job.id, State.FAILED, message=why, seconds=seconds)
