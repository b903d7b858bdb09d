"""What the last import wrote into a report's folder, and what stood there before, as it is kept for `keeping.undo`."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

from nianbao.errors import UsageError
from nianbao.inputfiles import NotRead, Why, read_file
from nianbao.inputs import interruption
from nianbao.inputs.interruption import KEPT, RECORD
from nianbao.language import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nianbao.paths import ReportPaths

# In a folder beside the record: what stood there before the import, what stands there now, for when something fails, and
# the record of the import before.
BEFORE, NOW, OLDER = "before", "now", "older.json"
LEFT = "left.json"  # there too: the record that stays when the import is taken back
BUREAU, NOTEBOOKS = "../bureau.yaml", "../../../notebooks/"  # what else an import writes, from the folder of the report
_FOLDERS = {"../..", "..", ".", NOTEBOOKS.rstrip("/")}  # those that it makes


class Touched(TypedDict):
    """What a file that was merged has changed, as texts.

    ``changed`` has pairs of what its reviewer was given and what stands in its place, '' for nothing; ``order`` pairs of
    texts that stood in this order and do no more. ``restored`` and ``reordered`` have what of both that earlier files had
    changed is printed again as it was. ``remarks`` is what is asked once only: changes and comments, and where a form says
    otherwise than the folder.
    """

    changed: list[list[str]]
    order: list[list[str]]
    restored: list[str]
    reordered: list[list[str]]
    remarks: list[str]


def read(paths: ReportPaths) -> dict[str, Any]:
    """What the last import wrote; nothing where there was none, or where it came with a copy of another folder.

    ``of`` names the report, ``kept`` the folder with what stood there before. ``files`` and ``before`` are digests by name:
    of what it wrote, and of what nobody had made before it. ``merged`` names the files that stay a person's, ``folders``
    those that it made. ``touched`` is what each file of a reviewer has changed that was merged since the report was
    imported, as `Touched`, the last one's last.
    """
    data = there(paths.folder / KEPT / RECORD)
    try:
        record = json.loads(data or b"{}")
    except ValueError:
        return {}
    if not isinstance(record, dict):
        return {}
    record.setdefault("kept", "")
    record.setdefault("before", {})
    record.setdefault("merged", [])
    record.setdefault("touched", [])
    kinds = {"kept": str, "files": dict, "before": dict, "folders": list, "merged": list, "touched": list}
    is_sound = all(isinstance(record.get(key), kind) for key, kind in kinds.items())
    is_sound = is_sound and all(map(_is_touched, record["touched"]))
    is_sound = is_sound and all(map(_is_ours, (*record["files"], *record["before"])))
    is_sound = is_sound and record.get("of") == str(paths.id) and not {*record["kept"]} & {*"./\\"}
    return record if is_sound and _FOLDERS.issuperset(map(str, record["folders"])) else {}


def _is_touched(one: object) -> bool:
    """Whether a value is what a file has changed."""
    if not isinstance(one, dict) or one.keys() != Touched.__annotations__.keys():
        return False
    if not all(isinstance(some, list) for some in one.values()):
        return False
    pairs = [*one["changed"], *one["order"], *one["reordered"]]
    are_pairs = all(isinstance(pair, list) and [*map(type, pair)] == [str, str] for pair in pairs)
    return are_pairs and all(isinstance(text, str) for text in (*one["restored"], *one["remarks"]))


def ours(paths: ReportPaths) -> dict[str, list[str]]:
    """The files that nobody has made, by name, with their digests: what lay there before an import, and what that wrote."""
    record = read(paths)
    found = {name: [digest] for name, digest in record.get("before", {}).items()}
    for name, digest in record.get("files", {}).items():
        if name not in record["merged"]:
            found.setdefault(name, []).append(digest)
    return found


def touched(paths: ReportPaths) -> list[Touched]:
    """What each file that was merged has changed; not the last one's, where its import was stopped while it wrote."""
    found: list[Touched] = read(paths).get("touched", [])
    return found[:-1] if interruption.is_in(paths) else found


