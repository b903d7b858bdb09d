"""Which paragraph of a file that came back is which of what its reviewer was given, and of what the folder prints now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nianbao.importing.flow import Grid, Paragraph
from nianbao.importing.returned.matching import item_of, kind_of, matched
from nianbao.importing.returned.mergedrows import rebased_rows
from nianbao.importing.returned.moves import moves
from nianbao.importing.returned.rebased import PARTED, rebased
from nianbao.importing.returned.regrouped import Regrouped, regrouped, runs
from nianbao.importing.returned.result import BETWEEN, PLACE, ROWS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.importing.returned.matching import Item
    from nianbao.importing.returned.result import Result


@dataclass(frozen=True, slots=True)
class Pairs:
    """The items of a file beside those of what was given and of what the folder prints now, each by its number.

    Parameters
    ----------
    base, theirs : list of Item
        What was given, and the file, in the paragraphs of the folder.
    of_base, of_now : dict
        The number of an item of the file → that of the same item in what was given, and in what the folder prints now.
    since : dict
        The number of an item given → that of the same item in what the folder prints now.
    staying : set of int
        The items of the file that stay where the folder has them.
    parted : set of int
        The items of the file that the reviewer has parted from others.
    joined : dict
        The number of an item of the file that the reviewer has joined → those in what the folder prints now.
    between : list of (Item, Item)
        What the reviewer has joined, and each item that the folder has put between its parts.
    unsure : list of Item
        Those that both have moved.
    regrouped : Regrouped
    """

    base: list[Item]
    theirs: list[Item]
    of_base: dict[int, int]
    of_now: dict[int, int]
    since: dict[int, int]
    staying: set[int]
    parted: set[int]
    joined: dict[int, list[int]]
    between: list[tuple[Item, Item]]
    unsure: list[Item]
    regrouped: Regrouped


def paired(base: list[Item], now: Sequence[Item], theirs: list[Item]) -> Pairs:
    """The pairs of all three."""
    both = regrouped(base, now, theirs)
    base, theirs = both.base, both.theirs
    of_base, after = matched(base, theirs), matched(base, now)
    since = {b: n for n, b in after.items()}
    fresh = {now[n].key: n for n in range(len(now)) if n not in after}
    of_now = {t: since[b] for t, b in of_base.items() if b in since}
    of_now |= {t: fresh[one.key] for t, one in enumerate(theirs) if t not in of_base and one.key in fresh}
    staying, unsure = moves(theirs, of_base, of_now, since)
    known = {one.key for one in base}
    found = runs(base, theirs)
    parted = {at for one in found if len(one.before) == 1 for at in one.after}
    joined = {one.after.start: [since.get(at, -1) for at in one.before] for one in found if len(one.after) == 1}
    joined = {
        t: here
        for t, here in joined.items()
        if of_now.get(t) in here and all(at >= 0 and now[at].key in known for at in here)
    }
    between = [(theirs[t], now[n]) for t, here in joined.items() for n in range(min(here), max(here)) if n not in here]
    return Pairs(base, theirs, of_base, of_now, since, staying, parted, joined, between, unsure, both)


def tell(pairs: Pairs, into: Result) -> None:
    """Say where paragraphs that both have moved, or one has parted or joined, are not what the file has."""
    for one in pairs.unsure:
        into.ask(PLACE, f"{one.chapter}：{one.text}", one)
    for one, put in pairs.between:
        into.ask(BETWEEN, f"{one.chapter}：“{put.text}”，在“{one.text}”后面")
    for said, made in pairs.regrouped.replaced:
        into.apart.update(one.key for one in (*said, *made))
    for chapter, *texts, is_mixed in pairs.regrouped.disputed:
        into.ask_both(chapter, *(str(one).replace(PARTED, "／") for one in texts), is_mixed=is_mixed)


def with_folders(item: Item, part: Paragraph | Grid, given: Item, ours: Item, into: Result) -> Paragraph | Grid:
    """What the reviewer has with what the folder prints otherwise than the reviewer was given."""
    if isinstance(part, Paragraph) and kind_of(part.mark) == kind_of(given.mark):
        part = replace(part, mark=ours.mark)
    if given.key == ours.key:
        into.apart[item.key] += given.key in into.apart  # the folder has moved it
        return part
    if isinstance(part, Grid) and isinstance(given.part, Grid) and isinstance(ours.part, Grid):
        rows = rebased_rows(given.part.rows, ours.part.rows, part.rows)
        for row, why in rows.disputed:
            into.ask(ROWS, f"{item.chapter}：{' | '.join(row)}（{why}）")
        part = replace(part, rows=rows.rows)
    elif isinstance(part, Paragraph):
        text, is_disputed, is_mixed = rebased(given.text, ours.text, part.text)
        if is_disputed:
            into.ask_both(item.chapter, given.text, ours.text, part.text, text, is_mixed=is_mixed)
        part = replace(part, text=text)
    into.apart.update((item.key, item_of(part, item.chapter, item.is_heading).key))
    return part
