"""An XLS workbook (BIFF8), looked at: bounds, errors, text results of formulas, what formats and fonts show, what is hidden.

Source: [MS-XLS], [MS-CFB].
"""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import olefile

from nianbao.inputs.files import numberformat, printed, xlsformulas, xlsrules
from nianbao.inputs.files.inspected import MOST_COMMENTS, MOST_SHEETS, Bounds, Comment, Inspected, damaged
from nianbao.inputs.files.packed import protected
from nianbao.inputs.files.rules import Shown, applied
from nianbao.inputs.files.xlslooks import Looks, Text, Texts

if TYPE_CHECKING:
    from collections.abc import Iterator

_FORMULA, _EOF, _STRING, _ROW, _COLUMNS, _SHEET, _PASSWORD = 0x06, 0x0A, 0x207, 0x208, 0x7D, 0x85, 0x2F
_XF, _FORMAT, _NUMBER, _RK, _ROW_OF_RK, _TEXT, _LABEL, _ERROR = 0xE0, 0x41E, 0x203, 0x27E, 0xBD, 0xFD, 0x204, 0x205
_STRINGS, _MORE, _OTHER_BOOK, _FONT, _PALETTE, _WINDOW = 0xFC, 0x3C, 0x1AE, 0x31, 0x92, 0x23E
_NOTE, _BOX, _BOX_TEXT, _BEGIN, _EXTENT = 0x1C, 0x5D, 0x1B6, 0x809, 0x200
_MARGINS, _MORE_MARGINS = {0x14, 0x15}, 0x89C  # above and below the pages; those of the first one and of even ones
_LOW, _NARROW = 40, 77  # twentieths of a point of a row, parts of a digit of a column, in which something can be seen
_ROWS, _WIDE = 65_536, 256  # of any sheet
_OF_CELLS = {_FORMULA, _NUMBER, _RK, _ROW_OF_RK, _TEXT, _LABEL, _ERROR}
_OF_COMMENTS = {_NOTE, _BOX, _BOX_TEXT, _MORE}
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_MOST_TEXT = 200_000_000  # bytes of text, times how often text is referred to


@dataclass(slots=True)
class _Book:
    """What the sheets of a workbook share; ``strings`` are its bytes of text."""

    sheets: list[tuple[int, str]] = field(default_factory=list)
    looks: Looks = field(default_factory=Looks)
    strings: int = 0
    texts: list[Text] = field(default_factory=list)
    refers: bool = False
    named: xlsformulas.Named = field(default_factory=xlsformulas.Named)


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
        sheets = [_Sheet(name, book, bounds).read(data, place) for place, name in book.sheets]
    except (OSError, struct.error, IndexError, ValueError, KeyError, OverflowError) as error:
        raise damaged() from error
    return sheets, book.refers, "_vba_project_cur" in names


def _records(data: bytes, place: int, bounds: Bounds) -> Iterator[tuple[int, bytes]]:
    """The records of a sheet, or of what the sheets share, without those of the charts in it."""
    depth = 0
    while place + 4 <= len(data):
        bounds.record()
        kind, length = struct.unpack_from("<HH", data, place)
        depth += kind == _BEGIN
        if depth < 2:
            yield kind, data[place + 4 : place + 4 + length]
        place += 4 + length
        depth -= kind == _EOF
        if kind == _EOF and depth < 1:
            return
    raise damaged()


