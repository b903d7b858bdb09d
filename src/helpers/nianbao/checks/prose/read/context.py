"""What a sentence speaks of: its topic, its year, whether it is about this bureau and the whole year.

The topic lasts as long as the sub-section, but another number is only a contradiction where the sentence, the sub-section or
the chapter names the topic.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nianbao import periods
from nianbao.checks.prose.read.cases import Spoken
from nianbao.checks.prose.read.phrases import CARRYING, DENIED, is_foreign, is_of_others, topic_of
from nianbao.checks.prose.read.years import CARRIED_IN, OF_THIS_YEAR, Years, are_together
from nianbao.checks.prose.vocabulary import HANDLES, THIS_YEAR
from nianbao.checks.prose.words import APPLICATIONS, APPLIED, CASE, CHARGES, REVIEWS, words

if TYPE_CHECKING:
    from nianbao.checks.prose.words import Words

OTHER = "别的"
_TOPICS = {APPLICATIONS: APPLIED, REVIEWS: CASE}
_SECTION = re.compile("申请(?!登记|许可|审批|救助|补贴)")
_CASES_ABOUT = re.compile("信息公开|依申请|政务公开|公开申请")
_FIGURE = re.compile(r"\d")
_APPLYING = re.compile("申请|公开")
_EXPLICIT = re.compile("依申请|公开申请|申请公开")
# What is published (在平台公示处罚决定47件), and one more such behind a comma; not so 信息公开工作中，共作出….
_PUBLISHED = re.compile(r"^[^\d]*(?:公示|公开|公布|发布)(?![^\d]*[作做]出(?!的))")
_DECISION = re.compile("(?:行政)?(?:许可|处罚|强制)")
_ABOUT = re.compile(r"\s*(.{2,16}?)(?:方面|工作中?)，")
_ALL_OF_THEM = re.compile("全部|均|都")
_DONE_BY = re.compile(f"已.*(?:{HANDLES})")
# 办结的128件均未引发行政复议 speaks of what was concluded.
_DENIED = re.compile(rf"(\d\s?[件起宗例份][^，\d]{{0,8}}?)(?:{DENIED.pattern}).*")
_WITH_CARRIED = re.compile("（(?:其中)?(?:含|包括|包含)[^（）]{0,4}结转")
# Another body that reviews: 收到行政复议9件，复议机关维持6件.
_AUTHORITY = re.compile("(?<!作为)(?<!本)复议机关(?:作出|依法|决定|均|已|予以)*(?:维持|纠正|撤销|确认|责令|变更|驳回)")
_LATE = re.compile(rf"延期(?:{HANDLES})?了?\s?\d|工作日.*工作日")
_ANSWERS = re.compile("(?:答复|送达|领取)(?:的)?(?:方式|渠道|途径|形式)|送达|领取")
# What tells that a sentence is about disclosure, and what counts or names something else beside it.
_DISCLOSES = re.compile(
    r"依\s?申请公开|(?:政府|政务)?信息公开|政务公开|主动公开(?:的|各类|政府|政务)*(?:信息|(?=\s?\d))|公开政府信息"
)
_TITLE = re.compile("《[^》]*》")
_COUNTS_OTHERS = re.compile(r"\d\s?(?![件起宗例份条篇余多年月日号个])[\u4e00-\u9fff]|\d\s?个(?!工作日)")
# When something was done with them: 于1月底前, 在一季度.
_BY = re.compile(
    rf"[于在]?\s?(?:{THIS_YEAR})?(?:\d{{1,2}}\s?月份?(?:底|初|末|[上中下]旬|\d{{1,2}}\s?日)?|第?[一二三四1-4]季度|上半年)[底初末内]?(?:[之以]?[前内])?"
)
_MORE = re.compile(r"\d\s?[件份]")


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a passage stands: its chapter's table, the report year, the bureau's names, its facts with their parts."""

    table: str  # 表三 in the chapter on applications, wherever a format has it; '' in a chapter without a table
    year: int
    names: tuple[str, ...]
    facts: dict[str, tuple[str, ...]]
    place: str  # how a government speaks of all of its place: 全市; '' for other bureaus
    bound: dict[
        int, tuple[str, bool]
    ]  # where a placeholder printed one value: its expression, and whether it is last year's
    overall: bool = False  # whether it is the chapter on the whole of the year


