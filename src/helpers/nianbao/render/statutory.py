"""Turn the statutory tables of a page into Typst markup; pandoc, which takes the longest over tables, turns all else.

The tables are those of `nianbao.document.tables`, in clean HTML: their cells hold text and places to break it, and no tags.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from html import unescape
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING

from nianbao.render import fits
from nianbao.render.formcells import SIZE, Cell, counts_of, shared_of
from nianbao.render.heights import Rows, breaks_of, filled, parting_of
from nianbao.render.pagination import PAGE
from nianbao.render.rowheads import Table
from nianbao.render.wide import AGAIN, CHANCE, breakable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from nianbao.render.fits import Fits

# In clean HTML < and > stand around tags only, and " around the values of attributes only (see `Page`).
_TABLE = re.compile(
    r'<div class="scroll (kept|dense)"><table class="statutory"[^>]*><caption>([^<]*)</caption>'
    r'<colgroup>((?:<col style="width: [\d.]+%">)+)</colgroup>'
    r"((?:<(t(?:head|body))>(?:<tr[^>]*>(?:<(t[hd])\b[^>]*>[^<]*(?:<wbr>[^<]*)*</\6>)*</tr>)+</\5>)+)</table></div>"
)
# One of them taken out, or any other table without another in it.
_ANY = re.compile(r'<div data-file="([^"]*)"|<table\b(?:(?!</?table\b).)*</table>', re.S)
_WIDTH = re.compile(r"width: ([\d.]+)%")
_BLOCK = re.compile(r"<(thead|tbody)>(.*?)</\1>", re.S)
_ROW = re.compile(r"<tr[^>]*>(.*?)</tr>", re.S)
_CELL = re.compile(r"<t([hd])\b([^>]*)>(.*?)</t", re.S)
_SPAN = re.compile(r'\b(col|row)span="(\d+)"')
_LEFT = "text-align: left"
_MARK = re.compile(r'data-wrong="(\w+)"')
_LONG_CAPTION = 36
_MANY_ROWS = 10  # the label of so many rows stands in the middle
# As report.lua marks the place of a table.
_PLACE = re.compile(r'import "(table\d+\.typ)" as it; it\.shown\((\d+)(?:, space: ([\d.]+))?')
_Part = tuple[bool, list[list[Cell]]]
"""Rows that belong together, and whether they are the head of the table."""


@dataclass(frozen=True, slots=True)
class Form:
    """A statutory table; its ``rows``, and how many lines of a page it ``fits``, are nothing where nobody can tell that."""

    named: str
    widths: list[float]
    parts: list[_Part]
    rows: Rows | None
    fits: Fits | None

    def placed(self, line: int, space: float | None = None) -> tuple[str, list[list[Cell]]]:
        """Its Typst markup, and its cells row by row.

        On which ``line`` of a page it begins, and the ``space`` above and below the texts of its rows, matter to a long one
        only, and to one that is parted without need.
        """
        parts, how = self.parts, f"statutory-free.with({self.named}, table("
        if self.rows:
            kind, of = "statutory", [str(count) for count in self.rows.counts]
            if space or self.rows.least > PAGE:
                own = (space,) if space else ()
                breaks = breaks_of(self.rows, line, *own) if self.rows.least > PAGE else parting_of(self.rows, line)
                kind, of = "statutory-long", [f"{height:.3f}pt" for height in filled(self.rows, breaks, line, *own)[0]]
                parts = _repeated(parts, breaks)
            how = f"{kind}.with(({', '.join(of)},), {self.named}, rows => table(rows: rows, "
        return _markup(how, parts, self.widths), [row for _, part in parts for row in part]


def taken_out(body: str) -> tuple[str, dict[str, Form]]:
    """A page's body with a mark in place of each statutory table, and the tables by the file that the mark names.

    Typst caches what it has typeset by its place in a file, and a change in the text above a table moves the table. In a
    file of its own the table does not move, so cells that are the same as in an earlier report are not typeset again.
    """
    forms: dict[str, Form] = {}

    def mark(table: re.Match[str]) -> str:
        form = form_of(table[0])
        if not form:
            return table[0]
        name = f"table{len(forms)}.typ"
        forms[name] = form
        # Nobody else's HTML has these attributes, see `clean`.
        return f'<div data-file="{name}" data-lines="{form.fits.least if form.fits else 0}"></div>'

    return _TABLE.sub(mark, body), forms


@lru_cache(maxsize=16)
def form_of(box: str) -> Form | None:
    """The form of one table in its box; none where it is not the kit's. A page asks for it in HTML and in PDF."""
    table = _TABLE.fullmatch(box)
    columns = table[3].count("<col ") if table else 0
    if not table or any(side == "col" and int(count) > columns for side, count in _SPAN.findall(table[4])):
        return None  # not the kit's: Typst refuses a cell that is wider than its table
    return _form(*table.groups()[:4])


def placed(forms: Mapping[str, Form], markup: str) -> dict[str, tuple[str, list[list[Cell]]]]:
    """What `Form.placed` gives of each, by its file; the markup of the page says where each stands."""
    found = {name: (int(line), float(space) if space else None) for name, line, space in _PLACE.findall(markup)}
    return {name: form.placed(*found.get(name, (0, None))) for name, form in forms.items()}


def in_order(body: str, cells: Mapping[str, list[list[Cell]]]) -> Iterator[Table]:
    """All tables of a body whose statutory ones are taken out, with the cells of these by their files."""
    for found in _ANY.finditer(body):
        if found[1]:
            yield Table(cells[found[1]], is_statutory=True)
        else:
            again = AGAIN.search(found[0].partition(">")[0])
            yield Table(list(_placed(_ROW.findall(found[0]))), is_statutory=False, said=again[1] if again else "")


