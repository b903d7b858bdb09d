"""A line of narrative.md in its parts: words, placeholders, conditions and comments, each with what it prints."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nianbao.narrative.filling import fill
from nianbao.narrative.placeholders import TAG
from nianbao.textfile import COMMENT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

TEXT, VALUE, CONDITION, NOTE = "text", "value", "condition", "note"
# No text holds these: U+FDD3 and those behind it are no characters.
_OPEN, _NUMBERED, _CLOSE, _LINE = "\ufdd3", "\ufdd4", "\ufdd5", "\ufdd6"
_MARKS = re.compile(f"{_OPEN}[0-9]+{_NUMBERED}|{_CLOSE}|{_LINE}[0-9]+{_NUMBERED}")
_BEGUN = re.compile(f"{_LINE}([0-9]+){_NUMBERED}")
_STATEMENT = re.compile(r"\{%[-+]?\s*(\w+)")
_SET = re.compile(r"\{%-?\s*set\s+(\w+)\s*=\s*(.*?)\s*-?%\}", re.S)
_QUOTED = r"\"[^\"]*\"|'[^']*'"
_MOST_NAMES = 4  # names that stand for names


@dataclass(frozen=True, slots=True)
class Token:
    """A part of a line.

    Parameters
    ----------
    source : str
        As it stands in narrative.md.
    printed : str
        The Markdown that it gives.
    kind : str
        `TEXT`; `VALUE`, a placeholder; `CONDITION`, from ``{% if %}`` to ``{% endif %}``; `NOTE`, which prints nothing.
    origin : str
        Where the values that it prints come from.
    inside : tuple of Token
        The parts of what a condition prints.
    """

    source: str
    printed: str
    kind: str
    origin: str = ""
    inside: tuple[Token, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of narrative.md that prints something: its number, from 0, and its parts.

    A line that a placeholder, a condition or a comment over several lines cuts has one part, and ``is_cut``.

    Parameters
    ----------
    within : str
        The ``{% if … %}`` that is open where the line ends; '' for none.
    behind : int
        The line at whose end no condition, placeholder or comment is open: this one, or the first such line below it.
    """

    number: int
    tokens: tuple[Token, ...]
    is_cut: bool
    within: str
    behind: int

    @property
    def printed(self) -> str:
        """The Markdown that it gives."""
        return "".join(token.printed for token in self.tokens)


def read(lines: Sequence[str], begin: int, end: int, names: dict[str, Any]) -> list[Line]:
    """The lines of a passage, from ``begin`` to before ``end``, as they are filled in from the names.

    Returns
    -------
    list of Line
        None where the passage cannot be filled in, or prints otherwise with its parts marked.
    """
    marker = _Marker()
    whole = "\n".join(lines[begin:end])
    told = _without_comments(whole).split("\n")
    spans = _spans(whole)
    cut = enumerate(zip(_cut(whole, spans), told, strict=True))
    marked = "\n".join(marker.line(begin + at, line, said, is_cut) for at, ((line, is_cut), said) in cut)
    around = list(_around(whole, spans))
    plain = fill(_without_comments(whole), names)
    filled = fill(marked, names)
    if plain.problems or filled.problems or _MARKS.sub("", filled.text) != plain.text:
        return []
    origins = {one.at: one.origin for one in filled.values}
    found, at = list[Line](), 0
    for written in filled.text.split("\n"):
        if begun := _BEGUN.match(written):
            number = int(begun[1])
            tokens = marker.parts(written[begun.end() :], at + begun.end(), origins, number)
            within, behind = around[number - begin]
            found.append(Line(number, tokens, number in marker.cut, within, begin + behind))
        at += len(written) + 1
    return found


def computed(template: str, names: dict[str, Any]) -> tuple[Token, ...]:
    """The parts of what a template of several lines prints: words and placeholders, its conditions resolved."""
    marker = _Marker()
    names_of = dict(_SET.findall(template))
    marked = TAG.sub(lambda tag: marker.value(tag.group(), names_of), template)
    plain, filled = fill(template, names), fill(marked, names)
    if plain.problems or filled.problems or _MARKS.sub("", filled.text) != plain.text:
        return ()
    text = filled.text.rstrip("\n")
    begin = len(text) - len(text.lstrip())
    return marker.parts(text[begin:], begin, {one.at: one.origin for one in filled.values}, -1)


