"""Which quantity the words around a number name."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from nianbao.checks.prose.vocabulary import CONCLUDES, IN_ALL, LAST_YEAR, RECEIVES, THIS_YEAR
from nianbao.checks.prose.words import (
    ANSWERED,
    APPLIED,
    CASE,
    CASES,
    DIVIDED,
    DOCUMENTS,
    DONE,
    HANDLED,
    RESULTS,
    SEVERAL,
    words,
)
from nianbao.periods import part

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nianbao.checks.prose.counts import Count
    from nianbao.checks.prose.words import Meaning

_ENDS = (
    "(?:局|委|厅|办公室|政府|镇|乡|街道|中心|学校|医院|法院|研究院|设计院|(?<!网)站|大队|支队|研究所|管理所|管理处|服务处)"
)
# What is denied of all that is spoken of: 均未废止, 没有一件引发行政复议; not so 均未经复议直接起诉, 均为零.
DENIED = re.compile(
    "(?:均|都|皆|全部|一律)(?:再)?(?:未曾?(?!经)|没有?|无|不(?:存在|涉及|属于|是|再)|并?非)"
    "|(?:没有|未有|无)一(?!不)[件起例宗份个]?+(?!(?:政府)?(?:信息公开)?(?:行政)?(?:申请|复议|诉讼|案件))"
)
_DOES = f"(?={RECEIVES}|{CONCLUDES}|共|累计|全年|制发)"
_BODY = re.compile(rf"([\u4e00-\u9fff]{{1,14}}?{_ENDS}){_DOES}")
_AGAINST_US = re.compile("以(?:我|本).{1,6}?为(?:复议)?被(?:申请人|告)")  # 市政府受理以我局为被申请人的复议9件
_ANY_BODY = re.compile(f"[局委厅室府镇乡道心校院站队所处]{_DOES}")  # of each body the end, for speed
_ANY_TOPIC = re.compile(
    "申请|结转|复议|诉|法院|法庭|对外管理|规章|规范|许可|处罚|强制|收费|采购|公开件|开案件"
)  # of all topics the words, for speed
_CLOSED = ("*/结果维持", "*/结果纠正", "*/其他结果")
_ENDS_IN_CASES = re.compile("(?:复议|诉讼|起诉)(?:的)?(?:案件)?(?:有)?$|案件$")
_NAMES_CASES = re.compile("(?:复议|诉讼|被诉)(?:案件)?[共计达为]*$")
_AND_MORE = re.compile("[^，]等(?:共|合计|总计)?$")  # 不予公开、无法提供等
CARRYING = "结转"
JOINED = ("、", "和", "及", "与")  # before one more of the same
ON_TOP = re.compile("[，、]?(?:另|还)(?:外|有)")
TOGETHER = re.compile(f"(?:{IN_ALL})[为是有收到由从]{{0,2}}$")
# What joins 新收 and 上年结转 or leaves one of them out, and the names of what both may be.
_JOINS = re.compile("(?P<without>不(?:包?含|包括)|除)|[、和及与加含]|连同|包括")
_RECEIVED, _SIDE = ("新收", "受理"), 20  # characters between the two, at most
_OF_BOTH = {*_RECEIVED, "上年结转", "结转", "申请", "新收和上年结转之和"}
_LEADING = re.compile("^(?:[年度由经在是]|其中)+")
_OWN_BODY = re.compile("[我本全]")
_OTHER_YEAR = re.compile(r"(?:19|20)\d\d\s?年")
_LABEL = re.compile(
    rf"^(?:[\s、其中和及与（]|(?:我|本|全)?(?:局|厅|委|办|院|省|市|县|区|镇|乡|街道|机关|单位|部门)(?!.?(?:长|域|民))|全年|{THIS_YEAR}|年度|共(?!享)|累计|总计|合计)*"
    rf"|(?:[\s的（：为是有约近超共达到由从升增降至]|{LAST_YEAR}|合计|总计|总数|累计|数量)*$"
)


def without(text: str, *patterns: re.Pattern[str]) -> str:
    """A text without what some patterns find in it, one after the other."""
    for pattern in patterns:
        text = pattern.sub("", text)
    return text


def left(text: str, *besides: re.Pattern[str], names: Iterable[str] = ()) -> str:
    """What a text says besides names, some patterns and the words that change nothing (`plain`); '' for no more."""
    for name in names:
        text = text.replace(name, "")
    return without(text, *besides, words().plain)


@lru_cache(maxsize=32)
def last_place(pattern: re.Pattern[str], sentence: str) -> int:
    """Where the last of what a pattern finds in a sentence begins, -1 for nothing; kept, for each of its numbers asks it."""
    at = -1
    while found := pattern.search(sentence, at + 1):
        at = found.start()
    return at


def meaning_of(topic: str, lead: str, tail: str, count: Count | None) -> Meaning | None:
    """The meaning that the words before a number name, else those behind it."""
    known = words()
    for text in filter(None, (lead, tail)):
        found = [one for one in known.meanings.get(topic, ()) if one.words.search(text) and _fits(one, lead, count)]
        if found:
            if len(found) > 1 and _AND_MORE.search(text) and not found[0].group and found[0].family == found[1].family:
                return None
            return together(found, text) or _with_carried(found, text) or _joined(found)
    return None


def _with_carried(found: list[Meaning], text: str) -> Meaning | None:
    """What words say of all that was received and carried in, in either order: 上年结转和本年新收的申请共134件.

    That is their sum, or what the words behind name of them: 新收和上年结转的申请共办结128件.
    """
    spans = {one.name: span for one in found if (span := one.words.search(text))}
    carried = spans.get("上年结转")
    received = (span for one in found if carried and one.name in _RECEIVED for span in one.words.finditer(text))
    pairs = (sorted((carried, span), key=re.Match.start) for span in received if carried)
    beside = ((first.end(), last) for first, last in pairs if last.start() - first.end() <= _SIDE)
    joined = ((last, join) for end, last in beside if (join := _JOINS.search(text, end, last.end())))
    last, join = next(joined, (None, None))
    if not (last and join):
        return None
    if join["without"]:
        return next(one for one in found if one.name in _RECEIVED)
    behind = [one for one in found if one.name not in _OF_BOTH and spans[one.name].start() >= last.end()]
    if not behind:
        both = words().one(APPLIED, "新收和上年结转之和")
        return replace(both, cells=both.cells[:1], any=False)
    one = max(behind, key=lambda one: spans[one.name].start())
    if one.family != "申请人":
        return one
    return replace(one, cells=tuple("+".join(cell.replace("#", row) for row in "一二") for cell in one.cells))


def _joined(found: list[Meaning]) -> Meaning:
    """The first meaning; where the words both receive and conclude (收到并办结), any of the cells of both."""
    first = found[0]
    others = [one for one in found[1:] if first.group and one.group == first.group and not {one.name, first.name} <= HANDLED]
    if not others:
        return first
    cells = tuple(dict.fromkeys(cell for one in (first, *others) for cell in one.cells))
    return replace(first, cells=cells, any=True)


def others_of(meaning: Meaning, case: str) -> str:
    """All of the same family but one, as an expression: 结果纠正 and 其他结果 of 结果维持; '' where no cells have them."""
    if meaning.family == RESULTS and meaning.cells[0] in _CLOSED:
        return "+".join(replace(meaning, cells=(one,)).cells_of(case, "")[0] for one in _CLOSED if one != meaning.cells[0])
    if meaning.name in {"自然人", "公民"}:
        return words().one(APPLIED, "法人或其他组织").cells_of(case, "一")[0]
    return "-".join([DONE, *meaning.cells[0].split("+")]) if meaning.family == "结果" else ""


def applicant_in(lead: str, found: Meaning) -> Meaning:
    """The applicant's cell where the words before a number name an outcome and who applied: 答复自然人, 自然人申请办结."""
    known = words().meanings[found.topic]
    if found.family == "申请人":
        rest = found.words.sub("", lead)  # 结转自然人申请: 结转申请
        done = next((one for one in known if one.name in ANSWERED and one.words.search(lead)), None)
        done = done or next((one for one in known if one.family == "去向" and one.words.search(rest)), None)
        if done is None:
            return found
        return replace(found, name=f"{found.name}{done.name}", cells=found.cells + crossed(found, done), any=True)
    if found.family not in {"结果", "去向"} and found.name not in {*ANSWERED, "新收", "上年结转"}:
        return found
    person = next((one for one in known if one.family == "申请人" and one.words.search(lead)), None)
    return replace(person, row=found.row, cells=crossed(person, found)) if person else found


