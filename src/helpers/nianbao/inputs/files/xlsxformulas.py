"""The formulas of an XLSX workbook's sheet, those too that one cell shares with others below it or beside it."""

from __future__ import annotations

import re

from nianbao.wording import column_letter, column_number

_TEXTS = re.compile("(\"[^\"]*\"|'[^']*')")
_CELL = re.compile(r"(?<![A-Za-z0-9_.$\u4e00-\u9fff])(\$?)([A-Z]{1,3})(\$?)([1-9][0-9]{0,6})(?![A-Za-z0-9_.(\u4e00-\u9fff])")


class Formulas:
    """Collects the formulas of a sheet, without the sign before them, by row and column from 0."""

    def __init__(self) -> None:
        self.made: dict[tuple[int, int], str] = {}
        self.shared: dict[str, tuple[tuple[int, int], str]] = {}  # by number: where each stands, and what
        self.number, self.said = "", ""

    def start(self, about: dict[str, str]) -> None:
        """Take the beginning of a formula."""
        self.number, self.said = about.get("si", "") if about.get("t") == "shared" else "", ""

    def text(self, some: str) -> None:
        """Take some text of it."""
        self.said += some

    def end(self, at: tuple[int, int]) -> str:
        """Keep it as that of a cell; returns it."""
        if self.said:
            self.made[at] = self.said
            self.shared |= {self.number: (at, self.said)} if self.number else {}
        elif self.number in self.shared:
            begin, said = self.shared[self.number]
            self.made[at] = moved(said, at[0] - begin[0], at[1] - begin[1])
        return self.made.get(at, "")


def moved(formula: str, down: int, right: int) -> str:
    """A formula as it is some rows below and some columns on the right: cells without a ``$`` are others there."""

    def other(found: re.Match[str]) -> str:
        letters = found[2] if found[1] else column_letter(max(column_number(found[2]) + right, 0))
        return f"{found[1]}{letters}{found[3]}{found[4] if found[3] else max(int(found[4]) + down, 1)}"

    parts = _TEXTS.split(formula)
    return "".join(part if at % 2 else _CELL.sub(other, part) for at, part in enumerate(parts))
