"""What a reviewer has changed in a paragraph or a table, with what has changed in the folder since."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao.importing.flow import Grid, Paragraph
from nianbao.importing.returned.matching import item_of, kind_of
from nianbao.importing.returned.mergedrows import differences, rebased_rows
from nianbao.importing.returned.rebased import rebased
from nianbao.importing.returned.result import BOTH, ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.importing.returned.matching import Item
    from nianbao.importing.returned.result import Result


def told(item: Item, given: Item) -> Iterator[tuple[str, str, str]]:
    """What is said of a change: the chapter, what was printed, what the file has; of tables of one head cell by cell."""
    old, new = given.part, item.part
    cells = differences(old.rows, new.rows) if isinstance(old, Grid) and isinstance(new, Grid) else ()
    if not cells:
        yield item.chapter, given.text, item.text
    for place, before, after in cells:
        yield item.chapter, f"{place}：{before}", after


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
        text, both = rebased(given.text, ours.text, part.text)
        if both:
            into.ask(BOTH, f"{item.chapter}：原来印“{given.text}”，现在印“{ours.text}”，稿子是“{item.text}”")
        part = replace(part, text=text)
    into.apart.update((item.key, item_of(part, item.chapter, item.is_heading).key))
    return part
