"""What is said of the tables elsewhere than beside them: in the text of any chapter, and in what was left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.checks import disowned, whose
from nianbao.importing import dated, reports, reviewed
from nianbao.importing.around import BELOW
from nianbao.importing.flow import DRAWN, Grid, Paragraph
from nianbao.importing.html import webpage
from nianbao.importing.outline import AFTER, BARE, SHORT
from nianbao.importing.pieces import Line
from nianbao.importing.workbooks import coversheets, sheets, tablesheets
from nianbao.narrative.headings import by_words, heading_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from nianbao.importing.flow import Flow
    from nianbao.importing.outline import Outline, Part
    from nianbao.importing.vague import Known
    from nianbao.statute.formats import Format

OF_OTHERS = "没有取用的下列内容（封面、目录、填表说明等）像是说表里的数是别的年度、别的机关的，或不是定稿：核对"
IN_TEXT = "正文里的下列句子像是说表里的数是别的年度、别的机关的，不全，或还没有定：核对"
_BESIDE_TABLES = {
    sheets.LOOSE,
    coversheets.COVER,
    sheets.GUIDE,
    sheets.CONTENTS,
    tablesheets.AROUND,
    BARE,
    SHORT,
    reports.ABOVE,
    AFTER,
    DRAWN,
}
_LONGEST = 60  # characters of a line that may say something of the tables
_TABLE = re.compile("表[一二三四1-4](?![0-9])")
_SENTENCES = re.compile("(?<=[。；！;!])")
_OF_FIGURES = re.compile(f"{_TABLE.pattern}|数[据字]|统计|合计|金额|单位[:：为]|为单位")
_YUAN = re.compile("(?:[以按用]|单位[:：为]?)(?:人民币)?[十百千]?元(?=$|[计为。；;，,])")  # the statute has 万元
_AMOUNTS = re.compile(f"金额[^，,。；]{{0,6}}{_YUAN.pattern}")
_SHEET = re.compile("工作表“([^”]*)”")


def asked(
    flows: Sequence[Flow],
    outline: Outline | None,
    left_out: Iterable[tuple[str, str, str]],
    known: Known,
    form: Format,
    before: Sequence[str],
) -> Iterator[tuple[str, list[str]]]:
    """Each question with what it is about; ``before`` is what is asked about already."""
    pages = {block.place for flow in flows if flow.kind.startswith(webpage.KIND) for block in flow.blocks}
    if outline and (odd := in_text(outline, known, form, before)):
        yield IN_TEXT, odd
    if others := of_others(left_out, pages, known, before):
        yield OF_OTHERS, others


def of_others(
    left_out: Iterable[tuple[str, str, str]],
    of_pages: Container[str],
    known: Known,
    before: Iterable[str],
) -> list[str]:
    """What was left out and says of the tables that they are another year's or body's, not final, or nobody knows what.

    No line is named twice.

    ``of_pages`` are the places on web pages: other years and bodies there are the site's. ``before`` is what is asked about
    already: a place and a line, a line and its table, or a line alone.
    """
    parts = [one.split("：") for one in before]
    named = {"：".join(some[at:]) for some in parts for at in range(len(some))}
    named |= {"：".join(some[:-1]) for some in parts}
    told = [(place, text) for place, text, why in left_out if why in _BESIDE_TABLES and 0 < len(text) <= _LONGEST]
    found = [(place, text) for place, text in told if text not in named and _disowns(text, place, place in of_pages, known)]
    return [*dict.fromkeys(f"{place}：{text}" for place, text in found)]


def _disowns(text: str, place: str, is_of_page: bool, known: Known) -> bool:
    """Whether a line says that the tables are another year's or body's, not final, or of them what nobody knows."""
    if disowned.is_no_whole_year(text, known.year):
        return True
    is_anothers = bool(known.name) and whose.is_anothers(text, known.name)
    is_of_another = bool(disowned.years(text, known.year) - {known.year}) or is_anothers
    if not is_of_page and (is_of_another or dated.is_early(text, known.year)):
        return True
    sheet = _SHEET.search(place)
    if sheet and reviewed.is_objected(f"{sheet[1]}：{text}", known.year):
        return True
    # What a page says above its title is the site's, but for a sentence and what names a table.
    is_of_site = is_of_page and text[-1] not in "。！"
    speaks = (_TABLE if is_of_site else _OF_FIGURES).search(text)
    return bool(speaks) and (bool(_YUAN.search(text)) or known.asks(Line(text, BELOW, is_near=False), text))


def in_text(outline: Outline, known: Known, form: Format, before: Sequence[str]) -> list[str]:
    """The sentences of the preamble and the chapters that say of the tables, or of the report's figures, what nobody knows.

    A paragraph that is asked about already is not named twice.
    """
    passages = [(outline.preamble, False)]
    passages += [(one.parts, _is_of_problems(one.heading.text, form)) for one in outline.chapters]
    found = []
    for parts, is_of_problems in passages:
        for place, text in (told for part in parts for told in _told(part)):
            sentences = [one.strip() for one in _SENTENCES.split(text)]
            odd = [one for one in sentences if known.asks_of_text(one, is_of_problems) or _AMOUNTS.search(one)]
            is_new = bool(odd) and not any(text in one for one in before)
            found += [f"{place}：{one}" for one in odd] if is_new else []
    return found


def _is_of_problems(heading: str, form: Format) -> bool:
    """Whether a heading is that of the chapter that has to speak of problems and measures."""
    return any(section.measures for section in by_words(heading_of(0, 0, heading), form))


def _told(part: Part) -> Iterator[tuple[str, str]]:
    """The place and the text of a paragraph, or of what stands in a box: a table of one row."""
    if isinstance(part, Paragraph):
        yield part.place, part.text
    elif isinstance(part, Grid) and len(part.rows) == 1:
        yield from ((part.place, text) for text in part.rows[0] if text)
