"""What a program prints on each page of a text: its number, and the title beside it or at its head or foot.

Such lines are known by their words (-4-, 第4页), or where they are the first or the last of each page: a number that grows
by one, or the same title. Where nothing shows the pages, numbers alone in lines have to be 1, 2, 3 … of all the text.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from nianbao.hanzi import simplified
from nianbao.importing.flow import Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.importing.flow import Block

_AROUND = "页眉或页码"
_FOLIO = re.compile(
    r"[—–－-]\s*[0-9０-９]{1,3}\s*[—–－-]|第\s*[0-9０-９]{1,3}\s*页(?:\s*[，,/]?\s*共\s*[0-9]{1,3}\s*页)?"
    r"|(?:P\.?|Page)\s*[0-9]{1,3}(?:\s*(?:of|/)\s*[0-9]{1,3})?(?:\s*[-–—]\s.{0,80})?",
    re.I,
)
_NUMBER = re.compile(r"[·•~]?\s*([0-9]{1,3})(?:\s*/\s*[0-9]{1,3})?\s*[·•~]?")
_TITLE = re.compile("(?:年报|报告)$|^[^，、；：]*(?:局|委|办|厅|会|院|中心|政府)$")
_LONGEST = 50
_MOST_LINES = 2  # at the head and at the foot of a page
_EDGE = 4  # lines at the beginning and at the end of a text, of its title and its signature
_FEWEST_BETWEEN = 10  # lines of a page, where nothing else shows that a number is one's


def is_folio(text: str) -> bool:
    """Whether a line is the number of a page: -4-, 第4页, P. 4."""
    return bool(_FOLIO.fullmatch(simplified(text)))


def may_be_folios(texts: Sequence[str]) -> bool:
    """Whether lines may all be numbers of pages: one alone, or those of pages that follow one another."""
    numbers = [int(found[1]) for text in texts if (found := _NUMBER.fullmatch(text))]
    return 0 < len(numbers) == len(texts) and all(two == one + 1 for one, two in pairwise(numbers))


def is_running_title(text: str) -> bool:
    """Whether a line may be the title of a report at the head of a page, with its number at most."""
    title = _parted(text)[0]
    return len(title) <= _LONGEST and bool(re.search("(?:政府信息公开|20[0-9]{2}年).{0,8}(?:年报|报告)$", title))


def marked(lines: Sequence[Paragraph]) -> list[Paragraph]:
    """The lines of a text with those that stand on each page as what is none of it.

    A line that begins a page has a form feed before it.
    """
    pages: list[list[int]] = []
    for at, line in enumerate(lines):
        if not pages or line.laid.startswith("\f"):
            pages.append([])
        pages[-1].append(at)
    found = set(_of_each_page(pages, lines) if len(pages) > 1 else _of_all(lines))
    return [replace(line, around=_AROUND) if at in found else line for at, line in enumerate(lines)]


def _of_each_page(pages: list[list[int]], lines: Sequence[Paragraph]) -> Iterator[int]:
    """The lines at the heads and feet of all pages, but perhaps the first."""
    for end in (0, -1):
        for _ in range(_MOST_LINES):
            some = [page[end] for page in pages if page]
            found = some if len(some) == len(pages) and _are_alike(some, lines) else some[1:]
            if len(pages) - len(found) > 1 or not _are_alike(found, lines):
                break
            yield from found
            for page in pages:
                if page and page[end] in found:
                    page.pop(end)


def _are_alike(some: Sequence[int], lines: Sequence[Paragraph]) -> bool:
    """Whether lines are numbers that grow by one, or one title, perhaps with such numbers."""
    texts = [lines[at].text for at in some]
    numbers = [_NUMBER.fullmatch(text) for text in texts]
    if all(numbers):
        return len(some) > 1 and _grow([int(one[1]) for one in numbers if one])
    titles = {_parted(text)[0] for text in texts}
    title = titles.pop() if len(titles) == 1 else ""
    return len(some) > 1 and len(title) <= _LONGEST and bool(_TITLE.search(title))


def _grow(numbers: Sequence[int]) -> bool:
    return bool(numbers) and numbers[0] < _MOST_LINES + 1 and all(two == one + 1 for one, two in pairwise(numbers))


def _of_all(lines: Sequence[Paragraph]) -> Iterator[int]:
    """The numbers and the titles of a text that shows no pages."""
    some = [(at, int(one[1])) for at, line in enumerate(lines) if (one := _NUMBER.fullmatch(line.text))]
    are_apart = len(some) > _MOST_LINES and all(two - one > _FEWEST_BETWEEN for (one, _), (two, _) in pairwise(some))
    is_last = len(some) > 1 and some[-1][0] == len(lines) - 1
    if (are_apart or is_last) and _grow([number for _, number in some]):
        yield from (at for at, _ in some)
    titles: dict[str, list[tuple[int, str]]] = {}
    for at, line in enumerate(lines):
        title, number = _parted(line.text)
        if _TITLE.search(title) and len(title) <= _LONGEST:
            titles.setdefault(title, []).append((at, number))
    for title, places in titles.items():
        numbers = [int(number) for _, number in places if number]
        if not numbers or (len(numbers) == len(places) and _grow(numbers)):
            yield from _again(title, [at for at, _ in places], lines)


def _again(title: str, places: Sequence[int], lines: Sequence[Paragraph]) -> Iterator[int]:
    """The lines with a title or the name in it, where it is a report's and stands there too often to be text."""
    if is_running_title(title):
        if re.search("20[0-9]{2}", title):  # the report's own is one of them
            yield from (at for at in places[1:] if len(places) > 2 and at - places[0] > 2 * _FEWEST_BETWEEN)
        elif len(places) > 1:
            yield from places
        return
    first, last = range(_EDGE), range(len(lines) - _EDGE, len(lines))
    inside = [at for at in places if at not in first and at not in last]
    if len(inside) > 1 and any(title in line.text for line in lines[:_EDGE]):
        yield from inside
        yield from (at for at in places if at in first and lines[at + 1].text.startswith(title))


def _parted(text: str) -> tuple[str, str]:
    """A title and the number of a page before or behind it."""
    found = re.fullmatch(r"([0-9]{1,3})\s+(.*)|(.*?)\s+([0-9]{1,3})", text)
    return (found[2] or found[3], found[1] or found[4]) if found else (text, "")


def without(blocks: Sequence[Block]) -> tuple[list[Block], list[Paragraph]]:
    """A flow without what stands on each of its pages, so that what a page cuts stays one; and these lines."""
    folios = [one for one in blocks if isinstance(one, Paragraph) and _is_of_page(one)]
    known = {id(one) for one in folios}
    return [one for one in blocks if id(one) not in known], folios


def _is_of_page(one: Paragraph) -> bool:
    return one.around == _AROUND or (not one.mark and is_folio(one.text))
