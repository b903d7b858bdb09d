"""What a merged text prints otherwise than the file that came back, beside what was asked about."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from nianbao.importing.flow import Paragraph
from nianbao.importing.returned.matching import Item, item_of, items_of, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from nianbao.importing.imported import Imported

TITLE = "标题"
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
    for one in (one for one in missing if one.key not in elsewhere):
        same = next((at for at, other in enumerate(more) if other.text == one.text and other.mark != one.mark), None)
        yield f"{one.chapter}：没有印出“{one.text}”" if same is None else _by_mark(one, more.pop(same))
    yield from (f"{one.chapter}：多印出“{one.text}”" for one in more)
    yield from _counted(there, here, {key for key, number in apart.items() if number})


def _as_items(items: Sequence[Item], others: Sequence[Item]) -> list[Item]:
    """The items, of which paragraphs are items of a list where the other reading has them so, with the same number."""
    listed = {(one.key, one.mark) for one in others if one.mark}
    made = []
    for one in items:
        is_text = isinstance(one.part, Paragraph) and not (one.mark or one.is_heading)
        if is_text and (found := _NUMBERED.fullmatch(one.text)):
            part = Paragraph(found[2], "", mark=found[1], depth=1)
            item = replace(item_of(part, one.chapter), number=one.number)
            one = item if (item.key, item.mark) in listed else one
        made.append(one)
    return made


def _by_mark(there: Item, here: Item) -> str:
    """What is said of an item with another number or sign."""
    stands, printed = (f"“{f'{one.mark} {one.text}'.lstrip()}”" for one in (there, here))
    return f"{there.chapter}：列表的编号不同，稿子是{stands}，印的是{printed}"


def _counted(there: Sequence[Item], here: Sequence[Item], apart: AbstractSet[str]) -> Iterator[str]:
    """Each item of a list with another number than in the file, but where others of its list are in one of both only."""
    file, text = _befores(there), _befores(here)
    marks = {one.key: one for one in here}
    for one in there:
        other = marks.get(one.key)
        if other is None or other.mark == one.mark or one.key in apart:
            continue
        before, printed = file.get(one.key), text.get(one.key)
        is_added = printed is not None and (printed not in file or printed in apart)
        is_gone = before is not None and (before not in text or before in apart)
        if not (is_added or is_gone or (before == printed and before)):
            yield _by_mark(one, other)


def _befores(items: Sequence[Item]) -> dict[str, str | None]:
    """The key of each item of a list that stands once → that of the item before it in its list; ``None`` for the first."""
    found: dict[str, str | None] = {}
    last: dict[int, str] = {}  # of each list that goes on, by its depth
    number = Counter(one.key for one in items)
    for one in items:
        depth = one.part.depth if isinstance(one.part, Paragraph) else 0
        last = {at: key for at, key in last.items() if one.mark and at <= depth}
        if one.mark and number[one.key] == 1:
            found[one.key] = None if one.mark == kind_of(one.mark) else last.get(depth)
        last |= {depth: one.key} if one.mark else {}
    return found


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
