"""A store in a local folder: one folder for each bureau and year, made beside its place and swapped in as a whole."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.errors import UsageError
from nianbao.job_id import BUREAU, RUNS, YEAR, ReportId, RunId
from nianbao.language import say
from nianbao.run import manifest as manifests
from nianbao.run.job import Verdict
from nianbao.run.manifest import Manifest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.job_id import JobId

INDEX = "index.html"
TRACEBACK = "traceback.txt"
_STAGE, _OLD, _SCRATCH, _FAILED, _CHECKED = ".stage-", ".old-", ".scratch-", ".failed", ".checked"


@dataclass(frozen=True, slots=True)
class LocalStore:
    """The outputs folder. See `Store` for what each method promises."""

    root: Path

    def locked(self) -> contextlib.AbstractContextManager[None]:
        return self._locked()

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        with _writable(self.root):
            self.root.mkdir(parents=True, exist_ok=True)
            handle = (self.root / ".lock").open("a+", encoding="utf-8")
        with handle:
            try:
                _lock(handle.fileno())
            except OSError:
                handle.seek(0)
                holder = handle.read().strip() or say("another process")
                said = "{folder} is in use by {holder}; wait for it, or use another --outputs"
                raise UsageError(say(said, folder=self.root, holder=holder)) from None
            handle.truncate(0)
            handle.write(f"process {os.getpid()}")
            handle.flush()
            yield  # The system releases the lock when the file is closed or the process dies.

    def repair(self) -> list[str]:
        said = []
        for old in self._left(_OLD):
            target = old.with_name(_leaf(old, _OLD))
            if target.exists():
                shutil.rmtree(old, ignore_errors=True)
            else:
                old.rename(target)
                said.append(say("restored {name} from an interrupted run", name=target.relative_to(self.root).as_posix()))
        for stage in self._left(_STAGE):
            shutil.rmtree(stage, ignore_errors=True)
            name = stage.with_name(_leaf(stage, _STAGE)).relative_to(self.root).as_posix()
            said.append(say("removed an unfinished {name}", name=name))
        for scratch in self.root.glob(f"{_SCRATCH}*"):
            shutil.rmtree(scratch, ignore_errors=True)
        for partial in (*self.root.glob("*.partial"), *(self.root / _CHECKED).glob("*/*.partial")):
            partial.unlink(missing_ok=True)
        return said

    def _left(self, prefix: str) -> list[Path]:
        """The folders that killed processes have left, at both depths at which jobs have theirs."""
        return sorted((*self.root.glob(f"*/{prefix}*"), *self.root.glob(f"{RUNS}/*/{prefix}*")))

    def scratch(self) -> contextlib.AbstractContextManager[Path]:
        return self._scratch()

    @contextlib.contextmanager
    def _scratch(self) -> Iterator[Path]:
        with _writable(self.root):
            folder = tempfile.TemporaryDirectory(prefix=_SCRATCH, dir=self.root, ignore_cleanup_errors=True)
        with folder as name:
            yield Path(name)

    def stage(self, job: JobId) -> Path:
        # On the same level as the job's own folder, so that relative paths hold after the swap.
        target = self._folder(job)
        with _writable(target.parent):
            target.parent.mkdir(parents=True, exist_ok=True)
            return Path(tempfile.mkdtemp(prefix=f"{_STAGE}{target.name}-", dir=target.parent))

    def drop(self, stage: Path) -> None:
        shutil.rmtree(stage, ignore_errors=True)

    def publish(self, stage: Path, job: JobId, manifest: Manifest) -> None:
        text = manifest.with_outputs(stage).to_json()
        (stage / manifests.NAME).write_text(text, "utf-8", newline="\n")
        mask = os.umask(0)
        os.umask(mask)
        # mkdtemp makes folders for the owner alone; a published folder gets the permissions that the umask allows.
        stage.chmod(0o777 & ~mask)
        target = self._folder(job)
        old = target.parent / f"{_OLD}{stage.name.removeprefix(_STAGE)}"
        if target.exists():
            target.rename(old)
        stage.rename(target)
        shutil.rmtree(old, ignore_errors=True)
        shutil.rmtree(self._failed(job), ignore_errors=True)

    def fail(self, stage: Path, job: JobId, said: str) -> str:
        (stage / TRACEBACK).write_text(said, "utf-8")
        place = self._failed(job)
        shutil.rmtree(place, ignore_errors=True)
        place.parent.mkdir(parents=True, exist_ok=True)
        stage.rename(place)
        return str(place)

    def lost(self, job: JobId, said: str) -> str:
        target, place = self._folder(job), self._failed(job)
        for stage in self._left(_STAGE):
            if stage.parent == target.parent and _leaf(stage, _STAGE) == target.name:
                return self.fail(stage, job, said)
        return str(place) if place.is_dir() else ""  # The job may have put it there itself, before it ended.

    def failure(self, job: JobId) -> str:
        trace = self._failed(job) / TRACEBACK
        return trace.relative_to(self.root).as_posix() if trace.is_file() else ""

    def ids(self) -> list[JobId]:
        found: list[JobId] = [
            ReportId(path.parent.name, int(path.name))
            for path in self.root.glob("[a-z]*/[0-9][0-9][0-9][0-9]")
            if BUREAU.fullmatch(path.parent.name) and YEAR.fullmatch(path.name) and path.is_dir()
        ]
        found += [
            RunId(path.parent.name, path.name)
            for path in self.root.glob(f"{RUNS}/*/*")
            if path.is_dir() and not path.name.startswith(".")
        ]
        return sorted(found)

    def manifest(self, job: JobId) -> Manifest | None:
        found, folder = self.record(job), self._folder(job)
        try:
            whole = found and all((folder / name).stat().st_size == one.bytes for name, one in found.outputs.items())
        except (OSError, ValueError):
            return None
        return found if whole else None

    def record(self, job: JobId) -> Manifest | None:
        path = self._folder(job) / manifests.NAME
        try:
            found = Manifest.from_json(path.read_bytes()) if path.is_file() else None
        except OSError:
            return None
        return found if found and found.name == str(job) else None  # a copy of another's folder is not this one's

    def files(self, job: JobId) -> list[str]:
        folder = self._folder(job)
        return sorted(path.name for path in folder.iterdir() if path.name != manifests.NAME) if folder.is_dir() else []

    def read(self, job: JobId, name: str) -> bytes:
        path = self._folder(job) / name
        if not path.is_file():  # A folder cannot be read, and a pipe would be read for ever.
            raise FileNotFoundError(path)
        return path.read_bytes()

    def place(self, job: JobId, name: str) -> str:
        return str(self._folder(job) / name)

    def address(self, job: JobId, name: str) -> str:
        return (self._folder(job) / name).relative_to(self.root).as_posix()

    def verdict(self, report: ReportId, key: str = "") -> Verdict | None:
        try:
            plain = json.loads(self._checked(report).read_text("utf-8"))
            return Verdict.from_json(report, plain) if not key or plain.get("key") == key else None
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None

    def keep_verdict(self, verdict: Verdict, key: str) -> None:
        path = self._checked(verdict.id)
        if not self.root.is_dir():
            return  # Nothing has been built here, and a check does not create the outputs folder.
        with contextlib.suppress(OSError):  # Without it the report is checked again.
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_whole(path, json.dumps({"key": key, **verdict.to_json()}, ensure_ascii=False))

    def write_index(self, text: str) -> str:
        path = self.root / INDEX
        with _writable(path):
            _write_whole(path, text)
        return str(path)

    def _folder(self, job: JobId) -> Path:
        if any(part in {"", ".", ".."} or "/" in part or "\\" in part for part in job.parts):
            raise UsageError(say("“{name}” is no folder below {folder}", name=job, folder=self.root))
        return self.root.joinpath(*job.parts)

    def _failed(self, job: JobId) -> Path:
        return (self.root / _FAILED).joinpath(*job.parts)

    def _checked(self, report: ReportId) -> Path:
        return self.root / _CHECKED / report.bureau / f"{report.year}.json"


def _leaf(left: Path, prefix: str) -> str:
    """The name of the job's folder for which a folder was made that begins with ``prefix`` and ends with a random part."""
    return left.name.removeprefix(prefix).rpartition("-")[0]


def _lock(descriptor: int) -> None:
    if os.name == "nt":
        import msvcrt

        # Far behind the text that names the holder: a locked byte cannot be read.
        os.lseek(descriptor, 1 << 30, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextlib.contextmanager
def _writable(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UsageError(say("cannot write to {path}: {why}", path=path, why=error.strerror)) from error


def _write_whole(path: Path, text: str) -> None:
    """Write a copy of the file and rename it, so that the file is there whole or not at all."""
    partial = path.with_name(f"{path.name}.partial")
    partial.write_text(text, "utf-8", newline="\n")
    partial.replace(path)
