"""Names and notes beside the tables and pictures of a notebook, also where they stand in another cell than these."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from html import escape, unescape
from itertools import takewhile
from typing import TYPE_CHECKING

from nianbao.asides import is_aside
from nianbao.captions import CAPTION, NUMBERED, captioned, paired, plain_picture
from nianbao.names import bare, is_of, merged
from nianbao.notes import BLOCK
from nianbao.render.beside import with_alternative
from nianbao.render.hidden import is_blank
from nianbao.render.page import OWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BOX = re.compile(r'(?:<div\b[^>]*class="(?:plain )?own-\w+"[^>]*>)?<div\b[^>]*class="report"[^>]*>')
_FIRST = re.compile(r"\A<p>([^\n]*)</p>\s*(?:<p>([^\n]*)</p>)?")
_LAST = re.compile(r"<p>([^\n]*)</p>\s*")
_PARAGRAPHS = re.compile(r"(?:<p>[^\n]*</p>\s*)+")
_BORDER = "<hr>"  # over which no name reaches
_SET = "</figure>\n", "</div>\n"  # so ends a name that is set at its picture, and a note
_BETWEEN, _ABOVE = 5, 7  # paragraphs up to the name below a picture; and those above a table: its name, what is said beside
_PLAIN = re.compile(r'<p><img data-title="([^"]*)" ([^>]*)>\s*</p>\n')
_NAMED = re.compile(
    rf'(?P<opened><figure\b[^>]*>(?:<figcaption class="above">(?P<above>{CAPTION})</figcaption>)?)'
    rf'<img data-title="[^"]*" (?P<about>[^>]*)>(?=\s*(?:<figcaption>(?P<below>{CAPTION})</figcaption>)?)'
)
# What no name depends on: the address of a picture, the tags inside a table.
_LONG = re.compile(r"<img\b[^>]*>|(?P<opened><table\b[^>]*>(?:\s*<caption)?)(?P<inside>.*?)</table>", re.S)
_TAG = re.compile("<[^>]*>")
_BORDERS = '<div class="scroll">', "\n<h"  # over these no name and no note reaches
# The beginning of a table or picture that may have a name above it.
_HEAD = re.compile(
    r"(?:<p>(?:(?!</p>)[^\n])*</p>\s*){0,4}?"
    r'(?:<div class="scroll">(?:<style>[^<]*</style>\s*)?<table\b[^>]*>(?:\s*<caption\b[^>]*>'
    rf"{CAPTION}</caption>)?|<p>(?:<img [^>]*>\s*)+</p>)"
)


@dataclass(eq=False)
class _Part:
    """What a cell shows at one place: clean HTML in its boxes; ``is_own`` where it is not the statutory report's."""

    number: int
    before: str
    html: str
    after: str
    is_own: bool
    _foot: str | None = field(default=None, init=False)

    @classmethod
    def of(cls, number: int, html: str, is_report: bool) -> _Part:
        box = _BOX.match(html)
        before = box[0] if box else ""
        after = "</div>" * before.count("<div")
        if not box or not html.endswith(after) or (is_report and OWN not in before):
            return cls(number, "", html, "", is_own=False)
        inside = html[len(before) : len(html) - len(after)]
        return cls(number, before, inside, after, is_own=True)

    @property
    def foot(self) -> str:
        """Its last table or picture with what stands below it, in short; '' where it has none."""
        if self._foot is None:
            end = self.html[max(0, *map(self.html.rfind, _BORDERS)) :]
            self._foot = _ended(_LONG.sub(_short, end)) if "<table" in end or "<img" in end else ""
        return self._foot

    def become(self, html: str) -> None:
        """Show something else."""
        self.html, self._foot = html, None

    def add(self, html: str) -> None:
        """Show more below."""
        foot = f"{self.foot}{_ended(html)}"
        self.html, self._foot = f"{_ended(self.html)}{_ended(html)}", foot

    def made(self) -> str:
        """The HTML in its boxes, in which all names and notes are set."""
        html = captioned(self.html) if self.is_own else self.html
        if "<img data-title=" in html:
            html = _NAMED.sub(_told, _PLAIN.sub(_numbered, html))
        return f"{self.before}{html}{self.after}"


def named(shown: Iterable[tuple[int, str]], is_report: bool) -> Iterator[tuple[int, str]]:
    """What cells show, with their numbers, in order; names and notes stand with the tables and pictures beside them.

    Nothing is printed between these. On the page of a report, what the report itself says stays as it is.
    """
    made: list[_Part] = []
    last = None
    for part in _paired([_Part.of(number, html, is_report) for number, html in shown]):
        if is_blank(part.html):
            made.append(part)
            continue
        if last and part.is_own:
            _exchange(last, part)
            _join(last, part)
        if last and is_blank(last.html):  # all of it is a name of what stands below
            made.remove(last)
        if is_blank(part.html):  # or a note of what stands above
            continue
        made.append(part)
        last = part if part.is_own else None
    return ((part.number, part.made()) for part in made)


