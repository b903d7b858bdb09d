"""Tables and pictures with the names and the notes that authors write beside them.

The text is clean HTML, as `markdown` makes it: each block begins on a line of its own.
"""

from __future__ import annotations

import re
from html import escape, unescape
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from nianbao.asides import ASIDE, BELOW, behind_name
from nianbao.names import is_of, merged
from nianbao.notes import with_notes
from nianbao.reading import is_note

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LOOKS = re.compile(r"</?(?:strong|em|b|i)\b[^>]*>|^(?:\s|<br>)+|(?<!\s)(?<!<br>)(?:\s|<br>)+$")
CAPTION = r"[^<]*(?:<(?!/(?:fig)?caption>)[^<]*)*"
_TABLE = r'<div class="scroll">(?:<style>[^<]*</style>\s*)?<table\b[^>]*>'
_TEXT = r"(?:[^<\n]|<br>\n?|<(?!img\b|br>|/?p>)[^>\n]*>)+?"
_LOOK = "(?:</?(?:strong|em|b|i)>)*"
_ASIDES, _BELOW = (rf"(?:<p>\s*{_LOOK}{one}{_LOOK}\s*</p>\n){{0,4}}" for one in (ASIDE, BELOW))
_NAMED = re.compile(
    rf"(?P<over>{_ASIDES})<p>(?P<name>{_TEXT})</p>\n(?P<under>{_BELOW})(?P<table>{_TABLE})"
    rf"(?:\s*<caption\b[^>]*>(?P<own>{CAPTION})</caption>)?(?!\s*<caption)"
)
_PICTURES = r"(?:<img [^>]*>\s*)+"
# A picture and its name in one paragraph or two, in either order; its source or its unit between them.
_PICTURE = [
    re.compile(rf"<p>(?P<over>{_PICTURES})(?:</p>\n(?P<over_said>{_ASIDES})<p>|<br>)?(?P<below>{_TEXT})</p>"),
    re.compile(rf"<p>(?P<above>{_TEXT})(?:</p>\n(?P<under_said>{_ASIDES})<p>)?(?P<under>{_PICTURES})</p>"),
    re.compile(rf"<p>(?P<first>{_PICTURES})</p>\n(?P<note><p>(?!<img )[^\n]*</p>)\n<p>(?P<last>{_TEXT})</p>(?!\n<p><img )"),
]
# A figure that is numbered where it has no name beside it: its tag's words, and its title.
NUMBERED = re.compile(r'<figure class="numbered"><img ([^>]*)><figcaption>([^<]*)</figcaption></figure>\s*')
_BLOCK = re.compile(
    rf"<(?:p>(?P<picture>{_PICTURES})</p>\s*|(?P<numbered>{NUMBERED.pattern[1:]})"
    rf"|(?P<table>{_TABLE[1:]}(?!\s*<caption).*?</table></div>\s*)|p>(?P<line>[^\n]*)</p>\s*)",
    re.S,
)
_TITLE = re.compile(r'<img data-title="([^"]*)"')
# Pictures (p) and as many names of theirs (n), names of tables (m) and tables (t), in two runs.
_RUNS = re.compile("p{2,}+n{2,}+(?!p)|(?<!p)n{2,}+p{2,}+|m{2,}+t{2,}+")
_PARAGRAPH = re.compile("<p>")
_TABLE_END = "</table></div>\n"
_END = re.compile(f"(?<={_TABLE_END})|(?<=</figure>\n)")
_TAG = re.compile("<[^>]*>")
_LINES = re.compile("<p>(.*)</p>")


def captioned(html: str) -> str:
    """Clean HTML in which tables and pictures have their names, and below tables and named pictures stand their notes.

    The name of a table stands right above it, its unit and the day of its figures between or above; that of a picture right
    below or above it.
    A table and its notes are one, of the table's width.
    """
    [html] = paired([html])
    html = _NAMED.sub(_table, html) if "<table" in html else html
    html = _with_figures(html) if "<img" in html else html
    parts = _END.split(html)
    made = parts[:1]
    for above, part in pairwise(parts):
        noted = with_notes(part, above)
        if noted != part and above.endswith(_TABLE_END):
            begin = made[-1].rindex('<div class="scroll">')
            made[-1] = f'{made[-1][:begin]}<div class="noted">{made[-1][begin:]}'
            noted = noted.replace("</div>\n", "</div></div>\n", 1)
        made.append(noted)
    return "".join(made)


class _Block(NamedTuple):
    """A block of one of several pieces of HTML, and its sign in `_RUNS`; any other block is a point."""

    piece: int
    begin: int
    end: int
    sign: str
    html: str


