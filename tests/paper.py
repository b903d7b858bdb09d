"""Measuring the pages of a PDF against the official page of GB/T 9704-2012, in mm from the paper's left and upper edge."""

import ctypes
import statistics
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import pypdfium2
from pypdfium2 import raw

MM = 25.4 / 72
LEFT, RIGHT, TOP, BOTTOM = 28.0, 184.0, 37.0, 262.0  # the type area
PAPER = 297.0  # the height of the paper
LINES, CHARACTERS = 22, 28
PITCH, EM = (BOTTOM - TOP) / LINES, (RIGHT - LEFT) / CHARACTERS
BODY, TITLE, FOLIO, CAPTION = 15.75, 22.0, 14.0, 12.0  # sizes of type, in pt
RULE = 3.0  # in pt: what is thicker is no line
PRINTED = 72 / 96  # of a PDF's unit of type to pt, where a browser has printed it
RISE = 0.8 * BODY * MM  # of the baseline below the upper edge of a line


class Letter(NamedTuple):
    """A character on paper: where it begins and ends, its baseline, the top of its ink, its size in pt, face and mark."""

    char: str
    left: float
    right: float
    base: float
    top: float
    size: float
    face: str
    mark: int


@dataclass(frozen=True)
class Line:
    """The letters of one size on one baseline of a page."""

    page: int
    letters: tuple[Letter, ...]

    @cached_property
    def text(self):
        return "".join(one.char for one in self.letters)

    @property
    def base(self):
        return self.letters[0].base

    @property
    def size(self):
        return self.letters[0].size

    @property
    def left(self):
        return self.letters[0].left

    @property
    def right(self):
        return self.letters[-1].right

    @property
    def slot(self):
        """Which line of the type area it is, from 0; a fraction where it stands between two."""
        return (self.base - TOP - RISE) / PITCH

    @property
    def off(self):
        """How far it stands from the grid of the type area, in mm."""
        return abs(self.slot - round(self.slot)) * PITCH

    @property
    def characters(self):
        """How many characters it holds, those of its indent counted."""
        return len(self.letters) + round((self.left - LEFT) / EM)

    @property
    def is_chinese(self):
        """Whether it holds nothing but ideographs and their marks."""
        return all(one.char in "‘’“”…—·〔〕" or one.char >= "⺀" for one in self.letters)

    @property
    def gap(self):
        """From one ideograph to the next, as part of a character."""
        steps = [
            after.left - before.left
            for before, after in zip(self.letters, self.letters[1:], strict=False)
            if "一" <= before.char <= "鿿" and "一" <= after.char <= "鿿"
        ]
        return statistics.median(steps) / (BODY * MM) if steps else 1.0

    @property
    def marks(self):
        """How much room the marks inside it take that stand beside no other one, in characters."""
        for before, one, after in zip(self.letters, self.letters[1:], self.letters[2:], strict=False):
            if "一" <= before.char <= "鿿" and "一" <= after.char <= "鿿":
                if one.char in "，。、；：？！”》）〕":
                    yield (after.left - one.left) / (BODY * MM)
                elif one.char in "“《（〔":
                    yield (after.left - before.left) / (BODY * MM) - 1


@dataclass(frozen=True)
class Sheet:
    """A page: its lines from the top, the upper and lower edge of each table, and the heights of the rows."""

    number: int
    lines: tuple[Line, ...]
    tables: tuple[tuple[float, float], ...]
    rows: tuple[float, ...]

    @property
    def body(self):
        """The lines of text in the body's size."""
        return [one for one in self.lines if abs(one.size - BODY) < 0.1 and not self.in_table(one)]

    @property
    def folio(self):
        """The line below the type area."""
        (line,) = (one for one in self.lines if one.base > BOTTOM + 5)
        return line

    @property
    def first(self):
        """The first line of the type area."""
        return min((one for one in self.lines if one.base < BOTTOM + 1), key=lambda one: (one.base, one.left))

    def in_table(self, line):
        return any(top < line.base < bottom for top, bottom in self.tables)

    @property
    def end(self):
        """Where the last line or table of the type area ends."""
        ends = [one.base for one in self.lines if one.base < BOTTOM + 1] + [bottom for _, bottom in self.tables]
        return max(ends, default=TOP)

    @property
    def empty(self):
        """How many whole lines are free at the end of the page."""
        return int((BOTTOM - self.end + 0.5) / PITCH)


def sheets(made, scale=1.0):
    """The pages of a PDF; `PRINTED` is the scale of one that a browser has printed."""
    with pypdfium2.PdfDocument(made) as document:
        pages = list(document)  # kept open together, so that each font is read once
        return [Sheet(number, _lines(page, number, scale), *_tables(_rules(page))) for number, page in enumerate(pages, 1)]


