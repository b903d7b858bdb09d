"""The texts of a report that are proved: its passages, their headings, the notes below its tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from nianbao.checks.lines import line_of
from nianbao.checks.unfinished import settled
from nianbao.findings import Source
from nianbao.narrative.headings import FILE
from nianbao.softbreaks import joined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative, Passage
    from nianbao.narrative.values import Printed

_COUNTED = re.compile(r"\d|[件份起宗例条元]")  # a heading that speaks of no number is not read


@dataclass(frozen=True, slots=True)
class Text:
    """One text."""

    place: str  # as findings name it
    markdown: str  # as it is printed
    table: str  # the name of the table that it stands with; '' without one
    source: Callable[[int], Source]  # a place in the text → where it was written
    values: tuple[Printed, ...] = ()  # what placeholders printed in it
    own: bool = True  # whether the bureau wrote it
    chapter: bool = False  # whether it is a chapter, whose numbers without a source are noted
    overall: bool = False  # whether it is the chapter on the whole of the year


def texts_of(report: Report, narrative: Narrative) -> Iterator[Text]:
    """All texts of a report in printed order, each chapter's with the notes below its tables."""
    for passage in narrative.passages:
        table, place = _table(report, passage), passage.place
        if _COUNTED.search(passage.heading):
            yield Text(place, settled(passage.heading), table, at(Source(FILE, passage.line or None)))
        whole = joined(passage.markdown)
        values = tuple(replace(one, at=whole.at(one.at)) for one in passage.values)
        source = partial(_line_of, report, passage)
        section = passage.section
        overall = section is not None and section.required and not (section.table or section.measures)
        yield Text(place, settled(whole.text), table, source, values, passage.own, chapter=True, overall=overall)
        for id_ in passage.tables:
            yield from _notes(report, id_)


def _line_of(report: Report, passage: Passage, at: int) -> Source:
    """The line of a place in a passage whose lines are joined."""
    return line_of(report, passage, joined(passage.markdown).typed_at(at))


def at(source: Source) -> Callable[[int], Source]:
    """The source of every place of a text that was written in one."""
    return lambda _: source


def _notes(report: Report, table: str) -> Iterator[Text]:
    for aside in report.asides.get(table, ()):
        if aside.printed:
            name = report.format.tables[table].name
            yield Text(f"{name} 注", aside.text, name, at(aside.source))


def _table(report: Report, passage: Passage) -> str:
    """The name of the table that a passage's chapter has; '' without one."""
    table = report.format.tables.get(passage.section.table) if passage.section else None
    return table.name if table else ""