def paired(pieces: Sequence[str]) -> list[str]:
    """Pieces of clean HTML in which each of several pictures that follow one another has its own of as many names beside it.

    The names stand in the same order above all of them or below; those of tables above.
    """
    made = [*pieces]
    if sum(one.count("<img") + one.count("<table") for one in pieces) < 2:
        return made
    blocks = [*_blocks(pieces)]
    edits: list[tuple[int, int, int, str]] = []
    for run in _RUNS.finditer("".join(one.sign for one in blocks)):
        middle = (run.start() + run.end()) // 2
        halves = blocks[run.start() : middle], blocks[middle : run.end()]
        if len(halves[0]) == len(halves[1]) and all(len({one.sign for one in half}) == 1 for half in halves):
            edits += _moved(halves, is_below=run[0][0] == "p")
    for piece, begin, end, html in sorted(edits, reverse=True):
        made[piece] = f"{made[piece][:begin]}{html}{made[piece][end:]}"
    return made


def _moved(halves: tuple[list[_Block], list[_Block]], is_below: bool) -> list[tuple[int, int, int, str]]:
    """The names of one half put beside the pictures or tables of the other; none where one of these has another name."""
    edits = []
    for shown, name in zip(*(halves if is_below else halves[::-1]), strict=True):
        numbered = NUMBERED.fullmatch(shown.html)
        if numbered and not merged(name.html, numbered[2]):
            return []
        html = plain_picture(numbered) if numbered else shown.html
        both = (html, name.html) if is_below else (name.html, html)
        edits += [(*shown[:3], "".join(f"{one.rstrip()}\n" for one in both)), (*name[:3], "")]
    return edits


def plain_picture(numbered: re.Match[str]) -> str:
    """A numbered figure as a picture like any other, which keeps its title."""
    return f'<p><img data-title="{escape(unescape(numbered[2]))}" {numbered[1]}></p>\n'


def _blocks(pieces: Sequence[str]) -> Iterator[_Block]:
    for piece, html in enumerate(pieces):
        end = 0
        for found in _BLOCK.finditer(html):
            if html[end : found.start()].strip():
                yield _Block(piece, end, found.start(), ".", "")
            line, end = found["line"], found.end()
            of_line = "." if line is None else "n" if is_of("图", line) else "m" if is_of("表", line) else "."
            sign = "p" if found["picture"] or found["numbered"] else "t" if found["table"] else of_line
            yield _Block(piece, found.start(), end, sign, found[0])
        if html[end:].strip():
            yield _Block(piece, end, len(html), ".", "")


def _table(found: re.Match[str]) -> str:
    """The beginning of a table with its name, and behind that its unit and the day of its figures."""
    name = merged(found["name"], found["own"] or "") if is_of("表", found["name"]) else ""
    if not name:
        return found[0]
    asides = behind_name(*_LINES.findall(found["over"] + found["under"]))
    return f"{found['table']}<caption>{_LOOKS.sub('', name)}{asides}</caption>"


def _with_figures(html: str) -> str:
    """Clean HTML in which pictures have their names."""
    made, end = [], 0
    for start in _PARAGRAPH.finditer(html):
        matches = (pattern.match(html, start.start()) for pattern in _PICTURE) if start.start() >= end else ()
        found, figure = next(((one, shown) for one in matches if one and (shown := _figure(one))), (None, ""))
        if found:
            made += [html[end : found.start()], figure]
            end = found.end()
    return "".join([*made, html[end:]])


def _figure(found: re.Match[str]) -> str:
    """A picture with its name, where it was typed; its source stands below both. '' where what stands there is no name."""
    parts = found.groupdict("")
    name = parts.get("above") or parts.get("below") or parts.get("last", "")
    note = parts.get("note", "")
    title = _TITLE.search(parts.get("under") or parts.get("over") or parts.get("first", ""))
    name = merged(name, title[1]) if title else name
    if not is_of("图", name) or (note and not is_note(unescape(_TAG.sub("", note)))):
        return ""
    said = behind_name(*_LINES.findall(parts.get("over_said", "") + parts.get("under_said", "")))
    name = f"{_LOOKS.sub('', name)}{said}</figcaption>"
    if parts.get("above"):
        return f'<figure class="named"><figcaption class="above">{name}{parts["under"].strip()}</figure>'
    made = f"<figure>{(parts.get('over') or parts['first']).strip()}<figcaption>{name}</figure>"
    return f"{made}\n{note}" if note else made
