"""What the text says of attachments, beside those that are there: their numbers, their names, and where the text points."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.checks.lines import line_of
from nianbao.checks.unfinished import NO_HEADING
from nianbao.findings import Finding, Kind, Severity, Source
from nianbao.narrative.attached import has_annexed, heading_of, is_unnamed, label_of, lists, name_of, numbers
from nianbao.narrative.attached import unmarked as unmarked_in
from nianbao.narrative.headings import FILE
from nianbao.narrative.pointers import astray, lettered, named, pointers
from nianbao.statute.tree import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.inputs.report import Report
    from nianbao.narrative.attached import Label
    from nianbao.narrative.passages import Narrative, Passage
    from nianbao.narrative.pointers import Numbered

UNORDERED = Kind("W224", Severity.WARNING, "附件的序号不连贯")
OTHERS = Kind("W225", Severity.WARNING, "附件与正文所列的不一致")
UNMARKED = Kind("W226", Severity.WARNING, "附件没有写 ##")

_KINDS = {"附件", "附表", "附录"}
_BEHIND = "附后"
_OWN = re.compile(r"(?:清单|名单|目录|方案|材料|照片|全文)\s*[（(]?\s*\Z")  # what no statutory table is
_NEAR = 12  # characters
_LETTERED = re.compile("[A-ZＡ-Ｚ]$")
_SHOWN = re.compile("<table|<img")


def unnamed(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """An attachment with 附件1： in its heading has a name behind the colon."""
    for one in narrative.attachments:
        label = label_of(one.heading)
        if label and not label.name and label.mark.strip() != (number := _number(label)):
            action = f"在“{number}：”后写上附件的名称；不要名称的写“## {number}”"
            yield Finding(
                NO_HEADING, one.heading, Source(FILE, one.line), f"“{one.heading}”后没有名称", "附件的名称", action
            )


def unordered(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Attachments are numbered from 1 on, in the order in which they stand."""
    known = [(label, one) for one in narrative.attachments if (label := label_of(one.heading))]
    typed = [label.number for label, _ in known]
    if any(one.heading[:2] in _KINDS and not label_of(one.heading) for one in narrative.attachments):
        return  # 附件1-1 and the like are numbered in a way of their own
    is_one_kind = len({label.mark[:2] for label, _ in known}) == 1
    if not known or typed == [None] or (len(known) == 1 and _LETTERED.search(_number(known[0][0]))):
        return
    if len(known) > 1 and is_one_kind and typed == list(range(1, len(known) + 1)):
        return
    wrong = next((one for at, (label, one) in enumerate(known, 1) if label.number != at), known[-1][1])
    found = "、".join(f"{_number(label)}（第{one.line}行）" for label, one in known)
    kind = known[0][0].mark[:2] if is_one_kind else "附件"
    if len(known) == 1:
        expected, action = f"只有一个附件，不编序号：{kind}", f"改成“{kind}”，附件说明里也不编序号"
    else:
        expected, action = f"{kind}1至{kind}{len(known)}，依次排列，各一个", "改正序号，或调整附件的次序"
        found += f"：{_slip(kind, typed) if is_one_kind else '名目不一'}"
    yield Finding(UNORDERED, wrong.heading, Source(FILE, wrong.line), found, expected, action)


def _slip(kind: str, typed: list[int | None]) -> str:
    """What is wrong with the numbers of several attachments."""
    known = [number for number in typed if number]
    if len(known) < len(typed):
        return "有的没有序号" if known else "都没有序号"
    if twice := next((number for number in known if known.count(number) > 1), 0):
        return f"{kind}{twice}重号"
    missing = [number for number in range(1, max(known)) if number not in known]
    return f"缺{kind}{missing[0]}" if missing else "次序颠倒"


