"""The numbers of pictures and of one's own tables, and what the text says of them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from nianbao import sequence
from nianbao.checks.lines import line_of, line_with
from nianbao.findings import Finding, Source
from nianbao.names import bare, is_name
from nianbao.narrative.pointers import Pointer, astray, named, pictured, pointers
from nianbao.numbered import DIGIT, HAN, HEADED, NUMBER, SHOWS, number_of
from nianbao.onpages import NOWHERE, UNORDERED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative, Passage
    from nianbao.narrative.pointers import Numbered
    from nianbao.sequence import Name


_KINDS = {"图", "表", "附图"}  # W225 looks for 附表
_STATUTORY = 4  # 表二 to 表四, or 表1 to 表3 as some count them
_TEXT = r"((?:[^<\n]|<br>\n?|<(?!img\b|br>|/?(?:p|h[1-6])>)[^>\n]*>){2,400}?)"
# The name of a picture or table, in a paragraph of its own; a picture may show the table.
# Short lines may stand between it and a table without a name, or a statutory one, where the piece ends: 以下数据未经审计.
_LONELY = re.compile(
    rf"<p>{_TEXT}</p>(?!\n<p><img )(?=(?:(?P<between>(?:\s*<p>[^\n。]{{1,40}}</p>){{0,2}})\s*"
    r'(?:(?P<end>\Z)|(?:<div class="noted">)?<div class="scroll">(?:<style>[^<]*</style>\s*)?'
    r"<table\b[^>]*>(?!\s*<caption)))?)"
)
_LINE = re.compile("<p>(.*)</p>")
_KIND = re.compile(
    rf"[（(]?(?:续[）)]?)?(附?[图表](?=\s*(?:{DIGIT}|{HAN}))|附图(?=[:：](?!\s*(?:[详参另]?见|[无略另]|附后))))"
)
_OTHER = re.compile(r"[图表] ?[0-9０-９一二三四五六七八九十]")
_SEVERAL = re.compile(rf"附?[图表]\s*(?:{DIGIT}{{1,3}}|{HAN})\s*[、～~—–-]\s*(?:附?[图表])?\s*(?:{DIGIT}|{HAN})")
# A table or a picture without a name, and what stands beside it where the name has to.
_ABOVE = re.compile(
    rf"<(p|h[3-6])>{_TEXT}</\1>\n(?=(?:<p>[^\n]{{0,6}}单位[^\n]*</p>\n)?"
    r'(?:<div class="noted">)?<div class="scroll"><table>\n'
    r"|<p>(?:<img [^>]*>\s*)+</p>)"
)
_BELOW = re.compile(rf"<p>(?:<img [^>]*>\s*)+</p>\n<(p|h[3-6])>{_TEXT}</\1>")
_SENTENCE = re.compile(rf"附?[图表]\s*{NUMBER}{SHOWS}")
# A sentence that may be meant as a name: 表5反映各镇情况.
_DOUBTFUL = re.compile(rf"(附?[图表]) ?({DIGIT}{{1,3}}(?!{DIGIT}))(?={SHOWS})(?={HEADED})")
_STOPS = "。；，;,"


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
            if wrong := sequence.misplaced(found, reached.get(kind, 0), first):
                shown = sequence.said(wrong, found, reached.get(kind, 0))
                expected = f"{kind}的序号依次排列，各用一次" + (
                    f"，从1或{named}起" if kind == "表" and plain[:1] == [wrong] else ""
                )
                yield Finding(UNORDERED, wrong.text, names[wrong], shown, expected, "改正序号，或调整次序；正文提到的也改")
            reached[kind] = plain[-1].number if plain else reached.get(kind, 0)


def _names(report: Report, passages: Iterable[Passage]) -> dict[Name, Source]:
    """The numbered names in some passages, in their order."""
    names: dict[Name, Source] = {}
    between: Counter[str] = Counter()
    for passage in passages:
        for table, html in passage.pieces:
            between["表"] += bool(table)
            for one in sequence.in_html(html):
                source = line_with(report, passage, one.text, bare)
                names[replace(one, between=between.pop(one.kind, 0), where=f"第{source.line}行")] = source
    return names


def pointing(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Each picture and each table that the text points to is there. A notebook of the bureau's own may show more."""
    if report.bureau.notebook:
        return
    there = {("表", 0, number) for number in range(1, _STATUTORY + 1)}
    beside = [list(_beside(passage)) for passage in narrative.passages]
    for passage, some in zip(narrative.passages, beside, strict=True):
        there |= {(one.kind, one.part, one.number) for one in _names(report, (passage,))}
        there |= {*named(passage.heading), *named(passage.markdown)}
        there |= {(doubtful[1], 0, int(doubtful[2])) for text, _ in some if (doubtful := _DOUBTFUL.match(text))}
    shown = sum(passage.html.count("<img") for passage in narrative.passages)
    for passage, some in zip(narrative.passages, beside, strict=True):
        alone = (one for one in pointers(passage.markdown) if one.kind == "附图" and not one.number and not shown)
        for one in (*astray(passage.markdown, there), *alone):
            if one.kind in _KINDS:
                yield _nowhere(passage, line_of(report, passage, one.at), one, there)
        for at, words, number in pictured(passage.markdown):
            if max(number, 1) > shown and ("图", 0, number) not in there:
                found = f"正文说“{words}”，没有{f'第{number}张' if number else ''}图"
                source, action = line_of(report, passage, at), "补上图；没有的，删去或改正这句话"
                yield Finding(NOWHERE, passage.place, source, found, "所说的图在报告里", action)
        yield from (*_lonely(report, passage), *_unlike(report, passage, some))


