"""The index of all reports, written after a build of some of them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from nianbao.errors import UsageError
from nianbao.inputs.bureau import name_of
from nianbao.language import say
from nianbao.review import index
from nianbao.run.asked import all_targets
from nianbao.run.plan import jobs_as_built, jobs_of, states_of
from nianbao.state import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nianbao.job_id import JobId
    from nianbao.run.job import Job, Options, Outcome
    from nianbao.run.manifest import Manifest


def written(options: Options, jobs: Sequence[Job], outcomes: Iterable[Outcome]) -> tuple[str, str]:
    """Where the index is, and why it could not be written: a full disk takes nothing from the reports that are published."""
    try:
        return _write_index(options, jobs, outcomes), ""
    except (UsageError, OSError) as error:
        return "", say("the index could not be written: {why}", why=error)


def _write_index(options: Options, jobs: Sequence[Job], outcomes: Iterable[Outcome]) -> str:
    """Write the index of all reports that have params, also when only some were built; returns where it is."""
    # Of what is not done the folder tells how it is.
    states: dict[JobId, State] = {outcome.id: outcome.state for outcome in outcomes if outcome.state is not State.DUE}
    others = [target for target in all_targets(options.params).targets if target.id not in states]
    # What this build was asked for is no measure of the others; the most are up to date in the same formats.
    plain = replace(options, force=False, draft=False, deep=False)
    states |= states_of(jobs_of(others, plain))
    alone = {State.FAILED, State.COMPARED}
    drafted = [job.target for job in jobs if states.get(job.id, State.FAILED) not in alone and _draft(job)]
    due = [target for target in others if states[target.id] not in {State.CURRENT, State.COMPARED}]
    for job in jobs_as_built([*drafted, *due], plain):
        state, draft = states_of([job])[job.id], _draft(job)
        # A draft changes nothing that is said of published files beside it that are up to date.
        is_of_draft = state is not State.CURRENT and draft is not None and draft.key == job.key
        states[job.id] = State.DRAFT if is_of_draft else state
    return index.write(options.store, states, partial(name_of, options.params))


def _draft(job: Job) -> Manifest | None:
    """The record of the draft in the folder of a job; ``None`` without one, and where files are not as they were built."""
    made = job.options.store.manifest(job.id)
    return made.latest_draft if made else None
