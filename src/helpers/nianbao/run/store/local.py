"""A store in a local folder: one folder for each bureau and year, made beside its place and swapped in as a whole."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.errors import UsageError
from nianbao.job_id import BUREAU, RUNS, YEAR, ReportId, RunId
from nianbao.language import say
from nianbao.run import manifest as manifests
from nianbao.run import seal
from nianbao.run.job import Verdict
from nianbao.run.store import disk, remains
from nianbao.run.store.belongings import LONGEST, delete, hand_over, is_plain, names_in, record_in
from nianbao.run.store.store import LOG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.job_id import JobId
    from nianbao.run.manifest import Manifest

INDEX, MARK = "index.html", b'<meta name="generator" content="nianbao">'
LARGEST = 2**26  # bytes of an index that is read
_STAGE, _OLD, _SCRATCH, _LOCK = ".nianbao-stage-", ".nianbao-old-", ".nianbao-scratch-", ".nianbao-lock"
_FAILED, _CHECKED, _APART = ".failed", ".checked", ".kept"
_RANDOM = re.compile("-[a-z0-9_]{8}$")


@dataclass(frozen=True, slots=True)
class LocalStore:
    """The outputs folder. See `Store` for what each method promises."""

    root: Path

    def locked(self) -> contextlib.AbstractContextManager[None]:
        return self._locked()

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        with disk.writable(self.root):
            self.root.mkdir(parents=True, exist_ok=True)
            handle = self._own(self.root / _LOCK).open("a+", encoding="utf-8")
        with handle:
            try:
                disk.lock(handle.fileno())
            except OSError:
                handle.seek(0)
                holder = handle.read().strip() or say("another process")
                said = "{folder} is in use by {holder}; wait for it, or use another --outputs"
                raise UsageError(say(said, folder=self.root, holder=holder)) from None
            self._refuse_foreign_index()
            with contextlib.suppress(OSError):  # On a full disk the lock is held all the same.
                handle.truncate(0)
                handle.write(f"process {os.getpid()}")
                handle.flush()
            yield  # The system releases the lock when the file is closed or the process dies.

    def _refuse_foreign_index(self) -> None:
        self._own(self.root / INDEX)
        text = self.index()
        if text is not None and text.strip() and MARK not in text[:2000]:
            said = "{path} is not nianbao's, and a build would replace it; move it away, or use another --outputs"
            raise UsageError(say(said, path=self.root / INDEX))

    def repair(self) -> list[str]:
        said = []
        for old in self._left(_OLD):
            target = old.with_name(_leaf(old, _OLD))
            if os.path.lexists(target):
                hand_over(old, target, self._apart(target))
            else:
                old.rename(target)
                said.append(say("restored {name} from an interrupted run", name=target.relative_to(self.root).as_posix()))
        for stage in self._left(_STAGE):
            shutil.rmtree(stage, ignore_errors=True)
            name = stage.with_name(_leaf(stage, _STAGE)).relative_to(self.root).as_posix()
            said.append(say("removed an unfinished {name}", name=name))
        for scratch in self.root.glob(f"{_SCRATCH}*"):
            shutil.rmtree(scratch, ignore_errors=True)
        for partial in (disk.partial(self.root / INDEX), *(self.root / _CHECKED).glob(f"*/{disk.PARTIAL}")):
            if self._is_own(partial):
                partial.unlink(missing_ok=True)
        return said

    def _left(self, prefix: str) -> list[Path]:
        """The folders that killed processes have left, at both depths at which jobs have theirs."""
        found = (*self.root.glob(f"*/{prefix}*"), *self.root.glob(f"{RUNS}/*/{prefix}*"))
        return sorted(path for path in found if _RANDOM.search(path.name) and path.is_dir() and self._is_own(path))

    def scratch(self) -> contextlib.AbstractContextManager[Path]:
        return self._scratch()

    @contextlib.contextmanager
    def _scratch(self) -> Iterator[Path]:
        with disk.writable(self.root):
            try:
                folder = tempfile.TemporaryDirectory(prefix=_SCRATCH, dir=self.root, ignore_cleanup_errors=True)
            except OSError:  # a full disk
                folder = tempfile.TemporaryDirectory(prefix=_SCRATCH, ignore_cleanup_errors=True)
        with folder as name:
            yield Path(name)

    def stage(self, job: JobId) -> Path:
        # On the same level as the job's own folder, so that relative paths hold after the swap.
        target = self._own(self._folder(job))
        with disk.writable(target.parent):
            target.parent.mkdir(parents=True, exist_ok=True)
            return Path(tempfile.mkdtemp(prefix=f"{_STAGE}{target.name}-", dir=target.parent))

    def drop(self, stage: Path) -> None:
        shutil.rmtree(stage, ignore_errors=True)

    def publish(self, stage: Path, job: JobId, manifest: Manifest) -> list[str]:
        text = manifest.with_outputs(stage).to_json()
        (stage / manifests.NAME).write_text(text, "utf-8", newline="\n")
        mask = os.umask(0)
        os.umask(mask)
        # mkdtemp makes folders for the owner alone; a published folder gets the permissions that the umask allows.
        stage.chmod(0o777 & ~mask)
        target = self._own(self._folder(job))
        old = target.parent / f"{_OLD}{stage.name.removeprefix(_STAGE)}"
        if target.exists() and not target.is_dir():
            raise UsageError(say("{path} is a file, and a report's folder has its name; move it away", path=target))
        if target.exists():
            target.rename(old)
        stage.rename(target)
        moved = hand_over(old, target, self._apart(target)) if old.exists() else []
        with contextlib.suppress(OSError, UsageError):  # What an earlier run has left is no matter of this one.
            delete(self._own(self._failed(job)), remains.LEFT)
        return [path.relative_to(self.root).as_posix() for path in moved]

    def fail(self, stage: Path, job: JobId, said: str) -> str:
        place = self._own(self._failed(job))
        remains.keep(stage, place, said)
        self.drop(stage)
        return str(place)

    def lost(self, job: JobId, said: str) -> str:
        target, place = self._folder(job), self._failed(job)
        for stage in self._left(_STAGE):
            if stage.parent == target.parent and _leaf(stage, _STAGE) == target.name:
                return self.fail(stage, job, said)
        return str(place) if place.is_dir() else ""  # The job may have put it there itself, before it ended.

    def log(self, job: JobId) -> str:
        path = self._failed(job) / LOG
        return disk.ends_of(path, remains.PRINTED).decode("utf-8", "replace") if is_plain(path) else ""

    def failure(self, job: JobId) -> str:
        trace = self._failed(job) / remains.TRACEBACK
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

    def strangers(self) -> list[str]:
        known = {job.parts[:depth] for job in self.ids() for depth in range(1, len(job.parts) + 1)}
        ours = {INDEX, _LOCK, _FAILED, _CHECKED, _APART}
        found = []
        for path in sorted(self.root.iterdir()) if self.root.is_dir() else ():
            inside = sorted(path.iterdir()) if (path.name,) in known and path.is_dir() else []
            found += [
                one for one in inside if (path.name, one.name) not in known and not one.name.startswith((_STAGE, _OLD))
            ]
            if (path.name,) not in known and path.name not in ours and not path.name.startswith(_SCRATCH):
                found += [] if _is_for_bureau(path) else [path]
        return [path.relative_to(self.root).as_posix() for path in found]

    def manifest(self, job: JobId, deep: bool = False) -> Manifest | None:
        found = self.record(job)
        try:
            whole = found and all(self.size(job, name) == one.bytes for name, one in found.outputs.items())
            if whole and found and deep:
                whole = all(manifests.digest(self.read(job, name)) == one.sha256 for name, one in found.outputs.items())
        except (OSError, ValueError):
            return None
        return found if whole else None

    def record(self, job: JobId) -> Manifest | None:
        found = record_in(self._folder(job))
        return found if found and found.is_of(job) else None

    def files(self, job: JobId) -> list[str]:
        return names_in(self._folder(job))

    def size(self, job: JobId, name: str) -> int:
        return (self._folder(job) / name).stat().st_size

    def read(self, job: JobId, name: str) -> bytes:
        path = self._folder(job) / name
        # A folder cannot be read, a pipe would be read for ever, and a link may lead to what is nobody's report.
        if not is_plain(path):
            raise FileNotFoundError(path)
        return path.read_bytes()

    def place(self, job: JobId, name: str) -> str:
        return str(self._folder(job) / name)

    def address(self, job: JobId, name: str) -> str:
        return (self._folder(job) / name).relative_to(self.root).as_posix()

    def verdict(self, report: ReportId, key: str = "") -> Verdict | None:
        path = self._checked(report)
        try:
            raw = path.read_bytes() if is_plain(path) and path.stat().st_size <= LONGEST else b""
            plain = json.loads(raw) if seal.intact(raw, seal.JSON) else {}
            return Verdict.from_kept(report, plain) if not key or plain.get("key") == key else None
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None

    def keep_verdict(self, verdict: Verdict, key: str) -> None:
        path = self._checked(verdict.id)
        if not self.root.is_dir() or not self._is_own(path):
            return  # Nothing has been built here, and a check does not create the outputs folder.
        plain = {"key": key, **verdict.kept(), "seal": seal.BLANK}
        with contextlib.suppress(OSError):  # Without it the report is checked again.
            path.parent.mkdir(parents=True, exist_ok=True)
            disk.write_whole(path, seal.sealed(json.dumps(plain, ensure_ascii=False), seal.JSON))

    def index(self) -> bytes | None:
        path = self.root / INDEX
        try:
            return path.read_bytes() if is_plain(path) and path.stat().st_size <= LARGEST else None
        except OSError:
            return None

    def write_index(self, text: str) -> str:
        path = self._own(self.root / INDEX)
        with disk.writable(path):
            disk.write_whole(path, text)
        return str(path)

    def _folder(self, job: JobId) -> Path:
        if any(part in {"", ".", ".."} or "/" in part or "\\" in part for part in job.parts):
            raise UsageError(say("“{name}” is no folder below {folder}", name=job, folder=self.root))
        return self.root.joinpath(*job.parts)

    def _failed(self, job: JobId) -> Path:
        return (self.root / _FAILED).joinpath(*job.parts)

    def _apart(self, target: Path) -> Path:
        return self._own(self.root / _APART / target.relative_to(self.root))

    def _checked(self, report: ReportId) -> Path:
        return self.root / _CHECKED / report.bureau / f"{report.year}.json"

    def _own(self, path: Path) -> Path:
        """The path itself; raises `UsageError` when a part of it below the root is a link, which may lead out of it."""
        if not self._is_own(path):
            raise UsageError(
                say(
                    "{path} is or lies in a link; nianbao writes to no other place than {folder}",
                    path=path,
                    folder=self.root,
                )
            )
        return path

    def _is_own(self, path: Path) -> bool:
        return path.resolve() == self.root.resolve() / path.relative_to(self.root)


def _is_for_bureau(path: Path) -> bool:
    """Whether a path is an empty folder with a bureau's id: one of which nothing could be built yet."""
    return bool(BUREAU.fullmatch(path.name)) and path.is_dir() and not path.is_symlink() and not any(path.iterdir())


def _leaf(left: Path, prefix: str) -> str:
    """The name of the job's folder for which a folder was made that begins with ``prefix`` and ends with a random part."""
    return left.name.removeprefix(prefix).rpartition("-")[0]
