"""One's own tables where a browser prints them: how wide their columns are, and how tall the tables.

What is wider than the page makes all of it smaller. The parts of a table too wide for it (wide.py) are printed in its place,
one below the other: no style sheet makes these of a table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from html import escape
from itertools import accumulate
from math import ceil
from typing import TYPE_CHECKING

from nianbao.render.frames import TABLE, rows_of, with_style
from nianbao.render.lines import lines_of
from nianbao.render.page import attribute
from nianbao.render.pagination import NAME, NAME_LINE, PAGE, PITCH, WIDTH
from nianbao.render.wide import AREA, BOX, SIZE, form_of, lines_in, needs, parts_of
from nianbao.shown.joined import NAME_GOES_ON

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.render.frames import Placed
    from nianbao.render.pagination import Choice, Ending, Parted
    from nianbao.render.wide import Form

_PADDED = 0.89  # in sizes of the text, what lies at both of its sides
# In pt: a line between rows; in sizes of the text: its lines, and the space around.
_RULE, _LINE, _SPACE = 0.75, 1.35, 0.24
_SMALL, _TALL = 4.5, PAGE / 2  # lines of the page: a table that stays whole, and a row that does not
_FEW = 2  # rows at the end of a page, and at the beginning of the next one
_TAG, _ROW_BEGIN = re.compile("<[^>]*>"), re.compile("<tr(?![a-z])[^>]*")
_ID, _HEADERS, _NAMED = attribute("id"), attribute("headers"), re.compile(r"#[\w-]+")
_RULES = re.compile("<style[^>]*>([^<]*)</style>")


@dataclass(frozen=True, slots=True)
class Own:
    """How tall a table is, in lines of the page: its name, the rows of its head and the others.

    Its notes reach from its left edge to the right one of the page: of their lines it leaves a ``share``.
    """

    name: float
    head: float
    rows: tuple[float, ...]
    share: float

    @classmethod
    def of(cls, html: str) -> Own:
        """The table of some clean HTML."""
        rows = rows_of(html)
        form = form_of(rows)
        name, end, _ = html.rpartition("</caption>")
        lines = ceil(len(_TAG.sub("", name)) / NAME_LINE) if end else 0
        heights = tuple(_height(row, form) / PITCH for row in rows)
        head = html.partition("</thead>")[0].count("<tr") if "</thead>" in html else 0
        share = 1.0 if form or not rows else (1 + sum(needs(rows)[1]) * SIZE / AREA) / 2
        return cls(lines * NAME / PITCH, sum(heights[:head]) + _RULE / PITCH, heights[head:], share)

    @property
    def lines(self) -> int:
        """The whole lines of the page that it takes."""
        return ceil(self.name + self.head + sum(self.rows))

    def is_small(self, notes: int) -> bool:
        """Whether it stays whole, with so many lines of notes."""
        return self.name + self.head + sum(self.rows) + notes <= _SMALL

    def parted(self, notes: int) -> Iterator[Parted]:
        """How it goes over a page that has so many lines left, with two rows at least on either page.

        Before the last two the page ends even where they have room, which their notes have not.
        """
        for free in range(1, min(PAGE, self.lines + notes)):
            room = free - self.name - self.head
            count = min(sum(one <= room for one in accumulate(self.rows)), max(len(self.rows) - _FEW, 0))
            lines = ceil(self.head + sum(self.rows[count:])) + notes
            if count >= _FEW and lines <= PAGE:
                yield free, lines, 0.0, (free, count, count if count == len(self.rows) - _FEW else 0), 1

    def ends(self, start: int, notes: int) -> list[Ending]:
        """How one longer than a page ends that begins on a line of it, with its head on each page.

        Notes that have no room below it take the last two rows to their page, unless they go over pages themselves.
        """
        pages, used = 0, start + self.name + self.head
        if used + sum(self.rows[:_FEW]) > PAGE:
            return []
        for height in self.rows:
            if used + height > PAGE:
                pages, used = pages + 1, self.head
            used += height
        count = max(len(self.rows) - _FEW, 0)
        moved = ceil(self.head + sum(self.rows[count:])) + notes
        if ceil(used) + notes > PAGE and count and moved <= PAGE:
            return [(pages + 1, moved, 0.0, (0, 1, count))]
        further, last = divmod(ceil(used) + notes - 1, PAGE)
        return [(pages + further, last + 1, 0.0, (0, 1, 0))]

    def made(self, box: str, html: str, choice: Choice | None, notes: int) -> str:
        """The table in its box: whether it stays whole, and which of its rows are broken, being tall, or end a page."""
        is_whole = not choice[1] if choice else self.is_small(notes)
        rows = ["--rows: auto; --after: auto" if one > _TALL else "" for one in self.rows]
        if choice and choice[2]:
            rows[choice[2] - 1] = "--after: page"
        head, end, below = html.rpartition("</thead>")
        styles = iter(rows)
        shown = _ROW_BEGIN.sub(lambda tag: with_style(tag[0], next(styles, "")), below)
        return with_style(box, "--inside: avoid" if is_whole else "") + head + end + shown


def _height(row: Sequence[Placed], form: Form | None) -> float:
    """The height of a row, in pt."""
    size = form.size if form else SIZE
    count = 1
    for cell, at, across in row:
        lines = lines_in(cell[3])
        if form:
            room = max(1.0, sum(form.widths[at : at + across]) * WIDTH / size - _PADDED)
            count = max(count, sum(lines_of(escape(one, quote=False), 0, room) for one in lines))
        count = max(count, len(lines))
    return count * _LINE * size + _SPACE * size + _RULE


def fitted(html: str) -> str:
    """A page's body whose own tables have the widths of their columns, and the size of their text."""
    return TABLE.sub(_fitted, html) if "<table" in html else html


