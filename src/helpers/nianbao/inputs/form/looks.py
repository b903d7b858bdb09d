"""How the form looks: fonts, colours and borders, the same in Excel, WPS and LibreOffice."""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

# Families that every Chinese office has; another program takes what it has in their place.
TEXT, HEAD = "宋体", "黑体"
LINE, PALE, GREY, TINT = "#8C8C8C", "#D9D9D9", "#F1F4F8", "#FFFBE6"
CARRIED, RED, GREEN = "#FCE8D2", "#C00000", "#2E7D32"


def height(text: str, width: float, line: float = 16) -> float:
    """How high a row has to be for a text in a column of a width, in points; a column is as wide as so many digits."""
    across = sum(2 if ord(char) > 0x2E7F else 1.1 for char in text)
    return line * max(1, math.ceil(across / max(width - 1, 1))) + 5


class Looks:
    """The formats of one workbook."""

    def __init__(self, book: Workbook) -> None:
        self._book = book

    def _made(self, **more: Any) -> Format:
        usual = {"font_name": TEXT, "font_size": 11, "valign": "vcenter", "text_wrap": True}
        return self._book.add_format(usual | more)

    def _boxed(self, **more: Any) -> Format:
        return self._made(**{"border": 1, "border_color": LINE} | more)

    @cached_property
    def caption(self) -> Format:
        return self._made(font_name=HEAD, font_size=16, align="center")

    @cached_property
    def title(self) -> Format:
        return self._boxed(font_name=HEAD, align="center", bg_color=GREY)

    @cached_property
    def head(self) -> Format:
        return self._boxed(font_name=HEAD, align="center", bg_color=GREY)

    @cached_property
    def label(self) -> Format:
        return self._boxed(align="left", indent=1, bg_color=GREY)

    @cached_property
    def cell(self) -> Format:
        return self._boxed(align="center", locked=False)

    @cached_property
    def carried(self) -> Format:
        return self._boxed(align="center", locked=False, italic=True, bg_color=CARRIED)

    @cached_property
    def typed(self) -> Format:
        """A cell of text: what begins with = + - @ stays text there, and a figure keeps its digits."""
        return self._boxed(align="left", locked=False, num_format="@")

    @cached_property
    def check(self) -> Format:
        return self._made(align="center", font_size=10, border=1, border_color=PALE)

    @cached_property
    def remark(self) -> Format:
        """A cell for a note of the staff's own."""
        return self._made(align="left", font_size=10, border=1, border_color=PALE, locked=False, num_format="@")

    @cached_property
    def side(self) -> Format:
        """The head of a column, or the label of a row, that is not of the official table."""
        return self._made(align="center", font_size=10, font_color="#595959", border=1, border_color=PALE)

    @cached_property
    def text(self) -> Format:
        return self._made(valign="top")

    @cached_property
    def past(self) -> Format:
        """Last year's value, to be compared."""
        return self._boxed(align="left", font_color="#7F7F7F", italic=True)

    @cached_property
    def wrong(self) -> Format:
        """What is laid over cells of a sum that does not hold."""
        return self._book.add_format({"bg_color": "#FFC7CE", "font_color": RED, "bold": True})

    @cached_property
    def mistaken(self) -> Format:
        return self._book.add_format({"font_color": RED, "bold": True})

    @cached_property
    def right(self) -> Format:
        return self._book.add_format({"font_color": GREEN})

    @cached_property
    def blank(self) -> Format:
        """What is laid over a cell that is still to be filled in."""
        return self._book.add_format({"bg_color": TINT})
