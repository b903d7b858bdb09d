"""The pages of a Chinese report's PDF, played through before Typst makes them: where they end, and what fills them.

Typst cannot weigh one way to share out the lines of a page against another. Pictures and one's own tables it measures
itself, though: where something stands below them nobody knows for sure.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from math import ceil
from typing import TYPE_CHECKING

from nianbao.render.pagination import BETWEEN, BREAK, HEADED, PAGE, PITCH, Pages, evened, least, left_over
from nianbao.render.stack import Entry, note_rows, noted_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nianbao.render.fits import Fits
    from nianbao.render.pagination import Ending, Parted, Step, Whole

# What it costs that a line ends a page alone below its heading; that a table goes over a page between its parts, between its
# rows, and there with notes; and that these do.
_ALONE, _PARTED, _TORN, _NOTED, _SPLIT = 20, 20, 2400, 30, 8
_LONELY, _LAST = {0: 640, 1: 280, 2: 8}, 10  # a signature below so few lines of text, and a page more for its sake
AT_END, OVER = 1, 2  # where the notes below a table stand that take no whole lines: to the end of its page, or over it


@dataclass(slots=True)
class Sheets:
    """What stands on the pages, and the pages as they may come out.

    Above on the page stands nothing that Typst measures where that is ``sure``, and notes at most where that is ``known``.
    Of the ``unsure`` tables nobody knows where they stand, unless Typst has ``found`` it: below which line, by where their
    HTML begins. These are ``asked`` for. Of those ``chosen`` the pages say how they are best; so many
    lines of headings stand ``ahead`` of each table and picture.
    """

    entries: Sequence[Entry]
    pages: Pages
    is_sure: bool = True
    is_known: bool = True
    chosen: list[Entry] = field(default_factory=list)
    found: Mapping[int, int] = field(default_factory=dict)
    unsure: set[Entry] = field(default_factory=set)
    asked: set[Entry] = field(default_factory=set)
    ahead: dict[Entry, int] = field(default_factory=dict)

    def played(self, start: int = 0, is_part: bool = False) -> None:
        """Play through what stands on the pages from an entry on, or a part: as long as anybody knows where it stands."""
        for entry in islice(self.entries, start, None):
            self.ahead[entry] = self.pages.ahead
            self._place(entry, entry.lines)
            if is_part and not self.is_known:
                return

    def _place(self, entry: Entry, lines: int | None) -> None:
        pages = self.pages
        if entry.form:
            self._table(entry, entry.form.fits)
        elif entry.kind == "picture":
            self._picture(entry)
        elif entry.kind == "attachment":
            pages.fresh()
            self.is_sure = self.is_known = True
        elif not lines or entry.is_long:
            self._lose(entry)
        elif entry.kind == "heading":
            pages.ahead += lines
        elif entry.kind == "text":
            self._text(entry, lines)
        elif entry.kind == "quote":
            pages.run(lines)
        elif entry.kind == "end":
            self._end(lines)
        elif not entry.is_of_form:
            pages.block(lines)
            self.is_sure = self.is_sure and entry.kind == "box"
            self.is_known = self.is_known and entry.kind != "own"

    def _lose(self, entry: Entry) -> None:
        if entry.kind != "edge":
            self.pages.lose()
            self.is_known = False

    def _text(self, entry: Entry, lines: int) -> None:
        stays = min(entry.left, lines) if entry.left > 1 or entry.behind or lines == 1 else 0
        if entry.is_headed and lines - stays > 1:
            self.chosen.append(entry)
            self.pages.run(lines, HEADED, max(1, stays), entry.behind, _ALONE)
        else:
            self.pages.run(lines, 1, max(1, stays), entry.behind)

    def _end(self, lines: int) -> None:
        """A signature, better not below few lines of text."""
        pages = self.pages

        def visit(line: int, _: int) -> Iterator[Step]:
            after, price = pages.placed(line, lines)
            yield after, price + _LONELY.get(after - lines, 0) + _LAST * (price > 0), None, 0

        pages.step(visit)

    def _picture(self, entry: Entry) -> None:
        """A picture takes the room that its page has left, as `apart` of report.typ does, where that knows how much it is.

        Where it begins the next page, lines behind it go up, and more before the next picture.
        """
        pages, below = self.pages, entry.below
        ahead, beside = pages.ahead, pages.ahead + below
        if entry.tall is None or beside >= PAGE:
            self._lose(entry)
            return
        whole = (PAGE - beside) * PITCH - BETWEEN
        tall = min(entry.tall, whole)
        low = least(tall / PITCH, below, entry.tall > PAGE * PITCH - BETWEEN) * PITCH
        lines = ceil((tall + BETWEEN) / PITCH - 0.001)
        behind = sum(one.lines or 0 for one in entry.risers)

        def visit(line: int, up: int) -> Iterator[Step]:
            free = PAGE - line - up - beside
            if lines <= free:
                yield line + ahead + lines, 0, None, up
            elif entry.above and free * PITCH - BETWEEN > low:
                yield PAGE - below - up, 0, None, up
            else:
                risen = min(max(behind, up), PAGE - line)
                yield max(0, ahead + lines - risen), left_over(PAGE - line - risen) + BREAK, None, risen

        pages.step(visit)
        self.is_sure = self.is_known = False

    def _table(self, entry: Entry, fits: Fits | None) -> None:
        """A statutory table: as tall as suits its page, or in two parts of which the first fills its page."""
        pages = self.pages
        if not fits:
            self._lose(entry)
            return
        self.chosen.append(entry)
        if not self.is_known:
            self.asked.add(entry)
            if entry.begin in self.found:
                self._begin(self.found[entry.begin])
            else:
                self.unsure.add(entry)
        if not fits.least:
            if not self.is_sure or not self.is_known:
                self._begin(0)
            pages.long(lambda line: _endings(fits, line))
            self.is_sure = self.is_known = True
            return
        rows = entry.note.rows if entry.note else 0
        notes = noted_lines(rows)
        how = 0 if pages.ahead + fits.least + notes <= PAGE else OVER
        whole = [(lines + notes, price, (lines, 0, how)) for lines, price in enumerate(fits.prices, fits.least)]
        whole = [one for one in whole if pages.ahead + one[0] <= PAGE] or whole[:1]
        parted = [*_noted(whole, rows, notes), *(_parted(fits, notes) if self.is_sure else ())]
        pages.table(whole, parted, fits.talls_of)
        self.is_sure = self.is_sure and not notes

    def _begin(self, line: int) -> None:
        """Go on below a line of a page, where headings stand already ahead of what comes."""
        ahead = self.pages.ahead
        self.pages.fresh(line)
        self.pages.ahead, self.is_sure, self.is_known = ahead, True, True

    def top(self, entry: Entry) -> int:
        """How many lines a table best takes below its headings at the top of a page, by what is known to follow."""
        pages = Pages(bounds=self.pages.bounds, ahead=self.ahead[entry])
        Sheets(self.entries, pages, is_sure=False).played(self.entries.index(entry), is_part=True)
        choice = pages.choices()[0]
        fits = entry.form and entry.form.fits
        return choice[0] if choice and not choice[1] else fits.easiest if fits else 0


def planned(entries: Sequence[Entry], found: Mapping[int, int]) -> Sheets:
    """What stands on the pages, with the pages as they are best, by what Typst has ``found``."""
    sheets = Sheets(entries, Pages(), found=found)

    def play(pages: Pages) -> None:
        nonlocal sheets
        sheets = Sheets(entries, pages, found=found)
        sheets.played()

    sheets.pages = evened(play, Pages())
    return sheets


def _endings(fits: Fits, line: int) -> list[Ending]:
    """How a table longer than a page ends that begins on a line of it, if it can begin there."""
    ways = fits.rests[line] if line < PAGE else ()
    return [(1, rest, price, (line, -1, number)) for number, (rest, price, _) in enumerate(ways)]


def _noted(whole: Sequence[Whole], rows: int, notes: int) -> Iterator[Parted]:
    """How notes below a table, of so many lines of their own, reach the end of its page or go over it."""
    for _, price, (lines, _, _) in whole:
        for left in range(1, min(notes, PAGE - lines + 1)):
            here = note_rows(left)
            if here >= rows:
                yield lines + left, 0, price, (lines, 0, AT_END), 0
            elif here > 1:
                rest = noted_lines((rows - here - 1) % note_rows(PAGE) + 1)
                yield lines + left, rest, price + _SPLIT, (lines, 0, OVER), 0


def _parted(fits: Fits, notes: int) -> Iterator[Parted]:
    """How a table goes over a page, between its parts or its rows, with so many lines of notes below it."""
    for number, (_, first, _, lines, _, price) in enumerate(fits.parted, 1):
        if lines + notes <= PAGE:
            yield first, lines + notes, price + _PARTED, (ceil(first), number, 0), PAGE
    for line, ways in enumerate(fits.rests):
        for number, (rest, price, _) in enumerate(ways):
            if rest + notes <= PAGE:
                yield PAGE - line, rest + notes, price + (_NOTED if notes else _TORN), (line, -1, number), 0
