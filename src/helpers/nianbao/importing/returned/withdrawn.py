"""What an earlier file of a reviewer has brought into the folder, and a later one has as it was printed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from nianbao.importing import yamltext
from nianbao.importing.flow import Paragraph
from nianbao.importing.returned import proof
from nianbao.importing.returned.excerpts import excerpts
from nianbao.importing.returned.matching import item_of, matched, unmoved
from nianbao.importing.returned.rebased import rebased
from nianbao.likeness import LEAST, nearest, of_texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.importing.imported import Imported
    from nianbao.importing.record import Touched
    from nianbao.importing.returned.matching import Item

_AT_END = "report.yaml"
_OWN = "（文件夹里也改过）"


def items(made: Imported) -> list[Item]:
    """All of a report, with what stands at its end as lines that say what each is."""
    values = made.outline.values if made.outline else {}
    ends = (Paragraph(f"{yamltext.NAMES[key]}：{values[key][0]}", "") for key in yamltext.NAMES if key in values)
    return [*proof.whole(made), *(item_of(one, _AT_END) for one in ends)]


def touched(
    given: Sequence[Item],
    theirs: Sequence[Item],
    prints: Sequence[Item],
    earlier: Sequence[Touched],
    remarks: Sequence[str] = (),
) -> Touched:
    """What a file that was merged has changed, and what was asked about its ``remarks``, as the record keeps it.

    Parameters
    ----------
    given, theirs, prints : sequence of Item
        What its reviewer was given; what the file has; what the merged text prints.
    earlier : sequence of Touched
        The same of the files that were merged before: what of theirs is printed again as it was is kept too.
    """
    pairs = matched(given, theirs)
    there = {*pairs.values()}
    changed = [(_place(given[a]), _place(theirs[b])) for b, a in pairs.items() if given[a].key != theirs[b].key]
    changed += [(_place(one), "") for at, one in enumerate(given) if at not in there]
    changed += [("", _place(one)) for at, one in enumerate(theirs) if at not in pairs]
    places, order = {*map(_place, prints)}, _places(prints)
    restored = {old for one in earlier for old, _ in one["changed"] if old in places}
    reordered = {(first, last) for one in earlier for first, last in one["order"] if _is_in_order(order, first, last)}
    return {
        "changed": [*map(list, changed)],
        "order": [*map(list, _turned(given, theirs))],
        "restored": sorted(restored),
        "reordered": [*map(list, sorted(reordered))],
        "remarks": [*remarks],
    }


def withdrawn(
    earlier: Sequence[Touched], given: Sequence[Item], theirs: Sequence[Item], now: Sequence[Item]
) -> Iterator[str]:
    """Each place that an earlier file has changed, where this one has what was given and the folder prints something else.

    Parameters
    ----------
    earlier : sequence of Touched
        What the files that were merged have changed, the last one's last.
    given, theirs, now : sequence of Item
        What the file's reviewer was given; what the file has; what the folder prints.
    """
    known = _Known.of(earlier, {*map(_place, given)})
    if known.gone or known.brought or known.order:
        pairs = matched(theirs, now)
        yield from _texts(known, {*map(_place, given)}, theirs, now, pairs)
        yield from _words(known, given, theirs, now, pairs)
        yield from _more(known, given, now, pairs)
        yield from _moved(known, given, theirs, now, pairs)


@dataclass(slots=True)
class _Known:
    """What the files that were merged have changed, as far as a file's reviewer was given it without.

    Parameters
    ----------
    gone : dict
        Each place with the text that was given → what the last reviewer made of it, '' where it was taken out.
    brought, added : dict, set
        The texts in which reviewers have put it, with their chapters; of these, those that stand for none that was given.
    settled : set
        What of ``gone`` the folder has printed again as it was, since.
    order : set of (str, str)
        Two texts that stood in this order, and do no more.
    """

    gone: dict[str, str] = field(default_factory=dict)
    brought: dict[str, str] = field(default_factory=dict)
    added: set[str] = field(default_factory=set)
    settled: set[str] = field(default_factory=set)
    order: set[tuple[str, str]] = field(default_factory=set)

    @classmethod
    def of(cls, earlier: Sequence[Touched], given: set[str]) -> _Known:
        """What was changed by files that were merged after a reviewer was given what is printed at these places.

        Where that prints what a file had brought, and no longer what was there before, it was built after the merge.
        """
        begin, before = 0, set[str]()
        for at, one in enumerate(earlier, 1):
            fresh = {new for old, new in one["changed"] if old not in given} - before
            begin = at if fresh & given else begin
            before |= {old for old, _ in one["changed"]}
        known = cls()
        for one in earlier[begin:]:
            known._take(one)
        return known

    def _take(self, one: Touched) -> None:
        for old, new in one["changed"]:
            if old:
                self.gone[old] = new
                self.brought.pop(_key(old), None)
                self.settled.discard(old)
            if new:
                self.brought[_key(new)] = new
                self.added |= set() if old else {_key(new)}
        self.order |= {(first, last) for first, last in one["order"]}
        self.order -= {(first, last) for first, last in one["reordered"]}
        self.settled |= {*one["restored"]}


def _texts(
    known: _Known, given: set[str], theirs: Sequence[Item], now: Sequence[Item], pairs: dict[int, int]
) -> Iterator[str]:
    """What the file has as it was given, and the folder otherwise or not at all."""
    ours = {old: now[new] for new, old in pairs.items()}
    for at, one in enumerate(theirs):
        place, other = _place(one), ours.get(at)
        if place not in given or place not in known.gone or (other and other.key == one.key):
            continue
        is_theirs = other.key in known.brought if other else not known.gone[place]
        # The folder has it again, by a text of its own, and has changed that since.
        if not is_theirs and (place in known.settled or (other and not known.gone[place])):
            continue
        by = "" if is_theirs else _OWN
        if other:
            yield f"{one.chapter}：现在印“{other.text}”{by}，这一稿是“{one.text}”"
        else:
            yield f"{one.chapter}：现在没有印“{one.text}”{by}，这一稿有"


def _words(
    known: _Known, given: Sequence[Item], theirs: Sequence[Item], now: Sequence[Item], pairs: dict[int, int]
) -> Iterator[str]:
    """What the file has as it was given in a paragraph of which it has changed something else, and the folder otherwise."""
    ours = {old: now[new] for new, old in pairs.items()}
    for at, was in sorted(matched(given, theirs).items()):
        one, old, other = theirs[at], given[was], ours.get(at)
        brought = _key(known.gone.get(_place(old), ""))
        if one.key == old.key or not brought or other is None or other.key == old.key or _place(old) in known.settled:
            continue
        if (both := rebased(old.key, brought, one.key).text) != one.key:
            by = "" if other.key == brought else _OWN
            here, there = excerpts((both, one.key))
            yield f"{one.chapter}：现在印“{here}”{by}，这一稿是“{there}”"


def _more(known: _Known, given: Sequence[Item], now: Sequence[Item], pairs: dict[int, int]) -> Iterator[str]:
    """What the folder prints and the file has not, nor had its reviewer: what was brought, or what the folder made of it."""
    printed, here = {one.key for one in given}, {one.key for one in now}
    more = [one for at, one in enumerate(now) if at not in pairs and one.key not in printed]
    lost = [known.brought[key] for key in sorted(known.added & known.brought.keys() - here)]
    others = [one for one in more if one.key not in known.brought]
    made = nearest(range(len(lost)), range(len(others)), LEAST, lambda a, b: _alike(lost[a], others[b]))
    own = {id(others[at]) for at in made.values()}
    for one in more:
        if one.key in known.brought or id(one) in own:
            yield f"{one.chapter}：现在印“{one.text}”{_OWN if id(one) in own else ''}，这一稿没有"


def _alike(brought: str, one: Item) -> float:
    """How much of a text that was brought is the same in one of its chapter."""
    chapter, _, key = brought.partition("\n")
    return of_texts(key, one.key) if chapter == one.chapter else 0.0


def _moved(
    known: _Known, given: Sequence[Item], theirs: Sequence[Item], now: Sequence[Item], pairs: dict[int, int]
) -> Iterator[str]:
    """What stands in the file where it was given, and in the folder elsewhere."""
    was, there, here = map(_places, (given, theirs, now))
    stays, told = unmoved(pairs), set[int]()
    for first, last in known.order:
        as_given = _is_in_order(was, first, last) and _is_in_order(there, first, last)
        if as_given and _is_in_order(here, last, first):
            told |= {here[first], here[last]} - stays
    yield from (f"{now[at].chapter}：“{now[at].text}”移了位置" for at in sorted(told))


def _turned(before: Sequence[Item], after: Sequence[Item]) -> Iterator[tuple[str, str]]:
    """Each two texts that followed each other before, and stand in the other order after."""
    there = _places(after)
    for first, last in pairwise(key for key in _places(before) if key in there):
        if there[first] > there[last]:
            yield first, last


def _places(some: Sequence[Item]) -> dict[str, int]:
    """The texts that stand once → where, in their order."""
    count = Counter(one.key for one in some)
    return {one.key: at for at, one in enumerate(some) if count[one.key] == 1}


def _is_in_order(places: dict[str, int], first: str, last: str) -> bool:
    return first in places and last in places and places[first] < places[last]


def _place(one: Item) -> str:
    """A text with its chapter, as the record has it: 无。 may stand in several."""
    return f"{one.chapter}\n{one.key}"


def _key(place: str) -> str:
    """The text of such a place."""
    return place.partition("\n")[2]
