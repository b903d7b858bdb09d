"""Where the tables of a report stand: a file of their own (CSV or workbook), and the form, a workbook that holds all."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nianbao.findings import Finding, Kind, Severity, Source
from nianbao.inputs.cells import TableInput
from nianbao.inputs.files.csv import read_csv
from nianbao.inputs.files.workbook import SUFFIXES, located, read_workbook
from nianbao.inputs.guide import GUIDE, beside_guide, title_of
from nianbao.inputs.persons import published
from nianbao.inputs.sheets import FACTS, Finder, Region, beside_facts, facts_of, is_hint
from nianbao.inputs.strays import stray
from nianbao.reading import is_figure
from nianbao.wording import column_letter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from nianbao.inputfiles import InputFiles
    from nianbao.inputs.contract import ReportParams
    from nianbao.inputs.files.inspected import Comment
    from nianbao.inputs.files.workbook import Workbook
    from nianbao.inputs.sheets import Facts
    from nianbao.statute.formats import Format, Library

NO_TABLE = Kind("I117", Severity.NOTE, "没有读取的工作表")
ON_FIGURE = Kind("W247", Severity.WARNING, "数字上有批注", each=True)
COMMENT = Kind("I118", Severity.NOTE, "工作簿里的批注")
# A line of its own that names who commented, 张三:, and says nothing.
_NAMED = re.compile(r"\s*(?!.*[核实问题应请注改错见如数暂估待缺疑漏误])[^\s:：][^:：]{0,30}[:：]\s*")
# What Excel writes for old programs before a thread of comments: [Threaded comment] … Comment: or [线程批注] … 注释:.
_THREAD = re.compile(r"\A\s*\[[^\]\n]{1,40}\]\s*\n.*\n\s*(?:Comment|注释|批注)\s*[:：]\s*?\n?", re.S)
FORM = "form"  # the name, without its ending, of the workbook that holds all tables


@dataclass(slots=True)
class Form:
    """A form as it was filled in: the regions of each table, the facts, and what is to be known of it.

    ``of`` is the body and the year that it says are its own, and where.
    """

    name: str
    regions: dict[str, list[Region]] = field(default_factory=dict)
    facts: Facts = field(default_factory=dict)
    faults: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)
    of: tuple[str, int, Source] | None = None


@dataclass(slots=True)
class Given:
    """One place that gives a table: its file, and its region there; ``None`` when that could not be read."""

    file: str
    region: Region | None
    faults: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)

    def __str__(self) -> str:
        sheet = self.region.sheet if self.region else ""
        return f"{self.file} 的工作表“{sheet}”" if sheet else self.file

    @property
    def where(self) -> Source:
        source = Source(self.file)
        return located(source, self.region.sheet) if self.region and self.region.sheet else source


class Sources:
    """Where the tables of one report stand outside report.yaml.

    Attributes
    ----------
    forms : list of Form
        The forms in its folder.
    """

    def __init__(self, files: InputFiles, folder: Path, form: Format, others: Library, params: ReportParams) -> None:
        self._files, self._folder = files, folder
        # Each table in every format that it may have been filled in, with the report's own rows.
        every = [one.with_rows(params.extra_rows) for one in (form, *others.formats.values())]
        self._finder = Finder({key: [one.tables[key] for one in every if key in one.tables] for key in form.tables})
        self.forms = [self._form(read_workbook(path, files.read)) for path in _workbooks(folder, FORM)]

    def _form(self, book: Workbook) -> Form:
        """The form, with a note for each sheet that holds something else."""
        regions, facts = self._finder.regions(book.sheets), facts_of(book.sheets)
        used = {one.sheet for some in regions.values() for one in some} | {sheet for sheet, _ in facts} | {GUIDE, FACTS}
        for sheet in book.sheets:
            if sheet.rows and sheet.name not in used:
                where = located(Source(book.name), sheet.name)
                found, action = "既没有法定表格，也没有事实", "没有读取；是表格的，核对其中的名称"
                book.notes.append(Finding(NO_TABLE, f"工作表“{sheet.name}”", where, found, "", action))
        book.notes += _comments(book)
        for name, row, column, text in beside_facts(book.sheets):
            where = located(Source(book.name, row, f"{column_letter(column)}{row}"), name)
            book.faults.append(stray(FACTS, where, f"“{text}”"))
        for row, column, text in beside_guide(book.sheets, self._finder.names):
            where = located(Source(book.name, row, f"{column_letter(column)}{row}"), GUIDE)
            book.notes.append(
                Finding(NO_TABLE, f"工作表“{GUIDE}”", where, f"“{text}”", "", "没有读取；要用的，写进别的工作表")
            )
        said = title_of(book.sheets)
        of = (said[0], said[1], Source(book.name, cell=said[2])) if said else None
        return Form(book.name, regions, facts, book.faults, book.notes, of)

    def given(self, key: str) -> list[Given]:
        """Every place that gives a table."""
        result = []
        if os.path.lexists(path := self._folder / f"{key}.csv"):
            into = TableInput()
            rows = read_csv(path, into, self._files.read)
            result.append(
                Given(path.name, None if rows is None else self._finder.region(key, "", rows), into.faults, into.notes)
            )
        for path in _workbooks(self._folder, key):
            book = read_workbook(path, self._files.read)
            book.notes += _comments(book)
            found = self._finder.regions(book.sheets)[key]
            # Where no sheet has a word of the table, its own reader says what is wrong with the first.
            found = found or [Region(one.name, one.rows) for one in book.sheets if one.rows][:1]
            regions: list[Region | None] = [*found] if found and not book.faults else [None]
            result += [Given(path.name, one, book.faults, book.notes) for one in regions]
        return result + [Given(one.name, region) for one in self.forms for region in one.regions[key]]


def _comments(book: Workbook) -> Iterator[Finding]:
    """What somebody wrote on cells: a warning where a figure stands in one. Whoever wrote it, or is named, is not."""
    for sheet in book.sheets:
        texts = dict(sheet.rows)
        for one in sheet.comments:
            words = _words(one)
            if not words or is_hint(one.said):
                continue
            row = texts.get(one.row + 1, [])
            text = row[one.column] if one.column < len(row) else ""
            cell = f"{column_letter(one.column)}{one.row + 1}"
            where = located(Source(book.name, one.row + 1, cell), sheet.name)
            said = published(words)[:200] or "填表人、联系方式"
            kind, action = COMMENT, "批注不会印出；处理后删去"
            if is_figure(text):
                kind, action = ON_FIGURE, "核对这个数；对的，删去批注；还不能定的，先不要发布"
            found = f"“{text}”：{said}" if text else said
            yield Finding(kind, f"工作表“{sheet.name}” {cell}格", where, found, "没有批注", action)


def _words(comment: Comment) -> str:
    """What a comment says, in one line, without the name that Excel puts before it and what it says to old programs."""
    said = _THREAD.sub("", comment.said)
    first, stop, rest = said.partition("\n")
    said = rest if stop and _NAMED.fullmatch(first) else said
    if comment.who:
        said = re.sub(rf"\A\s*{re.escape(comment.who)}\s*[:：]", "", said)
    return " ".join(said.split())


def names_of(tables: Iterable[str]) -> set[str]:
    """The names of all files that may give these tables."""
    return {f"{table}.csv" for table in tables} | {f"{stem}{suffix}" for stem in (FORM, *tables) for suffix in SUFFIXES}


def held(folder: Path, tables: Iterable[str]) -> dict[str, str]:
    """The tables that a workbook of a report's folder gives → its name: the form, or a workbook of their own."""
    forms = [path.name for path in _workbooks(folder, FORM)]
    own = {table: [*forms, *(path.name for path in _workbooks(folder, table))] for table in tables}
    return {table: names[0] for table, names in own.items() if names}


def _workbooks(folder: Path, stem: str) -> list[Path]:
    return [path for suffix in SUFFIXES if os.path.lexists(path := folder / f"{stem}{suffix}")]
