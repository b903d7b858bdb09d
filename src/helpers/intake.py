"""The table files of one report → cells with state and source; no arithmetic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from helpers import lookup, reading, statute
from helpers.cells import Cell, Intake, place_of, read_cell
from helpers.findings import Finding, Source, nearest
from helpers.sheet import read_csv
from helpers.wording import UNFILLED, UNKNOWN

if TYPE_CHECKING:
    from pathlib import Path

    from helpers.params import ReportParams, Yaml
    from helpers.statute import Format, Table


def read_tables(folder: Path, form: Format, params: ReportParams, file: Yaml) -> dict[str, Intake]:
    """All statutory tables of one report, from their CSV files or from report.yaml; by table id."""
    result = {}
    for table in form.tables.values():
        path, inline = folder / f"{table.id}.csv", getattr(params, table.id)
        intake = result[table.id] = Intake()
        if path.exists() == (inline is not None):
            found = (
                "CSV 文件和 report.yaml 各给了一次"
                if inline is not None
                else f"没有 {path.name}，report.yaml 里也没有 {table.id}"
            )
            where = file.source(table.id) if inline is not None else Source(path.name)
            action = f"只留一处；或写 {table.id}: 未知：原因"
            intake.faults.append(Finding("F108", table.name, where, found, "每张表给出一次", action))
        elif inline is not None:
            _read_inline(table, inline, params, file, intake)
        else:
            result[table.id] = read_csv(path, table, params)
            if any(fault.code in {"F201", "F204"} for fault in result[table.id].faults):
                _recognise_format(path, form, table, params, result[table.id])
    return result


def _recognise_format(path: Path, form: Format, table: Table, params: ReportParams, intake: Intake) -> None:
    """When another format's table fits the file without a fault, that is the one thing to say."""
    for other in statute.formats().values():
        if other.id != form.id and other.tables[table.id].parts != table.parts:
            trial = read_csv(path, other.tables[table.id], params)
            if not any(fault.code in {"F201", "F204"} for fault in trial.faults):
                found, expected = f"{other.name}的{table.name}", f"{form.name}的{table.name}"
                action = f'换用{form.name}的表，或在 report.yaml 写 format: "{other.id}"'
                intake.faults[:] = [Finding("F203", table.name, Source(path.name), found, expected, action)]


def _read_inline(table: Table, raw: Any, params: ReportParams, file: Yaml, intake: Intake) -> None:
    """A table written in report.yaml: ``行: {栏: 值}`` (table 4: ``栏: 值``), or ``未知：原因`` for all of it."""
    if isinstance(raw, str):
        _read_whole(table, raw, file, intake)
        return
    columns = {(statute.labels_of(row), statute.labels_of(column)): column[-1] for _, row, column in table.cells()}
    for path, text in _flatten(raw, (table.id,)):
        source, shown = file.source(*path), "/".join(path[1:])
        try:
            keys = lookup.locate(table, path[1:])
        except lookup.UnknownLabel as error:
            found = f"“{shown}”不在本格式中{nearest(error.step, error.known)}"
            intake.faults.append(Finding("F201", table.name, source, found, "法定的行名和栏名", "改正名称"))
            continue
        if len(keys) > 1 or keys[0] in intake.cells:
            found = f"“{shown}”{'不止一格' if len(keys) > 1 else '写了两次'}"
            intake.faults.append(Finding("F201", table.name, source, found, "每格写一次", "写全行名和栏名"))
            continue
        intake.cells[keys[0]] = read_cell(text, columns[keys[0]], params, source, place_of(table, *keys[0]), intake)
    for key in columns:
        intake.cells.setdefault(key, Cell(UNFILLED, source=file.source(table.id)))


def _read_whole(table: Table, text: str, file: Yaml, intake: Intake) -> None:
    source = file.source(table.id)
    try:
        reason = reading.unknown_reason(text)
    except ValueError:
        reason = None
    if reason is None:
        intake.faults.append(
            Finding("F106", table.name, source, f"“{text}”", "行名: {栏目名: 数字}，或“未知：原因”", "按“应为”一栏改写")
        )
        return
    for _, row, column in table.cells():
        intake.cells[statute.labels_of(row), statute.labels_of(column)] = Cell(UNKNOWN, source=source, reason=reason)


def _flatten(raw: Any, path: tuple[str, ...]) -> list[tuple[tuple[str, ...], str]]:
    if isinstance(raw, dict):
        return [item for key, value in raw.items() for item in _flatten(value, (*path, key))]
    return [(path, "" if raw is None else str(raw))]
