"""Paragraphs that one has parted or joined since a file was made, while the other has changed their words: both are kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from nianbao.importing.flow import Paragraph
from nianbao.importing.returned.matching import item_of, matched, unchanged
from nianbao.importing.returned.rebased import PARTED, rebased
from nianbao.likeness import LEAST, MOST_PAIRS, of_texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nianbao.importing.returned.matching import Item


class Run(NamedTuple):
    """Paragraphs that are others of another reading, one that was parted or several that were joined: where both stand."""

    before: range
    after: range


@dataclass(frozen=True, slots=True)
class Regrouped:
    """What a reviewer was given and wrote, in the paragraphs of which the folder has them now.

    Parameters
    ----------
    base, theirs : list of Item
    replaced : list of (list of Item, list of Item)
        What the file has, and what stands for it in ``theirs``.
    disputed : list of (str, str, str, str, str, bool)
        Where both have changed the same words: the chapter, what was printed, what the folder prints, what the file has,
        what was made of these, and whether it has words of both there.
    """

    base: list[Item]
    theirs: list[Item]
    replaced: list[tuple[list[Item], list[Item]]]
    disputed: list[tuple[str, str, str, str, str, bool]]


def runs(before: Sequence[Item], after: Sequence[Item]) -> list[Run]:
    """The paragraphs that were parted or joined, each run between the same unchanged neighbours."""
    found: list[Run] = []
    ends = [(-1, -1), *((a, b) for b, a in unchanged(before, after).items()), (len(before), len(after))]
    for (a, b), (a_end, b_end) in pairwise(ends):
        old, new = range(a + 1, a_end), range(b + 1, b_end)
        if not old or not new or len(old) + len(new) < 3 or len(old) * len(new) > MOST_PAIRS:
            continue
        found += [Run(range(at, at + 1), run) for at in old if (run := _run(before[at], after, new))]
        found += [Run(run, range(at, at + 1)) for at in new if (run := _run(after[at], before, old))]
    return found


def _run(whole: Item, items: Sequence[Item], among: range) -> range | None:
    """The items beside one another that are one together, as with each of them they are more like it; none of one alone."""
    if not _is_text(whole):
        return None
    ratio, first = max((of_texts(whole.key, items[at].key) if _is_text(items[at]) else 0.0, -at) for at in among)
    run = range(-first, 1 - first)
    while True:
        wider = [range(run.start - 1, run.stop), range(run.start, run.stop + 1)]
        wider = [one for one in wider if one.start >= among.start and one.stop <= among.stop]
        wider = [one for one in wider if all(_is_text(items[at]) for at in one)]
        more = max(((of_texts(whole.key, "".join(items[at].key for at in one)), one.start, one) for one in wider),
                   default=(0.0, 0, run))  # fmt: skip
        if more[0] <= ratio:
            return run if len(run) > 1 and ratio >= LEAST else None
        ratio, _, run = more


def _is_text(item: Item) -> bool:
    return isinstance(item.part, Paragraph) and not item.is_heading


def regrouped(base: list[Item], now: Sequence[Item], theirs: list[Item]) -> Regrouped:
    """What a reviewer was given and wrote, in the folder's paragraphs where the reviewer or the folder has other ones.

    Where the folder has changed neither paragraphs nor words, all stays as it is.
    """
    into = Regrouped([*base], [*theirs], [], [])
    of_now, of_theirs = ({b: a for a, b in matched(base, some).items()} for some in (now, theirs))
    by_us, by_them = runs(base, now), runs(base, theirs)
    for group in reversed(_groups([one.before for one in (*by_us, *by_them)])):
        here, there = _places(group, by_us, of_now), _beside(group, by_them, of_theirs)
        if ({*range(min(here, default=0), max(here, default=0))} - {*here}) & {*of_now.values()}:
            continue  # The folder has moved something between; what it has put there stays.
        given, ours, said = ([items[at] for at in some] for items, some in ((base, group), (now, here), (theirs, there)))
        keys = [[one.key for one in some] for some in (given, ours, said)]
        if not ours or not said or keys[1] in (keys[0], keys[2]) or not all(map(_is_text, (*given, *ours, *said))):
            continue
        was, here_, text = (PARTED.join(one.text for one in some) for some in (given, ours, said))
        made, is_disputed, is_mixed = rebased(was, here_, text)
        items = _items(made.split(PARTED), said, ours)
        into.replaced.append((said, items))
        into.disputed.extend([(ours[0].chapter, was, here_, text, made, is_mixed)] if is_disputed else ())
        into.base[group.start : group.stop] = ours
        into.theirs[there.start : there.stop] = items
    return into


def _groups(some: Sequence[range]) -> list[range]:
    """Ranges, of which those that have something in common are one."""
    found: list[range] = []
    for one in sorted(some, key=lambda one: one.start):
        if found and one.start < found[-1].stop:
            found[-1] = range(found[-1].start, max(one.stop, found[-1].stop))
        else:
            found.append(one)
    return found


def _beside(group: range, some: Sequence[Run], others: Mapping[int, int]) -> range:
    """Where the items of a group stand in another reading; nothing where they do not stand beside one another there."""
    places = _places(group, some, others)
    found = range(min(places, default=0), max(places, default=-1) + 1)
    return found if places == [*found] else range(0)


def _places(group: range, some: Sequence[Run], others: Mapping[int, int]) -> list[int]:
    """Where each item of a group stands in another reading, in the order there."""
    inside = [one for one in some if one.before.start >= group.start and one.before.stop <= group.stop]
    places = [at for one in inside for at in one.after]
    places += [others[at] for at in group if at in others and not any(at in one.before for one in inside)]
    return sorted(places)


def _items(texts: Sequence[str], theirs: Sequence[Item], now: Sequence[Item]) -> list[Item]:
    """Paragraphs with these texts, else as the reviewer has them, or the folder where it has as many."""
    like = next((some for some in (theirs, now) if len(some) == len(texts)), [theirs[0]] * len(texts))
    made = []
    for text, one in zip(texts, like, strict=True):
        assert isinstance(one.part, Paragraph)
        part = replace(one.part, text=text, bold=min(one.part.bold, len(text)))
        made.append(replace(item_of(part, one.chapter), number=one.number))
    return made
