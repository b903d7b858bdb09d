"""Numbers of last year's text that are of no table and read like facts: a name, the number and its unit, to be filled in."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from nianbao.checks.prose.accounts import How
from nianbao.checks.prose.said import of_fact
from nianbao.checks.prose.values import as_placeholder
from nianbao.checks.tables.celled import tables
from nianbao.inputs.report import Fact
from nianbao.starting import elsewhere
from nianbao.starting.bound import Place

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from nianbao.checks.prose.accounts import Account
    from nianbao.checks.prose.counts import Count

_TYPED = re.compile(r"([1-9]\d*(?:\.\d+)?|0\.\d+)([万亿]?[\u4e00-\u9fff]{1,3})")
_NO_FACT = {"", "%", "个百分点", "倍", "成", "元", "分"}
_STOPS = re.compile(r"[^\u4e00-\u9fffA-Za-z]")
_DONE = (
    "召开|举办|举行|开展|组织|发布(?!会)|印发|编发|推送|刊发|参加|进行|接待|走访|(?:主动)?公开(?!工作|[办栏目指专平])|更新|制发|制定|审核|办理|回应|回复|答复|受理|收到|处理"
    "|完成|建成|设置|设立|新增|开设|撰写|编写|形成|整理|梳理|发放|收集|征集|检查|抽查|保留|清理|迁移|推出|收录|配发"
)
_PARTICLES = (
    "通过|利用|依托|达到?|为|共计?|总计|合计|累计|全[年局市县区]|[我本]局|年内|年末|其中|先后|分别|包括"
    "|了|的|有|在|由|对|向|和|与|及|各类?|等|约"
)
_PARTICLE = re.compile(_PARTICLES)
_CUT = re.compile(f"(?P<done>{_DONE})|{_PARTICLES}")
_GENERAL = re.compile("(?:政府|政务|信息|公开|工作|情况|数据|数量|内容|人员|人次|各类|相关|有关|文件|意见|建议)*")
# What stands between a name and its number, what no name holds, and what the tables count.
_IS = re.compile("(?:(?:截至|截止|到)?年[末底]|[现已仍共总合]){0,4}(?:为|有|达到?|到|计|共|了|等|是|含)$")
_NO_NAME = re.compile(
    "[的了占是被把从到在将与及和等含为其这该们]|年[末底初]|全年|累计|[前中后内上下里]$"
    "|申请|复议|诉讼|许可|处罚|行政[强给确奖征检裁]|规章|规范性|办结|结转|自然人|企业$|机构$|维持|纠正|审结|现行有效"
    "|增加|减少|上升|下降|增长|多出?$|少$|显示|第|^[页图表]至?$|附[件表图]|^(?:照|编|新|本|各|由|对|号|多|少)"
)
_COMPARED = re.compile("(?:同比|环比|[较比])[^，；、。]*$")  # 同比多发布通知30条
_LEAST, _MOST = 2, 12  # characters of a name


@dataclass(frozen=True, slots=True)
class Proposal:
    """A number that could be a fact, and where it stands."""

    place: Place
    fact: Fact


@dataclass(frozen=True, slots=True)
class _Found:
    """A number with its unit, and the names that its words could give it, the shortest first."""

    passage: int
    count: Count
    value: str
    unit: str
    names: Sequence[str]


def proposals(known: Sequence[Account], year: int, taken: Container[str]) -> list[Proposal]:
    """The numbers of a report's passages that read like facts; ``taken`` are the names of those that it has."""
    found = [one for at, account in enumerate(known) if account.text.own for one in _found(at, account, year)]
    named = [(one, [name for name in one.names if name not in taken]) for one in found]
    made = []
    for one, name in _apart(named):
        source = known[one.passage].text.source(one.count.start)
        fact = Fact(name, Decimal(one.value), one.unit, {}, "", source)
        end = one.count.start + len(one.value) + len(one.unit)
        placeholder = f"{{{{ {as_placeholder(of_fact(name), False)} }}}}"
        made.append(Proposal(Place(one.passage, one.count.start, end, one.count.start, placeholder), fact))
    return made


def _found(passage: int, account: Account, year: int) -> Iterator[_Found]:
    text = account.text.markdown
    rows = [range(one.start, one.end) for one in tables(text)]
    # The parts of a fact agree by their sum alone.
    told = {said.count.start for said, _ in account.said if said.count and said.cells}
    loose = [one for one, how, _ in account.numbers if how is How.UNBOUND or (how is How.MATCHED and one.start not in told)]
    for count in loose:
        typed = _TYPED.match(text, count.start, count.end)
        is_exact = not (count.about or count.spelt or count.loose) and count.unit not in _NO_FACT
        if not typed or typed.end() != count.end or not is_exact or any(count.start in row for row in rows):
            continue
        before, behind = elsewhere.beside(text, count)
        whole = before + text[count.start : count.end] + behind
        if _COMPARED.search(before) or elsewhere.planned(whole) or elsewhere.timed(whole, year):
            continue
        if names := _names(before, behind, typed[2]):
            yield _Found(passage, count, typed[1], typed[2], names)


def _names(before: str, behind: str, unit: str) -> list[str]:
    """The names that the words beside a number could give it: 业务培训 of 开展业务培训3次, 专题会议 of 召开4次专题会议."""
    head = _IS.sub("", _STOPS.split(before.rstrip(" *"))[-1])
    cuts = {0, *(one.end() for one in _CUT.finditer(head)), *(one.start() for one in _CUT.finditer(head) if one["done"])}
    names = [head[cut:] for cut in sorted(cuts, reverse=True)]
    tail = _STOPS.split(behind.lstrip(" *"))[0]
    if all(_CUT.fullmatch(one) for one in names if one) and not _CUT.search(tail):
        names.append(tail)
    counted = [
        f"{one}{unit}" if unit.endswith("次") and len(unit) == _LEAST and len(one) == _LEAST else one for one in names
    ]
    named = [one for one in counted if _LEAST <= len(one) <= _MOST and not _GENERAL.fullmatch(one)]
    return [one for one in named if not (_CUT.fullmatch(one) or _NO_NAME.search(one) or _PARTICLE.match(one))]


def _apart(named: Sequence[tuple[_Found, Sequence[str]]]) -> Iterator[tuple[_Found, str]]:
    """Each number with the shortest name that no other has; numbers of the same name, value and unit are one fact."""
    chosen = {at: 0 for at, (_, names) in enumerate(named) if names}
    while True:
        facts = {(named[at][1][step], named[at][0].value, named[at][0].unit) for at, step in chosen.items()}
        shared = {name for name, count in Counter(name for name, *_ in facts).items() if count > 1}
        if not shared:
            break
        chosen = {at: step + (named[at][1][step] in shared) for at, step in chosen.items()}
        chosen = {at: step for at, step in chosen.items() if step < len(named[at][1])}
    for at, step in chosen.items():
        yield named[at][0], named[at][1][step]
