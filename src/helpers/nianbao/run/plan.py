"""Plan a batch: list its jobs, what a build would do with each of them, and why."""

from __future__ import annotations

import errno
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from nianbao.digests import digest
from nianbao.formatnames import DEFAULT
from nianbao.inputs.select import select
from nianbao.job_id import ReportId
from nianbao.language import say
from nianbao.render import formats
from nianbao.run import fingerprint
from nianbao.run.job import Job
from nianbao.run.manifest import STEMS
from nianbao.state import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nianbao.findings import Finding
    from nianbao.job_id import JobId
    from nianbao.run.fingerprint import Seen
    from nianbao.run.job import Options, Outcome, Verdict
    from nianbao.run.manifest import Manifest
    from nianbao.run.store.store import Store
    from nianbao.run.targets import Target

VANISHED = "its files were made, and have been removed or changed since, not by this build; build again"


def jobs_of(targets: Sequence[Target], options: Options) -> list[Job]:
    """One job for each target, keyed by the content of everything that its outputs depend on."""
    common = fingerprint.Common.of(options.params, options.fonts)
    hashed = cache(fingerprint.formats_of)
    jobs: list[Job] = []
    seen: Seen = {}
    for target in targets:
        own = replace(options, formats=options.formats or _published_as(target))
        inputs, parts = fingerprint.parts_of(target, options.params, common, seen)
        parts["options"] = hashed(own.formats)
        check_key = fingerprint.check_key_of(parts, common) if target.report else ""
        jobs.append(Job(target, own, inputs, parts, fingerprint.key_of(parts), check_key))
    return jobs


def _published_as(target: Target) -> tuple[str, ...]:
    """The output formats in which a target is published unless others are asked for."""
    return (target.links.formats if target.links else ()) or DEFAULT


def jobs_as_built(targets: Sequence[Target], options: Options) -> list[Job]:
    """One job for each target, with the output formats that its folder was built with.

    Of published files and a draft beside them, it is what is published where that is of the present inputs, else the draft.
    """
    asked: dict[tuple[str, ...], list[Target]] = {}
    for target in targets:
        manifest = options.store.record(target.id)
        built = dict.fromkeys(one.formats for one in reversed(manifest.records)) if manifest else ()
        for names in list(filter(formats.usable, built)) or [options.formats]:
            asked.setdefault(names, []).append(target)
    found: dict[JobId, list[Job]] = {}
    for names, group in asked.items():
        for job in jobs_of(group, replace(options, formats=names)):
            found.setdefault(job.id, []).append(job)
    return [min(some, key=partial(_place, options.store.record(one))) for one, some in found.items()]


def _place(manifest: Manifest | None, job: Job) -> int:
    """Which of a folder's records a job is of; behind all of them where it is of none."""
    keys = [one.key for one in manifest.records] if manifest else []
    return keys.index(job.key) if job.key in keys else len(keys)


def built(job: Job) -> Manifest | None:
    """The manifest of what was built before, if the files are as it says, and all that a build makes are among them."""
    found = job.options.store.manifest(job.id, job.options.deep)
    return found if found and found.made <= {*found.outputs} else None


def kept(job: Job) -> tuple[str, ...]:
    """The names of what people have put into the folder of a job; every build keeps it."""
    record, names = job.options.store.record(job.id), _files(job) or []
    # Without a record nothing tells whose these are: a build moves them out of its way.
    return (
        tuple(name for name in names if name not in record.outputs) if record else tuple(sorted({*names} - _reports(names)))
    )


def removed(job: Job, before: Manifest | None, draft: bool = False) -> tuple[str, ...]:
    """The names of the published files, or of those of a draft, that a build removes as their format is not asked for."""
    names = {name for one in before.records if one.draft == draft for name in one.formats} if before else set()
    files = [f"{STEMS[State.DRAFT if draft else State.PUBLISHED]}.{formats.suffix(name)}" for name in sorted(names)]
    made = {formats.suffix(name) for name in job.options.formats}
    return tuple(name for name in files if before and name in before.outputs and name.partition(".")[2] not in made)


