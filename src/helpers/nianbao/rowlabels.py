"""Tables that somebody wrote in Markdown: which cells are the labels of their rows, and which columns hold prose."""

from __future__ import annotations

import re
from html import unescape

_TABLE = re.compile(r"<table\b[^>]*>(?:(?!</?table\b).)*</table>", re.S)
_HEAD, _BODY = re.compile(r"<thead>\s*<tr>\s*<th\b[^>]*>.*?</th>\s*<th\b", re.S), re.compile("<tbody>.*</tbody>", re.S)
_FIRST = re.compile(r"(<tr>\s*)<td\b([^>]*)>(.*?)</td>(?=\s*<td\b)", re.S)
_ROW, _CELL = re.compile("<tr>.*?</tr>", re.S), re.compile(r"<(t[dh])\b([^>]*)>(.*?)</\1>", re.S)
_TAG = re.compile("<[^>]*>")
_WORD = re.compile(r"[^\W\d_]")
# A number with its unit, an ordinal, a date: 3件, 第一, 2024年1月, （一）.
_COUNTED = re.compile(
    r"[-+−(（]?(?:第|约|近)?[\d〇零一二三四五六七八九十百千万亿.,:/年月日时分号%％～~—至-]+[)）]?(?:[\u4e00-\u9fff]{0,2}|[A-Za-z]{0,3})"
)
_LONGEST = 24  # characters of a label; what is longer is text
_WIDE = 49  # characters of a line as wide as the page
_FEWEST = 2  # rows in which labels differ


def labelled(html: str) -> str:
    """Clean HTML whose tables of Markdown have the labels of rows as headings, where the first column surely holds them.

    Each is a short text, no number, and no other's. The texts of a column that holds
    prose, of more than about two lines, begin at its left where nobody has said where they stand.
    """
    return _TABLE.sub(lambda table: _with_prose(_with_labels(table)), html) if "<tbody>" in html else html


def rows(html: str) -> list[list[str]]:
    """The text of each cell of a table in HTML of Markdown, row by row; none where it holds no table."""
    return [[_said(cell[2]) for cell in _CELL.findall(row)] for row in _ROW.findall(html)]


def _with_prose(table: str) -> str:
    body = _BODY.search(table)
    if not body:
        return table
    rows = [_CELL.findall(row) for row in _ROW.findall(body[0])]
    longest = [max(len(_said(cell[2])) for cell in column) for column in zip(*rows, strict=False)]
    is_prose = [length > max(_LONGEST, 2 * _WIDE / len(longest)) for length in longest]

    def sided(row: re.Match[str]) -> str:
        sides = iter(is_prose)

        def cell(one: re.Match[str]) -> str:
            at_left = ' style="text-align: left"' if next(sides, False) and "text-align" not in one[2] else ""
            return f"<{one[1]}{one[2]}{at_left}>{one[3]}</{one[1]}>"

        return _CELL.sub(cell, row[0])

    return table.replace(body[0], _ROW.sub(sided, body[0])) if any(is_prose) else table


def _with_labels(table: re.Match[str]) -> str:
    head, body = _HEAD.search(table[0]), _BODY.search(table[0])
    if not head or not body:
        return table[0]
    texts = [_said(cell[3]) for cell in _FIRST.finditer(body[0])]
    is_sure = len(texts) >= _FEWEST and len(texts) == body[0].count("<tr>") == len({*texts}) and all(map(_is_label, texts))
    return table[0].replace(body[0], _FIRST.sub(r'\1<th scope="row"\2>\3</th>', body[0])) if is_sure else table[0]


def _said(html: str) -> str:
    return " ".join(unescape(_TAG.sub("", html)).split())


def _is_label(text: str) -> bool:
    return len(text) <= _LONGEST and "。" not in text and bool(_WORD.search(text)) and not _COUNTED.fullmatch(text)
