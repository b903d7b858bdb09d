"""Numbers of the text that stand in the same sentence of last year's report: likely left as they were."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from nianbao.checks.lines import PART
from nianbao.checks.owntext import RUN_IN, Sentence, masker_of, paragraphs, written
from nianbao.checks.prose.judge.reasons import TELLING
from nianbao.reading import even

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nianbao.checks.owntext import Masker
    from nianbao.checks.prose.counts import Count
    from nianbao.inputs.report import Report

# Also 1,205 and 十二, but no 万 behind digits.
_DIGITS = re.compile(
    r"\d(?:[\d.]|，(?=\d{3}(?!\d)))*(?<!\.)|[〇零一二两三四五六七八九十][〇零一二两三四五六七八九十百千万]*"
)
_LEAST = 4  # characters of a sentence that says something, each of its numbers being one: 满意率98.5%


def kept(report: Report, text: str, counts: Iterable[Count]) -> Iterator[tuple[Count, int]]:
    """The numbers of a text that last year's report has in the same place of the same words, each with the line there.

    Small numbers often stay the same.
    """
    telling = [one for one in counts if one.value >= TELLING]
    if not telling or report.previous is None:
        return
    mask, said = masker_of(report), even(RUN_IN.sub(lambda label: " " * len(label[0]), text))
    past: dict[str, list[tuple[int, list[str]]]] = defaultdict(list)
    for key, line, numbers in _told(report.previous, mask):
        past[key].append((line, numbers))
    for sentence in PART.finditer(said):
        here = _numbers(sentence[0])
        before = [one for one in past.get(_key(sentence[0], mask), ()) if len(one[1]) == len(here)]
        at = {sentence.start() + one.start(): number for number, one in enumerate(_DIGITS.finditer(sentence[0]))}
        for count in telling if before else ():
            place = at.get(count.start)
            lines = [line for line, numbers in before if place is not None and here[place] == numbers[place]]
            yield from ((count, line) for line in lines[:1])


def _told(report: Report, mask: Masker) -> Iterator[tuple[str, int, list[str]]]:
    """The sentences of a report by their words, each with its line and its numbers."""
    for part in written(report):
        for paragraph in paragraphs(part):
            for line, sentence in paragraph:
                if key := _key(sentence, mask):
                    yield key, line, _numbers(even(sentence))


def _numbers(sentence: str) -> list[str]:
    return [one.replace("，", "") for one in _DIGITS.findall(sentence)]


def _key(sentence: str, mask: Masker) -> str:
    """The words of a sentence without names, numbers and signs; '' of one that says too little."""
    letters = Sentence(0, mask(sentence)).letters
    return letters if len(letters) >= _LEAST else ""
