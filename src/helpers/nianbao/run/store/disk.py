"""Writing to a disk so that a file is there whole or not at all, and removing what was made on it."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.errors import UsageError
from nianbao.language import reason, say

if TYPE_CHECKING:
    from collections.abc import Iterator

_PARTIAL = ".nianbao-"  # so begin the names of files while they are being written


@contextlib.contextmanager
def writable(path: Path) -> Iterator[None]:
    """Turn an `OSError` within the context into a `UsageError` that says where nothing can be written."""
    try:
        yield
    except OSError as error:
        raise UsageError(say("cannot write to {path}: {why}", path=path, why=reason(error))) from error


def refusal(folder: Path) -> str:
    """Why nothing can be written to a folder, as far as permissions tell; one that is not there is made in the one above."""
    there = next((one for one in (folder, *folder.parents) if os.path.lexists(one)), folder)
    if not there.is_dir():
        return say("cannot write to {path}: {why}", path=folder, why=say("{path} is no folder", path=there))
    return denied(there, os.W_OK | os.X_OK)


def denied(path: Path, mode: int = os.W_OK) -> str:
    """Why something may not be done with a path that is there; '' when it may, as far as permissions tell."""
    if os.access(path, mode):
        return ""
    is_read_only = hasattr(os, "statvfs") and os.statvfs(path).f_flag & os.ST_RDONLY
    number = errno.EROFS if is_read_only else errno.EACCES
    return say("cannot write to {path}: {why}", path=path, why=reason(OSError(number, os.strerror(number))))


@contextlib.contextmanager
def readable(path: Path) -> Iterator[None]:
    """Turn an `OSError` within the context into a `UsageError`, but for one that says that nothing is there."""
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as error:
        raise UsageError(say("cannot read {path}: {why}", path=path, why=reason(error))) from error


def write_whole(path: Path, text: str | bytes) -> None:
    """Write a copy of the file and rename it, so that the file is there whole or not at all."""
    copy = path.with_name(f"{_PARTIAL}{path.name}-{secrets.token_hex(4)}.partial")
    try:
        with copy.open("xb") as file:
            file.write(text if isinstance(text, bytes) else text.encode())
        copy.replace(path)
    except OSError:
        copy.unlink(missing_ok=True)
        raise


def is_partial(path: Path, of: str = "") -> bool:
    """Whether a path is a copy that was being written, of the file with the given name."""
    return path.name.startswith(_PARTIAL + of) and path.name.endswith(".partial")


def remove(folder: Path) -> None:
    """Remove a folder that is nobody's, also one whose permissions a cell has taken away; what cannot go stays."""
    with contextlib.suppress(OSError):
        folder.chmod(0o700)
        for root, names, _ in os.walk(folder):
            for inner in (Path(root, name) for name in names):
                if not inner.is_symlink():
                    inner.chmod(0o700)
    shutil.rmtree(folder, ignore_errors=True)


def ends_of(path: Path, most: int) -> bytes:
    """A file's bytes; of one with more than ``most`` its beginning and its end."""
    size, kept = path.stat().st_size, most // 2
    with path.open("rb") as file:
        if size <= 2 * kept:
            return file.read()
        first = file.read(kept)
        file.seek(-kept, os.SEEK_END)
        return first + f"\n… {size - 2 * kept} bytes left out …\n".encode() + file.read()
