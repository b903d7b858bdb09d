"""What comes of a statement: whether the data agrees with it, and what the data says instead."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nianbao.checks.prose.said import Said


class Verdict(Enum):
    """What comes of a statement."""

    TRUE = "相符"
    FALSE = "不符"
    DOUBTFUL = "可能不符"
    OPEN = "无从核对"


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement's verdict; of one that is not true, what it says, what it should say, where the truth stands, and why."""

    verdict: Verdict
    origin: str = ""
    shown: str = ""
    expected: str = ""
    why: str = ""


OPEN = Judged(Verdict.OPEN)


def wrong(said: Said) -> Verdict:
    """The verdict of a statement that does not agree."""
    return Verdict.FALSE if said.sure else Verdict.DOUBTFUL
