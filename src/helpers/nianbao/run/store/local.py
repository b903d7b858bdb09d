"""Where reports are kept: staged beside their place, swapped in whole, trusted by their manifest."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MANIFEST = "manifest.json"
SCHEMA_VERSION = 1
FAILED = ".failed"
CHECKED = ".checked"
_STAGE, _OLD, _SCRATCH = ".stage-", ".old-", ".scratch-"


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def digest_of(files: Iterable[Path], root: Path) -> dict[str, str]:
    """SHA-256 of each file by its path relative to ``root``."""
    return {path.relative_to(root).as_posix(): digest(path.read_bytes()) for path in sorted(files)}


@dataclass(frozen=True, slots=True)
class Store:
    """The outputs folder: one folder for each bureau and year."""

    root: Path

    def folder(self, bureau: str, year: int) -> Path:
        return self.root / bureau / str(year)

    def failed(self, bureau: str, year: int) -> Path:
        """Where what is needed to mend a failed report lies."""
        return self.root / FAILED / bureau / str(year)

    def read_manifest(self, bureau: str, year: int) -> dict[str, Any] | None:
        """The manifest of a report's folder; ``None`` when there is none."""
        try:
            manifest: dict[str, Any] = json.loads((self.folder(bureau, year) / MANIFEST).read_text("utf-8"))
        except (OSError, ValueError):
            return None
        return manifest if manifest.get("schema") == SCHEMA_VERSION else None

    def manifest(self, bureau: str, year: int) -> dict[str, Any] | None:
        """The manifest of a published folder whose files are as large as it says; ``None`` when there is none to trust."""
        manifest, folder = self.read_manifest(bureau, year), self.folder(bureau, year)
        try:
            sizes = {name: (folder / name).stat().st_size for name in manifest["outputs"]} if manifest else {}
        except OSError:
            return None
        return (
            manifest if manifest and all(sizes[name] == one["bytes"] for name, one in manifest["outputs"].items()) else None
        )

    def all(self) -> list[tuple[str, int]]:
        """Every bureau and year with a folder here, in order."""
        folders = [path for path in self.root.glob("[a-z]*/[0-9][0-9][0-9][0-9]") if path.is_dir()]
        return sorted((path.parent.name, int(path.name)) for path in folders)

    def verdict(self, bureau: str, year: int, key: str = "") -> dict[str, Any] | None:
        """What the checks found when the inputs were these, or last; ``None`` when they have not been checked yet."""
        try:
            verdict: dict[str, Any] = json.loads((self.root / CHECKED / bureau / f"{year}.json").read_text("utf-8"))
        except (OSError, ValueError):
            return None
        return verdict if not key or verdict.get("key") == key else None

    def keep_verdict(self, bureau: str, year: int, verdict: dict[str, Any]) -> None:
        """Remember a verdict under the key of its inputs."""
        path = self.root / CHECKED / bureau / f"{year}.json"
        with _writable(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, json.dumps(verdict, ensure_ascii=False))

    @contextlib.contextmanager
    def scratch(self) -> Iterator[Path]:
        """A folder that lasts as long as a build, for its user alone to read and write."""
        with _writable(self.root):
            folder = tempfile.TemporaryDirectory(prefix=_SCRATCH, dir=self.root, ignore_cleanup_errors=True)
        with folder as name:
            yield Path(name)

    def stage(self, bureau: str, year: int) -> Path:
        """A new empty folder on the same level as the report's own, so that relative paths hold after the swap."""
        parent = self.folder(bureau, year).parent
        with _writable(parent):
            parent.mkdir(parents=True, exist_ok=True)
            return Path(tempfile.mkdtemp(prefix=f"{_STAGE}{year}-", dir=parent))

    def publish(self, stage: Path, bureau: str, year: int, manifest: dict[str, Any]) -> None:
        """Swap a staged folder in whole; the manifest, written last, is the commit mark."""
        outputs = {
            path.name: {"sha256": digest(path.read_bytes()), "bytes": path.stat().st_size}
            for path in sorted(stage.iterdir())
        }
        text = json.dumps(manifest | {"outputs": outputs}, ensure_ascii=False, indent=1, sort_keys=True)
        (stage / MANIFEST).write_text(text + "\n", "utf-8", newline="\n")
        mask = os.umask(0)
        os.umask(mask)
        # mkdtemp makes folders for the owner alone; what is published is for whom the umask says.
        stage.chmod(0o777 & ~mask)
        target = self.folder(bureau, year)
        old = target.parent / f"{_OLD}{year}-{stage.name.removeprefix(_STAGE)}"
        if target.exists():
            target.rename(old)
        stage.rename(target)
        shutil.rmtree(old, ignore_errors=True)
        shutil.rmtree(self.failed(bureau, year), ignore_errors=True)

    def keep_failure(self, stage: Path, bureau: str, year: int) -> Path:
        """Move what a failed job left to where it can be looked at."""
        place = self.failed(bureau, year)
        shutil.rmtree(place, ignore_errors=True)
        place.parent.mkdir(parents=True, exist_ok=True)
        stage.rename(place)
        return place

    def stages(self, bureau: str, year: int) -> list[Path]:
        """What jobs of this report left unfinished."""
        return sorted(self.folder(bureau, year).parent.glob(f"{_STAGE}{year}-*"))

    def repair(self) -> list[str]:
        """Undo what a killed run left: put back a report that was being swapped, drop stages; says what it did."""
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
        for partial in (*self.root.glob("*.partial"), *(self.root / CHECKED).glob("*/*.partial")):
            partial.unlink(missing_ok=True)
        return said

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the outputs for one build; the lock goes with the process that holds it.

        Raises
        ------
        UsageError
            When another build holds them, naming its process, or when they cannot be written to.
        """
        path = self.root / ".lock"
        with _writable(self.root):
            self.root.mkdir(parents=True, exist_ok=True)
            handle = path.open("a+", encoding="utf-8")
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
            yield


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


def write_whole(path: Path, text: str) -> None:
    """Write a file so that it is there whole or not at all."""
    partial = path.with_name(f"{path.name}.partial")
    partial.write_text(text, "utf-8", newline="\n")
    partial.replace(path)
