"""What differs between the texts of two reports: their chapters, the tables and paragraphs in them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from nianbao.likeness import nearest, of_texts
from nianbao.narrative.headings import PREAMBLE
from nianbao.review.changedwords import are_numbers_only
from nianbao.review.difference import How, What, compared, difference
from nianbao.review.owntables import in_cells, said
from nianbao.review.pairing import NEAR, moved, paired, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nianbao.review.difference import Difference
    from nianbao.review.pairing import Pair

Data = dict[str, Any]
Key = tuple[str, str, int]
_NOTHING: Data = {"heading": "", "text": "", "tables": []}


@dataclass(frozen=True, slots=True)
class _Pair:
    """A paragraph as it was and as it is, in Markdown, '' for none, and the chapter and number of each."""

    was: str
    now: str
    was_at: str
    now_at: str


def texts(before: Data, after: Data) -> Iterator[Difference]:
    """The order of the chapters, their headings, tables and paragraphs, and those of attachments."""
    past, now = _passages(before), _passages(after)
    past = _renamed(past, now)
    common = [[key for key in some if key in other] for some, other in ((past, now), (now, past))]
    if common[0] != common[1]:
        orders = ("、".join(some[key]["heading"] for key in keys) for some, keys in zip((past, now), common, strict=True))
        yield from compared(What.ORDER, "章节的顺序", *orders)
    names = {one["id"]: one["name"] for one in (*before["tables"], *after["tables"])}
    told: list[Difference | _Pair] = []
    for key in dict.fromkeys((*now, *past)):
        told += _passage(past.get(key, _NOTHING), now.get(key, _NOTHING), names)
    yield from _with_moved(told)


def _passage(old: Data, new: Data, names: Mapping[str, str]) -> Iterator[Difference | _Pair]:
    """What differs in one chapter, and its paragraphs."""
    place = new["heading"] or old["heading"] or PREAMBLE
    yield from compared(What.HEADING, "章节标题", old["heading"], new["heading"])
    tables = ("、".join(names[table] for table in one["tables"]) for one in (old, new))
    yield from compared(What.TABLE, f"{place} 放的表", *tables)
    was, now = paragraphs(old["text"]), paragraphs(new["text"])
    pairs = list(paired(was, now))
    for table in new["tables"]:
        if table in old["tables"]:
            yield from compared(What.TABLE, f"{place} {names[table]}的位置", *_places(table, old, new, pairs))
    for i, j in pairs:
        yield _Pair(
            "" if i is None else was[i],
            "" if j is None else now[j],
            "" if i is None else f"{old['heading'] or '引言'} 原第{i + 1}段",
            "" if j is None else f"{place} 第{j + 1}段",
        )


def _with_moved(told: Sequence[Difference | _Pair]) -> Iterator[Difference]:
    """The differences; of a paragraph that is gone here and new there, one."""
    pairs = [one for one in told if isinstance(one, _Pair)]
    gone, new = [one for one in pairs if not one.now], [one for one in pairs if not one.was]
    from_ = {id(new[j]): gone[i] for j, i in moved([one.was for one in gone], [one.now for one in new]).items()}
    left = {id(one) for one in from_.values()}
    for one in told:
        if not isinstance(one, _Pair):
            yield one
        elif origin := from_.get(id(one)):
            yield replace(_told(one.now_at, origin.was, one.now), how=How.MOVED, was_at=origin.was_at)
        elif id(one) not in left:
            yield from _paragraph(one)


def _paragraph(one: _Pair) -> Iterator[Difference]:
    """What differs in a paragraph, and in each cell of a table that stands in both."""
    place = one.now_at or one.was_at
    cells = list(in_cells(place, one.was, one.now)) if one.was and one.now and one.was != one.now else []
    yield from cells or [_told(place, one.was, one.now)]


def _told(place: str, was: str, now: str) -> Difference:
    shown = said(was), said(now)
    if was != now and shown[0] == shown[1]:
        return difference(What.MARKUP, place, was, now)
    found = difference(What.PARAGRAPH, place, *shown)
    return replace(found, how=How.NUMBERS) if all(shown) and are_numbers_only(*shown) else found


def _passages(data: Data) -> dict[Key, Data]:
    """The pieces of a text by what they are: a chapter by its numeral, however it is worded."""
    found: dict[Key, Data] = {}
    times: Counter[tuple[str, str]] = Counter()
    for one in data["narrative"]:
        numeral, mark, _ = one["heading"].partition("、")
        name = numeral if mark and one["kind"] == "chapter" else one["heading"]
        found[one["kind"], name, times[one["kind"], name]] = one
        times[one["kind"], name] += 1
    return found


def _renamed(past: dict[Key, Data], now: Mapping[Key, Data]) -> dict[Key, Data]:
    """The pieces of the past by their names of now: what has another heading and much the same text is that piece."""
    names: dict[Key, Key] = {}
    for kind in {key[0] for key in now}:
        gone = [key for key in past if key[0] == kind and key not in now]
        new = [key for key in now if key[0] == kind and key not in past]
        found = nearest([past[key] for key in gone], [now[key] for key in new], NEAR, _likeness)
        names |= {gone[i]: new[j] for j, i in found.items()}
    return {names.get(key, key): one for key, one in past.items()}


def _likeness(one: Data, other: Data) -> float:
    """How far two pieces have the same text; without any, the same heading."""
    return of_texts(*(each["text"] if one["text"] or other["text"] else each["heading"] for each in (one, other)))


def _places(table: str, before: Data, after: Data, pairs: Sequence[Pair]) -> tuple[str, str]:
    """Behind which paragraph a table stands in both; the same where all that both have stands on the same side of it."""
    was, now = (len(paragraphs(one["text"][: one["table_places"][one["tables"].index(table)]])) for one in (before, after))
    is_moved = any(i is not None and j is not None and (i < was) != (j < now) for i, j in pairs)
    old, new = (f"第{at}段之后" if at else "正文之前" for at in (was, now))
    return (old if is_moved else new), new
