"""The rows around a table in its rectangle: the numbers of its columns, checks of zeros, what its labels do not reach."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao.importing.flow import Paragraph
from nianbao.inputs.outline import is_value
from nianbao.statute import tree

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from nianbao.importing.flow import Grid
    from nianbao.importing.labelled import Labels

_COUNTER = re.compile("[0-9]{1,3}")
NUMBERS = ("序号", "编号", "代码", "行次", "行号", "栏次", "列次")  # what heads the numbers of rows or columns
_COLUMNS = re.compile(f"[甲乙丙丁戊己A-E]|{'|'.join(NUMBERS)}")  # what stands before those of columns
_FEWEST_COLUMNS = 5
_FEW = 3  # columns of figures of which a row may fill one
CHECKS = re.compile(
    "(?:公式|自动|数据|合计|总计|横向|纵向|逻辑|勾稽|平衡|表[内间])*(?:关系)?(?:校验|核对|校核|复核|检查|核验|验证|检验|审核)"
    "(?:[列栏值数]|结果|公式|情况)?|差[额异值]|是否(?:一致|相符|正确|平衡|相等)|勾稽(?:关系)?|备注.{0,2}"
)
_WORD = re.compile(r"[^\W\d_]")
_YEAR = re.compile("(?:20)?[0-9]{2}年")
COLUMNS, OUTSIDE, ODD_ROW = "表格各栏的编号", "表格之外的栏", "表格之外不知用途的数"
SAID = "表格旁边的一行字"


def without_rows(grid: Grid, labels: Labels, owners: Sequence[str], said: Container[int]) -> tuple[Grid, list[Paragraph]]:
    """A grid without the rows whose figures count nothing, and these rows.

    They are the numbers of its columns, checks that agree, and those that stand outside it.
    """
    filled = [(number, [cell for cell in row if cell]) for number, row in enumerate(grid.rows) if any(row)]
    why = {at: SAID if _has_words(grid.rows[at]) else ODD_ROW for at in _outside_rows(grid, owners, said)}
    count = 0
    for (_, above), (number, row), (_, below) in zip(filled, filled[1:], [*filled[2:], (-1, [])], strict=False):
        are_heads = not any(map(is_counted, above)) and any(labels.is_one(tree.normalise(cell)) for cell in above)
        if are_heads and any(map(is_counted, below)) and _are_of_columns(row, count):
            why[number], count = COLUMNS, int(row[-1])
        elif CHECKS.fullmatch(tree.normalise(row[0])) and row[1:] and {*row[1:]} == {"0"}:
            why[number] = OUTSIDE
    beside = [
        Paragraph("，".join(filter(None, grid.rows[at])), f"{grid.place}第{grid.number(at)}行", around=said)
        for at, said in why.items()
    ]
    rows = tuple(("",) * len(row) if at in why else row for at, row in enumerate(grid.rows))
    return (replace(grid, rows=rows) if why else grid), beside


def _outside_rows(grid: Grid, owners: Sequence[str], said: Container[int]) -> list[int]:
    """The rows with figures where no labels of a table are any more: above its heads, and below its last row.

    A row of a bureau's own below the last one has its figures where the others have theirs, most of them, and no words
    behind one; one without words may hold what was moved out of the table. A last table without labels has one row
    of figures.
    """
    values = {number: [at for at, cell in enumerate(row) if is_value(cell)] for number, row in enumerate(grid.rows)}
    rows = {number: places for number, places in values.items() if places and number not in said}
    told = [at for at, owner in enumerate(owners) if owner]
    own = [places for number, places in rows.items() if owners[number] == owners[told[-1]]] if told else []
    if not own:
        longest = max((places for number, places in rows.items() if number > told[-1]), key=len, default=[])
        own, told = [longest], [*told, *(number for number, places in rows.items() if places == longest)]
    above = [number for number in rows if number < told[0]] if told[0] not in rows and any(own) else []
    left, most = min((at for places in own for at in places), default=0), max(map(len, own))
    return above + [
        number for number, places in rows.items()
        if number > told[-1] and (
            not any(at >= left for at in places)
            or (2 * len(places) < most > _FEW and _has_words(grid.rows[number]))
            or any(cell and not is_value(cell) for cell in grid.rows[number][places[0] :])
        )
    ]  # fmt: skip


def _are_of_columns(row: Sequence[str], count: int) -> bool:
    """Whether a row right below heads numbers its columns: 甲, 乙, 1, 2, 3 …, or on from those of the part above.

    Where no 甲 or 栏次 stands before the numbers, they are those of many columns, from 1 on.
    """
    names = [cell for cell in row if _COLUMNS.fullmatch(cell)]
    numbers = row[len(names) :]
    if not numbers or not all(map(_COUNTER.fullmatch, numbers)) or not (names or len(numbers) >= _FEWEST_COLUMNS):
        return False
    first = int(numbers[0])
    return first in {1, count + 1 if names else 1} and [*map(int, numbers)] == [*range(first, first + len(numbers))]


def _has_words(row: Sequence[str]) -> bool:
    return any(map(_WORD.search, row))


def is_counted(text: str) -> bool:
    """Whether a cell is a figure, or stands for one, and no year."""
    return is_value(text) and not _YEAR.match(text)
