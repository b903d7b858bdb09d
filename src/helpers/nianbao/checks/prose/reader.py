"""Read a passage clause by clause: what each of its numbers is said of.

What a sentence speaks of is carried from clause to clause (its topic, its year, the number that parts and percentages belong
to), and ends with the sentence. A number is only *sure* where its own sentence, its sub-section or its chapter names its topic.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nianbao.checks.prose.counts import PERCENT, POINTS
from nianbao.checks.prose.lists import Lists
from nianbao.checks.prose.phrases import case_of, is_foreign, label_of, meaning_of, topic_of
from nianbao.checks.prose.said import Reading, Said, What
from nianbao.checks.prose.words import CASE, CASE_NAMES, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.checks.prose.counts import Count
    from nianbao.checks.prose.words import Meaning

OTHER = "别的"
DONE = "表三/三（七）/总计"
_SENTENCE = re.compile(r"[^。！？\n]+[。！？\n]?")
_CLAUSE = re.compile(r"[^。！？\n；，：（）]+")
_YEAR = re.compile(r"\d{4}(?=\s?年)")
# Without a number, a sentence that has none of these says nothing that is looked for.
_TELLING = re.compile("申请|公开件|复议|诉讼|规范性文件|许可|处罚|强制|收费|办结|答复|回复|同比|上年|去年|LAST|翻番|翻一番")
_NONE = re.compile("[未没无不]")
_EVERYBODY = re.compile("公民|法人|群众|个人")
_ORDINAL = re.compile(r"\s*(?:[#>-]+\s*)?(?:（\s*[一二三四五六七八九十\d]{1,3}\s*）|[一二三四五六七八九十\d]{1,2}[、.．]|#)")
_SECTION = re.compile("申请(?!登记|许可|审批|救助|补贴)")
_CASES_ABOUT = re.compile("信息公开|依申请|政务公开|公开申请")
_THIS_YEAR = re.compile("THIS|本年|今年|全年|当年")
_CARRIED = re.compile(
    r"(?:LAST\s?年|上年|去年|上一年|前一年)(?:度)?(?:的)?\s?(?:结转|转|遗留|留存|接转|未办结)|结转(?:自)?\s?(?:上|去|LAST)"
)
_ALL = re.compile("(?:均|全部|都|皆)(?:已|系|为|是|被|属于?|作出?|由|予)?(.{2,8})$")
_RATE = re.compile("率(?:均|达到?|为|是|保持)*$")
_PARTS = {"结果", "申请人", "案件结果"}


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a passage stands: its chapter's numeral, the report year, the bureau's names, its facts with their parts."""

    numeral: str
    year: int
    names: tuple[str, ...]
    facts: dict[str, tuple[str, ...]]
    bound: dict[int, tuple[str, bool]]
    """Where a placeholder has printed one value: its expression, and whether it is last year's."""


