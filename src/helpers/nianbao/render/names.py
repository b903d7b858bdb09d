"""Names and notes beside the tables and pictures of a notebook, also where they stand in another cell than these."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import escape, unescape
from typing import TYPE_CHECKING

from nianbao.captions import BLOCK, bare, captioned, is_name
from nianbao.findings import Finding
from nianbao.numbered import NUMBER
from nianbao.onpages import NOWHERE, UNORDERED
from nianbao.render.beside import with_alternative
from nianbao.render.page import OWN
from nianbao.sequence import Name, in_html, misplaced, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BOX = re.compile(r'(?:<div\b[^>]*class="(?:plain )?own-\w+"[^>]*>)?<div\b[^>]*class="report"[^>]*>')
_SEEN = re.compile(r"<(?:img|math|hr|table|pre)\b")
_TAG, _STYLE = re.compile("<[^>]*>"), re.compile(r"<style[^>]*>.*?</style>", re.S)
_FIRST = re.compile(r"\A<p>([^\n]*)</p>\s*(?:<p>([^\n]*)</p>)?")
_LAST = re.compile(r"<p>([^\n]*)</p>\s*\Z")
_PARAGRAPHS = re.compile(r"(?:<p>[^\n]*</p>\s*)+")
_SET = "</figure>\n", "</div>\n"  # so ends a name that is set at its picture, and a note
_BETWEEN, _ABOVE = 2, 3  # paragraphs up to the name below a picture; and those above a table: unit, name, unit
# A figure without a title, or with one that its name says again: beside this it is a picture like any other.
_NUMBERED = re.compile(r'<figure class="numbered"><img ([^>]*)><figcaption>([^<]*)</figcaption></figure>\s*')
_PLAIN = re.compile(r'<p><img data-title="([^"]*)" ([^>]*)>\s*</p>\n')
_LATIN = re.compile(r"(<figcaption[^>]*>)(?:figure|fig\.?)(?= ?\d)", re.I)
# A line that may be a name, and what stands beside one: tables, pictures, and whatever else cells show.
_LINE, _KIND = re.compile(r"<p>([^\n]*)</p>"), re.compile(rf"\W*([图表])\s?{NUMBER}")
_AROUND = re.compile(r"</?div\b(?! class=\"(?:unshown|failed))[^>]*>|<style[^>]*>.*?</style>", re.S)
_BEGINS = re.compile(r"<(?:p><img|figure|table|pre|math|div|svg)\b")
_ENDS = re.compile(r'(?:<img [^>]*>\s*</p>|</(?:figure|table|pre|math)>|<div class="(?:unshown|failed)[^<]*)\Z')
_NAMED = re.compile(
    r'(?P<opened><figure\b[^>]*>(?:<figcaption class="above">(?P<above>.*?)</figcaption>)?)'
    r'<img data-title="[^"]*" (?P<about>[^>]*)>(?=\s*(?:<figcaption>(?P<below>.*?)</figcaption>)?)',
    re.S,
)


@dataclass(eq=False)
class _Part:
    """What a cell shows at one place: clean HTML in its boxes; ``is_own`` where it is not the statutory report's."""

    number: int
    before: str
    html: str
    after: str
    is_own: bool

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
    def is_blank(self) -> bool:
        """Whether nothing of it is seen."""
        return not _SEEN.search(self.html) and not _TAG.sub("", _STYLE.sub("", self.html)).strip()

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
    for number, html in shown:
        part = _Part.of(number, html, is_report)
        if part.is_blank:
            made.append(part)
            continue
        if last and part.is_own:
            _exchange(last, part)
        if last and last.is_blank:  # all of it is a name of what stands below
            made.remove(last)
        if part.is_blank:  # or a note of what stands above
            continue
        made.append(part)
        last = part if part.is_own else None
    return ((part.number, part.made()) for part in made)


def _exchange(above: _Part, below: _Part) -> None:
    """Move names and notes over the border between two parts to the table or picture that they stand beside."""
    above.html = _plain(above.html, [one for two in _FIRST.findall(below.html) for one in two])
    below.html = _plain(below.html, _LAST.findall(above.html))
    if count := _up(above.html, below.html):
        above.html, below.html = f"{_ended(above.html)}{_ended(below.html[:count])}", below.html[count:]
    if count := _down(above.html, below.html):
        at = len(above.html) - count
        above.html, below.html = above.html[:at], f"{_ended(above.html[at:])}{below.html}"


def _up(above: str, below: str) -> int:
    """How much of what stands below is the name, or a note, of what ends above."""
    above, end, best, missed = _ended(above), 0, 0, 0
    while missed < _BETWEEN and (block := BLOCK.match(below, end)):
        end = block.end()
        is_set = captioned(f"{above}{_ended(below[:end])}").endswith(_SET)
        best, missed = (end, 0) if is_set else (best, missed + 1)
    return best