def _letters(page, scale):
    textpage, height, last = page.get_textpage(), page.get_height(), None
    sheet = textpage.raw
    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for index in range(raw.FPDFText_CountChars(sheet)):
        piece, char = raw.FPDFText_GetTextObject(sheet, index), chr(raw.FPDFText_GetUnicode(sheet, index))
        if not piece or char.isspace():
            continue
        if ctypes.addressof(piece.contents) != last:  # all characters of a piece look alike
            last, look = ctypes.addressof(piece.contents), _look(sheet, index, piece, scale)
        raw.FPDFText_GetCharOrigin(sheet, index, x, y)
        raw.FPDFText_GetLooseCharBox(sheet, index, box)
        raw.FPDFText_GetCharBox(sheet, index, left, right, bottom, top)
        yield Letter(char, x.value * MM, box.right * MM, (height - y.value) * MM, (height - top.value) * MM, *look)


def _look(sheet, index, piece, scale):
    """The size, face and mark of a piece of text, of which one character is given."""
    name, flags = ctypes.create_string_buffer(200), ctypes.c_int()
    raw.FPDFText_GetFontInfo(sheet, index, name, 200, flags)
    size = round(raw.FPDFText_GetFontSize(sheet, index) * scale, 2)
    return size, name.value.decode().partition("+")[2], raw.FPDFPageObj_GetMarkedContentID(piece)


def _lines(page, number, scale):
    rows = defaultdict(list)
    for one in _letters(page, scale):
        rows[round(one.base, 1), one.size].append(one)
    found = [Line(number, tuple(sorted(row, key=lambda one: one.left))) for row in rows.values()]
    return tuple(sorted(found, key=lambda one: (one.base, one.left)))


def _rules(page):
    """Where each thin line begins and ends, from the top, and how far it reaches to the right."""
    height = page.get_height() * MM
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for index in range(raw.FPDFPage_CountObjects(page)):
        piece = raw.FPDFPage_GetObject(page, index)
        if raw.FPDFPageObj_GetType(piece) == raw.FPDF_PAGEOBJ_PATH:
            raw.FPDFPageObj_GetBounds(piece, left, bottom, right, top)
            if min(top.value - bottom.value, right.value - left.value) < RULE:
                yield height - top.value * MM, height - bottom.value * MM, right.value * MM


def _tables(rules):
    """The upper and lower edges of what is ruled, one below the other, and the rows in it that reach to the right edge."""
    joined, rows = [], []
    for above, below, right in sorted(rules):
        if joined and above <= joined[-1][1] + 0.2:
            joined[-1][1] = max(joined[-1][1], below)
        else:
            joined.append([above, below])
            rows.append([])
        if below - above < RULE * MM and right > RIGHT - 1:
            rows[-1].append((above + below) / 2)
    steps = (after - before for one in rows for before, after in pairwise(one) if after - before > 1)
    return tuple((above, below) for above, below in joined if below - above > 3), tuple(steps)


def assert_numbered(pages):
    """A dash on both sides of the number, 7 mm below the type area, one character from the outer edge."""
    for sheet in pages:
        line, dash = sheet.folio, sheet.folio.letters[0]
        assert line.text == f"—{sheet.number}—"
        assert abs(dash.top - BOTTOM - 7) < 0.3, dash
        away = RIGHT - line.right if sheet.number % 2 else line.left - LEFT
        assert abs(away - FOLIO * MM) < 0.3, (sheet.number, away)


def full(pages):
    """The lines that fill the type area: those whose paragraph goes on in the next line, at its left edge."""
    lines = [one for sheet in pages for one in sheet.body]
    return [
        one
        for one, after in pairwise(lines)
        if abs(after.left - LEFT) < 0.5 and abs(one.right - RIGHT) < 4 and one.left < LEFT + 2.2 * EM
    ]


@dataclass(frozen=True, slots=True)
class Fill:
    """How lines of pure Chinese are filled, and how many of the marks inside all lines are squeezed."""

    lines: int = 0
    exact: int = 0
    loose: int = 0
    marks: int = 0
    squeezed: int = 0

    def __add__(self, other):
        return Fill(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))

    @property
    def is_official(self):
        return self.exact >= 0.9 * self.lines and self.loose <= 0.03 * self.lines and self.squeezed <= 0.12 * self.marks

    def __str__(self):
        if not self.lines:
            return "no full lines of pure Chinese"
        return (
            f"{self.exact} of {self.lines} full lines of pure Chinese hold {CHARACTERS} characters"
            f" ({self.exact / self.lines:.1%}), {self.loose} are loose ({self.loose / self.lines:.1%});"
            f" {self.squeezed} of {self.marks} marks inside lines are squeezed ({self.squeezed / max(1, self.marks):.1%})"
        )


def filled(pages):
    every = full(pages)
    lines, marks = [one for one in every if one.is_chinese], [wide for one in every for wide in one.marks]
    exact, loose = sum(one.characters == CHARACTERS for one in lines), sum(one.gap > 1.04 for one in lines)
    return Fill(len(lines), exact, loose, len(marks), sum(wide < 0.9 for wide in marks))
