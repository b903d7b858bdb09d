"""One import: files are read, the folder's texts are made of them, proved, compared with what is there, and kept."""

from __future__ import annotations

import contextlib
import hashlib
import re
import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.checks.bodies import may_be_same, parted
from nianbao.errors import UsageError
from nianbao.findings import Finding, Severity
from nianbao.importing import account, facts, keeping, kinds, roster, titles, yamltext
from nianbao.importing.flow import Grid, Unreadable
from nianbao.importing.importer import import_flows
from nianbao.importing.said import names
from nianbao.inputfiles import InputFiles, NotRead, read_file
from nianbao.inputs import bureau as bureaus
from nianbao.inputs import folder, sources, starter
from nianbao.inputs.cells import place_of
from nianbao.inputs.intake import is_inline
from nianbao.language import say
from nianbao.paths import ACCOUNT, ReportPaths
from nianbao.statute.formats import LOCAL, library
from nianbao.textfile import UNREADABLE, decoded, encoded, lines_of
from nianbao.yamlfile import read_yaml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.importing.flow import Flow
    from nianbao.importing.imported import Imported
    from nianbao.importing.keeping import Difference
    from nianbao.inputs.cells import Cell
    from nianbao.statute.formats import Library
    from nianbao.statute.tree import CellKey, Table


# How the place of a bureau ends → its level. A city below another one is a county's.
LEVELS = (
    (re.compile("省$|自治区$|^(?:北京|天津|上海|重庆)市$"), "省"),
    (re.compile("市.+市$|县$|(?<!地)区$|旗$"), "县"),
    (re.compile("市$|州$|盟$|地区$"), "市"),
    (re.compile("镇$|乡$|街道$"), "乡"),
)


@dataclass(frozen=True, slots=True)
class Session:
    """An import that is ready to be kept.

    Parameters
    ----------
    files : dict
        Each path → its bytes.
    differences : tuple of Difference
        The files that a person made and that would be changed.
    pristine : dict
        The files as `nianbao new` lays them out, in each way that it has.
    """

    paths: ReportPaths
    made: Imported
    files: dict[Path, bytes]
    differences: tuple[Difference, ...]
    pristine: dict[Path, set[bytes]]

    def keep(self) -> None:
        """Write all files; raises `UsageError`, with everything as it was, where that is not possible."""
        keeping.keep(self.paths, self.files, self.pristine)


def begin(paths: ReportPaths, names: Sequence[Path], full_width: bool = False) -> Session:
    """Read files and make the texts of a report's folder of them; nothing is written yet.

    Raises
    ------
    UsageError
        When a file cannot be read or holds no report, or another one than was asked for; when bureau.yaml cannot be used.
    """
    known = library(paths.params)
    form = known.default(paths.year)
    if form is None:
        raise UsageError(say("no statutory format covers report year {year}", year=paths.year))
    flows, origins = _flows(names, paths.year, known)
    there = paths.bureau_file.exists()
    bureau = _name_of(paths) if there else ""
    try:
        held = sources.held(paths.folder, form.tables)
        made = import_flows(flows, paths.year, known.formats[form.id], known, bureau, full_width, held)
    except Unreadable as error:
        raise UsageError(str(_refused("、".join(name.name for name in names), error))) from error
    kept = {key: held[key] for key in made.taken if key in held}
    if kept and not made.outline:
        said = (
            "{folder} has {file}, from which its tables and facts are read; nothing was written. A form that came back "
            "takes its place there, under that name, and is not imported; for CSV files, move {file} away first"
        )
        raise UsageError(say(said, folder=paths.folder, file=", ".join(sorted({*kept.values()}))))
    for key in kept:
        del made.files[f"{key}.csv"]
    if "report.yaml" not in made.files and (inline := _inline(paths, made)):
        said = "{file} gives {tables} itself; nothing was written. Take it out there first: each table is given once"
        raise UsageError(say(said, file=paths.report_file, tables=", ".join(inline)))
    if made.name and bureau not in {"", paths.bureau} and not may_be_same(made.name, bureau):
        made.ask("报告的机关与 bureau.yaml 不同：核对是否放错了文件", f"文件是“{made.name}”，bureau.yaml 是“{bureau}”")
    _ask_about_names(names, paths.year, bureau or made.name, made)
    texts = {paths.folder / name: text for name, text in made.files.items()}
    if not there:
        texts[paths.bureau_file] = _bureau(made)
    is_new = "report.yaml" not in made.files and not paths.folder.exists()
    begun = starter.laid_out(paths)[0] if is_new else {}
    if begun and (settings := yamltext.settings(made.taken)):
        begun[paths.report_file] += "".join(f"{line}\n" for line in ("", *settings)).encode()
    _take_facts(flows, paths, texts, begun, made)
    files = begun | {path: encoded(path.name, text) for path, text in texts.items()}
    _prove(paths, files, made, kept)
    files |= starter.notebooks(paths.params)
    pristine = _pristine(paths) if paths.folder.exists() else {}
    differences = keeping.differences(paths, files, pristine)
    files[paths.folder / ACCOUNT] = account.write(origins, made).encode()
    return Session(paths, made, files, tuple(differences), pristine)


def _name_of(paths: ReportPaths) -> str:
    """The name in bureau.yaml; raises `UsageError` with all its faults where it cannot be used."""
    about, found = bureaus.read(InputFiles(paths.params), paths.bureau)
    if about is None:
        faults = "\n\n".join(str(one) for one in found if one.severity is Severity.FAULT)
        said = "{file} cannot be used; nothing was written. Put it right, and import once more:\n\n{faults}"
        raise UsageError(say(said, file=paths.bureau_file, faults=faults))
    return about.name


