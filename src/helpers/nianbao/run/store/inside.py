"""What lies below the root of a store: only what no link leads out of, and nothing that one odd folder can stop."""

from __future__ import annotations

import errno
import os
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.errors import UsageError
from nianbao.job_id import BUREAU, RUNS, YEAR, ReportId, RunId
from nianbao.language import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from nianbao.job_id import JobId

_ODD = re.compile("[/\\\\\x00-\x1f\x7f\ud800-\udfff]")  # in no name of a job: bytes that are no text come as surrogates


def is_plain(path: Path) -> bool:
    """Whether the path is a regular file, and not a link to one; `False` where nobody may look."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except (OSError, ValueError):
        return False


def is_folder(path: Path) -> bool:
    """Whether the path is a folder, or a link to one; `False` where nobody may look."""
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError, RuntimeError):
        return False


def _is_link(path: Path) -> bool:
    try:
        return stat.S_ISLNK(path.lstat().st_mode)
    except (OSError, ValueError):
        return False


def entries(folder: Path) -> list[Path]:
    """What lies in a folder, in order; nothing where it cannot be read."""
    try:
        return sorted(folder.iterdir())
    except (OSError, ValueError):
        return []


def is_name(part: str) -> bool:
    """Whether a part of a job's id can be the name of a folder."""
    return part not in {"", ".", ".."} and not _ODD.search(part)


def own(root: Path, path: Path) -> Path:
    """The path itself.

    Raises
    ------
    UsageError
        When a part of it below the root is a link, which may lead out of it.
    """
    if not is_own(root, path):
        said = "{path} is or lies in a link; nianbao writes to no other place than {folder}"
        raise UsageError(say(said, path=path, folder=root))
    return path


def is_own(root: Path, path: Path) -> bool:
    """Whether no part of a path below the root is a link."""
    below = path.relative_to(root)
    if any(_is_link(root / part) for part in (below, *below.parents[:-1])):
        return False
    # A junction is no link to Python.
    return os.path.realpath(path) == str(Path(os.path.realpath(root), below))


def refuse_link(root: Path, path: Path) -> None:
    """Raise an `OSError` (ELOOP) where a part of a path below the root is a link, which may show another job's files."""
    below = path.relative_to(root)
    if any(_is_link(root / part) for part in (below, *below.parents[:-1])):
        raise OSError(errno.ELOOP, say("it is or lies in a link"), str(path))


def ids(root: Path) -> list[JobId]:
    """All reports and runs that have a folder below the root, in order."""
    found: list[JobId] = [
        ReportId(bureau.name, int(year.name))
        for bureau in entries(root)
        if BUREAU.fullmatch(bureau.name)
        for year in entries(bureau)
        if YEAR.fullmatch(year.name) and is_folder(year)
    ]
    found += [
        RunId(notebook.name, over.name)
        for notebook in entries(root / RUNS)
        if is_name(notebook.name)
        for over in entries(notebook)
        if is_name(over.name) and over.name[0] != "." and is_folder(over)
    ]
    return sorted(found)


def strangers(root: Path, jobs: list[JobId], ours: frozenset[str], is_left: Callable[[Path], bool]) -> list[Path]:
    """What belongs to none of the jobs, has none of the names that are ``ours``, and is not left of a killed build."""
    known = {job.parts[:depth] for job in jobs for depth in range(1, len(job.parts) + 1)}
    whole = {job.parts for job in jobs}

    def below(folder: Path) -> list[Path]:
        found = []
        for path in entries(folder):
            parts = path.relative_to(root).parts
            if parts in known or (parts == (RUNS,) and is_folder(path) and not _is_link(path)):
                found += [] if parts in whole else below(path)
            elif path.name not in ours and not is_left(path) and not _is_unbuilt(path, root, is_left):
                found.append(path)
        return found

    return below(root)


def _is_unbuilt(path: Path, root: Path, is_left: Callable[[Path], bool]) -> bool:
    """Whether a path is a folder for a bureau or a notebook of which nothing could be built yet."""
    is_for_bureau = path.parent == root and BUREAU.fullmatch(path.name)
    if not (is_for_bureau or path.parent == root / RUNS) or _is_link(path):
        return False
    try:
        return all(map(is_left, path.iterdir()))
    except OSError:
        return False
