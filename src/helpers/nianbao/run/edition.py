"""The files of one report, from its executed notebook: its page in every format, its data, and the proof of both.

No cell runs here, so one process can do it for many reports (see `press`).
"""

from __future__ import annotations

import contextlib
import json
import pickle
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from nianbao.errors import NotebookError
from nianbao.findingdata import FindingData
from nianbao.findings import Finding, blocks
from nianbao.job_id import ReportId
from nianbao.language import say
from nianbao.render import formats
from nianbao.run import fingerprint
from nianbao.run.job import in_order
from nianbao.run.manifest import STEMS, Manifest
from nianbao.state import State

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from nbformat import NotebookNode

    from nianbao.bundle import Bundle
    from nianbao.document.document import Document
    from nianbao.render.page import Page
    from nianbao.run.job import Job
    from nianbao.run.targets import Target
    from nianbao.run.usage import Meter

SHOWS_ANOTHER = "{notebook} makes the report {name} and does not show it; it begins with load(bureau, year, params_dir)"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made of a target, as it stands before any cell has run.

    The press that reads it knows no store: one of another package may hold anything.

    Parameters
    ----------
    params, place : Path
        The folder of the inputs, and as a report reads it (`Options.place`).
    stage : Path
        The folder in which its notebook runs, and leaves its pictures.
    given : dict
        Its parameters.
    kept : bytes
        The report, pickled; b'' without one.
    """

    target: Target
    formats: tuple[str, ...]
    draft: bool
    fonts: Path | None
    params: Path
    place: Path
    key: str
    parts: dict[str, str]
    inputs: dict[str, str]
    stage: Path
    given: dict[str, Any]
    kept: bytes

    @classmethod
    def of(cls, job: Job, stage: Path, given: dict[str, Any], kept: bytes) -> Order:
        """The order of a job."""
        options = job.options
        asked = (options.formats, options.draft, options.fonts, options.params, options.place)
        return cls(job.target, *asked, job.key, job.parts, job.inputs, stage, given, kept)

    @property
    def notebook(self) -> Path:
        assert self.target.notebook  # Without one the report has a fault, and no notebook has run.
        return self.target.notebook

    @property
    def is_of_report(self) -> bool:
        """Whether the notebook is the one that makes a bureau's report."""
        return isinstance(self.target.id, ReportId)


@dataclass(frozen=True, slots=True)
class Ran:
    """What is there when the notebook has run.

    Parameters
    ----------
    executed : str
        The notebook, executed, as JSON: of all that a pipe takes, Python writes and reads it in the least time.
    left : tuple of Finding
        Findings of what it left that cannot be published.
    """

    executed: str
    left: tuple[Finding, ...] = ()

    @classmethod
    def of(cls, executed: NotebookNode, left: Iterable[Finding] = ()) -> Ran:
        """What a notebook that has run has left."""
        return cls(json.dumps(executed, ensure_ascii=False), tuple(left))


@dataclass(frozen=True, slots=True)
class Edition:
    """The bytes of all files by name, the manifest, still without outputs, and the report's findings."""

    files: dict[str, bytes]
    manifest: Manifest
    findings: tuple[Finding, ...]


def made(order: Order, ran: Ran, meter: Meter) -> Edition:
    """Make the files of one report, and read them back; nothing is written.

    Raises
    ------
    NotebookError
        When the notebook does not show the report that it makes.
    RenderError, MisprintError
        When a format cannot be made, or does not show what the report says.
    """
    from nianbao.document.reread import reread
    from nianbao.readback.local import Machine
    from nianbao.readback.readback import Made, read_back

    with meter.step("page"):
        loaded, page, published = _shown(order, ran)
    stem = STEMS[page.state or State.PUBLISHED]
    pages = {}
    for name in order.formats:
        with meter.step(name):
            pages[name] = formats.find(name).make(page, order.fonts)
    data = _by_lines(loaded.data.to_json()) if loaded else ""
    findings = loaded.findings if loaded else page.findings
    with meter.step("readback"):
        machine = Machine.here(order.stage, order.params.parent, order.params, order.place.parent)
        # Any other notebook may show as much of a report as it likes.
        own = loaded if order.is_of_report else None
        seen = read_back(Made(stem, pages, published, data, page), own, machine)
        if loaded:
            seen = reread(loaded, order.notebook.name, seen, order.is_of_report, [*map(formats.label, pages)])
    files = {f"{stem}.{formats.suffix(name)}": one for name, one in pages.items()} | {f"{stem}.ipynb": published.encode()}
    files |= {f"{stem}.json": data.encode()} if loaded else {}
    return Edition(files, _manifest(order, page, loaded, findings), in_order(findings, seen))


