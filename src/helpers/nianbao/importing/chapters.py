"""The headings of chapters in a flow: by their numerals and words, or by their order; not what a list counts in one."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao.importing import contents
from nianbao.importing.counted import CHAPTER
from nianbao.importing.flow import Paragraph, Unreadable
from nianbao.narrative.headings import by_words, heading_of
from nianbao.statute import tree
from nianbao.statute.formats import TERM
from nianbao.wording import NUMERALS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.narrative.headings import Heading
    from nianbao.statute.formats import Format, Section

LONGEST = 40  # characters of a heading
MOST_CHAPTERS = 100
_SEVERAL = 3
_LOST = re.compile(r"^(?:第(?:部分|章))?[\W_]*")  # what is left of a numeral


def headings(parts: Sequence[object], form: Format) -> list[int]:
    """The places of the paragraphs that head chapters: by numeral and wording, or by their order.

    A table of contents, which is a run of headings with nothing between, heads nothing.
    """
    found = [
        (at, heading_of(at, 0, part.text)) for at, part in enumerate(parts) if isinstance(part, Paragraph) and may_head(part)
    ]
    worded = [
        (at, heading) for at, heading in found if any(one.numeral == heading.numeral for one in by_words(heading, form))
    ]
    sure = {heading.numeral for _, heading in worded if CHAPTER.match(heading.text)}
    counted = [(at, heading) for at, heading in found if CHAPTER.match(heading.text)]
    items = _items(counted, worded, sure, len(form.sections))
    chosen = [one for one in counted if one in worded or (one[1].numeral not in sure and one[0] not in items)]
    if not any(CHAPTER.match(heading.text) for _, heading in worded) and worded:
        chosen = worded  # chapters that are counted as （一） or 1.
    if not chosen:
        chosen = [(at, heading) for at, heading in found if by_words(heading, form) and _is_heading(parts[at])]
    if len(chosen) > MOST_CHAPTERS:
        raise Unreadable(f"有{len(chosen)}个章的标题", f"最多{MOST_CHAPTERS}章", "只保留一份报告")
    return _rising(contents.without(chosen, parts), form)


def _items(found: list[tuple[int, Heading]], worded: list[tuple[int, Heading]], sure: set[str], last: int) -> set[int]:
    """The places of what is counted from 一 anew within a chapter, before a chapter with no higher number.

    A list that counts further than the ``last`` chapter of the form is counted to its end.
    """
    items: set[int] = set()
    number = 0
    for order, (at, heading) in enumerate(found):
        is_next = heading.numeral in NUMERALS[number : number + 1]
        number = 0 if (at, heading) in worded or not is_next or NUMERALS[0] not in sure else number + 1
        later = {one.numeral for place, one in found[order + 1 :] if (place, one) in worded}
        goes_on = number > last and sure >= {*NUMERALS[: number - 1]}
        items |= {at} if goes_on or (number and later & {*NUMERALS[:number]}) else set()
    return items


def may_head(part: Paragraph) -> bool:
    """Whether a line is short enough to head a chapter, and no sentence."""
    text = part.text
    if part.mark or part.around == "链接":
        return False
    return len(text) <= LONGEST and not re.search(r"[。；;！!？?]", text[:-1]) and text[-1] not in "；;，,、"


def without_numeral(parts: Sequence[object], marks: Sequence[int], form: Format) -> list[int]:
    """The places of the lines that head chapters and have lost their numerals: 、主动公开政府信息情况.

    Their words are those of a chapter that is missing between its neighbours; where a sign is left of the numeral, they
    name it. Where all numerals are lost, there are several in the chapters' order, and not only the captions of tables.
    """
    known = [(at, NUMERALS.index(one)) for at in marks if (one := _numeral(parts[at])) in NUMERALS]
    numbers = {number for _, number in known}
    if marks and not any(_is_worded(parts[at], form) for at in marks):
        return []
    found: list[int] = []
    has_text = bool(marks)
    for section in form.sections:
        number = NUMERALS.index(section.numeral)
        begin = max((at for at, other in known if other < number), default=-1)
        end = min((at for at, other in known if other > number and at > begin), default=len(parts))
        fitting = [at for at in range(begin + 1, end) if number not in numbers and _has_words_of(parts[at], section, form)]
        found += fitting[:1] if begin >= 0 else fitting[-1:]
        has_text = has_text or (bool(fitting) and not section.table)
    is_whole = bool(marks) or (len(found) >= _SEVERAL and found == sorted(found))
    return found if has_text and is_whole else []


def _numeral(part: object) -> str:
    return heading_of(0, 0, part.text).numeral if isinstance(part, Paragraph) else ""


def _is_worded(part: object, form: Format) -> bool:
    heading = heading_of(0, 0, part.text) if isinstance(part, Paragraph) else None
    return heading is not None and any(one.numeral == heading.numeral for one in by_words(heading, form))


def _has_words_of(part: object, section: Section, form: Format) -> bool:
    """Whether a line without a numeral has the words of a chapter; a sign that is left of it stands for their like."""
    rest = _LOST.sub("", part.text, count=1) if isinstance(part, Paragraph) else ""
    if not isinstance(part, Paragraph) or not rest or not may_head(replace(part, text=rest, mark="")):
        return False
    heading = heading_of(0, 0, rest)
    if heading.numeral or by_words(heading, form) != [section]:
        return False
    is_signed = not part.mark and bool(re.search("[、.．，,章分]", part.text[: len(part.text) - len(rest)]))
    own = tree.normalise(section.heading.partition("、")[2])
    return is_signed or tree.normalise(rest).rstrip("。:").replace(form.term, TERM) in {own, own.replace(form.term, TERM)}


def _is_heading(part: object) -> bool:
    return isinstance(part, Paragraph) and (part.level > 0 or part.bold == len(part.text))


def _rising(found: list[tuple[int, Heading]], form: Format) -> list[int]:
    """The headings whose numerals rise; one that begins anew within a chapter numbers what stands in it."""
    result: list[int] = []
    last = -1
    for at, heading in found:
        number = NUMERALS.index(heading.numeral) if heading.numeral in NUMERALS else last + 1
        agrees = any(one.numeral == heading.numeral for one in by_words(heading, form))
        if number > last or agrees:
            result.append(at)
            last = max(number, last)
    return result
