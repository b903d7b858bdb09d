"""How tall the statutory tables of a page are where a browser prints it, so that they fill its pages of 22 lines.

A browser breaks the pages itself, and has no table that is as tall as its page has room. They are played through first, and
each table is told how many lines it takes; the text below it stands on the grid then.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product
from math import ceil
from typing import TYPE_CHECKING

from nianbao.render import columns, mathwidths
from nianbao.render.broken import KEPT, lines_of, marked
from nianbao.render.clean import without_screen
from nianbao.render.columns import Own
from nianbao.render.frames import TABLE, with_style
from nianbao.render.measures import PICTURE, Picture, plain
from nianbao.render.pagination import (
    CHARACTERS,
    INDENT,
    NAME,
    NOTE_LINE,
    PAGE,
    PITCH,
    TITLE_LINE,
    Choice,
    Pages,
    Parted,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# In pt: the name with the space below the table, a line of a cell; and the space above and
# below a row's text: at least, at most, and where nothing else would fill the page.
_NAMED, _TEXT = 29.0, 10.35
_LEAST, _MOST, _ROOMY = 1.9, {"kept": 16.0, "dense": 10.8}, {"kept": 30.0, "dense": 14.0}
_LABEL = re.compile('<th [^>]*scope="row"[^>]*?(?: colspan="([23])")?>([^<]*)<')
_LABEL_LINE = {"": 14, "2": 17, "3": 20}  # characters of a label's line, by the columns that it spans
_RULE, _BELOW = 0.75, 12.0  # between two rows, and below a table
_HEAD = 1.5  # above and below the text of a head that stands on two pages
_SHARE = 0.9  # of the space of a row that one of a head has, where its text may take a line more than thought
# Rows of a table with a head before a page ends, so that 三、本年度办理结果 has room there, and of those on the next one.
_FEW, _LAST = 8, 2
# What a table in two parts costs, one more with a head, so that it stays whole before more than seven lines stay empty,
# a line by which one is taller than it should be, and a page filled to its last line.
_PARTED, _TORN, _TALLER, _TIGHT = 24, 40, 9, 6
_TOKEN = re.compile(
    r'<div class="(?P<box>note|signature|editor|below-title|attached)">(?P<inside>.*?)</div>'
    r'|<div class="(?P<begin>attachment)">'
    r"|<blockquote>(?P<quote>(?:\s*<p>[^<]*(?:<(?!/?(?:p|blockquote)\b)[^<]*)*</p>)+)\s*</blockquote>"
    rf'|<div class="scroll">(?P<own>{TABLE.pattern})</div>'
    r'|<div class="scroll (?P<kind>kept|dense)">(?P<statutory><table class="statutory".*?</table>)'
    rf"|(?P<picture>{PICTURE.pattern})"
    r"|<(?P<tag>h[1-6]|p)\b[^>]*>(?P<text>.*?)</(?P=tag)>"
    r"|<li\b[^>]*>(?P<item>[^<]*(?:<(?!/?(?:li|[uo]l|p|div|table|figure|pre|blockquote|details)\b)[^<]*)*)"
    r"|<(?P<list>/?[uo]l)\b"
    r"|<(?P<other>table|figure|img|pre|blockquote|math|hr|details)\b",
    re.S,
)
_ROW, _ALONG = re.compile("<tr\\b.*?</tr>", re.S), re.compile(r'\browspan="(\d+)"')
_BODY, _ROW_BEGIN = re.compile("<tbody[^>]*"), re.compile("<tr(?![a-z])[^>]*")
_SHOWN = re.compile(
    rf'(?P<box><div class="scroll(?: kept| dense)?")>(?P<table>{TABLE.pattern})|(?P<picture>{PICTURE.pattern})',
    re.S,
)
_TITLE_PART = re.compile('<span class="title-part">(.*?)</span>')
_ITEM, _QUOTED = 4, CHARACTERS - 4  # characters before the first one of an item of a list, and of a line of a quotation
_UNCOUNTED = ("<img", "<math")
_DEEPER = 2  # characters by which a list in an item stands further in


_Styles = tuple[str, list[str]]  # of a table's box or a picture, and of each of its parts, as CSS


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a statutory table, part by part: how many, and how many lines of text they hold.

    Those of its ``head`` stand above each of its pages.
    """

    kind: str
    parts: tuple[tuple[int, int], ...]
    head: tuple[int, int] = (0, 0)

    @classmethod
    def of(cls, kind: str, html: str) -> Rows:
        head, end, body = html.partition("</thead>")
        if not end:
            return cls(kind, tuple(map(_counted, html.split("<tbody")[1:])))
        groups = tuple(_counted("".join(rows).replace("<wbr>", "")) for rows in _groups(body))
        return cls(kind, groups, (head.count("<tr"), head.count("<tr") + 1))

    def lines(self, space: float, named: float = _NAMED, start: int = 0, stop: int | None = None) -> int:
        """How many lines of a page some of the parts take, with so much space beside each row's text."""
        rows, texts = self._sums(start, stop)
        return min(PAGE, ceil((named + rows * space + texts * _TEXT) / PITCH))

    def space(self, height: float, start: int, stop: int | None) -> str:
        """The space above and below a row's text of some parts that are so tall with the head, in pt, as CSS."""
        rows, texts = (whole - head for whole, head in zip(self._sums(start, stop), self.head, strict=True))
        height -= self.head[1] * _TEXT + self.head[0] * (2 * _HEAD + _RULE)
        return f"--pad: {((height - texts * _TEXT) / rows - _RULE) / 2:.2f}pt"

    def _headed(self, lines: int) -> str:
        """The space above and below a head's text, as CSS: a browser gives all that a table has to its few other rows."""
        rows, texts = self._sums(0, None)
        space = (lines * PITCH - _NAMED - texts * _TEXT) / rows - _RULE
        return f"; --head: {max(0.0, _SHARE * space / 2):.2f}pt" if self.head[0] > len(self.parts) else ""

    def _sums(self, start: int, stop: int | None) -> tuple[int, int]:
        rows, texts = zip(self.head, *self.parts[start:stop], strict=True)
        return sum(rows), sum(texts)

    def styles(self, choice: Choice | None) -> tuple[str, list[str]]:
        """The style of the table's box, and of each of its parts, or of each row below its head, as CSS."""
        if choice is None:  # nobody knows where it stands
            lines = self.lines(_LEAST) if self.head[0] else (self.lines(_LEAST) + self.lines(_MOST[self.kind])) // 2
            return f"--lines: {lines}; --inside: auto{self._headed(lines)}", self._rows(
                {*self.breaks}, [""] * len(self.parts)
            )
        lines, at, others = choice
        if not at:
            return f"--lines: {lines}; --inside: avoid{self._headed(lines)}", []
        first = self.space(lines * PITCH - NAME, 0, at)
        other = self.space(others * PITCH - _BELOW, at, None)
        pads = [first] * at + [other] * (len(self.parts) - at)
        return f"--lines: 0; --inside: auto; --head: {_HEAD}pt", self._rows({at}, pads) if self.head[0] else pads

    @property
    def breaks(self) -> list[int]:
        """The parts with which a page may begin: some rows of a table with a head stand on either page."""
        least = (_FEW, _LAST) if self.head[0] else (1, 1)
        rows = [one for one, _ in self.parts]
        return [at for at in range(1, len(rows)) if sum(rows[:at]) >= least[0] and sum(rows[at:]) >= least[1]]

    def _rows(self, breaks: set[int], pads: list[str]) -> list[str]:
        """The styles of the rows below the head; none where there is no head."""
        styles = []
        for at, ((rows, _), pad) in enumerate(zip(self.parts, pads, strict=True), 1):
            kept = "--after: avoid"
            styles += [f"{kept}; {pad}" if pad else kept] * (rows - 1) + [pad if at in breaks else f"{kept}; {pad}"]
        return styles if self.head[0] else []


