"""The numbers before the sub-headings and items of a chapter: （一）（二）, 1.2., （1）（2）, ①②, 第一，第二，.

Who leaves an item out, or puts one in, leaves a gap or a number twice. A list of Markdown numbers itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from nianbao import markdown
from nianbao.checks.lines import line_of, lines_of
from nianbao.findings import Finding, Kind, Severity
from nianbao.reading import narrow
from nianbao.statute.tree import nodes_of, normalise
from nianbao.wording import HAN, NUMERALS, PART_ENDS

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

    from nianbao.findings import Source
    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative, Passage
    from nianbao.statute.formats import Format

UNCOUNTED = Kind("W245", Severity.WARNING, "小标题或分项的序号不连贯")

_HAN = "|".join(sorted(NUMERALS, key=len, reverse=True))
_FIGURES = tuple(map(str, range(1, 100)))
_CIRCLED = tuple("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_FIGURE = r"(?<!\d)[1-9１-９][0-9０-９]?"
# The ways to count, each with its numbers; the last one only opens a paragraph.
_WAYS = (
    (rf"({_FIGURE})[、.．]", _FIGURES),
    (rf"[（(]({_HAN})[）)]", NUMERALS),
    (rf"第({_HAN})(?:[，,：:]|、(?!第))", NUMERALS),
    (rf"[（(]({_FIGURE})[）)]", _FIGURES),
    (rf"({_FIGURE})[）)]", _FIGURES),
    (f"([{''.join(_CIRCLED)}])", _CIRCLED),
    (rf"({_HAN})[、.．]", NUMERALS),
)
_OPENING = re.compile(rf"[\s\u3000*_]*(?P<mark>{'|'.join(way for way, _ in _WAYS)})")
# Behind a stop; anywhere else it is doubtful, and before a figure none: 投入2.5万元.
_INSIDE = re.compile(
    rf"(?P<stop>[{PART_ENDS}：:](?<!\d[：:])[ *_]*)?(?P<mark>{'|'.join(way for way, _ in _WAYS[:-1])})"
    r"(?(stop)|(?![0-9０-９]))"
)
# 3.5万元, 三、四季度 and （一）至（三）项 may open a sentence, as 3.2024年 and 三、四项机制 open an item.
_DOUBTFUL = re.compile(rf"\d+[.．、]\d(?!\d{{3}}年)|[{HAN}]+、[{HAN}]|[（(]\w{{1,3}}[）)][、至和到及～—-]?[（(]")
_QUOTED = re.compile("“[^“”]*”|《[^《》]*》")
# A text may name some of the items of a law: 《条例》第二十条规定的信息：（一）…（三）….
_LAW = re.compile(rf"第[{HAN}百0-9]{{1,6}}[条款]")
_LEADS = ("：", ":")
_BREAK = re.compile("\n")
_BOLD = re.compile(r"\s*\*\*")
_LIST = "-"
_LABEL = 40  # characters that the label of a row has at most
_MOST = 4  # marks before a slip that are shown


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """The number before an item, as typed, its numeral, and the line of its passage where it stands, from 0.

    ``look`` is how the item is written: ``#…`` a heading, ``**`` bold, ``-`` in a list, '' a paragraph; or the number of
    the paragraph that it stands inside. What is ``doubtful`` may be no item. A count may begin anew where it is ``parted``
    from the item before by something without a number.
    """

    text: str
    numeral: str
    way: int
    number: int
    line: int
    look: str
    doubtful: bool
    parted: bool


Slips = dict[Mark, "Sequence[Mark]"]
"""Marks that do not count on, each with those of its count before it."""


def uncounted(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Sub-headings and items of one level are numbered one after another: none is skipped, and none stands twice."""
    by_way: dict[Hashable, int] = {}
    by_look: dict[Hashable, int] = {}
    for passage in narrative.passages:
        marks = [*_marks(passage, report.format)] if passage.own else []
        # One level may be written in two looks, and two levels in one way: a slip is one however the levels are told apart.
        found = _slips(marks, lambda one: one.way, by_way)
        also = _slips(marks, lambda one: (one.way, one.look), by_look)
        told = [(one, before[-_MOST:]) for one, before in found.items() if one in also and one.look != _LIST]
        starts = [start for start, _ in lines_of(passage)] if told else []
        for one, before in told:
            yield _finding(passage, one, before, line_of(report, passage, starts[one.line]))


def _finding(passage: Passage, one: Mark, before: Sequence[Mark], source: Source) -> Finding:
    found = f"“{'、'.join([*(other.text for other in before), one.text])}”"
    last = before[-1] if before else None
    expected = "、".join([*([last.text] if last else []), _written(one, last.number + 1 if last else 1)])
    place, action = f"{passage.place} · {one.text}", "改正序号，或补上漏写的一项"
    return Finding(UNCOUNTED, place, source, found, expected, action)


def _written(mark: Mark, number: int) -> str:
    """Another number, written as a mark is; in figures where its way to count goes no further: （21）."""
    numerals = _WAYS[mark.way][1]
    return mark.text.replace(mark.numeral, numerals[number - 1] if number <= len(numerals) else str(number))


