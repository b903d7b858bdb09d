"""Whether lines of a table are the heads and the rows of the statutory one, and which."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.importing.lines.headorder import TOTAL
from nianbao.importing.lines.tablelines import tight
from nianbao.inputs.labels import PART, apart, likeness

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.importing.lines.tablelines import Line
    from nianbao.statute.tree import Part

_DASH = re.compile("[-－–—−]")
_FEWEST = 4  # characters of a piece that names a label


def is_certain(line: Line, part: Part, is_even: bool, are_grouped: bool) -> bool:
    """Whether the figures of a line are the columns': as many, and read in one way only, or with sums that hold."""
    if len(line.values) != len(part.column_chains) or line.is_glued or has_glued_dash(line, [True] * len(line.values)):
        return False
    return is_sure(line, are_grouped) or (is_even and _adds_up(line.values, part))


def has_dashes(lines: Sequence[Line]) -> bool:
    """Whether a dash stands for an empty cell in some lines."""
    return any(_DASH.fullmatch(text) for line in lines for text in line.values)


def has_glued_dash(line: Line, columns: Sequence[bool]) -> bool:
    """Whether a dash for an empty cell may have run into the figure behind it: 31 -2 5575.

    Parameters
    ----------
    columns : sequence of bool
        Of each column, whether its figures have no minus of their own, so that one before a figure is a dash.
    """
    return any(is_odd and _DASH.match(text) and len(text) > 1 for text, is_odd in zip(line.values, columns, strict=False))


def is_sure(line: Line, are_grouped: bool) -> bool:
    """Whether the figures of a line can be read in one way only.

    Where blanks part the thousands of other lines, four digits without one are two figures that have lost theirs: 1 2345.
    """
    return line.is_sure and not (are_grouped and line.has_long)


def totals_tell(lines: Sequence[Line], part: Part) -> bool | None:
    """Whether sums tell which columns are the totals: all hold, and some would not if the total were the first.

    Where all figures are 0, it is the same what they are of. ``None`` where the sums hold, and tell nothing.
    """
    rows = [line.values for line in lines if len(line.values) == len(part.column_chains)]
    if not rows or not all(_adds_up(row, part) for row in rows):
        return False
    tell, are_blank = False, True
    for row in rows:
        some: list[int] = []
        for text, chain in zip(row, part.column_chains, strict=True):
            some.append(reading.count(text))
            if chain[-1].label == TOTAL:
                tell, are_blank = tell or any(some[1:-1]), are_blank and not any(some)
                some = []
    return tell or are_blank or None


def _adds_up(values: Sequence[str], part: Part) -> bool:
    """Whether each total is the sum of the figures before it, up to the total before."""
    so_far = 0
    try:
        for text, chain in zip(values, part.column_chains, strict=True):
            number = reading.count(text)
            if chain[-1].label == TOTAL and number != so_far:
                return False
            so_far = 0 if chain[-1].label == TOTAL else so_far + number
    except ValueError:
        return False
    return part.column_chains[-1][-1].label == TOTAL


def rows_of(lines: Sequence[Line], part: Part) -> tuple[list[tuple[Line, int | None]], bool]:
    """The row that each line with figures is, by the words around them; by its place where all rows have one line each.

    Says too whether they have.
    """
    names = [tight("".join(node.label for node in chain)) for chain in part.row_chains]
    leaves = [tight(chain[-1].label) for chain in part.row_chains]
    at_data = [at for at, line in enumerate(lines) if line.is_data]
    found, around = [], []
    for begin, at, end in zip([-1, *at_data], at_data, [*at_data[1:], len(lines)], strict=False):
        above, below = (_words(lines[one:other]) for one, other in ((begin + 1, at), (at + 1, end)))
        found.append(_row_of(lines[at], above, below, leaves, names))
        around.append([word for line in lines[begin + 1 : end] for word in line.words])
    is_whole = len(found) == len(leaves) and all(
        at == order or (at is None and _is_said(order, around[order], leaves)) for order, at in enumerate(found)
    )
    for order in range(1, len(found)) if not is_whole else ():
        above, row = tight(_words(lines[at_data[order - 1] + 1 : at_data[order]])), found[order - 1]
        if found[order] is None and not lines[at_data[order]].words and above and row is not None:
            # Figures among the lines of a label and others below it: nobody knows which are its row's.
            found[order] = row if leaves[row].endswith(above) else None
    for order, row in _below_labels(lines, at_data, leaves).items():
        found[order] = row if found[order] is None else found[order]
    rows = [(lines[at], order if is_whole else row) for order, (at, row) in enumerate(zip(at_data, found, strict=True))]
    return rows, is_whole


