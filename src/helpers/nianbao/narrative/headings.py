"""The lines of narrative.md that head its title, chapters and attachments."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nianbao.findings import Finding, Kind, Severity, Source
from nianbao.statute.formats import TERM
from nianbao.statute.tree import normalise
from nianbao.wording import HAN, NUMERALS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.statute.formats import Format, Section

NO_CHAPTER = Kind("F304", Severity.FAULT, "章节标题无法对应")
READ_AS = Kind("I111", Severity.NOTE, "章节标题的认定")

FILE = "narrative.md"
PREAMBLE = "引言"  # how findings name what stands before the first heading
_HASHES = re.compile(r"^[ \u3000]{0,3}(#{1,6})[\s\u3000]+(.*?)(?:\s+#+)?\s*$")
_BOLD = re.compile(r"^\*\*(.+)\*\*$")
_NUMERAL = re.compile(
    rf"^(?:第([{HAN}]+)(?:部分|章)|[(（]([{HAN}]+)[)）]|([{HAN}]+)[、.．，,]|([{HAN}]+)(?=[\s\u3000])|([0-9０-９]{{1,2}})[、.．])[、:：\s\u3000]*(?=\S)"
)
_FORCED = re.compile(rf"\{{([{HAN}]+|无)\}}$")
_LINE_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.I)
_MORE_TITLE = 3  # lines below the first one on which a title may go on
_TITLE_LINE = re.compile(r"(?![#>|*+-]|\d+\.)[^。，；！？{}|]{2,40}")
_TITLE_ENDS = re.compile(r"报告(?:[（(].*[)）])?$")
_MARKED = 2  # number signs before the heading of a chapter
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

    @property
    def is_marked(self) -> bool:
        """Whether it is written as chapters are: any other line may be one of the text."""
        return self.level == _MARKED


@dataclass(slots=True)
class Headings:
    """The title as (line, text), ``None`` without one, and the headings in order, with what is wrong.

    ``begin`` is the last line of the title, behind which the text begins.
    """

    title: tuple[int, str] | None = None
    begin: int = 0
    found: list[Heading] = field(default_factory=list)
    faults: list[Finding] = field(default_factory=list)


def _text_before_title(lines: Sequence[str], into: Headings) -> None:
    written = next(((number, line.strip()) for number, line in enumerate(lines, 1) if line.strip()), None)
    if written:
        found, action = f"标题之前的“{written[1][:20]}”", "移到标题之后；文号写在 report.yaml 的 number"
        into.faults.append(Finding(NO_CHAPTER, "标题", Source(FILE, written[0]), found, "标题在文件开头", action))


def find(lines: Sequence[str], form: Format) -> Headings:
    """Find the lines that head something; a second title, or text above the title, is a fault."""
    into = Headings()
    found: list[Heading] = []
    plain: list[Heading] = []
    for number, line in enumerate(lines, 1):
        marked = _HASHES.match(line)
        text = marked[2] if marked else line.strip(" \t\u3000")
        heading = _unparted(heading_of(number, len(marked[1]) if marked else 0, text), form)
        if heading.is_marked:
            found.append(heading)
        elif _is_short(heading) and _headed(heading, form):
            plain.append(heading)
        elif marked and heading.level == 1 and into.title is None and not found:
            text, into.begin = _title(lines, number, marked[2])
            into.title = (number, text)
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
    plain = _without_contents(plain, {_headed(heading, form) for heading in found} - {""}, lines, form)
    into.found = sorted([*found, *plain], key=lambda heading: heading.line)
    _text_before_title(lines[: into.title[0] - 1 if into.title else 0], into)
    return into


def _title(lines: Sequence[str], number: int, text: str) -> tuple[str, int]:
    """A title that may go on on the lines right below until it ends as titles do; its text and the line where it ends.

    Where its lines break on paper is up to its length: a break that somebody typed says nothing.
    """
    text = _LINE_BREAK.sub("", text)
    whole = text
    for end, line in enumerate(lines[number : number + _MORE_TITLE], number + 1):
        if _TITLE_ENDS.search(whole) or not _TITLE_LINE.fullmatch(more := _LINE_BREAK.sub("", line).strip()):
            break
        whole += more
        if _TITLE_ENDS.search(whole):
            return whole, end
    return text, number


def _without_contents(plain: list[Heading], taken: set[str], lines: Sequence[str], form: Format) -> list[Heading]:
    """The plain lines that head chapters: not those of a table of contents, nor of a chapter that has a marked heading.

    A table of contents is a run of such lines with nothing between them, of which some head a chapter elsewhere too.
    """
    runs: list[list[Heading]] = []
    for heading in plain:
        between = lines[runs[-1][-1].line : heading.line - 1] if runs else ["字"]
        if any(line.strip() for line in between):
            runs.append([])
        runs[-1].append(heading)
    headed = {heading: _headed(heading, form) for heading in plain}
    several = [*headed.values()]
    result = []
    for run in runs:
        elsewhere = [one for one in run if headed[one] in taken or several.count(headed[one]) > 1]
        if len(run) < 3 or not elsewhere:
            result += [one for one in run if headed[one] not in taken]
    return result


def heading_of(number: int, level: int, text: str) -> Heading:
    """A line as a heading: its numeral, however it is written, and the chapter that is named behind it."""
    bold = _BOLD.match(text)
    text = bold[1].strip() if bold else text
    forced = _FORCED.search(text)
    text = _FORCED.sub("", text).rstrip()
    found = _NUMERAL.match(_spaced(text))
    written = next(filter(None, found.groups()), "") if found else ""
    numeral = NUMERALS[int(written) - 1] if written.isdecimal() and 0 < int(written) <= len(NUMERALS) else written
    return Heading(number, level, text, numeral, forced[1] if forced else "")


def _unparted(heading: Heading, form: Format) -> Heading:
    """The heading with a numeral that nothing parts from the whole wording of a chapter: 五存在的主要问题及改进情况."""
    first = heading.text[:1]
    parted = replace(heading, numeral=first)
    return parted if not heading.numeral and first in HAN and in_full(parted, form) else heading


def _spaced(text: str) -> str:
    """The text with its ideographic spaces as blanks, which part a numeral from its heading too."""
    return text.replace("\u3000", " ")


def _is_short(heading: Heading) -> bool:
    """Whether a line without ``##`` may head a chapter: it has a numeral of chapters, and is no sentence."""
    if not heading.numeral or len(heading.text) > _LONGEST or re.search("[。;:,!?]", words_of(heading)[:-1]):
        return False
    return not re.match(r"[(（0-9]", heading.text)  # （一） and 1. number what stands within a chapter


