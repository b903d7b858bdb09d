"""Read a workbook (XLSX, XLS, ODS), sheet by sheet, into grids of text as a person sees them in a spreadsheet program."""

from __future__ import annotations

import datetime
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.findings import Finding, Source
from nianbao.inputfiles import NotRead, read_file
from nianbao.textfile import UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nianbao.inputs.layout import Rows

SUFFIXES = (".xlsx", ".xls", ".ods")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name and its non-blank rows with their numbers, from 1."""

    name: str
    rows: Rows


@dataclass(slots=True)
class Workbook:
    """A workbook's sheets; why it cannot be read, and what is to be known of it."""

    name: str
    sheets: list[Sheet] = field(default_factory=list)
    faults: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)


def read_workbook(path: Path, read: Callable[[Path], bytes] = read_file) -> Workbook:
    """All sheets of a workbook, hidden ones too; never raises. A formula stands for the value that was saved with it."""
    result = Workbook(path.name)
    try:
        raw = read(path)
    except NotRead as error:
        result.faults.append(Finding(UNREADABLE, path.name, Source(path.name), error.found, "", error.action))
        return result
    import python_calamine  # only here: most reports have no workbook

    book = python_calamine.load_workbook(io.BytesIO(raw))
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        rows = [(number, list(map(_text, row))) for number, row in enumerate(sheet.to_python(skip_empty_area=False), 1)]
        result.sheets.append(Sheet(name, [(number, cells) for number, cells in rows if any(cells)]))
    return result


def _text(value: object) -> str:
    """A cell's value as a person sees it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return _number(value)
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ")
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    text = str(value)
    return text.strip() if reading.plain(text) else ""


def _number(value: float) -> str:
    """A number with the digits that were typed: spreadsheet programs keep 15."""
    text = f"{value:.15g}"
    return text if "e" not in text else f"{value:f}".rstrip("0").rstrip(".")
