"""narrative.md → title, preamble, chapters and attachments, each with its lines; nothing is filled in yet.

A heading is matched to a statutory chapter by its numeral and its wording together. Where the two disagree, the order of all
headings decides, if it can; else the heading is a fault that names both readings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from nianbao.findings import Finding, Source, closest
from nianbao.narrative.headings import FILE, NO_CHAPTER, by_words, find, said, words_of
from nianbao.narrative.titled import with_title
from nianbao.statute.formats import Section
from nianbao.statute.tree import normalise
from nianbao.textfile import COMMENT
from nianbao.wording import NUMERALS

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from nianbao.narrative.headings import Heading
    from nianbao.statute.formats import Format

_ATTACHMENT = re.compile(r"^附(?:[件表录]|\s*[:：])")
# A heading behind an attachment's that may be another's: 附2, 附图, （附件2）, 续附件.
_ATTACHED = re.compile(r"[（(【\[续]?附(?:[件表录图]|\s*[:：]|\s*[0-9０-９一二三四五六七八九十])")


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter as written: its statutory chapter (one of its own for any other), its heading, and the text below it."""

    section: Section
    heading: str
    line: int
    text: str
    numeral: str


@dataclass(slots=True)
class Chapters:
    """What narrative.md is made of; the title and the preamble are (line, text).

    ``by_order`` are the lines of headings that were matched by their wording and the order of all, against their numerals.
    """

    title: tuple[int, str] | None = None
    preamble: tuple[int, str] = (0, "")
    chapters: list[Chapter] = field(default_factory=list)
    attachments: list[Chapter] = field(default_factory=list)
    by_order: set[int] = field(default_factory=set)
    faults: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)


def split(source: str, form: Format) -> Chapters:
    """Take the text of narrative.md apart; whatever has no place is a fault."""
    # Comments are the bureau's own notes and are left out. Their line breaks stay, so that line numbers do not change.
    lines = COMMENT.sub(lambda comment: "\n" * comment.group().count("\n"), source).splitlines()
    known = find(lines, form)
    result, begin = Chapters(known.title, faults=known.faults), known.begin
    sections = _assigned(_before_attachments(known.found), form, result)
    headings = list(_without_text(known.found, sections, form))
    ends = [heading.line - 1 for heading in headings[1:]] + [len(lines)] * bool(headings)
    result.preamble = (begin, "\n".join(lines[begin : headings[0].line - 1] if headings else lines[begin:]))
    attached = len(_before_attachments(headings))
    texts = {heading: "\n".join(lines[heading.line : end]) for heading, end in zip(headings, ends, strict=True)}
    for heading in headings[attached:]:
        if not heading.text.strip() and not texts[heading].strip():
            result.faults.append(_no_place(heading, [], form))
        elif fault := _within(heading, form):
            result.faults.append(fault)
    result.chapters = [
        Chapter(section, heading.text, heading.line, texts[heading], heading.numeral or numeral_of(section, form))
        for heading in headings[:attached]  # The text below one that has no place is read too.
        for section in [sections.get(heading) or Section(heading.text)]
    ]
    for heading in headings[attached:]:
        named, text = with_title(heading.text, texts[heading])
        result.attachments.append(Chapter(Section(named), named, heading.line, text, ""))
    return result


def _before_attachments(headings: Sequence[Heading]) -> Sequence[Heading]:
    return [*takewhile(lambda heading: not _ATTACHMENT.match(heading.text), headings)]


def _without_text(headings: Sequence[Heading], sections: Container[Heading], form: Format) -> Iterator[Heading]:
    """The headings without lines of the text: those without ``##`` that no chapter is headed by."""
    attached = len(_before_attachments(headings))
    for number, heading in enumerate(headings):
        is_known = heading in sections if number < attached else _is_agreed(heading, form)
        if heading.is_marked or is_known:
            yield heading


def _is_agreed(heading: Heading, form: Format) -> bool:
    """Whether the numeral and the wording of a heading name the same chapter."""
    return any(section.numeral == heading.numeral for section in by_words(heading, form))


