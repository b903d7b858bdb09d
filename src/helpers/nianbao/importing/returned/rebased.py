"""A reviewer's text, with what has changed in the folder since the reviewer's file was made."""

from __future__ import annotations

from difflib import SequenceMatcher

from nianbao.likeness import WORD

PARTED = "\n"
"""Stands between two paragraphs."""


def rebased(base: str, now: str, theirs: str) -> tuple[str, bool]:
    """The reviewer's text with the changes from ``base`` to ``now``.

    Returns
    -------
    str
        The text; where both have changed the same words, these are the reviewer's; what both have put in one place, is kept.
    bool
        Whether both have.
    """
    old, new, text = (WORD.findall(one) for one in (base, now, theirs))
    there = {a + step: b + step
             for a, b, size in SequenceMatcher(None, old, text, autojunk=False).get_matching_blocks()
             for step in range(size)}  # fmt: skip
    both, made = False, list(text)
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
        if is_there and text[begin:end] == new[b:b_end]:
            continue  # both have made the same change
        if is_there and text[begin:end] == old[a:a_end]:
            made[begin:end] = new[b:b_end]
            continue
        both = True
        if is_there and a == a_end:
            made[begin:begin] = new[b:b_end]
    return "".join(made), both
