"""A table of the text that a reviewer has changed, merged cell by cell with its lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nianbao.importing import prose
from nianbao.importing.flow import Paragraph
from nianbao.importing.returned.placed import BAR, printed_of, rows_of
from nianbao.importing.returned.tokens import VALUE
from nianbao.importing.returned.wordings import Lost, merged
from nianbao.narrative.placeholders import TAG
from nianbao.shown.seen import squeezed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.importing.flow import Grid
    from nianbao.importing.returned.tokens import Line, Token


@dataclass(slots=True)
class Merged:
    """What becomes of a table's lines: those that are written anew, those that go, and the placeholders that are lost."""

    replaced: dict[int, str] = field(default_factory=dict)
    dropped: set[int] = field(default_factory=set)
    lost: list[Lost] = field(default_factory=list)


def merged_table(theirs: Grid, own: Sequence[Line]) -> Merged:
    """A table with the reviewer's cells; where its rows or columns are others, all of it is written anew."""
    into = Merged()
    rows = rows_of(own)
    filled = [row for row in theirs.rows if any(row)]
    if [len(some) for _, some in rows] != [*map(len, filled)]:
        into.replaced[own[0].number] = prose.table(theirs)
        into.dropped |= {one.number for one in own[1:]}
        into.lost = [Lost(one, theirs.text, True) for line in own for one in line.tokens if one.kind is VALUE]
        return into
    for (line, some), row in zip(rows, filled, strict=True):
        if not all(map(_is_same, some, row)):
            sources = (_cell(cell, text, into) for cell, text in zip(some, row, strict=True))
            into.replaced[line.number] = f"| {' | '.join(sources)} |"
    return into


def _is_same(cell: Sequence[Token], text: str) -> bool:
    return squeezed(prose.prints(printed_of(cell))) == squeezed(text)


def _cell(cell: Sequence[Token], text: str, into: Merged) -> str:
    """The source of a cell with the reviewer's text."""
    if _is_same(cell, text):
        return "".join(one.source for one in cell).strip()
    made = merged(cell, Paragraph(text, ""))
    into.lost += made.lost
    source, at = "", 0
    for tag in TAG.finditer(made.source):  # a bar in a placeholder parts no cells
        source += BAR.sub(r"\\|", made.source[at : tag.start()]) + tag.group()
        at = tag.end()
    return (source + BAR.sub(r"\\|", made.source[at:])).strip().replace("\n", " ")
