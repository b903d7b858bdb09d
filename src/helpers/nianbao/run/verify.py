"""Prove outputs: against their manifests, and with the params by rendering them again byte for byte."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from nianbao.language import say
from nianbao.run.manifest import digest
from nianbao.run.plan import changed_files, changes
from nianbao.run.pool import each
from nianbao.run.process import NO_LIMITS
from nianbao.run.usage import Meter
from nianbao.run.work import LOG, render

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nianbao.job_id import JobId
    from nianbao.run.job import Job
    from nianbao.run.process import Limits
    from nianbao.run.store.store import Store


class Proven(StrEnum):
    """The result of a proof; readers see the value, programs compare the name."""

    SOUND = "一致"
    CHANGED = "输入已变"
    DAMAGED = "文件损坏"
    DIFFERENT = "不可重现"
    MISSING = "没有报告"

    @property
    def code(self) -> str:
        """The English word, as JSON holds it."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Proof:
    """The result for one folder of outputs.

    ``changed`` holds the parts (`fingerprint.PARTS`) and ``files`` the input files that are not as they were; ``details``
    say the rest, in the language of the command.
    """

    id: JobId
    state: Proven
    details: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    files: tuple[str, ...] = ()

    @property
    def is_good(self) -> bool:
        return self.state is Proven.SOUND

    def to_json(self) -> dict[str, Any]:
        """The proof as JSON values."""
        about = {"state": self.state.code, "label": str(self.state), "details": list(self.details)}
        return {"name": str(self.id), **about, "changed": list(self.changed), "files": list(self.files)}


def against_manifests(store: Store, ids: Iterable[JobId], said: str = "") -> list[Proof]:
    """Whether the files of each folder are what its manifest says, wherever the store has been moved to.

    ``said`` is added to the details of each sound one.
    """
    proofs = (_against_manifest(store, one) for one in ids)
    return [replace(proof, details=(said,)) if said and proof.is_good else proof for proof in proofs]


def _against_manifest(store: Store, job: JobId) -> Proof:
    manifest = store.record(job)
    if manifest is None:
        return Proof(job, Proven.DAMAGED, (say("manifest.json cannot be read, or is another folder's"),))
    there = store.files(job)
    wrong = []
    for name, one in manifest.outputs.items():
        try:
            if digest(store.read(job, name)) != one.sha256:
                wrong.append(say("{file} is not as it was built (SHA-256 differs)", file=name))
        except OSError:
            wrong.append(say("{file} is missing", file=name))
    wrong += [say("{file} is not in the manifest", file=name) for name in there if name not in manifest.outputs]
    return Proof(job, Proven.DAMAGED if wrong else Proven.SOUND, tuple(wrong))


def again(jobs: Sequence[Job], limits: Limits = NO_LIMITS) -> Iterator[Proof]:
    """Render each job anew, in a process of its own, and compare bytes; what has changed inputs is not rendered."""
    due = []
    for job in jobs:
        proof = _before(job)
        if proof is None:
            due.append(job)
        else:
            yield proof
    yield from each(_rendered, due, lambda job, why: Proof(job.id, Proven.DIFFERENT, (why,)), limits)


def _before(job: Job) -> Proof | None:
    """What can be said without rendering; ``None`` when it has to be rendered."""
    store = job.options.store
    manifest = store.record(job.id)
    if manifest is None:
        if store.files(job.id):
            return _against_manifest(store, job.id)
        return Proof(job.id, Proven.MISSING, (say("there is no manifest.json"),))
    proof = _against_manifest(store, job.id)
    if not proof.is_good or job.key in {one.key for one in manifest.records}:
        return proof if not proof.is_good else None
    made = manifest.beside or manifest  # what was built last
    return Proof(job.id, Proven.CHANGED, (), changes(made, job), changed_files(made, job))


def _rendered(job: Job) -> Proof:
    store = job.options.store
    manifest = store.record(job.id)
    outputs = manifest.outputs if manifest else {}
    stage = store.stage(job.id)
    try:
        render(job, stage, Meter())
        (stage / LOG).unlink(missing_ok=True)
        details = []
        for path in sorted(stage.iterdir()):
            known, now = outputs.get(path.name), path.read_bytes()
            if known is None:
                details.append(say("{file}: there was no such file", file=path.name))
            elif digest(now) != known.sha256:
                difference = _difference(store.read(job.id, path.name), now)
                details.append(say("{file}: {difference}", file=path.name, difference=difference))
        made = {path.name for path in stage.iterdir()}
        stems = {name.partition(".")[0] for name in made}
        gone = [name for name in outputs if name not in made and name.partition(".")[0] in stems]
        details += [say("{file}: it is no longer made", file=name) for name in gone]
    except Exception as error:
        return Proof(job.id, Proven.DIFFERENT, (say("it could not be rendered again: {why}", why=error),))
    finally:
        store.drop(stage)
    if not details and manifest and manifest.latest_draft and manifest.latest_draft.key == job.key:
        said = (
            "its draft; the published files are of earlier inputs" if manifest.beside else "its draft; nothing is published"
        )
        return Proof(job.id, Proven.SOUND, (say(said),))
    return Proof(job.id, Proven.DIFFERENT if details else Proven.SOUND, tuple(details))


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
