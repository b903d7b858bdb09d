"""One statutory table of a flow → its cells, as the kit reads a CSV, with everything that was made of what stands there."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from nianbao import reading
from nianbao.checks import bracketed, disowned, whose
from nianbao.findings import Source
from nianbao.importing import misprints, underheads, units
from nianbao.importing.counted import is_part_title
from nianbao.importing.places import Places
from nianbao.importing.rules import rule_of, written
from nianbao.importing.taken import Change, Doubt, Taken
from nianbao.importing.workbooks import formulas
from nianbao.inputs.cells import NO_UNIT, NOT_A_NUMBER, Cell, place_of, unread
from nianbao.inputs.contract import ReportParams
from nianbao.inputs.csvlayout import to_csv
from nianbao.inputs.persons import without_persons
from nianbao.inputs.shifted import LOST
from nianbao.inputs.strays import EXTRA
from nianbao.inputs.variants import Variant, read_grid
from nianbao.wording import LAST_YEAR, NOT_APPLICABLE, UNFILLED, column_letter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.importing.copies import Copy
    from nianbao.importing.flow import Grid, Place
    from nianbao.inputs.cells import TableInput
    from nianbao.statute.formats import Format, Library
    from nianbao.statute.tree import CellKey, Labels

_UNFIT = "这一行或这一部分对不上栏目"
_OF_ANOTHER = "“{line}”写明不是本报告的数，或还没有定"
_PIECES = {"年", "月", "日", "校验", "核对", "验证"}
_COMPARES, _WORDS = re.compile(f"(?:{LAST_YEAR})(?!.*结转)|^(?:同期|[同环]比|增减|增长)"), re.compile("[:(),;、]")
_MERGED = "合并的单元格，不知属于哪一栏"


def take(copy: Copy, form: Format, library: Library) -> Taken:
    """Read one copy of a table in the format, or part by part in the one, whose heads it has."""
    table = form.tables[copy.table]
    tables = [one.tables[copy.table] for one in (form, *library.formats.values()) if copy.table in one.tables]
    misread = misprints.read([cell for piece in copy.pieces for row in piece.rows for cell in piece.grid.rows[row]], tables)
    places = Places(copy, table, all(part.head_depth == 1 and part.stub_depth < 2 for part in table.parts), misread)
    taken = _take(copy, places, form, library)
    if taken.faults and any(piece.grid.merged for piece in copy.pieces):
        # Edges that are off by a sliver make columns that only some rows have: then the cells are counted.
        counted = _take(copy, Places(copy, table, True, misread), form, library)
        return taken if counted.faults else counted
    return taken


def _take(copy: Copy, places: Places, form: Format, library: Library) -> Taken:
    local: dict[str, list[str]] = {}
    read = _read(copy.table, places, form, library, local)
    for title, label in (one for one in read.locals if not is_part_title(one[1])):
        rows = [row for _, row in places.rows if label in row and any(map(reading.is_figure, row))]
        if (
            rows
            and not any(map(_is_beside, rows))
            and not any(char.isdigit() for char in label)
            and label not in _rows_of(read)
            and not _is_of_others(label, *copy.wanted)
        ):
            local.setdefault(title, []).append(label)
    if local:
        read = _read(copy.table, places, form, library, local)
    assert read.table
    raw = "\n".join("\t".join(row) for _, row in places.rows)
    taken = Taken(read.table, "", dict(read.cells), read.formats, local, whole=raw)
    taken.apart = underheads.apart(taken, places.cell)
    taken.misprints = [f"{copy.place}：“{typed}”读作“{label}”" for typed, label in places.misread.items()]
    taken.taken_for = [f"{copy.place}：“{typed}”读作“{label}”" for typed, label in dict.fromkeys(read.taken_for)]
    _sort_merged(places, taken)
    _sort_faults(read, places, taken)
    _sort_cells(read, places, copy, taken)
    taken.formulas, taken.takings = formulas.named(taken, places), formulas.takings(taken, places)
    taken.left_out += [(places.named(aside.source), aside.text) for aside in read.asides if not aside.printed]
    taken.left_out += places.lost_remarks(read)
    printed = [aside.text for aside in read.asides if aside.printed]
    taken.csv = to_csv(read.table, _texts(taken, places), read.labels, printed, places.remarks(read))
    with_units = {cell.source for cell in taken.cells.values() if cell.unit}
    told = (note for note in read.notes if note.kind not in {NO_UNIT, LOST} or note.source not in with_units)
    taken.notes = [replace(note, source=Source(places.named(note.source))) for note in told]
    return taken


def _read(table: str, places: Places, form: Format, library: Library, local: dict[str, list[str]]) -> TableInput:
    others = [one.with_term(form.term) for one in library.formats.values() if one.id != form.id]
    forms = [one.with_rows({table: local}) for one in (form, *others) if table in one.tables]
    variants = [Variant(one.id, one.tables[table]) for one in forms]
    return read_grid(
        places.rows,
        "原件",
        own=variants[0],
        variants=variants,
        params=ReportParams.model_validate({}),
        term=form.term,
        is_placed=places.are_given,
        marks=places.marks,
        said=places.said,
    )


def _is_beside(row: Sequence[str]) -> bool:
    """Whether a row with figures is none of a table: who filled it in, a day in pieces, the columns' numbers, a check."""
    cells = [cell for cell in map(str.strip, row) if cell]
    numbers = [cell for cell in cells if reading.is_figure(cell)]
    is_told = any(cell[-1] in "：:" or cell in _PIECES or without_persons(cell)[1] for cell in cells)
    is_counted = len(numbers) > 1 and numbers == [str(at + 1) for at in range(len(numbers))]
    return is_told or is_counted


