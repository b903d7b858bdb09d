"""How the cells, words, rows and columns of an ODS workbook look, by their styles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from nianbao.alike import BLACK, WHITE
from nianbao.inputs.files import conditions
from nianbao.inputs.files.cellfonts import REPEATED, Font, is_of_symbols, unseen
from nianbao.inputs.files.odsnumbers import Numbers
from nianbao.inputs.files.rules import Change

if TYPE_CHECKING:
    from nianbao.inputs.files.conditions import Condition

_HEX = re.compile("#([0-9a-f]{6})", re.I)
_POINTS = re.compile(r"([0-9.]+)pt")
_SIZE = re.compile(r"([0-9]{1,6}(?:\.[0-9]{0,9})?)([a-z]*)")
_UNITS = {"cm": 72 / 2.54, "mm": 7.2 / 2.54, "in": 72.0, "px": 0.75, "pc": 12.0}  # in points
_LEAST = 2  # points of a row or a column in which something can be seen
_NOT_SHOWN = "隐藏的文字"


class Look(NamedTuple):
    """What a style says; ``None`` where it says nothing, so that what stands around says it."""

    is_struck: bool | None = None
    is_raised: bool | None = None
    colour: str | None = None
    ground: str | None = None
    size: float | None = None
    is_hidden: bool = False
    is_flat: bool = False
    is_of_symbols: bool | None = None
    repeats: bool | None = None
    is_crossed: bool | None = None

    def over(self, other: Look) -> Look:
        """What it says, and where it says nothing what another one does."""
        return Look(
            other.is_struck if self.is_struck is None else self.is_struck,
            other.is_raised if self.is_raised is None else self.is_raised,
            self.colour or other.colour,
            other.ground if self.ground is None else self.ground,
            self.size or other.size,
            self.is_hidden or other.is_hidden,
            is_of_symbols=other.is_of_symbols if self.is_of_symbols is None else self.is_of_symbols,
            repeats=other.repeats if self.repeats is None else self.repeats,
            is_crossed=other.is_crossed if self.is_crossed is None else self.is_crossed,
        )

    @property
    def unseen(self) -> str:
        """Why nobody sees words that look so; '' where they are seen."""
        if self.repeats:
            return REPEATED
        return _NOT_SHOWN if self.is_hidden else unseen(self.font, self.own_ground)

    @property
    def font(self) -> Font:
        """The font of its words."""
        size = Font().size if self.size is None else self.size
        return Font(
            bool(self.is_struck or self.is_crossed),
            bool(self.is_raised),
            self.colour or BLACK,
            size,
            bool(self.is_of_symbols),
        )

    @property
    def own_ground(self) -> str:
        """The colour of a cell that looks so."""
        return WHITE if self.ground is None else self.ground


class Looks:
    """The look of each style, by its family and its name; one that says nothing of something does as its parent does."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], Look] = {}
        self.open: tuple[str, str] = "", ""
        self.names: dict[str, str] = {}  # of styles, by what a person calls them
        self.formats: dict[str, str] = {}  # the number format of a cell's style
        self.numbers = Numbers()
        self.faces: dict[str, bool] = {}  # whether a font shows other signs, by its name
        # A cell's style → the styles that conditions put in its place.
        self.applied: dict[str, list[tuple[Condition, str]]] = {}

    def start(self, name: str, about: dict[str, str]) -> None:
        """Take the beginning of an element."""
        family = about.get("style:family", "")
        self.numbers.start(name, about)
        if name == "font-face":
            has_set = about.get("style:font-charset") == "x-symbol"
            self.faces[about.get("style:name", "")] = has_set or is_of_symbols(about.get("svg:font-family", ""))
        elif name == "style":
            self.open = family, about.get("style:name", "")
            self.known[self.open] = self.of(family, about.get("style:parent-style-name", ""))
            self.names[about.get("style:display-name", self.open[1])] = self.open[1]
            self.formats[self.open[1]] = about.get("style:data-style-name", "")
        elif name == "map" and self.open[1]:
            condition = conditions.of_ods(about.get("style:condition", ""))
            self.applied.setdefault(self.open[1], []).append((condition, about.get("style:apply-style-name", "")))
        elif self.open != ("", "") and name in {"text-properties", "table-cell-properties"}:
            self.known[self.open] = self._said(about).over(self.known[self.open])
        elif self.open != ("", "") and name in {"table-row-properties", "table-column-properties"}:
            size = about.get("style:row-height", about.get("style:column-width", ""))
            self.known[self.open] = self.known[self.open]._replace(is_flat=_is_flat(size))

    def end(self, name: str) -> None:
        """Take the end of an element."""
        self.numbers.end(name)
        if name == "style":
            self.open = "", ""

    def change(self, style: str) -> Change:
        """What a style that a condition puts in the place of a cell's own says."""
        name = self.names.get(style, style)
        look = self.of("table-cell", name)
        hides = _NOT_SHOWN if look.is_hidden else ""
        of_font = look.is_struck, look.is_raised, look.colour or ""
        return Change(self.code(name), *of_font, look.ground, look.size or 0.0, hides)

    def code(self, style: str) -> str:
        """The code of the number format of a cell's style."""
        return self.numbers.codes.get(self.formats.get(style, ""), "")

    def of(self, family: str, style: str) -> Look:
        """The look of a style."""
        return self.known.get((family, style)) or self.known.get((family, "Default")) or Look()

    def _said(self, about: dict[str, str]) -> Look:
        """What the properties of a style say."""
        face = about.get("style:font-name", "")
        is_other = is_of_symbols(about.get("fo:font-family", face)) or self.faces.get(face, False)
        repeats = about.get("style:repeat-content")
        has_face = bool(face or "fo:font-family" in about)
        said = _said(about)
        return said._replace(
            is_of_symbols=is_other if has_face else None, repeats=None if repeats is None else repeats == "true"
        )


def _said(about: dict[str, str]) -> Look:
    """What the properties of a style say of ink, ground and size."""
    through = about.get("style:text-line-through-style", about.get("style:text-line-through-type"))
    position = about.get("style:text-position")
    is_moved = position is not None and position.split(" ")[0] not in {"", "0%"}
    colour = _HEX.fullmatch(about.get("fo:color", ""))
    is_usual = about.get("style:use-window-font-color") == "true"
    ground, size = about.get("fo:background-color"), _POINTS.fullmatch(about.get("fo:font-size", ""))
    hexed = _HEX.fullmatch(ground or "")
    diagonals = [about[key] for key in ("style:diagonal-tl-br", "style:diagonal-bl-tr") if key in about]
    return Look(
        None if through is None else through != "none",
        None if position is None else is_moved,
        BLACK if is_usual else colour[1].upper() if colour else None,
        None if ground is None else hexed[1].upper() if hexed else WHITE,
        float(size[1]) if size else None,
        is_hidden=about.get("text:display") == "none",
        is_crossed=any(one != "none" for one in diagonals) if diagonals else None,
    )


def _is_flat(size: str) -> bool:
    """Whether a row or a column is too low or too narrow for anything to be seen in it."""
    found = _SIZE.fullmatch(size)
    return found is not None and float(found[1]) * _UNITS.get(found[2], 1.0) < _LEAST
