"""The statutory tables where a browser prints a page: how tall their rows are, and where they go over a page.

The PDF and this go by the same rows (heights.py). A label that a page parts is said again on the next page: a style sheet
cannot do that, so a table with its labels parted is printed in place of the one on the screen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

from nianbao.render.formcells import SIZE, height_of
from nianbao.render.frames import with_style
from nianbao.render.heights import Rows, alike, breaks_in, breaks_of, filled, loose_in, parting_of, spread, uneven
from nianbao.render.page import attribute
from nianbao.render.pagination import PAGE, PITCH
from nianbao.render.statutory import form_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from nianbao.render.pagination import Choice, Ending, Pages, Parted, Whole
    from nianbao.render.statutory import Form

# In pt: the name, the last rule with the space below it, a rule, and what is left of a page that ends in one.
_NAME, _BELOW, _LINE, _HAIR = 16.0, 12.75, 0.49, 1.5
_TALLEST = {"kept": 39.0, "dense": 23.0}  # a row of one line, by the kind of the table
# What a table in two parts costs, and one that goes over a page between its rows besides: as ten empty lines do.
_PARTED, _TORN = 24, 2400
_TOLD = 6  # lines below a break that the page before may have room for: it is told to end there
_UNEVEN = 1.5  # what uneven rows cost, of what they do in the PDF
_ROW, _ROW_BEGIN = re.compile("<tr\\b.*?</tr>", re.S), re.compile("<tr(?![a-z])[^>]*")
_CELL = re.compile("<t([hd])\\b[^>]*>.*?</t\\1>", re.S)
_ID, _HEADERS, _ALONG = attribute("id"), attribute("headers"), attribute("rowspan")


class _Ended(tuple[int, int, int]):
    """A choice with which the page is told to end above a part that it may have room for."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A statutory table with so many lines of notes below it; nobody knows how tall it is if it has no ``rows``."""

    kind: str
    html: str
    form: Form | None
    notes: int

    @classmethod
    def of(cls, kind: str, html: str, notes: int) -> Printed:
        """The table of some clean HTML, of the kind that its box says: kept or dense."""
        return cls(kind, html, form_of(f'<div class="scroll {kind}">{html}</div>'), notes)

    @property
    def rows(self) -> Rows | None:
        """Its rows, as far as anybody can tell how tall they are."""
        return self.form.rows if self.form else None

    def place(self, pages: Pages) -> bool:
        """Place it on the pages; whether anybody knows how tall it is."""
        rows = self.rows
        if not rows:
            pages.lose()
        elif self._is_long(rows):
            pages.long(lambda start: self._ends(rows, start))
        else:
            pages.table(*_places(self.kind, rows, self.notes), partial(_talls, rows))
        return rows is not None

    def made(self, choice: Choice | None) -> str:
        """The table in its box, but for the end of this, as CSS tells it to be printed."""
        box = f'<div class="scroll {self.kind}"'
        rows = self.rows
        if not self.form or not rows:
            return f"{with_style(f'{box}>', '--inside: auto')}{self.html}"
        if choice is None:
            ways = _ways(self.kind, rows.counts, _NAME + _BELOW)
            (*_, (_, row)) = sorted(ways, key=lambda way: -uneven(way[1])) or [(0, SIZE)]
            tall = spread(rows.counts, sum(spread(rows.counts, 0)) + len(rows.counts) * max(0.0, row - SIZE - 3.2))
            return self._styled(f"{box}>", self.html, tall, loose_in(rows), "--inside: auto")
        breaks, tall = self._chosen(rows, choice)
        if not breaks:
            return self._styled(f"{box}>", self.html, tall, [], "--inside: avoid")
        inside = "--inside: auto" if set(breaks) <= set(rows.parts) else "--inside: auto; --part: auto"
        heads = {at: rows.heads[at] for at in breaks if rows.heads[at] and "<thead" not in self.html}
        again = self._said_again(self.form, breaks, heads)
        # A part behind the last break stays with the one before it; the page ends there where it has room for all of these.
        end = "page" if isinstance(choice, _Ended) else "auto"
        ends = {*breaks, *(at for at in rows.parts if at < breaks[-1] or self._is_long(rows))}
        if again == self.html:
            return self._styled(f"{box}>", again, tall, ends, inside, end)
        order = [at for row in range(len(tall)) for at in (*heads.get(row, ()), row)]
        ends = {number for number, before in enumerate(order[:-1], 1) if before + 1 in ends}
        box_again = f'<div hidden class="scroll {self.kind}">'
        printed = self._styled(box_again, again, [tall[at] for at in order], ends, inside, end)
        return f"{box}>{self.html}</div>{printed}"

    def _is_long(self, rows: Rows) -> bool:
        return ceil((_NAME + _BELOW + sum(rows.heights)) / PITCH) > PAGE

    def _ends(self, rows: Rows, start: int) -> list[Ending]:
        """How one longer than a page ends that begins on a line of it."""
        breaks = breaks_of(rows, start)
        if not breaks:
            return []
        lines = filled(rows, breaks, start)[1]
        return [(len(breaks), min(PAGE, lines + self.notes), 0.0, (start, 0, 0))]

    def _chosen(self, rows: Rows, choice: Choice) -> tuple[Sequence[int], list[float]]:
        """The rows with which pages begin, and how tall all rows are, in pt."""
        lines, at, others = choice
        if self._is_long(rows):
            breaks = breaks_of(rows, lines)
            made = filled(rows, breaks, lines)[0]
            last = range(breaks[-1], len(made))  # its rows fill their lines: no browser goes back to the grid below them
            left = -(sum(made[at] for at in (*rows.heads[breaks[-1]], *last)) + _BELOW + _LINE) % PITCH
            return breaks, [
                one + (left / len(last) if at in last and left < PITCH - 0.01 else 0) for at, one in enumerate(made)
            ]
        if not at:
            return [], spread(rows.counts, lines * PITCH - _NAME - _BELOW)
        first, _ = _talls(rows, choice)
        above = [height_of(count) + first - SIZE for count in rows.counts[:at]]
        again = sum(above[head] for head in rows.heads[at])  # the head, as tall on either page
        return [at], above + spread(rows.counts[at:], others * PITCH - _BELOW - again)

    def _styled(
        self, box: str, html: str, tall: Sequence[float], ends: Collection[int], inside: str, end: str = "auto"
    ) -> str:
        """The table with the heights of its rows, and the rows with which the next page may begin, as CSS.

        ``end`` is the CSS of the last one: with ``auto`` a page may begin there, with ``page`` one does.
        """
        usual = max(set(tall), key=list(tall).count)
        numbers = iter(range(len(tall)))

        def styled(tag: re.Match[str]) -> str:
            at = next(numbers)
            style = "" if tall[at] == usual else f"--tall: {tall[at]:.2f}pt"
            may_end = f"--after: {end if at + 1 == max(ends) else 'auto'}" if at + 1 in ends else ""
            return with_style(tag[0], "; ".join(filter(None, (style, may_end))))

        return with_style(box, f"{inside}; --tall: {usual:.2f}pt") + _ROW_BEGIN.sub(styled, html)

    def _said_again(self, form: Form, breaks: Sequence[int], heads: Mapping[int, range]) -> str:
        """The table as pages show it that begin with some rows; behind a break it says again what goes over that.

        A label is parted: the row behind the break has it again. The rows that head a part stand there again too; ``heads``
        has them by the row behind the break.
        """
        places = [row for _, part in form.parts for row in part]
        again: dict[int, list[tuple[int, str]]] = {}
        made: list[str] = []
        is_parted = bool(heads)

        def said(row: re.Match[str]) -> str:
            nonlocal is_parted
            number = len(made)
            cells = again.get(number, [])
            for cell, place in zip(_CELL.finditer(row[0]), places[number], strict=True):
                stop = number + place.along
                first, *others = pairwise((number, *(at for at in breaks if number < at < stop), stop))
                is_parted = is_parted or bool(others)
                cells = [*cells, (place.column, _again(cell[0], number, first[1] - number))]
                for begin, end in others:
                    again.setdefault(begin, []).append((place.column, _again(cell[0], begin, end - begin)))
            made.append(f"{row[0].partition('>')[0]}>{''.join(html for _, html in sorted(cells))}</tr>")
            copies = (_ID.sub(rf'\1 id="\2-{number}"', made[at]) for at in heads.get(number, ()))
            return "".join((*copies, made[number]))

        table = _ROW.sub(said, self.html)
        return _ID.sub(r'\1 id="\2-paper"', table, count=1) if is_parted else self.html


