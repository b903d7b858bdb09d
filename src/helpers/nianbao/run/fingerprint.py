"""Hash everything that can change a byte of a report's outputs, by its content and not by its time."""

from __future__ import annotations

import importlib.metadata
import json
import os
import platform
import re
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from nianbao import formatnames
from nianbao.digests import digest
from nianbao.engine import parameters
from nianbao.inputfiles import InputFiles, NotRead, read_file
from nianbao.inputs import interruption, questions
from nianbao.paths import ACCOUNT, PACKAGE
from nianbao.pictures import KINDS
from nianbao.render import formats
from nianbao.run.manifest import digest_of
from nianbao.statute.formats import library
from nianbao.textfile import mentions
from nianbao.yamlfile import read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from nianbao.paths import ReportPaths
    from nianbao.run.targets import Target
    from nianbao.statute.formats import Library

# The modules that put bytes into a report, and no others; a folder stands for all files in it.
ROOMS = (
    "addresses.py", "alike.py", "asides.py", "blocks.py", "blocktokens.py", "bundle.py", "captions.py", "characters.py",
    "digests.py", "drawings.py", "errors.py", "figures.py", "findingdata.py", "findings.py", "fonts.py", "formatnames.py",
    "glyphs.py", "hanzi.py", "inlines.py", "inputfiles.py", "job_id.py", "markdown.py", "mathtext.py", "measures.py",
    "names.py", "notes.py", "numbered.py", "offices.py", "onpages.py", "packed.py", "paths.py", "periods.py", "pictures.py",
    "reading.py", "rowlabels.py", "sequence.py", "softbreaks.py", "state.py", "textfile.py", "titles.py", "units.py",
    "uprights.py", "wholeframes.py", "wording.py", "yamlbraces.py", "yamlfile.py", "yamlnodes.py", "yamlslips.py",
    "yamltyped.py", "faces", "shown", "statute", "inputs", "narrative", "checks", "document", "engine", "render",
    "run/rendition.py", "run/edition.py", "run/manifest.py", "run/scratch.py", "run/seal.py",
)  # fmt: skip
WORDS = "checks/prose/statements.yaml"  # data that the findings depend on
# What a verdict holds besides findings: no output depends on it.
KEPT = ("checks/signature.py", "checks/signing.py")
# Files in these folders that cannot change an output.
BESIDE = {
    "inputs/csvlayout.py", "inputs/form/formulas.py", "inputs/placing.py", "inputs/form/looks.py", "inputs/form/entered.py",
    "inputs/form/tablesheet.py", "inputs/form/book.py", "checks/catalogue.py", "checks/explanations.yaml", *KEPT,
    "inputs/onlycompared.py", "checks/across.py", "shown/html.py", "shown/pdf.py", "shown/torn.py",
}  # fmt: skip
CODE = {".ipynb", ".py", ".pyc"}
SUFFIXES = {".py", ".css", ".typ", ".lua", ".j2", ".mplstyle", ".tex", ".ttf", ".xml"}
# The packages whose version can show in an output.
PACKAGES = (
    "css-inline", "ipykernel", "ipython", "jinja2", "markdown-it-py", "matplotlib", "mdit-py-plugins", "nbclient",
    "nbconvert", "nbformat", "nh3", "numpy", "olefile", "opencc", "pandas", "papermill", "pillow", "pydantic", "pygments",
    "pylopdf-fonts-zh-cn", "pypandoc-binary", "python-calamine", "pyyaml", "selectolax", "tinycss2", "typst", "wcwidth",
)  # fmt: skip
# The parts of a key, in the order in which `nianbao plan` and `nianbao verify` name those that changed.
PARTS = ("data", "narrative", "last_year", "notebook", "code", "statute", "fonts", "options", "environment")
_IMPORTED = re.compile(r"(?:\bfrom|\bimport|,)[ \t]+([A-Za-z_]\w*)")
_SUFFIX = "|".join(one[1:] for one in KINDS)
_PICTURE = re.compile(rf"<([^<>\n]+\.(?:{_SUFFIX}))|(?<![^\s\"'()<>\[\]=])[^\s\"'()<>\[\]=]+\.(?:{_SUFFIX})\b", re.I)


@dataclass(frozen=True, slots=True)
class Common:
    """The hashes that all reports of a build share, the statutory formats, and the hash of each format."""

    parts: dict[str, str]
    library: Library
    statutes: dict[str, str]
    signature: str
    notebook: Callable[[Path, tuple[str, ...]], str]
    """`sources`, which hashes each notebook once for one plan."""
    format_named: Callable[[ReportPaths], str | None]
    """`_format_named`, which reads each report.yaml once: the next year's report asks for it again."""

    @classmethod
    def of(cls, params: Path, fonts: Path | None) -> Common:
        """Hash code, statutory formats, fonts and environment."""
        known, parts = library(params), shared(fonts)
        # The repr of a format shows everything in it that can change a report.
        statutes = {name: _one(repr(one)) for name, one in [*known.formats.items(), *known.broken.items()]}
        signature = _one(digest_of([PACKAGE / name for name in KEPT], PACKAGE))
        return cls(parts, known, statutes, signature, lru_cache(sources), lru_cache(_format_named))

    def statute_of(self, report: ReportPaths) -> str:
        """The hash of the formats of a report and of last year's report, from which figures are carried over."""
        years = [one for one in (report, report.last_year) if one.folder.is_dir()]
        return _one([self._own(one) for one in years])

    def _own(self, report: ReportPaths) -> dict[str, str]:
        named = self.format_named(report)
        if named is not None:
            return {named: self.statutes[named]} if named in self.statutes else self.statutes
        default = self.library.default(report.year)
        broken = self.library.broken_for(report.year, default)
        names = {name for name, one in self.library.broken.items() if one in broken} | ({default.id} if default else set())
        return {name: self.statutes[name] for name in sorted(names)}


