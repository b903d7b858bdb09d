"""What a merged text prints otherwise than the file that came back, beside what was asked about."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from nianbao.importing.flow import Paragraph
from nianbao.importing.returned import lists
from nianbao.importing.returned.matching import Item, item_of, items_of
from nianbao.shown.seen import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from nianbao.importing.imported import Imported

TITLE = "标题"
LEVELS = "合并后印出来的列表，下列各条的层次与稿子不同：核对 narrative.md 里的缩进"
_SHORT = 16  # characters of an item that is named among others
_NUMBERED = re.compile(r"([0-9]{1,9}\.)\s*(.+)", re.S)


def whole(made: Imported) -> list[Item]:
    """All of a report that is compared, in its order: the title and what stands below it."""
    title = [title_of(made.title.text)] if made.title else []
    return [*title, *(items_of(made.outline) if made.outline else ())]


def title_of(text: str) -> Item:
    """A title as it is compared."""
    return item_of(Paragraph(text, ""), TITLE, is_heading=True)


def since(given: Sequence[Item], now: Sequence[Item]) -> Counter[str]:
    """The keys of what the folder prints otherwise than its reviewer was given: there, gone or moved."""
    old, new = _unlike(given, now)
    return Counter(one.key for one in (*old, *new))


def otherwise(there: Sequence[Item], here: Sequence[Item], apart: Counter[str]) -> Iterator[str]:
    """Each item that the file has and the text does not print, or prints in another order, and what it prints beside those.

    An item of a list and a paragraph that begins with its number read the same.

    Parameters
    ----------
    there, here : sequence of Item
        What the file has; what the merged text prints.
    apart : Counter
        The keys of items that may be in one of both only, or stand in another order: how many of each.
    """
    there, here = _as_items(there, here), _as_items(here, there)
    held, printed = (Counter(one.key for one in some) for some in (there, here))
    # Of two items that changed places either one has moved: what may stand anywhere is compared nowhere.
    moved = {key: min(number, held[key]) for key, number in apart.items() if held[key] == printed[key]}
    left = Counter(apart)
    missing, more = _unlike(_without(there, Counter(moved)), _without(here, Counter(moved)))
    missing, more = _without(missing, left), _without(more, left)
    elsewhere = Counter(one.key for one in missing) & Counter(one.key for one in more)
    for one in more:
        if one.key in elsewhere:
            yield f"{one.chapter}：印的次序不同，“{one.text}”"
    more = [one for one in more if one.key not in elsewhere]
    other: list[tuple[Item, Item]] = []  # what has another number or sign
    for one in (one for one in missing if one.key not in elsewhere):
        same = next((at for at, some in enumerate(more) if some.text == one.text and some.mark != one.mark), None)
        if same is not None:
            other.append((one, more.pop(same)))
        elif parts := _parts(one, more):
            more = [some for at, some in enumerate(more) if at not in parts]
            yield f"{one.chapter}：稿子里的一段印成了几段，“{one.text}”"
        else:
            yield f"{one.chapter}：没有印出“{one.text}”"
    yield from (f"{one.chapter}：多印出“{one.text}”" for one in more)
    other += _counted(there, here, {*elsewhere, *(key for key, number in apart.items() if number)})
    yield from _by_list(there, other)


def levels(given: Sequence[Item], theirs: Sequence[Item], prints: Sequence[Item]) -> Iterator[tuple[str, str]]:
    """A question for each item of a list on another level than the file has it on, if that is not as it was given."""
    before, file, text = map(_depths, (given, theirs, prints))
    chapters = {one.key: one for one in theirs}
    for key, depths in file.items():
        printed = text.get(key, depths)
        if len(printed) == len(depths) and depths not in (printed, before.get(key)):
            here, there = ("、".join(map(str, some)) for some in (depths, printed))
            yield LEVELS, f"{chapters[key].chapter}：“{chapters[key].text}”，稿子是第{here}层，印的是第{there}层"


def _depths(items: Sequence[Item]) -> dict[str, list[int]]:
    """The items of lists by their keys → how deep each stands."""
    found: dict[str, list[int]] = {}
    for one in items:
        if one.mark:
            found.setdefault(one.key, []).append(one.depth)
    return found


def _as_items(items: Sequence[Item], others: Sequence[Item]) -> list[Item]:
    """The items, of which paragraphs with a number are items of a list where the other reading has them so."""
    listed = {one.key: one for one in others if one.mark}
    made = []
    for one in items:
        is_text = isinstance(one.part, Paragraph) and not (one.mark or one.is_heading)
        if is_text and (found := _NUMBERED.fullmatch(one.text)):
            part = Paragraph(found[2], "", mark=found[1], depth=1)
            other = listed.get(item_of(part, "").key)
            depth = other.depth if other else 0
            one = replace(item_of(replace(part, depth=depth), one.chapter), number=one.number) if other else one
        made.append(one)
    return made


def _parts(whole: Item, items: Sequence[Item]) -> range:
    """Which items beside one another are one together, with its number or without; none where there are none."""
    texts = {squeezed(whole.text), squeezed(f"{whole.mark}{whole.text}")}
    for begin in range(len(items)):
        made = ""
        for at in range(begin, len(items)):
            made += squeezed(items[at].text)
            if made in texts:
                return range(begin, at + 1)
            if not any(text.startswith(made) for text in texts):
                break
    return range(0)


def _counted(there: Sequence[Item], here: Sequence[Item], apart: AbstractSet[str]) -> Iterator[tuple[Item, Item]]:
    """Each item of a list that has another number than in the file, as other items of the file stand before it there."""
    file, text = _befores(there, apart), _befores(here, apart)
    held = {key for _, _, before in file.values() for key in before} | file.keys()
    for key in (one for one in file if one in text):
        (one, first, before), (other, begins, printed) = file[key], text[key]
        is_same = first == begins and {*before} & text.keys() == {*printed} & held
        if one.mark != other.mark and not is_same:
            yield one, other


def _befores(items: Sequence[Item], apart: AbstractSet[str]) -> dict[str, tuple[Item, int, list[str]]]:
    """The key of each item of a numbered list that stands once → it, its list's first number, the keys before it there."""
    found: dict[str, tuple[Item, int, list[str]]] = {}
    number = Counter(one.key for one in items)
    before: dict[lists.Listed, list[str]] = {}
    for at, listed in lists.numbered((one.mark, one.depth) for one in items).items():
        one = items[at]
        if number[one.key] == 1 and one.key not in apart:
            found[one.key] = one, listed.first, [*before.get(listed, ())]
            before.setdefault(listed, []).append(one.key)
    return found


