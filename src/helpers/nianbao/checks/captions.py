"""The numbers of pictures and of one's own tables, and what the text says of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from itertools import pairwise
from typing import TYPE_CHECKING

from nianbao.captions import is_name
from nianbao.checks.lines import line_of, line_with
from nianbao.findings import Finding, Kind, Severity, Source
from nianbao.narrative.attached import number_of
from nianbao.narrative.pointers import Pointer, astray, named

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative, Passage
    from nianbao.narrative.pointers import Numbered

UNORDERED = Kind("W227", Severity.WARNING, "图表的序号不连贯")
NOWHERE = Kind("W228", Severity.WARNING, "正文指向的图表不存在")

_KINDS = {"图", "表", "附图"}  # W225 looks for 附表
_STATUTORY = 4  # 表二 to 表四, or 表1 to 表3 as some count them
_NUMBER = r"([0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})"
_INDEX = r"(?:[-－.．]([0-9０-９]{1,2})(?![0-9０-９年月日]))?"  # 图1-2
_CAPTION = re.compile(
    rf"<(?:fig)?caption\b[^>]*>((附?[图表]) ?{_NUMBER}(?![0-9０-９]){_INDEX}(?:(?!（\S{{0,2}}单位[:：])[^<])*)"
)
# The name of a picture or table, in a paragraph of its own; a picture may show the table.
_LONELY = re.compile(
    rf"<p>(?:<strong>)?((附?图|表) ?{_NUMBER}(?![0-9０-９])[^<\n]{{0,50}})(?:</strong>)?</p>(?!\n<p><img )(?=(\s*\Z)?)"
)
_OTHER = re.compile(r"[图表] ?[0-9０-９一二三四五六七八九十]")


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a picture or table with its number, in a ``part`` of its own or none (0).

    ``between`` are the statutory tables between the last one and it.
    """

    text: str
    kind: str
    part: int
    number: int
    source: Source
    between: int

    def __str__(self) -> str:
        return f"{self.kind}{self.part}-{self.number}" if self.part else f"{self.kind}{self.number}"


def unordered(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Pictures and tables are numbered from 1 on, or in parts (图1-2), tables also on from the statutory ones.

    These have no numbers printed: they are counted by their place, or by their names, or not. Attachments may begin anew.
    """
    reached: dict[str, int] = {}
    named = 1 + max((number_of(table.name[-1]) or 0 for table in report.format.tables.values()), default=0)
    for passages in ((narrative.preamble, *narrative.sections), *((one,) for one in narrative.attachments)):
        names = _names(report, passages)
        for kind in dict.fromkeys(one.kind for one in names):
            found = [one for one in names if one.kind == kind]
            plain = [one for one in found if not one.part]
            # Those before 附表2 may be attachments.
            first = {1, named} if kind == "表" else range(1, 1000) if kind[0] == "附" else {1}
            wrong = _out_of_order(plain, reached.get(kind, 0), first) or _out_of_parts([one for one in found if one.part])
            if wrong:
                shown = "、".join(f"{one}（第{one.source.line}行）" for one in found)
                expected = f"{kind}的序号依次排列，各用一次" + (
                    f"，从1或{named}起" if kind == "表" and plain[:1] == [wrong] else ""
                )
                yield Finding(UNORDERED, wrong.text, wrong.source, shown, expected, "改正序号，或调整次序；正文提到的也改")
            reached[kind] = plain[-1].number if plain else reached.get(kind, 0)


def _out_of_order(names: Sequence[Name], reached: int, first: Container[int]) -> Name | None:
    """The first that has not the number behind that of the one before; text and attachments may each begin anew."""
    last = reached
    for at, one in enumerate(names):
        if not (at == 0 and one.number in first) and one.number - last - 1 not in {0, one.between}:
            return one
        last = one.number
    return None


def _out_of_parts(names: Sequence[Name]) -> Name | None:
    """The first that has not the number behind that of the one before it in its part, or 1 in a later part."""
    last = 0, 0
    for one in names:
        if one.number != (last[1] + 1 if one.part == last[0] else 1) or one.part < last[0]:
            return one
        last = one.part, one.number
    return None


def _names(report: Report, passages: Iterable[Passage]) -> list[Name]:
    """The numbered names in some passages, in their order."""
    names: list[Name] = []
    between = {"图": 0, "表": 0, "附图": 0, "附表": 0}
    for passage in passages:
        for table, html in passage.pieces:
            between["表"] += bool(table)
            for found in _CAPTION.finditer(html):
                text, number = unescape(found[1]), number_of(found[3]) or 0
                part, number = (number, int(found[4])) if found[4] else (0, number)
                source = line_with(report, passage, text)
                names += [Name(text, found[2], part, number, source, between[found[2]])] if number else []
                between[found[2]] = 0
    return names


def pointing(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Each picture and each table that the text points to is there. A notebook of the bureau's own may show more."""
    if report.bureau.notebook:
        return
    there = {("表", 0, number) for number in range(1, _STATUTORY + 1)}
    for passage in narrative.passages:
        there |= {(one.kind, one.part, one.number) for one in _names(report, (passage,))}
        there |= {*named(passage.heading), *named(passage.markdown)}
    for passage in narrative.passages:
        for one in astray(passage.markdown, there):
            if one.kind in _KINDS:
                yield _nowhere(passage, line_of(report, passage, one.at), one, there)
        yield from _lonely(report, passage)


def _lonely(report: Report, passage: Passage) -> Iterator[Finding]:
    """Each name of a picture stands beside it, that of a table above it; one above a statutory table is let through."""
    for (_, html), (below, _) in pairwise([*passage.pieces, (None, "")]):
        for found in _LONELY.finditer(html):
            name, is_table = unescape(found[1]), found[2] == "表"
            if not is_name(name) or (is_table and ((below and found[4] is not None) or _OTHER.search(name, 1))):
                continue
            what = f"“{name}”" + ("下面没有表格" if is_table else "旁边没有图片")
            expected = "表格紧接在名称的下面" if is_table else "图片紧接在名称的上面或下面"
            action = "补上表格，或把名称移到表格上面" if is_table else "补上图片，写成 ![说明](文件名)"
            source = line_with(report, passage, name)
            yield Finding(NOWHERE, passage.place, source, what, expected, f"{action}；没有的，删去这一行")


def _nowhere(passage: Passage, source: Source, one: Pointer, there: set[Numbered]) -> Finding:
    """What a text points to is not there."""
    own = sorted(found[1:] for found in there if found[0] == one.kind != "表")
    known = "、".join(str(Pointer(0, one.kind, *found)) for found in own)
    expected = f"已有{known}" if known else f"名称为“{one} …”的{'表格' if one.kind == '表' else '图'}"
    action = f"补上{one}，名称单独一行，写成“{one} …”；没有的，删去或改正这句话"
    return Finding(NOWHERE, passage.place, source, f"正文指向{one}，没有{one}", expected, action)
