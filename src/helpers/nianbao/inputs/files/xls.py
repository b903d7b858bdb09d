"""An XLS workbook (BIFF8), looked at: bounds, errors, text results of formulas, units in formats, what is hidden or struck
out.

Source: [MS-XLS], [MS-CFB].
"""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import olefile

from nianbao.inputs.files import numberformat
from nianbao.inputs.files.inspected import MOST_CELLS, MOST_SHEETS, Bounds, Inspected, damaged
from nianbao.inputs.files.packed import protected

if TYPE_CHECKING:
    from collections.abc import Iterator

_FORMULA, _EOF, _STRING, _ROW, _COLUMNS, _SHEET, _PASSWORD = 0x06, 0x0A, 0x207, 0x208, 0x7D, 0x85, 0x2F
_XF, _FORMAT, _NUMBER, _RK, _ROW_OF_RK, _TEXT, _LABEL, _ERROR = 0xE0, 0x41E, 0x203, 0x27E, 0xBD, 0xFD, 0x204, 0x205
_STRINGS, _MORE, _OTHER_BOOK, _FONT = 0xFC, 0x3C, 0x1AE, 0x31
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_MOST_TEXT = 200_000_000  # bytes of text, times how often text is referred to


@dataclass(slots=True)
class _Book:
    """What the sheets of a workbook share.

    Parameters
    ----------
    styles : list of (int, int)
        The font and the number format of each style.
    fonts : list of bool
        Whether each font strikes out, raises or lowers.
    strings : int
        Bytes of text.
    texts : list of (str, str, bool)
        Each shared text, its first characters, which have the font of the cell, and whether others are struck out, raised
        or lowered.
    """

    sheets: list[tuple[int, str]] = field(default_factory=list)
    formats: dict[int, str] = field(default_factory=dict)
    styles: list[tuple[int, int]] = field(default_factory=list)
    fonts: list[bool] = field(default_factory=list)
    strings: int = 0
    texts: list[tuple[str, str, bool]] = field(default_factory=list)
    refers: bool = False

    def code(self, style: int) -> str:
        number = self.styles[style][1] if style < len(self.styles) else 0
        return self.formats.get(number) or numberformat.BUILT_IN.get(number, "")

    def is_odd(self, style: int) -> bool:
        """Whether the font of a style strikes out, raises or lowers."""
        return style < len(self.styles) and self.is_odd_font(self.styles[style][0])

    def is_odd_font(self, number: int) -> bool:
        at = number - (number > 4)  # there is no font 4
        return at < len(self.fonts) and self.fonts[at]


def inspected(raw: bytes, bounds: Bounds) -> tuple[list[Inspected], bool, bool]:
    """Every sheet of a workbook; whether it refers to other files, and whether it has macros.

    Raises
    ------
    Refused
        When it is damaged, has a password, or is too large.
    """
    try:
        with olefile.OleFileIO(io.BytesIO(raw)) as package:
            names = {one.lower() for entry in package.listdir() for one in entry}
            if "encryptedpackage" in names:
                raise protected()
            stream = next((one for one in ("Workbook", "Book") if package.exists(one)), "")
            if not stream:
                raise damaged("不是电子表格")
            data = package.openstream(stream).read()
        book = _book(data, bounds)
        if len(book.sheets) > MOST_SHEETS:
            bounds.refuse(f"有{len(book.sheets)}张工作表", f"最多{MOST_SHEETS}张")
        sheets = [_sheet(data, place, name, book, bounds) for place, name in book.sheets]
    except (OSError, struct.error, IndexError, ValueError, KeyError) as error:
        raise damaged() from error
    return sheets, book.refers, "_vba_project_cur" in names


def _records(data: bytes, place: int, bounds: Bounds) -> Iterator[tuple[int, bytes]]:
    while place + 4 <= len(data):
        bounds.record()
        kind, length = struct.unpack_from("<HH", data, place)
        yield kind, data[place + 4 : place + 4 + length]
        place += 4 + length
        if kind == _EOF:
            return
    raise damaged()


def _book(data: bytes, bounds: Bounds) -> _Book:
    result, before = _Book(), 0
    strings: list[bytes] = []
    for kind, body in _records(data, 0, bounds):
        if kind == _PASSWORD:
            raise protected()
        if kind == _SHEET and body[5] == 0:  # no chart, no macros
            result.sheets.append((struct.unpack_from("<I", body)[0], _short(body[6:])))
        elif kind == _FORMAT:
            result.formats[struct.unpack_from("<H", body)[0]] = _string(body[2:])
        elif kind == _XF:
            result.styles.append(struct.unpack_from("<HH", body))
        elif kind == _FONT:
            struck, raised = struct.unpack_from("<2xH4xH", body)
            result.fonts.append(bool(struck & 0x08 or raised))
        elif kind == _STRINGS or (kind == _MORE and before == _STRINGS):
            result.strings += len(body)
            strings.append(body)
        elif kind == _OTHER_BOOK and body[2:4] not in {b"\x01\x04", b"\x01\x3a"}:
            result.refers = True
        before = _STRINGS if kind == _MORE and before == _STRINGS else kind
    if strings:
        result.texts = list(_Texts(strings).read(result))
    return result


