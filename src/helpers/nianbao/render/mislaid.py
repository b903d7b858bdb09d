"""Names of tables and pictures that are not where they belong: their numbers are out of order, or nothing stands there."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao.captions import CAPTION
from nianbao.findings import Finding
from nianbao.names import bare, is_name, merged
from nianbao.numbered import NUMBER
from nianbao.onpages import NOWHERE, UNORDERED
from nianbao.render.hidden import is_blank
from nianbao.render.page import OWN
from nianbao.sequence import Name, in_html, misplaced, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_LATIN = re.compile(r"(<figcaption[^>]*>)(?:figure|fig\.?)(?= ?\d)", re.I)
_LINE = re.compile(r"<p>([^\n]*)</p>")
_KIND = re.compile(rf"\W*([图表])\s?{NUMBER}")
# What stands around tables, pictures and lines, and is not seen; a box that stands for something is seen.
_STAND_IN = "<svg></svg>"
_BOX = re.compile(r'<div class="(?:unshown|failed)\b[^>]*>.*?</div>', re.S)
_AROUND = re.compile(r"</?div\b[^>]*>|<style[^>]*>.*?</style>", re.S)
_BEGINS = re.compile(r"<(p><img|figure|table|pre|math|svg)\b")
_ENDS = "</figure>", "</table>", "</pre>", "</math>", "</svg>"
_PICTURE = re.compile(r"<img [^>]*>\s*</p>\Z")
_CAPTION = re.compile(rf"<(?:fig)?caption\b[^>]*>({CAPTION})</(?:fig)?caption>")


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

    What has a name already is none. Only a line with a number is a name, and not where output of any other kind stands
    there, nor in a list of the names that the page's tables and pictures have. On a report's page, where what cells print
    is seldom meant so, that is none.
    """
    parts = [(number, html) for number, html in shown if not is_blank(html)]
    texts = [_AROUND.sub("", _BOX.sub(_STAND_IN, html)) for _, html in parts]
    page, end = "\n".join(texts), -1
    known: dict[str, list[str]] = defaultdict(list)
    for own in _CAPTION.findall(page):
        known[_numbered(own)].append(own)
    for (number, html), text in zip(parts, texts, strict=True):
        begin, end = end + 1, end + 1 + len(text)
        for line in _LINE.finditer(page, begin, end) if not is_report or OWN in html else ():
            kind = _KIND.match(bare(line[1]))
            if not kind or not is_name(line[1]) or _is_listed(page, line, known):
                continue
            beside = [*_beside(page, line, kind[1], is_report)]
            if "" not in beside:
                yield _alone(bare(line[1]), number, kind[1] == "表", bare(beside[0]) if beside else "")


def _alone(name: str, number: int, is_table: bool, own: str) -> Finding:
    """The warning for a name in a cell that names nothing, as nothing stands there, or what has its ``own`` name."""
    what, where = ("表格", "下面") if is_table else ("图片", "旁边")
    if own:
        found, expected = f"“{name}”{where}的{what}已有名称“{own}”", f"一个{what}一个名称"
        action = f"只留一个名称；是另一个{what}的，移到那个{what}旁边"
    else:
        found = f"“{name}”{where}没有{what}"
        expected = "表格紧接在名称的下面" if is_table else "图片紧接在名称的上面或下面"
        action = "移到表格或图片旁边，中间不印别的内容；没有的，删去这一行"
    return Finding(NOWHERE, f"第{number}个单元格", None, found, expected, action)


def _numbered(name: str) -> str:
    """The number of a name, with its kind; '' where it has none."""
    return next((str(one) for one in in_html(f"<caption>{name}</caption>")), "")


def _is_listed(page: str, line: re.Match[str], known: Mapping[str, list[str]]) -> bool:
    """Whether a name stands below or above another one, and is one that the page has."""
    above, below = _around(page, line)
    last = page.rfind("<p>", 0, above) if page.endswith("</p>", 0, above) else -1
    beside = (_LINE.match(page, below), _LINE.fullmatch(page, last, above) if last >= 0 else None)
    is_list = any(one is not None and is_name(one[1]) for one in beside)
    return is_list and any(merged(line[1], own) for own in known.get(_numbered(line[1]), ()))


def _around(page: str, line: re.Match[str]) -> tuple[int, int]:
    """Where what stands above a line ends, and what stands below it begins."""
    above, below = line.span()
    while below < len(page) and page[below].isspace():
        below += 1
    while above and page[above - 1].isspace():
        above -= 1
    return above, below


def _beside(page: str, line: re.Match[str], kind: str, is_report: bool) -> Iterator[str]:
    """The names of what a name of a ``kind``, 图 or 表, stands beside and may be of; '' where that has none."""
    above, below = _around(page, line)
    if (found := _BEGINS.match(page, below)) and not (is_report and page.startswith("<pre", below)):
        yield from _own(page[below : page.find(f"</{found[1]}>", below)], found[1], kind)
    if kind == "表":
        return
    if page.endswith(_ENDS, 0, above):
        tag = page[page.rfind("</", 0, above) + 2 : above - 1]
        begin = max(page.rfind(f"<{tag}", 0, above), 0)
        yield from _own(page[begin:above], tag, kind)
    elif _PICTURE.search(page, max(0, page.rfind("<p>", 0, above)) if page.endswith("</p>", 0, above) else above, above):
        yield ""


def _own(html: str, tag: str, kind: str) -> Iterator[str]:
    """The name of a table or picture with a tag, '' where it has none; nothing if it is one of another kind."""
    own = _CAPTION.search(html) if tag in {"figure", "table"} else None
    if own is None or not own[1].strip():
        yield ""
    elif (tag == "table") == (kind == "表"):
        yield own[1]
