"""What the notices ask of a report's form: its date, its length, what its chapters speak of, the notice it cites.

Sources: Articles 49 and 50 of State Council Decree 711; 国办公开办函〔2021〕30号. Warnings, but for a date years too late.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from nianbao import markdown
from nianbao.checks.lines import line_of, line_with, lines_of
from nianbao.checks.places import is_government
from nianbao.findings import Finding, Kind, Severity, Source
from nianbao.inputs.report import DATE
from nianbao.narrative.headings import FILE
from nianbao.reading import plain, spoken
from nianbao.wording import HAN, day, years_in_figures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative, Passage
    from nianbao.statute.formats import Section

OTHER_NOTICE = Kind("W207", Severity.WARNING, "引用了另一种格式的文件")
REPEALED = Kind("W238", Severity.WARNING, "条例的文号是修订前的")
YEARS_LATE = Kind("E120", Severity.ERROR, "成文日期晚了几年", acceptable=True)
LATE = Kind("W208", Severity.WARNING, "成文日期晚于期限")
OTHER_YEAR = Kind("W235", Severity.WARNING, "文号的年份与成文日期不符")
TOO_LONG = Kind("W209", Severity.WARNING, "总体情况超过字数")
NO_ASPECT = Kind("W210", Severity.WARNING, "总体情况没有写全应写的方面")
NO_MEASURE = Kind("W211", Severity.WARNING, "没有写改进措施")

# Years after the report's own. One report in a thousand is made still later; most dates that say so have a wrong digit.
LATEST = 2
DEPARTMENTS, GOVERNMENTS = (1, 31), (3, 31)
_BRACKETS = str.maketrans("〔〕[]【】", "()()()")
# A line that heads what follows: with number signs, in bold, or with an ordinal; the heading ends at its first stop.
_HEAD = re.compile(
    r"^\s*(?:#{3,6}\s*\**|\*\*|(?=[(（][一二三四五六七八九十]+[)）]|[一二三四五六七八九十]+(?:是|、)|第[一二三四五六]))"
    r"([^。：:；*\n]{2,40})",
    re.M,
)
_INLINE = re.compile("[一二三四五六]是([^。：，；]{2,20})")
_YEAR_OF = re.compile(r"[〔［\[（(【](20[0-9]{2})[〕］\]）)】]")
_REPEALED = re.compile(r"条例》?[(（][^()（）]{0,12}(?<![0-9])492号|国务院(?:令第?492号|第492号令)|国令第?492号")
_NUMERAL = re.compile(f"[〇零{HAN}百千]{{1,20}}+(?=号)")
# What tells of the regulation as it was: by that word, by a time, by a year beside what was done with it, by its new number.
_MONTH = f"(?:[0-9{HAN}]{{1,3}}月)"
_DAY = f"(?:[0-9{HAN}]{{1,3}}日)?"
_FORMER = re.compile(
    "(?:修订|修改)(?:以|之)?前|[原旧](?:《[^《》]{0,20}|政府信息公开)?条例|当时|(?<![0-9])711号"
    "|(?:实施|施行|公布|执行)(?:以来|之日|期间|的?时(?![间限效]))|(?<![年月日底末])(?:以|之)前|20[01][0-9]年"
    f"(?:{_MONTH}{_DAY})?(?:以|之)?前"
    f"|20(?:0[0-9]|1[0-8])年{_MONTH}?{_DAY}(?:起|以来|开始|正式|(?:中华人民共和国)?国务院令?第492号){{0,2}}"
    "(?:施行|公布|实施|颁布|制定|依照|依据|按照|根据)"
)
# Beside the regulation as it is: 国务院令第492号公布的《条例》及2019年修订的《条例》.
_NEWER = "(?:20(?:19|2[0-9])年)?(?:新?修[订改]|现行)[后的]{0,2}(?:《[^《》]{0,20}|政府信息公开)?条例》?"
_OF_BOTH = re.compile(f"492号[^，]{{0,20}}[及和与、]{_NEWER}|{_NEWER}[及和与、][^，]{{0,20}}492号")
_SENTENCE = re.compile("[^。；;]+")
_ENOUGH = 3  # aspects that have to be there before one is missed: fewer are another way to write the chapter
_WANTED = re.compile("(?:有待|亟待|仍需|还需|需要?|不够|未能)(?:进一步|持续|不断|继续)?[^，。；]*")


def other_notice(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Warns of a text that cites the notice of another format, and not that of its own."""
    own = [passage for passage in narrative.passages if passage.own]
    if any(_cited(report.format.notice) in _cited(passage.markdown) for passage in own):
        return
    for passage in own:
        for notice in report.format.others:
            if (sought := _cited(notice)) in _cited(passage.markdown):
                source = line_with(report, passage, sought, _cited)
                action = f"改为{report.format.notice}；确实采用另一种格式的，在 report.yaml 写 format:"
                found, place = f"{notice}（另一种格式的）", passage.place
                yield Finding(OTHER_NOTICE, place, source, found, report.format.notice, action)


