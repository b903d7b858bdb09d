"""Lines beside a table that stand in several cells: a label and its value, a day in pieces → a cell each.

A form says so who filled it in, and when: ``填表人：|张三|电话：|8822110``. A row of the table itself is none: no cell of a
line is a statutory label, and each figure in it is a piece of a day, or stands right behind a label of a form and is of its
kind: ``年度：|46`` is a row. So is ``份数：|5`` between the rows of a table, where any small number may be counted.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.importing.counted import is_chapter
from nianbao.importing.edges import SAID
from nianbao.importing.flow import Paragraph
from nianbao.importing.statutory import tables_in
from nianbao.inputs.formlabels import ADDRESS, BODY, CODE, COUNT, DAY, NUMBERED, PAGE, PERSON, TELEPHONE, TERM, YEAR, ends
from nianbao.inputs.outline import is_value
from nianbao.inputs.persons import without_persons
from nianbao.statute import tree
from nianbao.wording import NOT_APPLICABLE, UNFILLED, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.importing.flow import Block, Grid
    from nianbao.importing.labelled import Labels

_COLON = "：:"
_LONGEST_LABEL = 20  # characters before a colon
_LONGEST_ROLE = 8  # characters of a label without one
_MOST_PIECES, _NUMBERS_OF_DAY = 6, 3  # of a day: 2024|年|1|月|8|日, 2024|1|8
# What may stand behind a label, by its kind: behind one without a colon at all, behind one with it as a figure.
_VALUES = (
    ((PERSON,), "[\u4e00-\u9fff·]{2,4}"),
    ((TELEPHONE,), "[0-9+*()转—－-]{7,}|(?:12|9[56])[0-9]{3}"),
    ((ADDRESS,), "[0-9+*()转—－-]{5,}"),
    ((CODE,), "[0-9A-Za-z\u4e00-\u9fff〔〕()-]+"),
    ((DAY, YEAR, TERM), r"[12][0-9]{3}(?:[年./-].*|[01][0-9][0-3][0-9])?"),
    ((BODY,), "[\u4e00-\u9fff]*(?:局|厅|委|办|院|府|室|科|股|中心)|件|(?:[万亿])?元"),
    ((COUNT,), "[0-9]{1,5}人?"),
)
_PAGES = ((PAGE,), "[0-9]{1,3}[份页]?")  # is behind a colon only: 附件 3 may be a row
_WHOLE = re.compile("[\u4e00-\u9fff()（）\\s]{2,20}[：:].")  # a label with its value: 填表人：张三
_TELEPHONE = re.compile("1[3-9][0-9]{9}|[2-9][0-9]{6,7}")
_YEAR, _CENTURY = "(?:19|20)[0-9]{2}", "12"  # the first digit of a year
_DAY = re.compile(f"{_YEAR}年[0-9]{{1,2}}月(?:[0-9]{{1,2}}[日号]?)?")
_DOTTED = re.compile(f"{_YEAR}([./-])(?:0?[1-9]|1[0-2])\\1(?:0?[1-9]|[12][0-9]|3[01])")
_OF_DAY = re.compile(f"{_YEAR}年?|年|[0-9]{{1,2}}月?|月|[0-9]{{1,2}}[日号]|[日号]|[0-9]{{1,2}}月[0-9]{{1,2}}[日号]?")
_COUNTED, _BEGINS_COUNTED = re.compile("[第共][0-9]{1,3}页|(?:附?表|附件)[0-9]{1,2}"), "第共附表"
_SMALL = re.compile("：(?!(?:19|20)[0-9]{2}$)[0-9]{1,6}[人份页]?$")  # behind a label, a number that may count something
_NUMBER = re.compile(
    "([\u4e00-\u9fff]+):([0-9]+)[件人]?(?=$|[,;。 ])"
)  # a label of a narrow line, and a bare number behind it
_MEASURES = {"份", "页", "件", "元", "万元", "亿元"}
# How a line begins that speaks of the table above it.
OF_ABOVE = re.compile("[（(]?(?:(?:备?注|说明|更正|勘误)[:：])?(?:以上|上表|上述)")
# In or at the beginning of no label.
_SPOKEN = re.compile(
    f"[:：=＝](?!$)|[。；]|{OF_ABOVE.pattern}|[本此该]表|表[中内]|{_YEAR}(?:年|[./-])[0-9]{{1,2}}(?:月|[./-])|[（(](?:签[字章名]|盖章|公章)[)）]|^[第共][0-9]{{1,3}}页$"
)
_SHORTEST_CLAUSE = 8
_NEXT_CLAUSE = re.compile("[，,][\u4e00-\u9fff]{4}")
_FIGURE_BACKWARDS = re.compile("[)）]?[件宗条次元]?[^\u4e00-\u9fff]*[0-9０-９]")  # a figure at the end, from there
# A telephone or a time with a word before it that no form has there.
_FOR_READERS = re.compile(
    "(?!联系|办公|固定|移动|填|制|编|报|统计|数据|截[至止]|更新|导出|打印|出表|印|审|签|有效)[\u4e00-\u9fff]+(?:电话|传真|日期|时间)(?:[(][^()]*[)])?:"
)
_MOST_LINES, _MOST_BETWEEN = 6, 2
_Text = tuple[int, str]  # a column, and what stands in it


@lru_cache(maxsize=1)
def _kinds() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """What labels look like, each with what may stand behind it; that of pages is the last."""
    some = ((f"[\u4e00-\u9fff]*(?:{ends(*kinds)})", value) for kinds, value in (*_VALUES, _PAGES))
    return tuple((re.compile(name), re.compile(value)) for name, value in some)


@lru_cache(maxsize=4096)
def _values(label: str, has_colon: bool) -> tuple[re.Pattern[str], ...]:
    """What may stand behind a label of a form; nothing behind any other text. The cells of all tables are asked about."""
    some = _kinds() if has_colon else _kinds()[:-1]
    return tuple(value for name, value in some if name.fullmatch(label))


def _is_of_kind(label: str, value: str, has_colon: bool) -> bool:
    """Whether a value is of the kind that a label asks for: no 46 behind 年度, no 320 behind 电话."""
    return any(known.fullmatch(value) for known in _values(label, has_colon))


@lru_cache(maxsize=1)
def _labelled() -> re.Pattern[str]:
    of_form = f"[\u4e00-\u9fff]*(?:{ends(PERSON, BODY, *NUMBERED)})(?:\\([^()]*\\))?[:]"
    return re.compile(f"(?:{of_form}|{_DAY.pattern}$|{_COUNTED.pattern}$)")


def has_odd_value(line: str) -> bool:
    """Whether behind a label of a form in a narrow line stands a bare number that is none of its kind: 年度:46, 电话:320."""
    kinds = re.compile(f"[\u4e00-\u9fff]*(?:{ends(TELEPHONE, DAY, YEAR, TERM)})")
    return any(
        kinds.fullmatch(label) and not _is_of_kind(label, value, has_colon=True) for label, value in _NUMBER.findall(line)
    )


def read(blocks: Sequence[Block], labels: Labels) -> list[Block]:
    """A flow with each line in cells beside a statutory table in one cell; a table of nothing else there is lines."""
    made = [block if isinstance(block, Paragraph) else joined(block, labels) for block in blocks]
    result: list[Block] = []
    for at, block in enumerate(made):
        lines = [] if isinstance(block, Paragraph) else of_form(block)
        result += lines if lines and _is_beside(made, at, labels) else [block]
    return result


def of_form(grid: Grid) -> list[Paragraph]:
    """The lines of a small table that is nothing but labels of a form with their values; none of any other.

    A telephone and a time for readers (咨询电话, 受理时间), and several attachments beside each other, are no form's.
    """
    if len(grid.rows) > _MOST_LINES:
        return []
    rows = [_lines(row) for row in grid.rows]
    texts = [reading.plain(text) for row in rows for _, text in row]
    if not all(map(_labelled().match, texts)):
        return []
    if any(map(_FOR_READERS.match, texts)) or sum(text.startswith("附件") for text in texts) > 1:
        return []
    return [
        Paragraph(text, f"{grid.place}第{grid.number(at)}行", around=SAID, sheet=grid.sheet)
        for at, row in enumerate(rows) for _, text in row
    ]  # fmt: skip


def _is_beside(blocks: Sequence[Block], at: int, labels: Labels) -> bool:
    """Whether the next table above or below, in the same chapter and with few lines between, is a statutory one."""
    for some in (blocks[:at][::-1], blocks[at + 1 :]):
        near = list(
            takewhile(lambda one: not (isinstance(one, Paragraph) and is_chapter(one.text)), some[: _MOST_BETWEEN + 1])
        )
        grid = next((one for one in near if not isinstance(one, Paragraph)), None)
        if grid and tables_in(grid, labels):
            return True
    return False


def joined(grid: Grid, labels: Labels) -> Grid:
    """A grid that holds a statutory table, with the lines beside that in one cell each, the first of those they stood in."""
    rows = [_joined(row, labels) for row in grid.rows]
    made = replace(
        grid, rows=tuple(grid.rows[at] if _may_be_row(grid, at, row, labels) else row for at, row in enumerate(rows))
    )
    return made if made.rows != grid.rows and tables_in(made, labels) else grid


def _may_be_row(grid: Grid, at: int, line: tuple[str, ...], labels: Labels) -> bool:
    """Whether a row that was made a line holds a small number, and stands between rows of one table."""
    if line == grid.rows[at] or not any(map(_SMALL.search, line)):
        return False
    above, below = (
        next((table for row in some for table in map(labels.table_of, row) if table), "")
        for some in (grid.rows[:at][::-1], grid.rows[at + 1 :])
    )
    return above == below != ""


def _joined(row: tuple[str, ...], labels: Labels) -> tuple[str, ...]:
    said, texts = dict(_lines(row)), [*filter(None, row)]
    made = [*said.values()]
    if made == texts or any(map(_is_data, made)) or any(_is_label_of_table(text, labels) for text in texts):
        return row
    return tuple(said.get(at, "") for at in range(len(row)))


def _is_label_of_table(text: str, labels: Labels) -> bool:
    tight = tree.normalise(text).rstrip(":")
    return labels.is_one(tight) or bool(labels.alike(tight))


@lru_cache(maxsize=1024)  # a row is asked about as one of a sheet, of a table, and of a form
def _lines(row: tuple[str, ...]) -> tuple[_Text, ...]:
    """The lines of a row, each with the column in which it begins; a figure that is no label's value is one of its own."""
    texts = [(at, text) for at, text in enumerate(row) if text]
    made, at = [], 0
    while at < len(texts):
        column, text = texts[at]
        if end := _day(texts, at) or _counted(texts, at):
            text = _together(texts, at, end)
            made.append((column, f"{text}日" if text[-1].isdigit() and "月" in text else text))
        else:
            end = _value(texts, at)
            between = "" if end == at + 1 else " " if _WHOLE.match(text) else "："
            label = text.rstrip(_COLON) if between == "：" else text
            made.append((column, label + between + _together(texts, at + 1, end)))
        at = end
    return tuple(made)


