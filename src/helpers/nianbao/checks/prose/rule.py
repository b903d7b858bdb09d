"""What the text says is proved against tables, facts and last year's report; numbers without a source are named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.checks.lines import line_of
from nianbao.checks.prose.accounts import accounts, sentence_of
from nianbao.checks.prose.judge import Judged, Verdict
from nianbao.checks.prose.said import What
from nianbao.checks.prose.values import Values
from nianbao.findings import Finding, Kind, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.checks.prose.accounts import Account
    from nianbao.checks.prose.said import Said
    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative, Passage

CONTRADICTS = Kind("E501", Severity.ERROR, "正文与表格不符", acceptable=True, each=True)
COMPARED_WRONG = Kind("E502", Severity.ERROR, "同比或占比有误", acceptable=True, each=True)
PARTS = Kind("E503", Severity.ERROR, "正文分项之和不符", acceptable=True, each=True)
TWO_VALUES = Kind("E504", Severity.ERROR, "正文前后不一", acceptable=True, each=True)
DOUBTFUL = Kind("W501", Severity.WARNING, "正文与数据可能不符", each=True)
UNBOUND = Kind("I501", Severity.NOTE, "正文数字没有来源")
UNBOUND_STRICT = Kind("W502", Severity.WARNING, "正文数字没有来源")

_ACTION = "核对：改正文字或表格；数字改用占位符就不会不符；确实无误的，在 report.yaml 的 accepted 中写明原因"
_SHOWN = 4  # numbers without a source that a finding names, and quotations of a contradiction


def prose(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """All that the text says wrongly, and a note for each chapter with numbers that nothing accounts for."""
    values = Values(report)
    known = list(accounts(report, narrative, values))
    for account in known:
        yield from _contradictions(report, account)
    yield from _two_values(report, known)
    for account in known:
        yield from _unbound(report, account, values)


def _finding(report: Report, kind: Kind, passage: Passage, span: tuple[int, int], judged: Judged) -> Finding:
    """The finding on one statement; its place names the statement too, so that no other is accepted along with it."""
    why = f"；{judged.why}" if judged.why else ""
    found = f"“{sentence_of(passage.markdown, *span)}”：{judged.shown}{why}"
    place = f"{passage.heading or '引言'} · {judged.shown.partition('（')[0]}"
    return Finding(kind, place, line_of(report, passage, span[0]), found, judged.expected, _ACTION)


def _contradictions(report: Report, account: Account) -> Iterator[Finding]:
    passage, seen = account.passage, set()
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
        yield _finding(report, kind, passage, span, judged)
    for listed, judged in account.lists:
        if judged.verdict in {Verdict.FALSE, Verdict.DOUBTFUL}:
            kind = DOUBTFUL if judged.verdict is Verdict.DOUBTFUL else PARTS
            span = (listed.total.start, listed.total.end)
            yield _finding(report, kind, passage, span, judged)


def _two_values(report: Report, known: list[Account]) -> Iterator[Finding]:
    """A quantity that the tables cannot settle, said with two values."""
    first: dict[tuple[str, bool], tuple[Said, Passage]] = {}
    for account in known:
        for said, judged in account.said:
            if (
                said.what is not What.VALUE
                or judged.verdict is not Verdict.OPEN
                or not (said.count and said.sure and said.cells)
            ):
                continue
            before, where = first.setdefault((said.cells[0], said.last), (said, account.passage))
            one, other = before.count, said.count
            if one and other and one.unit == other.unit and not (one.agrees(other.value) or other.agrees(one.value)):
                span = (other.start, other.end)
                earlier = sentence_of(where.markdown, one.start, one.end)
                expected = f"与前文一致：“{earlier}”（{where.heading or '引言'}）说是{one.text}"
                judged = Judged(Verdict.FALSE, "", f"{said.name}{other.text}", expected)
                yield _finding(report, TWO_VALUES, account.passage, span, judged)


def _unbound(report: Report, account: Account, values: Values) -> Iterator[Finding]:
    """One note a chapter: its numbers without a source, with the placeholders that would print them."""
    passage, loose = account.passage, account.unbound
    if not loose or not passage.own:
        return
    kind = UNBOUND_STRICT if report.bureau.unbound == "警告" else UNBOUND
    texts = [passage.markdown[count.start : count.end].strip() for count in loose]
    hints = [(text, values.placeholder(count.value, count.unit)) for text, count in zip(texts, loose, strict=True)]
    could = "；".join(f"{text} 可写作 {hint}" for text, hint in dict(hints).items() if hint)
    found = f"{len(texts)}个数字没有来源：{'、'.join(texts[:_SHOWN])}{'等' if len(texts) > _SHOWN else ''}"
    action = could or "写进 report.yaml 的 facts，用占位符引用；nianbao check --unbound 逐个列出"
    source = line_of(report, passage, loose[0].start)
    yield Finding(kind, passage.heading or "引言", source, found, "占位符，或能与数据核对的说法", action)