def _shown(order: Order, ran: Ran) -> tuple[Document | None, Page, str]:
    """The report with the findings of its page, the page, and the text of the notebook as it is published."""
    import nbformat.v4

    from nianbao.render.cells import View
    from nianbao.render.outputs import page_of, shown_in
    from nianbao.render.tidy import tidy

    loaded: Document | None = pickle.loads(order.kept) if order.kept else None
    # A path in a report stops it, when it is read back.
    executed = nbformat.from_dict(json.loads(ran.executed))
    published = tidy(executed, order.stage, None if order.is_of_report else order.params.parent)
    shown = nbformat.v4.reads(published)
    page = page_of(shown, View((order.stage, order.notebook.resolve().parent), name=order.notebook.stem))
    page = replace(page, findings=(*page.findings, *ran.left))
    bundles = shown_in(shown)
    if order.draft or (loaded and blocks(loaded.findings)):  # What a notebook loads itself may not know of it.
        page = replace(page, state=State.DRAFT)
    _has_report(order, loaded, bundles)
    if loaded:
        with contextlib.chdir(order.stage):  # from where the panel's links lead to the inputs, as those in cells
            loaded, page = _with_own(order, loaded, page, shown if _shows(bundles, loaded) else None)
    return loaded, page, published


def _with_own(order: Order, loaded: Document, page: Page, shown: NotebookNode | None) -> tuple[Document, Page]:
    """The report with the findings about what its notebook shows besides it, and its page, a draft where they are grave.

    ``shown`` is the notebook whose texts and tables are proved; ``None`` where it does not show the report and may say what
    it likes.
    """
    from nianbao import onpages
    from nianbao.document import panel
    from nianbao.document.added import added
    from nianbao.render import clean
    from nianbao.render.outputs import own_tables, own_texts

    own = [one for one in page.findings if one.kind in onpages.OF_PAGES and one not in loaded.findings]
    name, is_own = order.notebook.name, order.is_of_report
    if shown is None:
        own = [*added(loaded, name, (), is_own=is_own, shown=own, is_all=False)]
    else:
        texts, tables = own_texts(shown), own_tables(shown)
        own = [*added(loaded, name, texts, page.body, order.fonts, is_own, own, tables)]
    known, loaded = loaded, replace(loaded, findings=in_order(loaded.findings, own))
    if own and (page.is_draft or blocks(own)):  # No cell knew of them.
        before, now = (clean.findings(panel.to_html(one.findings, one.report, one.narrative)) for one in (known, loaded))
        page = replace(page, state=State.DRAFT, body=now + page.body.replace(before, "", 1))
    return loaded, page


def _has_report(order: Order, loaded: Document | None, shown: list[Bundle]) -> None:
    """Refuse a page that would stand for a report and does not show it."""
    if order.is_of_report and not (loaded and _shows(shown, loaded)):
        raise NotebookError(say(SHOWS_ANOTHER, notebook=order.notebook.name, name=order.target.id))


def _shows(shown: list[Bundle], loaded: Document) -> bool:
    """Whether a page shows a report."""
    return (loaded.report.bureau.name, loaded.report.year) in {(one.bureau, one.year) for one in shown}


def _manifest(order: Order, page: Page, loaded: Document | None, findings: tuple[Finding, ...]) -> Manifest:
    report = order.target.report
    return Manifest(
        name=str(order.target.id),
        notebook=_named(order.notebook, order.params),
        parameters=order.given,
        bureau=report.bureau if report else None,
        bureau_name=loaded.report.bureau.name if loaded else None,
        year=report.year if report else None,
        title=page.title,
        date=page.date,
        draft=page.is_draft,
        key=order.key,
        parts=order.parts,
        inputs=order.inputs,
        formats=order.formats,
        language=page.language,
        environment=fingerprint.environment(),
        findings=tuple(map(FindingData.of, findings)),
    )


def _named(notebook: Path, params: Path) -> str:
    """A notebook by its path from the folder that holds params; one that lies elsewhere by its name alone."""
    home = params.parent.resolve()
    return notebook.relative_to(home).as_posix() if notebook.is_relative_to(home) else notebook.name


def _by_lines(data: dict[str, Any]) -> str:
    """JSON with one line for each cell, fact and finding, so that it is easy to read and to compare."""
    dumps = json.JSONEncoder(ensure_ascii=False).encode

    def block(value: Any) -> str:
        return "[\n " + ",\n ".join(map(dumps, value)) + "\n]" if value and isinstance(value, list) else dumps(value)

    return "{\n" + ",\n".join(f"{dumps(key)}: {block(value)}" for key, value in data.items()) + "\n}\n"
