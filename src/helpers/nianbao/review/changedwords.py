"""Two texts, word by word: what one lost and the other has."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import chain
from typing import TYPE_CHECKING

from nianbao.likeness import FIGURE, WORD
from nianbao.review.pairing import NEAR, paired

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Change = tuple[str, str, bool]
"""A stretch of two texts: as it was, as it is, and whether that is the same."""

_SENTENCE = re.compile(r"[^。；！？\n]+[。；！？\n]*|[。；！？\n]+")
MOST = 1_000_000  # pairs of words that are compared one by one
LONELY = 1  # words that agree by chance between two that do not
AROUND = 12  # characters shown of what is the same


def changes(before: str, after: str) -> list[Change]:
    """The stretches of two texts in their order; a number is one word, as 34 and 37 share nothing.

    Of a sentence that is less than half the same, the whole is one stretch, where more than its numbers changed.
    """
    one, other = _SENTENCE.findall(before), _SENTENCE.findall(after)
    pairs = (("" if i is None else one[i], "" if j is None else other[j]) for i, j in paired(one, other))
    return _joined(chain.from_iterable(_in_words(was, now) for was, now in pairs))


def _in_words(before: str, after: str) -> list[Change]:
    one, other = WORD.findall(before), WORD.findall(after)
    if len(one) * len(other) > MOST:
        return [(before, after, before == after)]
    found: list[Change] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        was, now, is_same = "".join(one[i1:i2]), "".join(other[j1:j2]), tag == "equal"
        is_lonely = is_same and found and i2 - i1 <= LONELY and i2 < len(one) and j2 < len(other) and not was.isdigit()
        found.append((was, now, is_same and not is_lonely))
    same = sum(len(now) for _, now, is_same in found if is_same)
    is_shown = same >= NEAR * max(len(before), len(after)) or are_numbers_only(before, after)
    return _joined(found) if is_shown else [(before, after, False)]


def _joined(stretches: Iterable[Change]) -> list[Change]:
    """Stretches of which no two beside each other are alike."""
    found: list[Change] = []
    for was, now, is_same in stretches:
        if found and found[-1][2] == is_same:
            found[-1] = (found[-1][0] + was, found[-1][1] + now, is_same)
        else:
            found.append((was, now, is_same))
    return found


def are_numbers_only(before: str, after: str) -> bool:
    """Whether two texts are the same but for numbers."""
    return before != after and FIGURE.sub("0", before) == FIGURE.sub("0", after)


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
