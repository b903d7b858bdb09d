"""What the text says is proved against tables, facts and last year's report; numbers without a source are named."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao import wording
from nianbao.checks.prose.accounts import How, accounts, bare, facts_of, hint, sentence_of
from nianbao.checks.prose.kept import kept
from nianbao.checks.prose.said import FACT, Judged, Verdict, What, steps_of_fact
from nianbao.checks.prose.texts import texts_of
from nianbao.checks.prose.twice import told_twice
from nianbao.checks.prose.values import Values
from nianbao.checks.tables.celled import tables
from nianbao.findings import Finding, Kind, Severity, enumerated
from nianbao.measures import MEASURE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nianbao.checks.prose.accounts import Account
    from nianbao.checks.prose.said import Said
    from nianbao.checks.prose.texts import Text
    from nianbao.checks.prose.twice import Told
    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative

CONTRADICTS = Kind("E501", Severity.ERROR, "正文与表格不符", acceptable=True, each=True)
COMPARED_WRONG = Kind("E502", Severity.ERROR, "同比或占比有误", acceptable=True, each=True)
PARTS = Kind("E503", Severity.ERROR, "正文分项之和不符", acceptable=True, each=True)
TWO_VALUES = Kind("E504", Severity.ERROR, "正文前后不一", acceptable=True, each=True)
DOUBTFUL = Kind("W501", Severity.WARNING, "正文与数据可能不符", each=True)
TOLD_TWICE = Kind("W506", Severity.WARNING, "前后的数不同", each=True)
UNITLESS = Kind("W233", Severity.WARNING, "印出的数字没有单位")
UNBOUND = Kind("I501", Severity.NOTE, "正文数字没有来源")
UNUSED = Kind("I503", Severity.NOTE, "事实没有写进正文")
UNBOUND_STRICT = Kind("W502", Severity.WARNING, "正文数字没有来源")

_ACTION = "核对：改正文字、占位符或表格；数字改用占位符就不会不符；确实无误的，在 report.yaml 的 accepted 中写明原因"
_SAME_NUMBER = "核对两处：改正写错的一处；写进 facts 用占位符引用，两处就不会不同；说的不是同一件事的，把话写明白"
_DIGITS = re.compile(r"\d[\d.,，]*(?<![.,，])[百千万亿]*")
_MEASURED = re.compile(MEASURE)
_ALONE = re.compile(f"[{wording.CLAUSE_ENDS}]|$")  # what stands behind a number that nothing follows
_IS = re.compile("[数量总计为是共达有到：:]*$")  # between a unit and its number: 培训人次为112
_BESIDE = 24  # characters beside a number in which its unit stands, with marks of Markdown


def prose(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """All that a report's texts say wrongly, and notes on numbers that nothing accounts for and facts that none is of."""
    values = Values(report)
    known = list(accounts(report, texts_of(report, narrative), values))
    yield from _proved(report, known, values)
    yield from _unused(report, known, values)
    yield from _unitless(report, known, values)


def proved(report: Report, texts: Iterable[Text]) -> Iterator[Finding]:
    """All that any texts that speak of a report say wrongly, and a note for each with numbers that nothing accounts for."""
    values = Values(report)
    yield from _proved(report, list(accounts(report, texts, values)), values)


def _proved(report: Report, known: list[Account], values: Values) -> Iterator[Finding]:
    for account in known:
        yield from _contradictions(account, values)
    yield from _two_values(known)
    for before, after in told_twice(known, (report.bureau.name, report.bureau.short), report.year):
        yield _different(before, after)
    for account in known:
        yield from _unbound(report, account, values)


def _finding(kind: Kind, text: Text, span: tuple[int, int], judged: Judged) -> Finding:
    """The finding on one statement; its place names the statement too, so that no other is accepted along with it."""
    why = f"；{judged.why}" if judged.why else ""
    found = f"“{sentence_of(text.markdown, *span)}”：{judged.shown}{why}"
    place = f"{text.place} · {judged.shown.partition('（')[0]}"
    return Finding(kind, place, text.source(span[0]), found, judged.expected, _ACTION)


def _contradictions(account: Account, values: Values) -> Iterator[Finding]:
    seen = set()
    printed = {count.start: (origin, count.value) for count, how, origin in account.numbers if how is How.BOUND}
    wrong = {Verdict.FALSE, Verdict.DOUBTFUL}
    counted = {(said.start, said.cells) for said, one in account.said if said.what is What.CHANGE and one.verdict in wrong}
    for said, judged in account.said:
        if judged.verdict not in wrong or (judged.shown, said.start) in seen:
            continue
        if said.what is What.DIRECTION and (said.start, said.cells) in counted:
            continue  # the number that follows says so too
        seen.add((judged.shown, said.start))
        kind = CONTRADICTS if said.what in {What.VALUE, What.DONE} else COMPARED_WRONG
        kind = DOUBTFUL if judged.verdict is Verdict.DOUBTFUL else kind
        span = (said.count.start, said.count.end) if said.count else (said.start, said.end)
        if span[0] in printed and said.what is What.VALUE:
            judged = replace(judged, why=f"占位符印的是“{values.named(*printed[span[0]])}”")
        yield _finding(kind, account.text, span, judged)
    for listed, judged in account.lists:
        if judged.verdict in {Verdict.FALSE, Verdict.DOUBTFUL}:
            kind = DOUBTFUL if judged.verdict is Verdict.DOUBTFUL else PARTS
            span = (listed.total.start, listed.total.end)
            yield _finding(kind, account.text, span, judged)


