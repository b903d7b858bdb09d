"""Shares in tables that the bureau wrote in its text, beside the counts that they are shares of."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from nianbao.checks.own.totals import NO_SUM
from nianbao.checks.prose import counts
from nianbao.findings import Finding
from nianbao.wording import number, percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nianbao.checks.own.names import Named

_SHARE = re.compile("占比|比重|百分比|份额|所占比例|^比例")  # heads of shares; a rate is none
_ACTION = "核对这一格；不是占合计的比例的，在 report.yaml 接受并写明"


def shares(tables: Iterable[Named]) -> Iterator[Finding]:
    """Warns of a share that is not that of its row's count, where at least as many others of its column are."""
    for table in tables:
        for column in range(table.first, len(table.heads)):
            if _SHARE.search(table.heads[column]):
                ways = [odd for at in table.counted if at != column and (odd := _odd(table, at, column)) is not None]
                yield from (_finding(table, column, *one) for one in min(ways, key=len, default=[]))


def _odd(table: Named, count: int, share: int) -> list[tuple[int, Decimal, Decimal]] | None:
    """The rows whose share is not that of their count in a column, each with the count and the column's total.

    ``None`` where no total holds, or where most shares are of something else.
    """
    whole = table.figure(table.total, count) if table.total is not None else None
    rows = [at for at in range(len(table.rows)) if at != table.total]
    parts = {at: one.value for at in rows if (one := table.figure(at, count)) and one.unit != counts.PERCENT}
    said = {at: typed for at in rows if (typed := _share(table, at, share)) is not None}
    if not whole or not whole.value or not len(parts) == len(said) == len(rows) or sum(parts.values()) != whole.value:
        return None
    odd = [at for at, one in said.items() if abs(one - parts[at] * 100 / whole.value) >= _step(one)]
    right = [at for at in rows if at not in odd and said[at]]
    return [(at, parts[at], whole.value) for at in odd] if len(right) >= max(1, len(odd)) else None


def _share(table: Named, row: int, column: int) -> Decimal | None:
    """A share in percent: 50%, or 50 below 占比（%）."""
    text = table.rows[row][column]
    found = [*counts.numbers(text)]
    if len(found) != 1 or found[0].about or found[0].text != text or found[0].unit not in {counts.PERCENT, ""}:
        return None
    return found[0].value if found[0].unit or "%" in table.heads[column] else None


def _step(value: Decimal) -> Decimal:
    """What rounding, or rounding so that all are 100 %, may make of a share."""
    return Decimal(1).scaleb(int(value.as_tuple().exponent))


def _finding(table: Named, column: int, row: int, part: Decimal, whole: Decimal) -> Finding:
    written, (begin, _) = table.rows[row][column], table.table.rows[row][column]
    place = f"{table.text.place} · {table.labels[row]} / {table.heads[column]} {written}"
    said = f"{written}，{number(part)}占合计{number(whole)}"
    return Finding(NO_SUM, place, table.text.source(begin), said, percent(part, whole), _ACTION)