def numeral_of(section: Section, form: Format) -> str:
    """The numeral of a statutory chapter; '' for one of the bureau's own."""
    return section.numeral if section in form.sections else ""


def _within(heading: Heading, form: Format) -> Finding | None:
    """The fault of a heading behind those of attachments that is no attachment's: it would be listed and numbered as one."""
    if _is_agreed(heading, form):
        expected, action = "各章在前，附件在后", "把附件移到最后；是附件里的小标题的，写 ###"
    elif not _ATTACHED.match(heading.text):
        expected = "附件的标题以“附件”“附表”“附录”开头"
        action = "附件里的小标题写 ###；是另一个附件的，在前面写“附件2：”之类"
    else:
        return None
    source, found = Source(FILE, heading.line), f"“{heading.text}”在附件之后"
    return Finding(NO_CHAPTER, heading.text or "（空标题）", source, found, expected, action)


def _closest(heading: Heading, named: list[Section]) -> list[Section]:
    """Of several chapters that a wording names, the one whose own is spelt most like it."""
    spelt = {normalise(section.heading.partition("、")[2]): section for section in named}
    best = closest(words_of(heading), spelt, 1) if len(named) > 1 else []
    return [spelt[best[0]]] if best else named


def _is_alike(heading: Heading, section: Section) -> bool:
    """Whether a wording that names no chapter may still be this one's.

    A chapter of text alone goes by its numeral; under a foreign heading only a table would be taken for another.
    """
    if not section.words or not section.table:
        return True
    return _is_close(heading, section)


def _is_close(heading: Heading, section: Section) -> bool:
    """Whether a heading's wording is spelt much like the statutory one."""
    return bool(closest(words_of(heading), [normalise(section.heading.partition("、")[2])], 1))


def _assigned(headings: Sequence[Heading], form: Format, into: Chapters) -> dict[Heading, Section]:
    """The chapter of each heading that has one."""
    known = {section.numeral: section for section in form.sections}
    result: dict[Heading, Section] = {}
    disputed: dict[Heading, Section] = {}
    worded = {heading: _closest(heading, by_words(heading, form)) for heading in headings}
    claimed = [named[0] for heading, named in worded.items() if len(named) == 1 and named[0].numeral != heading.numeral]
    agreed = [one for heading, named in worded.items() for one in named if one.numeral == heading.numeral]
    for heading, named in worded.items():
        own = known.get(heading.numeral)
        if heading.forced:
            _force(heading, known, result, into)
        elif own and (own in named or (not named and own not in claimed and _is_alike(heading, own))):
            result[heading] = own
            if not named:
                into.notes.append(said(heading, f"“{heading.text}”按序号认作“{own.heading}”"))
        elif heading.numeral in NUMERALS and own is None and named and all(one in agreed for one in named):
            result[heading] = Section(heading.text)  # a further chapter, such as 七、收费情况 behind a complete report
        elif len(named) == 1:
            disputed[heading] = named[0]
        elif heading.numeral in NUMERALS and not named and (own is None or own in claimed):
            result[heading] = Section(heading.text)
        else:
            into.faults.append(_no_place(heading, named, form))
    _settle(headings, disputed, result, form, into)
    _refuse_twice(result, into)
    unmarked = [one for one in headings if one in result and not one.is_marked]
    into.notes[:0] = [said(one, f"没有 ##，认作一章：“{one.text}”") for one in unmarked]
    into.notes.extend(_moved(result, form))
    return result


def _moved(result: dict[Heading, Section], form: Format) -> Iterator[Finding]:
    """A note on each chapter that is printed before one that it is written behind."""
    written = [heading for heading in sorted(result, key=lambda one: one.line) if result[heading] in form.sections]
    for before, heading in pairwise(written):
        if form.sections.index(result[heading]) < form.sections.index(result[before]):
            found = f"“{heading.text}”写在“{before.text}”之后，印在它之前"
            yield said(heading, found, mended="各章按表样的次序写")


