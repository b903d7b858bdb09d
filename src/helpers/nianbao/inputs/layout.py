"""The layout of a table as it was typed: its parts, heads and rows, without what belongs around a table.

Above or below the table stand its caption, notes, the name of who filled it in; these are set aside. Cells that commas split
are joined, blank columns on the left and heads that stand twice are dropped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.findings import Source
from nianbao.inputs.asides import MONEY_UNIT, is_data, of_line
from nianbao.inputs.labels import ALIKE, PART, apart, likeness
from nianbao.inputs.strays import Stray, edge_of, is_foreign, is_once_more
from nianbao.statute import tree
from nianbao.wording import NUMERALS, column_letter

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from nianbao.inputs.cells import Aside
    from nianbao.inputs.labels import Typed
    from nianbao.statute.tree import Part, Table

Rows = list[tuple[int, list[str]]]

_ITEM = re.compile(
    r"^(?:《?[^《》]{0,20}》?)?第([0-9一二三四五六七八九十]+)条第?\(?第?([0-9一二三四五六七八九十]+)\)?[项款]?\)?$"
)
_TABLE = re.compile("附?表[0-9一二三四五六七八九十]{1,2}[.、:]?(?=.)")
_OPENED, _CLOSED = "(（", ")）"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table's file: its number, its cells, and the column (from 0) in which each stands."""

    number: int
    cells: tuple[str, ...]
    columns: tuple[int, ...]

    def source(self, name: str, index: int | None = None) -> Source:
        """The place of the row or of one of its cells; a cell behind its end stands where it would."""
        if index is None:
            return Source(name, self.number)
        behind = index - len(self.cells) + 1
        column = self.columns[index] if behind <= 0 else (self.columns[-1] if self.columns else -1) + behind
        return Source(name, self.number, f"{column_letter(column)}{self.number}")

    def only(self, places: list[int]) -> Line:
        """The line with these of its cells."""
        return Line(self.number, tuple(self.cells[at] for at in places), tuple(self.columns[at] for at in places))

    def up_to(self, edge: int | None) -> list[int]:
        """The places of its cells up to the last of a table; figures go on behind it up to the first blank."""
        end = len(self.cells) if edge is None else min(edge + 1, len(self.cells))
        while 0 < end < len(self.cells) and all(map(reading.is_figure, self.cells[end - 1 : end + 1])):
            end += 1
        return list(range(end))

    def laid(self, places: list[int | None]) -> Line:
        """The line with its cells in other places; ``None`` is a blank, which has the column of the cell before it."""
        columns = [self.columns[at or 0] for at in places]
        return Line(self.number, tuple("" if at is None else self.cells[at] for at in places), tuple(columns))

    def behind(self, stub: int, count: int) -> list[str]:
        """What stands in some cells behind the labels; blanks where the line has ended."""
        return [*self.cells[stub : stub + count], *[""] * (stub + count - len(self.cells))][:count]

    @property
    def width(self) -> int:
        """How many cells it has up to the last that is not blank."""
        return max((at + 1 for at, cell in enumerate(self.cells) if cell), default=0)

    @property
    def said_once(self) -> str:
        """What stands in its cells, where that is one text, once or several times; else ''."""
        filled = self.filled()
        return filled[0] if len({tree.normalise(cell) for cell in filled}) == 1 else ""

    @property
    def apart(self) -> list[int]:
        """The places of its cells, the first of each text, where it can be no row: one cell, or words without a figure."""
        places = [at for at, cell in enumerate(self.cells) if cell]
        is_row = len(places) > 1 and any(is_data(self.cells[at], False) for at in places)
        return [] if is_row else [at for at in places if self.cells.index(self.cells[at]) == at]

    def filled(self) -> list[str]:
        """The cells that are not blank."""
        return [cell for cell in self.cells if cell]


