"""The folder of a report that an import writes: nothing that a person made is lost, and all of it can be taken back."""

from __future__ import annotations

import difflib
import hashlib
import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from nianbao.errors import UsageError
from nianbao.inputfiles import NotRead, Why, read_file
from nianbao.language import say
from nianbao.textfile import decoded, lines_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from nianbao.paths import ReportPaths

KEPT = ".import"  # beside the data: what the last import wrote, and what stood there before
RECORD = "record.json"
BUREAU, NOTEBOOKS = "../bureau.yaml", "../../../notebooks/"  # what else an import writes, from the folder of the report
_FOLDERS = {"../..", "..", ".", NOTEBOOKS.rstrip("/")}  # those that it makes


@dataclass(frozen=True, slots=True)
class Difference:
    """A file that a person made and that an import would write otherwise, as a unified diff."""

    path: Path
    diff: str


def differences(
    paths: ReportPaths, files: Mapping[Path, bytes], pristine: Mapping[Path, Collection[bytes]] = MappingProxyType({})
) -> list[Difference]:
    """The files that are there, are not as the last import left them, and would be changed.

    Parameters
    ----------
    pristine : mapping
        The files as `nianbao new` lays them out, in each way that it has: nobody has made them yet.
    """
    found = []
    for path, data in files.items():
        there = _bytes(path)
        if there is None or there == data or not is_persons(paths, path, pristine):
            continue
        before, after = _lines(there), _lines(data)
        diff = "\n".join(difflib.unified_diff(before, after, str(path), f"{path} (import)", lineterm=""))
        found.append(Difference(path, diff))
    return found


def is_persons(paths: ReportPaths, path: Path, pristine: Mapping[Path, Collection[bytes]] = MappingProxyType({})) -> bool:
    """Whether a person has made a file: it is not as the last import left it, nor as `nianbao new` lays it out."""
    there = _bytes(path)
    if there is None or there in pristine.get(path, ()):
        return False
    return hashlib.sha256(there).hexdigest() != _ours(paths).get(_name(paths, path))


def keep(
    paths: ReportPaths,
    files: Mapping[Path, bytes],
    pristine: Mapping[Path, Collection[bytes]] = MappingProxyType({}),
    merged: Collection[Path] = (),
) -> None:
    """Write all files, or none; what stood there before is kept for `undo`, with which of it nobody has made.

    Parameters
    ----------
    pristine : mapping
        As those of `differences`.
    merged : collection of Path
        The files that stay a person's, as they hold what a person has written.

    Raises
    ------
    UsageError
        When something cannot be written, with what was there before there again; when something is there that is not read.
    """
    if not paths.folder.resolve().is_relative_to(paths.params.resolve()):
        raise UsageError(
            say("{folder} leads out of {params}; nothing was written", folder=paths.folder, params=paths.params)
        )
    before = {path: there for path in files if (there := _bytes(path)) is not None}
    folders = [paths.params, paths.bureau_file.parent, paths.folder, *(path.parent for path in files)]
    made = [folder for folder in dict.fromkeys(folders) if not folder.exists()]
    ours = {_name(paths, path): {hashlib.sha256(one).hexdigest() for one in some} for path, some in pristine.items()}
    for name, digest in _ours(paths).items():
        ours.setdefault(name, set()).add(digest)
    digests = {_name(paths, path): hashlib.sha256(there).hexdigest() for path, there in before.items()}
    record = {
        "before": {name: one for name, one in (_ours(paths) | digests).items() if one in ours.get(name, ())},
        "merged": [_name(paths, path) for path in merged],
        "files": {_name(paths, path): hashlib.sha256(data).hexdigest() for path, data in files.items()},
        "folders": [os.path.relpath(folder, paths.folder).replace(os.sep, "/") for folder in made],
    }
    written: list[Path] = []
    try:
        paths.folder.mkdir(parents=True, exist_ok=True)
        stage = Path(tempfile.mkdtemp(prefix=f"{KEPT}-", dir=paths.folder))
        try:
            _fill(stage, paths, files, before, record)
            for path in files:
                path.parent.mkdir(parents=True, exist_ok=True)
                written.append(path)
                (stage / "new" / _flat(paths, path)).replace(path)
            (stage / "new").rmdir()
            stage.chmod(0o777 & ~_umask())
            _take_place(stage, paths.folder / KEPT)
        except BaseException:
            shutil.rmtree(stage, ignore_errors=True)
            raise
    except BaseException as error:
        _restore(written, before, made)
        if isinstance(error, OSError):
            why = error.strerror or error
            raise UsageError(say("cannot write to {path}: {why}", path=paths.folder, why=why)) from error
        raise


def _take_place(stage: Path, kept: Path) -> None:
    """Put the new record in the place of the older one, which stays where that fails."""
    older = stage.with_name(f"{stage.name}-older")
    is_there = kept.exists()
    if is_there:
        kept.rename(older)
    try:
        stage.rename(kept)
    except BaseException:
        if is_there:
            older.rename(kept)
        raise
    shutil.rmtree(older, ignore_errors=True)


