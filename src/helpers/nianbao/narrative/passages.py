"""Turn narrative.md into the passages of the report: fill in placeholders (see `template`), then make HTML of Markdown.

Each passage lists the values printed in it and where they came from, and where its tables stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from nianbao import markdown
from nianbao.characters import LOST
from nianbao.findings import Finding, Kind, Severity, Source
from nianbao.inputfiles import InputFiles
from nianbao.narrative import chapters, numbering
from nianbao.narrative.attached import closing, name_of
from nianbao.narrative.filling import fill
from nianbao.narrative.headings import FILE, NO_CHAPTER, PREAMBLE
from nianbao.narrative.names import scope
from nianbao.narrative.sandbox import LONGEST_TEXT
from nianbao.narrative.values import place_without
from nianbao.pictures import Album
from nianbao.textfile import TOO_MUCH, first_of, without_pictures
from nianbao.wording import TABLE_MARK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.inputs.report import Report
    from nianbao.narrative.chapters import Chapter
    from nianbao.narrative.values import Printed
    from nianbao.statute.formats import Section

MOST_LINES, MOST_SIGNS = 5_000, 20_000
_SIGNS = re.compile(r"[*_`~\[\]<>!&\\|]")
_HEADING = re.compile(r"^ {0,3}#{1,2}(?!#)[ \t].*$", re.M)
TABLE_PLACE = Kind("F306", Severity.FAULT, "表格的位置写得不对")


@dataclass(frozen=True, slots=True)
class Passage:
    """One piece of the report's text.

    ``heading`` is printed as the bureau wrote it; ``own`` is false for a computed lead sentence; ``values`` are the values
    that placeholders printed in ``markdown``, with their places in it. ``pieces`` are its HTML and its tables in their
    order: ("", HTML) or (table id, ""); ``table_places`` how many characters of ``markdown`` stand above each table.
    """

    section: Section | None
    heading: str
    markdown: str
    pieces: tuple[tuple[str, str], ...]
    own: bool
    line: int
    numeral: str = ""
    values: tuple[Printed, ...] = ()
    table_places: tuple[int, ...] = ()

    @property
    def place(self) -> str:
        """How a finding names it."""
        return self.heading or PREAMBLE

    @property
    def html(self) -> str:
        """The text's HTML, without the tables."""
        return "".join(html for table, html in self.pieces if not table)

    @property
    def tables(self) -> list[str]:
        """The ids of the tables that stand in it."""
        return [table for table, _ in self.pieces if table]


@dataclass(frozen=True, slots=True)
class Narrative:
    """The report's text: title, preamble, the chapters that are printed, in order, and the attachments.

    ``missing`` are the statutory chapters that have to be printed and are not. ``listed`` is the list of
    attachments that it has typed at the end of the text, by number and name: it is no part of the last chapter's HTML.
    """

    title: str
    title_source: Source
    preamble: Passage
    sections: tuple[Passage, ...]
    attachments: tuple[Passage, ...] = ()
    missing: tuple[Section, ...] = ()
    listed: tuple[tuple[int | None, str], ...] = ()
    faults: tuple[Finding, ...] = ()
    notes: tuple[Finding, ...] = ()

    @property
    def passages(self) -> tuple[Passage, ...]:
        """All of its text in printed order."""
        return (self.preamble, *self.sections, *self.attachments)


def compose(report: Report, files: InputFiles | None = None) -> Narrative:
    """The whole text of one report; faults are collected, never raised. ``files`` keeps the hashes of its pictures."""
    too_much = tuple(_too_much(report.narrative))
    if too_much:
        report = replace(report, narrative="")
    found = chapters.split(report.narrative, report.format)
    renderer = _Renderer(report, files or InputFiles(report.folder.parent.parent), found)
    title = report.format.title.format(机关=report.bureau.name, 年度=report.year)
    if found.title is not None:
        title = renderer.line(found.title[1], found.title[0]).strip()
    preamble = renderer.passage(None, "", found.preamble[1], FILE, found.preamble[0], own=True)
    written = {chapter.section: chapter for chapter in found.chapters}
    passages = [renderer.written(chapter) for chapter in found.chapters if chapter.text.strip() or not chapter.section.table]
    attachments = tuple(renderer.written(chapter) for chapter in found.attachments)
    placed = [table for passage in (preamble, *passages, *attachments) for table in passage.tables]
    placeless = numbering.placeless(found.chapters, report.format)
    for section in report.format.sections:
        if not section.table or section.table in placed:
            continue
        if section in placeless:
            _put_behind(section, passages, report)
            continue
        chapter = written.get(section)
        if not (chapter and chapter.text.strip()):
            passages.append(renderer.computed(section, chapter))
        passages = [_with_table(one, section.table) if one.section == section else one for one in passages]
    passages = numbering.in_order(passages, report.format)
    renderer.refuse_twice(placed)
    printed = {one.section for one in passages}
    noted = [*found.notes, *numbering.notes(passages, report.format, written, found.by_order)]
    is_whole = not (too_much or report.is_unread("narrative") or any(fault.kind is NO_CHAPTER for fault in found.faults))
    found.faults.sort(key=lambda fault: fault.source.line or 0 if fault.source else 0)
    return Narrative(
        title,
        Source(FILE, found.title[0] if found.title else None),
        preamble,
        tuple(passages),
        attachments,
        tuple(one for one in report.format.sections if is_whole and (one.required or one.table) and one not in printed),
        renderer.listed,
        (*too_much, *first_of(FILE, found.faults)),
        tuple(gathered(noted)),
    )