def _pristine(paths: ReportPaths) -> dict[Path, set[bytes]]:
    """The files that `nianbao new` lays out: to be filled in as CSV or as a form, with last year's text or without."""
    made: dict[Path, set[bytes]] = {}
    for options in ({}, {"workbook": True}, {"text": True}, {"workbook": True, "text": True}):
        with contextlib.suppress(UsageError):
            for path, data in starter.laid_out(paths, **options)[0].items():
                made.setdefault(path, set()).add(data)
    return made


def _inline(paths: ReportPaths, made: Imported) -> list[str]:
    """The tables that were made of the files and that report.yaml gives too."""
    given = read_yaml(paths.report_file).data if paths.report_file.exists() else {}
    return [key for key in made.taken if is_inline(given.get(key))]


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


def _flows(names: Sequence[Path], year: int, library_: Library) -> tuple[list[Flow], list[account.Origin]]:
    """What each file says; all files that cannot be read are named together."""
    flows, origins, faults = [], [], []
    for name in names:
        try:
            raw = read_file(name)
            flow = kinds.read(raw, library_)
        except (NotRead, Unreadable) as error:
            faults.append(_refused(str(name), error))
            continue
        flows.append(_named(flow, name, year, f"{name.name} " if len(names) > 1 else ""))
        origins.append(account.Origin(name.name, flow.kind, hashlib.sha256(raw).hexdigest()))
    if faults:
        raise UsageError("\n\n".join(map(str, faults)))
    return flows, origins


def _refused(name: str, error: NotRead | Unreadable) -> Finding:
    expected = error.expected if isinstance(error, Unreadable) else ""
    return Finding(UNREADABLE, name, None, error.found, expected, error.action)


def _named(flow: Flow, path: Path, year: int, begins: str) -> Flow:
    """A flow whose places begin with its file's name, where there are several; a file of tables says by its name whose."""
    file = "" if titles.of_pages([flow.titled], year) or titles.find(flow.blocks) else path.stem
    return replace(
        flow,
        blocks=tuple(
            replace(one, place=f"{begins}{one.place}", file=file)
            if isinstance(one, Grid)
            else replace(one, place=f"{begins}{one.place}")
            for one in flow.blocks
        ),
        remarks=tuple(replace(one, place=f"{begins}{one.place}") for one in flow.remarks),
        unseen=tuple((f"{begins}{place}", what) for place, what in flow.unseen),
        said=tuple((f"{begins}{place}", what, why) for place, what, why in flow.said),
        facts={(f"{begins}{sheet}", number): row for (sheet, number), row in flow.facts.items()},
    )


def _ask_about_names(files: Sequence[Path], year: int, body: str, made: Imported) -> None:
    """Ask about what the title, and the name of each file, says of the report; a name that is asked about already is not."""
    if made.title and names.is_odd_title(made.title.text, year):
        made.ask(names.OF_TITLE, f"{made.title.place}：{made.title.text}")
    asked = [one for some in made.questions.values() for one in some]
    odd = [one for one in files if names.is_odd_file(one.stem, year, body)]
    named = [one.name for one in odd if not any(f"“{one.stem}”" in text or text.endswith(f"：{one.stem}") for text in asked)]
    if named:
        made.ask(names.OF_FILE, *named)


def level_of(name: str) -> str:
    """The level of a body by the last place in its name; '' where it names none."""
    place = parted(name.removesuffix("办事处"))[0]
    return next((level for ending, level in LEVELS if ending.search(place)), "")


def _bureau(made: Imported) -> str:
    """bureau.yaml of a bureau that is new: by the report's own name, which tells its level."""
    level = level_of(made.name) if made.name else ""
    if made.name:
        said = f"新建 bureau.yaml：层级写作“{level or starter.LEVEL}”，简称写全称，写明本机关不制定规章，请核对"
        made.said.append(("", made.name, said))
    if made.name and not level:
        made.ask("从名称看不出机关的层级：核对 bureau.yaml 的 level", f"{made.name}：写作“{starter.LEVEL}”")
    return starter.bureau_text(made.name, level or starter.LEVEL)


def _prove(paths: ReportPaths, files: dict[Path, bytes], made: Imported, kept: dict[str, str]) -> None:
    """Read what was made as the kit reads it: each cell has to be what was taken from the file.

    What a person has written in the folder is read with it; where that makes another number of a cell, it is asked about.
    ``kept`` names the tables that a workbook of the folder gives, with its name: they stay as they are.
    """
    is_own = paths.report_file not in files
    with tempfile.TemporaryDirectory() as place:
        trial = ReportPaths(Path(place), paths.bureau, paths.year)
        beside = [one for one in paths.folder.iterdir() if one.is_file() and one not in files] if is_own else []
        books = {paths.folder / name for name in kept.values()}
        there = [] if paths.bureau_file in files else [paths.bureau_file]
        for path in (*files, *{*beside, *books}, *there):
            to = trial.params / path.relative_to(paths.params)
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_bytes(files[path] if path in files else read_file(path))
        if (paths.params / LOCAL).is_dir():
            shutil.copytree(paths.params / LOCAL, trial.params / LOCAL)
        report, faults = folder.read(trial, with_previous=False)
    if report is None or report.unread - {("narrative",)}:  # the text may still have to be written
        if not is_own and not kept:
            raise _misread("；".join(f"{one.place}：{one.found}" for one in faults[:1]))
        about = [f"{one.place}：{one.found}；{one.action}" for one in faults]
        return made.ask("文件夹里有故障，写出的表没有核对过：改正后运行 nianbao check", *about)
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
