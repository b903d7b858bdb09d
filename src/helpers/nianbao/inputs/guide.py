"""The form's sheet 说明: whose form it is, what it says, and what somebody wrote there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.inputs.cells import NO_RESULT

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from nianbao.inputs.files.workbook import Sheet

GUIDE = "说明"
TITLE, GUIDE_HEAD = "政府信息公开工作年度报告填报表", ("工作表", "未填", "不符")
STEPS = (
    "各表照官方格式排好，名称已锁定，只填空白格；浅黄的格还没有填，填完即变白。",
    "没有发生的填 0；确不适用的填 不适用；无从得知的填 未知：原因。",
    "橙色斜体的数是从上年报告结转来的，请核对，不对的直接改。",
    "“自动核对”随填随算：✓ 相符；✗ 不符，有关的格变红；“合计”是已填各格之和。总计各格请照填，不要留空。",
    "“备注”栏和“自动核对”不会印出。可以插行、隐藏、改字体、调列宽；不要改动表内的名称。",
    "正文要引用的数字写在“事实”表，正文里用 {{ 事实.名称 }} 引用，写几位印几位。正文仍写在 narrative.md。",
    "填好后存回本文件夹，文件名不变（form.xlsx；另存为 form.xls、form.ods 亦可，只留一份），再运行 nianbao build。",
)
_COLUMNS = 4  # of the sheet
_TITLE = re.compile(rf"(.{{0,60}}?)(20[0-9]{{2}})年度{TITLE}")


def is_of_guide(cells: Iterable[str]) -> bool:
    """Whether a row of 说明 is the form's own: a direction, or what is counted of the sheets."""
    said = tuple(filter(None, cells))
    are_counts = len(said) == len(GUIDE_HEAD) and all(cell.isdecimal() or cell == NO_RESULT for cell in said[1:])
    return are_counts or said == GUIDE_HEAD or TITLE in said[0] or said[-1] in STEPS


def title_of(sheets: Iterable[Sheet]) -> tuple[str, int, str] | None:
    """The body and the year that a form says are its own on its sheet 说明, and the place of that; ``None`` for none."""
    cells = ((sheet, number, cell) for sheet in sheets if sheet.name == GUIDE for number, row in sheet.rows for cell in row)
    said = ((_TITLE.match(cell.strip()), sheet.name, number) for sheet, number, cell in cells)
    return next(((found[1].strip(), int(found[2]), f"{name}!A{number}") for found, name, number in said if found), None)


def beside_guide(sheets: Iterable[Sheet], names: Container[str]) -> Iterator[tuple[int, int, str]]:
    """The row, the column from 0 and the text of each cell of 说明 that is none of its own; tables have some ``names``."""
    for sheet in sheets:
        for number, row in sheet.rows if sheet.name == GUIDE else ():
            for at, text in enumerate(row):
                is_own = text in {*STEPS, *GUIDE_HEAD, NO_RESULT} or TITLE in text or text in names or text.isdecimal()
                if text and not (is_own and at < _COLUMNS):
                    yield number, at, text
