"""What a reviewer has taken out and by which all else of a file is known: the day, and headings of chapters that stay."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao.importing.returned.matching import item_of, items_of, matched
from nianbao.importing.returned.placed import placed, tables_of
from nianbao.shown.seen import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.importing.flow import Flow
    from nianbao.importing.imported import Imported
    from nianbao.importing.returned.given import Given
    from nianbao.importing.returned.matching import Item
    from nianbao.importing.returned.printed import Own

HEADLESS = "稿子删去了下列标题，标题下面的内容还在，narrative.md 没有照改：定下面的内容放在哪一章，或不改"
_SHORT = 16  # characters of a paragraph that is named below its heading


def day(flow: Flow, base: Given, made: Imported) -> Flow | None:
    """The file with the day that its reviewer has taken out: by that its end is known. None where it is there."""
    assert made.outline
    assert base.made.outline
    values = base.made.outline.values
    if "date" not in values or {"date", "signature"} & made.outline.values.keys():
        return None
    days = [at for at, one in enumerate(base.blocks) if at and one.text == values["date"][0]]
    above = item_of(base.blocks[days[-1] - 1], "").key if days else ""
    there = [at for at, one in enumerate(flow.blocks) if item_of(one, "").key == above]
    if not there:
        return None
    blocks = (*flow.blocks[: there[-1] + 1], base.blocks[days[-1]], *flow.blocks[there[-1] + 1 :])
    return replace(flow, blocks=blocks)


def headings(flow: Flow, base: Given, made: Imported, own: Own) -> tuple[Flow, list[str]]:
    """The file with each heading that was taken out above what stays and cannot be of the chapter above; what is asked.

    A chapter that the kit writes by itself has no end in narrative.md behind which the paragraphs could stand.
    """
    assert made.outline
    assert base.made.outline
    old, new = items_of(base.made.outline), items_of(made.outline)
    found = {b: n for n, b in matched(old, new).items()}
    blocks, tables = flow.blocks, tables_of(own.report)
    asked: list[str] = []
    for at, left in _without_heading(old, new, found, own):
        keys = [item_of(one, "").key for one in blocks]
        heading = next((n for n, one in enumerate(base.blocks) if squeezed(one.text) == squeezed(old[at].text)), None)
        if heading is None or any(squeezed(old[at].text) in key for key in keys):
            continue  # It stands in a paragraph now.
        below = {new[found[one]].key for one in left} | {item_of(one, "").key for one in base.blocks[heading + 1 :]}
        above = {item_of(one, "").key for one in base.blocks[:heading]}
        spot = next((n for n, key in enumerate(keys) if key in below and key not in above), None)
        if spot is not None:
            blocks = (*blocks[:spot], base.blocks[heading], *blocks[spot:])
            texts = (new[found[one]].text for one in left)
            names = "、".join(f"“{_begin(tables.get(one, one))}”" for one in texts)
            asked.append(f"“{old[at].text}”，下面有{names}")
    return replace(flow, blocks=blocks), asked


def _begin(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[:_SHORT]}…"


def _without_heading(
    old: Sequence[Item], new: Sequence[Item], found: dict[int, int], own: Own
) -> Iterator[tuple[int, list[int]]]:
    """Each such heading of what was given, and what of its chapter the file still has, by their numbers.

    One in the place of which the file has another heading was reworded.
    """
    others = {squeezed(one.text) for one in old if not one.is_heading}  # such as a table's name, which heads the rest then
    gone = [at for at, one in enumerate(old) if one.is_heading and one.number > 1]
    gone = [at for at in gone if at not in found or squeezed(new[found[at]].text) in others]
    written = {squeezed(one.heading) for one in placed(own).chapters.values() if one.line >= 0} if gone else set()
    known = {one.key for one in old} | {squeezed(one.text) for one in old}
    for at in gone:
        left = [n for n, one in enumerate(old) if one.number == old[at].number and n in found and n != at]
        above = next(one.chapter for one in old if one.number == old[at].number - 1)
        if not left or {squeezed(above), squeezed(old[at].text)} <= written:
            continue
        before = new[found[left[0]] - 1] if found[left[0]] else None
        is_reworded = before is not None and before.is_heading and squeezed(before.text) not in known
        if not (is_reworded and found[left[0]] - 1 not in found.values()):
            yield at, left
