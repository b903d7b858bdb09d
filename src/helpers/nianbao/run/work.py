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

from nianbao.errors import DataError, NianbaoError
from nianbao.run.fingerprint import environment
from nianbao.run.job import Outcome, Verdict
from nianbao.run.manifest import STEMS, Found, Manifest
from nianbao.run.usage import Meter
from nianbao.state import State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection

    from nianbao.document.document import Document
    from nianbao.findings import Finding
    from nianbao.run.job import Job

LOG = "output.log"


def inspect(job: Job) -> Verdict:
    """Read, compose and check one report without building it; the store keeps the verdict."""
    from nianbao.document.document import load

    try:
        loaded = load(job.report.bureau, job.report.year, job.report.params.resolve())
        _keep(loaded, job.read)
        verdict = Verdict(job.id, loaded.findings, loaded.narrative.title)
    except DataError as error:
        verdict = Verdict(job.id, error.faults)
    job.options.store.keep_verdict(verdict, job.check_key)
    return verdict


def _keep(loaded: Document, place: Path | None) -> None:
    """Pickle a report for the build; when it cannot be written, the build reads the inputs again."""
    if place:
        try:
            place.write_bytes(pickle.dumps(loaded))
        except OSError:
            place.unlink(missing_ok=True)


def run_job(job: Job, pipe: Connection | None = None) -> Outcome:
    """Build one report and publish it; when it fails, the store keeps the files that were made.

    With a ``pipe`` to a press (see `press`) the formats that are slow to start are made there.

    Returns
    -------
    Outcome
        PUBLISHED or DRAFT; FAILED with the reason; BLOCKED with the faults when the data cannot be rendered.
    """
    store, meter = job.options.store, Meter()
    stage = store.stage(job.id)
    try:
        made = render(job, stage, meter, pipe)
        (stage / LOG).unlink(missing_ok=True)
        manifest = _beside_published(job, stage, made.manifest) if made.state is State.DRAFT else made.manifest
        store.publish(stage, job.id, manifest)
    except DataError as error:
        store.drop(stage)
        return Outcome(job.id, State.BLOCKED, error.faults)
    except BaseException as error:
        said = str(error) if isinstance(error, NianbaoError) else f"{type(error).__name__}: {error}"
        if "MemoryError" in said:
            said += " (more than the machine or --memory allows)"
        return Outcome(job.id, State.FAILED, message=f"{said}{_kept(job, stage)}", seconds=meter.seconds)
    return Outcome(job.id, made.state, made.findings, meter.seconds, title=made.manifest.title, spent=meter.spent())


def _kept(job: Job, stage: Path) -> str:
    try:
        return f"\n  see {job.options.store.fail(stage, job.id, traceback.format_exc())}"
    except OSError as error:
        job.options.store.drop(stage)
        return f"\n  and its traceback could not be kept: {error.strerror}"


@dataclass(frozen=True, slots=True)
class Rendered:
    """The result of `render`: the manifest, still without outputs, the state and the findings."""

    manifest: Manifest
    state: State
    findings: tuple[Finding, ...]


def render(job: Job, stage: Path, meter: Meter, pipe: Connection | None = None) -> Rendered:
    """Make all files of one report in the folder ``stage``.

    Raises
    ------
    DataError, NotebookError, RenderError
        When the data have faults, a cell of the notebook fails, or the page cannot be made.
    """
    import nbformat.v4

    from nianbao.document.document import at_hand
    from nianbao.engine import notebook
    from nianbao.render.outputs import page_of
    from nianbao.render.tidy import tidy
    from nianbao.run import press

    report, options = job.report, job.options
    assert options.notebook  # Options without a notebook are for checks only.
    params = report.params.resolve()
    with meter.step("load"):
        loaded = _loaded(job)
    where = Path(os.path.relpath(params, stage)).as_posix()
    parameters: dict[str, str | int] = {"bureau": report.bureau, "year": report.year, "params_dir": where}
    stem = STEMS[loaded.state]
    path = stage / f"{stem}.ipynb"
    shared = at_hand(replace(report, params=params), loaded)
    with meter.step("execution"), _logged(stage / LOG), shared:
        executed = notebook.run(options.notebook.resolve(), parameters, path, own_process=True)
    with meter.step("page"):
        published = tidy(executed, stage)
        path.write_text(published, "utf-8", newline="\n")
        page = page_of(nbformat.v4.reads(published))
    for name, made in press.make(page, options.formats, options.fonts, pipe, meter):
        (stage / f"{stem}.{name}").write_bytes(made)
    (stage / f"{stem}.json").write_text(_by_lines(loaded.data.to_json()), "utf-8", newline="\n")
    manifest = Manifest(
        bureau=report.bureau,
        bureau_name=loaded.report.bureau.name,
        year=report.year,
        title=page.title,
        date=page.date,
        draft=loaded.is_draft,
        key=job.key,
        parts=job.parts,
        inputs=job.inputs,
        formats=options.formats,
        environment=environment(),
        findings=tuple(Found(code=finding.code, severity=finding.severity) for finding in loaded.findings),
    )
    return Rendered(manifest, loaded.state, loaded.findings)


def _loaded(job: Job) -> Document:
    """The report that the check pickled, else the report read now."""
    from nianbao.document.document import load

    if job.read and job.read.exists():
        loaded: Document = pickle.loads(job.read.read_bytes())
        job.read.unlink()
        return loaded
    return load(job.report.bureau, job.report.year, job.report.params.resolve())


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
    """The manifest for a draft; when a report is published, its files are copied into the stage and its manifest is kept.

    So a draft never replaces a published report: its record lies in ``beside`` of the published one.
    """
    store = job.options.store
    published = store.manifest(job.id)
    if published is None or published.draft:
        return draft
    for name in published.outputs:
        if not name.startswith(f"{STEMS[State.DRAFT]}."):
            (stage / name).write_bytes(store.read(job.id, name))
    return published.model_copy(update={"beside": draft})
