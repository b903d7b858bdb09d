"""A paragraph that a reviewer has changed, merged word by word with its line of narrative.md."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from nianbao.importing import prose
from nianbao.importing.returned import labels, signs
from nianbao.importing.returned.signs import SIGN
from nianbao.importing.returned.tokens import CONDITION, NOTE, TEXT, VALUE, Token
from nianbao.likeness import FIGURE, WORD
from nianbao.shown.seen import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.importing.flow import Paragraph

_TAGS = re.compile("</?su[bp]>")
_DIGIT = re.compile("[0-9０-９零一二两三四五六七八九十百千万亿]")
_MOST_WORDS = 10_000_000  # characters of one text times those of the other; two of 3,000 take about a second
_NEAR = 8  # characters on either side that are quoted


@dataclass(frozen=True, slots=True)
class Lost:
    """A placeholder that the merged line has no more, and what stands in its place, with the words around it.

    ``is_figure``: that has a figure, or the value stands elsewhere in the line as text; ``is_same``: only the latter.
    """

    token: Token
    instead: str
    is_figure: bool
    is_same: bool = False


@dataclass(frozen=True, slots=True)
class Merged:
    """A line as it is merged, the placeholders that it has lost, and the conditions that new words stand beside."""

    source: str
    lost: tuple[Lost, ...] = ()
    beside: tuple[Token, ...] = ()


@dataclass(slots=True)
class _Shown:
    """What the parts of a line show: its characters without white space, and whose each of them is."""

    text: str = ""
    owners: list[int] = field(default_factory=list)  # the number of the part that each character is of
    at: list[int] = field(default_factory=list)  # where each part begins
    ends: list[int] = field(default_factory=list)


def merged(tokens: Sequence[Token], printed: str, theirs: Paragraph) -> Merged:
    """A line that prints what the reviewer wrote, with the placeholders whose values stand in it unchanged.

    ``printed`` is what a reader sees of the line.
    """
    before, inner, behind = signs.edges(tokens, printed)
    if theirs.mark:
        before = re.sub(r"(?:[-+*]|\d{1,9}\.)(?=\s*$)", theirs.mark, before)
    for with_signs in (True, False):
        made = _by_words(signs.signed(inner, with_signs), theirs)
        if made and _TAGS.findall(made.source) == (_TAGS.findall(theirs.text) if theirs.is_tagged else []):
            return replace(made, source=f"{before}{_run_in(inner, made.source, theirs)}{behind}")
    block = prose.block(replace(theirs, level=0, mark=""))
    notes = "".join(one.source for one in inner if one.kind is NOTE)
    lost = tuple(Lost(one, theirs.text, bool(_DIGIT.search(theirs.text))) for one in _values(inner))
    return Merged(f"{before}{block.lstrip('# ') if before.strip().startswith('#') else block}{notes}{behind}", lost)


def _run_in(inner: Sequence[Token], source: str, theirs: Paragraph) -> str:
    """The line with its run-in heading in bold, where the line has one, and another one of the reviewer's text begins it."""
    end = prose.run_in(theirs)
    is_bold = bool(inner) and inner[0].kind is TEXT and inner[0].source.startswith("**")
    if not (end and is_bold and source.startswith(theirs.text[:end])):
        return source
    return f"**{theirs.text[:end]}**{source[end:]}"


def _values(tokens: Sequence[Token]) -> Iterator[Token]:
    for one in tokens:
        if one.kind is VALUE:
            yield one
        yield from _values(one.inside)


def _by_words(tokens: list[Token], theirs: Paragraph) -> Merged | None:
    """The merged line, where it surely prints what the reviewer wrote."""
    text = _TAGS.sub("", theirs.text) if theirs.is_tagged else theirs.text
    if len(text) * sum(len(one.printed) for one in tokens) > _MOST_WORDS:
        return None
    aligned = _Aligned(tokens, text)
    while broken := [
        at for at, one in enumerate(tokens) if one.kind is CONDITION and one.printed and at not in aligned.kept
    ]:
        at = broken[0]
        inner = [part for one in tokens[at].inside for part in signs.signed([one], True)]
        tokens = [*tokens[:at], *inner, *tokens[at + 1 :]]
        aligned = _Aligned(tokens, text)
    for escape in (False, True):
        source, printed = aligned.written(escape)
        if "<!--" not in printed and prose.prints(printed) == prose.plain(theirs):
            return Merged(source, tuple(aligned.lost()), tuple(aligned.beside()))
    return None


