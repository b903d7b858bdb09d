"""Which statutory format a report takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.findings import Finding, Kind, Severity, nearest
from nianbao.yamlfile import BAD_VALUE

if TYPE_CHECKING:
    from nianbao.statute.formats import Format, Library
    from nianbao.yamlfile import YamlFile

IMPOSSIBLE = Kind("F107", Severity.FAULT, "年度、日期或文件夹名不可能")


def format_of(file: YamlFile, year: int, library: Library) -> Format | None:
    """The format that report.yaml names, else the default of the year; ``None``, with faults added to ``file``, without one.

    The faults of a broken format file become faults of each report that would use it.
    """
    choices = "、".join(f"{one.id}（{one.name}）" for one in library.formats.values())
    named = file.data.get("format")
    if named is not None and not isinstance(named, str):
        return None  # `ReportParams` reports this fault
    if named:
        if named in library.broken:
            file.faults.extend(library.broken[named].faults)
        elif named not in library.formats:
            found, action = f"“{named}”{nearest(named, library.formats)}", "改用已有的格式，或新增格式文件"
            file.faults.append(Finding(BAD_VALUE, "格式", file.source("format"), found, choices, action))
        return library.formats.get(named)
    chosen = library.default(year)
    if broken := library.broken_for(year, chosen):
        file.faults.extend(fault for one in broken for fault in one.faults)
        return None
    if chosen is None:
        found, action = f"{year}年没有默认格式", "核对年度，或用 format: 指明格式"
        file.faults.append(Finding(IMPOSSIBLE, "报告年度", file.source("format"), found, choices, action))
    return chosen
