"""The work on one report, in this process: check it, render it, publish it."""

from __future__ import annotations

import contextlib
import faulthandler
import json
import os
import pickle
import traceback
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nianbao.engine.parameters import PARAMS
from nianbao.errors import DataError, NianbaoError, NotebookError
from nianbao.job_id import ReportId
from nianbao.language import say
from nianbao.run.fingerprint import environment
from nianbao.run.job import Outcome, Verdict
from nianbao.run.manifest import STEMS, Found, Manifest
from nianbao.run.usage import Meter
from nianbao.state import State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection

    from nianbao.bundle import Bundle
    from nianbao.document.document import Document
    from nianbao.findings import Finding
    from nianbao.paths import ReportPaths
    from nianbao.render.page import Page
    from nianbao.run.job import Job

LOG = "output.log"
SHOWS_ERRORS = "the notebook shows a report with errors; --draft builds it as a draft"
SHOWS_ANOTHER = "{notebook} makes the report {name} and does not show it; it begins with load(bureau, year, params_dir)"
SHOWS_NONE = "the report has errors, and {notebook} shows no report that could be stamped as a draft"


def inspect(job: Job) -> Verdict:
    """Read, compose and check one report without building it; the store keeps the verdict."""
    from nianbao.document.document import load

    report = _report(job)
    try:
        loaded = load(report.bureau, report.year, report.params.resolve())
        _keep(loaded, job.read)
        verdict = Verdict(report.id, loaded.findings, loaded.narrative.title)
    except DataError as error:
        verdict = Verdict(report.id, error.faults)
    job.options.store.keep_verdict(verdict, job.check_key)
    return verdict


def _report(job: Job) -> ReportPaths:
    assert job.report  # Only a job with a report is checked.
    return job.report


def _keep(loaded: Document, place: Path | None) -> None:
    """Pickle a report for the build; when it cannot be written, the build reads the inputs again."""
    if place:
        try:
            place.write_bytes(pickle.dumps(loaded))
        except OSError:
            place.unlink(missing_ok=True)


def run_job(job: Job, pipe: Connection | None = None) -> Outcome:
    """Build one target and publish it; of a failed one the store keeps what it left.

    With a ``pipe`` to a press (see `press`) the formats that are slow to start are made there.

    Returns
    -------
    Outcome
        PUBLISHED, DRAFT, or FAILED with the reason; BLOCKED when the data cannot be rendered, or when the notebook shows a
        report with errors and no draft was asked for.
    """
    store, meter = job.options.store, Meter()
    stage = store.stage(job.id)
    try:
        made = render(job, stage, meter, pipe)
        (stage / LOG).unlink(missing_ok=True)
        state = made.manifest.state
        if state is State.DRAFT and not job.options.draft:
            store.drop(stage)
            return Outcome(job.id, State.BLOCKED, made.findings, message=say(SHOWS_ERRORS), title=made.manifest.title)
        names = [path.name for path in sorted(stage.iterdir())]
        manifest = _beside_published(job, stage, made.manifest) if state is State.DRAFT else made.manifest
        store.publish(stage, job.id, manifest)
    except DataError as error:
        store.drop(stage)
        return Outcome(job.id, State.BLOCKED, error.faults)
    except BaseException as error:
        said = str(error) if isinstance(error, NianbaoError) else f"{type(error).__name__}: {error}"
        if "MemoryError" in said:
            said += say(" (more than the machine or --memory allows)")
        return Outcome(job.id, State.FAILED, message=f"{said}{_kept(job, stage)}", seconds=meter.seconds)
    places = tuple(store.place(job.id, name) for name in names)
    return Outcome(job.id, state, made.findings, meter.seconds, "", made.manifest.title, places, meter.spent())


def _kept(job: Job, stage: Path) -> str:
    try:
        return say("\n  see {place}", place=job.options.store.fail(stage, job.id, traceback.format_exc()))
    except OSError as error:
        job.options.store.drop(stage)
        return say("\n  and its traceback could not be kept: {why}", why=error.strerror)


def remove_draft(job: Job) -> None:
    """Publish the same files again without the draft beside them, which is of other inputs."""
    store = job.options.store
    manifest = store.manifest(job.id)
    if manifest is None:
        return
    stage = store.stage(job.id)
    _take_over(manifest, job, stage)
    store.publish(stage, job.id, manifest.model_copy(update={"beside": None}))


@dataclass(frozen=True, slots=True)
class Rendered:
    """What `render` made: the manifest, still without outputs, and the report's findings."""

    manifest: Manifest
    findings: tuple[Finding, ...]