def shared(fonts: Path | None) -> dict[str, str]:
    """The hashes that do not depend on params: of code, fonts and environment."""
    return {
        "code": own_code(),
        "fonts": _one(digest_of(filter(Path.is_file, fonts.rglob("*")), fonts)) if fonts else "",
        "environment": _one({name: one for name, one in environment().items() if name != "nianbao"}),
    }


def formats_of(names: tuple[str, ...]) -> str:
    """The hash of output formats and of the packages that add them."""
    return _one([(name, _plugin(name)) for name in names])


def _format_named(report: ReportPaths) -> str | None:
    """The format that a report.yaml names; only a file that has the word is parsed, because parsing is slow."""
    read = InputFiles(report.params).read
    if not mentions(report.report_file, ["format"], read):
        return None
    named = read_yaml(report.report_file, read=read).data.get("format")
    return None if named is None else str(named)


def code() -> list[Path]:
    """The kit's own files that can change an output, without the statutory formats: each report hashes its own."""
    found = [PACKAGE / WORDS]
    for room in ROOMS:
        inside = [PACKAGE / room] if room.endswith(".py") else (PACKAGE / room).rglob("*")
        found += [path for path in inside if path.suffix in SUFFIXES]
    found += (PACKAGE / "checks").glob("*.yaml")  # the wordings that the rules look for
    return [path for path in found if path.relative_to(PACKAGE).as_posix() not in BESIDE]


def own_code() -> str:
    """The hash of these files as they are now."""
    return _one(digest_of(code(), PACKAGE))


def _plugin(name: str) -> str:
    """The hash of the package that adds an output format; '' for the kit's own formats, whose code is hashed elsewhere."""
    if name in formats.OWN:
        return ""
    formats.find(name)
    entry = formatnames.entries()[name]
    files = [Path(str(file.locate())) for file in (entry.dist and entry.dist.files) or () if file.suffix == ".py"]
    if not files:  # An editable installation lists no modules.
        top = Path(sys.modules[entry.module.partition(".")[0]].__file__ or "")
        files = list(top.parent.rglob("*.py") if top.name == "__init__.py" else top.parent.glob("*.py"))
    return _one(sorted(digest(path.read_bytes()) for path in files))


Seen = dict[tuple[Path, bool], dict[str, str]]


def parts_of(target: Target, params: Path, common: Common, seen: Seen) -> tuple[dict[str, str], dict[str, str]]:
    """The hashes of a target's input files by path, and the hashes of all that its outputs depend on by part.

    That of the output formats (`formats_of`) is not among them. ``seen`` keeps the hashes of folders during one plan,
    because the next year's report needs this year's folder again.
    """
    notebook = common.notebook(target.notebook, tuple(target.parameters)) if target.notebook else ""
    inputs, parts = _read_by(target, params, seen)
    report = target.report
    statute = common.statute_of(report) if report else _one(common.statutes)
    return inputs, {**parts, "statute": statute, "notebook": notebook, **common.parts}


def is_as_planned(target: Target, params: Path, planned: dict[str, str]) -> bool:
    """Whether what a target reads, and its notebook, have the hashes that they had when it was planned."""
    _, parts = _read_by(target, params, {})
    parts["notebook"] = sources(target.notebook, tuple(target.parameters)) if target.notebook else ""
    return all(planned[part] == now for part, now in parts.items())


def _read_by(target: Target, params: Path, seen: Seen) -> tuple[dict[str, str], dict[str, str]]:
    """The hashes of a target's input files by path, and those of the parts that are made of them."""
    report = target.report
    if report is None:
        read = {name: one for folder in target.reads for name, one in _hashed(folder, params, True, seen).items()}
        # A run that may read all of params, or many bureaus, does not list what it reads.
        listed = read if len(target.reads) == 1 and params not in target.reads else {}
        return listed, {"data": _one([target.parameters, read])}
    bureau = _hashed(report.bureau_file.parent, params, False, seen)
    own = _hashed(report.folder, params, True, seen)
    last = _hashed(report.last_year.folder, params, True, seen)
    narrative = {name: one for name, one in own.items() if name.endswith(f"/{report.narrative_file.name}")}
    data = {name: one for name, one in (bureau | own).items() if name not in narrative}
    # No property of a file: whether the parent and notebook that bureau.yaml names are there, how the last import has ended.
    of_import = (*interruption.findings(report), *questions.findings(report, InputFiles(params)))
    loose = [*map(str, (*(target.links.faults if target.links else ()), *of_import))]
    parts = {"data": _one([data, loose] if loose else data), "narrative": _one(narrative), "last_year": _one(last)}
    return bureau | own | last, parts


