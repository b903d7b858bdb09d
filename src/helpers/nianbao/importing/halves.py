"""Tables that were cut between their columns, one part below the other → one rectangle: 行政复议 above 行政诉讼."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nianbao.importing.counted import is_chapter
from nianbao.importing.edges import SAID
from nianbao.importing.flow import Grid, Paragraph
from nianbao.inputs.outline import is_value
from nianbao.statute import tree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.importing.flow import Block, Place
    from nianbao.importing.labelled import Labels
    from nianbao.statute.tree import Part

_MOST_BETWEEN = 2  # lines between two parts


@dataclass(frozen=True, slots=True)
class _Half:
    """A rectangle as heads above rows of figures: where its figures begin, below which row and behind which column.

    ``heads`` is the last head of each column of figures, ``words`` all that stands in the heads, ``rows`` the rows' labels.
    """

    grid: Grid
    top: int
    left: int
    heads: tuple[str, ...]
    words: frozenset[str]
    rows: tuple[tuple[str, ...], ...]


def rejoined(blocks: Sequence[Block], labels: Labels) -> list[Block]:
    """A flow in which the parts of a statutory table that stand below each other are one rectangle, each beside the last.

    Together their heads are all heads of the table, in their order. Each has the same rows, and a figure in each cell: else
    nobody knows what stands beside what. What is between them is the caption of a part.
    """
    whole = [part for table in labels.tables if len(table.parts) == 1 for part in table.parts if len(part.column_chains) > 1]
    result: list[Block] = []
    at = 0
    while at < len(blocks):
        grids, lines, end = _together(blocks, at, whole)
        result += [*lines, _beside(grids)] if grids else [blocks[at]]
        at = end
    return result


def _together(blocks: Sequence[Block], at: int, whole: Sequence[Part]) -> tuple[list[_Half], list[Paragraph], int]:
    """The parts of one table that begin at a place, the lines between them, and where they end; none: the next place."""
    first = blocks[at]
    half = None if isinstance(first, Paragraph) else _half(first)
    fitting = [part for part in whole if half and _is_next(half, part, 0)]
    found, lines, between = [half] if half and fitting else [], list[Paragraph](), list[Paragraph]()
    for end in range(at + 1, len(blocks) if found else 0):
        block = blocks[end]
        if isinstance(block, Paragraph):
            between.append(replace(block, around=block.around or SAID))
            if len(between) > _MOST_BETWEEN or is_chapter(block.text) or block.text.endswith(("。", "；")):
                break
            continue
        count = sum(len(one.heads) for one in found)
        half = _half(block)
        fitting = [part for part in fitting if half and half.rows == found[0].rows and _is_next(half, part, count)]
        if half is None or not fitting:
            break
        found, lines, between = [*found, half], [*lines, *between], []
        if any(len(part.column_chains) == count + len(half.heads) for part in fitting):
            return found, lines, end + 1
    return [], [], at + 1


def _half(grid: Grid) -> _Half | None:
    """A rectangle as heads and rows of figures; ``None`` where it is none, or has a blank among the figures."""
    told = [at for at, row in enumerate(grid.rows) if any(map(is_value, row))]
    if not told or told[0] == 0:
        return None
    top, body = told[0], grid.rows[told[0] : told[-1] + 1]
    left = min(at for row in body for at, cell in enumerate(row) if is_value(cell))
    if any(any(row) for row in grid.rows[told[-1] + 1 :]) or not all(is_value(cell) for row in body for cell in row[left:]):
        return None
    heads = [[tree.normalise(cell) for cell in row] for row in grid.rows[:top]]
    lowest = [next((row[at] for row in reversed(heads) if row[at]), "") for at in range(left, len(body[0]))]
    words = frozenset(cell for row in heads for cell in row if cell)
    rows = tuple(tuple(tree.normalise(cell) for cell in row[:left]) for row in body)
    return _Half(grid, top, left, tuple(lowest), words, rows)


def _is_next(half: _Half, part: Part, begin: int) -> bool:
    """Whether the heads of a half are those of a table from one of its columns on, but not all of them."""
    chains = part.column_chains[begin : begin + len(half.heads)]
    if tuple(chain[-1].tight for chain in chains) != half.heads or len(chains) == len(part.column_chains):
        return False
    before = {node for chain in part.column_chains[:begin] for node in chain}
    there = {node.tight for chain in chains for node in chain}
    begun = {node.tight for chain in chains for node in chain if node not in before}
    known = there | {tree.normalise(one) for one in (part.corner, part.stub)}
    return begun <= half.words <= known and bool(part.rows) == (half.left > 0)


def _beside(halves: Sequence[_Half]) -> Grid:
    """Halves beside each other; their labels are the first one's, and a head that goes on in the next stands there once."""
    first = halves[0]
    top, count, width = max(half.top for half in halves), len(first.rows), len(first.grid.rows[0])
    rows = [[*row] for row in first.grid.rows[: first.top]] + [[""] * width for _ in range(top - first.top)]
    rows += [[*row] for row in first.grid.rows[first.top : first.top + count]]
    made = replace(_moved(first, top, 0), widths=())
    said = {cell for row in first.grid.rows[: first.top] for cell in row}
    for half in halves[1:]:
        for number, row in enumerate(half.grid.rows[: half.top]):
            begun = "" if row[half.left] in said and tree.normalise(row[half.left]) != half.heads[0] else row[half.left]
            rows[number] += [begun, *row[half.left + 1 :]]
        for number in range(half.top, top):
            rows[number] += [""] * len(half.heads)
        for number, row in enumerate(half.grid.rows[half.top : half.top + count], top):
            rows[number] += row[half.left :]
        moved = _moved(half, top, len(rows[-1]) - len(half.heads) - half.left)
        made = replace(
            made,
            place=f"{made.place}右接{half.grid.place}",
            doubtful=made.doubtful | moved.doubtful,
            marks=made.marks | moved.marks,
            merged=made.merged | moved.merged,
            formulas=made.formulas | moved.formulas,
            printed=tuple(dict.fromkeys((*made.printed, *moved.printed))),
        )
    numbers = [first.grid.number(row) for row in range(first.top)]
    numbers += [numbers[-1]] * (top - first.top) + [first.grid.number(first.top + row) for row in range(count)]
    return replace(made, rows=tuple(map(tuple, rows)), numbers=tuple(numbers))


def _moved(half: _Half, top: int, by: int) -> Grid:
    """The grid of a half with what is known of its cells at the places that these get; of labels only those of the first."""

    def there(row: int, at: int) -> Place:
        return (row if row < half.top else row - half.top + top), at + by

    def moved(known: dict[Place, str]) -> dict[Place, str]:
        return {there(*at): said for at, said in known.items() if not by or at[1] >= half.left}

    grid = half.grid
    merged = {there(*at): there(*begin) for at, begin in grid.merged.items() if not by or min(at[1], begin[1]) >= half.left}
    return replace(
        grid, doubtful=moved(grid.doubtful), marks=moved(grid.marks), formulas=moved(grid.formulas), merged=merged
    )
