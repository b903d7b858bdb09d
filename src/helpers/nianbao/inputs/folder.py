"""The folder of one report, read and assembled into one frozen `Report`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from nianbao.findings import Finding, Kind, Severity, Source, closest, nearest
from nianbao.inputfiles import InputFiles, NotRead, Why
from nianbao.inputs import bureau as bureaus
from nianbao.inputs import intake, interruption, questions
from nianbao.inputs.contract import ReportParams
from nianbao.inputs.facts import facts_of
from nianbao.inputs.files.workbook import SUFFIXES
from nianbao.inputs.format import IMPOSSIBLE, format_of
from nianbao.inputs.report import NO_LAST_YEAR, Report
from nianbao.inputs.sources import Sources, names_of
from nianbao.paths import ACCOUNT
from nianbao.statute.formats import TERM, library
from nianbao.textfile import MOST_FAULTS, STRANGER, UNREADABLE, first_of, read_text
from nianbao.wording import HAN, day
from nianbao.yamlfile import BAD_VALUE, EVERY, read_yaml, with_slips
from nianbao.yamltyped import typed

if TYPE_CHECKING:
    from pathlib import Path

    from nianbao.inputs.cells import TableInput
    from nianbao.paths import ReportPaths
    from nianbao.statute.formats import Format, Library, Section
    from nianbao.yamlfile import YamlFile

UNREAD = Kind("I113", Severity.NOTE, "没有读取的文件")
ABOUT_TABLES = ("marks", "extra_rows", "not_applicable", "term")  # keys of report.yaml that control how tables are read
WORKBOOKS = (*SUFFIXES, ".xlsm", ".et", ".xlsb")
_WHY = {
    Why.MISSING: "链接所指的文件不存在", Why.DENIED: "没有读取权限", Why.SPECIAL: "不是普通文件（管道、设备之类）",
    Why.LARGE: "超过大小的上限", Why.OUTSIDE: "是指向 params/ 之外的链接",
}  # fmt: skip
# Each file, and why it cannot be read.
Inside = list[tuple["Path", "Why | None"]]
DATA_FILES = {".csv", ".tsv", ".yaml", ".yml", ".md", *WORKBOOKS}


def read(
    paths: ReportPaths, files: InputFiles | None = None, with_previous: bool = True
) -> tuple[Report | None, tuple[Finding, ...]]:
    """The report of one bureau and year, and its faults; the report is ``None`` when it cannot even be assembled.

    Never raises for bad inputs: all faults are returned together. ``files`` keeps the hashes of what is read.
    """
    files = files or InputFiles(paths.params)
    try:
        files.real(paths.folder)
    except NotRead as error:
        name = f"{paths.bureau}/{paths.year}"
        return None, (Finding(UNREADABLE, name, Source("."), error.found, "本年度的文件夹", error.action),)
    return _assembled(paths, files, with_previous)


def _assembled(paths: ReportPaths, files: InputFiles, with_previous: bool) -> tuple[Report | None, tuple[Finding, ...]]:
    known = library(paths.params)
    bureau, about_bureau = bureaus.read(files, paths.bureau)
    report_file = read_yaml(paths.report_file, read=files.read)
    form = format_of(report_file, paths.year, known)
    params = _params(report_file, form, known)
    lost = {("bureau",)} if bureau is None else set()
    bureau = bureau or bureaus.unread()
    form = form and form.with_term(params.term or bureau.term or TERM)
    narrative = read_text(paths.narrative_file, paths.narrative_file.name, "UTF-8 编码的 Markdown", read=files.read)
    notes = [one for one in about_bureau if one.severity is Severity.NOTE]
    beside = [*files.walk(paths.bureau_file.parent, deep=False)] if with_previous else []
    inside = [*beside, *files.walk(paths.folder)]
    notes += [*report_file.notes, *narrative.notes, *_unread(inside, paths)]
    notes += [*interruption.findings(paths), *questions.findings(paths, files)]
    faults = [one for one in about_bureau if one.severity is Severity.FAULT]
    faults += [*report_file.faults, *narrative.faults, *_strangers(inside, paths, form, known)]
    faults += _impossible_date(params, report_file, paths.year)
    if form is None:
        return None, tuple(faults)
    faults += _unknown_rows(params, report_file, form) + _no_leads(params, report_file, form)
    form = form.with_rows(params.extra_rows)
    forms = (where := Sources(files, paths.folder, form, known, params)).forms
    faults += [fault for one in forms for fault in one.faults]
    notes += [note for one in forms for note in one.notes]
    tables = intake.read_tables(where, form, known, params, report_file)
    if not forms and (gone := intake.form_gone(report_file, form, tables)):
        return None, (*faults, gone)  # Without it nothing that the text says of tables and facts can be checked.
    faults += _about_tables(report_file, tables)
    form = _as_read(form, tables, known)
    facts, about_facts, unread, read_as = facts_of(params, report_file, forms)
    notes += [*(note for one in tables.values() for note in one.notes), *read_as]
    unread |= report_file.unread | lost | ({("narrative",)} if narrative.faults else set())
    faults += about_facts
    previous = _previous(paths, files, known, notes) if with_previous and paths.last_year.folder.is_dir() else None
    report = Report(
        id=paths.bureau,
        year=paths.year,
        bureau=bureau,
        params=params,
        format=form,
        facts=facts,
        cells={key: one.cells for key, one in tables.items()},
        asides={key: tuple(one.asides) for key, one in tables.items()},
        labels={key: one.labels for key, one in tables.items()},
        formats={key: one.formats for key, one in tables.items()},
        captions={key: tuple(one.captions) for key, one in tables.items()},
        placed=frozenset(key for key, one in tables.items() if one.is_placed),
        narrative=narrative.text,
        folder=paths.folder,
        sources={key: report_file.source(key) for key in ("date", "signature", "editor", "number", "accepted")},
        forms=tuple(one.of for one in forms if one.of),
        previous=previous,
        unread=frozenset(unread),
        faults=tuple(faults),
        notes=tuple(notes),
    )
    if with_previous:
        _keep(_Kept(paths, inside[len(beside) :], files.hashes, known, report))
    return report, report.faults


def _about_tables(report_file: YamlFile, tables: dict[str, TableInput]) -> list[Finding]:
    """The faults of the tables; none where they may follow from what was to control how tables are read."""
    if any(not path or path[0] in ABOUT_TABLES for path in report_file.unread):
        for one in tables.values():
            one.faults.clear()
    return with_slips(report_file, (fault for one in tables.values() for fault in one.faults))


@dataclass(frozen=True, slots=True)
class _Kept:
    """A report as it was read last: it is last year's of the one that is read next, where the years are read in turn."""

    paths: ReportPaths
    inside: Inside
    hashes: dict[str, str]
    library: Library
    report: Report

    def is_as_read(self, files: InputFiles, known: Library) -> bool:
        """Whether its folder, its files and the formats are as they were."""
        if self.library != known or self.inside != list(files.walk(self.paths.folder)):
            return False
        own = [self.paths.bureau_file, *(path for path, _ in self.inside)]
        read = {path: self.hashes[name] for path in own if (name := files.name(path)) in self.hashes}
        try:
            for path in read:
                files.read(path)
        except NotRead:
            return False
        return all(files.hashes[files.name(path)] == digest for path, digest in read.items())

    def as_last_year(self) -> Report:
        """The report without the year before it; what an analyst does to the one does nothing to the other."""
        report = self.report
        return replace(
            report,
            previous=None,
            facts=dict(report.facts),
            cells={table: dict(cells) for table, cells in report.cells.items()},
            labels={table: dict(labels) for table, labels in report.labels.items()},
            formats={table: dict(formats) for table, formats in report.formats.items()},
        )


