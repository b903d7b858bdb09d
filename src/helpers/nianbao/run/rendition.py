"""All files of one target, made in a folder: the report loaded, the notebook run, its edition printed and written."""

from __future__ import annotations

import contextlib
import faulthandler
import os
import pickle
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nianbao.characters import visible
from nianbao.engine.parameters import PARAMS
from nianbao.findings import Finding, enumerated
from nianbao.inputfiles import NotRead, read_file
from nianbao.onpages import LEFT
from nianbao.run import fingerprint, scratch
from nianbao.run.edition import Order, Ran
from nianbao.run.manifest import require_listable, unlistable
from nianbao.run.store.disk import remove
from nianbao.run.store.store import LOG, PARTIAL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection

    from nianbao.document.document import Document
    from nianbao.paths import ReportPaths
    from nianbao.run.edition import Edition
    from nianbao.run.job import Job
    from nianbao.run.usage import Meter

CACHES = {"__pycache__", ".ipynb_checkpoints"}  # which Python and Jupyter leave


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


def render(job: Job, stage: Path, meter: Meter, pipe: Connection | None = None, params_dir: str = "") -> Edition:
    """Make all files of one target in a folder, where the notebook runs and from which ``params_dir`` leads to params.

    Raises
    ------
    InputsChanged
        When the report was read from other inputs than it was planned with.
    """
    from nianbao.engine import notebook
    from nianbao.run import press

    target, given = job.target, _parameters(job, stage, params_dir)
    assert target.notebook  # Without one the report has a fault, and is not built.
    with meter.step("load"):
        kept = _kept(job, stage, params_dir) if job.report else b""
        # The notebook's own copy: what its cells change is no data, and the files are compared with the data.
        copy = pickle.loads(kept) if kept else None
        if copy:
            require_planned(job, copy)
        if copy and job.options.draft:
            copy = replace(copy, drafted=True)
            kept = pickle.dumps(copy)
        ordered = press.Ordered(Order.of(job, stage, given, kept), pipe)
    path = stage / PARTIAL
    with meter.step("execution"), _logged(stage / LOG), _shared(job.report, copy):
        executed = notebook.run(target.notebook.resolve(), given, path, own_process=True, raw=_planned_notebook(job))
    edition = ordered.edition(Ran.of(executed, _left(stage)), meter)
    path.unlink()
    for name, one in edition.files.items():
        (stage / name).write_bytes(one)
    return edition


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
    found = f"留下了{enumerated([f'“{name}”' for name in names])}，没有发布"
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

    if kept := scratch.kept(job):
        return kept
    report = job.report
    assert report  # Only a job with a report has one to load.
    place = stage / params_dir if params_dir else job.options.place
    return pickle.dumps(load(report.bureau, report.year, place, job.options.fonts))


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
