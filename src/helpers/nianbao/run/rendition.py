"""All files of one target, made in a folder: the report loaded, the notebook run, its page in every format, its data."""

from __future__ import annotations

import contextlib
import faulthandler
import json
import os
import pickle
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nianbao.characters import visible
from nianbao.engine.parameters import PARAMS
from nianbao.errors import NotebookError
from nianbao.findingdata import FindingData
from nianbao.findings import Finding, blocks
from nianbao.inputfiles import NotRead, read_file
from nianbao.job_id import ReportId
from nianbao.language import say
from nianbao.onpages import LEFT
from nianbao.render import formats
from nianbao.run import fingerprint
from nianbao.run.job import in_order
from nianbao.run.manifest import STEMS, Manifest, require_listable, unlistable
from nianbao.run.store.disk import remove
from nianbao.run.store.store import LOG, PARTIAL
from nianbao.state import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from multiprocessing.connection import Connection

    from nianbao.bundle import Bundle
    from nianbao.document.document import Document
    from nianbao.paths import ReportPaths
    from nianbao.render.page import Page
    from nianbao.run.job import Job
    from nianbao.run.usage import Meter

CACHES = {"__pycache__", ".ipynb_checkpoints"}  # which Python and Jupyter leave
MOST_NAMED = 5
SHOWS_ANOTHER = "{notebook} makes the report {name} and does not show it; it begins with load(bureau, year, params_dir)"
SHOWS_NONE = "the report has errors, and {notebook} shows no report that could be stamped as a draft"


class InputsChanged(Exception):
    """What a job depends on is no longer as it was planned."""


def require_planned(job: Job, loaded: Document | None = None) -> None:
    """Require that a job depends on what it was planned with: the ``loaded`` report, or else the files as they are now.

    Raises
    ------
    InputsChanged
        When inputs, or the notebook, have other bytes.
    """
    if loaded:
        overtaken = any(job.inputs.get(name, one) != one for name, one in loaded.read.items())
    else:
        overtaken = not fingerprint.is_as_planned(job.target, job.options.params, job.parts)
    if overtaken:
        raise InputsChanged


@dataclass(frozen=True, slots=True)
class Rendered:
    """What `render` made: the manifest, still without outputs, and the report's findings."""

    manifest: Manifest
    findings: tuple[Finding, ...]


def render(job: Job, stage: Path, meter: Meter, pipe: Connection | None = None, params_dir: str = "") -> Rendered:
    """Make all files of one target in a folder, where the notebook runs and from which ``params_dir`` leads to params.

    Raises
    ------
    InputsChanged
        When the report was read from other inputs than it was planned with.
    """
    import nbformat.v4

    from nianbao.engine import notebook
    from nianbao.readback.local import Machine
    from nianbao.readback.readback import Made, read_back
    from nianbao.render.cells import View
    from nianbao.render.outputs import own_texts, page_of, shown_in
    from nianbao.render.tidy import tidy
    from nianbao.run import press

    report, options, target, given = job.report, job.options, job.target, _parameters(job, stage, params_dir)
    assert target.notebook  # Without one the report has a fault, and is not built.
    with meter.step("load"):
        # The notebook gets a copy of its own: what its cells change is no data, and the files are compared with the data.
        kept = _kept(job, stage, params_dir) if report else b""
        loaded, copy = (pickle.loads(kept), pickle.loads(kept)) if kept else (None, None)
        if loaded:
            require_planned(job, loaded)
    path = stage / PARTIAL
    with meter.step("execution"), _logged(stage / LOG), _shared(report, copy):
        executed = notebook.run(target.notebook.resolve(), given, path, own_process=True, raw=_planned_notebook(job))
    left = _left(stage)
    with meter.step("page"):
        # A path in a report stops it, when it is read back.
        published = tidy(executed, stage, None if isinstance(job.id, ReportId) else options.params.parent)
        shown = nbformat.v4.reads(published)
        page = page_of(shown, View((stage, target.notebook.resolve().parent), name=target.notebook.stem))
        page = replace(page, findings=(*page.findings, *left))
        bundles = shown_in(shown)
        _has_report(job, loaded, page, bundles)
        if loaded:
            texts = own_texts(shown) if _shows(bundles, loaded) else None
            with contextlib.chdir(stage):  # from where the panel's links lead to the inputs, as those in cells
                loaded, page = _with_own(job, loaded, page, texts)
        stem = STEMS[page.state or State.PUBLISHED]
        path.unlink()
        (stage / f"{stem}.ipynb").write_text(published, "utf-8", newline="\n")
    pages = dict(press.make(page, options.formats, options.fonts, pipe, meter))
    for name, made in pages.items():
        (stage / f"{stem}.{formats.suffix(name)}").write_bytes(made)
    data = _by_lines(loaded.data.to_json()) if loaded else ""
    if loaded:
        (stage / f"{stem}.json").write_text(data, "utf-8", newline="\n")
    with meter.step("readback"):
        machine = Machine.here(stage, options.params.parent, options.params, options.place.parent)
        # Any other notebook may show as much of a report as it likes.
        own = loaded if isinstance(job.id, ReportId) else None
        words = read_back(Made(stem, pages, published, data, page), own, machine)
    findings = loaded.findings if loaded else page.findings
    return Rendered(_manifest(job, given, page, loaded, findings), in_order(findings, words))


