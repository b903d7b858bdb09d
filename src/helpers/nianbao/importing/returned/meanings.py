"""The placeholders, conditions and comments that a merge has taken out of narrative.md: each set back, or asked about."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from nianbao.importing.returned.result import GONE
from nianbao.importing.returned.signs import sign_of
from nianbao.importing.returned.tokens import NOTE, TEXT, Token
from nianbao.narrative.placeholders import TAG
from nianbao.textfile import COMMENT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.importing.returned.result import Result
    from nianbao.importing.returned.tokens import Line

_STOPS, _PAUSES = "。；！？", "，。；！？"  # what ends a sentence, and a clause
_ENDS = f"{_STOPS}* \n"
_SIGN = "{{ '"  # a brace that is printed, and no value
_PART = re.compile(r"\{%-?\s*(?:else|elif|endif)\b")  # of a condition, which its beginning names
_SHORTEST = 4  # characters of a sentence that is known again; of a clause, without its figures
_BESIDE = 2  # characters before a number by which it is known again
_PAUSE = f"[{_PAUSES}]"
_FIGURE = re.compile("[0-9]")


def settled(old: str, new: str, result: Result) -> str:
    """The merged text with what it has lost of the old one set back where its sentence stands; the rest is asked about.

    Each placeholder, condition and comment of the old text that is not in the merged one is named by one question.
    """
    written = Counter[str]()
    for one in result.leads:
        written += named(one) if one in new else Counter()
    if missing := named(old) - (named(new) - written):
        lines = [line for _, line in result.lines]
        for stops in (_STOPS, _PAUSES):
            new = _set_back(old, new, lines, missing, stops)
            missing = named(old) - (named(new) - written)
    fresh = [COMMENT.sub("", TAG.sub("…", line)) for line in _fresh(old, new).values()]
    for chapter, lost in result.lost:
        names = named(lost.token.source)
        if names & missing:
            missing -= names
            result.ask_of(chapter, lost, _now(lost.token, result.lines, fresh))
    about = {
        tag: (chapter, token) for chapter, line in result.lines for token in _all(line.tokens) for tag in named(token.source)
    }
    for tag in missing.elements():
        chapter, token = about.get(tag, ("", None))
        printed = f"（印的是“{token.printed}”）" if token and token.printed and token.kind is not TEXT else ""
        now = _now(token, result.lines, fresh) if printed and token else ""
        result.ask(GONE, f"{chapter or '全文'}：{tag}{printed}{now}")
    return new


def named(text: str) -> Counter[str]:
    """How often each placeholder, condition (by its beginning) and comment stands in a text."""
    comments = COMMENT.findall(text)
    tags = (one for one in TAG.findall(COMMENT.sub("", text)) if not one.startswith(_SIGN) and not _PART.match(one))
    return Counter([*comments, *tags])


def without_notes(tokens: list[Token], text: str) -> list[Token]:
    """The parts of a line without the comments at its end, where a text that was parted from others ends otherwise."""
    last = max((at for at, one in enumerate(tokens) if one.printed.strip()), default=-1)
    ends = "".join(one.printed for one in tokens).rstrip(_ENDS), text.rstrip(_ENDS)
    is_end = ends[0][-_SHORTEST:] == ends[1][-_SHORTEST:]
    return tokens if is_end else tokens[: last + 1]


def _all(tokens: Sequence[Token]) -> Iterator[Token]:
    """The parts of a line, those inside conditions before these."""
    for one in tokens:
        yield one
        yield from _all(one.inside)


def _fresh(old: str, new: str) -> dict[int, str]:
    """The lines of the merged text that the old one has not, by their numbers."""
    known = set(old.split("\n"))
    return {at: line for at, line in enumerate(new.split("\n")) if line not in known}


def _now(token: Token, lines: Sequence[tuple[str, Line]], fresh: Sequence[str]) -> str:
    """Where the figures that a placeholder printed stand as text now, in the clause that has them; '' where nobody knows.

    They stand there once, behind the words that stood before them, or with a unit of their own.
    """
    printed = token.printed
    every = [one for _, line in lines for one in pairwise((Token("", "", TEXT), *line.tokens)) if one[1] == token]
    before = every[0][0].printed[-_BESIDE:] if every else ""
    for words in (f"{before}{printed}", printed):
        if not _FIGURE.search(printed) or len(words) <= _BESIDE:
            continue
        pattern = re.compile(rf"(?<![0-9.]){re.escape(words)}(?![0-9.])")
        if len(found := [(line, one) for line in fresh for one in pattern.finditer(line)]) == 1:
            [(line, one)] = found
            clause = f"{re.split(_PAUSE, line[: one.start()])[-1]}{words}{re.split(_PAUSE, line[one.end() :])[0]}"
            return f"；“{printed}”现在是文字，在“{clause.strip('*')}”里"
    return ""


def _set_back(old: str, new: str, lines: Sequence[Line], missing: Counter[str], stops: str) -> str:
    """The merged text in which what stands there in print, once, is that of narrative.md again: sentences, or clauses."""
    made = new.split("\n")
    fresh = [*_fresh(old, new)]
    for line in lines:
        for sentence in [] if line.is_cut else _sentences(line.tokens, stops):
            if sentence[0].kind is NOTE and not named(sentence[0].source) - named("\n".join(made)):
                sentence = sentence[1:]  # a comment before it that has stayed
            behind = [*takewhile(lambda one: one.kind is NOTE, reversed(sentence))]
            notes = "".join(one.source for one in reversed(behind))
            source = "".join(one.source for one in sentence).removesuffix(notes)
            if not (names := named(source + notes)) or names - missing:
                continue
            printed = "".join(one.printed for one in sentence)
            if source.count("**") % 2 or not any(printed in made[at] for at in fresh):
                source, printed = source.replace("**", ""), printed.replace("**", "")
            pattern = _pattern(printed, stops)
            found = [(at, one) for at in fresh for one in pattern.finditer(made[at])]
            if len(printed if stops is _STOPS else _FIGURE.sub("", printed)) >= _SHORTEST and len(found) == 1:
                [(at, one)] = found
                stop = source[-1:] if source[-1:] in stops else ""
                rest = made[at][one.end() :]
                rest = rest[1:] if not stop and printed[-1:] in stops and rest[:1] in stops else rest  # in a condition
                end = rest[: len(rest) - len(rest.lstrip(stops))] if notes else ""
                made[at] = f"{made[at][: one.start()]}{source.removesuffix(stop)}{end}{notes}{rest.removeprefix(end)}"
                missing = missing - names
    return "\n".join(made)


def _pattern(printed: str, stops: str) -> re.Pattern[str]:
    """A sentence or a clause, with whatever stop, that no words stand before."""
    words = printed.rstrip(stops)
    return re.compile(rf"(?:(?<=[{stops}*>\s])|^){re.escape(words)}(?=[{stops}]|<br|\*\*|\s*$)")


def _sentences(tokens: Sequence[Token], stops: str) -> list[list[Token]]:
    """The parts of each sentence or clause of a line, without the sign of a heading or of an item of a list.

    A comment belongs to the sentence that it stands before; one behind the last, to that one.
    """
    ends = re.compile(rf"[{stops}](?:\*\*)?")
    found: list[list[Token]] = []
    sentence: list[Token] = []
    for number, token in enumerate(tokens):
        if token.kind is not TEXT:
            sentence.append(token)
            continue
        at = len(sign_of(token.source)) if number == 0 else 0
        for end in (*(one.end() for one in ends.finditer(token.source, at)), len(token.source)):
            if end > at:
                sentence.append(Token(token.source[at:end], token.source[at:end], TEXT))
            if token.source[:end].rstrip("*")[-1:] in tuple(stops) and sentence:
                found.append(sentence)
                sentence = []
            at = end
    if found and all(one.kind is NOTE for one in sentence):
        found[-1] += sentence
    elif sentence:
        found.append(sentence)
    return found