def _down(above: str, below: str) -> int:
    """How much at the end of what stands above is the name of the table or picture that begins below."""
    begin, best = len(above), 0
    for _ in range(_ABOVE):
        begin = above.rfind("<p>", 0, begin)
        if begin < 0 or not _PARAGRAPHS.fullmatch(above, begin):
            break
        if captioned(f"{_ended(above[begin:])}{below}").startswith(("<div", "<figure")):
            best = len(above) - begin
    is_taken = best and captioned(_ended(above)).endswith(_SET)  # by what stands above it
    return 0 if is_taken else best


def _ended(html: str) -> str:
    """HTML that ends with its line."""
    return f"{html.rstrip()}\n"


def _plain(html: str, beside: Iterable[str]) -> str:
    """A figure alone as a picture that has no name, where one stands ``beside`` it that says its title, if it has any."""
    figure = _NUMBERED.fullmatch(html)
    if not figure:
        return html
    about, title = figure[1], unescape(figure[2])
    for name in map(bare, beside):
        number = name.removesuffix(title).rstrip(" \u3000:：")
        if is_name(name) and is_name(number) and (not title or number != name):
            return f'<p><img data-title="{escape(title)}" {about}></p>\n'
    return html


def _numbered(figure: re.Match[str]) -> str:
    """A figure that has got no name, as it was."""
    title = escape(unescape(figure[1]), quote=False)
    return f'<figure class="numbered"><img {figure[2]}><figcaption>{title}</figcaption></figure>'


def _told(figure: re.Match[str]) -> str:
    """A figure whose name also tells those of it who do not see it."""
    name = bare(figure["above"] or figure["below"] or "")
    return figure["opened"] + with_alternative(f"<img {figure['about']}>", name)


def unordered(shown: Iterable[tuple[int, str]], is_report: bool) -> Iterator[Finding]:
    """A warning where the numbers of pictures and tables skip or repeat, as the page shows them.

    The text of a statutory report is judged elsewhere: here what its notebook shows beside it.
    """
    names, tables = dict[Name, tuple[int, bool]](), 0
    for number, html in shown:
        tables += html.count('<table class="statutory"')
        for one in in_html(_LATIN.sub(r"\1图", html)):
            is_table = one.kind == "表"
            numbered = replace(one, between=tables if is_table else 0, where=f"第{number}个单元格")
            names[numbered] = number, not is_report or OWN in html
            tables = 0 if is_table else tables
    for kind in dict.fromkeys(one.kind for one in names):
        found = [one for one in names if one.kind == kind]
        first = range(1, 1000) if kind[0] == "附" else range(1, 6 if is_report and kind == "表" else 2)
        wrong = misplaced(found, 0, first)
        if wrong and names[wrong][1]:
            place = f"第{names[wrong][0]}个单元格的{kind[-1]}"
            action = "改正序号，或调整次序；标题和名称里不写序号的图自动编号；正文提到的也改"
            yield Finding(UNORDERED, place, None, said(wrong, found, 0), f"{kind}的序号依次排列，各用一次", action)


def lonely(shown: Iterable[tuple[int, str]], is_report: bool) -> Iterator[Finding]:
    """A warning for each name of a table without a table below it, and of a picture without one above or below.

    Only a line with a number is one, and not where output of any other kind stands there, or another name: a list of names.
    On a report's page, where what cells print is seldom meant so, that is none.
    """
    parts = [(number, html) for number, html in shown if _SEEN.search(html) or _TAG.sub("", _STYLE.sub("", html)).strip()]
    for at, (number, html) in enumerate(parts):
        for line in _LINE.finditer(html) if not is_report or OWN in html else ():
            name = bare(line[1])
            kind = _KIND.match(name)
            if not kind or not is_name(name):
                continue
            is_table = kind[1] == "表"
            below = html[line.end() :] + (parts[at + 1][1] if at + 1 < len(parts) else "")
            above = (parts[at - 1][1] if at else "") + html[: line.start()]
            below, above = _AROUND.sub("", below).lstrip(), _AROUND.sub("", above).rstrip()
            is_shown = _BEGINS.match(below) and not (is_report and below.startswith("<pre"))
            if is_shown or (not is_table and _ENDS.search(above)) or _is_listed(above, below):
                continue
            found = f"“{name}”{'下面没有表格' if is_table else '旁边没有图片'}"
            expected = "表格紧接在名称的下面" if is_table else "图片紧接在名称的上面或下面"
            action = "移到表格或图片旁边，中间不印别的内容；没有的，删去这一行"
            yield Finding(NOWHERE, f"第{number}个单元格", None, found, expected, action)


def _is_listed(above: str, below: str) -> bool:
    """Whether a name stands in a list of names."""
    beside = (*_LAST.findall(above), *(one for one, _ in _FIRST.findall(below)))
    return any(map(is_name, map(bare, beside)))
