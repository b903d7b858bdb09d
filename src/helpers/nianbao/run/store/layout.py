"""Where a store at an address keeps what: the names of its objects, and what belongs to whom by its name."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from nianbao.job_id import BUREAU, RUNS, YEAR, ReportId, RunId
from nianbao.run import manifest as manifests
from nianbao.run.store.inside import is_name
from nianbao.run.store.store import OURS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from nianbao.job_id import JobId
    from nianbao.run.store.objects import Object

FOLDER = re.compile("[0-9a-f]{16}")


def folder_of(manifest: bytes) -> str:
    """The name of the folder to which a manifest points, by its text: the first half of the first half of its SHA-256."""
    return hashlib.sha256(manifest).hexdigest()[:16]


def group_of(name: str) -> str:
    """What an object belongs to: the folder of a report or a run, or the same below a hidden folder."""
    parts = name.split("/")
    hidden = int(len(parts) > 1 and parts[0].startswith("."))
    return "/".join(parts[: hidden + (3 if parts[hidden] == RUNS else 2)])


def job_of(group: str) -> JobId | None:
    """The report or run that a group's name is the id of; ``None`` for any other name."""
    parts = group.split("/")
    if len(parts) == 2 and BUREAU.fullmatch(parts[0]) and YEAR.fullmatch(parts[1]):
        return ReportId(parts[0], int(parts[1]))
    is_run = len(parts) == 3 and parts[0] == RUNS and all(map(is_name, parts)) and parts[2][0] != "."
    return RunId(parts[1], parts[2]) if is_run else None


def is_copy(text: bytes, pointer: Object | None, copy: Object | None) -> bool:
    """Whether a listing shows the manifest of a folder as the same text as the manifest that points to it.

    A tag is the MD5 of the bytes, or, where a store encrypts them or has others, nothing that tells of them.
    """
    if copy is None or copy.size != len(text):
        return False
    md5 = hashlib.md5(text, usedforsecurity=False).hexdigest()
    return pointer is None or pointer.tag.strip('"') != md5 or copy.tag == pointer.tag


def folders_in(job: str, names: Iterable[str]) -> dict[str, list[str]]:
    """The folders of a job that builds have made, with the names of what is in each, among the names of its objects."""
    found: dict[str, list[str]] = {}
    for name in names:
        folder, _, inner = name[len(job) + 1 :].partition("/")
        if inner and FOLDER.fullmatch(folder):
            found.setdefault(folder, []).append(inner)
    return {folder: inside for folder, inside in found.items() if manifests.NAME in inside}


def files_of(job: str, names: Collection[str], folder: str) -> list[str]:
    """What lies in a job's present folder, and beside it, by name, without manifests and the folders of other builds."""
    made = folders_in(job, names)
    found = set()
    for name in names:
        first, _, inner = name[len(job) + 1 :].partition("/")
        if first == folder and inner:
            found.add(inner.partition("/")[0])
        elif first not in made:
            found.add(first)
    return sorted(found - {manifests.NAME, ""})


def made_in(job: str, names: Collection[str]) -> list[str]:
    """What builds have made of a job, by name, in whatever folder: also of a manifest that is damaged and points nowhere."""
    return sorted({name for inner in folders_in(job, names).values() for name in inner} - {manifests.NAME})


def strangers(groups: Iterable[str]) -> list[str]:
    """What belongs to no report and no run, by the name of the highest folder that is not theirs."""
    ones = [tuple(group.split("/")) for group in groups if job_of(group) is None and group.partition("/")[0] not in OURS]
    jobs = (tuple(group.split("/")) for group in groups if job_of(group))
    known = {(RUNS,), *(parts[:depth] for parts in jobs for depth in range(1, len(parts)))}
    return sorted({"/".join(next((one[:d] for d in range(1, len(one)) if one[:d] not in known), one)) for one in ones})
