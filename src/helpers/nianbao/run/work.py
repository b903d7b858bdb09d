"""The work on one report, in this process: check it, render it, publish it."""

from __future__ import annotations

import contextlib
import traceback
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from nianbao.errors import DataError, NianbaoError
from nianbao.inputs.bureau import name_of
from nianbao.language import reason, say
from nianbao.run import scratch
from nianbao.run.job import Outcome, Verdict
from nianbao.run.manifest import GONE, STEMS
from nianbao.run.plan import jobs_of, removed
from nianbao.run.process import over_limit
from nianbao.run.rendition import InputsChanged, render, require_planned
from nianbao.run.store.belongings import MOVED
from nianbao.run.store.failed import printed
from nianbao.run.store.store import LOG
from nianbao.run.usage import Meter
from nianbao.state import State

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from pathlib import Path

    from nianbao.checks.prose.accounts import Number
    from nianbao.job_id import ReportId
    from nianbao.paths import ReportPaths
    from nianbao.run.job import Job
    from nianbao.run.manifest import Manifest

MESSAGE, TRACE = 2_000, 200_000  # characters that are kept of what an error says, and of its traceback
SAVES = 5  # times that a report is begun anew because its inputs were saved meanwhile
REMOVED = "removed, as this build makes other formats: {files}"
UNLOGGED = "what its cells printed could not be kept: {why}"
SHOWS_ERRORS = "the notebook shows a report with errors; --draft builds it as a draft"

T = TypeVar("T")


def _as_it_is(job: Job, function: Callable[[Job], T]) -> T:
    """Call the function; while inputs are saved meanwhile, plan the job again from what is there now, and call it again.

    So no bytes are kept under the hash of others.
    """
    for _ in range(SAVES):
        try:
            return function(job)
        except InputsChanged:
            job = replace(jobs_of([job.target], job.options)[0], read=job.read, seal=job.seal)
    raise NianbaoError(say("its inputs change while it is being built: {places}", places=", ".join(sorted(job.inputs))))


def inspect(job: Job) -> Verdict:
    """Read, compose and check one report without building it; the store keeps the verdict."""
    try:
        with _at_hand(job):
            return _as_it_is(job, _inspected)
    except NianbaoError as error:
        return Verdict(_report(job).id, error=str(error))


def _at_hand(job: Job) -> contextlib.AbstractContextManager[None]:
    return job.options.origin.at_hand(job) if job.options.origin else contextlib.nullcontext()


def _inspected(job: Job) -> Verdict:
    from nianbao.checks.signing import signature_of
    from nianbao.document.document import load

    report = _report(job)
    try:
        loaded = load(report.bureau, report.year, job.options.place, job.options.fonts)
        require_planned(job, loaded)
        scratch.keep(job, loaded)
        signature = signature_of(loaded.report, loaded.narrative)
        verdict = Verdict(report.id, loaded.findings, loaded.narrative.title, signature=signature)
    except DataError as error:
        name = name_of(report.params, report.bureau)  # a report that cannot be read has no title
        verdict = Verdict(report.id, error.findings, name if name != report.bureau else "")
    require_planned(job)  # what a fault kept from being read, and what came after
    # What was found across bureaus stays until they are compared again, which a build that is stopped does not do.
    before = job.options.store.verdict(report.id)
    verdict = replace(verdict, across=before.across if before else ())
    job.options.store.keep_verdict(verdict, job.check_key)
    return verdict


def numbers_in(report: ReportPaths) -> tuple[ReportId, tuple[Number, ...]]:
    """The numbers of a report's text, each with how it is accounted for; none where it can no longer be read."""
    from nianbao.checks.prose.accounts import accounted
    from nianbao.document.document import load

    try:
        loaded = load(report.bureau, report.year, report.params)
    except DataError:
        return report.id, ()
    return report.id, tuple(accounted(loaded.report, loaded.narrative))


def _report(job: Job) -> ReportPaths:
    assert job.report  # Only a job with a report is checked.
    return job.report


def run_job(job: Job, pipe: Connection | None = None) -> Outcome:
    """Build one target and publish it; of a failed one the store keeps what it left.

    With a ``pipe`` to a press (see `press`) its files are made there, from its executed notebook.

    Returns
    -------
    Outcome
        PUBLISHED, DRAFT, or FAILED with the reason; BLOCKED when the data cannot be rendered, or when the notebook shows a
        report with errors and no draft was asked for.
    """
    meter = Meter()
    try:
        with _at_hand(job):
            return _as_it_is(job, lambda planned: _built(planned, meter, pipe))
    except Exception as error:  # nothing could be begun, such as on a full disk
        return Outcome(job.id, State.FAILED, message=_said(error, job), seconds=meter.seconds)


