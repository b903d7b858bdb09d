"""A report as its folder prints it now, and as builds have published it, read as a file that came back is read."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nianbao.characters import cleaned
from nianbao.document.document import Document
from nianbao.document.pieces import NOTHING, passage
from nianbao.errors import UsageError
from nianbao.importing import kinds
from nianbao.importing.flow import Unreadable
from nianbao.importing.importer import import_flows
from nianbao.inputfiles import NotRead, read_file
from nianbao.inputs import folder
from nianbao.narrative.passages import compose
from nianbao.state import State
from nianbao.textfile import decoded, lines_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from nianbao.findings import Finding
    from nianbao.importing.flow import Flow
    from nianbao.importing.imported import Imported
    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative
    from nianbao.paths import ReportPaths
    from nianbao.statute.formats import Library

WORD = "Word 文档"
PUBLISHED = ("report.docx", "report-draft.docx", "report.html", "report-draft.html")


@dataclass(frozen=True, slots=True)
class Base:
    """A file that a reviewer may have been given: what it says, and what is read of it."""

    made: Imported
    flow: Flow


@dataclass(frozen=True, slots=True)
class Own:
    """A report's folder: what was read of it, its text, what is read of the file that it makes, and narrative.md."""

    report: Report
    narrative: Narrative
    base: Base
    source: str

    @property
    def made(self) -> Imported:
        """What is read of the file that the folder makes."""
        return self.base.made


def own(paths: ReportPaths, known: Library, like: Flow) -> tuple[Own | None, tuple[Finding, ...]]:
    """The folder's report, read as a file that came back is; none where its faults keep it from being printed."""
    report, faults = folder.read(paths)
    if report is None:
        return None, faults
    narrative = compose(report)
    if faults or narrative.faults:
        return None, (*faults, *narrative.faults)
    base = _printed(report, narrative, like, known)
    return (Own(report, narrative, base, _source(paths, report)) if base else None), ()


def _source(paths: ReportPaths, report: Report) -> str:
    """narrative.md with the characters that nobody sees, which the report's text is without."""
    text = lines_of(decoded(read_file(paths.narrative_file))[0])
    return text if text.count("\n") == report.narrative.count("\n") else report.narrative


def with_text(own_: Own, text: str, like: Flow, known: Library) -> tuple[Imported | None, Sequence[Finding]]:
    """What is read of the file that a folder makes with another narrative.md; none where it cannot be, with its faults."""
    if text == own_.source:
        return own_.made, ()
    report = replace(own_.report, narrative=cleaned(text)[0])
    narrative = compose(report)
    base = None if narrative.faults else _printed(report, narrative, like, known)
    return base.made if base else None, narrative.faults


def _printed(report: Report, narrative: Narrative, like: Flow, known: Library) -> Base | None:
    return _read(_file(Document(report, narrative, ()), like), report, known)


def _file(document: Document, like: Flow) -> bytes:
    """The file that the kit's notebook makes: all of the report's pieces, in the kind of another one.

    It is no draft: a draft's stamp would say that its tables are none of the report's.
    """
    from nianbao.render import docx
    from nianbao.render.page import Page

    report, narrative = document.report, document.narrative
    chapters = (passage(report, one) for one in (narrative.preamble, *narrative.sections))
    shown = sum((document.title, *chapters, document.signature), NOTHING)
    body = shown._repr_html_()
    if like.kind != WORD:
        return f"<body>{body}</body>".encode()
    page = Page.of([document.bundle], body)
    return docx.make(replace(page, state=State.PUBLISHED), is_told=False)


def _read(raw: bytes, report: Report, known: Library) -> Base | None:
    try:
        flow = kinds.read(raw, known)
        return Base(made_of(flow, report, known), flow)
    except (Unreadable, UsageError):
        return None


def made_of(flow: Flow, report: Report, known: Library) -> Imported:
    """What an import makes of one file of the report."""
    form = known.default(report.year) or report.format
    return import_flows([flow], report.year, known.formats[form.id], known, report.bureau.name, short=report.bureau.short)


def published(paths: ReportPaths, own_: Own, known: Library) -> list[Base]:
    """What is read of the files that builds have published of the report, drafts too, and that nobody has changed."""
    files = (_published(paths, name) for name in PUBLISHED)
    return [base for raw, is_own in files if raw and is_own and (base := _read(raw, own_.report, known))]


def is_changed(paths: ReportPaths, file: Path) -> bool:
    """Whether a file is one that builds have published of the report, and is not as it was published."""
    if file.name not in PUBLISHED or file.resolve().parent != _outputs(paths).resolve():
        return False
    raw, is_own = _published(paths, file.name)
    return bool(raw) and not is_own


def _outputs(paths: ReportPaths) -> Path:
    return paths.params.parent / "outputs" / paths.bureau / str(paths.year)


def _published(paths: ReportPaths, name: str) -> tuple[bytes, bool]:
    """A file that was published, and whether it is as its manifest.json says; no bytes where it cannot be read."""
    try:
        raw = read_file(_outputs(paths) / name)
        record = json.loads(read_file(_outputs(paths) / "manifest.json"))
        return raw, record["outputs"][name]["sha256"] == hashlib.sha256(raw).hexdigest()
    except NotRead:
        return b"", False
    except (ValueError, KeyError, TypeError, RecursionError):
        return raw, False
