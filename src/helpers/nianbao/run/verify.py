"""Prove outputs: against their manifests, and with the params by rendering them again byte for byte."""

from __future__ import annotations

import json
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nianbao.digests import digest
from nianbao.engine.parameters import PARAMS
from nianbao.job_id import JobId, ReportId
from nianbao.language import reason, say
from nianbao.render import formats
from nianbao.run.consistency import disagreements
from nianbao.run.elsewhere import elsewhere
from nianbao.run.manifest import NAME, require_listable
from nianbao.run.plan import changed_files, changes, jobs_of
from nianbao.run.pool import each
from nianbao.run.process import NO_LIMITS
from nianbao.run.rendition import InputsChanged, render
from nianbao.run.store import disk
from nianbao.run.store.objects import at_a_time
from nianbao.run.store.store import LOG
from nianbao.run.usage import Meter
from nianbao.state import Word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from nianbao.run.job import Job
    from nianbao.run.manifest import Manifest
    from nianbao.run.process import Limits
    from nianbao.run.store.store import Store

TRIES = 3  # times that a folder is proved when a build replaces it meanwhile
DEEPEST = 20  # folders between outputs and params
REPAIR = "nianbao build --deep builds it again from params (--force also what is up to date)"
EARLIER = "its draft is made again byte for byte; the published files beside it are of earlier inputs, and cannot be"
OTHER_DRAFT = (
    "what is published is made again byte for byte; the draft beside it is of other inputs, or in a format that is not "
    "installed, and cannot be"
)
NO_PARAMS = "there are no params for it"
NOTHING_PUBLISHED = "its draft; nothing is published"
BESIDE = "{file} is not nianbao's; every build keeps it"


class Proven(Word):
    """The result of a proof; programs compare the member or its `code`."""

    SOUND = "一致"
    CHANGED = "输入已变"
    DAMAGED = "文件损坏"
    DIFFERENT = "不可重现"
    MISSING = "没有报告"


_GRAVEST = (Proven.DIFFERENT, Proven.DAMAGED, Proven.MISSING, Proven.CHANGED, Proven.SOUND)


@dataclass(frozen=True, slots=True)
class Proof:
    """The result for one folder of outputs.

    ``changed`` holds the parts (`fingerprint.PARTS`) and ``files`` the input files that are not as they were; ``details``
    say the rest, in the language of the command. ``alone`` says that only the manifest tells how its files were.
    """

    id: JobId
    state: Proven
    details: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    alone: bool = False

    @property
    def is_good(self) -> bool:
        return self.state is Proven.SOUND

    def to_json(self) -> dict[str, Any]:
        """The proof as JSON values."""
        about = {"state": self.state.code, "label": self.state.value, "details": list(self.details)}
        changed = {"changed": list(self.changed), "files": list(self.files), "alone": self.alone}
        return {**self.id.to_json(), **about, **changed}


def against_manifests(store: Store, ids: Iterable[JobId], has_params: bool = False) -> list[Proof]:
    """Whether the files of each folder are what its manifest says, wherever the store has been moved to.

    That proves that nothing was changed since, not who made it, and `Proof.alone` says so. With params elsewhere, the
    details of one that has none say that.
    """
    return at_a_time(lambda one: _steady(store, one, partial(_alone, store, one, has_params)), ids)


def _alone(store: Store, job: JobId, has_params: bool, manifest: Manifest | None) -> Proof:
    proof = _against_manifest(store, job, manifest)
    told = [say(NO_PARAMS)] if has_params and isinstance(job, ReportId) else []
    if proof.is_good and manifest and manifest.draft:
        told.append(say(NOTHING_PUBLISHED))
    return replace(proof, details=(*told, *proof.details), alone=True)


def _steady(store: Store, job: JobId, prove: Callable[[Manifest | None], Proof]) -> Proof:
    """Prove a folder; once more when a build has replaced it meanwhile."""
    for _ in range(TRIES):
        record = store.record(job)
        proof = prove(record)
        if proof.is_good or store.record(job) == record:
            break
    return proof