def crossed(person: Meaning, outcome: Meaning) -> tuple[str, ...]:
    """The cell of an applicant in the row of an outcome, or in each that it may be."""
    rows = [outcome.row] if outcome.row else [cell.split("/")[1] for cell in outcome.cells]
    return tuple(one.replace("#", row) for one in person.cells[:1] for row in rows)


def together(found: list[Meaning], lead: str) -> Meaning | None:
    """The sum of several parts of one total that the words before a number name: 不予公开、无法提供及不予处理共21件."""
    spans: list[tuple[int, int, Meaning]] = []
    for one in found:
        at = one.words.search(lead)
        if (
            at
            and one.family == found[0].family
            and one.family in _SUMMED
            and not any(begin < at.end() and at.start() < end for begin, end, _ in spans)
        ):
            spans.append((*at.span(), one))
    if len(spans) < 2 or not all(one.cells for _, _, one in spans):
        return None
    return replace(
        found[0],
        name=SEVERAL,
        cells=("+".join(one.cells[0] for _, _, one in spans), *found[0].cells),
        any=True,
        row="",
        sure=False,
    )


_SUMMED = {"申请人", "结果", *DIVIDED}


def _fits(meaning: Meaning, lead: str, count: Count | None) -> bool:
    """Whether a number of this unit can be meant, and nothing else in the words forbids it."""
    known = words()
    if meaning.unless and meaning.unless.search(lead):
        return False
    if count is None:
        return True
    if meaning.needs:
        return count.unit in known.decision_units and not known.not_decisions.search(lead)
    if meaning.topic == CASE and count.unit == "次" and not count.spelt and _NAMES_CASES.search(lead):
        return not left(lead, *(known.topics[one] for one in CASES))  # 被申请行政复议9次; not so 参加行政诉讼6次
    if meaning.topic == CASE or meaning.family == "方式":  # 网站1204条 are published
        return count.unit in known.case_units
    if meaning.unit:
        return count.unit == meaning.unit
    if meaning.topic in DOCUMENTS and count.unit in known.document_units:
        return True  # 制发规范性文件5篇
    return count.unit in known.units and not (count.spelt and count.unit == "次")


