"""One import: files are read, the folder's texts are made of them, proved, compared with what is there, and kept."""

from __future__ import annotations

import hashlib
import json
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.errors import UsageError
from nianbao.findings import Finding
from nianbao.importing import account, facts, keeping, kinds
from nianbao.importing.flow import Unreadable
from nianbao.importing.importer import import_flows
from nianbao.inputfiles import NotRead, read_file
from nianbao.inputs import folder, sources, starter
from nianbao.inputs.bureau import name_of
from nianbao.language import say
from nianbao.paths import ReportPaths
from nianbao.statute.formats import library
from nianbao.textfile import UNREADABLE, decoded, encoded, lines_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.importing.flow import Flow
    from nianbao.importing.importer import Imported
    from nianbao.importing.keeping import Difference
    from nianbao.inputs.cells import Cell


LEVELS = (("镇", "乡"), ("乡", "乡"), ("街道", "乡"), ("县", "县"), ("区", "县"), ("市", "市"), ("省", "省"))


@dataclass(frozen=True, slots=True)
class Session:
    """An import that is ready to be kept.

    Parameters
    ----------
    files : dict
        Each path → its bytes.
    differences : tuple of Difference
        The files that a person made and that would be changed.
    """

    paths: ReportPaths
    made: Imported
    files: dict[Path, bytes]
    differences: tuple[Difference, ...]

    def keep(self) -> None:
        """Write all files; raises `UsageError`, with everything as it was, where that is not possible."""
        keeping.keep(self.paths, self.files)
        for path, raw in starter.notebooks(self.paths.params).items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(raw)


def begin(paths: ReportPaths, names: Sequence[Path], full_width: bool = False) -> Session:
    """Read files and make the texts of a report's folder of them; nothing is written yet.

    Raises
    ------
    UsageError
        When a file cannot be read or holds no report, or another one than was asked for.
    """
    known = library(paths.params)
    form = known.default(paths.year)
    if form is None:
        raise UsageError(say("no statutory format covers report year {year}", year=paths.year))
    flows, origins = _flows(names)
    there = paths.bureau_file.exists()
    bureau = name_of(paths.params, paths.bureau) if there else ""
    try:
        held = sources.held(paths.folder, form.tables)
        made = import_flows(flows, paths.year, known.formats[form.id], known, bureau, full_width, held)
    except Unreadable as error:
        raise UsageError(str(_refused("、".join(name.name for name in names), error))) from error
    if twice := sorted({held[key] for key in made.taken if key in held}):
        said = (
            "{folder} has {file}, from which its tables and facts are read; nothing was written. A form that came back "
            "takes its place there, under that name, and is not imported; for CSV files, move {file} away first"
        )
        raise UsageError(say(said, folder=paths.folder, file=", ".join(twice)))
    if bureau and made.name and made.name not in {bureau, paths.bureau} and bureau not in made.name:
        made.ask("报告的机关与 bureau.yaml 不同：核对是否放错了文件", f"文件是“{made.name}”，bureau.yaml 是“{bureau}”")
    texts = {paths.folder / name: text for name, text in made.files.items()}
    if not there:
        texts[paths.bureau_file] = _bureau(made)
    is_new = "report.yaml" not in made.files and not paths.folder.exists()
    begun = starter.laid_out(paths)[0] if is_new else {}
    _take_facts(flows, paths, texts, begun, made)
    texts[paths.folder / folder.ACCOUNT] = account.write(origins, made)
    files = begun | {path: encoded(path.name, text) for path, text in texts.items()}
    _prove(paths, files, made)
    written = {path: data for path, data in files.items() if path.name != folder.ACCOUNT}
    pristine = starter.laid_out(paths)[0] if paths.folder.exists() else {}
    differences = keeping.differences(paths, written, pristine)
    return Session(paths, made, files, tuple(differences))


def _take_facts(
    flows: Sequence[Flow], paths: ReportPaths, texts: dict[Path, str], begun: dict[Path, bytes], made: Imported
) -> None:
    """Write the facts of the forms among the files into report.yaml, as it is or will be."""
    given = {place: row for flow in flows for place, row in flow.facts.items()}
    try:
        raw = begun[paths.report_file] if paths.report_file in begun else read_file(paths.report_file)
    except NotRead:
        raw = b""
    before = texts.get(paths.report_file, lines_of(decoded(raw)[0]))
    if given and (text := facts.written(before, given, made)) != before:
        texts[paths.report_file] = text


def _flows(names: Sequence[Path]) -> tuple[list[Flow], list[account.Origin]]:
    """What each file says; all files that cannot be read are named together."""
    flows, origins, faults = [], [], []
    for name in names:
        try:
            raw = read_file(name)
            flow = kinds.read(raw)
        except (NotRead, Unreadable) as error:
            faults.append(_refused(str(name), error))
            continue
        flows.append(_named(flow, name.name) if len(names) > 1 else flow)
        origins.append(account.Origin(name.name, flow.kind, hashlib.sha256(raw).hexdigest()))
    if faults:
        raise UsageError("\n\n".join(map(str, faults)))
    return flows, origins


def _refused(name: str, error: NotRead | Unreadable) -> Finding:
    expected = error.expected if isinstance(error, Unreadable) else ""
    return Finding(UNREADABLE, name, None, error.found, expected, error.action)


def _named(flow: Flow, name: str) -> Flow:
    """A flow whose places name its file, as where several are imported together."""
    known = {(f"{name} {sheet}", number): row for (sheet, number), row in flow.facts.items()}
    return replace(flow, blocks=tuple(replace(one, place=f"{name} {one.place}") for one in flow.blocks), facts=known)


def _bureau(made: Imported) -> str:
    """bureau.yaml of a bureau that is new: by the report's own name, which tells its level."""
    text = starter.BUREAU
    if not made.name:
        return text
    level = next((level for mark, level in LEVELS if mark in made.name), "市")
    made.said.append(("", made.name, f"新建 bureau.yaml：层级按名称写作“{level}”，简称写全称，请核对"))
    text = text.replace("【填写：机关全称】", json.dumps(made.name, ensure_ascii=False))
    text = text.replace("【填写：机关简称】", json.dumps(made.name, ensure_ascii=False))
    return text.replace("level: 市 ", f"level: {level} ")


def _prove(paths: ReportPaths, files: dict[Path, bytes], made: Imported) -> None:
    """Read what was made as the kit reads it: each cell has to be what was taken from the file."""
    with tempfile.TemporaryDirectory() as place:
        trial = ReportPaths(Path(place), paths.bureau, paths.year)
        for path, data in files.items():
            to = trial.params / path.relative_to(paths.params)
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_bytes(data)
        if not trial.bureau_file.exists():
            trial.bureau_file.write_bytes(read_file(paths.bureau_file))
        if not trial.report_file.exists():
            return
        report, _ = folder.read(trial, with_previous=False)
    for key, taken in made.taken.items() if report else ():
        wrong = [place for place, cell in taken.cells.items() if not _is_same(report.cell(key, place), cell)]  # type: ignore[union-attr]
        if wrong:
            raise AssertionError(f"{key}: {wrong[:3]} would be read otherwise than in the file")


def _is_same(read: Cell | None, meant: Cell) -> bool:
    return read is not None and (read.state, read.value, read.unit) == (meant.state, meant.value, meant.unit)
