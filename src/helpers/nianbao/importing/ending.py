"""The end of a report: who signed it, on which day, who edited it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.hanzi import simplified
from nianbao.importing import signers
from nianbao.importing.flow import LINK, Paragraph
from nianbao.importing.furniture import (
    has_figure,
    is_among_text,
    is_below_text,
    is_furniture,
    is_of_the_text,
    is_said_too,
)
from nianbao.wording import HAN, HAN_DIGITS, in_digits

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from nianbao.importing.flow import Grid

_MOST_SIGNED = 4  # cells of a table that holds a signature
_EDITOR = re.compile(r"[【\[（(]?\s*(?:责任)?编辑\s*[:：]\s*(.+?)\s*[】\]）)]?")
_HAN_DAY = re.compile(rf"([○零Ｏ0{HAN_DIGITS}]{{4}})年([{HAN}]{{1,3}})月([{HAN}]{{1,3}})日")
_FILES = re.compile(r"附\s*件\s*[:：]?")
_FIRST = re.compile("年元月(?=([0-9])?)")  # January
# Who gets a text and how many are printed, below the day of an official one.
_IMPRINT = re.compile("(?:主送|抄[送报]|报送?|送|发|校对|打字)[:：].*|.*(?:印发|印制)。?|[（(]?共印[0-9]+份[)）]?。?")
_SIGNED_DAY = re.compile(rf"(.{{2,40}}?)[\s\u3000]*((?:[12][0-9]{{3}}|[○零{HAN_DIGITS}]{{4}})\s*年.{{1,12}}日)")


@dataclass(slots=True)
class Ending:
    """Where the ending begins and ends in the parts, and what report.yaml holds of it: key → text, place.

    ``others`` are the lines with another day on which the same body signs.
    """

    begin: int
    end: int
    values: dict[str, tuple[str, str]] = field(default_factory=dict)
    others: list[Paragraph] = field(default_factory=list)


def day_in(text: str) -> date | None:
    """The day that a text is, in digits or in Chinese numerals; ``None`` for any other text."""
    tight = _FIRST.sub(lambda found: f"年{'1' if found[1] else '一'}月", re.sub(r"\s+", "", text))
    if found := _HAN_DAY.fullmatch(tight):
        tight = f"{in_digits(found[1])}年{reading.numeral(found[2])}月{reading.numeral(found[3])}日"
    try:
        return reading.day(tight)
    except ValueError:
        return None


def begin(parts: Sequence[object], known: Sequence[str] = ()) -> int:
    """Where the ending begins in parts without any chapter."""
    return find(parts, known).begin


def find(parts: Sequence[object], known: Sequence[str] = ()) -> Ending:
    """The ending of the last chapter's parts: the day that stands alone, the name above it, the editor below it.

    Of several days it is the first below a body's name, else the last above what belongs to the page. ``known`` are the
    names that the body is known to have. A line that may be text as well stays text.
    """
    lines = [(at, part) for at, part in enumerate(parts) if isinstance(part, Paragraph)]
    dated = _dated([line for _, line in lines], known)
    if dated is None:
        return _undated(parts, lines, known)
    at, line = lines[dated]
    name, day = _signed(line, known) or ("", "")
    others = [one for order, (_, one) in enumerate(lines) if order != dated and _is_signed(lines, order, known)]
    into = Ending(at, at + 1, {"date": (day, line.place)}, [one for one in others if _day_of(one, known) != day_in(day)])
    if name:
        into.values["signature"] = name, line.place
    elif not _take_name(parts, at, known, into) and _is_signature_at(parts, at + 1, known):
        below = parts[at + 1]
        assert isinstance(below, Paragraph)
        into.values["signature"] = below.text, below.place
        into.end = at + 2
    _take_editor(parts, into)
    return into


def _is_signed(lines: Sequence[tuple[int, Paragraph]], at: int, known: Sequence[str]) -> bool:
    """Whether a known body signs on a day: in its line, or in the line above."""
    found = _signed(lines[at][1], known)
    above = [one for _, one in lines]
    return bool(known) and found is not None and (bool(found[0]) or _is_signature_at(above, at - 1, known))


def _day_of(line: Paragraph, known: Sequence[str]) -> date | None:
    found = _signed(line, known)
    return day_in(found[1]) if found else None


def _take_name(parts: Sequence[object], below: int, known: Sequence[str], into: Ending) -> bool:
    """Take the name that ends right above a place: in one line, in two, or of several bodies each in its own."""
    at, names = below - 1, [reading.plain(one) for one in known]
    above, last = (parts[one] if one >= 0 else None for one in (at - 1, at))
    whole = "".join(reading.plain(one.text) for one in (above, last) if isinstance(one, Paragraph))
    if isinstance(above, Paragraph) and isinstance(last, Paragraph) and whole in names:
        into.values["signature"], into.begin = (above.text + last.text, above.place), at - 1
        return True
    begin = _first_signer(parts, at, known)
    if begin is None:
        return False
    several = [one for one in parts[begin : at + 1] if isinstance(one, Paragraph)]
    said, place, at = "、".join(one.text for one in several), several[0].place, begin
    while at and isinstance(one := parts[at - 1], Paragraph) and _is_beside(reading.plain(one.text), names, said):
        said, place, at = f"{one.text}、{said}", one.place, at - 1
    into.values["signature"], into.begin = (said, place), at
    return True


def _is_beside(text: str, names: Sequence[str], said: str) -> bool:
    """Whether a line above a name is that of another body which the title names too."""
    return bool(signers.BODY.fullmatch(text)) and text not in said and any(text in name and text != name for name in names)


def _first_signer(parts: Sequence[object], at: int, known: Sequence[str]) -> int | None:
    """Where the bodies begin that sign one below the other, the last of them at a place: a known one signs first."""
    while 0 <= at < len(parts) and isinstance(one := parts[at], Paragraph):
        if signers.is_signature(one.text, known):
            return at
        if not signers.is_name(one.text):
            break
        at -= 1
    return None


def _is_signature_at(parts: Sequence[object], at: int, known: Sequence[str]) -> bool:
    one = parts[at] if 0 <= at < len(parts) else None
    return isinstance(one, Paragraph) and signers.is_signature(one.text, known)


def _dated(lines: Sequence[Paragraph], known: Sequence[str]) -> int | None:
    """The place of the day among the lines."""
    days = [at for at, line in enumerate(lines) if _signed(line, known)]
    text = max((at for at, line in enumerate(lines[: days[0]]) if is_sentence(line)), default=-1) if days else -1
    below = (
        at
        for at, line in enumerate(lines)
        if line.around or (at > text and is_furniture(line.text) and not is_of_the_text(line.text))
    )
    stop = next(below, len(lines))
    named = [at for at in days if (_signed(lines[at], known) or ("",))[0] or _first_signer(lines, at - 1, known) is not None]
    inside = [at for at in days if at < stop]
    return named[0] if named else inside[-1] if inside else None


def _undated(parts: Sequence[object], lines: list[tuple[int, Paragraph]], known: Sequence[str]) -> Ending:
    """The ending without a day: it begins with the first line of the page's below all sentences, or with the name above.

    A line that a report says too is the page's where nothing but the page's stands below it.
    """
    text = max((at for at, line in lines if _is_item(line) or is_sentence(line)), default=-1)
    around = (at for at, line in lines if at > text and _is_around(line))
    first = sure = next(around, len(parts))
    while first - 1 > text and isinstance(above := parts[first - 1], Paragraph) and _may_be_around(above):
        first -= 1
    lead = parts[first - 1] if first else None
    if isinstance(lead, Paragraph) and lead.text[-1] in ":：":
        first = sure
    into = Ending(first, first)
    _take_name(parts, first, known, into)
    _take_editor(parts, into)
    return into


def _is_around(line: Paragraph) -> bool:
    """Whether a line is the page's whatever stands below it, or names the editor."""
    is_pages = is_furniture(line.text) and not is_said_too(line.text)
    return is_pages or bool(_EDITOR.fullmatch(simplified(line.text)))


