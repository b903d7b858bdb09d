"""Tables that stand in the text: rows whose cells bars part, or one cell after another → rectangles of text."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.importing.counted import LEVEL_TWO, is_chapter
from nianbao.importing.flow import Grid, Paragraph
from nianbao.importing.lines import strips
from nianbao.inputs.labels import LONGEST
from nianbao.inputs.layout import title_key
from nianbao.inputs.outline import is_value
from nianbao.statute import tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.importing.flow import Block
    from nianbao.importing.labelled import Labels

_RULE = re.compile(r"[|:\s]*-[|:\s-]*")  # below the heads of a table
_LONG_RULE = re.compile(r"[|+:\s]*-{3,}(?:[|+:\s]+-{3,})*[|+:\s]*")  # anywhere; of - alone a row may be that has no figures
_LONGEST = 80
_MOST_LINES = 4  # of a cell
_LONGEST_LINE = 12  # characters of a line of a cell that has several
_MOST_SIGNS, _SIGNS = 12, 3  # lines of a label that goes down the page, and the characters of each: （三） / 不 / 予
_MOST_BETWEEN = 8  # lines between two bars: of a cell, of text between two tables
_MOST_HEADS = 6


def with_tables(blocks: Sequence[Block], labels: Labels) -> list[Block]:
    """The flow with each run of lines that is a table as a grid."""
    return list(_with_titles(list(of_lines(list(_of_bars(blocks, labels)), labels)), labels))


def _with_titles(blocks: Sequence[Block], labels: Labels) -> Iterator[Block]:
    """A part's title that stands in a line above a table belongs to it."""
    for at, block in enumerate(blocks):
        below = blocks[at + 1] if at + 1 < len(blocks) else None
        is_title = isinstance(block, Paragraph) and len(block.text) < _LONGEST and title_key(block.text) in labels.titles
        yield strips.laid([[block.text]], block.place) if is_title and isinstance(below, Grid) else block


def _of_bars(blocks: Sequence[Block], labels: Labels) -> Iterator[Block]:
    at = 0
    while at < len(blocks):
        end = _end_of_bars(blocks, at)
        run = [block for block in blocks[at:end] if isinstance(block, Paragraph)]
        if not run:
            yield blocks[at]
            end = at + 1
        elif _is_in_rows(run):
            yield from _rows(run, labels)
        else:
            yield from _cells(run, labels)
        at = end


def _end_of_bars(blocks: Sequence[Block], begin: int) -> int:
    """Where a run of lines with bars ends that begins with a line, or a few, before its first bar; ``begin`` for none."""
    end = begin
    for at in range(begin, len(blocks)):
        block = blocks[at]
        if not isinstance(block, Paragraph) or block.around or at - end >= (_MOST_BETWEEN if end > begin else _MOST_LINES):
            break
        if _is_barred(block.text):
            end = at + 1
    return end


def _is_barred(text: str) -> bool:
    """Whether a line is of a drawn table: bars part its cells, or it is a rule with a sign where a bar crosses it."""
    return "|" in text or ("+" in text and bool(_LONG_RULE.fullmatch(text)))


def _is_in_rows(run: list[Paragraph]) -> bool:
    """Whether the lines are rows: one in four has several cells."""
    barred = [line.text for line in run if "|" in line.text]
    return sum(sum(map(bool, _split(text))) > 1 for text in barred) * 4 >= len(barred)


def _rows(run: list[Paragraph], labels: Labels) -> Iterator[Block]:
    """Lines with bars as tables, where they hold labels of one; the lines between them as they are."""
    some: list[Paragraph] = []
    for line in (*run, None):
        if line and _is_barred(line.text):
            some.append(line)
            continue
        if some:
            yield from _barred(some, labels)
            some = []
        if line:
            yield line


def _barred(run: list[Paragraph], labels: Labels) -> Iterator[Block]:
    texts = [line.text for line in run]
    lines = [one for at, one in enumerate(texts) if not (_LONG_RULE.fullmatch(one) or (at == 1 and _RULE.fullmatch(one)))]
    # Where all rows begin with a bar it is a frame; else the row that does has a blank first cell.
    framed = all(line.startswith("|") for line in lines)
    rows = [_split(line.removeprefix("|") if framed else line) for line in lines]
    if sum(bool(labels.table_of(cell)) for row in rows for cell in row) < 2:
        yield from run
        return
    yield strips.laid(rows, f"{run[0].place}至{run[-1].place}" if len(run) > 1 else run[0].place)


def _split(line: str) -> list[str]:
    """The cells of a row, each of which a bar ends."""
    cells = [cell.strip() for cell in line.split("|")]
    return cells if cells[-1] else cells[:-1]


