"""Paragraphs as a reader has them, without the signs of Markdown, and the tables among them, cell by cell."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from html import unescape
from typing import TYPE_CHECKING

from nianbao import markdown
from nianbao.review.difference import What, compared
from nianbao.rowlabels import rows
from nianbao.wording import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.review.difference import Difference

_FIGURE = re.compile(r"([+-]?\d[\d,]*(?:\.\d+)?)(\D*)")


def said(paragraph: str) -> str:
    """The words of a paragraph in Markdown, one line a block or a row of a table; a picture is named by its text."""
    html = markdown.rendered(paragraph)
    found = rows(html)
    lines = ("｜".join(row) for row in found) if found else unescape(markdown.plain_text(html)).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())


def in_cells(place: str, before: str, after: str) -> Iterator[Difference]:
    """What differs in the cells and rows of a table that stands in both paragraphs; nothing where its head differs."""
    old, new = (rows(markdown.rendered(one)) for one in (before, after))
    if not old or not new or old[0] != new[0]:
        return
    past, now = _by_label(_without(old[1:], new[1:])), _by_label(_without(new[1:], old[1:]))
    for key in dict.fromkeys((*now, *past)):
        was, is_ = past.get(key), now.get(key)
        if was is None or is_ is None:
            yield from compared(What.TABLE, f"{place} 表中“{key[0]}”一行", *("｜".join(one or []) for one in (was, is_)))
            continue
        for head, one, other in zip(new[0], was, is_, strict=False):
            if one != other:
                yield from compared(What.CELL, f"{place} 表中 {key[0]} / {head}", one, other, _change(one, other))


def _without(rows: Sequence[Sequence[str]], others: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """The rows that do not stand among others as they are, each of which is that of one row only."""
    left, found = Counter(map(tuple, others)), []
    for row in rows:
        if left[tuple(row)]:
            left[tuple(row)] -= 1
        else:
            found.append(row)
    return found


def _by_label(rows: Sequence[Sequence[str]]) -> dict[tuple[str, int], Sequence[str]]:
    """The rows by the text of their first cells, and which of those with this text each is."""
    found: dict[tuple[str, int], Sequence[str]] = {}
    times: Counter[str] = Counter()
    for row in rows:
        found[row[0], times[row[0]]] = row
        times[row[0]] += 1
    return found


def _change(before: str, after: str) -> str:
    """By how much a number has changed, in its unit; '' where one of both is none, or has another unit."""
    one, other = _FIGURE.fullmatch(before), _FIGURE.fullmatch(after)
    if not one or not other or one[2] != other[2]:
        return ""
    difference = Decimal(other[1].replace(",", "")) - Decimal(one[1].replace(",", ""))
    return f"{'+' if difference > 0 else ''}{number(difference)}{one[2]}" if difference else ""
