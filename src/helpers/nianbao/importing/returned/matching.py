"""The paragraphs of two readings of one report that are the same, changed or not, moved or not."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from nianbao.importing import prose
from nianbao.importing.flow import Grid, Paragraph
from nianbao.likeness import LEAST, MOST_PAIRS, nearest, of_texts
from nianbao.narrative.headings import PREAMBLE
from nianbao.shown.seen import squeezed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.importing.outline import Outline, Part

_ALIKE, _MOVED_ALIKE = LEAST, 0.7  # how much of two paragraphs is the same: in one place, elsewhere
_NUMBER = re.compile("[0-9]+")
_LONG = 12  # characters of a paragraph that tells which report it is


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph, a table or a heading of a report.

    Parameters
    ----------
    key : str
        What is compared: its text without white space, the sign before it, its cells. Numbers of a list are one sign: it
        counts its items itself.
    chapter : str
        The heading that it stands below, 引言 above the first; its own of one that is a heading.
    number : int
        That of its chapter, as several may have one heading; 0 above the first.
    """

    key: str
    part: Part
    chapter: str
    is_heading: bool = False
    number: int = 0

    @property
    def kind(self) -> type:
        """Only what is of one kind is alike."""
        return bool if self.is_heading else type(self.part)

    @property
    def text(self) -> str:
        """What a person reads."""
        return self.part.id if not isinstance(self.part, (Paragraph, Grid)) else self.part.text

    @property
    def mark(self) -> str:
        """The sign or the number that a list puts before it; '' for none."""
        return self.part.mark if isinstance(self.part, Paragraph) else ""

    @property
    def depth(self) -> int:
        """How deep it stands in lists."""
        return self.part.depth if isinstance(self.part, Paragraph) else 0


def items_of(outline: Outline) -> list[Item]:
    """All of a report below its title, in its order."""
    found = [item_of(part, PREAMBLE) for part in outline.preamble]
    for number, chapter in enumerate((*outline.chapters, *outline.attachments), 1):
        heading = chapter.heading.text
        some = [item_of(chapter.heading, heading, is_heading=True), *(item_of(part, heading) for part in chapter.parts)]
        found += [replace(one, number=number) for one in some]
    return found


def kind_of(mark: str) -> str:
    """What a list puts before an item, whatever its number."""
    return _NUMBER.sub("1", mark)


def item_of(part: Part, chapter: str, is_heading: bool = False) -> Item:
    """A part of a chapter as it is compared."""
    if isinstance(part, Grid):
        return Item("\n".join("\t".join(map(squeezed, row)) for row in part.rows if any(row)), part, chapter)
    if not isinstance(part, Paragraph):
        return Item(f"\0{part.id}", part, chapter)
    before = "# " if is_heading else f"{kind_of(part.mark)} " if part.mark else ""
    return Item(squeezed(before + prose.plain(part)), part, chapter, is_heading)


def matched(before: Sequence[Item], after: Sequence[Item]) -> dict[int, int]:
    """The number of each item of ``after`` that is one of ``before``'s → the number of that."""
    found = unchanged(before, after)
    _moved(before, after, found)
    _changed(before, after, found)
    taken = set(found.values())
    old = [at for at in range(len(before)) if at not in taken]
    new = [at for at in range(len(after)) if at not in found]
    pairs = nearest(old, new, _MOVED_ALIKE, lambda one, other: likeness(before[one], after[other]))
    found |= {new[b]: old[a] for b, a in pairs.items()}
    return found


def in_order(before: Sequence[Item], after: Sequence[Item]) -> dict[int, int]:
    """The same of items of which none was moved."""
    found = unchanged(before, after)
    _changed(before, after, found)
    return found


def unchanged(before: Sequence[Item], after: Sequence[Item]) -> dict[int, int]:
    """The number of each item of ``after`` that is one of ``before``'s unchanged, in their order → the number of that."""
    blocks = SequenceMatcher(None, [one.key for one in before], [one.key for one in after], autojunk=False)
    return {b + step: a + step for a, b, size in blocks.get_matching_blocks() for step in range(size)}


def _changed(before: Sequence[Item], after: Sequence[Item], found: dict[int, int]) -> None:
    """Add those that are alike, between the same neighbours."""
    ordered = [(-1, -1), *_in_order(found), (len(before), len(after))]
    for (a, b), (a_end, b_end) in itertools.pairwise(ordered):
        taken = set(found.values())
        old = [at for at in range(a + 1, a_end) if at not in taken]
        new = [at for at in range(b + 1, b_end) if at not in found]
        found |= _alike(before, after, old, new)


def _moved(before: Sequence[Item], after: Sequence[Item], found: dict[int, int]) -> None:
    """Add what stands elsewhere unchanged, once before and once after."""
    taken = set(found.values())
    old: dict[str, list[int]] = {}
    new: dict[str, list[int]] = {}
    for places, items, known in ((old, before, taken), (new, after, found)):
        for at, one in enumerate(items):
            if at not in known:
                places.setdefault(one.key, []).append(at)
    found |= {some[0]: old[key][0] for key, some in new.items() if len(some) == len(old.get(key, ())) == 1}


def _in_order(found: dict[int, int]) -> list[tuple[int, int]]:
    """The longest run of pairs of which none crosses another, each (before, after)."""
    pairs = sorted((b, a) for b, a in found.items())
    best: list[list[tuple[int, int]]] = []  # by length, the run that ends first
    for b, a in pairs:
        at = next((at for at, run in enumerate(best) if run[-1][0] >= a), len(best))
        best[at : at + 1] = [[*(best[at - 1] if at else []), (a, b)]]
    return best[-1] if best else []


def unmoved(found: dict[int, int]) -> set[int]:
    """The numbers of the items after that stand where they stood among the others."""
    return {b for _, b in _in_order(found)}


def _alike(before: Sequence[Item], after: Sequence[Item], old: list[int], new: list[int]) -> dict[int, int]:
    """The pairs of a gap that are most alike in all, none crossing another."""
    if not old or not new or len(old) * len(new) > MOST_PAIRS:
        return {}
    sums = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    ratios = [[likeness(before[a], after[b]) for b in new] for a in old]
    for a in range(len(old) - 1, -1, -1):
        for b in range(len(new) - 1, -1, -1):
            paired = ratios[a][b] + sums[a + 1][b + 1] if ratios[a][b] >= _ALIKE else 0.0
            sums[a][b] = max(paired, sums[a + 1][b], sums[a][b + 1])
    found, a, b = {}, 0, 0
    while a < len(old) and b < len(new):
        if ratios[a][b] >= _ALIKE and sums[a][b] == ratios[a][b] + sums[a + 1][b + 1]:
            found[new[b]] = old[a]
            a, b = a + 1, b + 1
        elif sums[a][b] == sums[a + 1][b]:
            a += 1
        else:
            b += 1
    return found


def likeness(one: Item, other: Item) -> float:
    """How much of two items is the same, from 0 to 1."""
    return of_texts(one.key, other.key) if one.kind is other.kind else 0.0


def nearness(before: Sequence[Item], after: Sequence[Item]) -> float:
    """How much of a reading stands in another one: 1 for each item that is the same, less for one that is like it."""
    return sum(likeness(before[a], after[b]) for b, a in matched(before, after).items())


def is_of(before: Sequence[Item], after: Sequence[Item]) -> bool:
    """Whether most of the paragraphs of a report stand in another reading, changed or not."""
    long = [at for at, one in enumerate(before) if isinstance(one.part, Paragraph) and len(one.key) >= _LONG]
    there = set(matched(before, after).values())
    return bool(long) and 2 * len(there.intersection(long)) >= len(long)
