"""Numbers of sentences beside the cells of tables that the bureau wrote in the same chapter."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nianbao.checks.lines import line_of
from nianbao.checks.prose import counts
from nianbao.checks.prose.accounts import sentence_of
from nianbao.checks.prose.celled import tables
from nianbao.checks.prose.words import words
from nianbao.checks.unfinished import settled
from nianbao.findings import Finding, Kind, Severity
from nianbao.wording import PART_ENDS, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from nianbao.checks.prose.counts import Count
    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative

OTHERWISE = Kind("W513", Severity.WARNING, "正文的数与正文表格不符", each=True)

_TOTAL = re.compile("合计|总计|共计")
# What stands before a row's name, and around a column's, without making the number another one.
_BEFORE = re.compile("[-+]?(?:20[0-9]{2}年度?)?(?:本年度?|今年|全年|年内)?")
_FILLING = re.compile("(?:合计|总计|发布|公开|信息|数量|开展|举办|组织|办理|受理|收到|[的共计为是达到有了数：])*")
# A paragraph with these may speak of another time, of a part, of what is to be or of what is left out.
_OTHER = re.compile(
    "[去上前明次往历]年|同期|半年|[季月旬每均比较拟将应原另除未]|其中|第[^，。；]{1,3}[批期次轮]"
    "|新增|计划|预计|目标|要求|截[至止]|累计|以来|期间|部分"
)
_THIS_YEAR = re.compile("20[0-9]{2}(?=年)")
_NUMBERED = re.compile(r"表\s*[0-9一二三四五六七八九十]+")
_UNIT = re.compile(r"（(?:单位：)?([\u4e00-\u9fff]{1,3})）$")
_BREAKS, _BEHIND = re.compile(f"[，{PART_ENDS}]"), f"，、{PART_ENDS}\n "
_LEAST = 2  # characters of a name that is known in a sentence
_LONGEST = 60  # characters of a clause before its number
_MOST = 8  # rows of one name; of more nobody knows which one is meant


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table, its texts `even` and without blanks, and its columns by their names."""

    label: str
    heads: list[str]
    cells: list[str]
    columns: dict[str, int]
    is_by_table: bool

    def figure(self, words: str, unit: str) -> tuple[str, Decimal] | None:
        """The column that words behind the row's name name, and its figure; ``None`` unless they surely name one."""
        if self.is_by_table and not _TOTAL.search(words):
            return None
        named = {
            self.columns[words[begin:end]]
            for begin in range(len(words))
            if _FILLING.fullmatch(words, 0, begin)
            for end in range(begin + _LEAST, len(words) + 1)
            if words[begin:end] in self.columns and _FILLING.fullmatch(words, end)
        }
        if len(named) != 1:
            return None
        [at] = named
        found = [*counts.numbers(self.cells[at])]
        # The unit of a column of totals is that of all others.
        named_by = [self.label, *(self.heads if _TOTAL.search(self.heads[at]) else [self.heads[at]])]
        units = {*(one.unit for one in found if one.unit), *(one for name in named_by for one in _UNIT.findall(name))}
        is_sure = len(found) == 1 and not found[0].about and (units or {""}) == {unit}
        return (self.heads[at], found[0].value) if is_sure else None


def otherwise(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Warns of a number right behind the names of a row and a column of a table of the same chapter that has another one.

    The row's name begins the clause, with nothing but the year before it, and no word between makes the number another one.
    A total is named by the number of its table, or by what that lists: 表5合计, 各流域合计. The units are the same. What is
    about is let be, and paragraphs that speak of another time, of a part, of what is to be or left out.
    """
    for passage in narrative.passages:
        text = settled(passage.markdown) if passage.own and "|" in passage.markdown else ""
        known = _rows(text)
        for count, clause in _numbers(text, report.year) if known else ():
            found = [(row, one) for row, words in _begun(known, clause) if (one := row.figure(words, count.unit))]
            if not found or any(count.agrees(value) for _, (_, value) in found):
                continue
            row, (head, value) = found[0]
            said = f"{count.shown}：“{sentence_of(text, count.start, count.end)}”"
            expected = f"{number(value)}（表中 {row.label} / {head}）"
            action = "核对正文和表；说的不是这一格的，改写句子，或在 report.yaml 接受并写明"
            source = line_of(report, passage, count.start)
            place = f"{passage.place} · {row.label} / {head} {count.shown}"
            yield Finding(OTHERWISE, place, source, said, expected, action)


def _begun(known: dict[str, list[_Row]], clause: str) -> Iterator[tuple[_Row, str]]:
    """The rows whose names a clause begins with, each with the words behind its name."""
    for end in range(_LEAST, len(clause)):
        rows = known.get(clause[:end], ())
        yield from ((row, clause[end:]) for row in rows if len(rows) <= _MOST)


def _numbers(text: str, year: int) -> Iterator[tuple[Count, str]]:
    """The numbers that end a part of a sentence, each with the clause before it, without blanks and the year."""
    even = counts.even(text)
    waiting = counts.numbers(even)
    count = next(waiting, None)
    masked = {at for one in words().no_source.finditer(even) for at in range(*one.span())}
    start = 0
    for line in even.splitlines(keepends=True):
        begin, start = start, start + len(line)
        is_let_be = "|" in text[begin:start] or _OTHER.search(line) or {*_THIS_YEAR.findall(line)} - {str(year)}
        last = begin
        while count and count.start < start:
            clause = even[max(last, count.start - _LONGEST) : count.start]
            whole = last >= count.start - _LONGEST or _BREAKS.search(clause)
            is_end = even[count.end : count.end + 1] in _BEHIND
            if not is_let_be and whole and is_end and not count.about and count.start not in masked:
                yield count, _BEFORE.sub("", _tight(_BREAKS.split(clause)[-1]).removeprefix("、"), count=1)
            last = count.end if is_end else last
            count = next(waiting, None)


def _rows(text: str) -> dict[str, list[_Row]]:
    """The rows of all tables of a text by their names, those of totals by their tables'."""
    found = defaultdict[str, list[_Row]](list)
    for above, _, heads, spans in tables(text):
        cells = [[_tight(counts.even(text[begin:end])) for begin, end in row] for row in spans]
        if not cells or any(len(row) != len(heads) for row in cells):
            continue
        named = [_tight(counts.even(head)) for head in heads]
        columns = {name: at + 1 for name, at in _places(named[1:]).items()}
        totals = [row for row in cells if _TOTAL.match(row[0])]
        for name, at in _places([row[0] for row in cells]).items():
            if not _TOTAL.match(name):
                found[name].append(_Row(cells[at][0], named, cells[at], columns, is_by_table=False))
        number = _NUMBERED.search(_tight(counts.even(above)))
        for name in {*([number[0]] if number else []), *([f"各{named[0]}"] if len(named[0]) >= _LEAST else [])}:
            found[name] += [_Row(row[0], named, row, columns, is_by_table=True) for row in totals if len(totals) == 1]
    return found


def _places(labels: Sequence[str]) -> dict[str, int]:
    """Where each label stands, by its text and by its name without a unit; without those too short, or of several."""
    found = defaultdict[str, set[int]](set)
    for at, label in enumerate(labels):
        for name in (label, _name(label)):
            found[name].add(at)
    return {name: min(some) for name, some in found.items() if len(some) == 1 and len(name) >= _LEAST}


def _name(label: str) -> str:
    """A label without its unit."""
    return _UNIT.sub("", label)


def _tight(text: str) -> str:
    return "".join(text.split())
