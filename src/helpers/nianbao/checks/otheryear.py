"""Sentences that tell the work of another year than the report's: left from last year's, or in a notebook run for another.

A paragraph is read by its opening. A sentence within one is of last year or of a year to come, and nothing beside it is
compared with it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao import periods
from nianbao.checks.lines import line_of, paragraphs
from nianbao.checks.misplaced import has, words
from nianbao.findings import Finding, Kind, Severity
from nianbao.reading import even
from nianbao.wording import PART_ENDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nianbao.checks.lines import Remark
    from nianbao.checks.prose.texts import Text
    from nianbao.findings import Source
    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative
    from nianbao.periods import Period

OF_ANOTHER_YEAR = Kind("W217", Severity.WARNING, "写的是别的年度")

_SHOWN = 24  # characters of a paragraph that a finding shows
_SIGNS = re.compile(r"^\s*(?:[#*]+\s+)*")  # before it: of a heading, of an item
_OPENS = re.compile(r"[#\s]*(?:（[一二三四五六七八九十]+）[^。]{2,30}。)?(?:[\u4e00-\u9fff]{2,8}：)?(?=[2二截去])")
_GOES_ON = re.compile(r"度?(?:[年]报|报告|[以之]?前)|初(?!步)|同期|，?\d")
_THIS_YEAR = re.compile("[本今当]年|这一年")
_OF_THEN = re.compile(r"[^，\d]{0,8}的")  # 2020年提起的1件诉讼, 去年的2项措施
_HAS_COUNT = re.compile(r"\d+(?!年|月|号)")
_HONOURED = re.compile("被[评确认授列纳]|获|入选|评为")  # what is told of a year that is over: 我局被评为先进单位
_SENTENCE = re.compile("[^。！？]+[。！？]?")
# How well the work was done is no comparison: 较好地完成; a year that opens the whole text is meant as the report's own.
_MANNER = re.compile("(?<!比)较(?:好|大|快|高|强|为|圆满|完善|完整|全面|顺利|及时|扎实|规范)")
_SINCE = re.compile("^(?:以来|起)，")


def other_year(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """Warns of a paragraph that opens with the work of an earlier year, and of a sentence with that of another one.

    Where it does not say whose work it is, it is the bureau's own if it counts something of last year, or says that there
    was none; beside a table, which gives this year's numbers, it may stand to be compared.
    """
    first_chapter = next((one for one in narrative.sections if one.markdown.strip()), None)
    for passage in narrative.sections:
        lines = paragraphs(passage.markdown) if passage.own else ()
        of_plans = passage.section is not None and bool(passage.section.measures)
        for one in _told(report, lines, passage is first_chapter, bool(passage.tables), of_plans):
            yield _finding(passage.heading, line_of(report, passage, one.places[0]), one, report)


def in_cells(report: Report, texts: Iterable[Text]) -> Iterator[Finding]:
    """Warns of the same in what a notebook's own cells say."""
    for text in texts:
        for one in _told(report, paragraphs(text.markdown)):
            yield _finding(text.place, text.source(one.places[0]), one, report)


def _finding(place: str, source: Source, told: Remark, report: Report) -> Finding:
    said = _SIGNS.sub("", told.typed())
    found = f"“{said[:_SHOWN]}{'…' * (len(said) > _SHOWN)}”"
    return Finding(OF_ANOTHER_YEAR, place, source, found, f"{report.year}年的工作", "改正年度；说的确是那一年的，不必改")


