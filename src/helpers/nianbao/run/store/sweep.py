"""What builds leave in an object store, put in order: folders that no manifest names go, and what people put there stays."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from nianbao.digests import digest
from nianbao.language import say
from nianbao.run import manifest as manifests
from nianbao.run.store.layout import folder_of, folders_in
from nianbao.run.store.objects import Overtaken, at_a_time
from nianbao.run.store.store import APART

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from nianbao.job_id import JobId
    from nianbao.run.manifest import Output
    from nianbao.run.store.objects import Object, Objects
    from nianbao.run.store.seen import Seen

PUT_ASIDE = "{name} was put there or changed by somebody; it is in {place} now"


def repair(objects: Objects, seen: Seen, jobs: Iterable[JobId], is_held: Callable[[], bool]) -> list[str]:
    """Remove the folders of each job that its manifest does not name; returns lines for a person.

    Who does not hold the store any more when it has looked at all of them removes nothing.
    """
    found = {str(job): seen.below(objects, str(job)) for job in jobs}
    unclear = [job for job, there in found.items() if not _is_in_order(there, job)]
    swept = at_a_time(lambda job: _swept(objects, seen, found[job], job), unclear)
    gone = [name for names, _ in swept for name in names]
    said = [line for _, lines in swept for line in lines]
    if gone and not is_held():
        return []
    objects.remove(gone)
    seen.drop(gone)
    return said


def _is_in_order(there: Mapping[str, Object], job: str) -> bool:
    """Whether a job is seen to have one folder, to which its manifest points, or none: two equal texts have one tag."""
    made = list(folders_in(job, there))
    pointer = there.get(f"{job}/{manifests.NAME}")
    inner = there.get(f"{job}/{made[0]}/{manifests.NAME}") if len(made) == 1 else None
    return not made or bool(pointer and inner and pointer.tag and pointer.tag == inner.tag)


def _swept(objects: Objects, seen: Seen, there: Mapping[str, Object], job: str) -> tuple[list[str], list[str]]:
    """What builds have made of the folders of a job to which nothing points, to be removed, and lines for a person."""
    # Asked for itself: a listing may be older than what it lists.
    pointer = _read(objects, f"{job}/{manifests.NAME}")
    present = folder_of(pointer) if pointer else ""
    gone, said = list[str](), list[str]()
    for folder in folders_in(job, there).keys() - {present}:
        gone += _cleared(objects, there, f"{job}/{folder}", f"{job}/{present}" if present else "", said)
    if {*there} - {*gone} != {name for name in there if name.startswith(f"{job}/{present}/")} | {f"{job}/{manifests.NAME}"}:
        seen.forget_one(objects, job)  # Something of a person's is there, and may have been moved.
    return gone, said


def _read(objects: Objects, name: str) -> bytes:
    try:
        return objects.read(name)
    except FileNotFoundError:
        return b""


def _cleared(objects: Objects, there: Mapping[str, Object], folder: str, present: str, said: list[str]) -> list[str]:
    """What a build has made of one folder; what people put there is moved to the present one, if there is one."""
    own = f"{folder}/{manifests.NAME}"
    raw, job = _read(objects, own), folder.rpartition("/")[0]
    record = manifests.Manifest.from_json(raw) if f"{job}/{folder_of(raw)}" == folder else None
    if record is None or record.name != job:
        return []  # A person's, under such a name.
    inside = {name[len(folder) + 1 :]: one for name, one in there.items() if name.startswith(f"{folder}/") and name != own}
    known = {name: record.outputs.get(name) for name in inside}
    changed = _changed(objects, folder, present, {name: one for name, one in known.items() if one}, inside)
    ours = [name for name, one in known.items() if one and name not in changed]
    theirs = [name for name in inside if name not in ours]
    # As long as a person's thing lies there, the manifest tells that the folder is a build's.
    gone = [f"{folder}/{name}" for name in ours] + ([] if theirs and not present else [own])
    if gone and (not present or sum(map(bool, known.values())) < len(record.outputs)):
        said.append(say("removed an unfinished {name}", name=job))
    for name in theirs if present else ():
        place = f"{present}/{name}"
        aside = numbered(f"{APART}/{job}/{name}")
        if (moved := move(objects, f"{folder}/{name}", aside if name in changed else chain([place], aside))) != place:
            said.append(say(PUT_ASIDE, name=f"{folder}/{name}", place=moved))
    return gone


def _changed(
    objects: Objects, folder: str, present: str, known: Mapping[str, Output], inside: Mapping[str, Object]
) -> list[str]:
    """The files of a folder that are not as its manifest says, and that the present folder does not hold as they are."""
    read = objects.read_all(f"{folder}/{name}" for name, one in known.items() if inside[name].size == one.bytes)
    same = {name for name, one in known.items() if digest(read.get(f"{folder}/{name}", b"")) == one.sha256}
    odd = [name for name in known if name not in same]
    held = objects.read_all(f"{place}/{name}" for name in odd for place in (folder, present) if place)
    return [name for name in odd if held.get(f"{folder}/{name}") != held.get(f"{present}/{name}")]


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
