"""What the numbers of a clause are said of, and what a clause says without a number."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao.checks.prose.counts import PERCENT, POINTS
from nianbao.checks.prose.lists import Lists
from nianbao.checks.prose.phrases import (
    applicant_in,
    case_of,
    cells_of,
    count_of_cases,
    label_of,
    meaning_of,
    names_of,
    topic_of,
)
from nianbao.checks.prose.said import Reading, Said, What
from nianbao.checks.prose.words import CASE, CASE_NAMES, words

if TYPE_CHECKING:
    from nianbao.checks.prose.context import Context
    from nianbao.checks.prose.counts import Count
    from nianbao.checks.prose.words import Meaning

TIMES = "倍"
DONE = "表三/三（七）/总计"
APPLIED = "申请"
_NONE = re.compile("[未没无不]")
_ALL = re.compile("(?:均|全部|都|皆)(?:已|系|为|是|被|属于?|作出?|由|予)?(.{2,8})$")
_RATE = re.compile("率(?:均|达到?|为|是|保持)*$")
_WITHIN = re.compile("^(?:.{0,8}(?:申请|案件|复议|诉讼))?(?:之|当)?[中里]$")
_OF_LAST = re.compile("[为是达][^，]{0,3}(?:上年|去年|LAST).{0,6}$")
_PARTS = {"结果", "申请人", "案件结果"}
_REST = {"申请人": "其他组织"} | dict.fromkeys(("结果", "其他处理", "不予公开", "无法提供", "不予处理"), "其他处理")


class Sayings:
    """Collects what one passage says, in the context that its reader keeps."""

    def __init__(self, context: Context) -> None:
        self.context, self.words, self.reading = context, words(), Reading()
        self.lists = Lists(self.reading)
        self.heads: list[Said] = []
        self.names: list[str] = []
        self.attribute: Meaning | None = None
        self.owed: Count | None = None
        self.span, self.subject, self.tail = (0, 0), "", ""

    def begin(self, span: tuple[int, int], goes_on: bool) -> None:
        """A sentence begins."""
        self.span, self.heads, self.names, self.attribute, self.owed = span, [], [], None, None
        self.subject = self.tail = ""
        self.lists.begin(goes_on)

    def respectively(self, text: str, many: int) -> None:
        """Names stand before the numbers: 予以公开、部分公开分别为3件、2件."""
        self.names = names_of(text, many) or [""] * many

    def number(self, own: str, pending: str, tail: str, count: Count) -> None:
        """What one number is said of: by its own words, which go on from the clause before where they say nothing."""
        own, self.tail = own.rstrip(), tail
        lead = (pending if self.words.filler.match(own) else "") + own
        if self.names and not (lead := self.names.pop(0)):
            tail = ""
        if not lead:
            lead, self.subject = self.subject, ""  # 自然人占60%（30件）
        if self.words.begin.search(lead) or (len(pending) < 4 and self.words.begin.search(pending)):
            self.lists.open(count)
        compare, context = self.words.compare, self.context
        step = compare.up.search(own) or compare.down.search(own)
        if count.unit in {PERCENT, POINTS, TIMES} or (context.compared and step and not compare.not_difference.search(own)):
            self.ratio(lead, tail, count)
            return
        said = self.said_of(lead, own, tail, count)
        if said is None or not said.last:
            context.compared = False
        before = self.lists.recent
        if said and not said.last:
            said = self.with_last(said, own)
        self.lists.add(lead, count, said, self.span)
        if said:
            self.reading.said.append(said)
            if said.sure and not said.last and not self.lists.current:
                self.heads = [*self.heads[-8:], said]
        if _WITHIN.search(tail):
            self.lists.within()
        if said and said.last and before:
            self.change(What.DIRECTION, before, tail, None)

    def with_last(self, said: Said, own: str) -> Said:
        """A value after last year's: 与上年的46件相比，今年新收44件; 由36件降至25件."""
        owed, self.owed = self.owed, None
        if owed and owed is not said.count:
            past = replace(said, last=True, count=owed)
            self.reading.said.append(past)
            self.lists.before[said.cells] = past
        self.context.compared = said.cells in self.lists.before
        return said

    def said_of(self, lead: str, own: str, tail: str, count: Count) -> Said | None:
        """The statement of a value: what its words mean, last year's value of the number before, a fact, what is bound."""
        compare, recent = self.words.compare, self.lists.recent or self.reading.told(self.span[0])
        last = bool(compare.mark.search(own)) or (self.context.last_year and not compare.not_difference.search(lead))
        if self.words.rest.search(lead) and (left := self.lists.rest(DONE)):
            return replace(left, last=last, count=count, likely=left.likely and not self.context.not_ours)
        meaning = self.meaning(lead, tail, count) or self.lists.sum_of(lead, self.words.meanings["申请"])
        before = next(reversed(self.lists.before.values()), None)
        if meaning is None and last and recent and not recent.last and self.words.last_year.search(lead):
            said: Said | None = replace(recent, last=True, count=count)
        elif meaning is None and before and compare.not_difference.match(own):
            said = replace(before, last=False, count=count)
        elif meaning is None and last and not recent:
            said, self.owed = None, count
        else:
            said = self.value(meaning, lead, count, last)
            if said and not last and compare.not_difference.match(tail.lstrip()):
                said = replace(said, last=True, sure=False, likely=said.sure or said.likely)  # 由48个减为33个
        expression, past = self.context.setting.bound.get(count.start, ("", False))
        if expression and (said is None or said.is_fact):
            name = expression.removeprefix("事实/").replace("/", " ")
            return Said(What.VALUE, name, (expression,), False, True, past, count, *self.span)
        return said

    def meaning(self, lead: str, tail: str, count: Count | None) -> Meaning | None:
        """The meaning of a number by the topic that its own words name, else by the topic that holds."""
        topic = topic_of(lead) or self.context.topic or APPLIED
        if topic == CASE:
            self.context.case = case_of(lead, self.context.case) or self.context.case
        found = meaning_of(topic, lead, tail, count)
        if found and not self.context.topic and topic == APPLIED and not (found.telling or topic_of(lead)):
            return None
        if found and found.name == "其他":
            name = _REST.get(self.lists.family)
            found = next((one for one in self.words.meanings[topic] if one.name == name), found)
        if found is None or topic not in {APPLIED, CASE}:
            return found
        return applicant_in(lead, found) if topic == APPLIED else self.of_cases(found, lead)

    def of_cases(self, found: Meaning, lead: str) -> Meaning:
        """A result that stands before one kind of cases is also said of the next: 尚未审结的行政复议2件、行政诉讼1件."""
        if found.name == "案件" and self.attribute:
            return replace(self.attribute, cells=(*self.attribute.cells, *found.cells), any=True)
        if found.family == "案件结果" and count_of_cases(lead):
            self.attribute = found
        return found

    def value(self, meaning: Meaning | None, lead: str, count: Count | None, last: bool) -> Said | None:
        """The statement of a value; of a fact, where the words are its name."""
        if meaning is None:
            return self.fact(lead, count, last) if count else None
        whole, listed = self.lists.whole, self.lists.current
        row = whole.row if whole and whole.row and meaning.family == "申请人" else "一"
        case = meaning.case or self.context.case
        cells = cells_of(meaning, case, row, lead, summed=bool(self.lists.run))
        any_ = meaning.any or len(cells) > len(meaning.cells)
        part_of_other = listed and not (whole and whole.sure) and not topic_of(lead)
        part_of_itself = whole is not None and whole.cells == cells  # 收到130件，其中本级收到20件
        apart = part_of_other or part_of_itself
        sure = self.context.certain(meaning, lead) and not apart
        likely = self.context.likely(meaning, lead, self.tail, count) and not part_of_itself
        likely = likely and not (part_of_other and not (meaning.telling or (whole and whole.likely)))
        name, row, family = meaning.named(case), meaning.row, meaning.family
        return Said(What.VALUE, name, cells, any_, sure, last, count, *self.span, row=row, family=family, likely=likely)

    def fact(self, lead: str, count: Count, last: bool) -> Said | None:
        """The statement of a fact, or of a part of the one whose parts are being listed."""
        label, whole, facts = label_of(lead), self.lists.whole, self.context.setting.facts
        ours = not self.context.not_ours
        if whole and whole.is_fact:
            name = whole.cells[0].split("/")[1]
            if label in facts.get(name, ()):
                return Said(What.VALUE, label, (f"事实/{name}/{label}",), False, ours, whole.last, count, *self.span)
        name = next((one for one in facts if len(one) > 2 and label.endswith(one)), "")
        if not name:
            return None
        return Said(What.VALUE, name, (f"事实/{name}",), False, ours and label == name, last, count, *self.span)

    def ratio(self, lead: str, tail: str, count: Count) -> None:
        """What a percentage, a difference or a multiple is said of."""
        recent = self.lists.recent
        if self.words.compare.share.search(lead):
            self.share(lead, count)
        elif _RATE.search(lead):
            self.done(f"{lead}{count.text}", count)
            self.rate(_RATE.sub("", lead), count)
        elif count.unit == TIMES and recent and _OF_LAST.search(lead):
            self.reading.said.append(replace(recent, what=What.CHANGE, count=count, of=recent, rises=count.value > 1))
        elif self.context.compared and (base := self.base(lead)):
            self.change(What.CHANGE, base, lead, count)
        elif count.unit == PERCENT and not lead:
            self.rate(tail, count)  # 4件复议中，25%获得维持

    def rate(self, subject: str, count: Count) -> None:
        """办结率95%, 予以公开率40%: a share of all that is concluded, or of all cases."""
        meaning = self.meaning(subject, "", None)
        if meaning is None or count.value == 100 or meaning.topic not in {APPLIED, CASE}:
            return
        if meaning.topic == APPLIED and (meaning.family == "结果" or meaning.name in {"办结", "答复", "办理"}):
            cells = (DONE,) if meaning.group else meaning.cells_of("", "一")
        elif meaning.family == "案件结果":
            cells = meaning.cells_of(self.context.case, "一")
        else:
            return
        self.reading.said.append(Said(What.SHARE, meaning.name, cells, False, False, False, count, *self.span))

    def share(self, lead: str, count: Count) -> None:
        """A share is of the number before, or of what its own words name."""
        part, whole, recent = self.lists.recent_count, self.lists.total, self.lists.recent
        name, cells, sure = (recent.name, recent.cells, recent.sure) if recent else ("", (), not self.context.not_ours)
        subject = self.words.compare.share.split(lead)[0]
        if not self.words.filler.match(subject):
            meaning = self.meaning(subject, "", None)
            if meaning is None or meaning.topic != "申请" or meaning.any or not meaning.cells:
                return
            self.subject = subject
            part, recent, name, cells, sure = None, None, meaning.name, meaning.cells_of(self.context.case, "一"), False
        self.reading.said.append(
            Said(What.SHARE, name, cells, False, sure, False, count, *self.span,
                 of=recent, part=part, whole=whole, likely=bool(recent and recent.likely))
        )  # fmt: skip

    def base(self, lead: str) -> Said | None:
        """What a change is of: what the words before 同比 name; without any, the number before."""
        mark = self.words.compare.mark.search(lead)
        subject = lead[: mark.start()] if mark else ""
        if not subject.strip() or self.words.filler.match(subject):
            return self.lists.recent
        return self.value(self.meaning(subject, "", None), subject, None, last=False)

    def change(self, what: What, base: Said, text: str, count: Count | None) -> None:
        """Add a statement of a change, when its words say whether it rises."""
        up, down = self.words.compare.up.search(text), self.words.compare.down.search(text)
        if bool(up) == bool(down):
            return
        others = tuple(self.heads) if base is self.lists.recent else ()
        before = self.lists.last_said(base)
        self.reading.said.append(
            replace(base, what=what, last=False, count=count, of=base, rises=bool(up), before=before, others=others)
        )

    def behind(self, text: str) -> None:
        """What the words behind a clause's last number say."""
        self.level(text)
        self.done(text, None)

    def without_number(self, text: str) -> None:
        """What a clause without a number says."""
        recent, count = self.lists.recent, self.lists.recent_count
        if recent and count and (all_ := _ALL.search(text)):
            meaning = self.meaning(all_[1], "", None)
            said = self.value(meaning, text, count, last=False) if meaning and meaning.family in _PARTS else None
            if said:
                firm = said.family == "申请人" or (recent.sure and recent.name in {"办结", *CASE_NAMES.values()})
                self.reading.said.append(replace(said, sure=said.sure and firm))
        elif count and recent is None and not self.context.not_ours:
            self.later(text, count)
        mark = self.words.compare.mark.search(text)
        if not self.level(text) and mark and (base := self.base(text)):
            self.change(What.DIRECTION, base, text[mark.end() :], None)
        self.done(text, None)
        self.nothing(text)

    def later(self, text: str, count: Count) -> None:
        """What a number is of that its own clause did not tell: 其余3件因故延期，结转下年度继续办理."""
        meaning = self.meaning(text, "", count)
        if meaning and meaning.telling and meaning.cells and (said := self.value(meaning, text, count, last=False)):
            self.lists.recent = replace(said, sure=False)
            self.reading.said.append(self.lists.recent)

    def level(self, text: str) -> bool:
        """Whether the number before is said to be as last year, or twice as large; says so."""
        recent, compare = self.lists.recent, self.words.compare
        for what, pattern in ((What.LEVEL, compare.level), (What.DOUBLE, compare.double)):
            if recent and pattern.search(text):
                self.reading.said.append(replace(recent, what=what, count=None, of=recent))
                return True
        return False

    def done(self, text: str, count: Count | None) -> None:
        """Whether all that was received is said to be concluded."""
        sure, context = bool(self.words.done.search(text)), self.context
        if context.not_ours or context.topic != "申请" or not (context.named or context.section == "申请"):
            return
        if sure or self.words.answered.search(text):
            cells = self.words.still_open
            self.reading.said.append(Said(What.DONE, "全部办结", cells, False, sure, context.last_year, count, *self.span))

    def nothing(self, text: str) -> None:
        """What a clause says there was none of."""
        for one in self.words.none if _NONE.search(text) else ():
            if one.words.search(text):
                cells = one.cells_of(one.case or self.context.case, "一")
                ours, last = not self.context.not_ours, self.context.last_year
                sure = ours and one.sure and (one.topic != CASE or self.context.about_cases)
                said = Said(What.VALUE, one.name, cells, one.any, sure, last, None, *self.span, likely=ours)
                self.reading.said.append(said)
