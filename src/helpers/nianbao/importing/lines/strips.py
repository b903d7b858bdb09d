"""The cells of tables that stand one after another → rectangles of text.

A row begins with its labels. Where each cell is ended by a bar, blanks are there too: all rows are as long as one another,
or have as many cells as the table has columns. Elsewhere blanks have left no line, so that the figures of a row that has too
few have no place.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from nianbao.importing.flow import Grid
from nianbao.inputs.labels import level_of
from nianbao.inputs.layout import title_key
from nianbao.inputs.outline import is_value
from nianbao.statute import tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.importing.flow import Paragraph
    from nianbao.importing.labelled import Labels

Rows = list[list[str]]

_WIDEST = 24  # cells of a row, more than any statutory table has
_ODD = re.compile(r"\D{0,3}[0-9][0-9.,/]*\D{0,3}|\S")  # 增加5, 65*, 0/0: in the place of a figure, though none
_LOST = "这一行少了格或多了格，不知各数属于哪一格"


def grids(cells: Sequence[Paragraph], labels: Labels, has_blanks: bool) -> Iterator[Grid]:
    """Each table of a run of cells; it ends where a label of another one stands."""
    begin, here = 0, ""
    for at, cell in enumerate(cells):
        owner = "" if is_value(cell.text) else labels.table_of(cell.text)
        if owner and here and owner != here:
            yield from _grid(cells[begin:at], here, labels, has_blanks)
            begin = at
        here = owner or here
    yield from _grid(cells[begin:], here, labels, has_blanks)


def laid(rows: Sequence[Sequence[str]], place: str) -> Grid:
    """Rows of any lengths as a rectangle."""
    width = max(map(len, rows))
    made = tuple((*row, *[""] * (width - len(row))) for row in rows)
    return Grid(made, place, widths=tuple(map(len, rows)))


def _grid(cells: Sequence[Paragraph], table: str, labels: Labels, has_blanks: bool) -> Iterator[Grid]:
    first = next((at for at, cell in enumerate(cells) if cell.text), len(cells))
    texts = [cell.text for cell in cells[first:]]
    if not texts:
        return
    place = f"{cells[first].place}至{cells[-1].place}"
    strip = _Strip(table, labels)
    rows = strip.in_columns(texts) if has_blanks else []
    doubtful = strip.lost(rows, first > 0) if rows else {}
    yield replace(laid(rows, place), doubtful=doubtful) if rows else strip.by_labels(texts, place, has_blanks)


class _Strip:
    """Cuts the cells of one table into rows."""

    def __init__(self, table: str, labels: Labels) -> None:
        self.table, self.labels = table, labels
        self.is_rowless = table in labels.rowless
        self._kinds: dict[str, str] = {}

    def _kind(self, text: str) -> str:
        """What a cell is: ``value``, ``row`` (its label), ``title`` (of a part), ``stub`` (the rows' head) or ``label``."""
        if text not in self._kinds:
            self._kinds[text] = self._kind_of(text) if text else ""
        return self._kinds[text]

    def _kind_of(self, text: str) -> str:
        tight = tree.normalise(text)
        if tight in self.labels.rows or tight.partition("(")[0] in self.labels.rows:
            return "row"  # with an explanation in brackets at most
        if title_key(text) in self.labels.titles:
            return "title"
        if is_value(text) or (_ODD.fullmatch(text) and not self.labels.is_like(text)):
            return "value"
        return "stub" if tight in self.labels.stubs else "label"

    def in_columns(self, texts: list[str]) -> Rows:
        """Rows of one length; none where no length, or more than one, sets each label in its place.

        Rows without labels are as long as the table has columns, with the bar before the next row at most; where its parts
        differ in columns, as any row.
        """
        count = self.labels.columns.get(self.table, 0)
        widths = range(count, count + 2) if self.is_rowless and count else range(2, _WIDEST + 1)
        ways = ([texts[at : at + width] for at in range(0, len(texts), width)] for width in widths if width < len(texts))
        fitting = [made for made in ways if all(map(self._is_row, made))]
        return fitting[0] if len(fitting) == 1 else []

    def lost(self, rows: Rows, begins_with_bar: bool) -> dict[tuple[int, int], str]:
        """Doubts about the last row, where it is shorter than the others: blanks behind its figures are lost, or a cell.

        Where rows begin with a bar, behind the last one none stands.
        """
        last = len(rows) - 1
        if len(rows[last]) == len(rows[0]):
            return {}
        parted = [self._parted(row) for row in rows]
        rest, count = parted[last][1], self._counts(parted)[last]
        if len(list(filter(None, rest))) == count or (self.is_rowless and begins_with_bar and len(rest) == count):
            return {}
        begin = len(rows[last]) - len(rest)
        return {(last, at): _LOST for at, text in enumerate(rows[last]) if text and at >= begin}

    def _is_row(self, row: list[str]) -> bool:
        """Whether cells can be one row: its labels, each deeper than the one before, then figures and blanks; or heads."""
        kinds = [self._kind(text) for text in row]
        values = [at for at, kind in enumerate(kinds) if kind == "value"]
        names = [at for at, kind in enumerate(kinds) if kind not in {"", "value"}]
        if values and self.is_rowless:
            return not names
        begins = [at for at in names if kinds[at] != "label"]
        if not names or any(kinds[at] in {"title", "stub"} for at in begins[1:]):
            return False
        if names[0] > 0 and kinds[names[0]] != "row":
            return False  # blanks on the left are merged labels
        if any(level_of(row[one]) >= level_of(row[other]) for one, other in pairwise(begins)):
            return False
        if begins and begins[0] != names[0]:
            return False
        return not values or names[-1] < values[0]

    def by_labels(self, texts: list[str], place: str, has_blanks: bool) -> Grid:
        """Rows that begin with labels; where the figures are not as many as the columns, they are doubtful."""
        rows = [self._parted(row) for row in self._rows(texts)]
        counts = self._counts(rows)
        spare = self._spare(rows, counts) if has_blanks else None
        made: Rows = []
        doubtful: dict[tuple[int, int], str] = {}
        for number, ((names, rest), count) in enumerate(zip(rows, counts, strict=True)):
            values = [text for text in rest if text]
            if len(values) < count and len(rest) - count == spare:
                values = rest[:count]
            elif values and len(values) != count:
                doubtful |= {(number, len(names) + at): _LOST for at in range(len(values))}
            made.append([*names, *values])
        return replace(laid(made, place), doubtful=doubtful)

    def _rows(self, texts: list[str]) -> Rows:
        rows: Rows = []
        last, has_values = "", False  # the label before, and whether figures stand in the row
        for text in texts:
            kind = self._kind(text)
            if not rows or (text and self._begins(text, last, has_values)):
                rows.append([])
                last, has_values = "", False
            rows[-1].append(text)
            has_values = has_values or kind == "value"
            last = last if kind in {"", "value"} else text
        return rows

    def _begins(self, text: str, last: str, has_values: bool) -> bool:
        """Whether a cell begins a row: a label behind figures, beside a title, or no deeper than the label before."""
        kind, before = self._kind(text), self._kind(last)
        if kind == "value":
            return self.is_rowless and not has_values
        if has_values or "title" in {kind, before}:
            return True
        return kind == "row" and not (before == "row" and level_of(text) > level_of(last))

    def _parted(self, row: list[str]) -> tuple[list[str], list[str]]:
        """The labels of a row, and what stands behind them."""
        end = max((at + 1 for at, text in enumerate(row) if self._kind(text) not in {"", "value"}), default=0)
        return [text for text in row[:end] if text], row[end:]

    def _counts(self, rows: list[tuple[list[str], list[str]]]) -> list[int]:
        """How many columns the figures of each row have, by the heads above it; 0 for a row without figures."""
        count = self.labels.columns.get(self.table, 0)
        counts = []
        for names, rest in rows:
            has_values = any(rest)
            if names and not has_values and self._kind(names[0]) == "stub":
                count = len(names) - 1  # a head of a part, such as 信息内容 and three columns
            is_data = has_values or (names and self._kind(names[-1]) == "row")
            counts.append(count if is_data else 0)
        return counts

    def _spare(self, rows: list[tuple[list[str], list[str]]], counts: list[int]) -> int | None:
        """How many cells each row has behind its figures: none, or one that is the bar before the next row.

        ``None`` where the rows differ, so that a blank may be one of a merged cell.
        """
        data = [(rest, count) for (_, rest), count in zip(rows, counts, strict=True) if count]
        if self.is_rowless:
            heads = [rest for (names, rest), count in zip(rows, counts, strict=True) if names and not count]
            return 0 if all(not rest for rest in heads) and all(len(rest) == count for rest, count in data) else None
        spare = {len(rest) - count for rest, count in data[:-1]} | ({0} if not data else set())
        last = len(data[-1][0]) - data[-1][1] if data else 0
        one = spare.pop() if len(spare) == 1 else last if len(data) == 1 else None
        full = [rest for rest, count in data if len(rest) >= count and all(rest[:count])]
        if one == 0 and last == 0:
            return 0
        return 1 if one == 1 and last in {0, 1} and full and all(not rest[-1] for rest, _ in data[:-1]) else None
