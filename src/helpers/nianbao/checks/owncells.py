"""Numbers of sentences beside the cells of tables that the bureau wrote in the same chapter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nianbao.checks.lines import line_of
from nianbao.checks.prose import counts
from nianbao.checks.prose.accounts import sentence_of
from nianbao.checks.prose.celled import tables
from nianbao.checks.prose.words import words
from nianbao.checks.unfinished import settled
from nianbao.findings import Finding, Kind, Severity
from nianbao.wording import SENTENCE_ENDS, number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from nianbao.checks.prose.counts import Count
    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative

OTHERWISE = Kind("W513", Severity.WARNING, "正文的数与正文表格不符", each=True)

_SENTENCE = re.compile(rf"[^{SENTENCE_ENDS}\n]+")
_TOTAL = re.compile("合计|总计|共计")
# What may stand between a column's name and its number.
_BETWEEN = r"(?:（[^（）]{1,6}）|合计|总计|共计|发布|公开|信息|数量|[共计为是达到有了数：\s]){0,4}$"
# A sentence with these speaks of another time, or of a part of the year.
_OTHER = re.compile("[去上]年|上一年|同期|往年|季度|半年|[0-9]月|[比较]")
_NUMBERED = re.compile(r"表\s*[0-9一二三四五六七八九十]+")
_UNIT = re.compile(r"（(?:单位：)?([\u4e00-\u9fff]{1,3})）$")
_LEAST = 2  # characters of a label that is known in a sentence


@dataclass(frozen=True, slots=True)
class _Table:
    """A table whose rows have as many cells as it has heads, its texts `even` and without blanks."""

    above: str
    heads: list[str]
    rows: dict[str, list[str]]

    def cells(self, before: str, own: str, unit: str) -> Iterator[tuple[str, str, Decimal]]:
        """The row, column and figure that the words before a number name; ``own`` are those behind the number before it."""
        clause = own.rpartition("，")[2]
        columns = [at for at, head in enumerate(self.heads) if at and re.search(re.escape(_name(head)) + _BETWEEN, clause)]
        named = [at for at in columns if not _TOTAL.search(self.heads[at])] or columns
        rows = next(filter(None, map(self._rows_in, (clause, own, before))), [])
        # 合计 may be that of other things, where neither another column nor the table is named.
        if not rows and _TOTAL.search(clause) and (named != columns or self._is_named(clause)):
            rows = [label for label in self.rows if _TOTAL.match(label)]
        if len(named) != 1 or len(rows) != 1 or self._are_several(clause):
            return
        head, cell = self.heads[named[0]], counts.even(self.rows[rows[0]][named[0]])
        found = [*counts.numbers(cell)]
        units = {one for one in (found[0].unit if found else "", *_UNIT.findall(head), *_UNIT.findall(rows[0])) if one}
        if len(found) == 1 and not found[0].about and units <= {unit}:
            yield rows[0], head, found[0].value

    def _are_several(self, words: str) -> bool:
        """Whether words name several columns, of which a number may be the sum."""
        return sum(bool(_name(head)) and _name(head) in words for head in self.heads[1:] if not _TOTAL.search(head)) > 1

    def _rows_in(self, words: str) -> list[str]:
        """The rows whose labels stand in some words, but for totals and for those that only stand in another's label."""
        found = [one for one in self.rows if len(_name(one)) >= _LEAST and _name(one) in words and not _TOTAL.match(one)]
        return [one for one in found if not any(_name(one) in _name(other) != _name(one) for other in found)]

    def _is_named(self, words: str) -> bool:
        """Whether words name the table, by its number or by what its first column holds."""
        number = _NUMBERED.search(self.above)
        return bool(number and number[0] in words) or (len(self.heads[0]) >= _LEAST and self.heads[0] in words)


def otherwise(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Warns of a number whose words name a row and a column of a table of the same chapter, where the table has another one.

    The column's name stands right before the number, the row's in the sentence; a total also by the number of the table or
    what it lists. What is about, of another time or of a part of the year, and what has another unit is let be.
    """
    for passage in narrative.passages:
        text = settled(passage.markdown) if passage.own and "|" in passage.markdown else ""
        known = [*_tables(text)]
        for count, before, own in _numbers(text) if known else ():
            cells = [one for table in known for one in table.cells(before, own, count.unit)]
            if not cells or any(count.agrees(value) for _, _, value in cells):
                continue
            row, head, value = cells[0]
            found = f"{count.shown}：“{sentence_of(text, count.start, count.end)}”"
            expected = f"{number(value)}（表中 {row} / {head}）"
            action = "核对正文和表；说的不是这一格的，改写句子，或在 report.yaml 接受并写明"
            source = line_of(report, passage, count.start)
            place = f"{passage.place} · {row} / {head} {count.shown}"
            yield Finding(OTHERWISE, place, source, found, expected, action)


def _numbers(text: str) -> Iterator[tuple[Count, str, str]]:
    """The numbers of sentences, each with what stands before it in its sentence, and behind the number before it."""
    even = counts.even(text)
    found = [*counts.numbers(even)]
    masked = [one.span() for one in words().no_source.finditer(even)]
    for sentence in _SENTENCE.finditer(even):
        begin, end = sentence.span()
        if "|" in text[begin:end] or _OTHER.search(even, begin, end):
            continue
        last = begin
        for count in (one for one in found if begin <= one.start < end):
            if not any(first <= count.start < behind for first, behind in masked):
                yield count, _tight(even[begin : count.start]), _tight(even[last : count.start])
                last = count.end


def _tables(text: str) -> Iterator[_Table]:
    for above, _, heads, spans in tables(text):
        rows = [[_tight(counts.even(text[begin:end])) for begin, end in row] for row in spans]
        labels = [row[0] for row in rows]
        if rows and all(len(row) == len(heads) for row in rows) and len({*labels}) == len(labels):
            yield _Table(
                _tight(counts.even(above)),
                [_tight(counts.even(head)) for head in heads],
                dict(zip(labels, rows, strict=True)),
            )


def _name(label: str) -> str:
    """A label without its unit."""
    return _UNIT.sub("", label)


def _tight(text: str) -> str:
    return "".join(text.split())
