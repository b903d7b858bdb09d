"""Where in narrative.md a place of a passage's text was written.

Filling in placeholders moves lines and changes them, so the printed line is looked for in the text as written, from the
passage's own heading on: the same line, else the one with placeholders that has most of its words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from nianbao.addresses import WRITTEN
from nianbao.findings import Source
from nianbao.narrative.headings import FILE
from nianbao.reading import even
from nianbao.softbreaks import joined
from nianbao.wording import PART_ENDS, years_in_figures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Passage

# Marks of Markdown: of an escaped sign, which is read; links, code, addresses, breaks and cells, which part what stands
# beside them; others, but three stars. Bold that opens a sentence is a label, if that is not all of the sentence.
_MARKS = re.compile(
    r"\\(?P<sign>[\\*_`#+\-.!\[\]<>|])|(?P<apart>`[^`\n]*`|"
    r"!?\[[^\[\]\n]*\]\((?:<[^<>\n]*>|(?:[^()\n]|\([^()\n]*\))*)\)"
    rf"|{WRITTEN}|<br\b[^<>\n]*>|\|)"
    r"|</?[a-z]{1,9}\b[^<>\n]{0,99}>|(?<!\*)\*{1,2}(?!\*)"
)
_LABEL = re.compile(
    r"(?:^|(?<=[。；！]))[ \t]*(?:[（(]?[一二三四五六七八九十0-9]{1,3}(?:[）)、.．]|是))?"
    r"\*\*(?P<name>[^*\n]{2,30})\*\*(?!(?P=name)[。；！，])",
    re.M,
)
PART = re.compile(f"[^{PART_ENDS}\n]+")
_BREAK = re.compile("\n")
_BLANK = re.compile(r" (?: *+(?!\d)|(?<!\d ) *+)")
_TAG = re.compile(r"\{\{.{0,3000}?\}\}|\{%.{0,3000}?%\}")
# Who reports, as it says of itself.
OURS = (
    "[我本](?:局|厅|委员会|委|办公[厅室]|办|院|校|省|市|州|县|区|旗|镇|乡|街道(?:办事处)?|单位|机关|部门|中心|级政府|政府)"
)
# What is over, and no 为了, 了解, 已建成的平台 or 已列入计划.
_OVER = re.compile("(?<![为除])了(?![解如])|已(?![^，]{0,8}的|[列纳]入|定于)")


def line_of(report: Report, passage: Passage, at: int) -> Source:
    """The line where the character ``at`` of a passage's text was written; that of its heading where it is not found."""
    text = passage.markdown
    begin = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    line = text[begin : end if end >= 0 else len(text)].strip()
    same = _places(report.narrative).get(line, ())
    if line and (own := same[bisect_left(same, passage.line) :]):
        above = bisect_left(_places(text)[line], text.count("\n", 0, begin))
        return Source(FILE, own[min(above, len(own) - 1)] + 1)
    written = report.narrative.split("\n")
    agreeing = [_agreeing(one, line) for one in written[passage.line :]]
    most = max(agreeing, default=0)
    return Source(FILE, passage.line + agreeing.index(most) + 1 if most else passage.line or None)


@lru_cache(maxsize=16)
def _places(text: str) -> dict[str, list[int]]:
    """The numbers of the lines that hold each text, ascending from 0."""
    places: dict[str, list[int]] = {}
    for number, line in enumerate(text.split("\n")):
        places.setdefault(line.strip(), []).append(number)
    return places


def _agreeing(written: str, printed: str) -> int:
    """How many characters of a line with placeholders stand in a printed line too, in their order; 0 of a line without any.

    What an {% if %} has left out is not there; the line that agrees most is the one that has printed it.
    """
    count = at = 0
    for piece in _pieces(written) if "{" in written else ():
        found = printed.find(piece, at)
        if found >= 0:
            count, at = count + len(piece), found + len(piece)
    return count


@lru_cache(maxsize=1_000)
def _pieces(written: str) -> tuple[str, ...]:
    """What stands between the placeholders of a line."""
    return tuple(filter(None, map(str.strip, _TAG.split(written))))


def line_with(report: Report, passage: Passage, sought: str, read: Callable[[str], str] = str) -> Source:
    """The first line of a passage's text that holds something, as ``read`` turns it; that of its heading without one."""
    for start, line in lines_of(passage):
        if sought in read(line):
            return line_of(report, passage, start + len(line) - len(line.lstrip()))
    return Source(FILE, passage.line or None)


