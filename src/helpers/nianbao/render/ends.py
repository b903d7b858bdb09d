"""Where the lines of a Chinese page end, as pandoc hands it on to Typst.

A sign stands in the words of a paragraph where each of its lines ends. An element before them tells `stack` how many lines
these are and how many characters the last one has, and Typst how far an item of a list is set in.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from nianbao.render import headings
from nianbao.render.letters import CHANCE, OPENING, Words
from nianbao.render.lines import TORN, Line, Plan, leads, planned
from nianbao.render.pagination import CHARACTERS, INDENT

if TYPE_CHECKING:
    from pathlib import Path

# What is no running text, or has lines of its own; and paragraphs, items of lists and headings.
_SET = re.compile(
    '<div class="(?:note|signature|editor|below-title|attached|markdown-alert)\\b[^"]*">.*?</div>|<table\\b.*?</table>'
    r"|<(?P<quote>/?)blockquote\b"
    r"|(?P<tag><(?P<name>p|h[1-6])\b[^>]*)>(?P<text>.*?)(?=</(?P=name)>)"
    r"|<li\b[^>]*>(?P<item>[^<]*(?:<(?!/?(?:li|[uo]l|p|div|table|figure|pre|blockquote|details)\b)[^<]*)*)",
    re.S,
)
_ENDS, _RAGGED = "\ufdd0", "\ufdd1"  # of a line that fills the type area, and of one that does not; no text holds these
_QUOTED = CHARACTERS - 4  # characters of a line of a quotation


def told(body: str, official: Path | None) -> str:
    """A page's body, which is clean HTML, that says where the lines of its text end.

    Of what holds something else than plain text it does not: Typst breaks that.
    """
    set_in, quotes = leads(body), 0

    def with_ends(one: re.Match[str]) -> str:
        nonlocal quotes
        if one["quote"] is not None:
            quotes += -1 if one["quote"] else 1
        elif one["name"] and one["name"] != "p":
            return f'{one["tag"]} data-lines="{headings.heading_lines(one["name"], one["text"])}">{one["text"]}'
        elif (words := one["text"] or one["item"] or "") and not words.isspace():
            lead = set_in.get(one.start())
            room = CHARACTERS if not quotes else _QUOTED if quotes == 1 and lead is None else 0
            return one[0][: -len(words)] + _told(words, lead, room, official)
        return one[0]

    return headings.told(_SET.sub(with_ends, body), partial(_with_signs, is_ragged=True))


def _told(html: str, lead: float | None, room: int, official: Path | None) -> str:
    """The words of a paragraph whose lines have so many characters of ``room``; nobody knows where there is none."""
    before, about = lead or 0.0, ""
    if room:
        plan = planned(html, lead or INDENT, room, official)
        if plan.is_sure:
            last = len(plan.words.chars) - plan.lines[-1].begin
            before += _before(plan.words, plan.lines[0])
            html, about = _with_signs(plan), f' data-lines="{plan.number} {last}"'
    about += f' data-lead="{before:.4f}"' if before else ""
    return f"<span{about}></span>{html}" if about else html


def _with_signs(plan: Plan, is_ragged: bool = False) -> str:
    words = plan.words
    stops, signs, chars = {*words.breaks}, dict[int, str](), words.chars.copy()
    for line in plan.lines:
        if line.end not in stops:
            last = words.last(line.begin, line.end)
            gap = words.gap(line.begin, last, *words.halves(line.begin, last, line.room))
            signs[line.end] = _RAGGED if is_ragged or gap > TORN else _ENDS
            chars[last : line.end] = [""] * (line.end - last)  # Typst drops only blanks of a text, and no ideographic ones
    made, done = list[str](), 0
    for at in sorted({*words.tags, *signs}):
        made += chars[done:at]
        made.append(signs.get(at, ""))
        made += [
            tag for number, tag in enumerate(words.tags.get(at, ())) if tag != CHANCE and (at, number) not in words.pieces
        ]
        done = at
    return "".join(made + chars[done:])


def _before(words: Words, line: Line) -> float:
    """What stands before a mark that opens a paragraph: Typst squeezes all marks of a line by a part of themselves."""
    last = words.last(line.begin, line.end)
    free = line.room - words.sums[last] + words.trimmed(0, last)
    if words.chars[0] not in OPENING or free >= 0:
        return 0.0
    marks = sum(words.alone[1 : last - 1]) + (words.chars[last - 1] in OPENING)
    return -free / max(1, marks)
