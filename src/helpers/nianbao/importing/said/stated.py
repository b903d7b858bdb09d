"""Whether what stands around a table says that it, or some of its rows, are another year's or body's, or not to be taken."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.checks import disowned, roles, whose
from nianbao.importing import dated
from nianbao.importing.around import (
    ABOVE,
    ATTACHMENT,
    BELOW,
    CONTROL,
    FILE,
    HEADING,
    INSIDE,
    NAMES,
    is_said_below,
    rows_of,
)
from nianbao.importing.celledlines import OF_ABOVE
from nianbao.importing.flow import PRINTED
from nianbao.importing.said import reviews
from nianbao.importing.said.harmless import CLAUSES, without
from nianbao.offices import ENDS
from nianbao.wording import HAN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.importing.copies import Copy, Line, Wanted
    from nianbao.importing.pieces import RowKey

_LONGEST, _CAPTION = 60, 30
_OF_BELOW = re.compile("以下|[下本]表|[如见]下|下列")
_FIGURES = re.compile("的?(?:数[据字]?|情况)$")
# How a clause of a sentence says whose the table beside it is: it points at that, or at figures, as somebody's; it begins
# with 这是, 上面这张是; or it is called after somebody: 示例市财政局申请情况, 示例市财政局填报.
_SAYS_WHOSE = re.compile(
    rf"(?:{disowned.POINTS_AT.pattern}|数[据字]|件数|统计|口径|报表|表格)[^,。;]{{0,8}}?(?:[为是系由代:]|[来取]自|反映|显示|列[出示])"
    "|^(?:[(\\[【]|备?注:|说明:)*(?:(?:[上下]面的?)?(?:[这此][些张份]?)?(?:表格?|数[据字]?|情况)?)?[均都]?[为是系]"
    f"|(?:情况|统计表?|数[据字]?|件数|[报附]表|表格|汇总|(?:{ENDS}|镇|乡|街道)(?:填报|上报|编制|编报|提供|报送|汇总)?)(?:如下)?[。:)\\]】]*$"
)
# What points at the table as that of its subject: 如下表所示, 详见上表, 列于表三, 是这样的; and whose it is where it has no
# subject of its own, the clause before it: 示例市财政局的申请，详见上表.
_POINTS = re.compile(
    rf"(?:[如见在]|[列载][于在入])(?:[上下附]表?|表[{HAN}0-9]{{1,2}}|附[件表][{HAN}0-9]{{0,2}})中?(?:所?[示列述]|所?列[出示])?$"
    "|是(?:这样|如此)的?$"
)
_OWN, _TOPIC = (
    re.compile("[我本]"),
    re.compile("(?:申请|情况|处罚|许可|强制|收费|复议|诉讼|信息|文件|规章|数[据字]?|[0-9]件)$"),
)
_TIME = re.compile("^(?:20[0-9]{2}年度?|本年度?|今年|全年|年内)")
# Of a year in which what is counted was made: 2021年制发.
_MADE = re.compile(
    "20[0-9]{2}年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?(?=以前|之前|前?(?:制[发定]|出台|印发|发布|公布|废止|修[订正改]|立案|受理|起诉|申请))"
)
_TEMPLATE = re.compile("模板|样表|式样")  # a file that was filled in may still have its template's name
_SENTENCE = re.compile("(?<=[。！；])")


def is_this_years(copy: Copy) -> bool:
    """Whether a table says that it is of the year that is meant; what a page offers to choose from says nothing for it."""
    about = [(line, text) for line, text in said_of(copy) if line.where != CONTROL]
    year = copy.wanted.year
    return any(year in disowned.years(text, year, line.where in NAMES) for line, text in about)


def otherwise(copy: Copy) -> str:
    """What a table says of another year or body than those that are meant; '' where it says nothing of it.

    Where it names both years, it is not certain to be another one's. Of a part of the year, or a sample, it is none either.
    """
    about, year = _of_all_rows(copy), copy.wanted.year
    said = {text: years for line, text in about if (years := disowned.years(text, year, line.where in NAMES))}
    if said and not any(year in years for years in said.values()):
        return next(iter(said))
    return next((text for line, text in about if _is_none_of_ours(line, text, copy.wanted)), "")


def is_loose(copy: Copy) -> bool:
    """Whether only a body's name in a caption or a note, no label such as 填报单位：, says that a table is another's."""
    about, (year, name) = _of_all_rows(copy), copy.wanted
    return not any(
        line.where in NAMES
        or disowned.years(text, year) - {year}
        or disowned.is_no_whole_year(text, year)
        or whose.is_labelled(text, name)
        for line, text in about
        if _is_none_of_ours(line, text, copy.wanted) or disowned.years(text, year)
    )


def is_only_called(copy: Copy) -> bool:
    """Whether nothing but the name of its file says that a table is not final: 表三（草稿）.csv."""
    about, (year, name) = _of_all_rows(copy), copy.wanted
    odd = [(line, text) for line, text in about if _is_none_of_ours(line, text, copy.wanted)]
    is_of_another = any(disowned.years(text, year, line.where in NAMES) - {year} for line, text in about)
    return not is_of_another and all(
        line.where == FILE and disowned.is_draft_name(text, year) and not (name and whose.is_anothers(text, name, True))
        for line, text in odd
    )


def doubtful(copy: Copy) -> dict[RowKey, str]:
    """The rows of which a line says so → that line."""
    found, year = dict(_by_remarks(copy)), copy.wanted.year
    for line, text in _unsigned(copy):
        years = disowned.years(text, year, is_of_rows=True) if line.places else set()
        if line.places and ((years and year not in years) or _is_none_of_ours(line, text, copy.wanted)):
            found |= dict.fromkeys(line.places - found.keys(), text)
    return found


def _by_remarks(copy: Copy) -> Iterator[tuple[RowKey, str]]:
    """The rows with figures of which a remark says so, with it; one in a merged cell speaks of all rows beside that."""
    for piece in copy.pieces:
        remarks, rows = piece.grid.remarks, rows_of([piece])
        for row in sorted(number for _, number in rows) if remarks else ():
            above = {top for (at, _), (top, _) in piece.grid.merged.items() if at == row}
            for said in (remarks[one] for one in sorted({row, *above}) if one in remarks):
                if is_remark_of_others(said, *copy.wanted):
                    yield piece.key(row), said


def is_remark_of_others(remark: str, year: int, name: str) -> bool:
    """Whether a remark beside a row says that its figures are another year's or body's, of a part, or not valid."""
    text = disowned.compared(remark)
    parts = {text, *re.split("[,。;，；、]", text)} - {""}
    years = set().union(*(disowned.years(_MADE.sub("", one), year) for one in parts))
    if years and year not in years:
        return True
    whole = any(disowned.is_no_whole_year(one, year, is_of_rows=True) for one in parts)
    bodies = {body for one in parts for body in (one, _FIGURES.sub("", one))}
    return (
        whole
        or any(whose.section_in(one, name, False) for one in bodies)
        or (bool(name) and any(whose.is_anothers(one, name) for one in bodies))
    )


def is_of_the_text(copy: Copy) -> bool:
    """Whether a line above a table says that it tells of what another one counts: 其中，执法大队作出：."""
    rows = rows_of(copy.pieces)
    above = (one for one in copy.around if one.where == ABOVE and one.is_near and one.text.startswith("其中"))
    return any(one.places is None or one.places >= rows for one in above)


def sections(copy: Copy) -> list[str]:
    """The section of the body after which its sheet is named, or that a line gives as the one that has filled it in.

    Where the body's own name is not known, a station or a brigade may be one.
    """
    found, name = [], copy.wanted.name
    for line, text in said_of(copy):
        is_sheet = line.where in NAMES
        if whose.section_in(text, name, is_sheet) or (not name and whose.is_anothers(text, name, is_sheet)):
            found.append(f"{line.where}“{line.text}”" if is_sheet else line.text)
    return list(dict.fromkeys(found))


def _is_none_of_ours(line: Line, text: str, wanted: Wanted) -> bool:
    is_sheet, (year, name) = line.where in NAMES, wanted
    text = _TEMPLATE.sub("", text) if line.where == FILE else text
    may_be = is_sheet or line.places is not None or disowned.speaks_of_table(text)
    is_of_part = may_be and disowned.is_no_whole_year(text, year, is_sheet, line.places is not None)
    return is_of_part or (bool(name) and _is_anothers(line, text, name))


def _is_anothers(line: Line, text: str, name: str) -> bool:
    """Whether a line, or the name of a sheet, says that a table is another body's; a sentence has to say so of a table."""
    if line.where in NAMES:
        return whose.is_anothers(text, name, is_sheet=True)
    is_unstopped = line.where in {ABOVE, BELOW} and "，" in text and text[-1] not in ":："
    says = _says_so if is_unstopped or disowned.is_sentence(text) else whose.is_anothers
    return says(_without_custody(text), name)


