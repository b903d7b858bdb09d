"""narrative.md → title, preamble, chapters and attachments, each with its lines; nothing is filled in yet.

A heading is matched to a statutory chapter by its numeral and its wording together. Where the two disagree, the order of all
headings decides, if it can; else the heading is a fault that names both readings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nianbao.findings import Finding, Kind, Severity, Source
from nianbao.inputs.labels import ALIKE, apart, likeness
from nianbao.statute.formats import TERM, Section
from nianbao.statute.tree import normalise
from nianbao.wording import NUMERALS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.statute.formats import Format

NO_CHAPTER = Kind("F304", Severity.FAULT, "章节标题无法对应")
READ_AS = Kind("I111", Severity.NOTE, "章节标题的认定")

FILE = "narrative.md"
_HASHES = re.compile(r"^[ \u3000]{0,3}(#{1,6})[\s\u3000]+(.*?)(?:\s+#+)?\s*$")
_BOLD = re.compile(r"^\*\*(.+)\*\*$")
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_HAN = "一二三四五六七八九十"
_NUMERAL = re.compile(
    rf"^(?:第([{_HAN}]+)(?:部分|章)|[(（]([{_HAN}]+)[)）]|([{_HAN}]+)[、.．，,]|([{_HAN}]+)(?=[\s\u3000])|([0-9]{{1,2}})[、.．])[、:：\s\u3000]*(?=\S)"
)
_FORCED = re.compile(r"\s*\{([一二三四五六七八九十]+|无)\}$")
_ATTACHMENT = re.compile(r"^附[件表录]?\s*[0-9一二三四五六七八九十]*\s*(?:[:：].*)?$")
_LONGEST = 40  # characters of a heading without number signs


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that may head a chapter.

    Parameters
    ----------
    line : int
        Its line, from 1.
    level : int
        How many number signs it has.
    text : str
        What is printed.
    numeral : str
        Its numeral as the formats write it (一), or ''.
    forced : str
        The chapter that the bureau names in braces behind it, 无 for none.
    """

    line: int
    level: int
    text: str
    numeral: str
    forced: str = ""


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
    """What narrative.md is made of; the title and the preamble are (line, text)."""

    title: tuple[int, str] | None = None
    preamble: tuple[int, str] = (0, "")
    chapters: list[Chapter] = field(default_factory=list)
    attachments: list[Chapter] = field(default_factory=list)
    faults: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)


def split(source: str, form: Format) -> Chapters:
    """Take the text of narrative.md apart; whatever has no place is a fault."""
    result = Chapters()
    # Comments are the bureau's own notes and are left out. Their line breaks stay, so that line numbers do not change.
    lines = _COMMENT.sub(lambda comment: "\n" * comment.group().count("\n"), source).splitlines()
    headings = _headings(lines, form, result)
    begin = result.title[0] if result.title else 0
    ends = [heading.line - 1 for heading in headings[1:]] + [len(lines)] * bool(headings)
    result.preamble = (begin, "\n".join(lines[begin : headings[0].line - 1] if headings else lines[begin:]))
    attached = next((at for at, heading in enumerate(headings) if _ATTACHMENT.match(heading.text)), len(headings))
    texts = {heading: "\n".join(lines[heading.line : end]) for heading, end in zip(headings, ends, strict=True)}
    sections = _assigned(headings[:attached], form, result)
    result.chapters = [
        Chapter(section, heading.text, heading.line, texts[heading], heading.numeral or section.numeral)
        for heading, section in sections.items()
    ]
    result.attachments = [
        Chapter(Section(heading.text), heading.text, heading.line, texts[heading], "") for heading in headings[attached:]
    ]
    return result


def _headings(lines: Sequence[str], form: Format, into: Chapters) -> list[Heading]:
    """The lines that head chapters, in order; the title and what has no place go into ``into``."""
    found: list[Heading] = []
    plain: list[Heading] = []
    for number, line in enumerate(lines, 1):
        marked = _HASHES.match(line)
        heading = _heading(number, len(marked[1]) if marked else 0, marked[2] if marked else line.strip(" \t\u3000"))
        if marked and heading.level == 2:
            found.append(heading)
        elif _agrees(heading, form):
            plain.append(heading)
        elif marked and heading.level == 1 and into.title is None and not found:
            into.title = (number, marked[2])
        elif marked and heading.level == 1:
            action = "改用 ## 或 ###"
            into.faults.append(
                Finding(
                    NO_CHAPTER,
                    heading.text or "（空标题）",
                    Source(FILE, number),
                    f"“{heading.text}”",
                    "标题只写一次，在文件开头",
                    action,
                )
            )
    taken = {
        section.numeral for heading in found for section in _by_words(heading, form) if section.numeral == heading.numeral
    }
    plain = [heading for heading in plain if heading.numeral not in taken]
    numerals = [heading.numeral for heading in plain]
    plain = [heading for heading in plain if numerals.count(heading.numeral) == 1]
    for heading in plain:
        into.notes.append(_said(heading, f"没有 ##，认作一章：“{heading.text}”"))
    return sorted([*found, *plain], key=lambda heading: heading.line)


