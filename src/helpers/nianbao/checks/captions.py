"""The numbers of pictures and of one's own tables, and what the text says of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

from nianbao.captions import is_name
from nianbao.checks.lines import line_of, line_with
from nianbao.findings import Finding, Kind, Severity, Source
from nianbao.narrative.attached import going_on, number_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative, Passage

UNORDERED = Kind("W227", Severity.WARNING, "图表的序号不连贯")
NOWHERE = Kind("W228", Severity.WARNING, "正文指向的图表不存在")

_STATUTORY = 4  # 表二 to 表四, or 表1 to 表3 as some count them
_NUMBER = r"([0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})"
_CAPTION = re.compile(
    rf"<(?:fig)?caption\b[^>]*>((附?[图表]) ?{_NUMBER}(?![0-9０-９])([-－.．][0-9０-９])?(?:(?!（\S{{0,2}}单位[:：])[^<])*)"
)
_SHOWS = r"\s*(?:所示|所列|显示|表明|可见|反映|可知|可以看出|看出)"
_BEGINS = re.compile(rf"^(?:[^\S\n]|[#*|（(])*+(?:!\[)?(附?图|表)\s*{_NUMBER}(?!{_SHOWS})", re.M)
# The name of a picture, in a paragraph of its own.
_LONELY = re.compile(rf"<p>(?:<strong>)?(附?图 ?{_NUMBER}(?![0-9０-９])[^<\n]*)(?:</strong>)?</p>")
# 见图3, （图3）, 如图3所示, 由图3可知, 图3显示; no link, no 第3张, no 图3-1.
_ENDS = r"(?![0-9０-９年月日个张份幅册件次项致样般些定直起]|[-－.．][0-9０-９]|[^\]\n]{0,40}\]\()"
_POINTS = re.compile(
    rf"(?:(?<![意常可看少罕])见|如|由|从|据|[（(])[上下]?\s*(附?图|表)\s*{_NUMBER}{_ENDS}"
    rf"|(?<![\u4e00-\u9fff》”])(附?图|表)\s*{_NUMBER}(?={_SHOWS})"
)


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a picture or table with its number; ``between`` are the statutory tables between the last one and it."""

    text: str
    kind: str
    number: int
    source: Source
    between: int


def unordered(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Pictures are numbered from 1 on, tables on from any, the statutory ones counted or not; attachments may begin anew."""
    reached: dict[str, int] = {}
    for passages in ((narrative.preamble, *narrative.sections), *((one,) for one in narrative.attachments)):
        names = _names(report, passages)
        for kind in dict.fromkeys(one.kind for one in names):
            found = [one for one in names if one.kind == kind]
            wrong = _out_of_order(found, reached.get(kind, 0))
            if wrong:
                shown = "、".join(f"{kind}{one.number}（第{one.source.line}行）" for one in found)
                expected = f"{kind}的序号依次排列，各用一次"
                yield Finding(UNORDERED, wrong.text, wrong.source, shown, expected, "改正序号，或调整次序；正文提到的也改")
            reached[kind] = found[-1].number


def _out_of_order(names: Sequence[Name], reached: int) -> Name | None:
    """The first that has not the number behind that of the one before; text and attachments may each begin with 1."""
    last = reached
    for at, one in enumerate(names):
        is_first = at == 0 and (one.number == 1 or one.kind.endswith("表"))
        if not is_first and one.number - last - 1 not in {0, one.between}:
            return one
        last = one.number
    return None


def _names(report: Report, passages: Iterable[Passage]) -> list[Name]:
    """The numbered names in some passages, in their order; none where they are counted in parts, as 图1-1."""
    names: list[Name] = []
    between = {"图": 0, "表": 0, "附图": 0, "附表": 0}
    for passage in passages:
        for table, html in passage.pieces:
            between["表"] += bool(table)
            for found in _CAPTION.finditer(html):
                if found[4]:
                    return []
                text, number = unescape(found[1]), number_of(found[3])
                source = line_with(report, passage, text)
                names += [Name(text, found[2], number, source, between[found[2]])] if number else []
                between[found[2]] = 0
    return names


def pointing(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Each picture and each table that the text points to is there. A notebook of the bureau's own may show more."""
    if report.bureau.notebook:
        return
    text = "\n".join(part for one in narrative.passages for part in (one.heading, one.markdown))
    there = {(found[1], number_of(found[2])) for found in _BEGINS.finditer(text)}
    there |= {("表", number) for number in range(1, _STATUTORY + 1)}
    for passage in narrative.passages:
        for found in _POINTS.finditer(passage.markdown):
            kind, number = found[1] or found[3], number_of(found[2] or found[4])
            source = line_of(report, passage, found.start())
            for one in (number, *going_on(passage.markdown, found.end(), kind, number)):
                if one and (kind, one) not in there:
                    yield _nowhere(passage, source, kind, one, there)
        for found in (one for _, html in passage.pieces for one in _LONELY.finditer(html)):
            name = unescape(found[1])
            if is_name(name):
                expected, action = "图片紧接在名称的上面或下面", "补上图片，写成 ![说明](文件名)；没有的，删去这一行"
                source = line_with(report, passage, name)
                yield Finding(NOWHERE, passage.heading or "引言", source, f"“{name}”旁边没有图片", expected, action)


def _nowhere(passage: Passage, source: Source, kind: str, number: int, there: set[tuple[str, int | None]]) -> Finding:
    """What a text points to is not there."""
    shown = f"{kind}{number}"
    known = "、".join(f"{kind}{one}" for one in sorted(one or 0 for own, one in there if own == kind != "表"))
    expected = f"已有{known}" if known else f"名称为“{shown} …”的{'表格' if kind == '表' else '图'}"
    action = f"补上{shown}，名称单独一行，写成“{shown} …”；没有的，删去或改正这句话"
    return Finding(NOWHERE, passage.heading or "引言", source, f"正文指向{shown}，没有{shown}", expected, action)
