"""The columns that stand beside a table: remarks, the numbers of rows, last year's figures to compare with."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.importing.flow import Paragraph
from nianbao.inputs.sheets import NOTES
from nianbao.statute import tree
from nianbao.wording import column_letter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.importing.flow import Grid
    from nianbao.importing.labelled import Labels

_REMARKS = {NOTES, "备注说明", "说明", "备考"}  # what heads a column of remarks
_NUMBERS = {"序号", "编号", "行次"}
_COMPARED = re.compile(r"(?:与|和|比|较)?(?:上年|去年|上一年|同比|环比|增减|增长).{0,8}")
NUMBERED, COMPARED = "表格左边的序号", "表格右边与上年比较的栏"


def without_remarks(grid: Grid, labels: Labels) -> Grid:
    """A grid without the columns behind its tables that are headed 备注; what stands there is said beside its row."""
    tight = [[tree.normalise(cell) for cell in row] for row in grid.rows]
    heads = {at for row in tight for at, cell in enumerate(row) if cell in _REMARKS}
    last = max((at for row in tight for at, cell in enumerate(row) if labels.is_one(cell)), default=0) if heads else 0
    behind = {at for at in heads if at > last and not _are_figures([row[at] for row in tight])}
    if not behind:
        return grid
    said = {
        number: "；".join(cell for at, cell in enumerate(row) if at in behind and cell and tight[number][at] not in _REMARKS)
        for number, row in enumerate(grid.rows)
    }
    rows = tuple(tuple("" if at in behind else cell for at, cell in enumerate(row)) for row in grid.rows)
    return replace(grid, rows=rows, remarks=grid.remarks | {number: text for number, text in said.items() if text})


def _are_figures(column: Sequence[str]) -> bool:
    """Whether a column headed 备注 holds figures only: then it is none of remarks."""
    said = [cell for cell in column if cell and cell not in _REMARKS]
    return bool(said) and all(map(reading.is_figure, said))


def without_margins(grid: Grid, labels: Labels) -> tuple[Grid, list[Paragraph]]:
    """A grid without a column of row numbers on its left and those of last year on its right, and what these say.

    Their heads have to say so, and the numbers to be 1, 2, 3 …
    """
    tight = [[tree.normalise(cell) for cell in row] for row in grid.rows]
    # What stands alone in a row, as the title of a part, stands over all columns.
    alone = {number for number, row in enumerate(tight) if len(set(filter(None, row))) == 1}
    whole = [row for number, row in enumerate(tight) if number not in alone]
    known = [at for row in whole for at, cell in enumerate(row) if labels.is_one(cell)]
    first, last = min(known, default=0), max(known, default=len(grid.rows[0]))
    why: dict[int, str] = {}
    for at in range(len(grid.rows[0])):
        texts = [row[at] for row in whole if row[at]]
        if at < first and _are_numbers(texts):
            why[at] = NUMBERED
        elif at > last and texts and _COMPARED.fullmatch(texts[0]):
            why[at] = COMPARED
    if not why:
        return grid, []
    taken = {(number, at) for number in range(len(tight)) if number not in alone for at in why}
    beside = [
        Paragraph(
            "，".join(row[at] for number, row in enumerate(grid.rows) if row[at] and (number, at) in taken),
            f"{grid.place} {column_letter(at)}列",
            around=reason,
        )
        for at, reason in why.items()
    ]
    rows = tuple(
        tuple("" if (number, at) in taken else cell for at, cell in enumerate(row)) for number, row in enumerate(grid.rows)
    )
    return replace(grid, rows=rows), beside


def _are_numbers(texts: Sequence[str]) -> bool:
    """Whether a column numbers its rows, 1, 2, 3 …, below one head, or below each part's, there on or anew."""
    count, is_head = None, False
    for text in texts:
        if text in _NUMBERS:
            count, is_head = count or 0, True
        elif count is None or text not in {str(count + 1), *(["1"] if is_head else [])}:
            return False
        else:
            count, is_head = int(text), False
    return bool(count)
