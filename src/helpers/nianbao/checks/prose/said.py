"""What a text says of its numbers: statements of a value, comparisons, shares, and lists with their parts."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from nianbao.checks.prose.counts import PERCENT

if TYPE_CHECKING:
    from nianbao.checks.prose.counts import Count


class What(Enum):
    """What is said of a quantity."""

    VALUE = "数"
    CHANGE = "变化"
    DIRECTION = "增减"
    LEVEL = "持平"
    NEAR = "基本持平"
    TIMES = "倍数"
    SHARE = "占比"
    DONE = "全部办结"


@dataclass(frozen=True, slots=True)
class Said:
    """One statement.

    Parameters
    ----------
    what : What
    name : str
        The quantity in words; '' for one that has no name here.
    cells : tuple of str
        What it may be, as expressions (see `values`); empty when nothing in the data has it.
    any : bool
        Whether each of the cells may be meant; else the first that the format has.
    sure, likely : bool
        Whether another value is a contradiction; whether it is at least worth a question.
    last, either : bool
        Whether it is last year's value; whether the words leave open which year's.
    count : Count or None
        Its number; ``None`` where words say it: 没有, 持平, 全部办结.
    start, end : int
        The sentence that says it.
    rises : bool
        Of a change, whether the text says that it rises.
    of, before : Said or None
        What a change or share is of; and last year's value that the text itself gives.
    others : tuple of Said
        Of a change, what else of the same sentence it may be of.
    part, whole : Count or None
        Of a share, the numbers of the text that it compares.
    base : str
        Of a share, the cell that its words name as the whole; '' where they leave it open.
    year : int
        Another year than the report's, which the sentence opens with as its own; else 0.
    printed
        Whether the placeholder that has printed it tells what it is of, and not the words around it.
    """

    what: What
    name: str
    cells: tuple[str, ...]
    any: bool
    sure: bool
    last: bool
    count: Count | None
    start: int
    end: int
    row: str = ""
    family: str = ""
    rises: bool = False
    of: Said | None = None
    before: Said | None = None
    others: tuple[Said, ...] = ()
    part: Count | None = None
    whole: Count | None = None
    base: str = ""
    likely: bool = False
    either: bool = False
    year: int = 0
    printed: bool = False

    @property
    def is_fact(self) -> bool:
        """Whether it is a fact of report.yaml, or a part of one."""
        return bool(self.cells) and self.cells[0].startswith("事实/")

    @property
    def may_be_rounded(self) -> bool:
        """Whether a change that no data knows is one that two rounded numbers of the text leave open: 12万次, 上年11万次."""
        this, last = (one.count if one else None for one in (self.of, self.before))
        count = self.count
        if this is None or last is None or count is None or (self.of and self.of.cells) or max(this.step, last.step) <= 1:
            return False
        (little, much), (least, most) = ((one.value - one.step / 2, one.value + one.step / 2) for one in (this, last))
        low, high = little - most, much - least
        if count.unit in {PERCENT, "倍"}:
            low, high = little / most - 1, much / least - 1
        worth = count.value / 100 if count.unit == PERCENT else count.value
        if self.what is What.TIMES:
            return low <= worth - 1 <= high
        return low <= (worth if self.rises else -worth) <= high


@dataclass(slots=True)
class Listed:
    """A number and its parts: 发布信息475条，其中A 300条、B 175条.

    ``closed`` tells that the parts have to be all of it; ``open`` that the text says there are more (等); ``sum_last`` that
    the total stands behind its parts; ``steps`` that its parts end in ；; ``whole_list`` that a colon stands before them, as
    before all that there are.
    """

    total: Count
    whole: Said | None
    start: int
    end: int = 0
    parts: list[tuple[Count, Said | None]] = field(default_factory=list)
    closed: bool = False
    open: bool = False
    sum_last: bool = False
    steps: bool = False
    whole_list: bool = False


@dataclass(slots=True)
class Reading:
    """All that one passage says."""

    said: list[Said] = field(default_factory=list)
    lists: list[Listed] = field(default_factory=list)
