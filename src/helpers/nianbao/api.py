"""The functions for programs: build, check, plan, diff and verify, with the same defaults as the command."""

from __future__ import annotations

import inspect
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from nianbao.errors import UsageError
from nianbao.inputs.bureau import name_of
from nianbao.review import building
from nianbao.review.proof import asked, copied, proved_by, selected
from nianbao.run import batch, neighbours
from nianbao.run import verify as proofs
from nianbao.run.asked import (
    all_targets,
    jobs_asked,
    notebook_of,
    options_of,
    params_of,
    place_given,
    rows_of,
    several,
    spans,
)
from nianbao.run.executors.local import LOCAL
from nianbao.run.leaving import closed_at_exit
from nianbao.run.plan import jobs_as_built, orphans, steps_of
from nianbao.run.process import NO_LIMITS
from nianbao.run.results import Built, Checked, Planned, Proved
from nianbao.run.store.place import store_of
from nianbao.run.targets import targets_of
from nianbao.run.watch import SILENT
from nianbao.state import State

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from nianbao.review.compared import Differing
    from nianbao.run.asked import Folder, GivenRows, Names, Years
    from nianbao.run.executors.executor import Executor
    from nianbao.run.job import Options, Outcome
    from nianbao.run.process import Limits
    from nianbao.run.store.store import Store
    from nianbao.run.watch import Watch

P = ParamSpec("P")
R = TypeVar("R")


def _signed_as(other: Callable[P, Any]) -> Callable[[Callable[..., R]], Callable[P, R]]:
    """Give a function the parameters of another one, to which it hands them on, also where ``help`` shows them."""

    def sign(function: Callable[..., R]) -> Callable[P, R]:
        returned = inspect.signature(function).return_annotation
        # help() and editors read this attribute, which the type of functions does not have.
        function.__signature__ = inspect.signature(other).replace(return_annotation=returned)  # type: ignore[attr-defined]
        return function

    return sign


def outcomes(
    params: Folder = "",
    outputs: Folder | Store | None = None,
    *,
    bureaus: Names = (),
    years: Years = (),
    to: Names = (),
    notebook: Folder | None = None,
    rows: GivenRows | None = None,
    fonts: Folder | None = None,
    draft: bool = False,
    force: bool = False,
    deep: bool = False,
    log_output: bool = False,
    retries: int = 0,
    fail_fast: bool = False,
    limits: Limits = NO_LIMITS,
    watch: Watch = SILENT,
    executor: Executor | None = None,
) -> Generator[Outcome, None, Built]:
    """Build as `build` does, and yield the outcome of each report as it ends; what `build` returns is the generator's value.

    Findings that depend on reports of other bureaus are known at the end only: they are in `Built`. While the caller is busy
    with one outcome, reports that run go on, and no other begins but those that the scheduler of a cluster has. Closing the
    generator, as leaving the loop does, ends the reports that run and writes the index; what is finished is published.
    Parameters and errors as for `build`: those of parameters are raised here, and those of a store that cannot be used by
    the first `next`.
    """
    given = rows_of(rows)
    options = options_of(
        params, outputs, to, fonts, not notebook, draft=draft, force=force, deep=deep, log_output=log_output,
        retries=retries, fail_fast=fail_fast,
    )  # fmt: skip
    jobs, faults = jobs_asked(options, notebook, given, bureaus, years)
    return closed_at_exit(building.outcomes(jobs, faults, options, limits, watch, executor or LOCAL))


@_signed_as(outcomes)
def build(*args: Any, **asked: Any) -> Built:
    """Check the reports that are not up to date, build and publish those without errors, and write the index.

    Parameters
    ----------
    params : str or Path
        The params folder; when empty, the nearest ``params`` in the working directory or above it.
    outputs : str, Path or Store, optional
        Where reports are written; by default ``outputs`` beside params.
    bureaus, years, to : iterables of str, of int, of str
        Bureaus, by id or name, and report years to build, empty means all; output formats, empty means those
        that the bureau's bureau.yaml names, or else HTML and PDF. A single one may stand alone.
    notebook : str or Path, optional
        A notebook to run over what its parameters name; by default each report is made by its bureau's own notebook, or by
        ``notebooks/annual_report.ipynb`` beside params.
    rows : str, Path, iterable of mappings or mapping, optional
        The notebook's parameters: a CSV or YAML file with one row for each run, or one mapping for each run, as
        ``frame.to_dict("records")`` of pandas gives them. A single mapping is one run, in which other parameters keep their
        defaults; a notebook whose parameters name no bureau runs once with all of its defaults when there are no rows.
    fonts : str or Path, optional
        A folder of official fonts.
    draft, force, deep : bool
        Also build reports that have errors, as stamped drafts beside the published files; reports that are up to date; and
        reports of which a file was changed though it is as large as it was.
    log_output, fail_fast : bool
        Keep what the cells of good reports print (`Outcome.log`); end the batch after the first report that fails or is
        blocked.
    retries : int
        How many more times a report is tried that has failed, at most 100.
    limits : Limits
        How many processes run at a time; how many seconds and MiB one report may take.
    watch : Watch
        Its methods are called as the build proceeds. What they raise ends the batch, as Ctrl-C does: what is finished stays
        published, and the index is written.
    executor : Executor, optional
        Where reports are built: by default on this machine; with ``Dask(address)`` on the workers of a Dask cluster.

    Raises
    ------
    UsageError
        When a file or folder is missing or cannot be written, a format is unknown, a number out of bounds, nothing selected,
        a row does not fit the notebook's parameters, or the executor cannot be used.
    BusyError
        When another build is at work in these outputs.
    """
    running = outcomes(*args, **asked)
    while True:
        try:
            next(running)
        except StopIteration as end:
            built: Built = end.value
            return built


