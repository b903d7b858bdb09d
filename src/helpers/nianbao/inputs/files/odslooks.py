"""How the cells, words, rows and columns of an ODS workbook look, by their styles."""

from __future__ import annotations

import re
from typing import NamedTuple

from nianbao.alike import BLACK, WHITE
from nianbao.inputs.files.cellfonts import Font, unseen

_HEX = re.compile("#([0-9a-f]{6})", re.I)
_POINTS = re.compile(r"([0-9.]+)pt")
_NOTHING = re.compile(r"0+(?:\.0*)?[a-z]*")
_FORMATS = {"number-style", "currency-style", "percentage-style", "text-style"}
_SHOWS = {"number", "scientific-number", "fraction", "text-content"}  # in a number format
_NOT_SHOWN = "隐藏的文字"


class Look(NamedTuple):
    """What a style says; ``None`` where it says nothing, so that what stands around says it."""

    is_odd: bool | None = None
    colour: str | None = None
    ground: str | None = None
    size: float | None = None
    is_hidden: bool = False
    is_flat: bool = False

    def over(self, other: Look) -> Look:
        """What it says, and where it says nothing what another one does."""
        return Look(
            other.is_odd if self.is_odd is None else self.is_odd,
            self.colour or other.colour,
            other.ground if self.ground is None else self.ground,
            self.size or other.size,
            self.is_hidden or other.is_hidden,
        )

    @property
    def unseen(self) -> str:
        """Why nobody sees words that look so; '' where they are seen."""
        font = Font(colour=self.colour or BLACK, size=self.size or Font().size)
        return _NOT_SHOWN if self.is_hidden else unseen(font, WHITE if self.ground is None else self.ground)


class Looks:
    """The look of each style, by its family and its name; one that says nothing of something does as its parent does."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], Look] = {}
        self.open: tuple[str, str] = "", ""
        self.names: dict[str, str] = {}  # of styles, by what a person calls them
        self.formats: dict[str, str] = {}  # the number format of a cell's style
        self.blank: set[str] = set()  # the number formats that show no number
        self.applied: dict[str, list[str]] = {}  # a cell's style → those that a condition puts in its place
        self.format = ""

    def start(self, name: str, about: dict[str, str]) -> None:
        """Take the beginning of an element."""
        family = about.get("style:family", "")
        if name == "style":
            self.open = family, about.get("style:name", "")
            self.known[self.open] = self.of(family, about.get("style:parent-style-name", ""))
            self.names[about.get("style:display-name", self.open[1])] = self.open[1]
            self.formats[self.open[1]] = about.get("style:data-style-name", "")
        elif name in _FORMATS:
            self.format = about.get("style:name", "")
            self.blank.add(self.format)
        elif name in _SHOWS:
            self.blank.discard(self.format)
        elif name == "map" and self.open[1]:
            self.applied.setdefault(self.open[1], []).append(about.get("style:apply-style-name", ""))
        elif self.open != ("", "") and name in {"text-properties", "table-cell-properties"}:
            self.known[self.open] = _said(about).over(self.known[self.open])
        elif self.open != ("", "") and name in {"table-row-properties", "table-column-properties"}:
            size = about.get("style:row-height", about.get("style:column-width", "1"))
            self.known[self.open] = self.known[self.open]._replace(is_flat=bool(_NOTHING.fullmatch(size)))

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if name == "style":
            self.open = "", ""

    def is_veil(self, style: str) -> bool:
        """Whether nobody sees numbers in a style that a condition puts in the place of a cell's own."""
        name = self.names.get(style, style)
        return self.formats.get(name) in self.blank or bool(self.of("table-cell", name).unseen)

    def is_veiled(self, style: str) -> bool:
        """Whether a condition may put such a style in the place of a cell's own."""
        return any(map(self.is_veil, self.applied.get(style, ())))

    def of(self, family: str, style: str) -> Look:
        """The look of a style."""
        return self.known.get((family, style)) or self.known.get((family, "Default")) or Look()


def _said(about: dict[str, str]) -> Look:
    """What the properties of a style say."""
    through = about.get("style:text-line-through-style", about.get("style:text-line-through-type"))
    position = about.get("style:text-position")
    is_moved = position is not None and position.split(" ")[0] not in {"", "0%"}
    is_odd = None if through is None and position is None else is_moved or through not in {None, "none"}
    colour = _HEX.fullmatch(about.get("fo:color", ""))
    is_usual = about.get("style:use-window-font-color") == "true"
    ground, size = about.get("fo:background-color"), _POINTS.fullmatch(about.get("fo:font-size", ""))
    hexed = _HEX.fullmatch(ground or "")
    return Look(
        is_odd,
        BLACK if is_usual else colour[1].upper() if colour else None,
        None if ground is None else hexed[1].upper() if hexed else WHITE,
        float(size[1]) if size else None,
        is_hidden=about.get("text:display") == "none",
    )
