"""The parts of a paragraph, with the blanks that a browser shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.render.word.markup import Look, bound

if TYPE_CHECKING:
    from collections.abc import Iterator

Part = tuple[str, Look] | str
"""A text with its look, or a run that is written already."""
_BLANKS = re.compile("[ \t\n\r\f]+")
_WIDE = "[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]"
# A line end between Chinese characters is no blank.
_JOINED = re.compile(f"(?<={_WIDE})[ \t]*\n\\s*(?={_WIDE})")


def typed(text: str, look: Look) -> str:
    """A text in which blanks in a row are one; only in code may a line end at any of them."""
    shown = _BLANKS.sub(" ", _JOINED.sub("", text) if "\n" in text else text)
    return shown if look.style == "CodeText" else bound(shown)


def trimmed(runs: list[Part]) -> Iterator[Part]:
    """The runs of a paragraph as a browser shows them: one blank after another is none, nor is one at a line's end."""
    kept: list[Part] = []
    is_begin = True  # whether a blank here would show nothing
    for one in runs:
        if isinstance(one, str):
            kept.append(one)
            is_begin = is_begin and one.startswith("<w:bookmark")
            continue
        text, look = one
        text = text[1:] if is_begin and text[:1] == " " else text
        if text == "\n":
            _cut(kept)
        if text:
            kept.append((text, look))
            is_begin = text[-1] in " \n"
    _cut(kept)
    yield from kept


def without_last_line(runs: list[Part]) -> list[Part]:
    """The runs of a paragraph that keeps its blanks, without line ends behind the last line."""
    while runs and not isinstance(runs[-1], str) and (text := runs[-1][0]).rstrip("\n") != text:
        left = text.rstrip("\n")
        runs[-1:] = [(left, runs[-1][1])] if left else []
    return runs


def _cut(runs: list[Part]) -> None:
    """Cut the blank off at the end of a line."""
    if runs and not isinstance(runs[-1], str) and runs[-1][0][-1:] == " ":
        text, look = runs[-1]
        runs[-1:] = [(text[:-1], look)] if text[:-1] else []
