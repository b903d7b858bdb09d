"""A chapter's own sentences: template sentences are left out, numbers and names masked; how far two chapters agree.

The source of narrative.md is read, not the printed text: there a placeholder is masked like the number that it prints, and
every sentence has its line. Which words are masked or left out stands in copied.yaml.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nianbao import yamlfile
from nianbao.narrative.chapters import split

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.inputs.report import Report

WORDS = Path(__file__).parent / "copied.yaml"
PREAMBLE = "引言"
MASK = "…"
SHORTEST = 8  # characters of a sentence that says something
ENOUGH = 150  # own characters of a chapter that can be called a copy
SPAN = 4  # characters in a row that two sentences may share
SAME = 0.7  # of a sentence's spans, those that stand in the other chapter too
SHOWN, LONGEST = 3, 60  # passages of a finding, and characters of each

_PLACEHOLDER = re.compile(r"\{\{.*?\}\}")
_STATEMENT = re.compile(r"\{%.*?%\}|<[^>]*>|[*_`]")
_HAN = "一二三四五六七八九十"
_ITEM = re.compile(rf"^(?:[-+>\s\u3000]|\d+[.、．)）]\s?|[（(][{_HAN}\d]+[)）]、?|[{_HAN}]+[、是]|第[{_HAN}][，、是])+")
_RUN_IN = re.compile(r"^\s*\*\*[^*]{1,40}\*\*")
_END = re.compile(r"(?<=[。；！？;!?])")
_NUMBER = r"第?[0-9０-９][0-9０-９.,，．]*(?<![,，.．])[%％‰]?"
_MASKS = re.compile(f"{MASK}[{MASK}、和及与至—～~-]*{MASK}|{MASK}+")
_SILENT = re.compile(rf"[^\w{MASK}]+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with its numbers and names masked; ``line`` counts from 1 in narrative.md."""

    line: int
    text: str

    @property
    def letters(self) -> str:
        """The sentence without punctuation."""
        return _SILENT.sub("", self.text)

    @property
    def is_own(self) -> bool:
        """Whether it says something that is no template sentence."""
        return len(self.letters) >= SHORTEST and not words()["template"].search(self.text)


@dataclass(frozen=True, slots=True)
class OwnText:
    """What a chapter says in the bureau's own words."""

    heading: str
    sentences: tuple[Sentence, ...]

    @property
    def size(self) -> int:
        """How many characters its sentences have."""
        return sum(len(sentence.letters) for sentence in self.sentences)


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that stands in two chapters, with its line in each."""

    text: str
    line: int
    other: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far a chapter agrees with another: its agreeing characters out of all, and its agreeing sentences."""

    share: float
    sentences: tuple[Sentence, ...]
    other: OwnText

    @property
    def passages(self) -> list[Passage]:
        """The longest of them, with their lines in both chapters."""
        longest = sorted(self.sentences, key=lambda one: (-len(one.letters), one.line))[:SHOWN]
        return [Passage(one.text, one.line, _counterpart(one, self.other)) for one in longest]

    @property
    def percent(self) -> str:
        return f"{int(self.share * 100)}%"

    def shown(self, there: str) -> str:
        """The passages with their places, as a finding says them: ``“…”（第5行，上年第7行）``."""
        return "；".join(f"“{cut(one.text)}”（第{one.line}行，{there}第{one.other}行）" for one in self.passages)


def own_texts(report: Report) -> tuple[OwnText, ...]:
    """The own sentences of each chapter of a report, and of its preamble; chapters without any are left out."""
    mask = masker_of(report)
    found = []
    for heading, line, text in written(report):
        masked = (Sentence(at, mask(one)) for paragraph in paragraphs(text, line + 1) for at, one in paragraph)
        if own := tuple(sentence for sentence in masked if sentence.is_own):
            found.append(OwnText(heading, own))
    return tuple(found)


def written(report: Report) -> list[tuple[str, int, str]]:
    """Heading, its line and the text below it, as written, of preamble, chapters and attachments."""
    found = split(report.narrative, report.format)
    parts = [(one.heading, one.line, one.text) for one in (*found.chapters, *found.attachments)]
    return [(PREAMBLE, *found.preamble), *parts]


def paragraphs(text: str, line: int) -> Iterator[list[tuple[int, str]]]:
    """The paragraphs of a text that begins on a line, without headings and tables: each a list of (line, sentence).

    A line that ends with a sentence ends a paragraph, as in text pasted from Word.
    """
    lines: list[tuple[int, str]] = []
    for number, one in enumerate([*text.splitlines(), ""], line):
        is_text = one.strip() and one.lstrip()[0] not in "#|!"
        if is_text:
            lines.append((number, _RUN_IN.sub("", one).strip()))
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
        self._masked = re.compile("|".join(f"(?:{one})" for one in patterns))

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
    data = yamlfile.read_yaml(WORDS).data
    patterns = {key: re.compile("|".join(f"(?:{one})" for one in data[key])) for key in ("generic", "template", "doing")}
    return {**data, **patterns, "before": re.compile(data["before"])}


def spans(text: str) -> set[str]:
    """All runs of `SPAN` characters of a text without punctuation; the whole of a shorter one."""
    return {text[at : at + SPAN] for at in range(max(1, len(text) - SPAN + 1))}


@lru_cache(maxsize=2048)
def _spans_of(own: OwnText) -> set[str]:
    return set().union(*(spans(sentence.letters) for sentence in own.sentences))


def agreement(own: OwnText, other: OwnText) -> Agreement:
    """How far a chapter agrees with another one; a sentence does when most of its spans stand in the other chapter."""
    theirs, agreeing = _spans_of(other), []
    for sentence in own.sentences:
        mine = spans(sentence.letters)
        if len(mine & theirs) >= SAME * len(mine):
            agreeing.append(sentence)
    size = own.size
    share = sum(len(sentence.letters) for sentence in agreeing) / size if size else 0.0
    return Agreement(share, tuple(agreeing), other)


def _counterpart(sentence: Sentence, other: OwnText) -> int:
    """The line of the sentence of the other chapter that is most like this one."""
    mine = spans(sentence.letters)
    return max(other.sentences, key=lambda one: (len(mine & spans(one.letters)), -one.line)).line


def cut(text: str) -> str:
    """The beginning of a text, as long as a finding shows it."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 2]}……"
