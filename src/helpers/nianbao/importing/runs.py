"""Tables that stand in the text: rows whose cells bars part, or one cell a line → rectangles of text."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.importing.flow import Grid, Paragraph
from nianbao.inputs.labels import apart
from nianbao.inputs.layout import title_key
from nianbao.statute import tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.importing.flow import Block
    from nianbao.importing.pieces import Labels

_RULE = re.compile(r"[|:\s-]*-[|:\s-]*")
_WIDTHS = (4, 10, 15)  # of tables two, three and four
_LONGEST = 80


def with_tables(blocks: Sequence[Block], labels: Labels) -> list[Block]:
    """The flow with each run of lines that is a table as a grid."""
    return list(_with_titles(list(_of_lines(list(_of_bars(blocks, labels)), labels)), labels))


def _with_titles(blocks: Sequence[Block], labels: Labels) -> Iterator[Block]:
    """A part's title that stands in a line above a table belongs to it."""
    for at, block in enumerate(blocks):
        below = blocks[at + 1] if at + 1 < len(blocks) else None
        is_title = isinstance(block, Paragraph) and len(block.text) < _LONGEST and title_key(block.text) in labels.titles
        yield _grid([[block.text]], block.place) if is_title and isinstance(below, Grid) else block


def _of_bars(blocks: Sequence[Block], labels: Labels) -> Iterator[Block]:
    run: list[Paragraph] = []
    for block in (*blocks, None):
        if isinstance(block, Paragraph) and "|" in block.text and not block.around:
            run.append(block)
            continue
        if run:
            yield from _barred(run, labels)
            run = []
        if block is not None:
            yield block


def _barred(run: list[Paragraph], labels: Labels) -> Iterator[Block]:
    """Lines with bars as a table, where they hold labels of one; else as they are."""
    lines = [line.text for line in run if not _RULE.fullmatch(line.text)]
    # Where all rows begin with a bar it is a frame; else the row that does has a blank first cell.
    framed = all(line.startswith("|") for line in lines)
    rows = [_cells(line.removeprefix("|") if framed else line) for line in lines]
    if sum(bool(labels.table_of(cell)) for row in rows for cell in row) < 2:
        yield from run
        return
    place = f"{run[0].place}至{run[-1].place}" if len(run) > 1 else run[0].place
    if sum(sum(map(bool, row)) > 1 for row in rows) * 4 < len(rows):
        rows = _chunks("".join(line.text for line in run), labels) or rows
    yield _grid(rows, place)


def _cells(line: str) -> list[str]:
    """The cells of a row, each of which a bar ends."""
    cells = [cell.strip() for cell in line.split("|")]
    return cells if cells[-1] else cells[:-1]


def _chunks(text: str, labels: Labels) -> list[list[str]]:
    """One cell a line, each ended by a bar: rows of as many cells as one of the tables has columns."""
    rows: list[list[str]] = []
    cells = [cell.strip() for cell in text.split("|")]
    cells = cells if cells[-1] else cells[:-1]
    here = ""
    at = 0
    while at < len(cells):
        here = labels.table_of(cells[at]) or here
        width = dict(zip(("table2", "table3", "table4"), _WIDTHS, strict=True)).get(here, 0)
        if not width or at + width > len(cells):
            return []
        rows.append(cells[at : at + width])
        at += width
    return rows


def _of_lines(blocks: Sequence[Block], labels: Labels) -> Iterator[Block]:
    at = 0
    while at < len(blocks):
        end = at
        while end < len(blocks) and _is_cell(blocks[end], labels):
            end += 1
        run = [block for block in blocks[at:end] if isinstance(block, Paragraph)]
        figures = sum(reading.is_figure(line.text) for line in run)
        known = {labels.table_of(line.text) for line in run} - {""}
        if len(run) > 5 and figures > 2 and known:
            yield from _one_cell_a_line(run, labels)
            at = end
        else:
            yield blocks[at]
            at += 1


def _is_cell(block: Block, labels: Labels) -> bool:
    """Whether a line can be a cell: a figure, a mark, or a label of a table."""
    if not isinstance(block, Paragraph) or block.around or block.mark or len(block.text) > _LONGEST:
        return False
    text = block.text
    return _is_value(text) or bool(labels.table_of(text)) or tree.normalise(text) in labels.shared


def _one_cell_a_line(run: list[Paragraph], labels: Labels) -> Iterator[Grid]:
    """Rows of labels and the figures behind them; a table ends where a label of another one stands."""
    rows: list[list[str]] = []
    first, here = 0, ""
    for at, line in enumerate(run):
        text = line.text
        owner = labels.table_of(text)
        if owner and here and owner != here:
            yield _without_blanks(rows, f"{run[first].place}至{run[at - 1].place}", here, labels)
            rows, first = [], at
        here = owner or here
        if not rows or (_begins_figures(rows[-1], here, labels) if _is_value(text) else _begins_row(rows[-1], text, labels)):
            rows.append([])
        rows[-1].append(text)
    yield _without_blanks(rows, f"{run[first].place}至{run[-1].place}", here, labels)


def _without_blanks(rows: list[list[str]], place: str, table: str, labels: Labels) -> Grid:
    """The rows as a grid: blank cells have left no line, so that the figures of a row that has too few have no place."""
    doubtful: dict[tuple[int, int], str] = {}
    count = labels.columns.get(table, 0)
    for number, row in enumerate(rows):
        values = [at for at, text in enumerate(row) if _is_value(text)]
        if not values and tree.normalise(row[0]) in labels.shared:
            count = len(row) - 1  # a head of a part, such as 信息内容 and three columns
        if values and len(values) != count:
            doubtful |= {(number, at): "这一行少了格或多了格，不知各数属于哪一格" for at in values}
    grid = _grid(rows, place)
    return replace(grid, doubtful=doubtful)


def _is_value(text: str) -> bool:
    return reading.is_figure(text) or reading.usual(text) is not None


def _begins_figures(row: list[str], table: str, labels: Labels) -> bool:
    """Whether a figure begins a row: behind the heads of a table whose rows have no labels."""
    return table in labels.rowless and not any(map(reading.is_figure, row))


def _begins_row(row: list[str], text: str, labels: Labels) -> bool:
    """Whether a label begins a row: behind figures, beside a title, or where it is no lower than the label before."""
    if any(map(_is_value, row)):
        return True
    if title_key(text) in labels.titles or title_key(row[-1]) in labels.titles:
        return True
    is_row, was_row = (tree.normalise(one) in labels.rows for one in (text, row[-1]))
    return is_row and not (was_row and _level(text) > _level(row[-1]))


def _level(label: str) -> int:
    ordinal = apart(label).ordinal
    return 1 if ordinal.startswith("(") else 2 if ordinal.isdecimal() else 0


def _grid(rows: list[list[str]], place: str) -> Grid:
    width = max(map(len, rows))
    made = tuple((*row, *[""] * (width - len(row))) for row in rows)
    return Grid(made, place, widths=tuple(map(len, rows)))