_kept: list[_Kept] = []  # one at most


def _keep(one: _Kept) -> None:
    """Keep a report that has no faults, and no notes that it would not have as last year's."""
    is_sound = not one.report.faults and not {note.kind for note in one.report.notes} & {UNREAD, NO_LAST_YEAR}
    _kept[:] = [one] if is_sound else []


def _previous(paths: ReportPaths, files: InputFiles, known: Library, notes: list[Finding]) -> Report | None:
    """The report of the year before; ``None``, with a note, where it has faults."""
    previous, faults = _last_year(paths.last_year, files, known)
    if not faults:
        return previous
    found = f"{paths.year - 1}年度的报告有故障 {len(faults)}"
    notes.append(Finding(NO_LAST_YEAR, "上年报告", None, found, "", "结转关系未核对；先改正上年报告"))
    return None


def _last_year(paths: ReportPaths, files: InputFiles, known: Library) -> tuple[Report | None, tuple[Finding, ...]]:
    if _kept and _kept[0].paths == paths and _kept[0].is_as_read(files, known):
        return _kept[0].as_last_year(), ()
    return read(paths, files, with_previous=False)


def _as_read(form: Format, tables: dict[str, TableInput], known: Library) -> Format:
    """The format with its tables as they were read; one wholly in another format takes that one's lead, a mixed one none."""
    read = {key: one.table for key, one in tables.items() if one.table and one.table is not form.tables[key]}
    leads: dict[str, Section | None] = {}
    for key, one in tables.items():
        if one.formats and key in read:
            other = known.formats[next(iter(one.formats.values()))].with_term(form.term)
            theirs = next((section for section in other.sections if section.table == key), None)
            leads[key] = theirs if "" in one.formats else None
    return form.with_tables(read, leads)


def _params(file: YamlFile, form: Format | None, known: Library) -> ReportParams:
    """report.yaml as its type, without what could not be read."""
    tables = form.tables.keys() if form else {table for one in known.formats.values() for table in one.tables}
    unknown = {key for key in file.data if form is None and re.fullmatch("table[a-z0-9_]*", key)}
    about = {key: value for key, value in file.data.items() if key not in {*tables, *unknown}}
    return typed(ReportParams, file, about, also=sorted(tables)) or ReportParams.model_validate({})