class _Texts:
    """The shared texts of a workbook. A record holds what fits into it, the next one goes on, also amid a text."""

    def __init__(self, records: list[bytes]) -> None:
        self.records, self.record, self.at = records, 0, 8  # behind the two counts of texts

    def read(self, book: _Book) -> Iterator[tuple[str, str, bool]]:
        """Each text, as `_Book.texts`."""
        count = struct.unpack_from("<I", self.records[0], 4)[0]
        for _ in range(min(count, MOST_CELLS)):
            length, flags = struct.unpack("<HB", self._bytes(3))
            runs = struct.unpack("<H", self._bytes(2))[0] if flags & 8 else 0
            more = struct.unpack("<I", self._bytes(4))[0] if flags & 4 else 0
            text = self._text(length, flags & 1)
            fonts = [struct.unpack("<HH", self._bytes(4)) for _ in range(runs)]
            self._bytes(more)
            ends = [*(at for at, _ in fonts), length]
            odd = [text[at:end] for (at, font), end in zip(fonts, ends[1:], strict=True) if book.is_odd_font(font)]
            yield text, text[: ends[0]], any(part.strip() for part in odd)

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


def _sheet(data: bytes, place: int, name: str, book: _Book, bounds: Bounds) -> Inspected:
    made, open_, referred = Inspected(name), None, 0  # type: Inspected, tuple[int, int] | None, int
    for kind, body in _records(data, place, bounds):
        if kind == _COLUMNS:
            first, last, _, _, about = struct.unpack_from("<5H", body)
            if about & 1:
                made.hide(made.hidden_columns, first, last)
        elif kind == _ROW:
            if body[12] & 0x20:
                made.hide(made.hidden_rows, *[struct.unpack_from("<H", body)[0]] * 2)
        elif kind == _STRING and open_:
            made.texts[open_] = _string(body)
        elif kind in {_FORMULA, _NUMBER, _RK, _ROW_OF_RK, _TEXT, _LABEL, _ERROR}:
            row, column, _style = struct.unpack_from("<3H", body)
            last = column if kind != _ROW_OF_RK else struct.unpack_from("<H", body, len(body) - 2)[0]
            bounds.add(name, row, last, len(body))
            referred += kind == _TEXT
            if referred * book.strings > _MOST_TEXT:
                bounds.refuse("文字太多", "一个填报表的文字", name)
            open_ = _found(made, kind, body, (row, column), book)
    return made


def _found(made: Inspected, kind: int, body: bytes, at: tuple[int, int], book: _Book) -> tuple[int, int] | None:
    """Keep the text of a cell where its value does not say it; the cell whose text follows, if it does."""
    if kind == _ERROR and body[7]:
        made.texts[at] = _ERRORS.get(body[6], "#错误")
    if kind == _TEXT:
        text, first, is_odd = book.texts[struct.unpack_from("<I", body, 6)[0]]
        if is_odd or (first.strip() and book.is_odd(struct.unpack_from("<H", body, 4)[0])):
            made.strike(at, text)
    if kind == _LABEL and book.is_odd(struct.unpack_from("<H", body, 4)[0]):
        made.strike(at, _string(body[6:]))
    if kind == _FORMULA and body[12:14] == b"\xff\xff":
        if body[6] == 2:
            made.texts[at] = _ERRORS.get(body[8], "#错误")
        elif body[6] in {0, 3}:
            made.texts[at] = ""
        return at if body[6] == 0 else None
    for place, style, value in _figures(kind, body, at):
        shown = numberformat.with_format(value, code) if (code := book.code(style)) else None
        if shown is not None:
            made.texts[place] = shown
        if book.is_odd(style):
            made.strike(place, numberformat.typed(value) if shown is None else shown)
    return None


def _figures(kind: int, body: bytes, at: tuple[int, int]) -> Iterator[tuple[tuple[int, int], int, float]]:
    """Each number of a record: its cell, its style and its value."""
    style = struct.unpack_from("<H", body, 4)[0]
    if kind in {_NUMBER, _FORMULA}:
        yield at, style, struct.unpack_from("<d", body, 6)[0]
    elif kind == _RK:
        yield at, style, _rk(struct.unpack_from("<I", body, 6)[0])
    elif kind == _ROW_OF_RK:
        for index in range((len(body) - 6) // 6):
            style, value = struct.unpack_from("<HI", body, 4 + index * 6)
            yield (at[0], at[1] + index), style, _rk(value)


def _rk(coded: int) -> float:
    """A number of 30 bits: an integer or the front of a double, perhaps times 100."""
    if coded & 2:
        value = float((coded >> 2) - (1 << 30 if coded & 0x80000000 else 0))
    else:
        value = struct.unpack("<d", struct.pack("<Q", (coded & 0xFFFFFFFC) << 32))[0]
    return value / 100 if coded & 1 else value


def _short(body: bytes) -> str:
    return body[2 : 2 + 2 * body[0]].decode("utf-16-le") if body[1] & 1 else body[2 : 2 + body[0]].decode("latin-1")


def _string(body: bytes) -> str:
    count = struct.unpack_from("<H", body)[0]
    return body[3 : 3 + 2 * count].decode("utf-16-le") if body[2] & 1 else body[3 : 3 + count].decode("latin-1")
