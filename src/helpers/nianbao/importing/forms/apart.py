"""What a copy of a form says in a table that cannot be put together with the others, each text with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.importing.flow import Grid
from nianbao.inputs.outline import is_value
from nianbao.statute import tree
from nianbao.wording import column_letter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.importing.forms.filled import Filled, Reader


def grids(key: str, copy: Filled, reader: Reader) -> Iterator[Grid]:
    """The rectangles of a copy that may be one table."""
    for one in copy.flow.blocks:
        if isinstance(one, Grid) and key in reader.finder.whole([(at, [*row]) for at, row in enumerate(one.rows, 1)])[:1]:
            yield one


def texts(key: str, copy: Filled, base: Filled, reader: Reader) -> Iterator[str]:
    """What a copy says in a table, but for the labels and for what ``base`` says in the same place."""
    table = reader.form.tables[key]
    there = {at: text for grid in grids(key, base, reader) for at, text in _cells(grid)}
    remarks = {text for grid in grids(key, base, reader) for text in grid.remarks.values()}
    for grid in grids(key, copy, reader):
        begins = f"{table.name}：" + ("" if grid.place.startswith(copy.file) else f"{copy.file} ") + grid.place
        for (number, column), text in _cells(grid):
            is_label = tree.normalise(text) in table.words and not is_value(text)
            if text and not is_label and there.get((number, column)) != text:
                yield f"{begins}{column_letter(column)}{number}格填“{text}”"
        for row, said in grid.remarks.items():
            if said not in remarks:
                yield f"{begins}第{grid.number(row)}行备注“{said}”"


def _cells(grid: Grid) -> Iterator[tuple[tuple[int, int], str]]:
    for row, cells in enumerate(grid.rows):
        yield from (((grid.number(row), column), text) for column, text in enumerate(cells))
