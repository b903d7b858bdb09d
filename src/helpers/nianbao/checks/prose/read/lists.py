"""Which numbers are parts of which: 其中, brackets, 合计; and the number that a percentage belongs to."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from nianbao.checks.prose.read.phrases import TOGETHER
from nianbao.checks.prose.said import Listed, Reading, Said, What, of_one_kind
from nianbao.checks.prose.vocabulary import HANDLES
from nianbao.checks.prose.words import ALL_CASES, ANSWERED, RESULTS, words
from nianbao.reading import spoken

if TYPE_CHECKING:
    from nianbao.checks.prose.counts import Count

ANSWERS = "答复方式"  # the family of ways by which answers went out
MOST = 60  # parts of a list, more than any report has
# What was received may be told as parts of what was concluded: 办结57件，其中上年结转4件、本年新收53件.
_RECEIVED = {"新收", "上年结转"}
_DIVIDED = re.compile("[按从]|分$|看$")  # 其中从渠道看：
# What a total is divided by anew (按申请人分：), what tells of it otherwise, and what only introduces its parts.
_BY = re.compile("^(?:按照?|从|以|依)")
_ANEW = re.compile(
    f"{_BY.pattern}|(?:方式|渠道|途径|形式|类[型别]|来源|内容|主体|对象|领域|申请人)(?:情况|构成|分布|分析|统计)?[为是]?$"
)
_OTHERWISE = re.compile(f"结果|{HANDLES}|复议|诉讼")
_INTRODUCES = re.compile("具体|如下|主要|分别|情况|包[括含]|涉及|详见|依次")
_CASES = {ALL_CASES, RESULTS}
_OWN_SHARE = re.compile("[，占]")  # between two numbers of which each has its own: 予以公开50件（占39.1%）、部分公开9件


class Lists:
    """The list that is open, the numbers that it may be of, and those that brackets have put aside."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.recent: Said | None = None
        self.recent_count: Count | None = None
        self.current: Listed | None = None
        self.aside: list[tuple[Listed | None, Said | None, Count | None]] = []
        self.run: list[tuple[Count, Said | None]] = []
        self.before: dict[tuple[str, ...], Said] = {}
        # The numbers of the paragraph by their words; None for several.
        self.named: dict[str, tuple[Count, Said | None] | None] = {}
        self.all: tuple[Count, Said] | None = None  # the last number of all applications that the paragraph has told
        self.summed: list[tuple[Count, Said | None]] = []  # the last sum of numbers before it
        self.cut = False  # whether the sentence has numbers before its last ；
        self.span = (0, 0)
        self.only: Said | None = None  # what the one number of the sentence before is of
        self.divided: Listed | None = None  # the last list of the sentence that has ended
        self.several = self.apart = False  # whether the number before is one of several, and behind a ；

    @property
    def whole(self) -> Said | None:
        """What the open list is the parts of."""
        return self.current.whole if self.current else None

    @property
    def total(self) -> Count | None:
        """The total of the open list, or of the one that holds the brackets that are open."""
        listed = self.current or next((one for one, _, _ in reversed(self.aside) if one), None)
        return listed.total if listed else None

    def forget(self) -> None:
        """Forget all numbers, where another sub-section begins."""
        self.recent = self.recent_count = self.current = None

    def paragraph(self) -> None:
        """Begin a paragraph."""
        self.named, self.all = {}, None

    def begin(self, span: tuple[int, int], keep: bool) -> None:
        """Begin a sentence; one that begins with 其中 speaks of the number before."""
        is_only = len(self.run) == 1 and self.run[0][0] is self.recent_count and not self.cut
        self.only = self.run[0][1] if is_only else None
        self.span, self.run, self.aside, self.current, self.before = span, [], [], None, {}
        self.cut = False
        self.divided, self.several, self.apart = None, False, False
        if not keep:
            self.forget()

    def bracket(self, between: str, first: Count | None, words_before: str) -> None:
        """The marks between two clauses, the words that may go on, and the first number of the second clause."""
        if "）" in between and self.aside:
            self.finish()
            self.current, self.recent, self.recent_count = self.aside.pop()
        if "；" in between:
            if self.current and len(self.current.parts) == 1 and not self.divided:
                self.current.steps = True
            elif self.current and not self.current.steps:
                self.current.whole_list = False
                self.finish()
            self.several, self.apart = self.several or len(self.run) > 1, True
            self.run, self.cut = [], True
        if "（" in between:
            self.aside.append((self.current, self.recent, self.recent_count))
            self.current = None
        if "：" in between and first and not self.divides(words_before):
            return
        if ("（" in between or "：" in between) and first and self.recent_count and first.unit == self.recent_count.unit:
            self.open(first)
            if self.current and not self.current.parts:
                self.headed(words_before, colon="：" in between)

    def divides(self, text: str) -> bool:
        """Whether a list behind words and a colon is of the number before, or of the total that the list before is of."""
        text = _INTRODUCES.sub("", words().begin.sub("", text)).strip("，、 ")
        if words().filler.match(text):
            return True
        listed, before, said = self.current or self.divided, self.recent_count, self.recent
        is_part = listed and any(count is before for count, _ in listed.parts)
        if self.current:
            self.finish()
        if listed and (is_part or listed.total is before):
            self.recent, self.recent_count = listed.whole, listed.total
            return bool(_ANEW.search(text)) and not _OTHERWISE.search(text)
        if (self.several or len(self.run) > 1) and not (said and said.group):
            return False
        return not self.apart or bool(_BY.search(text))

    def headed(self, text: str, colon: bool) -> None:
        """What the words before a list say of its parts: 分别为：, 主要有：, 其中重点领域：."""
        listed, known = self.current, words()
        assert listed
        listed.closed = listed.closed or bool(known.closed.search(text))
        some = known.begin.search(text) and not _DIVIDED.search(text) and not known.filler.match(known.begin.sub("", text))
        listed.open = listed.open or bool(known.open.search(text) or some)
        listed.whole_list = colon

    def open(self, first: Count) -> None:
        """Open the list of the parts of the number before ``first``; a list inside a list has no end that shows."""
        total = self.recent_count
        if total is None or total is first or (self.current and self.current.total is total):
            return
        if self.current:
            self.current.open = True
            self.finish()
        said, is_carried = self.recent, self.recent is not None and self.recent.is_carried
        if is_carried and self.all and total.value < first.value:  # 收到130件，上年结转4件，其中自然人120件
            total, said = self.all
            told = [(count, one) for count, one in self.run if one and one.group and one.row and not one.last]
            if len(told) > 1:  # 新收130件，上年结转4件，办结128件，结转6件，其中自然人120件: of which of the two?
                total, said = told[0]
                self.current = Listed(total, said, open=True, rows=tuple(one.row for _, one in told))
                return
        self.current = Listed(total, said)

    def take_up(self, name: str) -> None:
        """Open the list of the parts of the one number of the paragraph with a name that no data knows: 在公开的信息中."""
        total, said = self.named.get(name) or (None, None)
        if total and not (said or self.current):
            self.current = Listed(total, None, apart=True)

    def within(self) -> None:
        """Open the list of the parts of the number just read: 在130件申请中."""
        if self.recent_count and not self.current:
            self.current = Listed(self.recent_count, self.recent)

    def leave_open(self) -> None:
        """The text says that there are more parts: 等, 主要."""
        if self.current:
            self.current.open = True

    def add(self, lead: str, count: Count, said: Said | None, apart: bool, parts: list[tuple[Count, Said | None]]) -> None:
        """A number: a part of the open list, the sum of ``parts`` before it, or a number of its own.

        ``apart`` tells that a comma or more lies between it and the number before.
        """
        if said and said.last:
            self.before[said.cells] = said
            return
        if self.current and TOGETHER.search(lead) and self.current.sums_up(count):  # 其中征地45件、补偿30件，合计75件
            is_some = count.value < self.current.total.value and not any(_family(one) for _, one in self.current.parts)
            self.current.open = self.current.open or is_some
        elif parts:
            self.reading.lists.append(Listed(count, said, *self.span, parts=parts, closed=True, sum_last=True))
            self.run, self.summed = [], [(count, said)]
        elif self.current and self.belongs(count, said, apart):
            self.current.parts.append((count, said))
            self.current.closed = self.current.closed or bool(words().closed.search(lead))
        elif self.current:
            self.finish()
        if not self.current:
            self.run = [*self.run[-MOST:], (count, said)]
        if name := words().plain.sub("", lead):
            self.named[name] = None if name in self.named else (count, said)
        if said and said.group:
            self.all = count, said
        self.recent, self.recent_count = said, count
        self.several = self.apart = False

    def grown(self, past: Count, count: Count) -> None:
        """Last year's number of what no data knows has become this year's: 访问量由上年的12万次增至14万次."""
        self.before[()] = Said(What.VALUE, past.text, (), *self.span, past, sure=True, last=True)
        self.run = [(count, None)]

    def together(self, base: Said) -> list[Said]:
        """All numbers of cases of the sentence as one: 行政复议9件，行政诉讼5件，同比增加11件."""
        cells = [said.cells[0] for _, said in self.run if said and said.family == base.family == ALL_CASES]
        return [replace(base, cells=("+".join(cells),), any=False)] if len(cells) > 1 else []

    def last(self, many: int) -> list[tuple[Count, Said | None]]:
        """The last numbers, as many as shares or changes of them follow; none where there are fewer."""
        numbers = self.numbers[-many:]
        return numbers if len(numbers) == many else []

    @property
    def numbers(self) -> list[tuple[Count, Said | None]]:
        """The parts of the open list; where none is open, the numbers of the sentence that are no parts of one."""
        return self.current.parts if self.current else self.run

    def joined(self, sentence: str, by_commas: bool, end: tuple[str, ...] = ()) -> tuple[tuple[Count, ...], bool] | None:
        """The sums of the last two, three, … numbers of one family, and whether each is sure; ``None`` for a single one.

        ``sentence`` has them joined by 、 or 和, or ``by_commas`` too: 自然人申请120件、企业7件. ``end`` names so many
        at an end of them: 前两项.
        """
        found: list[tuple[Count, Said | None]] = []
        for count, said in reversed(self.numbers):
            last, family = found[-1] if found else None, _family(said)
            if not (family or self.current or by_commas) or (
                last and (family, count.unit) != (_family(last[1]), last[0].unit)
            ):
                break  # 其中征地45件、补偿30件 are of no family, but parts of one list
            between = sentence[count.end - self.span[0] : last[0].start - self.span[0]] if last else ""
            if not by_commas and _OWN_SHARE.search(between):
                break
            found.append((count, said))
        if end:
            many = int(spoken(end[1]))
            found = [] if many > len(found) else found[-many:] if end[0] == "前" else found[:many]
        if len(found) < 2 or any(count.about for count, _ in found):
            return None
        sums = [*accumulate(count.value for count, _ in found)][1:]
        told = tuple(replace(found[-1][0], value=one, text=f"{one}{found[-1][0].unit}") for one in sums)
        return told, all(said is None or said.sure for _, said in found)

    @property
    def parts(self) -> list[Said]:
        """The last numbers that are parts of the same total."""
        found: list[Said] = []
        for _, said in reversed(self.numbers):
            if not (said and said.cells and said.family) or (found and said.family != found[0].family):
                break
            found.append(said)
        return found[::-1]

    @property
    def family(self) -> str:
        """What the numbers so far are parts of: 结果, 申请人, …; '' where they are no such parts."""
        known = (said for _, said in reversed(self.numbers) if said and (said.sure or said.likely))
        return next((said.family for said in known if said.family), "")

    def belongs(self, count: Count, said: Said | None, apart: bool) -> bool:
        """Whether a number can be one more part of the open list."""
        listed = self.current
        assert listed
        if len(listed.parts) >= MOST:
            return False
        if count.unit and listed.total.unit and count.unit != listed.total.unit:
            return False
        if apart and not (said and said.family) and listed.is_told:
            return False  # 共137件，其中市局58件，各县79件，县级答复76件
        done = listed.whole is not None and listed.whole.name in ANSWERED and said is not None and said.name in _RECEIVED
        is_its_own = said and said.cells and not (said.family or said.is_fact or said.printed)
        if said and is_its_own and (said.sure or said.name in _RECEIVED) and not done:
            return False
        if said and listed.whole and {said.family, listed.whole.family} == _CASES and not of_one_kind(said, listed.whole):
            return False  # 行政复议9件、行政诉讼5件，其中行政复议维持6件
        families = {one.family for _, one in listed.parts if one}
        return not (said and families and said.family not in families)

    def close(self) -> None:
        """End the sentence's lists."""
        self.finish()
        for listed, _, _ in self.aside:
            self.current = listed
            self.finish()
        self.aside = []

    def finish(self) -> None:
        """End the open list; one with a single part says nothing about a sum."""
        listed, self.current = self.current, None
        if listed and len(listed.parts) > 1:
            listed.start, listed.end = self.span
            self.divided = listed
            self.reading.lists.append(listed)


def _family(said: Said | None) -> str:
    return said.family if said else ""
