"""Where in narrative.md a place of a passage's text was written.

Filling in placeholders moves lines and changes them, so the words around the place are looked for in the text as written,
from the passage's own heading on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.findings import Source
from nianbao.narrative.headings import FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Passage

_BEFORE, _BEHIND = 16, 12  # characters of the line that are looked for


def line_of(report: Report, passage: Passage, at: int) -> Source:
    """The line where the character ``at`` of a passage's text was written; that of its heading where it is not found."""
    text, written = passage.markdown, report.narrative.splitlines()
    begin = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at) if "\n" in text[at:] else len(text)
    line = text[begin:end].strip()
    same = [number for number in range(passage.line, len(written)) if written[number].strip() == line]
    if same and line:
        above = [one.strip() for one in text[:begin].splitlines()].count(line)
        return Source(FILE, same[min(above, len(same) - 1)] + 1)
    inside = [one.at + len(one.text) for one in passage.values if begin <= one.at + len(one.text) <= at]
    end = min([at + _BEHIND, end, *(one.at for one in passage.values if one.at >= at)])
    key = text[max([begin, at - _BEFORE, *inside]) : end].strip()
    found = (number for number in range(passage.line, len(written)) if key and key in written[number])
    return Source(FILE, next(found, -1) + 1 or passage.line or None)


def line_with(report: Report, passage: Passage, sought: str, read: Callable[[str], str] = str) -> Source:
    """The first line of a passage's text that holds something, as ``read`` turns it; that of its heading without one."""
    for start, line in lines_of(passage):
        if sought in read(line):
            return line_of(report, passage, start + len(line) - len(line.lstrip()))
    return Source(FILE, passage.line or None)


def lines_of(passage: Passage) -> Iterator[tuple[int, str]]:
    """Each line of a passage's text and where it begins."""
    start = 0
    for line in passage.markdown.splitlines(keepends=True):
        yield start, line
        start += len(line)
