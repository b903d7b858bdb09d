"""Tables that are not the kit's own: what their columns need, and the parts of those that the page is too narrow for.

Parts are about as wide as each other, and each begins with the labels of the rows. No merged cell is cut, but one that goes
over all columns, which each part has.
"""

from __future__ import annotations

import re
from functools import partial
from html import unescape
from typing import TYPE_CHECKING

from nianbao.render.frames import TABLE, rows_of
from nianbao.render.shares import parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.render.frames import Placed

# In pt: the width of a page, the size of a table's text, and the least one, as in the other formats; in em: what a cell, or
# one of a frame, adds on both sides with its line.
AREA, SIZE, _LEAST = 440.0, 9.0, 6.5
SIDES, FRAME = 0.95, 1.05
_LONGEST, _PARTED, _SHORT = (
    10.0,
    20.0,
    4.0,
)  # em: of a word that stays whole, in a table of parts too, and of a text that does
_PICTURE = 6.0  # em: of what is no text in a cell, such as a picture, which gets smaller with it
_TAG, _BREAK = re.compile("<[^>]*>"), re.compile("<(?:br|/p|/li|/div)>")
_WORD = re.compile(r"[!-~]+|\S")
_ROW, _COLUMNS = re.compile(r"(<tr\b[^>]*>)(.*?)</tr>", re.S), re.compile("<colgroup.*?</colgroup>", re.S)
_SCROLL, _AGAIN = '<div class="scroll">', ' data-again="1"'  # nobody else's HTML says that, see `clean`
BOX = re.compile(rf"{_SCROLL}((?:\s|<style\b[^>]*>[^<]*</style>)*){TABLE.pattern}\s*</div>")
_ACROSS = re.compile(r'\bcolspan="\d+"')


def parted(html: str) -> str:
    """A page's body in which the parts of each table that is too wide stand in its place; all but the first say so."""
    return BOX.sub(_parted, html) if _SCROLL in html else html


def _parted(box: re.Match[str]) -> str:
    before, attributes, inside = box.groups()
    made = [
        f"<table{attributes}{_AGAIN if number else ''}>{part}</table>"
        for number, part in enumerate(parts_of(attributes, inside))
    ]
    return f"{_SCROLL}{before}{''.join(made)}</div>" if made else box[0]


def parts_of(attributes: str, inside: str) -> list[str]:
    """What stands in the parts of a table, in clean HTML; none where it stands whole."""
    rows = rows_of(inside)
    if not rows or not rows[-1]:
        return []
    least = needs(rows, FRAME if 'class="frame' in attributes else SIDES, _PARTED)[0]
    labels = next((at for cell, at, _ in rows[-1] if cell[1] == "td"), 0)
    labels = labels or int(least[0] <= AREA / _LEAST / 2)
    joined = {
        column
        for row in rows
        for _, at, across in row
        if not (at <= labels and at + across == len(least))
        for column in range(at + 1, at + across)
    }
    places = parts(least, labels, AREA / _LEAST, joined)
    whole = _COLUMNS.sub("", inside)
    return [_ROW.sub(partial(_row_of, iter(rows), columns), whole) for columns in places] if len(places) > 1 else []


def _row_of(rows: Iterator[Sequence[Placed]], columns: Sequence[int], row: re.Match[str]) -> str:
    cells = []
    for cell, at, across in next(rows):
        inside = sum(at <= column < at + across for column in columns)
        if inside:
            cells.append(cell[0] if inside == across else _ACROSS.sub(f'colspan="{inside}"', cell[0], count=1))
    return f"{row[1]}{''.join(cells)}</tr>"


def needs(rows: Sequence[Sequence[Placed]], sides: float, longest: float = _LONGEST) -> tuple[list[float], list[float]]:
    """What each column needs for its longest word, and for all that is written, in em."""
    count = max((at + across for row in rows for _, at, across in row), default=0)
    least, most = [1.0] * count, [1.0] * count
    for cell, at, across in (one for row in rows for one in row):
        if across == 1:
            whole, word = extent(cell[3], longest)
            least[at], most[at] = max(least[at], word), max(most[at], whole)
    return [one + sides for one in least], [one + sides for one in most]


def extent(html: str, longest: float = _LONGEST) -> tuple[float, float]:
    """The width of a cell's longest line, and of its longest word, in em."""
    said = lines_in(html)
    whole = max(map(_wide, said)) + (_PICTURE if "<img" in html or "<math" in html else 0)
    word = max((_wide(one) for line in said for one in _WORD.findall(line)), default=0.0)
    return whole, max(min(word, longest), min(whole, _SHORT))


def lines_in(html: str) -> list[str]:
    """The words of a cell, line by line."""
    return unescape(_TAG.sub("", _BREAK.sub("\n", html))).strip().split("\n")


def _wide(text: str) -> float:
    return sum(
        1.0 if char >= "⺀" else 0.56 if char in "0123456789.,:; " else 0.68 if char.isupper() else 0.6 for char in text
    )
