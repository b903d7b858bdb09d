"""How the cells of an XLS workbook look, and its texts with their runs.

Source: [MS-XLS] 2.4.122 (Font), 2.4.353 (XF), 2.4.188 (Palette), 2.4.265 (SST).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from nianbao.alike import BLACK, WHITE
from nianbao.inputs.files import numberformat
from nianbao.inputs.files.cellfonts import REPEATED, SYMBOL_SET, Font, ground_of, is_of_symbols, unseen
from nianbao.inputs.files.inspected import MOST_CELLS

if TYPE_CHECKING:
    from collections.abc import Iterator

_USUAL = {0: BLACK, 1: WHITE, 8: BLACK, 9: WHITE, 64: BLACK, 65: WHITE, 0x7FFF: BLACK}
_FIRST_OF_PALETTE = 8
_STYLE, _FILL = 20, 4  # bytes of an XF record, and how it is set where words are repeated until the cell is full
# The patterns by their numbers, as other programs name them. Source: [MS-XLS] 2.5.137.
_PATTERNS = (
    "none", "solid", "mediumGray", "darkGray", "lightGray", "darkHorizontal", "darkVertical", "darkDown", "darkUp",
    "darkGrid", "darkTrellis",
)  # fmt: skip


class Text(NamedTuple):
    """A shared text: its first characters, which have the font of the cell, and the fonts of the others, by number."""

    whole: str
    first: str
    fonts: tuple[int, ...] = ()


class _Style(NamedTuple):
    """A style: its font and its number format, by their numbers, its pattern with its colours, and whether it repeats.

    ``crossed`` tells whether a diagonal line goes through a cell.
    """

    font: int
    format: int
    pattern: int
    fore: int
    back: int
    repeats: bool
    crossed: bool


@dataclass(slots=True)
class Looks:
    """What the cells of a workbook refer to by number: formats, styles, fonts, colours."""

    formats: dict[int, str] = field(default_factory=dict)
    palette: dict[int, str] = field(default_factory=dict)
    styles: list[_Style] = field(default_factory=list)
    fonts: list[tuple[bool, bool, int, float, bool]] = field(default_factory=list)

    def add_style(self, body: bytes) -> None:
        """Take an XF record."""
        font, number = struct.unpack_from("<HH", body)
        pattern, colours = struct.unpack_from("<IH", body, 14) if len(body) >= _STYLE else (0, 0)
        repeats = body[6] & 7 == _FILL
        diagonals = struct.unpack_from("<I", body, 10)[0] >> 30 if len(body) >= _STYLE else 0
        crossed = bool(diagonals and pattern >> 21 & 0xF)
        self.styles.append(_Style(font, number, pattern >> 26, colours & 0x7F, colours >> 7 & 0x7F, repeats, crossed))

    def add_font(self, body: bytes) -> None:
        """Take a Font record."""
        height, flags, colour, _, raised = struct.unpack_from("<5H", body)
        name = body[16 : 16 + body[14] * (1 + (body[15] & 1))].decode("utf-16-le" if body[15] & 1 else "latin-1", "replace")
        is_other = body[12] == SYMBOL_SET or is_of_symbols(name)
        self.fonts.append((bool(flags & 0x08), bool(raised), colour, height / 20, is_other))

    def add_palette(self, body: bytes) -> None:
        """Take a Palette record."""
        for at in range(struct.unpack_from("<H", body)[0]):
            self.palette[_FIRST_OF_PALETTE + at] = body[2 + 4 * at : 5 + 4 * at].hex().upper()

    def code(self, style: int) -> str:
        """The code of a style's number format."""
        number = self.styles[style].format if style < len(self.styles) else 0
        return self.formats.get(number) or numberformat.BUILT_IN.get(number, "")

    def looks(self, style: int, text: Text) -> tuple[bool, bool]:
        """Whether characters of a cell are struck out, by a font or a line through the cell, and whether some are raised."""
        is_crossed, fonts = style < len(self.styles) and self.styles[style].crossed, [*self.fonts_of(style, text)]
        return is_crossed or any(one.is_struck for one in fonts), any(one.is_raised for one in fonts)

    def unseen(self, style: int, text: Text) -> str:
        """Why nobody sees some words of a cell; '' where all are seen."""
        if style >= len(self.styles):
            return ""
        if self.styles[style].repeats:
            return REPEATED
        return next(filter(None, (unseen(one, self.ground_of(style)) for one in self.fonts_of(style, text))), "")

    def ground_of(self, style: int) -> str:
        """The colour of a cell with a style."""
        if style >= len(self.styles):
            return WHITE
        own = self.styles[style]
        return self.ground(own.pattern, self.colour(own.fore), self.colour(own.back))

    def ground(self, pattern: int, fore: str, back: str) -> str:
        """The colour of a cell with a pattern."""
        return ground_of(_PATTERNS[pattern] if pattern < len(_PATTERNS) else "light", fore, back)

    def fonts_of(self, style: int, text: Text) -> Iterator[Font]:
        numbers = [self.styles[style].font] if style < len(self.styles) and text.first.strip() else []
        for number in (*numbers, *text.fonts):
            at = number - (number > 4)  # there is no font 4
            if at < len(self.fonts):
                is_struck, is_raised, colour, size, is_other = self.fonts[at]
                yield Font(is_struck, is_raised, self.colour(colour), size, is_other)

    def colour(self, number: int) -> str:
        """A colour by its number."""
        return self.palette.get(number) or _USUAL.get(number, f"indexed{number}")


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
