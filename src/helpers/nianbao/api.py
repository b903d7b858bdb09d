"""The doors for programs: build, check and plan, with the same defaults as the command."""

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
    """What a build came to: one outcome for each report asked for, what is wrong with the folders of params, the index."""

    outcomes: tuple[Outcome, ...]
    faults: tuple[Finding, ...]
    index: str

    @property
    def is_good(self) -> bool:
        """Whether everything asked for is built."""
        return not self.faults and all(outcome.state.is_good for outcome in self.outcomes)


@dataclass(frozen=True, slots=True)
class Checked:
    """The verdict on each report asked for, in order, and what is wrong with the folders of params."""

    verdicts: tuple[Verdict, ...]
    faults: tuple[Finding, ...]

    @property
    def is_good(self) -> bool:
        """Whether everything asked for may be published."""
        return not self.faults and not any(verdict.is_blocked for verdict in self.verdicts)


@dataclass(frozen=True, slots=True)
class Planned:
    """What a build would do with each report asked for, what is wrong with the folders of params, and published reports
    there are no params for any more.
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
    """Check what is due, build what is sound, publish it and write the index.

    Parameters
    ----------
    params : str or Path
        The params folder; when empty the nearest one in the working directory or above it.
    outputs : str, Path or Store, optional
        Where reports go: ``outputs`` beside params when left out.
    bureaus, years
        Only these; all when empty.
    to : iterable of str
        Output formats, such as ``html`` and ``pdf``.
    notebook : str or Path, optional
        The notebook that is run for each report: ``notebooks/annual_report.ipynb`` beside params when left out.
    fonts : str or Path, optional
        A folder of official fonts for the PDF.
    draft : bool
        Build what has errors as a stamped draft, beside what is published.
    force : bool
        Build what is up to date as well.
    limits : Limits
        Processes at a time; seconds and MiB that a report may take.
    watch : Watch
        Who looks on.

    Raises
    ------
    UsageError
        When a folder cannot be read or written, another build holds the outputs, or nothing is selected.
    """
    options = options_of(params, outputs, to=to, notebook=notebook, fonts=fonts, draft=draft, force=force)
    jobs, selection = _jobs(options, bureaus, years)
    watch.misplaced(selection.faults)
    outcomes = batch.run(jobs, options, limits, watch)
    states = {outcome.id: outcome.state for outcome in outcomes}
    # All reports there are params for, so that building some keeps the index of all.
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
    """The options of a build, defaults filled in and folders found. Parameters and errors as for `build`."""
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
    """A store, or the folder that is one."""
    return LocalStore(Path(outputs).absolute()) if isinstance(outputs, (str, Path)) else outputs


def _jobs(options: Options, bureaus: Iterable[str], years: Iterable[int]) -> tuple[list[Job], Selection]:
    selection = select(options.params, bureaus, years)
    return jobs_of(selection.reports, options), selection
