"""The folder of a report that an import writes: nothing that a person made is lost, and all of it can be taken back."""

from __future__ import annotations

import difflib
import os
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from nianbao.digests import digest
from nianbao.errors import UsageError
from nianbao.importing import record
from nianbao.inputs import interruption
from nianbao.language import say
from nianbao.paths import ACCOUNT
from nianbao.textfile import decoded, lines_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from nianbao.paths import ReportPaths


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
        there = record.there(path)
        if there is None or there == data or not is_persons(paths, path, pristine):
            continue
        before, after = _lines(there), _lines(data)
        diff = "\n".join(difflib.unified_diff(before, after, str(path), f"{path} (import)", lineterm=""))
        found.append(Difference(path, diff))
    return found


def is_persons(paths: ReportPaths, path: Path, pristine: Mapping[Path, Collection[bytes]] = MappingProxyType({})) -> bool:
    """Whether a person has made a file: it is not as the last import left it, nor as `nianbao new` lays it out."""
    there = record.there(path)
    if there is None or there in pristine.get(path, ()):
        return False
    return digest(there) not in record.ours(paths).get(record.name_of(paths, path), ())


def keep(
    paths: ReportPaths,
    files: Mapping[Path, bytes],
    pristine: Mapping[Path, Collection[bytes]] = MappingProxyType({}),
    merged: Collection[Path] = (),
    touched: record.Touched | None = None,
) -> None:
    """Write all files, or none; what stood there before is kept for `undo`, with which of it nobody has made.

    The record takes its place before the first file does: what is killed in between can be taken back, or done once more.
    Where no file changes but import.md, what was kept by the import before stays: `undo` takes that one back.

    Parameters
    ----------
    pristine : mapping
        As those of `differences`.
    merged : collection of Path
        The files that stay a person's, as they hold what a person has written.
    touched : record.Touched, optional
        What the file that was merged with them has changed.

    Raises
    ------
    UsageError
        When something cannot be written, with what was there before there again; when something is there that is not read.
    """
    if not paths.folder.resolve().is_relative_to(paths.params.resolve()):
        raise UsageError(
            say("{folder} leads out of {params}; nothing was written", folder=paths.folder, params=paths.params)
        )
    before = {path: there for path in files if (there := record.there(path)) is not None}
    folders = [paths.params, paths.bureau_file.parent, paths.folder, *(path.parent for path in files)]
    made = [folder for folder in dict.fromkeys(folders) if not folder.exists()]
    older = {path: one for path, one in record.before(paths).items() if one is not None}
    about = _last(paths, files, before, touched)
    if not about:
        begun = _begun(paths)
        older = {path: one for path, one in {**before, **begun}.items() if one is not None}
        about = _about(paths, files, older, pristine, touched)
        about["files"] = {record.name_of(paths, path): _digest(path) for path in begun} | about["files"]
        about["merged"] = [record.name_of(paths, path) for path in merged]
        older_folders = record.read(paths)["folders"] if interruption.is_in(paths) else []
        about["folders"] = older_folders + [record.name_of(paths, folder) for folder in made]
    kept = paths.folder / interruption.KEPT
    try:
        kept.mkdir(parents=True, exist_ok=True)
        _write(Path(tempfile.mkdtemp(dir=kept)), paths, files, before, older, about)
    except BaseException as error:
        _remove_empty([*made, kept])
        if isinstance(error, OSError):
            why = error.strerror or error
            raise UsageError(say("cannot write to {path}: {why}", path=paths.folder, why=why)) from error
        raise
    record.sweep(paths)


def _write(
    stage: Path,
    paths: ReportPaths,
    files: Mapping[Path, bytes],
    before: Mapping[Path, bytes],
    older: Mapping[Path, bytes],
    about: Mapping[str, Any],
) -> None:
    """Write the record and all files; where that fails, all is as it was ``before``, and ``older`` is kept."""
    written: list[Path] = []
    try:
        stage.chmod(0o777 & ~_umask())
        record.fill(stage, paths, {interruption.NEW: files, record.BEFORE: older, record.NOW: before})
        record.put(stage, paths, about)
        for path in files:
            path.parent.mkdir(parents=True, exist_ok=True)
            written.append(path)
            _put(path, stage / interruption.NEW / record.flat(paths, path))
        (stage / interruption.NEW).rmdir()
    except BaseException:
        for path in written:
            _put(path, stage / record.NOW / record.flat(paths, path))
        record.take_back(stage, paths)
        raise


def _begun(paths: ReportPaths) -> dict[Path, bytes | None]:
    """The files that the last import had written when it was stopped, as they were before it; none where it ended well."""
    if not interruption.is_in(paths):
        return {}
    written = record.read(paths)["files"]
    return {path: one for path, one in record.before(paths).items() if _digest(path) == written[record.name_of(paths, path)]}


