"""Tables that cells show as HTML, such as frames, written as Markdown, so that they are read as those of a text are."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from nianbao.shown.htmltree import body_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode


def in_markdown(html: str) -> Iterator[str]:
    """Each table of some HTML as Markdown, its caption above it; none that holds another, or a cell over several places.

    Two rows of heads that fill each other's blanks are one, as of a frame whose index has a name.
    """
    for table in body_of(html).css("table") if "<table" in html else ():
        if table.css_first("table table, [colspan], [rowspan]") or len(table.css("thead")) != 1:
            continue
        heads, rows = [_cells(row) for row in table.css("thead tr")], [_cells(row) for row in table.css("tbody tr")]
        if any(sum(map(bool, column)) > 1 for column in zip_longest(*heads)) or not rows:
            continue
        head = ["".join(filter(None, column)) for column in zip_longest(*heads)]
        lines = [head, ["---"] * len(head), *rows]
        caption = table.css_first("caption")
        above = f"{_text(caption)}\n\n" if caption else ""
        yield above + "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cells(row: LexborNode) -> list[str]:
    return [_text(cell) for cell in row.css("th, td")]


def _text(cell: LexborNode) -> str:
    return " ".join(cell.text().split()).replace("|", "\\|")
