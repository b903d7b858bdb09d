"""What stands around a table, in its rows and on its sheet: the year and the body that it says are its own."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.checks.bodies import is_another, words
from nianbao.importing.counted import is_chapter
from nianbao.importing.flow import Grid, Paragraph
from nianbao.wording import HAN_DIGITS, in_digits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.importing.flow import Block
    from nianbao.importing.pieces import Copy, Piece

_YEAR = re.compile(
    rf"(?<![0-9])(20[0-9]{{2}}|[二2][〇零○][零○{HAN_DIGITS}]{{2}})"
    r"\s*年(?!\s*(?:格式|[版起]|以[来前后]))(\s*[0-9]{1,2}\s*月)?"
)
_BARE = re.compile("(?<![0-9])(20[0-9]{2})(?![0-9])()")
_SHEET = re.compile("工作表“([^”]*)”")
# A year that something is compared with, or comes from, is none of the table's own.
_COMPARES = re.compile("比|较|增[长加]|减少|同期|结转|上年|去年")
_BELOW = re.compile("[（(]?(?:注[:：])?(?:以上|上表|上述|本表)")
_ATTACHED = re.compile(r"附\s*(?:[件表录]|[:：])")
_BODY = re.compile("(?:单位|机关)[:：]\\s*([\u4e00-\u9fff]{4,40})")
_LONGEST, _MOST_ABOVE = 60, 6


def body_in(text: str) -> str:
    """The body that a line such as 填报单位：… names; '' for none."""
    found = _BODY.search(text)
    return found[1] if found and found[1].endswith(tuple(words()["organs"])) else ""


def is_this_years(copy: Copy, parts: Sequence[Block | Piece], year: int) -> bool:
    """Whether a table says that it is of a year."""
    return any(year in _years(line, year) for line in (*_sheets(copy), *lines(copy, parts)))


def otherwise(copy: Copy, parts: Sequence[Block | Piece], year: int, name: str) -> str:
    """What a table says of another year or body than those that are meant; '' where it says nothing of it.

    Where it names both years, it is not certain to be another one's.
    """
    about = [*_sheets(copy), *lines(copy, parts)]
    said = {line: years for line in about if (years := _years(line, year))}
    if said and not any(year in years for years in said.values()):
        return next(iter(said))
    bodies = ((line, body_in(line)) for line in about)
    return next((line for line, body in bodies if name and body and is_another(body, name, name)), "")


def lines(copy: Copy, parts: Sequence[Block | Piece]) -> list[str]:
    """The lines that stand around a table and in rows of it that hold no figures, the nearest first."""
    inside = [text for piece in copy.pieces for row in piece.rows for text in _said_in(piece.grid.rows[row])]
    last = max(at for at, part in enumerate(parts) if part is copy.pieces[-1])
    below = parts[last + 1] if last + 1 < len(parts) else None
    said = [below.text] if isinstance(below, Paragraph) and _BELOW.match(below.text) else []
    return [one for one in (*inside, *_above(copy.at, parts), *said) if not _COMPARES.search(one)]


def _said_in(row: Sequence[str]) -> list[str]:
    filled = list(dict.fromkeys(filter(None, row)))
    is_plain = len(filled) < 3 and not any(map(reading.is_figure, filled))
    return [one for one in filled if is_plain and len(one) <= _LONGEST and not reading.is_note(one)]


def _above(at: int, parts: Sequence[Block | Piece]) -> Iterator[str]:
    """The lines right above a place, up to a sentence or another table, and the heading of the attachment that it is in."""
    count, is_near = 0, True
    for part in reversed(parts[:at]):
        if isinstance(part, Grid) and len(part.rows) == 1 and is_near:
            yield part.text
            continue
        if not isinstance(part, Paragraph) or part.text[-1] in "。！；":
            is_near = False
            continue
        is_heading = is_chapter(part.text) or bool(_ATTACHED.match(part.text))
        if not part.around and (is_near or (is_heading and not is_chapter(part.text))) and len(part.text) <= _LONGEST:
            yield part.text
        count += 1
        is_near = is_near and count < _MOST_ABOVE
        if is_heading:
            return


def _sheets(copy: Copy) -> list[str]:
    return list(dict.fromkeys(found[0] for piece in copy.pieces if (found := _SHEET.search(piece.grid.place))))


def _years(line: str, year: int) -> set[int]:
    """The years that a line names; a day of the year after is one on which the table was filled in."""
    sheet = _SHEET.fullmatch(line)
    narrow = unicodedata.normalize("NFKC", sheet[1] if sheet else line)
    found = ((in_digits(one[1]), one[2]) for one in (_BARE if sheet else _YEAR).finditer(narrow))
    return {one for one, month in found if not (month and one == year + 1)}
