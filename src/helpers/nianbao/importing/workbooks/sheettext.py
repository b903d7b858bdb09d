"""The text on a sheet: chapters whose text stands beside their headings, below them; and what is said beside the text."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nianbao.importing.counted import ENTRY, is_chapter
from nianbao.importing.ending import day_in
from nianbao.inputs.guide import GUIDE
from nianbao.inputs.outline import is_value
from nianbao.inputs.sheets import FACTS, fact_head
from nianbao.narrative.headings import by_words, heading_of
from nianbao.statute import tree
from nianbao.wording import HAN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from nianbao.inputs.files.workbook import Sheet
    from nianbao.statute.formats import Format

Row = tuple[int, list[str]]

# What a form of text calls its parts, in the order in which a report has them.
_TITLE, _NUMBER, _TEXT, _SIGNED, _DAY = range(5)
_CALLED = {
    **dict.fromkeys(("标题", "报告标题", "题目", "报告题目"), _TITLE),
    **dict.fromkeys(("文号", "发文字号", "发文文号"), _NUMBER),
    **dict.fromkeys(("引言", "前言", "导语", "序言", "开头", "正文", "报告正文"), _TEXT),
    **dict.fromkeys(("落款", "落款单位", "落款机关", "署名", "发文机关", "发布机关", "报告机关"), _SIGNED),
    **dict.fromkeys(("日期", "成文日期", "落款日期", "落款时间", "成文时间", "报告日期"), _DAY),
}
_HEADS = {"项目", "章节", "栏目", "部分", "章", "标题", "目录", "名称", "板块", "序号"}
_HEADS_OF_TEXT = {"内容", "正文", "文字", "具体内容", "填写内容", "文字内容", "正文内容", "报告内容", "段落"}
_COUNT = re.compile("[1-9][0-9]?")
_SENTENCE = re.compile("[。！；]")
_HEADING = re.compile(rf"[（(][{HAN}]{{1,3}}[）)]|.*报告$")
_LONG = 30  # characters of a text that no label has
_FEWEST = 2  # paragraphs that tell where a text stands


@dataclass(frozen=True, slots=True)
class Laid:
    """A sheet with its text in rows of its own.

    Parameters
    ----------
    aside : list of (int, int, str)
        What stands beside the text and is none of it: the row, from 1, the column, from 0, and what it says.
    """

    sheet: Sheet
    aside: list[tuple[int, int, str]] = field(default_factory=list)


def laid_out(sheet: Sheet, forms: Iterable[Format], is_of_table: Callable[[list[str]], bool]) -> Laid:
    """A sheet as its text is read, from above; ``is_of_table`` tells rows of statutory tables."""
    if sheet.name in {GUIDE, FACTS} or any(fact_head(cells) for _, cells in sheet.rows):
        return Laid(sheet)
    known = [*forms]
    laid = _in_one_column(sheet, lambda text: is_heading(text, known), is_of_table)
    beside = _without_remarks(laid.sheet, is_of_table)
    return Laid(beside.sheet, [*laid.aside, *beside.aside])


def is_heading(text: str, forms: Sequence[Format]) -> bool:
    """Whether a text is the heading of a chapter, with its numeral or without."""
    heading = heading_of(0, 0, text)
    named = [one for form in forms for one in by_words(heading, form)] if len(text) < _LONG else []
    words = {tree.normalise(one.heading.partition("、")[2]) for one in named}
    return any(one.numeral == heading.numeral for one in named) or tree.normalise(text) in words


def _filled(cells: Sequence[str]) -> list[int]:
    return [at for at, cell in enumerate(cells) if cell.strip()]


def _in_one_column(sheet: Sheet, is_known: Callable[[str], bool], is_of_table: Callable[[list[str]], bool]) -> Laid:
    """A sheet with headings in one column and their texts in another: each text below its heading.

    What the rows 标题, 文号, 落款, 日期 say is put where a report has it; rows of other names are none of the text.
    """
    columns = _columns(sheet, is_known)
    if columns is None:
        return Laid(sheet)
    left, right = columns
    has_tables = any(is_of_table(cells) and sum(map(is_value, cells)) > 0 for _, cells in sheet.rows)
    counted = {
        one
        for one in range(right)
        if one != left and _are_counted([cells[one].strip() for _, cells in sheet.rows if one in _filled(cells)])
    }
    made: list[tuple[int, Row]] = []
    aside: list[tuple[int, int, str]] = []
    for number, cells in sheet.rows:
        at = _filled(cells)
        others = [one for one in at if one not in columns]
        label, text = (cells[one].strip() if one in at else "" for one in (left, right))
        if not text or not counted.issuperset(others):
            made.append((_TEXT, (number, cells)))
            continue
        if tree.normalise(label) in _HEADS and tree.normalise(text) in _HEADS_OF_TEXT:
            continue
        place = _CALLED.get(tree.normalise(label).rstrip(":"), _TEXT if _is_heading(label, is_known) else None)
        if place is None and (has_tables or is_value(text)):
            made.append((_TEXT, (number, cells)))
        elif place is None or (place in {_TITLE, _NUMBER, _SIGNED, _DAY} and place in [one for one, _ in made]):
            aside.append((number, left, f"{label}：{text}"))
        else:
            heading = [label] if label and _is_heading(label, is_known) else []
            made += [(place, (number, [*[""] * left, one])) for one in [*heading, *filter(str.strip, text.split("\n"))]]
    ordered = sorted(made, key=lambda one: one[0])  # which keeps the order of what is alike
    return Laid(replace(sheet, rows=[row for _, row in ordered]), aside)


def _are_counted(texts: Sequence[str]) -> bool:
    """Whether a column counts its rows, each one more than the one above it, below a head at most."""
    counts = [int(one) for one in texts if _COUNT.fullmatch(one)]
    return (
        len(counts) > 1
        and counts == [*range(counts[0], counts[0] + len(counts))]
        and all(_COUNT.fullmatch(one) or one in _HEADS for one in texts)
    )


def _is_heading(label: str, is_known: Callable[[str], bool]) -> bool:
    """Whether what stands beside a text heads it: nothing, a chapter's heading, （一）…."""
    return not label or is_known(label) or bool(ENTRY.match(label))


