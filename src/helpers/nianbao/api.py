"""The functions for programs: build, check and plan, with the same defaults as the command."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.errors import UsageError
from nianbao.inputs.select import bureau_name, select
from nianbao.paths import NOTEBOOK, find_params
from nianbao.render import formats
from nianbao.review import index
from nianbao.run import batch
from nianbao.run.batch import SILENT
from nianbao.run.job import Options
from nianbao.run.plan import jobs_of, orphans, steps_of
from nianbao.run.process import NO_LIMITS
from nianbao.run.store.local import LocalStore

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nianbao.findings import Finding
    from nianbao.inputs.select import Selection
    from nianbao.report_id import ReportId
    from nianbao.run.batch import Watch
    from nianbao.run.job import Job, Outcome, Verdict
    from nianbao.run.plan import Step
    from nianbao.run.process import Limits
    from nianbao.run.store.store import Store

Folder = str | Path


@dataclass(frozen=True, slots=True)
class Built:
    """The result of a build: one outcome per selected report, the faults of folders in params, where the index page is."""

    outcomes: tuple[Outcome, ...]
    faults: tuple[Finding, ...]
    index: str

    @property
    def is_good(self) -> bool:
        """Whether every selected report is built."""
        return not self.faults and all(outcome.state.is_good for outcome in self.outcomes)


@dataclass(frozen=True, slots=True)
class Checked:
    """The result of a check: one verdict per selected report, sorted by id, and the faults of folders in params."""

    verdicts: tuple[Verdict, ...]
    faults: tuple[Finding, ...]

    @property
    def is_good(self) -> bool:
        """Whether every selected report may be published."""
        return not self.faults and not any(verdict.is_blocked for verdict in self.verdicts)


@dataclass(frozen=True, slots=True)
class Planned:
    """What a build would do with each selected report, the faults of folders in params, and the orphans.

    An orphan is a published report whose folder in params is gone.
    """

    steps: tuple[Step, ...]
    faults: tuple[Finding, ...]
    orphans: tuple[ReportId, ...]


def build(
    params: Folder = "",
    outputs: Folder | Store | None = None,
    *,
    bureaus: Iterable[str] = (),
    years: Iterable[int] = (),
    to: Iterable[str] = formats.DEFAULT,
    notebook: Folder | None = None,
    fonts: Folder | None = None,
    draft: bool = False,
    force: bool = False,
    limits: Limits = NO_LIMITS,
    watch: Watch = SILENT,
) -> Built:
    """Check the reports that are not up to date, build and publish those without errors, and write the index.

    Parameters
    ----------
    params : str or Path
        The params folder; when empty, the nearest ``params`` in the working directory or above it.
    outputs : str, Path or Store, optional
        Where reports are written; by default ``outputs`` beside params.
    bureaus, years : iterable of str, iterable of int
        Bureau ids and report years to build; empty means all.
    to : iterable of str
        Output formats, such as ``html`` and ``pdf``.
    notebook : str or Path, optional
        The notebook to run for each report; by default ``notebooks/annual_report.ipynb`` beside params.
    fonts : str or Path, optional
        A folder of official fonts for the PDF.
    draft : bool
        Also build reports that have errors, as stamped drafts beside the published files.
    force : bool
        Also build reports that are up to date.
    limits : Limits
        How many processes run at a time; how many seconds and MiB one report may take.
    watch : Watch
        Its methods are called as the build proceeds.

    Raises
    ------
    UsageError
        When a file or folder is missing or cannot be written, an output format is unknown, another build uses the outputs,
        or nothing is selected.
    """
    options = options_of(params, outputs, to=to, notebook=notebook, fonts=fonts, draft=draft, force=force)
    jobs, selection = _jobs(options, bureaus, years)
    watch.misplaced(selection.faults)
    outcomes = batch.run(jobs, options, limits, watch)
    states = {outcome.id: outcome.state for outcome in outcomes}
    # The index lists all reports that have params, also when only some are built.
    others = [report for report in select(options.params).reports if report.id not in states]
    if others:
        states |= {step.id: step.state for step in steps_of(jobs_of(others, options))}
    page = index.write(options.store, states, partial(bureau_name, options.params))
    return Built(tuple(outcomes), selection.faults, page)


def check(
    params: Folder = "",
    outputs: Folder | Store | None = None,
    *,
    bureaus: Iterable[str] = (),
    years: Iterable[int] = (),
    limits: Limits = NO_LIMITS,
) -> Checked:
    """List faults and findings without building anything; no notebook runs. Parameters and errors as for `build`."""
    root = find_params(params)
    options = Options(root, store_of(outputs or root.parent / "outputs"), notebook=None, formats=())
    jobs, selection = _jobs(options, bureaus, years)
    verdicts = sorted(batch.check(jobs, limits), key=lambda verdict: verdict.id)
    return Checked(tuple(verdicts), selection.faults)


def plan(
    params: Folder = "",
    outputs: Folder | Store | None = None,
    *,
    bureaus: Iterable[str] = (),
    years: Iterable[int] = (),
    to: Iterable[str] = formats.DEFAULT,
    notebook: Folder | None = None,
    fonts: Folder | None = None,
    draft: bool = False,
    force: bool = False,
) -> Planned:
    """Say what a build would do, and why, without reading a report. Parameters and errors as for `build`."""
    bureaus, years = list(bureaus), list(years)
    options = options_of(params, outputs, to=to, notebook=notebook, fonts=fonts, draft=draft, force=force)
    jobs, selection = _jobs(options, bureaus, years)
    gone = () if bureaus or years else orphans(options)
    return Planned(tuple(steps_of(jobs)), selection.faults, tuple(gone))


def options_of(
    params: Folder = "",
    outputs: Folder | Store | None = None,
    *,
    to: Iterable[str] = formats.DEFAULT,
    notebook: Folder | None = None,
    fonts: Folder | None = None,
    draft: bool = False,
    force: bool = False,
) -> Options:
    """The options of a build, with all defaults filled in. Parameters and errors as for `build`."""
    root = find_params(params)
    path = Path(notebook) if notebook else root.parent / NOTEBOOK
    if not path.is_file():
        raise UsageError(f"no notebook {path}; name one with --notebook PATH")
    official = Path(fonts) if fonts else None
    if official and not official.is_dir():
        raise UsageError(f"no folder {official} (--fonts)")
    return Options(
        params=root,
        store=store_of(outputs or root.parent / "outputs"),
        notebook=path,
        formats=tuple(formats.find(name).name for name in dict.fromkeys(to)),
        draft=draft,
        force=force,
        fonts=official,
    )


def store_of(outputs: Folder | Store) -> Store:
    """The store itself, or a store in the given folder."""
    return LocalStore(Path(outputs).absolute()) if isinstance(outputs, (str, Path)) else outputs


def _jobs(options: Options, bureaus: Iterable[str], years: Iterable[int]) -> tuple[list[Job], Selection]:
    selection = select(options.params, bureaus, years)
    return jobs_of(selection.reports, options), selection
