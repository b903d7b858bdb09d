"""The sheets and files of one report: which hold its text and in which order, which only tables, and what is none of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING

from nianbao.checks.bodies import is_another
from nianbao.importing import chapters, ending
from nianbao.importing.counted import is_chapter
from nianbao.importing.flow import Grid, Paragraph, brief
from nianbao.importing.furniture import has_figure, is_guide
from nianbao.importing.said import reviews
from nianbao.importing.workbooks import coversheets, formulas, sheetunits
from nianbao.importing.workbooks.sheetunits import chapter_of
from nianbao.inputs import guide
from nianbao.narrative.headings import heading_of
from nianbao.statute import tree
from nianbao.wording import NUMERALS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nianbao.importing.flow import Block, Flow
    from nianbao.importing.labelled import Labels
    from nianbao.importing.titles import Title
    from nianbao.importing.workbooks.sheetunits import Unit
    from nianbao.statute.formats import Format, Section

OTHER = "文件里的另一份报告，全部没有取用"
GUIDE, CONTENTS, AGAIN, LOOSE = "填表说明", "目录", "标题又出现一次", "不是正文、也没有法定表格的工作表或文件"
RECORD = "审核、修改的记录"
ROWS = "清单", "表里公式取数的明细"  # their days are none on which the tables were filled in
OF_DETAILS = "表里公式取数的明细旁边的文字"
ASKED = "下列工作表或文件不知属于哪一章，没有取用：是正文的，补进 narrative.md"
_ATTACHED = re.compile("附[件录]")
_SEVERAL = 3  # chapters that no guide names
_FIRST, _END, _BEHIND = -1, len(NUMERALS), len(NUMERALS) + 1


@dataclass(slots=True)
class Sorted:
    """What was made of all units.

    Parameters
    ----------
    text : list
        The blocks of the text, in its order.
    tables : list of list
        The blocks of each unit that only holds statutory tables, with what stands around them.
    details : set of str
        The sheets whose cells the formulas of tables take.
    """

    text: list[Block] = field(default_factory=list)
    tables: list[list[Block]] = field(default_factory=list)
    said: list[tuple[str, str, str]] = field(default_factory=list)
    left_out: list[tuple[str, str, str]] = field(default_factory=list)
    asked: dict[str, list[str]] = field(default_factory=dict)
    details: set[str] = field(default_factory=set)

    def ask(self, question: str, blocks: Iterable[Block]) -> None:
        """Ask about what is not taken, but for what is of the page around."""
        told = [one for one in blocks if not (isinstance(one, Paragraph) and one.around)]
        if about := [f"{one.place}：{brief(one.text) if isinstance(one, Grid) else one.text}" for one in told]:
            self.asked.setdefault(question, []).extend(about)

    def leave_out(self, blocks: Iterable[Block], why: str) -> None:
        """List what is not taken."""
        for one in blocks:
            around = one.around if isinstance(one, Paragraph) else ""
            self.left_out.append((one.place, one.text, around or why))


def put_in_order(flows: Sequence[Flow], labels: Labels, form: Format, year: int, name: str) -> Sorted:
    """Tell the text from the sheets and files beside it; ``name`` is the body's, where it is known."""
    units = [
        part for at, flow in enumerate(flows) for one in sheetunits.of_flow(at, flow, labels)
        for part in sheetunits.parted(one, form)
    ]  # fmt: skip
    into = Sorted()
    if len(units) == 1:
        into.text = units[0].blocks
        return into
    for one in units:
        sheetunits.look(one, labels, form, year)
    into.details = _details(units)
    text = [one for one in units if not one.is_detail and _is_text(one, units, form)]
    tables = [one for one in units if one not in text and one.tables]
    others = [one for one in tables if any(_is_of_another(title, year, name) for title in one.titles)]
    for one in others:
        into.leave_out(one.blocks, OTHER)
    tables = [one for one in tables if one not in others]
    for one in units:
        if one not in [*text, *tables, *others]:
            _set_aside(one, bool(text or tables), into)
    for one in text:
        _headed(one, form, into)
    text = _without_contents(text, into)
    into.text = [block for one in _ordered(text) for block in one.blocks]
    into.tables = [_without_title(one, into) for one in tables]
    return into