def _spans(whole: str) -> list[tuple[int, int, str]]:
    """Where each comment, tag and condition that goes over lines begins and ends; of a condition what opens it."""
    found = [(*comment.span(), "") for comment in COMMENT.finditer(whole)]
    opened: list[re.Match[str]] = []
    for tag in TAG.finditer(COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment.group()), whole)):
        found.append((*tag.span(), ""))
        statement = _STATEMENT.match(tag.group())
        if statement and statement[1] == "if":
            opened.append(tag)
        elif statement and statement[1] == "endif" and opened:
            first = opened.pop()
            found.append((first.start(), tag.end(), first.group()))
    return [(begin, end, opening) for begin, end, opening in found if "\n" in whole[begin:end]]


def _cut(whole: str, spans: Sequence[tuple[int, int, str]]) -> Iterator[tuple[str, bool]]:
    """Each line, with whether a tag or a comment over several lines begins, goes on or ends in it."""
    at = 0
    for line in whole.split("\n"):
        end = at + len(line)
        yield line, any(begin <= end and at <= stop for begin, stop, opening in spans if not opening)
        at = end + 1


def _around(whole: str, spans: Sequence[tuple[int, int, str]]) -> Iterator[tuple[str, int]]:
    """For each line what opens the condition that it is in, and the line at whose end nothing is open."""
    for line in re.finditer(r"$", whole, re.M):
        end = line.start()
        open_ = [(begin, opening) for begin, stop, opening in spans if opening and begin <= end < stop]
        while stops := [stop for begin, stop, _ in spans if begin <= end < stop]:
            end = whole.find("\n", max(stops))
            end = end if end >= 0 else len(whole)
        yield max(open_, default=(0, ""))[1], whole.count("\n", 0, end)


def _without_comments(text: str) -> str:
    return COMMENT.sub(lambda comment: "\n" * comment.group().count("\n"), text)


class _Marker:
    """Marks the parts of lines before they are filled in, and finds them again in what is printed."""

    def __init__(self) -> None:
        self.known: list[Token] = []  # the placeholders and conditions, by their numbers
        self.lines: dict[int, list[Token]] = {}  # the parts of each line, not yet printed
        self.cut: set[int] = set()

    def line(self, number: int, line: str, told: str, is_cut: bool) -> str:
        """A line with its marks; ``told`` is the line without comments. One that is blank, or statements only, has none."""
        if is_cut:
            self.cut.add(number)
            self.lines[number] = [Token(line, "", TEXT)]
            goes_on = not told.strip() or told.lstrip().startswith(("{%", "%}", "}}"))
            return told if goes_on else f"{_LINE}{number}{_NUMBERED}{told}"
        parts = list(_parts(line))
        if not told.strip() or all(one.kind is NOTE or not one.source.strip() for one in parts):
            return told
        self.lines[number] = parts
        if any(one.kind is NOTE and one.source.startswith("{%") and "set" not in one.source[:8] for one in parts):
            self.cut.add(number)  # a condition that goes over lines
        return f"{_LINE}{number}{_NUMBERED}{''.join(map(self._marked, parts))}"

    def _marked(self, part: Token) -> str:
        if part.kind is TEXT:
            return part.source
        if part.kind is NOTE:
            return part.source if part.source.startswith("{%") else ""
        self.known.append(part)
        number = len(self.known) - 1
        inner = part.source
        if part.kind is CONDITION:
            inner = TAG.sub(lambda tag: self.value(tag.group(), {}), inner)
        return f"{_OPEN}{number}{_NUMBERED}{inner}{_CLOSE}"

    def value(self, tag: str, names: dict[str, str]) -> str:
        """A placeholder with its marks, the names that the template has set written out; a statement as it is."""
        if tag[1] != "{":
            return tag
        self.known.append(Token(_written_out(tag, names), "", VALUE))
        return f"{_OPEN}{len(self.known) - 1}{_NUMBERED}{tag}{_CLOSE}"

    def parts(self, printed: str, at: int, origins: dict[int, str], number: int) -> tuple[Token, ...]:
        """The parts of what a line prints; ``at`` is where it begins in its passage."""
        if number in self.cut:
            return (Token(self.lines[number][0].source if len(self.lines[number]) == 1 else
                          "".join(one.source for one in self.lines[number]), _MARKS.sub("", printed), TEXT),)  # fmt: skip
        tokens, _ = self._nested(printed, at, origins, 0)
        notes = [one for one in self.lines.get(number, ()) if one.kind is NOTE]
        return tuple(_with_notes(tokens, self.lines[number])) if notes else tuple(tokens)

    def _nested(self, printed: str, at: int, origins: dict[int, str], begin: int) -> tuple[list[Token], int]:
        """The parts from a place on to the mark that closes them, and where that stands."""
        tokens: list[Token] = []
        while begin < len(printed):
            found = _MARKS.search(printed, begin)
            end = found.start() if found else len(printed)
            if end > begin:
                text = printed[begin:end]
                tokens.append(Token(text, text, TEXT))
            if not found:
                return tokens, end
            if found.group() == _CLOSE:
                return tokens, found.start()
            part = self.known[int(found.group()[1:-1])]
            inside, close = self._nested(printed, at, origins, found.end())
            text = _MARKS.sub("", printed[found.end() : close])
            named = dict.fromkeys(origin for place, origin in origins.items() if found.end() <= place - at < max(close, 1))
            inner = tuple(inside) if part.kind is CONDITION else ()
            tokens.append(replace(part, printed=text, origin="；".join(named), inside=inner))
            begin = close + 1
        return tokens, begin