def filled(body: str) -> str:
    """A page's body with the styles of its tables and pictures."""
    told = styles(body)

    def styled(shown: re.Match[str]) -> str:
        what = shown["picture"] or shown["table"]
        style, parts = told[what].pop(0) if told.get(what) else ("", [])
        if shown["picture"]:
            return with_style(what, style)
        rest = iter(parts)
        head, end, below = what.rpartition("</thead>")
        begin = _BODY if not end and 'class="statutory' in what else _ROW_BEGIN
        inside = begin.sub(lambda tag: with_style(tag[0], next(rest, "")), below)
        return with_style(f"{shown['box']}>", style) + head + end + inside

    return marked(mathwidths.fitted(columns.fitted(_SHOWN.sub(styled, body))))


def styles(body: str) -> dict[str, list[_Styles]]:
    """The styles of each table and picture of a page, by its HTML: its own, and those of its parts."""
    pages, found = Pages(_PARTED, _TIGHT, spare=1, near=1), [*_tokens(body)]
    shown: list[tuple[str, Callable[[Choice | None], _Styles] | None]] = []
    for at, (one, depth) in enumerate(found):
        after = found[at + 1][0] if at + 1 < len(found) else None
        note = after if after and after["box"] == "note" else None
        text = one["text"] or one["item"] or one["quote"] or ""
        if what := one["picture"] or one["own"] or one["statutory"]:
            shown.append((what, _placed(pages, one, note)))
        elif one["other"] or any(tag in text for tag in _UNCOUNTED):
            pages.lose()
        elif one["begin"]:
            pages.fresh()
        elif one["quote"]:
            for quoted in text.split("</p>")[:-1]:
                pages.run(lines_of(plain(quoted), room=_QUOTED), kept=KEPT)
        elif one["box"] == "below-title":
            pages.ahead += _box_lines(one)
        elif one["tag"] == "p" or one["item"]:
            signed = after is not None and after["box"] in {"signature", "attached", "editor"}
            ending = sum(map(_box_lines, (box for box, _ in found[at + 1 :] if box["box"]))) if signed else 0
            room, indent = CHARACTERS - _DEEPER * max(0, depth - 1), _ITEM if one["item"] else INDENT
            pages.run(lines_of(plain(text), indent, room), kept=KEPT, ending=ending)
        elif one["tag"]:
            pages.ahead += _heading_lines(one["tag"], text)
    choices = iter(pages.choices())
    made: dict[str, list[_Styles]] = {}
    for what, told in shown:
        made.setdefault(what, []).append(told(next(choices)) if told else ("", []))
    return made


