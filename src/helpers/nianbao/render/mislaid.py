"""Names of tables and pictures that are not where they belong: their numbers are out of order, or nothing stands there."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao.captions import bare, is_name
from nianbao.findings import Finding
from nianbao.numbered import NUMBER
from nianbao.onpages import NOWHERE, UNORDERED
from nianbao.render.hidden import is_blank
from nianbao.render.page import OWN
from nianbao.sequence import Name, in_html, misplaced, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LATIN = re.compile(r"(<figcaption[^>]*>)(?:figure|fig\.?)(?= ?\d)", re.I)
_LINE = re.compile(r"<p>([^\n]*)</p>")
_KIND = re.compile(rf"\W*([图表])\s?{NUMBER}")
# What stands around tables, pictures and lines, and is not seen; a box that stands for something is seen.
_STAND_IN = "<svg></svg>"
_BOX = re.compile(r'<div class="(?:unshown|failed)\b[^>]*>.*?</div>', re.S)
_AROUND = re.compile(r"</?div\b[^>]*>|<style[^>]*>.*?</style>", re.S)
_BEGINS = re.compile(r"<(?:p><img|figure|table|pre|math|svg)\b")
_ENDS = "</figure>", "</table>", "</pre>", "</math>", "</svg>"
_PICTURE = re.compile(r"<img [^>]*>\s*</p>\Z")


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
    parts = [(number, html) for number, html in shown if not is_blank(html)]
    texts = [_AROUND.sub("", _BOX.sub(_STAND_IN, html)) for _, html in parts]
    page, end = "\n".join(texts), -1
    for (number, html), text in zip(parts, texts, strict=True):
        begin, end = end + 1, end + 1 + len(text)
        for line in _LINE.finditer(page, begin, end) if not is_report or OWN in html else ():
            name = bare(line[1])
            kind = _KIND.match(name)
            if not kind or not is_name(name) or _is_beside(page, line, kind[1], is_report):
                continue
            is_table = kind[1] == "表"
            found = f"“{name}”{'下面没有表格' if is_table else '旁边没有图片'}"
            expected = "表格紧接在名称的下面" if is_table else "图片紧接在名称的上面或下面"
            action = "移到表格或图片旁边，中间不印别的内容；没有的，删去这一行"
            yield Finding(NOWHERE, f"第{number}个单元格", None, found, expected, action)


def _is_beside(page: str, name: re.Match[str], kind: str, is_report: bool) -> bool:
    """Whether a name of a ``kind``, 图 or 表, stands beside what it may name, or in a list of names."""
    above, below = name.start(), name.end()
    while below < len(page) and page[below].isspace():
        below += 1
    while above and page[above - 1].isspace():
        above -= 1
    if _BEGINS.match(page, below) and not (is_report and page.startswith("<pre", below)):
        return True
    if kind == "图" and page.endswith(_ENDS, 0, above):
        return True
    next_line = _LINE.match(page, below)
    last = max(0, page.rfind("<p>", 0, above)) if page.endswith("</p>", 0, above) else above
    if kind == "图" and _PICTURE.search(page, last, above):
        return True
    last_line = _LINE.fullmatch(page, last, above)
    return any(one is not None and is_name(one[1]) for one in (last_line, next_line))
