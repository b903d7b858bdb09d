"""What is said of the tables elsewhere than beside them: in the text of any chapter, and in what was left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.checks import disowned, whose
from nianbao.importing import coversheets, dated, reports, sheets, tablesheets
from nianbao.importing.around import BELOW
from nianbao.importing.flow import DRAWN, Paragraph
from nianbao.importing.html import webpage
from nianbao.importing.outline import AFTER, BARE, SHORT
from nianbao.importing.pieces import Line

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from nianbao.importing.flow import Flow
    from nianbao.importing.outline import Outline
    from nianbao.importing.vague import Known

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
    before: Sequence[str],
) -> Iterator[tuple[str, list[str]]]:
    """Each question with what it is about; ``before`` is what is asked about already."""
    pages = {block.place for flow in flows if flow.kind.startswith(webpage.KIND) for block in flow.blocks}
    if outline and (odd := in_text(outline, known, before)):
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
    found = []
    for place, text, why in left_out:
        if why in _BESIDE_TABLES and 0 < len(text) <= _LONGEST and text not in named:
            is_of_page = place in of_pages
            is_other = not is_of_page and (
                disowned.years(text, known.year) - {known.year} or (known.name and whose.is_anothers(text, known.name))
            )
            # What a page says above its title is the site's, but for a sentence or what names a table.
            speaks = (_TABLE if is_of_page and text[-1] not in "。！" else _OF_FIGURES).search(text)
            is_odd = speaks and (known.asks(Line(text, BELOW, is_near=False), text) or _YUAN.search(text))
            sheet = _SHEET.search(place)
            is_odd = is_odd or (sheet and known.is_objected(f"{sheet[1]}：{text}"))
            is_early = not is_of_page and dated.is_early(text, known.year)
            is_no_year = disowned.is_no_whole_year(text, known.year)
            found += [f"{place}：{text}"] if is_other or is_odd or is_early or is_no_year else []
    return [*dict.fromkeys(found)]


def in_text(outline: Outline, known: Known, before: Sequence[str]) -> list[str]:
    """The sentences of the preamble and the chapters that say of the tables, or of the report's figures, what nobody knows.

    A paragraph that is asked about already is not named twice.
    """
    found = []
    for part in (*outline.preamble, *(part for chapter in outline.chapters for part in chapter.parts)):
        if isinstance(part, Paragraph):
            sentences = [one.strip() for one in _SENTENCES.split(part.text)]
            odd = [one for one in sentences if known.asks_of_text(one) or _AMOUNTS.search(one)]
            is_new = bool(odd) and not any(part.text in one for one in before)
            found += [f"{part.place}：{one}" for one in odd] if is_new else []
    return found