def lines_of(passage: Passage) -> Iterator[tuple[int, str]]:
    """Each line of a passage's text and where it begins."""
    start = 0
    for line in passage.markdown.splitlines(keepends=True):
        yield start, line
        start += len(line)


@lru_cache(maxsize=16)
def as_read(text: str) -> tuple[str, tuple[int, ...]]:
    """A text without Markdown's marks, its lines joined as on its page, and the place of each of its characters.

    A line ends at links, code and labels.
    """
    made: list[str] = []
    places: list[int] = []
    whole = joined(text)
    labels, end = {found.end() for found in _LABEL.finditer(whole.text)}, 0
    for mark in _MARKS.finditer(whole.text):
        sign = mark["sign"] or ("\n" if mark["apart"] or mark.end() in labels else "")
        made += [whole.text[end : mark.start()], sign]
        places += [*range(end, mark.start()), *([mark.end() - 1] if sign else [])]
        end = mark.end()
    places += range(end, len(whole.text))
    return "".join([*made, whole.text[end:]]), whole.typed_all(places)


@dataclass(frozen=True, slots=True)
class Remark:
    """A paragraph, a sentence, or a part of one that ; ends, as rules read it; it knows where it was typed.

    Parameters
    ----------
    text : str
        Without Markdown's marks and without blanks but those between digits; digits, brackets and commas of one kind
        (`even`), years in figures.
    places : sequence of int
        Where each of its characters stands in what was typed.
    written : str
        What was typed: Markdown.
    paragraph : str
        The text of its paragraph.
    """

    text: str
    places: Sequence[int]
    written: str
    paragraph: str

    def without(self, pattern: re.Pattern[str]) -> Remark:
        """The same without what a pattern finds."""
        return Remark(*_without(pattern, self.text, self.places), self.written, self.paragraph)

    def typed(self, begin: int = 0, end: int | None = None) -> str:
        """What stands there as it was typed, but in one line, so that one finds it; with both signs of bold text."""
        first, last = self.places[begin], self.places[(len(self.text) if end is None else end) - 1] + 1
        if self.written.count("**", first, last) % 2:
            is_opened = self.written.startswith("**", max(0, first - 2))
            first, last = (first - 2, last) if is_opened else (first, last + 2 * self.written.startswith("**", last))
        whole = joined(self.written)
        return whole.text[whole.at(first) : whole.at(last)]

    def part(self, begin: int, end: int) -> Remark:
        """A part of it."""
        return Remark(self.text[begin:end], self.places[begin:end], self.written, self.paragraph)


# As many texts as a report has, that are read by one rule behind the other.
@lru_cache(maxsize=16)
def paragraphs(text: str) -> tuple[Remark, ...]:
    """The lines of a passage's text that say something; a line ends in them at links, code and cells."""
    read, written_at = as_read(text)
    read = _BREAK.sub(lambda one: " " if text[written_at[one.start()]] == "*" else "\n", read)
    said = years_in_figures(even(read))  # which keep each character in its place
    said, places = _without(_BLANK, said, written_at)
    ends = [at for one in _BREAK.finditer(said) if text[places[at := one.start()]] == "\n"]
    spans = zip([0, *(at + 1 for at in ends)], [*ends, len(said)], strict=True)
    return tuple(Remark(said[begin:end], places[begin:end], text, said[begin:end]) for begin, end in spans if begin < end)


@lru_cache(maxsize=16)
def sentences(text: str) -> tuple[Remark, ...]:
    """The sentences of a passage's text, and their parts between semicolons; one goes on behind a label."""
    return tuple(line.part(*one.span()) for line in paragraphs(text) for one in PART.finditer(line.text))


def is_done(text: str) -> bool:
    """Whether a sentence says that something is over: 完成了, 已完成."""
    return _OVER.search(text) is not None


def _without(pattern: re.Pattern[str], text: str, places: Sequence[int]) -> tuple[str, Sequence[int]]:
    """A text without what a pattern finds, and the places of what is left."""
    made: list[str] = []
    left: list[int] = []
    end = 0
    for found in pattern.finditer(text):
        made.append(text[end : found.start()])
        left += places[end : found.start()]
        end = found.end()
    return ("".join([*made, text[end:]]), (*left, *places[end:])) if end else (text, places)
