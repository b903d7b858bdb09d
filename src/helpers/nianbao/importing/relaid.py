"""The rows of a table whose merged cells have lost their blanks, laid out as the official form again.

Copied as text, or stored row by row, a table keeps its cells and their order, and loses what told how far a cell goes. Heads
that are the statutory ones, each once and in their order, are set out anew; a row's labels are followed by its figures, as
many as the table has columns. Nothing else is moved.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.importing.counted import is_part_title
from nianbao.inputs.labels import LONGEST, PART, apart, level_of, likeness
from nianbao.inputs.outline import is_value
from nianbao.inputs.placing import place
from nianbao.statute import tree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.statute.tree import Part, Table

_MOST = 0.8  # of the rows have to be as they should
# A row as its cells, each with the column in which it stands; ``None`` for a blank that was put in.
Row = list[tuple[str, int | None]]


def relaid(rows: Sequence[Row], table: Table) -> list[Row]:
    """The rows set out as the official form where they have lost their blanks; else as they are."""
    part = table.parts[0]
    if len(table.parts) > 1:
        return _without_blank_columns(_titled(rows, table))
    if part.head_depth < 2:
        return list(rows)
    known = {tree.normalise(node.label) for chain in part.row_chains for node in chain}
    count = len(part.column_chains)
    end = next((at for at, row in enumerate(rows) if _begins_body(row, known, count)), len(rows))
    begin = next((at for at, row in enumerate(rows[:end]) if _is_head(row, part)), end)
    heads = _heads(rows[begin:end], part)
    if heads is None:
        return list(rows)
    # Heads with blanks behind them were filled up on the right, and so was the rest.
    padded = all(row and not row[-1][0] for row in rows[begin:end])
    body = _body(rows[end:], part, known, padded)
    if body is None:
        return list(rows)
    return [*rows[:begin], *_official(table, part, heads), *body]


def _titled(rows: Sequence[Row], table: Table) -> list[Row]:
    """The rows of several parts that have lost all titles, with the title of each part above its heads, by its rows' labels.

    Heads that two parts share stand above each of them.
    """
    owners = {tree.normalise(chain[-1].label): part for part in table.parts for chain in part.row_chains}
    if any(map(_is_title, rows)) or not all(part.title for part in table.parts):
        return list(rows)
    heads = {tree.normalise(part.stub) for part in table.parts} - {""}
    made: list[Row] = []
    last: Part | None = None
    above: list[Row] = []  # the heads that no row of figures stands below yet
    head: list[Row] = []
    for row in rows:
        first = tree.normalise(next(iter(_filled(row)), ""))
        owner = owners.get(first)
        if first in heads:
            above.append(row)
            continue
        if owner and owner is not last:
            head, last = above or head, owner
            made += [[(owner.title, None)], *head]
        else:
            made += above
        above = []
        made.append(row)
    return [*made, *above]


def _without_blank_columns(rows: Sequence[Row]) -> list[Row]:
    """The rows of several parts, each without the columns that are blank in all of it: what is left of merged cells."""
    made: list[Row] = []
    begin = 0
    for end in range(1, len(rows) + 1):
        if end < len(rows) and not _is_title(rows[end]):
            continue
        some = [row for row in rows[begin:end] if not _is_title(row)]
        kept = {at for row in some for at, (text, _) in enumerate(row) if text}
        made += [row if _is_title(row) else [cell for at, cell in enumerate(row) if at in kept] for row in rows[begin:end]]
        begin = end
    return made


def _is_title(row: Row) -> bool:
    filled = _filled(row)
    return len(filled) == 1 and is_part_title(filled[0])


def _filled(row: Row) -> list[str]:
    return [text for text, _ in row if text]


def _begins_body(row: Row, known: set[str], count: int) -> bool:
    filled = _filled(row)
    is_figures = bool(filled) and all(map(is_value, filled))
    return is_figures or any(tree.normalise(text) in known for text in filled) or sum(map(is_value, filled)) > count / 2


def _is_head(row: Row, part: Part) -> bool:
    """Whether a row says something of what the columns or the corner say."""
    labels = [*(node.label for chain in part.column_chains for node in chain), *filter(None, (part.corner,))]
    return any(
        likeness(apart(text), apart(label)) >= PART for text in _filled(row) if len(text) < LONGEST for label in labels
    )


def _heads(rows: Sequence[Row], part: Part) -> list[tuple[str, int | None]] | None:
    """The cells of the heads, level by level, where they are the statutory ones without their blanks; else ``None``."""
    if not rows or _is_aligned(rows, part):
        return None
    for lines in ([*rows], _joined(rows)):
        cells = [cell for row in lines for cell in row if cell[0]]
        if part.corner and cells and likeness(apart(cells[0][0]), apart(part.corner)) >= PART:
            cells = cells[1:]
        for order in _orders(part):
            if len(cells) == len(order) and all(_says(cell[0], path[-1]) for cell, path in zip(cells, order, strict=True)):
                found = dict(zip(order, cells, strict=True))
                return [found[path] for path in _orders(part)[0]]
    return None


def _says(text: str, label: str) -> bool:
    return likeness(apart(text), apart(label)) >= PART


def _is_aligned(rows: Sequence[Row], part: Part) -> bool:
    """Whether each head stands over its columns, as in a table that has kept its blanks."""
    places: dict[str, set[int]] = {}
    for at, chain in enumerate(part.column_chains, part.stub_depth):
        for level in range(len(chain)):
            if (
                level == len(chain) - 1
                or at == part.stub_depth
                or part.column_chains[at - part.stub_depth - 1][level] is not chain[level]
            ):
                places.setdefault(chain[level].label, set()).add(at)
    return all(
        any(at in some for label, some in places.items() if _says(text, label))
        for row in rows for at, (text, _) in enumerate(row)
        if text and not (part.corner and _says(text, part.corner))
    )  # fmt: skip


def _orders(part: Part) -> list[list[tuple[str, ...]]]:
    """The paths of the heads in the orders in which rows of cells can have them: by level, or all the columns last."""
    levels: list[list[tuple[str, ...]]] = [[] for _ in range(part.head_depth)]
    for chain in part.column_chains:
        for level in range(len(chain)):
            path = tree.labels_of(chain[: level + 1])
            if path not in levels[level]:
                levels[level].append(path)
    leaves = [tree.labels_of(chain) for chain in part.column_chains]
    by_level = [path for level in levels for path in level]
    return [by_level, [*(path for path in by_level if path not in leaves), *leaves]]


def _joined(rows: Sequence[Row]) -> list[Row]:
    """The rows with the last, which is shorter, as the second lines of the cells above: 商业、科研 above 企业、机构."""
    if len(rows) < 2 or len(_filled(rows[-1])) >= len(_filled(rows[-2])):
        return [*rows]
    below = [text for text, _ in rows[-1]]
    joined: Row = [(text + (below[at] if at < len(below) else ""), column) for at, (text, column) in enumerate(rows[-2])]
    return [*rows[:-2], joined]


def _official(table: Table, part: Part, heads: list[tuple[str, int | None]]) -> list[Row]:
    """The heads in the layout of the official form, with the labels as they were typed."""
    made = place(table).rows()[: part.head_depth]
    corner = {tree.normalise(part.corner or part.stub)}
    queue = iter(heads)
    return [
        [next(queue) if text and tree.normalise(text) not in corner else ("", None) for text in row] for row in made
    ]  # fmt: skip


def _body(rows: Sequence[Row], part: Part, known: set[str], padded: bool) -> list[Row] | None:
    """The rows with their labels by level and their figures in the last columns; ``None`` where that is not certain."""
    stub, count = part.stub_depth, len(part.column_chains)
    split = [_labels_and_rest(row, known, stub) for row in rows]
    data = [(labels, rest) for labels, rest in split if labels or not stub]
    # Either the figures follow the labels, and blanks the figures; or the blanks of merged labels are there.
    fits = [not any(text for text, _ in rest[count:]) for _, rest in data]
    left = sum(fits) >= _MOST * len(fits)
    right = stub > 0 and all(
        len(rest) >= count and not any(text for text, _ in rest[: len(rest) - count]) for labels, rest in data
    ) and any(len(rest) > count for _, rest in data)  # fmt: skip
    if left and right and padded:
        right = False
    if left == right:
        return None
    made: list[Row] = []
    for row, (labels, rest) in zip(rows, split, strict=True):
        if stub and not labels:
            made.append(row)
            continue
        # More figures than columns stay in their row, which the kit refuses.
        values = rest[-count:] if right else rest if any(text for text, _ in rest[count:]) else rest[:count]
        cells: Row = [("", None)] * stub
        for label in labels:
            cells[min(level_of(label[0]), stub - 1)] = label
        made.append([*cells, *values])
    return made


def _labels_and_rest(row: Row, known: set[str], stub: int) -> tuple[list[tuple[str, int | None]], Row]:
    """The labels that a row begins with, and the cells behind them; blanks before a label belong to it."""
    last = -1
    for at, (text, _) in enumerate(row[: stub + 1]):
        if text and (tree.normalise(text) in known or (apart(text).ordinal and not reading.is_figure(text))):
            last = at
        elif text:
            break
    return [cell for cell in row[: last + 1] if cell[0]], row[last + 1 :]
