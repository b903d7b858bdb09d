"""The pages of a report, played through before Word or a browser breaks them: how full each is, and how tall its tables are.

Neither can weigh one way to share out the lines of a page against another. All ways are tried here, line by line, each with
its price, and the cheapest is taken. A page has 22 lines of 28 characters.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

PAGE, CHARACTERS, INDENT = 22, 28, 2  # lines of a page, characters of a line and of an indent
WIDTH, PITCH = 442.2, 225 / 25.4 * 72 / PAGE  # of the type area and of a line, in pt: it is 156 mm wide and 225 mm tall
BETWEEN = PITCH - 15.75  # what lies between two lines, in pt
NAME = 17.0  # of a line of a table's name with its space, where a browser prints it, in pt
TITLE_LINE, NAME_LINE, NOTE_LINE = 20, 36, 49  # characters of a line of the title, of a table's or picture's name, of a note
HEADED = 2  # lines of a paragraph that stand with its heading at the end of a page
LATIN = 0.56  # of a character, the width of a letter or digit
BREAK = 20  # what a page more costs
# Empty lines at the end of a page, what each more costs beside the square of all, and the square of those.
_MANY, _LOST, _WORSE = 4, 160, 40
_SMALLER = 2  # what each line costs by which a picture is smaller than it could be
# How small it may be, of what it is on a page of its own; and where more than so many lines would stay empty otherwise, so
# that its letters can be read still. report.typ has the same.
_SMALL, _LEAST, _EMPTY = 0.6, 1 / 3, 5
_MUCH = 0.7  # and one that is taller than a page, as flow charts are
# So many times as tall as those of another table rows may be, and what it costs that they are more.
_EVEN, _UNLIKE = 1.66, 900
_STEPS = 6  # from the highest bounds for them that are tried to the lowest
_NEAR = 20  # what lower ones may save at most where no more are tried
# What it costs to hold a paragraph together, and that a signature stands alone on a page; it may stand alone where so few
# lines stand above it, as some of the text may be fewer than is thought.
_HELD, _ALONE, _FEW = 40, 10_000, 2

Choice = tuple[int, int, int]
"""How tall a table is; if it goes over a page, how tall its first part is, where this ends, and how tall the other is."""
Whole = tuple[int, float, Choice]
"""The lines that a table takes, what they cost, and what is chosen with them."""
Parted = tuple[float, int, float, Choice, int]
"""The lines that a table takes on one page, the last perhaps in part, and on the next, what they cost, and what is chosen
with them; and how many lines of the first page may stay empty: where there are more, more of the table would stand there."""
Ending = tuple[int, int, float, Choice]
"""How many pages end in a table, the line where it ends, what that costs, and what is chosen with it."""
Step = tuple[int, float, Choice | None, int]
"""The line that follows, what that costs, what is chosen, and how many lines of what comes next have gone up already."""
_Chosen = tuple[Choice, int, "_Chosen"] | None
_Way = tuple[float, _Chosen, int]


@dataclass
class Pages:
    """The pages as they may come out: for each line that the last page may end with, the best way there.

    There are none where nobody knows it. A table on two pages costs ``parted``. One that fills its page to the last line, or
    to ``near`` lines before it, costs ``tight``: it does not fit there if as many lines of text more stand above it than is
    thought. Rows of statutory tables are better no lower and no taller than the ``bounds``.
    """

    parted: int = 0
    tight: int = 0
    near: int = 0
    bounds: tuple[float, float] = (0.0, float("inf"))
    ahead: int = 0  # lines of headings, which stay with what follows
    is_end: bool = False  # whether these are a signature's, which is not to begin a page
    _ways: dict[int, _Way] = field(default_factory=lambda: {0: (0, None, 0)})
    _found: list[tuple[Choice, int] | None] = field(default_factory=list)
    _talls: dict[int, Callable[[Choice], Sequence[float]]] = field(default_factory=dict)
    _spent: float = 0.0  # before the page that begins last

    def block(self, lines: int) -> None:
        """Lines that stay together."""
        self.step(lambda line, _: [(*self.placed(line, lines), None, 0)])

    def text(self, lines: int, least: int, is_last: bool = False) -> None:
        """A paragraph of Word, of which so many lines stand at least at the end and at the beginning of a page.

        It is told how many lines its page leaves empty where it has no room below its headings; and 1 where it is held
        together to change where the signature stands, or 2 where the last one is held together with this.
        """
        ahead, first = self.ahead, lines if lines < 2 * least else least
        self._wait()

        def ways(line: int, _: int) -> Iterator[Step]:
            room = PAGE - line
            yield *self._flowing(line, lines, least, least), (room if ahead and room < ahead + first else 0, 0, 0), 0
            fits = ahead + lines <= room
            if ahead + lines <= PAGE and (is_last or not fits):
                yield ahead + lines, left_over(room) + BREAK + _HELD, (0, 2 if fits else 1, 0), 0

        self.step(ways)

    def run(self, lines: int, left: int = 1, kept: int = 1, ending: int = 0, alone: float = 0.0) -> None:
        """A paragraph. A page ends with so many of its lines ``left`` there at least, and begins with ``kept`` of them.

        Its last lines stay with the lines of an ``ending``, which come next.

        It is told whether one line stands ``alone`` with these at the end of a page, which costs as much as that says.
        """
        kept = min(kept, lines)
        ahead = self.ahead

        def ways(line: int, up: int) -> Iterator[Step]:
            rest = max(0, up - lines)
            yield *self._flowing(line, lines, left, kept, ending), (0, 0, 0) if alone else None, rest
            if alone and line + ahead + 1 == PAGE and lines > kept:
                after, price = self._flowing(line, lines, 1, kept, ending)
                yield after, price + alone, (1, 0, 0), rest

        if alone:
            self._wait()
        self.step(ways)

    def table(
        self,
        whole: Sequence[Whole],
        parted: Iterable[Parted] = (),
        tall: Callable[[Choice], Sequence[float]] = lambda _: (),
        behind: Sequence[int] = (),
    ) -> None:
        """A table that stays ``whole``, of which the first way is the lowest, or goes over a page.

        It is told how ``tall`` the rows of a statutory one are with a choice. Of paragraphs ``behind``, of so many lines,
        some may stand before it where it begins the next page: how many is the second number that is chosen.
        """
        if not self._ways:
            self._wait()
            return
        # With its headings it is no taller than a page.
        is_tall = self.ahead + whole[0][0] > PAGE
        whole = [one for one in whole if self.ahead + one[0] <= PAGE] or whole[:1]
        low, high = self.bounds
        is_bound = high < float("inf")

        def unlike(choice: Choice) -> float:
            return _UNLIKE * (is_bound and any(not low <= row <= high for row in tall(choice)))

        self._talls[len(self._found)] = tall
        whole = [(lines, price + unlike(choice), choice) for lines, price, choice in whole]
        parted = [(first, lines, price + unlike(choice), choice, spare) for first, lines, price, choice, spare in parted]

        def visit(line: int, _: int) -> Iterator[Step]:
            for lines, price, choice in whole:
                after, moved = self.placed(line, lines)
                yield after, moved + price + self.tight * (after >= PAGE - self.near), choice, 0
                for count, up in enumerate(accumulate(behind) if moved else (), 1):
                    if line + up <= PAGE and up <= after:
                        yield after - up, price + left_over(PAGE - line - up) + BREAK, (choice[0], count, choice[2]), 0
            begins = [(line, 0.0), (0, left_over(PAGE - line) + BREAK)] if is_tall and line else [(line, 0.0)]
            for first, lines, price, choice, spare in parted:
                for begin, moved in begins:
                    empty = PAGE - begin - self.ahead - first
                    if 0 <= empty < spare + 1:
                        costs = BREAK + self.parted + price + left_over(empty) + self.tight * (empty < 1)
                        yield lines, moved + costs, choice, 0

        self.step(visit)
        self._wait()

    def picture(self, tall: float, beside: float, read: float = 0.0, behind: Sequence[int] = ()) -> None:
        """A picture so many lines tall with what stands beside it: no taller than its page has room.

        It goes to the next page where it would be much smaller for that, and few lines stay empty; and where it would be
        lower than to be ``read``. Then paragraphs ``behind`` may go up, as those of a table.
        """
        whole = PAGE - self.ahead - beside
        tall, is_taller = min(tall, whole), tall > PAGE
        high = ceil(tall + beside)
        low = max(int(least(tall, beside, is_taller) + beside) + 1, min(ceil(read + beside), high))
        ways = [(lines, _SMALLER * (high - lines), (lines, 0, 0)) for lines in range(low, high + 1)]
        self.table(ways, behind=() if self.ahead else behind)

    def long(self, ends: Callable[[int], Sequence[Ending]]) -> None:
        """A table that goes over pages: how it ends where it begins on a line, if it can begin there, below its headings."""
        ahead = self.ahead

        def visit(line: int, _: int) -> Iterator[Step]:
            moved, found = 0.0, ends(line + ahead)
            if not found:
                moved, found = left_over(PAGE - line) + BREAK, ends(ahead)
            for pages, after, price, choice in found:
                yield after, moved + pages * BREAK + price, choice, 0

        self.step(visit)
        self._wait()

    def lose(self) -> None:
        """Something of which nobody knows how tall it is."""
        self._settle()
        self._spent, self._ways, self.ahead = self.price, {}, 0

    def fresh(self, line: int = 0) -> None:
        """A page begins, or goes on below a line of which everybody knows."""
        self._settle()
        self._spent, self._ways, self.ahead = self.price, {line: (0, None, 0)}, 0

    def choices(self) -> list[Choice | None]:
        """What was chosen for the tables, in their order; nothing where nobody knows where one stands."""
        self._settle()
        return [one and one[0] for one in self._found]

    def has_room(self, lines: int) -> bool:
        """Whether so many lines have room below their headings, wherever the page may end so far."""
        return bool(self._ways) and max(self._ways) + self.ahead + lines <= PAGE

    @property
    def starts(self) -> list[int]:
        """The lines below which these stand, or would stand with their headings."""
        return [one[1] if one else 0 for one in self._found]

    @property
    def price(self) -> float:
        """What the best way costs."""
        return self._spent + min((price for price, *_ in self._ways.values()), default=0)

    @property
    def rows(self) -> list[float]:
        """How tall the rows of the statutory tables are as they were chosen."""
        chosen = ((tall, choice) for at, tall in self._talls.items() if (choice := self._found[at]))
        return [row for tall, (choice, _) in chosen for row in tall(choice)]

    def step(self, visit: Callable[[int, int], Iterable[Step]]) -> None:
        """Go on from every line: ``visit`` gives the lines that may follow, also for lines that have gone up to the page."""
        ways: dict[int, _Way] = {}
        for line, (price, chosen, up) in self._ways.items():
            for after, more, choice, risen in visit(line, up):
                if after not in ways or price + more < ways[after][0]:
                    ways[after] = price + more, (choice, line, chosen) if choice else chosen, risen
        if not ways:  # what does not fit changes nothing of what stands above it
            self._settle()
        self._ways, self.ahead, self.is_end = ways, 0, False

    def _flowing(self, line: int, lines: int, left: int, kept: int, ending: int = 0) -> tuple[int, float]:
        """Where a paragraph ends, and what it costs; see `run`."""
        first = lines if lines < left + kept else left
        at, price = self.placed(line, first, first + (ending if first == lines else 0))
        for behind in range(lines - first, 0, -1):
            if behind == kept and at + kept + ending > PAGE:
                at, price = 0, price + left_over(PAGE - at) + BREAK * (2 if ending else 1)
            elif at == PAGE:
                at, price = 0, price + BREAK
            at += 1
        return at, price

    def placed(self, line: int, lines: int, room: int = 0) -> tuple[int, float]:
        """Where lines end that need some room with their headings, and what it costs that a page before ends early."""
        after = line + self.ahead + lines
        if after - lines + max(lines, room) <= PAGE:
            return after, self.tight if self.is_end and line <= _FEW else 0
        alone = _ALONE if self.is_end else 0
        return (self.ahead + lines - 1) % PAGE + 1, left_over(PAGE - line) + BREAK + alone

    def _wait(self) -> None:
        """Note that something is chosen, unless nobody knows where it stands."""
        self._found.append(((0, 0, 0), 0) if self._ways else None)

    def _settle(self) -> None:
        """Choose the best way so far for the tables that wait for it."""
        if self._ways:
            _, chain, _ = min(self._ways.values(), key=lambda way: way[0])
            for at in range(len(self._found) - 1, -1, -1):
                if not chain:
                    break
                choice, line, chain = chain
                self._found[at] = choice, line


def least(tall: float, beside: float, is_taller: bool) -> float:
    """How tall a picture has to be to stand on the page of the text above it; with what stands beside it, or a bit more."""
    return _MUCH * tall if is_taller else min(_SMALL * tall, max(_LEAST * tall, _EMPTY - beside))


def left_over(lines: float) -> float:
    """What lines cost that stay empty at the end of a page."""
    more = max(0, lines - _MANY)
    return lines**2 + _LOST * more + _WORSE * more**2


def evened(played: Callable[[Pages], object], pages: Pages) -> Pages:
    """The pages as they are best ``played``, where that costs less within bounds between which no rows are far taller."""
    played(pages)
    pages.choices()
    low, high = min(pages.rows, default=1.0), max(pages.rows, default=1.0)
    if high <= _EVEN * low:
        return pages
    best, price = pages, pages.price + _UNLIKE
    for number in range(_STEPS, -1, -1):
        least = low + (high / _EVEN - low) * number / _STEPS
        other = Pages(pages.parted, pages.tight, pages.near, (least - 0.01, _EVEN * least + 0.01))
        played(other)
        other.choices()
        if other.price < price:
            best, price = other, other.price
        if price < pages.price + _NEAR:
            break
    return best