def _headed(heading: Heading, form: Format) -> str:
    """The numeral of the statutory chapter that a line without ``##`` may head; '' for none.

    Its numeral and its wording say so both; or it has the whole wording of a chapter of text. With another numeral it is
    that chapter's where the order of all settles it.
    """
    whole = [section for section in in_full(heading, form) if not section.table]
    agreed = [section for section in by_words(heading, form) if section.numeral == heading.numeral]
    return next((section.numeral for section in agreed + whole), "")


def words_of(heading: Heading) -> str:
    """A heading's wording without its numeral, normalised."""
    text, parted = _NUMERAL.subn("", _spaced(heading.text))
    return normalise(text if parted else text.removeprefix(heading.numeral))


def in_full(heading: Heading, form: Format) -> list[Section]:
    """The statutory chapter whose whole wording a heading has."""
    words = words_of(heading).rstrip("。:")
    spelt = {words, words.replace(form.term, TERM)}
    return [section for section in form.sections if normalise(section.heading.partition("、")[2]) in spelt]


def by_words(heading: Heading, form: Format) -> list[Section]:
    """The statutory chapters that a heading's wording names."""
    words = words_of(heading)
    named = [section for section in form.sections if any(normalise(word) in words for word in section.words)]
    return in_full(heading, form) or named


def said(heading: Heading, found: str, mended: str = "改写成“## 序号、标题”") -> Finding:
    """The note on what a heading was taken for, and what it is ``mended`` by."""
    return Finding(READ_AS, heading.text, Source(FILE, heading.line), found, "", f"核对；{mended}可免此提示")
