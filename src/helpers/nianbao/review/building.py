"""One build, from the lock of its store to the page of its index."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao.errors import StoreError
from nianbao.review.written import written
from nianbao.run import batch, neighbours
from nianbao.run.plan import still
from nianbao.run.results import Built

if TYPE_CHECKING:
    from collections.abc import Generator

    from nianbao.findings import Finding
    from nianbao.job_id import JobId
    from nianbao.run.executors.executor import Executor
    from nianbao.run.job import Job, Options, Outcome
    from nianbao.run.process import Limits
    from nianbao.run.watch import Watch


def outcomes(
    jobs: list[Job], faults: tuple[Finding, ...], options: Options, limits: Limits, watch: Watch, executor: Executor
) -> Generator[Outcome, None, Built]:
    """Run a batch: each outcome as it ends; the value of the generator is what the build comes to.

    Raises
    ------
    BusyError
        When another build holds the store.
    UsageError, StoreError
        When the store cannot be used.
    """
    watch.misplaced(faults)
    watch.planned(len(jobs))
    made: dict[JobId, Outcome] = {}
    built: Built | None = None
    try:
        with options.store.locked():
            built = yield from _batch(made, jobs, faults, options, limits, watch, executor)
    except StoreError as error:
        if not made:
            raise  # before anything was begun; else `made` has all
        built = built or Built(tuple(made[job.id] for job in jobs), faults, "")
        return replace(built, problem=built.problem or str(error))
    return built


def _batch(
    made: dict[JobId, Outcome],
    jobs: list[Job],
    faults: tuple[Finding, ...],
    options: Options,
    limits: Limits,
    watch: Watch,
    executor: Executor,
) -> Generator[Outcome, None, Built]:
    """What `outcomes` does while the store is locked; ``made`` is filled. Raises `StoreError` where the store is lost."""
    try:
        with closing(batch.run(jobs, options, limits, watch, executor)) as running:
            for outcome in running:
                made[outcome.id] = outcome
                yield outcome
        found, missing = neighbours.outcomes(still((made[job.id] for job in jobs), options.store), jobs, options, limits)
    except StoreError:
        raise
    except BaseException as error:  # Ctrl-C, a caller that leaves, a watch that raises: what is finished is published.
        if problem := written(options, jobs, made.values())[1]:
            error.add_note(problem)
        raise
    place, problem = written(options, jobs, found)
    return Built(tuple(found), faults, place, problem, missing)
