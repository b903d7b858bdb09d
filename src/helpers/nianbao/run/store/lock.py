"""The file by which one build at a time holds a store."""

from __future__ import annotations

import contextlib
import os
import re
import stat
import time
from typing import TYPE_CHECKING

from nianbao.errors import BusyError, UsageError
from nianbao.language import reason, say
from nianbao.run.store import disk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_HOLDER = re.compile(r"(?:process (\d+))?")  # what such a file holds
LOOKS, PAUSE = 3, 0.05  # how often it is tried, as somebody who plans may look at this moment; seconds between


@contextlib.contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the lock file while the context lasts; the system releases it when the process dies.

    Raises
    ------
    BusyError
        When another process holds it.
    UsageError
        When the file is not one that a build has made.
    """
    with disk.writable(path.parent):
        if os.path.lexists(path) and not stat.S_ISREG(path.lstat().st_mode):
            raise _foreign(path)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        handle = os.fdopen(descriptor, "r+", encoding="utf-8", errors="replace")
    with handle:
        try:
            _lock_soon(handle.fileno())
        except OSError:
            raise BusyError(_in_use(path, handle.read(100))) from None
        # Another name of the file may be someone's who keeps something else in it.
        if os.fstat(handle.fileno()).st_nlink > 1 or not _HOLDER.fullmatch(handle.read(100)):
            raise _foreign(path)
        with contextlib.suppress(OSError):  # On a full disk the lock is held all the same.
            handle.seek(0)
            handle.truncate()
            handle.write(f"process {os.getpid()}")
            handle.flush()
        yield


def refusal(path: Path) -> str:
    """Why a build could not hold the lock file now; '' when it could, or when there is none. Nothing is written."""
    try:
        if not os.path.lexists(path):
            return ""
        if not stat.S_ISREG(path.lstat().st_mode):
            return str(_foreign(path))
        with path.open("rb") as file:
            raw = file.read(100).decode("utf-8", "replace")
            if os.fstat(file.fileno()).st_nlink > 1 or not _HOLDER.fullmatch(raw):
                return str(_foreign(path))
            try:
                lock(file.fileno(), shared=True)
            except OSError:
                return _in_use(path, raw)
    except OSError as error:
        return say("cannot write to {path}: {why}", path=path.parent, why=reason(error))
    return disk.denied(path)


def _lock_soon(descriptor: int) -> None:
    for _ in range(LOOKS - 1):
        with contextlib.suppress(OSError):
            lock(descriptor)
            return
        time.sleep(PAUSE)
    lock(descriptor)


def _in_use(path: Path, raw: str) -> str:
    known = _HOLDER.fullmatch(raw.strip())
    holder = say("process {number}", number=known[1]) if known and known[1] else say("another process")
    return say("{folder} is in use by {holder}; wait for it, or use another --outputs", folder=path.parent, holder=holder)


def _foreign(path: Path) -> UsageError:
    return UsageError(say("{path} is not nianbao's lock; move it away, or use another --outputs", path=path))


def lock(descriptor: int, *, shared: bool = False) -> None:
    """Lock an open file for this process, or together with others, where the system can do that.

    Raises
    ------
    OSError
        When another has locked it.
    """
    if os.name == "nt":
        import msvcrt

        # Far behind the text that names the holder: a locked byte cannot be read.
        os.lseek(descriptor, 1 << 30, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]  # Windows has it
        os.lseek(descriptor, 0, os.SEEK_SET)
    else:
        import fcntl

        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
