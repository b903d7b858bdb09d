"""What a cell's text is written as in a table's CSV, and by which rule."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.inputs.cells import NUMBER
from nianbao.wording import NOT_APPLICABLE, UNKNOWN, number

if TYPE_CHECKING:
    from nianbao.inputs.cells import Cell
    from nianbao.statute.tree import Node

RULES = {
    "去掉货币符号": re.compile("^(?:¥|人民币)"),
    "千位分隔": re.compile(r"[0-9][,，][0-9]{3}"),
    "汉字的零": re.compile("^[零〇]$"),
    "问号是丢了的空格": re.compile(r"^[?？]"),
    "数字后的量词": re.compile(r"[0-9]\s*\(?(?![万亿元])[\u4e00-\u9fff]"),
    "没有增减": re.compile("持平|不变|无"),
}


def written(text: str, cell: Cell, column: Node, around: str = "") -> str:
    """What a cell is written as: digits alone, money with its unit, marks as they stand.

    The unit is the one that it was typed with, else the one that is said ``around`` its table.
    """
    if cell.state == UNKNOWN:
        return text
    if cell.state == NOT_APPLICABLE:
        return text if reading.is_mark(text) else NOT_APPLICABLE
    if cell.state != NUMBER or cell.value is None:
        return ""
    if column.kind != "money":
        return str(cell.value)
    meaning = reading.usual(text)
    amount, unit = reading.money("0" if meaning == "0" else text)
    return f"{number(amount)}{unit or around}"


def rule_of(text: str, cell: Cell) -> str:
    """The name of the rule by which a cell's text was written otherwise."""
    if cell.state == NOT_APPLICABLE:
        return "读作不适用"
    narrow = unicodedata.normalize("NFKC", text)
    sign = reading.sign(text)
    found = [("正号" if sign in reading.UP else "负数的写法")] if sign else []
    found += [name for name, pattern in RULES.items() if pattern.search(narrow)]
    if any(unicodedata.east_asian_width(char) == "F" for char in text):
        found.append("全角改半角")
    if re.search(r"\s", text):
        found.append("去掉空格")
    return "、".join(found) or "按数字写"
