"""The one report that is meant, in files that may hold several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.errors import UsageError
from nianbao.importing import contents, titles
from nianbao.importing.counted import LONGEST, WAYS, is_chapter
from nianbao.importing.ending import is_sentence
from nianbao.importing.flow import Grid, Paragraph
from nianbao.language import say
from nianbao.narrative.headings import by_words, heading_of
from nianbao.statute import tree
from nianbao.wording import NUMERALS

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from nianbao.importing.flow import Block
    from nianbao.importing.titles import Title
    from nianbao.statute.formats import Format

ABOVE = "标题之前的文字"
LeftOut = tuple[str, str, str]


def one_of(blocks: list[Block], year: int, name: str, form: Format) -> tuple[Title | None, list[Block], list[LeftOut]]:
    """The title, and what stands below it, of the report that was asked for; and what is none of it: place, text, why.

    Raises
    ------
    UsageError
        When several reports are there and none, or more than one, is the one; when it is another year's.
    """
    left_out: list[LeftOut] = []
    found = _without_lines_of_text(titles.find(blocks), blocks, form)
    reports = _told_apart([one for one in found if not _is_line_of_text(one, found, blocks, form)], blocks)
    if not reports:
        last = found[-1] if found else None
        _must_be(last, year)
        left_out += [(one.place, one.text, ABOVE) for one in (blocks[: last.begin] if last else ())]
        return last, blocks[last.end :] if last else blocks, left_out
    if len(reports) > 1:
        fitting = [one for one in reports if one[0].year == year and name in {"", one[0].name}]
        if len(fitting) != 1:
            shown = "；".join(f"{one.text}（{one.place}）" for one, _ in reports)
            said = "the files hold {count} reports: {titles}; keep the one that is meant in a file of its own"
            raise UsageError(say(said, count=len(reports), titles=shown))
        others = [one for one in reports if one is not fitting[0]]
        left_out += [(title.place, title.text, "文件里的另一份报告，全部没有取用") for title, _ in others]
        reports = fitting
    title, end = reports[0]
    _must_be(title, year)
    again = [one for one in found if title.end <= one.begin < end and _is_of(one, title)]
    inside = {at for one in again for at in range(one.begin, one.end)}
    left_out += [(one.place, one.text, getattr(one, "around", "") or ABOVE) for one in blocks[: title.begin]]
    left_out += [(one.place, one.text, "标题又出现一次") for one in again]
    return title, [block for at, block in enumerate(blocks) if title.end <= at < end and at not in inside], left_out


def _told_apart(found: Sequence[Title], blocks: Sequence[Block]) -> list[tuple[Title, int]]:
    """The titles that head a report, each with the place where it ends: where the next one begins, with what is above it.

    A title heads one where tables stand below it, or the headings of two chapters; of one chapter, where it is another
    body's or year's. Any other is a line of the report in which it stands, as one on a cover is, with a table of contents.
    """
    ends = [*(one.begin for one in found), len(blocks)][1:]
    heads = [(at, heading_of(0, 0, one.text)) for at, one in enumerate(blocks) if isinstance(one, Paragraph) and _heads(one)]
    kept = [at for at, _ in contents.without(heads, blocks)]
    listed = {at for at, _ in heads} - {*kept}
    counted = [(one, _most_heads(blocks, one.end, end, listed)) for one, end in zip(found, ends, strict=False)]
    whole = [one for one, count in counted if count > 1]
    reports = [
        one for one, count in counted if count > 1 or (count and whole and not any(_is_of(one, own) for own in whole))
    ]
    begins = []
    for title in reports[1:]:
        above = [one for one in found if one.begin < title.begin]
        while above and above[-1] not in reports and _is_of(above[-1], title):
            title = above.pop()
        begins.append(title.begin)
    return [*zip(reports, [*begins, len(blocks)], strict=False)]


def _is_line_of_text(title: Title, found: Sequence[Title], blocks: Sequence[Block], form: Format) -> bool:
    """Whether the chapters above a line go on below it, by their words: where they have no numerals, only these tell."""
    first = found[0]
    above, below = (_worded(some, form) for some in (blocks[first.end : title.begin], blocks[title.end :]))
    return title is not first and bool(above and below) and below[0] > max(above)


def _worded(blocks: Sequence[Block], form: Format) -> list[int]:
    """The places of the statutory chapters whose headings, without their numerals, some lines are."""
    words = [tree.normalise(section.heading.partition("、")[2]) for section in form.sections]
    lines = [tree.normalise(one.text) for one in blocks if isinstance(one, Paragraph)]
    return [words.index(one) for one in lines if one in words]


def _most_heads(blocks: Sequence[Block], begin: int, end: int, listed: Container[int]) -> int:
    """How many headings of chapters stand from the end of a title on; 2 where tables do.

    ``listed`` are the places of headings that may be those of a table of contents: they are where nothing of a report
    stands between them and the next title, or where pages or 目录 tell.
    """
    below = blocks[begin:end]
    if any(isinstance(one, Grid) and not contents.is_of_cover(one) for one in below):
        return 2
    heads = [at for at in range(begin, end) if _heads(blocks[at])]
    last = max((at for at in heads if at in listed), default=end)
    is_told = any(isinstance(one, Paragraph) and contents.is_told(one.text) for one in below)
    is_cover = is_told or not any(isinstance(one, Paragraph) and is_sentence(one) for one in blocks[last + 1 : end])
    return sum(not (is_cover and at in listed) for at in heads)


def _is_of(line: Title, title: Title) -> bool:
    """Whether a title is once more that of a report."""
    return line.year == title.year and line.name in {"", title.name}


def _without_lines_of_text(found: list[Title], blocks: list[Block], form: Format) -> list[Title]:
    """The titles below which a report begins: where its chapters go on, a line that reads as a title is text."""
    texts = [block.text if isinstance(block, Paragraph) and len(block.text) < LONGEST else "" for block in blocks]
    counts = (([one for one in enumerate(texts) if any_.match(one[1])], first) for first, any_ in WAYS)
    heads = next((some for some, first in counts if any(first.match(text) for _, text in some)), [])
    numbered = [(at, *_numbered(text, form)) for at, text in heads]
    kept: list[Title] = []
    for title in found:
        next_ = next((one.begin for one in found if one.begin > title.begin), len(blocks))
        before = [one[1:] for one in numbered if kept and kept[-1].end <= one[0] < title.begin]
        below = [one for one in numbered if one[0] >= title.end]
        begins = bool(below) and below[0][1] == 1
        items = _list_in([one[1:] for one in below if one[0] < next_], before) if kept and begins else 0
        if items:
            numbered = [one for one in numbered if one not in below[:items]]
        elif not kept or begins or not before:
            kept.append(title)
    return kept


def _numbered(text: str, form: Format) -> tuple[int, bool]:
    """The number of a heading, and whether its words are those of the statutory chapter with that number."""
    heading = heading_of(0, 0, text)
    number = NUMERALS.index(heading.numeral) + 1 if heading.numeral in NUMERALS else 0
    return number, any(one.numeral == heading.numeral for one in by_words(heading, form))


def _list_in(below: list[tuple[int, bool]], before: list[tuple[int, bool]]) -> int:
    """How many headings below a line are a list of the text, behind which the chapters above go on; 0 for none.

    Its words are no chapter's. Where the numbers begin anew, the first is the chapter's that comes next; where they
    rise, it is the first with the words of its chapter.
    """
    last = 0
    for number, _ in before:
        last = number if number == last + 1 else last
    end = next((at for at in range(1, len(below)) if below[at][0] <= below[at - 1][0]), 0)
    if not end and before and before[0][1]:
        end = next((at for at, (number, is_worded) in enumerate(below) if is_worded and number > last), 0)
    number, is_worded = below[end] if end else (0, False)
    goes_on = number > last if is_worded else last > 0 and number == last + 1
    return end if goes_on and not any(is_worded for _, is_worded in below[:end]) else 0


def _heads(block: Block) -> bool:
    return isinstance(block, Paragraph) and is_chapter(block.text)


def _must_be(title: Title | None, year: int) -> None:
    if title and title.year != year:
        said = "the file holds the report of {found}, not of {year}: “{title}”"
        raise UsageError(say(said, found=title.year, year=year, title=title.text))
