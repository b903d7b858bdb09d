"""Which months a formula counts: those for which its comparisons of MONTH(…) hold."""

from __future__ import annotations

import operator
import re
from collections import Counter, defaultdict
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# Which months are counted, MONTH(台账!E2:E13)<=6, where ¤ stands for what MONTH( and its bracket hold.
_COMPARED = re.compile(
    r"¤(?P<sign>[<>]=|<>|[<>=])(?:(?P<number>[0-9]+(?![0-9.]))|\{(?P<some>[0-9,;]+)\})"
    r"|(?<![\w.])(?P<before>[0-9]+)(?P<mirrored>[<>]=|<>|[<>=])¤"
)
_MONTH = re.compile(r"(?<![\w.])MONTH\(")
_MIRRORED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
_COMPARES: dict[str, Callable[[int, int], bool]] = {
    "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
_YEAR = range(1, 13)


def are_some(rest: str) -> bool:
    """Whether a formula without blanks may count some months of a year only, as far as it compares MONTH(…) with numbers.

    Each comparison has to hold for all months, or those of one range together once for each: MONTH(…)<=6 and MONTH(…)>6.
    """
    held: dict[str, Counter[int]] = defaultdict(Counter)
    inside, rest = _months_of(rest.upper())
    compared = [*_COMPARED.finditer(rest)]
    for one in compared:
        at = rest.count("¤", 0, one.end()) - 1
        sign = one["sign"] or _MIRRORED.get(one["mirrored"], one["mirrored"])
        numbers = [int(number) for number in re.split("[,;]", one["number"] or one["some"] or one["before"])]
        kept = [month for month in _YEAR for number in numbers if _COMPARES[sign](month, number)]
        if kept != [*_YEAR]:
            held[inside[at]].update(kept)
    is_partition = all(len(some) == len(_YEAR) and {*some.values()} == {1} for some in held.values())
    return len(compared) < len(inside) or not is_partition


def _months_of(rest: str) -> tuple[list[str], str]:
    """What stands in the brackets of each MONTH(…) of a formula, and the formula with ¤ for these."""
    inside, text = [], ""
    for at, part in enumerate(_MONTH.split(rest)):
        depths = accumulate((one == "(") - (one == ")") for one in part) if at else ()
        end = next((number for number, depth in enumerate(depths) if depth < 0), len(part))
        inside += [part[:end]] if at else []
        text += f"¤{part[end + 1 :]}" if at else part
    return inside, text
