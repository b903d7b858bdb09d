"""What a report's outputs depend on, as hashes: by content, never by time."""

from __future__ import annotations

import importlib.metadata
import json
import platform
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.paths import FORMATS, PACKAGE
from helpers.store import digest, digest_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from helpers.paths import ReportPaths

# The packages whose version can show in an output.
PACKAGES = (
    "ipykernel", "ipython", "jinja2", "markdown-it-py", "nbclient", "nbconvert", "nbformat", "nh3", "pandas", "papermill",
    "pylopdf-fonts-zh-cn", "pypandoc-binary", "typst",
)  # fmt: skip
# What changed, as `nianbao plan` says it.
NAMES = {
    "data": "数据",
    "narrative": "正文",
    "last_year": "上年报告",
    "notebook": "笔记本",
    "code": "程序",
    "statute": "法定格式",
    "fonts": "字体",
    "options": "选项",
    "environment": "环境",
}


@dataclass(frozen=True, slots=True)
class Common:
    """The hashes all reports of a build share."""

    parts: dict[str, str]

    @classmethod
    def of(cls, notebook: Path, fonts: Path | None, formats: tuple[str, ...]) -> Common:
        """Hash notebook, code, statutory formats, fonts, options and environment."""
        files = [path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
        return cls(
            {
                "notebook": sources(notebook),
                "code": _one(digest_of((path for path in files if FORMATS not in path.parents), PACKAGE)),
                "statute": _one(digest_of((path for path in files if FORMATS in path.parents), PACKAGE)),
                "fonts": _one(digest_of(filter(Path.is_file, fonts.rglob("*")), fonts)) if fonts else "",
                "options": ",".join(formats),
                "environment": _one(environment()),
            }
        )


Seen = dict[tuple[Path, bool], dict[str, str]]


def parts_of(report: ReportPaths, common: Common, seen: Seen) -> tuple[dict[str, str], dict[str, str]]:
    """The hashes of a report's input files, and those of all that its outputs depend on.

    ``seen`` remembers folders for the length of one plan: the next year's report reads this year's again.
    """
    bureau = _hashed(report.bureau_file.parent, report.params, False, seen)
    own = _hashed(report.folder, report.params, True, seen)
    last = _hashed(report.last_year.folder, report.params, True, seen)
    written = f"/{report.narrative_file.name}"
    narrative = {name: one for name, one in own.items() if name.endswith(written)}
    data = {name: one for name, one in (bureau | own).items() if name not in narrative}
    parts = {"data": _one(data), "narrative": _one(narrative), "last_year": _one(last)}
    return bureau | own | last, parts | common.parts


def _hashed(folder: Path, root: Path, deep: bool, seen: Seen) -> dict[str, str]:
    if (folder, deep) not in seen:
        found: Iterable[Path] = (folder.rglob("*") if deep else folder.glob("*")) if folder.is_dir() else ()
        seen[folder, deep] = digest_of((path for path in found if path.is_file() and not path.name.startswith(".")), root)
    return seen[folder, deep]


def sources(notebook: Path) -> str:
    """A notebook's cells without outputs and counters: saving it after Run All changes nothing."""
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    return _one([(cell["cell_type"], "".join(cell["source"]), cell["metadata"].get("tags")) for cell in cells])


@lru_cache(maxsize=1)
def environment() -> dict[str, str]:
    """Python, nianbao and the packages whose version can show in an output."""
    return {"python": platform.python_version()} | {
        name: importlib.metadata.version(name) for name in ("nianbao", *PACKAGES)
    }


def _one(value: object) -> str:
    return digest(json.dumps(value, sort_keys=True).encode())
