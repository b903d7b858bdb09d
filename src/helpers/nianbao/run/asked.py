"""What a caller asks for, with all defaults filled in: the options and jobs of a batch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nianbao.errors import UsageError
from nianbao.formatnames import in_order
from nianbao.inputs.select import span
from nianbao.language import say
from nianbao.paths import find_params
from nianbao.render import formats
from nianbao.run.job import Options
from nianbao.run.origin import Origin
from nianbao.run.plan import jobs_of
from nianbao.run.process import require_whole
from nianbao.run.store.address import Address, place_of
from nianbao.run.store.place import keep_apart, store_of
from nianbao.run.targets import Targets, targets_of

if TYPE_CHECKING:
    from nianbao.findings import Finding
    from nianbao.run.job import Job
    from nianbao.run.rows import Rows
    from nianbao.run.store.store import Store

Folder = str | Path
Names = str | Iterable[str]
Years = int | str | range | Iterable[int | str | range]
GivenRows = Folder | Iterable[Mapping[str, Any]] | Mapping[str, Any]
MOST_RETRIES = 100  # more is a slip of the hand


def options_of(
    params: Folder | Address,
    outputs: Folder | Store | None,
    to: Names,
    fonts: Folder | None,
    needs_params: bool = True,
    *,
    draft: bool = False,
    force: bool = False,
    deep: bool = False,
    log_output: bool = False,
    retries: int = 0,
    fail_fast: bool = False,
) -> Options:
    """The options of a build, with all defaults filled in."""
    require_whole("retries", retries, 0, MOST_RETRIES)
    source = params_of(params, needs_params)
    official = path_of(fonts)
    if official and not official.is_dir():
        raise UsageError(say("no folder {folder} (--fonts)", folder=official))
    target = place_given(outputs or source.parent / "outputs")
    keep_apart(source, target)
    root, origin = _origin(source, target)
    return Options(
        params=root,
        store=store_of(target, origin.work if origin else None),
        formats=in_order({formats.find(name).name for name in several(to)}),
        draft=draft,
        force=force,
        deep=deep,
        fonts=official,
        log_output=log_output,
        retries=retries,
        fail_fast=fail_fast,
        origin=origin,
    )


def _origin(params: Path | Address, outputs: Path | Address | Store) -> tuple[Path, Origin | None]:
    """The params folder here, and where its files come from when it, or outputs, have an address."""
    modules = {name for one in (params, outputs) if isinstance(one, Address) for name in one.modules}
    origin = Origin.new(params, tuple(sorted(modules))) if modules else None
    if isinstance(params, Path):
        return params, origin
    assert origin  # An address has modules.
    return origin.place, origin


def notebook_of(notebook: Folder | None, options: Options) -> Path | None:
    """The path of the notebook that was given; of one beside params at an address, where it was fetched to.

    Raises
    ------
    UsageError
        When it is at another address.
    """
    path = path_of(notebook)
    found = options.origin.local(path) if path and options.origin else path
    if path and found == path and isinstance(given := place_of(path), Address):
        said = "the notebook {address} does not lie beside params; name one that does, or a file of this machine"
        raise UsageError(say(said, address=given))
    return found


def place_given(given: Folder | Address | Store) -> Path | Address | Store:
    """What was given as a folder's name or an address, as such; what is one already stays."""
    return place_of(given) if isinstance(given, (str, Path)) else given


def params_of(params: Folder | Address, needs_params: bool = True) -> Path | Address:
    """The params folder, or its address; where none is needed and there is none, where it would lie."""
    given = place_of(params) if params and isinstance(params, (str, Path)) else params
    if isinstance(given, Address):
        return given
    try:
        return find_params(given)
    except UsageError:
        if params or needs_params:
            raise
        return Path("params").absolute()  # A notebook of another kind may have no params.


def jobs_asked(
    options: Options, notebook: Folder | None, rows: Rows | None, bureaus: Names, years: Years
) -> tuple[list[Job], tuple[Finding, ...]]:
    """The jobs of a build, and the faults of folders in params that are no reports; raises as `targets_of`."""
    found = targets_of(options.params, notebook_of(notebook, options), rows, several(bureaus), spans(years))
    return jobs_of(found.targets, options), found.faults


def all_targets(params: Path) -> Targets:
    """The reports of all bureaus; none where params are not there, or hold no report."""
    try:
        return targets_of(params)
    except UsageError:
        return Targets(())


def path_of(path: Folder | None) -> Path | None:
    """What was given as a path; '' stands for nothing."""
    return Path(path) if path else None


def rows_of(rows: GivenRows | None) -> Rows | None:
    """What was given as the path of a file, or as rows; '' stands for nothing.

    Raises
    ------
    UsageError
        For what is neither.
    """
    if isinstance(rows, Mapping):
        return dict(rows)
    try:
        return path_of(rows) if rows is None or isinstance(rows, (str, Path)) else tuple(rows)
    except TypeError:
        raise UsageError(say("rows is {value}, and neither a file nor a list of mappings", value=repr(rows))) from None


def several(names: Names) -> tuple[str, ...]:
    """What was given as a tuple; one name may stand alone."""
    return (names,) if isinstance(names, str) else tuple(names)


def spans(years: Years) -> tuple[range, ...]:
    """What was given as a tuple of spans of years; one year or span may stand alone.

    Raises
    ------
    UsageError
        For a year that is no number.
    """
    try:
        every = (years,) if isinstance(years, (str, int, range)) else years
        return tuple(one if isinstance(one, range) else span(int(one)) for one in every)
    except (TypeError, ValueError):
        raise UsageError(say("a report year is a number such as 2024, not {years}", years=years)) from None
