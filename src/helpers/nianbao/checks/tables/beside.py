"""What stands beside the tables of the text: their units, the years of their figures, the notes of the marks in them."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from nianbao.asides import is_aside, is_unit
from nianbao.checks.lines import line_with
from nianbao.checks.otheryear import OF_ANOTHER_YEAR
from nianbao.checks.tables.celled import tables
from nianbao.findings import Finding, Kind, Severity, enumerated
from nianbao.measures import MEASURE
from nianbao.names import bare, is_of
from nianbao.onpages import NOWHERE
from nianbao.units import beside_unit
from nianbao.wording import years_in_figures

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nianbao.checks.prose.texts import Text
    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative, Passage

UNITS = Kind("W248", Severity.WARNING, "一张表写了两个单位")
MARKS = Kind("W249", Severity.WARNING, "表里的记号和注文对不上")

_YEAR = re.compile(r"20[0-9]{2}")
_LAST = re.compile("去年|上一?年")
_DAY = re.compile("[月./-]")
_MEASURE = re.compile(MEASURE)
_BLOCK = re.compile(r"<(p|li|h[1-6])>(?P<text>.*?)</\1>|<table>(?P<table>.*?)</table>|(?P<picture><img )", re.S)
_CELL = re.compile(r"<t(?P<kind>[dh])\b[^>]*>(?P<text>.*?)</t[dh]>", re.S)
_NAME = re.compile(r"<caption>(.*?)</caption>", re.S)
_RING, _FIRST = "[①-⑳]", "①"
_ANY = re.compile(rf"{_RING}|[※†]")
_MARK = re.compile(rf"[^①-⑳※†]+({_RING}|[※†])\s*")  # behind the words of a cell
_OPENS = re.compile(rf"\s*(?:(?:备?注|说明)\s*[:：]?\s*)?({_RING}|[※†])")
_NOTES, _TAG = ("注", "备注", "说明"), re.compile("<[^>]*>")
_RECKONS = re.compile(rf"[=＝+＋/÷×－-]\s*{_RING}|{_RING}\s*[=＝+＋/÷×－-]")  # heads that number columns: ③=①+②


def named_alike(texts: Iterable[Text], year: int) -> Iterator[Finding]:
    """Each table of some texts has one unit, and the year of all figures, unless its name tells another."""
    for text in texts:
        for table in tables(text.markdown):
            source = text.source(table.start)
            if len(table.units) > 1:
                found = f"{enumerated([f'“{one}”' for one in table.units])}都写作一张表的单位"
                yield Finding(UNITS, text.place, source, found, "一张表一个单位", "只留对的一个；各列不同的，写在表头里")
            if other := _other_year(table.dated, f"{table.above}，{'，'.join(table.heads)}", year):
                found, action = f"表的旁边写着“{table.dated}”", f"改正年度；确是{other}年的，在名称里写明"
                yield Finding(OF_ANOTHER_YEAR, text.place, source, found, f"{year}年的数", action)


def beside(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """A unit stands with a table, each mark in a table has its note, and each note its mark."""
    for passage in narrative.passages:
        yield from _lonely(report, passage)
        yield from _unmarked(report, passage)


def _other_year(dated: str, named: str, own: int) -> str:
    """Another year that the period beside a table says, and its name and heads do not; '' where there is none."""
    if _LAST.match(dated):
        return "" if _LAST.search(named) or str(own - 1) in named else str(own - 1)
    years = _YEAR.findall(years_in_figures(dated))
    is_later_day = bool(_DAY.search(dated)) and years[:1] == [str(own + 1)]
    if not years or str(own) in years or is_later_day or years[0] in years_in_figures(named):
        return ""
    return years[0]


class _Block(NamedTuple):
    """A paragraph, an item or a heading by its ``tag`` and ``text``, the inside of a ``table``, or a picture."""

    tag: str
    text: str
    table: str
    is_picture: bool = False


def _blocks(html: str) -> list[_Block]:
    found = _BLOCK.finditer(html)
    return [_Block(one[1] or "", bare(one["text"] or "").strip(), one["table"] or "", "<img " in one[0]) for one in found]


def _of_table(line: str) -> str:
    """A line that is a table's row or name, and '' for any other."""
    return line if line.lstrip().startswith("|") or is_of("表", line) else ""