def _by_list(there: Sequence[Item], other: Sequence[tuple[Item, Item]]) -> Iterator[str]:
    """One question for each list of which items have another number or sign: what they are in the file and in print."""
    listed = lists.numbered((one.mark, one.depth) for one in there)
    places = {id(one): at for at, one in enumerate(there)}
    groups: dict[int, list[tuple[Item, Item]]] = {}
    for one, printed in sorted(other, key=lambda pair: places[id(pair[0])]):
        at = places[id(one)]
        groups.setdefault(listed[at].list if at in listed else at, []).append((one, printed))
    for some in groups.values():
        length = None if len(some) == 1 else _SHORT
        stands, prints = ("".join(f"“{_shown(pair[side], length)}”" for pair in some) for side in (0, 1))
        yield f"{some[0][0].chapter}：列表的编号不同，稿子是{stands}，印的是{prints}"


def _shown(item: Item, length: int | None) -> str:
    """An item with its number, or so much of it."""
    text = f"{item.mark} {item.text}".lstrip()
    return text if length is None or len(text) <= length else f"{text[:length]}…"


def _unlike(there: Sequence[Item], here: Sequence[Item]) -> tuple[list[Item], list[Item]]:
    """What of two sequences is not the same in the same order."""
    matcher = SequenceMatcher(None, [one.key for one in there], [one.key for one in here], autojunk=False)
    unlike = [one for one in matcher.get_opcodes() if one[0] != "equal"]
    return (
        [there[at] for _, begin, end, _, _ in unlike for at in range(begin, end)],
        [here[at] for _, _, _, begin, end in unlike for at in range(begin, end)],
    )


def _without(items: Sequence[Item], some: Counter[str]) -> list[Item]:
    """The items without so many of each key, which are counted off."""
    kept = []
    for one in items:
        if some[one.key] > 0:
            some[one.key] -= 1
        else:
            kept.append(one)
    return kept
