"""Every number of a report's text, and where it comes from."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from nianbao import periods
from nianbao.checks.places import whole_place
from nianbao.checks.prose import counts
from nianbao.checks.prose.judge.lists import completed, judge_list
from nianbao.checks.prose.judge.statements import in_parts, judge
from nianbao.checks.prose.read.context import Setting
from nianbao.checks.prose.read.reader import read
from nianbao.checks.prose.said import FACT, Judged, Verdict, What, steps_of_fact
from nianbao.checks.prose.texts import texts_of
from nianbao.checks.prose.values import Values
from nianbao.checks.prose.words import DECISIONS, NEW, words
from nianbao.checks.tables.celled import read_in_rows
from nianbao.checks.tables.sums import totalled
from nianbao.reading import even
from nianbao.wording import CLAUSE_ENDS, SENTENCE_ENDS, years_in_figures

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from nianbao.checks.prose.counts import Count
    from nianbao.checks.prose.said import Listed, Said
    from nianbao.checks.prose.texts import Text
    from nianbao.findings import Source
    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative
    from nianbao.narrative.values import Printed

_MARKS = re.compile(f"[{CLAUSE_ENDS}、（）()\n]")
_MARKUP = re.compile(r"\\[\\*_`#+\-.!\[\]<>|]|[*`#]")
_STOP = re.compile(f"[{SENTENCE_ENDS}\n]")
_SHOWN, _LONG = 80, 240  # characters of a sentence that are shown; of one that is surely longer
_FAR = 300  # characters from a number, beyond which no end of its sentence is looked for


class How(Enum):
    """How a number is accounted for."""

    BOUND = "占位符"
    """A placeholder has printed it."""
    MATCHED = "相符"
    """Its statement is understood, and agrees with the data."""
    CONTRADICTED = "不符"
    """Its statement is understood, and the data says otherwise."""
    NO_SOURCE = "不需要来源"
    """It is a date, the number of a document or an article, an ordinal, a telephone number or the like."""
    UNBOUND = "没有来源"


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the text."""

    text: str  # as written
    place: str  # the heading of its chapter, or what else it stands in
    source: Source | None  # where it was written
    how: How
    origin: str = ""  # what accounts for it: the origin of a printed value, the cell or fact that agrees
    sentence: str = ""  # the sentence around it
    placeholder: str = ""  # of one that nothing accounts for, the placeholder that would print it

    @property
    def line(self) -> int | None:
        """The line where it was written."""
        return self.source.line if self.source else None

    def to_json(self) -> dict[str, Any]:
        """The number as JSON values."""
        file = self.source.file if self.source else None
        about = {"number": self.text, "place": self.place, "file": file, "line": self.line, "how": self.how.value}
        return about | {"origin": self.origin, "sentence": self.sentence, "placeholder": self.placeholder}


@dataclass(slots=True)
class Account:
    """One text's numbers, and what its statements come to."""

    text: Text
    numbers: list[tuple[Count, How, str]] = field(default_factory=list)
    said: list[tuple[Said, Judged]] = field(default_factory=list)
    lists: list[tuple[Listed, Judged]] = field(default_factory=list)
    unbound: list[Count] = field(default_factory=list)


def accounts(report: Report, texts: Iterable[Text], values: Values) -> Iterator[Account]:
    """The account of each of a report's texts."""
    names = tuple(_short(name) for name in (report.bureau.name, report.bureau.short))
    facts = {name: tuple(fact.parts) for name, fact in report.facts.items()}
    place = whole_place(report.bureau)
    for text in texts:
        yield _account(text, values, Setting(text.table, report.year, names, facts, place, {}, text.overall))


def accounted(report: Report, narrative: Narrative) -> list[Number]:
    """Every number of the text in printed order, each with how it is accounted for."""
    values = Values(report)
    return [
        _number(account, count, how, origin, values)
        for account in accounts(report, texts_of(report, narrative), values)
        for count, how, origin in account.numbers
    ]