def _last(
    paths: ReportPaths, files: Mapping[Path, bytes], before: Mapping[Path, bytes], touched: record.Touched | None
) -> dict[str, Any]:
    """The record of the import before, for one that changes no file but import.md; nothing where it changes any other.

    It names import.md as it is written now, unless a person has changed it since.
    """
    about, account = record.read(paths), paths.folder / ACCOUNT
    if not about.get("files") or any(before.get(path) != data for path, data in files.items() if path != account):
        return {}
    name = record.name_of(paths, account)
    if account in files and (account not in before or digest(before[account]) == about["files"].get(name)):
        about["files"][name] = digest(files[account])
    if touched:
        about["touched"] = _with_remarks(about["touched"], touched)
    return about


def _with_remarks(earlier: Sequence[record.Touched], touched: record.Touched) -> list[record.Touched]:
    """What files have changed, with what was asked about one that changed nothing: `undo` takes that back with the last."""
    if not earlier:
        return [touched]
    asked = sorted({*earlier[-1]["remarks"], *touched["remarks"]})
    return [*earlier[:-1], {**earlier[-1], "remarks": asked}]


def _about(
    paths: ReportPaths,
    files: Mapping[Path, bytes],
    before: Mapping[Path, bytes],
    pristine: Mapping[Path, Collection[bytes]],
    touched: record.Touched | None,
) -> dict[str, Any]:
    """The record of an import: what it writes, and what of the files there nobody has made."""
    ours = {record.name_of(paths, path): {*map(digest, some)} for path, some in pristine.items()}
    for name, some in record.ours(paths).items():
        ours.setdefault(name, set()).update(some)
    last = {name: some[-1] for name, some in record.ours(paths).items()}
    digests = {record.name_of(paths, path): digest(there) for path, there in before.items()}
    return {
        "before": {name: one for name, one in (last | digests).items() if one in ours.get(name, ())},
        "files": {record.name_of(paths, path): digest(data) for path, data in files.items()},
        "touched": [*record.touched(paths), touched] if touched else [],
    }


def undo(paths: ReportPaths) -> list[Path]:
    """Take back what the last import wrote; returns the files that are as they were before it.

    Raises
    ------
    UsageError
        When there is no import to take back, or one of its files was changed since; when something cannot be written,
        with everything as it was.
    """
    about, before = record.read(paths), record.before(paths)
    if not before:
        raise UsageError(say("{folder}: no import that could be taken back", folder=paths.folder))
    files = {path: about["files"][record.name_of(paths, path)] for path in before}
    # A file that an import was killed before it wrote is as it was.
    was = {path: "" if data is None else digest(data) for path, data in before.items()}
    changed = [path for path, written in files.items() if _digest(path) not in {written, was[path]}]
    # A bureau's file is shared by its years, a notebook by all bureaus; changed or not, it stays while another is there.
    shared = [path for path in files if path.parent != paths.folder]
    changed = [path for path in changed if path not in shared]
    if changed:
        said = "changed since the import, nothing was taken back: {files}"
        raise UsageError(say(said, files=", ".join(map(str, changed))))
    back = [path for path in files if path not in shared or not (_has_others(path, paths) or _digest(path) != files[path])]
    now = {path: there for path in back if (there := record.there(path)) is not None}
    stage = paths.folder / interruption.KEPT / about["kept"]
    begun: list[Path] = []
    try:
        # What was there before stays in its place beside the record: an undo that is killed is done once more.
        record.fill(stage, paths, {interruption.BACK: {path: before[path] for path in back}, record.NOW: now})
        if left := record.left(paths):
            (stage / record.LEFT).write_bytes(left)
        for path in back:
            begun.append(path)
            _put(path, stage / interruption.BACK / record.flat(paths, path))
        record.end(stage)
    except OSError as error:
        with suppress(OSError):  # what a disk does not put back either is told by the checks
            for path in begun:
                _put(path, stage / record.NOW / record.flat(paths, path))
            shutil.rmtree(stage / interruption.BACK)
        why = error.strerror or error
        raise UsageError(say("cannot write to {path}: {why}", path=paths.folder, why=why)) from error
    _remove_empty([(paths.folder / name).resolve() for name in about["folders"]])
    return back


def _put(path: Path, made: Path) -> None:
    """Make a file what was ``made`` beside the record, in one step; without it, there is to be none."""
    if made.exists():
        made.replace(path)
    else:
        path.unlink(missing_ok=True)


def _has_others(shared: Path, paths: ReportPaths) -> bool:
    """Whether a file that is shared belongs to other reports as well."""
    bureau = paths.bureau_file.parent
    years = [one for one in bureau.iterdir() if one.is_dir() and one != paths.folder]
    bureaus = [one for one in paths.params.iterdir() if one.is_dir() and one != bureau]
    return bool(years or (shared != paths.bureau_file and bureaus))


def _remove_empty(folders: Sequence[Path]) -> None:
    """Remove the folders that hold nothing, the last ones first."""
    for folder in reversed(folders):
        with suppress(OSError):  # one that holds something, or that somebody else has removed
            folder.rmdir()


def _digest(path: Path) -> str:
    """The digest of a file; '' where there is none."""
    there = record.there(path)
    return "" if there is None else digest(there)


def _lines(data: bytes) -> list[str]:
    try:
        return lines_of(decoded(data)[0]).split("\n")
    except UnicodeError:
        return [f"（{len(data)} bytes）"]


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
