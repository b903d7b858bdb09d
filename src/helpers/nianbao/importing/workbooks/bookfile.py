"""A workbook → its flow: each table of a sheet as a rectangle, what else stands there as paragraphs."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.importing.counted import is_chapter
from nianbao.importing.flow import (
    DRAWN,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    PRINTED,
    Flow,
    Grid,
    Paragraph,
    Unreadable,
)
from nianbao.importing.furniture import has_figure
from nianbao.importing.rectangles import Cell, set_out
from nianbao.importing.remark import Remark
from nianbao.importing.words import one_line
from nianbao.importing.workbooks import sheetparts
from nianbao.importing.workbooks.sheettext import laid_out
from nianbao.inputs.files import workbook
from nianbao.inputs.guide import GUIDE, is_of_guide, title_of
from nianbao.inputs.sheets import Finder, Region, beside_facts, fact_head, facts_of, is_form, is_hint
from nianbao.reading import is_figure, is_note
from nianbao.shown.blocks import COMMENT
from nianbao.textfile import LEFT_OVER
from nianbao.wording import HAN, column_letter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.findings import Finding
    from nianbao.importing.flow import Place
    from nianbao.inputs.files.inspected import Comment
    from nianbao.inputs.files.workbook import Sheet
    from nianbao.inputs.sheets import Facts
    from nianbao.statute.formats import Library

_NUMERAL = re.compile(rf"[（(]?第?[{HAN}0-9]{{1,3}}(?:部分|章|[）)、.．])+")  # in a cell of its own, before what it counts
HIDDEN_CONTENT, LEFT_ALONE, REMARKED, BESIDE_FACTS = "隐藏的内容", "宏和链接", "旁边的格", "事实旁边的格"
COVERING = "文本框里的数"  # which may lie over a figure of a table


def read(raw: bytes, library: Library) -> Flow:
    """The flow of a workbook (XLSX, XLS, ODS), with the tables of all formats.

    Raises
    ------
    Unreadable
        When it is no workbook, or one of its cells cannot be read.
    """
    book = workbook.read_workbook(Path("工作簿"), lambda _: raw)
    if book.faults:
        first = book.faults[0]
        where = f"（{first.source.cell}）" if first.source and first.source.cell else ""
        raise Unreadable(f"{first.found}{where}", first.expected, first.action)
    forms = [one for form in library.formats.values() for one in form.tables.values()]
    finder = Finder({one.id: [other for other in forms if other.id == one.id] for one in forms}, is_form(book.sheets))
    blocks: list[Paragraph | Grid] = []
    facts: Facts = {}
    said: list[tuple[str, str, str]] = []
    remarks = [_noted(one) for one in book.notes if one.kind is not LEFT_OVER]
    for sheet in book.sheets:
        place = f"工作表“{sheet.name}”"
        remarks += [_remark(one, place) for one in sheet.comments if not is_hint(one.said)]
        said += [(_cell(one, place), one_line(one.said), "填报表自己的提示") for one in sheet.comments if is_hint(one.said)]
        laid = laid_out(sheet, library.formats.values(), lambda cells: bool(finder.table_of(cells)))
        remarks += [Remark(REMARKED, _at(place, number, at), "", one_line(text)) for number, at, text in laid.aside]
        remarks += [
            Remark(COVERING, _cell(one, place), "", one_line(one.said)) for one in sheet.drawn if has_figure(one.said)
        ]
        for part in sheetparts.parted(_in_lines(laid.sheet), finder):
            if any(fact_head(cells) for _, cells in part.rows):
                facts |= facts_of([part])
                beside = beside_facts([part])
                remarks += [
                    Remark(BESIDE_FACTS, _at(place, row, column), "", one_line(text)) for _, row, column, text in beside
                ]
                blocks += _loose(sheetparts.above_facts(part), place)
                continue
            found = [region for some in finder.regions([part]).values() for region in some]
            if found and not any(region.is_placed for region in found):
                # Whose rows they are is told apart with all others.
                found = [Region(part.name, part.rows, merged=part.merged)]
            for region in sorted(found, key=lambda one: one.rows[0][0]):
                blocks.append(_grid(region, place, part))
            if not found:
                blocks += _loose(part, place)
    blocks += _printed(book.sheets)
    unseen = tuple((str(one.source), one.found) for one in book.notes if one.kind is LEFT_OVER)
    return Flow("工作簿", tuple(blocks), tuple(remarks), unseen, facts, tuple(said), title_of(book.sheets))


def _at(place: str, row: int, column: int) -> str:
    """Where a cell stands; its column is counted from 0."""
    return f"{place}{column_letter(column)}{row}格"


def _printed(sheets: Sequence[Sheet]) -> Iterator[Paragraph]:
    """The lines above and below the pages of all sheets, each once, and those drawn over them.

    They are listed behind the last sheet's contents.
    """
    lines = {line: sheet.name for sheet in reversed(sheets) for line in reversed(sheet.printed)}
    for line, name in reversed(lines.items()):
        yield Paragraph(one_line(line), f"工作表“{name}”", around=PRINTED, sheet=sheets[-1].name)
    for sheet in sheets:
        for one in sheet.drawn:
            yield Paragraph(one_line(one.said), _cell(one, f"工作表“{sheet.name}”"), around=DRAWN, sheet=sheets[-1].name)


def _in_lines(sheet: Sheet) -> Sheet:
    """A sheet with each paragraph in a row of its own.

    A numeral that stands in a cell of its own is put before the one text that it counts; a cell that stands alone and holds
    several paragraphs is parted.
    """
    made = []
    for number, cells in sheet.rows:
        at = [place for place, cell in enumerate(cells) if cell]
        if len(at) == 2 and _NUMERAL.fullmatch(cells[at[0]]) and not is_figure(cells[at[1]]):
            cells = [*cells[: at[0]], cells[at[0]] + cells[at[1]]]
        lines = cells[at[0]].split("\n") if len(at) == 1 else []
        parted = [line for line in lines if line.strip()] if _are_paragraphs(lines) else []
        made += [(number, [*cells[: at[0]], line]) for line in parted] or [(number, cells)]
    return replace(sheet, rows=made)


def _are_paragraphs(lines: Sequence[str]) -> bool:
    """Whether the lines of a cell are paragraphs: one ends as a sentence, or heads a chapter; a note is one."""
    told = [line.strip() for line in lines if line.strip()]
    return not is_note(next(iter(told), "")) and any(line[-1] in "。；！" or is_chapter(line) for line in told[:-1])


def _noted(note: Finding) -> Remark:
    kind = LEFT_ALONE if note.kind is workbook.LEFT_ALONE else HIDDEN_CONTENT
    return Remark(kind, note.place, "", f"{note.found}；{note.action}")


def _remark(comment: Comment, place: str) -> Remark:
    return Remark(COMMENT, _cell(comment, place), comment.who, one_line(comment.said))


def _cell(comment: Comment, place: str) -> str:
    return f"{place}{column_letter(comment.column)}{comment.row + 1}格" if comment.row >= 0 else place


def _grid(region: Region, place: str, sheet: Sheet) -> Grid:
    """The grid of a table, with what its sheet prints, and with the labels in doubt that are struck or not seen whole."""
    grid = set_out([[Cell(one_line(cell)) for cell in cells] for _, cells in region.rows], place)
    said = {number: text for number, _, text in region.remarks}
    remarks = {at: one_line(said[number]) for at, (number, _) in enumerate(region.rows) if number in said}
    numbers = tuple(number for number, _ in region.rows)
    at = {number - 1: row for row, number in enumerate(numbers)}
    by_cell = (sheet.labels, sheet.formulas)
    width = len(grid.rows[0])
    odd, formulas = (
        {(at[row], one): said for (row, one), said in some.items() if row in at and one < width} for some in by_cell
    )
    around = (*sheet.printed, *(one_line(one.said) for one in sheet.drawn))
    grid = replace(grid, marks=odd, merged=_merged(region, place), printed=around, formulas=formulas)
    return replace(grid, numbers=numbers, is_placed=region.is_placed, remarks=remarks, sheet=region.sheet)


def _merged(region: Region, place: str) -> dict[Place, Place]:
    """The places of merged cells, as `Grid.merged` has them; a merged cell may begin in a row that is blank."""
    rows = {number - 1: at for at, (number, _) in enumerate(region.rows)}
    merged: dict[Place, Place] = {}
    area = 0
    for (top, left), (bottom, right) in region.merged:
        right = min(right, MOST_COLUMNS)
        inside = [at for row, at in rows.items() if top <= row <= bottom]
        area += len(inside) * (right - left + 1)
        if area > MOST_CELLS:
            raise Unreadable(f"{place}的合并单元格太大", f"最多{MOST_CELLS}格", "取消合并；核对是否放错了文件")
        first = rows.get(top, -1), left
        merged |= {(at, column): first for at in inside for column in range(left, right + 1) if (at, column) != first}
    return merged


def _loose(part: Sheet, place: str) -> Iterator[Paragraph | Grid]:
    """What stands in a sheet without a statutory table: rows of several cells as tables, all others as paragraphs.

    The form's own guide is left out; what else stands on its sheet is directions.
    """
    rows = [(number, cells) for number, cells in part.rows if part.name != GUIDE or not is_of_guide(cells)]
    at = 0
    for end in _ends([number for number, _ in rows], [[*filter(None, cells)] for _, cells in rows]):
        if end - at > 1 and len(rows[at][1]) <= MOST_COLUMNS:
            yield _grid(Region(part.name, rows[at:end], merged=part.merged), place, part)
        else:
            for number, cells in rows[at:end]:
                said = one_line("　".join(filter(None, cells)))
                yield Paragraph(said, f"{place}第{number}行", sheet=part.name)
        at = end


def _ends(numbers: Sequence[int], rows: Sequence[Sequence[str]]) -> Iterator[int]:
    """Where each paragraph, and each table, ends: one begins and ends with rows of several cells, and has no blank row."""
    begin = 0
    while begin < len(rows):
        end = last = begin + 1
        while end < min(len(rows), begin + MOST_ROWS) and numbers[end] == numbers[end - 1] + 1:
            if len(rows[begin]) == 1 or (len(rows[end]) == 1 and not _may_stand_between(rows[end][0])):
                break
            end += 1
            last = end if len(rows[end - 1]) > 1 else last
        yield last
        begin = last


def _may_stand_between(text: str) -> bool:
    """Whether a cell that stands alone may be in a table: the name of a group of rows."""
    return len(text) <= sheetparts.LONGEST_TITLE and text[-1] not in "。：:；" and not is_note(text) and not is_chapter(text)
