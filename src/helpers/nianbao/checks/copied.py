"""Warnings about text taken over within the bureau: from its own report of the year before, or from the same report.

Source: Article 47 of State Council Decree 711, which calls bureaus to account for perfunctory work.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.checks.owntext import Part, Sentence, agreement, cut, masker_of, own_texts, paragraphs, unmarked, written
from nianbao.findings import Finding, Kind, Severity, Source
from nianbao.narrative.headings import FILE
from nianbao.reading import is_note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative

LAST_YEAR = Kind("W701", Severity.WARNING, "与本机关上年报告内容雷同")
TWICE = Kind("W703", Severity.WARNING, "同一段文字写了两次")
# Some wording stays the same from year to year, so more must agree than with another bureau's report.
TOO_MUCH = 0.7
LONG = 60  # characters of one that stands in a longer one
PARAGRAPH = 30  # characters of a paragraph that nobody writes twice on purpose
# Characters of one that nobody writes twice in a chapter, unless it points at what is below, or tells of each: 责任单位：…
SHORT = 12
_POINTS = re.compile("[如见][上下附表图]|以下|下列|^[^，。；]{2,8}[：:]")


def last_year(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Warns of each chapter most of whose own sentences stand in last year's report, but for numbers and names."""
    past = own_texts(report.previous) if report.previous else ()
    for own in own_texts(report) if past else ():
        if not own.is_enough:
            continue
        best = max((agreement(own, one) for one in past), key=lambda one: one.share)
        if best.share >= own.needed(TOO_MUCH):
            other = f"{report.year - 1}年度“{best.other.heading}”"
            found = f"与{other}{best.said('上年')}"
            yield Finding(
                LAST_YEAR,
                own.heading,
                Source(FILE, best.longest[0][0].line),
                found,
                f"{report.year}年度的实际情况",
                "按本年度的情况改写；确实没有变化的可以发布",
            )


def twice(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Warns of each paragraph that stands in the report a second time, word for word, alone or with a sentence more.

    A note or source may stand below several tables. One of template sentences may be said again before a table, and not in
    the chapters that each bureau has to write.
    """
    mask = masker_of(report)
    seen: dict[str, tuple[Part, int]] = {}
    long: list[str] = []
    for part in written(report):
        for sentences in paragraphs(part):
            paragraph = unmarked("".join(sentence for _, sentence in sentences))
            if len(paragraph) < SHORT or is_note(paragraph):
                continue
            known = paragraph
            if len(paragraph) >= LONG:
                known = next((one for one in long if one in paragraph or paragraph in one), paragraph)
                long += [known] if known not in seen else []
            before, first = seen.setdefault(known, (part, sentences[0][0]))
            if first == sentences[0][0]:
                continue
            is_own = any(Sentence(0, mask(one)).is_own for _, one in sentences)
            if len(paragraph) < PARAGRAPH:
                is_again = is_own and part is before and paragraph.endswith("。") and not _POINTS.search(paragraph)
            else:
                is_again = is_own or part is before or (part.is_due and before.is_due)
            if is_again:
                found = f"“{cut(paragraph)}”已见于“{before.heading}”（第{first}行）"
                source = Source(FILE, sentences[0][0])
                yield Finding(TWICE, part.heading, source, found, "每段只写一次", "删去重复的一段，或改成这里要写的内容")
