"""The rows of a table of the text as a reviewer has them, with what has changed in the folder since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nianbao.importing.flow import Paragraph
from nianbao.importing.returned.matching import Item, in_order
from nianbao.importing.returned.rebased import rebased
from nianbao.shown.seen import squeezed

if TYPE_CHECKING:
    from collections.abc import Sequence

Row = tuple[str, ...]
SAME_WORDS, SAME_PLACE = "两边改了同一处", "两边在同一处都加了行"
GONE_HERE, GONE_THERE = "稿子改了，文件夹里已删去", "稿子删去了，文件夹里改过"
COLUMNS = "文件夹里改过，栏目已照稿子的"


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a table of the text with what both have changed, and those of them that are not certain.

    Parameters
    ----------
    rows : tuple of tuple of str
    disputed : tuple of (tuple of str, str)
        As the folder has them, or the reviewer where the folder has them no more, each with what both did: rows in which
        both have changed the same words; that one has changed and the other taken out; that both have put in one place.
        Where one has given the table other columns, all rows that the folder has changed.
    """

    rows: tuple[Row, ...]
    disputed: tuple[tuple[Row, str], ...]


def rebased_rows(base: Sequence[Row], now: Sequence[Row], theirs: Sequence[Row]) -> Rows:
    """The reviewer's rows with the changes from ``base`` to ``now``: rows put in and taken out, and changed cells.

    Where both have changed the same words, the row has the reviewer's; a row that one has changed and the other taken out
    is kept. A table to which one has given other columns is the reviewer's. The first row is the head.
    """
    base, now, theirs = ([row for row in rows if any(row)] for rows in (base, now, theirs))
    if len({len(row) for rows in (base, now, theirs) for row in rows}) > 1:
        return Rows(tuple(theirs), tuple((row, COLUMNS) for row in (*_beside(now, base), *_beside(base, now))))
    of_base, since = _of(base, theirs), {b: n for n, b in _of(base, now).items()}
    added = {_key(row): n for n, row in enumerate(now) if n not in since.values()}
    disputed: list[tuple[Row, str]] = []
    made: list[tuple[int, Row]] = []  # each with the number that the folder's row has, -1 for none
    for number, row in enumerate(theirs):
        if number not in of_base:
            made.append((added.get(_key(row), -1), row))
            continue
        was, at = base[of_base[number]], since.get(of_base[number], -1)
        if at >= 0:
            cells = [_cell(*some) for some in zip(was, now[at], row, strict=True)]
            made.append((at, tuple(text for text, _ in cells)))
            disputed += [(now[at], SAME_WORDS)] if any(both for _, both in cells) else []
        elif _key(was) != _key(row):
            made.append((-1, row))
            disputed.append((row, GONE_HERE))
    gone = {at for b, at in since.items() if b not in of_base.values() and _key(base[b]) == _key(now[at])}
    _put_in(now, gone, {*since.values()}, made, disputed)
    return Rows(tuple(row for _, row in made), tuple(disputed))


def differences(before: Sequence[Row], after: Sequence[Row]) -> list[tuple[str, str, str]]:
    """What differs in two tables of one head: the cell or the row, what stood there, and what stands there; '' for none."""
    old, new = ([row for row in rows if any(row)] for rows in (before, after))
    if len({len(row) for row in (*old, *new)}) > 1 or not old or not new or _key(old[0]) != _key(new[0]):
        return []
    of_old, found = _of(old, new), list[tuple[str, str, str]]()
    for at, row in enumerate(new):
        was = old[of_old[at]] if at in of_old else None
        cells = zip(new[0], was or (), row, strict=False)
        found += [(f"{row[0]} / {head}", one, other) for head, one, other in cells if squeezed(one) != squeezed(other)]
        found += [] if was else [(f"“{row[0]}”一行", "", " | ".join(row))]
    kept = {*of_old.values()}
    return found + [(f"“{row[0]}”一行", " | ".join(row), "") for at, row in enumerate(old) if at not in kept]


def _put_in(
    now: Sequence[Row], gone: set[int], old: set[int], made: list[tuple[int, Row]], disputed: list[tuple[Row, str]]
) -> None:
    """Put in what only the folder has, each row behind the one that it follows there, but for those that have gone."""
    for number, row in enumerate(now):
        places = {at: place for place, (at, _) in enumerate(made) if at >= 0}
        if number in gone or number in places:
            continue
        place = 1 + places[max((at for at in places if at < number), default=min(places))]
        if number in old or (place < len(made) and made[place][0] < 0):
            disputed.append((row, GONE_THERE if number in old else SAME_PLACE))
        made.insert(place, (number, row))


def _of(base: Sequence[Row], rows: Sequence[Row]) -> dict[int, int]:
    """The number of each row that is one of ``base``'s → the number of that; the head is the head."""
    return {0: 0} | {at + 1: b + 1 for at, b in in_order(_items(base[1:]), _items(rows[1:])).items()}


def _items(rows: Sequence[Row]) -> list[Item]:
    return [Item(_key(row), Paragraph("", ""), "") for row in rows]


def _key(row: Row) -> str:
    """A row as it is compared."""
    return "\t".join(map(squeezed, row))


def _beside(rows: Sequence[Row], others: Sequence[Row]) -> list[Row]:
    """The rows that are none of the others."""
    known = {*map(_key, others)}
    return [row for row in rows if _key(row) not in known]


def _cell(base: str, now: str, theirs: str) -> tuple[str, bool]:
    """The reviewer's cell with what the folder has changed in it, and whether both have changed the same words."""
    was, ours, text = map(squeezed, (base, now, theirs))
    if ours in {was, text}:
        return theirs, False
    return (now, False) if text == was else rebased(base, now, theirs)[:2]