def _is_said(row: int, around: Sequence[str], leaves: Sequence[str]) -> bool:
    """Whether the label of a row, or a piece of it alone, stands around the line that has its place."""
    pieces = (piece for word in around if len(piece := tight(word)) >= _FEWEST)
    return leaves[row] in tight("".join(around)) or any(_having(piece, leaves) == [row] for piece in pieces)


def _below_labels(lines: Sequence[Line], at_data: Sequence[int], leaves: Sequence[str]) -> dict[int, int]:
    """The rows of figures alone in a line that stand below their labels for certain, by the order of the lines with figures.

    Some of them below each other do so where one whole label stands above each, and none between the last and the next line
    that has figures behind its own label: above their labels, one would be left over.
    """
    rows: dict[int, int] = {}
    begin = 0
    for order, at in enumerate([*at_data, len(lines)]):
        line = lines[at] if at < len(lines) else None
        if line and not line.words:
            continue
        ends = [-1, *at_data][begin : order + 1]
        own = [_label_at_end(_words(lines[one + 1 : two]), leaves) for one, two in pairwise(ends)]
        between = tight(_words(lines[at_data[order - 1] + 1 : at + 1])) if order else ""
        label = max((len(one) for one in leaves if between.endswith(one)), default=0) if line else 0
        if not any(one in between[: len(between) - label] for one in leaves):
            rows |= {begin + count: row for count, row in enumerate(own) if row is not None} if None not in own else {}
        begin = order + 1
    return rows


def _label_at_end(text: str, leaves: Sequence[str]) -> int | None:
    """The row whose whole label ends a text, where none stands before it."""
    said = tight(text)
    ended = [at for at, name in enumerate(leaves) if said.endswith(name)]
    row = max(ended, key=lambda at: len(leaves[at]), default=None)
    return None if row is None or any(one in said[: -len(leaves[row])] for one in leaves) else row


def _row_of(line: Line, above: str, below: str, leaves: Sequence[str], names: Sequence[str]) -> int | None:
    """The only row whose label ends before the figures of a line, stands around them, or that its words are a piece of.

    Else the row that they shorten, where nothing stands above them but the groups of that row.
    """
    own = re.sub("(?<=[^0-9])[0-9]+$", "", _words([line]))
    text, so_far, whole = tight(own), tight(above + own), tight(above + own + below)
    ended = [at for at, name in enumerate(leaves) if text.endswith(name)]
    # Figures alone in a line may stand above their label as well as below it.
    ended = ended or [at for at, name in enumerate(leaves) if text and so_far.endswith(name)]
    if ended:
        return max(ended, key=lambda at: len(leaves[at]))
    having = {at for at, name in enumerate(leaves) if _is_around(name, whole, len(so_far) - len(text), len(so_far))}
    pieces = [tight(word) for word in line.words if len(tight(word)) >= _FEWEST]
    having = having or {at for piece in pieces for at in _having(piece, leaves)}
    if not having and line.words and sum(text in name for name in leaves) < 2:
        typed = apart(line.words[-1])
        having = {
            at for at, name in enumerate(leaves)
            if likeness(typed, apart(name)) >= PART and typed.ordinal in {"", apart(name).ordinal}
            and names[at].removesuffix(name).endswith(tight(above))
        }  # fmt: skip
    return having.pop() if len(having) == 1 else None


def _is_around(name: str, whole: str, begin: int, figures: int) -> bool:
    """Whether a label begins above some figures or in the words of their line, from ``begin`` on, and ends below them."""
    places = range(max(figures - len(name) + 1, 0), min(begin, figures - 1) + 1)
    return any(whole.startswith(name, at) for at in places)


def _words(lines: Sequence[Line]) -> str:
    return "".join(word for line in lines for word in line.words)


def _having(piece: str, names: Sequence[str]) -> list[int]:
    found = [at for at, name in enumerate(names) if piece in name]
    return found if len(found) == 1 else []
