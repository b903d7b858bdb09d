"""A report's folder as `nianbao new` lays it out, in each way that it has: what of it nobody has filled in yet."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING

from nianbao.errors import UsageError
from nianbao.inputfiles import NotRead, read_file
from nianbao.inputs import interruption
from nianbao.language import say
from nianbao.paths import ReportPaths
from nianbao.starting import starter

if TYPE_CHECKING:
    from pathlib import Path


def files(paths: ReportPaths) -> dict[Path, set[bytes]]:
    """The files that `nianbao new` lays out: to be filled in as CSV or as a form, with last year's text or without.

    The form is made where the folder has one.
    """
    made: dict[Path, set[bytes]] = {}
    previous = starter.last_years(paths)
    form = {"workbook": True, "has_form": paths.form_file.exists()}
    for options in ({}, form, {"text": True}, form | {"text": True}):
        with contextlib.suppress(UsageError):
            for path, data in starter.laid_out(paths, previous, **options)[0].items():
                made.setdefault(path, set()).add(data)
    # Somebody may have named the bureau since report.yaml was laid out.
    signed, unnamed = re.compile(b"(?m)^signature: .*$"), f"signature: {starter.UNNAMED}".encode()
    reports = made.setdefault(paths.report_file, set())
    reports |= {signed.sub(unnamed, data) for data in reports}
    return made


def is_laid_out(paths: ReportPaths, known: dict[Path, set[bytes]]) -> bool:
    """Whether text and tables are as `nianbao new` lays them out, and so those of no report that could come back."""
    begun = {path for path in known if path.exists()} - {paths.bureau_file, paths.report_file}
    return paths.narrative_file in begun and all(_is_pristine(path, known) for path in begun)


def _is_pristine(path: Path, known: dict[Path, set[bytes]]) -> bool:
    """Whether a file is as `nianbao new` lays it out; no folder is, and nothing that cannot be read."""
    try:
        return read_file(path) in known.get(path, ())
    except NotRead:
        return False


def of_next_year(paths: ReportPaths) -> tuple[str, ...]:
    """That next year's folder was laid out before this import, and what to do, where nobody has filled anything in there."""
    after = ReportPaths(paths.params, paths.bureau, paths.year + 1)
    there = [path for path in after.folder.iterdir() if path.name != interruption.KEPT] if after.folder.is_dir() else []
    known = files(after) if there else {}
    if not there or not all(_is_pristine(path, known) for path in there):
        return ()
    said = (
        "{folder} was laid out before this import, and nothing in it is filled in: to have it carry over from {year}, "
        "delete it, then nianbao new {bureau} {next}"
    )
    return (say(said, folder=after.folder, year=paths.year, bureau=paths.bureau, next=after.year),)
