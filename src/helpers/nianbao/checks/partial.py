"""Figures of a part of the year where those of all of it belong: 1—11月收到申请50件, 截至12月20日受理申请50件."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.checks.lines import as_read, line_of
from nianbao.findings import Finding, Kind, Severity
from nianbao.reading import narrow, spoken
from nianbao.wording import PART_ENDS, years_in_figures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative

PARTIAL = Kind("W240", Severity.WARNING, "数字不是全年的")

_SENTENCE = re.compile(f"[^{PART_ENDS}\n]+")
_MONTH = r"(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})"
_END = rf"{_MONTH}月(?:份|(?P<day>\d{{1,2}})日|底|末)?"
_YEAR = r"(?:(?<!\d)(?P<year>20\d\d)年?|[本今当]年)?"
# From January on, up to a month or a day; up to a day; so many months.
_PARTS = [
    re.compile(rf"{_YEAR}(?<!\d)[1一]月?(?:1日)?起?(?:至|到|[—\-–~～]+){_END}"),
    re.compile(rf"截[至止到]{_YEAR}{_END}"),
    re.compile(rf"{_YEAR}(?<!\d)前{_MONTH}个?月(?P<day>)"),
    re.compile(rf"{_YEAR}前三季度(?P<month>)(?P<day>)"),
]
# What the tables count of a whole year, as a text counts it.
_COUNTED = re.compile(
    r"(?:收到|收悉|受理|接到|新收|办结|答复|办理|处理)[^,]{0,16}申请(?!人)[^,]{0,8}?\d+\s?件"
    r"|(?:信息公开|依)申请(?!人)[^,]{0,10}?\d+\s?件|行政(?:复议|诉讼)(?:案件?)?[^,]{0,8}?\d+\s?[件起]"
)
# Where the rest of the year is told as well, or another year's, or what was carried in, the months are no slip.
_WHOLE = re.compile(
    r"全年|全部年度|本年度|年度共|下半年|四季度|同期|上年|去年|往年|结转|(?:至|到|[—\-–~～])12月(?!\d)|12月31日"
)


def of_months(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Warns of applications and cases that a text counts for some months only; the statutory tables are of a whole year."""
    for passage in narrative.passages:
        text, places = as_read(passage.markdown)
        for sentence in _SENTENCE.finditer(narrow(text)) if passage.own and ("月" in text or "季度" in text) else ():
            said = years_in_figures(sentence[0])
            if _WHOLE.search(said) or not _COUNTED.search(said):
                continue
            found = next((one for one in (part.search(said) for part in _PARTS) if one), None)
            if found and _is_part(found, report.year):
                shown = f"“{text[sentence.start() : sentence.end()].strip()}”"
                source, place = line_of(report, passage, places[sentence.start()]), f"{passage.place} · {found[0]}"
                action = "写全年的数；确要写这几个月的，写明全年的数，或接受时写明原因"
                yield Finding(PARTIAL, place, source, shown, f"{report.year}年1月1日至12月31日的数", action)


def _is_part(found: re.Match[str], year: int) -> bool:
    """Whether a period is of the report's own year, and ends before it."""
    if found["year"] and int(found["year"]) != year:
        return False
    return (int(spoken(found["month"])) or 9, int(found["day"] or 31)) < (12, 31)