def _force(heading: Heading, known: dict[str, Section], result: dict[Heading, Section], into: Chapters) -> None:
    if heading.forced == "无":
        result[heading] = Section(heading.text)
    elif heading.forced in known:
        result[heading] = known[heading.forced]
    else:
        expected = "、".join(known)
        into.faults.append(
            Finding(
                NO_CHAPTER,
                heading.text,
                Source(FILE, heading.line),
                f"{{{heading.forced}}}",
                expected,
                "写本格式的章，或 {无}",
            )
        )


def _settle(
    headings: Sequence[Heading],
    disputed: dict[Heading, Section],
    result: dict[Heading, Section],
    form: Format,
    into: Chapters,
) -> None:
    """Take the wording of disputed headings where all then stand in the statutory order, each once, and no numeral falls.

    Those with ``##`` are headings whatever they head, and are settled together, or not at all. A line without is then taken
    where it fits among them; else it is one of the text.
    """
    marked = {heading: section for heading, section in disputed.items() if heading.is_marked}
    settled = marked if _fit(headings, result, marked, form) else {}
    into.faults.extend(_no_place(heading, [section], form) for heading, section in marked.items() if heading not in settled)
    for heading, section in disputed.items():
        if heading.is_marked:
            continue
        if _fit(headings, result, more := settled | {heading: section}, form):
            settled = more
        else:
            found, own = f"“{heading.text}”没有 ##，序号与各章的次序不合，按正文印出", f"（{heading.numeral}）"
            into.notes.append(said(heading, found, f"是一章的改写成“## {section.heading}”，不是的序号写作“{own}”，"))
    result |= settled
    into.by_order = {heading.line for heading in settled}


def _fit(headings: Sequence[Heading], known: dict[Heading, Section], settled: dict[Heading, Section], form: Format) -> bool:
    """Whether all stand in order where the disputed headings that are ``settled`` go by their wording.

    One that stands where an unwritten table would be has to be worded much as the statute has it: a chapter 四 on fees more
    likely hides the table of 四 than it leaves it out.
    """
    every = known | settled
    standing = [heading for heading in headings if heading.is_marked or heading in every]
    order = [form.sections.index(every[one]) for one in standing if every.get(one) in form.sections]
    numbered = [NUMERALS.index(one.numeral) for one in standing if one.numeral in NUMERALS]
    displaced = {one.numeral for one in form.sections if one.table and one not in every.values()}
    unsure = [one for one, section in settled.items() if one.numeral in displaced and not _is_close(one, section)]
    return order == sorted(set(order)) and numbered == sorted(numbered) and not unsure


def _refuse_twice(result: dict[Heading, Section], into: Chapters) -> None:
    first: dict[Section, Heading] = {}
    for heading, section in sorted(result.items(), key=lambda item: item[0].line):
        if section in first:
            expected = f"“{section.numeral}、”只出现一次（第{first[section].line}行已有）"
            into.faults.append(
                Finding(
                    NO_CHAPTER, heading.text, Source(FILE, heading.line), f"“{heading.text}”", expected, "合并或改正序号"
                )
            )
            del result[heading]
        first.setdefault(section, heading)


def _no_place(heading: Heading, named: list[Section], form: Format) -> Finding:
    """The fault of a heading with no place, or with two."""
    own = next((section for section in form.sections if section.numeral == heading.numeral), None)
    shown, action = (
        f"“{heading.text}”",
        "以章节序号开头，如 ## 一、总体情况；附件以“附件”开头，放在最后；不是法定的章，在标题后写 {无}",
    )
    if own:
        words = "、".join(section.heading for section in named) or "认不出是哪一章"
        shown += f"：序号是“{own.heading}”，文字{f'是“{words}”' if named else words}"
        action = (
            f"改正序号或文字；确要这样印的，在标题后写明是哪一章，如 {{{(named or [own])[0].numeral}}}，都不是的写 {{无}}"
        )
    expected = "、".join(section.heading for section in form.sections)
    return Finding(NO_CHAPTER, heading.text or "（空标题）", Source(FILE, heading.line), shown, expected, action)
