"""Tables written in the text, as their rows can be read: a label and the one number that is surely this year's count.

Every character keeps its place; what is not to be read is blank.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from nianbao.asides import is_aside, period_of
from nianbao.checks.prose.vocabulary import LAST_YEAR, THIS_YEAR
from nianbao.names import is_of
from nianbao.periods import part
from nianbao.units import beside_unit, unit_of

if TYPE_CHECKING:
    from collections.abc import Iterator

Span = tuple[int, int]

_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_BAR = re.compile(r"(?<!\\)\|")
_NUMBER = re.compile(r"[\s*]*\D?[0-9０-９][0-9０-９,，.．]*\s*[\u4e00-\u9fff%％]{0,3}[\s*]*")
# Heads of what is no count of this year, of what is one, and of what counts the rows.
_OTHER = re.compile(f"[比率占%％增减]|{LAST_YEAR}|同期|往年")
_COUNT = re.compile("数量|件数|条数|[合总]计|总数|数[值据]?$|情况|结果|[（(](?:单位：)?[件条次份][）)]|^[件条次份]?$")
_THIS = re.compile(f"{THIS_YEAR}|本期")
_ORDER = re.compile(r"序号|编号|\s*")
_BESIDE = re.compile(r"序号|编号|(?:计量)?单位")  # heads of what stands before a number besides its label
_YEAR = re.compile(r"20[0-9]{2}")
_MOST_ABOVE = 12  # lines, blank ones too, among which the name of a table and what is said beside it stand
# What a caption, or a row that stands over others, may say and be of all that the report counts.
_NUMBERED = re.compile(
    r"[#*\s]*(?:附?[表图]\s*[0-9一二三四五六七八九十.．-]+(?=[*\s])|[（(][0-9一二三四五六七八九十]+[）)]|[0-9一二三四五六七八九十]+[、.．](?!\d))?"
)
_GENERAL = re.compile(
    "[本今全]年度?|年度?|各[类项]|主要|有关|相关|具体|总体|政府信息|公开|申请|工作|收到|受理|新收|[处办]理|答复|结果|合计|总计"
    r"|年?1月(?:1日)?起?[至到—–~～－-]+年?12月(?:31日)?止?|[.]0?1[.]0?1[至—–~～－-]+[.]?12[.]31"
    "|情况|统计|汇总|一览|数[量据值]?|指标|项目|类别|明细|表|[如见]下|[和及与的并依：:、（）()*_]"
)
_PUBLISHED = re.compile("公[开示布]|发布|信息")
_TIMES = {"年", "月", "日", "季"}  # of what a table is, more often than what it counts
_CASES, _OF_CASES = re.compile("件|决定"), {"件", "件次"}


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a text.

    Parameters
    ----------
    above : str
        The line above it, its name or a sentence, without the unit; '' without one.
    dated : str
        The day or the period that the lines beside its name say: 2024年; '' without one.
    units : list of str
        What all of it is counted in, as the lines above it and its name say, each once: 单位：件.
    heads : list of str
    rows : list of list of (int, int)
        Where the cells of each row below the heads stand in the text.
    start, end : int
        Where its first line begins and its last one ends.
    """

    above: str
    dated: str
    units: list[str]
    heads: list[str]
    rows: list[list[Span]]
    start: int
    end: int

    @property
    def unit(self) -> str:
        """What all of it is counted in; '' where nothing says so."""
        return self.units[0] if self.units else ""


def read_in_rows(text: str, markdown: str, year: int) -> tuple[str, list[Span]]:
    """An `even` text with the numbers of its tables that nothing is surely said of left blank; and the cells that count 件.

    Of such a cell its head says so, or a line above its table does: 件数, 数量（件）, 单位：件; not where they say
    that what was published is counted.
    """
    blank: list[Span] = []
    cases: list[Span] = []
    for table in tables(markdown):
        above, heads, counts_cases = table.above, table.heads, table.unit in _OF_CASES
        is_of_all = _is_of_all(above, year) and _is_general(table.dated, year)
        is_of_all = is_of_all and not (_OTHER.search(heads[0]) or _is_of_another(heads[0], year))
        is_group_of_all = True
        for row in table.rows:
            filled = [at for at, (begin, end) in enumerate(row) if markdown[begin:end].strip(" \t\u3000*")]
            numbers = [at for at, (begin, end) in enumerate(row) if _NUMBER.fullmatch(markdown, begin, end)]
            if len(filled) == 1:
                begin, end = row[filled[0]]
                is_group_of_all = _is_general(markdown[begin:end], year)
            if not numbers:
                continue
            labels = [at for at in filled if at < numbers[0] and not _BESIDE.fullmatch(heads[at] if at < len(heads) else "")]
            is_sure = is_of_all and is_group_of_all and len(labels) == 1
            kept = _kept(heads, numbers, year) if is_sure and 0 not in numbers else None
            if kept is None:
                blank.append((row[0][0], row[-1][1]))
            else:
                blank += [(row[labels[0]][1], row[kept][0])]
                head = heads[kept] if kept < len(heads) else ""
                is_published = _PUBLISHED.search(head if above.endswith("。") else f"{head}，{above}")
                cases += [row[kept]] if (_CASES.search(head) or counts_cases) and not is_published else []
                blank += [(row[kept][1], row[-1][1])] if len(numbers) > 1 else []
    signs = list(text)
    for begin, end in blank:
        signs[begin:end] = " " * (end - begin)
    return "".join(signs) if blank else text, cases


