"""Numbers and words of sentences beside the cells of tables that the bureau wrote in its text."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from nianbao.checks.own.tables import LEAST, lines_of, tight
from nianbao.checks.prose import counts
from nianbao.checks.prose.accounts import counted, sentence_of
from nianbao.checks.tables.sums import TOTALS
from nianbao.findings import Finding, Kind, Severity
from nianbao.numbered import TABLE
from nianbao.wording import PART_ENDS, SENTENCE, number, percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from nianbao.checks.own.tables import Figure, Line, Named
    from nianbao.checks.prose.counts import Count
    from nianbao.checks.prose.texts import Text

OTHERWISE = Kind("W513", Severity.WARNING, "正文的数与正文表格不符", each=True)
_ACTION = "核对正文和表；说的不是这一格的，改写句子，或在 report.yaml 接受并写明"

# What stands before a row's name, and around a column's, without making the number another one.
_BEFORE = re.compile(
    "(?:[-+]|[一二三四五六七八九十]是|（[一二三四五六七八九十]）)?(?:20[0-9]{2}年度?)?(?:本年度?|今年|全年|年内)?"
)
_FILLING = re.compile("(?:合计|总计|发布|公开|信息|数量|开展|举办|组织|办理|受理|收到|[的共计为是达到有了数：])*")
# Before the name of an item of a list: all up to a colon or to a bracket that nobody closes, then a word.
_ITEM = re.compile("(?:.*（(?=[^（：）]*$)|.*：)?(?:其中|分别是|[和及与])?")
_OF_ALL = re.compile("占(?:合计|总计)的?")
# What speaks of another time, in its paragraph; of a part, of what is to be or of what is left out, in its sentence.
_TIMES = "[去上前明次往历]年|同期|半年"
_PARTS = "[季月旬每均比较拟将应原另除未]|第[^，。；]{1,3}[批期次轮]|新增|计划|预计|目标|要求|截[至止]|累计|以来|期间|部分"
_OTHER_TIME, _OTHER_PART, _OTHER = re.compile(_TIMES), re.compile(_PARTS), re.compile(f"{_PARTS}|其中")
_THIS_YEAR = re.compile("20[0-9]{2}(?=年)")
_TABLE = re.compile(TABLE)
_BREAKS = re.compile(f"[，{PART_ENDS}]")
_END = re.compile(
    f"([\u4e00-\u9fff]{{0,3}}?)[^\\S\n]*+(?=[，、）{PART_ENDS}\n]|$)"
)  # the rest of a unit, and an end behind it
_LONGEST = 60  # characters of a clause before its number
_FEWEST, _DIGITS = 3, 4  # items of a list that one line of a table has, and digits of those that agree
_SHORTEST = 2  # digits of a number in which a slip is one


@dataclass(frozen=True, slots=True)
class _Item:
    """A number that ends a part of a sentence: the clause before it, without blanks and the year, and its unit.

    ``tables`` are those that its sentence names: 表5.
    """

    count: Count
    clause: str
    unit: str
    tables: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Cell:
    """The cell of a table that a number is said of."""

    table: Named
    row: int
    column: int

    @property
    def figure(self) -> Figure | None:
        return self.table.figure(self.row, self.column)

    @property
    def name(self) -> str:
        return f"{self.table.labels[self.row]} / {self.table.heads[self.column]}"

    def agrees(self, one: _Item) -> bool:
        """Whether it counts what a sentence says, in its unit, or in none."""
        figure = self.figure
        return figure is not None and figure.unit in {"", one.unit} and one.count.agrees(figure.value)


def otherwise(texts: Iterable[Text], tables: Iterable[Named], year: int) -> Iterator[Finding]:
    """Warns of what a sentence says otherwise than a table that the bureau wrote in its text, where it is sure of the cell.

    A number stands behind the name of a row, which begins its clause, and that of a column, with no word between that makes
    it another one; behind the row's name alone it is what all of the row counts, and differs in one digit. In a list of rows
    or of columns all others agree with one line of the table. A share of 合计 is that of a number which agrees. The units
    are the same. What is about is let be, and what speaks of another time, of a part, of what is to be or left out.
    """
    lines = lines_of(tables)
    for text in texts if lines else ():
        found: dict[int, Finding] = {}
        for items, is_plain in _sentences(text, year):
            singles = ((one, cell) for one in items if (cell := _single(lines, one, is_plain)))
            for one, cell in (*singles, *_listed(lines, items)):
                if (cell.row, cell.column) not in cell.table.doubted:
                    found[one.count.start] = _finding(text, one, cell)
            found |= {one.count.start: told for one, told in _shares(text, lines, items)}
        yield from (found[at] for at in sorted(found))


def _finding(text: Text, one: _Item, cell: _Cell) -> Finding:
    expected = f"{number(cell.figure.value) if cell.figure else ''}（表中 {cell.name}）"
    return _told(text, one, cell, expected)


def _told(text: Text, one: _Item, cell: _Cell, expected: str) -> Finding:
    count = one.count
    shown = count.shown + one.unit.removeprefix(count.unit)
    said = f"{shown}：“{sentence_of(text.markdown, count.start, count.end)}”"
    return Finding(OTHERWISE, f"{text.place} · {cell.name} {shown}", text.source(count.start), said, expected, _ACTION)


def _cells(lines: dict[str, list[Line]], one: _Item, clause: str) -> Iterator[tuple[_Cell, bool]]:
    """The cells that a clause may name: a row, which it begins with, and a column, or the column of all that a row counts.

    Each with whether the column is named, or else the table. In a sentence that names the table, 合计 behind a column is
    the total of it.
    """
    for end in range(LEAST, len(clause) + 1):
        words = clause[end:]
        for line in lines.get(clause[:end], ()):
            table, is_total = line.table, bool(TOTALS.search(words))
            is_filled, is_told = bool(_FILLING.fullmatch(words)), table.number in one.tables
            if not line.is_row:
                if is_total and is_filled and is_told and table.total is not None:
                    yield _Cell(table, table.total, line.at), True
            elif (at := _column(table, words)) is not None and (is_total or not line.is_by_table):
                yield _Cell(table, line.at, at), True
            elif is_filled and table.whole is not None and (is_total or not line.is_by_table):
                yield _Cell(table, line.at, table.whole), line.is_by_table or is_told


def _column(table: Named, words: str) -> int | None:
    """The one column that words name, with nothing else in them that tells."""
    found = {
        at
        for begin in range(len(words))
        for end in (begin + length for length in table.lengths)
        if (at := table.columns.get(words[begin:end])) is not None
        and _FILLING.fullmatch(words, 0, begin)
        and _FILLING.fullmatch(words, end)
    }
    return found.pop() if len(found) == 1 else None


def _single(lines: dict[str, list[Line]], one: _Item, is_plain: bool) -> _Cell | None:
    """The cell that a number by itself is surely said of and that has another one.

    Where only a row is named, no unit is known, or the paragraph speaks of other things too, it has to be near the cell's.
    """
    cells = [*_cells(lines, one, one.clause)] if not one.count.about else []
    rows = (_Cell(cell.table, cell.row, at) for cell, is_named in cells if not is_named for at in cell.table.counted)
    if any(cell.agrees(one) for cell in (*(cell for cell, _ in cells), *rows)):
        return None
    for cell, is_named in cells:
        figure = cell.figure
        is_near = figure is not None and _is_near(figure.value, one.count.value)
        if figure and figure.unit == one.unit and (is_named or one.unit) and (is_near or (is_named and is_plain)):
            return cell
        if figure and not figure.unit and is_named and is_near:
            return cell
    return None


def _is_near(one: Decimal, other: Decimal) -> bool:
    """Whether two numbers of two digits and more differ as a slip makes them: by one digit, or by two exchanged ones."""
    here, there = sorted((number(one), number(other)), key=len)
    at = next((at for at, (a, b) in enumerate(zip(here, there, strict=False)) if a != b), len(here))
    if len(here) < len(there):
        return len(here) >= _SHORTEST and here[at:] == there[at + 1 :]
    is_exchanged = here[at : at + 2] == there[at : at + 2][::-1] and here[at + 2 :] == there[at + 2 :]
    return len(here) >= _SHORTEST and (is_exchanged or here[at + 1 :] == there[at + 1 :])


def _listed(lines: dict[str, list[Line]], items: Sequence[_Item]) -> Iterator[tuple[_Item, _Cell]]:
    """Of each list of rows or columns the one number that no line of the table has which has all the others."""
    runs: dict[tuple[Named, bool], list[tuple[_Item, int]]] = {}
    for one in (*items, None):
        names = dict(_named(lines, one.clause)) if one else {}
        for key in [key for key in runs if key not in names]:
            yield from _odd(*key, runs.pop(key))
        for key, at in names.items():
            if one:
                runs.setdefault(key, []).append((one, at))


def _named(lines: dict[str, list[Line]], clause: str) -> Iterator[tuple[tuple[Named, bool], int]]:
    """The rows and columns that an item of a list begins with, with nothing behind them that tells."""
    clause = _ITEM.sub("", clause, count=1)
    for end in range(LEAST, len(clause) + 1):
        for line in lines.get(clause[:end], ()):
            if not line.is_by_table and _FILLING.fullmatch(clause, end):
                yield (line.table, line.is_row), line.at


def _odd(table: Named, is_row: bool, run: Sequence[tuple[_Item, int]]) -> Iterator[tuple[_Item, _Cell]]:
    """The one number of a list that a line across its rows or columns has otherwise, if the others agree with it."""
    found: list[tuple[_Item, _Cell]] = []
    across = range(table.first, len(table.heads)) if is_row else range(len(table.rows))
    for other in across if len(run) >= _FEWEST else ():
        cells = [(one, _Cell(table, at, other) if is_row else _Cell(table, other, at)) for one, at in run]
        wrong = [(one, cell) for one, cell in cells if not cell.agrees(one)]
        if not wrong:
            return
        same = {one.count.value for one, cell in cells if cell.agrees(one)}
        [(odd, cell), *others] = wrong
        is_sure = not others and not odd.count.about and cell.figure and cell.figure.unit in {"", odd.unit}
        if is_sure and sum(len(number(value)) for value in same if value) >= _DIGITS:
            found.append((odd, cell))
    if len({one.count.start for one, _ in found}) == 1:
        yield found[0]


def _shares(text: Text, lines: dict[str, list[Line]], items: Sequence[_Item]) -> Iterator[tuple[_Item, Finding]]:
    """The shares of 合计 that are not those of the number before them, which agrees with its cell."""
    for before, one in pairwise(items):
        if one.unit != counts.PERCENT or one.count.about or not _OF_ALL.fullmatch(one.clause):
            continue
        clause = _ITEM.sub("", before.clause, count=1)
        cells = [cell for cell, _ in _cells(lines, before, clause) if cell.agrees(before) and cell.row != cell.table.total]
        wholes = [(cell, whole) for cell in cells for whole in _wholes(cell)]
        shares = [(cell, whole, before.count.value * 100 / whole) for cell, whole in wholes if whole]
        if shares and not any(one.count.agrees(share) for *_, share in shares):
            cell, whole, _ = shares[0]
            part = before.count.value
            yield one, _told(text, one, cell, f"{percent(part, whole)}（{number(part)}占合计{number(whole)}）")


def _wholes(cell: _Cell) -> Iterator[Decimal]:
    """The totals that a cell is a part of: of its column, of its row."""
    table = cell.table
    places = ((table.total, cell.column), (cell.row, table.whole))
    found = (table.figure(*at) for at in places if None not in at and at != (cell.row, cell.column))
    yield from (one.value for one in found if one)


def _sentences(text: Text, year: int) -> Iterator[tuple[list[_Item], bool]]:
    """The numbers of each sentence that may be those of a table, and whether its paragraph speaks of nothing else."""
    even, known = counted(text.markdown)
    starts = [count.start for count, _ in known]
    begin = 0
    for line in even.splitlines(keepends=True):
        end = begin + len(line)
        is_other = "|" in text.markdown[begin:end] or _OTHER_TIME.search(line) or {*_THIS_YEAR.findall(line)} - {str(year)}
        is_plain = not is_other and not _OTHER.search(line)
        for said in () if is_other else SENTENCE.finditer(even, begin, end):
            numbers = known[bisect_left(starts, said.start()) : bisect_left(starts, said.end())]
            if numbers and not _OTHER_PART.search(said[0]):
                yield [*_items(even, said, numbers)], is_plain
        begin = end


def _items(even: str, said: re.Match[str], known: Iterable[tuple[Count, bool]]) -> Iterator[_Item]:
    """The numbers of a sentence that end a part of it, but dates and the like."""
    last, tables = said.start(), frozenset(map(tight, _TABLE.findall(said[0])))
    for count, is_masked in known:
        clause = even[max(last, count.start - _LONGEST) : count.start]
        is_whole = last >= count.start - _LONGEST or _BREAKS.search(clause)
        behind = _END.match(even, count.end)
        if is_whole and behind and not is_masked:
            clause = tight(_BREAKS.split(clause)[-1]).removeprefix("、")
            yield _Item(count, _BEFORE.sub("", clause, count=1), count.unit + behind[1], tables)
        last = behind.end() if behind else last
