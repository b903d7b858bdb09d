"""Which year the numbers of a sentence are of: this year's, last year's, or, where its words leave that open, either's.

A number is last year's where 上年 is the time of its clause (去年收到100件), stands right before it (上年为100件), or
tells which ones are counted (上年收到的申请100件). A clause that counts so goes on to the next; one that only mentions
last year (延续上年做法, 依据2023年印发的规范) does not. The year ends at ；, where this year begins, and with its brackets;
only a year that opens a sentence as its time (2023年，…) lasts to the sentence's end. Ends of years are years (`moments`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from itertools import islice
from typing import TYPE_CHECKING

from nianbao.checks.prose.counts import PERCENT, TIMES
from nianbao.checks.prose.read.narrowing import FAR
from nianbao.checks.prose.read.phrases import left
from nianbao.checks.prose.vocabulary import CONCLUDES, LAST_YEAR, RECEIVES, THIS_YEAR
from nianbao.checks.prose.words import words
from nianbao.periods import IN_PERIOD

if TYPE_CHECKING:
    from nianbao.checks.prose.counts import Count

# A sentence on the work of the year it opens with, as 2023年，我局…; not so 2023年1月, 2023年以来 or
# 2023年印发的规范施行后.
_OPENS = re.compile(
    r"[\s#>*]*(?:（?[一二三四五六七八九十\d]{1,2}[）、.是]\s?)?(?:\S{2,12}情况[。：]\s?)?(LAST|(?:上一?|去|前一)(?=年度?\s*，)|NEXT|(?:19|20)\d\d)\s?年(?:度|全年)?"
    rf"(?![^，]*的[^，]*(?:已|均|全部|都|后|施行|继续))(?=\s*(?:[，我本全共累收受办因依]|新收|制[定发]|作出|政府|现行|有效|行政|规范性))(?!.*(?:{THIS_YEAR}|[将拟]|计划|预计|力争|争取|目标|以来|[比较]))"
)
OF_LAST_YEAR = re.compile(LAST_YEAR)
OF_THIS_YEAR = re.compile(f"{THIS_YEAR}|全年")
CARRIED_IN = re.compile(
    rf"{LAST_YEAR}(?:的)?\s?(?:结转|转|遗留|留存|接转|未办结|未结|顺延|延续|延至|移交|底|末(?=结转|未))|结转自?\s?[上去L]"
)
_REST = re.compile(rf"\s?年?(?:度|全年|同期|年?[末底]|{IN_PERIOD})*\s*")  # of the words that name a year
_MONTH = r"\d{1,2}\s?月(?:\s?\d{1,2}\s?日|[底末])?"
_TOGETHER = re.compile(rf"{LAST_YEAR}(?:{_MONTH}|年?[初底末])?起?\s?[至到—–~～－-]{{1,2}}\s?{THIS_YEAR}")
_BOTH = re.compile(
    rf"{LAST_YEAR}(?:[、和及与]|以及)\s?{THIS_YEAR}(?!.*(?:分别|各))[^，；。\d]*?(?:两年|[合总累共]计|共)[^\d]*\d+(?!.*\d)"
    r"|^\s*(?:这|前后)?两年(?:[合总累]计|一?共)"
)  # 2023年和2024年两年共收到230件
# A year behind a number that is of it, and what goes on from a year to this one.
_BEHIND = re.compile(rf"\s?（\s*(?:(?P<last>{LAST_YEAR})|(?P<this>{THIS_YEAR})|(?P<other>(?:19|20)\d\d)\s?年度?)\s*）")
_CARRIED_ON = re.compile(rf"结转[至到入]?\s?{THIS_YEAR}")
_BECAME = re.compile(r"[由从][^，；。]*\d[^，；。]{0,8}[到至为]\s?\d")
_SINCE = re.compile("起|以来|以后|之后")
_NONE = re.compile("[未没无]")
_NOW = re.compile(THIS_YEAR)
_OURS = re.compile("[我本]|全[局市县区省厅委镇乡]")
_MOST = 8  # mentions of last year in a clause, more than any has
_LISTS = re.compile("[、和及与]")
# What counts cases, as 印发 and 制定 of documents do not; what has told the numbers of last year: 据上年统计，收到100件.
_COUNTS = re.compile(f"{RECEIVES}|{CONCLUDES}")
_TOLD = re.compile("(?:的)?(?:统计|数据|年?报|报告)(?:显示|表明)?$")


def _year(named: str, own: int) -> int:
    """The year that a sentence opens with, in a report of a year."""
    return int(named) if named.isdecimal() else own + (1 if named == "NEXT" else -1)


def are_together(clause: str, sentence: str) -> bool:
    """Whether a clause opens with both years together (2023年至2024年，共收到230件); not where one became the other."""
    return bool(_BOTH.search(clause) or (_TOGETHER.search(clause) and not _BECAME.search(sentence)))


class Time(Enum):
    """What a mention of last year is for a number behind it."""

    CLAUSE = "the time of its clause"
    OWN = "said of this number alone"
    OPEN = "it may be one of these"
    NOT = "neither"


@dataclass(slots=True)
class Years:
    """Which year the point that has been reached is of."""

    report: int  # the report's year
    subjects: tuple[str, ...]  # what a clause may be about besides topics: the bureau and its facts
    last_year: bool = False  # whether the number reached, or the clause without one, is last year's
    either: bool = False  # whether it may be of either year
    told_this_year: bool = False  # whether this part of the sentence has told a number of this year
    opens: int = 0  # the other year that the sentence opens with as the year of its numbers
    year: int = 0  # the other year of the number reached: that, or the one in brackets behind it
    _frames: bool = False
    _goes: bool = False
    _open: bool = False
    _counts: bool = False
    _bare: bool = False
    _was_told: bool = False
    _is_carried: bool = False
    _text: str = ""
    _mentions: list[re.Match[str]] = field(default_factory=list)
    _outside: list[tuple[bool, ...]] = field(default_factory=list)

    def sentence(self, text: str) -> None:
        """A sentence begins."""
        opens = _OPENS.match(text)
        self.opens = _year(opens[1], self.report) if opens else 0
        self.last_year = self.either = self.told_this_year = self._was_told = False
        self._frames = self._goes = self._open = self._counts = self._bare = False
        self._outside = []

    def part(self) -> None:
        """A part of a sentence begins, behind its ；: 上年收到100件；办结96件 leaves open whose the second number is."""
        self._was_told = self._was_told or self.told_this_year
        self._open = (self._goes or self._counts or self._bare) and not (self._frames or self._was_told)
        self._goes = self._counts = self._bare = self.told_this_year = False

    def bracket(self, between: str) -> None:
        """The marks between two clauses: what a bracket says of its year does not come out of it."""
        if "）" in between and self._outside:
            self._frames, self._goes, self._open, self._counts, self._bare, told = self._outside.pop()
            self.told_this_year = self.told_this_year or told
        if "（" in between:
            state = self._frames, self._goes, self._open, self._counts, self._bare, self.told_this_year
            self._outside.append(state)
            self.told_this_year = False

    def clause(self, text: str, compares: bool) -> None:
        """A clause begins; ``compares`` tells whether last year is but what it compares with."""
        goes = self._frames or self._goes or self._counts
        if goes and self.told_this_year and not self._frames:
            goes, self._open = False, True  # 新收58件，上年收到40件，办结57件: of which year?
        self._open = self._open or (self._bare and not self.told_this_year)
        self._counts = self._bare = False
        if OF_THIS_YEAR.search(_CARRIED_ON.sub("", text)):
            goes = self._open = self._frames = False
        self._goes, self._text = goes, CARRIED_IN.sub(lambda found: " " * len(found.group()), text)
        self._is_carried = self._text != text
        self._mentions = [] if compares else [*islice(OF_LAST_YEAR.finditer(self._text), _MOST)]
        kinds = {self._of(one, len(text)) for one in self._mentions}
        self.last_year, self.either = goes or bool(kinds - {Time.NOT}), self._open
        if self._mentions:
            self._frame(self._mentions[0], text)

    def reach(self, at: int, count: Count, behind: str) -> None:
        """A number of the clause is reached; ``behind`` it, brackets may name its year: 收到100件（2023年）."""
        before = [one for one in self._mentions if one.end() <= at <= one.end() + FAR]
        kinds = {self._of(one, at) for one in before}
        own = bool(kinds & {Time.CLAUSE, Time.OWN})
        self.last_year = self._goes or own
        self.either = not own and (self._open or Time.OPEN in kinds)
        self._counts = Time.CLAUSE in kinds
        is_rate = count.unit in {PERCENT, TIMES}  # 是上年的1.3倍
        self._bare = not is_rate and Time.OWN in kinds and any(self._is_bare(one, at) for one in before)
        self.year = self.opens
        if (named := _BEHIND.match(behind)) and not self._is_carried:
            self.last_year, self.either, self.year = named["last"] is not None, False, int(named["other"] or 0)

    def _frame(self, mention: re.Match[str], text: str) -> None:
        """What a clause is for the next by the year alone that it names: 2023年; 2023年我局深入贯彻条例; 上年未收到申请."""
        before, behind = self._around(mention, len(text))
        if words().opening.fullmatch(before) and (not behind or (_OURS.match(behind) and "的" not in behind)):
            self.last_year = True
            self._frames = not (self.told_this_year or self._was_told)
            self._counts = not self._frames  # 新收130件，上年度（2023年）为100件
        elif _TOLD.match(behind) or (_NONE.search(behind) and self._of(mention, len(text)) is Time.CLAUSE):
            self._open = True

    def _around(self, mention: re.Match[str], at: int) -> tuple[str, str]:
        """The words before a mention, and those between it and a place behind it."""
        rest = _REST.match(self._text, mention.end(), at)
        return self._text[: mention.start()].strip(), self._text[rest.end() if rest else mention.end() : at].strip()

    def _is_bare(self, mention: re.Match[str], at: int) -> bool:
        """Whether nothing that counts stands between a mention and a number: 上年为100件."""
        return words().filler.match(self._around(mention, at)[1]) is not None

    def _of(self, mention: re.Match[str], at: int) -> Time:
        """What a mention of last year is for a number, or the end of the clause, at a place behind it."""
        known, (before, behind) = words(), self._around(mention, at)
        if _NOW.search(behind):
            return Time.NOT  # 由上年的100件增至今年的130件
        if self._is_bare(mention, at):
            return Time.OWN
        head, of, counted = behind.rpartition("的")
        if of and not known.counting.search(counted):
            return Time.OWN  # 对上年收到的100件申请逐一回访
        if known.grounds.search(before):
            return Time.OWN if _COUNTS.match(behind) else Time.NOT  # 由于去年收到申请100件较少
        if head or _SINCE.match(behind) or known.matters.match(behind) or not self._is_subject(before):
            return Time.OPEN
        return Time.CLAUSE

    def _is_subject(self, text: str) -> bool:
        """Whether words are but what a clause is about: 我局, 政府信息公开申请, the name of a fact."""
        known = words()
        return not left(_LISTS.split(text)[-1], known.opening, *known.topics.values(), names=self.subjects).strip()