def _is_of_all(above: str, year: int) -> bool:
    """Whether the line above a table, its caption, a heading or a sentence, leaves it one of the whole year and of all."""
    if above.endswith(("。", "；", "！")):
        return not (_OTHER.search(above) or part(above) is not None or _is_of_another(above, year))
    return _is_general(above, year)


def _is_general(text: str, year: int) -> bool:
    """Whether some words name nothing but the year and what every report counts."""
    rest = _NUMBERED.sub("", text, count=1).replace(str(year), "")
    return not _GENERAL.sub("", "".join(rest.split()))


def _kept(heads: list[str], numbers: list[int], year: int) -> int | None:
    """Which of a row's numbers is this year's count; ``None`` where that is not sure."""
    named = {at: heads[at] if at < len(heads) else "" for at in numbers}
    counts = [at for at, head in named.items() if not (_OTHER.search(head) or _is_of_another(head, year))]
    own = [at for at in counts if str(year) in named[at] or _THIS.search(named[at])]
    if own or any(_YEAR.search(head) for head in named.values()):
        return own[0] if len(own) == 1 else None
    counts = [at for at in counts if not _ORDER.fullmatch(named[at])]
    return counts[0] if len(counts) == 1 and _COUNT.search(named[counts[0]]) else None


def _is_of_another(head: str, year: int) -> bool:
    named = _YEAR.findall(head)
    return bool(named) and str(year) not in named


def tables(markdown: str) -> Iterator[Table]:
    """The tables of a text, in their order."""
    lines, start = [], 0
    for line in markdown.splitlines(keepends=True) if "|" in markdown else ():
        lines.append((start, line))
        start += len(line)
    at, known = 1, 0
    while at < len(lines):
        begin, head = lines[at - 1]
        if "|" not in lines[at][1] or "|" not in head or not _RULE.fullmatch(lines[at][1].rstrip("\r\n")):
            at += 1
            continue
        above, asides = _above([line for _, line in lines[max(known, at - _MOST_ABOVE) : at - 1]])
        dated = next(filter(None, map(period_of, asides)), "")
        units = [*dict.fromkeys(filter(None, (*(beside_unit(line)[0] for line in asides), _unit_of_all(above))))]
        heads = [head[first:last].strip(" \t\u3000*") for first, last in _cells(0, head)]
        rows = []
        at += 1
        while at < len(lines) and "|" in lines[at][1]:
            rows.append(_cells(*lines[at]))
            at += 1
        last, line = lines[at - 1]
        filled = [row for row in rows if row]
        yield Table(beside_unit(above)[1], dated, units, heads, filled, begin, last + len(line))
        known = at


def _above(lines: list[str]) -> tuple[str, list[str]]:
    """Of the lines above a table its name, or what else stands there, and the lines beside that, the nearest first."""
    said = [*filter(None, (line.strip(" \t\r\n*\u3000") for line in reversed(lines)))]
    asides = [*takewhile(is_aside, said)]
    above, *rest = said[len(asides) :] or [""]
    return above, [*asides, *(takewhile(is_aside, rest) if is_of("表", above) else ())]


def _unit_of_all(above: str) -> str:
    """The unit that a line above a table says of it: （单位：件） behind any line, （件） behind a name."""
    behind = unit_of(above) if is_of("表", above) else ""
    return beside_unit(above)[0] or ("" if behind in _TIMES else behind)


def _cells(start: int, line: str) -> list[Span]:
    """Where the cells of a row stand."""
    begin = len(line) - len(line.lstrip())
    end = len(line.rstrip())
    bars = [one.start() for one in _BAR.finditer(line)]
    inner = [one for one in bars if one > begin and one < end - 1]
    begin, end = begin + (begin in bars), end - (end - 1 in bars)
    return [
        (start + first, start + last)
        for first, last in zip([begin, *(one + 1 for one in inner)], [*inner, end], strict=True)
    ]
