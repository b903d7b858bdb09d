"""What stands on the pages of a Chinese report's PDF, one below the other, and what of it stays with what.

It is read from the HTML that pandoc gets, in which `ends.told` says how many lines paragraphs and headings take.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from nianbao.names import is_placed
from nianbao.render.clean import on_screen
from nianbao.render.letters import TAG
from nianbao.render.lines import lines_of
from nianbao.render.measures import Picture, plain
from nianbao.render.pagination import BETWEEN, NOTE_LINE, PITCH
from nianbao.render.wide import AGAIN, CELLS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nianbao.render.statutory import Form

# In pt: a line of a note, and what lies between two; a row of one's own table, and its name.
_NOTE_ROW, _NOTE_GAP, _ROW, _NAME = 13.5, 4.5, 15.5, 20.0
# Characters of a paragraph's last line that begins no page, of one that does not stand above a signature, and of any other.
_FEW, _SHORT, _LONG = 3, 9, 99
_REST = 4  # so many times as tall as what follows it a picture gets smaller for that
_LISTED = 23  # characters of a line of a list of attachments, with the number of one
_TOKEN = re.compile(
    r'(?P<end>(?:(?<=">)|(?<=<div>))(?:\s*<div class="(?:signature|attached|editor)">.*?</div>)+)'
    r'|<div class="(?P<box>note|below-title)">(?P<inside>.*?)</div>'
    r'|<div class="(?P<attachment>attachment)\b[^>]*>'
    r'|<div data-file="(?P<form>[^"]*)"[^>]*></div>'
    r'|<(?P<heading>h[1-6])\b(?:[^>]*? data-lines="(?P<ahead>\d+)")?[^>]*>.*?</(?P=heading)>'
    r"|(?P<figure><figure\b.*?</figure>)"
    r"|<(?P<list>/?)[ou]l\b[^>]*>"
    r"|<li\b[^>]*>(?P<item>[^<]*(?:<(?!/?(?:li|[uo]l|p|div|table|figure|pre|blockquote|details)\b)[^<]*)*)"
    r"|<p\b[^>]*>(?P<text>.*?)</p>"
    r"|<(?P<rule>hr)\b[^>]*>"
    r"|<(?P<nested>table|blockquote)\b"
    r"|(?P<printed><pre\b.*?</pre>)"
    r'|(?P<other><div class="(?:signature|attached|editor|markdown-alert)\b.*?</div>)'
    r"|<style\b.*?</style>",
    re.S,
)
_LINES = re.compile(r'\s*<span data-lines="(\d+) (\d+)"')
_QUOTED, _BLOCK = re.compile(rf"<p>{_LINES.pattern}"), re.compile(r"<(?:p|blockquote|h[1-6r]|[uod]l|div|table|pre|img)\b")
_EDGES = {one: re.compile(rf"<(/?){one}\b") for one in ("table", "blockquote")}
_ROWS = re.compile(r"<(?:(/?)table|(tr))\b")
_UNLISTED = re.compile(r"^(?:附件：)?(?:\d+\. )?")


@dataclass(slots=True, eq=False)
class Entry:
    """Something that stands on a page: where its HTML begins and ends, and its ``kind``.

    ``lines`` is how many lines it takes, ``rows`` the rows of one's own table or the lines of a note, ``tall`` the height of
    a picture in pt, as far as anybody knows. ``above`` is the text that ends right above a table or a picture. ``behind``
    are lines that stay with the end of a paragraph, ``below`` those that stay with a table or picture. The ``risers`` are
    the paragraphs of which lines may go up before a picture.
    """

    kind: str
    begin: int
    end: int
    lines: int | None = None
    last: int = _LONG  # the characters of a paragraph's last line, where it has several
    rows: int = 0
    tall: float | None = None
    form: Form | None = None
    above: Entry | None = None
    note: Entry | None = None
    risers: tuple[Entry, ...] = ()
    behind: int = 0
    below: int = 0
    is_headed: bool = False
    is_item: bool = False
    is_placed: bool = False  # a paragraph that speaks of a picture by its place
    is_kept: bool = False  # a paragraph's last line with the one before; a table or picture with what is below it
    is_closing: bool = False  # the last paragraph of the text
    is_named: bool = False
    is_several: bool = False
    is_next: bool = False  # a picture right below another one
    is_followed: bool = False  # and that one
    is_of_form: bool = False  # a note that a statutory table takes along

    @property
    def is_long(self) -> bool:
        """Whether one's own table may be longer than a page."""
        return self.rows > CELLS["many"]

    @property
    def left(self) -> int:
        """How many of a paragraph's last lines stand on one page at least."""
        lines = self.lines or 0
        return lines if self.is_kept and lines < 4 else 2 if self.is_kept or self.is_closing else 1