def _lonely(report: Report, passage: Passage) -> Iterator[Finding]:
    """Each name of a picture stands beside it, that of a table above it; one above a statutory table is let through."""
    for (_, html), (below, _) in pairwise([*passage.pieces, (None, "")]):
        for found in _LONELY.finditer(html):
            name = bare(found[1])
            kind = _KIND.match(name)
            if not kind or kind[1] == "附表" or not is_name(name):
                continue
            is_table = kind[1] == "表"
            if _SEVERAL.match(name) or (is_table and (_is_near(found, below) or _OTHER.search(name, kind.end()))):
                continue
            what = f"“{name}”" + ("下面没有表格" if is_table else "旁边没有图片")
            expected = "表格紧接在名称的下面" if is_table else "图片紧接在名称的上面或下面"
            action = "补上表格，或把名称移到表格上面" if is_table else "补上图片，写成 ![说明](文件名)"
            source = line_with(report, passage, name, bare)
            yield Finding(NOWHERE, passage.place, source, what, expected, f"{action}；没有的，删去这一行")


def _is_near(found: re.Match[str], below: object) -> bool:
    """Whether a table stands a short line or two below a name, and none of these is another's name."""
    between = found["between"]
    if between is None or (found["end"] is not None and not below):
        return False
    return not any(is_name(bare(one)) for one in _LINE.findall(between))


def _beside(passage: Passage) -> Iterator[tuple[str, bool]]:
    """What stands where the name of a table or picture without one has to stand, and whether it is a heading."""
    for found in (*_ABOVE.finditer(passage.html), *_BELOW.finditer(passage.html)):
        yield bare(found[2]).strip(), found[1] != "p"


def _unlike(report: Report, passage: Passage, beside: Iterable[tuple[str, bool]]) -> Iterator[Finding]:
    """What stands where a name has to stand, and is a heading, ends as a sentence does, or reads as one."""
    for text, is_heading in beside:
        name = text.rstrip(_STOPS)
        kind = _KIND.match(name)
        is_doubtful = not is_heading and name == text and (doubtful := _DOUBTFUL.match(name))
        if is_doubtful and doubtful:
            what, expected = "像一句话", "序号后空一格"
            action = f"写成“{doubtful[0]} {name[doubtful.end() :]}”"
        elif is_heading:
            what, expected, action = "是标题", "单独一行，不写 #", "删去 #"
        else:
            what, expected, action = f"以“{text[-1]}”结尾", "末尾没有标点", f"删去“{text[-1]}”"
        is_meant = is_doubtful or (is_name(name) and not _SENTENCE.search(name, 0, 20) and (is_heading or name != text))
        if not kind or not is_meant:
            continue
        of = "表格" if kind[1][-1] == "表" else "图片"
        source = line_with(report, passage, text, bare)
        found, rest = f"“{text}”{what}，不算{of}的名称", f"{action}；不是名称的，可以发布"
        yield Finding(NOWHERE, passage.place, source, found, f"名称{expected}", rest)


def _nowhere(passage: Passage, source: Source, one: Pointer, there: set[Numbered]) -> Finding:
    """What a text points to is not there."""
    own = sorted(found[1:] for found in there if found[0] == one.kind != "表")
    known = "、".join(str(Pointer(0, one.kind, *found)) for found in own)
    expected = f"已有{known}" if known else f"名称为“{one} …”的{'表格' if one.kind == '表' else '图'}"
    action = f"补上{one}，名称单独一行，写成“{one} …”；没有的，删去或改正这句话"
    return Finding(NOWHERE, passage.place, source, f"正文指向{one}，没有{one}", expected, action)
