"""What a reviewer has moved, beside what the folder has moved since the reviewer's file was made."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nianbao.importing.returned.matching import unmoved

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.importing.returned.matching import Item


class Moves(NamedTuple):
    """What becomes of a file's items that the folder has too.

    Parameters
    ----------
    staying : set of int
        The numbers of those that stay where the folder has them; each other goes behind the item before it in the file.
    disputed : list of Item
        Those whose place is not certain: file and folder have both moved them, or what they stood beside.
    """

    staying: set[int]
    disputed: list[Item]


def moves(theirs: Sequence[Item], of_base: dict[int, int], of_now: dict[int, int], since: dict[int, int]) -> Moves:
    """What becomes of the order of the folder's items: two that the reviewer has not exchanged stay as the folder has them.

    Parameters
    ----------
    theirs : sequence of Item
        The items of the file.
    of_base, of_now : dict
        The number of an item of the file → that of the same item in what was given, and in what the folder prints now.
    since : dict
        The number of an item given → that of the same item in what the folder prints now.
    """
    given = {t: of_base[t] for t in of_now if t in of_base}
    still = unmoved({n: b for b, n in since.items()})
    by_them = {*given} - unmoved(given)
    by_us = {t for t in given if of_now[t] not in still}
    going = {t for t in by_them if any(_cross(t, u, given) and _cross(t, u, of_now) for u in given)}
    fixed = {*given} - by_them - by_us
    twice = {t for t in by_them & by_us if any(_cross(t, u, of_now) for u in fixed)}
    fresh = {t for t in of_now if t not in given and any(_cross(t, u, of_now) for u in fixed)}
    places = _places(theirs, of_now, going)
    against = {t for t in going if any(_is_against(t, u, given, of_now, places) for u in _beside(t, theirs, given, by_them))}
    return Moves({*of_now} - going, [theirs[t] for t in sorted(twice | fresh | against) if not theirs[t].is_heading])


def _cross(one: int, other: int, places: dict[int, int]) -> bool:
    """Whether two items of a file stand the other way round in another reading."""
    return (one < other) != (places[one] < places[other]) and one != other


def _places(theirs: Sequence[Item], of_now: dict[int, int], going: set[int]) -> dict[int, int]:
    """The number of each item of the file → its place among the others in the merged text."""
    order = sorted({*of_now} - going | {t for t in going if theirs[t].is_heading}, key=lambda t: of_now[t])
    there, last = {*order}, -1
    for t in sorted(of_now):
        if t not in there:
            order.insert(order.index(last) + 1 if last >= 0 else 0, t)
        last = t
    return {t: place for place, t in enumerate(order)}


def _beside(number: int, theirs: Sequence[Item], given: dict[int, int], by_them: set[int]) -> list[int]:
    """The items that one has to stand among: all; in a chapter that the reviewer has moved, those of that chapter."""
    item = theirs[number]
    moved = {theirs[t].number for t in by_them if theirs[t].is_heading}
    return [t for t in given if theirs[t].number == item.number or not {theirs[t].number, item.number} & moved]


def _is_against(one: int, other: int, given: dict[int, int], of_now: dict[int, int], places: dict[int, int]) -> bool:
    """Whether two items that the reviewer has exchanged are not so in the merged text, or others not as in the folder."""
    return _cross(one, other, places) != (not _cross(one, other, given) and _cross(one, other, of_now))
