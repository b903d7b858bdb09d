"""Whether what labels and heads of a table say in brackets behind the statutory words leaves their figures in doubt.

An explanation, a unit, a number of a column, the statute's own words and the body's own name do not. Another year, another
body, a part of a year and words such as 草稿 do. Of all else nobody knows: the checks warn, an import asks.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from nianbao import reading
from nianbao.checks import bodies, disowned, whose
from nianbao.findings import Finding, Kind, Severity
from nianbao.inputs.labels import PART, apart, likeness
from nianbao.statute import tree
from nianbao.wording import UNFILLED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nianbao.inputs.report import Report
    from nianbao.statute.tree import CellKey, Labels, Table

OF_OTHERS = Kind("E117", Severity.ERROR, "行名或栏名括号里的话", acceptable=True)
NOT_CLEAR = Kind("W231", Severity.WARNING, "行名或栏名括号里的话不知所指")
WHY = "行名或栏名“{label}”括号里的话可能是说这些数不是本报告的，或还没有定"
_NONE, _UNCLEAR, _OF_OTHERS = range(3)  # what words leave in doubt, the worse the greater
_LONGEST = 15  # characters of what may not be an explanation only
# The numbers and sums of columns: 1, A, =1+2, 一+二.
_NUMBERED = re.compile("(?!.*(?:19|20)[0-9]{2})[A-Za-z0-9一二三四五六七八九十+*/=.,、~-]{1,12}栏?")
_UNIT = re.compile(
    "(?:计量|计数)?(?:单位)?[:为]?(?:人民币)?[十百千万亿]*(?:元|件次?|人次?|[起宗例个项条部名家户次份篇%‰]|美元)[数计]?|单位[:为]?[^,;]{0,6}|[十百千万亿]"
)
_UNIT_FIRST = re.compile("(?:计量|计数)?单位[:为]?[^,;]{0,6}[,;]")
_SAME = {"合计", "总计", "小计", "必填", "选填", "数量", "件数", "本年", "本年度", "当年", "全年", "今年", "全部", "所有"}
_EXPLAINS = re.compile(
    "保留|应(?:当)?(?:提供|填)|只计|不计|区分处理|^(?:指|即|如|详见|见)|^含(?:延续|变更|换证|注销|结转)件?$"
)
_LAST_YEARS = re.compile("上一?年")  # 上一年项目数量, 上年结转 of the statute
_OWN, _ANYONES = "我本该全", {"机关", "单位", "部门"}  # 本局, 全机关: the body as it calls itself


class Bracketed(NamedTuple):
    """A label with words in brackets that leave its figures in doubt.

    Parameters
    ----------
    is_row : bool
        Whether it is a row's, and no column's.
    is_of_others : bool
        Whether the words say that the figures are none of the report's; else nobody knows what they say.
    """

    label: str
    is_row: bool
    is_of_others: bool


def labels(report: Report, table: Table) -> Iterator[Finding]:
    """No label with figures has words in brackets that say that these are none of ours; unclear ones are a warning."""
    found = odd(table, report.labels.get(table.id, {}), report.year, report.bureau.name)
    there = [(said, cell) for key, said in found.items() if (cell := report.cells[table.id][key]).state != UNFILLED]
    for one, cell in dict(reversed(there)).items():
        source = cell.source.row if cell.source and one.is_row else cell.source
        action = "这些数不是本报告的，改成本报告的；是的，从名称里去掉括号里的话，或接受并写明原因"
        kind, expected = (OF_OTHERS, "没有别的年度、别的机关等字样的名称") if one.is_of_others else (NOT_CLEAR, "法定的名称")
        yield Finding(kind, table.name, source, f"“{one.label}”", expected, action)


def odd(table: Table, typed: Mapping[Labels, str], year: int, name: str) -> dict[CellKey, Bracketed]:
    """The cells whose row's label or column's head has such words in brackets → that label; one of others' before another.

    Parameters
    ----------
    typed : mapping
        The labels of a heading, its part's title first → what stands there instead.
    """
    found: dict[CellKey, Bracketed] = {}
    for part in table.parts if typed else ():
        for row in part.row_chains:
            for column in part.column_chains:
                named = (
                    (typed[part.title, *path], path[-1], chain is row)
                    for chain in (row, column)
                    for path in (tree.labels_of(chain[: end + 1]) for end in range(len(chain)))
                    if (part.title, *path) in typed
                )
                doubts = ((label, is_row, _doubt(label, own, year, name)) for label, own, is_row in named)
                said = [Bracketed(label, is_row, doubt == _OF_OTHERS) for label, is_row, doubt in doubts if doubt]
                if said:
                    found[tree.labels_of(row), tree.labels_of(column)] = max(said, key=lambda one: one.is_of_others)
    return found


@lru_cache(maxsize=1_000)
def _doubt(label: str, own: str, year: int, name: str) -> int:
    """What stands in brackets in a label, and not in the statute's own words for it: the worst of it."""
    statutory = apart(own)
    explained = (one.strip("()") for one in apart(label).explained if one not in statutory.explained)
    texts = (_UNIT_FIRST.sub("", one) for one in explained)
    return max((_doubt_of(text, statutory.whole, year, name) for text in texts), default=_NONE)


def _doubt_of(text: str, own: str, year: int, name: str) -> int:
    if not text or text in _SAME or _UNIT.fullmatch(text) or reading.units_in(f"({text})") or _NUMBERED.fullmatch(text):
        return _NONE
    due = {year, year - 1} if _LAST_YEARS.search(own) else {year}
    said = disowned.years(f"({text})", year)
    is_anothers = name and text not in bodies.words()["alone"] and whose.is_anothers(text, name)
    if (said and not said & due) or disowned.is_no_whole_year(text, year) or is_anothers:
        return _OF_OTHERS
    is_own = text[0] in _OWN and (text[1:] in _ANYONES or (len(text) > 1 and name.endswith(text[1:])))
    is_again = len(text) > 1 and (text in own or likeness(apart(text), apart(own)) >= PART)
    is_known = bool(said & due) or is_own or is_again or _EXPLAINS.search(text) or len(text) > _LONGEST
    return _NONE if is_known else _UNCLEAR
