"""Where the lines of a signature stand: the date four characters from the right, the name centred over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from selectolax.lexbor import LexborNode

FROM_RIGHT = 4  # characters
_LINE = 28


def is_signature(node: LexborNode) -> bool:
    """Whether an element holds paragraphs and nothing else."""
    return {one.tag for one in node.iter()} == {"p"} and not node.text(deep=False).strip()


def indents(lines: Sequence[str]) -> list[float]:
    """How far each line, of which the last is the date, stands from the right edge, in characters.

    A name so long that it would reach over the edge ends there, and the date is centred under it.
    """
    widths = [min(_LINE, sum(0.5 if one.isascii() else 1 for one in line)) for line in lines]
    middle = max(FROM_RIGHT + widths[-1] / 2, max(widths) / 2)
    return [middle - width / 2 for width in widths]
