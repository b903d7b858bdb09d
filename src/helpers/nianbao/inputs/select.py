"""Find the reports in params, and select those that were asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nianbao import report_id
from nianbao.errors import UsageError
from nianbao.findings import Finding, Source, nearest
from nianbao.inputs.contract import BureauParams
from nianbao.inputs.format import IMPOSSIBLE
from nianbao.paths import ReportPaths
from nianbao.statute.formats import LOCAL
from nianbao.yamlfile import read_yaml, typed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Selection:
    """The selected reports, sorted by bureau and year, and a fault for each misnamed folder."""

    reports: tuple[ReportPaths, ...]
    faults: tuple[Finding, ...]


def select(params: Path, bureaus: Iterable[str] = (), years: Iterable[int] = ()) -> Selection:
    """Select the reports of the given bureaus and years; empty means all.

    Raises
    ------
    UsageError
        When params cannot be read, a named bureau does not exist, or nothing is selected.
    """
    bureaus, years = list(bureaus), list(years)
    try:
        folders = sorted(
            folder
            for folder in params.iterdir()
            if folder.is_dir() and not folder.name.startswith((".", "_")) and folder.name != LOCAL
        )
    except OSError as error:
        raise UsageError(f"cannot read {params}: {error.strerror}") from error
    names = [folder.name for folder in folders]
    for bureau in bureaus:
        if bureau not in names:
            raise UsageError(f"no bureau “{bureau}” in {params}{nearest(bureau, names)}")
    reports, faults = [], []
    for folder in folders:
        if bureaus and folder.name not in bureaus:
            continue
        if not report_id.BUREAU.fullmatch(folder.name):
            faults.append(_misnamed(folder, "机关编号", "小写字母、数字和连字符，如 dingxi-nyncj"))
            continue
        for inner in sorted(entry for entry in folder.iterdir() if entry.is_dir() and not entry.name.startswith((".", "_"))):
            if not report_id.YEAR.fullmatch(inner.name):
                faults.append(_misnamed(inner, "报告年度", "四位数的年度，如 2024"))
            elif not years or int(inner.name) in years:
                reports.append(ReportPaths(params, folder.name, int(inner.name)))
    if not reports and not faults:
        raise UsageError(f"nothing selected in {params}: no folder <bureau>/<year>/ matches")
    return Selection(tuple(reports), tuple(faults))


def _misnamed(folder: Path, label: str, expected: str) -> Finding:
    where = Source(f"{folder.parent.name}/{folder.name}")
    return Finding(IMPOSSIBLE, label, where, f"文件夹名“{folder.name}”", expected, "改名；备份请移出 params/，或在名前加 _")


def bureau_name(params: Path, bureau: str) -> str:
    """A bureau's name from its bureau.yaml, or its id when that file has faults."""
    about = typed(BureauParams, read_yaml(ReportPaths(params, bureau, 0).bureau_file))
    return about.name if about else bureau
