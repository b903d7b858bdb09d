"""What changes, shares and rates are said of."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from nianbao.checks.prose.counts import PERCENT, POINTS, TIMES, Count
from nianbao.checks.prose.every import Every
from nianbao.checks.prose.phrases import is_foreign
from nianbao.checks.prose.quantities import APPLIED
from nianbao.checks.prose.said import Said, What
from nianbao.checks.prose.words import CASE, DONE, NEW, OPENED
from nianbao.reading import spoken

if TYPE_CHECKING:
    from nianbao.checks.prose.context import Context

_RATE = re.compile("率(?:均|达到?|为|是|保持)*$")
# 增长率为30%: a change, and no rate or share.
_PACE = re.compile("(?:[增降减涨升][长低少]?|上升|下降)(?:比例|率|速度?|幅)")
_OF_LAST = re.compile("(?:相当于|[为是达至到于])[^，]{0,3}(?:上年|去年|LAST).{0,6}$")
# 不及上年的一半 tells no change by a half.
_BESIDE_LAST = re.compile("(?:[多少高低]于|不及|超过)[^，]{0,3}(?:上年|去年|LAST)[^，]*$")
_WITH = re.compile("[与和同较比跟]")
_FIRST = re.compile("(?:最|较|为)[高大多]|居首")  # 予以公开占比最高，达45.8%
_MEASURE = re.compile("时[限长间]|天数|工作日|周期|质量|效率|成本|水平|排名|得分")  # what is no count of ours
_SOURCE = re.compile("来自|来源|源于|集中|主要|其中|得益")  # 增量主要来自城东片区，增加6件
# Another year than the last that something is compared with.
_LONG_AGO = re.compile(r"(?:19|20)\d\d\s?年|年前|前年|年[间来内]|[近过]\S{1,2}年|疫情|以来|近年")
_FOR_YEARS = re.compile("连续|逐年|连年")
_TOTALS = {"新收", "受理", "申请", "办理", "答复", "办结", "新收和上年结转之和"}
_NAMED_BASE = re.compile("占[全本]?年?度?(?:的)?(新收|办结)")


def _base(lead: str) -> str:
    """The whole that the words of a share name: 占新收总数的76.7%; '' where they leave it open."""
    named = _NAMED_BASE.search(lead)
    return {"新收": NEW, "办结": DONE}[named[1]] if named else ""


def _folds(found: re.Match[str], start: int) -> Count:
    """How many times as large a number is that has doubled so often: twice for 翻番, four times for 翻两番."""
    often = spoken(found["folds"] or "一")
    about, text = "近" if found["near"] else "", found[0]
    return Count(start, start + len(text), text, Decimal(2) ** int(often), TIMES, Decimal(1), about, spelt=True)


class Comparisons(Every):
    """How numbers are compared, with last year's or with a whole; the base of `Sayings`."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.heads: list[Said] = []
        self.subject = ""
        self.rated = self.of_rate = False  # whether a share or rate has been told behind the last number; and whether a rate
        self.shared: list[tuple[Count, Said | None]] = []  # what the next shares are of

    def ratio(self, lead: str, tail: str, count: Count, pending: str) -> None:
        """What a percentage, a difference or a multiple is said of; ``pending`` are the words of the clause before."""
        if count.unit == PERCENT and not self.step(lead):
            self.rated = True
        pace = _PACE.search(lead)
        if _BESIDE_LAST.search(lead):
            return
        if (self.words.compare.share.search(lead) and not pace) or self.shared:
            self.share(lead, count)
        elif count.unit == POINTS and self.rated:
            return  # 占92.3%，同比提高5个百分点: the share has risen, not what it is of
        elif _RATE.search(lead) and not pace:
            self.of_rate = True
            self.done(f"{lead}{count.text}", count)
            self.rate(_RATE.sub("", lead), count)
        elif count.unit in {TIMES, PERCENT} and (at := _OF_LAST.search(lead)):
            if base := self.levelled(lead, at, What.TIMES):
                self.reading.said.append(replace(base, what=What.TIMES, count=count, of=base))
        elif self.context.compared and (base := self.base(lead, pending)):
            self.change(What.CHANGE, base, lead, count)
        elif not self.context.compared and self.step(lead) and (base := self.base(lead, pending)) and base.count is not None:
            # 办结128件，增长33.33%: than last year, most likely.
            self.change(What.CHANGE, replace(base, sure=False, likely=base.sure or base.likely), lead, count)
        elif count.unit == PERCENT and self.words.filler.match(lead):
            self.rate(tail, count)  # 4件复议中，25%获得维持

    def step(self, text: str) -> re.Match[str] | None:
        """Where a text says that something rises or falls."""
        return self.words.compare.up.search(text) or self.words.compare.down.search(text)

    def is_change(self, own: str) -> bool:
        """Whether the words before a number make it a difference: 增加30件; not so 增至30件 or 增加渠道3个."""
        step = self.step(own)
        if step is None or self.words.compare.not_difference.search(own) or _BESIDE_LAST.search(own):
            return False  # 增至130件, 低于上年的100件
        return (
            self.context.compared
            or self.words.filler.match(self.words.compare.manner.sub("", own[step.end() :])) is not None
        )

    def rate(self, subject: str, count: Count) -> None:
        """办结率95%, 予以公开率40%: a share of all that is concluded, or of all cases."""
        meaning = self.meaning(subject, "", None)
        if meaning is None or meaning.topic not in {APPLIED, CASE} or (count.value == 100 and meaning.family != "案件结果"):
            return
        if meaning.topic == APPLIED and (meaning.family == "结果" or meaning.name in {"办结", "答复", "办理"}):
            cells = (DONE,) if meaning.group else meaning.cells_of("", "一")
            if meaning.name == "予以公开":  # 公开率, often with 部分公开
                cells += next(one for one in self.words.meanings[APPLIED] if one.name == OPENED).cells
        elif meaning.family == "案件结果" or (meaning.family == "申请人" and self.lists.recent is None):
            cells = meaning.cells_of(self.context.case, "一")
        else:
            return
        whole = self.told_total() if cells == (DONE,) else None
        self.reading.said.append(Said(What.SHARE, meaning.name, cells, True, False, False, count, *self.span, whole=whole))

    def told_total(self) -> Count | None:
        """The greatest total that the sentence has told this year's applications to have: 共办理134件，办结率95.5%."""
        told = (one for one in self.reading.said if one.start == self.span[0] and one.what is What.VALUE and not one.last)
        counts = [one.count for one in told if one.name in _TOTALS and one.count and not one.count.about]
        return max(counts, key=lambda one: one.value, default=None)

    def share(self, lead: str, count: Count) -> None:
        """A share is of the number before, or of what its own words name; its whole is one of ours."""
        part, whole, recent = self.lists.recent_count, self.lists.total, self.lists.recent
        if self.shared:
            part, recent = self.shared.pop(0)
            lead = self.subject = lead if self.words.compare.share.search(lead) else self.subject
        name, cells, sure = (recent.name, recent.cells, recent.sure) if recent else ("", (), not self.context.not_of_tables)
        sure = sure and not count.is_word  # 占多数: it may be the most of several
        *_, share = self.words.compare.share.finditer(lead)
        if not self.words.whole.match(_FIRST.sub("", self.ours(lead[share.end() :]))):
            return
        base = _base(lead) or (self.told_base(recent) if self.words.filler.match(lead[share.end() :]) else "")
        subject = lead[: share.start()]
        if not self.words.filler.match(subject):
            meaning = self.meaning(subject, "", None)
            if meaning is None or meaning.topic != APPLIED or meaning.any or not meaning.cells:
                return
            self.subject = subject
            part, recent, name, cells, sure = None, None, meaning.name, meaning.cells_of(self.context.case, "一"), False
        self.reading.said.append(
            Said(What.SHARE, name, cells, False, sure, False, count, *self.span,
                 of=recent, part=part, whole=whole, base=base, likely=bool(recent and recent.likely))
        )  # fmt: skip

    def told_base(self, part: Said | None) -> str:
        """The whole of an outcome's share where its sentence has told but one total: 全年办结51件，予以公开20件，占39.2%."""
        told = {one.name for one in self.reading.said if one.start == self.span[0] and one.name in _TOTALS and not one.last}
        return DONE if part and part.family == "结果" and told == {"办结"} else ""

    def ours(self, text: str) -> str:
        """A text without the words for a government's own place: 全市 in the report of a city's government."""
        place = self.context.setting.place
        return text.replace(place, "") if place else text

    def base(self, lead: str, pending: str = "") -> Said | None:
        """What a change is of: what the words before it name; without any, the number before. None of what is not known.

        ``pending`` are the words before its bracket, or those of the clause before: 增量主要来自城东片区（增加6件）.

        The words between 同比 and 增长 name it as well: 较上年网站访问量增长.
        """
        compare = self.words.compare
        mark = compare.mark.search(lead)
        step = self.step(lead)
        if step and not self.words.filler.match(compare.manner.sub("", lead[step.end() :])):
            return None  # 较上年增加网上申请3件
        subject = (lead[: mark.start()] + lead[mark.end() : step.start() if step else mark.end()]) if mark else ""
        if step and not mark:
            subject = lead[: step.start()]
        subject = compare.manner.sub("", self.ours(subject))
        if self.words.filler.match(subject) and (self.lists.aside or _SOURCE.search(pending)):
            for pattern in (compare.mark, compare.up, compare.down, compare.manner):
                pending = pattern.sub("", pending)
            subject = self.ours(pending)
        if self.words.filler.match(subject):
            if self.of_rate or _MEASURE.search(pending):
                return None  # 满意率95%，比上年高3%; 答复时限压缩到9个工作日，低于上年
            told = self.reading.told(self.span[0])
            return self.lists.recent or (told if told and not told.last else self.unnamed())
        return self.named(subject)

    def named(self, subject: str) -> Said | None:
        """What words name without a number of it; no question where they tell something else besides."""
        meaning = self.meaning(subject, "", None)
        base = self.value(meaning, subject, None, last=False)
        if base is None or meaning is None:
            return base
        firm = (
            meaning.topic != APPLIED
            or meaning.group
            or meaning.family in {"结果", "去向", "申请人"}
            or meaning.name == "上年结转"
        )
        return base if firm and not self.unknown(meaning, subject) else replace(base, sure=False, likely=False)

    def unnamed(self) -> Said | None:
        """The one number that the sentence has told, of what no data knows (阅读量12万次); ``None`` for several."""
        count, said = self.lists.run[0] if len(self.lists.run) == 1 else (None, None)
        is_listing = self.lists.current and self.lists.current.parts
        if count is None or said or is_listing or count is not self.lists.recent_count:
            return None
        return Said(What.VALUE, count.text.strip(), (), False, True, False, count, *self.span)

    def had(self, lead: str, count: Count) -> Said | None:
        """What a number behind 上年 is of: the number before; where it has no words of its own, what is said to change."""
        if recent := self.lists.recent or self.reading.told(self.span[0]):
            return recent
        bare = self.words.filler.match(self.words.compare.mark.sub("", lead)) and not self.words.begin.search(lead)
        base = (self.reading.changed(self.span[0]) or self.unnamed()) if bare else None
        return base if base and (base.count is None or base.count.unit == count.unit) else None

    def change(self, what: What, base: Said, text: str, count: Count | None) -> None:
        """Add a statement of a change of ours, when its words say whether it rises."""
        up, down = self.words.compare.up.search(text), self.words.compare.down.search(text)
        if bool(up) == bool(down) or self.context.not_of_tables:
            return
        others = (*self.heads, *self.lists.together(base)) if base is self.lists.recent else ()
        before = self.lists.last_said(base)
        self.reading.said.append(
            replace(base, what=what, last=False, count=count, of=base, rises=bool(up), before=before, others=others)
        )

    def yearly(self, text: str) -> None:
        """A doubt where a number is said to rise or fall for years, or without a year: 申请数量连续两年下降; 略有下降."""
        found, context = self.words.compare.yearly.search(text), self.context
        if not found or context.last_year or is_foreign(text[: found.start()]):
            return
        if not _FOR_YEARS.match(found[0]) and (self.words.compare.mark.search(text) or _LONG_AGO.search(context.text)):
            return  # 近年来，申请数量呈下降趋势
        away, context.away = context.away, False  # the years before are not ours
        words = f"{text[: found.start()]}{found[1]}"
        if base := self.base(words):
            self.change(What.DIRECTION, replace(base, sure=False, likely=base.sure or base.likely), words, None)
        context.away = away

    def level(self, text: str) -> bool:
        """Whether the number before, or what the words name, is said to be as last year, or some times as large; says so."""
        compare = self.words.compare
        for what, pattern in ((What.NEAR, compare.near), (What.LEVEL, compare.level), (What.TIMES, compare.folds)):
            if (found := pattern.search(text)) and (base := self.levelled(text, found, what)):
                if _LONG_AGO.search(text, 0, found.start()):
                    return False  # 较2019年翻了一番
                if what is What.TIMES and not self.context.compared:
                    base = replace(base, sure=False, likely=base.sure or base.likely)
                count = _folds(found, self.span[0]) if what is What.TIMES else None
                self.reading.said.append(replace(base, what=what, count=count, of=base))
                return True
        return False

    def levelled(self, text: str, found: re.Match[str], what: What) -> Said | None:
        """What is compared with last year's: what the words name, else the number before where they tell nothing else.

        新收申请数量与上年持平. Not so 与全市水平持平, 办理时长与上年持平, 执法人员没有变化.
        """
        compare, begin = self.words.compare, found.start()
        mark = compare.mark.search(text, 0, found.end())
        before = text[: min(begin, mark.start())] + text[mark.end() : begin] if mark else text[:begin]
        if not mark and _WITH.search(before):
            return None
        subject = compare.manner.sub("", self.ours(before))
        if not self.words.filler.match(subject) and (mark or what is What.TIMES) and not self.context.not_of_tables:
            named = self.named(subject)
            if named and named.cells and not named.any:
                return named
        if self.words.plain.sub("", subject):
            return None
        told = self.reading.told(self.span[0])
        return self.lists.recent or (told if told and not told.last and mark else None)
