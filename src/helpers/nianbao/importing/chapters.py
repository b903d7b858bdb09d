"""The headings of chapters in a flow: by their numerals and words, or by their order; not what a list counts in one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.importing import contents
from nianbao.importing.counted import CHAPTER
from nianbao.importing.flow import Paragraph, Unreadable
from nianbao.narrative.headings import by_words, heading_of
from nianbao.wording import NUMERALS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.narrative.headings import Heading
    from nianbao.statute.formats import Format

LONGEST = 40  # characters of a heading
MOST_CHAPTERS = 100


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
    items = _items(counted, worded, sure)
    chosen = [one for one in counted if one in worded or (one[1].numeral not in sure and one[0] not in items)]
    if not any(CHAPTER.match(heading.text) for _, heading in worded) and worded:
        chosen = worded  # chapters that are counted as （一） or 1.
    if not chosen:
        chosen = [(at, heading) for at, heading in found if by_words(heading, form) and _is_heading(parts[at])]
    if len(chosen) > MOST_CHAPTERS:
        raise Unreadable(f"有{len(chosen)}个章的标题", f"最多{MOST_CHAPTERS}章", "只保留一份报告")
    return _rising(contents.without(chosen, parts), form)


def _items(found: list[tuple[int, Heading]], worded: list[tuple[int, Heading]], sure: set[str]) -> set[int]:
    """The places of what is counted from 一 anew within a chapter, before a chapter with no higher number."""
    items: set[int] = set()
    number = 0
    for order, (at, heading) in enumerate(found):
        is_next = heading.numeral in NUMERALS[number : number + 1]
        number = 0 if (at, heading) in worded or not is_next or NUMERALS[0] not in sure else number + 1
        later = {one.numeral for place, one in found[order + 1 :] if (place, one) in worded}
        items |= {at} if number and later & {*NUMERALS[:number]} else set()
    return items


def may_head(part: Paragraph) -> bool:
    """Whether a line is short enough to head a chapter, and no sentence."""
    text = part.text
    if part.mark or part.around == "链接":
        return False
    return len(text) <= LONGEST and not re.search(r"[。；;！!？?]", text[:-1]) and text[-1] not in "；;，,、"


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
