"""What the notices ask of a report's form: its date, its length, what its chapters speak of.

Sources: Articles 49 and 50 of State Council Decree 711; 国办公开办函〔2021〕30号. Warnings, but for a date years too late.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from nianbao import markdown
from nianbao.checks.places import is_government
from nianbao.findings import Finding, Kind, Severity, Source
from nianbao.inputs.report import DATE
from nianbao.narrative.headings import FILE
from nianbao.reading import plain
from nianbao.softbreaks import joined
from nianbao.wording import day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative, Passage
    from nianbao.statute.formats import Section

YEARS_LATE = Kind("E120", Severity.ERROR, "成文日期晚了几年", acceptable=True)
LATE = Kind("W208", Severity.WARNING, "成文日期晚于期限")
OTHER_YEAR = Kind("W235", Severity.WARNING, "文号的年份与成文日期不符")
TOO_LONG = Kind("W209", Severity.WARNING, "总体情况超过字数")
NO_ASPECT = Kind("W210", Severity.WARNING, "总体情况没有写全应写的方面")
NO_MEASURE = Kind("W211", Severity.WARNING, "没有写改进措施")

# Years after the report's own. One report in a thousand is made still later; most dates that say so have a wrong digit.
LATEST = 2
DEPARTMENTS, GOVERNMENTS = (1, 31), (3, 31)
# A line that heads what follows: with number signs, in bold, or with an ordinal; the heading ends at its first stop.
_HEAD = re.compile(
    r"^\s*(?:#{3,6}\s*\**|\*\*|(?=[(（][一二三四五六七八九十]+[)）]|[一二三四五六七八九十]+(?:是|、)|第[一二三四五六]))"
    r"([^。：:；*\n]{2,40})",
    re.M,
)
_INLINE = re.compile("[一二三四五六]是([^。：，；]{2,20})")
_YEAR_OF = re.compile(r"[〔﹝［\[（(【](20[0-9]{2})[〕﹞］\]）)】]")
_ENOUGH = 3  # aspects that have to be there before one is missed: fewer are another way to write the chapter
_WANTED = re.compile("(?:有待|亟待|仍需|还需|需要?|不够|未能)(?:进一步|持续|不断|继续)?[^，。；]*")


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
            text = _WANTED.sub("", joined(passage.markdown).text)
            if not any(word in text for word in passage.section.measures):
                source = Source(FILE, passage.line or None)
                yield Finding(NO_MEASURE, passage.heading, source, "只有问题", "问题和改进措施", "补写改进措施")


def _missing(section: Section, passage: Passage) -> list[str]:
    """The aspects that no heading of a chapter names; without such headings, those that no word of it is about."""
    text = joined(passage.markdown).text
    heads = _HEAD.findall(text)
    if len(heads) < _ENOUGH:
        heads = _INLINE.findall(text)
    headed = {name for name, one in section.aspects.items() if any(word in head for word in one.heads for head in heads)}
    spoken = {name for name, one in section.aspects.items() if any(word in text for word in one.words)}
    all_named = all(any(word in head for one in section.aspects.values() for word in one.heads) for head in heads)
    there = headed if len(headed) >= _ENOUGH and all_named else headed | spoken
    return [name for name in section.aspects if name not in there] if len(there) >= _ENOUGH else []