def _account(written: Text, values: Values, setting: Setting) -> Account:
    text, cases = read_in_rows(even(written.markdown), written.markdown, setting.year)
    account = Account(written)
    printed = [one for one in written.values if one.text]
    heard: list[Count] = []
    headed: set[int] = set()
    for count, is_masked in counted(written.markdown)[1]:
        if not count.unit and _is_within(cases, count):
            count = replace(count, unit="件")
            headed.add(count.start)
        origin = _printed_by(printed, count) or ("" if written.own else f"{written.place}（导语）")
        if origin:
            if known := values.printed(origin, count.value):
                setting.bound[count.start] = known
            account.numbers.append((count, How.BOUND, origin))
            heard.append(count)
        elif is_masked:
            if not count.spelt:
                account.numbers.append((count, How.NO_SOURCE, ""))
        else:
            account.numbers.append((count, How.UNBOUND, ""))
            heard += [count] if text[count.start : count.end].strip() else []
    if not written.own:
        return account
    reading = read(setting, text, heard)
    account.said = in_parts(((one, _as_headed(one, judge(one, values), headed)) for one in reading.said), text, values)
    account.lists = [(one, completed(one, judge_list(one, values), heard, text)) for one in reading.lists]
    _settle(account, _ways(account, values), values)
    return account


@lru_cache(maxsize=32)
def counted(markdown: str) -> tuple[str, tuple[tuple[Count, bool], ...]]:
    """A text made `even`, and its numbers, each with whether it is a date or the like; the last texts are kept.

    The cells of a table in it are apart: 100|134 are two numbers.
    """
    apart = years_in_figures(even(markdown.replace("|", "；")))
    masked = {at for one in words().no_source.finditer(apart) for at in range(*one.span())}
    masked |= {at for one in periods.read(apart) if one.begins for at in range(*one.span)}
    return apart, tuple((count, count.start in masked) for count in counts.numbers(apart))


def _as_headed(said: Said, judged: Judged, headed: Container[int]) -> Judged:
    """What a number comes to of which only the head of its column says that it counts 件: of decisions, it may be others."""
    is_doubtful = said.count and said.count.start in headed and said.cells and said.cells[0].startswith(DECISIONS)
    return replace(judged, verdict=Verdict.DOUBTFUL) if is_doubtful and judged.verdict is Verdict.FALSE else judged


def _ways(account: Account, values: Values) -> dict[int, tuple[How, str]]:
    """The numbers of applications by way of application, which no cell has: together they are all that were received."""
    received = values.value(NEW) if values.has(NEW) else None
    by_sentence: dict[int, list[Said]] = {}
    for said, _ in account.said:
        if said.family == "方式" and said.count and said.what is What.VALUE and not (said.count.about or said.last):
            by_sentence.setdefault(said.start, []).append(said)
    listed = {count.start for one, _ in account.lists for count, _ in one.parts}
    known: dict[int, tuple[How, str]] = {}
    for same in by_sentence.values() if received else ():
        sum_, kinds = sum(said.count.value for said in same if said.count), {said.name for said in same}
        if sum_ == received:
            known |= {said.count.start: (How.MATCHED, "各方式之和为新收") for said in same if said.count}
        elif (
            (len(kinds) > 2 or sum_ > (received or 0))
            and (same[0].sure or same[0].likely)
            and same[0].count
            and same[0].count.start not in listed
        ):
            shown, label = f"各方式之和 {sum_}", f"{values.label(NEW)} {received}"
            account.said.append((same[0], Judged(Verdict.DOUBTFUL, "", shown, label)))
    return known


def _printed_by(printed: Sequence[Printed], count: Count) -> str:
    """The origin of the value that a number begins or ends in; '' where no placeholder has printed it."""
    for at in (count.start, count.end - 1):
        index = bisect_right(printed, at, key=lambda one: one.at) - 1
        if index >= 0 and at < printed[index].at + len(printed[index].text):
            return printed[index].origin
    return ""


def _is_within(masked: Sequence[tuple[int, int]], count: Count) -> bool:
    """Whether a number begins in one of some places, as a date is; one that only ends in it has begun before: 12件2021年."""
    index = bisect_right(masked, count.start, key=lambda span: span[0]) - 1
    return index >= 0 and count.start < masked[index][1]


_RANK = {Verdict.TRUE: How.MATCHED, Verdict.FALSE: How.CONTRADICTED, Verdict.DOUBTFUL: How.CONTRADICTED}


