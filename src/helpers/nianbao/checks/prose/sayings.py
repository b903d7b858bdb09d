"""What the numbers of a clause are said of, and what a clause says without a number."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao.checks.prose.comparisons import Comparisons
from nianbao.checks.prose.counts import PERCENT, POINTS, TIMES
from nianbao.checks.prose.every import ALL_APPLIED, NO_CASES
from nianbao.checks.prose.narrowing import beside
from nianbao.checks.prose.phrases import DENIED, by_year, is_within, label_of, names_of, years_of
from nianbao.checks.prose.quantities import APPLIED
from nianbao.checks.prose.said import Said, What
from nianbao.checks.prose.words import CASE, CASES, DONE

if TYPE_CHECKING:
    from nianbao.checks.prose.context import Context
    from nianbao.checks.prose.counts import Count

_NONE = re.compile("[未没无不零]")
_NO = re.compile("未曾?|没有|无|零|出现|过")
_COUNTED = re.compile("件|申请|年[末底]")
_ALL_HANDLED = re.compile("(?:均|都|皆|全部)(?:已|能|得到|严格|依|按|及时|规范|妥善|在|予以|受理|登记)")
_RATIO = re.compile("之比|比(?:例|值)?(?:大?约)?[为是]$")
_WITHIN = re.compile("^(?:.{0,8}(?:申请|案件|复议|诉讼))?(?:之|当)?[中里]$")
_OF_OURS = re.compile("^[^，]*?(?:信息公开|依申请)(?:类|方面|领域|的|案件|申请|引发|引起|共|为|有)*$")
_ENDS_IN_LAST = re.compile(r"(?:LAST\s?年|上年|去年|上一年)度?(?:同期)?的?$")
_AMONG = re.compile("(?:之|当)?[中里]$")
# 除6件结转外均已办结: what stands behind 外 is not said of the number before it.
_DENIED = re.compile(rf"(?:{DENIED.pattern})(?!.{{0,2}}结)")  # 5件行政诉讼均未败诉; 2件行政诉讼均未审结 says what they are
_LEFT_OUT = re.compile("(?:之|以)?外(?=$|[均都皆全其已])")
_FROM = re.compile(r"分别[由从]\s?$")  # 行政复议、行政诉讼分别由3件、1件增至7件、4件
_CONSULTED = re.compile("第三方.*征求.{0,6}意见|征求.{0,6}第三方|第三方.{0,4}意见")


class Sayings(Comparisons):
    """Collects what one passage says, in the context that its reader keeps."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.names: list[str] = []
        self.years: list[str] = []
        self.owners: list[str] = []  # the years of the next numbers
        self.rising: Said | None = None
        self.year = ""
        self.owed: Count | None = None

    def begin(self, span: tuple[int, int], goes_on: bool) -> None:
        """A sentence begins."""
        self.span, self.heads, self.names, self.attribute, self.owed = span, [], [], None, None
        self.years, self.owners, self.year = [], [], ""
        self.subject = self.tail = self.among = ""
        self.left_out = False
        self.rising = self.prior = self.consulted = None
        self.shared = []
        self.lists.begin(goes_on)

    def respectively(self, text: str, many: int) -> None:
        """Names or years stand before the numbers: 予以公开、部分公开分别为3件、2件; 2023年、2024年分别收到申请3件、2件."""
        self.years = years_of(text, self.context.setting.year) or self.years
        name, years = by_year(text, self.years, many)
        if years:
            self.years, self.owners, self.names = years, list(years), [name] * many
        elif names := names_of(_FROM.sub("", text), many // 2) if _FROM.search(text) and many % 2 == 0 else []:
            self.names, self.owners = names * 2, ["LAST"] * (many // 2) + ["THIS"] * (many // 2)
        elif (at := self.words.compare.share.search(text)) and self.words.filler.match(text[: at.start()]):
            self.shared = self.lists.last(many)  # 予以公开27件、部分公开6件，分别占45.8%、10.2%
        elif self.words.respectively.search(text):
            self.owners, self.names = [], names_of(text, many) or [""] * many

    def number(self, own: str, pending: str, tail: str, count: Count, first: bool) -> None:
        """What one number is said of; ``first`` is that of its clause."""
        left_out = _LEFT_OUT.search(tail)
        self.left_out, tail = left_out is not None, tail[: left_out.start()] if left_out else tail
        own, self.tail, self.first = own.rstrip(), _DENIED.split(tail)[0], first
        lead = self.lead(own, pending)
        if self.words.begin.search(lead) or (len(pending) < 4 and self.words.begin.search(pending)):
            self.lists.open(count)
        if count.unit in {PERCENT, POINTS, TIMES} or self.is_change(own):
            self.ratio(lead, self.tail, count, pending)
        elif own != "即" and not (_RATIO.search(own) and not count.unit):  # 0.415万元（即4150元）; 自然人与企业之比为5:1
            self.counted(lead, own, count)

    def lead(self, own: str, pending: str) -> str:
        """The words that a number is said of: its own, or where they say nothing those of the clause or list before."""
        if self.words.done.search(pending) or _ALL_HANDLED.search(pending):
            pending = ""  # 到期申请全部办结，4件未到期; 申请均按期办理，3件结转下年度
        lead = (pending if self.words.filler.match(own) else "") + own
        self.year = ""
        if self.names:
            lead = self.names.pop(0)
            self.year = self.owners.pop(0) if self.owners else ""
            self.tail = self.tail if lead else ""
        if not lead:
            lead, self.subject = self.subject, ""  # 自然人占60%（30件）
        return lead

    def counted(self, lead: str, own: str, count: Count) -> None:
        """What a number that counts something is said of."""
        context, before = self.context, self.lists.recent
        self.rated = False
        away = context.away
        context.away = away and not self.year  # 2022年至2024年，新收依次为12件、17件、25件
        said = self.of_ours(lead, count) or self.said_of(lead, own, self.tail, count)
        said = self.prior = self.unless_another(lead, said, count)
        context.away = away
        if _CONSULTED.search(f"{lead}{self.tail}"):
            self.consulted = count
        if said and self.year:  # told apart from the other numbers by its own year
            said = replace(said, either=False) if self.year in {"LAST", "THIS"} else None
        if said is None or not said.last:
            context.compared = False
            context.told_this_year = True
        if said and not said.last:
            said = self.with_last(said, own)
        self.lists.add(lead, count, said, self.span, apart=self.first)
        if said is None and self.lists.current and not self.words.plain.sub("", lead):
            self.lists.leave_open()  # 对其中11件开具补正通知书
        if said:
            if said.last:
                self.reading.since(said)
            self.reading.said.append(said)
            if said.name == "结转" and any(one.name in {"办结", "答复"} for one in self.heads):
                # To the next year: 办结9件，结转1件.
                self.reading.said.append(replace(said, cells=said.cells[:1], sure=False))
            if said.sure and not said.last and not self.lists.current:
                self.heads = [*self.heads[-8:], said]
        if _WITHIN.search(self.tail):
            self.lists.within()
        if said and said.last and before and not self.reaches(self.tail):
            self.change(What.DIRECTION, before, self.tail, None)

    def of_ours(self, lead: str, count: Count) -> Said | None:
        """What is ours of cases of every kind, whose own number is none of 表四's: 行政诉讼22件，其中信息公开类2件."""
        whole = self.lists.whole
        if not whole or whole.family != "案件" or not _OF_OURS.match(lead):
            return None
        said = self.reading.said
        said[:] = [replace(one, sure=False, likely=False) if one is whole else one for one in said]
        return replace(whole, count=count, sure=False, likely=True)

    def with_last(self, said: Said, own: str) -> Said:
        """A value after last year's: 与上年的46件相比，今年新收44件; 由36件降至25件."""
        owed, self.owed = self.owed, None
        if owed and said.count and owed is not said.count and owed.unit == said.count.unit:
            past = replace(said, last=True, count=owed)
            self.reading.said.append(past)
            self.lists.before[said.cells] = past
        self.context.compared = said.cells in self.lists.before
        return said

    def said_of(self, lead: str, own: str, tail: str, count: Count) -> Said | None:
        """The statement of a value: what its words mean, last year's value of the number before, a fact, what is bound."""
        compare, recent = self.words.compare, self.had(lead, count)
        last = bool(compare.mark.search(own or lead)) or (self.context.last_year and not compare.not_difference.search(lead))
        last = last or bool(not own and _ENDS_IN_LAST.search(lead))  # 收到的申请是上年（17件）的1.4倍
        last = self.year == "LAST" if self.year else last
        if self.words.rest.search(lead) and (left := self.lists.rest(DONE)):
            return replace(left, last=last, count=count, likely=left.likely and not self.context.not_of_tables)
        named = self.meaning(lead, tail, count) or self.lists.sum_of(lead, self.words.meanings[APPLIED])
        near = beside(self.context.text, count.start - self.span[0], count.end - self.span[0])
        meaning = near.bound(named)
        self.context.case = near.course(meaning, lead) or self.context.case
        rising, self.rising = self.rising, None
        if rising is None and self.prior and self.prior.last:
            rising = self.prior
        if meaning is None and last and recent and not recent.last and self.words.last_year.search(lead):
            said: Said | None = replace(recent, last=True, count=count)
        elif meaning is None and rising and self.reaches(own):
            said = replace(rising, last=False, count=count)
        elif meaning is None and last and not recent:
            is_bare = self.words.filler.match(compare.mark.sub("", lead))  # not so 去年存留的四件
            said, self.owed = None, count if is_bare else None
        else:
            said = self.value(meaning, lead, count, last)
            said = near.weakened(said, meaning) if meaning is named else said
            if said and not last and self.reaches(tail):
                self.rising = said
                said = replace(said, last=True, sure=False, likely=said.sure or said.likely)  # 由48个减为33个
        expression, past = self.context.setting.bound.get(count.start, ("", False))
        if expression and (said is None or (said.is_fact and not self.is_another(said, lead, expression, past))):
            name = expression.removeprefix("事实/").replace("/", " ")
            return Said(What.VALUE, name, (expression,), False, True, past, count, *self.span, printed=True)
        return said

    def is_another(self, said: Said, lead: str, expression: str, past: bool) -> bool:
        """Whether the words before a printed value surely name a fact and it is another one, or that of the other year.

        Of two facts one may be short for the other: 发布政策文件 with the value of 网站政策文件.
        """
        named, printed = said.cells[0].rpartition("/")[2], expression.rpartition("/")[2]
        is_same, is_short = said.cells == (expression,), is_within(named, printed) or is_within(printed, label_of(lead))
        return said.sure and (said.last != past if is_same else not is_short)

    def reaches(self, text: str) -> bool:
        """Whether a text goes on with what last year's value has become: 增加到, 降为."""
        return self.words.compare.not_difference.match(text.lstrip()) is not None

    def behind(self, text: str) -> None:
        """What the words behind a clause's last number say."""
        self.level(text)
        self.all_are(text)
        self.closed(text)
        self.done(text, None)

    def without_number(self, text: str) -> bool:
        """What a clause without a number says; whether it says that there was none of something."""
        recent, count = self.lists.recent, self.lists.recent_count
        self.years = years_of(text, self.context.setting.year) or self.years
        if count is None:
            self.all_of(text)
        elif recent:
            self.all_are(text)
            self.one_is(text)
        elif not (self.left_out or self.context.not_of_tables):
            self.later(text, count)
        if _AMONG.search(text) and (meaning := self.meaning(text, "", None)) and meaning.family == "结果":
            self.among = meaning.row  # 予以公开的申请中，自然人16件
        mark = self.words.compare.mark.search(text)
        if not self.level(text) and mark and (base := self.base(text)):
            self.change(What.DIRECTION, base, text[mark.end() :], None)
        self.yearly(text)
        self.closed(text)
        self.done(text, None)
        return self.nothing(text)

    def none_of(self, label: str) -> None:
        """What has 无 behind its colon: 上年结转数量：无."""
        meaning = self.meaning(label, "", None)
        if meaning and meaning.cells and not self.unknown(meaning, label):
            said = self.value(meaning, label, None, self.context.last_year)
            self.reading.said += [said] if said else []

    def later(self, text: str, count: Count) -> None:
        """What a number is of that its own clause did not tell: 其余3件因故延期，结转下年度继续办理."""
        meaning = self.meaning(text, "", count)
        if meaning and meaning.telling and meaning.cells and (said := self.value(meaning, text, count, last=False)):
            self.lists.recent = replace(said, sure=False)
            self.reading.said.append(self.lists.recent)

    def left(self, text: str) -> str:
        """What a text that there were no cases tells of these besides: 没有因程序问题引发的行政复议."""
        topics = (self.words.topics[name] for name in (*CASES, APPLIED))
        for pattern in (*topics, self.words.everybody, _NO, self.words.plain):
            text = pattern.sub("", text)
        return text

    def nothing(self, text: str) -> bool:
        """What a clause says there was none of; whether it says so."""
        found = [one for one in self.words.none if one.words.search(text)] if _NONE.search(text) else []
        for one in found:
            name, cells = one.named(self.context.case), one.cells_of(one.case or self.context.case, "一")
            ours, last = not self.context.not_of_tables, self.context.last_year
            ours = ours and not (one.row and self.context.topic != APPLIED)
            sure = ours and one.sure and (one.topic != CASE or self.context.about_cases)
            if one.name in NO_CASES and self.left("".join(one.words.findall(text))):
                continue  # 没有因信息公开被纠正的行政复议, 没有因答复不及时引发的行政复议: of some only
            is_all = one.name in NO_CASES and self.context.alone and not self.left(text)  # nothing but that there was none
            sure = sure or (ours and is_all)
            if "结转" in one.name:  # which is said of budgets and proposals too
                is_applied = self.context.topic == APPLIED
                sure = is_applied and self.context.certain(one, text)
                ours = sure or (is_applied and ours and bool(_COUNTED.search(text)))
            if self.is_denied_of(text, one):
                recent = self.lists.recent
                sure, ours = False, ours and bool(recent and recent.name in ALL_APPLIED)
            either = self.context.either
            sure = sure and not either
            said = Said(What.VALUE, name, cells, one.any, sure, last, None, *self.span, likely=ours, either=either)
            self.reading.said.append(said)
            if "首次" in text:  # so that there were some last year
                self.reading.said.append(replace(said, what=What.DIRECTION, of=replace(said, sure=False)))
        return bool(found)
