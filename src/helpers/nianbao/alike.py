"""Whether two colours look the same, so that what is written in one on the other is seen by nobody."""

from __future__ import annotations

import re

BLACK, WHITE = "000000", "FFFFFF"
_NEAR = 8  # of 255: what two colours may differ by and look the same
_HEX = re.compile("([0-9A-F]{2})([0-9A-F]{2})([0-9A-F]{2})")


def alike(one: str, other: str) -> bool:
    """Whether two colours look the same; one that is no ``RRGGBB`` is only like itself."""
    if one == other:
        return True
    mine, theirs = _HEX.fullmatch(one), _HEX.fullmatch(other)
    if not mine or not theirs:
        return False
    pairs = zip(mine.groups(), theirs.groups(), strict=True)
    return all(abs(int(first, 16) - int(second, 16)) <= _NEAR for first, second in pairs)
