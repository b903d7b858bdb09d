"""What a text says of its numbers (values, comparisons, shares, lists with their parts), and what comes of a statement."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from nianbao.checks.prose.counts import PERCENT, TIMES

if TYPE_CHECKING:
    from nianbao.checks.prose.counts import Count

FACT = "事实"  # the table of expressions that are of facts: 事实/访问量
_SLASH = "\t"  # in the steps of an expression, for that of a name: 微博/微信粉丝数


def of_fact(name: str, *part: str) -> str:
    """The expression of a fact of report.yaml, or of a part of it."""
    return "/".join((FACT, *(one.replace("/", _SLASH) for one in (name, *part))))


def steps_of_fact(expression: str) -> list[str]:
    """The name of the fact that an expression is of, and that of its part, if it is of one; nothing of a cell."""
    table, *steps = expression.split("/")
    return [one.replace(_SLASH, "/") for one in steps] if table == FACT else []


class What(Enum):
    """What is said of a quantity."""

    VALUE = "数"
    CHANGE = "变化"
    DIRECTION = "增减"
    LEVEL = "持平"
    NEAR = "基本持平"
    TIMES = "倍数"
    BEYOND = "多于上年"
    SHARE = "占比"
    DONE = "全部办结"


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kinds of cases that results may be of which name none, the likeliest first; those of one turn are of the same."""

    names: tuple[str, ...]
    turn: int = 0  # how often the kinds that a passage speaks of had changed


@dataclass(frozen=True, slots=True)
class Said:
    """One statement."""

    what: What
    name: str  # the quantity in words; '' for one that has no name here
    cells: tuple[str, ...]  # what it may be, as expressions (see `values`); empty when nothing in the data has it
    start: int  # the sentence that says it
    end: int
    count: Count | None = None  # its number; None where words say it: 没有, 持平, 全部办结
    any: bool = False  # whether each of the cells may be meant; else the first that the format has
    sure: bool = False  # whether another value is a contradiction
    last: bool = False  # whether it is last year's value
    row: str = ""  # the row of 表三 that it is
    family: str = ""  # what it is one of several parts of
    group: str = ""  # how it names all applications, '' where it is not of all of them
    rises: bool = False  # of a change, whether the text says that it rises
    of: Said | None = None  # what a change or share is of
    before: Said | None = None  # last year's value that the text itself gives
    others: tuple[Said, ...] = ()  # of a change or of last year's value, what else of its sentence it may be of
    parts: tuple[Count, ...] = ()  # of a share, the numbers of the text that it may be of
    whole: Count | None = None  # of a share, the number of the text that is all
    base: str = ""  # of a share, the cell that its words name as the whole; '' where they leave it open
    likely: bool = False  # whether another value is at least worth a question
    near: bool = False  # whether one is that is a slip of the hand away: 网站访问量20.51万次 of 访问量 20.15万次
    some: bool = False  # whether it is of some of what its cell counts, so that but a greater number is wrong
    to_date: bool = False  # whether it may be a sum over years, so that but a smaller number is surely wrong
    new_only: bool = False  # whether it is of the new applications only, so that those carried in may be left out
    narrowed: bool = False  # whether a clause beside says what nobody knows, which may narrow it
    either: bool = False  # whether the words leave open which year's value it is
    year: int = 0  # another year than the report's, which the sentence opens with as its own
    case: str = ""  # the kind of cases of 表四 that it counts; '' of what is no case
    result: str = ""  # how these ended; '' of cases however they ended
    kinds: Kinds | None = None  # of a result of cases whose words leave open of which kind: one for each of the cells
    printed: bool = False  # whether the placeholder that has printed it tells what it is of, and not the words around it

    @property
    def is_fact(self) -> bool:
        """Whether it is a fact of report.yaml, or a part of one."""
        return bool(self.cells) and self.cells[0].startswith(FACT)

    @property
    def is_carried(self) -> bool:
        """Whether it counts the applications that were carried in or out, which stand beside all that are told."""
        return self.name == "上年结转" or self.family == "去向"

    @property
    def is_of_cases(self) -> bool:
        """Whether it counts the cases of a kind, however they ended."""
        return bool(self.case) and not self.result

    @property
    def may_be_rounded(self) -> bool:
        """Whether a change that no data knows is one that two rounded numbers of the text leave open: 12万次, 上年11万次."""
        this, last = (one.count if one else None for one in (self.of, self.before))
        count = self.count
        if this is None or last is None or count is None or (self.of and self.of.cells) or max(this.step, last.step) <= 1:
            return False
        (little, much), (least, most) = ((one.value - one.step / 2, one.value + one.step / 2) for one in (this, last))
        low, high = little - most, much - least
        if count.unit in {PERCENT, TIMES}:
            low, high = little / most - 1, much / least - 1
        worth = count.value / 100 if count.unit == PERCENT else count.value
        if self.what is What.TIMES:
            return low <= worth - 1 <= high
        return low <= (worth if self.rises else -worth) <= high


@dataclass(slots=True)
class Listed:
    """A number and its parts: 发布信息475条，其中A 300条、B 175条."""

    total: Count
    whole: Said | None
    start: int = 0
    end: int = 0
    parts: list[tuple[Count, Said | None]] = field(default_factory=list)
    closed: bool = False  # whether the parts have to be all of it
    open: bool = False  # whether the text says that there are more (等)
    sum_last: bool = False  # whether the total stands behind its parts
    apart: bool = False  # whether the total stands in another sentence
    steps: bool = False  # whether its parts end in ；
    whole_list: bool = False  # whether a colon stands before them, as before all that there are
    rows: tuple[str, ...] = ()  # of several totals, of each of which the parts may be, the rows of 表三

    @property
    def is_told(self) -> bool:
        """Whether several parts have been told that are all of it."""
        return self.sums_up(self.total)

    def sums_up(self, count: Count) -> bool:
        """Whether a number is the sum of the several parts that have been told."""
        return len(self.parts) > 1 and sum(one.value for one, _ in self.parts) == count.value


@dataclass(slots=True)
class Reading:
    """All that one passage says."""

    said: list[Said] = field(default_factory=list)
    lists: list[Listed] = field(default_factory=list)


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


def of_one_kind(said: Said, whole: Said) -> bool:
    """Whether a result may be of a kind of cases that its whole counts; one without cells may be of any."""
    one, other = ({term.rpartition("/")[0] for cell in of.cells for term in cell.split("+")} for of in (said, whole))
    return not one or bool(one & other)
