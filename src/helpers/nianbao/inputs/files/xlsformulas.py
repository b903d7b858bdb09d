"""The formulas of an XLS workbook (BIFF8), written as XLSX writes them; for what is not understood stands ``?``.

Source: [MS-XLS], 2.5.198.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nianbao.wording import column_letter

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME, _SHEETS, _BOOK, _OF_BOOK = 0x18, 0x17, 0x1AE, 0x23
_FORMULA, _HEAD = 0x06, 20
_SHARED = {0x4BC: 8, 0x221: 12}  # the records of formulas that cells share, of arrays too: where each begins
UNREAD = "?"
LONGEST = 8_192  # characters of a formula that a spreadsheet takes
OF_ALL = {_NAME, _SHEETS, _BOOK, _OF_BOOK}  # the records that tell what the formulas of all sheets name
_OPERATORS = ("+", "-", "*", "/", "^", "&", "<", "<=", "=", ">=", ">", "<>", " ", ",", ":")
_ARRAY, _OF_ARRAY = 0x20, 7
_SKIPPED = {0x26: 6, 0x27: 6, 0x28: 6, 0x29: 2}
_ATTRIBUTE, _CHOICE, _SUM = 0x19, 0x04, 0x10
# The functions with as many arguments as are said here, and those that may have more: by number, name.
_FIXED = {
    2: ("ISNA", 1), 3: ("ISERROR", 1), 24: ("ABS", 1), 25: ("INT", 1), 27: ("ROUND", 2), 31: ("MID", 3), 32: ("LEN", 1),
    33: ("VALUE", 1), 34: ("TRUE", 0), 35: ("FALSE", 0), 38: ("NOT", 1), 39: ("MOD", 2), 48: ("TEXT", 2), 63: ("RAND", 0),
    65: ("DATE", 3), 67: ("DAY", 1), 68: ("MONTH", 1), 69: ("YEAR", 1), 74: ("NOW", 0), 76: ("ROWS", 1), 77: ("COLUMNS", 1),
    117: ("EXACT", 2), 118: ("TRIM", 1), 127: ("ISTEXT", 1), 128: ("ISNUMBER", 1), 129: ("ISBLANK", 1), 130: ("T", 1),
    131: ("N", 1), 140: ("DATEVALUE", 1), 212: ("ROUNDUP", 2), 213: ("ROUNDDOWN", 2), 221: ("TODAY", 0),
    252: ("FREQUENCY", 2), 285: ("FLOOR", 2), 288: ("CEILING", 2), 346: ("COUNTIF", 2), 347: ("COUNTBLANK", 1),
}  # fmt: skip
_OPEN = {
    0: "COUNT", 1: "IF", 4: "SUM", 5: "AVERAGE", 6: "MIN", 7: "MAX", 8: "ROW", 9: "COLUMN", 28: "LOOKUP", 29: "INDEX",
    36: "AND", 37: "OR", 64: "MATCH", 78: "OFFSET", 82: "SEARCH", 100: "CHOOSE", 101: "HLOOKUP", 102: "VLOOKUP",
    115: "LEFT", 116: "RIGHT", 124: "FIND", 148: "INDIRECT", 169: "COUNTA", 197: "TRUNC", 219: "ADDRESS",
    228: "SUMPRODUCT", 336: "CONCATENATE", 344: "SUBTOTAL", 345: "SUMIF",
}  # fmt: skip
_BY_NAME = 255  # a function that its first argument names
Cell = tuple[int, int]


@dataclass(slots=True)
class Named:
    """What the formulas of a workbook name: its sheets, names, other books with their sheets and functions."""

    sheets: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    books: list[tuple[str, list[str], list[str]]] = field(default_factory=list)  # '' for the workbook itself
    spans: list[tuple[int, int, int]] = field(default_factory=list)  # book, first sheet, last sheet

    def take(self, kind: int, body: bytes) -> None:
        """Take a record; one that is not understood keeps its place, as formulas mean each by its number."""
        try:
            self._take(kind, body)
        except (struct.error, IndexError, UnicodeDecodeError):
            if kind == _NAME:
                self.names.append(UNREAD)
            elif kind == _BOOK:
                self.books.append((UNREAD, [], []))
            elif kind == _OF_BOOK and self.books:
                self.books[-1][2].append(UNREAD)

    def _take(self, kind: int, body: bytes) -> None:
        if kind == _NAME:
            self.names.append(_text(body, 14, body[3])[0])
        elif kind == _SHEETS:
            self.spans += [struct.unpack_from("<3H", body, 2 + 6 * at) for at in range(struct.unpack_from("<H", body)[0])]
        elif kind == _OF_BOOK and self.books:
            self.books[-1][2].append(_text(body, 7, body[6])[0])
        elif kind == _BOOK and body[2:4] in {b"\x01\x04", b"\x01\x3a"}:
            self.books.append(("", [], []))
        elif kind == _BOOK:
            count, length = struct.unpack_from("<2H", body)
            path, at = _text(body, 4, length)
            sheets = []
            for _ in range(count):
                name, at = _text(body, at + 2, struct.unpack_from("<H", body, at)[0])
                sheets.append(name)
            self.books.append((path, sheets, []))

    def span(self, at: int) -> str:
        """The sheets that a reference names, with the sign behind them."""
        book, first, last = self.spans[at]
        path, own, _ = self.books[book]
        names = own if path else self.sheets
        some = [names[one] if one < len(names) else "#REF" for one in dict.fromkeys((first, last))]
        file = path.rpartition("\x03")[2].rpartition("\x01")[2].rpartition("/")[2].rpartition("\\")[2]
        return f"'{f'[{file}]' if path else ''}{':'.join(some)}'!"

    def function(self, at: int, number: int) -> str:
        """The name that another book, or an add-in, gives to a function."""
        names = self.books[self.spans[at][0]][2]
        return names[number - 1] if 0 < number <= len(names) else UNREAD


def _text(body: bytes, at: int, length: int) -> tuple[str, int]:
    """A text whose flags stand at a place, and where it ends; IndexError where it is cut off."""
    size = length * 2 if body[at] & 1 else length
    if at + 1 + size > len(body):
        raise IndexError(at)
    return body[at + 1 : at + 1 + size].decode("utf-16-le" if body[at] & 1 else "latin-1"), at + 1 + size


class Formulas:
    """Collects the formulas of a sheet, those too that cells share: these stand behind the first of them."""

    def __init__(self) -> None:
        self.found: dict[Cell, bytes] = {}
        self.shared: dict[bytes, bytes] = {}  # by what stands for each in the cells that share it

    def take(self, kind: int, body: bytes) -> None:
        """Take a record."""
        if kind == _FORMULA and len(body) > _HEAD:
            row, column = struct.unpack_from("<2H", body)
            self.found[row, column] = _counted(body, _HEAD)
        elif kind in _SHARED and self.found:
            self.shared[self.found[next(reversed(self.found))]] = _counted(body, _SHARED[kind])

    def made(self, named: Named) -> Iterator[tuple[Cell, str]]:
        """Each cell with its formula; ``?`` for one that is not understood."""
        for at, tokens in self.found.items():
            try:
                is_shared = tokens[:1] == b"\x01"
                text = _Reader(self.shared[tokens] if is_shared else tokens, at, named).read()
            except (struct.error, IndexError, KeyError, UnicodeDecodeError):
                text = UNREAD
            yield at, text


def _counted(body: bytes, at: int) -> bytes:
    """As many bytes as two bytes say that stand before them; none where they do not stand there."""
    count = body[at : at + 2]
    return body[at + 2 : at + 2 + int.from_bytes(count, "little")]


class _Reader:
    """Writes the parts of a formula, which stand behind what they join, between it."""

    def __init__(self, tokens: bytes, at: Cell, named: Named) -> None:
        self.tokens, self.cell, self.named = tokens, at, named
        self.at = 0
        self.made: list[str] = []

    def read(self) -> str:
        while self.at < len(self.tokens) and len("".join(self.made[-1:])) <= LONGEST:
            kind = self.tokens[self.at]
            self.at += 1
            self._part(kind, (kind & 0x1F) | 0x20 if kind >= 0x20 else kind)
        is_whole = self.at == len(self.tokens) and len(self.made) == 1
        return self.made[0] if is_whole else UNREAD

    def _take(self, form: str) -> tuple[int, ...]:
        found = struct.unpack_from(f"<{form}", self.tokens, self.at)
        self.at += struct.calcsize(f"<{form}")
        return found

    def _part(self, kind: int, base: int) -> None:
        """One part: an operator, a value, a reference or a function."""
        if 3 <= kind <= 0x11:
            right = self.made.pop()
            self.made.append(f"{self.made.pop()}{_OPERATORS[kind - 3]}{right}")
        elif kind in {0x12, 0x13, 0x14, 0x15}:
            one = self.made.pop()
            self.made.append({0x12: f"+{one}", 0x13: f"-{one}", 0x14: f"{one}%", 0x15: f"({one})"}[kind])
        elif kind == 0x16:
            self.made.append("")
        elif kind == 0x17:
            text, self.at = _text(self.tokens, self.at + 1, self.tokens[self.at])
            self.made.append(f'"{text}"')
        elif kind == _ATTRIBUTE:
            about, count = self._take("BH")
            self.at += 2 * (count + 1) if about & _CHOICE else 0
            self.made += [f"SUM({self.made.pop()})"] if about & _SUM else []
        elif kind in {0x1C, 0x1D, 0x1E, 0x1F}:
            [value] = self._take({0x1C: "B", 0x1D: "B", 0x1E: "H", 0x1F: "d"}[kind])
            self.made.append({0x1C: "#REF!", 0x1D: "TRUE" if value else "FALSE"}.get(kind, f"{value:.15g}"))
        elif base == _ARRAY:  # its values stand behind the parts
            self.at += _OF_ARRAY
            self.made.append(UNREAD)
        elif base in _SKIPPED:
            self.at += _SKIPPED[base]
        elif base in {0x21, 0x22}:
            self._function(base)
        else:
            self._reference(base)

    def _function(self, base: int) -> None:
        if base == 0x21:
            [number] = self._take("H")
            name, count = _FIXED[number]
        else:
            count, number = self._take("BH")
            name = _OPEN.get(number, "" if number == _BY_NAME else f"F{number}")
        count &= 0x7F
        some = [self.made.pop() for _ in range(count)][::-1]
        name, some = (name, some) if name else (some[0], some[1:])
        self.made.append(f"{name}({','.join(some)})")

    def _reference(self, base: int) -> None:
        """A cell, some cells, or a name."""
        if base == 0x23:
            number, _ = self._take("2H")
            self.made.append(self.named.names[number - 1] if number else UNREAD)
        elif base == 0x39:
            self.made.append(self.named.function(*self._take("3H")[:2]))
        elif base in {0x2A, 0x2B, 0x3C, 0x3D}:
            self.at += {0x2A: 4, 0x2B: 8, 0x3C: 6, 0x3D: 10}[base]
            self.made.append("#REF!")
        else:
            sheet = self.named.span(self._take("H")[0]) if base in {0x3A, 0x3B} else ""
            is_moved = base in {0x2C, 0x2D}
            if base in {0x24, 0x2C, 0x3A}:
                row, column = self._take("2H")
                places = [(row, column)]
            elif base in {0x25, 0x2D, 0x3B}:
                top, bottom, left, right = self._take("4H")
                places = [(top, left), (bottom, right)]
            else:
                raise IndexError(base)  # of no known kind
            self.made.append(sheet + ":".join(self._cell(*one, is_moved) for one in places))

    def _cell(self, row: int, about: int, is_moved: bool) -> str:
        """A cell by its row and what is said of its column; in a shared formula it may be so far from the cell's own."""
        column, of_row, of_column = about & 0xFF, about & 0x8000, about & 0x4000
        if is_moved:
            row = (row + self.cell[0]) & 0xFFFF if of_row else row
            column = (column + self.cell[1]) & 0xFF if of_column else column
        return f"{'' if of_column else '$'}{column_letter(column)}{'' if of_row else '$'}{row + 1}"