def _together(texts: Sequence[_Text], at: int, end: int) -> str:
    return (_of_day(texts, at, end) or "".join(text for _, text in texts[at:end])) if at < end else ""


def _day(texts: Sequence[_Text], at: int) -> int:
    """Where the pieces of a day end that begin in a place, with its year; 0 where none do."""
    if reading.plain(texts[at][1])[:1] not in _CENTURY:
        return 0
    stops = range(min(len(texts), at + _MOST_PIECES), at + 1, -1)
    return next((end for end in stops if _of_day(texts, at, end)), 0)


def _of_day(texts: Sequence[_Text], at: int, end: int) -> str:
    """The day that some cells make together; '' for none. Bare numbers make one with nothing beside them but its label."""
    pieces = [reading.plain(text) for _, text in texts[at:end]]
    whole = "".join(pieces)
    if (all(map(_OF_DAY.fullmatch, pieces)) and _DAY.fullmatch(whole)) or _DOTTED.fullmatch(whole):
        return whole
    is_alone = end == len(texts) and (at == 0 or (at == 1 and re.search(f"(?:{ends(DAY)})$", _tight(texts[0][1]))))
    bare = ".".join(pieces)
    return bare if is_alone and len(pieces) == _NUMBERS_OF_DAY and _DOTTED.fullmatch(bare) else ""


