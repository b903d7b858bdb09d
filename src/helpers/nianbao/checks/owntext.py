"""A chapter's own sentences: template sentences are left out, numbers and names masked; how far two chapters agree.

The source of narrative.md is read, not the printed text: there a placeholder is masked like the number that it prints, and
every sentence has its line. Which words are masked or left out stands in copied.yaml.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from nianbao.checks.bodies import words as of_bodies
from nianbao.checks.wordings import any_of, wordings
from nianbao.narrative.headings import PREAMBLE
from nianbao.wording import HAN, PART_ENDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.inputs.report import Report
    from nianbao.statute.formats import Format

MASK = "…"
SHORTEST = 8  # characters of a sentence that says something
ENOUGH = 120  # own characters of a chapter that can be called a copy when most of it agrees
LEAST, NEARLY = 24, 0.9  # own characters of a shorter one that a bureau has to write, and the share of it that must agree
SPAN = 4  # characters in a row that two sentences may share
SAME = 0.7  # of a sentence's spans, those that a sentence of the other chapter has too
SHOWN, LONGEST = 3, 60  # passages of a finding, and characters of each
_CUT = "（下略）"

_PLACEHOLDER = re.compile(r"\{\{(?:[^{}]|\{(?!\{)|\}(?!\}))*+\}\}")
_STATEMENT = re.compile(r"\{%(?:[^%{]|%(?!\})|\{(?!%))*+%\}|<[^<>]*+>|[*_`]")
_ITEM = re.compile(rf"^(?:[-+>\s\u3000]|\d+[.、．)）]\s?|[（(][{HAN}\d]+[)）]、?|[{HAN}]+[、是]|第[{HAN}][，、是])+")
RUN_IN = re.compile(r"^[ \t\u3000]*\*\*[^*\n]{1,40}\*\*", re.M)  # the label of a paragraph
_END = re.compile(f"(?<=[{PART_ENDS}])")
_NUMBER = r"第?[0-9０-９][0-9０-９.,，．]*(?<![,，.．])[%％‰]?"
_MASKS = re.compile(f"{MASK}[{MASK}、和及与至—～~-]*{MASK}|{MASK}+")
_SILENT = re.compile(rf"[^\w{MASK}]+")


@lru_cache(maxsize=4096)  # the letters of a chapter are asked for again and again while it is compared
def _unpunctuated(text: str) -> str:
    return _SILENT.sub("", text)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with its numbers and names masked; ``line`` counts from 1 in narrative.md."""

    line: int
    text: str

    @property
    def letters(self) -> str:
        """The sentence without punctuation."""
        return _unpunctuated(self.text)

    @property
    def is_own(self) -> bool:
        """Whether it says something that is no template sentence."""
        return len(self.letters) >= SHORTEST and not words()["template"].search(self.text)


@dataclass(frozen=True, slots=True)
class OwnText:
    """What a chapter says in the bureau's own words; ``is_due`` is one that each bureau has to write itself."""

    heading: str
    sentences: tuple[Sentence, ...]
    is_due: bool = False

    @property
    def letters(self) -> tuple[str, ...]:
        """Its sentences without punctuation."""
        return tuple(sentence.letters for sentence in self.sentences)

    @property
    def size(self) -> int:
        """How many characters they have."""
        return sum(map(len, self.letters))

    @property
    def is_enough(self) -> bool:
        """Whether it can be called a copy: few words on an application say little, and few on the year's problems much."""
        return self.size >= (LEAST if self.is_due else ENOUGH)

    def needed(self, usual: float) -> float:
        """The share of it that must agree: as usual, or nearly all of a short one."""
        return usual if self.size >= ENOUGH else NEARLY


