"""What builds leave in an object store, put in order: folders that no manifest names go, and what people put there stays."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from nianbao.language import say
from nianbao.run import manifest as manifests
from nianbao.run.store.layout import folder_of, folders_in
from nianbao.run.store.objects import Overtaken
from nianbao.run.store.store import APART

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from nianbao.job_id import JobId
    from nianbao.run.store.objects import Object, Objects
    from nianbao.run.store.seen import Seen


def repair(objects: Objects, seen: Seen, jobs: Iterable[JobId]) -> list[str]:
    """Remove the folders of each job that its manifest does not name; returns lines for a person."""
    said: list[str] = []
    gone: list[str] = []
    for job in map(str, jobs):
        there = seen.below(objects, job)
        made = folders_in(job, there)
        if len(made) > 1 or not _names(there, job, *made):
            # Asked for itself: a listing may be older than what it lists.
            pointer = objects.read_all([f"{job}/{manifests.NAME}"]).get(f"{job}/{manifests.NAME}")
            present = folder_of(pointer) if pointer else ""
            for folder in made.keys() - {present}:
                gone += _swept(objects, there, job, folder, present, said)
    objects.remove(gone)
    if gone or said:
        seen.forget()
    return said


def _names(there: Mapping[str, Object], job: str, folder: str = "") -> bool:
    """Whether a job's manifest is seen to point to its only folder, or there is neither: two equal texts have one tag."""
    pointer, inner = there.get(f"{job}/{manifests.NAME}"), there.get(f"{job}/{folder}/{manifests.NAME}")
    return not folder or bool(pointer and inner and pointer.tag and pointer.tag == inner.tag)


def _swept(
    objects: Objects, there: Mapping[str, Object], job: str, folder: str, present: str, said: list[str]
) -> Iterator[str]:
    """What a build has made of a folder that nothing points to; what people put there is moved to the present one."""
    own = f"{job}/{folder}/{manifests.NAME}"
    raw = objects.read_all([own]).get(own, b"")
    record = manifests.Manifest.from_json(raw) if folder_of(raw) == folder else None
    if record is None or record.name != job:
        return  # A person's, under such a name.
    theirs, ours = list[str](), [own]
    for name, one in there.items():
        if not name.startswith(f"{job}/{folder}/") or name == own:
            continue
        known = record.outputs.get(name.rpartition("/")[2]) if name.count("/") == own.count("/") else None
        is_ours = known and (one.size == known.bytes or name.rpartition("/")[2] in record.made)
        (ours if is_ours else theirs).append(name)
    if not present or len(ours) <= len(record.outputs):
        said.append(say("removed an unfinished {name}", name=job))
    for name in theirs if present else ():
        inner = name.removeprefix(f"{job}/{folder}/")
        place = f"{job}/{present}/{inner}"
        if (moved := move(objects, name, chain([place], numbered(f"{APART}/{job}/{inner}")))) != place:
            said.append(say("{name} was not nianbao's; it is in {place} now", name=name, place=moved))
    # As long as a person's thing lies there, the manifest tells that the folder is a build's.
    yield from ours[1:] if theirs and not present else (*ours[1:], own)


def move(objects: Objects, name: str, places: Iterable[str]) -> str:
    """Move an object to the first of these names that is free; returns it."""
    data = objects.read(name)
    for place in places:
        try:
            objects.create(place, data)
        except Overtaken:
            continue
        objects.remove([name])
        return place
    return name


def numbered(name: str) -> Iterator[str]:
    """A name, and the same with a number in front."""
    folder, slash, last = name.rpartition("/")
    yield name
    yield from (f"{folder}{slash}{number}-{last}" for number in range(2, 10_000))