def _fitted(table: re.Match[str]) -> str:
    begin, inside = f"<table{table[1]}>", table[2]
    form = form_of(rows_of(inside)) if 'class="statutory' not in begin else None
    if not form:
        return table[0]
    # On a screen as wide as a page report.css takes it too, where the text is not smaller.
    size = f"--size: {form.size:.2f}pt; " if form.size < SIZE else ""
    begin = with_style(begin, f"{size}--layout: fixed; --across: 100%")
    caption, end, rest = inside.rpartition("</caption>")
    has_columns = "<col" not in inside
    columns = "".join(f'<col style="--wide: {100 * one:.2f}%">' for one in form.widths) if has_columns else ""
    return f"{begin}{caption}{end}{columns and f'<colgroup>{columns}</colgroup>'}{rest}</table>"


def parted(html: str) -> str:
    """A page's body in which the parts of each table too wide for the page stand behind it, hidden but in print."""
    return BOX.sub(_parted, html) if "<table" in html else html


def _parted(box: re.Match[str]) -> str:
    sheet, attributes, inside = box.groups()
    names, made = {f"#{name}" for _, name in _ID.findall(f"<table{attributes}>{inside}")}, []
    rules = "".join(_RULES.findall(sheet))
    sheets = []
    for number, part in enumerate(parts_of(inside), 1):
        again = f"-part{number}"  # each id stands once on a page, and style sheets name it
        sheets.append(_NAMED.sub(partial(_renamed, names, again), rules))
        named = part.html.replace("</caption>", f"{NAME_GOES_ON}</caption>", 1) if part.said else part.html
        table = _ID.sub(rf'\1 id="\2{again}"', _HEADERS.sub(r"\1", f"<table{attributes}>{named}</table>"))
        made.append(f'<div hidden class="scroll">{table}</div>')
    return box[0].replace("</style>", f"{''.join(sheets)}</style>", 1) + "".join(made)


def _renamed(names: set[str], again: str, name: re.Match[str]) -> str:
    """The name of an element of a table in a style sheet, as a part has it; a colour stays as it is."""
    return name[0] + again if name[0] in names else name[0]
