"""What is otherwise in versions of one text, for a question: the rest is left out."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

AROUND = 8  # characters shown before and behind what is otherwise
LEFT_OUT = "…"
_OF_NUMBER = re.compile(r"[A-Za-z0-9０-９.,．]")  # of a word in letters or of a number: 1,234.5


def excerpts(texts: Sequence[str]) -> list[str]:
    """Each version of a text from where they begin to differ to where they are the same again; no number is cut."""
    shortest = min(map(len, texts))
    same = len([*takewhile(lambda at: len({one[at] for one in texts}) == 1, range(shortest))])
    behind = len([*takewhile(lambda at: len({one[-1 - at] for one in texts}) == 1, range(shortest - same))])
    first = texts[0]
    begin, end = max(0, same - AROUND), len(first) - max(0, behind - AROUND)
    while begin > 0 and _OF_NUMBER.match(first[begin - 1]):
        begin -= 1
    while end < len(first) and _OF_NUMBER.match(first[end]):
        end += 1
    left, right = LEFT_OUT * (begin > 1), LEFT_OUT * (len(first) - end > 1)
    begin, rest = begin if left else 0, len(first) - end if right else 0
    return [f"{left}{one[begin : len(one) - rest]}{right}" for one in texts]
