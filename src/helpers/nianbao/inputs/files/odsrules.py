"""The conditional formats of an ODS workbook, as LibreOffice writes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.inputs.files import conditions
from nianbao.inputs.files.conditions import ALWAYS, areas_of
from nianbao.inputs.files.rules import ALONE, Change, Rule

if TYPE_CHECKING:
    from nianbao.inputs.files.conditions import Area, Condition, Place
    from nianbao.inputs.files.odslooks import Looks

_SHEET = re.compile(r"(?:'[^']*'|[^.:\s']*)\.|\$")  # what stands before the cells in an address

_GRAPHIC = {"data-bar", "icon-set", "formatting-entry"}


class Rules:
    """Reads elements ``conditional-format``; the looks that they put on cells are known when a sheet ends."""

    def __init__(self, looks: Looks) -> None:
        self.looks = looks
        self.areas: tuple[Area, ...] = ()
        self.made: list[tuple[tuple[Area, ...], Condition, Place, str | Change]] = []
        self.scale: tuple[str, ...] = ()

    def start(self, name: str, about: dict[str, str]) -> None:
        """Take the beginning of an element."""
        if name == "conditional-format":
            self.areas = areas_of(_SHEET.sub("", about.get("calcext:target-range-address", "")))
        elif name == "condition" and self.areas:
            base = areas_of(_SHEET.sub("", about.get("calcext:base-cell-address", ""))) or self.areas
            condition = conditions.of_ods(about.get("calcext:value", ""))
            style = about.get("calcext:apply-style-name", "")
            self.made.append((self.areas, condition, base[0][0], style))
        elif name in _GRAPHIC and about.get("calcext:show-value") == "false" and self.areas:
            self.made.append((self.areas, ALWAYS, self.areas[0][0], Change(hides=ALONE)))
        elif name == "color-scale" and self.areas:
            self.made.append((self.areas, ALWAYS, self.areas[0][0], Change()))
        elif name == "color-scale-entry" and self.made and isinstance(before := self.made[-1][3], Change):
            colour = about.get("calcext:color", "").removeprefix("#").upper()
            self.made[-1] = (*self.made[-1][:3], before._replace(scale=(*before.scale, colour)))

    def taken(self) -> list[Rule]:
        """The rules of the sheet that ends."""
        made, self.made = self.made, []
        return [
            Rule(areas, condition, base, said if isinstance(said, Change) else self.looks.change(said))
            for areas, condition, base, said in made
        ]
