"""Whether lines of a table are the heads and the rows of the statutory one, and which."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.importing.tablelines import tight
from nianbao.inputs.labels import PART, apart, likeness

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.importing.tablelines import Line
    from nianbao.statute.tree import Node, Part

_TOTAL = "总计"
_FEWEST = 4  # characters of a piece that names a label
_ORDERED = ("自然", "商业", "科研", "社会", "法律")


def is_certain(line: Line, part: Part, is_even: bool, are_grouped: bool) -> bool:
    """Whether the figures of a line are the columns': as many, and read in one way only, or with sums that hold."""
    if len(line.values) != len(part.column_chains) or line.is_glued:
        return False
    return is_sure(line, are_grouped) or (is_even and _adds_up(line.values, part))


def is_sure(line: Line, are_grouped: bool) -> bool:
    """Whether the figures of a line can be read in one way only.

    Where blanks part the thousands of other lines, four digits without one are two figures that have lost theirs: 1 2345.
    """
    return line.is_sure and not (are_grouped and line.has_long)


def _adds_up(values: Sequence[str], part: Part) -> bool:
    """Whether each total is the sum of the figures before it, up to the total before."""
    so_far = 0
    try:
        for text, chain in zip(values, part.column_chains, strict=True):
            number = reading.count(text)
            if chain[-1].label == _TOTAL and number != so_far:
                return False
            so_far = 0 if chain[-1].label == _TOTAL else so_far + number
    except ValueError:
        return False
    return part.column_chains[-1][-1].label == _TOTAL


def heads_of(part: Part) -> list[str]:
    """The heads, level by level."""
    made: list[str] = []
    for level in range(part.head_depth):
        nodes: list[Node] = []
        for chain in part.column_chains:
            if level < len(chain) and not any(one is chain[level] for one in nodes):
                nodes.append(chain[level])
        made += [node.label for node in nodes]
    return made


def are_official(heads: Sequence[str], part: Part) -> bool:
    """Whether words are the heads of a table, in pieces at most: the same characters, and the columns in their order."""
    made = heads_of(part)
    text = tight("".join(heads))
    order = [text.find(one) for one in _ORDERED if any(one in label for label in made)]
    has_all = any(Counter(text) == Counter(tight("".join((corner, *made)))) for corner in {"", part.corner})
    return has_all and order == sorted(order)


def rows_of(data: Sequence[Line], part: Part) -> tuple[list[tuple[Line, int | None]], bool]:
    """The row that each line with figures is, by its own words; by its place where all rows have one line each.

    Says too whether they have.
    """
    names = [tight(chain[-1].label) for chain in part.row_chains]
    found = [_row_of(line, names) for line in data]
    is_whole = len(data) == len(names) and all(at in {None, order} for order, at in enumerate(found))
    rows = [(line, order if is_whole else at) for order, (line, at) in enumerate(zip(data, found, strict=True))]
    return rows, is_whole


def _row_of(line: Line, names: Sequence[str]) -> int | None:
    """The only row whose label ends the words of a line, that has a piece of them, or that they shorten."""
    text = re.sub("(?<=[^0-9])[0-9]+$", "", line.label)
    whole = [at for at, name in enumerate(names) if text.endswith(name)]
    if whole:
        return max(whole, key=lambda at: len(names[at]))
    pieces = [tight(word) for word in line.words if len(tight(word)) >= _FEWEST]
    having = {at for piece in pieces for at in _having(piece, names)}
    if not having and line.words:
        typed = apart(line.words[-1])
        having = {
            at for at, name in enumerate(names)
            if likeness(typed, apart(name)) >= PART and typed.ordinal in {"", apart(name).ordinal}
        }  # fmt: skip
    return having.pop() if len(having) == 1 else None


def _having(piece: str, names: Sequence[str]) -> list[int]:
    found = [at for at, name in enumerate(names) if piece in name]
    return found if len(found) == 1 else []
