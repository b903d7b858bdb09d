"""A clause as its rules read it: its words, its number, and what the passage and the sentence have told up to there."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import TYPE_CHECKING

from nianbao.checks.prose.read.narrowing import FAR
from nianbao.checks.prose.read.phrases import last_place, left
from nianbao.checks.prose.said import What
from nianbao.checks.prose.words import APPLIED, CASE, CASES, CLOSED, DECISIONS, RESULTS, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nianbao.checks.prose.counts import Count
    from nianbao.checks.prose.read.context import Context
    from nianbao.checks.prose.read.lists import Lists
    from nianbao.checks.prose.said import Listed, Said
    from nianbao.checks.prose.words import Meaning

_DECISIONS = re.compile("行政(?:许可|处罚|强制(?:措施)?)(?:处理)?(?:决定)?(?:数量)?(?:共|为|共计)?$")
_SUBJECTS = re.compile("涉及|申请的?(?:内容|事项|信息|类型)")  # 申请内容涉及行政许可40件: no decisions
_RECENT = 8  # statements of a sentence that a change behind them may be of
_OWN = re.compile("[^，；：]*$")
_CASES = re.compile("(?:政府)?(?:信息公开)?(?:行政)?(?:复议|诉讼|应诉|起诉)(?!机关|机构|决定|法)")


@dataclass(frozen=True, slots=True)
class Turn:
    """What the next number is said of, where that stands before several numbers: 分别, 各."""

    lead: str  # the words for it
    year: str = ""  # its own year, where several stand before the numbers
    of: tuple[Count | None, Said | None] | None = None  # of a change, the number that has changed, and what that is of


@dataclass(slots=True)
class Sentence:
    """What a sentence carries from one of its clauses to the next, beside what the passage speaks of and its lists."""

    context: Context
    lists: Lists
    span: tuple[int, int]
    said: list[Said] = field(default_factory=list)
    pending: str = ""  # the words of the clause before, where they may belong to the next
    prior: Said | None = None  # what the number before was said of
    heads: list[Said] = field(default_factory=list)  # this year's numbers, which a change may be of
    rising: Said | None = None  # last year's value, whose value of this year is still to be told
    owed: Count | None = None  # a number of last year that nobody knows yet what it is of
    against: Said | None = None  # what the number before it was last year's of: 申请总量较上年的100件增加30件
    attribute: Meaning | None = None  # a result of cases that stands before several kinds of them
    consulted: Count | None = None  # how many applications third parties were asked about
    among: str = ""  # the row of 表三 among whose applications is counted
    left_out: bool = False  # whether the number before is left out of what is told next: 除6件外
    rated: bool = False  # whether a share or a rate has been told behind the last number
    of_rate: bool = False  # whether it was a rate
    years: list[str] = field(default_factory=list)  # which have been listed
    turns: list[Turn] = field(default_factory=list)  # of the next numbers
    shared: list[tuple[Count, Said | None]] = field(default_factory=list)  # what the next shares are of
    subject: str = ""  # what a share was said of
    over: Count | None = None  # the number that is the whole of the next share: 占全部申请130件的92.3%

    @property
    def values(self) -> list[Said]:
        """The values of this year that it has told."""
        return [one for one in self.said if one.what is What.VALUE and not one.last]

    @property
    def counted(self) -> list[Said]:
        """What a change behind it may be of, of this year: its heads, and what is likely of all applications."""
        recent = (one for one in self.said[-_RECENT:] if one.what is What.VALUE and not one.last)
        return [*self.heads, *(one for one in recent if one.group and not one.sure)]

    @property
    def pasts(self) -> list[Said]:
        """Last year's values right before the point that has been reached, without this year's between."""
        told = (one for one in reversed(self.said[-_RECENT:]) if one.what is What.VALUE and one.count)
        return [*takewhile(lambda one: one.last, told)][::-1] if self.prior and self.prior.last else []

    @property
    def unnumbered(self) -> Said | None:
        """What it has said last, if that was without a number: 未收到申请，上年为3件."""
        last = self.said[-1] if self.said else None
        return last if last and last.what is What.VALUE and last.count is None else None

    @property
    def changed(self) -> Said | None:
        """What it has said last to change: 工作动态较上年增加2条，上年为58条."""
        last = self.said[-1] if self.said else None
        return last.of if last and last.what is not What.SHARE else None

    def since(self, past: Said) -> None:
        """Give the changes that it has told last year's value that it tells behind them: 增长20%（上年11万次）."""
        changes = [one.of is not None and one.of.cells == past.cells and not one.before for one in self.said]
        self.said = [replace(one, before=past) if is_ else one for one, is_ in zip(self.said, changes, strict=True)]

    def clause(self, text: str, none: tuple[Meaning, ...] = ()) -> Clause:
        """A clause at the point that has been reached."""
        years = self.context.years
        return Clause(self, text, self.context.away, years.last_year, years.either, none)

    def number(self, lead: str, tail: str, count: Count, first: bool, own: str, turn: Turn | None) -> Clause:
        """The words around a number that has been reached."""
        years = self.context.years
        return Clause(self, lead, self.context.away, years.last_year, years.either, (), tail, count, first, own, turn)

    def hear(self, said: Iterable[Said]) -> None:
        """Add statements one by one: what tells the next may look for the one before."""
        for one in said:
            self.said.append(one)


