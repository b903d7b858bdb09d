"""Proves outputs: against their manifests, and with the params by rendering them again byte for byte."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.job import render
from helpers.keys import NAMES
from helpers.pool import NO_LIMITS, Limits, each
from helpers.store import Store, digest
from helpers.usage import Meter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from helpers.job import Job

SOUND, CHANGED, DAMAGED, DIFFERENT, MISSING = "一致", "输入已变", "文件损坏", "不可重现", "没有报告"
TEXTS = {".html", ".json", ".ipynb"}


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found of one report: 一致, 输入已变, 文件损坏, 不可重现 or 没有报告, and the details in a readable form."""

    name: str
    state: str
    details: tuple[str, ...] = ()

    @property
    def is_good(self) -> bool:
        return self.state == SOUND


def against_manifest(store: Store, bureau: str, year: int) -> Proof:
    """Whether a report's files are what its manifest says, wherever the folder has been moved to."""
    folder, name = store.folder(bureau, year), f"{bureau}/{year}"
    manifest = store.read_manifest(bureau, year)
    if manifest is None:
        return Proof(name, DAMAGED, ("manifest.json 读不出来",))
    wrong = []
    for file, one in manifest["outputs"].items():
        path = folder / file
        if not path.is_file():
            wrong.append(f"{file} 不见了")
        elif digest(path.read_bytes()) != one["sha256"]:
            wrong.append(f"{file} 与生成时不同（SHA-256 不符）")
    wrong += [
        f"{path.name} 不在生成记录里"
        for path in sorted(folder.iterdir())
        if path.name not in {*manifest["outputs"], "manifest.json"}
    ]
    return Proof(name, DAMAGED if wrong else SOUND, tuple(wrong))


def again(jobs: Sequence[Job], limits: Limits = NO_LIMITS) -> Iterator[Proof]:
    """Render each report anew, in a process of its own, and compare bytes; what has changed inputs is not rendered."""
    due = []
    for job in jobs:
        proof = _before(job)
        if proof is None:
            due.append(job)
        else:
            yield proof
    yield from each(_rendered, due, lambda job, why: Proof(job.name, DIFFERENT, (why,)), limits)


def _before(job: Job) -> Proof | None:
    """What can be said without rendering; ``None`` when the report has to be rendered."""
    store, report = Store(job.options.outputs), job.report
    manifest = store.read_manifest(report.bureau, report.year)
    if manifest is None:
        return Proof(job.name, MISSING, (f"{store.folder(report.bureau, report.year)} 没有 manifest.json",))
    proof = against_manifest(store, report.bureau, report.year)
    if not proof.is_good:
        return proof
    changed = changes(manifest.get("beside") or manifest, job)
    return Proof(job.name, CHANGED, changed) if changed else None


def changes(manifest: dict[str, Any], job: Job) -> tuple[str, ...]:
    """What is different from when the report was made, as (data, narrative, code, …) and for inputs by file."""
    then, now = manifest["parts"], job.parts
    names = [NAMES[part] for part in NAMES if then.get(part) != now.get(part)]
    files = [
        name for name in sorted({*manifest["inputs"], *job.inputs}) if manifest["inputs"].get(name) != job.inputs.get(name)
    ]
    return (*names, *(f"  {name}" for name in files))


def _rendered(job: Job) -> Proof:
    store, report = Store(job.options.outputs.resolve()), job.report
    manifest = store.read_manifest(report.bureau, report.year) or {}
    with tempfile.TemporaryDirectory(dir=store.folder(report.bureau, report.year).parent, prefix=".stage-verify-") as folder:
        stage = Path(folder)
        try:
            render(job, stage, Meter())
        except Exception as error:
            return Proof(job.name, DIFFERENT, (f"重新生成失败：{error}",))
        (stage / "output.log").unlink(missing_ok=True)
        details = []
        for path in sorted(stage.iterdir()):
            known = manifest["outputs"].get(path.name)
            if known is None:
                details.append(f"{path.name}：原来没有这个文件")
            elif digest(path.read_bytes()) != known["sha256"]:
                details.append(f"{path.name}：{_difference(store.folder(report.bureau, report.year) / path.name, path)}")
    return Proof(job.name, DIFFERENT if details else SOUND, tuple(details))


def _difference(then: Path, now: Path) -> str:
    """The first difference: the line of a text, the position in a PDF."""
    if then.suffix in TEXTS:
        lines = zip_longest(then.read_text("utf-8").splitlines(), now.read_text("utf-8").splitlines(), fillvalue="")
        for number, (old, new) in enumerate(lines, 1):
            if old != new:
                at = next((i for i, (a, b) in enumerate(zip_longest(old, new)) if a != b), 0)
                start = max(0, at - 20)
                return f"第{number}行 “…{old[start : at + 40]}…” → “…{new[start : at + 40]}…”"
    old_bytes, new_bytes = then.read_bytes(), now.read_bytes()
    at = next((i for i, (a, b) in enumerate(zip_longest(old_bytes, new_bytes)) if a != b), 0)
    return f"第{at}字节起不同（{len(old_bytes)} → {len(new_bytes)} 字节）"