def _columns(sheet: Sheet, is_known: Callable[[str], bool]) -> tuple[int, int] | None:
    """The columns of headings and of texts: in several rows both stand, or in one where text is a sentence."""
    pairs: Counter[tuple[int, int]] = Counter()
    sentences: set[tuple[int, int]] = set()
    for _, cells in sheet.rows:
        at = _filled(cells)
        if len(at) < 2 or any(not _COUNT.fullmatch(cells[one].strip()) for one in at[1:-1]):
            continue
        if _COUNT.fullmatch(cells[at[0]].strip()) and len(at) > 2:
            at = at[1:]
        pair = at[0], at[-1]
        if is_known(cells[pair[0]].strip()) and not is_value(cells[pair[1]]):
            pairs[pair] += 1
            sentences |= {pair} if _SENTENCE.search(cells[pair[1]]) else set()
    pair, count = next(iter(pairs.most_common(1)), ((0, 0), 0))
    return pair if count and pair in sentences else None


def _without_remarks(sheet: Sheet, is_of_table: Callable[[list[str]], bool]) -> Laid:
    """A sheet without the cells on the right of the columns of its text.

    The columns are those of the merged cells that the text stands in; where it stands in none, a blank column parts text
    and remark. A table beside the text is no remark.
    """
    rows = [(number, cells, _filled(cells)) for number, cells in sheet.rows]
    begin, end = _of_text(rows, sheet, is_of_table)
    is_merged = end > begin
    whole = {row for (row, left), (_, right) in sheet.merged if is_merged and (left, right) == (begin, end)}
    texts = [
        at[:1] == [begin] and (_is_text(cells[begin]) or number - 1 in whole) and not is_of_table(cells)
        for number, cells, at in rows
    ]
    days = [any(day_in(cells[one]) for one in at) for _, cells, at in rows]
    found: dict[int, list[int]] = {}
    for place, (_, cells, at) in enumerate(rows if begin >= 0 else []):
        behind = [one for one in at if one > (end if is_merged else begin + 1)]
        is_between = 0 < place < len(rows) - 1 and texts[place - 1] and texts[place + 1]
        is_beside = texts[place] and at[1:] == behind
        is_signed = any(days[max(place - 1, 0) : place + 2])
        is_alone = at == behind and (is_merged or is_between) and not is_signed
        if behind and (is_beside or is_alone):
            values = sum(is_value(cells[one]) for one in behind)
            if is_of_table([cells[one] for one in behind]) or values > 1 or (values and not is_merged and not is_beside):
                return Laid(sheet)
            found[place] = behind
    aside = [(rows[place][0], one, rows[place][1][one].strip()) for place, behind in found.items() for one in behind]
    kept = [(number, cells[: found[place][0]] if place in found else cells) for place, (number, cells, _) in enumerate(rows)]
    return Laid(replace(sheet, rows=[(number, cells) for number, cells in kept if any(cells)]), aside)


def _of_text(
    rows: Sequence[tuple[int, list[str], list[int]]], sheet: Sheet, is_of_table: Callable[[list[str]], bool]
) -> tuple[int, int]:
    """The first and last column of the text of a sheet, by what stands alone in its row; -1 for a sheet without text."""
    ends = {first: right for first, (_, right) in sheet.merged}
    single = [(number, cells, at[0]) for number, cells, at in rows if len(at) == 1 and not is_of_table(cells)]
    alone = [(number, at) for number, cells, at in single if _is_text(cells[at])]
    begin, count = next(iter(Counter(column for _, column in alone).most_common(1)), (-1, 0))
    if count < _FEWEST:
        return -1, -1
    return begin, max(ends.get((number - 1, column), column) for number, column in alone if column == begin)


def _is_text(text: str) -> bool:
    """Whether a cell is of the text: a sentence, a title, the heading of a chapter or of what stands in one."""
    told = text.strip()
    return bool(_SENTENCE.search(told)) or len(told) > _LONG or is_chapter(told) or bool(_HEADING.match(told))