def _slips(marks: Iterable[Mark], level_of: Callable[[Mark], Hashable], reached: dict[Hashable, int]) -> Slips:
    """The slips in a passage; an item ends what is counted below the one before it.

    ``reached`` is how far each level has counted: some count on through several chapters or items.
    """
    open_: dict[Hashable, list[Mark]] = {}
    groups: list[list[Mark]] = []
    for mark in marks:
        level = level_of(mark)
        if level not in open_:
            open_[level] = []
            groups.append(open_[level])
        while next(reversed(open_)) != level:
            open_.popitem()
        open_[level].append(mark)
    slips: Slips = {}
    for group in groups:
        level = level_of(group[0])
        slips |= _in_group(group, reached.get(level, 0))
        reached[level] = next((one.number for one in reversed(group) if not one.doubtful), reached.get(level, 0))
    return slips


def _in_group(group: Sequence[Mark], reached: int) -> Slips:
    """The first slip of each count among the items of one level below the same item."""
    counts: list[list[Mark]] = []
    for mark in group:
        if not counts or (mark.number == 1 and not mark.doubtful):
            counts.append([])
        counts[-1].append(mark)
    # Nobody counts a single item: it has its number by mistake.
    again = {one[0]: before for before, one in pairwise(counts) if not one[0].parted and 1 in (len(before), len(one))}
    return again | {slip: before for at, one in enumerate(counts) for slip, before in _in_count(one, 0 if at else reached)}


def _in_count(marks: Sequence[Mark], reached: int) -> Iterator[tuple[Mark, Sequence[Mark]]]:
    """The first mark that does not count on, with those before it."""
    first = marks[0]
    if first.number not in {1, reached + 1} and not first.doubtful:
        is_certain = first.look.startswith("#") or any(one.number == first.number + 1 for one in marks[1:2])
        if first.look.isdecimal():
            return
        if is_certain:
            yield first, ()
            return
    counted, allowed = [first], {first.number + 1}
    for mark in marks[1:]:
        if mark.doubtful:
            allowed |= {mark.number + 1} if mark.number in {1, *allowed} else set()
        elif mark.number in allowed:
            allowed = {mark.number + 1}
            counted.append(mark)
        else:
            yield mark, counted
            return


def _marks(passage: Passage, form: Format) -> Iterator[Mark]:
    """The numbers before the items of a passage, in their order."""
    is_quoted = is_law = is_below = is_headed = False
    for line, look, typed in _blocks(passage.markdown):
        if look == _LIST:
            yield Mark(f"{typed}.", typed, 0, int(typed), line, look, doubtful=False, parted=is_below)
            is_below = is_headed = False
            continue
        opening = _OPENING.match(typed)
        heads = look or ("**" if _BOLD.match(typed) else "")
        begun = None
        if opening:
            doubtful = is_quoted or is_law or _is_doubtful(typed, opening, form)
            begun = _mark(opening, line, heads, doubtful, parted=is_headed if heads else is_below)
            yield begun
        else:
            is_lead = typed.rstrip("* \u3000").endswith(_LEADS)
            is_law = is_lead and bool(_LAW.search(typed))
            is_headed = is_headed or is_lead or bool(heads)
        is_below, is_headed = not opening, is_headed and not opening
        law, ends = _LAW.search(typed), [one.start() for one in _BREAK.finditer(typed)]
        bare = _QUOTED.sub(lambda quoted: "“" * len(quoted[0]), typed)
        for found in _INSIDE.finditer(bare, opening.end() if opening else 0):
            is_cited = is_quoted or (law is not None and law.end() <= found.start())
            doubtful = is_cited or found["stop"] is None or _is_doubtful(typed, found, form)
            mark = _mark(found, line + bisect_left(ends, found.start("mark")), str(line), doubtful, parted=False)
            yield replace(mark, look=begun.look) if begun and begun.way == mark.way else mark
        is_quoted = "“" in typed.rpartition("”")[2] or (is_quoted and "”" not in typed)


def _mark(found: re.Match[str], line: int, look: str, doubtful: bool, parted: bool) -> Mark:
    way, numeral = next((at, one) for at, one in enumerate(found.groups()[found.re.groupindex["mark"] :]) if one)
    number = _WAYS[way][1].index(narrow(numeral)) + 1
    return Mark(found["mark"], numeral, way, number, line, look, doubtful, parted)


def _is_doubtful(typed: str, found: re.Match[str], form: Format) -> bool:
    """Whether a mark may be no item of the text: part of a number or a pointer, or the label of a row of a table."""
    at = found.start("mark")
    begun = normalise(typed[at : at + _LABEL])
    return bool(_DOUBTFUL.match(typed, at)) or begun.startswith(_labels(form))


@lru_cache(maxsize=8)
def _labels(form: Format) -> tuple[str, ...]:
    """The labels of the rows of a format's tables that have numbers: （三）不予公开."""
    parts = (part for table in form.tables.values() for part in table.parts)
    return tuple(node.tight for part in parts for node in nodes_of(part.rows) if _OPENING.match(node.tight))


def _blocks(text: str) -> Iterator[tuple[int, str, str]]:
    """Paragraphs, headings and items of numbered lists: the line of each, its look, what is typed, or an item's number.

    What stands in a quotation, in a table or in a list is left out.
    """
    look = ""
    for token in markdown.parsed(text, {}):
        line = token.map[0] if token.map else 0
        if token.level == 0 and token.type in {"heading_open", "paragraph_open"}:
            look = token.markup
        elif token.level == 1 and token.type == "inline":
            yield line, look, token.content
        elif token.level == 1 and token.type == "list_item_open" and token.info:
            yield line, _LIST, token.info
