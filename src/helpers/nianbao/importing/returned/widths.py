"""Numbers that a reviewer has typed in full width where a placeholder prints the same ones."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao.importing.flow import Grid, Paragraph
from nianbao.importing.returned.placed import placed
from nianbao.importing.returned.tokens import VALUE
from nianbao.likeness import FIGURE, LEAST, of_texts
from nianbao.shown.seen import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from nianbao.importing.flow import Block
    from nianbao.importing.returned.placed import Placed
    from nianbao.importing.returned.printed import Own
    from nianbao.importing.returned.tokens import Token

_NUMBER = re.compile(rf"{FIGURE.pattern}[%％]?")
_WIDE = re.compile("[０-９]")
SAME = "占位符印出的数，只是写成了全角"


def narrowed(blocks: Sequence[Block], own: Own) -> tuple[tuple[Block, ...], list[tuple[str, str, str]]]:
    """The blocks of a file with such numbers as they are printed, and each: its place, what was typed, why it is no change.

    Any other number in full width stays as the reviewer has it.
    """
    if not any(map(_WIDE.search, (text for one in blocks for text in _texts(one)))):
        return tuple(blocks), []
    known = dict(_printed(placed(own)))
    made: list[Block] = []
    said: list[tuple[str, str, str]] = []
    for one in blocks:
        new = {text: _as_printed(text, known) for text in _texts(one) if _WIDE.search(text)}
        said += ((one.place, text, SAME) for text, other in new.items() if other != text)
        if isinstance(one, Grid):
            made.append(replace(one, rows=tuple(tuple(new.get(cell, cell) for cell in row) for row in one.rows)))
        else:
            made.append(replace(one, text=new.get(one.text, one.text)))
    return tuple(made), said


def _printed(own: Placed) -> Iterator[tuple[str, set[str]]]:
    """Each text that the folder prints, with the numbers of its placeholders; of a table each cell, with all of them.

    A number that the text itself has in full width is not among them: which of both the reviewer typed, nobody knows.
    """
    for item, place in zip(own.items, own.places, strict=True):
        tokens = (*place.computed, *(token for line in place.lines for token in line.tokens))
        numbers = {number for value in _values(tokens) for number in _NUMBER.findall(value)}
        if isinstance(item.part, (Paragraph, Grid)):
            yield from ((text, numbers - {*map(_narrow, _wide(text))}) for text in _texts(item.part))


def _wide(text: str) -> Iterator[re.Match[str]]:
    """The numbers of a text that it has in full width."""
    return (found for found in _NUMBER.finditer(text) if _WIDE.search(found.group()))


def _texts(block: Block) -> Iterator[str]:
    """The texts of a block: of a table those of its cells."""
    if isinstance(block, Paragraph):
        yield block.text
    else:
        yield from (cell for row in block.rows for cell in row)


def _values(tokens: Iterable[Token]) -> Iterator[str]:
    for one in tokens:
        if one.kind is VALUE:
            yield one.printed
        yield from _values(one.inside)


def _as_printed(text: str, known: Mapping[str, set[str]]) -> str:
    """A text with the numbers of placeholders as the text that is most like it has them; one that is printed so stays."""
    if any(squeezed(one) == squeezed(text) for one in known):
        return text
    narrow = _NUMBER.sub(_narrow, text)
    alike = {one: (max(of_texts(one, narrow), as_typed := of_texts(one, text)), as_typed) for one in known}
    likest = max(alike, key=lambda one: alike[one], default="")
    numbers = known[likest] if likest and alike[likest][0] >= LEAST else set()
    return _NUMBER.sub(lambda found: made if (made := _narrow(found)) in numbers else found.group(), text)


def _narrow(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", found.group())
