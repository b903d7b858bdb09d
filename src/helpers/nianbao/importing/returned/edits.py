"""Changes of narrative.md by its lines; all other lines stay as they are, to the byte."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

STOPS = "。！？；："  # behind which a line ends a paragraph

_ITEM = re.compile(r"\s*([-+*]|\d{1,9}\.)\s")


@dataclass(slots=True)
class Edits:
    """The lines of a text, and what becomes of them.

    Parameters
    ----------
    lines : list of str
    replaced : dict
        The number of a line → what takes its place.
    dropped : set of int
        The lines that go.
    added : dict
        The number of a line, -1 for the beginning → the blocks that follow it.
    rows : dict
        The number of a line of a table → the rows that follow it.
    tight : set of str
        The blocks that stood among other lines.
    loose : set of str
        The items of lists that stood apart by blank lines.
    """

    lines: list[str]
    replaced: dict[int, str] = field(default_factory=dict)
    dropped: set[int] = field(default_factory=set)
    added: dict[int, list[str]] = field(default_factory=dict)
    rows: dict[int, list[str]] = field(default_factory=dict)

    tight: set[str] = field(default_factory=set)
    loose: set[str] = field(default_factory=set)

    def add(self, after: int, block: str) -> None:
        """Put a block behind a line, and behind those that were put there."""
        self.added.setdefault(after, []).append(block)

    def replace(self, lines: Sequence[int], source: str, printed: str) -> None:
        """Put a text in the place of lines, with a blank line behind it where it ends no more as a sentence does.

        ``printed`` is what the last of them prints: the next line would go on from it.
        """
        below = self.lines[lines[-1] + 1 : lines[-1] + 2]
        is_open = printed.rstrip()[-1:] in STOPS and source.rstrip()[-1:] not in STOPS
        self.replaced[lines[0]] = f"{source}\n" if is_open and below and below[0].strip() else source
        self.dropped |= {*lines[1:]}

    def move(self, lines: Sequence[int], after: int) -> None:
        """Put lines behind another line; no blank lines come around them where none stood there."""
        block = "\n".join(self.lines[one] for one in lines)
        beside = [*self.lines[max(lines[0] - 1, 0) : lines[0]], *self.lines[lines[-1] + 1 : lines[-1] + 2]]
        if any(map(str.strip, beside)):
            self.tight.add(block)
        below = next((at for at in range(after + 1, len(self.lines)) if self.lines[at].strip()), after + 1)
        if _ITEM.match(block) and below < len(self.lines) and _ITEM.match(self.lines[below]) and not self._is_item(after):
            after = below - 1  # the first item of a list stands at the list, not at what is above
        self.add(after, block)
        self.dropped |= {*lines}

    def sign_beside(self, line: int) -> str:
        """The sign or number of the item of a list behind which, or before which, a new block would stand; '' for none."""
        below = next((one for one in self.lines[line + 1 :] if one), "")
        last = [*([self.lines[line]] if line >= 0 else []), *self.added.get(line, ())][-1:]
        found = next(filter(None, map(_ITEM.match, [*last, below])), None)
        return found[1] if found else ""

    def text(self) -> str:
        """The text with its changes; blocks stand apart by a blank line, the items of one list do not."""
        made: list[str] = []
        self.loose = self._apart()
        for number in range(-1, len(self.lines)):
            line = self.replaced.get(number, self.lines[number]) if number >= 0 else ""
            if number >= 0 and number not in self.dropped and not (self._is_gap(number) and (not made or not made[-1])):
                made.append(line)
            made += self.rows.get(number, ())
            for block in self.added.get(number, ()):
                made += [] if not made or not made[-1] or self._is_close(made[-1], block) else [""]
                made += block.split("\n")
            following = next((at for at in range(number + 1, len(self.lines)) if at not in self.dropped), None)
            if number in self.added and following is not None and self.lines[following]:
                made += [] if self._is_close(made[-1], self.lines[following]) else [""]
        return "\n".join(made)

    def _is_close(self, above: str, block: str) -> bool:
        """Whether no blank line is put between a line and a block: items of one list, sentences that stood among lines."""
        is_tight = bool(self.tight & {above, block}) and above.rstrip()[-1:] in STOPS
        return is_tight or bool(_ITEM.match(above) and _ITEM.match(block) and not self.loose & {above, block})

    def _is_item(self, line: int) -> bool:
        return line >= 0 and bool(_ITEM.match(self.lines[line]))

    def _apart(self) -> set[str]:
        """The items of lists that stand apart by blank lines."""
        filled = [at for at, line in enumerate(self.lines) if line.strip()]
        beside = [(one, other) for one, other in pairwise(filled) if self._is_item(one) and self._is_item(other)]
        return {self.lines[at] for one, other in beside if other > one + 1 for at in (one, other)}

    def _is_gap(self, number: int) -> bool:
        """Whether a line is a blank one right behind lines that went, or behind them and other blank ones."""
        above = number - 1
        while above >= 0 and not self.lines[above] and above not in self.dropped:
            above -= 1
        return not self.lines[number] and above in self.dropped and above not in self.added
