"""Turn the statutory tables of a page into Typst markup; pandoc, which takes the longest over tables, turns all else.

The tables are those of `nianbao.document.tables`, in clean HTML: their cells hold text and places to break it, and no tags.
"""

from __future__ import annotations

import re
from html import unescape

from nianbao import markdown

# In clean HTML < and > stand around tags only, and " around the values of attributes only (see `Page`).
_TABLE = re.compile(
    r'<div class="scroll (kept|dense)"><table class="statutory"[^>]*><caption>([^<]*)</caption>'
    r'<colgroup>((?:<col style="width: [\d.]+%">)+)</colgroup>'
    r"((?:<(t(?:head|body))>(?:<tr[^>]*>(?:<(t[hd])\b[^>]*>[^<]*(?:<wbr>[^<]*)*</\6>)*</tr>)+</\5>)+)</table></div>"
)
_WIDTH = re.compile(r"width: (\d+)(?:\.(\d*?))?0*%")
_BLOCK = re.compile(r"<(thead|tbody)>(.*?)</\1>", re.S)
_ROW = re.compile(r"<tr[^>]*>(.*?)</tr>", re.S)
_CELL = re.compile(r"<t([hd])\b([^>]*)>(.*?)</t", re.S)
_SPAN = re.compile(r'\b(col|row)span="(\d+)"')
_LEFT = "text-align: left"
# A row or nine of them are never as tall as a page, nor is a short table, unless their texts are as long as these.
_LONG_CELL, _LONG_KEPT = re.compile(r"<td\b[^>]*>[^<]{13}|>[^<]{61}"), 450
_ANY_HEIGHT = {"kept": "together", "dense": "free"}
_MANY_ROWS = 10  # a group of so many rows may break
CHANCE = "\u200b"  # to break a line
# The lengths are those of report.lua: of words without a break, and of words with signs.
_WORD, _LONG_RUN, _HALF = re.compile("[!-~]{7,}"), re.compile("[!-~]{33,}"), re.compile("([!-~]{16})")
_BEHIND_SIGN = re.compile(r"([!-/:-@\[-`{-~])(?!\d|$)")


def taken_out(body: str) -> tuple[str, dict[str, str]]:
    """A page's body with a mark in place of each statutory table, and the tables' markup by the file that the mark names.

    Typst caches what it has typeset by its place in a file, and a change in the text above a table moves the table. In a
    file of its own the table does not move, so cells that are the same as in an earlier report are not typeset again.
    """
    files: dict[str, str] = {}

    def mark(table: re.Match[str]) -> str:
        columns = table[3].count("<col ")
        if any(side == "col" and int(count) > columns for side, count in _SPAN.findall(table[4])):
            return table[0]  # not the kit's: Typst refuses a cell that is wider than its table
        name = f"table{len(files)}.typ"
        files[name] = _markup(table)
        return f'<div data-file="{name}"></div>'  # nobody else's HTML has this attribute, see `clean`

    return _TABLE.sub(mark, body), files


def _markup(table: re.Match[str]) -> str:
    kind, caption, columns, blocks = table.groups()[:4]
    plain = blocks.replace("<wbr>", "")
    if _LONG_CELL.search(plain) or (kind == "kept" and len(markdown.plain_text(caption + plain)) > _LONG_KEPT):
        kind = _ANY_HEIGHT[kind]
    widths = [f"{whole}.{part}%" if part else f"{whole}%" for whole, part in _WIDTH.findall(columns)]
    lines, sides = [], ["auto"] * len(widths)
    for block, rows in _BLOCK.findall(blocks):
        read = [_CELL.findall(row) for row in _ROW.findall(rows)]
        if block == "thead":
            lines += [f"table.header({_cells(cell for row in read for cell in row)}),", "table.hline(),"]
            continue
        heads = next((number for number, row in enumerate(read) if any(side == "d" for side, *_ in row)), len(read))
        if "left" not in sides and not heads:
            sides = _sides(read[0], len(widths))
        lines += [f"{_cells(row)}," for row in read[:heads]]
        lines += ["table.hline(),"] if heads else []
        lines += [f"{_cells(row)}," for row in read[heads:]]
    return (
        f'#import "report.typ": *\n#{kind}[\n#figure(align(center)[#table(\n'
        f"columns: ({', '.join(widths)},),\nalign: ({', '.join(sides)},),\n"
        + "\n".join(lines)
        + f"\n)], caption: [{_text(caption)}], kind: table)\n]\n"
    )


def _sides(row: list[tuple[str, str, str]], columns: int) -> list[str]:
    """The side of each column at which its text stands: that of the first row's cells."""
    found: list[str] = []
    for _, attributes, _ in row:
        spans = dict(_SPAN.findall(attributes))
        found += ["left" if _LEFT in attributes else "auto"] * int(spans.get("col", 1))
    return (found + ["auto"] * columns)[:columns]


def _cells(cells: object) -> str:
    return ", ".join(_cell(attributes, text) for _, attributes, text in cells)  # type: ignore[attr-defined]


def _cell(attributes: str, text: str) -> str:
    spans = dict(_SPAN.findall(attributes))
    settings = ["align: left"] if _LEFT in attributes else []
    settings += ["breakable: true"] if int(spans.get("row", 1)) >= _MANY_ROWS else []
    settings += [f"{side}span: {spans[side]}" for side in ("row", "col") if int(spans.get(side, 1)) > 1]
    lines = text.split("<wbr>")
    shown = "[" + " \\\n".join(map(_text, lines)) + "]" if lines[1:] else _value(text)
    return f"table.cell({', '.join((*settings, shown))})" if settings else shown


def _value(html: str) -> str:
    """A text as a value. Cells with equal strings are typeset once: markup is another at each place."""
    text = " ".join(unescape(html).split())
    parted = _WORD.sub(lambda run: _LONG_RUN.sub(_halved, _BEHIND_SIGN.sub(r"\1" + CHANCE, run[0])), text)
    literal = '"' + re.sub(r'[\\"]', r"\\\g<0>", parted) + '"'
    return f"breakable({literal})" if CHANCE in parted else literal


def _text(html: str) -> str:
    """A text as markup."""
    return f"#{_value(html)};"


def _halved(run: re.Match[str]) -> str:
    return _HALF.sub(r"\1" + CHANCE, run[0])
