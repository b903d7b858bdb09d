"""The conditional formats of an XLSX workbook: what they put on cells, and on which.

Source: ECMA-376-1, 18.3.1.10 (cfRule), 18.8.14 (dxf); [MS-XLSX] 2.3.3 for those since Excel 2010,
which hold their own looks.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from nianbao.inputs.files import conditions
from nianbao.inputs.files.cellfonts import Font, blended, ground_of
from nianbao.inputs.files.conditions import ALWAYS, NEVER, UNKNOWN, Condition, areas_of
from nianbao.inputs.files.rules import ALONE, Change, Rule
from nianbao.inputs.files.xlsxlooks import OFF, changed, colour, whole

_SIGNS = {
    "lessThan": "<", "lessThanOrEqual": "<=", "greaterThan": ">", "greaterThanOrEqual": ">=", "equal": "=", "notEqual": "<>",
    "between": conditions.BETWEEN, "notBetween": conditions.NOT_BETWEEN,
}  # fmt: skip
# Of a cell that is filled, and holds no error.
_OF_FILLED = {
    "containsBlanks": NEVER, "containsErrors": NEVER, "notContainsBlanks": ALWAYS, "notContainsErrors": ALWAYS,
    "colorScale": ALWAYS, "dataBar": ALWAYS, "iconSet": ALWAYS,
}  # fmt: skip


class Changes:
    """Reads elements ``dxf``: what rules put on cells."""

    def __init__(self) -> None:
        self.made: list[Change] = []
        self.part, self.pattern = "", ""
        self.fill: dict[str, list[str]] = {}

    def start(self, name: str, about: dict[str, str]) -> None:
        """Take the beginning of an element."""
        if name == "dxf":
            self.made.append(Change())
            self.part = name
        elif not self.part:
            return
        elif name in {"font", "fill", "border", "numFmt"}:
            self.part, self.pattern, self.fill = name, "", {}
        if name == "numFmt":
            self._add(code=about.get("formatCode", ""))
        elif self.part == "font" and name in {"strike", "vertAlign", "color", "sz"}:
            self._font(name, about)
        elif self.part == "fill" and name == "patternFill":
            self.pattern = about.get("patternType", "solid")
        elif self.part == "fill" and name in {"fgColor", "bgColor", "color"}:
            self.fill.setdefault(name, []).append(colour(about))

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if self.part == "fill" and name == "patternFill":
            fore, back = (next(iter(self.fill.get(key, ())), "") for key in ("fgColor", "bgColor"))
            # Here the one colour of a cell is the back one.
            is_plain = self.pattern == "solid"
            self._add(ground=(back or fore) if is_plain else ground_of(self.pattern, fore, back))
        elif self.part == "fill" and name == "gradientFill":
            self._add(ground=blended(self.fill.get("color", ())))
        elif name == "dxf":
            self.part = ""

    def _font(self, name: str, about: dict[str, str]) -> None:
        made = changed(Font(colour="", size=0), name, about)
        if name == "strike":
            self._add(is_struck=made.is_struck)
        elif name == "vertAlign":
            self._add(is_raised=made.is_raised)
        elif name == "sz":
            self._add(size=made.size)
        else:
            self._add(colour=made.colour)

    def _add(self, **said: Any) -> None:
        self.made[-1] = self.made[-1]._replace(**said)


@dataclass(slots=True)
class _Open:
    """A rule that is being read."""

    kind: str
    sign: str
    change: Change
    priority: int
    stops: bool
    formulas: list[str] = field(default_factory=list)

    @property
    def condition(self) -> Condition:
        if self.kind == "cellIs":
            return conditions.compared(_SIGNS.get(self.sign, ""), *self.formulas)
        if self.kind == "expression":
            return conditions.of_formula("".join(self.formulas))
        return _OF_FILLED.get(self.kind, UNKNOWN)


class Rules:
    """Reads elements ``conditionalFormatting`` of a sheet; ``changes`` are those of the workbook, by number."""

    def __init__(self, changes: list[Change]) -> None:
        self.changes = changes
        self.own = Changes()
        self.made: list[tuple[int, Rule]] = []
        self.open: list[_Open] = []
        self.is_open, self.inside, self.area = False, "", ""

    @property
    def sorted(self) -> list[Rule]:
        """The rules, that which counts most first."""
        return [rule for _, rule in sorted(self.made, key=lambda one: one[0])]

    def start(self, name: str, about: dict[str, str]) -> None:
        """Take the beginning of an element."""
        self.own.start(name, about)
        self.inside = name if name in {"formula", "f", "sqref"} else ""
        if name == "conditionalFormatting":
            self.is_open, self.open, self.area = True, [], about.get("sqref", "")
        elif name == "cfRule":
            number = whole(about.get("dxfId")) if "dxfId" in about else len(self.changes)
            change = self.changes[number] if number < len(self.changes) else Change()
            stops = about.get("stopIfTrue", "0") not in OFF
            said = about.get("type", ""), about.get("operator", ""), change, whole(about.get("priority")), stops
            self.open.append(_Open(*said))
        elif not self.open:
            return
        elif name in {"formula", "f"}:
            self.open[-1].formulas.append("")
        elif name in {"dataBar", "iconSet"} and about.get("showValue", "1") in OFF:
            self.open[-1].change = self.open[-1].change._replace(hides=ALONE)
        elif name == "color" and self.open[-1].kind == "colorScale":
            change = self.open[-1].change
            self.open[-1].change = change._replace(scale=(*change.scale, colour(about)))

    def text(self, some: str) -> None:
        """Take some words."""
        if self.inside == "sqref":
            self.area += some
        elif self.inside and self.open and self.open[-1].formulas:
            self.open[-1].formulas[-1] += some

    def end(self, name: str) -> None:
        """Take the end of an element."""
        self.own.end(name)
        self.inside = ""
        if name == "dxf" and self.open:
            self.open[-1].change = self.own.made[-1]
        elif name == "conditionalFormatting":
            areas = areas_of(self.area)
            for one in self.open if areas else ():
                rule = Rule(areas, one.condition, areas[0][0], one.change, one.stops)
                self.made += [(one.priority, rule)] * (one.change != Change())
            self.is_open, self.open = False, []