def _built(job: Job, meter: Meter, pipe: Connection | None) -> Outcome:
    store = job.options.store
    stage = store.stage(job.id, job.read.parent if job.read else None)
    try:
        made = render(job, stage, meter, pipe)
        require_planned(job)
        log = printed(stage) if job.options.log_output else ""
        (stage / LOG).unlink(missing_ok=True)
        state = made.manifest.state
        if state is State.DRAFT and not job.options.draft:
            store.drop(stage)
            grave = [str(one) for one in made.findings if one.severity.blocks]  # of the notebook: the report itself has none
            said = _bounded("\n".join((say(SHOWS_ERRORS), *grave)), MESSAGE)
            return Outcome(job.id, State.BLOCKED, made.findings, message=said, title=made.manifest.title)
        names, manifest = _with_published(job, stage, made.manifest)
        manifest = manifest.with_outputs(stage)
        before = store.record(job.id)
        moved = store.publish(stage, job.id, manifest)
    except InputsChanged:
        store.drop(stage)
        raise
    except DataError as error:
        store.drop(stage)
        return Outcome(job.id, State.BLOCKED, error.findings)
    except BaseException as error:
        said = say(GONE) if not stage.is_dir() else _said(error, job)
        return Outcome(job.id, State.FAILED, message=said + _kept(job, stage), seconds=meter.seconds)
    places = {store.place(job.id, name): manifest.outputs[name].sha256 for name in names}
    lines = [say(MOVED, places=", ".join(moved))] if moved else []
    gone = [one for one in removed(job, before, made.manifest.draft) if not any(place.endswith(one) for place in moved)]
    lines += [say(REMOVED, files=", ".join(gone))] if gone else []
    kept = ""
    try:
        kept = store.keep_log(job.id, log)
    except (OSError, NianbaoError) as error:  # such as a full disk, which takes nothing from what is published
        lines.append(say(UNLOGGED, why=error))
    about = (meter.seconds, "\n  ".join(lines), made.manifest.title)
    return Outcome(job.id, state, made.findings, *about, places, meter.spent(), log=kept)


def _said(error: BaseException, job: Job) -> str:
    """What an error says; of one that nobody raised on purpose its kind as well, and the notebook that led to it."""
    said = str(error)
    if not isinstance(error, NianbaoError):
        notebook = job.target.notebook.name if job.target.notebook else job.id
        said = f"{notebook}: {type(error).__name__}: {error}".removesuffix(": ")
    return _bounded(said, MESSAGE) + (over_limit() if "MemoryError" in said else "")


def _bounded(text: str, most: int) -> str:
    """A text; of a longer one its beginning and its end."""
    left_out = len(text) - most
    return text if left_out <= 0 else f"{text[: most // 2]} … {left_out} … {text[-most // 2 :]}"


def _kept(job: Job, stage: Path) -> str:
    try:
        return say("\n  see {place}", place=job.options.store.fail(stage, job.id, _trace(job, stage)))
    except (OSError, NianbaoError) as error:
        job.options.store.drop(stage)
        return say("\n  and its traceback could not be kept: {why}", why=reason(error))


def _trace(job: Job, stage: Path) -> str:
    """The traceback of the present error, without the folders of this machine: the index links to it."""
    from nianbao.render.tidy import without_folders

    trace = _bounded(traceback.format_exc(), TRACE)
    return without_folders(trace, {stage: ".", job.options.params.parent.resolve(): "<project>"})


def remove_draft(job: Job) -> str:
    """Publish the same files again without the draft beside them.

    Returns
    -------
    str
        What is said of a draft that somebody has changed, and that was put aside; '' without one.
    """
    store = job.options.store
    manifest = store.manifest(job.id)
    if manifest is None:
        return ""
    stage = store.stage(job.id)
    _take_over(manifest, job, stage)
    moved = store.publish(stage, job.id, manifest.model_copy(update={"beside": None}))
    return say(MOVED, places=", ".join(moved)) if moved else ""


def _with_published(job: Job, stage: Path, made: Manifest) -> tuple[list[str], Manifest]:
    """The names of the files that were made, and the manifest of the folder that they will lie in.

    A draft never replaces published files: they and their manifest stay as they are, and the draft lies beside them, without
    what else its notebook made: that may have the name of a published file, and nothing would tell whose it is.
    """
    published = job.options.store.record(job.id) if made.draft else None  # also one whose files are not as they were built
    if published is None or published.draft:
        return [path.name for path in sorted(stage.iterdir())], made
    for path in stage.iterdir():
        if path.name not in made.own_names:
            path.unlink()
    names = [path.name for path in sorted(stage.iterdir())]
    _take_over(published, job, stage)
    return names, published.model_copy(update={"beside": made})


def _take_over(published: Manifest, job: Job, stage: Path) -> None:
    """Copy the published files, without any draft beside them, into a stage."""
    for name in published.outputs:
        if not name.startswith(f"{STEMS[State.DRAFT]}."):
            with contextlib.suppress(FileNotFoundError):
                (stage / name).write_bytes(job.options.store.read(job.id, name))