def _with_own(job: Job, loaded: Document, page: Page, texts: Iterable[tuple[int, str]] | None) -> tuple[Document, Page]:
    """The report with the findings about what its notebook shows besides it, and its page, a draft where they are grave.

    ``texts`` are what is proved of it; ``None`` where the notebook does not show the report and may say what it likes.
    """
    from nianbao import onpages
    from nianbao.document import panel
    from nianbao.document.added import added
    from nianbao.render import clean

    assert job.target.notebook
    own = [one for one in page.findings if one.kind in onpages.OF_PAGES]
    if texts is not None:
        is_own = isinstance(job.id, ReportId)
        own = [*added(loaded, job.target.notebook.name, texts, page.body, job.options.fonts, is_own, own)]
    loaded = replace(loaded, findings=in_order(loaded.findings, own))
    if blocks(own) and page.state is not State.DRAFT:  # No cell knew of it.
        shown = clean.findings(panel.to_html(loaded.findings, loaded.report, loaded.narrative))
        page = replace(page, state=State.DRAFT, body=shown + page.body)
    return loaded, page


def _left(stage: Path) -> list[Finding]:
    """Remove what a notebook has left that cannot be published, with a warning for what is no cache.

    Raises
    ------
    NotebookError
        When the folder is gone, or something cannot be removed.
    """
    names = []
    for path in unlistable(stage) if stage.is_dir() else ():
        if path.is_dir() and not path.is_symlink():
            remove(path)
        else:
            path.unlink()
        names += [] if path.name in CACHES else [visible(path.name)]
    require_listable(stage)
    found = f"留下了{'、'.join(f'“{name}”' for name in names[:MOST_NAMED])}{'等' * (len(names) > MOST_NAMED)}，没有发布"
    action = "要发布的，存为名称普通的文件；不要的，存进 tempfile.mkdtemp() 给出的文件夹"
    return [Finding(LEFT, "笔记本", None, found, "名称普通的普通文件", action)] if names else []


def _planned_notebook(job: Job) -> bytes | None:
    """What the notebook's file holds, which is what was planned; ``None`` when it cannot be read, which running it says.

    Raises
    ------
    InputsChanged
        When it, or a module beside it, was saved meanwhile.
    """
    target = job.target
    assert target.notebook
    try:
        raw = read_file(target.notebook)
    except NotRead:
        return None
    if fingerprint.sources(target.notebook, tuple(target.parameters), raw) != job.parts["notebook"]:
        raise InputsChanged
    return raw


