"""The statutory tables of a file that came back, compared with those that its reviewer was given and with the folder's."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.importing.flow import Grid
from nianbao.importing.gathered import accepted
from nianbao.inputs.cells import place_of
from nianbao.shown.seen import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nianbao.importing.flow import Block, Flow
    from nianbao.importing.imported import Imported
    from nianbao.importing.returned.given import Given
    from nianbao.importing.taken import Taken
    from nianbao.inputs.cells import Cell
    from nianbao.inputs.report import Report
    from nianbao.statute.tree import CellKey

CELLS = "稿子改了表里的数，没有写进表格文件：改表，或不改"
BESIDE = "稿子改了表格的栏目、注或旁边的文字，没有写进表格文件：照稿子改，或不改"
GONE = "稿子里没有下列表格：核对"


def asked(report: Report, given: Given, theirs: Imported, flow: Flow) -> Iterator[tuple[str, str]]:
    """Each question about a cell, a label, a note or a table that the reviewer changed, with both values."""
    base, values = given.made, set[str]()
    for key, before in base.taken.items():
        name = report.format.tables[key].name
        taken = theirs.taken.get(key)
        if taken is None:
            yield GONE, name
            continue
        for place in dict.fromkeys((*before.cells, *taken.cells)):
            here, was, said = report.cell(key, place), _said(before, place), _said(taken, place)
            values |= {was, said, *(one.doubtful[place].found for one in (before, taken) if place in one.doubtful)}
            if said not in {was, _shown(here)}:
                yield CELLS, f"{place_of(taken.table, *place)}：稿子是{said}，{_file(here)}是{_shown(here)}"
        old, new = ([text for _, text in one.left_out] for one in (before, taken))
        yield from ((BESIDE, f"{name}：稿子写“{one}”，印的没有") for one in new if one not in old)
        yield from ((BESIDE, f"{name}：印的是“{one}”，稿子没有") for one in old if one not in new)
    for key in theirs.taken:
        if key not in base.taken:
            yield BESIDE, f"稿子多出{theirs.form.tables[key].name}"
    if base.taken.keys() == theirs.taken.keys():
        printed, written = _words(given.blocks, base), _words(flow.blocks, theirs)
        yield from ((BESIDE, f"表格里：稿子写“{one}”，印的没有") for one in written - printed if one not in values)
        yield from ((BESIDE, f"表格里：印的是“{one}”，稿子没有") for one in printed - written if one not in values)


def _words(blocks: Iterable[Block], made: Imported) -> Counter[str]:
    """The words in the statutory tables of a file beside figures: labels, titles, heads and notes."""
    assert made.outline
    chapters = (*made.outline.chapters, *made.outline.attachments)
    own = [one for some in (made.outline.preamble, *(one.parts for one in chapters)) for one in some]
    all_, others = ([accepted(one).rows for one in some if isinstance(one, Grid)] for some in (blocks, own))
    both = (Counter(squeezed(text) for rows in some for row in rows for text in row) for some in (all_, others))
    words = next(both) - next(both)
    return Counter({text: number for text, number in words.items() if text and not reading.is_figure(text)})


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
