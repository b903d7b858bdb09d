"""Where in narrative.md each paragraph of the printed report stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from nianbao.asides import behind_name, is_aside
from nianbao.importing import prose
from nianbao.importing.flow import Grid, Paragraph
from nianbao.importing.returned import tokens
from nianbao.importing.returned.matching import items_of
from nianbao.narrative import chapters
from nianbao.narrative.names import scope
from nianbao.shown.seen import squeezed
from nianbao.wording import TABLE_MARK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from nianbao.importing.returned.matching import Item
    from nianbao.importing.returned.printed import Own
    from nianbao.importing.returned.tokens import Line, Token
    from nianbao.inputs.report import Report

_TABLE = re.compile(f"{TABLE_MARK}(\\w+){TABLE_MARK}")
_COUNTED = re.compile(r"(?:\d{1,9}\.|[-+*•])(?!\d)")  # what a list puts before an item, squeezed
BAR = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item of the printed report stands.

    Parameters
    ----------
    lines : tuple of Line
        Its lines in narrative.md; none of what the kit prints by itself: a computed lead, a caption, a table in its place.
    shared : int
        How many items stand in these lines.
    computed : tuple of Token
        The parts of a lead that is computed.
    """

    lines: tuple[Line, ...] = ()
    shared: int = 1
    computed: tuple[Token, ...] = ()


@dataclass(slots=True)
class Chapter:
    """A chapter in narrative.md: its heading, the number of its heading's line, -1 for none, and of its last line."""

    heading: str
    line: int
    end: int
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Placed:
    """The items of the printed report, each with its place, and the chapters of narrative.md by `Item.number`.

    What narrative.md has and nobody read in the print has a number below 0.
    """

    items: tuple[Item, ...]
    places: tuple[Place, ...]
    chapters: dict[int, Chapter]

    def fresh(self, spot: int, known: AbstractSet[int]) -> Iterator[tuple[Item, int]]:
        """The items right behind a line of which the numbers are not known, each with the line behind which others come."""
        below = sorted((one.lines[0].number, at) for at, one in enumerate(self.places) if one.lines)
        for line, at in below:
            if line > spot:
                if at in known or self.items[at].is_heading:
                    return
                yield self.items[at], self.places[at].lines[-1].behind


def placed(own: Own) -> Placed:
    """The items of a report with their places."""
    assert own.made.outline
    items = tuple(items_of(own.made.outline))
    known = _chapters(own)
    places: list[Place] = []
    for number in dict.fromkeys(one.number for one in items):
        some = [one for one in items if one.number == number]
        heading = some[0].chapter
        there = known.get(number) or Chapter(heading, -1, -1)
        head, rest = ([one for one in some if one.is_heading], [one for one in some if not one.is_heading])
        line = next((one for one in there.lines if one.number == there.line), None)
        places += [Place((line,) if line and at == 0 else ()) for at, _ in enumerate(head)]
        found = _in_lines(rest, [one for one in there.lines if one.number != there.line])
        lead = _lead(own, heading)
        places += [
            replace(place, computed=lead)
            if lead and not place.lines and one.key == squeezed("".join(part.printed for part in lead))
            else place
            for one, place in zip(rest, found, strict=True)
        ]
    return Placed(items, tuple(places), known)


def _chapters(own: Own) -> dict[int, Chapter]:
    """The chapters of narrative.md with their lines; 0 is what stands above them."""
    report = own.report
    names, lines = scope(report), report.narrative.split("\n")
    found = chapters.split(report.narrative, report.format)
    begin = found.preamble[0]
    preamble = found.preamble[1].count("\n") + 1 if found.preamble[1] else 0
    known = {
        0: Chapter("", begin - 1, _last(lines, begin, begin + preamble), tokens.read(lines, begin, begin + preamble, names))
    }
    for one in (*found.chapters, *found.attachments):
        end = one.line + (one.text.count("\n") + 1 if one.text else 0)
        heading = tokens.read(lines, one.line - 1, one.line, names) if "{" not in one.heading else []
        number, printed = _printed(own, one, known)
        known[number] = Chapter(
            printed, one.line - 1, _last(lines, one.line, end), [*heading, *tokens.read(lines, one.line, end, names)]
        )
    return known


def _last(lines: Sequence[str], begin: int, end: int) -> int:
    """The last line of a passage that is not blank, or the one above it."""
    return max((at for at in range(begin, min(end, len(lines))) if lines[at].strip()), default=begin - 1)


def _printed(own: Own, chapter: chapters.Chapter, known: dict[int, Chapter]) -> tuple[int, str]:
    """The number and the heading of a chapter as it is printed, and read: the first free one of those with one heading."""
    heading = next((one.heading for one in own.narrative.passages if one.own and one.line == chapter.line), chapter.heading)
    outline = own.made.outline
    read = [one.heading.text for one in (*outline.chapters, *outline.attachments)] if outline else []
    same = ((at, one) for at, one in enumerate(read, 1) if at not in known and squeezed(one) == squeezed(heading))
    return next(same, (min(known) - 1, heading))


