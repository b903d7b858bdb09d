"""The values a placeholder prints: a figure with its unit and origin, words made of figures, and what has no number.

A number prints as the bureau wrote it. A value that is not a number (未知, 不适用, 未填) prints as that word and refuses
every comparison and sum, so that no sentence is built on a guess; so do two amounts of money of which one has no unit.
Only of what is still to be filled in this year a sentence is 未填 as a whole: a draft is made of it, and its cell blocks the
report.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NoReturn

from nianbao import wording
from nianbao.characters import LOST
from nianbao.reading import YUAN, converted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True, slots=True)
class Printed:
    """A value that a placeholder has printed: its text, where it came from, and at which character of the text it stands."""

    text: str
    origin: str
    at: int


class Unusable(Exception):
    """A value that is not a number was compared or used in a sum; with what it should be, and what to do."""

    def __init__(self, found: str = "", expected: str = "数字", action: str = "用 {% if %} 先判断，或改写这一句") -> None:
        super().__init__(found)
        self.expected, self.action = expected, action


class Figure(Decimal):
    """A number with its unit and origin; a sum of figures keeps the unit."""

    unit: str
    origin: str
    shown: str

    @classmethod
    def of(cls, value: Decimal | int, unit: str, origin: str, with_unit: bool) -> Figure:
        figure = cls(value)
        figure.unit, figure.origin = unit, origin
        figure.shown = wording.number(value) + (unit if with_unit else "")
        return figure

    def __str__(self) -> str:
        return self.shown

    def __eq__(self, other: object) -> bool:
        if isinstance(other, str):
            raise Unusable(f"{self.origin}是数字，不能与文字“{other}”比较；数字不加引号")
        return Decimal.__eq__(self, self.alike(other))

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = Decimal.__hash__

    def alike(self, other: Any) -> Any:
        """Another amount of money in this one's unit; whatever has no unit of money stays as it is.

        Raises
        ------
        Unusable
            When only one of two amounts has a unit of money, and neither is 0.
        """
        theirs = getattr(other, "unit", "")
        if not isinstance(other, Figure) or self.unit == theirs or not {self.unit, theirs} & set(YUAN):
            return other
        if {self.unit, theirs} <= set(YUAN):
            return converted(Decimal(other), theirs, self.unit)
        if Decimal(self) and Decimal(other):
            raise Unusable(f"{self.origin}与{other.origin}的单位不同，或有一个没有写明")
        return other

    def __lt__(self, other: Any) -> bool:
        return Decimal.__lt__(self, self.alike(other))

    def __le__(self, other: Any) -> bool:
        return Decimal.__le__(self, self.alike(other))

    def __gt__(self, other: Any) -> bool:
        return Decimal.__gt__(self, self.alike(other))

    def __ge__(self, other: Any) -> bool:
        return Decimal.__ge__(self, self.alike(other))

    def __add__(self, other: Any) -> Figure:
        return self._reckoned(Decimal.__add__(self, self.alike(other)), other)

    def __radd__(self, other: Any) -> Figure:
        return self._reckoned(Decimal.__radd__(self, self.alike(other)), other)

    def __sub__(self, other: Any) -> Figure:
        return self._reckoned(Decimal.__sub__(self, self.alike(other)), other)

    def __rsub__(self, other: Any) -> Figure:
        return self._reckoned(Decimal.__rsub__(self, self.alike(other)), other)

    def __neg__(self) -> Figure:
        return self._reckoned(Decimal.__neg__(self))

    def __abs__(self) -> Figure:
        return self._reckoned(Decimal.__abs__(self))

    def _reckoned(self, value: Decimal, other: Any = None) -> Figure:
        """A result in this figure's unit; it comes from where both figures do."""
        if value is NotImplemented:
            return value
        origins = dict.fromkeys(filter(None, (self.origin, getattr(other, "origin", ""))))
        return Figure.of(value, self.unit, "；".join(origins), with_unit=False)

    def in_unit(self, unit: str) -> Figure:
        """An amount of money in another unit of money; whatever else stays as it is.

        Raises
        ------
        Unusable
            When the unit is none of money.
        """
        if self.unit not in YUAN or self.unit == unit or not self:
            return self
        if unit not in YUAN:
            raise Unusable(f"{self.origin}是金额，单位是{self.unit}，不是“{unit}”")
        return self._reckoned(converted(Decimal(self), self.unit, unit))


# The values that were 未填 where the running template asked whether they are true.
ASKED: ContextVar[list[Absent]] = ContextVar("asked")


class Absent:
    """未知, 不适用 or 未填: prints as that word, and cannot be compared or used in a sum.

    With ``is_due``, of what is still to be filled in this year, the result of a comparison or sum is 未填 itself. Whether it
    is true a template asks in vain: it is noted in `ASKED`.
    """

    def __init__(self, state: str, what: str, origin: str, is_due: bool = False) -> None:
        self.state, self.what, self.origin, self.is_due = state, what, origin, is_due

    def __str__(self) -> str:
        return self.state

    def refuse(self, *_: object) -> NoReturn:
        """Raise `Unusable`, which names the value."""
        raise Unusable(f"{self.what}是“{self.state}”，不能比较或计算")

    def _reckoned(self, other: object = None) -> Absent:
        if not self.is_due:
            self.refuse()
        if isinstance(other, Absent) and not other.is_due:
            other.refuse()
        return self

    def __bool__(self) -> bool:
        if not self.is_due or (asked := ASKED.get(None)) is None:
            self.refuse()
        asked.append(self)
        return False

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _reckoned  # type: ignore[assignment]  # object says bool of each
    __add__ = __radd__ = __sub__ = __rsub__ = __neg__ = _reckoned
    __hash__ = refuse


def with_due(made: Callable[..., Any]) -> Callable[..., Any]:
    """A filter or function whose result is 未填 where one of its values is still to be filled in."""

    def of(*values: Any) -> Any:
        given = [one for value in values for one in (value.values() if isinstance(value, dict) else [value])]
        absent = [one for one in given if isinstance(one, Absent)]
        for one in absent:
            if not one.is_due:
                one.refuse()
        return absent[0] if absent else made(*values)

    return of


class Dependent(Unusable):
    """A value that could not be read was compared or used in a sum; its own fault is told already."""


class Unread(Absent):
    """A value that could not be read: whatever is named below it is one too, and it prints as a mark."""

    def __init__(self) -> None:
        super().__init__(LOST, "", "")

    def verify(self, steps: tuple[str, ...]) -> None:
        """No name below it can be told to be wrong."""

    def states(self) -> NoReturn:
        """Nobody knows which."""
        raise Dependent

    def __getitem__(self, name: str) -> Unread:
        return self

    def refuse(self, *_: object) -> NoReturn:
        """Raise `Dependent`."""
        raise Dependent

    __hash__ = refuse


class Words(str):
    """A number already put into words, with its origin."""

    origin: str

    @classmethod
    def of(cls, text: str, *values: Any) -> Words:
        words = cls(text)
        words.origin = "；".join(filter(None, (getattr(value, "origin", "") for value in values)))
        return words


def place_without(at: int, removed: Sequence[tuple[int, int]], text: str) -> int:
    """A place in the text that is left of another one, without what was removed and the white space before ``text``.

    ``at`` and ``removed`` count the characters of the text that was; what stood in the white space stands at 0.
    """
    before = len(text) - len(text.lstrip())
    return max(0, at - before - sum(end - start for start, end in removed if end <= at))
