"""Words and stops that stand twice running: 按月公布按月公布, 全年公开120条全年公开120条, 。。"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING

from nianbao.checks.lines import as_read, line_of
from nianbao.checks.slips import REPEATED
from nianbao.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative

LEAST, MOST = 4, 1_000  # characters of what is repeated: from some words to a paragraph
_TRIED = 8  # places further on where the same four characters stand
_SHOWN, _BEFORE = 40, 8  # characters of what is shown of a text, and before two stops
# Marks of clauses, with which what is repeated is longer: 维持0件，维持0件， may be so.
_STOPS = re.compile("[。；！？，、：,;]")
_SENTENCE = 7
_HAN, _FEWEST_HAN = re.compile("[\u4e00-\u9fff]"), 2
_TWO_STOPS = re.compile("[。，；、：][。，；、]+")


def doubled(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """No words stand twice running, and no two stops, whatever is in bold; what a link or code has is let be."""
    for passage in narrative.passages:
        if not passage.own:
            continue
        text, places = as_read(passage.markdown)
        stops = ((found.start(), 1, found.end()) for found in _TWO_STOPS.finditer(text))
        for start, length, end in (*_runs(text), *stops):
            copies = [(places[at], places[at + length - 1]) for at in (start, start + length)]
            if any(one.at <= first and last < one.at + len(one.text) for one in passage.values for first, last in copies):
                continue  # as `slips.repeated` says
            once, more = text[start : start + length], text[start + length : end]
            begin = max(0, start - (_BEFORE if length == 1 else 0), text.rfind("\n", 0, start) + 1)
            source, place = line_of(report, passage, places[start]), f"{passage.place} · {_cut(once)}"
            yield Finding(REPEATED, place, source, f"“{_cut(text[begin:end])}”", _cut(once), f"删去多写的“{_cut(more)}”")


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _runs(text: str) -> Iterator[tuple[int, int, int]]:
    """Where words that stand twice running or more begin, how long they are, and where their last repetition ends.

    Each four characters are looked up where they stand further on, so that a text of any length is read about once.
    """
    at = defaultdict[str, list[int]](list)
    for start in range(len(text) - LEAST + 1):
        at[text[start : start + LEAST]].append(start)
    end = 0
    for start in sorted(one for same in at.values() if len(same) > 1 for one in same):
        if start < end:
            continue
        same = at[text[start : start + LEAST]]
        first = bisect_right(same, start)
        lengths = (one - start for one in same[first : first + _TRIED])
        if length := next((one for one in lengths if LEAST <= one <= MOST and _is_again(text, start, one)), 0):
            end = start + 2 * length
            while _is_again(text, end - length, length):
                end += length
            if _is_slip(text, start, length, end):
                yield start, length, end


def _is_again(text: str, start: int, length: int) -> bool:
    """Whether some words follow a second time."""
    return text.startswith(text[start : start + length], start + length)


def _is_slip(text: str, start: int, length: int, end: int) -> bool:
    """Whether nobody writes so on purpose: words are repeated, and no number begins or ends inside what is."""
    once = text[start : start + length]
    is_cut = once[0].isdigit() and text[:start][-1:].isdigit()
    is_cut |= once[-1].isdigit() and text[end : end + 1].isdigit()
    is_long = length >= _SENTENCE or not _STOPS.search(once)
    return is_long and not is_cut and once == once.strip() and "\n" not in once and len(_HAN.findall(once)) >= _FEWEST_HAN
