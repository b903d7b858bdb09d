"""What stands around a table, in its rows and on its sheet, and whether that says that it is another year's or body's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.importing import disowned
from nianbao.importing.counted import is_chapter
from nianbao.importing.flow import Grid, Paragraph
from nianbao.importing.pieces import Piece

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.importing.flow import Block
    from nianbao.importing.pieces import Copy

_SHEET = re.compile("工作表“([^”]*)”")
_ABOVE = re.compile("[（(]?(?:备?注[:：])?(?:以上|上表|上述)")  # of what is said of the table above
_BELOW = re.compile("以下|下[表列]|如下")
_BRACKETED = re.compile("[（(].*[)）]")
_ATTACHED = re.compile(r"附\s*(?:[件表录]|[:：])")
_LONGEST, _MOST_ABOVE = 60, 6


def is_this_years(copy: Copy, parts: Sequence[Block | Piece], year: int) -> bool:
    """Whether a table says that it is of a year."""
    return any(year in disowned.years(line, year) for line in (*sheets(copy), *lines(copy, parts)))


def otherwise(copy: Copy, parts: Sequence[Block | Piece], year: int, name: str) -> str:
    """What a table says of another year or body than those that are meant; '' where it says nothing of it.

    Where it names both years, it is not certain to be another one's. Of a part of the year, or a sample, it is none either.
    """
    about = [*sheets(copy), *lines(copy, parts)]
    said = {line: years for line in about if (years := disowned.years(line, year))}
    if said and not any(year in years for years in said.values()):
        return next(iter(said))
    others = (one for one in about if disowned.is_no_whole_year(one, year) or (name and disowned.is_anothers(one, name)))
    return next(others, "")


def lines(copy: Copy, parts: Sequence[Block | Piece]) -> list[str]:
    """The lines that stand around a table and in rows of it that hold no figures, the nearest first."""
    inside = [text for piece in copy.pieces for row in piece.rows for text in _said_in(piece.grid.rows[row])]
    last = max(at for at, part in enumerate(parts) if part is copy.pieces[-1])
    below = parts[last + 1] if last + 1 < len(parts) else None
    said = [below.text] if isinstance(below, Paragraph) and _is_said_below(below.text) else []
    return [*inside, *_above(copy.at, parts), *said]


def _is_said_below(text: str) -> bool:
    """Whether a line below a table speaks of that, and of none that follows."""
    is_own = bool(_ABOVE.match(text)) or text.startswith("本表") or reading.is_note(text) or bool(_BRACKETED.fullmatch(text))
    return is_own and len(text) <= _LONGEST and not _BELOW.search(text)


def _said_in(row: Sequence[str]) -> list[str]:
    filled = list(dict.fromkeys(filter(None, row)))
    is_plain = len(filled) < 3 and not any(map(reading.is_figure, filled))
    return [one for one in filled if is_plain and len(one) <= _LONGEST]


def _above(at: int, parts: Sequence[Block | Piece]) -> Iterator[str]:
    """The lines right above a place, up to a sentence or another table, and the heading of the attachment that it is in.

    What is said below another table is of that one.
    """
    count, is_near = 0, True
    for order in range(at - 1, -1, -1):
        part = parts[order]
        is_of_other = isinstance(part, Paragraph) and order > 0 and isinstance(parts[order - 1], Piece)
        if isinstance(part, Paragraph) and (_ABOVE.match(part.text) or (is_of_other and _is_said_below(part.text))):
            is_near = False
            continue
        if isinstance(part, Grid) and len(part.rows) == 1 and is_near:
            yield part.text
            continue
        if not isinstance(part, Paragraph) or part.text[-1] in "。！；":
            yield from [part.text] if isinstance(part, Paragraph) and is_near and _is_short(part) else []
            is_near = False
            continue
        is_heading = is_chapter(part.text) or bool(_ATTACHED.match(part.text))
        if (is_near or (is_heading and not is_chapter(part.text))) and _is_short(part):
            yield part.text
        count += 1
        is_near = is_near and count < _MOST_ABOVE
        if is_heading:
            return


def sheets(copy: Copy) -> list[str]:
    """The sheets on which a table stands: ``工作表“表三”``."""
    return list(dict.fromkeys(found[0] for piece in copy.pieces if (found := _SHEET.search(piece.grid.place))))


def _is_short(part: Paragraph) -> bool:
    return not part.around and len(part.text) <= _LONGEST
