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
from nianbao.inputs.cells import Aside
from nianbao.inputs.formlabels import BODY, DAY, FORM, HANDLES, TELEPHONE, YEAR, ends
from nianbao.inputs.formlabels import labels as form_labels
from nianbao.inputs.labels import ALIKE, PART, apart, likeness
from nianbao.inputs.persons import names_person, without_persons
from nianbao.statute import tree
from nianbao.wording import NOT_APPLICABLE, NUMERALS, UNFILLED, UNKNOWN, column_letter

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from nianbao.inputs.labels import Typed
    from nianbao.statute.tree import Part, Table

Rows = list[tuple[int, list[str]]]

_MONEY_UNIT = re.compile(r"[（(]?(?:金额)?单位[:：]?\s*[（(]?\s*([^，,；;:：\s]{0,4}元)\s*[)）]?")
_ITEM = re.compile(
    r"^(?:《?[^《》]{0,20}》?)?第([0-9一二三四五六七八九十]+)条第?\(?第?([0-9一二三四五六七八九十]+)\)?[项款]?\)?$"
)
_TABLE = re.compile("附?表[0-9一二三四五六七八九十]{1,2}[.、:]?(?=.)")
_OPENED, _CLOSED = "(（", ")）"


@lru_cache(maxsize=1)
def _about() -> re.Pattern[str]:
    """What stands around a table on a form: its label, a year, 续表."""
    known = f"{HANDLES}|{ends(BODY, DAY, YEAR, TELEPHONE)}|{form_labels(FORM)}"
    return re.compile(rf"^续表|(?:{known})[^:：]{{0,6}}[:：]|[0-9]{{4}}\s*年度?$")


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
    strays : tuple of Line
        The lines before the first title.
    """

    parts: dict[str, list[Line]]
    titles: dict[str, list[Line]]
    asides: tuple[Aside, ...]
    strays: tuple[Line, ...]


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
    known = frozenset[str]().union(*map(_words, tables))
    captions = [tree.normalise(table.caption) for table in tables]
    left = min((next((at for at, cell in enumerate(row) if cell), len(row)) for _, row in rows), default=0)
    parts: dict[str, list[Line]] = {}
    found: dict[str, list[Line]] = {}
    asides: list[Aside] = []
    strays: list[Line] = []
    in_note = False
    here: list[Line] | None = None if titles else parts.setdefault("", [])
    for number, row in rows:
        in_note, in_note_before = False, in_note
        line = _joined(Line(number, tuple(row[left:]), tuple(range(left, len(row)))), known)
        filled = line.filled()
        single = filled[0] if len({tree.normalise(cell) for cell in filled}) == 1 else ""
        if single and (key := _titled(single, titles)):
            here = parts.setdefault(key, [])
            found.setdefault(key, []).append(line)
        elif single and not _MONEY_UNIT.search(single) and any(is_caption(single, caption) for caption in captions):
            found.setdefault("", []).append(line)
            continue
        elif made := _asides(line, name, known, bool(here), in_note_before, number in said):
            asides += made
            in_note = bool(here) and (in_note_before or any(aside.printed for aside in made))
            continue
        else:
            (strays if here is None else here).append(line)
    return Layout(parts, found, tuple(asides), tuple(strays))


@lru_cache(maxsize=100)
def _words(table: Table) -> frozenset[str]:
    """The labels and heads of a table, as they are compared."""
    sides = (side for part in table.parts for side in (part.columns, part.rows))
    labels = [node.label for side in sides for node in tree.nodes_of(side)]
    beside = (text for part in table.parts for text in (part.corner, part.stub) if text)
    return frozenset(map(tree.normalise, (*labels, *beside)))


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


def _asides(line: Line, name: str, known: frozenset[str], begun: bool, in_note: bool, is_said: bool) -> list[Aside]:
    """The line as asides; none for one with a known label or with figures in cells of their own, unless it ``is_said``.

    What of it says who filled the table in is never printed. Before the table has ``begun``, whatever else stands alone in a
    line is one; after a note, it goes on with the note.
    """
    filled = line.filled()
    alone = len(filled) == 1
    printed = (
        reading.is_note(filled[0])
        or (alone and filled[0].startswith(("*", "＊", "※")))
        or (in_note and alone)
        or (alone and bool(_MONEY_UNIT.fullmatch(filled[0])))
    )
    if not is_said and _is_of_table(filled, known, printed, in_note):
        return []
    text = "，".join(dict.fromkeys(filled))
    if not (printed or is_said or _about().search(text) or names_person(text) or (not begun and alone)):
        return []
    parted = zip(without_persons(text), (True, False), strict=True) if printed else [(text, False)]
    return [Aside(one, is_printed, Source(name, line.number)) for one, is_printed in parted if one]


def _is_of_table(filled: Sequence[str], known: frozenset[str], printed: bool, in_note: bool) -> bool:
    """Whether a line has a known label, or figures in cells of their own."""
    if any(tree.normalise(cell) in known for cell in filled) or any(_is_data(cell, printed) for cell in filled[1:]):
        return True
    return not reading.is_note(filled[0]) and _is_data(filled[0], in_note)


def money_unit(asides: Iterable[Aside]) -> str:
    """The unit of money that a line such as ``单位：元`` names, as it is written; '' without one, or with several."""
    cells = [cell for aside in asides for cell in aside.text.split("，")]
    found = {match.group(1) for cell in cells if (match := _MONEY_UNIT.fullmatch(cell))}
    return found.pop() if len(found) == 1 else ""


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


def _is_data(text: str, in_note: bool) -> bool:
    """Whether a cell holds a figure; or, where the line is no note, a mark or a state."""
    if reading.is_figure(text) or in_note:
        return reading.is_figure(text)
    if re.match("[0-9]", reading.plain(text)) and not re.search("年|-", text):
        return True  # a number with something behind it
    return reading.usual(text) is not None or text in {NOT_APPLICABLE, UNFILLED} or text.startswith(UNKNOWN)