def noted_lines(rows: int) -> int:
    """How many lines of a page notes take that have so many lines of their own."""
    return ceil((rows * _NOTE_ROW - _NOTE_GAP + BETWEEN) / PITCH) if rows else 0


def note_rows(lines: int) -> int:
    """How many lines of notes so many lines of a page hold at its end."""
    return int((lines * PITCH + _NOTE_GAP) / _NOTE_ROW)


def of(body: str, forms: Mapping[str, Form]) -> list[Entry]:
    """What stands on the pages of a body in which the statutory tables are taken out: its ``forms``."""
    found, depth, done = list[Entry](), 0, on_screen(body)[1]
    for one, end in _tokens(body, done):
        between = body[done : one.start()]
        if "<img" in between or TAG.sub("", between).strip():
            found.append(Entry("other", done, one.start()))
        depth += {"": 1, "/": -1}.get(one["list"], 0)
        if not (one[0].startswith("<style") or (one["text"] is not None and not one["text"].strip())):
            found.append(_entry(one, end, found, forms))
            found[-1].is_item = depth > 0
        done = end
    for at, entry in enumerate(found):
        if entry.kind == "picture" and entry.above:
            _among_text(entry, found[at + 1 :])
    _keep_rest(found)
    return found


def _keep_rest(found: Sequence[Entry]) -> None:
    """Have the few lines with which the text ends below a picture stay with it."""
    rest = 0
    for entry in reversed(found):
        if entry.kind == "picture" and entry.tall and rest * PITCH * _REST <= entry.tall:
            entry.below += rest
        if entry.kind not in {"text", "edge", "note"} or (entry.kind == "text" and not entry.lines):
            return
        rest += entry.lines or 0 if entry.kind == "text" else 0


def _tokens(body: str, at: int) -> Iterator[tuple[re.Match[str], int]]:
    """What stands in a body from some place on, and where each of it ends."""
    while one := _TOKEN.search(body, at):
        at = _closed(body, one) if one["nested"] else one.end()
        yield one, at


def _closed(body: str, one: re.Match[str]) -> int:
    """Where an element ends in which others of its name may stand."""
    depth = 0
    for tag in _EDGES[one["nested"]].finditer(body, one.start()):
        depth += -1 if tag[1] else 1
        if not depth:
            return body.index(">", tag.end()) + 1
    return len(body)


def _entry(one: re.Match[str], end: int, found: Sequence[Entry], forms: Mapping[str, Form]) -> Entry:
    """One entry, below those that are ``found``."""
    place = one.start(), end
    text = one["item"] if one["text"] is None else one["text"]
    is_headed = bool(found) and found[-1].kind == "heading"
    if one["form"]:
        return Entry("form", *place, form=forms[one["form"]], above=_text_above(found))
    if one["heading"]:
        is_title = one["heading"] != "h1" and not any(before.kind == "heading" for before in found)
        return Entry("heading", *place, None if is_title or not one["ahead"] else int(one["ahead"]))
    if one["figure"] or (one["text"] and "<img" in text and not TAG.sub("", text.strip())):
        return _pictured(one[0], *place, is_headed, found)
    if text and text.strip():
        said = _LINES.match(text)
        lines, last = map(int, said.groups()) if said else (None, 0)
        last = last if lines and lines > 1 else _LONG
        is_headed = is_headed and one["item"] is None
        return Entry("text", *place, lines, last, is_kept=last <= _FEW, is_headed=is_headed, is_placed=is_placed(text))
    if one["nested"]:
        return (_own if one["nested"] == "table" else _quoted)(one.string[one.start() : end], *place)
    if one["box"] == "note":
        return _noted(one["inside"], *place, found)
    if one["end"]:
        lines = _end_lines(one[0])
        _close(found, lines)
        return Entry("end", *place, lines)
    if one["box"] or one["rule"]:
        return Entry("box", *place, one["inside"].count("<p>") + 1 if one["box"] else 1)
    kinds = (kind for kind in ("attachment", "printed", "other") if one[kind])
    return Entry(next(kinds, "edge"), *place)


