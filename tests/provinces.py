"""A province's own text, made to measure: many chapters, some of them copies with other names and numbers."""

import random
from dataclasses import replace
from functools import cache

from nianbao.checks.owntext import OwnText, Sentence
from nianbao.checks.signature import Signature
from nianbao.job_id import ReportId

# Syllables enough that two sentences made of them agree no more than two of different people do.
SIGNS = [chr(0x4E00 + 7 * number) for number in range(1500)]
# How many sentences they have, by turns: many bureaus write little about their problems.
CHAPTERS = {"一、总体情况": (18,), "五、存在的主要问题及改进情况": (9, 2), "六、其他需要报告的事项": (3,)}


def sentence(chance, line):
    """A sentence of the length that sentences in reports have, in words of two signs."""
    words = ["".join(chance.choices(SIGNS, k=2)) for _ in range(chance.randint(6, 24))]
    return Sentence(line, f"{''.join(words[:4])}，{''.join(words[4:])}…次。")


def province(count, copies=0, stock=400, year=2024):
    """The signatures of ``count`` reports, a third of their sentences stock phrases; the last ``copies`` copy the first."""
    known = {**_own(count, stock, year)}
    ids = list(known)
    for original, copy in zip(ids, ids[count - copies :], strict=False):
        about = known[copy]
        known[copy] = Signature(about.name, about.short, "", known[original].texts)
    return known


@cache
def _own(count, stock, year):
    """The same without copies; to be read only."""
    chance = random.Random(711)
    common = [sentence(chance, 0).text for _ in range(stock)]

    def text(heading, sentences):
        made = (
            Sentence(line, chance.choice(common)) if chance.random() < 1 / 3 else sentence(chance, line)
            for line in range(sentences)
        )
        return OwnText(heading, tuple(made), heading[0] in "一五")

    known = {}
    for number in range(count):
        name = f"示例市第{number}局"
        texts = tuple(text(heading, turns[number % len(turns)]) for heading, turns in CHAPTERS.items())
        known[ReportId(f"shili-b{number:05d}", year)] = Signature(name, f"第{number}局", "", texts)
    return known


def handout(count, own=1):
    """The signatures of ``count`` reports whose first chapter is that of a handout, but for ``own`` sentences at its end."""
    known = province(count)
    given = next(iter(known.values())).texts[0].sentences[:9]
    return {
        report: replace(one, texts=(replace(one.texts[0], sentences=(*given, *one.texts[0].sentences[-own:])),))
        for report, one in known.items()
    }
