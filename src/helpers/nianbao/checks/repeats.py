"""Words and stops that stand twice running: 按月公布按月公布, 全年公开120条全年公开120条, 我局我局, 。。"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from nianbao.checks.lines import OURS, as_read, line_of
from nianbao.checks.wordings import any_of, wordings
from nianbao.findings import Finding, Kind, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative

DOUBLED = Kind("W239", Severity.WARNING, "同样的话或句读接连写了两遍")

LEAST, MOST = 4, 1_000  # characters of what is repeated: from some words to a paragraph
_TRIED = 8  # places further on where the same four characters stand
_SHOWN, _BEFORE = 40, 8  # characters of what is shown of a text, and before two stops
# Marks of clauses, with which what is repeated is longer: 维持0件，维持0件， may be so.
_STOPS = re.compile("[。；！？，、：,;]")
_SENTENCE = 7
_FEWEST_HAN = 2
_SIGN = re.compile(r"[^\w\s%％.]")  # what parts words, as in a list or in the way to a page
_EDGE = re.compile(r"[。；！？，、：,;!?…\s（）()《》“”〔〕【】]")  # where an item of a list begins or ends
_OPENS, _BETWEEN = "《“（(〔【", "，、"
# A number, or one with its unit, is cut: by what is before with the first and the last, by the last with what is behind.
_CUT, _CUT_OFF = re.compile(r"[\d.]\d|\d.\d"), re.compile(r"\d[\d.]")
_TWO_STOPS = re.compile("[。，；、：](?:[ \u3000]*[。，；、])+")


def doubled(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """No words stand twice running, and no two stops, whatever is in bold; what a link or code has is let be."""
    for passage in narrative.passages:
        if not passage.own:
            continue
        text, places = as_read(passage.markdown)
        stops = ((found.start(), 1, found.end()) for found in _TWO_STOPS.finditer(text))
        for start, length, end in (*_runs(text), *_short(text), *stops):
            copies = [(places[at], places[min(at + length, end) - 1]) for at in (start, start + length)]
            if any(one.at <= first and last < one.at + len(one.text) for one in passage.values for first, last in copies):
                continue  # as `slips.repeated` says
            once, more = text[start : start + length], text[start + length - (start - end) % length : end]
            found = f"“{_cut(once)}”接连写了{-(-(end - start) // length)}遍"
            if _STOPS.match(once):
                found = f"“{text[max(0, start - _BEFORE, text.rfind(chr(10), 0, start) + 1) : end]}”"
            source, place = line_of(report, passage, places[start]), f"{passage.place} · {_cut(once)}"
            yield Finding(DOUBLED, place, source, found, _cut(once), f"删去多写的“{_cut(more)}”")


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _runs(text: str) -> Iterator[tuple[int, int, int]]:
    """Where words that stand twice running or more begin, how long they are, and where their last repetition ends.

    Each four characters are looked up where they stand further on, so that a text of any length is read about once.
    """
    words = [text[start : start + LEAST] for start in range(len(text) - LEAST + 1)]
    again = {word for word, count in Counter(words).items() if count > 1}
    at = defaultdict[str, list[int]](list)
    for start, word in enumerate(words):
        if word in again:
            at[word].append(start)
    # How many Chinese characters stand before each place, by which most places are left at once.
    end, han = 0, [0, *accumulate("\u4e00" <= one <= "\u9fff" for one in text)]
    for start in sorted(one for same in at.values() for one in same):
        if start < end or han[min(start + MOST, len(text))] < (enough := han[start] + _FEWEST_HAN):
            continue
        same = at[words[start]]
        first = bisect_right(same, start)
        lengths = (one - start for one in same[first : first + _TRIED] if han[one] >= enough)
        length = next((one for one in lengths if LEAST <= one <= MOST and _is_slip(text, start, one)), 0)
        if length:
            end = _end(text, start, length)
            while text.startswith(text[start : start + length], end):
                end += length
            yield start, length, end


def _short(text: str) -> Iterator[tuple[int, int, int]]:
    """The same of words with fewer than four characters."""
    for found in short_words().finditer(text):
        length = len(found[str(found.lastgroup)])
        if length < LEAST:
            yield found.start(), length, found.end()


@lru_cache(maxsize=1)
def short_words() -> re.Pattern[str]:
    """The words of slips.yaml with fewer than four characters that nobody writes twice, as each stands there twice."""
    return twice(wordings("slips")["twice"])


def twice(entries: list[dict[str, str]]) -> re.Pattern[str]:
    """The words of some entries as each stands there twice, in a group that is named by its place."""
    return any_of(
        f"(?P<t{at}>{one['words'].replace('{ours}', OURS)})(?P=t{at})+(?!{one.get('unless', '(?!)')})"
        for at, one in enumerate(entries)
    )


def _end(text: str, start: int, length: int) -> int:
    """Where some words end that follow a second time, 0 where they do not; a list's last item has another sign behind it."""
    once, end = text[start : start + length], start + 2 * length
    if text.startswith(once, start + length):
        return end
    is_last = (
        once[-1] in _BETWEEN and text.startswith(once[:-1], start + length) and _EDGE.match(text[end - 1 : end] or "\n")
    )
    return end - 1 if is_last else 0


def _is_slip(text: str, start: int, length: int) -> bool:
    """Whether words follow a second time and nobody writes so on purpose.

    No number begins or ends inside what is repeated. What holds a sign is whole items:
    政府预算公开、部门预算公开、部门决算公开 does not have 预算公开、部门 twice.
    """
    once, end = text[start : start + length], _end(text, start, length)
    if not end or once != once.strip() or "\n" in once:
        return False
    before, behind = text[max(0, start - 1) : start] or "\n", text[end : end + 1] or "\n"
    if _CUT.match(before + once[0] + once[-1]) or _CUT_OFF.match(text[end - 1] + behind):
        return False
    is_whole = (_EDGE.match(before) or once[0] in _OPENS) and (_EDGE.match(behind) or _STOPS.match(text[end - 1]))
    return not _SIGN.search(once) or bool(is_whole and (length >= _SENTENCE or not _STOPS.search(once)))