def _details(units: Sequence[Unit]) -> set[str]:
    """The sheets whose cells the formulas of tables take; those that hold nothing else of a report are marked as such."""
    found: set[str] = set()
    for _, some in groupby(units, key=lambda one: one.file):
        of_file = [*some]
        grids = [block for one in of_file for block in one.blocks if isinstance(block, Grid)]
        taken = formulas.details(grids, {one.sheet for one in of_file if one.tables})
        for one in of_file:
            one.is_detail = one.sheet in taken and not (one.tables or one.titles or one.chapters)
        found |= taken
    return found


def _is_text(unit: Unit, units: Sequence[Unit], form: Format) -> bool:
    """Whether a unit holds some of the report's text: its title, a chapter's heading, the day that ends it, an attachment.

    Where a statutory table stands, the heading of that table's chapter is its caption.
    """
    others = [one for one in units if one is not unit]
    own = [one for one in unit.chapters if one.table in unit.tables]
    if not unit.sheet and not any(isinstance(one, Grid) for one in unit.blocks):
        return True
    if unit.tables and len(own) == len(unit.chapters):
        return bool(unit.titles) and not any(one.titles for one in others)
    if unit.titles or not unit.lines or (_is_guide(unit) and len(unit.chapters) < _SEVERAL):
        return bool(unit.titles)
    if unit.chapters:
        return True
    if not any(one.chapters for one in others) and _counts_chapters(unit):
        return True
    if _by_name(unit, form) or coversheets.is_one(unit.sheet):
        return not coversheets.is_one(unit.sheet)
    # A cover of tables may say its day, and whose attachment it is: the text that these end stands in the same file.
    is_beside = any(one.file == unit.file and (one.titles or one.chapters or _is_chapter(one, form)) for one in others)
    is_attached = bool(_ATTACHED.match(unit.lines[0].text))
    return (is_beside and (_is_end(unit) or is_attached)) or (is_attached and unit.has_text)


def _is_chapter(unit: Unit, form: Format) -> bool:
    """Whether a unit without tables is called as a chapter is."""
    return not unit.tables and bool(_by_name(unit, form))


def _is_guide(unit: Unit) -> bool:
    return is_guide(unit.sheet) or unit.sheet == guide.GUIDE


def _counts_chapters(unit: Unit) -> bool:
    """Whether a unit has chapters of whatever words."""
    return unit.has_text and any(is_chapter(one.text) and chapters.may_head(one) for one in unit.lines)


def _by_name(unit: Unit, form: Format) -> list[Section]:
    """The chapter that a sheet's name is the heading of, with its numeral or without: 一、总体情况."""
    words = tree.normalise(unit.sheet)
    return [one for one in form.sections if words and words in {tree.normalise(one.heading), _words(one)}] or [
        *filter(None, [chapter_of(unit.sheet, form)])
    ]


def _words(section: Section) -> str:
    return tree.normalise(section.heading.partition("、")[2])


def _is_end(unit: Unit) -> bool:
    """Whether a unit holds a day and short lines only, such as the signature."""
    return not unit.has_text and sum(map(_is_day, unit.lines)) == 1


