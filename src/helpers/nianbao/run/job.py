"""One report's job: a picklable value, and the functions that check, render and publish it in this process."""

from __future__ import annotations

import contextlib
import faulthandler
import json
import os
import pickle
import shutil
import traceback
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.errors import DataError, NianbaoError
from helpers.keys import environment
from helpers.store import Store
from helpers.usage import Meter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection

    from helpers.document import Document
    from helpers.findings import Finding
    from helpers.paths import ReportPaths

BUILT, DRAFTED, CURRENT, BLOCKED, FAILED, DUE = "已发布", "草稿", "未变", "阻断", "失败", "待生成"


@dataclass(frozen=True, slots=True)
class Options:
    """What holds for every job of a build."""

    params: Path
    outputs: Path
    notebook: Path
    formats: tuple[str, ...] = ("html", "pdf")
    draft: bool = False
    force: bool = False
    fonts: Path | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One report to make; everything `run_job` needs, picklable.

    ``parts`` are the hashes of all its outputs depend on, by what they are (data, narrative, notebook, code, …); ``inputs``
    those of the single input files; ``key`` is the hash of the parts. ``read`` names a file of the batch's own, in which
    `inspect` leaves the report as it read it: what is built is what was checked. Without it the inputs are read again.
    """

    report: ReportPaths
    options: Options
    inputs: dict[str, str]
    parts: dict[str, str]
    key: str
    read: Path | None = None

    @property
    def name(self) -> str:
        return f"{self.report.bureau}/{self.report.year}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one report.

    ``state`` is 已发布, 草稿, 未变, 阻断 or 失败; ``seconds`` its wall time; ``message`` why it failed and where what is
    needed to mend it lies; ``spent`` the seconds of each step, the CPU seconds with children, the peak memory in MiB.
    """

    name: str
    state: str
    findings: tuple[Finding, ...] = ()
    seconds: float = 0.0
    message: str = ""
    title: str = ""
    spent: dict[str, float] = field(default_factory=dict)

    @property
    def is_good(self) -> bool:
        return self.state in {BUILT, DRAFTED, CURRENT}


@dataclass(frozen=True, slots=True)
class Verdict:
    """A report's faults and findings, as found before anything is built; ``error`` says why it could not be checked."""

    name: str
    findings: tuple[Finding, ...] = ()
    title: str = ""
    error: str = ""

    @property
    def is_faulty(self) -> bool:
        """Whether it cannot be rendered, not even as a draft."""
        return bool(self.error) or any(finding.code[0] == "F" for finding in self.findings)

    @property
    def is_blocked(self) -> bool:
        """Whether it must not be published."""
        return self.is_faulty or any(finding.code[0] == "E" for finding in self.findings)


def inspect(job: Job) -> Verdict:
    """Read, compose and check one report without building it; the verdict is kept under the job's key."""
    from helpers import document

    try:
        loaded = document.load(job.report.bureau, job.report.year, job.report.params.resolve())
        _keep(loaded, job.read)
        verdict = Verdict(job.name, loaded.findings, loaded.narrative.title)
    except DataError as error:
        verdict = Verdict(job.name, error.faults)
    store, report = Store(job.options.outputs), job.report
    if store.root.is_dir():
        findings = [asdict(finding) for finding in verdict.findings]
        store.keep_verdict(report.bureau, report.year, {"key": job.key, "title": verdict.title, "findings": findings})
    return verdict


def _keep(loaded: Document, place: Path | None) -> None:
    """Leave a report as it was read, unless the disk is full."""
    if place:
        try:
            place.write_bytes(pickle.dumps(loaded))
        except OSError:
            place.unlink(missing_ok=True)


def run_job(job: Job, pipe: Connection | None = None) -> Outcome:
    """Build one report in this process and publish it; a failure leaves its folder under ``.failed`` instead.

    With a ``pipe`` to a press (see `press`) the PDF is set there.

    Returns
    -------
    Outcome
        已发布, 草稿, or 失败 with the reason; data that cannot be rendered come back as 阻断.
    """
    store, report = Store(job.options.outputs.resolve()), job.report
    meter = Meter()
    stage = store.stage(report.bureau, report.year)
    try:
        title, draft, findings = _build(job, stage, store, meter, pipe)
    except DataError as error:
        shutil.rmtree(stage, ignore_errors=True)
        return Outcome(job.name, BLOCKED, error.faults)
    except BaseException as error:
        said = str(error) if isinstance(error, NianbaoError) else f"{type(error).__name__}: {error}"
        if "MemoryError" in said:
            said += " (more than the machine or --memory allows)"
        return Outcome(job.name, FAILED, message=f"{said}{_kept(store, stage, report)}", seconds=meter.seconds)
    return Outcome(job.name, DRAFTED if draft else BUILT, findings, meter.seconds, title=title, spent=meter.spent())