@lru_cache(maxsize=128)
def _places(kind: str, rows: Rows, notes: int) -> tuple[list[Whole], list[Parted]]:
    """How a table that is no longer than a page may stand on one page, and on two, with so many lines of notes below it."""
    ways = _ways(kind, rows.counts, _NAME + _BELOW)
    whole: list[Whole] = [(lines + notes, _UNEVEN * uneven(row), (lines, 0, 0)) for lines, row in ways]
    return whole, list(_parted(kind, rows, notes))


def _parted(kind: str, rows: Rows, notes: int) -> Iterator[Parted]:
    """How the table may go over a page: between its parts, in one, or between groups of its rows, under its head again."""
    if rows.parts:
        some = [(at, price, range(PAGE + 1)) for at, price in breaks_in(rows)]
    else:
        some = [(at, _TORN, range(PAGE - line, PAGE - line + 1)) for line in range(1, PAGE) for at in parting_of(rows, line)]
    for at, price, fits in some:
        above = [way for way in _ways(kind, rows.counts[:at], _NAME + _HAIR) if way[0] in fits]
        below = _ways(kind, _below(rows, at), _BELOW)
        for first, row, lines, other in alike(above, below, at):
            if lines + notes <= PAGE:
                cost = _PARTED + price + _UNEVEN * max(uneven(one, count=len(rows.counts)) for one in (row, other))
                yield first, lines + notes, cost, (ceil(first), at, lines), lines - 1
                if lines <= _TOLD:  # the page may have room for them
                    yield first, lines + notes, cost + 1, _Ended((ceil(first), at, lines)), PAGE