def _set_aside(unit: Unit, has_report: bool, into: Sorted) -> None:
    """List what belongs to no chapter; ask about what may be text."""
    if not has_report:
        into.text += unit.blocks
        return
    if coversheets.is_one(unit.sheet) and not any(map(ending.is_sentence, unit.lines)):
        into.leave_out(coversheets.lines_of(unit.blocks), coversheets.COVER)
        return
    of_guide, is_list = _is_guide(unit), sum(map(_is_day, unit.blocks)) > 1
    records = [one for one in unit.blocks if isinstance(one, Grid) and reviews.is_record(one.rows)]
    for one in unit.blocks:
        is_row = (is_list and _is_day(one)) or (unit.is_detail and isinstance(one, Grid))
        why = RECORD if one in records else OF_DETAILS if unit.is_detail else LOOSE
        into.leave_out([one], GUIDE if of_guide else ROWS[unit.is_detail] if is_row else why)
    rest = replace(unit, blocks=[one for one in unit.blocks if one not in records])
    has_text = rest.has_text or is_list or any(has_figure(one.text) for one in rest.lines)
    if has_text and not (of_guide or unit.is_detail):
        into.ask(ASKED, unit.blocks)


def _is_day(block: Block) -> bool:
    return isinstance(block, Paragraph) and ending.day_in(block.text) is not None


def _without_contents(text: list[Unit], into: Sorted) -> list[Unit]:
    """The units but those that are a table of contents, and those that have once more the chapters of another one."""
    lists = [one for one in text if _is_list(one) and any(_share(one, other) for other in text if not _is_list(other))]
    for one in lists:
        into.leave_out(one.blocks, CONTENTS)
    kept: list[Unit] = []
    rest = [one for one in text if one not in lists]
    for at, unit in enumerate(rest):
        before = any(_share(unit, other) for other in kept)
        if not unit.titles and (before or any(other.titles and _share(unit, other) for other in rest[at + 1 :])):
            into.leave_out(unit.blocks, LOOSE)
            into.ask(ASKED, unit.blocks)
        else:
            kept.append(unit)
    return kept


def _is_list(unit: Unit) -> bool:
    """Whether a unit holds the headings of chapters, and nothing below them."""
    is_bare = not unit.has_text and not unit.titles and len(unit.lines) <= len(unit.chapters) + 1
    return is_bare and len(unit.chapters) >= _SEVERAL


def _share(one: Unit, other: Unit) -> bool:
    return any(chapter in other.chapters for chapter in one.chapters)


def _headed(unit: Unit, form: Format, into: Sorted) -> None:
    """Put the name of a sheet above its text where it is a chapter's heading that the sheet does not have."""
    named = [] if unit.titles or any(is_chapter(one.text) for one in unit.lines) else _by_name(unit, form)
    if named and not _is_end(unit):
        heading = unit.sheet if chapter_of(unit.sheet, form) else named[0].heading
        place = f"工作表“{unit.sheet}”"
        unit.blocks.insert(0, Paragraph(heading, place, sheet=unit.sheet))
        unit.chapters = [named[0]]
        into.said.append((place, heading, "章的标题，取自工作表的名称"))


def _ordered(text: Sequence[Unit]) -> list[Unit]:
    """The units of the text, those of each file by their chapters; as they stand where several reports may be among them."""
    if len({(one.name, one.year) for unit in text for one in unit.titles}) > 1:
        return [*text]
    return sorted(text, key=lambda one: (one.file, _rank(one) if one.sheet else 0))


def _rank(unit: Unit) -> int:
    if unit.titles:
        return _FIRST if unit.chapters else _FIRST - 1
    numerals = [one.numeral for one in unit.chapters[:1]]
    numerals += [heading_of(0, 0, one.text).numeral for one in unit.lines if is_chapter(one.text)]
    if numerals:
        return NUMERALS.index(numerals[0]) if numerals[0] in NUMERALS else _END
    return _BEHIND if unit.lines and _ATTACHED.match(unit.lines[0].text) else _END


def _is_of_another(title: Title, year: int, name: str) -> bool:
    return title.year != year or (bool(name and title.name) and is_another(title.name, name, name))


def _without_title(unit: Unit, into: Sorted) -> list[Block]:
    """The blocks of a unit of tables without the report's title."""
    inside = {at for one in unit.titles for at in range(one.begin, one.end)}
    into.leave_out([unit.blocks[at] for at in sorted(inside)], AGAIN)
    return [one for at, one in enumerate(unit.blocks) if at not in inside]
