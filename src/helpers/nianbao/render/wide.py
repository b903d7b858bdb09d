"""Tables that are not the kit's own: how wide their columns get on paper, and the parts of one too wide for a page.

A table that the page is wide enough for is as wide as its text. In a wider one each column gets what its longest word
needs, and the rest is shared out so that rows hold as few lines as can be; where the words alone need more than the page,
its text is smaller. Where that would be too small to read, it stands in parts, about as wide as each other, each of which
begins with the labels of the rows. No merged cell is cut but one that is wider than a part, which has its text in each.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from html import unescape
from typing import TYPE_CHECKING

from nianbao.render.frames import TABLE, rows_of
from nianbao.render.shares import cut, parts, shared
from nianbao.shown import joined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from nianbao.render.frames import Placed

# In pt: the width of a page, the size of a table's text, and the least one, as in the other formats; in em: what a cell adds
# on both sides with its line.
AREA, SIZE, _LEAST = 440.0, 9.0, 6.5
SIDES = 0.95
CELLS = {"area": AREA, "size": SIZE, "sides": SIDES, "many": 38}
"""The same for tables.lua; and how many rows take a page where each is as tall as those of a short table."""
_TINY = 4.0  # pt, the size of a text that is too wide for any
_BESIDE = 8.0  # pt, what lies at each side of a text at most in the PDF where the page has room
# In em: how long a word may be that stays whole, one in a table of parts and in the PDF, and a text that does.
_LONGEST, _PARTED, _SHORT = 10.0, 20.0, 4.0
PICTURE = 6.0  # em: of what is no text in a cell, such as a picture, which gets smaller with it
_TAG, _BREAK = re.compile("<[^>]*>"), re.compile("<(?:br|/p|/li|/div)>")
_WORD = re.compile(r"[!-~]+|\S")
_ROW, _COLUMNS = re.compile(r"(<tr\b[^>]*>)(.*?)</tr>", re.S), re.compile("<colgroup.*?</colgroup>", re.S)
_COLUMN, _GIVEN = re.compile(r"<col\b[^>]*>"), re.compile(r"\bwidth:\s*([\d.]+)%")
_SCROLL = '<div class="scroll">'
BOX = re.compile(rf"{_SCROLL}((?:\s|<style\b[^>]*>[^<]*</style>)*){TABLE.pattern}\s*</div>")
AGAIN = re.compile(r'\bdata-again="([^"]*)"')
"""What a part says of itself in the HTML that becomes a PDF, the first one nothing; nobody else's says that, see `clean`."""
_ACROSS = re.compile(r'\bcolspan="\d+"')

CHANCE = "\u200b"
"""A chance to break a line."""
# The lengths are those of text.lua: of words without a break, and of words with signs.
_SIGNED, _LONG_RUN, _HALF = re.compile("[!-~]{7,}"), re.compile("[!-~]{33,}"), re.compile("([!-~]{16})")
_BEHIND_SIGN = re.compile(r"([!-/:-@\[-`{-~])(?!\d|$)")


@dataclass(frozen=True, slots=True)
class Form:
    """The size of a table's text in pt, and its columns' widths in parts of the page."""

    size: float
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a table as clean HTML, and how it says that it goes on with the one before; '' of the first."""

    html: str
    said: str


def laid(html: str) -> str:
    """A page's body for the PDF: in place of each table its parts, with the widths of columns and the size of the text."""
    return BOX.sub(_laid, html) if _SCROLL in html else html


def _laid(box: re.Match[str]) -> str:
    before, attributes, inside = box.groups()
    parts = parts_of(inside)
    made = "".join(_in_pdf(attributes, part.html, f' data-again="{part.said}"') for part in parts)
    made = made or _in_pdf(attributes, inside)
    return f"{_SCROLL}{before}{made}</div>"


def _in_pdf(attributes: str, html: str, again: str = "") -> str:
    """A table, or a part of one, as tables.lua takes it: the columns have widths where it has a scale."""
    rows = rows_of(html)
    least, most = needs(rows, _PARTED, pieces)
    given = [_GIVEN.search(one) for one in _COLUMN.findall(html)]
    widths = [float(one[1]) / 100 for one in given if one]
    if (
        len(widths) == len(least)
        and sum(widths) < 1.01
        and all(wide * AREA >= need * SIZE for wide, need in zip(widths, least, strict=True))
    ):
        return f'<table{attributes}{again} data-scale="1">{html}</table>'
    inside = _COLUMNS.sub("", html)
    form = form_of(rows, _PARTED, pieces)
    if form is None:
        side = min(_BESIDE, (SIDES * SIZE + (AREA - sum(most) * SIZE) / len(most)) / 2) if most else 0
        return f'<table{attributes}{again} data-side="{side:.2f}">{inside}</table>'
    caption, end, rest = inside.rpartition("</caption>")
    columns = "".join(f'<col style="width: {100 * one:.3f}%">' for one in form.widths)
    scale = f' data-scale="{form.size / SIZE:.3f}"'
    return f"<table{attributes}{again}{scale}>{caption}{end}<colgroup>{columns}</colgroup>{rest}</table>"