def _may_be_around(line: Paragraph) -> bool:
    return is_below_text(line.text) or is_of_files(line)


def _is_item(line: Paragraph) -> bool:
    """Whether a line is an item of a list, and no link, as those of a page's menu are."""
    return bool(line.mark) and line.around != LINK


def is_of_files(line: Paragraph) -> bool:
    """Whether a line heads the files that a page offers, and names none: 附件：."""
    return bool(_FILES.fullmatch(simplified(line.text)))


def is_sentence(line: Paragraph) -> bool:
    """Whether a line is text of a report: it ends as a sentence, and its words are not the page's."""
    return line.text[-1] in "。！" and not line.around and not is_furniture(line.text[:-1])


def may_be_text(line: Paragraph, is_dated: bool) -> bool:
    """Whether a line below the ending may be text of a report, not who gets it; a figure may, where no day ends the text."""
    has_count = not is_dated and not line.around and has_figure(line.text) and not is_among_text(line.text)
    return has_count or (is_sentence(line) and not _IMPRINT.fullmatch(reading.plain(line.text)))


def like_signatures(parts: Sequence[object], known: Sequence[str]) -> list[Paragraph]:
    """The last lines of a text that read like a signature: a body's name or a day, with words in brackets at most.

    Below a line that ends with a colon they are what it lists.
    """
    at = len(parts)
    while at and isinstance(one := parts[at - 1], Paragraph) and not one.mark and signers.is_like(one.text, known):
        at -= 1
    lead = parts[at - 1] if at else None
    is_list = isinstance(lead, Paragraph) and lead.text[-1] in ":："
    return [] if is_list else [one for one in parts[at:] if isinstance(one, Paragraph)]


def signed_in(grid: Grid, known: Sequence[str]) -> list[Paragraph | Grid]:
    """A table; one that only holds who signs and the day, as its lines."""
    filled = [(cell, grid.number(row)) for row, some in enumerate(grid.rows) for cell in some if cell]
    cells = [Paragraph(cell, f"{grid.place}第{number}行") for cell, number in filled]
    is_signed = any(day_in(one.text) for one in cells) and all(signers.is_like(one.text, known) for one in cells)
    return [*cells] if is_signed and len(cells) <= _MOST_SIGNED else [grid]


def is_said(text: str, known: Sequence[str], values: Mapping[str, tuple[str, str]]) -> bool:
    """Whether the ending says what a line below the title says: the body, or the month."""
    signed = reading.plain(values["signature"][0]) if "signature" in values else ""
    is_signed = bool(signed) and (signed == reading.plain(text) or signers.is_own(text, known))
    return is_signed or ("date" in values and signers.is_month(text))


def _take_editor(parts: Sequence[object], into: Ending) -> None:
    if into.end < len(parts):
        line = parts[into.end]
        if isinstance(line, Paragraph) and (found := _EDITOR.fullmatch(simplified(line.text))) and len(found[1]) <= 40:
            into.values["editor"] = line.text, line.place
            into.end += 1


def _signed(line: Paragraph, known: Sequence[str]) -> tuple[str, str] | None:
    """The name, or '', and the day of a line that holds nothing else."""
    bare = line.text.strip("（）() 　")
    if day_in(bare):
        return "", bare
    found = _SIGNED_DAY.fullmatch(line.text)
    if found and day_in(found[2]) and signers.is_signature(found[1].strip(), known):
        return found[1].strip(), found[2]
    return None
