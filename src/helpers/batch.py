"""The batch: plan → isolated jobs → publish → summary. A job is a picklable value and `run_job` one function.

This room starts fast: it never imports pandas or a renderer; they are imported in the job's own process (see `pool`).
"""

from __future__ import annotations

import importlib.metadata
import json
import os
import platform
import shutil
import sys
import time
import traceback
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.errors import DataError, NianbaoError
from helpers.paths import PACKAGE, ReportPaths
from helpers.pool import NO_LIMITS, Limits, each
from helpers.store import Store, digest, digest_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from helpers.document import Document
    from helpers.findings import Finding

PACKAGES = (
    "ipykernel", "ipython", "jinja2", "markdown-it-py", "nbclient", "nbconvert", "nbformat", "nh3", "pandas", "papermill",
    "pylopdf-fonts-zh-cn", "pypandoc-binary", "typst",
)  # fmt: skip
BUILT, DRAFTED, CURRENT, BLOCKED, FAILED, DUE = "已发布", "草稿", "未变", "阻断", "失败", "待生成"


@dataclass(frozen=True, slots=True)
class Options:
    """What holds for every job of a build."""

    outputs: Path
    notebook: Path
    formats: tuple[str, ...] = ("html", "pdf")
    draft: bool = False
    force: bool = False
    fonts: Path | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One report to make; everything `run_job` needs, picklable."""

    report: ReportPaths
    options: Options
    inputs: dict[str, str]
    key: str

    @property
    def name(self) -> str:
        return f"{self.report.bureau}/{self.report.year}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one report.

    ``state`` is 已发布, 草稿, 未变, 阻断 or 失败; ``seconds`` its wall time; ``message`` why it failed and
    where what is needed to mend it lies; ``spent`` the seconds of each step, the CPU seconds with children, the peak in MiB.
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


@dataclass(slots=True)
class Verdict:
    """A report's faults and findings, as found before anything is built."""

    name: str
    findings: tuple[Finding, ...] = ()
    blocked: bool = False
    title: str = ""
    error: str = field(default="")


def plan(reports: Sequence[ReportPaths], options: Options) -> list[Job]:
    """One job for each report, keyed by the content of everything its outputs depend on."""
    common = json.dumps(
        {
            "code": digest_of(_code(), PACKAGE),
            "notebook": _sources(options.notebook),
            "fonts": digest_of(filter(Path.is_file, options.fonts.rglob("*")), options.fonts) if options.fonts else {},
            "formats": options.formats,
            "environment": environment(),
        },
        sort_keys=True,
    )
    jobs = []
    for report in reports:
        files = [report.bureau_file, *_inputs(report.folder), *_inputs(report.last_year.folder)]
        inputs = digest_of(filter(Path.is_file, files), report.params)
        jobs.append(Job(report, options, inputs, digest((common + json.dumps(inputs, sort_keys=True)).encode())))
    return jobs


def _code() -> list[Path]:
    return [path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts]


