"""The parts of a table that the page is too narrow for, as a file of the kit's own holds them → one table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.shown.blocks import Cell, Paragraph, Table
from nianbao.shown.seen import squeezed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.shown.blocks import Block

NAME_GOES_ON = "（续）"
"""What stands behind the name of a table above each of its parts but the first."""
_SAID = re.compile(r"接上表(?:，前([0-9]{1,3})栏与上表相同)?(?:，第([0-9]{1,6}(?:、[0-9]{1,6})*)行首格与上表末格为一格)?")


def said_of(labels: int, cut: Sequence[int]) -> str:
    """How a part says that it goes on at the right of the one above, without its first columns, which are ``labels``.

    ``cut`` are the numbers of the rows, from 1, of which the first other cell is the last one above.
    """
    again = f"，前{labels}栏与上表相同" if labels else ""
    rows = "、".join(map(str, cut))
    return f"接上表{again}" + (f"，第{rows}行首格与上表末格为一格" if cut else "")


def join(found: list[Block], made: Table, said: str) -> bool:
    """Join a table to the last one found, if it says that it goes on with that, without what is said again; whether it does.

    It does not where anything but its name stands between them, or its first columns say something else.
    """
    again = _SAID.fullmatch(said)
    at = next((at for at in range(len(found) - 1, -1, -1) if isinstance(found[at], Table)), -1)
    if not again or at < 0 or made.notes or not isinstance(before := found[at], Table):
        return False
    named = list(filter(None, map(_text, found[at + 1 :])))
    own_name = [_text(one) + NAME_GOES_ON for one in found[max(0, at - 1) : at]]
    if (named and named != own_name) or len(made.rows) != len(before.rows):
        return False
    count = int(again[1] or 0)
    (labels, others), (own, _) = (_parted(one.rows, count) for one in (made, before))
    if [[_said(cell) for _, cell in row] for row in labels] != [[_said(cell) for _, cell in row] for row in own]:
        return False
    del found[at + 1 :]
    cut = {int(one) - 1 for one in (again[2] or "").split("、") if one}
    for number, row in enumerate(before.rows):
        for (_, mine), (column, cell) in zip(own[number], labels[number], strict=True):
            mine.across += max(0, column + cell.across - count)  # one over labels and all that stands beside them
        more = others[number]
        if number in cut and row and more:
            row[-1].across += more.pop(0).across
        row += more
    return True


def _parted(rows: list[list[Cell]], count: int) -> tuple[list[list[tuple[int, Cell]]], list[list[Cell]]]:
    """The cells of a table, row by row, that begin in its first columns, each with its column, and the others."""
    first, others, reach = list[list[tuple[int, Cell]]](), list[list[Cell]](), dict[int, int]()
    for number, row in enumerate(rows):
        column = 0
        first.append([])
        others.append([])
        for cell in row:
            while reach.get(column, 0) > number:
                column += 1
            if column < count:
                first[-1].append((column, cell))
            else:
                others[-1].append(cell)
            reach |= dict.fromkeys(range(column, column + cell.across), number + cell.along)
            column += cell.across
    return first, others


def _said(cell: Cell) -> str:
    return "".join(map(_text, cell.blocks))


def _text(block: Block) -> str:
    return squeezed("".join(piece.text for piece in block.pieces)) if isinstance(block, Paragraph) else ""