def check(
    params: Folder = "",
    outputs: Folder | Store | None = None,
    *,
    bureaus: Names = (),
    years: Years = (),
    fonts: Folder | None = None,
    limits: Limits = NO_LIMITS,
) -> Checked:
    """List faults and findings without building anything; no notebook runs. Parameters and errors as for `build`."""
    return checked(options_of(params, outputs, (), fonts), bureaus, years, limits)


def checked(options: Options, bureaus: Names, years: Years, limits: Limits, watch: Watch = SILENT) -> Checked:
    """As `check`, of the params and outputs of these options; who goes on to read them has those that were checked."""
    jobs, faults = jobs_asked(options, None, None, bureaus, years)
    # Of a report that is only compared with nobody mends anything; whoever names its year wants to see it.
    own = [job for job in jobs if not job.target.is_only_compared]
    jobs = jobs if years else own or jobs
    found = []
    watch.begin(batch.CHECKING, len(jobs))
    for verdict in batch.check(jobs, limits):
        watch.checked(verdict)
        found.append(verdict)
    found.sort(key=lambda verdict: verdict.id)
    verdicts, missing = neighbours.verdicts(found, jobs, options, limits)
    return Checked(tuple(verdicts), faults, missing)


def plan(
    params: Folder = "",
    outputs: Folder | Store | None = None,
    *,
    bureaus: Names = (),
    years: Years = (),
    to: Names = (),
    notebook: Folder | None = None,
    rows: GivenRows | None = None,
    fonts: Folder | None = None,
    draft: bool = False,
    force: bool = False,
    deep: bool = False,
) -> Planned:
    """Say what a build would do, and why, without reading a report. Parameters and errors as for `build`."""
    bureaus, years = several(bureaus), spans(years)
    given = rows_of(rows)
    options = options_of(params, outputs, to, fonts, not notebook, draft=draft, force=force, deep=deep)
    jobs, faults = jobs_asked(options, notebook, given, bureaus, years)
    gone = () if bureaus or years or notebook else orphans(options)
    store = options.store
    return Planned(tuple(steps_of(jobs)), faults, tuple(gone), tuple(store.strangers()), tuple(store.refusals()))


def diff(
    params: Folder = "",
    outputs: Folder | Store | None = None,
    *,
    bureaus: Names = (),
    years: Years = (),
    against: str | int = State.PUBLISHED.code,
    every: bool = False,
    limits: Limits = NO_LIMITS,
) -> Differing:
    """Compare what is published with what params say now, or a report with one of another year of the same bureau.

    Nothing is checked or built, and no notebook runs. Parameters and errors as for `build`, and:

    Parameters
    ----------
    against : str or int
        ``published``, ``last`` for the year before each report's own, or a year.
    every : bool
        Also give what is the same. Paragraphs that are the same as in another year are always given.
    """
    from nianbao.review import compared

    bureaus, chosen = several(bureaus), spans(years)
    options = options_of(params, outputs, (), None)
    asked_for = targets_of(options.params, bureaus=bureaus, years=chosen)
    if against == compared.PUBLISHED:
        jobs = jobs_as_built(asked_for.targets, options)
        found = compared.published(jobs, options, limits, every, not (bureaus or chosen))
    else:
        reports = [target.report for target in asked_for.targets if target.report]
        found = compared.years(reports, compared.year_of(against), limits, every)
    return compared.Differing(tuple(found), asked_for.faults)


def verify(
    params: Folder = "",
    outputs: Folder | Store | None = None,
    *,
    bureaus: Names = (),
    years: Years = (),
    notebook: Folder | None = None,
    rows: GivenRows | None = None,
    fonts: Folder | None = None,
    limits: Limits = NO_LIMITS,
    watch: Watch = SILENT,
) -> Proved:
    """Prove outputs: render each report again, in the formats it was built in, and compare all bytes and all records.

    What has no params any more, or was made by another notebook, is compared with its manifest alone; without params
    all is. That proves that nothing was changed since, not who built it. Nothing is written. Parameters as for `build`.

    Raises
    ------
    UsageError
        When there is nothing to prove; as `build`.
    """
    bureaus, years = several(bureaus), spans(years)
    here = Path("outputs")
    is_copy = outputs is None and not params and here.is_dir() and not Path("params").is_dir()
    try:
        source = None if is_copy else params_of(params)
    except UsageError:
        if params or not outputs:
            raise
        source = None
    if source is None:
        return copied(store_of(place_given(outputs or here)), bureaus, years)
    given = rows_of(rows)
    options = options_of(source, outputs, (), fonts)
    root, everything = options.params, not (bureaus or years or notebook)
    if notebook or given is not None:
        found, there = targets_of(root, notebook_of(notebook, options), given, bureaus, years), []
    else:
        found = all_targets(root) if everything else selected(root, options.store, bureaus, years)
        there = asked(options.store, bureaus, years)
    jobs = jobs_as_built(found.targets, options)
    known = {job.id for job in jobs}
    others = [one for one in there if one not in known]
    jobs = [job for job in jobs if options.store.record(job.id) or not job.target.is_only_compared]
    watch.begin(batch.PROVING, len(jobs))
    proved = []
    for proof in proofs.again(jobs, limits):
        proved.append(proof)
        watch.proved(proof)
    proved += proofs.against_manifests(options.store, others, has_params=True)
    listed = [*known, *(target.id for target in ([] if everything else all_targets(root).targets))]
    return proved_by(options.store, proved, found.faults, listed, partial(name_of, root))