def _is_of_others(label: str, year: int, name: str) -> bool:
    """Whether a row's label says that its figures are last year's, compared with these, of a part of a year, or a body's.

    The words in brackets, and those behind 其中：, count by themselves.
    """
    whole = disowned.compared(label)
    return any(
        _COMPARES.search(one)
        or disowned.is_no_whole_year(one, year, is_of_rows=True)
        or (bool(name) and not whose.adds_up(name) and whose.is_anothers(one, name, is_sheet=True))
        for one in (whole, *_WORDS.split(whole))
        if one
    )


def _rows_of(read: TableInput) -> set[str]:
    """The rows and heads of all parts: one that stands in another part than its own is no row of the bureau's own."""
    parts = read.table.parts if read.table else ()
    return {node.label for part in parts for chain in part.row_chains for node in chain} | {part.stub for part in parts}


def _sort_faults(read: TableInput, places: Places, taken: Taken) -> None:
    """Empty the cells that a fault leaves uncertain."""
    for fault in [*read.faults, *(note for note in read.notes if note.kind is LOST)]:
        if fault.kind is not NOT_A_NUMBER:
            said = _MERGED if fault.kind is EXTRA and places.has_merged_text(fault.source) else fault.found
            taken.faults.append(replace(fault, source=Source(places.named(fault.source) or "原件"), found=said))
    rows: dict[Labels, list[CellKey]] = {}
    for key in taken.cells:
        if key in read.unsure:
            rows.setdefault(key[0], []).append(key)
    for keys in rows.values():
        sources = [read.cells[key].source for key in keys]
        if any(map(places.text, sources)):
            # Where the columns are not certain, no text of the row is any column's.
            why = Doubt(places.named(sources[0].row if sources[0] else None), places.row(sources[0]), _UNFIT, True)
            made = (dict.fromkeys(keys, why) | places.doubts(read, keys)).items()
            taken.doubtful |= {key: one for key, one in made if key not in taken.doubtful}
        taken.cells |= dict.fromkeys(keys, Cell(UNFILLED))


def _sort_merged(places: Places, taken: Taken) -> None:
    """Empty the cells that one merged cell covers where text stands in it: nobody knows whose it is."""
    areas: dict[tuple[int, Place], list[tuple[CellKey, Grid]]] = {}
    own: set[tuple[int, Place]] = set()  # the areas that are one cell of the statutory table
    for key, cell in taken.cells.items():
        if found := places.cell(cell.source):
            grid, place = found[0].grid, found[1:]
            area = id(grid), grid.merged.get(place, place)
            areas.setdefault(area, []).append((key, grid))
            own |= {area} if area[1] == place else set()
    for area, some in areas.items():
        (row, column), grid = area[1], some[0][1]
        text = "" if row < 0 or (len(some) == 1 and area in own) else grid.rows[row][column]
        for key, _ in some if text else ():
            named = f"{grid.place} {column_letter(column)}{grid.number(row)}格"
            taken.doubtful[key] = Doubt(named, text, _MERGED)
            taken.cells[key] = Cell(UNFILLED)


