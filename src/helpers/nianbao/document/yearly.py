"""Figures of one bureau over its years: which years there are, and a sentence about a row of yearly figures."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.inputs.select import select
from nianbao.paths import find_params
from nianbao.wording import number, year_on_year

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd


def years(bureau: str, params_dir: str | Path = "", first: int = 0, last: int = 0) -> list[int]:
    """The years in which a bureau has reports, sorted: all of them, or those from ``first`` to ``last`` (0: no bound).

    Parameters
    ----------
    bureau, params_dir
        As for `load`.

    Raises
    ------
    UsageError
        When there is no params folder, or none of the bureau's years is among these.
    """
    params = Path(find_params(params_dir, is_notebooks=True))
    found = [report.year for report in select(params, [bureau]).reports]
    chosen = [year for year in found if first <= year <= (last or year)]
    # Of years that nobody reports, `select` says so.
    return chosen or [report.year for report in select(params, [bureau], [first or last]).reports]


def trend(series: pd.Series, what: str, unit: str, *, total: bool = True) -> str:
    """What yearly figures say, as Chinese sentences: their sum, the highest and the lowest, and the last year's change.

    Parameters
    ----------
    series : pandas.Series
        Numbers by year, the years as ints in their order; NaN or None where there is no figure, which is never taken for 0.
    what, unit : str
        What is counted, as 收到申请, and in what, as 件.
    total : bool
        Whether the figures add up to something: those of what is counted anew each year do, those of a stock do not.
    """
    values = {int(str(year)): Decimal(format(float(value), ".12g")) for year, value in series.dropna().items()}
    gaps = [int(str(year)) for year in series.index if int(str(year)) not in values]
    if not values:
        return f"{_named(gaps)}{what}没有数据。"
    missing = f"{_named(gaps)}没有数据，不计在内。" if gaps else ""
    *_, latest = values
    if len(values) == 1:
        return f"{latest}年{what}{_amount(values[latest], unit)}。{missing}"
    high, low = max(values.values()), min(values.values())
    if high == low:
        return f"{_named(values)}{what}均为{_amount(high, unit)}。{missing}"
    summed = f"合计{_amount(sum(values.values(), Decimal()), unit)}，" if total else ""
    most, least = (_named(year for year, value in values.items() if value == one) for one in (high, low))
    said = f"{_named(values)}{what}{summed}最多的是{most}（{_amount(high, unit)}），最少的是{least}（{_amount(low, unit)}）"
    return f"{said}；{_change(values, latest, unit)}。{missing}"


def _change(values: dict[int, Decimal], latest: int, unit: str) -> str:
    """The last figure beside that of the year before, where there is one."""
    said = f"{latest}年为{_amount(values[latest], unit)}"
    before = values.get(latest - 1)
    return said if before is None else f"{said}，{year_on_year(values[latest], before)}"


def _amount(value: Decimal, unit: str) -> str:
    return f"{number(value)}{unit}"


def _named(found: Iterable[int]) -> str:
    """``2019年至2021年、2023年``: years, three and more that follow one another as a span."""
    spans: list[list[int]] = []
    for year in found:
        if spans and year == spans[-1][-1] + 1:
            spans[-1].append(year)
        else:
            spans.append([year])
    said = (f"{one[0]}年至{one[-1]}年" if len(one) > 2 else "、".join(f"{year}年" for year in one) for one in spans)
    return "、".join(said)