def render(job: Job, stage: Path, meter: Meter, pipe: Connection | None = None) -> Rendered:
    """Make all files of one target in a folder."""
    import nbformat.v4

    from nianbao.engine import notebook
    from nianbao.render.outputs import page_of, shown_in
    from nianbao.render.tidy import tidy
    from nianbao.run import press

    report, options, target = job.report, job.options, job.target
    assert target.notebook  # Without one the report has a fault, and is not built.
    with meter.step("load"):
        loaded = _loaded(job) if report else None
    path = stage / "report.ipynb"
    with meter.step("execution"), _logged(stage / LOG), _shared(report, loaded):
        executed = notebook.run(target.notebook.resolve(), _parameters(job, stage), path, own_process=True)
    with meter.step("page"):
        published = tidy(executed, stage)
        shown = nbformat.v4.reads(published)
        page = page_of(shown)
        _has_report(job, loaded, page, shown_in(shown))
        stem = STEMS[page.state or State.PUBLISHED]
        path.unlink()
        (stage / f"{stem}.ipynb").write_text(published, "utf-8", newline="\n")
    for name, made in press.make(page, options.formats, options.fonts, pipe, meter):
        (stage / f"{stem}.{name}").write_bytes(made)
    if loaded:
        (stage / f"{stem}.json").write_text(_by_lines(loaded.data.to_json()), "utf-8", newline="\n")
    findings = loaded.findings if loaded else page.findings
    return Rendered(_manifest(job, page, loaded, findings), findings)


def _has_report(job: Job, loaded: Document | None, page: Page, shown: list[Bundle]) -> None:
    """Refuse a page that would stand for a report, or for the draft of one, and does not show it."""
    target, own = job.target, loaded and (loaded.report.bureau.name, loaded.report.year)
    assert target.notebook
    if isinstance(job.id, ReportId) and own not in {(one.bureau, one.year) for one in shown}:
        raise NotebookError(say(SHOWS_ANOTHER, notebook=target.notebook.name, name=job.id))
    if loaded and loaded.is_draft and not page.is_draft:
        raise NotebookError(say(SHOWS_NONE, notebook=target.notebook.name))


def _manifest(job: Job, page: Page, loaded: Document | None, findings: tuple[Finding, ...]) -> Manifest:
    report, target = job.report, job.target
    assert target.notebook
    return Manifest(
        name=str(job.id),
        notebook=_named(target.notebook, job.options.params),
        parameters={name: value for name, value in target.parameters.items() if name != PARAMS},
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
        environment=environment(),
        findings=tuple(Found(code=finding.code, severity=finding.severity) for finding in findings),
    )


def _named(notebook: Path, params: Path) -> str:
    """A notebook by its path from the folder that holds params; one that lies elsewhere by its name alone."""
    home = params.parent.resolve()
    return notebook.relative_to(home).as_posix() if notebook.is_relative_to(home) else notebook.name


def _parameters(job: Job, stage: Path) -> dict[str, Any]:
    """What the notebook is given; params_dir is relative to the folder where it runs, and will lie."""
    given = dict(job.target.parameters)
    if PARAMS in given and job.options.params.is_dir():
        given[PARAMS] = Path(os.path.relpath(job.options.params.resolve(), stage)).as_posix()
    return given


def _shared(report: ReportPaths | None, loaded: Document | None) -> contextlib.AbstractContextManager[None]:
    from nianbao.document.document import at_hand

    if report is None or loaded is None:
        return contextlib.nullcontext()
    return at_hand(replace(report, params=report.params.resolve()), loaded)


def _loaded(job: Job) -> Document:
    """The report as the check left it, or read now."""
    from nianbao.document.document import load

    if job.read and job.read.exists():
        loaded: Document = pickle.loads(job.read.read_bytes())
        job.read.unlink()
        return loaded
    report = _report(job)
    return load(report.bureau, report.year, report.params.resolve())


def _by_lines(data: dict[str, Any]) -> str:
    """JSON with one line for each cell, fact and finding, so that it is easy to read and to compare."""

    def dumps(value: Any) -> str:
        return json.dumps(value, ensure_ascii=False)

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


def _beside_published(job: Job, stage: Path, draft: Manifest) -> Manifest:
    """A draft never replaces published files: they and their manifest stay as they are, the draft lies beside them."""
    published = job.options.store.record(job.id)  # also one whose files are not all as they were built
    if published is None or published.draft:
        return draft
    _take_over(published, job, stage)
    return published.model_copy(update={"beside": draft})


def _take_over(published: Manifest, job: Job, stage: Path) -> None:
    """Copy the published files, without any draft beside them, into a stage."""
    for name in published.outputs:
        if not name.startswith(f"{STEMS[State.DRAFT]}."):
            with contextlib.suppress(FileNotFoundError):
                (stage / name).write_bytes(job.options.store.read(job.id, name))
