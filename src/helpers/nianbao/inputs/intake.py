"""Read the tables of one report into cells with state and source; nothing is summed."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from nianbao import reading
from nianbao.findings import Finding, Kind, Severity, Source, nearest
from nianbao.inputs.asides import left_out, remarks
from nianbao.inputs.cells import NOT_A_NUMBER, Aside, Cell, TableInput, gathered, place_of, read_cell
from nianbao.inputs.contract import TableSettings
from nianbao.inputs.grid import MISPLACED
from nianbao.inputs.layout import title_key
from nianbao.inputs.oddlabels import ODD
from nianbao.inputs.persons import published
from nianbao.inputs.sheets import on_sheet, without_merged
from nianbao.inputs.shifted import LOST
from nianbao.inputs.sources import FORM
from nianbao.inputs.variants import MISFITS, Variant, read_grid
from nianbao.statute import names
from nianbao.statute.tree import repeated
from nianbao.wording import UNFILLED, UNKNOWN
from nianbao.yamlfile import BAD_VALUE, EVERY
from nianbao.yamltyped import typed

if TYPE_CHECKING:
    from nianbao.inputs.contract import ReportParams
    from nianbao.inputs.sources import Given, Sources
    from nianbao.statute.formats import Format, Library
    from nianbao.statute.tree import Labels, Table
    from nianbao.yamlfile import YamlFile


TWICE_OR_NEVER = Kind("F108", Severity.FAULT, "表格缺失或给出两次")
OTHER_FORMAT = Kind("F203", Severity.FAULT, "表格属于另一种格式")
MIXED = Kind("W205", Severity.WARNING, "混用两种格式")
OTHER = Kind("I112", Severity.NOTE, "采用另一种格式的表")

WHOLE = "行名: {栏目名: 数字}，或“未知：原因”"
_FORM = re.compile(rf"\b{FORM}\.(?:xlsx?|ods)\b")
SETTINGS = tuple(TableSettings.model_fields)


def read_tables(
    sources: Sources, form: Format, others: Library, params: ReportParams, file: YamlFile
) -> dict[str, TableInput]:
    """All statutory tables of one report by table id, each from a file of its own, from a form or from report.yaml.

    A table or a part that names its format (``format:`` beside it) is read in that one, another in the one whose headings it
    has. That is said; a report whose tables are all of another format is faulty.
    """
    given = {table.id: _Given(table, sources, form, others, params, file) for table in form.tables.values()}
    read = {key: one.read() for key, one in given.items()}
    foreign = {key for key, one in read.items() if one.formats}
    mixed = any(given[key].is_own(one) for key, one in read.items()) or any(given[key].declared for key in foreign)
    for key in sorted(foreign):
        given[key].say(read[key], mixed)
    for key, one in read.items():
        one.leave_unread(one.table or given[key].table)
        # One line for the cells that hold the same text, such as a column of formulas without results.
        alike = [fault for fault in one.faults if fault.kind is NOT_A_NUMBER] if given[key].given else []
        one.faults = [fault for fault in one.faults if fault not in alike] + gathered(alike, given[key].table)
    return read


def form_gone(file: YamlFile, form: Format, tables: dict[str, TableInput]) -> Finding | None:
    """The fault of a form that report.yaml speaks of and that is not there, where nothing else gives a table either."""
    named = _FORM.search(file.text)
    if not named or not all({fault.kind for fault in one.faults} == {TWICE_OR_NEVER} for one in tables.values()):
        return None
    found = f"没有 {named[0]}；report.yaml 说表格在它里面，表格和其中的事实都读不到"
    files = "、".join(f"{table}.csv" for table in form.tables)
    action = f"把 {named[0]} 放回本文件夹，文件名不变；改用 CSV 的，补上 {files}，并改 report.yaml 的说明"
    return Finding(TWICE_OR_NEVER, "填报表", Source(named[0]), found, f"{named[0]} 在 report.yaml 旁边", action)


def is_inline(given: Any) -> bool:
    """Whether what report.yaml says of a table is the table itself, and not only how it is read."""
    return given is not None and not (isinstance(given, dict) and given and set(given) <= set(SETTINGS))


class _Given:
    """One table as it was given: its one source, and the format that stands beside it."""

    def __init__(
        self, table: Table, sources: Sources, form: Format, others: Library, params: ReportParams, file: YamlFile
    ) -> None:
        self.table, self.form, self.others, self.params, self.file = table, form, others, params, file
        raw = file.data.get(table.id)
        beside = {key: raw[key] for key in SETTINGS if key in raw} if isinstance(raw, dict) else {}
        inline = {key: value for key, value in raw.items() if key not in SETTINGS} if isinstance(raw, dict) else raw
        self.inline = inline if is_inline(raw) else None
        self.given = sources.given(table.id)
        forms = [one.name for one in sources.forms]
        self.where = file.source(table.id) if self.inline is not None else Source(forms[0] if forms else f"{table.id}.csv")
        self.lacking = f"{forms[0]} 的{table.name}" if forms else f"{table.id}.csv"
        if self.given and self.inline is None:
            self.where = self.given[0].where
        # What a form holds that cannot be read, or a key that nobody knows, may be the table.
        may_be = (table.id,) in file.unread or any(one.faults for one in sources.forms)
        self.is_lost = not self.given and self.inline is None and may_be
        # As a file of its own, so that a fault in it names its line.
        lines = {path[1:]: line for path, line in file.lines.items() if path[:1] == (table.id,)}
        about = replace(file, data=beside, lines=lines, faults=[])
        self.settings = typed(TableSettings, about) or TableSettings.model_validate({})
        self.faults = about.faults
        self.declared = bool(self.settings.format)

    def read(self) -> TableInput:
        sources = [*map(str, self.given), *(["report.yaml"] if self.inline is not None else [])]
        if self.is_lost:
            return TableInput(faults=self.faults)
        if len(sources) != 1:
            found, action = f"{' 和 '.join(sources)} 各给了一次", "只留一处；看不见的工作表，先取消隐藏"
            if not sources:
                empty = f"的 {self.table.id} 没有数据" if self.file.data.get(self.table.id) else f"也没有 {self.table.id}"
                found = f"没有 {self.lacking}，report.yaml 里{empty}"
                action = f"补上 {self.lacking}；无从得知的，在 report.yaml 写 {self.table.id}: 未知：原因"
            fault = Finding(TWICE_OR_NEVER, self.table.name, self.where, found, "每张表给出一次", action)
            return TableInput(faults=[fault, *self.faults])
        variants = self._variants()
        result = self._read_inline(variants) if self.inline is not None else self._read_rows(variants, self.given[0])
        result.faults += self.faults
        result.asides += [Aside(text, True, self.file.source(self.table.id, "notes")) for text in self.settings.notes]
        return result

    def is_own(self, read: TableInput) -> bool:
        """Whether a part of the table was read in the report's format that no other format has."""
        parts = read.table.parts if read.table else ()
        theirs = [part for other in self._tables()[1:] for part in other.table.parts]
        return any(part in self.table.parts and part not in theirs for part in parts) and not read.faults

    def say(self, read: TableInput, mixed: bool) -> None:
        """Say that a table, or parts of it, are of another format; where the whole report is, that is its only fault.

        A format that stands beside the table is a note, one that its headings alone tell is a warning.
        """
        other = self.others.formats[next(iter(read.formats.values()))]
        ours, theirs = f"{self.form.name}的{self.table.name}", f"{other.name}的{self.table.name}"
        if not mixed:
            action = f'换用{self.form.name}的表，或在 report.yaml 写 format: "{other.id}"'
            read.faults[:] = [Finding(OTHER_FORMAT, self.table.name, self.where, theirs, ours, action)]
            read.notes.clear()
            return
        parts = "、".join(filter(None, read.formats))
        shown = f"{parts}是{other.name}的栏目" if parts else theirs
        if self.declared:
            read.notes.append(Finding(OTHER, self.table.name, self.where, shown, "", "无须处理；按该格式的勾稽关系核对"))
            return
        example = f'{{{parts.split("、")[0]}: "{other.id}"}}' if parts else f'"{other.id}"'
        action = f"已按各自的栏目读入，原样印出；确是如此的，在 report.yaml 写 {self.table.id}: {{format: {example}}}"
        read.notes.append(Finding(MIXED, self.table.name, self.where, shown, ours, action))

    def _tables(self) -> list[Variant]:
        """The table in the report's format, then in the others."""
        others = [one for one in self.others.formats.values() if one.id != self.form.id]
        own_words = [one.with_rows(self.params.extra_rows).with_term(self.form.term) for one in others]
        tables = [(one.id, one.tables.get(self.table.id)) for one in own_words]
        return [Variant(self.form.id, self.table), *(Variant(key, table) for key, table in tables if table)]

    def _variants(self) -> list[Variant]:
        """The formats the table may be read in, the likeliest first; a format that cannot be used adds a fault."""
        known = {one.format: one for one in self._tables()}
        if not self.declared:
            return list(known.values())
        titles = {title_key(part.title): part.title for one in known.values() for part in one.table.parts}
        chosen: dict[str, str] = {}
        for title, key in self.settings.format.items():
            if key not in known:
                self._no_format(title, f"“{key}”", "、".join(known), "改用有这张表的格式")
            elif title == EVERY:
                return [known[key]]
            elif not title or title_key(title) not in titles:
                shown = f"“{title}”{nearest(title, titles.values())}"
                self._no_format(title, shown, "、".join(filter(None, titles.values())) or "格式编号", "写该部分的标题")
            else:
                chosen[title_key(title)] = key
        own = replace(known[self.form.id], only=frozenset(set(titles) - set(chosen)))
        return [own, *(
            replace(one, only=frozenset(title for title, key in chosen.items() if key == one.format))
            for one in known.values() if one.format in chosen.values()
        )]  # fmt: skip

    def _no_format(self, title: str, found: str, expected: str, action: str) -> None:
        source = self.file.source(self.table.id, "format", *([title] if title != EVERY else []))
        self.faults.append(Finding(BAD_VALUE, f"{self.table.name} · 格式", source, found, expected, action))

    def _read_rows(self, variants: list[Variant], source: Given) -> TableInput:
        region = source.region
        if region is None:
            return TableInput(faults=source.faults, notes=source.notes)
        own = Variant(self.form.id, self.table)
        beside = (self.params, self.form.term, region.is_placed, region.marks)
        result = read_grid(region.rows, source.file, own, variants, *beside)
        result.is_placed = region.is_placed
        beside_figures = (odd for key, odd in result.odd.items() if result.cells[key].state != UNFILLED)
        for odd in dict.fromkeys(beside_figures):
            action = "对照原件：这些数不算的，删去；算的，把名称改得看得清、没有删去线和修订"
            result.faults.append(Finding(ODD, self.table.name, odd.source, odd.said, "看得清、没有删去的名称", action))
        without_merged(result, region)
        if _is_begun(result):
            result.notes = [note for note in result.notes if note.kind is not LOST]
        around = [aside for aside in result.asides if not aside.printed]
        noted = remarks(source.file, region.remarks)
        result.asides += noted
        result.notes += left_out(self.table.name, around, noted)
        # Findings and report.json are published: who filled the table in is named in neither.
        kept = (aside if aside.printed else replace(aside, text=published(aside.text)) for aside in result.asides)
        result.asides = [aside for aside in kept if aside.text]
        if region.sheet:
            on_sheet(result, region.sheet)
        result.faults[:0], result.notes[:0] = source.faults, source.notes
        return result

    def _read_inline(self, variants: list[Variant]) -> TableInput:
        """A table in report.yaml: ``行: {栏: 值}`` (without row names ``栏: 值``), or ``未知：原因`` for all of it."""
        first: TableInput | None = None
        for variant in variants:
            table = variant.table
            if isinstance(self.inline, dict):
                times = {key: len(value) for key, value in self.inline.items() if isinstance(value, list)}
                table = replace(table, parts=tuple(replace(part, rows=repeated(part.rows, times)) for part in table.parts))
            into = TableInput(table=table)
            if isinstance(self.inline, str):
                _read_whole(table, self.inline, self.file, into)
            else:
                _read_named(table, self.inline, self.params, self.file, into)
            if variant.format != self.form.id and table.parts != self.table.parts:
                into.formats = {"": variant.format}
            if isinstance(self.inline, str) or not any(fault.kind in MISFITS for fault in into.faults):
                return into
            first = first or into
        assert first
        return first


