"""The tracked changes of Word's paragraphs: what was taken out, what was put in its place, what was parted or joined."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao.shown.blocks import CHANGE, Note
from nianbao.shown.wordstyles import W, stands_in

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence
    from xml.etree.ElementTree import Element

    from nianbao.shown.blocks import Paragraph

GONE = {f"{W}del", f"{W}moveFrom"}
CAME = {f"{W}ins", f"{W}moveTo"}
_TAKEN_OUT, _PUT_IN = "删除", "插入"
_STRUCK, _UNSTRUCK = "划去", "不再划去"
_WHAT = {f"{W}del": _TAKEN_OUT, f"{W}ins": _PUT_IN, f"{W}moveFrom": "移走", f"{W}moveTo": "移来"}
_TEXTS = {f"{W}t", f"{W}delText"}


class Changes:
    """Adds the tracked changes of a paragraph to its notes.

    Word has an element for each look of the words that it takes out, and of those that it puts in: what one person has
    changed in one place is one note.
    """

    def __init__(self, notes: list[Note]) -> None:
        self.notes = notes
        self.parts: dict[str, str] = {}  # of the change that may go on: the words of each kind
        self.who, self.at = "", 0
        self.is_restyled = False  # whether the paragraph or some words look otherwise than before, struck or not alike

    def add(self, change: Element, is_within: bool) -> None:
        """Add the words of an element, which may stand ``is_within`` another one; one of blanks changes nothing."""
        words = "".join(words_in(change, is_gone=change.tag in GONE))
        self._add(_WHAT[change.tag], change.get(f"{W}author", ""), words, is_within)

    def restyle(self, element: Element, is_struck: bool, was_struck: bool | None, *, is_within: bool) -> None:
        """Add the change of a run's looks, or of those of a paragraph's end; ``was_struck`` is none where it has none.

        Words that were struck are none of the text any more, as if they were taken out; any other one is a change of looks.
        """
        words = "".join(words_in(element, is_gone=False))
        if was_struck is not None and was_struck != is_struck:
            change = stands_in(element, "rPr/rPrChange")
            who = change.get(f"{W}author", "") if change is not None else ""
            self._add(_STRUCK if is_struck else _UNSTRUCK, who, words, is_within)
            return
        self.is_restyled |= was_struck is not None
        if words and not is_within:  # behind the last change stand words that nobody has changed
            self.parts = {}

    def _add(self, what: str, who: str, words: str, is_within: bool) -> None:
        if not words.strip():
            return
        is_known = what in self.parts or {what, *self.parts} == {_TAKEN_OUT, _PUT_IN}
        if is_within or who != self.who or not is_known:
            self.parts, self.who, self.at = {}, who, len(self.notes)
            self.notes.append(Note(CHANGE, who, ""))
        self.parts[what] = self.parts.get(what, "") + words
        self.notes[self.at] = Note(CHANGE, who, self._said())

    def _said(self) -> str:
        quoted = {what: f"“{words.strip()}”" for what, words in self.parts.items()}
        if len(quoted) > 1:
            return f"{quoted[_TAKEN_OUT]} → {quoted[_PUT_IN]}"
        return "".join(f"{what}{words}" for what, words in quoted.items())


class Splits:
    """Adds to the notes of paragraphs that a tracked change has parted them from the next one; they come one by one.

    What was put in between them, whole paragraphs, is told by itself, and so is a whole one behind the last.
    """

    def __init__(self) -> None:
        self.first: Paragraph | None = None  # a paragraph whose end was put in, and behind which the other part may stand
        self.who = ""

    def add(self, element: Element, made: Paragraph, *, is_joined: bool) -> None:
        """Add a paragraph, to which a tracked change may have joined the one before."""
        end = _end(element, CAME)
        if self.first is None and end is None:
            return
        is_old = is_joined or _has_old(element)
        if self.first is not None and is_old:
            text = text_of(self.first)
            self.first.notes.append(Note(CHANGE, self.who, "插入段落标记，与下一段分为两段", text, len(text)))
        if end is None or has_lost_end(element):
            self.first = None
        elif is_old:
            self.first, self.who = made, end.get(f"{W}author", "")


def _has_old(element: Element) -> bool:
    """Whether an element has words that no tracked change has put in or taken out."""
    return any(
        bool((child.text or "").strip()) if child.tag in _TEXTS else _has_old(child)
        for child in element
        if child.tag not in GONE and child.tag not in CAME
    )


def words_in(element: Element, *, is_gone: bool) -> Iterator[str]:
    """The text below an element; what was taken out of what was put in is a change of its own."""
    for child in element:
        if child.tag in _TEXTS:
            yield child.text or ""
        elif is_gone or child.tag not in GONE:
            yield from words_in(child, is_gone=is_gone)


def text_of(paragraph: Paragraph) -> str:
    """The text of a paragraph as accepted, without what is struck."""
    return "".join(one.text for one in paragraph.pieces if not one.looks.struck)


def placed(notes: Sequence[Note], at: Sequence[int], text: str, whole: str) -> list[Note]:
    """The notes of a paragraph, whose changes know their places in its text.

    Parameters
    ----------
    at : sequence of int
        How many characters stand before each note; before those behind the last run all do.
    text, whole : str
        The paragraph as accepted, and with what was taken out.
    """
    begins = [*at, *[len(text)] * (len(notes) - len(at))]
    was, is_gone = (text, False) if text.strip() else (whole, True)
    return [
        note._replace(text=was, at=begin, is_gone=is_gone) if note.kind == CHANGE else note
        for note, begin in zip(notes, begins, strict=True)
    ]


def _end(paragraph: Element, changes: Container[str]) -> Element | None:
    """What one of these tracked changes says of a paragraph's end."""
    about = stands_in(paragraph, "pPr/rPr")
    return next((one for one in about if one.tag in changes), None) if about is not None else None


def has_lost_end(paragraph: Element) -> bool:
    """Whether a tracked change has taken the end of a paragraph out: what is left of it goes on in the next one."""
    return _end(paragraph, GONE) is not None


def unended(paragraph: Element, made: Paragraph) -> Paragraph | None:
    """A paragraph with words whose end a tracked change has taken out, which is said; else none."""
    end = _end(paragraph, GONE)
    if end is None or not any(one.text.strip() for one in made.pieces):
        return None
    text, who = text_of(made), end.get(f"{W}author", "")
    made.notes.append(Note(CHANGE, who, "删除段落标记，与下一段合为一段", text, len(text)))
    return made


def as_one(first: Paragraph, second: Paragraph) -> Paragraph:
    """Two paragraphs that a tracked change has made one: it is as the second was, and begins with the number of that."""
    before, own = text_of(first), bool(second.number)
    pieces = second.pieces[:own] + first.pieces + second.pieces[own:]
    notes = [note._replace(at=note.at + len(second.number)) for note in first.notes]
    notes += [note._replace(at=note.at + len(before), is_gone=False) for note in second.notes]
    made = replace(second, pieces=pieces, boxes=first.boxes + second.boxes, pictures=first.pictures + second.pictures)
    made.notes = [note._replace(text=text_of(made)) if note.kind == CHANGE else note for note in notes]
    return made
