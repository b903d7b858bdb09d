"""What is said of the tables elsewhere than beside them: in the sentences of the text, and in what was left out."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.checks import disowned, roles, whose
from nianbao.checks.roles import Role
from nianbao.importing import beside, dated, reports
from nianbao.importing.around import BELOW
from nianbao.importing.copies import Line
from nianbao.importing.flow import DRAWN, Grid, Paragraph
from nianbao.importing.html import webpage
from nianbao.importing.outline import AFTER, BARE, SHORT
from nianbao.importing.said import names, notes, reviews, sentences, slots
from nianbao.importing.workbooks import coversheets, sheets, tablesheets
from nianbao.narrative.headings import by_words, heading_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from nianbao.importing.flow import Flow
    from nianbao.importing.outline import Outline, Part
    from nianbao.importing.said.harmless import Known
    from nianbao.statute.formats import Format
OF_OTHERS = "没有取用的下列内容（封面、目录、填表说明等）像是说表里的数是别的年度、别的机关的，或不是定稿：核对"
IN_TEXT = "正文里的下列句子像是说表里的数是别的年度、别的机关的，不全，或还没有定：核对"
_BESIDE_TABLES = {
    sheets.LOOSE,
    sheets.OF_DETAILS,
    coversheets.COVER,
    sheets.GUIDE,
    sheets.CONTENTS,
    tablesheets.AROUND,
    BARE,
    SHORT,
    reports.ABOVE,
    AFTER,
    DRAWN,
    beside.SET_IN,
}
_LONGEST = 60  # characters of a line that may say something of the tables
_SENTENCES = re.compile("(?<=[。；！;!])")
_POINTS = re.compile("(?:[如见]|列于)(?:下(?:列|面的?)?)?表(?:所示)?[。：:]?$")  # 各单位信息发布情况见下表。
_OF_FIGURES = re.compile("数[据字]|统计|合计|金额|单位[:：为]|为单位")
_UNDONE = re.compile("未(?!成年|来|央)|没有?|尚[还待]")
_BRACKETED = re.compile(r"[(\[【〔](.{1,12})[)\]】〕]")
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
    left_out = [*left_out]
    if others := of_others(left_out, pages, known, before):
        yield OF_OTHERS, others
    if remarks := of_sheets(left_out, known, [*before, *others]):
        yield sheets.ASKED, remarks


def of_sheets(left_out: Iterable[tuple[str, str, str]], known: Known, before: Sequence[str]) -> list[str]:
    """The lines of sheets that hold no text, no table and no directions, and say more than who has filled in a form.

    ``before`` is what is asked about already: its place, and what stands there.
    """
    loose = [(place, text) for place, text, why in left_out if why == sheets.LOOSE and slots.says_more(known, text)]
    return [f"{place}：{text}" for place, text in loose if not any(one.startswith(f"{place}：") for one in before)]


def of_others(
    left_out: Iterable[tuple[str, str, str]],
    of_pages: Container[str],
    known: Known,
    before: Sequence[str],
) -> list[str]:
    """What was left out and says of the tables that they are another year's or body's, not final, or nobody knows what.

    Of what a page shows beside its report, such as its footer, only a sentence that says so of the tables counts. No line is
    named twice.

    ``of_pages`` are the places on web pages: other years and bodies there are the site's. ``before`` is what is asked about
    already: a place and a line, a line and its table, or a line alone.
    """
    told: dict[tuple[str, str], bool] = {}
    for place, text, why in left_out:
        if 0 < len(text) <= _LONGEST:
            told[place, text] = told.get((place, text), False) or why in _BESIDE_TABLES
    return [
        f"{place}：{text}"
        for (place, text), is_beside in told.items()
        if not any(one == text or one.startswith(f"{text}：") or one.endswith(f"：{text}") for one in before)
        and (_disowns(text, place, place in of_pages, known) if is_beside else sentences.is_odd(known, text))
    ]


def _disowns(text: str, place: str, is_of_page: bool, known: Known) -> bool:
    """Whether a line says that the tables are another year's or body's, not final, or of them what nobody knows."""
    bracketed = _BRACKETED.fullmatch(disowned.compared(text))
    if disowned.is_no_whole_year(text, known.year) or (bracketed and names.is_of_draft(bracketed[1], known.year)):
        return True
    is_anothers = bool(known.name) and whose.is_anothers(text, known.name)
    is_of_another = bool(disowned.years(text, known.year) - {known.year}) or is_anothers
    if not is_of_page and (is_of_another or dated.is_early(text, known.year)):
        return True
    sheet = _SHEET.search(place)
    if sheet and reviews.is_objected(f"{sheet[1]}：{text}", known.year):
        return True
    said = roles.roles(disowned.without_rules(disowned.compared(text)), known.year)
    # What a page says above its title is the site's, but for a sentence, a note, what names a table, and what is not done.
    is_of_site = is_of_page and text[-1] not in "。！" and not (_UNDONE.search(text) or reading.is_note(text))
    is_off = not is_of_page and said & {Role.OFF, Role.REACH}
    speaks = Role.TABLE in said or is_off or (not is_of_site and _OF_FIGURES.search(text))
    return bool(speaks) and (Role.MONEY in said or notes.asks(known, Line(text, BELOW, is_near=False), text))


def in_text(outline: Outline, known: Known, form: Format, before: Sequence[str]) -> list[str]:
    """What preamble, chapters, signature and editor say of the tables, or of the report's figures, that nobody knows.

    So may whatever stands in a slot of its own and is not of its form: 内部资料　待审 below the title, a number of another
    year, words in brackets behind a name. A paragraph that is asked about already is not named twice.
    """
    passages = [(outline.preamble, False)]
    passages += [(one.parts, _is_of_problems(one.heading.text, form)) for one in outline.chapters]
    told = [(*one, is_of_problems) for parts, is_of_problems in passages for part in parts for one in _told(part)]
    above_own = {one.place for parts, _ in passages for one, below in pairwise(parts) if _announces(one, below)}
    below_title = {place for part in outline.preamble for place, _ in _told(part)}
    values = {place: key for key, (_, place) in outline.values.items()}
    told += [(place, text, False) for text, place in outline.values.values()]
    found = []
    for place, text, is_of_problems in told:
        said = [one.strip() for one in _SENTENCES.split(text)]
        announcing = next(filter(None, reversed(said)), "") if place in above_own else ""
        odd = [one for one in said if sentences.is_odd(known, one, is_of_problems, one == announcing)]
        is_odd = place in below_title and slots.is_odd_line(known, text)
        odd = odd or [text] * (is_odd or (place in values and slots.is_odd_value(known, values[place], text)))
        is_new = bool(odd) and not any(text in one for one in before)
        found += [f"{place}：{one}" for one in odd] if is_new else []
    return found


def _announces(one: Part, below: Part) -> bool:
    """Whether a paragraph ends by pointing at the table of the report's own that stands right below: 各单位情况见下表。."""
    return isinstance(one, Paragraph) and isinstance(below, Grid) and len(below.rows) > 1 and bool(_POINTS.search(one.text))


def _is_of_problems(heading: str, form: Format) -> bool:
    """Whether a heading is that of the chapter that has to speak of problems and measures."""
    return any(section.measures for section in by_words(heading_of(0, 0, heading), form))


def _told(part: Part) -> Iterator[tuple[str, str]]:
    """The place and the text of a paragraph, or of what stands in a box: a table of one row."""
    if isinstance(part, Paragraph):
        yield part.place, part.text
    elif isinstance(part, Grid) and len(part.rows) == 1:
        yield from ((part.place, text) for text in part.rows[0] if text)