def _book(data: bytes, bounds: Bounds) -> _Book:
    result, before = _Book(), 0
    strings: list[bytes] = []
    for kind, body in _records(data, 0, bounds):
        if kind == _PASSWORD:
            raise protected()
        if kind in xlsformulas.OF_ALL:
            result.named.take(kind, body)
        if kind == _SHEET:
            result.named.sheets.append(_short(body[6:]))
            is_of_cells = body[5] == 0  # no chart, no macros
            result.sheets += [(struct.unpack_from("<I", body)[0], _short(body[6:]))] if is_of_cells else []
        elif kind == _FORMAT:
            result.looks.formats[struct.unpack_from("<H", body)[0]] = _string(body[2:])
        elif kind == _XF:
            result.looks.add_style(body)
        elif kind == _FONT:
            result.looks.add_font(body)
        elif kind == _PALETTE:
            result.looks.add_palette(body)
        elif kind == _STRINGS or (kind == _MORE and before == _STRINGS):
            result.strings += len(body)
            strings.append(body)
        elif kind == _OTHER_BOOK and body[2:4] not in {b"\x01\x04", b"\x01\x3a"}:
            result.refers = True
        before = _STRINGS if kind == _MORE and before == _STRINGS else kind
    if strings:
        result.texts = list(Texts(strings).read())
    return result


def _require_sound(extent: bytes) -> None:
    """Require a size that a sheet can have: calamine takes memory for what is said, or ends the process if there is none."""
    top, bottom, left, right = struct.unpack_from("<2I2H" if len(extent) > 10 else "<4H", extent)
    if not (top <= bottom <= _ROWS and left <= right <= _WIDE):
        raise damaged()


