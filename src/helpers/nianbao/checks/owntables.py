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
from nianbao.reading import decimal, is_mark, narrow
from nianbao.wording import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative

TOTAL = Kind("W511", Severity.WARNING, "正文表格的合计不符", each=True)
UNEVEN = Kind("W512", Severity.WARNING, "正文表格的行与栏名不齐")

_TOTAL = re.compile(r"(?:合计|总计|共计)(?:\(\w+\))?")
# What stands beside others and is no part of their total: a part of another row, a subtotal, an ordinal, a date.
_NO_PART = re.compile("其中|小计|[增减]|[去上]年|同期|序号|编号|排名|名次|标准|电话|邮编|日期|时间|年[份度]")
# What has no sum: a rate, a mean, a greatest or least one, a time, a price, what counts the same one twice.
_NO_SUM = re.compile(
    "[率比占%]|均|最[高低长短多少大小快慢早晚]|中位|峰值|[上下]限|时[限长]|期限|天数|[得评]分|单价|指数|倍|累计|去重|涉及|覆盖"
)
_LASTING = re.compile("(?:个?工作)?[天日]|小时|分钟?|秒|个?月|年|周|岁|倍|[度级折]")  # units of what has no sum
_UNIT_HEAD, _UNIT = re.compile("(?:计量)?单位"), re.compile(r"\((?:单位:)?([\u4e00-\u9fff]{1,3})\)$")
_FIGURE = re.compile(r"([\d.,]*\d)\s*\(?([\u4e00-\u9fff%]{0,3})\)?")
_ROUNDED = re.compile("[千万亿]")
FEWEST = 2  # figures that have a sum


@dataclass(frozen=True, slots=True)
class _Line:
    """A row or a column: its label, the unit that it names, and of each cell its place in the text and its text."""

    label: str
    unit: str
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

    A table whose rows have levels or several units, or which names parts of its rows or subtotals among them, is let be.
    So are figures that have no sum, such as rates; a total that is their greatest or their mean; and a column 合计 that
    is not the sum in most rows.
    """
    for passage in narrative.passages:
        text = settled(passage.markdown) if passage.own else ""
        for above, _, heads, spans in tables(text):
            rows = [[(begin, _plain(text[begin:end])) for begin, end in row] for row in spans]
            is_name = not above.endswith(("。", "；", "：", "，"))
            if not rows or any(len(row) != len(heads) for row in rows) or (is_name and _NO_SUM.search(above)):
                continue
            heads = [_plain(head) for head in heads]
            at = next((at for at, head in enumerate(heads) if _UNIT_HEAD.fullmatch(head)), 0)
            lines = [_Line(row[0][1], _unit(row[0][1]) or (row[at][1] if at else ""), tuple(row[1:])) for row in rows]
            beside = [_Line(head, _unit(head), tuple(row[at] for row in rows)) for at, head in enumerate(heads)][1:]
            wrong = _wrong(lines, heads[1:])
            across = _wrong(beside, [one.label for one in lines])
            if len(across) * 2 >= len(lines):
                across = []
            for begin, place, written, parts in (*wrong, *across):
                sum_ = number(sum(parts))
                found = f"{written}，各项之和是{sum_}（{'、'.join(map(number, parts))}）"
                action = "核对各项和合计；另有没列出的项、或各项有重复的，在 report.yaml 接受并写明"
                where = f"{passage.place} · {place} {written}"
                yield Finding(TOTAL, where, line_of(report, passage, begin), found, sum_, action)


def _plain(cell: str) -> str:
    return narrow(cell.replace("*", ""))


def _unit(label: str) -> str:
    found = _UNIT.search(label)
    return found[1] if found else ""


def _wrong(lines: Sequence[_Line], heads: Sequence[str]) -> list[tuple[int, str, str, list[Decimal]]]:
    """Of the one total among lines, each figure that is no sum: where it stands, its name, what it says, and the others."""
    at = [number for number, one in enumerate(lines) if _TOTAL.fullmatch("".join(one.label.split()))]
    parts = [one for number, one in enumerate(lines) if number not in at]
    if len(at) != 1 or at[0] not in {0, len(lines) - 1} or not _have_sum(parts, lines[at[0]]):
        return []
    total, found = lines[at[0]], []
    for column, head in enumerate(heads):
        if _NO_PART.search(head) or _NO_SUM.search(head):
            continue
        place, text = total.cells[column]
        figures = _figures([*(one.cells[column][1] for one in parts), text], _unit(head) or total.unit)
        is_rounded = bool(_ROUNDED.search(f"{head}{total.unit}{text}"))
        if figures and _is_no_sum(figures[:-1], figures[-1], is_rounded=is_rounded):
            found.append((place, f"{total.label} / {head}", text, figures[:-1]))
    return found


def _have_sum(parts: Sequence[_Line], total: _Line) -> bool:
    """Whether lines are all that a total is the sum of, as far as their labels say, and are counted in one unit."""
    labels = [one.label for one in parts]
    units = {one.unit for one in parts}
    is_other = any(_NO_PART.search(one) or _NO_SUM.search(one) or _TOTAL.search(one) for one in labels)
    is_one = len(units) == 1 and (units == {""} or total.unit in {"", *units})
    return is_one and not is_other and not _NO_SUM.search(total.label) and len(set(map(level_of, labels))) == 1


def _figures(cells: Sequence[str], unit: str) -> list[Decimal] | None:
    """The figures of cells, 0 for a stroke; ``None`` where one is blank or no figure, where units differ or have no sum."""
    figures, units = [], set()
    for text in cells:
        found = _FIGURE.fullmatch(text)
        try:
            figures.append(decimal(found[1] if found else "0" if is_mark(text) else text))
        except ValueError:
            return None
        units |= {found[2]} if found else set()
    return None if len(units) > 1 or any(map(_LASTING.fullmatch, {unit, *units})) else figures


def _is_no_sum(figures: Sequence[Decimal], total: Decimal, *, is_rounded: bool) -> bool:
    """Whether a total of two figures or more is wrong; their greatest and their mean may be meant to stand there."""
    whole = sum(figures, Decimal(0))
    mean = (whole / len(figures)).quantize(total)
    others = {Decimal(0), max(figures), mean}
    is_sum = abs(whole - total) <= _rounding(figures, total, is_rounded=is_rounded)
    return sum(map(bool, figures)) >= FEWEST and total not in others and not is_sum


def _rounding(figures: Sequence[Decimal], total: Decimal, *, is_rounded: bool) -> Decimal:
    """By how much rounded figures may miss their total: by one of the last digit each; whole ones by nothing, but for 万."""
    decimals = [-int(one.as_tuple().exponent) for one in figures if one % 1]
    coarsest = min([*decimals, -int(total.as_tuple().exponent)])
    return Decimal(len(figures)).scaleb(-coarsest) if decimals or is_rounded else Decimal(0)