def parts_of(inside: str) -> list[Part]:
    """The parts of a table, in clean HTML; none where it stands whole."""
    rows = rows_of(inside)
    if not rows or not rows[-1]:
        return []
    least = needs(rows, _PARTED)[0]
    labels = next((at for cell, at, _ in rows[-1] if cell[1] == "td"), 0)
    labels = labels or int(least[0] <= AREA / _LEAST / 2)
    merged = [[(at, at + across) for _, at, across in row if across > 1] for row in rows]
    places = parts(least, labels, AREA / _LEAST, (one for row in merged for one in row))
    whole = _COLUMNS.sub("", inside)
    return [
        Part(
            _ROW.sub(partial(_row_of, iter(rows), columns), whole),
            joined.said_of(labels, cut(merged, labels, columns[labels])) if number else "",
        )
        for number, columns in enumerate(places if len(places) > 1 else ())
    ]


def _row_of(rows: Iterator[Sequence[Placed]], columns: Sequence[int], row: re.Match[str]) -> str:
    cells = []
    for cell, at, across in next(rows):
        inside = sum(at <= column < at + across for column in columns)
        if inside:
            cells.append(cell[0] if inside == across else _ACROSS.sub(f'colspan="{inside}"', cell[0], count=1))
    return f"{row[1]}{''.join(cells)}</tr>"


def form_of(
    rows: Sequence[Sequence[Placed]], longest: float = _LONGEST, words: Callable[[str], list[str]] = _WORD.findall
) -> Form | None:
    """The form of a table with these rows; none where the page is wide enough for its text, or there are none."""
    least, most = needs(rows, longest, words)
    needed, wanted = sum(least), sum(most)
    room = AREA / SIZE
    if wanted <= room:
        return None
    if needed <= room:
        texts = [[(at, extent(cell[3])[0]) for cell, at, across in row if across == 1] for row in rows]
        return Form(SIZE, tuple(one / room for one in shared(least, most, room, SIDES, texts)))
    return Form(max(_TINY, AREA / needed), tuple(one / needed for one in least))


def needs(
    rows: Sequence[Sequence[Placed]], longest: float = _LONGEST, words: Callable[[str], list[str]] = _WORD.findall
) -> tuple[list[float], list[float]]:
    """What each column needs for its longest word, and for all that is written, in em."""
    count = max((at + across for row in rows for _, at, across in row), default=0)
    least, most = [1.0] * count, [1.0] * count
    for cell, at, across in (one for row in rows for one in row):
        if across == 1:
            whole, word = extent(cell[3], longest, words)
            least[at], most[at] = max(least[at], word), max(most[at], whole)
    return [one + SIDES for one in least], [one + SIDES for one in most]


def extent(html: str, longest: float = _LONGEST, words: Callable[[str], list[str]] = _WORD.findall) -> tuple[float, float]:
    """The width of a cell's longest line, and of its longest word, in em."""
    said = lines_in(html)
    whole = max(map(_wide, said)) + (PICTURE if "<img" in html or "<math" in html else 0)
    word = max((_wide(one) for line in said for one in words(line)), default=0.0)
    return whole, max(min(word, longest), min(whole, _SHORT))


def lines_in(html: str) -> list[str]:
    """The words of a cell, line by line."""
    return unescape(_TAG.sub("", _BREAK.sub("\n", html))).strip().split("\n")


def pieces(line: str) -> list[str]:
    """The words of a line as Typst breaks them, which has chances to break in long ones."""
    return _WORD.findall(breakable(line))


def breakable(line: str) -> str:
    """A line with chances to break in long words: behind their signs, or anywhere."""
    return _SIGNED.sub(lambda run: _LONG_RUN.sub(_halved, _BEHIND_SIGN.sub(r"\1" + CHANCE, run[0])), line)


def _halved(run: re.Match[str]) -> str:
    return _HALF.sub(r"\1" + CHANCE, run[0])


def _wide(text: str) -> float:
    return sum(
        1.0 if char >= "⺀" else 0.56 if char in "0123456789.,:; " else 0.68 if char.isupper() else 0.6 for char in text
    )
