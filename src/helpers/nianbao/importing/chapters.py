"""The headings of chapters in a flow: by their numerals and words, or by their order; not what a list counts in one."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao.importing import contents
from nianbao.importing.counted import CHAPTER
from nianbao.importing.flow import LINK, Paragraph, Unreadable
from nianbao.narrative.headings import by_words, heading_of, in_full
from nianbao.statute import tree
from nianbao.statute.formats import TERM
from nianbao.wording import NUMERALS

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from nianbao.narrative.headings import Heading
    from nianbao.statute.formats import Format, Section

LONGEST = 40  # characters of a heading
MOST_CHAPTERS = 100
_SEVERAL = 3
_LOST = re.compile(r"^(?:第(?:部分|章)|[0-9]{1,2}(?=[、.．]))?[\W_]*")  # what is left of a numeral, or stands for it
_BEHIND = "。：: \u3000"  # what may stand between a heading and the text behind it


def headings(parts: Sequence[object], form: Format) -> list[int]:
    """The places of the paragraphs that head chapters: by numeral and wording, or by their order.

    A table of contents, which is a run of headings with nothing between, heads nothing.
    """
    alone = standing_alone(parts, form)
    found = [
        (at, heading_of(at, 0, part.text)) for at, part in enumerate(parts)
        if isinstance(part, Paragraph) and may_head(part) and not _is_sentence(part, form, alone)
    ]  # fmt: skip
    worded = [(at, heading) for at, heading in found if _agrees(heading, form, alone)]
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
    return _rising(contents.without(chosen, parts), form, alone)


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


def parted(paragraph: Paragraph, form: Format, alone: Container[str]) -> list[Paragraph]:
    """A chapter's heading and the text that stands behind it in the same line, as two paragraphs.

    The heading is the statutory one, or it is bold and the text is not. Where a statutory one stands ``alone`` elsewhere, a
    sentence that begins with its words is no heading.
    """
    text, known = paragraph.text, _own(paragraph, form)
    end = len(known) if known else paragraph.bold if CHAPTER.match(text) else 0
    if (is_glued(paragraph, form) and _is_whole(paragraph)) or _is_sentence(paragraph, form, alone):
        return [paragraph]
    end += len(text[end:]) - len(text[end:].lstrip(_BEHIND)) if end else 0
    if not 0 < end < len(text) or end > LONGEST or not text[end:].strip() or contents.unpaged(text) == known:
        return [paragraph]
    head = replace(paragraph, text=text[:end].rstrip(" \u3000"), bold=min(paragraph.bold, end))
    return [head, replace(paragraph, text=text[end:], bold=0)]


def is_glued(paragraph: Paragraph, form: Format) -> bool:
    """Whether words stand right behind those of a statutory heading, and look like them."""
    end = len(_own(paragraph, form))
    return end > 0 and paragraph.text[end : end + 1] not in _BEHIND and paragraph.bold != end


def is_guessed(paragraph: Paragraph, made: Sequence[Paragraph], form: Format) -> bool:
    """Whether a line was parted where nothing tells its heading from its text."""
    return len(made) > 1 and is_glued(paragraph, form) and made[1].text[0] not in "（(["


def standing_alone(parts: Sequence[object], form: Format) -> set[str]:
    """The statutory headings with a line of their own, and no other one right above or below, as a table of contents has."""
    own = {tree.normalise(section.heading) for section in form.sections}
    lines = [tree.normalise(part.text).rstrip("。:") if isinstance(part, Paragraph) else "" for part in parts]
    around = zip(["", *lines], lines, [*lines[1:], ""], strict=False)
    return {line for above, line, below in around if line in own and not {above, below} & own}


def _is_sentence(paragraph: Paragraph, form: Format, alone: Container[str]) -> bool:
    """Whether a line begins with the words of a heading that stands elsewhere, and goes on: 一、总体情况有待改善。"""
    return is_glued(paragraph, form) and not _is_whole(paragraph) and tree.normalise(_own(paragraph, form)) in alone


def _agrees(heading: Heading, form: Format, alone: Container[str]) -> bool:
    """Whether a heading has the numeral and the words of a chapter, whose own heading does not stand elsewhere.

    One that has all of its words is that chapter's with any numeral: that is a slip, or was counted otherwise.
    """
    sections = [one for one in by_words(heading, form) if one.numeral == heading.numeral] + in_full(heading, form)
    named = [tree.normalise(one.heading) for one in sections if heading.numeral]
    return any(one not in alone or one == tree.normalise(heading.text).rstrip("。:") for one in named)


def _own(paragraph: Paragraph, form: Format) -> str:
    """The statutory heading that a line begins with, '' for none."""
    return next((one.heading for one in form.sections if paragraph.text.startswith(one.heading)), "")


def _is_whole(paragraph: Paragraph) -> bool:
    """Whether a line that goes on behind a statutory heading heads a chapter with all of it: 一、总体情况概述."""
    return may_head(paragraph) and not re.search("[，,：:。]", paragraph.text)


def may_head(part: Paragraph) -> bool:
    """Whether a line is short enough to head a chapter, and no sentence."""
    text = part.text
    if part.mark or part.around == LINK:
        return False
    return len(text) <= LONGEST and not re.search(r"[。；;！!？?]", text[:-1]) and text[-1] not in "；;，,、"


def without_numeral(parts: Sequence[object], marks: Sequence[int], form: Format) -> list[int]:
    """The places of the lines that head chapters and have lost their numerals: 、主动公开政府信息情况, 1、总体情况.

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
    is_signed = not part.mark and bool(re.match(r"\D*[、.．，,章分]", part.text[: len(part.text) - len(rest)]))
    own = tree.normalise(section.heading.partition("、")[2])
    return is_signed or tree.normalise(rest).rstrip("。:").replace(form.term, TERM) in {own, own.replace(form.term, TERM)}


def _is_heading(part: object) -> bool:
    return isinstance(part, Paragraph) and (part.level > 0 or part.bold == len(part.text))


def _rising(found: list[tuple[int, Heading]], form: Format, alone: Container[str]) -> list[int]:
    """The headings whose numerals rise; one that begins anew within a chapter numbers what stands in it.

    So does one with a higher numeral than that of a statutory chapter below: 七、其他 in chapter 五.
    """
    result: list[int] = []
    last = -1
    numbers = [NUMERALS.index(heading.numeral) if heading.numeral in NUMERALS else -1 for _, heading in found]
    agree = [_agrees(heading, form, alone) for _, heading in found]
    for order, (at, heading) in enumerate(found):
        number = numbers[order] if heading.numeral in NUMERALS else last + 1
        below = [other for other, agrees in zip(numbers[order:], agree[order:], strict=True) if agrees and other > last]
        if agree[order] or last < number <= min(below, default=number):
            result.append(at)
            last = max(number, last)
    return result
