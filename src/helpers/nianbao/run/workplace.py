"""The folder of a machine in which params and stages of a batch lie: who works in it, and when it goes."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
import time
import weakref
from pathlib import Path
from typing import IO, TYPE_CHECKING

from nianbao.run.store import disk
from nianbao.run.store.lock import lock

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFIX = "nianbao-work-"
OWNER = ".nianbao-made-here"  # lies in it on the machine of the process that made it, which locks it
USED = ".nianbao-used"  # lies in it on others; every process that works there locks it, together with the others
AGE = 60  # seconds after which these locks tell; a folder that was just made may not be locked yet


class Made:
    """Removes a folder with the last value that holds it, in the process that made it; a copy elsewhere is nothing."""

    def __init__(self, folder: Path) -> None:
        file = (folder / OWNER).open("w")
        lock(file.fileno())
        weakref.finalize(self, _remove, folder, os.getpid(), file)

    def __reduce__(self) -> tuple[type[None], tuple[()]]:
        return type(None), ()


def is_made_here(work: Path) -> bool:
    """Whether this is the machine of the process that made the folder."""
    return (work / OWNER).is_file()


@contextlib.contextmanager
def in_use(work: Path) -> Iterator[None]:
    """Within the context, the folder is there, and no process of another batch removes it.

    Raises
    ------
    UsageError
        When it cannot be made.
    """
    if is_made_here(work):
        yield
        return
    with contextlib.ExitStack() as held:
        with disk.writable(work):
            if not work.is_dir():
                remove_left()
                work.mkdir(mode=0o700, exist_ok=True)
            file = held.enter_context((work / USED).open("a"))
        with contextlib.suppress(OSError):  # Where locks cannot be shared, one of the processes has it.
            lock(file.fileno(), shared=True)
        yield


def leave(work: Path) -> None:
    """Remove the folder from a machine where only jobs ran; on that of the batch itself it stays.

    For an executor, when no more jobs of the batch will run on this machine. ``work`` is `Origin.work`.
    """
    if not is_made_here(work):
        _cleared(work)


def remove_left() -> None:
    """Remove the folders of this user in which nobody works: those of processes that were killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            about = folder.lstat()
            is_ours = stat.S_ISDIR(about.st_mode) and about.st_uid == (os.getuid() if os.name == "posix" else about.st_uid)
            if is_ours and time.time() - about.st_mtime > AGE:
                with (folder / (OWNER if is_made_here(folder) else USED)).open("r+") as file:
                    lock(file.fileno())
                _cleared(folder)


def _remove(folder: Path, process: int, file: IO[str]) -> None:
    if os.getpid() == process:
        file.close()
        _cleared(folder)


def _cleared(work: Path) -> None:
    """Remove a folder, and nothing that it links to."""
    real = work.resolve()
    for path in work.glob("*"):
        if path.resolve() != real / path.name:  # A junction is no link to Python.
            path.unlink()
    disk.remove(work)