def _says_so(sentence: str, name: str) -> bool:
    """Whether a sentence says that the table beside it is another body's: 这是示例市财政局的受理情况.

    One that only names another body tells of something else: 涉及示例市财政局的申请3件，已告知向其申请.
    """
    return whose.is_labelled(sentence, name) or any(whose.is_anothers(one, name) for one in _of_table(sentence))


def _of_table(sentence: str) -> Iterator[str]:
    """The clauses of a sentence that say whose the table beside it is."""
    before = ""
    for clause in re.split("[,。;]", disowned.compared(sentence)):
        points = _POINTS.search(clause)
        if points or _SAYS_WHOSE.search(clause):
            yield _TIME.sub("", clause[: points.start()] if points else clause)
            yield clause
        if points and _TOPIC.search(before) and not _OWN.search(clause):
            yield _TIME.sub("", before)
        before = clause


def _without_custody(text: str) -> str:
    """A line without the clauses that tell who decided on the table, or keeps it: 存县政府办公室一份."""
    parts = CLAUSES.split(disowned.compared(text))
    others = [without("of_paper", one) for one in parts]
    return text if others == parts else "，".join(others)


def _of_all_rows(copy: Copy) -> list[tuple[Line, str]]:
    """The unsigned lines that speak of all of a table."""
    return [(line, text) for line, text in _unsigned(copy) if line.places is None]