@dataclass(frozen=True, slots=True)
class Block:
    """The rows of one part of a table: its heads, then its body."""

    part: Part
    head: tuple[Line, ...]
    body: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A table's file, laid out.

    Parameters
    ----------
    parts : dict
        The lines of each part by the `title_key` of its title ('' for a part without one).
    titles : dict
        The lines in which a part's title stands, by the same key; under '' those in which the table's caption does.
    before : tuple of Line
        The lines before the first title.
    strays : tuple of Stray
        The cells that are none of the table's.
    """

    parts: dict[str, list[Line]]
    titles: dict[str, list[Line]]
    asides: tuple[Aside, ...]
    before: tuple[Line, ...]
    strays: tuple[Stray, ...]


def lay_out(rows: Rows, name: str, tables: Sequence[Table], titles: set[str], said: Container[int] = ()) -> Layout:
    """Sort the non-blank rows of a table's file.

    Parameters
    ----------
    name : str
        The file, as findings name it.
    tables : sequence of Table
        The table in each format that it may have been filled in.
    titles : set of str
        The `title_key` of each part it may have; empty for a table without titles.
    said : container of int
        The numbers of the rows that are known to be lines beside the table.
    """
    known = frozenset[str]().union(*(table.words for table in tables))
    captions = [tree.normalise(table.caption) for table in tables]
    left = min((next((at for at, cell in enumerate(row) if cell), len(row)) for _, row in rows), default=0)
    edge = edge_of(rows, left, tables, known)
    parts: dict[str, list[Line]] = {}
    found: dict[str, list[Line]] = {}
    asides: list[Aside] = []
    before: list[Line] = []
    strays: list[Stray] = []
    in_note = False
    here: list[Line] | None = None if titles else parts.setdefault("", [])
    joined = [_joined(Line(number, tuple(row[left:]), tuple(range(left, len(row)))), known) for number, row in rows]
    alone = {_titled(one.said_once, titles) for one in joined}
    for line, is_beside in (pair for one in joined for pair in _apart(one, titles, alone, captions, known, edge)):
        in_note, in_note_before = False, in_note
        filled, source, single = line.filled(), Source(name, line.number), line.said_once
        is_more = not here and single != "" and is_once_more(single, tables, rows)  # a label above the heads that have it
        if single and (key := _titled(single, titles)):
            here = parts.setdefault(key, [])
            found.setdefault(key, []).append(line)
        elif single and _is_one(single, captions) and not ((here or found or is_more) and _is_part(single, captions)):
            found.setdefault("", []).append(line)
        elif (made := of_line(filled, source, known, bool(here) or is_beside, in_note_before, line.number in said)) and not (
            is_beside and _is_for_print(made)
        ):
            asides += made
            in_note = bool(here) and (in_note_before or any(aside.printed for aside in made))
        else:
            is_above = not here and is_foreign(filled, known) and not any(_titled(cell, titles) for cell in filled)
            own = [] if is_beside or is_above or is_more else line.up_to(edge)
            strays += [Stray(line, at) for at, cell in enumerate(line.cells) if cell and at not in own]
            if any(line.cells[at] for at in own):
                (before if here is None else here).append(line.only(own))
    return Layout(parts, found, tuple(asides), tuple(before), tuple(strays))


def _is_for_print(asides: Sequence[Aside]) -> bool:
    """Whether asides are notes, which are printed below the table: only there nobody doubts what a line is meant for."""
    return any(one.printed and not MONEY_UNIT.fullmatch(one.text) for one in asides)


def _apart(
    line: Line, titles: set[str], alone: set[str], captions: Sequence[str], known: frozenset[str], edge: int | None
) -> Iterator[tuple[Line, bool]]:
    """The line, or a title or caption and then what stands beside it; and whether it is the latter.

    A figure may belong to a row whose label is a title, which stands ``alone`` in another row; it does not where it stands
    right of the table's ``edge``.
    """
    filled = [at for at, cell in enumerate(line.cells) if cell]
    first, rest = filled[0], [at for at in filled[1:] if line.cells[at] != line.cells[filled[0]]]
    title = _titled(line.cells[first], titles)
    is_title = bool(rest) and title != ""
    is_named = is_title or (bool(rest) and _is_one(line.cells[first], captions))
    inside = [at for at in rest if edge is None or at <= edge]
    may_be_row = any(tree.normalise(line.cells[at]) in known for at in filled) or (
        is_title and title in alone and any(reading.is_figure(line.cells[at]) for at in inside)
    )
    if not is_named or may_be_row:
        yield line, False
        return
    yield line.only([at for at in filled if at not in rest]), False
    yield line.only(rest), True


def _is_one(text: str, captions: Sequence[str]) -> bool:
    return not MONEY_UNIT.search(text) and any(is_caption(text, caption) for caption in captions)


def _is_part(text: str, captions: Sequence[str]) -> bool:
    """Whether a text is part of a caption only, as labels may be: 行政复议."""
    return not any(caption in tree.normalise(text) for caption in captions)


def is_caption(text: str, caption: str) -> bool:
    """Whether a line is the table's caption, with a numeral, ``附件2`` or the like at most beside it."""
    tight = tree.normalise(text)
    is_like = caption in tight and len(tight) <= len(caption) + 8
    words = apart(_TABLE.sub("", tight))
    return (is_like or likeness(words, apart(caption)) >= PART) and not reading.is_note(text)