def _parts(line: str) -> Iterator[Token]:
    """The parts of a line, not yet printed; a statement without its end in the line is a note."""
    spans = sorted((*found.span(), found.group()) for pattern in (COMMENT, TAG) for found in pattern.finditer(line))
    at = 0
    for begin, end, written in spans:
        if begin < at:
            continue  # a tag in a comment, or in a condition
        yield from _text(line[at:begin])
        statement = _STATEMENT.match(written)
        stop = _end_of(spans, begin) if statement and statement[1] == "if" else 0
        kind = CONDITION if stop else VALUE if written.startswith("{{") else NOTE
        at = stop or end
        yield Token(line[begin:at], "", kind)
    yield from _text(line[at:])


def _end_of(spans: list[tuple[int, int, str]], begin: int) -> int:
    """Where the condition that begins at a place ends; 0 where it does not end in the line."""
    depth = 0
    for start, end, written in spans:
        if start < begin or not (statement := _STATEMENT.match(written)):
            continue
        depth += {"if": 1, "endif": -1}.get(statement[1], 0)
        if not depth:
            return end
    return 0


def _text(text: str) -> Iterator[Token]:
    if text:
        yield Token(text, text, TEXT)


def _with_notes(tokens: Sequence[Token], parts: Sequence[Token]) -> Iterator[Token]:
    """The printed parts of a line with its notes in their places; words on both sides of one are printed as one part."""
    rest = list(tokens)
    for part in parts:
        if part.kind is NOTE:
            yield part
        elif part.kind is TEXT and rest and rest[0].kind is TEXT:
            own, more = rest[0].source[: len(part.source)], rest[0].source[len(part.source) :]
            rest[:1] = [Token(more, more, TEXT)] if more else []
            yield Token(own, own, TEXT)
        elif rest:
            yield rest.pop(0)
    yield from rest


def _written_out(tag: str, names: dict[str, str]) -> str:
    """A placeholder in which each name that a template has set is what it was set to."""
    if not names:
        return tag
    pattern = re.compile(rf"{_QUOTED}|(?<![\w.])({'|'.join(map(re.escape, names))})(?!\w)")
    for _ in range(_MOST_NAMES):
        tag = pattern.sub(lambda found: _in_place(names[found[1]]) if found[1] else found.group(), tag)
    return tag


def _in_place(value: str) -> str:
    """What a name was set to, as it can stand in a longer expression."""
    return f"({value})" if re.search(r"[-+|]|\bif\b", re.sub(_QUOTED, "", value)) else value