class _Sheet:
    """Reads the records of one sheet."""

    def __init__(self, name: str, book: _Book, bounds: Bounds) -> None:
        self.made, self.book, self.bounds = Inspected(name), book, bounds
        self.referred = 0
        self.open: tuple[tuple[int, int], int] | None = None  # the cell, and its style, whose text follows
        self.zeros: list[tuple[int, int]] = []
        self.notes: list[tuple[int, int, int, str]] = []  # row, column, the number of a box, who
        self.boxes: dict[int, str] = {}
        self.rules = xlsrules.Rules(book.looks)
        self.cells: dict[tuple[int, int], Shown] = {}
        self.formulas = xlsformulas.Formulas()
        self.box, self.left = 0, 0  # the box that is open, and how many characters of it follow

    def read(self, data: bytes, place: int) -> Inspected:
        """The sheet."""
        for kind, body in _records(data, place, self.bounds):
            if kind in _OF_CELLS:
                self._cell(kind, body)
            elif kind == _COLUMNS:
                first, last, width, _, about = struct.unpack_from("<5H", body)
                if about & 1 or width < _NARROW:
                    self.made.hide(self.made.hidden_columns, first, last)
            elif kind == _ROW:
                if body[12] & 0x20 or struct.unpack_from("<H", body, 6)[0] & 0x7FFF < _LOW:
                    self.made.hide(self.made.hidden_rows, *[struct.unpack_from("<H", body)[0]] * 2)
            elif kind == _EXTENT:
                _require_sound(body)
            elif kind == _STRING and self.open:
                self.made.texts[self.open[0]] = _string(body)
                self._text(*self.open, Text(_string(body), _string(body)))
            elif kind == _WINDOW and not body[0] & 0x10:  # zeros are not shown
                self.made.zeros = self.zeros
            elif kind in xlsrules.KINDS:
                self.rules.take(kind, body)
            elif kind in _OF_COMMENTS:
                self._comment(kind, body)
            self._print(kind, body)
            self.formulas.take(kind, body)
        self._end()
        return self.made

    def _end(self) -> None:
        """Keep what was told in several records."""
        self.made.comments = [
            Comment(row, column, who, self.boxes.get(box, "")) for row, column, box, who in sorted(self.notes)
        ]
        for at, text in self.formulas.made(self.book.named):
            self.bounds.formula(self.made.name, text)
            self.made.formulas[at] = text
        of_comments = {box for _, _, box, _ in self.notes}
        drawn = [line for box, text in self.boxes.items() if box not in of_comments for line in text.splitlines()]
        self.made.draw([Comment(-1, -1, "", line) for line in drawn if line.strip()], self.bounds)
        applied(self.made, self.cells, self.rules.made, self.bounds)

    def _print(self, kind: int, body: bytes) -> None:
        """Keep what stands above and below the pages."""
        if kind in _MARGINS and body:
            self.made.printed += printed.lines(_string(body))
        elif kind == _MORE_MARGINS:
            self.made.printed += printed.of_even_and_first(body)

    def _cell(self, kind: int, body: bytes) -> None:
        row, column, style = struct.unpack_from("<3H", body)
        last = column if kind != _ROW_OF_RK else struct.unpack_from("<H", body, len(body) - 2)[0]
        self.bounds.add(self.made.name, row, last, len(body))
        self.referred += kind == _TEXT
        if self.referred * self.book.strings > _MOST_TEXT:
            self.bounds.refuse("文字太多", "一个填报表的文字", self.made.name)
        self.open = None
        if kind == _ERROR and body[7]:
            self.made.texts[row, column] = _ERRORS.get(body[6], "#错误")
        elif kind == _TEXT:
            self._text((row, column), style, self.book.texts[struct.unpack_from("<I", body, 6)[0]])
        elif kind == _LABEL:
            self._text((row, column), style, Text(_string(body[6:]), _string(body[6:])))
        elif kind == _FORMULA and body[12:14] == b"\xff\xff":
            if body[6] == 2:
                self.made.texts[row, column] = _ERRORS.get(body[8], "#错误")
            elif body[6] in {0, 3}:
                self.made.texts[row, column] = ""
            self.open = ((row, column), style) if body[6] == 0 else None
        else:
            for place, own, value in _figures(kind, body, (row, column)):
                self._number(place, own, value)

    def _text(self, at: tuple[int, int], style: int, text: Text) -> None:
        """Keep why a text is no certain value."""
        looks = self.book.looks
        self._show(at, style, text, None)
        self.made.strike(at, text.whole, *looks.looks(style, text))
        seen = numberformat.text_shown(text.whole, looks.code(style))
        if seen != text.whole:
            self.made.show(at, text.whole, seen, numberformat.HIDDEN)
        elif why := looks.unseen(style, text):
            self.made.conceal(at, text.whole, why)

    def _number(self, at: tuple[int, int], style: int, value: float) -> None:
        """Keep what a number's format and font make of it."""
        looks, code = self.book.looks, self.book.looks.code(style)
        seen = numberformat.with_format(value, code)
        if seen is not None:
            self.made.texts[at] = seen
        elif not value:
            self.zeros.append(at)
            self.made.zeros += [at] * numberformat.is_blank(value, code)
        text = numberformat.typed(value) if seen is None else seen
        self._show(at, style, Text(text, text), value)
        self.made.strike(at, text, *looks.looks(style, Text(text, text)))
        if why := looks.unseen(style, Text(text, text)):
            self.made.conceal(at, text, why)

    def _show(self, at: tuple[int, int], style: int, text: Text, value: float | None) -> None:
        """Keep what a cell shows, for the rules that follow."""
        looks = self.book.looks
        self.cells[at] = Shown(
            text.whole, value, looks.code(style), tuple(looks.fonts_of(style, text)), looks.ground_of(style)
        )

    def _comment(self, kind: int, body: bytes) -> None:
        """Take a part of a comment: where it hangs, its box, or what stands in it."""
        if kind == _NOTE:
            row, column, _, box = struct.unpack_from("<4H", body)
            self.notes.append((row, column, box, _string(body[8:])))
            if len(self.notes) > MOST_COMMENTS:
                self.bounds.refuse(f"有{len(self.notes)}条批注", f"最多{MOST_COMMENTS}条", self.made.name)
        elif kind == _BOX:
            self.box = struct.unpack_from("<H", body, 6)[0] if body[:2] == b"\x15\0" else 0
        elif kind == _BOX_TEXT:
            self.left = struct.unpack_from("<H", body, 10)[0]
        elif kind == _MORE and self.left and body:
            text = body[1:].decode("utf-16-le" if body[0] & 1 else "latin-1", "replace")[: self.left]
            self.left -= len(text)
            self.boxes[self.box] = self.boxes.get(self.box, "") + text
            self.bounds.characters += len(text)


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
