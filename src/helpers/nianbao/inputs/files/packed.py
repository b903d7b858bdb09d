"""The parts of a packed workbook, within bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao import packed
from nianbao.inputs.files.inspected import Refused, damaged
from nianbao.packed import Why
from nianbao.textfile import TOO_MUCH, UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_PARTS, MOST_BYTES, MOST_ELEMENTS = 2000, 8 << 20, 500_000
COPY = "多半有大片空白的行列带着格式：把表格复制到新的工作簿里，另存为 .xlsx"


def protected() -> Refused:
    """The refusal of a workbook that asks for a password."""
    return Refused(UNREADABLE, "设有打开密码", "不设密码的工作簿", "打开后取消密码，再保存")


def _refusal(why: Why, amount: int) -> Refused:
    if why is Why.LOCKED:
        return protected()
    if why is Why.PARTS:
        return Refused(TOO_MUCH, f"内有{amount}个部件", f"最多{MOST_PARTS}个", "另存为新的 .xlsx")
    if why is Why.LARGE:
        return Refused(TOO_MUCH, f"解开后超过{amount / (1 << 20):.0f} MiB", f"最多{MOST_BYTES >> 20} MiB", COPY)
    if why is Why.ELEMENTS:
        return Refused(TOO_MUCH, "空白的行列太多", "一份填报表的行列", COPY)
    if why is Why.ENTITIES:
        return Refused(UNREADABLE, "其中的 XML 定义了实体", "电子表格程序保存的工作簿", "用电子表格打开，另存为新的 .xlsx")
    return damaged()


WORKBOOK = packed.Kind(MOST_PARTS, MOST_BYTES, MOST_ELEMENTS, _refusal)


class Package(packed.Package):
    """A packed workbook: its names, and the parts that are asked for.

    Raises
    ------
    Refused
        When it is damaged, or has too many parts.
    """

    def __init__(self, raw: bytes) -> None:
        super().__init__(raw, WORKBOOK)


def parse(
    data: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Read XML piece by piece; names come without their prefix.

    Raises
    ------
    Refused
        When it is no XML, defines entities of its own, or has more elements than any workbook of a report.
    """
    packed.parse(data, WORKBOOK, start, end, text)
