"""Last year's text as a draft of this year's: what the kit can prove as placeholders, every other number marked."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from nianbao.addresses import is_place
from nianbao.checks.prose.rule import prose
from nianbao.checks.prose.values import Values
from nianbao.findings import Severity
from nianbao.inputfiles import InputFiles, NotRead
from nianbao.inputs.cells import Cell
from nianbao.narrative.filling import fill
from nianbao.narrative.names import scope
from nianbao.narrative.passages import compose
from nianbao.narrative.placeholders import TAG
from nianbao.narrative.template import problems
from nianbao.starting import bound
from nianbao.starting.marked import MARK, MARKED, NOTE, marked
from nianbao.starting.proposed import proposals
from nianbao.wording import UNFILLED

if TYPE_CHECKING:
    from nianbao.inputs.report import Fact, Report
    from nianbao.narrative.passages import Narrative
    from nianbao.starting.bound import Place
    from nianbao.statute.formats import Format

_PICTURE = re.compile(
    r"!\[(?P<words>[^\]\n]{0,500})\](?P<rest>\(<?(?P<place>[^()<>\n]{1,500}?)>?(?:[ \t]+\x22[^\x22\n]*\x22)?\))"
)
_TO_LOOK_AT = MARK.format("图")


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft of a year's text.

    Parameters
    ----------
    text : str
        narrative.md.
    marks, placeholders : int
        How many numbers of it are marked, and how many have become placeholders.
    facts : dict
        The facts that it names, with last year's values.
    offered : tuple
        The names of those among them that have been made of its numbers.
    pictures : dict
        The files of its pictures, by their places in the folder.
    """

    text: str
    marks: int = 0
    placeholders: int = 0
    facts: dict[str, Fact] = field(default_factory=dict)
    offered: tuple[str, ...] = ()
    pictures: dict[Path, bytes] = field(default_factory=dict)


def draft(previous: Report, year: int, form: Format) -> Draft:
    """The text of last year's report as the draft of a year's, whose statutory format is ``form``."""
    text, facts, count = _with_placeholders(previous, year, form)
    text = _known(text, previous, _blank(previous, year, form, facts))
    text, pictures = _with_pictures(text, previous)
    text = marked(text, previous.year, year, form.notice)
    return Draft(
        text,
        text.count(MARKED) - NOTE.count(MARKED),
        count,
        facts,
        tuple(one for one in facts if one not in previous.facts),
        pictures,
    )


def _with_placeholders(previous: Report, year: int, form: Format) -> tuple[str, dict[str, Fact], int]:
    """The text with all placeholders that can be proved, the facts that these name, and how many they are."""
    narrative = compose(previous)
    if narrative.faults:
        return previous.narrative, previous.facts, 0
    values = Values(previous)
    known = bound.chapters(previous, narrative, values)
    blank = scope(_blank(previous, year, form, previous.facts))
    sure = [one for one in bound.places(known, values) if not problems(one.placeholder, blank, one.placeholder)]
    offered = proposals(known, previous.year, previous.facts)
    facts = previous.facts | {one.fact.name: one.fact for one in offered}
    tries = [(facts, [*sure, *(one.place for one in offered)]), (previous.facts, sure)]
    for some_facts, places in tries if offered else tries[1:]:
        if proved := _proved(replace(previous, facts=some_facts), narrative, places, previous):
            text, count = proved
            return text, some_facts, count
    return previous.narrative, previous.facts, 0


def _proved(report: Report, narrative: Narrative, places: list[Place], previous: Report) -> tuple[str, int] | None:
    """The text with placeholders, and how many it has got: it prints what it printed, and nothing in it is wrong anew."""
    for _ in range(2):
        text, done = bound.written(report, narrative, places)
        is_same, lost = bound.proved(report, narrative, text, done)
        if is_same and not lost:
            made = replace(report, narrative=text)
            return None if _wrong(made) - _wrong(previous) else (text, len(done))
        places = [one for one in done if one not in lost]
    return None


def _wrong(report: Report) -> set[tuple[str, str]]:
    """What the text says wrongly."""
    found = prose(report, compose(report))
    return {(one.code, one.place) for one in found if one.severity in {Severity.ERROR, Severity.WARNING}}


def _blank(previous: Report, year: int, form: Format, facts: dict[str, Fact]) -> Report:
    """A year's report before anything of it is filled in."""
    cells = {table.id: dict.fromkeys(table.cells, Cell(UNFILLED)) for table in form.tables.values()}
    empty = {name: replace(one, value=None, parts=dict.fromkeys(one.parts)) for name, one in facts.items()}
    return replace(previous, year=year, format=form, cells=cells, facts=empty, previous=previous, labels={}, asides={})


def _known(text: str, previous: Report, blank: Report) -> str:
    """The text with marks in the place of placeholders that name what this year's format does not have."""
    here, past = scope(blank), scope(previous)

    def known(tag: re.Match[str]) -> str:
        if tag.group().startswith("{%") or not problems(tag.group(), here, tag.group()):
            return tag.group()
        return MARK.format(fill(tag.group(), past).text)

    return TAG.sub(known, text)


def _with_pictures(text: str, previous: Report) -> tuple[str, dict[Path, bytes]]:
    """The text with a mark in each picture's words, and the files of these; the mark alone for one that cannot be read.

    Behind a picture it would part it from its name.
    """
    files, found = InputFiles(previous.folder.parent.parent), dict[Path, bytes]()

    def shown(picture: re.Match[str]) -> str:
        place, marked_so = unquote(picture["place"]), f"![{picture['words']}{_TO_LOOK_AT}]{picture['rest']}"
        if not is_place(place):  # it stands in the text itself
            return marked_so
        path = Path(os.path.normpath(place))
        try:
            data = files.read(previous.folder / path) if path.parts[0] != ".." else None
        except NotRead:
            data = None
        if data is None:
            return _TO_LOOK_AT
        found[path] = data
        return marked_so

    return _PICTURE.sub(shown, text), found