def _inputs(folder: Path) -> list[Path]:
    return (
        [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")] if folder.is_dir() else []
    )


def _sources(notebook: Path) -> str:
    """A notebook's cells without outputs and counters: saving it after Run All changes nothing."""
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    return digest(
        json.dumps([(cell["cell_type"], "".join(cell["source"]), cell["metadata"].get("tags")) for cell in cells]).encode()
    )


def environment() -> dict[str, str]:
    """Python and the packages whose version can show in an output."""
    return {"python": platform.python_version()} | {name: importlib.metadata.version(name) for name in PACKAGES}


def is_current(job: Job) -> bool:
    """Whether what was asked for, the published report or with ``draft`` its draft, is made from exactly these inputs."""
    manifest = Store(job.options.outputs).manifest(job.report.bureau, job.report.year)
    if manifest is None or job.options.force:
        return False
    drafted = manifest if manifest["draft"] else manifest.get("beside")
    if job.options.draft and drafted and drafted["key"] == job.key:
        return True
    return not manifest["draft"] and bool(manifest["key"] == job.key)


def inspect(job: Job) -> Verdict:
    """Read, compose and check one report without building it."""
    from helpers import document

    try:
        loaded = document.load(job.report.bureau, job.report.year, job.report.params)
    except DataError as error:
        return Verdict(job.name, error.faults, blocked=True)
    return Verdict(job.name, loaded.findings, loaded.is_draft, loaded.narrative.title)


def run_job(job: Job) -> Outcome:
    """Build one report in this process and publish it; a failure leaves its folder under ``.failed`` instead.

    Returns
    -------
    Outcome
        已发布, 草稿, or 失败 with the reason; data that cannot be rendered come back as 阻断.
    """
    store, report = Store(job.options.outputs.resolve()), job.report
    start = time.perf_counter()
    stage = store.stage(report.bureau, report.year)
    spent: dict[str, float] = {}
    try:
        title, draft, findings = _build(job, stage, store, spent)
    except DataError as error:
        shutil.rmtree(stage, ignore_errors=True)
        return Outcome(job.name, BLOCKED, error.faults)
    except BaseException as error:
        (stage / "traceback.txt").write_text(traceback.format_exc(), "utf-8")
        place = store.keep_failure(stage, report.bureau, report.year)
        said = str(error) if isinstance(error, NianbaoError) else f"{type(error).__name__}: {error}"
        return Outcome(job.name, FAILED, message=f"{said}\n  see {place}")
    seconds = time.perf_counter() - start
    return Outcome(job.name, DRAFTED if draft else BUILT, findings, seconds, title=title, spent=spent | usage())


def usage() -> dict[str, float]:
    """CPU seconds and peak memory (MiB) of this process and its children so far; the peak only where the system tells."""
    times = os.times()
    cpu = {"cpu": times.user + times.system + times.children_user + times.children_system}
    if sys.platform == "win32":
        return cpu
    import resource

    unit = 2**20 if sys.platform == "darwin" else 2**10
    peaks = [resource.getrusage(who).ru_maxrss / unit for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return cpu | {"peak": sum(peaks)}


@contextmanager
def _timed(spent: dict[str, float], step: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    spent[step] = time.perf_counter() - start


def _build(job: Job, stage: Path, store: Store, spent: dict[str, float]) -> tuple[str, bool, tuple[Finding, ...]]:
    from helpers import document, engine, export

    report, options = job.report, job.options
    params = os.path.relpath(report.params.resolve(), stage)
    loaded: Document = document.load(report.bureau, report.year, report.params)
    parameters: dict[str, str | int] = {"bureau": report.bureau, "year": report.year, "params_dir": Path(params).as_posix()}
    name = "report-draft" if loaded.is_draft else "report"
    path = stage / f"{name}.ipynb"
    with _timed(spent, "execution"):
        notebook = export.tidy(engine.run(options.notebook.resolve(), parameters, path))
    with _timed(spent, "html"):
        page, about = export.html(notebook)
    export.write_notebook(notebook, path)
    (stage / f"{name}.html").write_text(page, "utf-8")
    if "pdf" in options.formats:
        with _timed(spent, "pdf"):
            (stage / f"{name}.pdf").write_bytes(export.pdf(page, about, options.fonts))
    if "html" not in options.formats:
        (stage / f"{name}.html").unlink()
    data = json.dumps(loaded.to_json(), ensure_ascii=False, indent=1, default=str)
    (stage / f"{name}.json").write_text(data + "\n", "utf-8")
    manifest = {
        "schema": 1,
        "bureau": report.bureau,
        "bureau_name": loaded.report.bureau.name,
        "year": report.year,
        "title": about["title"],
        "date": about["date"],
        "draft": loaded.is_draft,
        "key": job.key,
        "inputs": job.inputs,
        "environment": environment(),
        "nianbao": importlib.metadata.version("nianbao"),
        "findings": [finding.code for finding in loaded.findings],
    }
    if loaded.is_draft:
        manifest = _beside_published(job, stage, store, manifest)
    store.publish(stage, report.bureau, report.year, manifest)
    return about["title"], loaded.is_draft, loaded.findings


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


def check(jobs: Sequence[Job], limits: Limits = NO_LIMITS) -> Iterator[Verdict]:
    """The verdict on each report, in any order."""
    yield from each(inspect, jobs, lambda job, why: Verdict(job.name, blocked=True, error=why), limits)


def build(jobs: Sequence[Job], limits: Limits = NO_LIMITS) -> Iterator[Outcome]:
    """Build each report in a process of its own, in any order; a lost process is an outcome like any other."""
    yield from each(run_job, jobs, lambda job, why: Outcome(job.name, FAILED, message=why), limits)
