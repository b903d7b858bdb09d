"""Cells that stand beside a table and are none of its own: right of it, above it, beside a title, alone below it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from nianbao import reading
from nianbao.findings import Finding, Kind, Severity
from nianbao.inputs.labels import UNLIKE, apart, likeness
from nianbao.statute import tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nianbao.findings import Source
    from nianbao.inputs.layout import Line, Rows
    from nianbao.statute.tree import Table

EXTRA = Kind("F204", Severity.FAULT, "多出的单元格")
OUTSIDE = "表格以外的格子是空的"
ACTION = "删去；不印的写进“备注”栏，要印的在表下另起一行，以“注：”开头；是表里的数，移回自己的格子"


class Stray(NamedTuple):
    """One such cell: its line, and its place there."""

    line: Line
    at: int

    @property
    def text(self) -> str:
        """What stands in it."""
        return self.line.cells[self.at]


def edge_of(rows: Rows, left: int, tables: Sequence[Table], known: frozenset[str]) -> int | None:
    """The last place, from the ``left`` column on, in which cells of a table may stand; ``None`` where it is not certain.

    It is the last one of the official form, or one further right that has words of the table and what they are said of:
    where all heads stand further left, and above nothing, a word is none of the table's.

    Parameters
    ----------
    left : int
        The column in which the rows begin.
    tables : sequence of Table
        The table in each format that it may have been filled in.
    known : frozenset of str
        The words of all of them, as they are compared.
    """
    parts = [part for table in tables for part in table.parts]
    most = max(len(part.column_chains) for part in parts)
    width = max(table.width for table in tables)
    rows = [(number, row[left:]) for number, row in rows]
    if not any(any(row[width:]) for _, row in rows):
        return None
    typed = [(at, cell) for _, row in rows if len({*filter(None, row)}) > 1 for at, cell in enumerate(row) if cell]
    ends = {part.column_chains[-1][-1].label for part in parts if len(part.column_chains) == most}
    if not any(at < width and _is_alike(cell, ends) for at, cell in typed):
        return None
    heads = Counter(tree.normalise(cell) for at, cell in typed if at < width)
    leaves = (Counter(chain[-1].tight for chain in part.column_chains) for part in parts if len(part.column_chains) == most)
    if any(one <= heads for one in leaves):
        return width - 1
    words = {(at, cell) for at, cell in typed if tree.normalise(cell) in known or _is_alike(cell, known)}
    others = {at for at, cell in typed if (at, cell) not in words}
    return max([width - 1, *(at for at, _ in words if at in others)])


def is_foreign(filled: Sequence[str], known: frozenset[str]) -> bool:
    """Whether a line says nothing of what a table says: a cell or two, or several without a figure."""
    if len(filled) > 2 and any(map(reading.is_figure, filled)):
        return False
    return not any(_is_alike(cell, known) for cell in filled)


def is_once_more(word: str, tables: Sequence[Table], rows: Rows) -> bool:
    """Whether all rows of a table's file have a label more often than the official form, in the format with most of it."""
    label = tree.normalise(word)
    chains = ([chain for part in table.parts for chain in (*part.column_chains, *part.row_chains)] for table in tables)
    nodes = ({id(node) for chain in some for node in chain if tree.normalise(node.label) == label} for some in chains)
    times = max(map(len, nodes), default=0)
    return 0 < times < sum(tree.normalise(cell) == label for _, row in rows for cell in row)


def findings(strays: Iterable[Stray], name: str, place: str) -> Iterator[Finding]:
    """A fault for each stray cell, and one for those that stand below each other."""
    runs: list[list[Stray]] = []
    ends: dict[int, list[Stray]] = {}  # by its column: the run that the last cell there belongs to
    for one in strays:
        run = ends.get(column := one.line.columns[one.at])
        if run is None or one.line.number != run[-1].line.number + 1:
            runs.append(run := [])
            ends[column] = run
        run.append(one)
    for some in runs:
        more = f"等{len(some)}格，到第{some[-1].line.number}行" if len(some) > 1 else ""
        yield stray(place, some[0].line.source(name, some[0].at), f"“{some[0].text}”{more}")


def stray(place: str, source: Source, found: str) -> Finding:
    """The fault of what stands beside a table."""
    return Finding(EXTRA, place, source, found, OUTSIDE, ACTION)


def _is_alike(cell: str, words: Iterable[str]) -> bool:
    typed = apart(cell)
    return any(likeness(typed, apart(word)) > UNLIKE for word in words)
