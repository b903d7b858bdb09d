"""Whose a file in a folder of outputs is: the kit's while it is as its manifest says, else a person's, and kept."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.digests import digest
from nianbao.errors import NianbaoError
from nianbao.language import reason, say
from nianbao.run import manifest as manifests
from nianbao.run.store.inside import is_plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from nianbao.run.manifest import Manifest

MOVED = "what somebody has changed, or put under the names of its files, is in {places} now"
LONGEST = 16 * 2**20  # bytes of a record, such as manifest.json: a hundred times as many as any has


def record_in(folder: Path) -> Manifest | None:
    """The manifest that lies in a folder; ``None`` when it cannot be read, was changed, or is no regular file."""
    path = folder / manifests.NAME
    try:
        if not is_plain(path) or path.stat().st_size > LONGEST:
            return None
        return manifests.Manifest.from_json(path.read_bytes())
    except OSError:
        return None


def is_whole(folder: Path, record: Manifest) -> bool:
    """Whether a folder holds every file that its manifest names, and in its size."""
    try:
        sizes = {name: (folder / name).stat().st_size for name in record.outputs}
    except (OSError, ValueError):
        return False
    return bool(sizes) and all(sizes[name] == one.bytes for name, one in record.outputs.items())


def names_in(folder: Path) -> list[str]:
    """The names of all that lies in a report's folder, but for its manifest; raises `OSError` when nobody may look."""
    try:
        return sorted(path.name for path in folder.iterdir() if path.name != manifests.NAME)
    except (FileNotFoundError, NotADirectoryError):
        return []


def hand_over(old: Path, new: Path, apart: Callable[[], Path]) -> list[Path]:
    """Move what people put into an old folder into the new one, then delete the kit's own old files and the folder.

    What the old manifest names and is not as it says, such as a report.docx with somebody's comments, goes to the folder
    that ``apart`` gives, and so does what has a name that the new folder needs.

    Returns
    -------
    list of Path
        What is in that folder now.

    Raises
    ------
    OSError, NianbaoError
        When a thing cannot be moved, or nothing may be deleted. Then all lies in the old folder, as it did.
    """
    record, ours, aside = record_in(old), list[Path](), list[Path]()
    moved: list[tuple[Path, Path]] = []
    if not os.access(old, os.W_OK | os.X_OK):
        raise PermissionError(13, os.strerror(13), str(old))
    try:
        for path in sorted(old.iterdir()):
            if record and _is_replaced(path, record, new):
                ours.append(path)
                continue
            place = new / path.name
            if os.path.lexists(place) or (record and path.name in record.outputs and not _is_as_built(path, record)):
                place = free(apart(), path.name)
                place.parent.mkdir(parents=True, exist_ok=True)
                aside.append(place)
            path.rename(place)
            moved.append((place, path))
    except (OSError, NianbaoError):
        for place, path in reversed(moved):
            place.rename(path)
        raise
    with suppress(OSError):  # What stays is tried again, and said, by the next build.
        delete(ours)
        old.rmdir()
    return aside


def _is_replaced(path: Path, record: Manifest, new: Path) -> bool:
    """Whether a thing in an old folder is the kit's: a file that a build makes, or that a notebook made and makes again.

    A file that somebody has changed is a person's, unless the new folder holds the same bytes. A manifest alone does not
    tell that a file of any name is the kit's: whoever can write one can name what is not.
    """
    if path.name == manifests.NAME:
        return is_plain(path)
    if not _is_as_built(path, record):
        return path.name in record.outputs and _is_same(path, new / path.name)
    return path.name in record.made or os.path.lexists(new / path.name)


def _is_as_built(path: Path, record: Manifest) -> bool:
    """Whether a file has the bytes that a manifest says."""
    one = record.outputs.get(path.name)
    if one is None or not is_plain(path) or path.stat().st_size != one.bytes:
        return False
    return digest(path.read_bytes()) == one.sha256


def _is_same(path: Path, other: Path) -> bool:
    return is_plain(path) and is_plain(other) and path.read_bytes() == other.read_bytes()


def swap(new: Path, target: Path, old: Path, apart: Callable[[], Path]) -> list[Path]:
    """Put a folder in the place of another, which is called ``old`` meanwhile, and hand over what people put there.

    Raises
    ------
    NianbaoError
        When that cannot be done. Then the other is in its place again, whole.
    """
    try:
        if os.path.lexists(target):
            target.rename(old)
        try:
            new.rename(target)
            return hand_over(old, target, apart) if os.path.lexists(old) else []
        except (OSError, NianbaoError):
            if not os.path.lexists(new):
                target.rename(new)
            if os.path.lexists(old):
                old.rename(target)
            raise
    except OSError as error:
        said = "{path} cannot be moved or replaced ({why}); what was published stays as it was"
        name = str(error.filename or target).replace(str(old), str(target))
        raise NianbaoError(say(said, path=name, why=reason(error))) from error


def delete(paths: Iterable[Path]) -> None:
    """Delete files, a manifest last: as long as it is there, it tells whose the others are."""
    for path in sorted(paths, key=lambda path: path.name == manifests.NAME):
        path.unlink(missing_ok=True)


def free(folder: Path, name: str) -> Path:
    """A path in a folder that nothing has yet: the name itself, or with a number in front."""
    candidates = (folder / name, *(folder / f"{number}-{name}" for number in range(2, 10_000)))
    return next(path for path in candidates if not os.path.lexists(path))
