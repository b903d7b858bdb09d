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
    rest = jobs_as_built([target for target in others if states[target.id] is not State.CURRENT], plain)
    states |= states_of(rest)
    for job in (*jobs, *rest):
        if states.get(job.id) in {State.BLOCKED, State.STALE, State.CURRENT}:
            drafted = (manifest := options.store.manifest(job.id)) and manifest.latest_draft
            states[job.id] = State.DRAFT if drafted and drafted.key == job.key else states[job.id]
    return index.write(options.store, states, partial(name_of, options.params))
