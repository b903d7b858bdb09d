"""The table of contents of a report: its entries, which head nothing, however they tell their pages."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.importing.counted import ENTRY
from nianbao.importing.flow import Paragraph
from nianbao.importing.furniture import has_figure, is_label
from nianbao.statute import tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nianbao.importing.flow import Grid
    from nianbao.narrative.headings import Heading

_DOTS = r".．·•‥…⋯_"
_NUMBER = r"[（(]?第?[0-9]{1,3}页?[）)]?[\s—–－-]*$"
_ENDS_WITH_A_NUMBER = re.compile(rf"[\s{_DOTS}—–－-]*{_NUMBER}")
_ENDS_WITH_A_PAGE = re.compile(rf"[\s{_DOTS}—–－-]{_NUMBER}")
_ENDS_WITH_DOTS_AND_A_PAGE = re.compile(rf"[{_DOTS}]{{2,}}[\s{_DOTS}]*{_NUMBER}")
_NAMES = {"目录", "目次"}
LONGEST = 60  # characters of an entry
_PAIR = 2  # cells


def unpaged(text: str) -> str:
    """A line without the number at its end and what leads to it: 一、总体情况 for 一、总体情况……1."""
    return _ENDS_WITH_A_NUMBER.sub("", text)


def without(found: list[tuple[int, Heading]], parts: Sequence[object]) -> list[tuple[int, Heading]]:
    """The headings, each with its place among the parts, without those of a table of contents.

    That is three or more headings with nothing but other entries between, of which some stand below once more. Where a
    numeral comes again, the contents have ended.
    """
    counts = Counter(lines_of(parts))
    runs: list[list[tuple[int, Heading]]] = []
    for one in found:
        between = parts[runs[-1][-1][0] + 1 : one[0]] if runs else ()
        is_apart = any(not _is_entry(part, counts) for part in between)
        if not runs or is_apart or one[1].numeral in {before.numeral for _, before in runs[-1]}:
            runs.append([])
        runs[-1].append(one)
    result: list[tuple[int, Heading]] = []
    for at, run in enumerate(runs):
        later = {tree.normalise(one.text) for rest in runs[at + 1 :] for _, one in rest}
        is_contents = len(run) > 2 and any({tree.normalise(one.text), _bare(one.text)} & later for _, one in run)
        result += [] if is_contents else run
    return result


def is_told(text: str) -> bool:
    """Whether a line tells by itself that it is one of a table of contents: 目录, 一、总体情况……1."""
    return tree.normalise(text) in _NAMES or bool(ENTRY.match(text) and _ENDS_WITH_A_PAGE.search(text))


def is_table(grid: Grid) -> bool:
    """Whether a table is one of contents: each row is an entry, its page at most beside it."""
    return all(ENTRY.match(row[0]) and all(map(reading.is_figure, row[1:])) for row in _filled(grid))


def is_of_cover(grid: Grid) -> bool:
    """Whether a table is one of contents, or stands on a cover: each row a line, or a label and a value with no figure."""
    return is_table(grid) or all(map(_is_line, _filled(grid)))


def _filled(grid: Grid) -> list[list[str]]:
    return [filled for row in grid.rows if (filled := [cell for cell in row if cell])]


def _is_line(row: list[str]) -> bool:
    return len(row) <= _PAIR and (is_label(row[0]) or not any(map(_counts, row)))


def _counts(cell: str) -> bool:
    return len(cell) > LONGEST or has_figure(cell) or cell.endswith("。")


def _is_entry(part: object, counts: Counter[str]) -> bool:
    """Whether a part between two headings can be an entry: it is numbered, and has a page or stands there once more."""
    if not isinstance(part, Paragraph) or len(part.text) > LONGEST or not ENTRY.match(part.text):
        return False
    tight, bare = tree.normalise(part.text), _bare(part.text)
    return bool(_ENDS_WITH_A_PAGE.search(part.text)) or counts[tight] > 1 or (bare != tight and bare in counts)


def is_line_of(text: str, headings: set[str], below: set[str], is_inside: bool) -> bool:
    """Whether a line above the first chapter is an entry.

    Parameters
    ----------
    headings, below : set of str
        The headings of the chapters, and the short lines that stand below, normalised.
    is_inside : bool
        Whether an entry stands above.
    """
    again = {tree.normalise(text), _bare(text)}
    if again & headings or _ENDS_WITH_DOTS_AND_A_PAGE.search(text):
        return True
    return is_inside and bool(ENTRY.match(text)) and bool(again & below or _ENDS_WITH_A_PAGE.search(text))


def lines_of(parts: Iterable[object]) -> list[str]:
    """The short lines among some parts, normalised."""
    return [tree.normalise(part.text) for part in parts if isinstance(part, Paragraph) and len(part.text) <= LONGEST]


def _bare(text: str) -> str:
    return tree.normalise(unpaged(text))
