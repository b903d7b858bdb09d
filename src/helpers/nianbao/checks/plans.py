"""Plans for the report's own year, which is over: 下一步，2024年重点抓好培训."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.checks.lines import OURS, is_done, line_of, sentences
from nianbao.findings import Finding, Kind, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative

PLANNED = Kind("W223", Severity.WARNING, "打算写的是本年度")

_QUOTED = re.compile("《[^》]*》|〔[^〕]*〕|“[^”]*”")
_PLANS = re.compile(
    r"(?:改进|下一步|下步|今后)[^\n]{0,12}?[：，](20\d\d)年度?，?(?!\d)"
    rf"(?:{OURS})?(?:将|拟|要|计划|重点|力争|着力|继续|进一步)"
    rf"|(20\d\d)年度?，?{OURS}将(?:进一步|继续|从|着力|重点|不断|持续|加强|加大|完善|健全|深化|强化)"
    rf"|(20\d\d)年度?，?(?:{OURS})?(?:计划|力争|拟)(?!的)"
    # A day that has gone by, until which something is to be done: 下一步，……2024年6月底前做到全覆盖.
    r"|(?:下一步|下步|今后|接下来)[^\n]*?(?:[，在于到]|力争|确保|争取)(20\d\d)年(?:\d{1,2}月|[一二三四]季度|上半年)?[底末]?(?:之?前)?"
    r"(?:全面|基本|全部)?(?:做到|完成|建成|实现|达到|出台|上线|办结|解决)(?![^，]{0,12}的)"
)
# A plan of the year before, and what is still to be done.
_OF_LAST_YEAR = re.compile("[上去]年[^，]{0,16}(?:下一?步|今后|改进|打算)")
_INTENDED = re.compile("将|拟|要(?!求)|计划|重点|力争|争取|确保|着力|继续|进一步")


def planned(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Warns of plans for the report's own year, which is over."""
    for passage in narrative.sections:
        for one in sentences(passage.markdown) if passage.own and passage.section and passage.section.measures else ():
            found = _PLANS.search((sentence := one.without(_QUOTED)).text)
            if found and int(next(filter(None, found.groups()))) == report.year and not _is_over(sentence.text, found):
                source, shown = line_of(report, passage, sentence.places[0]), f"“{sentence.typed(*found.span())}”"
                action = "改正年度；说的确是这一年里做的，把话写明白"
                yield Finding(PLANNED, passage.heading, source, shown, f"{report.year + 1}年的打算", action)


def _is_over(said: str, plan: re.Match[str]) -> bool:
    """Whether a sentence tells as done what it plans by its words, or names it as a plan of the year before."""
    at = plan.start(plan.lastindex or 0)
    clause = said[said.rfind("，", 0, at) + 1 :]
    return is_done(clause) or bool(_OF_LAST_YEAR.search(said, 0, at) and not _INTENDED.search(clause))
