"""The unit that is typed behind the figures of a fact: 3次, 5.23万. Its parts are brought to the unit of the whole."""

from __future__ import annotations

import re
from contextlib import suppress
from decimal import Decimal
from typing import Any

from nianbao import reading
from nianbao.measures import MEASURE

_POWERS = {"百", "千", "万", "亿"}
_COUNTED = re.compile(rf"(.*[0-9０-９])\s*({MEASURE})")
_LARGE = re.compile("([万亿]*)(.*)")


def with_unit(given: Any) -> Any:
    """A fact with the unit that is typed behind its value, where it has none, the same, or only 万 or 亿 are typed there."""
    if not isinstance(given, dict) or not isinstance(unit := given.get("unit") or "", str):
        return given
    value, behind = _counted(given.get("value"))
    known = [unit, f"万{unit}", f"亿{unit}"] if unit and unit[0] not in _POWERS else [unit]
    whole = next((one for one in known if behind and one in {behind, f"{behind}{unit}"}), "")
    if not unit and behind not in _POWERS:  # 15.67万 has no unit yet
        whole = behind
    made = given | {"value": value, "unit": whole} if whole else given
    if isinstance(made.get("parts"), dict) and made.get("unit"):
        made = made | {"parts": _parts(made["parts"], made["value"], made["unit"], unit)}
    return made


def number_of(text: Any) -> Decimal | None:
    """The number that a text is, in digits or Chinese numerals; ``None`` where it is none."""
    if isinstance(text, str):
        with suppress(ValueError):
            return reading.decimal(text) if (said := reading.numeral(text)) is None else said
    return None


def are_alike(unit: str, other: str) -> bool:
    """Whether two units count the same things, as 次 and 万次 do."""
    return _large(unit)[1] == _large(other)[1]


def _counted(text: Any) -> tuple[Any, str]:
    """A number and the unit typed behind it: 3次 → 3, 次; without one, or where more is typed, the text and ''."""
    found = _COUNTED.fullmatch(text.strip()) if isinstance(text, str) else None
    if found and number_of(found[1]) is not None:
        return found[1], reading.narrow(found[2])
    return text, ""


def _parts(parts: dict[str, Any], whole: Any, unit: str, typed: str) -> dict[str, Any]:
    """The parts in the unit of the whole, beside which ``typed`` was typed as unit.

    A bare number counts what the whole counts; where only so the parts make it up, the things themselves: 30000 and 22300
    beside 5.23万次.
    """
    power, _ = _large(unit)
    made = {name: _in_unit(text, unit, typed) for name, text in parts.items()}
    bare = {name for name, text in parts.items() if number_of(text) is not None}
    things = made | {name: _moved(parts[name], -power) for name in bare}
    value = number_of(whole)
    return things if power and value is not None and _sum(made) != value == _sum(things) else made


def _in_unit(text: Any, unit: str, typed: str) -> Any:
    """The number of a part whose own unit is of the same things, else its text. Beside 万次 5万 may be 5万万次."""
    value, behind = _counted(text)
    (power, things), (own, same) = _large(behind), _large(unit)
    is_short = not things and typed[:1] not in _POWERS
    return _moved(value, power - own) if behind and (things == same or is_short) else text


def _large(unit: str) -> tuple[int, str]:
    """The power of ten of the 万 and 亿 with which a unit begins, and what it counts: 万次 → 4, 次."""
    found = _LARGE.match(unit)
    return (sum(map(reading.POWERS.__getitem__, found[1])), found[2]) if found else (0, unit)


def _moved(text: str, places: int) -> str:
    """A number with its point so many places further right."""
    value = number_of(text)
    return text if not places or value is None else format(value.scaleb(places).normalize(), "f")


def _sum(parts: dict[str, Any]) -> Decimal | None:
    """The sum of parts that are all numbers."""
    numbers = [number for number in map(number_of, parts.values()) if number is not None]
    return sum(numbers, Decimal(0)) if len(numbers) == len(parts) else None