def _form(kind: str, caption: str, columns: str, blocks: str) -> Form:
    widths = [float(width) for width in _WIDTH.findall(columns)]
    parts = [
        (block == "thead", [[cell.within(widths) for cell in row] for row in _placed(_ROW.findall(html))])
        for block, html in _BLOCK.findall(blocks)
    ]
    cells = [row for _, part in parts for row in part]
    counts, labels = counts_of(cells, widths) if len(caption) <= _LONG_CAPTION else ((), ())
    begins = list(accumulate(len(part) for _, part in parts))[:-1]
    if parts[0][0] and begins:
        heads = (range(begins.pop(0)),) * len(cells)
    else:
        heads = tuple(
            chain.from_iterable(_heads_of(part, begin) for (_, part), begin in zip(parts, [0, *begins], strict=True))
        )
    rows = Rows(counts, labels, shared_of(cells, heads), heads, tuple(begins)) if counts else None
    lines = fits.of(rows, kind) if rows else None
    return Form(f"[{_text(caption)}]", widths, parts, rows if lines else None, lines)


def _heads_of(rows: Sequence[Sequence[Cell]], begin: int) -> Iterator[range]:
    """The rows of a part's head for each of its rows but these; ``begin`` is the number of its first row in the table."""
    stop = begin + _head_rows(rows)
    return (range(begin, stop if begin + at >= stop else begin) for at in range(len(rows)))


def _head_rows(rows: Sequence[Sequence[Cell]]) -> int:
    """With how many rows of headings alone a part begins."""
    return next((number for number, row in enumerate(rows) if not all(cell.is_head for cell in row)), len(rows))


def _markup(how: str, parts: Sequence[_Part], widths: Sequence[float]) -> str:
    lines, sides = [], ["auto"] * len(widths)
    for is_head, rows in parts:
        heads = _head_rows(rows)
        if not heads and "left" not in sides:
            left = {at for cell in rows[0] if cell.is_left for at in range(cell.column, cell.column + cell.across)}
            sides = ["left" if at in left else "auto" for at in range(len(widths))]
        if heads:  # those of a part are no heads of the next part
            repeat = "" if is_head or not parts[0][0] else "repeat: false, "
            lines.append(f"table.header({repeat}{', '.join(_cells(cell for row in rows[:heads] for cell in row))}),")
            lines.append("table.hline(),")
        lines += [f"{', '.join(_cells(row))}," for row in rows[heads:]]
    columns = ", ".join(f"{width:g}%" for width in widths)
    grid = f"columns: ({columns},),\nalign: ({', '.join(sides)},),\n" + "\n".join(lines)
    return f'#import "report.typ": *\n#let shown = {how}\n{grid}\n))\n'


def _repeated(parts: Sequence[_Part], breaks: Sequence[int]) -> list[_Part]:
    """The parts with each label parted that goes over a break: the row behind it says it again."""
    again: dict[int, list[Cell]] = {}
    made: list[_Part] = []
    number = 0
    for is_head, rows in parts:
        out = []
        for row in rows:
            cells = []
            for cell in row:
                first, *others = pairwise(
                    (number, *(at for at in breaks if number < at < number + cell.along), number + cell.along)
                )
                cells.append(replace(cell, along=first[1] - number))
                for start, stop in others:
                    again.setdefault(start, []).append(replace(cell, along=stop - start, is_again=True))
            out.append(sorted(cells + again.get(number, []), key=lambda cell: cell.column))
            number += 1
        made.append((is_head, out))
    return made


def _placed(rows: Sequence[str]) -> Iterator[list[Cell]]:
    """The cells of rows in their columns."""
    below: dict[int, int] = {}
    for html in rows:
        row: list[Cell] = []
        taken, below = below, {at: left - 1 for at, left in below.items() if left > 1}
        column = 0
        for side, attributes, text in _CELL.findall(html):
            spans = {name: int(count) for name, count in _SPAN.findall(attributes)} if "span" in attributes else {}
            across, along = spans.get("col", 1), spans.get("row", 1)
            while column in taken:
                column += 1
            mark = _MARK.search(attributes) if "data-wrong" in attributes else None
            row.append(Cell(text, side == "h", _LEFT in attributes, column, across, along, mark=mark[1] if mark else ""))
            below |= dict.fromkeys(range(column, column + across), along - 1) if along > 1 else {}
            column += across
        yield row


def _cells(row: Iterable[Cell]) -> Iterator[str]:
    for cell in row:
        settings = ["align: center"] if cell.along >= _MANY_ROWS else ["align: left"] if cell.is_left else []
        settings += [f"rowspan: {cell.along}"] if cell.along > 1 else []
        settings += [f"colspan: {cell.across}"] if cell.across > 1 else []
        settings += [f"inset: (x: {cell.side:g}pt)"] if cell.size < SIZE else []
        settings += [f"..marks.{cell.mark}"] if cell.mark else []
        lines = cell.html.split("<wbr>")
        shown = "[" + " \\\n".join(map(_text, lines)) + "]" if lines[1:] else _value(cell.html)
        shown = f"text(size: {cell.size:.2f}pt, {shown})" if cell.size < SIZE else shown
        shown = f"pdf.artifact({shown})" if cell.is_again else shown
        yield f"table.cell({', '.join((*settings, shown))})" if settings else shown


@lru_cache(maxsize=4096)
def _value(html: str) -> str:
    """A text as a value. Cells with equal strings are typeset once: markup is another at each place."""
    parted = breakable(" ".join(unescape(html).split()))
    literal = '"' + re.sub(r'[\\"]', r"\\\g<0>", parted) + '"'
    return f"breakable({literal})" if CHANCE in parted else literal


def _text(html: str) -> str:
    """A text as markup."""
    return f"#{_value(html)};"
