"""The columns that stand beside a table: remarks, the numbers of rows, last year's figures to compare with."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao.importing.flow import Paragraph
from nianbao.inputs.sheets import NOTES
from nianbao.statute import tree
from nianbao.wording import column_letter

if TYPE_CHECKING:
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
    behind = {at for at in heads if at > last}
    if not behind:
        return grid
    said = {
        number: "；".join(cell for at, cell in enumerate(row) if at in behind and cell and tight[number][at] not in _REMARKS)
        for number, row in enumerate(grid.rows)
    }
    rows = tuple(tuple("" if at in behind else cell for at, cell in enumerate(row)) for row in grid.rows)
    return replace(grid, rows=rows, remarks=grid.remarks | {number: text for number, text in said.items() if text})


def without_margins(grid: Grid, labels: Labels) -> tuple[Grid, list[Paragraph]]:
    """A grid without a column of row numbers on its left and those of last year on its right, and what these say.

    Their heads have to say so, and the numbers to be 1, 2, 3 …
    """
    tight = [[tree.normalise(cell) for cell in row] for row in grid.rows]
    known = [at for row in tight for at, cell in enumerate(row) if labels.is_one(cell)]
    first, last = min(known, default=0), max(known, default=len(grid.rows[0]))
    why: dict[int, str] = {}
    for at in range(len(grid.rows[0])):
        texts = [row[at] for row in tight if row[at]]
        if at < first and texts and texts[0] in _NUMBERS and texts[1:] == [str(one) for one in range(1, len(texts))]:
            why[at] = NUMBERED
        elif at > last and texts and _COMPARED.fullmatch(texts[0]):
            why[at] = COMPARED
    if not why:
        return grid, []
    beside = [
        Paragraph(
            "，".join(filter(None, (row[at] for row in grid.rows))), f"{grid.place} {column_letter(at)}列", around=reason
        )
        for at, reason in why.items()
    ]
    rows = tuple(tuple("" if at in why else cell for at, cell in enumerate(row)) for row in grid.rows)
    return replace(grid, rows=rows), beside
