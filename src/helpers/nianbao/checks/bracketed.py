"""Whether what labels and heads of a table say in brackets behind the statutory words leaves their figures in doubt.

An explanation, a unit, a number of a column and the statute's own words do not. All else may say that the figures are
another year's, a part's or no valid ones.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.checks import disowned, whose
from nianbao.findings import Finding, Kind, Severity
from nianbao.inputs.labels import PART, apart, likeness
from nianbao.statute import tree
from nianbao.wording import UNFILLED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nianbao.inputs.report import Report
    from nianbao.statute.tree import CellKey, Labels, Table

OF_OTHERS = Kind("E117", Severity.ERROR, "行名或栏名括号里的话", acceptable=True)
WHY = "行名或栏名“{label}”括号里的话可能是说这些数不是本报告的，或还没有定"
_LONGEST = 15  # characters of what may not be an explanation only
# The numbers and sums of columns: 1, A, =1+2, 一+二.
_NUMBERED = re.compile("(?!.*(?:19|20)[0-9]{2})[A-Za-z0-9一二三四五六七八九十+*/=.,、~-]{1,12}栏?")
_UNIT = re.compile(
    "(?:计量|计数)?(?:单位)?[:为]?(?:人民币)?[十百千万亿]*(?:元|件次?|人次?|[起宗例个项条部名家户次份篇%‰]|美元)[数计]?|单位[:为]?.{0,6}|[十百千万亿]"
)
_SAME = {"合计", "总计", "小计", "必填", "选填", "数量", "件数", "本年", "本年度", "当年", "全年", "今年", "全部", "所有"}
_EXPLAINS = re.compile("应(?:当)?(?:提供|填)|只计|不计|区分处理|^(?:指|即|如|详见|见)")


def labels(report: Report, table: Table) -> Iterator[Finding]:
    """No label with figures has words in brackets that may say that these are none of the report's."""
    found = odd(table, report.labels.get(table.id, {}), report.year, report.bureau.name)
    there = [(said, cell) for key, said in found.items() if (cell := report.cells[table.id][key]).state != UNFILLED]
    for (label, is_row), cell in dict(reversed(there)).items():
        source = cell.source.row if cell.source and is_row else cell.source
        action = "这些数不是本报告的，改成本报告的；是的，从名称里去掉括号里的话，或接受并写明原因"
        yield Finding(OF_OTHERS, table.name, source, f"“{label}”", "没有别的年度、别的机关等字样的名称", action)


def odd(table: Table, typed: Mapping[Labels, str], year: int, name: str) -> dict[CellKey, tuple[str, bool]]:
    """The cells whose row's label or column's head has such words in brackets → that label, and whether it is the row's.

    Parameters
    ----------
    typed : mapping
        The labels of a heading, its part's title first → what stands there instead.
    """
    found: dict[CellKey, tuple[str, bool]] = {}
    for part in table.parts if typed else ():
        for row in part.row_chains:
            for column in part.column_chains:
                for chain, is_row in ((row, True), (column, False)):
                    paths = (tree.labels_of(chain[: end + 1]) for end in range(len(chain)))
                    named = ((typed[part.title, *path], path[-1]) for path in paths if (part.title, *path) in typed)
                    said = (label for label, own in named if not _are_harmless(label, own, year, name))
                    if label := next(said, ""):
                        found.setdefault((tree.labels_of(row), tree.labels_of(column)), (label, is_row))
    return found


@lru_cache(maxsize=1_000)
def _are_harmless(label: str, own: str, year: int, name: str) -> bool:
    """Whether all that stands in brackets in a label, and not in the statute's own words for it, says nothing of figures."""
    statutory = apart(own)
    return all(
        _is_harmless(one.strip("()"), statutory.whole, year, name)
        for one in apart(label).explained if one not in statutory.explained
    )  # fmt: skip


def _is_harmless(text: str, own: str, year: int, name: str) -> bool:
    if not text or text in _SAME or _UNIT.fullmatch(text) or reading.units_in(f"({text})") or _NUMBERED.fullmatch(text):
        return True
    said = disowned.years(f"({text})", year)
    if said or disowned.is_no_whole_year(text, year) or (name and whose.is_anothers(text, name)):
        return year in said
    is_again = len(text) > 1 and (text in own or likeness(apart(text), apart(own)) >= PART)
    return is_again or bool(_EXPLAINS.search(text)) or len(text) > _LONGEST