@dataclass(slots=True)
class Clause:
    """A clause without a number, or the words around a number; nothing changes it, but to freeze it would take time."""

    sentence: Sentence
    text: str  # of a number the words before it, as far as they tell what it is of
    away: bool  # whether it is of another time or matter
    last_year: bool  # whether it is of last year
    either: bool  # whether it may be of either year
    none: tuple[Meaning, ...] = ()  # what it says there was none of
    tail: str = ""  # the words behind the number
    count: Count | None = None
    first: bool = True  # whether no other number stands before it in its clause
    own: str = ""  # the words right before the number
    turn: Turn | None = None  # which its number has among several, with words of their own before them all
    case: str = ""  # the kind of cases that brackets behind the number, or the clause before its own, name

    def of(self, text: str, count: Count | None = None) -> Clause:
        """Some of its words by themselves."""
        return Clause(self.sentence, text, self.away, self.last_year, self.either, (), "", count, self.first)

    @property
    def year(self) -> str:
        """The year of its number, where that stands before several numbers."""
        return self.turn.year if self.turn else ""

    @property
    def context(self) -> Context:
        """What the passage speaks of here."""
        return self.sentence.context

    @property
    def lists(self) -> Lists:
        """Which numbers are parts of which."""
        return self.sentence.lists

    @property
    def span(self) -> tuple[int, int]:
        """Where its sentence stands."""
        return self.sentence.span

    @property
    def recent(self) -> Said | None:
        """What the last number told is of."""
        return self.sentence.lists.recent

    def goes_on(self, pattern: re.Pattern[str]) -> bool:
        """Whether the sentence goes on so right behind the number."""
        return self.count is not None and pattern.match(self.context.text, self.count.end - self.span[0]) is not None

    def tells_behind(self, pattern: re.Pattern[str]) -> bool:
        """Whether the sentence says something behind the number."""
        return self.count is not None and last_place(pattern, self.context.text) >= self.count.end - self.span[0]

    def tells_before(self, pattern: re.Pattern[str]) -> bool:
        """Whether a clause of the sentence before the number's own, or the sentence before, says something."""
        return last_place(pattern, self.context.before) >= 0 or bool(pattern.search(_OWN.sub("", self.before)))

    @property
    def before(self) -> str:
        """What the sentence says before the number, as far as it matters."""
        at = self.count.start - self.span[0] if self.count else 0
        return self.context.text[max(0, at - FAR) : at]

    @property
    def listed(self) -> Listed | None:
        """The list that its number may be a part of; not so last year's beside it: 新收130件（上年收到100件）."""
        whole = self.lists.whole
        return None if self.last_year and not (whole and whole.last) else self.lists.current

    @property
    def whole(self) -> Said | None:
        """What its number may be a part of."""
        return self.listed.whole if self.listed else None

    @property
    def is_of_applications(self) -> bool:
        """Whether its numbers are surely parts of all applications, as of a sentence before: 其中自然人110件."""
        whole = self.whole
        return whole is not None and whole.sure and bool(whole.group)

    @property
    def not_ours(self) -> bool:
        """Whether its numbers are not the bureau's own of the whole year."""
        return self.context.part.apart or self.away or self.context.of_others

    @property
    def not_of_tables(self) -> bool:
        """Whether its numbers are none of the tables': not the bureau's own of the whole year, or of documents."""
        return self.not_ours or self.context.part.documents

    def ours(self, text: str) -> str:
        """A text without the words for a government's own place: 全市 in the report of a city's government."""
        place = self.context.setting.place
        return text.replace(place, "") if place else text

    def unknown(self, meaning: Meaning) -> str:
        """What its words say besides a meaning, what that is of, and what changes nothing: '' where they say no more."""
        known, topic = words(), meaning.topic
        text = self.text if not self.count or meaning.words.search(self.text) else f"{self.text}{self.tail}"
        made = (meaning.words, known.made) if meaning.needs else ()
        groups = {meaning.group, "总"} if meaning.group == "和" else {meaning.group}
        same = (meaning.words, *(one.words for one in known.meanings[topic] if one.group and one.group in groups))
        topics = [one for name, one in known.topics.items() if name == topic or (topic == CASE and name in CASES)]
        said = (*topics, *same) if topic == CASE else (*same, *topics)  # 未经复议直接起诉 has 起诉 in it
        return left(text, *made, *said, names=self.context.setting.names)

    def certain(self, meaning: Meaning) -> bool:
        """Whether another number would contradict the tables."""
        context = self.context
        if self.not_of_tables or not meaning.sure:
            return False
        if meaning.topic == CASE:
            return context.about_cases
        if meaning.needs:
            return (
                not context.published
                and context.named
                and (context.setting.table == DECISIONS or bool(words().made.search(self.text)))
            )
        is_named = context.named or (meaning.topic == APPLIED and self.is_of_applications)
        if is_named or context.section == meaning.topic or (context.goes_on and meaning.only):
            return True
        is_bare = meaning.topic == APPLIED and bool(meaning.group) and (context.bare or context.goes_on)
        return is_bare and context.of_disclosure

    def likely(self, meaning: Meaning) -> bool:
        """Whether another number is worth a question: in a report on disclosure, 申请 and 复议 need no more words."""
        context, lead = self.context, self.text
        if self.not_of_tables or not meaning.perhaps:
            return False
        if meaning.topic in {CASE, APPLIED} and self.count and self.count.unit not in words().case_units:
            return False
        if meaning.topic == CASE:
            result = meaning.family == RESULTS and meaning.words.search(f"{lead}，{self.tail}")
            closed = meaning.name == CLOSED and context.named and meaning.words.search(lead)
            return bool(result or closed or _CASES.search(lead) or _CASES.match(self.tail)) and not context.authority
        if meaning.topic != APPLIED:
            is_none = context.published or _SUBJECTS.search(self.before) or not _DECISIONS.search(lead)
            return context.named and not (meaning.needs and is_none)
        is_telling = meaning.telling and not (context.elsewhere or context.aside)
        goes_on = context.goes_on and bool(meaning.group)  # 依申请公开工作有序开展。全年收到113件
        is_told = context.named or context.bare or context.section == APPLIED or goes_on
        return is_told or is_telling or self.is_of_applications
