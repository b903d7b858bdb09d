"""The paragraphs of a text, and which of another text's paragraphs each of them was, became, or is now."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from nianbao import markdown
from nianbao.likeness import nearest, of_texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Pair = tuple[int | None, int | None]
"""A paragraph of one text and that of the other, by their numbers; ``None`` where there is none."""

NEAR, WINDOW = 0.5, 8  # how far two paragraphs agree of which one became the other, and how many are looked at
MOVED, SHORT = 0.8, 8  # how far two agree of which one is the other elsewhere, and how many characters tell nothing


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text in Markdown, as docs/text.md parts them; a list or a table is one."""
    starts = set(markdown.breaks(text))
    found: list[list[str]] = [[]]
    for number, line in enumerate(text.split("\n")):
        if not line.strip() or number in starts:
            found.append([])
        if line.strip():
            found[-1].append(line.strip())
    return ["\n".join(lines) for lines in found if lines]


def paired(before: Sequence[str], after: Sequence[str]) -> Iterator[Pair]:
    """Each paragraph with the one that it was, or became, in the order of those that are there now."""
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from zip(range(i1, i2), range(j1, j2), strict=True)
            continue
        at = i1
        for j in range(j1, j2):
            near = range(at, min(i2, at + WINDOW))
            best = max(near, key=lambda i: of_texts(before[i], after[j]), default=None)
            if best is None or of_texts(before[best], after[j]) < NEAR:
                yield None, j
                continue
            yield from ((i, None) for i in range(at, best))
            yield best, j
            at = best + 1
        yield from ((i, None) for i in range(at, i2))


def moved(gone: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Of paragraphs that are gone from their places, and of new ones: those that are the same, new one → gone one.

    Those that were changed as well are only looked for among few.
    """
    places: dict[str, list[int]] = {}
    for i in range(len(gone) - 1, -1, -1):
        places.setdefault(gone[i], []).append(i)
    found = {j: places[text].pop() for j, text in enumerate(new) if len(text) > SHORT and places.get(text)}
    taken = {*found.values()}
    old = [i for i, text in enumerate(gone) if i not in taken and len(text) > SHORT]
    left = [j for j in range(len(new)) if j not in found]
    pairs = nearest([gone[i] for i in old], [new[j] for j in left], MOVED, of_texts)
    return found | {left[j]: old[i] for j, i in pairs.items()}
