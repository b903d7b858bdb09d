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
from nianbao.report_id import ReportId
from nianbao.run import manifest as manifests
from nianbao.run.job import Verdict
from nianbao.run.manifest import Manifest

if TYPE_CHECKING:
    from collections.abc import Iterator

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
                holder = handle.read().strip() or "another process"
                raise UsageError(f"{self.root} is in use by {holder}; wait for it, or use another --outputs") from None
            handle.truncate(0)
            handle.write(f"process {os.getpid()}")
            handle.flush()
            yield  # The system releases the lock when the file is closed or the process dies.

    def repair(self) -> list[str]:
        said = []
        for old in sorted(self.root.glob(f"*/{_OLD}*")):
            target = old.parent / old.name.removeprefix(_OLD)[:4]
            if target.exists():
                shutil.rmtree(old, ignore_errors=True)
            else:
                old.rename(target)
                said.append(f"restored {target.parent.name}/{target.name} from an interrupted run")
        for stage in sorted(self.root.glob(f"*/{_STAGE}*")):
            shutil.rmtree(stage, ignore_errors=True)
            said.append(f"removed an unfinished {stage.parent.name}/{stage.name.removeprefix(_STAGE)[:4]}")
        for scratch in self.root.glob(f"{_SCRATCH}*"):
            shutil.rmtree(scratch, ignore_errors=True)
        for partial in (*self.root.glob("*.partial"), *(self.root / _CHECKED).glob("*/*.partial")):
            partial.unlink(missing_ok=True)
        return said

    def scratch(self) -> contextlib.AbstractContextManager[Path]:
        return self._scratch()

    @contextlib.contextmanager
    def _scratch(self) -> Iterator[Path]:
        with _writable(self.root):
            folder = tempfile.TemporaryDirectory(prefix=_SCRATCH, dir=self.root, ignore_cleanup_errors=True)
        with folder as name:
            yield Path(name)

    def stage(self, report: ReportId) -> Path:
        # On the same level as the report's own folder, so that relative paths hold after the swap.
        parent = self._folder(report).parent
        with _writable(parent):
            parent.mkdir(parents=True, exist_ok=True)
            return Path(tempfile.mkdtemp(prefix=f"{_STAGE}{report.year}-", dir=parent))

    def drop(self, stage: Path) -> None:
        shutil.rmtree(stage, ignore_errors=True)

    def publish(self, stage: Path, report: ReportId, manifest: Manifest) -> None:
        text = manifest.with_outputs(stage).to_json()
        (stage / manifests.NAME).write_text(text, "utf-8", newline="\n")
        mask = os.umask(0)
        os.umask(mask)
        # mkdtemp makes folders for the owner alone; a published folder gets the permissions that the umask allows.
        stage.chmod(0o777 & ~mask)
        target = self._folder(report)
        old = target.parent / f"{_OLD}{report.year}-{stage.name.removeprefix(_STAGE)}"
        if target.exists():
            target.rename(old)
        stage.rename(target)
        shutil.rmtree(old, ignore_errors=True)
        shutil.rmtree(self._failed(report), ignore_errors=True)

    def fail(self, stage: Path, report: ReportId, said: str) -> str:
        (stage / TRACEBACK).write_text(said, "utf-8")
        place = self._failed(report)
        shutil.rmtree(place, ignore_errors=True)
        place.parent.mkdir(parents=True, exist_ok=True)
        stage.rename(place)
        return str(place)

    def lost(self, report: ReportId, said: str) -> str:
        for stage in sorted(self._folder(report).parent.glob(f"{_STAGE}{report.year}-*")):
            self.fail(stage, report, said)
        place = self._failed(report)
        return str(place) if place.is_dir() else ""  # The job itself may have called `fail` before it ended.

    def failure(self, report: ReportId) -> str:
        trace = self._failed(report) / TRACEBACK
        return trace.relative_to(self.root).as_posix() if trace.is_file() else ""

    def reports(self) -> list[ReportId]:
        folders = [path for path in self.root.glob("[a-z]*/[0-9][0-9][0-9][0-9]") if path.is_dir()]
        return sorted(ReportId(path.parent.name, int(path.name)) for path in folders)

    def manifest(self, report: ReportId) -> Manifest | None:
        found, folder = self.record(report), self._folder(report)
        try:
            whole = found and all((folder / name).stat().st_size == one.bytes for name, one in found.outputs.items())
        except OSError:
            return None
        return found if whole else None

    def record(self, report: ReportId) -> Manifest | None:
        try:
            return Manifest.from_json((self._folder(report) / manifests.NAME).read_bytes())
        except OSError:
            return None

    def files(self, report: ReportId) -> list[str]:
        folder = self._folder(report)
        return sorted(path.name for path in folder.iterdir() if path.name != manifests.NAME) if folder.is_dir() else []

    def read(self, report: ReportId, name: str) -> bytes:
        return (self._folder(report) / name).read_bytes()

    def address(self, report: ReportId) -> str:
        return str(report)

    def verdict(self, report: ReportId, key: str = "") -> Verdict | None:
        try:
            plain = json.loads(self._checked(report).read_text("utf-8"))
            return Verdict.from_json(report, plain) if not key or plain.get("key") == key else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep_verdict(self, verdict: Verdict, key: str) -> None:
        path = self._checked(verdict.id)
        if not self.root.is_dir():
            return  # Nothing has been built here, and a check does not create the outputs folder.
        with _writable(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_whole(path, json.dumps({"key": key, **verdict.to_json()}, ensure_ascii=False))

    def write_index(self, text: str) -> str:
        path = self.root / INDEX
        _write_whole(path, text)
        return str(path)

    def _folder(self, report: ReportId) -> Path:
        return self.root / report.bureau / str(report.year)

    def _failed(self, report: ReportId) -> Path:
        return self.root / _FAILED / report.bureau / str(report.year)

    def _checked(self, report: ReportId) -> Path:
        return self.root / _CHECKED / report.bureau / f"{report.year}.json"


def _lock(descriptor: int) -> None:
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextlib.contextmanager
def _writable(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UsageError(f"cannot write to {path}: {error.strerror}") from error


def _write_whole(path: Path, text: str) -> None:
    """Write a copy of the file and rename it, so that the file is there whole or not at all."""
    partial = path.with_name(f"{path.name}.partial")
    partial.write_text(text, "utf-8", newline="\n")
    partial.replace(path)
