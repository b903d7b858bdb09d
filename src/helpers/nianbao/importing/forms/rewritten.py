"""The form in a report's folder, written anew with what the copies of it say."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from nianbao.importing import facts
from nianbao.importing.flow import Grid
from nianbao.importing.forms.filled import FilledTable
from nianbao.inputs.cells import place_of, unread
from nianbao.inputs.form import book
from nianbao.inputs.form.entered import Entered, OfTable
from nianbao.inputs.placing import place
from nianbao.starting import starter
from nianbao.wording import UNFILLED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nianbao.importing.forms.filled import Filled
    from nianbao.importing.forms.joined import Carried, Joined
    from nianbao.importing.imported import Imported
    from nianbao.importing.taken import Taken
    from nianbao.inputs.report import Report
    from nianbao.paths import ReportPaths
    from nianbao.statute.tree import CellKey


def entered(made: Imported, joined: Joined, held: Filled, carried: Carried) -> Entered:
    """What the form is to hold: what was taken, and all that it holds already and that is in no doubt there.

    Doubtful facts are asked about.
    """
    tables: dict[str, OfTable] = {}
    for key in made.form.tables:
        before = held.tables.get(key)
        taken = _texts(made.taken[key]) if key in made.taken else {}
        known = made.taken[key].table.cells if key in made.taken else made.form.tables[key].cells
        there = before.cells.items() if before else ()
        texts = {at: one.text for at, one in there if one.text and not one.doubt and at in known} | {**taken}
        cells = {at: text for at, text in texts.items() if text != str(carried.get(key, {}).get(at))}
        tables[key] = OfTable(cells, joined.remarks.get(key, {}), joined.notes.get(key, []))
    rows = []
    for (sheet, line), (name, value, unit, note) in joined.flow.facts.items():
        said, why = unread(value)
        if why:
            made.ask(facts.UNREAD, f"事实 {name}（{sheet}第{line}行）：“{said}”，{why}")
        rows.append((name, "" if why else value, unit, note))
    return Entered(tables, rows)


def form(paths: ReportPaths, made: Imported, entered: Entered, previous: Report | None, carried: Carried) -> bytes:
    """form.xlsx."""
    named, name = starter.form_of(paths, previous, made.form)
    tables = {key: made.taken[key].table if key in made.taken else one for key, one in named.tables.items()}
    return book.made(named.with_tables(tables, {}), name, paths.year, previous, carried, entered)


def changes(made: Imported, entered: Entered, held: Filled, carried: Carried) -> list[str]:
    """What becomes other in the form, a line each: what stood there, what is to stand there, which may be nothing."""
    told: list[tuple[str, str, str]] = []
    for key, one in entered.tables.items():
        table, there = made.form.tables[key], held.tables.get(key) or FilledTable(Grid((), ""), "")
        gone = (at for at in there.told(carried.get(key, {})) if at not in one.cells)
        told += [(place_of(table, *at), there.cells[at].text, "") for at in gone]
        told += [
            (f"{table.name} {''.join(row[-1:])}的备注", said.text, "")
            for row, said in there.remarks.items()
            if row not in one.remarks
        ]
        told += [(f"{table.name}下面", line, "") for line in there.notes if line not in one.lines]
        cells = ((place_of(table, *at), there.cells.get(at), text) for at, text in one.cells.items())
        notes = (
            (f"{table.name} {''.join(row[-1:])}的备注", there.remarks.get(row), text) for row, text in one.remarks.items()
        )
        unknown = "读不准" if key in held.tables and held.tables[key] is None else ""
        told += [(name, said.text if said else unknown, text) for name, said, text in (*cells, *notes)]
        told += [(f"{table.name}下面", "" if line not in there.notes else line, line) for line in one.lines]
    known = {row[0]: _fact(row) for row in held.flow.facts.values()}
    told += [(f"事实 {row[0]}", known.get(row[0], ""), _fact(row)) for row in entered.facts]
    names = {row[0] for row in entered.facts}
    told += [(f"事实 {name}", text, "") for name, text in known.items() if name not in names]
    return [f"{name}：{before or '空白'} → {text or '空白'}" for name, before, text in told if before != text]


def _fact(row: Sequence[str]) -> str:
    _, value, unit, note = row
    return f"{value}{unit}{f'（{note}）' if note else ''}"


def _texts(taken: Taken) -> Mapping[CellKey, str]:
    """What each cell of a table is written as."""
    rows = [*csv.reader(io.StringIO(taken.csv))]
    at = {key: box for key, (box, _) in place(taken.table).cells.items()}
    return {key: text for key, box in at.items() if (text := rows[box.top][box.left]) not in {"", UNFILLED}}
