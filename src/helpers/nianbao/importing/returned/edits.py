"""Changes of narrative.md by its lines; all other lines stay as they are, to the byte."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_ITEM = re.compile(r"\s*(?:[-+*]|\d{1,9}\.)\s")


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
    """

    lines: list[str]
    replaced: dict[int, str] = field(default_factory=dict)
    dropped: set[int] = field(default_factory=set)
    added: dict[int, list[str]] = field(default_factory=dict)

    def add(self, after: int, block: str) -> None:
        """Put a block behind a line, and behind those that were put there."""
        self.added.setdefault(after, []).append(block)

    def text(self) -> str:
        """The text with its changes; blocks stand apart by a blank line, the items of one list do not."""
        made: list[str] = []
        for number in range(-1, len(self.lines)):
            line = self.replaced.get(number, self.lines[number]) if number >= 0 else ""
            if number >= 0 and number not in self.dropped and not (self._is_gap(number) and (not made or not made[-1])):
                made.append(line)
            for block in self.added.get(number, ()):
                is_listed = bool(made and _ITEM.match(made[-1]) and _ITEM.match(block))
                made += [] if not made or not made[-1] or is_listed else [""]
                made += block.split("\n")
            following = next((at for at in range(number + 1, len(self.lines)) if at not in self.dropped), None)
            if number in self.added and following is not None and self.lines[following]:
                made += [] if _ITEM.match(made[-1]) and _ITEM.match(self.lines[following]) else [""]
        return "\n".join(made)

    def _is_gap(self, number: int) -> bool:
        """Whether a line is a blank one right behind lines that went, or behind them and other blank ones."""
        above = number - 1
        while above >= 0 and not self.lines[above] and above not in self.dropped:
            above -= 1
        return not self.lines[number] and above in self.dropped and above not in self.added
