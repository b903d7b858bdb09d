"""Prove outputs: compare them with their manifests and, when there are params, with a new rendering, byte for byte."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest
from typing import TYPE_CHECKING

from nianbao.run.manifest import digest
from nianbao.run.plan import changed_files, changes
from nianbao.run.pool import each
from nianbao.run.process import NO_LIMITS
from nianbao.run.usage import Meter
from nianbao.run.work import LOG, render

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.report_id import ReportId
    from nianbao.run.job import Job
    from nianbao.run.process import Limits
    from nianbao.run.store.store import Store


class Proven(StrEnum):
    """The results that a proof can have."""

    SOUND = "一致"
    CHANGED = "输入已变"
    DAMAGED = "文件损坏"
    DIFFERENT = "不可重现"
    MISSING = "没有报告"


@dataclass(frozen=True, slots=True)
class Proof:
    """The result of the proof of one report, with details in words."""

    id: ReportId
    state: Proven
    details: tuple[str, ...] = ()

    @property
    def is_good(self) -> bool:
        return self.state is Proven.SOUND


def against_manifest(store: Store, report: ReportId) -> Proof:
    """Compare a report's files with its manifest by SHA-256: SOUND, or DAMAGED with a detail for each file that differs."""
    manifest = store.record(report)
    if manifest is None:
        return Proof(report, Proven.DAMAGED, ("manifest.json 读不出来",))
    there = store.files(report)
    wrong = []
    for name, one in manifest.outputs.items():
        if name not in there:
            wrong.append(f"{name} 不见了")
        elif digest(store.read(report, name)) != one.sha256:
            wrong.append(f"{name} 与生成时不同（SHA-256 不符）")
    wrong += [f"{name} 不在生成记录里" for name in there if name not in manifest.outputs]
    return Proof(report, Proven.DAMAGED if wrong else Proven.SOUND, tuple(wrong))


def again(jobs: Sequence[Job], limits: Limits = NO_LIMITS) -> Iterator[Proof]:
    """Render each report again, in a process of its own, and compare the bytes; the proofs come in any order.

    A report is not rendered when it is missing or damaged, or when its inputs have changed.
    """
    due = []
    for job in jobs:
        proof = _before(job)
        if proof is None:
            due.append(job)
        else:
            yield proof
    yield from each(_rendered, due, lambda job, why: Proof(job.id, Proven.DIFFERENT, (why,)), limits)


def _before(job: Job) -> Proof | None:
    """The proof that needs no rendering; ``None`` when the report has to be rendered."""
    store = job.options.store
    manifest = store.record(job.id)
    if manifest is None:
        return Proof(job.id, Proven.MISSING, ("没有可读的 manifest.json",))
    proof = against_manifest(store, job.id)
    if not proof.is_good:
        return proof
    made = manifest.beside or manifest
    changed = (*changes(made, job), *(f"  {name}" for name in changed_files(made, job)))
    return Proof(job.id, Proven.CHANGED, changed) if changed else None


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
            known, made = outputs.get(path.name), path.read_bytes()
            if known is None:
                details.append(f"{path.name}：原来没有这个文件")
            elif digest(made) != known.sha256:
                details.append(f"{path.name}：{_difference(store.read(job.id, path.name), made)}")
    except Exception as error:
        return Proof(job.id, Proven.DIFFERENT, (f"重新生成失败：{error}",))
    finally:
        store.drop(stage)
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
            return f"第{number}行 “…{old[start : at + 40]}…” → “…{new[start : at + 40]}…”"
    at = next((i for i, (a, b) in enumerate(zip_longest(then, now)) if a != b), 0)
    return f"第{at}字节起不同（{len(then)} → {len(now)} 字节）"