def is_named_as_table(text: str) -> bool:
    """Whether a line begins with the name of a table: ``表四 …``, ``附表3：…``."""
    return _TABLE.match(tree.normalise(text)) is not None


def title_key(title: str) -> str:
    """A part's title for comparison: its article and item (``第二十条(一)项``) however they are written, else its text."""
    tight = tree.normalise(title)
    found = _ITEM.match(tight)
    return f"第{_in_han(found[1])}条{_in_han(found[2])}" if found else tight


def _titled(text: str, titles: set[str]) -> str:
    """The key of the part that a line names, by its item alone where only one part has it; '' for any other line."""
    key = title_key(text)
    item = re.fullmatch(r"第?\(?第?([一二三四五六七八九十]+)\)?项", tree.normalise(text))
    same = [title for title in titles if item and title.endswith(f"条{item[1]}")]
    return key if key in titles else same[0] if len(same) == 1 else ""


def _in_han(number: str) -> str:
    return NUMERALS[int(number) - 1] if number.isdecimal() and 0 < int(number) <= len(NUMERALS) else number


def _joined(line: Line, known: frozenset[str]) -> Line:
    """The line with the cells joined again that a comma in a label has split: an open bracket, or half of a known label."""
    cells, columns = [], []  # type: list[str], list[int]
    at = 0
    while at < len(line.cells):
        text, taken = line.cells[at], 1
        if text and not text.isdecimal() and (_depth(text) > 0 or tree.normalise(text) not in known):
            for end in range(at + 1, min(at + 5, len(line.cells))):
                if not line.cells[end] or reading.is_figure(line.cells[end]):
                    break
                whole = "，".join(line.cells[at : end + 1])
                if (_depth(text) > 0 and _depth(whole) == 0) or _is_label(whole, known):
                    text, taken = whole, end + 1 - at
                    break
        cells.append(text)
        columns.append(line.columns[at])
        at += taken
    return line if len(cells) == len(line.cells) else Line(line.number, tuple(cells), tuple(columns))


@lru_cache(maxsize=4096)
def _depth(text: str) -> int:
    """How many brackets are open at its end. The cells of all tables are asked about."""
    return sum(text.count(mark) for mark in _OPENED) - sum(text.count(mark) for mark in _CLOSED)


def _is_label(text: str, known: frozenset[str]) -> bool:
    tight = tree.normalise(text)
    return tight in known or tight.replace(",", "") in known


def block_of(part: Part, lines: list[Line]) -> Block:
    """The lines of one part as heads and body.

    The body begins with the first line that says nothing of what the heads say. A head that
    stands twice counts once, also where it is repeated on a next page.
    """
    labels = [*(node.label for node in tree.nodes_of(part.columns)), *filter(None, (part.stub, part.corner))]
    heads = list(map(apart, labels))
    begin = next((at for at, line in enumerate(lines) if _is_body(line, heads)), min(part.head_depth, len(lines)))
    head: list[Line] = []
    for line in lines[:begin]:
        if line.cells not in [one.cells for one in head]:
            head.append(line)
    seen = [line.filled() for line in head]
    return Block(part, tuple(head), tuple(line for line in lines[begin:] if line.filled() not in seen))


def _is_body(line: Line, heads: Sequence[Typed]) -> bool:
    """Whether a line is no head: no cell of it says what a column, the corner or the rows' own head says."""
    typed = [apart(cell) for cell in line.filled()]
    return not any(not one.ordinal and likeness(one, head) >= ALIKE for one in typed for head in heads)