def _counted(texts: Sequence[_Text], at: int) -> int:
    """Where the number of a page or a table ends that begins in a place: 第|2|页."""
    may_be = texts[at][1][:1] in _BEGINS_COUNTED
    stops = range(min(len(texts), at + 3), at + 1, -1) if may_be else ()
    return next((end for end in stops if _COUNTED.fullmatch("".join(text for _, text in texts[at:end]))), 0)


def _value(texts: Sequence[_Text], at: int) -> int:
    """Where the value ends that stands in the cells behind a label; the place behind the text where there is none."""
    begin = at + 1
    if begin < len(texts) and _TELEPHONE.fullmatch(reading.plain(texts[begin][1])) and without_persons(texts[at][1])[1]:
        return _extension(texts, begin + 1)
    if begin == len(texts) or not _is_label(texts, at) or _is_label(texts, begin) or _WHOLE.match(texts[begin][1]):
        return begin
    end = _day(texts, begin) or begin + 1
    if end > begin + 1 or not is_value(texts[begin][1]):
        return end
    if not _is_of_kind(_tight(texts[at][1]), reading.plain(texts[begin][1]), has_colon=True):
        return begin
    return _extension(texts, end + (end < len(texts) and texts[end][1] in _MEASURES))


def _extension(texts: Sequence[_Text], at: int) -> int:
    """Where the extension of a telephone ends that begins in a place: 转|8012; the place where none does."""
    return at + 2 if [text for _, text in texts[at : at + 1]] == ["转"] and at + 1 < len(texts) else at