def _tokens(body: str) -> Iterator[tuple[re.Match[str], int]]:
    """What stands on a page, and in how many lists it does."""
    depth = 0
    for one in _TOKEN.finditer(without_screen(body)):
        if one["list"]:
            depth += -1 if one["list"].startswith("/") else 1
        elif one["item"] is None or one["item"].strip():
            yield one, depth


def _placed(pages: Pages, one: re.Match[str], note: re.Match[str] | None) -> Callable[[Choice | None], _Styles] | None:
    """Place a table or a picture with its notes; what its styles are by what is chosen for it."""
    notes = _box_lines(note) if note else 0
    if one["picture"]:
        picture = Picture.of(one["picture"], notes)
        if not picture:
            pages.lose()
            return None
        pages.picture(picture.tall, picture.around + notes)
        return lambda choice: (picture.style(choice[0] if choice else PAGE), [])
    if one["own"]:
        table = Own.of(one["own"])
        notes = _box_lines(note, table.share) if note else 0
        if table.lines + notes > PAGE:
            pages.long(lambda start: table.ends(start, notes))
        else:
            pages.table([(table.lines + notes, 0.0, (table.lines, 0, 0))], table.parted(notes))
        return lambda choice: table.styles(choice, notes)
    rows = Rows.of(one["kind"], one["statutory"].partition("</colgroup>")[2])
    _table(pages, rows, notes)
    return rows.styles


def _groups(body: str) -> Iterator[list[str]]:
    """The rows of a table that has a head, in groups: a page begins with a row that at most one label reaches from above."""
    labels: list[int] = []  # how many rows each still reaches
    group: list[str] = []
    for row in _ROW.findall(body):
        labels = [one - 1 for one in labels if one > 1]
        if group and len(labels) <= 1:
            yield group
            group = []
        group.append(row)
        labels += map(int, _ALONG.findall(row))
    yield group


def _counted(rows: str) -> tuple[int, int]:
    """How many rows some are, and how many lines of text they hold; a label longer than thought makes its row taller."""
    count = rows.count("<tr")
    return count, count + ("<wbr>" in rows) + sum(
        (len(text) - 1) // _LABEL_LINE[across] for across, text in _LABEL.findall(rows)
    )


def _box_lines(box: re.Match[str], share: float = 1.0) -> int:
    """How many lines a box takes, with the empty one beside it; notes stand in a ``share`` of the width of the page."""
    paragraphs = box["inside"].split("</p>")[:-1]
    if box["box"] == "note":
        return ceil(sum(ceil(len(plain(one)) / (share * NOTE_LINE)) for one in paragraphs) / 2)
    return len(paragraphs) + (box["box"] != "editor")


def _heading_lines(tag: str, html: str) -> int:
    """How many lines a heading takes; a title with the empty one below it, that of an attachment with those around it."""
    parts = [plain(one) for one in _TITLE_PART.findall(html)]
    lines = 1 if sum(map(len, parts)) <= TITLE_LINE else len(parts)
    return lines_of(plain(html)) if not parts else lines + (1 if tag == "h1" else 3)


def _table(pages: Pages, rows: Rows, notes: int) -> None:
    """A table with so many lines of notes below it."""
    most = _MOST[rows.kind]
    low, high, roomiest = (rows.lines(one) for one in (_LEAST, most, _ROOMY[rows.kind]))
    middle = (low + high) // 2
    whole = [
        (lines + notes, abs(lines - middle) + _TALLER * max(0, lines - high), (lines, 0, 0))
        for lines in range(low, roomiest + 1)
    ]
    pages.table(whole, _parted(rows, most, notes))


def _parted(rows: Rows, most: float, notes: int) -> Iterator[Parted]:
    """How a table may go over a page between its parts."""
    price = _TORN if rows.head[0] else 0
    for at in rows.breaks:
        least, tallest = (rows.lines(one, NAME, 0, at) for one in (_LEAST, most))
        low, high = (rows.lines(one, _BELOW, at) for one in (_LEAST, most))
        for first, lines in product(range(tallest, least - 1, -1), range(low, min(high, PAGE - notes) + 1)):
            yield first, lines + notes, price + abs(lines - (low + high) // 2), (first, at, lines)