def remarks(paths: ReportPaths) -> frozenset[str]:
    """What earlier imports have asked that is asked once only."""
    return frozenset(one for file in touched(paths) for one in file["remarks"])


def nothing_but(remarks: Sequence[str]) -> Touched:
    """What a file has changed of the text that has none: only what was asked about it."""
    return {"changed": [], "order": [], "restored": [], "reordered": [], "remarks": [*remarks]}


def _is_ours(name: str) -> bool:
    """Whether a name in the record is one that an import writes: a file of the folder, the bureau's, or a notebook."""
    own = name.removeprefix(NOTEBOOKS)
    return name == BUREAU or ("/" not in own and "\\" not in own and not own.startswith("."))


def there(path: Path) -> bytes | None:
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


def before(paths: ReportPaths) -> dict[Path, bytes | None]:
    """The files that the last import wrote, as they were before it; ``None`` for one that was not there."""
    record = read(paths)
    kept = paths.folder / KEPT / record.get("kept", "") / BEFORE
    files = [paths.folder / name for name in record.get("files", {})]
    return {Path(os.path.normpath(path)): there(kept / flat(paths, path)) for path in files}


def name_of(paths: ReportPaths, path: Path) -> str:
    """A file's name in the record: its way from the folder of the report."""
    return os.path.relpath(path, paths.folder).replace(os.sep, "/")


def flat(paths: ReportPaths, path: Path) -> str:
    """Its name beside the record."""
    return name_of(paths, path).replace("../", "up-").replace("/", "-")


def fill(stage: Path, paths: ReportPaths, folders: Mapping[str, Mapping[Path, bytes | None]]) -> None:
    """Write files into folders beside the record, each in place of what a kill has left there; ``None`` is no file."""
    for name, texts in folders.items():
        shutil.rmtree(stage / name, ignore_errors=True)
        (stage / name).mkdir()
        for path, data in texts.items():
            if data is not None:
                (stage / name / flat(paths, path)).write_bytes(data)


def put(stage: Path, paths: ReportPaths, record: Mapping[str, object]) -> None:
    """Write a record, of an import whose folder beside it this is; it takes the older one's place in one step."""
    if (older := there(stage.with_name(RECORD))) is not None:
        (stage / OLDER).write_bytes(older)
    (stage / RECORD).write_bytes(_written(paths, stage.name, record))
    (stage / RECORD).replace(stage.with_name(RECORD))


def _written(paths: ReportPaths, kept: str, record: Mapping[str, object]) -> bytes:
    """A record as its file has it."""
    return json.dumps({**record, "of": str(paths.id), "kept": kept}, ensure_ascii=False, indent=1).encode()


def take_back(stage: Path, paths: ReportPaths) -> None:
    """Put the record that was there in its place again, or none, and remove the folder of an import that has failed."""
    if read(paths).get("kept") == stage.name:
        if (stage / OLDER).exists():
            (stage / OLDER).replace(stage.with_name(RECORD))
        else:
            stage.with_name(RECORD).unlink()
    shutil.rmtree(stage, ignore_errors=True)


def left(paths: ReportPaths) -> bytes:
    """The record that stays of the last import when it is taken back: of what nobody has made, and of earlier files.

    Nothing where it would say nothing.
    """
    about = read(paths)
    staying = {"before": about["before"], "touched": about["touched"][:-1]}
    return _written(paths, about["kept"], {"files": {}, "folders": [], **staying}) if any(staying.values()) else b""


def end(stage: Path) -> None:
    """Forget an import that was taken back, but for the record that was written for what stays; this takes no room."""
    if (stage / LEFT).exists():
        (stage / LEFT).replace(stage.with_name(RECORD))
        shutil.rmtree(stage, ignore_errors=True)
    else:
        stage.with_name(RECORD).unlink()
        shutil.rmtree(stage.parent, ignore_errors=True)


def sweep(paths: ReportPaths) -> None:
    """Remove what imports have left beside the record that were killed, and the folder of the import before the last."""
    for one in (paths.folder / KEPT).iterdir():
        if one.name not in {RECORD, read(paths).get("kept")}:
            shutil.rmtree(one, ignore_errors=True)
