"""The tables of a Word document that were laid out in several: what the page is too narrow for goes on in the next one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.shown.blocks import Cell, Paragraph, Table
from nianbao.shown.seen import squeezed
from nianbao.shown.wordstyles import W

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from nianbao.shown.blocks import Block

GOES_ON, NAME_GOES_ON = "接上表，前{}栏与上表相同", "（续）"
"""The kit's own description of a table that goes on at the right of the one above, and what stands behind its name."""
_GOES_ON = re.compile(GOES_ON.format(r"(\d{1,3})"))


def is_joined(found: list[Block], made: Table, element: Element) -> bool:
    """Join a table that goes on at the right of the last one to it, without what is said again; whether it does.

    It does not where anything but its name stands between them, or its first columns say something else.
    """
    said = element.find(f"{W}tblPr/{W}tblDescription")
    again = _GOES_ON.fullmatch(said.get(f"{W}val", "") if said is not None else "")
    at = next((at for at in range(len(found) - 1, -1, -1) if isinstance(found[at], Table)), -1)
    if not again or at < 0 or made.notes or not isinstance(before := found[at], Table):
        return False
    named = list(filter(None, map(_text, found[at + 1 :])))
    own_name = [_text(one) + NAME_GOES_ON for one in found[max(0, at - 1) : at]]
    if (named and named != own_name) or len(made.rows) != len(before.rows):
        return False
    count = int(again[1])
    (labels, rows), (own, _) = (_parted(one.rows, count) for one in (made, before))
    if [[_said(cell) for cell in row] for row in labels] != [[_said(cell) for cell in row] for row in own]:
        return False
    del found[at + 1 :]
    before.rows = [[*left, *right] for left, right in zip(before.rows, rows, strict=True)]
    return True


def _parted(rows: list[list[Cell]], count: int) -> tuple[list[list[Cell]], list[list[Cell]]]:
    """The cells of a table, row by row, that begin in its first columns, and the others."""
    first, others, reach = list[list[Cell]](), list[list[Cell]](), dict[int, int]()
    for number, row in enumerate(rows):
        column = 0
        sides: tuple[list[Cell], list[Cell]] = ([], [])
        for cell in row:
            while reach.get(column, 0) > number:
                column += 1
            sides[column >= count].append(cell)
            reach |= dict.fromkeys(range(column, column + cell.across), number + cell.along)
            column += cell.across
        first.append(sides[0])
        others.append(sides[1])
    return first, others


def _said(cell: Cell) -> str:
    return "".join(map(_text, cell.blocks))


def _text(block: Block) -> str:
    return squeezed("".join(piece.text for piece in block.pieces)) if isinstance(block, Paragraph) else ""