def _too_much(text: str) -> Iterator[Finding]:
    """A fault, at the line of too much, for a text many times as long as any report's."""
    measured = without_pictures(text)
    signs = islice(_SIGNS.finditer(measured), MOST_SIGNS, None) if len(measured) > MOST_SIGNS else iter(())
    places = (
        ((LONGEST_TEXT if len(measured) > LONGEST_TEXT else None), LONGEST_TEXT, "个字符"),
        (next((sign.start() for sign in signs), None), MOST_SIGNS, "个 * [ | 之类的符号"),
    )
    for at, most, what in places:
        if at is not None:
            source, action = Source(FILE, measured.count("\n", 0, at) + 1), "核对是否放错了文件，或重复粘贴了内容"
            yield Finding(TOO_MUCH, FILE, source, f"到这里已有{most}多{what}", f"最多{most}{what}", action)
    if (lines := text.count("\n") + 1) > MOST_LINES:
        yield Finding(
            TOO_MUCH, FILE, Source(FILE, MOST_LINES + 1), f"有{lines}行", f"最多{MOST_LINES}行", "核对文件是否放错"
        )


def _with_table(passage: Passage, table: str) -> Passage:
    places = (*passage.table_places, len(passage.markdown))
    return replace(passage, pieces=(*passage.pieces, (table, "")), table_places=places)


def _put_behind(section: Section, passages: list[Passage], report: Report) -> None:
    """Put a table behind the text of the chapter before it, where its own chapter has no place."""
    known = report.format.sections
    before = [
        at for at, one in enumerate(passages) if one.section in known and known.index(one.section) < known.index(section)
    ]
    at = before[-1] if before else 0
    passages[at] = _with_table(passages[at], section.table)


def gathered(notes: list[Finding]) -> Iterator[Finding]:
    """The notes of each kind as one, with the place of the first."""
    for kind in dict.fromkeys(note.kind for note in notes):
        own = [note for note in notes if note.kind is kind]
        shown = "；".join(f"第{note.source.line}行{note.found}" for note in own if note.source)
        actions = "；".join(dict.fromkeys(note.action for note in own))
        yield replace(own[0], place=FILE, found=shown, action=actions) if len(own) > 1 else own[0]


