"""The lines above and below a table that are none of its rows: notes, units, who filled it in."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from nianbao import periods, reading
from nianbao.findings import Finding, Kind, Severity, Source
from nianbao.inputs.cells import Aside
from nianbao.inputs.formlabels import BODY, DAY, FORM, HANDLES, NOTES, PERIOD, TELEPHONE, YEAR, ends, labels
from nianbao.inputs.persons import names_person, published, without_persons
from nianbao.statute import tree
from nianbao.wording import NOT_APPLICABLE, UNFILLED, UNKNOWN, column_letter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

LEFT_OUT = Kind("I110", Severity.NOTE, "表格旁边的文字未印出")

MONEY_UNIT = re.compile(r"[（(]?(?:金额)?单位[:：]?\s*[（(]?\s*([^，,；;:：\s]{0,4}元)\s*[)）]?")


@lru_cache(maxsize=1)
def _about() -> re.Pattern[str]:
    """What stands around a table on a form: its label, a year, 续表."""
    known = f"{HANDLES}|{ends(BODY, DAY, YEAR, TELEPHONE)}|{labels(FORM)}"
    return re.compile(rf"^续表|(?:{known})[^:：]{{0,6}}[:：]|(?:{PERIOD})\s*[:：]|^(?:{PERIOD})为|[0-9]{{4}}\s*年度?$")


def _is_time(text: str) -> bool:
    """Whether a text is a time and nothing else, no single month or day, nor a year by word: 2024.1—2024.12."""
    inner = reading.plain(text).strip("()[]【】")
    found = next(periods.read(inner), None)
    if found is None or found.span != (0, len(inner)):
        return False
    return not found.month and bool(found.named or not found.is_year)


def of_line(
    filled: Sequence[str], source: Source, known: frozenset[str], begun: bool, in_note: bool, is_said: bool
) -> list[Aside]:
    """A line's cells as asides; none for a line with a known label or figures in cells of their own, unless it ``is_said``.

    What of it says who filled the table in is never printed. Before the table has ``begun``, whatever else stands alone in a
    line is one; after a note, it goes on with the note.
    """
    alone = len(filled) == 1
    printed = (
        reading.is_note(filled[0])
        or (alone and filled[0].startswith(("*", "＊", "※")))
        or (in_note and alone)
        or (alone and bool(MONEY_UNIT.fullmatch(filled[0])))
    )
    if not is_said and _is_of_table(filled, known, printed, in_note):
        return []
    text = "，".join(dict.fromkeys(filled))
    if not (printed or is_said or _about().search(text) or _is_time(text) or names_person(text) or (not begun and alone)):
        return []
    parted = zip(without_persons(text), (True, False), strict=True) if printed else [(text, False)]
    return [Aside(one, is_printed, source) for one, is_printed in parted if one]


def _is_of_table(filled: Sequence[str], known: frozenset[str], printed: bool, in_note: bool) -> bool:
    """Whether a line has a known label, or figures in cells of their own."""
    if any(tree.normalise(cell) in known for cell in filled) or any(is_data(cell, printed) for cell in filled[1:]):
        return True
    return not reading.is_note(filled[0]) and is_data(filled[0], in_note)


def remarks(file: str, beside: Iterable[tuple[int, int, str]]) -> list[Aside]:
    """What stands in a column of notes, by row, column and text, as asides with their cells."""
    return [Aside(text, False, Source(file, row, f"{column_letter(column)}{row}")) for row, column, text in beside]


def left_out(table: str, around: Sequence[Aside], beside: Sequence[Aside]) -> Iterator[Finding]:
    """A note of what is not printed above and below a table, and one of what its column of notes says."""
    lines, column = "不是数据，未印出；要印的以“注：”开头", f"“{NOTES}”栏不印；要印的，在表的下面另起一行，以“注：”开头"
    for some, place, action in ((around, table, lines), (beside, f"{table} · {NOTES}", column)):
        if some:
            said = [(text, one.source.address) for one in some if (text := published(one.text))]
            cells = [f"{text}（{cell}）" if cell and len(said) > 1 else text for text, cell in said]
            yield Finding(LEFT_OUT, place, some[0].source, "；".join(cells)[:200] or "填表人、联系方式", "", action)


def money_unit(asides: Iterable[Aside]) -> str:
    """The unit of money that a line such as ``单位：元`` names, as it is written; '' without one, or with several."""
    cells = [cell for aside in asides for cell in aside.text.split("，")]
    found = {match.group(1) for cell in cells if (match := MONEY_UNIT.fullmatch(cell))}
    return found.pop() if len(found) == 1 else ""


def is_data(text: str, in_note: bool) -> bool:
    """Whether a cell holds a figure; or, where the line is no note, a mark or a state."""
    if reading.is_figure(text) or in_note:
        return reading.is_figure(text)
    if _is_time(text):
        return False
    if re.match("[0-9]", reading.plain(text)) and not re.search("年|-", text):
        return True  # a number with something behind it
    return reading.usual(text) is not None or text in {NOT_APPLICABLE, UNFILLED} or text.startswith(UNKNOWN)
