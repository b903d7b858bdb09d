"""Shares in tables that the bureau wrote in its text, beside the counts that they are shares of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from nianbao.checks.prose import counts
from nianbao.findings import Finding, Kind, Severity
from nianbao.wording import number, percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nianbao.checks.own.tables import Named

NO_SHARE = Kind("W516", Severity.WARNING, "正文表格的占比不符", each=True)

_SHARE = re.compile("占比|比重|百分比|份额|所占比例|^比例")  # heads of shares; a rate is none
_ACTION = "核对这一格；不是占合计的比例的，在 report.yaml 接受并写明"
_WHOLE = Decimal(100)
_NEAR = Decimal(10)  # percentage points by which a total of shares may be wrong
_SURE_ROWS = 2  # that have their shares: one may have by chance what is of something else


@dataclass(frozen=True, slots=True)
class _Odd:
    """A share that is not what it has to be: its row, what it is said of, and the right one."""

    row: int
    said: str
    right: str


def shares(tables: Iterable[Named]) -> Iterator[Finding]:
    """Warns of a share that is not that of its row's count, and of a total of shares that is not 100 %.

    At least as many other rows have theirs, and two if no total of 100 % stands below them. Where the total is another one,
    and not what the shares as they stand add up to, they are of something else, unless all of them are right. A total that
    is far from 100 % is the share that all have of something else.
    """
    for table in tables:
        for column in range(table.first, len(table.heads)):
            if _SHARE.search(table.heads[column]):
                ways = [odd for at in table.counted if at != column and (odd := _odd(table, at, column)) is not None]
                yield from (_finding(table, column, one) for one in min(ways, key=len, default=[]))


def _odd(table: Named, count: int, share: int) -> list[_Odd] | None:
    """What is odd among the shares of a column's counts; ``None`` where no total holds, or they are of something else."""
    whole = table.figure(table.total, count) if table.total is not None else None
    rows = [at for at in range(len(table.rows)) if at != table.total]
    parts = {at: one.value for at in rows if (one := table.figure(at, count)) and one.unit != counts.PERCENT}
    said = {at: typed for at in rows if (typed := _share(table, at, share)) is not None}
    if not whole or not whole.value or not len(parts) == len(said) == len(rows) or sum(parts.values()) != whole.value:
        return None
    odd = [at for at, one in said.items() if not _is(one, parts[at] * 100 / whole.value)]
    right = [at for at in rows if at not in odd and said[at]]
    total = _share(table, table.total, share) if table.total is not None else None
    is_whole = total is not None and _is(total, _WHOLE)
    if len(right) < max(1 if is_whole else _SURE_ROWS, len(odd)):
        return None
    if total is None or is_whole or total == sum(said.values()):
        of = number(whole.value)
        return [_Odd(at, f"{number(parts[at])}占合计{of}", percent(parts[at], whole.value)) for at in odd]
    # A rate of all lies between those of the rows, and what all are of another whole may be any share.
    is_sum = max(said.values()) < total and abs(total - _WHOLE) <= _NEAR
    return None if odd or not is_sum else [_Odd(table.total or 0, "各行的占比都是占合计的比例", "100%")]


def _is(share: Decimal, right: Decimal) -> bool:
    """Whether a share is the right one but for rounding, or for rounding so that all are 100 %."""
    return abs(share - right) < Decimal(1).scaleb(int(share.as_tuple().exponent))


def _share(table: Named, row: int, column: int) -> Decimal | None:
    """A share in percent: 50%, or 50 below 占比（%）."""
    text = table.rows[row][column]
    found = [*counts.numbers(text)]
    if len(found) != 1 or found[0].about or found[0].text != text or found[0].unit not in {counts.PERCENT, ""}:
        return None
    return found[0].value if found[0].unit or "%" in table.heads[column] else None


def _finding(table: Named, column: int, odd: _Odd) -> Finding:
    written, (begin, _) = table.rows[odd.row][column], table.table.rows[odd.row][column]
    place = f"{table.text.place} · {table.labels[odd.row]} / {table.heads[column]} {written}"
    return Finding(NO_SHARE, place, table.text.source(begin), f"{written}，{odd.said}", odd.right, _ACTION)
