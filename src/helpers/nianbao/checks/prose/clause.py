"""A clause as its rules read it: its words, its number, and what the passage and the sentence have told up to there."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nianbao.checks.prose.words import CASE, DECISIONS, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nianbao.checks.prose.context import Context
    from nianbao.checks.prose.counts import Count
    from nianbao.checks.prose.lists import Lists
    from nianbao.checks.prose.said import Reading, Said
    from nianbao.checks.prose.words import Meaning

APPLIED = "申请"
_DECISIONS = re.compile("行政(?:许可|处罚|强制)(?:处理)?(?:决定)?(?:数量)?(?:共|为|共计)?$")
_CASES = re.compile("(?:政府)?(?:信息公开)?(?:行政)?(?:复议|诉讼|应诉|起诉)(?!机关|机构|决定|法)")


@dataclass(slots=True)
class Sentence:
    """What a sentence carries from one of its clauses to the next.

    Parameters
    ----------
    context, lists : Context, Lists
        What the passage speaks of; which numbers are parts of which.
    span : tuple of int
        Where the sentence stands.
    prior : Said or None
        What the number before was said of.
    heads : list of Said
        This year's numbers so far, which a change may be of.
    rising, owed : Said or None, Count or None
        Last year's value, and a number of last year, whose value of this year is still to be told.
    attribute : Meaning or None
        A result of cases that stands before several kinds of them.
    consulted : Count or None
        How many applications third parties were asked about.
    among, subject : str
        The row of 表三 among whose applications is counted; what a share was said of.
    left_out, rated : bool
        Whether the number is left out of what is told next (除6件外); whether a share has been told behind it.
    years, names, owners, shared
        The years that have been listed; names and years of the next numbers, and what the next shares are of (分别).
    """

    context: Context
    lists: Lists
    span: tuple[int, int]
    prior: Said | None = None
    heads: list[Said] = field(default_factory=list)
    rising: Said | None = None
    owed: Count | None = None
    attribute: Meaning | None = None
    consulted: Count | None = None
    among: str = ""
    subject: str = ""
    left_out: bool = False
    rated: bool = False
    years: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    owners: list[str] = field(default_factory=list)
    shared: list[tuple[Count, Said | None]] = field(default_factory=list)

    @property
    def reading(self) -> Reading:
        """All that the passage says."""
        return self.lists.reading

    @property
    def told(self) -> list[Said]:
        """What the sentence has said so far."""
        return [one for one in self.reading.said if one.start == self.span[0]]

    def hear(self, said: Iterable[Said]) -> None:
        """Add statements one by one: what tells the next may look for the one before."""
        for one in said:
            self.reading.said.append(one)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause without a number, or the words around a number.

    Parameters
    ----------
    sentence : Sentence
    text, tail : str
        The words; of a number those before it and those behind it.
    away : bool
        Whether it is of another time or matter.
    count : Count or None
        The number.
    first : bool
        Whether no other number stands before it in its clause.
    own, year : str
        Those of the words that stand right before the number; the year that it has of several before it (分别).
    none : tuple of Meaning
        What it says there was none of.
    """

    sentence: Sentence
    text: str
    away: bool
    tail: str = ""
    count: Count | None = None
    first: bool = True
    own: str = ""
    year: str = ""
    none: tuple[Meaning, ...] = ()

    def of(self, text: str, count: Count | None = None) -> Clause:
        """Some of its words by themselves."""
        return Clause(self.sentence, text, self.away, "", count, self.first)

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

    @property
    def behind(self) -> str:
        """What the sentence says behind the number."""
        return self.context.text[self.count.end - self.span[0] :] if self.count else ""

    @property
    def beside(self) -> bool:
        """Whether it is of last year, and the open list is not: 新收130件（上年收到100件）."""
        whole = self.lists.whole
        return self.context.last_year and not (whole and whole.last)

    @property
    def whole(self) -> Said | None:
        """What its number may be a part of."""
        return None if self.beside else self.lists.whole

    @property
    def not_ours(self) -> bool:
        """Whether its numbers are not the bureau's own of the whole year."""
        return self.context.part.apart or self.away or self.context.of_others

    @property
    def not_of_tables(self) -> bool:
        """Whether its numbers are none of the tables': not the bureau's own of the whole year, or of documents."""
        return self.not_ours or self.context.part.documents

    def certain(self, meaning: Meaning) -> bool:
        """Whether another number would contradict the tables."""
        context = self.context
        if self.not_of_tables or not meaning.sure:
            return False
        if meaning.topic == CASE:
            return context.about_cases
        if meaning.needs:
            return context.named and (context.setting.table == DECISIONS or bool(words().made.search(self.text)))
        return context.named or context.section == meaning.topic or (context.goes_on and meaning.only)

    def likely(self, meaning: Meaning) -> bool:
        """Whether another number is worth a question: in a report on disclosure, 申请 and 复议 need no more words."""
        context, lead = self.context, self.text
        if self.not_of_tables or not meaning.perhaps:
            return False
        if meaning.topic in {CASE, APPLIED} and self.count and self.count.unit not in words().case_units:
            return False
        if meaning.topic == CASE:
            result = meaning.family == "案件结果" and meaning.words.search(f"{lead}，{self.tail}")
            closed = meaning.name == "已审结" and context.named and meaning.words.search(lead)
            return bool(result or closed or _CASES.search(lead) or _CASES.match(self.tail)) and not context.authority
        if meaning.topic != APPLIED:
            return context.named and not (meaning.needs and (context.published or not _DECISIONS.search(lead)))
        is_telling = meaning.telling and not (context.elsewhere or context.aside)
        return context.named or context.bare or context.section == APPLIED or is_telling
