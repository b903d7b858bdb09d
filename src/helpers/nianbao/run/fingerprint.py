"""Hash everything that can change a byte of a report's outputs, by its content and not by its time."""

from __future__ import annotations

import importlib.metadata
import json
import platform
import re
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.paths import PACKAGE
from nianbao.render import formats
from nianbao.run.manifest import digest, digest_of
from nianbao.statute.formats import library

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nianbao.paths import ReportPaths
    from nianbao.statute.formats import Library

# The modules that `work.render` uses, and no others; a folder stands for all files in it.
ROOMS = (
    "bundle.py", "errors.py", "findings.py", "fonts.py", "markdown.py", "paths.py", "reading.py", "report_id.py", "state.py",
    "wording.py", "yamlfile.py",
    "statute", "inputs", "narrative", "checks", "document", "engine", "render",
    "run/work.py", "run/manifest.py",
)  # fmt: skip
# Files in these folders that cannot change an output.
BESIDE = {"inputs/select.py", "inputs/starter.py", "checks/catalogue.py"}
SUFFIXES = {".py", ".css", ".typ", ".lua", ".j2"}
# The packages whose version can show in an output.
PACKAGES = (
    "ipykernel", "ipython", "jinja2", "markdown-it-py", "nbclient", "nbconvert", "nbformat", "nh3", "pandas", "papermill",
    "pylopdf-fonts-zh-cn", "pypandoc-binary", "typst",
)  # fmt: skip
# The name of each part, as `nianbao plan` and `nianbao verify` print it.
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
# Finds ``format: NAME`` in a report.yaml without parsing it, which is slow; a false match only costs a needless rebuild.
_FORMAT = re.compile(rb"""format["']?\s*:\s*["']?([\w.-]+)""")


@dataclass(frozen=True, slots=True)
class Common:
    """The hashes that all reports of a build share, the statutory formats, and the hash of each format."""

    parts: dict[str, str]
    library: Library
    statutes: dict[str, str]

    @classmethod
    def of(cls, params: Path, notebook: Path | None, fonts: Path | None, names: tuple[str, ...]) -> Common:
        """Hash notebook, code, statutory formats, fonts, output formats and environment."""
        known = library(params)
        parts = {
            "notebook": sources(notebook) if notebook else "",
            "code": _one(digest_of(code(), PACKAGE)),
            "fonts": _one(digest_of(filter(Path.is_file, fonts.rglob("*")), fonts)) if fonts else "",
            "options": _one([(name, _plugin(name)) for name in names]),
            "environment": _one({name: one for name, one in environment().items() if name != "nianbao"}),
        }
        # The repr of a format shows everything in it that can change a report.
        statutes = {name: _one(repr(one)) for name, one in [*known.formats.items(), *known.broken.items()]}
        return cls(parts, known, statutes)

    def statute_of(self, report: ReportPaths) -> str:
        """The hash of the formats of a report and of last year's report, from which figures are carried over."""
        years = [one for one in (report, report.last_year) if one.folder.is_dir()]
        return _one([self._own(one) for one in years])

    def _own(self, report: ReportPaths) -> dict[str, str]:
        try:
            written = report.report_file.read_bytes()
        except OSError:
            written = b""
        default = self.library.default(report.year)
        names = {name.decode(errors="replace") for name in _FORMAT.findall(written)} | {default.id if default else ""}
        if not names <= self.statutes.keys() or self.library.broken:
            return self.statutes
        return {name: self.statutes[name] for name in sorted(names)}


def code() -> list[Path]:
    """The kit's own files that can change an output, without the statutory formats: each report hashes its own."""
    found: list[Path] = []
    for room in ROOMS:
        inside = [PACKAGE / room] if room.endswith(".py") else (PACKAGE / room).rglob("*")
        found += [path for path in inside if path.suffix in SUFFIXES]
    return [path for path in found if path.relative_to(PACKAGE).as_posix() not in BESIDE]


def _plugin(name: str) -> str:
    """The hash of the module that makes an output format; '' for the kit's own formats, whose code is hashed elsewhere."""
    make = formats.find(name).make
    path = getattr(sys.modules.get(make.__module__), "__file__", None)
    return digest(Path(path).read_bytes()) if name not in formats.OWN and path else ""


Seen = dict[tuple[Path, bool], dict[str, str]]


def parts_of(report: ReportPaths, common: Common, seen: Seen) -> tuple[dict[str, str], dict[str, str]]:
    """The hashes of a report's input files by path, and the hashes of all that its outputs depend on by part.

    ``seen`` keeps the hashes of folders during one plan, because the next year's report needs this year's folder again.
    """
    bureau = _hashed(report.bureau_file.parent, report.params, False, seen)
    own = _hashed(report.folder, report.params, True, seen)
    last = _hashed(report.last_year.folder, report.params, True, seen)
    written = f"/{report.narrative_file.name}"
    narrative = {name: one for name, one in own.items() if name.endswith(written)}
    data = {name: one for name, one in (bureau | own).items() if name not in narrative}
    parts = {"data": _one(data), "narrative": _one(narrative), "last_year": _one(last), "statute": common.statute_of(report)}
    return bureau | own | last, parts | common.parts


def key_of(parts: dict[str, str]) -> str:
    """The hash of all that a report's outputs depend on."""
    return _one(parts)


def check_key_of(parts: dict[str, str], common: Common) -> str:
    """The hash of all that a verdict depends on.

    Every statutory format is part of it, because a table that does not fit its own format is tried with the others.
    """
    return _one([{part: parts[part] for part in ("data", "narrative", "last_year", "code")}, common.statutes])


def _hashed(folder: Path, root: Path, deep: bool, seen: Seen) -> dict[str, str]:
    if (folder, deep) not in seen:
        found: Iterable[Path] = (folder.rglob("*") if deep else folder.glob("*")) if folder.is_dir() else ()
        seen[folder, deep] = digest_of((path for path in found if path.is_file() and not path.name.startswith(".")), root)
    return seen[folder, deep]


def sources(notebook: Path) -> str:
    """The hash of a notebook's cells without outputs and counters, so that saving it after Run All changes nothing."""
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    return _one([(cell["cell_type"], "".join(cell["source"]), cell["metadata"].get("tags")) for cell in cells])


@lru_cache(maxsize=1)
def environment() -> dict[str, str]:
    """The versions of Python, of nianbao and of the packages whose version can show in an output, by name."""
    return {"python": platform.python_version()} | {
        name: importlib.metadata.version(name) for name in ("nianbao", *PACKAGES)
    }


def _one(value: object) -> str:
    return digest(json.dumps(value, sort_keys=True).encode())
