"""The sheets of workbooks, and files of other kinds, each with what it holds of a report."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from nianbao.importing import chapters, ending, pieces, titles, unpacked
from nianbao.importing.flow import Grid, Paragraph
from nianbao.importing.lines import textlines
from nianbao.narrative.headings import by_words, heading_of

if TYPE_CHECKING:
    from nianbao.importing.flow import Block, Flow
    from nianbao.importing.labelled import Labels
    from nianbao.statute.formats import Format, Section


@dataclass(slots=True)
class Unit:
    """A sheet, or a file of another kind: what stands there, and what it holds of a report.

    Parameters
    ----------
    file : int
        The number of its file.
    sheet : str
        '' for what is none of a workbook.
    tables : set of str
        The ids of the statutory tables that it holds, or parts of.
    chapters : list of Section
        Whose headings stand there, by numeral and wording.
    is_detail : bool
        Whether formulas on the sheets of tables take its cells, and it has neither a title nor a chapter.
    """

    file: int
    sheet: str
    blocks: list[Block]
    tables: set[str] = field(default_factory=set)
    chapters: list[Section] = field(default_factory=list)
    titles: list[titles.Title] = field(default_factory=list)
    is_detail: bool = False

    @property
    def lines(self) -> list[Paragraph]:
        """Its paragraphs, but for what is of the page around."""
        return [one for one in self.blocks if isinstance(one, Paragraph) and not one.around]

    @property
    def has_text(self) -> bool:
        """Whether it holds more than lines: a sentence, or a table."""
        return any(not isinstance(one, Paragraph) for one in self.blocks) or any(map(ending.is_sentence, self.lines))


def of_flow(at: int, flow: Flow, labels: Labels) -> list[Unit]:
    """The sheets of a workbook, each a unit; any other file is one."""
    blocks = unpacked.unpacked(flow.blocks, labels)
    return [Unit(at, sheet, [*some]) for sheet, some in groupby(blocks, key=lambda one: one.sheet)] or [Unit(at, "", [])]


def parted(unit: Unit, form: Format) -> list[Unit]:
    """A unit, and apart from it the tables that follow its text, each below the heading of its chapter once more."""
    marks = [
        (at, one)
        for at, block in enumerate(unit.blocks)
        if isinstance(block, Paragraph) and (one := chapter_of(block.text, form))
    ]
    ends = [at for at, _ in marks[1:]] + [len(unit.blocks)]
    cut = len(marks)
    while cut and marks[cut - 1][1].table and marks[cut - 1][1] in [one for _, one in marks[: cut - 1]]:
        if not any(isinstance(block, Grid) for block in unit.blocks[marks[cut - 1][0] : ends[cut - 1]]):
            break
        cut -= 1
    order = [form.sections.index(one) for _, one in marks]
    if not 0 < cut < len(marks) or order[cut] >= order[cut - 1]:
        return [unit]
    begin = marks[cut][0]
    return [Unit(unit.file, unit.sheet, some) for some in (unit.blocks[:begin], unit.blocks[begin:])]


def look(unit: Unit, labels: Labels, form: Format, year: int) -> None:
    """Find the tables, the titles and the chapters of a unit."""
    read = textlines.read(unit.blocks, labels).blocks if any(isinstance(one, Grid) for one in unit.blocks) else []
    unit.tables = {one.table for one in pieces.taken_apart(read, labels, year) if isinstance(one, pieces.Piece)}
    unit.titles = titles.find(unit.blocks)
    unit.chapters = [one for line in unit.lines if (one := chapter_of(line.text, form))]


def chapter_of(text: str, form: Format) -> Section | None:
    """The chapter that a line heads, by its numeral and its words."""
    heading = heading_of(0, 0, text)
    named = by_words(heading, form) if len(text) <= chapters.LONGEST else []
    return next((one for one in named if one.numeral == heading.numeral), None)