@dataclass(frozen=True, slots=True)
class Part:
    """A part of narrative.md as written: its heading with its line, and the text below; ``is_due`` as `OwnText`."""

    heading: str
    line: int
    text: str
    is_due: bool = False


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far a chapter agrees with another: its agreeing characters out of all, and its agreeing sentences with theirs."""

    share: float
    sentences: tuple[tuple[Sentence, Sentence], ...]
    other: OwnText

    @property
    def longest(self) -> list[tuple[Sentence, Sentence]]:
        """The longest of the agreeing sentences."""
        return sorted(self.sentences, key=lambda pair: (-len(pair[0].letters), pair[0].line))[:SHOWN]

    def said(self, there: str) -> str:
        """The share that agrees, and the longest sentences with their places, as a finding says them.

        ``相同或大部分相同的句子占80%（数字和名称写作…）：“…”（第5行，上年第7行）``.
        """
        longest = "；".join(f"“{cut(one.text)}”（第{one.line}行，{there}第{two.line}行）" for one, two in self.longest)
        return f"相同或大部分相同的句子占{int(self.share * 100)}%（数字和名称写作{MASK}）：{longest}"


def own_texts(report: Report) -> tuple[OwnText, ...]:
    """The own sentences of each chapter of a report, and of its preamble; chapters without any are left out."""
    return _own_texts(report.narrative, report.format, masker_of(report))


@lru_cache(maxsize=4)  # this year's are asked for more than once, and are last year's in turn
def _own_texts(narrative: str, form: Format, mask: Masker) -> tuple[OwnText, ...]:
    found = []
    for part in _written(narrative, form):
        masked = (Sentence(at, mask(one)) for paragraph in paragraphs(part) for at, one in paragraph)
        if own := tuple(sentence for sentence in masked if sentence.is_own):
            found.append(OwnText(part.heading, own, part.is_due))
    return tuple(found)


def written(report: Report) -> tuple[Part, ...]:
    """Preamble, chapters and attachments."""
    return _written(report.narrative, report.format)


@lru_cache(maxsize=4)
def _written(narrative: str, form: Format) -> tuple[Part, ...]:
    from nianbao.narrative.chapters import split  # The command compares what is split already.

    found = split(narrative, form)
    parts = [
        Part(one.heading, one.line, one.text, one.section.required and not one.section.table)
        for one in (*found.chapters, *found.attachments)
    ]
    return (Part(PREAMBLE, *found.preamble), *parts)


def paragraphs(part: Part) -> Iterator[list[tuple[int, str]]]:
    """The paragraphs of a part, without headings and tables: each a list of (line, sentence).

    A line that ends with a sentence ends a paragraph, as in text pasted from Word.
    """
    lines: list[tuple[int, str]] = []
    for number, one in enumerate([*part.text.splitlines(), ""], part.line + 1):
        is_text = one.strip() and one.lstrip()[0] not in "#|!"
        if is_text:
            lines.append((number, RUN_IN.sub("", one).strip()))
        if lines and (not is_text or _END.search(one.strip())):
            yield list(_sentences(lines))
            lines = []


def _sentences(lines: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """The sentences of a paragraph, each with the line it begins on; a sentence may go on over several lines."""
    begun, text = 0, ""
    for number, line in lines:
        for part in filter(None, _END.split(line)):
            begun, text = (begun, text + part) if text else (number, part)
            if _END.search(part):
                yield begun, text
                text = ""
    if text:
        yield begun, text


def unmarked(sentence: str) -> str:
    """A sentence without Markdown, statements of the template language, and the numeral of an item."""
    return _ITEM.sub("", _STATEMENT.sub("", sentence)).strip()


class Masker:
    """Masks numbers, placeholders, the bureau's own names and the words that every bureau uses for itself."""

    def __init__(self, *names: str) -> None:
        known = {variant for name in names for variant in variants(name)}
        units = words()["units"]
        patterns = [
            *map(re.escape, sorted(known, key=lambda one: (-len(one), one))), words()["generic"].pattern, _NUMBER,
            rf"[一二两三四五六七八九十百千万零〇]+(?=[余多]?[{units}])",
        ]  # fmt: skip
        self._masked = any_of(patterns)

    def __call__(self, sentence: str) -> str:
        """The sentence with its names and numbers masked."""
        text = self._masked.sub(MASK, unmarked(_PLACEHOLDER.sub(MASK, sentence)))
        return _MASKS.sub(MASK, text)


def masker_of(report: Report) -> Masker:
    """What masks the names of a report's bureau and of the bureau above it."""
    return _masker(report.bureau.name, report.bureau.short, report.bureau.parent or "")


@lru_cache(maxsize=64)
def _masker(*names: str) -> Masker:
    return Masker(*filter(None, names))


_AREA = re.compile(r"^.{1,8}?(?:自治[区州县]|新区|[省市州盟县区旗乡镇])(?=.{2})")


def variants(name: str) -> set[str]:
    """What a bureau's name is made of: 示例市教育局 → 示例市, 教育局, 教育, and itself."""
    found, rest = {name}, name
    while area := _AREA.match(rest):
        found.add(area.group())
        rest = rest[area.end() :]
    found.add(rest)
    core = next((rest.removesuffix(one) for one in words()["organs"] if rest.endswith(one)), "")
    return {one for one in {*found, core} if len(one) > 1}


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """The words of copied.yaml; lists of patterns as one pattern each."""
    data = wordings("copied")
    patterns = {key: any_of(data[key]) for key in ("generic", "template", "doing", "dealings")}
    patterns["generic_at_end"] = re.compile(f"(?:{patterns['generic'].pattern})$")
    organs = sorted((*of_bodies()["organs"], *data["more_organs"]), key=len, reverse=True)
    patterns |= {key: re.compile(data[key]) for key in ("before", "behind", "next", "intending")}
    return {**data, **patterns, "organs": organs}


@lru_cache(maxsize=256)  # the sentences of a chapter, which is compared with several, one after another
def spans(text: str) -> tuple[str, ...]:
    """All runs of `SPAN` characters of a text without punctuation; the whole of a shorter one."""
    return tuple(text[at : at + SPAN] for at in range(max(1, len(text) - SPAN + 1)))


@lru_cache(maxsize=4)  # one chapter after the other is compared with many
def _places(own: OwnText) -> tuple[dict[str, list[int]], list[int]]:
    """The sentences, by number, that hold each span; and how many spans each sentence has."""
    places: dict[str, list[int]] = {}
    counts = []
    for number, letters in enumerate(own.letters):
        mine = {*spans(letters)}
        counts.append(len(mine))
        for span in mine:
            places.setdefault(span, []).append(number)
    return places, counts


def agreement(own: OwnText, other: OwnText) -> Agreement:
    """How far a chapter agrees with another one; a sentence does when one of theirs holds most of its spans."""
    places, counts = _places(own)
    best = [(0, 0)] * len(counts)  # how many spans of each sentence are in the best of theirs, and its number
    for theirs, letters in enumerate(other.letters):
        shared = Counter(number for span in places.keys() & spans(letters) for number in places[span])
        for number, count in shared.items():
            if count > best[number][0]:
                best[number] = count, theirs
    agreeing, size, same = [], 0, 0
    for sentence, letters, count, (most, theirs) in zip(own.sentences, own.letters, counts, best, strict=True):
        size += len(letters)
        if most and most >= SAME * count:
            agreeing.append((sentence, other.sentences[theirs]))
            same += len(letters)
    return Agreement(same / size if size else 0.0, tuple(agreeing), other)


def cut(text: str) -> str:
    """A text, or its beginning where it is longer than a finding shows it; which is said."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - len(_CUT)]}{_CUT}"