def _is_label(texts: Sequence[_Text], at: int) -> bool:
    """Whether a text is the label of what stands in the next cell: it ends with a colon, or such a value stands there."""
    text = texts[at][1]
    if text[-1] in _COLON:
        return len(text) <= _LONGEST_LABEL
    tight, behind = _tight(text), reading.plain(texts[at + 1][1]) if at + 1 < len(texts) else ""
    if len(tight) > _LONGEST_ROLE or _values(behind, False):
        return False
    return _is_of_kind(tight, behind, has_colon=False)


def _tight(label: str) -> str:
    return re.sub(r"\([^()]*\)", "", reading.plain(label)).rstrip(":")


def said(grid: Grid, labels: Labels) -> frozenset[int]:
    """The rows that are lines, one or several beside each other: no figure, no sign for one, no label of a table.

    So is a long text that stands alone below all figures, but for one that may have its figure at its end.
    """
    told = [(row, [*filter(None, texts)]) for row, texts in enumerate(grid.rows)]
    last = max((row for row, texts in told if any(map(_is_data, texts))), default=len(told))
    return frozenset(
        row for row, texts in told
        if (len(texts) > 1 or are_spoken(texts) or (row > last and texts and _is_clause(texts[0])))
        and not any(_is_data(one) or labels.is_like(one) for one in texts)
    )  # fmt: skip


def _is_clause(text: str) -> bool:
    """Whether a text is long, and has several clauses or no figure at its end."""
    if len(text) < _SHORTEST_CLAUSE:
        return False
    return bool(_NEXT_CLAUSE.search(text)) or not _FIGURE_BACKWARDS.match(text[::-1])


def _is_data(text: str) -> bool:
    """Whether a cell is a figure and no day, stands for one, or says why it has none: 未知：…"""
    return (
        (is_value(text) and not _DOTTED.fullmatch(reading.plain(text)))
        or text in {NOT_APPLICABLE, UNFILLED}
        or text.startswith(UNKNOWN)
    )


def are_spoken(texts: Sequence[str]) -> bool:
    """Whether texts beside each other are surely lines, and no cells of a table: 承办科室：…, 以上为…, a day."""
    return len({*texts}) == len(texts) and any(map(_SPOKEN.search, texts))