def _has_report(job: Job, loaded: Document | None, page: Page, shown: list[Bundle]) -> None:
    """Refuse a page that would stand for a report, or for the draft of one, and does not show it."""
    target = job.target
    assert target.notebook
    if isinstance(job.id, ReportId) and not (loaded and _shows(shown, loaded)):
        raise NotebookError(say(SHOWS_ANOTHER, notebook=target.notebook.name, name=job.id))
    if loaded and loaded.is_draft and not page.is_draft:
        raise NotebookError(say(SHOWS_NONE, notebook=target.notebook.name))


def _shows(shown: list[Bundle], loaded: Document) -> bool:
    """Whether a page shows a report."""
    return (loaded.report.bureau.name, loaded.report.year) in {(one.bureau, one.year) for one in shown}


def _manifest(
    job: Job, given: dict[str, Any], page: Page, loaded: Document | None, findings: tuple[Finding, ...]
) -> Manifest:
    report, target = job.report, job.target
    assert target.notebook
    return Manifest(
        name=str(job.id),
        notebook=_named(target.notebook, job.options.params),
        parameters=given,
        bureau=report.bureau if report else None,
        bureau_name=loaded.report.bureau.name if loaded else None,
        year=report.year if report else None,
        title=page.title,
        date=page.date,
        draft=page.is_draft,
        key=job.key,
        parts=job.parts,
        inputs=job.inputs,
        formats=job.options.formats,
        language=page.language,
        environment=fingerprint.environment(),
        findings=tuple(map(FindingData.of, findings)),
    )


def _named(notebook: Path, params: Path) -> str:
    """A notebook by its path from the folder that holds params; one that lies elsewhere by its name alone."""
    home = params.parent.resolve()
    return notebook.relative_to(home).as_posix() if notebook.is_relative_to(home) else notebook.name


def _parameters(job: Job, stage: Path, params_dir: str) -> dict[str, Any]:
    """What the notebook is given; params_dir is relative to the folder where it runs, and will lie."""
    given = dict(job.target.parameters)
    if PARAMS in given and job.options.params.is_dir():
        given[PARAMS] = params_dir or Path(os.path.relpath(job.options.place, stage)).as_posix()
    return given


def _shared(report: ReportPaths | None, loaded: Document | None) -> contextlib.AbstractContextManager[None]:
    from nianbao.document.document import at_hand

    if report is None or loaded is None:
        return contextlib.nullcontext()
    return at_hand(replace(report, params=report.params.resolve()), loaded)


def _kept(job: Job, stage: Path, params_dir: str) -> bytes:
    """The report, pickled, as the check left it, or as read now from where the notebook would read it."""
    from nianbao.document.document import load

    if job.read and job.read.exists():
        kept = job.read.read_bytes()
        job.read.unlink()
        return kept
    report = job.report
    assert report  # Only a job with a report has one to load.
    place = stage / params_dir if params_dir else job.options.place
    return pickle.dumps(load(report.bureau, report.year, place, job.options.fonts))


def _by_lines(data: dict[str, Any]) -> str:
    """JSON with one line for each cell, fact and finding, so that it is easy to read and to compare."""
    dumps = json.JSONEncoder(ensure_ascii=False).encode

    def block(value: Any) -> str:
        return "[\n " + ",\n ".join(map(dumps, value)) + "\n]" if value and isinstance(value, list) else dumps(value)

    return "{\n" + ",\n".join(f"{dumps(key)}: {block(value)}" for key, value in data.items()) + "\n}\n"


@contextlib.contextmanager
def _logged(path: Path) -> Iterator[None]:
    """While cells run, write stdout and stderr of the process, and the traceback of a crash, to a file."""
    log = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
    kept = os.dup(1), os.dup(2)
    os.dup2(log, 1)
    os.dup2(log, 2)
    faulthandler.enable(log)
    try:
        yield
    finally:
        faulthandler.disable()
        os.dup2(kept[0], 1)
        os.dup2(kept[1], 2)
        for descriptor in (log, *kept):
            os.close(descriptor)
