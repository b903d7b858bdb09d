"""A reviewer's text, with what has changed in the folder since the reviewer's file was made."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from nianbao.likeness import WORD

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PARTED = "\n"
"""Stands between two paragraphs."""
_NEAR = 2  # characters of one Chinese word: two changes with fewer between them may have changed the same one


class Rebased(NamedTuple):
    """What was made of a text that both may have changed.

    Parameters
    ----------
    text : str
        Where both have changed the same words, these are the reviewer's; a clause or a bracket that the folder has put in
        there is kept.
    is_disputed : bool
        Whether both have.
    is_mixed : bool
        Whether anything was kept there.
    """

    text: str
    is_disputed: bool
    is_mixed: bool


def rebased(base: str, now: str, theirs: str) -> Rebased:
    """The reviewer's text with the changes from ``base`` to ``now``."""
    old, new, text = (WORD.findall(one) for one in (base, now, theirs))
    there = {a + step: b + step
             for a, b, size in SequenceMatcher(None, old, text, autojunk=False).get_matching_blocks()
             for step in range(size)}  # fmt: skip
    both, is_mixed, made = False, False, list(text)
    for what, a, a_end, b, b_end in reversed(SequenceMatcher(None, old, new, autojunk=False).get_opcodes()):
        if what == "equal":
            continue
        # The words on both sides have to stand beside these in the reviewer's text as well.
        begin = 0 if a == 0 else there.get(a - 1, -2) + 1
        end = len(text) if a_end == len(old) else there.get(a_end, -1)
        # Where paragraphs were parted or joined, the words on one side are enough.
        if old[a:a_end] == [PARTED] and b == b_end:
            if a not in there:
                continue
            begin, end = there[a], there[a] + 1
        elif new[b:b_end] == [PARTED] and a == a_end:
            begin = begin if begin >= 0 else end
            end = begin + (text[begin : begin + 1] == [PARTED])
        is_there = 0 <= begin <= end
        is_apart = [PARTED] in (old[a:a_end], new[b:b_end]) or _is_apart(old, there, a, a_end, len(text))
        if is_there and text[begin:end] == new[b:b_end]:
            continue  # both have made the same change
        if is_there and is_apart and text[begin:end] == old[a:a_end]:
            made[begin:end] = new[b:b_end]
            continue
        both = True
        if is_there and is_apart and a == a_end and not (new[b].isalpha() and new[b_end - 1].isalpha()):
            made[begin:begin] = new[b:b_end]
            is_mixed = True
    return Rebased("".join(made), both, is_mixed)


def _is_apart(old: Sequence[str], there: Mapping[int, int], begin: int, end: int, length: int) -> bool:
    """Whether the words around a stretch of the old text are those around it in the other text, to the end of a word.

    A sign ends a word, and a number is one. The other text has ``length`` words.
    """
    for step, at, edge in ((-1, begin - 1, 0), (1, end, length - 1)):
        last = None
        for _ in range(_NEAR):
            if not 0 <= at < len(old):
                if last not in (None, edge):
                    return False
                break
            if at not in there or (last is not None and there[at] - last != step):
                return False
            if len(old[at]) > 1 or not old[at].isalpha():
                break
            last, at = there[at], at + step
    return True