def _paired(parts: list[_Part]) -> list[_Part]:
    """Parts in which each of several pictures has its own of as many names beside it; what was nothing but names is gone."""
    left = []
    for part, html in zip(parts, paired([one.html if one.is_own else _BORDER for one in parts]), strict=True):
        if not part.is_own or html == part.html:
            left.append(part)
        elif html.strip():
            part.become(html)
            left.append(part)
    return left


def _join(above: _Part, below: _Part) -> None:
    """Move the lines beside a table's name, all that stands below it, to this: the table stands in the next part."""
    lines = _LAST.findall(below.html) if _PARAGRAPHS.fullmatch(below.html) else []
    if not lines or not all(map(is_aside, lines)):
        return
    foot = _LAST.findall(above.html[max(0, above.html.rfind("</div>")) :])
    name = next((one for one in reversed(foot) if not is_aside(one)), "")
    if above.html.rstrip().endswith("</p>") and is_of("表", name):
        above.add(below.html)
        below.become("")


def _exchange(above: _Part, below: _Part) -> None:
    """Move names and notes over the border between two parts to the table or picture that they stand beside."""
    _make_plain(above, [one for two in _FIRST.findall(below.html) for one in two])
    last = _LAST.fullmatch(above.html, begin) if (begin := above.html.rfind("<p>")) >= 0 else None
    _make_plain(below, last.groups() if last else ())
    if count := _up(above.foot, below.html):
        above.add(below.html[:count])
        below.become(below.html[count:])
    if count := _down(above, below.html):
        at = len(above.html) - count
        below.become(f"{_ended(above.html[at:])}{below.html}")
        above.become(above.html[:at])


def _up(above: str, below: str) -> int:
    """How much of what stands below is the name, or notes, of the table or picture that ends ``above``."""
    if not above:
        return 0
    ends: list[int] = []
    for block in takewhile(lambda one: "<img" not in one[0], _blocks(below)):
        ends.append(block.end())

    def is_set(end: int) -> bool:
        return captioned(f"{above}{_ended(below[:end])}").endswith(_SET)

    first = next((at for at, end in enumerate(ends[:_BETWEEN]) if is_set(end)), None)
    if first is None:
        return 0
    # Notes follow one another: of what stands below the last one, none is.
    return ends[bisect_left(ends, True, first + 1, key=lambda end: not is_set(end)) - 1]


def _blocks(html: str) -> Iterator[re.Match[str]]:
    """The paragraphs and lists with which HTML begins."""
    end = 0
    while block := BLOCK.match(html, end):
        yield block
        end = block.end()


def _down(above: _Part, below: str) -> int:
    """How much at the end of what stands above is the name of the table or picture that begins below."""
    head = _HEAD.match(below)
    if not head:
        return 0
    html, beginning = above.html, _LONG.sub(_short, head[0])
    begin, best = len(html), 0
    for _ in range(_ABOVE):
        begin = html.rfind("<p>", 0, begin)
        if begin < 0 or not _PARAGRAPHS.fullmatch(html, begin) or "<img" in html[begin:]:
            break
        if captioned(f"{_ended(html[begin:])}{beginning}\n").startswith(("<div", "<figure")):
            best = len(html) - begin
    is_taken = best and captioned(above.foot).endswith(_SET)  # by what stands above it
    return 0 if is_taken else best


def _ended(html: str) -> str:
    """HTML that ends with its line."""
    return f"{html.rstrip()}\n"


def _short(long: re.Match[str]) -> str:
    """A picture without its address, or a table of which there are the words only, by whose signs its notes are known."""
    return f"{long['opened']}{_TAG.sub('', long['inside'])}</table>" if long["opened"] else "<img >"


def _make_plain(part: _Part, beside: Iterable[str]) -> None:
    """Make a figure a picture that has no name, where one stands ``beside`` it that says its title, if it has any."""
    figure = NUMBERED.fullmatch(part.html)
    if figure and any(is_of("图", name) and merged(name, figure[2]) for name in beside):
        part.become(plain_picture(figure))


def _numbered(figure: re.Match[str]) -> str:
    """A figure that has got no name, as it was."""
    title = escape(unescape(figure[1]), quote=False)
    return f'<figure class="numbered"><img {figure[2]}><figcaption>{title}</figcaption></figure>'


def _told(figure: re.Match[str]) -> str:
    """A figure whose name also tells those of it who do not see it."""
    name = bare(figure["above"] or figure["below"] or "")
    return figure["opened"] + with_alternative(f"<img {figure['about']}>", name)
