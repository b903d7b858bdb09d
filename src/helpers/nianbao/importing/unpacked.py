"""The text of rectangles that are a whole report, such as a sheet with its chapters, as paragraphs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.importing.counted import is_chapter, is_part_title
from nianbao.importing.flow import Paragraph
from nianbao.importing.furniture import is_guide
from nianbao.inputs.outline import is_value
from nianbao.statute import tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.importing.flow import Block, Grid
    from nianbao.importing.labelled import Labels

_MOST_LINES = 4  # of a cell


def unpacked(blocks: Sequence[Block], labels: Labels) -> list[Block]:
    """A flow with the text of each grid that is a whole report, such as a sheet with its chapters, as paragraphs."""
    return [
        one
        for block in blocks
        for one in ([block] if isinstance(block, Paragraph) else _unpacked(_with_whole_cells(block, labels), labels))
    ]


def _with_whole_cells(grid: Grid, labels: Labels) -> Grid:
    """The table of a text whose cells go over lines, as browsers copy them: 商业 above 企业, a tab and 科研.

    Rows of which one ends, and the next begins, with pieces of one label are one row.
    """
    if grid.sheet or not grid.numbers:
        return grid
    rows: list[list[str]] = []
    numbers: list[int] = []
    for at, row in enumerate(grid.rows):
        cells = list(row[: grid.width(at)])
        count = next((count for count in range(1, _MOST_LINES) if _is_cut(rows[-count:], cells, count, labels)), 0)
        if count:
            whole = "".join([*(one[-1] for one in rows[-count:]), cells[0]])
            rows[-count:] = [[*rows[-count][:-1], whole, *cells[1:]]]
            del numbers[len(rows) :]
        else:
            rows.append(cells)
            numbers.append(grid.number(at))
    if len(rows) == len(grid.rows):
        return grid
    # Plain text says nothing of its cells: what is said by the number of a row would stand beside another one now.
    assert not any((grid.doubtful, grid.marks, grid.merged, grid.remarks, grid.formulas))
    width = max(map(len, rows))
    made = tuple((*row, *[""] * (width - len(row))) for row in rows)
    return replace(grid, rows=made, numbers=tuple(numbers), widths=tuple(map(len, rows)))


def _is_cut(above: list[list[str]], cells: list[str], count: int, labels: Labels) -> bool:
    """Whether the last cell of a row, what stands alone in lines below it and the first cell below these are one label."""
    pieces = [*(row[-1] for row in above if row), *cells[:1]]
    if len(pieces) != count + 1 or not all(pieces) or any(len(row) > 1 for row in above[1:]):
        return False
    whole, *some = (tree.normalise(one) for one in ("".join(pieces), *pieces))
    known = labels.exact.keys() | labels.shared
    return whole in known and not known.issuperset(some)


def _unpacked(grid: Grid, labels: Labels) -> Iterator[Block]:
    alone = [_alone([*filter(None, row)]) for row in grid.rows]
    # In a row whose cells are blank a label stands alone too.
    alone = ["" if tree.normalise(text) in labels.rows else text for text in alone]
    if not any(is_chapter(text) for text in alone):
        yield grid
        return
    begin = 0
    for number, text in enumerate([*alone, "。"]):
        if not text or (number < len(alone) and _is_of_table(text)):
            continue
        if any(map(any, grid.rows[begin:number])):
            yield grid.part(begin, number)
        if number < len(alone):
            yield Paragraph(text, f"{grid.place}第{grid.number(number)}行", sheet=grid.sheet)
        begin = number + 1


def _alone(filled: Sequence[str]) -> str:
    """What stands alone in a row, as that of merged cells does several times; a row of figures may say one and the same."""
    is_one = len(set(filled)) == 1 and (len(filled) == 1 or not is_value(filled[0]))
    return filled[0] if is_one else ""


def _is_of_table(text: str) -> bool:
    """Whether what stands alone in a row is of a table: a note, or the title of a part."""
    return (reading.is_note(text) and not is_guide(text)) or is_part_title(text)
