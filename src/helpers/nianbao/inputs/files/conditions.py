"""The conditions of conditional formats: whether one holds for a cell. One that nobody can work out here may hold."""

from __future__ import annotations

import operator
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

Place = tuple[int, int]  # row and column, from 0
Area = tuple[Place, Place]  # the first cell and the last
_ADDRESS = re.compile(r"\$?([A-Z]{0,3})\$?([0-9]{0,7})")
_FAR, _MOST_AREAS = 1 << 20, 1_000
_SIGNS = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
    "!=": operator.ne,
}  # fmt: skip
BETWEEN, NOT_BETWEEN = "between", "not between"
_COMPARED = re.compile(r"(\$?)([A-Z]{1,3})(\$?)([0-9]{1,7})(<=|>=|<>|=|<|>)(.+)")
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?")
_OF_ODS = re.compile(r"(?:cell-content\(\))?(<=|>=|!=|<>|=|<|>)(.+)")
_RANGE = re.compile(r"(?:cell-content-is-)?(not-)?between\(([^,]+),([^,]+)\)")
_FORMULA = re.compile(r"(?:formula-is|is-true-formula)\((.+)\)")


class Reference(NamedTuple):
    """A cell that a condition names, its row and column from 0; what is not fixed moves with the cell that is judged."""

    row: int
    column: int
    is_row_fixed: bool = False
    is_column_fixed: bool = False

    def seen_from(self, base: Place, at: Place) -> Place:
        """The cell that is meant for a cell, where the condition is written for the cell ``base``."""
        row = self.row + (0 if self.is_row_fixed else at[0] - base[0])
        return row, self.column + (0 if self.is_column_fixed else at[1] - base[1])


class Condition(NamedTuple):
    """A comparison of a cell's number, or that of another cell, with others; with the sign '' nobody can tell."""

    sign: str
    than: tuple[float, ...] = ()
    of: Reference | None = None

    def holds(self, at: Place, base: Place, values: Mapping[Place, float | None]) -> bool | None:
        """Whether it holds for a cell; ``None`` where nobody can tell.

        Parameters
        ----------
        values : mapping
            The number of each cell that is filled, ``None`` for one with words; a blank one counts as 0.
        """
        if self in {ALWAYS, NEVER}:
            return self == ALWAYS
        value = values.get(self.of.seen_from(base, at) if self.of else at, 0.0)
        if value is None or not self.sign:
            return None
        if self.sign in {BETWEEN, NOT_BETWEEN}:
            return (min(self.than) <= value <= max(self.than)) == (self.sign == BETWEEN)
        return bool(_SIGNS[self.sign](value, self.than[0]))


ALWAYS, NEVER, UNKNOWN = Condition("always"), Condition("never"), Condition("")


def compared(sign: str, *than: str) -> Condition:
    """The comparison of a cell's own number with others, as they are typed."""
    if (sign not in _SIGNS and sign not in {BETWEEN, NOT_BETWEEN}) or not than or not all(map(_NUMBER.fullmatch, than)):
        return UNKNOWN
    return Condition(sign, tuple(map(float, than)))


def of_formula(text: str) -> Condition:
    """The condition that a formula sets: ``TRUE``, ``D4=0``, ``[.$D4]<>0``."""
    tight = "".join(text.split()).removeprefix("of:").removeprefix("=").replace("[.", "").replace("]", "").upper()
    if tight in {"TRUE", "TRUE()", "1"}:
        return ALWAYS
    if tight in {"FALSE", "FALSE()", "0"}:
        return NEVER
    found = _COMPARED.fullmatch(tight)
    made = compared(found[5], found[6]) if found else UNKNOWN
    if found is None or made == UNKNOWN:
        return UNKNOWN
    return made._replace(of=Reference(int(found[4]) - 1, _column(found[2]), bool(found[3]), bool(found[1])))


def areas_of(text: str) -> tuple[Area, ...]:
    """The cells of addresses such as ``C5:D9 F5``, ``C:D``; what is none is left out."""
    made = []
    for one in text.split()[:_MOST_AREAS]:
        first, _, last = one.partition(":")
        found, end = _ADDRESS.fullmatch(first), _ADDRESS.fullmatch(last or first)
        if found and end and (found[1] or found[2]):
            top, bottom = (int(found[2]) - 1 if found[2] else 0), (int(end[2]) - 1 if end[2] else _FAR)
            made.append(((top, max(_column(found[1]), 0)), (bottom, _column(end[1]) if end[1] else _FAR)))
    return tuple(made)


def _column(letters: str) -> int:
    """The number of a column, from 0; -1 without a letter."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1


def of_ods(text: str) -> Condition:
    """The condition that an ODS writes: ``>100``, ``cell-content()=5``, ``between(1,5)``, ``formula-is(TRUE)``."""
    if text in {"error", "is-error"}:
        return NEVER
    if found := _FORMULA.fullmatch(text):
        return of_formula(found[1])
    if found := _RANGE.fullmatch(text):
        return compared(NOT_BETWEEN if found[1] else BETWEEN, found[2], found[3])
    found = _OF_ODS.fullmatch(text)
    return compared(found[1], found[2]) if found else UNKNOWN
