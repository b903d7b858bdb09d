"""Find the reports in params, and select those that were asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nianbao import job_id
from nianbao.errors import UsageError
from nianbao.findings import Finding, Source
from nianbao.inputfiles import InputFiles, NotRead
from nianbao.inputs import naming
from nianbao.inputs.format import IMPOSSIBLE
from nianbao.language import reason, say
from nianbao.paths import ReportPaths
from nianbao.statute.formats import LOCAL
from nianbao.textfile import STRANGER, UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_OF_REPORT = re.compile(
    r"(?i)report\.ya?ml|narrative\.md|table[a-z0-9_]*\.(csv|xlsx?|ods)|form\.(xlsx?|ods)"
)  # files that only a year's folder holds


@dataclass(frozen=True, slots=True)
class Selection:
    """The selected reports, sorted by bureau and year, and a fault for each misnamed folder and each file outside of one."""

    reports: tuple[ReportPaths, ...]
    faults: tuple[Finding, ...]


def select(params: Path, bureaus: Iterable[str] = (), years: Iterable[int | range] = ()) -> Selection:
    """Select the reports of the given bureaus, by id, name or pattern, and years; empty means all.

    A range means those of its years that are there.

    Raises
    ------
    UsageError
        When params cannot be read or hold no report, or there is none of a given bureau or year; the nearest are named.
    """
    bureaus, spans = list(bureaus), [span(one) for one in years]
    files = InputFiles(params)
    folders = _folders(params)
    names = [folder.name for folder in folders]
    bureaus = [one for bureau in bureaus for one in known_as(params, bureau, names)]
    reports, faults = [], [] if bureaus else _outside(params, params)
    for folder in folders:
        if bureaus and folder.name not in bureaus:
            continue
        if not job_id.BUREAU.fullmatch(folder.name):
            faults.append(
                _misnamed(folder, "机关编号", "小写字母和数字，至少两段，用连字符连接，以字母开头，如 dingxi-nyncj")
            )
            continue
        try:
            files.real(folder)  # a link out of params is not followed, not even to see what is there
            faults += _outside(folder, params)
            inside = sorted(entry for entry in folder.iterdir() if entry.is_dir() and not _is_aside(entry))
        except (NotRead, OSError) as error:
            faults.append(_unreadable(folder, error))
            continue
        for inner in inside:
            if job_id.YEAR.fullmatch(inner.name):
                reports.append(ReportPaths(params, folder.name, int(inner.name)))
            else:
                faults.append(_misnamed(inner, "报告年度", "四位数的年度，如 2024"))
    known = sorted({report.year for report in reports})
    for one in spans:
        if not any(year in one for year in known) and not faults:  # else it may be one of the misnamed folders
            where, year = ", ".join(bureaus) or str(params), "-".join(map(str, dict.fromkeys((one[0], one[-1]))))
            raise UsageError(say("no report of {year} in {where}", year=year, where=where) + near(_closest(one[0], known)))
    reports = [report for report in reports if not spans or any(report.year in one for one in spans)]
    if not reports and not faults:
        raise UsageError(say("nothing selected in {params}: no folder <bureau>/<year>/ matches", params=params))
    return Selection(tuple(reports), tuple(faults))


def span(years: int | range) -> range:
    """The years that one year or a range means."""
    return years if isinstance(years, range) else range(years, years + 1)


def known_as(params: Path, named: str, ids: Iterable[str]) -> list[str]:
    """The ids among these of the bureau of this id or name, or of all bureaus that a pattern such as ``shili-*`` fits.

    Raises
    ------
    UsageError
        When there is none, with the nearest ids and names, or when several have the name.
    """
    if found := naming.all_of(params, named, ids):
        return found
    said = say("no bureau “{bureau}” in {params}", bureau=named, params=params)
    raise UsageError(said + near(naming.nearest_to(params, named, bureaus_of(params))))


def _is_aside(folder: Path) -> bool:
    """Whether a bureau's folder is no year: hidden, put aside with ``_``, or a package of its notebook."""
    return folder.name.startswith((".", "_")) or (folder / "__init__.py").is_file()


def bureaus_of(params: Path) -> list[str]:
    """The ids of all bureaus that have a folder in params, with reports or without."""
    return [folder.name for folder in _folders(params) if job_id.BUREAU.fullmatch(folder.name)]


def _folders(params: Path) -> list[Path]:
    """The bureaus' folders; hidden ones, those put aside with ``_`` and the project's formats are none."""
    try:
        inside = [folder for folder in params.iterdir() if folder.is_dir()]
    except OSError as error:
        raise UsageError(say("cannot read {path}: {why}", path=params, why=reason(error))) from error
    return sorted(folder for folder in inside if not folder.name.startswith((".", "_")) and folder.name != LOCAL)


def _closest(wanted: int, known: Iterable[int]) -> list[str]:
    """The three years that are nearest to one, in order."""
    return [str(year) for year in sorted(sorted(known, key=lambda year: abs(year - wanted))[:3])]


def near(names: Iterable[str]) -> str:
    """``; the nearest: a, b``, or '' without names."""
    known = ", ".join(names)
    return say("; the nearest: {names}", names=known) if known else ""


def _unreadable(folder: Path, error: NotRead | OSError) -> Finding:
    found = error.found if isinstance(error, NotRead) else "没有读取权限"
    action = error.action if isinstance(error, NotRead) else "核对文件夹的读取权限"
    return Finding(UNREADABLE, folder.name, Source(folder.name), found, "一个机关的文件夹", action)


def _outside(folder: Path, params: Path) -> list[Finding]:
    """A fault for each file of a report that lies in no year's folder: its numbers would be lost."""
    names = sorted(entry.name for entry in folder.iterdir() if _OF_REPORT.fullmatch(entry.name))
    expected, action = "在 <机关编号>/<年度>/ 之内", "移到那一年度的文件夹里，或在名前加 _"
    where = "" if folder == params else f"{folder.name}/"
    return [Finding(STRANGER, name, Source(where + name), "不在任何年度的文件夹里", expected, action) for name in names]


def _misnamed(folder: Path, label: str, expected: str) -> Finding:
    where = Source(f"{folder.parent.name}/{folder.name}")
    return Finding(IMPOSSIBLE, label, where, f"文件夹名“{folder.name}”", expected, "改名；备份请移出 params/，或在名前加 _")
