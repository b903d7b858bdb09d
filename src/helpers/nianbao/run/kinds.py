"""What a notebook runs over: its parameters name it.

``bureau`` and ``year`` → each report; ``bureau`` → each bureau; ``authority`` and ``year`` → each bureau that others name as
their parent, in each year in which one of them reports. Any other parameters take their values from a file of rows.
Parameters beside these keep the defaults of the notebook's own cell.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nianbao.engine import parameters as cell
from nianbao.errors import NotebookError, UsageError
from nianbao.inputs.bureau import below, links_of
from nianbao.inputs.select import near, select
from nianbao.job_id import RunId
from nianbao.language import say
from nianbao.paths import KIT_NOTEBOOK, NOTEBOOK
from nianbao.run.rows import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nianbao.engine.parameters import Parameter
    from nianbao.findings import Finding
    from nianbao.inputs.bureau import Links
    from nianbao.job_id import JobId
    from nianbao.paths import ReportPaths


@dataclass(frozen=True, slots=True)
class Notebook:
    """A notebook's file and its parameters by name; ``error`` says why it cannot be run."""

    path: Path
    parameters: dict[str, Parameter] = field(default_factory=dict)
    error: str = ""

    @classmethod
    def of(cls, path: Path) -> Notebook:
        """Read a notebook; never raises for a bad one."""
        try:
            cells = json.loads(path.read_text("utf-8"))["cells"]
            found = cell.parameters_of("".join(cell.cell_of(cells, path.name)["source"]))
        except NotebookError as error:
            return cls(path, error=str(error))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            why = getattr(error, "strerror", None) or f"{type(error).__name__}: {error}"
            return cls(path, error=say("{path} cannot be read as a notebook ({why})", path=path, why=why))
        return cls(path, found)

    def given(self, **values: Any) -> dict[str, Any]:
        """The parameters of one run; ``params_dir``, where the notebook has it, is filled in when it runs."""
        return values | ({cell.PARAMS: ""} if self.error or cell.PARAMS in self.parameters else {})


@dataclass(frozen=True, slots=True)
class Target:
    """One run of a notebook.

    Parameters
    ----------
    id : JobId
        A `ReportId` when the notebook is the one that makes the bureau's reports, else a `RunId`.
    notebook : Path or None
        ``None`` when bureau.yaml names one that is not there, which is a fault of the report.
    parameters : dict
        What the notebook is given; ``params_dir`` is still empty.
    report : ReportPaths or None
        The report whose findings decide whether this may be built.
    links : Links or None
        What the bureau's bureau.yaml refers to.
    reads : tuple of Path
        The folders it may read, where it has no report.
    """

    id: JobId
    notebook: Path | None
    parameters: dict[str, Any]
    report: ReportPaths | None = None
    links: Links | None = None
    reads: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Targets:
    """What a build runs, and the faults of folders in params that are no reports."""

    targets: tuple[Target, ...]
    faults: tuple[Finding, ...] = ()


def targets_of(
    params: Path,
    notebook: Path | None = None,
    rows: Path | None = None,
    bureaus: Iterable[str] = (),
    years: Iterable[int] = (),
) -> Targets:
    """All runs that are asked for, in order.

    Parameters
    ----------
    notebook : Path, optional
        Without it each report is made by its bureau's own notebook, or by the annual one.
    rows : Path, optional
        A CSV or YAML file with one row of parameters for each run.

    Raises
    ------
    UsageError
        When nothing is selected, the notebook cannot be run, or a row does not fit its parameters.
    """
    bureaus, years = tuple(bureaus), tuple(years)
    annual = Notebook.of(annual_notebook(params))
    if notebook is None:
        if rows:
            raise UsageError(say("--set gives the parameters of a notebook; name it with --notebook PATH"))
        return _reports(params, annual, annual, bureaus, years)
    if not notebook.is_file():
        raise UsageError(say("no notebook {path}; name one with --notebook PATH", path=notebook))
    run = annual if notebook.resolve() == annual.path.resolve() else Notebook.of(notebook)
    if run.error:
        raise UsageError(run.error)
    if rows:
        if bureaus or years:
            raise UsageError(say("--set names all runs; --bureau and --year do not go with it"))
        return _rows(params, run, rows)
    if run.parameters.keys() >= {"bureau", "authority"}:
        raise _needs_rows(run)
    if run.parameters.keys() >= {"bureau", "year"}:
        return _reports(params, run, annual, bureaus, years)
    if run.parameters.keys() >= {"authority", "year"}:
        return _authorities(params, run, bureaus, years)
    if "bureau" in run.parameters:
        return _bureaus(params, run, bureaus, years)
    raise _needs_rows(run)


def annual_notebook(params: Path) -> Path:
    """The notebook that makes the reports of bureaus without one of their own: the project's, or the kit's."""
    path = params.parent / NOTEBOOK
    return path if path.is_file() else KIT_NOTEBOOK


