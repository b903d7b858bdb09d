"""A report as its folder prints it now, read as a file that came back is read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nianbao.document.document import Document
from nianbao.document.pieces import NOTHING, passage
from nianbao.errors import UsageError
from nianbao.importing import kinds
from nianbao.importing.flow import Grid, Unreadable
from nianbao.importing.importer import import_flows
from nianbao.inputfiles import NotRead, read_file
from nianbao.inputs import folder
from nianbao.narrative.passages import compose
from nianbao.shown.seen import STAMP
from nianbao.state import State
from nianbao.textfile import decoded, lines_of

if TYPE_CHECKING:
    from pathlib import Path

    from nianbao.findings import Finding
    from nianbao.importing.flow import Flow
    from nianbao.importing.imported import Imported
    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative
    from nianbao.paths import ReportPaths
    from nianbao.statute.formats import Library

WORD = "Word 文档"


@dataclass(frozen=True, slots=True)
class Own:
    """A report's folder: what was read of it, its text, what is read of the file that it makes, and narrative.md."""

    report: Report
    narrative: Narrative
    made: Imported
    source: str


def own(paths: ReportPaths, known: Library, like: Flow) -> tuple[Own | None, tuple[Finding, ...]]:
    """The folder's report, read as a file that came back is; none where its faults keep it from being printed."""
    report, faults = folder.read(paths)
    if report is None:
        return None, faults
    narrative = compose(report)
    if faults or narrative.faults:
        return None, (*faults, *narrative.faults)
    made = read_again(report, narrative, like, known)
    return (Own(report, narrative, made, _source(paths, report)) if made else None), ()


def _source(paths: ReportPaths, report: Report) -> str:
    """narrative.md with the characters that nobody sees, which the report's text is without."""
    text = lines_of(decoded(read_file(paths.narrative_file))[0])
    return text if text.count("\n") == report.narrative.count("\n") else report.narrative


def read_again(report: Report, narrative: Narrative, like: Flow, known: Library) -> Imported | None:
    """What is read of the file that a report makes, ``like`` another one of it; none where it cannot be read."""
    return _read(_file(Document(report, narrative, ()), like), report, known)


def _file(document: Document, like: Flow) -> bytes:
    """The file that the kit's notebook makes: all of the report's pieces, in the kind of another one, a draft as that is."""
    from nianbao.render import docx
    from nianbao.render.page import Page

    report, narrative = document.report, document.narrative
    chapters = (passage(report, one) for one in (narrative.preamble, *narrative.sections))
    shown = sum((document.title, *chapters, document.signature), NOTHING)
    body = shown._repr_html_()
    if like.kind != WORD:
        return f"<body>{body}</body>".encode()
    page = Page.of([document.bundle], body)
    is_draft = any(STAMP in line for one in like.blocks if isinstance(one, Grid) for line in one.printed)
    return docx.make(replace(page, state=State.DRAFT) if is_draft else page)


def _read(raw: bytes, report: Report, known: Library) -> Imported | None:
    try:
        return made_of(kinds.read(raw, known), report, known)
    except (Unreadable, UsageError):
        return None


def made_of(flow: Flow, report: Report, known: Library) -> Imported:
    """What an import makes of one file of the report."""
    form = known.default(report.year) or report.format
    return import_flows([flow], report.year, known.formats[form.id], known, report.bureau.name, short=report.bureau.short)


def published(outputs: Path, own_: Own, known: Library) -> list[Imported]:
    """What is read of the files that builds have published of the report, drafts too."""
    found = []
    for name in ("report.docx", "report-draft.docx", "report.html", "report-draft.html"):
        try:
            made = _read(read_file(outputs / name), own_.report, known)
        except NotRead:
            continue
        found += [made] if made else []
    return found
