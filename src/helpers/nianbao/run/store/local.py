"""A store in a local folder: one folder for each bureau and year, made beside its place and swapped in as a whole."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.digests import digest
from nianbao.errors import NianbaoError, StoreError, UsageError
from nianbao.language import reason, say
from nianbao.run import manifest as manifests
from nianbao.run.store import checked, disk, failed, indexpage, inside, leftovers
from nianbao.run.store.belongings import free, is_whole, names_in, record_in, swap
from nianbao.run.store.inside import entries, is_plain
from nianbao.run.store.lock import held, refusal
from nianbao.run.store.store import APART, CHECKED, FAILED, INDEX, LOCK, LOGS, OURS, PAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.job_id import JobId, ReportId
    from nianbao.run.job import Verdict
    from nianbao.run.manifest import Manifest

FULL = {errno.ENOSPC, errno.EDQUOT}  # no room, for one more file at least


@dataclass(frozen=True, slots=True)
class LocalStore:
    """The outputs folder. See `Store` for what each method promises.

    Parameters
    ----------
    work : Path, optional
        A working folder where stages lie instead, as in outputs beside params: of params at an address.
    """

    root: Path
    work: Path | None = None

    def locked(self) -> contextlib.AbstractContextManager[None]:
        return self._locked()

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        with disk.writable(self.root):
            self.root.mkdir(parents=True, exist_ok=True)
        with held(self._own(self.root / LOCK)):
            indexpage.require_own(self.index(), self.root / INDEX)
            yield

    def refusals(self) -> list[str]:
        said = [disk.refusal(self.root), refusal(self.root / LOCK)]
        try:
            self._own(self.root / LOCK)
            indexpage.require_own(self.index(), self.root / INDEX)
        except UsageError as error:
            said.append(str(error))
        return [one for one in said if one]

    def repair(self) -> list[str]:
        partials = [path for path in entries(self.root) for name in PAGES if disk.is_partial(path, name)]
        for bureau in entries(self.root / CHECKED):
            partials += [path for path in entries(bureau) if disk.is_partial(path)]
        said = leftovers.repair(self.root, self._apart, partials)
        return said + [self._put_aside(name) for name in PAGES if not indexpage.is_as_written(self.index(name))]

    def _put_aside(self, page: str) -> str:
        """A person wrote into the page: what stands there is kept, and a new one is written."""
        try:
            place = free(self._own(self.root / APART), page)
            place.parent.mkdir(exist_ok=True)
            (self.root / page).rename(place)
        except (OSError, UsageError) as error:
            return say("{page} was changed by hand, and cannot be put aside: {why}", page=page, why=error)
        name = place.relative_to(self.root).as_posix()
        return say("{page} was changed by hand; what stood there is in {name} now", page=page, name=name)

    def scratch(self) -> contextlib.AbstractContextManager[Path]:
        return self._scratch()

    @contextlib.contextmanager
    def _scratch(self) -> Iterator[Path]:
        with disk.writable(self.root):
            try:
                folder = tempfile.mkdtemp(prefix=leftovers.SCRATCH, dir=self.root)
            except OSError:  # a full disk
                folder = tempfile.mkdtemp(prefix=leftovers.SCRATCH)
        try:
            yield Path(folder)
        finally:
            # What cannot be removed now, the next build removes; a TemporaryDirectory tries for ever where nothing may be.
            shutil.rmtree(folder, ignore_errors=True)

    def require_reached(self, scratch: Path) -> None:
        if scratch.parent != self.root.absolute():
            why = say("there is no room for its scratch folder")
            raise UsageError(say("cannot write to {path}: {why}", path=self.root, why=why))
        if not scratch.is_dir():
            raise UsageError(say("the outputs folder {folder} is not the same folder there", folder=self.root))

    def require_there(self, scratch: Path) -> None:
        self._require_there()
        try:
            if scratch.parent == self.root.absolute():
                with tempfile.TemporaryFile(dir=scratch):
                    pass
        except OSError as error:
            if error.errno not in FULL:
                raise StoreError(say("cannot write to {path}: {why}", path=self.root, why=reason(error))) from error

    def _require_there(self) -> None:
        """Require that the folder is there which the build has locked: one whose disk is gone is not made anew."""
        if not is_plain(self.root / LOCK):
            said = "the outputs folder {folder} is gone, or another folder has its name; is its disk or network drive there?"
            raise StoreError(say(said, folder=self.root))

    def stage(self, job: JobId, scratch: Path | None = None) -> Path:
        if scratch and scratch.parent == self.root.absolute():
            self._require_there()
        return self.new_stage(job)

    def new_stage(self, job: JobId) -> Path:
        """A stage, also in a folder that no build has locked, such as the one that a store elsewhere has here."""
        target = self._own(self._folder(job))
        return self._stage(self.work.joinpath("outputs", *job.parts) if self.work else target)

    def _stage(self, target: Path) -> Path:
        # On the same level as the job's own folder, so that relative paths hold after the swap.
        with disk.writable(target.parent):
            target.parent.mkdir(parents=True, exist_ok=True)
            return Path(tempfile.mkdtemp(prefix=f"{leftovers.STAGE}{target.name}-", dir=target.parent))

    def drop(self, stage: Path) -> None:
        # Its random name tells that whatever begins with it was made of it, by a cell that renamed its folder.
        for path in entries(stage.parent):
            if path.name.startswith(stage.name) and not path.is_symlink():
                disk.remove(path)

    def publish(self, stage: Path, job: JobId, manifest: Manifest) -> list[str]:
        text = manifest.with_outputs(stage).to_json()
        target = self._own(self._folder(job))
        if self.work:  # The files lie on another disk, where nothing can be swapped from.
            self._require_there()
            near = self._stage(target)
            for path in sorted(stage.iterdir()):
                shutil.copyfile(path, near / path.name)
            self.drop(stage)
            stage = near
        (stage / manifests.NAME).write_text(text, "utf-8", newline="\n")
        if record_in(stage) is None:
            raise NianbaoError(say("the manifest of {name} cannot be read back; nothing was published", name=job))
        mask = os.umask(0)
        os.umask(mask)
        # mkdtemp makes folders for the owner alone; a published folder gets the permissions that the umask allows.
        stage.chmod(0o777 & ~mask)
        if os.path.lexists(target) and not inside.is_folder(target):
            raise UsageError(say("{path} is a file, and a report's folder has its name; move it away", path=target))
        old = target.parent / f"{leftovers.OLD}{stage.name.removeprefix(leftovers.STAGE)}"
        moved = swap(stage, target, old, lambda: self._apart(target))
        with contextlib.suppress(OSError, UsageError):  # What an earlier run has left is no matter of this one.
            failed.forget(self._own(self._failed(job)))
        return [path.relative_to(self.root).as_posix() for path in moved]

    def fail(self, stage: Path, job: JobId, said: str) -> str:
        if not inside.is_folder(stage):  # A notebook may have deleted it, or it went with the whole folder.
            self._require_there()
        place = self._own(self._failed(job))
        failed.keep(place, stage, said)
        self.drop(stage)
        return str(place)

    def lost(self, job: JobId, said: str) -> str:
        place, root = self._failed(job), self.work / "outputs" if self.work else self.root
        target = root.joinpath(*job.parts) if self.work else self._folder(job)
        for stage in leftovers.left(root, leftovers.STAGE):
            if leftovers.target_of(stage) == target:
                return self.fail(stage, job, said)
        return str(place) if inside.is_folder(place) else ""  # The job may have put it there itself, before it ended.

    def keep_log(self, job: JobId, text: str) -> str:
        place = self._own((self.root / LOGS).joinpath(*job.parts[:-1], f"{job.parts[-1]}.log"))
        with disk.writable(place):
            if not text:
                place.unlink(missing_ok=True)
                return ""
            place.parent.mkdir(parents=True, exist_ok=True)
            disk.write_whole(place, text)
        return str(place)

    def log(self, job: JobId) -> str:
        return failed.log(self._failed(job))

    def failure(self, job: JobId) -> str:
        trace = self._failed(job) / failed.TRACEBACK
        return trace.relative_to(self.root).as_posix() if is_plain(trace) else ""

    def failures(self) -> list[JobId]:
        return [one for one in inside.ids(self.root / FAILED) if self.failure(one)]

    def ids(self) -> list[JobId]:
        return inside.ids(self.root)

    def strangers(self) -> list[str]:
        with contextlib.suppress(FileNotFoundError), disk.readable(self.root):
            any(self.root.iterdir())
        is_left = partial(leftovers.is_ours, self.root)
        found = inside.strangers(self.root, self.ids(), OURS, is_left)
        return [path.relative_to(self.root).as_posix() for path in found]

    def manifest(self, job: JobId, deep: bool = False) -> Manifest | None:
        found = self.record(job)
        if found is None or not is_whole(self._folder(job), found):
            return None
        try:
            named = found.outputs.items() if deep else ()
            return found if all(digest(self.read(job, name)) == one.sha256 for name, one in named) else None
        except (OSError, ValueError):
            return None

    def record(self, job: JobId) -> Manifest | None:
        try:
            inside.refuse_link(self.root, self._folder(job))
        except OSError:
            return None
        found = record_in(self._folder(job))
        return found if found and found.is_of(job) else None

    def files(self, job: JobId) -> list[str]:
        inside.refuse_link(self.root, self._folder(job))
        return names_in(self._folder(job))

    def size(self, job: JobId, name: str) -> int:
        return (self._folder(job) / name).stat().st_size

    def read(self, job: JobId, name: str) -> bytes:
        path = self._folder(job) / name
        # A folder cannot be read, a pipe would be read for ever, and a link may lead to what is nobody's report.
        if os.path.lexists(path) and not is_plain(path):
            raise FileNotFoundError(path)
        return path.read_bytes()

    def place(self, job: JobId, name: str) -> str:
        return str(self._folder(job) / name)

    def address(self, job: JobId, name: str) -> str:
        return (self._folder(job) / name).relative_to(self.root).as_posix()

    def verdict(self, report: ReportId, key: str = "") -> Verdict | None:
        return checked.read(self._checked(report), report, key)

    def keep_verdict(self, verdict: Verdict, key: str) -> None:
        path = self._checked(verdict.id)
        # Where nothing has been built, a check does not create the outputs folder.
        if inside.is_folder(self.root) and inside.is_own(self.root, path):
            checked.keep(path, verdict, key)

    def index(self, name: str = INDEX) -> bytes | None:
        path = self.root / name
        try:
            if not os.path.lexists(path):
                return None
            if not is_plain(path):
                raise UsageError(say("{path} is no regular file; move it away", path=path))
            indexpage.require_bounded(path.stat().st_size, path)
            return path.read_bytes()
        except OSError as error:
            raise UsageError(say("cannot read {path}: {why}", path=path, why=reason(error))) from error

    def write_index(self, text: str, name: str = INDEX) -> str:
        path = self._own(self.root / name)
        indexpage.require_as_written(self.index(name), path)
        with disk.writable(path):
            disk.write_whole(path, text)
        return str(path)

    def _folder(self, job: JobId) -> Path:
        if not all(map(inside.is_name, job.parts)):
            raise UsageError(say("“{name}” is no folder below {folder}", name=job, folder=self.root))
        return self.root.joinpath(*job.parts)

    def _failed(self, job: JobId) -> Path:
        return (self.root / FAILED).joinpath(*job.parts)

    def _apart(self, target: Path) -> Path:
        return self._own(self.root / APART / target.relative_to(self.root))

    def _checked(self, report: ReportId) -> Path:
        return self.root / CHECKED / report.bureau / f"{report.year}.json"

    def _own(self, path: Path) -> Path:
        return inside.own(self.root, path)