def folder_of(notebook: Path, params: Path) -> str:
    """The name of the folder that a notebook's runs go to: no two notebooks share one."""
    home, path = (params.parent / NOTEBOOK.parent).resolve(), notebook.resolve()
    if path.parent == home:
        return path.stem
    try:
        apart = Path(os.path.relpath(path, params.parent.resolve())).as_posix()
    except ValueError:  # another drive
        apart = path.as_posix()
    return f"{path.stem}-{_short(apart)}"


def _needs_rows(run: Notebook) -> UsageError:
    names = ", ".join(name for name in run.parameters if name != cell.PARAMS)
    said = "{notebook} takes the parameters {names}: give them with --set FILE, a CSV or YAML file with one row for each run"
    return UsageError(say(said, notebook=run.path.name, names=names or "–"))


def _reports(params: Path, run: Notebook, annual: Notebook, bureaus: Sequence[str], years: Sequence[int]) -> Targets:
    """Each report; into its own folder when the notebook is the one that makes it."""
    selection = select(params, bureaus, years)
    links = {bureau: links_of(params, bureau) for bureau in sorted({report.bureau for report in selection.reports})}
    own = {bureau: _own(links[bureau], annual) for bureau in links}
    folder, targets = folder_of(run.path, params), []
    for report in selection.reports:
        official = own[report.bureau]
        notebook = official if run is annual else run
        is_own = run is annual or (official is not None and official.path.resolve() == run.path.resolve())
        over = RunId(folder, f"{report.bureau}-{report.year}")
        given = (notebook or annual).given(bureau=report.bureau, year=report.year)
        path = notebook.path if notebook else None
        targets.append(Target(report.id if is_own else over, path, given, report, links[report.bureau]))
    return Targets(tuple(targets), selection.faults)


def _own(links: Links, annual: Notebook) -> Notebook | None:
    if links.notebook:
        return Notebook.of(links.notebook)
    return None if links.names_notebook else annual


def _bureaus(params: Path, run: Notebook, bureaus: Sequence[str], years: Sequence[int]) -> Targets:
    if years:
        raise UsageError(say("{notebook} runs over bureaus, not years; leave --year out", notebook=run.path.name))
    selection = select(params, bureaus)
    folder = folder_of(run.path, params)
    found = dict.fromkeys(report.bureau for report in selection.reports)
    targets = (Target(RunId(folder, one), run.path, run.given(bureau=one), reads=(params / one,)) for one in found)
    return Targets(tuple(targets), selection.faults)


def _authorities(params: Path, run: Notebook, bureaus: Sequence[str], years: Sequence[int]) -> Targets:
    selection = select(params, years=years)
    every = dict.fromkeys(report.bureau for report in selection.reports)
    parents = {bureau: links_of(params, bureau).parent for bureau in every}
    known = sorted(set(filter(None, parents.values())))
    for bureau in bureaus:
        if bureau not in known:
            said = say("no bureau in {params} names “{bureau}” as its parent", params=params, bureau=bureau)
            raise UsageError(said + near(known))
    if not known:
        said = "{notebook} runs over authorities, and no bureau in {params} names a parent in its bureau.yaml"
        raise UsageError(say(said, notebook=run.path.name, params=params))
    return Targets(tuple(_over_years(params, run, bureaus or known, parents, selection.reports)), selection.faults)


def _over_years(
    params: Path, run: Notebook, authorities: Iterable[str], parents: dict[str, str], reports: Sequence[ReportPaths]
) -> Iterator[Target]:
    folder = folder_of(run.path, params)
    for authority in authorities:
        group = below(authority, parents)
        for year in sorted({report.year for report in reports if report.bureau in group[1:]}):
            given = run.given(authority=authority, year=year)
            reads = tuple(params / bureau for bureau in group)
            yield Target(RunId(folder, f"{authority}-{year}"), run.path, given, reads=reads)


def _rows(params: Path, run: Notebook, rows: Path) -> Targets:
    wanted = {name: one for name, one in run.parameters.items() if name != cell.PARAMS}
    folder = folder_of(run.path, params)
    reads = (params,) if params.is_dir() else ()
    found = read_rows(rows, wanted, run.path.name)
    targets = (Target(RunId(folder, _over(values)), run.path, run.given(**values), reads=reads) for values in found)
    return Targets(tuple(targets))


def _over(values: dict[str, Any]) -> str:
    """A row's folder: its values where they can stand in a file name, else what can stand there and a hash of all."""
    text = "-".join(map(str, values.values()))
    kept = "".join(char if char.isalnum() or char in "-_." else "_" for char in text)[:60].strip(".-")
    return kept if kept == text and kept else f"{kept or 'row'}-{_short(json.dumps(values, ensure_ascii=False))}"


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
