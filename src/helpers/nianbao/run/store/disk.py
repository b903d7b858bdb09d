"""Locks, and writing to a disk so that a file is there whole or not at all."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from nianbao.errors import UsageError
from nianbao.language import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PARTIAL = ".nianbao-*.partial"  # what files are called while they are being written


def lock(descriptor: int) -> None:
    """Lock an open file for this process; raises `OSError` when another has locked it."""
    if os.name == "nt":
        import msvcrt

        # Far behind the text that names the holder: a locked byte cannot be read.
        os.lseek(descriptor, 1 << 30, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextlib.contextmanager
def writable(path: Path) -> Iterator[None]:
    """Turn an `OSError` within the context into a `UsageError` that says where nothing can be written."""
    try:
        yield
    except OSError as error:
        raise UsageError(say("cannot write to {path}: {why}", path=path, why=error.strerror)) from error


def write_whole(path: Path, text: str) -> None:
    """Write a copy of the file and rename it, so that the file is there whole or not at all."""
    copy = partial(path)
    copy.unlink(missing_ok=True)  # It may be a link that someone has put there.
    copy.write_text(text, "utf-8", newline="\n")
    copy.replace(path)


def partial(path: Path) -> Path:
    """What a file is called while it is being written."""
    return path.with_name(PARTIAL.replace("*", path.name))


def ends_of(path: Path, most: int) -> bytes:
    """A file's bytes; of one with more than ``most`` its beginning and its end."""
    size, kept = path.stat().st_size, most // 2
    with path.open("rb") as file:
        if size <= 2 * kept:
            return file.read()
        first = file.read(kept)
        file.seek(-kept, os.SEEK_END)
        return first + f"\n… {size - 2 * kept} bytes left out …\n".encode() + file.read()
