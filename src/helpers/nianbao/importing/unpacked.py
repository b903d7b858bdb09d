"""The text of rectangles that are a whole report, such as a sheet with its chapters, as paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.importing.counted import is_chapter, is_part_title
from nianbao.importing.flow import Paragraph
from nianbao.importing.furniture import is_guide
from nianbao.inputs.outline import is_value
from nianbao.statute import tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.importing.flow import Block, Grid
    from nianbao.importing.labelled import Labels


def unpacked(blocks: Sequence[Block], labels: Labels) -> list[Block]:
    """A flow with the text of each grid that is a whole report, such as a sheet with its chapters, as paragraphs."""
    return [one for block in blocks for one in ([block] if isinstance(block, Paragraph) else _unpacked(block, labels))]


def _unpacked(grid: Grid, labels: Labels) -> Iterator[Block]:
    alone = [_alone([*filter(None, row)]) for row in grid.rows]
    # In a row whose cells are blank a label stands alone too.
    alone = ["" if tree.normalise(text) in labels.rows else text for text in alone]
    if not any(is_chapter(text) for text in alone):
        yield grid
        return
    begin = 0
    for number, text in enumerate([*alone, "。"]):
        if not text or (number < len(alone) and _is_of_table(text)):
            continue
        if any(map(any, grid.rows[begin:number])):
            yield grid.part(begin, number)
        if number < len(alone):
            yield Paragraph(text, f"{grid.place}第{grid.number(number)}行", sheet=grid.sheet)
        begin = number + 1


def _alone(filled: Sequence[str]) -> str:
    """What stands alone in a row, as that of merged cells does several times; a row of figures may say one and the same."""
    is_one = len(set(filled)) == 1 and (len(filled) == 1 or not is_value(filled[0]))
    return filled[0] if is_one else ""


def _is_of_table(text: str) -> bool:
    """Whether what stands alone in a row is of a table: a note, or the title of a part."""
    return (reading.is_note(text) and not is_guide(text)) or is_part_title(text)
