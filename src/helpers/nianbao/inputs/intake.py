"""The table files of one report → cells with state and source; no arithmetic."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from helpers import lookup, reading, statute
from helpers.cells import Cell, Intake, place_of, read_cell
from helpers.findings import Finding, Source, nearest
from helpers.sheet import read_csv
from helpers.wording import UNFILLED, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from helpers.params import ReportParams, Yaml
    from helpers.statute import Format, Table


WHOLE = "行名: {栏目名: 数字}，或“未知：原因”"
# Faults that say a table does not fit its format; it may fit another.
MISFITS = {"F201", "F204"}


def read_tables(folder: Path, form: Format, params: ReportParams, file: Yaml) -> dict[str, Intake]:
    """All statutory tables of one report, from their CSV files or from report.yaml; by table id."""
    result = {}
    for table in form.tables.values():
        path, inline = folder / f"{table.id}.csv", getattr(params, table.id)
        where = Source(path.name) if inline is None else file.source(table.id)
        if path.exists() and inline is not None:
            found = "CSV 文件和 report.yaml 各给了一次"
            twice = Finding("F108", table.name, where, found, "每张表给出一次", "只留一处")
            result[table.id] = Intake(faults=[twice])
        elif not path.exists() and inline is None:
            found = f"没有 {path.name}，report.yaml 里也没有 {table.id}"
            action = f"补上 {path.name}；无从得知的，在 report.yaml 写 {table.id}: 未知：原因"
            result[table.id] = Intake(faults=[Finding("F108", table.name, where, found, "每张表给出一次", action)])
        else:
            read = partial(_read_inline, inline, params, file) if inline is not None else partial(_read_file, path, params)
            result[table.id] = read(table)
            if any(fault.code in MISFITS for fault in result[table.id].faults):
                _recognise_format(read, where, form, table, params, result[table.id])
    return result


def _recognise_format(
    read: Callable[[Table], Intake], where: Source, form: Format, table: Table, params: ReportParams, intake: Intake
) -> None:
    """When another format's table fits the input without a fault, that is the one thing to say."""
    for other in statute.formats().values():
        theirs = other.with_rows(params.extra_rows).tables[table.id]
        if theirs.parts != table.parts and not any(fault.code in MISFITS for fault in read(theirs).faults):
            found, expected = f"{other.name}的{table.name}", f"{form.name}的{table.name}"
            action = f'换用{form.name}的表，或在 report.yaml 写 format: "{other.id}"'
            intake.faults[:] = [Finding("F203", table.name, where, found, expected, action)]
            intake.notes.clear()


def _read_file(path: Path, params: ReportParams, table: Table) -> Intake:
    return read_csv(path, table, params)


def _read_inline(raw: Any, params: ReportParams, file: Yaml, table: Table) -> Intake:
    """A table written in report.yaml: ``行: {栏: 值}`` (table 4: ``栏: 值``), or ``未知：原因`` for all of it."""
    intake = Intake()
    if isinstance(raw, str):
        _read_whole(table, raw, file, intake)
        return intake
    columns = {key: column[-1] for key, (_, column) in table.cells.items()}
    for path, text in _flatten(raw, (table.id,)):
        source, shown = file.source(*path), "/".join(path[1:])
        if not isinstance(text, str):
            place, expected = f"{table.name} {shown}".strip(), WHOLE if len(path) == 1 else "栏目名: 数字"
            intake.faults.append(Finding("F106", place, source, "一组没有名称的值", expected, "按“应为”一栏改写"))
            continue
        try:
            keys = lookup.locate(table, path[1:])
        except lookup.UnknownLabel as error:
            found, expected = f"“{shown}”对不上一格{nearest(error.step, error.known)}", "、".join(error.known)[:80]
            intake.faults.append(Finding("F201", table.name, source, found, expected, "改正名称，写全行名和栏名"))
            continue
        if len(keys) > 1 or keys[0] in intake.cells:
            found = f"“{shown}”{'不止一格' if len(keys) > 1 else '写了两次'}"
            intake.faults.append(Finding("F201", table.name, source, found, "每格写一次", "写全行名和栏名"))
            continue
        intake.cells[keys[0]] = read_cell(text, columns[keys[0]], params, source, place_of(table, *keys[0]), intake)
    for key in columns:
        intake.cells.setdefault(key, Cell(UNFILLED, source=file.source(table.id)))
    return intake


def _read_whole(table: Table, text: str, file: Yaml, intake: Intake) -> None:
    source = file.source(table.id)
    try:
        reason = reading.unknown_reason(text)
    except ValueError:
        reason = None
    if reason is None:
        intake.faults.append(Finding("F106", table.name, source, f"“{text}”", WHOLE, "按“应为”一栏改写"))
        return
    for key in table.cells:
        intake.cells[key] = Cell(UNKNOWN, source=source, reason=reason)


def _flatten(raw: Any, path: tuple[str, ...]) -> list[tuple[tuple[str, ...], Any]]:
    if isinstance(raw, dict):
        return [item for key, value in raw.items() for item in _flatten(value, (*path, key))]
    return [(path, "" if raw is None else raw)]