def _lonely(report: Report, passage: Passage) -> Iterator[Finding]:
    """Each unit stands above a table, perhaps with other short lines, or beside a picture."""
    pieces = passage.pieces if "位" in passage.markdown else ()
    for (_, html), (below, _) in pairwise([*pieces, ("", "")]):
        blocks = _blocks(html)
        for at, block in enumerate(blocks):
            unit = beside_unit(block.text)[0] if block.tag == "p" and is_unit(block.text) else ""
            following = next((one for one in blocks[at + 1 :] if not is_aside(one.text)), None)
            is_beside = following.table or following.is_picture if following else below
            is_beside = is_beside or (at > 0 and blocks[at - 1].is_picture)
            if _MEASURE.fullmatch(unit) and not is_beside:
                source, found = line_with(report, passage, block.text, bare), f"“{block.text}”下面没有表格"
                action = "移到表格上面，名称的上一行或下一行；不是表格的单位的，删去这一行"
                yield Finding(NOWHERE, passage.place, source, found, "单位写在表格上面", action)


def _unmarked(report: Report, passage: Passage) -> Iterator[Finding]:
    """Each mark behind the words of a cell has a note below, and each note that goes on from one has its mark."""
    blocks = _blocks(passage.html) if _ANY.search(passage.markdown) else []
    opened = [(found[1] if (found := _OPENS.match(one.text)) else "") for one in blocks]
    for at, block in enumerate(blocks):
        if not block.table:
            continue
        marks, below = _marks(block.table), blocks[at + 1 :]
        notes = [one.text for one in below if one.text.startswith(_NOTES)]
        for mark in marks:
            if mark not in opened[at:] and not any(mark in one for one in notes):
                source, action = line_with(report, passage, mark, _of_table), "在表格下面补上注文；多余的，删去表里的记号"
                shown = f"表里有“{mark}”，下面没有它的注文"
                yield Finding(MARKS, passage.place, source, shown, "每个记号有一条注文", action)
        before = next(filter(None, reversed(opened[:at])), "")
        for mark, text in _left(block.table, marks, below, before):
            source, shown = line_with(report, passage, text, bare), f"表下有“{mark}”的注文，表里没有这个记号"
            action = "在表里标上记号，或删去注文；不是表注的，与表格隔开"
            yield Finding(MARKS, passage.place, source, shown, "每条注文在表里有记号", action)


def _marks(table: str) -> list[str]:
    """The marks of a table's notes: each behind the words of a cell, or of its name; none that number columns or rows."""
    head, _, body = table.partition("</thead>")
    if _RECKONS.search(bare(_TAG.sub(" ", table))):
        return []
    name, heads = _NAME.findall(head), [one["text"] for one in _CELL.finditer(head)]
    labels, others = (
        [one["text"] for one in _CELL.finditer(body) if (one["kind"] == "h") is is_label] for is_label in (True, False)
    )
    found = [_marked(some) for some in (name, heads, labels, others)]
    for numbered, some in ((found[1], heads), (found[2], labels)):
        if len(numbered) > 1 and (some is heads or len(numbered) == len(some)):
            numbered.clear()
    return [*dict.fromkeys(mark for some in found for mark in some)]


def _marked(cells: list[str]) -> list[str]:
    """The mark behind the words of each cell that has one."""
    return [found[1] for one in cells if (found := _MARK.fullmatch(bare(one)))]


def _left(table: str, marks: list[str], below: list[_Block], before: str) -> Iterator[tuple[str, str]]:
    """The marks, each with its note, of notes right below a table that it does not have, but for text that is counted on.

    That counts from ①, or goes on from a mark ``before`` the table, and no mark in the table has a note.
    """
    known, last = {*_ANY.findall(bare(_CELL.sub(r"\g<text> ", table)))}, ""
    for block in below:
        found = _OPENS.match(block.text)
        if not found and not block.text.startswith((*_NOTES, "资料来源", "数据来源")):
            return
        mark = found[1] if found else last
        is_next = any(one and ord(mark) == ord(one) + 1 for one in (last, "" if marks else before))
        if mark not in {*known, last} and (marks or not (mark == _FIRST or is_next)):
            yield mark, block.text
        last = mark