def _unsigned(copy: Copy) -> Iterator[tuple[Line, str]]:
    """The lines but for those of who has filled in, checked or signed a form: what these remark is asked about alone.

    One that names another body behind 填报单位： says whose the table is.
    """
    name = copy.wanted.name
    for line, text in said_of(copy):
        if line.where in NAMES or not reviews.is_signed(text) or (name and whose.is_labelled(text, name)):
            yield line, text


def said_of(copy: Copy) -> Iterator[tuple[Line, str]]:
    """The lines that speak of a table, those of several sentences one by one, without when it was filled in."""
    for line, text in _said_of(copy):
        said = text if line.where in {*NAMES, CONTROL} else dated.without_when(text, copy.wanted.year)
        yield from [(line, said)] if said else []


def _said_of(copy: Copy) -> Iterator[tuple[Line, str]]:
    for line in copy.around:
        if line.where in NAMES or len(line.text) <= _LONGEST:
            yield from [(line, line.text)] if _is_of_it(line, line.text) else []
        elif line.where != INSIDE or line.is_note:
            for one in filter(None, _SENTENCE.split(line.text)):
                points = disowned.POINTS_AT.search(one) or _POINTS.search(disowned.compared(one).rstrip("。；！"))
                may_be = line.is_note or (len(one) <= 2 * _LONGEST and points)
                yield from [(line, one)] if may_be and _is_of_it(line, one) else []


def _is_of_it(line: Line, text: str) -> bool:
    if line.where == BELOW:
        told = roles.without_directions(disowned.compared(text))
        is_caption = line.is_near and len(told) <= _CAPTION and text[-1] not in "！；"
        is_said = any(is_said_below(one, line.is_note) for one in filter(None, CLAUSES.split(told)))
        return is_said or is_caption or line.places is not None
    if line.where == ABOVE and not line.is_near:
        return bool(_OF_BELOW.search(text) or OF_ABOVE.match(text)) or line.is_note or line.places is not None
    return line.where in {*NAMES, INSIDE, ATTACHMENT, ABOVE, PRINTED} or (line.where in {HEADING, CONTROL} and line.is_near)