def _two_values(known: list[Account]) -> Iterator[Finding]:
    """A quantity that the tables cannot settle, said with two values."""
    first: dict[tuple[tuple[str, ...], bool], tuple[Said, Text]] = {}
    for account in known:
        for said, judged in account.said:
            if (
                said.what is not What.VALUE
                or judged.verdict is not Verdict.OPEN
                or not (said.count and said.sure and said.cells)
            ):
                continue
            before, where = first.setdefault((said.cells, said.last), (said, account.text))
            one, other = before.count, said.count
            if one and other and one.unit == other.unit and not (one.agrees(other.value) or other.agrees(one.value)):
                span = (other.start, other.end)
                earlier = sentence_of(where.markdown, one.start, one.end)
                expected = f"与前文一致：“{earlier}”（{where.place}）说是{one.text}"
                judged = Judged(Verdict.FALSE, "", f"{said.name}{other.text}", expected)
                yield _finding(TWO_VALUES, account.text, span, judged)


def _different(before: Told, after: Told) -> Finding:
    """The finding on a number that another chapter gives another value."""
    (where, one), (text, other) = before, after
    found = f"“{sentence_of(text.markdown, other.start, other.end)}”"
    expected = f"与“{where.place}”一致：“{sentence_of(where.markdown, one.start, one.end)}”"
    return Finding(TOLD_TWICE, f"{text.place} · {other.text}", text.source(other.start), found, expected, _SAME_NUMBER)


def _unbound(report: Report, account: Account, values: Values) -> Iterator[Finding]:
    """One short note a chapter: its numbers without a source, with the placeholders that would print them."""
    text = account.text
    rows = [range(one.start, one.end) for one in tables(text.markdown)]
    loose = sorted(account.unbound, key=lambda count: any(count.start in row for row in rows))  # those of sentences first
    if not loose or not text.own or not text.chapter:
        return
    kind = UNBOUND_STRICT if report.bureau.unbound == "警告" else UNBOUND
    typed = {count: text.markdown[count.start : count.end].replace("*", "").strip() for count in loose}
    texts = [*typed.values()]
    hints = dict(zip(texts, (hint(text, count, values) for count in loose), strict=True))
    could = "；".join(f"{number} 可写作 {one}" for number, one in hints.items() if one)
    found = f"{len(texts)}个数字：{enumerated(texts)}"
    if same := [f"{typed[one]}（上年第{line}行）" for one, line in kept(report, text.markdown, loose)]:
        found += f"；与上年同一句的数相同：{enumerated(same)}"
    yield Finding(kind, text.place, text.source(loose[0].start), found, "", could)


def _unused(report: Report, known: list[Account], values: Values) -> Iterator[Finding]:
    """One short note on the facts that have a value and that no number of the text is of: filled in, and then forgotten."""
    facts = [one for one in report.facts.values() if one.value is not None]
    used = {name for account in known for name in facts_of(account, values)} if facts else set()
    unused = [one for one in facts if one.name not in used]
    if unused:
        shown = [f"{one.name}{wording.number(one.value)}{one.unit}" for one in unused if one.value is not None]
        found = f"{len(unused)}个：{enumerated(shown)}"
        action = f"写进正文，如 {{{{ 事实.{unused[0].name} }}}}；不用的，从 facts 或填报表里删去"
        yield Finding(UNUSED, FACT, unused[0].source, found, "", action)


def _unitless(report: Report, known: list[Account], values: Values) -> Iterator[Finding]:
    """A warning for a fact that is printed without a unit in a sentence: 组织培训112。

    It had one last year; or it stands alone, and the text writes one where it prints it again.
    """
    past = {name: one.unit for name, one in report.previous.facts.items()} if report.previous else {}
    printed = [*_without_unit(report, known, values)]
    written = {name: found[0] for name, *_, behind in printed if (found := _MEASURED.match(behind))}
    told = set()
    for name, value, sentence, before, behind in printed:
        was = past.get(name, "")
        unit = was or written.get(name, "")
        is_alone = _ALONE.match(behind) and unit not in sentence
        if unit and name not in told and not _says_unit(before, behind, unit) and (was or is_alone):
            told.add(name)
            action = f"写上单位：{name}: {{value: {value}, unit: {unit}}}；不用单位的，在 report.yaml 接受"
            expected, source = f"{value}{unit}，{'上年的' if was else '别处写的'}单位", report.facts[name].source
            yield Finding(UNITLESS, f"事实 · {name}", source, f"“{sentence}”：{name}没有单位", expected, action)


def _without_unit(report: Report, known: list[Account], values: Values) -> Iterator[tuple[str, str, str, str, str]]:
    """The printed numbers of facts that have no unit: the fact, the number, its sentence, what stands before and behind."""
    for account in known:
        text = account.text.markdown
        rows = [range(one.start, one.end) for one in tables(text)]
        for count, how, origin in account.numbers:
            name = next(iter(steps_of_fact(values.facts_by_origin.get(origin, ""))), "")
            if how is How.BOUND and name and not report.facts[name].unit and not any(count.start in row for row in rows):
                before, behind = text[max(0, count.start - _BESIDE) : count.start], text[count.start : count.end + _BESIDE]
                sentence = sentence_of(text, count.start, count.end)
                yield name, wording.number(count.value), sentence, bare(before), _DIGITS.sub("", bare(behind), count=1)


def _says_unit(before: str, behind: str, unit: str) -> bool:
    """Whether a unit stands behind a number, in brackets too, or in the words that it is given for."""
    return behind.removeprefix("（").removeprefix("(").startswith(unit) or _IS.sub("", before).endswith(unit)
