"""Two texts, word by word: what one lost and the other has; and the paragraphs of one beside those of another."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from nianbao import markdown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Change = tuple[str, str, bool]
"""A stretch of two texts: as it was, as it is, and whether that is the same."""
Pair = tuple[int | None, int | None]
"""A paragraph of one text and that of the other, by their numbers; ``None`` where there is none."""

_WORD = re.compile(r"\d[\d,]*(?:\.\d+)?%?|[A-Za-z]+|.", re.S)
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
MOST = 1_000_000  # pairs of words that are compared one by one
LONELY = 1  # words that agree by chance between two that do not
NEAR, WINDOW = 0.5, 8  # how far two paragraphs agree of which one became the other, and how many are looked at
AROUND = 12  # characters shown of what is the same


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
            best = max(near, key=lambda i: _agreement(before[i], after[j]), default=None)
            if best is None or _agreement(before[best], after[j]) < NEAR:
                yield None, j
                continue
            yield from ((i, None) for i in range(at, best))
            yield best, j
            at = best + 1
        yield from ((i, None) for i in range(at, i2))


def _agreement(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).quick_ratio()


def changes(before: str, after: str) -> list[Change]:
    """The stretches of two texts in their order; a number is one word, as 34 and 37 share nothing."""
    one, other = _WORD.findall(before), _WORD.findall(after)
    if len(one) * len(other) > MOST:
        return [(before, after, before == after)]
    found: list[Change] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        was, now, is_same = "".join(one[i1:i2]), "".join(other[j1:j2]), tag == "equal"
        is_lonely = is_same and found and i2 - i1 <= LONELY and i2 < len(one) and j2 < len(other) and not was.isdigit()
        if found and (is_lonely or (not is_same and not found[-1][2])):
            found[-1] = (found[-1][0] + was, found[-1][1] + now, False)
        else:
            found.append((was, now, is_same))
    return found


def are_numbers_only(before: str, after: str) -> bool:
    """Whether two texts are the same but for numbers."""
    return before != after and _NUMBER.sub("0", before) == _NUMBER.sub("0", after)


def marked(changes: Sequence[Change]) -> str:
    """The changes in one line, ``…收到申请［34→37］件…``, ``［增：…］``, ``［删：…］``, with some words around."""
    shown = []
    for at, (was, now, is_same) in enumerate(changes):
        if is_same:
            shown.append(_cut(now, bool(at), at < len(changes) - 1))
        elif was and now:
            shown.append(f"［{was}→{now}］")
        else:
            shown.append(f"［增：{now}］" if now else f"［删：{was}］")
    return "".join(shown)


def _cut(text: str, has_before: bool, has_behind: bool) -> str:
    """What is the same, cut where it is far from a change."""
    if len(text) <= AROUND * (has_before + has_behind) + 1:
        return text
    return (text[:AROUND] if has_before else "") + "…" + (text[-AROUND:] if has_behind else "")
