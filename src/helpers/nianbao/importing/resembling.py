"""Tables that have some labels of a statutory one, beside the whole of it: sheets of details, lists of cases."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.importing.counted import ENTRY
from nianbao.importing.flow import brief
from nianbao.importing.tables import take
from nianbao.importing.workbooks import formulas
from nianbao.inputs.layout import title_key
from nianbao.statute import tree

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from nianbao.importing.copies import Copy
    from nianbao.importing.pieces import Piece
    from nianbao.importing.taken import Taken
    from nianbao.statute.formats import Format, Library
    from nianbao.statute.tree import Node, Part

ASKED = "下列表格用了法定表格的栏目，但不是整张法定表格，数与取用的不同，或不知是什么数，没有取用：核对"
TAKEN = "{table}里公式取数的明细"
_MOST = 6  # sheets, or tables, whose pieces may be one statutory table


@dataclass(frozen=True, slots=True)
class Told:
    """What was made of tables that only resemble one: what is left out, with its place, text and why, and what is asked."""

    left_out: list[tuple[str, str, str]]
    asked: list[str]


def told_apart(copies: Sequence[Copy], form: Format, library: Library) -> tuple[list[Copy], list[Copy], list[Copy]]:
    """The copies of a table that are it or a part of it, those that only resemble it, and those that it adds up.

    Where the whole one is not there, all may be parts of it.
    """
    made = [part for one in copies for part in _parted(one, form, library)]
    like = [one for one in made if _is_aside(one) and not _has_heads(one, form, library)]
    rest = [one for one in made if one not in like]
    if like and any(take(one, form, library).is_mostly_there for one in rest[:_MOST]):
        made = rest
    else:
        made, like = [*copies], []
    total = next((one for one in made if _adds_up(one, [other for other in made if other is not one])), None)
    return ([total], like, [one for one in made if one is not total]) if total else (made, like, [])


def _adds_up(copy: Copy, others: Sequence[Copy]) -> bool:
    """Whether at least half of the figures of a copy are sums of cells of several others, and of all of them."""
    if len(others) < 2:
        return False
    grids = {id(piece.grid): piece.grid for piece in copy.pieces}.values()
    made = [sheets for grid in grids for sheets in formulas.added_up(grid)]
    added = set[str]().union(*made)
    is_sum = 2 * len(made) >= sum(len(figures) for _, figures in _rows(copy)) > 0
    return is_sum and all(piece.grid.sheet in added for one in others for piece in one.pieces)


def _is_aside(copy: Copy) -> bool:
    """Whether a copy stands on sheets, or in files, beside the text: in the text it is a table of its own."""
    return all(piece.grid.sheet or piece.grid.file for piece in copy.pieces)


def _parted(copy: Copy, form: Format, library: Library) -> list[Copy]:
    """A copy as several where some of its sheets, or tables, are all of the statutory one."""
    groups = [[*some] for _, some in groupby(copy.pieces, key=_where)]
    count = len(groups)
    if 1 < count <= _MOST:
        for begin, end in ((at, at + length) for length in range(1, count) for at in range(count - length + 1)):
            whole = _of(copy, groups[begin:end])
            if _is_whole(take(whole, form, library)):
                return [*(_of(copy, [one]) for one in groups[:begin]), whole, *(_of(copy, [one]) for one in groups[end:])]
    return [copy]


def _where(piece: Piece) -> tuple[str, str] | int:
    return (piece.grid.file, piece.grid.sheet) if piece.grid.sheet else id(piece.grid)


def _of(copy: Copy, groups: Iterable[Sequence[Piece]]) -> Copy:
    return replace(copy, pieces=[piece for some in groups for piece in some])


def _is_whole(taken: Taken) -> bool:
    """Whether each cell of a table is there, and nothing else."""
    there = {key for key, cell in taken.cells.items() if cell.source and cell.source.cell}
    return not taken.faults and not taken.local and there | taken.doubtful.keys() == taken.table.cells.keys()


def _has_heads(copy: Copy, form: Format, library: Library) -> bool:
    """Whether a copy has the title of a part of its table, or, where that has none, all heads of a group of columns."""
    tables = (one.tables[copy.table] for one in (form, *library.formats.values()) if copy.table in one.tables)
    titles = {title_key(word) for word in copy.words}
    parts = [part for table in tables for part in table.parts]
    return any(title_key(part.title) in titles if part.title else _has_group(part, copy.words) for part in parts)


def _has_group(part: Part, words: set[str]) -> bool:
    groups: list[tuple[Node, ...]] = [(node,) for node in part.columns if node.parts] or [part.columns]
    return any({tree.normalise(node.label) for node in tree.nodes_of(some)} <= words for some in groups)


def told_of(
    like: Sequence[Copy], whole: Copy | None, taken: Taken | None, details: Container[str], form: Format, library: Library
) -> Told:
    """What is made of copies that resemble a table, of which ``whole`` is taken, where any is.

    ``details`` are the sheets whose cells the formulas of tables take.
    """
    told = Told([], [])
    for one in like:
        table = form.tables[one.table]
        agrees = _agrees(one, take(one, form, library), whole, taken) if whole and taken else True
        is_detail = all(piece.grid.sheet in details for piece in one.pieces)
        why = TAKEN.format(table=table.name) if is_detail else f"有{table.name}的栏目、但不是{table.name}的表"
        told.left_out.extend((place, text, why) for place, text in ((one.place, one.text), *one.remarks))
        if agrees is False or (agrees is None and not is_detail):
            told.asked.append(f"{table.name}（{one.place}）：{brief(one.text)}")
    return told


def _agrees(copy: Copy, read: Taken, whole: Copy, taken: Taken) -> bool | None:
    """Whether what a copy says is what the whole table says; ``None`` where nobody knows of which cells it speaks."""
    known = {key: cell for key, cell in read.cells.items() if cell.value is not None}
    if known:
        return all(key in taken.cells and taken.cells[key].value == cell.value for key, cell in known.items())
    rows = _rows(whole)
    counts = Counter(name for name, _ in rows)
    sure = {name: figures for name, figures in rows if name and counts[name] == 1}
    said = [(_is_part(figures, sure[name]) if name in sure else None) for name, figures in _rows(copy)]
    return False if False in said else None if None in said or not said else True


def _is_part(figures: Sequence[str], row: Sequence[str]) -> bool:
    return any(figures == row[at : at + len(figures)] for at in range(len(row)))


def _rows(copy: Copy) -> list[tuple[str, list[str]]]:
    """The rows with figures: the last of their labels, without its number, and the figures."""
    made = []
    for piece in copy.pieces:
        for row in piece.rows:
            cells = [cell for cell in piece.grid.rows[row] if cell]
            labels = [tree.normalise(cell) for cell in cells if not reading.is_figure(cell)]
            if figures := [reading.narrow(cell) for cell in cells if reading.is_figure(cell)]:
                made.append((ENTRY.sub("", labels[-1]) if labels else "", figures))
    return made
