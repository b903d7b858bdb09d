"""What no line of a text should part: a number and what it counts, 〔2021〕30号, 第（九）项, 图3."""

from __future__ import annotations

import re

_DIGIT = "[0-9０-９]"
# A longer one is that of a telephone or a code.
_NUMBER = rf"(?<!{_DIGIT}){_DIGIT}{{1,6}}(?:[.,．]{_DIGIT}{{1,6}}){{0,2}}(?!{_DIGIT})"
# Whatever character stands behind a number counts with it, but those that join it to another one: 3至5件. 余 and 万 go with
# the one behind them, as in 1200余万人次, and so does what units of several characters begin with: 平方公里, 小时.
_COUNTED = " ?[余多百千万亿]{0,3}(?:平方|立方)?[公小分]?(?![至到和与及或])[\u4e00-\u9fff]次?"
_ORDINAL = rf"[（(](?:[一二三四五六七八九十]{{1,3}}|{_DIGIT}{{1,2}})[）)]"
_MARK = "(?:strong|b|em|i|u)>"  # around a number that is marked
_MAY_BEGIN = "(?=[第附图表〔［\\[（(【0-9０-９<])"


def _pieces(number: str) -> str:
    """A pattern of the pieces, with that of a number in them."""
    document = rf"[〔［\[（(【]{_DIGIT}{{4}}[〕］\]）)】]第? ?{_DIGIT}{{1,5}} ?号"
    ordinal = rf"第 ?(?:{_ORDINAL} ?[条款项目]|{number}(?:{_COUNTED})?)"
    return f"{document}|{ordinal}|(?:附?[图表]|附件) ?{number}|{number}{_COUNTED}"


PIECE = f"{_MAY_BEGIN}(?:{_pieces(_NUMBER)})"
"""A pattern of the pieces in plain text."""
_IN_HTML = re.compile(
    f"{_MAY_BEGIN}(?:({_pieces(f'(?:<{_MARK}{_NUMBER}</{_MARK}|{_NUMBER})')})|<(code|math)\\b.*?</\\2>|<[^>]*>)", re.S
)
# Texts, and what has no lines to be parted, or too narrow ones.
_TEXT = re.compile(
    '<div class="(?:below-title|signature|attached)">.*?</div>|<table\\b.*?</table>'
    "|(<(?:p|li)\\b[^>]*>[^<]*(?:<(?!/?(?:p|li|div|table|ul|ol)\\b)[^<]*)*)",
    re.S,
)
SPAN = ('<span class="whole">', "</span>")
SIGNS = ("\ufdd0", "\ufdd1")
"""Around a piece: for a browser, which parts none, and for setting.lua, where it has a price. No text holds these signs."""


def marked(body: str, around: tuple[str, str]) -> str:
    """A page's body, which is clean HTML, with marks around each piece in paragraphs and items of lists.

    Cells are too narrow for it.
    """

    def whole(found: re.Match[str]) -> str:
        return found[1].join(around) if found[1] else found[0]

    return _TEXT.sub(lambda text: _IN_HTML.sub(whole, text[1]) if text[1] else text[0], body)