def _cells(run: list[Paragraph], labels: Labels) -> Iterator[Block]:
    """Cells that bars end, in lines of any kind: the tables that they are, and the text between them."""
    cells: list[Paragraph] = []
    lines: list[Paragraph] = []  # of the cell that no bar has ended yet
    begin = 0
    for at, line in enumerate(run):
        *ended, rest = line.text.split("|")
        for text in ended:
            lines.append(replace(line, text=text.strip()))
            cell = _cell(lines, labels)
            if outside := lines[: len(lines) - cell]:
                yield from _strip(cells, run[begin : at - len(lines) + 1], labels)
                yield from outside
                cells, begin = [], at - cell + 1
            cells.append(replace(line, text="".join(one.text for one in lines[len(lines) - cell :])))
            lines = []
        if rest.strip():
            lines.append(replace(line, text=rest.strip()))
    yield from _strip(cells, run[begin : len(run) - len(lines)], labels)
    yield from lines


def _cell(lines: list[Paragraph], labels: Labels) -> int:
    """How many of the last lines before a bar are its cell; those before them are text between tables."""
    texts = [line.text for line in lines]
    ends = ["".join(texts[-count:]) for count in range(1, min(len(texts), _MOST_LINES) + 1)]
    if exact := next((count for count, text in enumerate(ends, 1) if _is_exact(text, labels)), 0):
        return exact
    above = [text for text in texts[:-1] if text]
    is_text = any(is_chapter(text) or text[-1] in "。：:；;" or len(text) > _LONGEST for text in above)
    is_one = len(texts) <= _MOST_LINES and not is_text and not any(map(is_value, texts[1:]))
    # Below the heading of a chapter a label may have other words than the format's.
    return len(texts) if is_one else next((count for count, text in enumerate(ends, 1) if labels.table_of(text)), 1)


def _strip(cells: list[Paragraph], run: list[Paragraph], labels: Labels) -> Iterator[Block]:
    if sum(bool(labels.table_of(cell.text)) for cell in cells) < 2:
        yield from run
    else:
        yield from strips.grids(cells, labels, has_blanks=True)


def of_lines(blocks: Sequence[Block], labels: Labels) -> Iterator[Block]:
    """Lines of one cell each as tables."""
    at = 0
    while at < len(blocks):
        cells, end = _cells_of_lines(blocks, at, labels)
        figures = sum(is_value(cell.text) for cell in cells)
        known = {labels.table_of(cell.text) for cell in cells} - {""}
        if len(cells) > 5 and figures > 2 and known:
            yield from strips.grids(cells, labels, has_blanks=False)
        else:
            end = max(end, at + 1)
            yield from blocks[at:end]
        at = end


def _cells_of_lines(blocks: Sequence[Block], begin: int, labels: Labels) -> tuple[list[Paragraph], int]:
    """The cells that stand in the lines from one on, and where they end; a cell may go over some lines."""
    cells: list[Paragraph] = []
    heads = 0  # how many cells there are since the head of a part's rows
    at = begin
    while at < len(blocks):
        block = blocks[at]
        if not isinstance(block, Paragraph) or block.around or block.mark or len(block.text) > LONGEST:
            break
        taken = _joined(blocks, at, labels)
        cell = replace(block, text="".join(one.text for one in blocks[at : at + taken] if isinstance(one, Paragraph)))
        is_stub = tree.normalise(cell.text) in labels.stubs
        heads = 1 if is_stub else heads + 1 if heads and not is_value(cell.text) else 0
        is_open = 1 < heads <= _MOST_HEADS and not LEVEL_TWO.match(cell.text)
        is_open = is_open or bool(cells and is_value(cells[-1].text) and _are_values(blocks, at + 1))
        is_text = is_chapter(cell.text) or reading.is_note(cell.text) or cell.text[-1] in "。：:；;"
        if taken == 1 and not _is_cell(cell.text, labels) and (is_text or not is_open):
            break
        cells.append(cell)
        at += taken
    return cells, at


def _are_values(blocks: Sequence[Block], at: int) -> bool:
    """Whether two figures at least stand below a line, as below a row's label of the bureau's own."""
    below = [block.text for block in blocks[at : at + 2] if isinstance(block, Paragraph)]
    return len(below) == 2 and all(map(is_value, below))


def _joined(blocks: Sequence[Block], at: int, labels: Labels) -> int:
    """How many lines are one cell: several where together they are a label and each alone is none."""
    texts: list[str] = []
    for block in blocks[at : at + _MOST_SIGNS]:
        if not isinstance(block, Paragraph) or len(block.text) > _LONGEST_LINE or is_value(block.text):
            break
        texts.append(block.text)
        if len(texts) > _MOST_LINES and max(map(len, texts)) > _SIGNS:
            break
        if len(texts) > 1 and _is_exact("".join(texts), labels) and not all(_is_exact(text, labels) for text in texts):
            return len(texts)
    return 1


def _is_exact(text: str, labels: Labels) -> bool:
    """Whether a text is a label, or the title of a part, in the format's own words."""
    tight = tree.normalise(text)
    is_title = tight.startswith("第") and title_key(text) in labels.titles
    return bool(text) and (is_title or tight in labels.exact or tight in labels.shared)


def _is_cell(text: str, labels: Labels) -> bool:
    """Whether a line can be a cell: a figure, a mark, or a label of a table."""
    is_label = len(text) <= _LONGEST and (bool(labels.table_of(text)) or tree.normalise(text) in labels.shared)
    return is_value(text) or is_label