def others(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """A list of attachments that the bureau has typed names those that are there."""
    headings = [one.heading for one in narrative.attachments]
    names = {*map(name_of, headings)}
    typed = [(passage, one) for passage in _text(narrative) for one in lists(passage.markdown, names) if not one.leads]
    items = [item for _, one in typed if not one.is_pasted for item in one.items]
    there = [
        (number, "" if is_unnamed(one.heading) else name_of(one.heading), one.line)
        for number, one in zip(numbers(headings), narrative.attachments, strict=True)
    ]
    for passage, one in typed:
        if one.is_pasted:
            number, name = one.items[0] if one.items else (None, "")
            there.append((number or len(there) + 1, name, line_of(report, passage, one.at).line or 0))
    listed = [(number or at, name) for at, (number, name) in enumerate(items, 1)]
    agree = len(listed) == len(there) and all(
        one[0] == other[0] and (not other[1] or _bare(one[1]) == _bare(other[1]))
        for one, other in zip(listed, there, strict=True)
    )
    if not listed or agree:
        return
    passage, first = next(entry for entry in typed if not entry[1].is_pasted)
    shown = "、".join(f"{number}. {name}" for number, name in listed)
    beside = "、".join(f"{number}. {name or '（没有名称）'}（第{line}行）" for number, name, line in there)
    action = "让所列的与附件的序号、名称一致；删去正文里的一段，会按附件列出"
    action = action if there else "把附件写在最后，以“## 附件1：名称”开头；没有的，删去所列的"
    yield Finding(
        OTHERS, "附件说明", line_of(report, passage, first.at), f"正文列出“{shown}”", f"附件：{beside or '没有'}", action
    )


def pointing(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Each attachment that the text points to is there."""
    headings = [one.heading for one in narrative.attachments]
    there = {("附件", 0, number) for number in numbers(headings)}
    there |= {one for passage in narrative.passages for text in (passage.heading, passage.markdown) for one in named(text)}
    for passage in _text(narrative):
        for typed in lists(passage.markdown, {*map(name_of, headings)}):
            there |= {("附件", 0, number or at) for at, (number, _) in enumerate(typed.items, 1)}
            label = label_of(heading_of(typed.line.strip("#* \u3000"))) if typed.is_pasted else None
            there |= {("附件", 0, label.number)} if label and label.number else set()
    kinds = {kind for kind, _, _ in there} | {heading[:2] for heading in headings} | {"附图"}  # W228 looks for 附图
    kinds |= {
        one for passage in narrative.passages for text in (passage.heading, passage.markdown) for one in lettered(text)
    }
    kinds |= {"附表" for passage in narrative.passages if has_annexed(passage.markdown)}
    pieces = [(at, *piece) for at, passage in enumerate(narrative.passages) for piece in passage.pieces]
    tables = [table for _, table, _ in pieces if table]
    last_shown = max((at for at, _, html in pieces if _SHOWN.search(html)), default=-1)
    last_table = max((at for at, table, _ in pieces if table), default=-1)
    for at, passage in enumerate(narrative.passages):
        is_shown = bool(there) or at <= last_shown
        is_followed = is_shown or at <= last_table
        said = pointers(passage.markdown)
        annexed = set() if headings else _annexed(passage, tables)
        lost = [one for one in astray(passage.markdown, there | annexed) if one.kind in _KINDS]
        lost += [one for one in said if not one.number and one.kind not in kinds | {_BEHIND}]
        for one in said if not is_shown else ():
            if one.kind == _BEHIND and (not is_followed or _OWN.search(passage.markdown, max(0, one.at - _NEAR), one.at)):
                source, action = (
                    line_of(report, passage, one.at),
                    "把所附的写在最后，以“## 附件：名称”开头；没有的，删去这句话",
                )
                yield Finding(
                    OTHERS, passage.place, source, "正文说“附后”，后面没有附件、表格和图片", "所附的在后面", action
                )
        for one in lost:
            expected = f"附件{'、'.join(str(one) for one in sorted(numbers(headings)))}" if headings else "没有附件"
            action = f"把{one}写在最后，以“## {one}：名称”开头；没有的，删去或改正这句话"
            source = line_of(report, passage, one.at)
            yield Finding(OTHERS, passage.place, source, f"正文指向{one}，没有{one}", expected, action)


def _annexed(passage: Passage, tables: list[str]) -> set[Numbered]:
    """The statutory tables of a passage as 附表1, 附表2 …, counted through the text, as some forms call them."""
    return {("附表", 0, tables.index(table) + 1) for table, _ in passage.pieces if table}


def unmarked(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """A line that heads an attachment is marked as a heading; without ``##`` it is printed as text, above the signature."""
    names = {name_of(one.heading) for one in narrative.attachments}
    for passage in (passages := _text(narrative)):
        for at, line in unmarked_in(passage.markdown, names, is_last=passage is passages[-1]):
            shown = line.lstrip("#* \u3000").rstrip("* \u3000")
            found = f"“{shown}”没有写 ##，连同下面的文字印在“{passage.place}”里、落款之前"
            heading = heading_of(shown)
            action = f"是附件的，移到最后，写成“## {heading}”；不是的，可以发布"
            yield Finding(UNMARKED, shown, line_of(report, passage, at), found, f"“## {heading}”，在各章之后", action)


def _number(label: Label) -> str:
    """附件2 without the colon behind it."""
    return label.mark.rstrip(" \u3000：:、．.")


def _text(narrative: Narrative) -> tuple[Passage, ...]:
    """What stands above the signature."""
    return narrative.preamble, *narrative.sections


def _bare(name: str) -> str:
    """A name by which two are compared: without punctuation, and without 附表1 before it."""
    return re.sub(r"^附[件表录]\d{1,2}|[\W_]", "", normalise(name))
