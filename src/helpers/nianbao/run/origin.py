"""Where the inputs of a batch come from, and the folder of this machine in which params and outputs lie beside each other.

Where one of them has an address, a notebook still runs in a folder from which params are reached as from published outputs,
so that what it makes has the same bytes. Any process, also one on another machine, makes that folder before it needs it.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import weakref
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.run.elsewhere import make_link
from nianbao.run.store import disk

if TYPE_CHECKING:
    from nianbao.run.job import Job

PREFIX = "nianbao-work-"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where inputs come from. A picklable value.

    Parameters
    ----------
    work : Path
        The folder for params and stages; it goes with the last value of the process that made it.
    params : Path
        The params folder.
    modules : tuple of str
        What each job's process needs to reach the addresses.
    """

    work: Path
    params: Path
    modules: tuple[str, ...] = ()
    made: _Made | None = field(default=None, compare=False, repr=False)

    @classmethod
    def new(cls, params: Path, modules: tuple[str, ...]) -> Origin:
        """An origin with a working folder of its own."""
        with disk.writable(Path(tempfile.gettempdir())):
            work = Path(tempfile.mkdtemp(prefix=PREFIX)).resolve()
        return cls(work, params, modules, _Made(work))

    @property
    def place(self) -> Path:
        """Where params are, or seem to be."""
        return self.work / self.params.name

    def bring(self, job: Job) -> None:
        """See that what a job depends on lies in the working folder; where it does nothing happens."""
        self.work.mkdir(mode=0o700, exist_ok=True)
        if self.params.is_dir():
            with contextlib.suppress(FileExistsError):
                make_link(self.place, self.params.resolve())


class _Made:
    """Removes a folder with the last value that holds it, in the process that made it; a copy elsewhere removes nothing."""

    def __init__(self, folder: Path) -> None:
        weakref.finalize(self, _remove, folder, os.getpid())

    def __reduce__(self) -> tuple[type[None], tuple[()]]:
        return type(None), ()


def _remove(folder: Path, process: int) -> None:
    if os.getpid() == process:
        remove(folder)


def remove(work: Path) -> None:
    """Remove a working folder, also what another process has made in it; nothing that it links to."""
    for path in (work / "params", *work.glob("*")):
        if path.is_symlink():
            path.unlink()
    disk.remove(work)