class Reader:
    """Reads one passage; the fields are what holds at the point that has been reached."""

    def __init__(self, setting: Setting) -> None:
        self.setting, self.words, self.reading = setting, words(), Reading()
        self.section = {"三": "申请", "四": CASE}.get(setting.numeral, "")
        self.topic, self.case = self.section, "两者"
        self.named = self.about_cases = self.not_ours = self.last_year = self.compared = False
        self.lists = Lists(self.reading)
        self.pending = ""
        self.span = (0, 0)

    def read(self, text: str, counts: Sequence[Count]) -> Reading:
        """Read an `even` text; ``counts`` are its numbers without those of dates and the like."""
        years = {str(self.setting.year + step): word for step, word in ((-1, "LAST"), (0, "THIS"), (1, "NEXT"))}
        text = _YEAR.sub(lambda found: years.get(found.group(), found.group()), text)
        at = 0
        for found in _SENTENCE.finditer(text):
            begin = at
            while at < len(counts) and counts[at].start < found.end():
                at += 1
            self.sentence(found.group(), found.start(), counts[begin:at])
        return self.reading

    def sentence(self, text: str, start: int, counts: Sequence[Count]) -> None:
        """Read one sentence; a short one without a number that opens with an ordinal heads a sub-section."""
        inside = text.rstrip("。\n ")
        if not counts and len(inside) < 32 and "，" not in inside and _ORDINAL.match(inside):
            if self.setting.numeral not in {"三", "四"}:
                self.section = "申请" if _SECTION.search(text) else ""
                self.topic = self.section
            self.lists.forget()
            return
        if not counts and not _TELLING.search(text):
            self.lists.forget()
            return
        self.span = (start, start + len(text.rstrip()))
        self.named = self.not_ours = self.last_year = self.compared = False
        self.about_cases = self.section == "申请" or self.section == CASE or bool(_CASES_ABOUT.search(text))
        self.pending = ""
        self.lists.begin(keep=bool(self.words.begin.match(text.lstrip()[:2])))
        at, end = 0, 0
        for found in _CLAUSE.finditer(text):
            begin, stop = at, start + found.end()
            while at < len(counts) and counts[at].start < stop:
                at += 1
            between, end = text[end : found.start()], found.end()
            self.lists.bracket(between, counts[begin] if at > begin else None)
            if "；" in between:
                self.not_ours = False
            self.clause(found.group(), start + found.start(), counts[begin:at])
        self.lists.close(self.span)

    def clause(self, text: str, start: int, counts: Sequence[Count]) -> None:
        """Read one clause: its topic, its year, whether it is ours; then its numbers, or what it says without one."""
        if _EVERYBODY.search(text):
            text = self.words.everybody.sub(lambda found: " " * len(found.group()), text)
        self.about(text)
        self.not_ours = self.not_ours or is_foreign(text, self.setting.names)
        if _THIS_YEAR.search(text):
            self.last_year = False
        marked = self.words.compare.mark.search(text)
        if not marked and self.words.last_year.search(_CARRIED.sub("", text)):
            self.last_year = True
        self.compared = self.compared or bool(marked)
        at = 0
        for index, count in enumerate(counts):
            begin, end = count.start - start, count.end - start
            stop = counts[index + 1].start - start if index + 1 < len(counts) else len(text)
            self.number(text[at:begin], "" if at else self.pending, text[end:stop].partition("、")[0], count)
            at = end
        if self.words.open.search(text):
            self.lists.is_open()
        self.without_number(text[at:] if counts else self.pending + text if len(text) < 3 else text, bool(counts))
        self.pending = "" if counts else text

    def about(self, text: str) -> None:
        """What the clause speaks of, when it says so."""
        topic = topic_of(text)
        listing = self.lists.current or self.words.begin.match(text)
        if topic == "申请" and self.topic == OTHER and listing:
            return  # 公文500件，其中依申请公开150件
        if topic == "申请" and self.words.other.search(text) and not re.search("依申请|公开申请|申请公开", text):
            topic = OTHER
        if topic:
            self.topic, self.named = topic, topic != OTHER
            self.case = case_of(text) or self.case
        elif self.words.other.search(text) and not self.section:
            self.topic, self.named = OTHER, False

    def certain(self, meaning: Meaning, lead: str) -> bool:
        """Whether another number would contradict the tables."""
        if self.not_ours or not meaning.sure:
            return False
        if self.lists.current and not (self.lists.whole and self.lists.whole.sure) and not topic_of(lead):
            return False
        if meaning.topic == CASE:
            return self.about_cases
        if meaning.needs:
            return self.named and (self.setting.numeral == "二" or bool(self.words.made.search(self.lead)))
        return self.named or self.section == meaning.topic

    def number(self, own: str, pending: str, tail: str, count: Count) -> None:
        """What one number is said of: by its own words, which go on from the clause before where they say nothing."""
        lead = pending + own if self.words.filler.match(own) else own
        self.lead = lead
        if self.words.begin.search(lead):
            self.lists.open(count)
        compare = self.words.compare
        step = compare.up.search(own) or compare.down.search(own)
        if count.unit in {PERCENT, POINTS, "倍"} or (self.compared and step and not compare.not_difference.search(own)):
            self.ratio(lead, count)
            return
        last = bool(compare.mark.search(own)) or (self.last_year and not compare.not_difference.search(lead))
        meaning = self.meaning(lead, tail, count) or self.lists.sum_of(lead, self.words.meanings["申请"])
        recent = self.lists.recent
        if meaning is None and last and recent and not recent.last and self.words.last_year.search(lead.replace("LAST", "上年")):
            said: Said | None = replace(recent, last=True, count=count)
        else:
            said = self.value(meaning, lead, count, last)
            if said and not last and compare.not_difference.match(tail.lstrip()):
                said = replace(said, last=True, sure=False)  # 由48个减为33个
        if said is None or not said.last:
            self.compared = False
        expression, past = self.setting.bound.get(count.start, ("", False))
        if expression and (said is None or said.is_fact):
            last = past
            said = Said(What.VALUE, expression, (expression,), False, True, last, count, *self.span)
        self.lists.add(lead, count, said, self.span)
        if said:
            self.reading.said.append(said)
        if said and said.last and (compare.up.search(tail) or compare.down.search(tail)) and recent:
            self.change(What.DIRECTION, recent, tail, None)

    def meaning(self, lead: str, tail: str, count: Count | None) -> Meaning | None:
        """The meaning of a number by the topic that its own words name, else by the topic that holds."""
        topic = topic_of(lead) or self.topic
        if topic == CASE:
            self.case = case_of(lead) or self.case
        return meaning_of(topic, self.case, lead, tail, count)

    def value(self, meaning: Meaning | None, lead: str, count: Count | None, last: bool) -> Said | None:
        """The statement of a value; of a fact, where the words are its name."""
        if meaning is None:
            return self.fact(lead, count, last) if count else None
        whole = self.lists.whole
        row = whole.row if whole and whole.row and meaning.family == "申请人" else "一"
        case = meaning.case or self.case
        return Said(
            What.VALUE, meaning.named(case), meaning.cells_of(case, row), meaning.any, self.certain(meaning, lead), last, count, *self.span,
            row=meaning.row, family=meaning.family,
        )  # fmt: skip

    def fact(self, lead: str, count: Count, last: bool) -> Said | None:
        """The statement of a fact, or of a part of the one whose parts are being listed."""
        label, whole = label_of(lead), self.lists.whole
        if whole and whole.is_fact:
            name = whole.cells[0].split("/")[1]
            part = next((one for one in self.setting.facts.get(name, ()) if one == label), "")
            if part:
                return Said(What.VALUE, part, (f"事实/{name}/{part}",), False, not self.not_ours, whole.last, count, *self.span)
        name = next((one for one in self.setting.facts if len(one) > 2 and label.endswith(one)), "")
        if not name:
            return None
        return Said(
            What.VALUE, name, (f"事实/{name}",), False, label == name and not self.not_ours, last, count, *self.span
        )

    def ratio(self, lead: str, count: Count) -> None:
        """What a percentage, a difference or a multiple is said of."""
        if self.words.compare.share.search(lead):
            part, whole, recent = self.lists.recent_count, self.lists.total, self.lists.recent
            if not self.words.filler.match(self.words.compare.share.split(lead)[0]):
                return  # of something else than the number before: 其他情况占20%
            name, cells, sure = (recent.name, recent.cells, recent.sure) if recent else ("", (), not self.not_ours)
            self.reading.said.append(
                Said(What.SHARE, name, cells, False, sure, False, count, *self.span, of=recent, part=part, whole=whole)
            )
        elif _RATE.search(lead):
            self.done(f"{lead}{count.text}", count)
            if self.topic == "申请" and count.value != 100:
                self.reading.said.append(Said(What.SHARE, "办结", (DONE,), False, False, False, count, *self.span))
        elif self.compared and (base := self.base(lead)):
            self.change(What.CHANGE, base, lead, count)

    def base(self, lead: str) -> Said | None:
        """What a change is of: what the words before 同比 name; without any, the number before."""
        mark = self.words.compare.mark.search(lead)
        subject = lead[: mark.start()] if mark else ""
        if not subject.strip() or self.words.filler.match(subject):
            return self.lists.recent
        return self.value(self.meaning(subject, "", None), subject, None, last=False)

    def change(self, what: What, base: Said, words_: str, count: Count | None) -> None:
        """Add a statement of a change, when its words say whether it rises."""
        up, down = self.words.compare.up.search(words_), self.words.compare.down.search(words_)
        if bool(up) != bool(down):
            self.reading.said.append(
                replace(base, what=what, last=False, count=count, of=base, rises=bool(up), before=self.lists.last_said(base))
            )

    def without_number(self, text: str, behind: bool) -> None:
        """What a clause without a number says, or the words behind its last number."""
        compare, recent = self.words.compare, self.lists.recent
        if recent and not behind and (all_ := _ALL.search(text)) and self.lists.recent_count:
            meaning = self.meaning(all_[1], "", None)
            if meaning and meaning.family in _PARTS:
                said = self.value(meaning, text, self.lists.recent_count, last=False)
                firm = recent.sure and recent.name in {"办结", *CASE_NAMES.values()} or meaning.family == "申请人"
                if said:
                    self.reading.said.append(replace(said, sure=said.sure and firm, what=What.VALUE))
        if recent and compare.level.search(text):
            self.reading.said.append(replace(recent, what=What.LEVEL, count=None, of=recent))
        elif recent and compare.double.search(text):
            self.reading.said.append(replace(recent, what=What.DOUBLE, count=None, of=recent))
        elif not behind and compare.mark.search(text) and (base := self.base(text)):
            self.change(What.DIRECTION, base, text[compare.mark.search(text).end() :], None)  # type: ignore[union-attr]
        self.done(text, None)
        if not behind:
            self.nothing(text)

    def done(self, text: str, count: Count | None) -> None:
        """Whether all that was received is said to be concluded."""
        sure, soft = self.words.done.search(text), self.words.answered.search(text)
        if (sure or soft) and not self.not_ours and self.topic == "申请" and (self.named or self.section == "申请"):
            self.reading.said.append(
                Said(What.DONE, "结转下年度继续办理", self.words.still_open, False, bool(sure), self.last_year, count,
                     *self.span)
            )  # fmt: skip

    def nothing(self, text: str) -> None:
        """What a clause says there was none of."""
        for one in self.words.none if _NONE.search(text) else ():
            if one.words.search(text):
                case = one.case or self.case
                sure = not self.not_ours and (one.topic != CASE or self.about_cases)
                self.reading.said.append(
                    Said(What.VALUE, one.name, one.cells_of(case, "一"), one.any, sure, self.last_year, None, *self.span)
                )
