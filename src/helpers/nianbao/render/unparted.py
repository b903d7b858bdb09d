"""What no line of a text should part: a number and its unit, 〔2021〕30号, 第（九）项, 第五十条, 图3; what · or 第 joins.

A part of each is firm: the number with what touches it. The others are held, as long as that costs a line little.
"""

from __future__ import annotations

import re
from functools import lru_cache

from nianbao.characters import BELONGING

_DIGIT = "[0-9０-９]"
# A longer one is that of a telephone or a code.
_NUMBER = rf"(?<!{_DIGIT}){_DIGIT}{{1,6}}(?:[.,．]{_DIGIT}{{1,6}}){{0,2}}(?!{_DIGIT})"
# Whatever character stands behind a number counts with it, but those that join it to another one: 3至5件. 余 and 万 go with
# the one behind them, as in 1200余万人次, and so does what units of several characters begin with: 平方公里, 小时.
_COUNTS = "(?![至到和与及或])[\u4e00-\u9fff]"
_COUNTED = f" ?[余多百千万亿]{{0,3}}(?:平方|立方)?[公小分]?{_COUNTS}次?"
_NAMED = "(?:第|附?[图表]|附件) ?"
_YEAR = rf"[〔［\[（(【]{_DIGIT}{{4}}[〕］\]）)】](?=第? ?{_DIGIT}{{1,5}} ?号)"
_BRACKETED = rf"[（(](?:[一二三四五六七八九十]{{1,3}}|{_DIGIT}{{1,2}})[）)] ?[条款项目]"
_ORDINAL = f"第 ?(?:{_BRACKETED}|[一二三四五六七八九十百]{{1,5}}[条款章节届次])"
_MAY_BEGIN = "(?=[第附图表〔［\\[（(【0-9０-９<])"
_FIRST = "第 ?[（(\u4e00-\u9fff]"  # of 第三方, and of an ordinal: no line ends with 第

_MARKUP = "(?:strong|b|em|i|u)>"  # around a number that is marked
_MARKED = f"(?:<{_MARKUP}{_NUMBER}</{_MARKUP}|{_NUMBER})"
# Behind ; a reference of HTML may end.
_IN_HTML = re.compile(
    f"{_MAY_BEGIN}(?:(?:({_YEAR})?((?:第 ?)?{_MARKED})({_COUNTED})|({_ORDINAL})|({_NAMED}{_MARKED}|{_FIRST}))"
    rf"(?![{BELONGING}])|<(code|math)\b.*?</\6>|<[^>]*>)|([^<>\s;{BELONGING}]·(?![{BELONGING}]))",
    re.S,
)
# Texts, and what has no lines to be parted, or too narrow ones.
_TEXT = re.compile(
    '<div class="(?:below-title|signature|attached)">.*?</div>|<table\\b.*?</table>'
    "|(<(?:p|li)\\b[^>]*>[^<]*(?:<(?!/?(?:p|li|div|table|ul|ol)\\b)[^<]*)*)",
    re.S,
)
# A word longer than six characters, outside of formulas and boxes of code; the signs in it behind which a line may end where
# a letter follows; and of what is longer than 32 without one, the parts behind which it may, as in text.lua.
_LONG = re.compile(r"<(?P<whole>pre|math)\b.*?</(?P=whole)>|<[^>]*>|(?P<word>[!-;=?-~]{7,})", re.S)
_BEHIND = re.compile(r"(?:[/.\-_?=]|&amp;|&(?!\w+;))(?=[A-Za-z])")
_PART = re.compile(r"(?:&#?\w+;|[^<>]){16}(?=[^<>]{17})")
# Headings and names; and code and notes elsewhere.
_HEADED = re.compile(r"<(?P<name>h[2-6]|(?:fig)?caption)\b.*?</(?P=name)>", re.S)
_OTHER = re.compile(
    r'<(?P<box>pre|math)\b.*?</(?P=box)>|<(?P<name>code)\b[^>]*>.*?</code>|(?P<note><div class="note">.*?</div>)', re.S
)
# A cell that holds the number of a document alone.
_CELL = re.compile(rf"(<td\b[^>]*>)([^<>]{{1,10}}{_YEAR}第? ?{_DIGIT}{{1,5}} ?号)(?=</td>)")
_CHANCE = r"\g<0><wbr>"
SPANS = ('<span class="whole">', "</span>"), ('<span class="held">', "</span>")


@lru_cache(maxsize=1)
def pieced(body: str) -> str:
    """A page's body, which is clean HTML, with what no line should part in elements, and chances to break long words.

    So it is in paragraphs and items of lists: cells are too narrow for it. Headings and names have the chances alone. A page
    asks for it in HTML and in PDF.
    """
    body = _HEADED.sub(lambda found: _with_chances(found[0]), body)
    return _TEXT.sub(lambda text: _IN_HTML.sub(_whole, _with_chances(text[1])) if text[1] else text[0], body)


def _whole(found: re.Match[str]) -> str:
    year, number, counted, ordinal, named, _, dotted = found.groups()
    if ordinal:
        first = len("第 （" if ordinal[1] == " " else "第（")
        return f"{ordinal[:first].join(SPANS[0])}{ordinal[first:]}".join(SPANS[1])
    if not number:
        return (named or dotted).join(SPANS[0]) if named or dotted else found[0]
    first = 1 + counted.startswith(" ")
    firm = f"{number}{counted[:first]}".join(SPANS[0])
    return f"{year or ''}{firm}{counted[first:]}".join(SPANS[1]) if year or counted[first:] else firm


def held_in_cells(body: str) -> str:
    """A page's body in which a cell that holds the number of a document alone has it held, as those below and above it."""
    return _CELL.sub(lambda cell: f"{cell[1]}{cell[2].join(SPANS[1])}", body)


def with_chances(body: str) -> str:
    """A page's body as HTML in which notes, and code in cells, have the chances to break of texts.

    The PDF has such chances in all that it sets (text.lua).
    """
    return _OTHER.sub(lambda found: found[0] if found["box"] else _with_chances(found[0]), body)


def _with_chances(text: str) -> str:
    return _LONG.sub(lambda found: _PART.sub(_CHANCE, _BEHIND.sub(_CHANCE, found[0])) if found["word"] else found[0], text)
