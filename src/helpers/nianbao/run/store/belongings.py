"""Whose a file in a folder of outputs is: the kit's, because its manifest names it, or a person's, which nothing deletes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from nianbao.run import manifest as manifests

if TYPE_CHECKING:
    from collections.abc import Set
    from pathlib import Path

    from nianbao.run.manifest import Manifest

LONGEST = 16 * 2**20  # bytes of a manifest.json, a hundred times as many as any has


def record_in(folder: Path) -> Manifest | None:
    """The manifest that lies in a folder; ``None`` when it cannot be read, was changed, or is no regular file."""
    path = folder / manifests.NAME
    try:
        if not is_plain(path) or path.stat().st_size > LONGEST:
            return None
        return manifests.Manifest.from_json(path.read_bytes())
    except OSError:
        return None


def is_plain(path: Path) -> bool:
    """Whether the path is a regular file, and not a link to one."""
    return path.is_file() and not path.is_symlink()


def owned(folder: Path) -> frozenset[str]:
    """The names of the kit's files in a folder: those that its manifest names, and the manifest; none without one."""
    found = record_in(folder)
    return frozenset((*found.outputs, manifests.NAME)) if found else frozenset()


def names_in(folder: Path) -> list[str]:
    """The names of all that lies in a report's folder, but for its manifest."""
    return sorted(path.name for path in folder.iterdir() if path.name != manifests.NAME) if folder.is_dir() else []


def hand_over(old: Path, new: Path, apart: Path) -> list[Path]:
    """Move what people put into an old folder into the new one, and delete the kit's own old files.

    What has a name that the new folder needs goes to the folder ``apart``. The old folder is deleted when it is empty.

    Returns
    -------
    list of Path
        What is in ``apart`` now.
    """
    ours = owned(old)
    moved = []
    for path in sorted(old.iterdir()):
        if path.name in ours and not path.is_dir():
            continue
        place = new / path.name
        if os.path.lexists(place):
            place = _free(apart, path.name)
            place.parent.mkdir(parents=True, exist_ok=True)
            moved.append(place)
        path.rename(place)
    delete(old, ours)
    return moved


def delete(folder: Path, names: Set[str]) -> None:
    """Delete files of a folder by name, the manifest last, and the folder when nothing else is in it."""
    for name in sorted(names, key=lambda name: name == manifests.NAME):
        (folder / name).unlink(missing_ok=True)
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def _free(folder: Path, name: str) -> Path:
    """A path in a folder that nothing has yet: the name itself, or with a number in front."""
    candidates = (folder / name, *(folder / f"{number}-{name}" for number in range(2, 10_000)))
    return next(path for path in candidates if not os.path.lexists(path))
