"""Numbers of the text that stand in the same sentence of last year's report: likely left as they were."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.checks.owntext import Sentence, masker_of, paragraphs, written
from nianbao.checks.prose.judge.reasons import TELLING
from nianbao.reading import even
from nianbao.wording import PART_ENDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nianbao.checks.owntext import Masker
    from nianbao.checks.prose.counts import Count
    from nianbao.inputs.report import Report

_DIGITS = re.compile(r"\d(?:[\d.]|，(?=\d{3}(?!\d)))*(?<!\.)")  # also 1,205
_PART = re.compile(f"[^{PART_ENDS}\n]+")
_LEAST = 5  # characters of a sentence that says something, its numbers left out


def kept(report: Report, text: str, counts: Iterable[Count]) -> Iterator[tuple[Count, int]]:
    """The numbers of a text that last year's report has in the same place of the same words, each with the line there.

    Small numbers often stay the same.
    """
    telling = [one for one in counts if one.value >= TELLING and not one.spelt]
    if not telling or report.previous is None:
        return
    mask, said = masker_of(report), even(text)
    past = dict(_told(report.previous, mask))
    for sentence in _PART.finditer(said):
        before = past.get(_key(sentence[0], mask))
        here = _numbers(sentence[0])
        if before is None or len(before[1]) != len(here):
            continue
        at = {sentence.start() + one.start(): number for number, one in enumerate(_DIGITS.finditer(sentence[0]))}
        for count in telling:
            place = at.get(count.start)
            if place is not None and here[place] == before[1][place]:
                yield count, before[0]


def _told(report: Report, mask: Masker) -> Iterator[tuple[str, tuple[int, list[str]]]]:
    """The sentences of a report by their words, each with its line and its numbers."""
    for part in written(report):
        for paragraph in paragraphs(part):
            for line, sentence in paragraph:
                if key := _key(sentence, mask):
                    yield key, (line, _numbers(even(sentence)))


def _numbers(sentence: str) -> list[str]:
    return [one.replace("，", "") for one in _DIGITS.findall(sentence)]


def _key(sentence: str, mask: Masker) -> str:
    """The words of a sentence without names, numbers and signs; '' of one that says too little."""
    letters = Sentence(0, mask(sentence)).letters
    return letters if len(letters) >= _LEAST else ""