def _own(html: str, begin: int, end: int) -> Entry:
    depth = rows = 0
    for tag in _ROWS.finditer(html):
        rows += bool(tag[2]) and depth == 1
        depth += 0 if tag[2] else -1 if tag[1] else 1
    again = AGAIN.search(html.partition(">")[0])
    is_named = "<caption" in html or bool(again and again[1])
    lines = ceil((rows * _ROW + (_NAME if is_named else 0) + BETWEEN) / PITCH)
    return Entry("own", begin, end, lines, rows=rows, is_named=is_named)


def _quoted(html: str, begin: int, end: int) -> Entry:
    lines = [int(one[1]) for one in _QUOTED.finditer(html)]
    return Entry("quote", begin, end, sum(lines) if len(lines) + 1 == len(_BLOCK.findall(html)) else None)


def _pictured(html: str, begin: int, end: int, is_headed: bool, found: Sequence[Entry]) -> Entry:
    is_figure = html.startswith("<figure")
    if is_figure and ("<img" not in html or "<table" in html):
        return Entry("other", begin, end)
    picture = Picture.of(html, 0)
    tall = (picture.tall + picture.around * is_figure) * PITCH if picture and picture.count == 1 else None
    several = html.count("<img") > 1
    return Entry("picture", begin, end, tall=tall, above=_text_above(found), is_headed=is_headed, is_several=several)


def _noted(inside: str, begin: int, end: int, found: Sequence[Entry]) -> Entry:
    """A note, which the table or the picture takes along that stands right above it."""
    rows = sum(ceil(len(plain(one)) / NOTE_LINE) for one in inside.split("</p>")[:-1])
    entry, above = Entry("note", begin, end, noted_lines(rows), rows=rows), found[-1] if found else None
    if above and above.form and above.form.fits and above.form.fits.least:
        above.note, entry.is_of_form = entry, True
    elif above and above.kind in {"own", "picture"}:
        above.note, above.is_kept, above.below = entry, True, above.below + noted_lines(rows)
    return entry


def _end_lines(html: str) -> int:
    """How many lines a list of attachments and a signature take, with the empty ones above them."""
    lines = 1
    for box in html.split("</div>"):
        paragraphs = [TAG.sub("", one).strip() for one in box.split("</p>")[:-1]]
        if 'class="attached"' in box:
            room = _LISTED - (0 if len(paragraphs) == 1 else 1.5 if len(paragraphs) < 10 else 2)
            lines += 1 + sum(lines_of(_UNLISTED.sub("", one), 0.0, room) for one in paragraphs)
        else:
            lines += len(paragraphs)
    return lines


def _close(found: Sequence[Entry], lines: int) -> None:
    """Have so many lines of a signature stay with the last paragraph, at least with its last two lines.

    One of a single line takes the end of the one before it along, two lines where the last one is short, or what else stands
    there.
    """
    is_closing = True
    for entry in reversed(found):
        if entry.kind == "text":
            entry.behind, entry.is_closing = lines, is_closing and entry.lines is not None
            entry.is_kept = entry.is_kept or entry.last <= _SHORT
            if not is_closing or entry.lines != 1 or entry.is_item:
                return
            is_closing, lines = False, lines + 1
        elif entry.kind in {"own", "picture"}:
            entry.is_kept, entry.below = True, entry.below + lines
            return
        elif entry.kind != "edge":
            return


def _text_above(found: Sequence[Entry]) -> Entry | None:
    """The paragraph, picture, small table, note or output that stands above what comes next, or above its headings."""
    for entry in reversed(found):
        if entry.kind in {"text", "own", "picture", "printed"} or (entry.kind == "note" and not entry.is_of_form):
            return entry
        if entry.kind != "heading":
            return None
    return None


def _among_text(picture: Entry, below: Sequence[Entry]) -> None:
    """Find the paragraphs of which lines may go up before a picture, and whether another one stands right below it.

    Other pictures may stand among them. None goes up to a heading right above the picture, or from a signature, and none
    that speaks of a picture by its place.
    """
    beside = [entry for entry in below if entry is not picture.note]
    if picture.tall and beside and beside[0].kind == "picture" and beside[0].tall:
        picture.is_followed = beside[0].is_next = True
    notes, risers = {picture.note}, list[Entry]()
    for entry in below if not picture.is_headed else ():
        if entry.kind == "picture":
            notes.add(entry.note)
        elif entry not in notes:
            if entry.kind != "text" or entry.is_item or not entry.lines or entry.behind or entry.is_placed:
                break
            risers.append(entry)
    picture.risers = tuple(risers)
