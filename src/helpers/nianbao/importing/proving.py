"""What an import made, read as the kit reads it: each cell has to be what was taken from the file."""

from __future__ import annotations

import re
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.checks.prose.rule import proved
from nianbao.checks.prose.texts import Text, at
from nianbao.errors import UsageError
from nianbao.findings import Severity, Source
from nianbao.importing import roster
from nianbao.inputfiles import NotRead, read_file
from nianbao.inputs import folder
from nianbao.inputs.cells import place_of
from nianbao.language import say
from nianbao.paths import ReportPaths
from nianbao.statute.formats import local_files

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nianbao.importing.imported import Imported
    from nianbao.inputs.cells import Cell
    from nianbao.inputs.report import Report
    from nianbao.statute.tree import CellKey, Table


_BESIDE = "法定表格旁边的下列话里的数与表里的不同，表格照数取用，这些话没有取用：核对"
# What table two counts, as a line beside it calls that in short: 处罚案件.
_DECISIONS = re.compile("(?<!行政)(许可|处罚|强制)(?:案件|决定|事项)?(?=(?:共计?|合计|总计)?[0-9])")


def prove(paths: ReportPaths, files: dict[Path, bytes], made: Imported, kept: dict[str, str]) -> None:
    """Read what was made as the kit reads it: each cell has to be what was taken from the file.

    What a person has written in the folder is read with it; where that makes another number of a cell, it is asked about.
    ``kept`` names the tables that a workbook of the folder gives, with its name: they stay as they are.
    """
    is_own = paths.report_file.name not in made.files and paths.folder.exists()
    with tempfile.TemporaryDirectory() as place:
        trial = ReportPaths(Path(place), paths.bureau, paths.year)
        beside = paths.folder.iterdir() if is_own else [paths.folder / name for name in kept.values()]
        _lay_out(trial, paths, files, beside)
        report, faults = folder.read(trial, with_previous=False)
    if report is None or report.unread - {("narrative",)}:  # the text may still have to be written
        if not is_own and not kept:
            raise _misread("；".join(f"{one.place}：{one.found}" for one in faults[:1]))
        about = [f"{one.place}：{one.found}；{one.action}" for one in faults]
        return made.ask("文件夹里有故障，写出的表没有核对过：改正后运行 nianbao check", *about)
    if odd := _odd_beside(made, report):
        made.ask(_BESIDE, *odd)
    for key, taken in made.taken.items():
        wrong = [place for place, cell in taken.cells.items() if not _is_same(report.cell(key, place), cell)]
        if wrong and key in kept:
            question = f"表格从 {kept[key]} 读取，下列单元格与它不同，没有改：核对，要改的在 {kept[key]} 里改"
            made.ask(
                question, *(_beside(taken.table, place, report.cell(key, place), taken.cells[place]) for place in wrong)
            )
        elif wrong and not is_own:
            raise _misread(roster.named(taken.table, wrong))
        elif wrong:
            question = "文件夹里的 report.yaml 使下列单元格读得与原件不同：核对其中的 format 和 marks"
            made.ask(question, roster.named(taken.table, wrong))
    return None


def _lay_out(trial: ReportPaths, paths: ReportPaths, files: dict[Path, bytes], beside: Iterable[Path]) -> None:
    """Write what was made into a folder of its own, and what it is read with: the bureau's file, the formats, others beside.

    What cannot be read stays away; the check of the folder says so.
    """
    there: dict[Path, bytes] = {}
    for path in {paths.bureau_file, *local_files(paths.params), *beside}:
        with suppress(NotRead):
            there[path] = read_file(path)
    for path, data in (there | files).items():
        to = trial.params / path.relative_to(paths.params)
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes(data)


def _odd_beside(made: Imported, report: Report) -> list[str]:
    """The lines beside the tables that give another number of what a table counts, or parts that are not their sum."""
    asked = [one for some in made.questions.values() for one in some]
    found = []
    for key, place, text in made.beside:
        name = made.taken[key].table.name
        said = Text(place, _DECISIONS.sub(r"行政\1", text), name, at(Source(place)))
        odd = [one for one in proved(report, [said]) if one.severity is not Severity.NOTE]
        is_new = not any(text in one for one in asked)
        found += [f"{place}：{text}（{odd[0].expected}）"] if odd and is_new else []
    return found


def _beside(table: Table, place: CellKey, there: Cell | None, taken: Cell) -> str:
    """A cell as the folder has it, and as the imported file has it."""
    shown = [
        f"{one.value}{one.unit}" if one and one.value is not None else one.state if one else "没有" for one in (there, taken)
    ]
    return f"{place_of(table, *place)}：这里是{shown[0]}，文件是{shown[1]}"


def _misread(what: str) -> UsageError:
    said = (
        "what was made of the files would be read otherwise than it stands there: {what}; nothing was written. This is a "
        "mistake in nianbao: please report it with the files"
    )
    return UsageError(say(said, what=what))


def _is_same(read: Cell | None, meant: Cell) -> bool:
    return read is not None and (read.state, read.value, read.unit) == (meant.state, meant.value, meant.unit)
