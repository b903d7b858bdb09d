"""How far what is put into a list is set in: as what stands beside it on its level, else as the text of the item above."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.importing.returned import ordinals
from nianbao.importing.returned.lists import BLOCK, ITEM, continued
from nianbao.importing.returned.matching import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.importing.returned.edits import Edits
    from nianbao.importing.returned.lists import Listed
    from nianbao.importing.returned.matching import Item

_LOWER = {"（1）", "(1)", "1）", "1)", "①"}  # what numbers the parts of 1.
_INSIDE = 100  # deeper than any list


class Place(NamedTuple):
    """The white space before an item, and the sign or number of the item of its list that stands beside it; '' for none."""

    indent: str
    sign: str = ""


class Beside(NamedTuple):
    """A line, or a block, of the text; how deep it stands in lists if it is an item, else 0."""

    line: str
    depth: int

    @property
    def sign(self) -> str:
        """The sign or number of an item."""
        return self.line.split(maxsplit=1)[0]

    @property
    def inside(self) -> str:
        """The white space before what stands in an item."""
        line = self.line.expandtabs(4)
        return " " * (len(line) - len(line.lstrip().removeprefix(self.sign).lstrip()))


def of_item(edits: Edits, spot: int, item: Item, listed: Listed | None = None) -> Place | None:
    """Where an item stands that is put behind a line; ``None`` for what is none, or goes into no list that is there.

    ``listed`` is the numbered list of which the file has it; it goes on from that, whatever stands between.
    """
    if not item.mark:
        return None
    above, below = _item(_above(edits, spot), item.depth), _item(_below(edits, spot), item.depth)
    beside = [Place(_lead(one.line), one.sign) for one in (above, below) if one.depth == item.depth]
    if beside:
        return next((one for one in beside if kind_of(one.sign) == kind_of(item.mark)), beside[0])
    if above.depth:
        return Place(above.inside)
    return Place("") if continued(item.mark, listed) else None


def text(edits: Edits, spot: int, block: str) -> str:
    """A block that is put behind a line, set in where it is a paragraph of an item.

    It is one where its number is like that of a paragraph of an item beside it, between the items of a list in a list, which
    it would tear, and where it begins to count below a numbered item what is numbered below those: （1） below 2..
    """
    number = None if BLOCK.match(block) else ordinals.of(block)
    above, below = (next(some, Beside("", 0)) for some in (_above(edits, spot), _below(edits, spot)))
    for one in (above, below):
        beside = ordinals.of(one.line) if _lead(one.line) and not one.depth else None
        if number and beside and number.style == beside.style and _item(_above(edits, spot), _INSIDE).depth:
            return f"{_lead(one.line)}{block}"
    if _is_part(number, above, below):
        return f"{above.inside}{block}"
    around = _item(_above(edits, spot), below.depth) if below.depth > 1 and not BLOCK.match(block) else above
    return f"{around.inside}{block}" if around is not above and around.depth else block


def _is_part(number: ordinals.Ordinal | None, above: Beside, below: Beside) -> bool:
    """Whether a paragraph begins to count the parts of a numbered item above it, and not what the text below counts on."""
    if not (number and number.number == 1 and number.style in _LOWER and above.depth and above.sign[0].isdigit()):
        return False
    beside = ordinals.of(below.line)
    return beside is None or beside.style != number.style


def move(edits: Edits, lines: Sequence[int], spot: int, item: Item, source: str = "") -> None:
    """Put lines, or what takes their place, behind another line; an item is set in as those of its level there."""
    block = source or "\n".join(edits.lines[one] for one in lines)
    own, place = _lead(block), of_item(edits, spot, item)
    if place and place.indent != own:
        source = "\n".join(f"{place.indent}{line.removeprefix(own)}" for line in block.split("\n"))
    edits.move(lines, spot, source, item.depth)


def _lead(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _item(lines: Iterator[Beside], most: int) -> Beside:
    """The first item that is at most so deep; one without a depth where the list ends before it."""
    for one in lines:
        if 0 < one.depth <= most:
            return one
        if not (one.depth or _lead(one.line)):
            break
    return Beside("", 0)


def _above(edits: Edits, spot: int) -> Iterator[Beside]:
    """What stands above a place, the nearest first."""
    for number in range(spot, -1, -1):
        for place in range(len(edits.added.get(number, ())) - 1, -1, -1):
            yield _beside(edits.added[number][place], edits.depths.get((number, place), 0))
        yield from _kept(edits, number)


def _below(edits: Edits, spot: int) -> Iterator[Beside]:
    """What stands below a place."""
    for number in range(spot + 1, len(edits.lines)):
        yield from _kept(edits, number)


def _kept(edits: Edits, number: int) -> Iterator[Beside]:
    line = edits.replaced.get(number, edits.lines[number])
    if line.strip() and number not in edits.dropped:
        yield _beside(line, edits.items[number].depth if number in edits.items else 0)


def _beside(line: str, depth: int) -> Beside:
    return Beside(line, depth if ITEM.match(line) else 0)