@dataclass(frozen=True, slots=True)
class Part:
    """What holds for one part of a sentence, up to its ；.

    Parameters
    ----------
    apart, documents, some : bool
        Whether what it says is counted apart; lists documents by how they are made public; names but some parts of its list.
    with_carried, late, answers : bool
        Whether what was carried in is said to be counted too; some answers to have come late; ways to be those of answers.
    """

    apart: bool = False
    documents: bool = False
    some: bool = False
    with_carried: bool = False
    late: bool = False
    answers: bool = False

    @classmethod
    def of(cls, text: str) -> Part:
        """What a part of a sentence says of itself."""
        patterns = words().apart, words().documents, words().not_all, _WITH_CARRIED, _LATE, _ANSWERS
        return cls(*[pattern.search(text) is not None for pattern in patterns])


@dataclass(slots=True)
class Context:
    """What holds at the point of the passage that has been reached."""

    setting: Setting
    years: Years
    words: Words
    section: str  # the topic of the sub-section or chapter; '' where it has none that the tables know
    topic: str  # what is spoken of
    cases: Spoken  # which kinds of cases are
    of_fees: bool = False  # whether the paragraph has named the fees that applicants pay
    of_another: bool = False  # whether the paragraph has come to another matter, with cases taken in, closed, carried over
    text: str = ""  # the sentence
    before: str = ""  # the sentence before it in its paragraph
    named: bool = False  # whether it names the topic
    goes_on: bool = False  # whether it only goes on about the applications that a sentence before it named
    bare: bool = False  # whether it only says 申请
    aside: bool = False  # whether its first words name another field of work
    elsewhere: bool = False  # whether it speaks of something else
    authority: bool = False  # whether it is about cases that the bureau decides itself
    about_cases: bool = False  # whether its cases are those about disclosure
    compared: bool = False  # whether it compares with last year
    part: Part = Part()
    away: bool = False  # whether what the part says is of another time or matter
    of_others: bool = False  # whether it is of other bodies
    opening: bool = False  # whether the clause opens its sentence
    alone: bool = False  # whether nothing stands before the clause in its paragraph, and no heading above it
    published: bool = False  # whether what it counts was published
    _part_of_year: bool = False
    _begun: bool = False
    _told: bool = False
    _headed: bool = False
    _parted: bool = False  # whether a paragraph stands before
    _heard: tuple[str, str] = ("", "")  # the sentence before in its paragraph, and the sentence itself

    @classmethod
    def at_start(cls, setting: Setting) -> Context:
        """What holds before a passage."""
        topic = _TOPICS.get(setting.table, "")
        return cls(setting, Years(setting.year, (*setting.names, *setting.facts)), words(), topic, topic, Spoken())

    def begin_part(self, text: str) -> None:
        """A part of a sentence begins, up to its ；."""
        self.part = Part.of(text)
        self.away = self.of_others = self._part_of_year = False
        self.years.part()

    def heading(self, text: str) -> None:
        """A heading inside the chapter: it begins a sub-section."""
        self.named = self.goes_on = self.of_another = False
        self._headed = True
        if self.setting.table not in _TOPICS:
            self.section = APPLIED if _SECTION.search(text) else ""
            self.topic = self.section

    @property
    def of_disclosure(self) -> bool:
        """Whether 申请 alone is surely said of applications for disclosure: in the chapter on the whole year.

        The sentence, or the one before it, speaks of disclosure, or it is the first one; neither names another matter.
        """
        text = f"{self._heard[0]}{self._heard[1]}"
        said = self.words.rows.sub("", _DISCLOSES.sub("", _TITLE.sub("", text)))
        others = self.words.other, self.words.elsewhere, _COUNTS_OTHERS
        is_first = not (self._heard[0] or self._headed or self._parted)
        is_told = is_first or _DISCLOSES.search(text) is not None
        return self.setting.overall and is_told and not any(one.search(said) for one in others)

    def hear(self, text: str) -> None:
        """A sentence is heard, with a number or without: what it says of fees holds up to the paragraph's end."""
        self._heard = self._heard[1], text
        self.of_fees = self.of_fees or bool(self.words.fees.search(text))

    def paragraph(self) -> None:
        """A paragraph begins: what the one before was about is over."""
        self._parted, self._heard = self._parted or any(self._heard), ("", "")
        self.of_fees = self._told = self.of_another = False
        self.text = ""
        if self.topic == OTHER:
            self.topic = self.section

    def sentence(self, text: str) -> None:
        """A sentence begins."""
        self.goes_on = (self.named or self.goes_on) and self.topic == APPLIED and not self.words.elsewhere.search(text)
        self.before, self.text = self.text, text
        self.years.sentence(text)
        self.named = self.compared = self.away = self.of_others = False
        self.bare = self._begun = False
        self.cases.sentence()
        about = _ABOUT.match(text)
        self.aside = bool(about and not _CASES_ABOUT.search(about[1]))
        self.elsewhere = bool(self.words.elsewhere.search(self.words.rows.sub("", text)))
        self.authority = bool(self.words.authority.search(text)) and not _AUTHORITY.search(text)
        self.topic = self.section or self.topic
        self.about_cases = bool(self.section) or bool(_CASES_ABOUT.search(text))

    def clause(self, text: str, listing: bool) -> None:
        """A clause begins; ``listing`` tells whether it goes on with the parts of a number."""
        self.opening, self._begun = not self._begun, True
        self.alone, self._told = not (self._told or self._headed), True
        self._topic(_DENIED.sub(r"\1", text), listing)
        goes_on = self.published and not self.opening and _DECISION.match(text.strip())
        self.published = bool(_PUBLISHED.search(text) or goes_on)
        carried = CARRIED_IN.search(text)
        is_dated = carried is not None and self._are_all(text, carried.end())
        self.away = self.away or is_foreign(_BY.sub("", text) if is_dated else text) or are_together(text, self.text)
        others = is_of_others(text, self.setting.names, self.setting.place)
        is_ours = self.words.ourselves.match(text) or any(name in text for name in self.setting.names if name)
        self.of_others = others or (self.of_others and not is_ours)
        if OF_THIS_YEAR.search(text):
            self.away = self.away and not self._part_of_year  # 上半年3件、下半年2件，全年合计5件
        self._part_of_year = self._part_of_year or periods.part(text) is not None
        compares = bool(self.words.compare.mark.search(text))
        self.years.clause(text, compares)
        self.compared = self.compared or compares

    def _are_all(self, text: str, at: int) -> bool:
        """Whether all that was carried in was done with by some time, or in it: 上年结转的4件已于一季度全部办结.

        已 alone says so where no other number of them follows.
        """
        if _ALL_OF_THEM.search(text, at):
            return True
        is_one = len(_MORE.findall(self.text, self.text.find(text))) == 1
        return is_one and _DONE_BY.search(text, at) is not None

    def only_carried(self, text: str) -> bool:
        """Whether cases of 表四 are said to be carried in or out, which no cell knows: 行政复议8件，其中上年结转2件."""
        return self.topic == CASE and (self.named or self.section == CASE) and not _APPLYING.search(text)

    def another(self, surely: bool = True) -> None:
        """Another matter is spoken of; unless it is ``surely`` so, 结转 may still be said of applications."""
        self.topic, self.named, self.of_another = OTHER, False, surely

    def topic_in(self, lead: str) -> str:
        """The topic that the words before a number name; what only says 结转 is of the matter that is spoken of."""
        topic = topic_of(lead)
        if self.topic == OTHER and self.words.complaints.search(lead):
            return OTHER
        if topic != CARRYING:
            return topic
        if self.only_carried(lead):
            return CASE
        return self.topic if self.of_another and not _APPLYING.search(lead) else APPLIED

    def _topic(self, text: str, listing: bool) -> None:
        topic = topic_of(text)
        if self.topic != CASE and self.words.complaints.search(text):
            self.another()  # 受理信息公开工作投诉1件，办结1件
            return
        if topic == CARRYING and self.only_carried(text):
            return
        if topic == CARRYING and not _APPLYING.search(text):
            if self.aside and not self.section:
                self.another()  # 项目审批方面，受理12件，结转3件
            elif self.topic == OTHER or self.of_another or self.words.other.search(text):
                self.another(surely=self.of_another)  # 信访事项办结20件，结转3件
            else:
                self.topic, self.bare = APPLIED, True
            return
        topic = APPLIED if topic == CARRYING else topic
        if topic == APPLIED and self.topic == OTHER and listing:
            return  # 公文500件，其中依申请公开150件
        if topic == APPLIED and self.words.other.search(text) and not _EXPLICIT.search(text):
            topic = OTHER
        if topic == CHARGES and self.of_fees and "事业性" not in text:
            topic = OTHER
        person = text if self.topic != CASE else text.replace("申请人", "")  # of a case: 申请人撤回1件
        if not topic and not self.aside and self.words.bare.search(person) and not self.words.other.search(text):
            self.topic, self.bare, self.of_another = APPLIED, True, False
        elif topic:
            self.of_another = topic not in {APPLIED, CASE} and not (topic == OTHER and self.named)
            self.topic, self.named = topic, topic != OTHER
            self.cases.hear(text)
        elif found := (self.words.never if self.section else self.words.other).search(text):
            counts_them = _FIGURE.search(text, found.end()) is not None  # not so 其余3件因征求第三方意见
            self.another(surely=counts_them and not self.named)
