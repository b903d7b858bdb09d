"""Rows of which the text says that they have most or least of all, beside the table that the bureau wrote above it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.checks.own.cells import OTHERWISE
from nianbao.checks.own.tables import tight
from nianbao.checks.prose.accounts import sentence_of
from nianbao.checks.tables.sums import TOTALS
from nianbao.findings import Finding
from nianbao.numbered import TABLE
from nianbao.reading import even
from nianbao.wording import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from nianbao.checks.own.tables import Named

# A paragraph that opens with a row that has most or least of all.
_SAID = re.compile(
    f"(?:其中，?|(?:从|由|据)?{TABLE}(?:看|可见|显示|可以看出|来看)?，)*"
    "([^，、。；]{2,16}?)(?:的?数量)?(?:(最多|最高|居首位?|排名?第一|位?居第一)|(最少|最低))(?=[，。；]|$)"
)
_LINE = re.compile(r"[^\s].*")
_NOTE = re.compile("[（(*]*(?:注|备注|说明|资料来源|数据来源)[：:]")
_ACTION = "核对正文和表；说的不是这张表的，改写句子，或在 report.yaml 接受并写明"


def superlatives(tables: Iterable[Named]) -> Iterator[Finding]:
    """Warns of a row that the paragraph right below its table says to have most or least, and that has it in no column."""
    for table in tables:
        below = next((one for one in _LINE.finditer(table.text.markdown, table.table.end) if not _NOTE.match(one[0])), None)
        said = _SAID.match(even(below[0])) if below else None
        row = table.by_label.get(tight(said[1])) if said else None
        if below is None or said is None or row is None:
            continue
        best = max if said[2] else min
        columns = {at: figures for at in table.counted if (figures := _figures(table, at))}
        if not columns or any(figures[row] == best(figures.values()) for figures in columns.values()):
            continue
        at = table.whole if table.whole in columns else next(iter(columns))
        figures = columns[at]
        first = next(one for one, value in figures.items() if value == best(figures.values()))
        numbers = "、".join(f"{table.labels[one]}{number(figures[one])}" for one in (row, first))
        sentence = sentence_of(table.text.markdown, below.start(), below.start() + said.end())
        place = f"{table.text.place} · {table.labels[row]}{said[2] or said[3]}"
        expected = f"{table.labels[first]}（表中 {table.heads[at]}：{numbers}）"
        yield Finding(OTHERWISE, place, table.text.source(below.start()), f"“{sentence}”", expected, _ACTION)


def _figures(table: Named, column: int) -> dict[int, Decimal]:
    """What each row but 合计 counts in a column; nothing where one has no figure, or all are one."""
    rows = [at for at, label in enumerate(table.labels) if not TOTALS.match(label)]
    figures = {at: one.value for at in rows if (one := table.figure(at, column))}
    return figures if len(figures) == len(rows) > 1 else {}