def _is_begun(read: TableInput) -> bool:
    """Whether a table is still being filled in: a row is blank, so that blanks at the end of another tell nothing."""
    states: dict[Labels, set[str]] = {}
    for (row, _), cell in read.cells.items():
        states.setdefault(row, set()).add(cell.state)
    return {UNFILLED} in states.values()


def _read_named(table: Table, raw: Any, params: ReportParams, file: YamlFile, into: TableInput) -> None:
    columns = {key: column[-1] for key, (_, column) in table.cells.items()}
    for path, text in _flatten(raw, (table.id,)):
        source, shown = file.source(*path), "/".join(map(str, path[1:]))
        if not isinstance(text, str):
            place, expected = f"{table.name} {shown}".strip(), WHOLE if len(path) == 1 else "栏目名: 数字"
            into.faults.append(Finding(BAD_VALUE, place, source, "一组没有名称的值", expected, "按“应为”一栏改写"))
            continue
        steps = tuple(f"第{step + 1}行" if isinstance(step, int) else step for step in path[1:])
        try:
            keys = names.locate(table, steps)
        except names.UnknownLabel as error:
            found, expected = f"“{shown}”对不上一格{nearest(error.step, error.known)}", "、".join(error.known)[:80]
            into.faults.append(Finding(MISPLACED, table.name, source, found, expected, "改正名称，写全行名和栏名"))
            continue
        if len(keys) > 1 or keys[0] in into.cells:
            found = f"“{shown}”{'不止一格' if len(keys) > 1 else '写了两次'}"
            into.faults.append(Finding(MISPLACED, table.name, source, found, "每格写一次", "写全行名和栏名"))
            continue
        into.cells[keys[0]] = read_cell(text, columns[keys[0]], params, source, partial(place_of, table, *keys[0]), into)
    for key in columns:
        into.cells.setdefault(key, Cell(UNFILLED, source=file.source(table.id)))
    into.notes = gathered(into.notes, table)


def _read_whole(table: Table, text: str, file: YamlFile, into: TableInput) -> None:
    source = file.source(table.id)
    try:
        unknown = reading.unknown(text)
    except ValueError:
        unknown = None
    if unknown is None:
        into.faults.append(Finding(BAD_VALUE, table.name, source, f"“{text}”", WHOLE, "按“应为”一栏改写"))
        return
    for key in table.cells:
        into.cells[key] = Cell(UNKNOWN, source=source, reason=unknown.reason)


Steps = tuple["str | int", ...]


def _flatten(raw: Any, path: Steps) -> list[tuple[Steps, Any]]:
    """Every value with its path; a list of mappings is the lines of a row that stands several times."""
    if isinstance(raw, dict):
        return [item for key, value in raw.items() for item in _flatten(value, (*path, key))]
    if isinstance(raw, list) and len(path) > 1 and raw and all(isinstance(item, dict) for item in raw):
        if len(raw) == 1:
            return _flatten(raw[0], path)
        return [item for index, one in enumerate(raw) for item in _flatten(one, (*path, index))]
    return [(path, "" if raw is None else raw)]