def _settle(account: Account, known: dict[int, tuple[How, str]], values: Values) -> None:
    """Give each number the verdict of what is said of it, or that of its total in a table; ``known`` holds some of them."""
    for said, judged in account.said:
        if said.count and judged.verdict in _RANK:
            known.setdefault(said.count.start, (_RANK[judged.verdict], judged.origin))
    for listed, judged in account.lists:
        if judged.verdict is Verdict.TRUE and listed.total.start in known:
            for count, _ in listed.parts:
                known.setdefault(count.start, known[listed.total.start])
        elif judged.verdict is Verdict.TRUE and all(count.start in known for count, _ in listed.parts):
            known[listed.total.start] = How.MATCHED, "各分项之和"
    sound = {start for start, (how, _) in known.items() if how is How.MATCHED}
    sound |= {count.start for count, how, _ in account.numbers if how is How.BOUND}
    starts = [count.start for count, *_ in account.numbers]
    for start, origin in totalled(account.text.markdown, starts, sound, values).items():
        known.setdefault(start, (How.MATCHED, origin))
    settled = []
    for count, how, origin in account.numbers:
        if how is How.UNBOUND:
            how, origin = known.get(count.start, (how, origin))
        if how is How.UNBOUND and (count.loose or count.is_word):
            how = How.NO_SOURCE
        if how is How.UNBOUND:
            account.unbound.append(count)
        settled.append((count, how, origin))
    account.numbers = settled


def _short(name: str) -> str:
    return name.replace("人民政府", "政府")


def sentence_of(text: str, start: int, end: int) -> str:
    """The sentence around a place as it was typed, but for Markdown's marks, at most 80 characters of it."""
    first, last = max(0, start - _FAR), end + _FAR
    begin = max(text.rfind(mark, first, start) for mark in f"{SENTENCE_ENDS}\n") + 1 or first
    stop = _STOP.search(text, max(start, end - 1), last)
    until = stop.end() if stop else min(last, len(text))
    shown = _unmarked(text[begin:until]).strip() if until - begin <= _LONG else ""
    if not shown or len(shown) > _SHOWN:
        left, right = max(begin, start - _SHOWN // 2), min(until, start + _SHOWN // 2)
        shown = f"…{_unmarked(text[left:right]).strip()}{'…' if right < until else ''}"
    return shown


def bare(text: str) -> str:
    """A text without white space and Markdown's marks; one that is escaped stands for itself."""
    return "".join(_unmarked(text).split())


def _unmarked(text: str) -> str:
    return _MARKUP.sub(lambda found: found[0][1:], text)


def hint(text: Text, count: Count, values: Values) -> str:
    """The placeholder that would print a number, where the words around it name a fact that has its value; else ''."""
    marks = [at.start() for at in _MARKS.finditer(text.markdown, max(0, count.start - _FAR), count.end + _FAR)]
    begin = max((at for at in marks if at < count.start), default=0)
    end = min((at for at in marks if at >= count.end), default=len(text.markdown))
    return values.placeholder(count.value, count.unit, text.markdown[begin:end])


def facts_of(account: Account, values: Values) -> set[str]:
    """The names of the facts that a text's numbers are of: printed, said, or such as `hint` knows their placeholder."""
    printed = (values.facts_from(origin) for _, how, origin in account.numbers if how is How.BOUND)
    said = (steps_of_fact(one.cells[0])[0] for one, _ in account.said if one.is_fact and one.count and not one.last)
    could = (hint(account.text, count, values) for count in account.unbound)
    tabled = (origin.split(" · ")[1] for _, how, origin in account.numbers if how is How.MATCHED and origin.startswith(FACT))
    return {*chain(*printed), *said, *tabled, *(one.strip("{} ").split(".")[1] for one in could if one)}


def _number(account: Account, count: Count, how: How, origin: str, values: Values) -> Number:
    """A number with all of the value that it begins, such as its unit; of a value of several numbers its own part only."""
    text = account.text
    source = text.source(count.start) if text.own else None
    sentence = sentence_of(text.markdown, count.start, count.end)
    could = hint(text, count, values) if how is How.UNBOUND else ""
    at = [(one.at, _end_of(one)) for one in text.values if how is How.BOUND and one.at <= count.start < _end_of(one)]
    begin, end = max(at, key=lambda one: one[1], default=(0, 0))
    if end and sum(begin <= other.start < end for other, *_ in account.numbers) > 1:
        end, own = 0, [one for one in origin.split("；") if values.printed(one, count.value)]
        origin = "；".join(own) or origin
    shown = text.markdown[count.start : max(end, count.end)].replace("*", "")
    return Number(shown, text.place, source, how, origin, sentence, could)


def _end_of(printed: Printed) -> int:
    return printed.at + len(printed.text)
