"""The numerals of chapters: which unwritten ones have a place among them, the order of all, and slips in them.

A report may count its chapters in another way than the statute (一、总体情况 二、存在的问题 三、其他). Then it counts them
through, and a statutory chapter that nobody wrote has no place. Any other numeral is a slip, which moves no other chapter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.findings import Finding, Kind, Severity, Source
from nianbao.narrative.headings import FILE, READ_AS
from nianbao.wording import NUMERALS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from nianbao.narrative.chapters import Chapter
    from nianbao.narrative.passages import Passage
    from nianbao.statute.formats import Format, Section

SKIPS = Kind("W216", Severity.WARNING, "章的序号不连贯")


def placeless(chapters: Sequence[Chapter], form: Format) -> set[Section]:
    """The unwritten statutory chapters that the report's own numbering leaves no place for."""
    written = {chapter.section for chapter in chapters}
    numerals = [chapter.numeral for chapter in chapters]
    own = {chapter.numeral for chapter in chapters if chapter.section not in form.sections}
    others = any(chapter.section.numeral != chapter.numeral for chapter in chapters if chapter.section in form.sections)
    is_recounted = others and _is_counted_through(numerals)
    return {one for one in form.sections if one not in written and (is_recounted or one.numeral in own)}


def in_order(passages: Sequence[Passage], form: Format) -> list[Passage]:
    """The statutory chapters in their order, and the bureau's own by their numerals among them.

    One of its own without a numeral stays behind the one it was written behind.
    """
    result = [one for section in form.sections for one in passages if one.section == section]
    at = -1
    for one in passages:
        if one.section in form.sections:
            at = next(at for at, other in enumerate(result) if other is one)
            continue
        at += 1
        if one.numeral in NUMERALS:
            at = next((at for at, other in enumerate(result) if _is_behind(other, one)), len(result))
        result.insert(at, one)
    return result


def notes(
    passages: Sequence[Passage], form: Format, written: Mapping[Section, Chapter], by_order: Collection[int]
) -> Iterator[Finding]:
    """What is to be said of statutory chapters that are printed with another numeral than theirs, and of gaps before others.

    ``written`` are the chapters of narrative.md, ``by_order`` the lines of headings matched by wording and order.
    """
    numerals = [one.numeral for one in passages]
    is_counted_through = _is_counted_through(numerals)
    own: set[str] = set()
    for at, one in enumerate(passages):
        section = one.section
        if section is None or section not in written:
            continue
        line = written[section].line
        if section not in form.sections:
            if one.numeral in own:
                found = f"“{one.heading}”的序号“{one.numeral}”印了两次"
                yield Finding(SKIPS, one.heading, Source(FILE, line), found, "", "改正序号")
            elif not is_counted_through and (lost := _left_out(numerals[:at], one.numeral, form)):
                found = f"“{one.heading}”之前没有序号“{'、'.join(lost)}”"
                yield Finding(SKIPS, one.heading, Source(FILE, line), found, "", "核对是否漏写了一章，或改正序号")
            own |= {one.numeral} - {""}
            continue
        if one.numeral == section.numeral:
            continue
        mended = f"核对；改写成“## {section.heading}”可免此提示"
        found, source = f"“{one.heading}”按文字和次序认作“{section.heading}”", Source(FILE, line)
        if not is_counted_through:
            slip = "印了两次" if numerals.count(one.numeral) > 1 else "与前后的不连贯"
            yield Finding(SKIPS, one.heading, source, f"{found}，序号“{one.numeral}”{slip}", "", mended)
        elif line in by_order:
            yield Finding(READ_AS, one.heading, source, found, "", mended)


def _left_out(before: Sequence[str], numeral: str, form: Format) -> list[str]:
    """The numerals left out between those before a chapter and its own, without those whose chapters have to be there."""
    if numeral not in NUMERALS:
        return []
    required = {section.numeral for section in form.sections if section.required or section.table}
    behind = max((NUMERALS.index(one) + 1 for one in before if one in NUMERALS), default=0)
    return [one for one in NUMERALS[behind : NUMERALS.index(numeral)] if one not in required]


def _is_counted_through(numerals: Sequence[str]) -> bool:
    return tuple(numerals) == NUMERALS[: len(numerals)]


def _is_behind(one: Passage, own: Passage) -> bool:
    """Whether a chapter's numeral is a higher one than that of a chapter of the bureau's own."""
    return one.numeral in NUMERALS and NUMERALS.index(one.numeral) > NUMERALS.index(own.numeral)
