"""What a text says of all of a kind: that they are concluded, closed, or each of one part of a total."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from nianbao.checks.prose.counts import PERCENT, Count
from nianbao.checks.prose.read.cases import IS_OF_KIND, case_of, result_of
from nianbao.checks.prose.read.meanings import meaning
from nianbao.checks.prose.read.phrases import DENIED, others_of, topic_of
from nianbao.checks.prose.read.quantities import value
from nianbao.checks.prose.read.years import CARRIED_IN, OF_LAST_YEAR
from nianbao.checks.prose.said import Said, What
from nianbao.checks.prose.vocabulary import CONCLUDES, HANDLES, RECEIVES, THIS_YEAR
from nianbao.checks.prose.words import (
    ALL_CASES,
    ANSWERED,
    APPLIED,
    BACKLOG,
    CASE,
    CLOSED,
    COURSES,
    DIVIDED,
    DONE,
    LAWSUITS,
    NO_CASES,
    OF_DOCUMENTS,
    RESULTS,
    STILL_OPEN,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.checks.prose.read.clause import Clause, Sentence
    from nianbao.checks.prose.words import Meaning

_ALL = re.compile("(?:均|全部|都|皆)(?:已|系|为|是|因|被|属于?|作出?|由|予)?(.{2,16})$")
# Of one kind or of another, of this year or of others: 均为过程性信息或其他情形.
_SOME = re.compile("[、或和及与等]|其[他它余]|部分|以前|之前|往[年期]|历年|早年|此前|早期")
_NOT = re.compile("未曾?|没有|无|不(?:存在|涉及|属于)")
_ONE = re.compile("系|原告|我们|败诉|胜诉|请求")
_BUT = re.compile("除|审结的|部分")
_OF_ALL = re.compile(f"{RECEIVES}|{HANDLES}|登记|所有|全部|均|都|率|[，、\\s]")
# All of them, by no more than their name: 所有政府信息公开申请.
_APPLICATIONS = re.compile(
    f"(?:所有|全部|全年|{THIS_YEAR})*的?(?:依申请公开的?|(?:政府|政务)?信息公开|公开)?的?申请(?:事项|件)?"
)
_MOSTLY = re.compile("(?:主要)?以(?P<kind>.{2,8}?)(?P<most>为主|居多)$")
_LEAST = Decimal(25)  # percent of all that most of several kinds may be
# That what is counted has led to something: 未引起行政诉讼; not so 未因信息公开引发行政诉讼.
_CAUSED = re.compile("(?:未曾?|没有|无)(?:再)?(?:引[发起]|导致|造成|被(?:提起|申请))")
_OF_YEAR = re.compile(f"全年|{THIS_YEAR}|年[内度]|^[我本]|(?:部门|单位|科室|机关|局)$")
_LAST = re.compile("的?(?:规?范?性?文?件)?")
_TOO = re.compile(f"{RECEIVES}|连同|含|包括|加|[和及与、]")  # 上年结转和本年新收的申请均已办结
_WHOLE_ROW = re.compile("表三/([^/+-]+)/总计")  # of 收到和办理, the rows of which its number may be
_FEW = re.compile(f"(?:{CONCLUDES})了?的")  # 所有办结的申请均按时答复
_OR = re.compile("或(?!者?(?:答复|回复))")  # 均已办结或者正在办理
_DUE = re.compile("到期|期满|届满|应(?:予|当)?[办答]")
_PARTS = {"结果", "申请人", RESULTS}


def all_are(clause: Clause) -> Iterator[Said]:
    """All that the number before counts are said to be of one kind, of which there have to be as many.

    行政复议5件，均维持; 不予公开的8件均为过程性信息. What is left behind 除…外 or 其余 is not the number before.
    """
    text, sentence, recent, count = clause.text, clause.sentence, clause.recent, clause.lists.recent_count
    found = _ALL.search(text)
    if recent is None or count is None or found is None or (sentence.prior and sentence.prior.last):
        return
    subject, kind = text[: found.start()], words().rows.sub("", found[1])
    if sentence.left_out or words().rest.search(text) or OF_LAST_YEAR.search(kind):
        return
    meant, of = meaning(clause.of(found[1])), meaning(clause.of(subject))
    if meant is None or (of and of.name not in {ALL_CASES, recent.name} and not of.group):
        return  # 行政诉讼5件，已审结的均维持
    if _SOME.search(meant.words.sub("", kind)) or not _is_kind_of(meant, clause, recent, kind):
        return
    denied, named = DENIED.match(text, found.start()), meant.words.search(text, found.start(1))
    is_none = bool(denied and named and named.start() >= denied.end())  # 均未被纠正; not so 均未审结
    if is_none and not _is_all_of(meant, recent):
        return
    of_kind = clause.of(f"{subject}{found[1]}", None if is_none else replace(count, about="至少"))
    if meant.family == RESULTS and recent.is_of_cases and recent.case in COURSES:
        of_kind = replace(of_kind, case=recent.case)
    said = value(meant, of_kind, last=False)
    if said and meant.family == "申请人":
        whole = map(_WHOLE_ROW.fullmatch, recent.cells if recent.any else ())
        rows = [*dict.fromkeys(row[1] for row in whole if row)]
        cells = (cell for row in rows or (recent.row,) for cell in meant.cells_of("", row))
        said = replace(said, cells=tuple(cells), any=said.any or len(rows) > 1) if recent.row else None
    if said:
        firm = meant.family == "申请人" or recent.is_of_cases or recent.name in {"办结", meant.family, *OF_DOCUMENTS}
        yield replace(said, sure=said.sure and recent.sure and firm)


def one_is(clause: Clause) -> Iterator[Said]:
    """The one that the number before counts is said to be of a kind.

    行政诉讼1件，法院判决纠正; 不予处理1件，为重复申请.
    """
    text, recent, count = clause.text, clause.recent, clause.lists.recent_count
    if recent is None or count is None or count.value != 1 or count.about or recent.last:
        return
    if _NOT.search(text.replace("未经", "")):
        return
    meant = meaning(clause.of(text))
    if meant is None or not meant.cells or _ALL.search(text):
        return
    is_course = _is_course(meant, clause, recent)
    is_ended = meant.family == RESULTS and meant.name != STILL_OPEN
    is_kind = is_ended if _are_cases(recent) else meant.family == recent.name
    if not (is_kind or is_course) or _ONE.sub("", clause.of(text).unknown(meant)):
        return
    if said := value(meant, clause.of(text, replace(count, about="至少")), last=False):
        cells = said.cells[:1]  # of its own course, not of all lawsuits
        likely = said.sure or said.likely or (is_course and (recent.sure or recent.likely))
        yield replace(said, cells=cells, sure=False, likely=likely)


def are_of_kind(clause: Clause) -> Iterator[Said]:
    """A doubt where a kind of cases has fewer of a result than are said to be of it: 结果纠正1件，为行政诉讼案件."""
    recent, count, found = clause.recent, clause.lists.recent_count, IS_OF_KIND.fullmatch(clause.text)
    result = result_of(recent) if found and recent and recent.family == RESULTS and not recent.last else None
    if found and recent and result and count and not count.about and (kind := case_of(found["kind"])):
        least = replace(count, about="至少")
        yield Said(What.VALUE, result.named(kind), result.cells_of(kind, ""), *clause.span, least,
                   likely=recent.sure or recent.likely, case=kind, result=result.name)  # fmt: skip


def _is_kind_of(meant: Meaning, clause: Clause, recent: Said, kind: str) -> bool:
    """Whether all that a number counts can be of one kind: of a part of a total, a sub-row, a course of lawsuits."""
    if meant.name in OF_DOCUMENTS:  # 均已失效; not so 均已公开制发依据
        is_last = _LAST.fullmatch(meant.words.split(kind)[-1]) is not None
        return is_last and recent.name in OF_DOCUMENTS - {meant.name}
    return meant.family in {*_PARTS, recent.name} or _is_course(meant, clause, recent)


def _is_course(meant: Meaning, clause: Clause, recent: Said) -> bool:
    """Whether what a number of lawsuits is said to be is one of their courses: 行政诉讼5件，均为未经复议直接起诉."""
    of_lawsuits = recent.is_of_cases and recent.case == LAWSUITS
    return of_lawsuits and meant.family == ALL_CASES and clause.context.cases.case in COURSES


def _are_cases(recent: Said) -> bool:
    """Whether a number counts all cases of a kind, or all of them that are closed."""
    return recent.is_of_cases or recent.result == CLOSED


def _is_all_of(meant: Meaning, recent: Said) -> bool:
    """Whether a number counts all that a kind is a part of, so that where it has none of the kind there is none."""
    if meant.topic == CASE:
        return meant.family != NO_CASES and _are_cases(recent)
    return meant.topic == APPLIED and bool(recent.group or recent.name == meant.family)


def is_denied_of(clause: Clause, one: Meaning) -> bool:
    """Whether a clause says that there was none of something among those that the number before counts.

    5件，均未废止; 纠正1件，未引起行政诉讼. Of the whole year it says that where it names the thing or the year first
    (行政诉讼均为零, 全年均未发生), or where the number counts all that the thing is a part of.
    """
    text, recent, found = clause.text, clause.recent, DENIED.search(clause.text)
    if found is None and recent and not recent.group:
        found = _CAUSED.search(text)
    if found is None or (found.start() and clause.lists.recent_count is None):
        return False  # what begins with 均未 is said of a number of the sentence before
    before = text[: found.start()]
    is_of_year = topic_of(before) == one.topic or _OF_YEAR.search(before)
    return not (is_of_year or (recent and _is_all_of(one, recent)))


def all_of(clause: Clause) -> Iterator[Said]:
    """All of a kind are said to be of one part, so that the others are none: 收到的申请均由自然人提出."""
    found = _ALL.search(clause.text) if clause.lists.recent_count is None else None
    meant = meaning(clause.of(found[1])) if found else None
    if not found or not meant or not meant.cells:
        return
    subject, case = clause.of(clause.text[: found.start()]), clause.context.cases.case
    if meant.family in DIVIDED:
        yield from _all_of_row(meant, subject, found[1])
        return
    others = others_of(meant, case)
    if not others or clause.of(found[1]).unknown(meant):
        return
    whole = words().one(meant.topic, ALL_CASES if meant.topic == CASE else "新收")
    firm = meant.family != "结果" or whole.words.search(subject.text) is not None
    is_all = bool(subject.text and firm) and not subject.unknown(whole)
    if not is_all:  # not so 符合条件的申请均予以公开
        is_all = clause.context.opening and _APPLICATIONS.fullmatch(subject.text) is not None
    if is_all and subject.certain(meant):
        name, last = f"{meant.named(case)}以外的", clause.last_year
        yield Said(What.VALUE, name, (others,), *clause.span, sure=firm, last=last, likely=True)


def _all_of_row(meant: Meaning, subject: Clause, kind: str) -> Iterator[Said]:
    """All of a row of 表三 are said to be of one of its parts, so that the row has no other: 不予公开均属过程性信息."""
    row = meaning(subject)
    if row is None or row.name != meant.family or meant.any or subject.unknown(row):
        return
    if not _SOME.search(meant.words.sub("", kind)) and subject.certain(meant):
        cell, name = "-".join((*row.cells[:1], *meant.cells[:1])), f"{meant.name}以外的{row.name}"
        yield Said(What.VALUE, name, (cell,), *subject.span, last=subject.last_year, likely=True)


def mostly(clause: Clause) -> Iterator[Said]:
    """A doubt where few of the applicants are of the kind that most are said to be of: 申请人以企业为主."""
    found = _MOSTLY.search(clause.text)
    if found is None or clause.last_year or not _APPLICATIONS.fullmatch(clause.text[: found.start()].rstrip("人")):
        return
    kind = clause.of(found["kind"])
    meant = meaning(kind)
    if meant and meant.family == "申请人" and kind.certain(meant) and not kind.unknown(meant):
        count = Count(clause.span[0], clause.span[1], found["most"], _LEAST, PERCENT, Decimal(1), "至少")
        yield Said(What.SHARE, meant.name, meant.cells_of("", "一"), *clause.span, count, any=True)


def closed(clause: Clause) -> Iterator[Said]:
    """Whether all cases of a kind are said to be closed: 行政诉讼4件，均已审结;

    not so where the sentence tells of some that are open.
    """
    text, context, recent = clause.text, clause.context, clause.recent
    found = words().cases_done.search(text) if context.topic == CASE else None
    if not found or clause.not_of_tables or context.authority or _BUT.search(text):
        return
    open_ = words().one(CASE, STILL_OPEN)
    if (
        clause.of(text[: found.start()]).unknown(open_)
        or _OR.search(text, found.end())
        or (recent and not (recent.is_of_cases and (recent.sure or recent.likely)))
        or any(STILL_OPEN in cell for one in clause.sentence.said for cell in one.cells)
    ):
        return
    sure, last, case = context.about_cases, clause.last_year or bool(recent and recent.last), context.cases.case
    cells = open_.cells_of(case, "")
    yield Said(What.VALUE, open_.named(case), cells, *clause.span, sure=sure, last=last,
               likely=True, case=case, result=STILL_OPEN)  # fmt: skip


def done(clause: Clause) -> Iterator[Said]:
    """Whether all that was received is said to be concluded.

    Of a part it says nothing: of what was carried in (上年结转的申请均已办结), of what was due (全部办结到期的申请).
    """
    text, context, recent = clause.text, clause.context, clause.recent
    if context.topic != APPLIED or not (context.named or context.section == APPLIED):
        return
    sure = words().done.search(text)
    found = sure or words().answered.search(text)
    if not found or clause.sentence.left_out or clause.not_of_tables or clause.last_year:
        return
    before, behind = text[: found.start()], text[found.end() :]
    subject = words().plain.sub("", _OF_ALL.sub("", words().topics[APPLIED].sub("", before)))
    carried = CARRIED_IN.search(before)
    is_part = _FEW.search(before) or (carried and not _TOO.search(CARRIED_IN.sub("", before)))
    apart = recent is not None and not recent.is_fact and (not recent.group or recent.name in ANSWERED)
    apart = apart or (recent is not None and not (recent.sure or recent.likely or recent.is_fact))  # 转来2件，已全部办结
    if subject or apart or is_part or _OR.search(behind) or _DUE.search(behind) or CARRIED_IN.search(behind):
        return
    of = recent if recent and recent.any else None
    firm = sure is not None and not (recent and recent.narrowed)  # 围绕土地征收，收到申请60件，均已办结
    yield Said(What.DONE, "全部办结", words().still_open, *clause.span, clause.count, sure=firm, of=of)


def without_the_left(sentence: Sentence) -> list[Said]:
    """All that a sentence says: where it tells of some carried out, it does not mean that all are concluded."""
    said = sentence.said
    if any(one.family == "去向" and one.count and one.count.value for one in said):
        return [one for one in said if not _is_left(one)]
    if any(one.what is What.SHARE and one.cells == (DONE,) for one in said):
        return [one for one in said if one.sure or not _is_left(one)]  # 办结率94.4%，答复率100%
    return said


def _is_left(one: Said) -> bool:
    """Whether a statement says in some words that nothing is left over: 均已办结, 均已答复, 无积压."""
    return one.what is What.DONE or (one.name == BACKLOG and one.count is None)