def _is_data(path: Path, paths: ReportPaths) -> bool:
    """Whether a file is an input by its place and its ending, or was meant as one."""
    return path.parent == paths.folder and path.suffix.lower() in DATA_FILES and not path.name.startswith(("_", ".", "~"))


def _strangers(inside: Inside, paths: ReportPaths, form: Format | None, library: Library) -> list[Finding]:
    """A fault for each data file that nothing reads: most likely its name is misspelt and its numbers would be lost."""
    tables = form.tables if form else {table for one in library.formats.values() for table in one.tables}
    known = {"report.yaml", "narrative.md", ACCOUNT, *names_of(tables)}
    usual = sorted({"form.xlsx", "report.yaml", "narrative.md", *(f"{table}.csv" for table in tables)})
    there = {path.name for path, _ in inside}
    found = [path.name for path, _ in inside if _is_data(path, paths) and path.name not in known]
    if form is None:  # Which tables it has nobody knows.
        found = [name for name in found if not re.fullmatch(r"table[a-z0-9_]*\.(csv|xlsx?|ods)", name)]
    faults = []
    for name in found:
        action = "另存为 form.xlsx（填报表）或“CSV UTF-8”" if name.lower().endswith(WORKBOOKS) else "改名或移走"
        said = f"文件名“{name}”{_meant(name, usual, there)}"
        faults.append(Finding(STRANGER, name, Source(name), said, "、".join(usual), action))
    return first_of(paths.folder.name, faults)


def _meant(name: str, usual: list[str], there: set[str]) -> str:
    spelt = re.sub(f"表([{HAN}])", lambda table: f"table{HAN.index(table[1]) + 1}", name.lower())  # 表三 is table3
    near = closest(spelt, usual, 1)
    return f"，是否为“{near[0]}”？" if near and near[0] not in there else ""


def _unread(inside: Inside, paths: ReportPaths) -> list[Finding]:
    """A note for each file that is no input, and that nothing can read either: a change of it is not seen."""
    notes = []
    for path, why in inside:
        if why and path not in {paths.folder, paths.bureau_file} and path.name[0] != "." and not _is_data(path, paths):
            is_own = path.is_relative_to(paths.folder)
            shown = path.relative_to(paths.folder).as_posix() if is_own else f"../{path.name}"
            action = "没有读取，它的改动也不会引起重新生成；不需要的移走"
            notes.append(Finding(UNREAD, shown, Source(shown), _WHY[why], "", action))
    return notes[:MOST_FAULTS]


def _impossible_date(typed: ReportParams, file: YamlFile, year: int) -> list[Finding]:
    if not isinstance(typed.date, date) or typed.date >= date(year + 1, 1, 1):
        return []
    expected = f"{year + 1}年1月1日或以后"
    return [
        Finding(IMPOSSIBLE, "成文日期", file.source("date"), day(typed.date), expected, "核对日期，以及文件夹所示的报告年度")
    ]


def _no_leads(typed: ReportParams, file: YamlFile, form: Format) -> list[Finding]:
    """A fault for each chapter that ``lead`` names and that has no lead sentence."""
    known = [section.numeral for section in form.sections if section.lead]
    return [
        Finding(BAD_VALUE, "导语", file.source("lead", key), f"“{key}”", "、".join(known), "写有导语的章的序号")
        for key in typed.lead
        if key not in {EVERY, *known}
    ]


def _unknown_rows(typed: ReportParams, file: YamlFile, form: Format) -> list[Finding]:
    faults = []
    with_rows = [table.id for table in form.tables.values() if any(part.rows for part in table.parts)]
    for table, parts in typed.extra_rows.items():
        if table not in with_rows:
            found, source = f"“{table}”{nearest(table, with_rows)}", file.source("extra_rows", table)
            faults.append(Finding(BAD_VALUE, "地方增加行", source, found, "、".join(with_rows), "写有行名的表的编号"))
            continue
        faults += _unknown_rows_of(table, parts, file, form)
    return faults


def _unknown_rows_of(table: str, parts: dict[str, list[str]], file: YamlFile, form: Format) -> list[Finding]:
    faults = []
    labels = {part.title: [node.label for node in part.rows] for part in form.tables[table].parts}
    everywhere = [label for known in labels.values() for label in known] + [
        label for extra in parts.values() for label in extra
    ]
    for title, extra in parts.items():
        source = file.source("extra_rows", table, title)
        if title not in labels:
            found, expected = f"“{title}”{nearest(title, labels)}", "、".join(filter(None, labels)) or '""'
            faults.append(Finding(BAD_VALUE, "地方增加行", source, found, expected, "写该部分的标题"))
            continue
        for label in dict.fromkeys(label for label in extra if everywhere.count(label) > 1):
            found = f"“{label}”已是这张表的行"
            faults.append(Finding(BAD_VALUE, "地方增加行", source, found, "法定格式之外的行名，各写一次", "改名或删去"))
    return faults