def _lead(own: Own, heading: str) -> tuple[Token, ...]:
    """The parts of the lead that is computed for a chapter."""
    for one in own.narrative.sections:
        if not one.own and one.section and squeezed(one.heading) == squeezed(heading):
            return tokens.computed(one.section.lead, scope(own.report))
    return ()


def _in_lines(items: Sequence[Item], lines: Sequence[Line]) -> list[Place]:
    """The lines of each item of a chapter: where they print the same, one or several for one or several items."""
    shown = [_shown(line) for line in lines]
    texts = [_text(one) for one in items]
    places = [Place()] * len(items)
    blocks = SequenceMatcher(None, texts, shown, autojunk=False).get_matching_blocks()
    a_end = b_end = 0
    for a, b, size in blocks:
        _together(items, lines, range(a_end, a), range(b_end, b), places)
        for step in range(size):
            places[a + step] = Place((lines[b + step],))
        a_end, b_end = a + size, b + size
    return places


def _text(item: Item) -> str:
    """What an item's lines show, without the sign of a list."""
    if isinstance(item.part, Paragraph):
        return _uncounted(squeezed(prose.plain(item.part)))
    return squeezed(item.key.replace("\t", "").replace("\n", "")) if isinstance(item.part, Grid) else item.key


def _shown(line: Line) -> str:
    """What a line shows by itself, squeezed and without the sign of a list, of which it may be no item by itself."""
    printed = line.printed
    if table := _TABLE.fullmatch(printed.strip()):
        return f"\0{table[1]}"
    return _uncounted(squeezed(prose.prints(printed)))


def _uncounted(text: str) -> str:
    return _COUNTED.sub("", text, count=1) if _COUNTED.match(text) else text


def _together(items: Sequence[Item], lines: Sequence[Line], some: range, there: range, places: list[Place]) -> None:
    """Give the items between two that are placed the lines between: each run of both that shows the same."""
    at = some.start
    begin = there.start
    while at < some.stop and begin < there.stop:
        found = _run(items, lines, range(at, some.stop), range(begin, there.stop))
        if not found:
            begin += 1
            if begin == there.stop:
                at, begin = at + 1, there.start
            continue
        stop, end = found
        own = tuple(lines[begin:end])
        for number in range(at, stop):
            places[number] = Place(own, stop - at)
        if stop - at == end - begin and stop - at > 1:
            for number, line in zip(range(at, stop), own, strict=True):
                places[number] = Place((line,))
        at, begin = stop, end


def _run(items: Sequence[Item], lines: Sequence[Line], some: range, there: range) -> tuple[int, int] | None:
    """Where the shortest run of lines ends that shows the same as a run of items, both from their beginnings on."""
    ends = {}
    text = ""
    for at in some:
        text += _text(items[at])
        ends[text] = at + 1
    for end in range(there.start + 1, there.stop + 1):
        for shown in _ways(lines[there.start : end]):
            if shown in ends:
                return ends[shown], end
    return None


def _ways(lines: Sequence[Line]) -> Iterator[str]:
    """What some lines show together: as a table, or as text."""
    printed = [one.printed for one in lines]
    if all(BAR.search(one) for one in printed):
        texts = (prose.prints(printed_of(cell)) for _, row in rows_of(lines) for cell in row)
        yield squeezed("".join(texts))
    else:
        yield squeezed(prose.prints("\n".join(printed)))
        names = [one for one in printed if not is_aside(one)]
        if len(names) == 1 < len(printed):  # what else is said of a table is printed behind its name, wherever it stands
            said = behind_name(*(prose.prints(one) for one in printed if one != names[0]))
            yield squeezed(f"{prose.prints(names[0])}{said}")


def rows_of(lines: Sequence[Line]) -> list[tuple[Line, list[list[Token]]]]:
    """The rows of a table with the parts of their cells, without the line of dashes below its head and blank rows."""
    rows = [(line, _cells(line)) for at, line in enumerate(lines) if at != 1]
    return [(line, row) for line, row in rows if any(map(printed_of, row))]


def printed_of(cell: Sequence[Token]) -> str:
    """What a cell prints."""
    return "".join(one.printed for one in cell).strip()


def _cells(line: Line) -> list[list[Token]]:
    """The parts of each cell of a row; a bar behind a backslash, or in a placeholder or comment, parts none."""
    found: list[list[Token]] = [[]]
    for one in line.tokens:
        if one.kind is not tokens.TEXT:
            found[-1].append(one)
            continue
        first, *others = BAR.split(one.printed)
        found[-1] += [tokens.Token(first, first, tokens.TEXT)] if first else []
        found += [[tokens.Token(text, text, tokens.TEXT)] if text else [] for text in others]
    for edge, beside in ((0, 1), (-1, -2)):  # what prints nothing outside of the outer bars stays, in the cell beside it
        if len(found) > 1 and not printed_of(found[edge]):
            notes = [one for one in found[edge] if one.kind is not tokens.TEXT]
            found[beside] = [*notes, *found[beside]] if edge == 0 else [*found[beside], *notes]
            del found[edge]
    return found


def tables_of(report: Report) -> dict[str, str]:
    """The id of each statutory table → its name, as placeholders have it."""
    return {key: table.name for key, table in report.format.tables.items()}