class _Renderer:
    """Renders the passages of one report, and collects faults and where each printed value came from."""

    def __init__(self, report: Report, files: InputFiles, found: chapters.Chapters) -> None:
        self.report, self.album, self.faults = report, Album(files), found.faults
        self.scope = scope(report)
        self.last = found.chapters[-1].line if found.chapters else 0
        self.attached = {name_of(one.heading) for one in found.attachments}
        self.listed: tuple[tuple[int | None, str], ...] = ()  # at the end of the last chapter
        tables = "|".join(report.format.tables)
        self.placed = re.compile(rf"^[ \t\u3000]*{TABLE_MARK}({tables}){TABLE_MARK}[ \t]*$", re.M)

    def written(self, chapter: Chapter) -> Passage:
        """A chapter in the bureau's own words."""
        made = self.passage(chapter.section, chapter.heading, chapter.text, FILE, chapter.line, own=True)
        return replace(made, numeral=chapter.numeral)

    def computed(self, section: Section, chapter: Chapter | None) -> Passage:
        """A chapter that the bureau left to the data: its lead sentence, or its table alone."""
        heading, line = (chapter.heading, chapter.line) if chapter else (section.heading, 0)
        if self.report.has_lead(section.numeral) and section.lead:
            made = self.passage(section, heading, section.lead, section.file, section.line, own=False)
            made = replace(made, heading=self.line(heading, line))
        else:
            made = self.passage(section, heading, "", FILE, line, own=True)
        return replace(made, numeral=chapter.numeral if chapter else section.numeral)

    def passage(self, section: Section | None, heading: str, text: str, name: str, line: int, own: bool) -> Passage:
        """One piece of text with its heading; the text begins on the line after ``line``."""
        rendered, values = self.text(text, name, line + 1)
        # Of a text that cannot be filled in, the source is converted, so that its other faults are found in the same run.
        whole = rendered if rendered != LOST else text
        pieces = self._pieces(self._without_list(whole, line), name, line + 1, 2 if heading else 1)
        if whole is rendered:
            self._no_heading(text, rendered, name, line + 1)
        heading = self.line(heading, line) if name == FILE else heading
        shown = self.placed.sub("", rendered)
        removed = [found.span() for found in self.placed.finditer(rendered)]
        values = tuple(replace(one, at=place_without(one.at, removed, shown)) for one in values)
        places = tuple(place_without(start, removed, shown) for start, _ in removed)
        return Passage(section, heading, shown.strip(), pieces, own, line, values=values, table_places=places)

    def _without_list(self, text: str, line: int) -> str:
        """The text without the list of attachments with which the last chapter ends."""
        typed = closing(text, self.attached) if line and line == self.last else None
        if not typed:
            return text
        self.listed = typed.items
        return text[: typed.at]

    def _no_heading(self, source: str, rendered: str, name: str, line: int) -> None:
        """A fault for a chapter's heading that placeholders made: no chapter was matched or checked by it."""
        made = list(_HEADING.finditer(rendered))
        if len(made) > len(_HEADING.findall(source)):
            at, said = line + rendered.count("\n", 0, made[-1].start()), f"占位符印出了标题“{made[-1][0].strip()[:20]}”"
            expected, action = "写在正文里的标题", "把 # 号和标题写在占位符外面"
            self.faults.append(Finding(markdown.UNSAFE, "正文", Source(name, at), said, expected, action))

    def _pieces(self, text: str, name: str, line: int, level: int) -> tuple[tuple[str, str], ...]:
        """The text as HTML, parted where a table stands on a line of its own; above it stands a heading of a ``level``."""
        result: list[tuple[str, str]] = []
        parts = self.placed.split(text)
        above = [(level, level)]
        for index, part in enumerate(parts):
            if index % 2:
                result.append((part, ""))
                continue
            at = line + sum(one.count("\n") for one in parts[:index:2])
            html, faults = markdown.to_html(part, name, at, self.report.folder, album=self.album)
            self.faults.extend(faults)
            if html.strip():
                result.append(("", markdown.levelled(html, above)))
            for number, written in enumerate(part.splitlines()):
                if TABLE_MARK in written:
                    self._no_place(name, at + number, "与其他文字写在一行", "一行里只有这个占位符", "单独成行")
        return tuple(result)

    def line(self, source: str, line: int) -> str:
        """A heading of narrative.md with its placeholders filled in."""
        filled = self.text(source, FILE, line)[0]
        if TABLE_MARK in filled:
            self._no_place(FILE, line, "写在标题里", "一行里只有这个占位符", "移到正文里单独成行")
        return filled.replace(TABLE_MARK, "")

    def text(self, source: str, name: str, line: int) -> tuple[str, tuple[Printed, ...]]:
        """The source with its placeholders filled in as far as they can be read, and the values printed."""
        filled = fill(source, self.scope)
        for one in filled.problems:
            where = Source(name, line + one.line - 1)
            self.faults.append(Finding(one.kind, "正文", where, one.found, one.expected, one.action))
        return filled.text, filled.values

    def refuse_twice(self, placed: list[str]) -> None:
        """A fault for each table that is placed more than once."""
        names = {table.id: table.name for table in self.report.format.tables.values()}
        for table in dict.fromkeys(placed):
            if placed.count(table) > 1:
                self._no_place(FILE, None, f"{names[table]}放了{placed.count(table)}处", "一张表放一处", "只留一处")

    def _no_place(self, name: str, line: int | None, found: str, expected: str, action: str) -> None:
        self.faults.append(Finding(TABLE_PLACE, "表格的位置", Source(name, line), found, expected, action))
