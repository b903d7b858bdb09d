"""A table of the text that a reviewer has changed, merged cell by cell with its lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nianbao.importing import prose
from nianbao.importing.flow import Paragraph
from nianbao.importing.returned.placed import cells
from nianbao.importing.returned.tokens import TEXT, VALUE, Token
from nianbao.importing.returned.wordings import Lost, merged
from nianbao.shown.seen import squeezed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.importing.flow import Grid
    from nianbao.importing.returned.tokens import Line


@dataclass(slots=True)
class Merged:
    """What becomes of a table's lines: those that are written anew, those that go, and the placeholders that are lost."""

    replaced: dict[int, str] = field(default_factory=dict)
    dropped: set[int] = field(default_factory=set)
    lost: list[Lost] = field(default_factory=list)


def merged_table(theirs: Grid, own: Sequence[Line], lines: Sequence[str]) -> Merged:
    """A table with the reviewer's cells; where its rows or columns are others, all of it is written anew."""
    into = Merged()
    rows = [one for one in own if any(cell.strip(":- ") for cell in cells(one.printed))]
    parts = [_cells_of(one.tokens) for one in rows]
    filled = [row for row in theirs.rows if any(row)]
    if [*map(len, parts)] != [*map(len, filled)]:
        into.replaced[own[0].number] = prose.table(theirs)
        into.dropped |= {one.number for one in own[1:]}
        into.lost = [Lost(one, theirs.text, True) for line in own for one in line.tokens if one.kind is VALUE]
        return into
    for line, some, row in zip(rows, parts, filled, strict=True):
        sources = [_cell(tokens, text, into) for tokens, text in zip(some, row, strict=True)]
        if sources != cells(lines[line.number]):
            into.replaced[line.number] = f"| {' | '.join(sources)} |"
    return into


def _cell(tokens: list[Token], text: str, into: Merged) -> str:
    if squeezed(prose.prints("".join(one.printed for one in tokens))) == squeezed(text):
        return "".join(one.source for one in tokens).strip()
    made = merged(tokens, Paragraph(text, ""))
    into.lost += made.lost
    return made.source.strip().replace("\n", " ")


def _cells_of(tokens: Sequence[Token]) -> list[list[Token]]:
    """The parts of each cell of a row."""
    found: list[list[Token]] = [[]]
    for one in tokens:
        if one.kind is not TEXT:
            found[-1].append(one)
            continue
        first, *others = one.source.split("|")
        found[-1] += [Token(first, first, TEXT)] if first else []
        found += [[Token(text, text, TEXT)] if text else [] for text in others]
    blank = [not any(part.source.strip() for part in row) for row in (found[0], found[-1])]
    return found[int(blank[0]) : len(found) - int(blank[1])]