def _against_manifest(store: Store, job: JobId, manifest: Manifest | None) -> Proof:
    try:
        there = store.files(job)
    except OSError as error:
        return Proof(job, Proven.DAMAGED, (say("its folder cannot be read: {why}", why=reason(error)),))
    wrong: list[str] = []
    if manifest is None:
        said = "manifest.json cannot be read, was changed, or is another folder's"
        return Proof(job, Proven.DAMAGED, (say(said), say(REPAIR)))
    for name, one in manifest.outputs.items():
        try:
            if store.size(job, name) != one.bytes or digest(store.read(job, name)) != one.sha256:
                wrong.append(say("{file} is not as it was built (SHA-256 differs)", file=name))
        except FileNotFoundError:
            wrong.append(say("{file} is missing", file=name))
        except OSError as error:
            wrong.append(say("{file} cannot be read: {why}", file=name, why=reason(error)))
    try:
        # Where a folder has a copy of the manifest that points to it, they are the same.
        if store.read(job, NAME) != manifest.to_json().encode():
            wrong.append(say("{file} is not as it was built (SHA-256 differs)", file=store.address(job, NAME)))
    except OSError:
        wrong.append(say("{file} is missing", file=store.address(job, NAME)))
    if not wrong:
        wrong = [
            say("{file}: {difference}", file=NAME, difference=what)
            for what in disagreements(manifest, partial(store.read, job))
        ]
    beside = [say(BESIDE, file=name) for name in there if name not in manifest.outputs]
    if wrong:
        return Proof(job, Proven.DAMAGED, (*wrong, say(REPAIR), *beside))
    return Proof(job, Proven.SOUND, tuple(beside))


def again(jobs: Sequence[Job], limits: Limits = NO_LIMITS) -> Iterator[Proof]:
    """Render each job anew, in a process of its own, and compare all bytes; what has changed inputs is not rendered."""
    with disk.writable(Path(tempfile.gettempdir())):
        folder = tempfile.TemporaryDirectory(prefix="nianbao-", ignore_cleanup_errors=True)
    parts = [one for job in jobs for one in _parts(job, job.options.store.record(job.id))]
    left, found = Counter(one.id for one in parts), defaultdict[JobId, list[Proof]](list)
    with folder as name:  # What a process leaves that is ended goes with it.
        for proof in each(
            partial(_rendered, Path(name)), parts, lambda job, why, seconds: Proof(job.id, Proven.DIFFERENT, (why,)), limits
        ):
            found[proof.id].append(proof)
            left[proof.id] -= 1
            if not left[proof.id]:
                yield together(found.pop(proof.id))


def _parts(job: Job, manifest: Manifest | None) -> list[Job]:
    """The jobs that make again what a folder holds: the published files, the draft, or both; the job where none can be."""
    found = []
    for own in manifest.records if manifest else ():
        options = replace(job.options, formats=own.formats, draft=own.draft)
        if own.key == job.key:
            found.append(replace(job, options=options))
        elif formats.usable(own.formats) and (planned := jobs_of([job.target], options)[0]).key == own.key:
            found.append(planned)
    return found or [job]


def together(proofs: Sequence[Proof]) -> Proof:
    """The proof of a folder from those of its published files and of its draft: the gravest state, and what each says."""
    worst = min(proofs, key=lambda one: _GRAVEST.index(one.state))
    wrong = [one for one in proofs if not one.is_good] or proofs
    details, changed, files = (
        tuple(dict.fromkeys(text for texts in told for text in texts))
        for told in zip(*((one.details, one.changed, one.files) for one in wrong), strict=True)
    )
    return replace(worst, details=details, changed=changed, files=files)


def _before(job: Job, manifest: Manifest | None) -> Proof:
    """What can be said without rendering; of what has to be rendered, that it is sound so far."""
    store = job.options.store
    try:
        if manifest is None and not store.files(job.id):
            return Proof(job.id, Proven.MISSING, (say("there is no manifest.json"),))
    except OSError:
        pass
    proof = _against_manifest(store, job.id, manifest)
    if manifest is None or not proof.is_good or job.key in {one.key for one in manifest.records}:
        return proof
    made = manifest.beside or manifest  # what was built last
    return Proof(job.id, Proven.CHANGED, (), changes(made, job), changed_files(made, job))


def _rendered(folder: Path, job: Job) -> Proof:
    return _steady(job.options.store, job.id, partial(_made_again, folder, job))


