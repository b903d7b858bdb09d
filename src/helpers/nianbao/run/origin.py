"""Where the inputs of a batch come from, and the folder of this machine in which params and outputs lie beside each other.

Where one of them has an address, a notebook still runs in a folder from which params are reached as from published outputs,
so that what it makes has the same bytes. The process that plans fetches params once; a process on another machine fetches
what its jobs need to the same place, before they begin.
"""

from __future__ import annotations

import contextlib
import re
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.errors import UsageError
from nianbao.inputfiles import InputFiles, NotRead, read_file
from nianbao.language import say
from nianbao.paths import NOTEBOOK
from nianbao.run.elsewhere import make_link
from nianbao.run.fetch import fetch
from nianbao.run.store import disk
from nianbao.run.store.address import Address
from nianbao.run.store.objects import Objects
from nianbao.run.workplace import PREFIX, Made, in_use, is_made_here, remove_left

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.run.job import Job

BROUGHT = ".nianbao-brought-"  # so begin the names of the files that tell what a process elsewhere has fetched
EVERYTHING, BUREAUS, FORMATS, NOTEBOOKS = "", "*", "formats", "notebooks"
# The ways in which a notebook hands params_dir on to the kit, or names it as a parameter.
_HANDED_ON = re.compile(r"\b(?:load|years)\([^()]*\)|\bparams_dir\s*(?::[^=\n]*)?=")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where inputs come from. A picklable value.

    Parameters
    ----------
    work : Path
        The folder for params and stages; it goes with the last value of the process that made it.
    params : Path or Address
        The params folder.
    modules : tuple of str
        What each job's process needs to reach the addresses.
    """

    work: Path
    params: Path | Address
    modules: tuple[str, ...] = ()
    made: Made | None = field(default=None, compare=False, repr=False)

    @classmethod
    def new(cls, params: Path | Address, modules: tuple[str, ...] = ()) -> Origin:
        """An origin with a working folder of its own, into which params are fetched.

        Raises
        ------
        UsageError
            When there are none, they cannot be read, or an object has a name that no folder can hold.
        """
        with disk.writable(Path(tempfile.gettempdir())):
            remove_left()
            work = Path(tempfile.mkdtemp(prefix=PREFIX)).resolve()
            made = cls(work, params, modules, Made(work))
        if not isinstance(params, Address):
            made._link()
        elif made._fetch(EVERYTHING):
            made._fetch_notebooks()
        else:
            said = "no objects below {address} (--params); it should hold one folder per bureau"
            raise UsageError(say(said, address=params))
        return made

    @property
    def place(self) -> Path:
        """Where params are, or seem to be."""
        return self.work / self.params.name

    def local(self, notebook: Path) -> Path:
        """Where a notebook lies here that was named by its address beside params; any other path as it is."""
        # A `Path` has lost one of the two slashes of an address.
        known = str(notebook).replace(":/", "://", 1)
        beside = f"{self.params.parent}/" if isinstance(self.params, Address) else ""
        return self.work / known.removeprefix(beside) if beside and known.startswith(beside) else notebook

    @contextlib.contextmanager
    def at_hand(self, job: Job) -> Iterator[None]:
        """Within the context, what a job depends on lies in the working folder, and nobody removes it; raises as `bring`."""
        with in_use(self.work):
            self.bring(job)
            yield

    def bring(self, job: Job) -> None:
        """See that what a job depends on lies in the working folder; where it does nothing happens.

        Raises
        ------
        UsageError
            When it cannot be fetched, or is not as it was planned.
        """
        if is_made_here(self.work):
            return
        with in_use(self.work):
            self._bring(job)

    def _bring(self, job: Job) -> None:
        if not isinstance(self.params, Address):
            self._link()
            return
        if self._is_new(NOTEBOOKS):
            self._fetch_notebooks()
            self._note(NOTEBOOKS)
        new = [part for part in self._needed(job) if self._is_new(part)]
        for part in new if self._is_new(EVERYTHING) else ():
            self._fetch(part)
            self._note(part)
        if new:
            self._require_planned(job)

    def _link(self) -> None:
        if isinstance(self.params, Path) and self.params.is_dir():
            with contextlib.suppress(FileExistsError):
                make_link(self.place, self.params.resolve())

    def _needed(self, job: Job) -> list[str]:
        """The parts of params that a job reads: folders, every bureau.yaml (`BUREAUS`), or `EVERYTHING`."""
        target = job.target
        parts = {path.relative_to(self.place).as_posix() for path in target.reads}
        if "." in parts or (target.notebook and _reads_more(target.notebook)):
            return [EVERYTHING]
        if target.report:
            parts.add(target.report.bureau)
            # The bureau above may be known by its name.
            parts |= {BUREAUS} if target.links and (target.links.parent or target.links.faults) else set()
        if target.notebook and target.notebook.is_relative_to(self.place):
            parts.add(target.notebook.relative_to(self.place).parts[0])
        return [FORMATS, *sorted(parts)]

    def _fetch(self, part: str) -> bool:
        """Fetch a part of params; returns whether there is anything."""
        assert isinstance(self.params, Address)
        objects = Objects(self.params)
        found = objects.find("" if part == BUREAUS else part)
        if part == BUREAUS:
            found = {name: one for name, one in found.items() if re.fullmatch("[^/]+/bureau.yaml", name)}
        fetch(objects, self.place, found)
        return bool(found)

    def _fetch_notebooks(self) -> None:
        """Fetch the notebooks beside params, and the modules beside these."""
        assert isinstance(self.params, Address)
        if self.params.parent != self.params:
            beside = Objects(self.params.parent)
            fetch(beside, self.work, beside.find(NOTEBOOK.parent.as_posix()))

    def _require_planned(self, job: Job) -> None:
        files = InputFiles(self.place)
        for name, planned in job.inputs.items():
            if files.digest(self.place / name) != planned:
                said = "{file} is not as it was when {name} was planned; build it again"
                raise UsageError(say(said, file=name, name=job.id))

    def _is_new(self, part: str) -> bool:
        return not self._noted(part).is_file()

    def _note(self, part: str) -> None:
        self._noted(part).touch()

    def _noted(self, part: str) -> Path:
        return self.work / (BROUGHT + part.replace("*", "bureaus."))


def _reads_more(notebook: Path) -> bool:
    """Whether a notebook may read more of params than its report: it does more with params_dir than to hand it on."""
    try:
        text = read_file(notebook).decode("utf-8", "replace").replace("\\n", "\n")
    except NotRead:
        return False  # It will not run either.
    has_modules = any(path.suffix == ".py" for path in notebook.parent.rglob("*.py"))
    return has_modules or "params_dir" in _HANDED_ON.sub("", text)