def _kept(store: Store, stage: Path, report: ReportPaths) -> str:
    try:
        (stage / "traceback.txt").write_text(traceback.format_exc(), "utf-8")
        return f"\n  see {store.keep_failure(stage, report.bureau, report.year)}"
    except OSError as error:
        shutil.rmtree(stage, ignore_errors=True)
        return f"\n  and its traceback could not be kept: {error.strerror}"


def _build(
    job: Job, stage: Path, store: Store, meter: Meter, pipe: Connection | None
) -> tuple[str, bool, tuple[Finding, ...]]:
    report = job.report
    manifest, title, draft, findings = render(job, stage, meter, pipe)
    (stage / "output.log").unlink(missing_ok=True)
    if draft:
        manifest = _beside_published(job, stage, store, manifest)
    store.publish(stage, report.bureau, report.year, manifest)
    return title, draft, findings


def render(
    job: Job, stage: Path, meter: Meter, pipe: Connection | None = None
) -> tuple[dict[str, Any], str, bool, tuple[Finding, ...]]:
    """Make all files of one report in a folder; returns its manifest (without outputs), title, draft or not, findings."""
    import nbformat.v4

    from helpers import document, engine, export, press

    report, options = job.report, job.options
    params = report.params.resolve()
    with meter.step("load"):
        if job.read and job.read.exists():
            loaded = pickle.loads(job.read.read_bytes())
            job.read.unlink()
        else:
            loaded = document.load(report.bureau, report.year, params)
    where = Path(os.path.relpath(params, stage)).as_posix()
    parameters: dict[str, str | int] = {"bureau": report.bureau, "year": report.year, "params_dir": where}
    name = "report-draft" if loaded.is_draft else "report"
    path = stage / f"{name}.ipynb"
    at_hand = document.at_hand(replace(report, params=params), loaded)
    with meter.step("execution"), _logged(stage / "output.log"), at_hand:
        executed = engine.run(options.notebook.resolve(), parameters, path, own_process=True)
    with meter.step("html"):
        published = export.tidy(executed, stage)
        path.write_text(published, "utf-8", newline="\n")
        page, about = export.html(nbformat.v4.reads(published))
    if "html" in options.formats:
        (stage / f"{name}.html").write_text(page, "utf-8", newline="\n")
    if "pdf" in options.formats:
        with meter.step("pdf"):
            (stage / f"{name}.pdf").write_bytes(press.typeset(page, about, options.fonts, pipe))
    (stage / f"{name}.json").write_text(_by_lines(loaded.to_json()), "utf-8", newline="\n")
    used = environment()
    manifest = {
        "schema": 1,
        "bureau": report.bureau,
        "bureau_name": loaded.report.bureau.name,
        "year": report.year,
        "title": about["title"],
        "date": about["date"],
        "draft": loaded.is_draft,
        "key": job.key,
        "parts": job.parts,
        "inputs": job.inputs,
        "formats": list(options.formats),
        "environment": used,
        "findings": [finding.code for finding in loaded.findings],
    }
    return manifest, about["title"], loaded.is_draft, loaded.findings


def _by_lines(data: dict[str, Any]) -> str:
    """JSON with a line for each cell, fact and finding: good to read, and to compare."""

    def dumps(value: Any) -> str:
        return json.dumps(value, ensure_ascii=False)

    def block(value: Any) -> str:
        return "[\n " + ",\n ".join(map(dumps, value)) + "\n]" if value and isinstance(value, list) else dumps(value)

    return "{\n" + ",\n".join(f"{dumps(key)}: {block(value)}" for key, value in data.items()) + "\n}\n"


@contextlib.contextmanager
def _logged(path: Path) -> Iterator[None]:
    """What the process writes past Python, a crash's last words included, goes to a file for as long as cells run."""
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


def _beside_published(job: Job, stage: Path, store: Store, manifest: dict[str, Any]) -> dict[str, Any]:
    """A draft never replaces a published report: its files and its manifest stay as they are, the draft lies beside them."""
    published = store.manifest(job.report.bureau, job.report.year)
    if published is None or published["draft"]:
        return manifest
    folder = store.folder(job.report.bureau, job.report.year)
    for name in published["outputs"]:
        if not name.startswith("report-draft."):
            shutil.copy2(folder / name, stage / name)
    return published | {"beside": manifest}
