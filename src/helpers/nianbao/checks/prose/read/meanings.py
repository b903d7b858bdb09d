"""What the words around a number mean, in the context that has been reached."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao.checks.prose.read.cases import Heard, of_cases
from nianbao.checks.prose.read.lists import MOST
from nianbao.checks.prose.read.phrases import TOGETHER, applicant_in, left, meaning_of, topic_of
from nianbao.checks.prose.read.rests import is_rest, rest, rests_of
from nianbao.checks.prose.words import (
    APPLICATIONS,
    APPLIED,
    CARRIED_OUT,
    CASE,
    DIVIDED,
    DOCUMENTS,
    DONE,
    OPENED_IN_PART,
    REPEATED,
    SEVERAL,
    STILL_OPEN,
    words,
)

if TYPE_CHECKING:
    from nianbao.checks.prose.counts import Count
    from nianbao.checks.prose.read.clause import Clause
    from nianbao.checks.prose.words import Meaning

_OTHERS = re.compile(
    "^[^收到办结]{0,4}其[他它](?:情[形况]|类|原因|事项)?(?:的)?(?:答复|决定)?(?:类[型别])?(?:[合总共]计|一?共)?$"
)  # which may be all that is left
_OWN_CLASS = re.compile("(?:公开|其[他它])类$")  # 公开类16件，不公开类1件，其他类9件: classes of one's own
_CLASSED = re.compile("(?<!予以)(?<!不予)公开类")
_FIRST_ONES = re.compile(
    r"(?:原件|原申请|[首初]次(?:申请|提出)?|非重复(?:性)?(?:申请)?)(?:的|共|为|有)*\s?\d+\s?[件份][，、和及；]?[^，、；。\d]*$"
)
_WITHHELD = re.compile("不予?公开的?(?:申请|件)?(?:之?[中里]|，)")  # 部分公开9件，不予公开中属于国家秘密20件
_ALL_DOCUMENTS = "规章和规范性文件"
_LISTED = {*DOCUMENTS, _ALL_DOCUMENTS, "行政许可", "行政处罚", "行政强制"}
_ONE_MORE = re.compile(r"\s?[、和及与]\s?\d")
_WIDENS = re.compile("等其[他它]")
# Of what is told among all: 128件答复中，予以公开50件; 3件答复中均未引发行政复议. Not so 6件办理中，均未超期.
_AMONG_ALL = re.compile(
    r"[^，；。\d]{0,10}(?<!在)(?:办理|处理|答复|审理)之?中"
    r"(?:，(?![^，；。]*(?:未|正在|将|待|[超逾到]期|期[限内])|[^，；。\d]*(?:已|继续))|[^，；。、）\s])"
)
_LACKING = "三（四）"  # the row that 信息不存在 is of, too
_MAY_BE_REST = {"其他", "其他处理", "其他结果"}
_REST = {"申请人": "其他组织"} | dict.fromkeys(("结果", *DIVIDED), "其他处理")


def meaning(clause: Clause) -> Meaning | None:
    """The meaning of a number by the topic that its own words name, else by the topic that holds."""
    return heard(clause)[0]


def heard(clause: Clause) -> tuple[Meaning | None, Heard]:
    """The same, and what the words tell of the cases behind the number."""
    topic = clause.context.topic_in(clause.text) or clause.context.topic or APPLIED
    found = _decisions(clause) or _found(clause, topic)
    if topic != CASE:
        return found, Heard()
    cases = clause.context.cases
    kinds = (cases.named(clause.text) or cases.named(clause.tail)) if clause.count else ()
    return of_cases(found, clause, kinds) if found else (None, Heard(kinds))


def _found(clause: Clause, topic: str) -> Meaning | None:
    """The meaning of a number of a topic."""
    context, lead = clause.context, clause.text
    if topic == APPLIED and context.part.documents:
        return None  # 制发公文126件，其中主动公开45件、依申请公开31件、不予公开50件
    if topic in _LISTED and not topic_of(lead) and (behind := topic_of(clause.tail)) in _LISTED:
        topic = behind  # 作出1513件行政许可决定和44件行政处罚决定; 现行有效的25件规范性文件和19件规章
    if topic == _ALL_DOCUMENTS and not topic_of(lead) and clause.goes_on(_ONE_MORE):
        return None  # 规章、规范性文件分别制发1件、7件，废止2件、3件
    found = meaning_of(topic, lead, clause.tail, clause.count) or _next_document(clause, topic)
    if found and found.name in {CARRIED_OUT, STILL_OPEN} and not found.words.search(lead) and clause.goes_on(_AMONG_ALL):
        return None
    if found and not context.topic and topic == APPLIED and not (found.telling or topic_of(lead)):
        return None
    if found and found.name in _MAY_BE_REST and clause.count and _OTHERS.search(lead):
        found = _of_others(found, clause, clause.count)
    if found is None or topic not in {APPLIED, CASE}:
        return found
    if _WIDENS.search(lead):
        found = _widened(found)
    if topic == CASE:
        return found
    return None if _is_no_row(found, clause) else applicant_in(lead, found)


def _widened(found: Meaning) -> Meaning:
    """A row that 等其他 widens, a doubt where it is no sum of it and the rows behind: 不予公开等其他答复69件."""
    outcomes = [f"{APPLICATIONS}/三（{one}）/总计" for one in "一二三四五六"]
    own = next(iter(found.cells), "")
    behind = outcomes[outcomes.index(last) + 1 :] if (last := own.split("+")[-1]) in outcomes else []
    sums = tuple("+".join([own, *behind[:many]]) for many in range(1, len(behind) + 1))
    return replace(found, cells=(*found.cells, *sums), any=True, sure=False)


def _of_others(found: Meaning, clause: Clause, count: Count) -> Meaning:
    """What 其他N件 counts: what the numbers before it leave of their head, else the last row of their family."""
    lists, known = clause.lists, words().meanings[found.topic]
    others = replace(words().one(APPLIED, "其他"), family=lists.family)
    all_left = rest(lists, DONE)
    if is_rest(lists, count):  # 无法提供26件，其中本机关不掌握20件，其他6件; without 其中 no list proves it, but cells may
        return others if lists.current or not all_left else replace(others, cells=all_left.cells, sure=False)
    if found.topic == CASE:  # 行政复议案件中，不服不予公开5件，不服无法提供3件，其他1件
        return found if lists.family or not lists.numbers else others
    found = next((one for one in known if one.name == _REST.get(lists.family)), found)
    told = [one for one in clause.sentence.values if one.family == "结果" or one.row == _LACKING]
    left = (*(all_left.cells if all_left else ()), *(rests_of(DONE, told) if told else ()))
    return replace(found, cells=(*found.cells, *left), any=True) if found.cells and left else found  # 公开59件，其他69件


def _next_document(clause: Clause, topic: str) -> Meaning | None:
    """What one more kind of documents is told of, whose verb stands before the first: 制发规章1件、规范性文件7件."""
    before, known = clause.recent, words().topics.get(topic)
    if not (before and known and topic in DOCUMENTS and known.search(clause.text)) or left(clause.text, known):
        return None
    kind = next((one for one in DOCUMENTS if before.name.startswith(one)), None)
    name = f"{topic}{before.name.removeprefix(kind)}" if kind else ""
    return next((one for one in words().meanings[topic] if one.name == name), None)


def _decisions(clause: Clause) -> Meaning | None:
    """The sum of several kinds of decisions: 行政处罚、行政强制合计62件."""
    if not TOGETHER.search(clause.text) or clause.context.published:
        return None
    known = (one for all_ in words().meanings.values() for one in all_)
    kinds = [one for one in known if one.needs and one.words.search(clause.text)]
    if len(kinds) < 2:
        return None
    cells = tuple("+".join(pair) for pair in zip(*(one.cells for one in kinds), strict=False))
    return replace(kinds[0], name=SEVERAL, needs="", cells=cells, sure=False)


def _is_no_row(found: Meaning, clause: Clause) -> bool:
    """Whether words that are a row's name something else: a class of one's own, or why a part of a text was withheld.

    公开类16件，不公开类1件，其他类9件; 部分公开9件，涉及第三方权益6件、个人隐私3件; 原件120件、重复申请10件.
    """
    if found.name == REPEATED and _FIRST_ONES.search(clause.before):
        return True
    if _OWN_CLASS.search(clause.text):
        return _CLASSED.search(f"{clause.before}{clause.text}") is not None
    if found.family != "不予公开" or _WITHHELD.search(clause.text):
        return False
    outcomes = (one for one in reversed(clause.sentence.values[-MOST:]) if one.family == "结果")
    last, count = next(outcomes, None), clause.count
    return bool(last and last.name == OPENED_IN_PART and last.count and count and count.value <= last.count.value)