def key_of(parts: dict[str, str]) -> str:
    """The hash of all that a report's outputs depend on."""
    return _one(parts)


def check_key_of(parts: dict[str, str], common: Common) -> str:
    """The hash of all that a verdict depends on.

    Every statutory format is part of it, because a table that does not fit its own format is tried with the others.
    """
    kept = {part: parts[part] for part in ("data", "narrative", "last_year", "code", "fonts")}
    return _one([kept, common.statutes, common.signature])


def _hashed(folder: Path, root: Path, deep: bool, seen: Seen) -> dict[str, str]:
    """Hashes of the files in a folder but those that nothing reads, and notebooks and modules, which `sources` hashes.

    Of a file that cannot be read (a pipe, a link out of params, one too large) it is why; the checks say the same.
    """
    if (folder, deep) not in seen:
        files = InputFiles(root)
        found = (one for one in files.walk(folder, deep) if _is_read(one[0].relative_to(folder)))
        seen[folder, deep] = {files.name(path): why or files.digest(path) for path, why in found}
    return seen[folder, deep]


# What office programs, editors and systems put beside a file that is open, was saved, or was looked at.
_PASSING = re.compile(r"~\$.*|.*~|.*\.(?:tmp|bak|swp)|thumbs\.db|desktop\.ini", re.I)


def _is_read(path: Path) -> bool:
    """Whether a file in a folder of params is an input, by its path from there."""
    is_hidden = any(name[0] == "." for name in path.parts)
    return not is_hidden and path.suffix not in CODE and path.name != ACCOUNT and not _PASSING.fullmatch(path.name)


def sources(notebook: Path, given: tuple[str, ...] = (), raw: bytes | None = None) -> str:
    """The hash of a notebook's cells, as the file holds them or as they were read (``raw``), and of what lies beside it.

    That is every module that it may import, and each picture whose address it names. Outputs, counters and the defaults of
    the parameters that are ``given`` change nothing: saving the notebook after Run All, with a bureau of one's own, leaves
    the hash as it was.
    """
    try:
        raw = read_file(notebook) if raw is None else raw
    except NotRead as error:
        return error.why
    try:
        hashed = _sources(raw, given)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):  # no notebook; its reports say so
        return digest(raw)
    texts = [cell[1] for cell in hashed[1:]]
    inside = sorted({*_modules(notebook.parent, texts), *_pictures(notebook.parent, texts)})
    files = InputFiles(notebook.parent)
    beside = {path.relative_to(notebook.parent).as_posix(): files.digest(path) for path in inside if path.is_file()}
    return _one([hashed, beside] if beside else hashed)


def _modules(home: Path, texts: Iterable[str]) -> set[Path]:
    """The modules beside a notebook, and those of each package there; one without ``__init__.py`` is known by its import."""
    named = {name for text in texts for name in _IMPORTED.findall(text)}
    packages = {path.parent for path in home.glob("*/*.py")} | {home / name for name in named if (home / name).is_dir()}
    return {*home.glob("*.py")}.union(*(package.rglob("*.py") for package in packages))


def _pictures(home: Path, texts: Iterable[str]) -> set[Path]:
    """The pictures, beside a notebook or below, whose addresses stand in its cells."""
    named = {unquote(one[1] or one[0]) for text in texts for one in _PICTURE.finditer(text)}
    paths = (Path(os.path.normpath(home / name)) for name in named)
    return {path for path in paths if path.is_relative_to(home)}


@lru_cache(maxsize=8)
def _sources(raw: bytes, given: tuple[str, ...]) -> list[list[Any]]:
    """What the title and the language of a notebook's page follow from, and then its cells."""
    notebook = json.loads(raw)
    about = notebook.get("metadata", {})
    return [[about.get("title"), about.get("lang")], *(_source(cell, given) for cell in notebook["cells"])]


def _source(cell: dict[str, Any], given: tuple[str, ...]) -> list[Any]:
    source, about = "".join(cell["source"]), cell["metadata"]
    tags = about.get("tags")
    if parameters.TAG in (tags or ()):
        source = parameters.with_defaults(source, dict.fromkeys(given, "…"))
    shown = [about.get(key) for key in ("raw_mimetype", "format", "transient")]
    return [cell["cell_type"], source, tags, cell.get("id"), cell.get("attachments"), *shown]


@lru_cache(maxsize=1)
def environment() -> dict[str, str]:
    """The versions of Python, of nianbao and of the packages whose version can show in an output, by name."""
    packages = {name: importlib.metadata.version(name) for name in ("nianbao", *PACKAGES)}
    return {"python": platform.python_version(), **packages}


def _one(value: object) -> str:
    return digest(json.dumps(value, sort_keys=True).encode())
