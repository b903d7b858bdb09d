"""Turn narrative.md into the passages of the report: fill in placeholders (see `template`), then make HTML of Markdown.

Each passage lists the values printed in it and where they came from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nianbao import markdown
from nianbao.findings import Finding, Kind, Severity, Source
from nianbao.narrative.names import scope
from nianbao.narrative.template import fill

if TYPE_CHECKING:
    from nianbao.inputs.report import Report
    from nianbao.statute.formats import Section

NO_CHAPTER = Kind("F304", Severity.FAULT, "章节标题无法对应")

_HEADING = re.compile(r"^ {0,3}(#{1,2})\s+(.*?)(?:\s+#+)?\s*$")
_COMMENT = re.compile(r"<!--.*?-->", re.S)


@dataclass(frozen=True, slots=True)
class Passage:
    """One piece of the report's text.

    ``heading`` is printed as the bureau wrote it; ``own`` is false for a computed lead sentence; ``values`` are the numbers
    in the text as (text, where the number came from).
    """

    section: Section | None
    heading: str
    markdown: str
    html: str
    own: bool
    line: int
    values: tuple[tuple[str, str], ...] = ()

    @property
    def numeral(self) -> str:
        return self.section.numeral if self.section else ""


@dataclass(frozen=True, slots=True)
class Narrative:
    """The report's text: title, preamble and the sections that are printed, in order."""

    title: str
    title_source: Source
    preamble: Passage
    sections: tuple[Passage, ...]
    faults: tuple[Finding, ...]


def compose(report: Report) -> Narrative:
    """The whole text of one report; faults are collected, never raised."""
    faults: list[Finding] = []
    title, preamble, chapters = _split(report, faults)
    renderer = _Renderer(report, faults)
    default = report.format.title.format(机关=report.bureau.name, 年度=report.year)
    if title is not None:
        default = renderer.text(title[1], "narrative.md", title[0])[0].strip()
    passages = []
    for section in report.format.sections:
        line, heading, text = chapters.get(section.numeral, (0, section.heading, ""))
        if text.strip():
            passages.append(renderer.passage(section, heading, text, "narrative.md", line, own=True))
        elif section.lead:
            passages.append(renderer.passage(section, heading, section.lead, report.format.file, section.line, own=False))
        elif section.table or section.required or section.numeral in chapters:
            passages.append(Passage(section, heading, "", "", own=True, line=line))
    first = renderer.passage(None, "", preamble[1], "narrative.md", preamble[0], own=True)
    source = Source("narrative.md", title[0] if title else None)
    faults.sort(key=lambda fault: fault.source.line or 0 if fault.source else 0)
    return Narrative(default, source, first, tuple(passages), tuple(faults))


Chapter = tuple[int, str, str]


def _split(report: Report, faults: list[Finding]) -> tuple[tuple[int, str] | None, tuple[int, str], dict[str, Chapter]]:
    """Title, preamble and chapters by numeral, each with the line its text starts on."""
    title: tuple[int, str] | None = None
    starts: list[tuple[int, str]] = [(0, "")]
    # Comments are the bureau's own notes and are left out. Their line breaks stay, so that line numbers do not change.
    lines = _COMMENT.sub(lambda comment: "\n" * comment.group().count("\n"), report.narrative).splitlines()
    for number, line in enumerate(lines, 1):
        found = _HEADING.match(line)
        if found and found.group(1) == "##":
            starts.append((number, found.group(2)))
        elif found and title is None and len(starts) == 1:
            title = (number, found.group(2))
            starts[0] = (number, "")
        elif found:
            _no_place(faults, number, found.group(2), "标题只写一次，在文件开头", "改用 ## 或 ###")
    known = {section.numeral: section for section in report.format.sections}
    chapters: dict[str, Chapter] = {}
    bodies = [(begin, heading, "\n".join(lines[begin : (starts[i + 1][0] - 1) if i + 1 < len(starts) else None]))
              for i, (begin, heading) in enumerate(starts)]  # fmt: skip
    for begin, heading, text in bodies[1:]:
        numeral = heading.partition("、")[0]
        if numeral not in known:
            expected = "、".join(section.heading for section in known.values())
            _no_place(faults, begin, heading, expected, "以章节序号开头，如 ## 一、总体情况")
        elif numeral in chapters:
            _no_place(faults, begin, heading, f"“{numeral}、”只出现一次（第{chapters[numeral][0]}行已有）", "合并或改正序号")
        else:
            chapters[numeral] = (begin, heading, text)
    return title, (bodies[0][0], bodies[0][2]), chapters


def _no_place(faults: list[Finding], line: int, heading: str, expected: str, action: str) -> None:
    faults.append(
        Finding(NO_CHAPTER, heading or "（空标题）", Source("narrative.md", line), f"“{heading}”", expected, action)
    )


class _Renderer:
    """Renders the passages of one report, and collects faults and where each printed value came from."""

    def __init__(self, report: Report, faults: list[Finding]) -> None:
        self.report, self.faults = report, faults
        self.scope = scope(report)

    def passage(self, section: Section | None, heading: str, text: str, name: str, line: int, own: bool) -> Passage:
        before = len(self.faults)
        rendered, values = self.text(text, name, line + 1)
        # When placeholders have faults, the unfilled text is converted, so that its other faults are found in the same run.
        whole = rendered if before == len(self.faults) and not self.report.faults else text
        html, faults = markdown.to_html(whole, name, line + 1, self.report.folder)
        self.faults.extend(faults)
        heading = self.text(heading, name, line)[0]
        return Passage(section, heading, rendered.strip(), html, own, line, values)

    def text(self, source: str, name: str, line: int) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The source with its placeholders filled in, and the values printed; when it has faults, '' and no values."""
        filled = fill(source, self.scope, run=not self.report.faults)
        for one in filled.problems:
            where = Source(name, line + one.line - 1)
            self.faults.append(Finding(one.kind, "正文", where, one.found, one.expected, one.action))
        return filled.text, filled.values
