"""An import, or the way back from one, that was stopped while it wrote: the folder holds files from before it and of it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from nianbao.findings import Finding, Kind, Severity, Source
from nianbao.inputfiles import NotRead, read_file
from nianbao.paths import ACCOUNT

if TYPE_CHECKING:
    from pathlib import Path

    from nianbao.paths import ReportPaths

CUT_OFF = Kind("E122", Severity.ERROR, "导入写到一半断了")
KEPT = ".import"  # beside the data: what the last import wrote, and what stood there before
RECORD = "record.json"
# In a folder beside the record: what an import has not put in its place yet, and what the way back has not.
NEW, BACK = "new", "back"
_AGAIN = "{undo} 退回导入以前；或把{file}再导入一次，接着写完；两样都不做的，逐个核对后删去 {kept} 文件夹"
_BACK = "再运行一次 {undo}，接着退回；不退回的，逐个核对后删去 {kept} 文件夹"
# A file that an import read, as import.md lists it: its name, its kind, its digest.
_SOURCE = re.compile(r"^\| (.+) \| [^|\n]* \| ([0-9a-f]{64}) \|$", re.M)
_ESCAPED = re.compile(r"\\(.)")


def is_in(paths: ReportPaths) -> bool:
    """Whether the last import into a folder, or the way back from it, was stopped while it wrote."""
    stage = _stage(paths)
    return stage is not None and (_has_files(stage / NEW) or (stage / BACK).is_dir())


def findings(paths: ReportPaths) -> list[Finding]:
    """The error that the files of a folder may be half those of an import."""
    if not is_in(paths):
        return []
    named = "、".join(unfinished(paths).values())
    doing = "退回导入" if is_way_back(paths) else f"导入{named}"
    undo = f"nianbao import --undo --bureau {paths.bureau} --year {paths.year}"
    action = (_BACK if is_way_back(paths) else _AGAIN).format(undo=undo, file=named or "同一个文件", kept=KEPT)
    found = f"{doing}时断了：文件一部分是导入的，一部分是导入以前的"
    return [Finding(CUT_OFF, f"{paths.id}", Source(f"{KEPT}/{RECORD}"), found, "导入的文件要么都在，要么都不在", action)]


def is_way_back(paths: ReportPaths) -> bool:
    """Whether it is the way back from the last import that was stopped while it wrote."""
    stage = _stage(paths)
    return stage is not None and (stage / BACK).is_dir()


def unfinished(paths: ReportPaths) -> dict[str, str]:
    """The names of the files, by digest, that an import read which was stopped while it wrote: import.md is written last."""
    stage = _stage(paths)
    try:
        listed = read_file(stage / NEW / ACCOUNT) if stage else b""
    except NotRead:
        return {}
    latest = listed.decode("utf-8", "replace").partition("\n## 待决定")[0]
    return {digest: _ESCAPED.sub(r"\1", name) for name, digest in _SOURCE.findall(latest)}


def _stage(paths: ReportPaths) -> Path | None:
    """The folder of the last import beside the record; none of an import into another folder that this is a copy of."""
    try:
        about = json.loads(read_file(paths.folder / KEPT / RECORD))
    except (NotRead, ValueError, RecursionError):
        return None
    if not isinstance(about, dict) or about.get("of") != str(paths.id) or not about.get("files"):
        return None
    kept = about.get("kept")
    return paths.folder / KEPT / kept if isinstance(kept, str) and kept and not {*kept} & {*"./\\"} else None


def _has_files(folder: Path) -> bool:
    try:
        return any(folder.iterdir())
    except OSError:
        return False
