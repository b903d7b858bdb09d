"""What a notebook runs over: its parameters name it.

``bureau`` and ``year`` → each report; ``bureau`` → each bureau; ``authority`` and ``year`` → each bureau that others name as
their parent, in each year in which one of them reports. Parameters beside these keep the defaults of the notebook's own
cell. With any other parameters, or none, a notebook runs once, with its defaults, or takes their values from rows.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nianbao.engine import parameters as cell
from nianbao.engine.shape import odd_of
from nianbao.errors import NotebookError, UsageError
from nianbao.findings import meant
from nianbao.inputfiles import NotRead, read_file
from nianbao.inputs.bureau import below, links_of
from nianbao.inputs.naming import all_of, id_of
from nianbao.inputs.onlycompared import is_only_compared
from nianbao.inputs.select import bureaus_of, near, select
from nianbao.job_id import RunId
from nianbao.language import say
from nianbao.paths import KIT_NOTEBOOK, NOTEBOOK
from nianbao.run.places import DEFAULT, folder_of, names_of
from nianbao.run.rows import defaults_of, read_row, read_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nianbao.engine.parameters import Parameter
    from nianbao.findings import Finding
    from nianbao.inputs.bureau import Links
    from nianbao.job_id import JobId
    from nianbao.paths import ReportPaths
    from nianbao.run.rows import Resolve, Rows


@dataclass(frozen=True, slots=True)
class Notebook:
    """A notebook's file and its parameters by name; ``error`` says why it cannot be run."""

    path: Path
    parameters: dict[str, Parameter] = field(default_factory=dict)
    error: str = ""

    @classmethod
    def of(cls, path: Path) -> Notebook:
        """Read a notebook; never raises for a bad one."""
        path = path.resolve()  # Modules lie beside the file itself, not beside a link to it.
        plain = None
        try:
            plain = json.loads(read_file(path))
            tagged = cell.cell_of(plain["cells"], path.name)
            found = cell.parameters_of("".join(tagged["source"])) if tagged else {}
        except NotebookError as error:
            return cls(path, error=str(error))
        except (NotRead, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            odd = "" if plain is None else odd_of(plain, path.name)
            why = error if isinstance(error, NotRead) else f"{type(error).__name__}: {error}"
            return cls(path, error=odd or say("{path} cannot be read as a notebook ({why})", path=path, why=why))
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
    is_only_compared : bool
        Whether it is a report that is not built, as the next year's is only compared with it.
    reads : tuple of Path
        The folders it may read, where it has no report.
    """

    id: JobId
    notebook: Path | None
    parameters: dict[str, Any]
    report: ReportPaths | None = None
    links: Links | None = None
    is_only_compared: bool = False
    reads: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Targets:
    """What a build runs, and the faults of folders in params that are no reports."""

    targets: tuple[Target, ...]
    faults: tuple[Finding, ...] = ()


def targets_of(
    params: Path,
    notebook: Path | None = None,
    rows: Rows | None = None,
    bureaus: Iterable[str] = (),
    years: Iterable[int | range] = (),
) -> Targets:
    """All runs that are asked for, in order.

    Parameters
    ----------
    notebook : Path, optional
        Without it each report is made by its bureau's own notebook, or by the annual one.
    rows : Rows, optional
        A CSV or YAML file with one row of parameters for each run, or the rows themselves; or one mapping, for one run in
        which other parameters keep their defaults.

    Raises
    ------
    UsageError
        When nothing is selected, the notebook cannot be run, or a row does not fit its parameters.
    """
    bureaus, years = tuple(bureaus), tuple(years)
    annual = Notebook.of(annual_notebook(params))
    if notebook is None:
        if rows is not None:
            raise UsageError(say("--set gives the parameters of a notebook; name it with --notebook PATH"))
        return _reports(params, None, annual, bureaus, years)
    if not notebook.is_file():
        raise UsageError(say("no notebook {path}", path=notebook) + _meant(notebook, params))
    run = annual if notebook.resolve() == annual.path.resolve() else Notebook.of(notebook)
    if run.error:
        raise UsageError(run.error)
    if rows is not None:
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
    return _alone(params, run, bureaus, years)


def _meant(notebook: Path, params: Path) -> str:
    """The notebook of the project whose name is likest to one that is not there."""
    root, here = params.parent, f"{Path.cwd()}{os.sep}"
    places = (notebook.parent, root / NOTEBOOK.parent, root, *(root / NOTEBOOK.parent).glob("*/"), *params.glob("*/"))
    known = {path.stem: path for place in reversed(places) for path in place.glob("*.ipynb")}
    return meant(notebook.stem, known, lambda name: str(known[name].absolute()).removeprefix(here))


def annual_notebook(params: Path) -> Path:
    """The notebook that makes the reports of bureaus without one of their own: the project's, or the kit's."""
    path = params.parent / NOTEBOOK
    return path if path.is_file() else KIT_NOTEBOOK


def _needs_rows(run: Notebook) -> UsageError:
    names = ", ".join(name for name in run.parameters if name != cell.PARAMS)
    said = "{notebook} takes the parameters {names}: give them with --set FILE, a CSV or YAML file with one row for each run"
    return UsageError(say(said, notebook=run.path.name, names=names or "–"))


def _reports(
    params: Path, run: Notebook | None, annual: Notebook, bureaus: Sequence[str], years: Sequence[int | range]
) -> Targets:
    """Each report, by the notebook that makes it or by ``run``: where these are one, into the report's own folder."""
    selection = select(params, bureaus, years)
    named: dict[str, list[str]] = {}
    links = {one: links_of(params, one, named) for one in sorted({report.bureau for report in selection.reports})}
    read: dict[Path, Notebook] = {}  # many bureaus may share one
    for one in links.values():
        if one.notebook and one.notebook.resolve() not in read:
            read[one.notebook.resolve()] = Notebook.of(one.notebook)
    own = {bureau: _own(links[bureau], read, annual) for bureau in links}
    folder, targets = folder_of(run.path, params) if run else "", []
    for report in selection.reports:
        official = own[report.bureau]
        notebook = run or official
        is_own = run is None or (official is not None and official.path == run.path)
        over = RunId(folder, f"{report.bureau}-{report.year}")
        given = (notebook or annual).given(bureau=report.bureau, year=report.year)
        path = notebook.path if notebook else None
        of = report.id if is_own else over
        targets.append(Target(of, path, given, report, links[report.bureau], is_own and is_only_compared(report)))
    return Targets(tuple(targets), selection.faults)


def _own(links: Links, read: dict[Path, Notebook], annual: Notebook) -> Notebook | None:
    if links.notebook:
        return read[links.notebook.resolve()]
    return None if links.names_notebook else annual


def _bureaus(params: Path, run: Notebook, bureaus: Sequence[str], years: Sequence[int | range]) -> Targets:
    if years:
        raise UsageError(say("{notebook} runs over bureaus, not years; leave --year out", notebook=run.path.name))
    selection = select(params, bureaus)
    folder, found = folder_of(run.path, params), dict.fromkeys(report.bureau for report in selection.reports)
    targets = (Target(RunId(folder, one), run.path, run.given(bureau=one), reads=(params / one,)) for one in found)
    return Targets(tuple(targets), selection.faults)


def _authorities(params: Path, run: Notebook, bureaus: Sequence[str], years: Sequence[int | range]) -> Targets:
    selection = select(params, years=years)
    # Which bureaus are below which does not depend on the years, and a bureau without reports may stand between two.
    named: dict[str, list[str]] = {}
    parents = {bureau: links_of(params, bureau, named).parent for bureau in bureaus_of(params)}
    known = sorted(set(filter(None, parents.values())))
    chosen: dict[str, None] = {}
    for bureau in bureaus:
        if not (found := all_of(params, bureau, known)):
            said = "no bureau in {params} names “{bureau}” as its parent"
            raise UsageError(say(said, params=params, bureau=bureau) + near(known))
        chosen |= dict.fromkeys(found)
    if not known:
        said = "{notebook} runs over authorities, and no bureau in {params} names a parent in its bureau.yaml"
        raise UsageError(say(said, notebook=run.path.name, params=params))
    reported: dict[str, set[int]] = {}
    for report in selection.reports:
        reported.setdefault(report.bureau, set()).add(report.year)
    folder, targets = folder_of(run.path, params), []
    for authority in chosen or known:
        group = below(authority, parents)
        reads = tuple(params / bureau for bureau in group)
        for year in sorted(set().union(*(reported.get(bureau, ()) for bureau in group[1:]))):
            given = run.given(authority=authority, year=year)
            targets.append(Target(RunId(folder, f"{authority}-{year}"), run.path, given, reads=reads))
    return Targets(tuple(targets), selection.faults)


def _alone(params: Path, run: Notebook, bureaus: Sequence[str], years: Sequence[int | range]) -> Targets:
    if bureaus or years:
        said = "{notebook} runs over neither bureaus nor years; leave --bureau and --year out"
        raise UsageError(say(said, notebook=run.path.name))
    return _once(params, run, {})


def _once(params: Path, run: Notebook, given: Mapping[str, Any]) -> Targets:
    """One run with the values that are given, and with the notebook's own for all others.

    It is the run of a row with all of these values, in the same folder; a default that no row can hold stays the notebook's.
    """
    wanted, reads = _wanted(run), _reads(params, run)
    values = _resolve(params, reads)(read_row(given, wanted, run.path.name)) if given else {}
    known = {name: one.default for name, one in wanted.items() if one.default is not cell.UNREAD}
    if not given:
        return Targets((Target(RunId(folder_of(run.path, params), DEFAULT), run.path, run.given(), reads=reads),))
    name = names_of([known | values])[0]
    plain = defaults_of(wanted) | values
    row = {one: plain[one] for one in wanted if one in plain}
    return Targets((Target(RunId(folder_of(run.path, params), name), run.path, run.given(**row), reads=reads),))


def _rows(params: Path, run: Notebook, rows: Rows) -> Targets:
    if isinstance(rows, Mapping):
        return _once(params, run, rows)
    wanted, reads, folder = _wanted(run), _reads(params, run), folder_of(run.path, params)
    found = read_rows(rows, wanted, run.path.name, _resolve(params, reads))
    ids = [RunId(folder, name) for name in names_of(found)]
    targets = (Target(one, run.path, run.given(**row), reads=reads) for one, row in zip(ids, found, strict=True))
    return Targets(tuple(targets))


def _wanted(run: Notebook) -> dict[str, Parameter]:
    """The parameters that a row may give."""
    return {name: one for name, one in run.parameters.items() if name != cell.PARAMS}


def _reads(params: Path, run: Notebook) -> tuple[Path, ...]:
    """The folders that a run reads; a notebook without params_dir has its data in its parameters."""
    return (params,) if params.is_dir() and cell.PARAMS in run.parameters else ()


def _resolve(params: Path, reads: tuple[Path, ...]) -> Resolve:
    """What gives a row the ids of the bureaus that it names; what names none is left to the notebook."""
    known = cache(partial(id_of, params))

    def resolved(row: dict[str, Any]) -> dict[str, Any]:
        called = (key for key in ("bureau", "authority") if isinstance(row.get(key), str))
        return row | {key: known(row[key]) or row[key] for key in called}

    return resolved if reads else dict