def _made_again(folder: Path, job: Job, manifest: Manifest | None) -> Proof:
    before = _before(job, manifest)
    if manifest is None or not before.is_good:
        return before
    store = job.options.store
    own = min((one for one in manifest.records if one.key == job.key), key=lambda one: one.draft != job.options.draft)
    params_dir = str(own.parameters.get(PARAMS, ""))
    if Path(params_dir).is_absolute() or Path(params_dir).parts.count("..") > DEEPEST:
        return Proof(
            job.id, Proven.DAMAGED, (say("{file}: {difference}", file=NAME, difference=f"{PARAMS} = {params_dir}"),)
        )
    try:
        with elsewhere(job.options.params, params_dir, folder) as stage:
            job = replace(job, options=replace(job.options, draft=own.draft))
            made = render(job, stage, Meter(), params_dir=params_dir)
            (stage / LOG).unlink(missing_ok=True)
            require_listable(stage)
            details = _differences(store, job.id, stage, manifest, own)
            details += _fields(own, made.manifest, "outputs", "beside")
    except InputsChanged:
        return Proof(job.id, Proven.CHANGED, (say("its inputs were saved meanwhile"),))
    except Exception as error:
        return Proof(job.id, Proven.DIFFERENT, (say("it could not be rendered again: {why}", why=error),))
    if details:
        return Proof(job.id, Proven.DIFFERENT, (*details, *before.details))
    if len(_parts(job, manifest)) < len(manifest.records):  # Only one of the two can be made again.
        return Proof(job.id, Proven.CHANGED, (say(EARLIER if own.draft else OTHER_DRAFT), *before.details))
    return Proof(job.id, Proven.SOUND, (*([say(NOTHING_PUBLISHED)] if manifest.draft else []), *before.details))


def _differences(store: Store, job: JobId, stage: Path, manifest: Manifest, own: Manifest) -> list[str]:
    """What is different between the files made now, which lie in ``stage``, and those made then, which are ``own``."""
    details, made, outputs = [], {path.name for path in stage.iterdir()}, manifest.outputs
    if own is manifest.beside:  # Then it has no other files; what else is named is the published notebook's.
        made &= own.own_names
        outputs = {name: one for name, one in outputs.items() if name in own.own_names}
    for name in sorted(made):
        known, now = outputs.get(name), (stage / name).read_bytes()
        if known is None:
            details.append(say("{file}: there was no such file", file=name))
        elif digest(now) != known.sha256:
            details.append(say("{file}: {difference}", file=name, difference=_difference(store.read(job, name), now)))
    gone = [name for name in outputs if name not in made | (manifest.made - own.own_names)]
    return details + [say("{file}: it is no longer made", file=name) for name in gone]


def _fields(then: Manifest, now: Manifest, *apart: str) -> list[str]:
    """What two records say differently, field by field."""
    old, new = (one.model_dump(mode="json", exclude=set(apart)) for one in (then, now))
    # As texts: 2019.0 is 2019 to Python, and no build writes it.
    unlike = [name for name in old if json.dumps(old[name], sort_keys=True) != json.dumps(new[name], sort_keys=True)]
    said = "manifest.json: “{field}” is {then}, and would be {now}"
    return [say(said, field=name, then=old[name], now=new[name]) for name in unlike]


def _difference(then: bytes, now: bytes) -> str:
    """The first difference: the line of a text, the position in anything else."""
    try:
        old_lines, new_lines = then.decode().splitlines(), now.decode().splitlines()
    except UnicodeDecodeError:
        old_lines = new_lines = []
    for number, (old, new) in enumerate(zip_longest(old_lines, new_lines, fillvalue=""), 1):
        if old != new:
            at = next((i for i, (a, b) in enumerate(zip_longest(old, new)) if a != b), 0)
            start = max(0, at - 20)
            parts = {"then": old[start : at + 40], "now": new[start : at + 40]}
            return say("line {line} “…{then}…” → “…{now}…”", line=number, **parts)
    at = next((i for i, (a, b) in enumerate(zip_longest(then, now)) if a != b), 0)
    return say("differs from byte {byte} on ({then} → {now} bytes)", byte=at, then=len(then), now=len(now))
