"""Read the tables of one report into cells with state and source; nothing is summed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from nianbao import reading
from nianbao.findings import Finding, Kind, Severity, Source, nearest
from nianbao.inputs.cells import Cell, TableInput, place_of, read_cell
from nianbao.inputs.files.csv import read_csv
from nianbao.inputs.grid import EXTRA, MISPLACED, read_grid
from nianbao.statute import names
from nianbao.wording import UNFILLED, UNKNOWN
from nianbao.yamlfile import BAD_VALUE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nianbao.inputs.contract import ReportParams
    from nianbao.statute.formats import Format, Library
    from nianbao.statute.tree import Table
    from nianbao.yamlfile import YamlFile


TWICE_OR_NEVER = Kind("F108", Severity.FAULT, "表格缺失或给出两次")
OTHER_FORMAT = Kind("F203", Severity.FAULT, "表格属于另一种格式")

WHOLE = "行名: {栏目名: 数字}，或“未知：原因”"
# Faults that say a table does not fit its format; it may fit another.
MISFITS = {MISPLACED, EXTRA}


def read_tables(folder: Path, form: Format, others: Library, params: ReportParams, file: YamlFile) -> dict[str, TableInput]:
    """All statutory tables of one report, from their CSV files or from report.yaml; by table id."""
    return {table.id: _read_table(table, folder, form, others, params, file) for table in form.tables.values()}


def _read_table(
    table: Table, folder: Path, form: Format, others: Library, params: ReportParams, file: YamlFile
) -> TableInput:
    path, inline = folder / f"{table.id}.csv", file.data.get(table.id)
    where = Source(path.name) if inline is None else file.source(table.id)
    if path.exists() == (inline is not None):
        found, action = "CSV 文件和 report.yaml 各给了一次", "只留一处"
        if inline is None:
            found = f"没有 {path.name}，report.yaml 里也没有 {table.id}"
            action = f"补上 {path.name}；无从得知的，在 report.yaml 写 {table.id}: 未知：原因"
        return TableInput(faults=[Finding(TWICE_OR_NEVER, table.name, where, found, "每张表给出一次", action)])
    read = partial(_read_inline, inline, params, file) if inline is not None else partial(_read_file, path, params)
    result = read(table)
    if any(fault.kind in MISFITS for fault in result.faults):
        _recognise_format(read, where, form, others, table, params, result)
    return result


def _recognise_format(
    read: Callable[[Table], TableInput],
    where: Source,
    form: Format,
    others: Library,
    table: Table,
    params: ReportParams,
    into: TableInput,
) -> None:
    """When another format's table fits the input, one fault that says so replaces all faults and notes."""
    for other in others.formats.values():
        theirs = other.with_rows(params.extra_rows).tables.get(table.id)
        if theirs is None or theirs.parts == table.parts:
            continue
        if not any(fault.kind in MISFITS for fault in read(theirs).faults):
            found, expected = f"{other.name}的{theirs.name}", f"{form.name}的{table.name}"
            action = f'换用{form.name}的表，或在 report.yaml 写 format: "{other.id}"'
            into.faults[:] = [Finding(OTHER_FORMAT, table.name, where, found, expected, action)]
            into.notes.clear()


def _read_file(path: Path, params: ReportParams, table: Table) -> TableInput:
    into = TableInput()
    rows = read_csv(path, into)
    if rows is not None:
        read_grid(rows, path.name, table, params, into)
    return into


def _read_inline(raw: Any, params: ReportParams, file: YamlFile, table: Table) -> TableInput:
    """A table written in report.yaml: ``行: {栏: 值}`` (without row names ``栏: 值``), or ``未知：原因`` for all of it."""
    into = TableInput()
    if isinstance(raw, str):
        _read_whole(table, raw, file, into)
        return into
    columns = {key: column[-1] for key, (_, column) in table.cells.items()}
    for path, text in _flatten(raw, (table.id,)):
        source, shown = file.source(*path), "/".join(path[1:])
        if not isinstance(text, str):
            place, expected = f"{table.name} {shown}".strip(), WHOLE if len(path) == 1 else "栏目名: 数字"
            into.faults.append(Finding(BAD_VALUE, place, source, "一组没有名称的值", expected, "按“应为”一栏改写"))
            continue
        try:
            keys = names.locate(table, path[1:])
        except names.UnknownLabel as error:
            found, expected = f"“{shown}”对不上一格{nearest(error.step, error.known)}", "、".join(error.known)[:80]
            into.faults.append(Finding(MISPLACED, table.name, source, found, expected, "改正名称，写全行名和栏名"))
            continue
        if len(keys) > 1 or keys[0] in into.cells:
            found = f"“{shown}”{'不止一格' if len(keys) > 1 else '写了两次'}"
            into.faults.append(Finding(MISPLACED, table.name, source, found, "每格写一次", "写全行名和栏名"))
            continue
        into.cells[keys[0]] = read_cell(text, columns[keys[0]], params, source, place_of(table, *keys[0]), into)
    for key in columns:
        into.cells.setdefault(key, Cell(UNFILLED, source=file.source(table.id)))
    return into


def _read_whole(table: Table, text: str, file: YamlFile, into: TableInput) -> None:
    source = file.source(table.id)
    try:
        reason = reading.unknown_reason(text)
    except ValueError:
        reason = None
    if reason is None:
        into.faults.append(Finding(BAD_VALUE, table.name, source, f"“{text}”", WHOLE, "按“应为”一栏改写"))
        return
    for key in table.cells:
        into.cells[key] = Cell(UNKNOWN, source=source, reason=reason)


def _flatten(raw: Any, path: tuple[str, ...]) -> list[tuple[tuple[str, ...], Any]]:
    if isinstance(raw, dict):
        return [item for key, value in raw.items() for item in _flatten(value, (*path, key))]
    return [(path, "" if raw is None else raw)]