def count_of_cases(lead: str) -> bool:
    """Whether the words before a number end in a kind of cases: 尚未审结的行政复议."""
    return bool(_ENDS_IN_CASES.search(lead))


def topic_of(text: str) -> str:
    """The topic that a text names: 申请, 案, 规范性文件, …; '' for none, `CARRYING` where only 结转 is said."""
    if not _ANY_TOPIC.search(text):
        return ""
    bare = text.replace(CARRYING, "")
    found = next((name for name, pattern in words().topics.items() if pattern.search(bare)), "")
    if not found and bare != text:
        return CARRYING
    return CASE if found in CASES else found


def is_foreign(text: str) -> bool:
    """Whether a clause is about part of a year, about years long past, or about something apart."""
    return bool(words().not_ours.search(text) or _OTHER_YEAR.search(text) or part(text) is not None)


def is_of_others(text: str, names: tuple[str, ...], place: str) -> bool:
    """Whether a clause is about another body; ``place`` is ours: 全市 for a city's government."""
    if _AGAINST_US.search(text):
        return False
    if words().bodies.search(text.replace(place, "") if place else text):
        return True
    body = _BODY.search(text) if _ANY_BODY.search(text) else None
    if body is None or _OWN_BODY.search(body[1]):
        return False
    return not any(is_within(_LEADING.sub("", body[1]), name) for name in names)


def is_within(short: str, name: str) -> bool:
    """Whether a name is another one, or short for it: 区政府办公室 for 示例区人民政府办公室."""
    rest = iter(name)
    return all(char in rest for char in short)


def label_of(text: str) -> str:
    """The words before a number without what says nothing: 全年网站访问量达 → 网站访问量."""
    return _LABEL.sub("", text)