def edited(job: Job) -> tuple[str, ...]:
    """The names of the files that somebody has changed since the build, by their size, or with ``deep`` by their bytes."""
    store, found = job.options.store, []
    record = store.record(job.id)
    for name, one in record.outputs.items() if record else ():
        with suppress(OSError):
            is_as_built = store.size(job.id, name) == one.bytes
            if not is_as_built or (job.options.deep and digest(store.read(job.id, name)) != one.sha256):
                found.append(name)
    return tuple(found)


def _files(job: Job) -> list[str] | None:
    """The names of the files in the folder of a job; ``None`` when it cannot be read."""
    try:
        return job.options.store.files(job.id)
    except OSError:
        return None


def _reports(names: Iterable[str]) -> set[str]:
    """Those of the names that a report's files have."""
    return {name for name in names if name.partition(".")[0] in STEMS.values()}


def current(job: Job, manifest: Manifest | None) -> Manifest | None:
    """The record of what is up to date: of the published files, or with ``draft`` of the draft; ``None`` when neither is."""
    if manifest is None or job.options.force:
        return None
    drafted = manifest.latest_draft
    if job.options.draft and drafted and drafted.key == job.key:
        return drafted
    return manifest if not manifest.draft and manifest.key == job.key else None


def has_draft_to_go(job: Job, manifest: Manifest | None) -> bool:
    """Whether a draft lies beside published files that are all that was asked for: a build of no drafts removes it."""
    if job.options.draft or manifest is None or manifest.beside is None:
        return False
    return current(job, manifest) is manifest


def still(outcomes: Iterable[Outcome], store: Store) -> list[Outcome]:
    """The outcomes at the end of a build: DUE where files that were made have been removed or changed since."""
    return [
        outcome
        if not outcome.state.is_good or outcome.outputs.items() <= _whole(store, outcome.id).items()
        else replace(outcome, state=State.DUE, message=say(VANISHED), outputs={})
        for outcome in outcomes
    ]


def _whole(store: Store, one: JobId) -> dict[str, str]:
    """The SHA-256 of each file of a report or run, by where it is, that is there and as large as the manifest says."""
    found, record = {}, store.record(one)
    for name, output in record.outputs.items() if record else ():
        with suppress(OSError):
            if store.size(one, name) == output.bytes:
                found[store.place(one, name)] = output.sha256
    return found


def changes(manifest: Manifest, job: Job) -> tuple[str, ...]:
    """The parts (`fingerprint.PARTS`) that differ from when the report was made."""
    then, now = manifest.parts, job.parts
    found = tuple(part for part in fingerprint.PARTS if then.get(part) != now.get(part))
    # The part of the formats covers that of last year's report as well; where that report has come or gone, it follows.
    return tuple(part for part in found if part != "statute" or not _is_last_year_another(manifest, job))


def _is_last_year_another(manifest: Manifest, job: Job) -> bool:
    """Whether last year's report was there then and is not now, or the other way round."""
    if job.report is None:
        return False
    name = f"{job.report.last_year.id}/"
    return any(one.startswith(name) for one in manifest.inputs) != any(one.startswith(name) for one in job.inputs)


def changed_files(manifest: Manifest, job: Job) -> tuple[str, ...]:
    """The input files that differ from when the report was made."""
    then, now = manifest.inputs, job.inputs
    return tuple(name for name in sorted({*then, *now}) if then.get(name) != now.get(name))


