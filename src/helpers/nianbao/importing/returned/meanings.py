"""The placeholders, conditions and comments that a merge has taken out of narrative.md: each set back, or asked about."""

from __future__ import annotations

import re
from collections import Counter
from itertools import takewhile
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

_END = re.compile(r"[。；！？](?:\*\*)?")
_STOPS = "。；！？"
_ENDS = f"{_STOPS}* \n"
_SIGN = "{{ '"  # a brace that is printed, and no value
_PART = re.compile(r"\{%-?\s*(?:else|elif|endif)\b")  # of a condition, which its beginning names
_SHORTEST = 4  # characters of a sentence that is known again


def settled(old: str, new: str, result: Result) -> str:
    """The merged text with what it has lost of the old one set back where its sentence stands; the rest is asked about.

    Each placeholder, condition and comment of the old text that is not in the merged one is named by one question.
    """
    written = Counter[str]()
    for one in result.leads:
        written += named(one) if one in new else Counter()
    if missing := named(old) - (named(new) - written):
        lines = [line for _, line in result.lines]
        new = _set_back(old, new, lines, missing)
        missing = named(old) - (named(new) - written)
    for chapter, lost in result.lost:
        names = named(lost.token.source)
        if names & missing:
            missing -= names
            result.ask_of(chapter, lost)
    about = {
        tag: (chapter, token) for chapter, line in result.lines for token in _all(line.tokens) for tag in named(token.source)
    }
    for tag in missing.elements():
        chapter, token = about.get(tag, ("", None))
        printed = f"（印的是“{token.printed}”）" if token and token.printed and token.kind is not TEXT else ""
        result.ask(GONE, f"{chapter or '全文'}：{tag}{printed}")
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


def _set_back(old: str, new: str, lines: Sequence[Line], missing: Counter[str]) -> str:
    """The merged text in which sentences that stand there in print, once, are those of narrative.md again."""
    known = set(old.split("\n"))
    made = new.split("\n")
    fresh = [at for at, line in enumerate(made) if line not in known]
    for line in lines:
        for sentence in [] if line.is_cut else _sentences(line.tokens):
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
            pattern = _pattern(printed)
            found = [(at, one) for at in fresh for one in pattern.finditer(made[at])]
            if len(printed) >= _SHORTEST and len(found) == 1:
                [(at, one)] = found
                stop = source[-1:] if source[-1:] in _STOPS else ""
                rest = made[at][one.end() :]
                rest = rest[1:] if not stop and printed[-1:] in _STOPS and rest[:1] in _STOPS else rest  # in a condition
                end = rest[: len(rest) - len(rest.lstrip(_STOPS))] if notes else ""
                made[at] = f"{made[at][: one.start()]}{source.removesuffix(stop)}{end}{notes}{rest.removeprefix(end)}"
                missing = missing - names
    return "\n".join(made)


def _pattern(printed: str) -> re.Pattern[str]:
    """A sentence, with whatever stop, that no words stand before."""
    words = printed.rstrip(_STOPS)
    return re.compile(rf"(?:(?<=[{_STOPS}*>\s])|^){re.escape(words)}(?=[{_STOPS}]|<br|\*\*|\s*$)")


def _sentences(tokens: Sequence[Token]) -> list[list[Token]]:
    """The parts of each sentence of a line, without the sign of a heading or of an item of a list.

    A comment belongs to the sentence that it stands before; one behind the last, to that one.
    """
    found: list[list[Token]] = []
    sentence: list[Token] = []
    for number, token in enumerate(tokens):
        if token.kind is not TEXT:
            sentence.append(token)
            continue
        at = len(sign_of(token.source)) if number == 0 else 0
        for end in (*(one.end() for one in _END.finditer(token.source, at)), len(token.source)):
            if end > at:
                sentence.append(Token(token.source[at:end], token.source[at:end], TEXT))
            if token.source[:end].rstrip("*")[-1:] in tuple(_STOPS) and sentence:
                found.append(sentence)
                sentence = []
            at = end
    if found and all(one.kind is NOTE for one in sentence):
        found[-1] += sentence
    elif sentence:
        found.append(sentence)
    return found
