"""How tall pictures, and what cells print, are on paper, in lines of the page; and how a browser is told that."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from math import ceil

from nianbao import pictures
from nianbao.render.letters import WIDE
from nianbao.render.pagination import NAME_LINE, PAGE, PITCH

LINE = PITCH * 25.4 / 72  # in mm
_AREA, _PIXEL = 156, 25.4 / 96  # in mm: the width of a page, a pixel
_HIGHEST = 183  # mm; higher than the style sheet has it no picture is made
# In mm: how wide a picture is at least, so that the letters of a drawing can be read; and what is enough, of what it is on
# a page of its own.
_NARROW, _ENOUGH = 55, 0.7
PICTURE = re.compile(r"<figure\b[^>]*>.*?</figure>|<p>\s*(?:<img\b[^>]*>\s*)+</p>", re.S)
_IMAGE = re.compile(r'<img\b[^>]*? src="(data:image/([a-z]+)[^"]*)"[^>]*>')
# The first tag of a drawing, a side of it, and its frame; how many pixels a unit is.
_DRAWING = re.compile(rb"<(?:\w+:)?svg\b[^>]*>")
_SIDE = re.compile(r'\s(width|height)\s*=\s*["\']\s*([\d.]+)\s*(px|pt|pc|in|cm|mm|)\s*["\']')
_UNITS = {"": 1.0, "px": 1.0, "pt": 96 / 72, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4}
_SAID = re.compile(r' (width|height)="(\d+)"')
# Beside a picture with its name, and one without; a line of that name.
_FIGURE, _BARE, _NAME = 0.17, 1.1, 0.65
# In pixels, of printed output: a line, what lies above and below all, the room of a line, and a character at most.
_LINE_PX, _AROUND_PX, _OUTPUT_PX, _WIDE_PX, _LETTER_PX = 19.5, 15.6, 560, 13, 8
_TAG = re.compile("<[^>]*>")
_BLANK, _BREAK = re.compile("[ \\t\\r\\n]+"), re.compile(" ?<br> ?")


@dataclass(frozen=True, slots=True)
class Picture:
    """The pictures of a figure or a paragraph: how tall they are, what stands around them, their number and their notes.

    They are ``read`` where they are not lower than so many lines.
    """

    tall: float
    read: float
    around: float
    count: int
    notes: int

    @classmethod
    def of(cls, html: str, notes: int) -> Picture | None:
        """Those of some HTML, as `PICTURE` finds it; nothing where nobody knows how tall they are."""
        images = list(_IMAGE.finditer(html))
        sizes = [_size(one) for one in images]
        talls = [along for _, along in sizes]
        if not images or len(images) != html.count("<img") or not all(talls) or "<table" in html:
            return None
        around = _FIGURE if html.startswith("<figure") else _BARE
        name = _NAME * ceil(len(plain(html)) / NAME_LINE)
        read = sum(map(_read, sizes))
        return cls(sum(talls) / LINE, read / LINE, around * len(images) + name, len(images), notes)

    def style(self, lines: int) -> str:
        """How tall each may be at most on so many lines with its notes, as CSS; nothing where it is no taller."""
        room = (lines - self.notes - self.around - 0.02) / self.count * LINE
        return f"--most: {room:.1f}mm" if room < min(self.tall * LINE / self.count, _HIGHEST) else ""


def _size(image: re.Match[str]) -> tuple[float, float]:
    """How wide and tall a picture is that is as wide as it is meant to be, and no wider than the page; 0 where unknown."""
    try:
        data = pictures.data_of(unescape(image[1]))
        size = pictures.size_of(data, image[2]) or _drawn(data)
    except ValueError:
        return 0, 0
    across, along = size or (0, 0)
    said = {side: int(value) for side, value in _SAID.findall(image[0])}
    if not across or {"width", "height"} <= said.keys():
        return 0, 0
    scale = said.get("width", across) / across if "height" not in said else said["height"] / along
    scale = min(scale * _PIXEL, _AREA / across)
    return across * scale, along * scale


def _drawn(data: bytes) -> tuple[float, float] | None:
    """The size of a drawing in pixels, where its first tag says both sides."""
    tag = _DRAWING.search(data)
    sides = (
        {side: float(number) * _UNITS[unit] for side, number, unit in _SIDE.findall(tag[0].decode("utf-8", "replace"))}
        if tag
        else {}
    )
    return (sides["width"], sides["height"]) if min(sides.get("width", 0), sides.get("height", 0)) > 0 else None


def _read(size: tuple[float, float]) -> float:
    """How tall a picture of some size is at least, so that it can be read, in mm."""
    across, along = size
    own = min(1.0, _HIGHEST / along)
    return along * own * min(_ENOUGH, _NARROW / (across * own))


def printed_lines(html: str) -> int:
    """How many lines of the page printed output takes in a browser; more than a page has where nobody knows."""
    lines = plain_output(html).split("\n")
    if any(sum(_WIDE_PX if one >= WIDE else _LETTER_PX for one in line) > _OUTPUT_PX for line in lines):
        return PAGE + 1
    return ceil((len(lines) * _LINE_PX + _AROUND_PX) * _PIXEL / LINE)


def plain_output(html: str) -> str:
    """The words of printed output, in its lines."""
    return unescape(_TAG.sub("", html)).removeprefix("\n").removesuffix("\n")


def plain(html: str) -> str:
    """The words of some HTML, line by line; a line of the HTML is none of the page."""
    return unescape(_TAG.sub("", _BREAK.sub("\n", _BLANK.sub(" ", html)))).strip()