def _heading(number: int, level: int, text: str) -> Heading:
    bold = _BOLD.match(text)
    text = bold[1].strip() if bold else text
    forced = _FORCED.search(text)
    text = _FORCED.sub("", text)
    found = _NUMERAL.match(_spaced(text))
    written = next(filter(None, found.groups()), "") if found else ""
    numeral = NUMERALS[int(written) - 1] if written.isdecimal() and 0 < int(written) <= len(NUMERALS) else written
    return Heading(number, level, text, numeral, forced[1] if forced else "")


def _spaced(text: str) -> str:
    """The text with its ideographic spaces as blanks, which part a numeral from its heading too."""
    return text.replace("\u3000", " ")


def _agrees(heading: Heading, form: Format) -> bool:
    """Whether a line without ``##`` is a chapter's heading all the same: its numeral and its wording both say so."""
    if not heading.numeral or len(heading.text) > _LONGEST or heading.text.endswith(("。", "；", "：", "，", "！", "？")):
        return False
    if re.match(r"[(（0-9]", heading.text):
        return False  # （一） and 1. number what stands within a chapter
    return any(section.numeral == heading.numeral for section in _by_words(heading, form))


def _words_of(heading: Heading) -> str:
    text = _NUMERAL.sub("", _spaced(heading.text))
    return normalise(text)


def _by_words(heading: Heading, form: Format) -> list[Section]:
    """The statutory chapters that a heading's wording names."""
    words = _words_of(heading)
    own = [
        section
        for section in form.sections
        if normalise(section.heading.partition("、")[2]) in {words, words.replace(form.term, TERM)}
    ]
    return own or [section for section in form.sections if any(normalise(word) in words for word in section.words)]


def _is_alike(heading: Heading, section: Section) -> bool:
    """Whether a wording that names no chapter may still be this one's."""
    if not section.words or not section.table:
        return True
    return likeness(apart(_words_of(heading)), apart(section.heading.partition("、")[2])) >= ALIKE


def _assigned(headings: Sequence[Heading], form: Format, into: Chapters) -> dict[Heading, Section]:
    """The chapter of each heading that has one."""
    known = {section.numeral: section for section in form.sections}
    result: dict[Heading, Section] = {}
    disputed: dict[Heading, Section] = {}
    worded = {heading: _by_words(heading, form) for heading in headings}
    claimed = [named[0] for heading, named in worded.items() if len(named) == 1 and named[0].numeral != heading.numeral]
    for heading, named in worded.items():
        own = known.get(heading.numeral)
        if heading.forced:
            _force(heading, known, result, into)
        elif own and (own in named or (not named and own not in claimed and _is_alike(heading, own))):
            result[heading] = own
        elif len(named) == 1:
            disputed[heading] = named[0]
        elif heading.numeral in NUMERALS and not named and (own is None or own in claimed):
            result[heading] = Section(heading.text)
        else:
            into.faults.append(_no_place(heading, named, form))
    _settle(headings, disputed, result, form, into)
    _refuse_twice(result, into)
    return result


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
    """Take the wording of disputed headings where all then stand in the statutory order, each once, and numerals rise."""
    if not disputed:
        return
    trial = {heading: disputed.get(heading) or result.get(heading) for heading in headings}
    order = [form.sections.index(section) for section in trial.values() if section in form.sections]
    computed = {section.numeral for section in form.sections if section.table and section not in trial.values()}
    clash = computed & {heading.numeral for heading in disputed if heading.numeral}
    numbered = [NUMERALS.index(heading.numeral) for heading in headings if heading.numeral in NUMERALS]
    if order == sorted(set(order)) and numbered == sorted(numbered) and not clash:
        result |= disputed
        for heading, section in disputed.items():
            into.notes.append(_said(heading, f"“{heading.text}”按文字和次序认作“{section.heading}”"))
        return
    for heading, section in disputed.items():
        into.faults.append(_no_place(heading, [section], form))


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
    shown, action = f"“{heading.text}”", "以章节序号开头，如 ## 一、总体情况"
    if own:
        words = "、".join(section.heading for section in named) or "认不出是哪一章"
        shown += f"：序号是“{own.heading}”，文字{f'是“{words}”' if named else words}"
        action = (
            f"改正序号或文字；确要这样印的，在标题后写明是哪一章，如 {{{(named or [own])[0].numeral}}}，都不是的写 {{无}}"
        )
    expected = "、".join(section.heading for section in form.sections)
    return Finding(NO_CHAPTER, heading.text or "（空标题）", Source(FILE, heading.line), shown, expected, action)


def _said(heading: Heading, found: str) -> Finding:
    return Finding(READ_AS, heading.text, Source(FILE, heading.line), found, "", "核对；改写成“## 序号、标题”可免此提示")


def gathered(notes: list[Finding]) -> list[Finding]:
    """The notes on headings as one, with the place of the first."""
    if len(notes) < 2:
        return notes
    shown = "；".join(f"第{note.source.line}行{note.found}" for note in notes if note.source)
    return [replace(notes[0], place=FILE, found=shown)]
