"""The one report that is meant, in files that may hold several."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.errors import UsageError
from nianbao.importing import titles
from nianbao.importing.flow import Paragraph
from nianbao.language import say

if TYPE_CHECKING:
    from nianbao.importing.flow import Block
    from nianbao.importing.titles import Title

LeftOut = tuple[str, str, str]
# How chapters are counted: what the first is headed with, and what any is.
_COUNTED = tuple(
    (re.compile(first), re.compile(any_))
    for first, any_ in (
        ("第?一(?:部分|章|\\s*[、.．，,])", "第?[一二三四五六七八九十]+(?:部分|章|\\s*[、.．，,])"),
        ("[(（]一[)）]", "[(（][一二三四五六七八九十]+[)）]"),
        ("1[、.．](?![0-9])", "[1-9][、.．](?![0-9])"),
    )
)
_LONGEST = 40  # characters of a heading


def one_of(blocks: list[Block], year: int, name: str) -> tuple[Title | None, list[Block], list[LeftOut]]:
    """The title, and what stands below it, of the report that was asked for; and what is none of it: place, text, why.

    Raises
    ------
    UsageError
        When several reports are there and none, or more than one, is the one; when it is another year's.
    """
    left_out: list[LeftOut] = []
    found = _without_lines_of_text(titles.find(blocks), blocks)
    reports = []
    for at, title in enumerate(found):
        end = found[at + 1].begin if at + 1 < len(found) else len(blocks)
        below = blocks[title.end : end]
        if any(not isinstance(block, Paragraph) for block in below) or sum(_heads(block) for block in below) > 1:
            reports.append((title, below))
    if not reports:
        last = found[-1] if found else None
        _must_be(last, year)
        left_out += [(one.place, one.text, "标题之前的文字") for one in (blocks[: last.begin] if last else ())]
        return last, blocks[last.end :] if last else blocks, left_out
    if len(reports) > 1:
        fitting = [one for one in reports if one[0].year == year and name in {"", one[0].name}]
        if len(fitting) != 1:
            shown = "；".join(f"{one.text}（{one.place}）" for one, _ in reports)
            said = "the files hold {count} reports: {titles}; keep the one that is meant in a file of its own"
            raise UsageError(say(said, count=len(reports), titles=shown))
        others = [one for one in reports if one is not fitting[0]]
        left_out += [(title.place, title.text, "文件里的另一份报告，全部没有取用") for title, _ in others]
        reports = fitting
    title, below = reports[0]
    _must_be(title, year)
    above = blocks[: title.begin]
    left_out += [(one.place, one.text, getattr(one, "around", "") or "标题之前的文字") for one in above]
    return title, below, left_out


def _without_lines_of_text(found: list[Title], blocks: list[Block]) -> list[Title]:
    """The titles below which a report begins: where its chapters go on, a line that reads as a title is text."""
    texts = [block.text if isinstance(block, Paragraph) and len(block.text) < _LONGEST else "" for block in blocks]
    counts = ([(at, bool(first.match(text))) for at, text in enumerate(texts) if one.match(text)] for first, one in _COUNTED)
    heads = next((some for some in counts if any(is_first for _, is_first in some)), [])
    kept: list[Title] = []
    for title in found:
        below = next((is_first for at, is_first in heads if at >= title.end), False)
        is_inside = any(kept[0].end <= at < title.begin for at, _ in heads) if kept else False
        if below or not is_inside:
            kept.append(title)
    return kept


def _heads(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.text[:2] in {"一、", "二、", "五、"} and len(block.text) < 40


def _must_be(title: Title | None, year: int) -> None:
    if title and title.year != year:
        said = "the file holds the report of {found}, not of {year}: “{title}”"
        raise UsageError(say(said, found=title.year, year=year, title=title.text))
