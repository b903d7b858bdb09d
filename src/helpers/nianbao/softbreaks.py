"""Line ends in mid-sentence: a page joins the lines, and who reads its words reads them so (docs/text.md)."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from nianbao import inlines, markdown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

_END = re.compile(r"\n[ \t]*")
_QUOTE = re.compile(r">[ \t]*")
_BREAK = re.compile(r"<br\b")


@dataclass(frozen=True, slots=True)
class Joined:
    """A text whose lines are joined as its page joins them.

    Parameters
    ----------
    text : str
        Without the line ends in mid-sentence; between Latin words and digits a blank stands in place of one.
    typed : str
        With them.
    left_out : sequence of (int, int)
        Where what ``text`` does not have stands in ``typed``.
    """

    text: str
    typed: str
    left_out: Sequence[tuple[int, int]] = ()

    def typed_at(self, at: int) -> int:
        """The place in the text as typed of a character of the joined one."""
        return self.typed_all([at])[0]

    def typed_all(self, places: Sequence[int]) -> tuple[int, ...]:
        """The places in the text as typed of some characters of the joined one."""
        if not self.left_out:
            return tuple(places)
        before = [0, *accumulate(end - start for start, end in self.left_out)]
        joints = [start - gone for (start, _), gone in zip(self.left_out, before, strict=False)]
        return tuple(at + before[bisect_right(joints, at)] for at in places)

    def at(self, typed: int) -> int:
        """The place in the joined text of a character of the typed one."""
        return typed - sum(min(end, typed) - start for start, end in self.left_out if start < typed)


# As many texts as a report has, which one rule reads behind the other.
@lru_cache(maxsize=32)
def joined(text: str) -> Joined:
    """A passage of Markdown with its lines joined as on its page."""
    parts: list[str] = []
    left_out: list[tuple[int, int]] = []
    last = 0
    for start, end, sign in _soft_breaks(text) if markdown.NEXT_LINE.search(text) else ():
        parts += [text[last:start], sign]
        left_out.append((start + len(sign), end))
        last = end
    return Joined("".join([*parts, text[last:]]), text, tuple(left_out)) if parts else Joined(text, text)


def _soft_breaks(text: str) -> Iterator[tuple[int, int, str]]:
    """Where the line ends begin and end that are none on the page, with what it prints there: nothing or a blank."""
    ends = [found.span() for found in _END.finditer(text)]
    quotes = 0
    for token in markdown.read(text):
        quotes += token.nesting * (token.type in {"blockquote_open", "blockquote_close"})
        for line, printed in _soft_in(token):
            start, end = ends[line]
            for _ in range(quotes):
                end = mark.end() if (mark := _QUOTE.match(text, end)) else end
            yield start - text.startswith(" ", start - 1), end, printed  # of more blanks it were a hard break


def _soft_in(token: Token) -> list[tuple[int, str]]:
    """The lines of a paragraph, by their number in the text from 0, whose end is soft, with what is printed in its place."""
    found: list[tuple[int, str]] = []
    line = first = token.map[0] if token.map else 0
    children = token.children or []
    for at, one in enumerate(children):
        if one.type == "softbreak" and not _BREAK.match(children[at - 1].content):
            found.append((line, " " if inlines.soft_break(children, at) else ""))
        line += (one.type in {"softbreak", "hardbreak"}) + one.content.count("\n")
    # A line end inside the address of a link is in no token: then nobody knows which line is which.
    return found if line - first == token.content.count("\n") else []