def _below(rows: Rows, at: int) -> list[int]:
    """The lines of text in each row of a page that begins with one, under its head."""
    return [*(rows.counts[head] for head in rows.heads[at]), *rows.counts[at:]]


def _talls(rows: Rows, choice: Choice) -> list[float]:
    """How tall rows of one line are with a choice, in pt; those of a table on two pages on each."""
    lines, at, others = choice
    if not at:
        return [_row(rows.counts, lines, _NAME + _BELOW)]
    above, below = _row(rows.counts[:at], lines, _NAME + _HAIR), _row(_below(rows, at), others, _BELOW)
    return [tall for _, *both in alike([(lines, above)], [(others, below)], at) for tall in both[::2]]


def _ways(kind: str, counts: Sequence[int], beside: float) -> Iterator[tuple[int, float]]:
    """How many lines of a page some rows may take with what stands ``beside`` them; how tall one of one line is then."""
    low = ceil((beside + sum(spread(counts, 0.0))) / PITCH)
    for lines in range(low, PAGE + 1):
        row = _row(counts, lines, beside)
        if lines > low and row > _TALLEST[kind]:
            return
        yield lines, row


def _row(counts: Sequence[int], lines: int, beside: float) -> float:
    """How tall a row of one line is, in pt, where some rows take so many lines with what stands ``beside`` them."""
    return SIZE + (lines * PITCH - beside - sum(map(height_of, counts))) / len(counts)


def _again(cell: str, row: int, rows: int) -> str:
    """A cell as it stands a second time on the page, in some row of a table, over so many: its name is another one."""
    named = _ID.sub(rf'\1 id="\2-{row}"', _HEADERS.sub(r"\1", cell), count=1)
    return _ALONG.sub(rf'\1 rowspan="{rows}"', named, count=1)