def undo(paths: ReportPaths) -> list[Path]:
    """Take back what the last import wrote; returns the files that are as they were before it.

    Raises
    ------
    UsageError
        When there is no import to take back, or one of its files was changed since; when something cannot be written,
        with everything as it was.
    """
    record = _record(paths)
    if not record.get("files"):
        raise UsageError(say("{folder}: no import that could be taken back", folder=paths.folder))
    files = {Path(os.path.normpath(paths.folder / name)): digest for name, digest in record["files"].items()}
    changed = [
        path for path, digest in files.items()
        if (there := _bytes(path)) is None or hashlib.sha256(there).hexdigest() != digest
    ]  # fmt: skip
    # A bureau's file is shared by its years, a notebook by all bureaus; changed or not, it stays while another is there.
    shared = [path for path in files if path.parent != paths.folder]
    changed = [path for path in changed if path not in shared]
    if changed:
        said = "changed since the import, nothing was taken back: {files}"
        raise UsageError(say(said, files=", ".join(map(str, changed))))
    before = {path: _bytes(paths.folder / KEPT / "before" / _flat(paths, path)) for path in files}
    back = [path for path in files if path not in shared or not (_has_others(path, paths) or _digest(path) != files[path])]
    now = {path: there for path in back if (there := _bytes(path)) is not None}
    begun: list[Path] = []
    try:
        for path in back:
            begun.append(path)
            _put_back(path, before[path])
    except OSError as error:
        _restore(begun, now, [])
        why = error.strerror or error
        raise UsageError(say("cannot write to {path}: {why}", path=paths.folder, why=why)) from error
    shutil.rmtree(paths.folder / KEPT)
    if record.get("before"):
        (paths.folder / KEPT).mkdir()
        _write_record(paths.folder / KEPT, {"files": {}, "folders": [], "before": record["before"]})
    for name in reversed(record["folders"]):
        folder = (paths.folder / name).resolve()
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
    return back


def _put_back(path: Path, there: bytes | None) -> None:
    """Make a file what it was before: these bytes, or none."""
    if there is None:
        path.unlink(missing_ok=True)
    else:
        path.write_bytes(there)


def _has_others(shared: Path, paths: ReportPaths) -> bool:
    """Whether a file that is shared belongs to other reports as well."""
    bureau = paths.bureau_file.parent
    years = [one for one in bureau.iterdir() if one.is_dir() and one != paths.folder]
    bureaus = [one for one in paths.params.iterdir() if one.is_dir() and one != bureau]
    return bool(years or (shared != paths.bureau_file and bureaus))


def _fill(
    stage: Path, paths: ReportPaths, files: Mapping[Path, bytes], before: Mapping[Path, bytes], record: Mapping[str, object]
) -> None:
    for name, texts in (("new", files), ("before", before)):
        (stage / name).mkdir()
        for path, data in texts.items():
            (stage / name / _flat(paths, path)).write_bytes(data)
    _write_record(stage, record)


def _write_record(folder: Path, record: Mapping[str, object]) -> None:
    (folder / RECORD).write_text(json.dumps(record, ensure_ascii=False, indent=1), "utf-8")


def _restore(written: list[Path], before: Mapping[Path, bytes], made: list[Path]) -> None:
    for path in written:
        _put_back(path, before.get(path))
    for folder in reversed(made):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def _record(paths: ReportPaths) -> dict[str, dict[str, str]]:
    """What the last import wrote; nothing where there was none."""
    data = _bytes(paths.folder / KEPT / RECORD)
    try:
        record = json.loads(data or b"{}")
    except ValueError:
        return {}
    if not isinstance(record, dict):
        return {}
    record.setdefault("before", {})
    record.setdefault("merged", [])
    kinds = {"files": dict, "before": dict, "folders": list, "merged": list}
    is_sound = all(isinstance(record.get(key), kind) for key, kind in kinds.items())
    is_sound = is_sound and all(map(_is_ours, (*record["files"], *record["before"])))
    return record if is_sound and _FOLDERS.issuperset(map(str, record["folders"])) else {}


def _ours(paths: ReportPaths) -> dict[str, str]:
    """The files that nobody has made, by name, with their digests: those of imports, and what lay there before them."""
    record = _record(paths)
    written = record.get("before", {}) | record.get("files", {})
    return {name: digest for name, digest in written.items() if name not in record.get("merged", ())}


def _is_ours(name: str) -> bool:
    """Whether a name in the record is one that an import writes: a file of the folder, the bureau's, or a notebook."""
    own = name.removeprefix(NOTEBOOKS)
    return name == BUREAU or ("/" not in own and "\\" not in own and not own.startswith("."))


def _bytes(path: Path) -> bytes | None:
    """A file's bytes; ``None`` where there is none.

    Raises
    ------
    UsageError
        When something is there that is not read: it could be neither compared nor kept.
    """
    try:
        return read_file(path)
    except NotRead as error:
        if error.why is Why.MISSING:
            return None
        said = "{path} {why}; nothing was written. Move it away first"
        raise UsageError(say(said, path=path, why=error.found)) from error


def _digest(path: Path) -> str:
    return hashlib.sha256(_bytes(path) or b"").hexdigest()


def _lines(data: bytes) -> list[str]:
    try:
        return lines_of(decoded(data)[0]).split("\n")
    except UnicodeError:
        return [f"（{len(data)} bytes）"]


def _name(paths: ReportPaths, path: Path) -> str:
    return os.path.relpath(path, paths.folder).replace(os.sep, "/")


def _flat(paths: ReportPaths, path: Path) -> str:
    return _name(paths, path).replace("../", "up-").replace("/", "-")


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
