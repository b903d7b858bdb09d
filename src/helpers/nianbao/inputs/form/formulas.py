"""The sum rules of a table as formulas of a spreadsheet, and what they show before anyone has opened it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nianbao.inputs.report import counted
from nianbao.statute.equations import instances
from nianbao.wording import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal

    from nianbao.inputs.report import Report
    from nianbao.statute.equations import Equation, Group
    from nianbao.statute.tree import CellKey, Table

RIGHT, WRONG, SUM = "✓", "✗", "合计"
_EXACT = 6  # decimals that count: sums of decimals in binary are off behind these


@dataclass(frozen=True, slots=True)
class Check:
    """One place where a rule has to hold.

    Parameters
    ----------
    cells : tuple of CellKey
        This year's cells in it.
    suspects : tuple of CellKey
        Those that are marked where it does not hold: the total, or all of a rule that has none.
    formula, shown : str
        What its cell holds, and what that shows at first.
    """

    equation: Equation
    cells: tuple[CellKey, ...]
    suspects: tuple[CellKey, ...]
    formula: str
    shown: str


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a rule as a formula, and its sum."""

    text: str
    sum: Decimal | int


def checks(
    table: Table, year: int, previous: Report | None, at: Mapping[CellKey, str], values: Mapping[CellKey, Decimal | int]
) -> Iterator[Check]:
    """Every place where an identity of the table has to hold.

    Last year's figures are numbers in the formula; a rule about figures that last year's report does not have is left out.

    Parameters
    ----------
    at : mapping
        The address of each cell.
    values : mapping
        The cells that are filled from the start.
    """
    for equation in table.identities:
        if year < equation.since or (equation.across_years and previous is None):
            continue
        for groups, _ in instances(table, equation):
            if (past := _past(table, equation, groups, previous)) is not None:
                yield _check(equation, groups, past, at, values)


def _past(table: Table, equation: Equation, groups: Sequence[Group], previous: Report | None) -> list[Decimal | int] | None:
    """Last year's sum of each term (0 for this year's terms); ``None`` when one has no number."""
    sums: list[Decimal | int] = []
    for term, keys in zip(equation.terms, groups, strict=True):
        cells = [counted(previous.cell(table.id, key), previous) for key in keys] if term.last_year and previous else []
        if any(cell is None for cell in cells):
            return None
        sums.append(sum(cell for cell in cells if cell is not None))
    return sums


def _check(
    equation: Equation,
    groups: Sequence[Group],
    past: Sequence[Decimal | int],
    at: Mapping[CellKey, str],
    values: Mapping[CellKey, Decimal | int],
) -> Check:
    parts = list(zip(equation.terms, groups, past, strict=True))
    own = [(term, keys) for term, keys, _ in parts if not term.last_year]
    cells = tuple(key for _, keys in own for key in keys)
    sides = []
    for some in (parts[: len(equation.left)], parts[len(equation.left) :]):
        texts, total = [], 0  # type: list[str], Decimal | int
        for term, keys, before in some:
            inside = number(before) if term.last_year else ",".join(at[key] for key in keys)
            texts.append(f"{'-' if term.sign < 0 else '+'}SUM({inside})")
            total += term.sign * (before + (0 if term.last_year else sum(values.get(key, 0) for key in keys)))
        sides.append(_Side("".join(texts).removeprefix("+"), total))
    left, right = sides
    is_total = len(equation.right) == 1
    suspects = tuple(groups[-1]) if is_total else cells
    filled = sum(key in values for key in cells)
    count = f"COUNT({','.join(at[key] for key in cells)})"
    partly = f'"{SUM} "&{left.text}' if is_total else '""'
    wrong = f'"{WRONG} 应为 "&{left.text}' if is_total else f'"{WRONG} "&{left.text}&"≠"&{right.text}'
    right_text = f'"{RIGHT} "&{left.text}' if is_total else f'"{RIGHT}"'
    formula = (
        f'=IF({count}=0,"",IF({count}<{len(cells)},{partly},'
        f"IF(ROUND({left.text}-({right.text}),{_EXACT})=0,{right_text},{wrong})))"
    )
    return Check(equation, cells, suspects, formula, _shown(is_total, filled, len(cells), left.sum, right.sum))


def _shown(is_total: bool, filled: int, most: int, left: Decimal | int, right: Decimal | int) -> str:
    """What the formula gives for the cells that are filled from the start."""
    if not filled or (filled < most and not is_total):
        return ""
    if filled < most:
        return f"{SUM} {number(left)}"
    if left == right:
        return f"{RIGHT} {number(left)}" if is_total else RIGHT
    return f"{WRONG} 应为 {number(left)}" if is_total else f"{WRONG} {number(left)}≠{number(right)}"
