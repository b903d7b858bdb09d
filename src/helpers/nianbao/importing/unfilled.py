"""The labels of a table that stand in lines of their own, and were read with no figures: no text of the report."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao.importing.counted import is_chapter
from nianbao.importing.flow import Paragraph
from nianbao.inputs.outline import is_value
from nianbao.statute import tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nianbao.importing.flow import Block
    from nianbao.importing.labelled import Labels

WHY = "表格的栏目，没有和数一起读出来"
_FEWEST = 6  # labels below each other
_MOST_LINES = 4  # of a label


def set_aside(blocks: Sequence[Block], labels: Labels) -> list[Block]:
    """The flow with each run of lines that are labels, and a figure or a mark at most, as what is none of its text."""
    result: list[Block] = []
    at = 0
    while at < len(blocks):
        end, count = _labels(blocks, at, labels)
        run = blocks[at:end] if count >= _FEWEST else blocks[at : max(end, at + 1)]
        if count >= _FEWEST:
            result += [replace(one, around=WHY) for one in run if isinstance(one, Paragraph)]
        else:
            result += run
        at += len(run)
    return result


def _labels(blocks: Sequence[Block], begin: int, labels: Labels) -> tuple[int, int]:
    """Where the lines end that are labels, each in one line or in some, and how many labels they are."""
    at, count = begin, 0
    while at < len(blocks):
        lines = _lines(blocks, at, labels)
        block = blocks[at]
        is_figure = count > 0 and isinstance(block, Paragraph) and not block.around and is_value(block.text)
        if not lines and not is_figure:
            break
        at, count = at + max(lines, 1), count + (lines > 0)
    return at, count


def _lines(blocks: Sequence[Block], at: int, labels: Labels) -> int:
    """How many lines from one on are a label; 0 for none."""
    text = ""
    for count, block in enumerate(blocks[at : at + _MOST_LINES], 1):
        if not isinstance(block, Paragraph) or block.around or block.mark:
            return 0
        text += block.text
        tight = tree.normalise(text)
        is_label = labels.is_one(tight) if count == 1 else tight in labels.exact or tight in labels.shared
        if is_label and (count > 1 or tight in labels.exact or not is_chapter(text)):
            return count
        if count == 1 and (is_chapter(text) or is_value(text)):
            return 0
    return 0


def said_of(left_out: Iterable[tuple[str, str, str]]) -> str:
    """What is said of all the labels that were left out; '' for none."""
    some = [(place, text) for place, text, why in left_out if why == WHY]
    return f"{some[0][0]}至{some[-1][0]}，共{len(some)}行：{'、'.join(text for _, text in some)}" if some else ""
