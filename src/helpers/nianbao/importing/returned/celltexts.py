"""A table of the text that a reviewer has changed, merged cell by cell with its lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nianbao.asides import is_aside
from nianbao.importing import prose
from nianbao.importing.flow import Paragraph
from nianbao.importing.returned.matching import Item, in_order, matched
from nianbao.importing.returned.placed import BAR, printed_of, rows_of
from nianbao.importing.returned.tokens import VALUE
from nianbao.importing.returned.wordings import Lost, merged
from nianbao.narrative.placeholders import TAG
from nianbao.shown.seen import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nianbao.importing.flow import Grid
    from nianbao.importing.returned.tokens import Line, Token


_SAID = re.compile(r"[（(]([^（）()]*)[）)]$")


@dataclass(slots=True)
class MergedTable:
    """What becomes of a table's lines: those that are written anew, those that go, rows behind others, lost placeholders."""

    replaced: dict[int, str] = field(default_factory=dict)
    added: dict[int, list[str]] = field(default_factory=dict)
    dropped: set[int] = field(default_factory=set)
    lost: list[Lost] = field(default_factory=list)


def merged_table(theirs: Grid, own: Sequence[Line]) -> MergedTable:
    """A table with the reviewer's cells, rows put in and taken out; one with other columns or another head is written anew.

    The head may have other words. It is another one where it was taken out, or where a row was put in above it.
    """
    into = MergedTable()
    rows = rows_of(own)
    filled = [row for row in theirs.rows if any(row)]
    if {len(some) for _, some in rows} != {*map(len, filled)} or len({*map(len, filled)}) > 1:
        return _anew(theirs, own)
    old = [_item([prose.prints(printed_of(cell)) for cell in some]) for _, some in rows]
    of_theirs = {0: 0} | in_order(old, [_item(row) for row in filled])
    if [theirs_ for theirs_, number in of_theirs.items() if number == 0] != [0]:
        return _anew(theirs, own)
    last = own[0].number
    for number, row in enumerate(filled):
        if number in of_theirs:
            line, some = rows[of_theirs[number]]
            last = line.number
            if not all(map(_is_same, some, row)):
                into.replaced[last] = _row(_cell(cell, text, into) for cell, text in zip(some, row, strict=True))
        else:
            last = own[1].number if last == own[0].number else last  # the line of dashes stays below the head
            into.added.setdefault(last, []).append(prose.table_row(row))
    kept = {*of_theirs.values()}
    for number, (line, _) in enumerate(rows):
        if number not in kept:
            into.dropped.add(line.number)
            into.lost += [Lost(one, "", False) for one in line.tokens if one.kind is VALUE]
    return into


def by_line(lines: Sequence[Line], theirs: Paragraph) -> list[tuple[Sequence[Line], Paragraph]]:
    """The lines of a paragraph with what the reviewer wrote for them, those of a table's name each with its own."""
    found = _SAID.search(theirs.text)
    asides = [one for one in lines if is_aside(one.printed)]
    if not found or not asides or len(lines) != len(asides) + 1:
        return [(lines, theirs)]
    said = found[1].split("\u3000") if len(asides) > 1 else [found[1]]
    if len(said) != len(asides):
        return [(lines, theirs)]
    texts = iter(said)
    return [
        ([one], replace(theirs, text=_like(one.printed, next(texts)) if one in asides else theirs.text[: found.start()]))
        for one in lines
    ]


def _like(printed: str, said: str) -> str:
    """What is said beside a table's name, in brackets where it was printed so."""
    return f"（{said}）" if printed.strip().startswith(("（", "(", "【")) else said


def _anew(theirs: Grid, own: Sequence[Line]) -> MergedTable:
    """The reviewer's table in place of all lines; a column that was there before stays aligned as it was."""
    lost = [Lost(one, theirs.text, True) for line in own for one in line.tokens if one.kind is VALUE]
    head, dashes, *rows = prose.table(theirs).split("\n")
    old, new = ([_item([prose.prints(cell)]) for cell in _parts(line)] for line in (own[0].printed, head))
    of_own = dict.fromkeys(range(len(new)), -1) | matched(old, new)
    if len(old) == len(new):  # a column with another name
        of_own = {at: at if was < 0 else was for at, was in of_own.items()}
    kept = dict(enumerate(_parts(own[1].printed)))
    dashes = f"|{'|'.join(kept.get(of_own[at], one) for at, one in enumerate(_parts(dashes)))}|"
    return MergedTable({own[0].number: "\n".join((head, dashes, *rows))}, dropped={one.number for one in own[1:]}, lost=lost)


def _parts(line: str) -> list[str]:
    """The cells of a line of a table."""
    return [one.strip() for one in BAR.split(line.strip().removeprefix("|").removesuffix("|"))]


def _item(row: Sequence[str]) -> Item:
    """A row as it is compared."""
    return Item("\t".join(map(squeezed, row)), Paragraph("", ""), "")


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _is_same(cell: Sequence[Token], text: str) -> bool:
    return squeezed(prose.prints(printed_of(cell))) == squeezed(text)


def _cell(cell: Sequence[Token], text: str, into: MergedTable) -> str:
    """The source of a cell with the reviewer's text."""
    if _is_same(cell, text):
        return "".join(one.source for one in cell).strip()
    made = merged(cell, printed_of(cell), Paragraph(text, ""))
    into.lost += made.lost
    source, at = "", 0
    for tag in TAG.finditer(made.source):  # a bar in a placeholder parts no cells
        source += _barred(made.source[at : tag.start()]) + tag.group()
        at = tag.end()
    return (source + _barred(made.source[at:])).strip().replace("\n", " ")


def _barred(text: str) -> str:
    """A text whose bars part no cells."""
    return BAR.sub(r"\\|", text)
