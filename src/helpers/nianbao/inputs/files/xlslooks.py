"""How the cells of an XLS workbook look, and its texts with their runs.

Source: [MS-XLS] 2.4.122 (Font), 2.4.353 (XF), 2.4.188 (Palette), 2.4.265 (SST).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from nianbao.alike import BLACK, WHITE
from nianbao.inputs.files import numberformat
from nianbao.inputs.files.cellfonts import Font, unseen
from nianbao.inputs.files.inspected import MOST_CELLS

if TYPE_CHECKING:
    from collections.abc import Iterator

_USUAL = {0: BLACK, 1: WHITE, 8: BLACK, 9: WHITE, 64: BLACK, 65: WHITE, 0x7FFF: BLACK}
_FIRST_OF_PALETTE = 8
_STYLE, _OTHER = 20, 2 << 26  # bytes of an XF record, and a pattern that is neither none nor all one colour

# What a conditional format says something of.
_HAS_FORMAT, _HAS_FONT, _HAS_PLACE, _HAS_BORDER, _HAS_GROUND = (1 << bit for bit in range(25, 30))


class Text(NamedTuple):
    """A shared text: its first characters, which have the font of the cell, and the fonts of the others, by number."""

    whole: str
    first: str
    fonts: tuple[int, ...] = ()


class _Style(NamedTuple):
    """A style: its font and its number format, by their numbers, and the colour of the cell, by its own; -1 for none."""

    font: int
    format: int
    ground: int


@dataclass(slots=True)
class Looks:
    """What the cells of a workbook refer to by number: formats, styles, fonts, colours."""

    formats: dict[int, str] = field(default_factory=dict)
    palette: dict[int, str] = field(default_factory=dict)
    styles: list[_Style] = field(default_factory=list)
    fonts: list[tuple[bool, int, float]] = field(default_factory=list)

    def add_style(self, body: bytes) -> None:
        """Take an XF record."""
        font, number = struct.unpack_from("<HH", body)
        pattern, colours = struct.unpack_from("<IH", body, 14) if len(body) >= _STYLE else (_OTHER, 0)
        ground = {0: 65, 1: colours & 0x7F}.get(pattern >> 26, -1)
        self.styles.append(_Style(font, number, ground))

    def add_font(self, body: bytes) -> None:
        """Take a Font record."""
        height, flags, colour, _, raised = struct.unpack_from("<5H", body)
        self.fonts.append((bool(flags & 0x08 or raised), colour, height / 20))

    def add_palette(self, body: bytes) -> None:
        """Take a Palette record."""
        for at in range(struct.unpack_from("<H", body)[0]):
            self.palette[_FIRST_OF_PALETTE + at] = body[2 + 4 * at : 5 + 4 * at].hex().upper()

    def is_veil(self, rule: bytes) -> bool:
        """Whether what a conditional format puts on a cell (DXFN) hides its number, or nobody can tell."""
        try:
            return self._hides(rule)
        except (struct.error, IndexError):
            return True

    def _hides(self, rule: bytes) -> bool:
        flags, more = struct.unpack_from("<IH", rule)
        at, is_white = 6, False
        if flags & _HAS_FORMAT:
            length, code = (struct.unpack_from("<H", rule, at)[0], rule[at + 2 :]) if more & 1 else (2, b"")
            built_in = numberformat.BUILT_IN.get(rule[at + 1], "")
            if numberformat.is_blank(1, _code(code[: length - 2]) if more & 1 else built_in):
                return True
            at += length
        if flags & _HAS_FONT:
            is_white = self._colour(struct.unpack_from("<I", rule, at + 80)[0]) == WHITE
            at += 118
        at += 8 * bool(flags & _HAS_PLACE) + 8 * bool(flags & _HAS_BORDER)
        if flags & _HAS_GROUND:
            colours = struct.unpack_from("<H", rule, at + 2)[0]
            return is_white and {self._colour(colours & 0x7F), self._colour(colours >> 7 & 0x7F)} <= {WHITE}
        return is_white

    def code(self, style: int) -> str:
        """The code of a style's number format."""
        number = self.styles[style].format if style < len(self.styles) else 0
        return self.formats.get(number) or numberformat.BUILT_IN.get(number, "")

    def is_odd(self, style: int, text: Text) -> bool:
        """Whether characters of a cell are struck out, raised or lowered."""
        return any(one.is_odd for one in self._fonts(style, text))

    def unseen(self, style: int, text: Text) -> str:
        """Why nobody sees some words of a cell; '' where all are seen."""
        if style >= len(self.styles):
            return ""
        ground = self._colour(self.styles[style].ground)
        return next(filter(None, (unseen(one, ground) for one in self._fonts(style, text))), "")

    def _fonts(self, style: int, text: Text) -> Iterator[Font]:
        numbers = [self.styles[style].font] if style < len(self.styles) and text.first.strip() else []
        for number in (*numbers, *text.fonts):
            at = number - (number > 4)  # there is no font 4
            if at < len(self.fonts):
                is_odd, colour, size = self.fonts[at]
                yield Font(is_odd, self._colour(colour), size)

    def _colour(self, number: int) -> str:
        if number < 0:
            return ""
        return self.palette.get(number) or _USUAL.get(number, f"indexed{number}")


def _code(body: bytes) -> str:
    """The code of a number format: its length, its width, its characters."""
    count, is_wide = struct.unpack_from("<HB", body)
    return body[3 : 3 + count * (1 + (is_wide & 1))].decode("utf-16-le" if is_wide & 1 else "latin-1", "replace")


class Texts:
    """The shared texts of a workbook. A record holds what fits into it, the next one goes on, also amid a text."""

    def __init__(self, records: list[bytes]) -> None:
        self.records, self.record, self.at = records, 0, 8  # behind the two counts of texts

    def read(self) -> Iterator[Text]:
        """Each text."""
        count = struct.unpack_from("<I", self.records[0], 4)[0]
        for _ in range(min(count, MOST_CELLS)):
            length, flags = struct.unpack("<HB", self._bytes(3))
            runs = struct.unpack("<H", self._bytes(2))[0] if flags & 8 else 0
            more = struct.unpack("<I", self._bytes(4))[0] if flags & 4 else 0
            text = self._text(length, flags & 1)
            fonts = [struct.unpack("<HH", self._bytes(4)) for _ in range(runs)]
            self._bytes(more)
            ends = [*(at for at, _ in fonts), length]
            with_words = (font for (at, font), end in zip(fonts, ends[1:], strict=True) if text[at:end].strip())
            yield Text(text, text[: ends[0]], tuple(dict.fromkeys(with_words)))

    def _bytes(self, count: int) -> bytes:
        """The next bytes."""
        made = b""
        while len(made) < count:
            if self.at >= len(self.records[self.record]):
                self.record, self.at = self.record + 1, 0
            part = self.records[self.record][self.at : self.at + count - len(made)]
            self.at += len(part)
            made += part
        return made

    def _text(self, length: int, is_wide: int) -> str:
        """The next characters; where a record goes on with them, it says anew how wide they are."""
        made = ""
        while len(made) < length:
            if self.at >= len(self.records[self.record]):
                self.record, self.at = self.record + 1, 1
                is_wide = self.records[self.record][0] & 1
            width = 1 + is_wide
            room = min((len(self.records[self.record]) - self.at) // width, length - len(made))
            if room <= 0:
                raise ValueError("half a character")
            part = self.records[self.record][self.at : self.at + room * width]
            self.at += len(part)
            made += part.decode("utf-16-le" if is_wide else "latin-1", "replace")
        return made
