"""The statutory tables of a file that came back, compared with those that its reviewer was given and with the folder's."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.inputs.cells import place_of
from nianbao.wording import UNFILLED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.importing.imported import Imported
    from nianbao.importing.taken import Taken
    from nianbao.inputs.cells import Cell
    from nianbao.inputs.report import Report
    from nianbao.statute.tree import CellKey

CELLS = "稿子改了表里的数，没有写进表格文件：改表，或不改"
BESIDE = "稿子改了表格的栏目、注或旁边的文字，没有写进表格文件：照稿子改，或不改"
GONE = "稿子里没有下列表格：核对"


def asked(report: Report, base: Imported, theirs: Imported) -> Iterator[tuple[str, str]]:
    """Each question about a cell, a note or a table that the reviewer changed, with both values."""
    for key, given in base.taken.items():
        name = report.format.tables[key].name
        taken = theirs.taken.get(key)
        if taken is None:
            yield GONE, name
            continue
        for place in dict.fromkeys((*given.cells, *taken.cells)):
            here = report.cell(key, place)
            said = _said(taken, place)
            if said not in {_said(given, place), _shown(here)}:
                yield CELLS, f"{place_of(taken.table, *place)}：稿子是{said}，{_file(here)}是{_shown(here)}"
        before, after = _texts(given), _texts(taken)
        yield from ((BESIDE, f"{name}：稿子写“{one}”，印的没有") for one in after if one not in before)
        yield from ((BESIDE, f"{name}：印的是“{one}”，稿子没有") for one in before if one not in after)
    for key in theirs.taken:
        if key not in base.taken:
            yield BESIDE, f"稿子多出{theirs.form.tables[key].name}"


def _said(taken: Taken, place: CellKey) -> str:
    """What a file says in a cell; what cannot be taken as it stands, with the reason."""
    doubt = taken.doubtful.get(place)
    return f"“{doubt.found}”（{doubt.why}）" if doubt and doubt.found else _shown(taken.cells.get(place))


def _shown(cell: Cell | None) -> str:
    if cell is None:
        return "没有"
    return cell.shown or (f"{cell.value}{cell.unit}" if cell.value is not None else cell.state)


def _file(cell: Cell | None) -> str:
    return f"{cell.source.file}" if cell and cell.source else "这里"


def _texts(taken: Taken) -> list[str]:
    """The labels and notes of a table, and what was left out around it."""
    fields = [one.strip() for row in csv.reader(io.StringIO(taken.csv.lstrip("\ufeff"))) for one in row]
    doubtful = {UNFILLED, *(one.found for one in taken.doubtful.values())}
    values = {_shown(cell) for cell in taken.cells.values()}
    kept = [one for one in fields if one and not reading.is_figure(one) and one not in doubtful | values]
    return [*dict.fromkeys([*kept, *(text for _, text in taken.left_out)])]