def _sort_cells(read: TableInput, places: Places, copy: Copy, taken: Taken) -> None:
    known = {fault.source: fault.found for fault in read.faults if fault.kind is NOT_A_NUMBER}
    _sort_labels(read, places, taken)
    nearby = units.Units(copy)
    for key, cell in list(taken.cells.items()):
        column = taken.table.cells[key][1][-1]
        unit, line = nearby.said_once(places.cell(cell.source), cell, column)
        if unit:
            taken.cells[key], taken.units[key] = (cell := replace(cell, unit=unit)), unit
        name, text = place_of(taken.table, *key), places.text(cell.source)
        said, odd = unread(text)
        # What a fault has found is the cell's text, which stands beside it, and why it cannot be read.
        why = odd or places.doubt(cell.source) or known.get(cell.source, "").removeprefix(f"“{text}”").strip("（）")
        why = why or ("" if unit else nearby.doubt(places.cell(cell.source), cell, column))
        if (of_another := places.disowned(cell.source)) and text:
            row = cell.source.row if cell.source else None
            taken.doubtful[key] = Doubt(places.named(row), places.row(row), _OF_ANOTHER.format(line=of_another), True)
            taken.cells[key] = Cell(UNFILLED)
        elif why:
            taken.doubtful[key] = Doubt(places.named(cell.source), said if odd else text, why)
            taken.cells[key] = Cell(UNFILLED)
        elif cell.state == UNFILLED:
            taken.blanks += [key] if cell.source and cell.source.cell else []
        else:
            made = written(text, cell, column, unit)
            if made != text:
                rule = f"单位按“{line}”" if unit else rule_of(text, cell)
                taken.changes.append(Change(name, places.named(cell.source), text, made, rule))
            elif cell.state == NOT_APPLICABLE != text:
                taken.marks.add(reading.plain(text))


def _sort_labels(read: TableInput, places: Places, taken: Taken) -> None:
    """Empty the cells of rows and columns whose labels are struck, or unseen, or have words in brackets.

    These may say that the figures are none of ours.
    """
    said = bracketed.odd(taken.table, read.labels, *places.copy.wanted)
    odd = {key: (bracketed.WHY.format(label=one.label), one.is_row) for key, one in said.items()}
    odd |= {key: (one.said, one.is_row) for key, one in read.odd.items() if key in taken.cells}
    alike: dict[tuple[str, bool], list[CellKey]] = {}
    for key in odd:
        if places.text(taken.cells[key].source):
            alike.setdefault(odd[key], []).append(key)
    for (why, is_row), keys in alike.items():
        # The label of a group is one question, as a head is.
        is_row = is_row and len({row for row, _ in keys}) == 1
        texts = "，".join(places.text(taken.cells[key].source) for key in keys)
        for source, key in [(taken.cells[key].source, key) for key in keys]:
            place = places.named(source.row if is_row and source else source)
            taken.doubtful[key] = Doubt(place, places.row(source) if is_row else texts, why, is_row)
        taken.cells |= dict.fromkeys(keys, Cell(UNFILLED))


def _texts(taken: Taken, places: Places) -> dict[CellKey, Any]:
    """What each cell is written as; blank is only what is blank in the file.

    A row with blanks may be read as one that lost them, and ``marks`` may say that blanks are 0.
    """
    made: dict[CellKey, Any] = {
        key: written(places.text(cell.source), cell, taken.table.cells[key][1][-1], taken.units.get(key, ""))
        for key, cell in taken.cells.items()
        if cell.state != UNFILLED
    }
    return dict.fromkeys(taken.cells.keys() - taken.blanks, UNFILLED) | made
