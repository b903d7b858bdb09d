"""The tracked changes of the words of a paragraph of Word's: what was taken out, what was put in its place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao.shown.blocks import CHANGE, Note
from nianbao.shown.wordstyles import W, stands_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from xml.etree.ElementTree import Element

    from nianbao.shown.blocks import Paragraph

GONE = {f"{W}del", f"{W}moveFrom"}
CAME = {f"{W}ins", f"{W}moveTo"}
_TAKEN_OUT, _PUT_IN = "删除", "插入"
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

    def add(self, change: Element, is_within: bool) -> None:
        """Add the words of an element, which may stand ``is_within`` another one; one of blanks changes nothing."""
        what, who = _WHAT[change.tag], change.get(f"{W}author", "")
        words = "".join(_words(change, is_gone=change.tag in GONE))
        if not words.strip():
            return
        is_known = what in self.parts or {what, *self.parts} == {_TAKEN_OUT, _PUT_IN}
        if is_within or who != self.who or not is_known:
            self.parts, self.who, self.at = {}, who, len(self.notes)
            self.notes.append(Note(CHANGE, who, ""))
        self.parts[what] = self.parts.get(what, "") + words
        self.notes[self.at] = Note(CHANGE, who, self._said())

    def end(self) -> None:
        """Words that nobody has changed stand behind the last change."""
        self.parts = {}

    def _said(self) -> str:
        quoted = {what: f"“{words.strip()}”" for what, words in self.parts.items()}
        if len(quoted) > 1:
            return f"{quoted[_TAKEN_OUT]} → {quoted[_PUT_IN]}"
        return "".join(f"{what}{words}" for what, words in quoted.items())


def _words(element: Element, *, is_gone: bool) -> Iterator[str]:
    """The text below an element; what was taken out of what was put in is a change of its own."""
    for child in element:
        if child.tag in _TEXTS:
            yield child.text or ""
        elif is_gone or child.tag not in GONE:
            yield from _words(child, is_gone=is_gone)


def text_of(paragraph: Paragraph) -> str:
    """The text of a paragraph as accepted."""
    return "".join(one.text for one in paragraph.pieces)


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


def unended(paragraph: Element, made: Paragraph) -> Paragraph | None:
    """A paragraph with words whose end a tracked change has taken out, which is said; else none."""
    about = stands_in(paragraph, "pPr/rPr")
    gone = [one for one in about if one.tag in GONE] if about is not None else []
    if not gone or not any(one.text.strip() for one in made.pieces):
        return None
    text, who = text_of(made), gone[0].get(f"{W}author", "")
    made.notes.append(Note(CHANGE, who, "删除段落标记，与下一段合为一段", text, len(text)))
    return made


def as_one(first: Paragraph, second: Paragraph) -> Paragraph:
    """Two paragraphs that a tracked change has made one."""
    before = text_of(first)
    text = before + text_of(second)
    notes = [note._replace(at=note.at + len(before), is_gone=False) for note in second.notes]
    notes = [note._replace(text=text) if note.kind == CHANGE else note for note in first.notes + notes]
    return replace(second, pieces=first.pieces + second.pieces, notes=notes, boxes=first.boxes + second.boxes)
