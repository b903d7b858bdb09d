"""The changes of an ODS workbook that were recorded, and that nobody has accepted or rejected yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nianbao.inputs.files.conditions import Place
    from nianbao.inputs.files.inspected import Inspected

_KINDS = {"insertion": "插入", "deletion": "删除", "movement": "移动"}
_OF_WHAT = {"row": "行", "column": "列", "table": "工作表"}
_MOST = 1_000


class Tracked:
    """Reads the element ``tracked-changes``, which stands above the sheets."""

    def __init__(self) -> None:
        self.is_open, self.is_pending = False, False
        self.cells: dict[tuple[int, Place], str] = {}  # the number of a sheet, and a cell → what it said before
        self.others: list[tuple[int, str]] = []
        self.at: tuple[int, Place] | None = None
        self.inside = False

    def start(self, name: str, about: dict[str, str]) -> bool:
        """Take the beginning of an element; returns whether it is one of changes."""
        self.is_open = self.is_open or name == "tracked-changes"
        if not self.is_open:
            return False
        if name == "cell-content-change" or name in _KINDS:
            self.is_pending, self.at = about.get("table:acceptance-state", "pending") == "pending", None
        if name in _KINDS and self.is_pending and len(self.others) < _MOST:
            what = _OF_WHAT.get(about.get("table:type", ""), "格")
            number = _number(about.get("table:position", "")) + 1
            self.others.append((_number(about.get("table:table", "")), f"{_KINDS[name]}第{number}{what}"))
        elif name == "cell-address" and self.is_pending and self.at is None and len(self.cells) < _MOST:
            row, column, sheet = (_number(about.get(f"table:{key}", "")) for key in ("row", "column", "table"))
            self.at = sheet, (row, column)
            self.cells.setdefault(self.at, "")
        self.inside = name == "p"
        return True

    def text(self, some: str) -> bool:
        """Take some words; returns whether they are of a change: what stood in the cell before."""
        if self.is_open and self.inside and self.at and not self.cells[self.at]:
            self.cells[self.at] = some
        return self.is_open

    def end(self, name: str) -> bool:
        """Take the end of an element; returns whether it is one of changes."""
        was_open = self.is_open
        self.inside = False
        self.is_open = was_open and name != "tracked-changes"
        return was_open

    def note(self, sheet: Inspected, number: int, texts: Mapping[Place, str]) -> None:
        """Keep what was changed on a sheet."""
        for (of, at), before in self.cells.items():
            if of == number:
                sheet.track(at, texts.get(at, ""), before)
        sheet.tracked += [said for of, said in self.others if of == number]


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0