def repealed(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Warns of the regulation cited by the number that it had until 14 May 2019, unless a sentence tells of that time."""
    for passage in narrative.passages:
        text = _in_figures(passage.markdown) if passage.own else ""
        cited = [said for said in _SENTENCE.findall(text) if _REPEALED.search(said)]
        wrong = [said for said in cited if not (_FORMER.search(said) or _OF_BOTH.search(said))]
        if wrong:
            lines = ((start, said) for start, line in lines_of(passage) for said in _SENTENCE.findall(_in_figures(line)))
            at = next((start for start, said in lines if _REPEALED.search(said) and any(said in one for one in wrong)), 0)
            source = line_of(report, passage, at)
            found = "《政府信息公开条例》的文号是第492号（2019年5月15日前的）"
            yield Finding(
                REPEALED, passage.place, source, found, "国务院令第711号", "改正文号；说的是修订前的条例的，写明“修订前”"
            )


def late(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Warns of a date after the deadline; one that is years later is an error: 2523年1月20日."""
    bureau = report.bureau
    month, last = bureau.deadline or (GOVERNMENTS if is_government(bureau) else DEPARTMENTS)
    deadline = date(report.year + 1, month, last)
    if report.date and report.date > deadline:
        expected, action = f"{day(deadline)}以前", "核对日期；本地另有期限的，在 bureau.yaml 写 deadline:"
        kind = LATE
        if report.date.year > report.year + LATEST:
            kind, action = YEARS_LATE, "核对日期的年份；确是这时补编的，在 report.yaml 的 accepted 中写明原因"
        yield Finding(kind, DATE, report.sources["date"], day(report.date), expected, action)


def numbered(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Warns of a number of the report whose year is not that of its date, in which it was given."""
    found = _YEAR_OF.search(str(report.params.number or ""))
    if found and report.date and int(found[1]) != report.date.year:
        expected, action = f"〔{report.date.year}〕", "核对文号和成文日期；确是另一年编的号，在 report.yaml 接受"
        yield Finding(OTHER_YEAR, "文号", report.sources.get("number"), str(report.params.number), expected, action)


def too_long(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Warns of a chapter 一 with more characters than bureau.yaml allows."""
    cap = report.bureau.cap
    for passage in narrative.sections if cap else ():
        count = len(plain(markdown.plain_text(passage.html)))
        if cap and passage.numeral == "一" and count > cap:
            source = Source(FILE, passage.line or None)
            yield Finding(TOO_LONG, passage.heading, source, f"{count}字", f"{cap}字以内", "精简文字")


def aspects(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Warns of an aspect that a chapter has to speak of and does not."""
    for passage in narrative.sections:
        section = passage.section
        if section and section.aspects and passage.own and (missing := _missing(section, passage)):
            source, expected = Source(FILE, passage.line or None), "、".join(section.aspects)
            written = "、".join(name for name in section.aspects if name not in missing)
            found = f"写到了{written}，没有写{'、'.join(missing)}"
            yield Finding(NO_ASPECT, passage.heading, source, found, expected, "补写没有写的方面；确实没有的可以发布")


def measures(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Warns of a chapter on problems that says nothing of measures."""
    for passage in narrative.sections:
        if passage.own and passage.section and passage.section.measures and passage.markdown.strip():
            text = _WANTED.sub("", passage.markdown)
            if not any(word in text for word in passage.section.measures):
                source = Source(FILE, passage.line or None)
                yield Finding(NO_MEASURE, passage.heading, source, "只有问题", "问题和改进措施", "补写改进措施")


def _cited(text: str) -> str:
    return _in_figures(text).translate(_BRACKETS).replace(")第", ")")


def _in_figures(text: str) -> str:
    """A text without blanks, with its years and the numbers of decrees and notices in figures."""
    return _NUMERAL.sub(lambda numeral: str(spoken(numeral[0])), years_in_figures(plain(text)))


def _missing(section: Section, passage: Passage) -> list[str]:
    """The aspects that no heading of a chapter names; without such headings, those that no word of it is about."""
    heads = _HEAD.findall(passage.markdown)
    if len(heads) < _ENOUGH:
        heads = _INLINE.findall(passage.markdown)
    headed = {name for name, one in section.aspects.items() if any(word in head for word in one.heads for head in heads)}
    spoken = {name for name, one in section.aspects.items() if any(word in passage.markdown for word in one.words)}
    all_named = all(any(word in head for one in section.aspects.values() for word in one.heads) for head in heads)
    there = headed if len(headed) >= _ENOUGH and all_named else headed | spoken
    return [name for name in section.aspects if name not in there] if len(there) >= _ENOUGH else []