def _told(
    report: Report, lines: Sequence[Remark], opens_all: bool = False, beside_table: bool = False, of_plans: bool = False
) -> Iterator[Remark]:
    """The paragraphs and sentences of a passage that tell another year's work.

    ``opens_all`` is whether nothing stands before it, ``of_plans`` whether it tells what the bureau will do.
    """
    opened = [_opening(line.text) for line in lines]
    years = [one.in_years(report.year)[0] if one else 0 for one in opened]
    for at, (paragraph, one, year) in enumerate(zip(lines, opened, years, strict=True)):
        if one and year < report.year and f"{report.year}年" not in paragraph.text:
            first = _MANNER.sub("", re.split(f"[{PART_ENDS}]", _behind(paragraph.text, one))[0])
            if opens_all and at == 0 and year == report.year - 1:
                is_named = any(f"{report.year}年" in line.text for line in lines)
                first = first if is_named else _SINCE.sub("", first)
            is_apart = not beside_table and all(other in {0, year} for other in years[max(0, at - 1) : at + 2])
            is_counted = year == report.year - 1 and is_apart and _counts(first) and not _THIS_YEAR.search(paragraph.text)
            if _is_own_work(first, report, is_counted):
                yield paragraph
                continue
        yield from _sentences(report, paragraph, beside_table, of_plans)


def _sentences(report: Report, paragraph: Remark, beside_table: bool, of_plans: bool) -> Iterator[Remark]:
    """The sentences of a paragraph that tell the work of last year or of a year to come; none that is compared with."""
    said = [paragraph.part(*one.span()) for one in _SENTENCE.finditer(paragraph.text)]
    for at, sentence in enumerate(said):
        opened = _opening(sentence.text)
        year = opened.in_years(report.year)[0] if opened and opened.named else 0
        is_later = year > report.year
        if not opened or (year != report.year - 1 and not is_later) or (at == 0 and not is_later):
            continue
        beside = [sentence, *said[max(0, at - 1) : at], *said[at + 1 : at + 2]]
        if any(_is_of_now(one.text, report.year) for one in beside) or (is_later and of_plans):
            continue
        first = _MANNER.sub("", _behind(sentence.text, opened))
        is_counted = not beside_table and _counts(first)
        if _HONOURED.search(first):
            continue
        if is_later and (has(first, "intended") or not _HAS_COUNT.search(first)):
            continue  # 2025年，我局将继续推进公开
        if _is_own_work(first, report, is_counted):
            yield sentence


def _is_of_now(sentence: str, year: int) -> bool:
    """Whether a sentence counts something of the report's own year, or names it beside another one."""
    is_named = f"{year}年" in sentence or _THIS_YEAR.search(sentence) is not None
    return (is_named and _HAS_COUNT.search(sentence.replace(f"{year}年", "")) is not None) or has(sentence, "comparing")


def _is_own_work(first: str, report: Report, is_counted: bool) -> bool:
    """Whether words behind a year tell the bureau's own work of it, and are no comparison."""
    is_own = first.startswith(_own_beginnings(report)) or is_counted
    return is_own and not (has(first, "comparing") or has(first, "not_the_year"))


def _opening(text: str) -> Period | None:
    """The year that a text opens with as its time, by its end or all its days too; 上年 may tell of what was carried in."""
    begins = _OPENS.match(text)
    found = periods.at(text, begins.end()) if begins else None
    if found is None or len({*found.years}) != 1 or (found.moment and not found.until):
        return None
    return found if (found.is_whole and not _GOES_ON.match(text, found.span[1])) or found.onward else None


def _behind(text: str, opening: Period) -> str:
    """What a text says behind the year that it opens with, from 以来 on."""
    return re.sub("^[、，]", "", text[opening.span[1] - len("以来") * opening.onward :])


def _own_beginnings(report: Report) -> tuple[str, ...]:
    """The words with which a sentence begins that tells the bureau's own work."""
    return (
        *words()["ourselves"],
        *words()["working"],
        *(even(name).replace(" ", "") for name in (report.bureau.name, report.bureau.short)),
    )


def _counts(sentence: str) -> bool:
    """Whether a sentence counts something, or says that there was none; not what is told later of an earlier year."""
    is_later = sentence.startswith((*words()["others"], "：")) or has(sentence, "told_later") or has(sentence, "problems")
    return not (is_later or _OF_THEN.match(sentence)) and bool(has(sentence, "none") or _HAS_COUNT.search(sentence))