class _Aligned:
    """The parts of a line beside the text that takes its place."""

    def __init__(self, tokens: list[Token], theirs: str) -> None:
        self.tokens, self.theirs = tokens, theirs
        self.places = [at for at, char in enumerate(theirs) if squeezed(char)]  # of the characters without white space
        self.text = "".join(theirs[at] for at in self.places)
        self.ours = _shown(tokens)
        self.same: dict[int, int] = {}  # a character of theirs → ours
        words, others = ([found.span() for found in WORD.finditer(one)] for one in (self.ours.text, self.text))
        own = [self.ours.text[begin:end] for begin, end in words]
        new = [self.text[begin:end] for begin, end in others]
        for a, b, size in SequenceMatcher(None, own, new, autojunk=False).get_matching_blocks():
            begin, end = (words[a][0], words[a + size - 1][1]) if size else (0, 0)
            self.same |= {others[b][0] + step: begin + step for step in range(end - begin)}
        self.edges = {begin for begin, _ in others}, {end for _, end in others}
        self.kept = self._kept()

    def _kept(self) -> dict[int, int]:
        """The placeholders and conditions whose values stand there unchanged → the place of each in their text."""
        kept: dict[int, int] = {}
        there = {ours: theirs for theirs, ours in self.same.items()}
        rest = []
        for number, token in enumerate(self.tokens):
            begin, end = self.ours.at[number], self.ours.ends[number]
            if token.kind not in {VALUE, CONDITION} or begin == end:
                continue
            places = [there.get(at, -1) for at in range(begin, end)]
            is_whole = places[0] >= 0 and places == list(range(places[0], places[0] + end - begin))
            is_sure = is_whole and (self._is_alone(begin, end) or self._is_beside(begin, places[0]))
            if is_sure and self._counts_the_same(number, places[0]):
                kept[number] = places[0]
            else:
                rest.append(number)
        for number in rest:
            begin, end = self.ours.at[number], self.ours.ends[number]
            at = self.text.find(self.ours.text[begin:end])
            taken = ((place, place + self.ours.ends[one] - self.ours.at[one]) for one, place in kept.items())
            is_free = not any(at < stop and start < at + end - begin for start, stop in taken)
            is_sure = at >= 0 and is_free and self._is_alone(begin, end) and self._is_near(begin, end, at)
            if is_sure and self._counts_the_same(number, at):
                kept[number] = at
        return kept

    def _is_alone(self, begin: int, end: int) -> bool:
        """Whether a value stands once in the line, and once in their text."""
        value = self.ours.text[begin:end]
        return self.ours.text.count(value) == 1 and self.text.count(value) == len(self._places(value)) == 1

    def _places(self, value: str) -> list[int]:
        """Where a value stands in their text, and is no part of a longer number."""
        starts, ends = self.edges
        found = (one.start() for one in re.finditer(f"(?={re.escape(value)})", self.text))
        return [at for at in found if at in starts and at + len(value) in ends]

    def _is_beside(self, begin: int, place: int) -> bool:
        """Whether the words before a value are those before it in their text."""
        before = [self.same.get(place - step) == begin - step for step in (1, 2) if min(begin, place) - step >= 0]
        return all(before) and (begin == 0) == (place == 0)

    def _counts_the_same(self, number: int, place: int) -> bool:
        """Whether the words beside a number are those beside it in their text, with some put in or left out.

        Words that another number of the line has before it tell that the two were exchanged.
        """
        token, begin, end = self.tokens[number], self.ours.at[number], self.ours.ends[number]
        if token.kind is not VALUE or not bool(_DIGIT.search(token.printed)):
            return True
        text, length = self.ours.text, end - begin
        values = zip(self.ours.at, self.ours.ends, strict=True)
        spans = [span for one, span in zip(self.tokens, values, strict=True) if one.kind is VALUE]
        others = {labels.before(text, at) for at in labels.numbers(text, spans) if not begin <= at < end}
        if (label := labels.before(self.text, place)) in others:
            return labels.before(text, begin) == label and self._is_beside(begin, place)
        return labels.is_kept(text, begin, self.text, place, length)

    def _is_near(self, begin: int, end: int, place: int) -> bool:
        """Whether one of the characters beside a value is the same in their text."""
        length = end - begin
        left = begin and place and self.ours.text[begin - 1] == self.text[place - 1]
        return bool(left or self.ours.text[end : end + 1] == self.text[place + length : place + length + 1] != "")

    def written(self, escape: bool) -> tuple[str, str]:
        """The line, and the Markdown that it gives."""
        parts: list[tuple[str, str]] = []
        signs, values = self._signs(), {place: number for number, place in self.kept.items()}
        numbers = {at: number for number, at in enumerate(self.places)}
        begin = 0
        for place, end in [*((place, self._end(number)) for place, number in sorted(values.items())), (len(self.text), 0)]:
            stop = self.places[place] if place < len(self.text) else len(self.theirs)
            for at in range(begin, stop):
                number = numbers.get(at, -1)
                parts += [(one.source, one.printed) for one in signs.get(number, ())]
                parts.append(self._char(number, self.theirs[at], escape))
            parts += [(one.source, one.printed) for one in signs.get(place, ())]
            if place in values:
                token = self.tokens[values[place]]
                parts.append((token.source, token.printed))
                begin = self.places[end - 1] + 1
        return "".join(source for source, _ in parts), "".join(printed for _, printed in parts)

    def _end(self, number: int) -> int:
        """Where a value that is kept ends in their text."""
        return self.kept[number] + self.ours.ends[number] - self.ours.at[number]

    def _char(self, number: int, char: str, escape: bool) -> tuple[str, str]:
        """A character of their text, and what it gives; one that stands in the line too is as it is there."""
        is_own = number in self.same and self.tokens[self.ours.owners[self.same[number]]].kind is TEXT
        if is_own or number < 0:
            return char, char
        if char in "{}｛｝":
            return f"{{{{ '{char}' }}}}", char
        made = prose.escaped(char) if escape else char
        return made, made

    def _signs(self) -> dict[int, list[Token]]:
        """The character of their text → the signs and notes that stand before it; a sign without its words is left out."""
        there = {ours: theirs for theirs, ours in self.same.items()}
        found: dict[int, list[Token]] = {}
        last = len(self.ours.text)
        for number, token in enumerate(self.tokens):
            is_silent = token.kind in {VALUE, CONDITION} and self.ours.at[number] == self.ours.ends[number]
            if not (is_silent or token.kind in {SIGN, NOTE}) or token.source.isspace():
                continue
            at = self.ours.at[number]
            if at in {0, last}:
                place = (there.get(0, 0) if token.kind is SIGN else 0) if at == 0 else len(self.text)
            elif at - 1 in there:
                place = there[at - 1] + 1
            elif at in there:
                place = there[at]
            elif token.kind is SIGN:
                continue
            else:
                place = max((theirs + 1 for ours, theirs in there.items() if ours < at), default=0)
            found.setdefault(place, []).append(token)
        return found

    def beside(self) -> Iterator[Token]:
        """The conditions right before or behind whose words the reviewer has put new ones: these may be of one branch only.

        A whole sentence before them is not, nor is what takes the place of words outside of the condition.
        """
        there = {ours: theirs for theirs, ours in self.same.items()}
        for number, place in self.kept.items():
            begin, end, stop = self.ours.at[number], self.ours.ends[number], self._end(number)
            is_before = place > 0 and place - 1 not in self.same and self.text[place - 1] not in "。！？；"
            is_before = is_before and (not begin or begin - 1 in there)
            is_behind = stop < len(self.text) and stop not in self.same
            is_behind = is_behind and (end == len(self.ours.text) or end in there)
            if self.tokens[number].kind is CONDITION and (is_before or is_behind):
                yield self.tokens[number]

    def lost(self) -> Iterator[Lost]:
        """The placeholders that the line has no more."""
        there = {ours: theirs for theirs, ours in self.same.items()}
        for number, token in enumerate(self.tokens):
            begin, end = self.ours.at[number], self.ours.ends[number]
            if token.kind is not VALUE or number in self.kept or begin == end:
                continue
            left = max((there[at] + 1 for at in there if at < begin), default=0)
            right = min((there[at] for at in there if at >= end and there[at] >= left), default=len(self.text))
            instead, value = self.text[left:right], self.ours.text[begin:end]
            places = self._places(value)
            is_same = bool(places) and not {*FIGURE.findall(instead)} - {*FIGURE.findall(value)}
            left = min(places, key=lambda at: abs(at - left)) if is_same else left
            right = left + len(value) if is_same else right
            quoted = f"{self.text[max(left - _NEAR, 0) : left]}【{self.text[left:right]}】{self.text[right : right + _NEAR]}"
            yield Lost(token, quoted, is_same or bool(_DIGIT.search(instead)), is_same)


def _shown(tokens: Sequence[Token]) -> _Shown:
    into = _Shown()
    for number, token in enumerate(tokens):
        into.at.append(len(into.text))
        text = "" if token.kind in {SIGN, NOTE} else squeezed(token.printed)
        into.text += text
        into.owners += [number] * len(text)
        into.ends.append(len(into.text))
    return into
