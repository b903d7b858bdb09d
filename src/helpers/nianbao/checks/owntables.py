"""Tables that the bureau wrote in its text: rows with cells too few or too many, totals that are no sums."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from nianbao.checks.lines import line_of
from nianbao.checks.prose.celled import tables
from nianbao.checks.unfinished import settled
from nianbao.findings import Finding, Kind, Severity
from nianbao.inputs.labels import level_of
from nianbao.reading import narrow
from nianbao.wording import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative

TOTAL = Kind("W511", Severity.WARNING, "正文表格的合计不符")
UNEVEN = Kind("W512", Severity.WARNING, "正文表格的行与栏名不齐")

_TOTAL = re.compile(r"(?:合计|总计|共计)(?:\(\w+\))?")
# What stands beside others and is no part of their total: a part of another row, a subtotal, a rate, an ordinal, a date.
_NO_PART = re.compile(
    "其中|小计|[率比占均%]|[增减]|[去上]年|同期|序号|编号|排名|名次|[得评]分|单价|标准|电话|邮编|日期|时间|年[份度]"
)
_FIGURE = re.compile(r"(\d+(?:\.\d+)?)[\u4e00-\u9fff]{0,3}")
_NOTHING = re.compile(r"[-—–/无]*")
FEWEST = 2  # figures that have a sum


@dataclass(frozen=True, slots=True)
class _Line:
    """A row or a column of a table: its label, and of each cell the place in the text and what stands there."""

    label: str
    cells: tuple[tuple[int, str], ...]


def uneven(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Warns of a row that has other than as many cells as its table has heads: it is printed with a blank, or cut off."""
    for passage in narrative.passages:
        text = settled(passage.markdown) if passage.own else ""
        for _, _, heads, rows in tables(text):
            for row in rows:
                if len(row) == len(heads):
                    continue
                (begin, end), label = row[0], "、".join(_plain(text[first:last]) for first, last in row)
                found, expected = f"{len(row)}格：{label}", f"{len(heads)}格：{'、'.join(heads)}"
                action = "补上缺的格，或删去多的格；确是空着的格，也要用 | 隔开。这张表的合计没有核对"
                place = f"{passage.place} · {_plain(text[begin:end])}"
                yield Finding(UNEVEN, place, line_of(report, passage, begin), found, expected, action)


def totals(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Warns of a row, or a column, 合计 of which a figure is not the sum of those that it stands below or beside.

    A table whose rows have levels, or which names parts of its rows, subtotals or rates among them, is let be; so is a
    column 合计 that is not the sum in most rows.
    """
    for passage in narrative.passages:
        text = settled(passage.markdown) if passage.own else ""
        for _, _, heads, spans in tables(text):
            rows = [[(begin, _plain(text[begin:end])) for begin, end in row] for row in spans]
            if not rows or any(len(row) != len(heads) for row in rows):
                continue
            lines = [_Line(row[0][1], tuple(row[1:])) for row in rows]
            beside = [_Line(_plain(head), tuple(row[at] for row in rows)) for at, head in enumerate(heads)][1:]
            wrong = _wrong(lines, [one.label for one in beside])
            across = _wrong(beside, [one.label for one in lines])
            if len(across) * 2 >= len(lines):
                across = []
            for at, place, written, parts in (*wrong, *across):
                sum_ = number(sum(parts))
                found = f"{written}，各项之和是{sum_}（{'、'.join(map(number, parts))}）"
                action = "核对各项和合计；另有没列出的项、或各项有重复的，在 report.yaml 接受并写明"
                yield Finding(TOTAL, f"{passage.place} · {place}", line_of(report, passage, at), found, sum_, action)


def _plain(cell: str) -> str:
    return narrow(cell).replace("*", "").replace(",", "").strip()


def _wrong(lines: Sequence[_Line], heads: Sequence[str]) -> list[tuple[int, str, str, list[Decimal]]]:
    """Of the one total among lines, each figure that is no sum: where it stands, its name, what it says, and the others."""
    names = ["".join(one.label.split()) for one in lines]
    at = [number for number, name in enumerate(names) if _TOTAL.fullmatch(name)]
    parts = [one for number, one in enumerate(lines) if number not in at]
    if len(at) != 1 or at[0] not in {0, len(lines) - 1} or len({level_of(one.label) for one in parts}) > 1:
        return []
    if any(_NO_PART.search(one.label) or _TOTAL.search(one.label) for one in parts):
        return []
    total, found = lines[at[0]], []
    for column, head in enumerate(heads):
        place, text = total.cells[column]
        figures = [_figure(one.cells[column][1]) for one in parts]
        written, known = _figure(text), [one for one in figures if one is not None]
        is_read = written is not None and len(known) == len(figures) and sum(map(bool, known)) >= FEWEST
        if is_read and written and not _NO_PART.search(head) and abs(sum(known) - written) > _rounding(known, written):
            found.append((place, f"{total.label} / {head}", text, known))
    return found


def _figure(text: str) -> Decimal | None:
    """The figure of a cell, 0 for a stroke or nothing; ``None`` for what is neither."""
    if _NOTHING.fullmatch(text):
        return Decimal(0)
    found = _FIGURE.fullmatch(text)
    return Decimal(found[1]) if found else None


def _rounding(figures: Sequence[Decimal], total: Decimal) -> Decimal:
    """By how much rounded figures may miss their total: whole numbers by nothing, others by one of the last digit each."""
    decimals = [-int(one.as_tuple().exponent) for one in figures if one % 1]
    coarsest = min([*decimals, -int(total.as_tuple().exponent)])
    return Decimal(len(figures)).scaleb(-coarsest) if decimals else Decimal(0)