@dataclass(frozen=True, slots=True)
class Step:
    """What a build would do with one job, and why.

    ``state`` is CURRENT, DUE, UNCHECKED, BLOCKED or COMPARED. ``why`` holds codes: the parts that changed
    (`fingerprint.PARTS`), or ``new``, ``edited``, ``damaged``, ``unreadable``, ``linked``, ``forced``, ``draft_only``, and
    ``draft_beside`` for a draft that a build would remove. ``findings`` and ``title`` are those of the last check of these
    inputs. ``kept`` names what people have put into the report's folder, ``edited`` the published files that somebody has
    changed, ``removed`` those of a format that is not asked for. ``failed`` is the address in the outputs of the traceback
    that its last build has left; '' where that did not fail, and where the report is up to date.
    """

    job: Job
    state: State
    why: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    title: str = ""
    kept: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failed: str = ""

    @property
    def id(self) -> JobId:
        return self.job.id

    def to_json(self) -> dict[str, Any]:
        """The step as JSON values."""
        findings = [finding.to_json() for finding in self.findings]
        about = {"title": self.title, "findings": findings, "why": list(self.why)}
        files = {"kept": list(self.kept), "edited": list(self.edited), "removed": list(self.removed), "failed": self.failed}
        return {**self.id.to_json(), **self.state.to_json(), **about, **files}


def steps_of(jobs: Sequence[Job]) -> list[Step]:
    """The state of each job, without reading any report: verdicts are known from the last check of the same inputs."""
    return [_step(job) for job in jobs]


def states_of(jobs: Sequence[Job]) -> dict[JobId, State]:
    """The state of each job by its id: as `steps_of`, but quicker, as no findings are read of what is up to date."""
    return {job.id: _looked_up(job)[0] for job in jobs}


def _step(job: Job) -> Step:
    state, manifest, verdict = _looked_up(job)
    if state is State.COMPARED:
        return Step(job, state, (), kept=kept(job))
    if state is State.CURRENT:
        verdict = _verdict(job)
        why: tuple[str, ...] = ("draft_beside",) if has_draft_to_go(job, manifest) else ()
    else:
        why = _reasons(job, manifest)
    made = current(job, manifest)
    changed = edited(job) if "edited" in why else ()
    record = job.options.store.record(job.id) if state in {State.DUE, State.UNCHECKED} and not job.options.draft else None
    going = tuple(name for name in removed(job, record) if name not in changed)
    failed = "" if state is State.CURRENT else job.options.store.failure(job.id)
    title = made.title if made else verdict.title if verdict else ""
    return Step(job, state, why, verdict.findings if verdict else (), title, kept(job), changed, going, failed)


def _looked_up(job: Job) -> tuple[State, Manifest | None, Verdict | None]:
    manifest = built(job)
    if job.target.is_only_compared:
        return State.COMPARED, manifest, None
    if current(job, manifest):
        return State.CURRENT, manifest, None
    verdict = _verdict(job)
    return _state(job, verdict), manifest, verdict


def _verdict(job: Job) -> Verdict | None:
    return job.options.store.verdict(job.report.id, job.check_key) if job.report else None


def _state(job: Job, verdict: Verdict | None) -> State:
    if job.report is None:
        return State.DUE  # No check tells whether a notebook will show a report with errors.
    if verdict is None:
        return State.UNCHECKED
    return State.BLOCKED if verdict.forbids(job.options) else State.DUE


def _reasons(job: Job, manifest: Manifest | None) -> tuple[str, ...]:
    if manifest is None:
        try:
            names = job.options.store.files(job.id)
        except OSError as error:
            return ("linked" if error.errno == errno.ELOOP else "unreadable",)
        if edited(job):
            return ("edited",)
        return ("damaged" if _reports(names) or job.options.store.record(job.id) else "new",)
    recorded = manifest.beside if job.options.draft and manifest.beside else manifest
    return changes(recorded, job) or (("forced",) if job.options.force else ("draft_only",))


@dataclass(frozen=True, slots=True)
class Orphan:
    """A report in the store whose folder in params is gone; it is shown, never deleted.

    ``kept`` is PUBLISHED, DRAFT when nothing but a draft is there, or ``None`` when its manifest cannot be read.
    """

    id: ReportId
    kept: State | None


def orphans(options: Options) -> list[Orphan]:
    """All orphans, in order."""
    known = {report.id for report in select(options.params).reports} if options.params.is_dir() else set()
    gone = (report for report in options.store.ids() if isinstance(report, ReportId) and report not in known)
    return [Orphan(report, made.state if (made := options.store.record(report)) else None) for report in gone]
