"""Which months a formula counts: those for which its comparisons of MONTH(…) hold, and those that its sheets name."""

from __future__ import annotations

import operator
import re
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_YEAR, _QUARTERS = range(1, 13), "一二三四1234"
# A part of the year in the name of a sheet, a head or a label; the figures of all parts together are the year's.
_TO = "[-—–−~至到:]+"
_PART = re.compile(
    f"(?P<half>[上下])半年|(?:(?P<since>前|[一二三1-3]{_TO}))?(?P<quarter>[一二三四1-4])季度"
    f"|(?:(?<![0-9])0?(?P<first>1[0-2]|[1-9])(?:月份?)?{_TO})?(?<![0-9])0?(?P<month>1[0-2]|[1-9])月份?"
)
# What MONTH(…) is compared with: MONTH(台账!E2:E13)<=6, ={1,2,3}; 6>=MONTH(…). Nothing is reckoned on either side.
_MONTH = re.compile(r"(?<![\w.])MONTH\(")
_SIGN, _NUMBER = "(?P<sign>[<>]=|<>|[<>=])", "[0-9]{1,4}"
_BEHIND = re.compile(rf"{_SIGN}(?:(?P<number>{_NUMBER})|\{{(?P<some>{_NUMBER}(?:[,;]{_NUMBER})*)\}})(?=[),]|$)")
_BEFORE = re.compile(rf"(?:^|[(,])(?P<number>{_NUMBER}){_SIGN}$")
_ALONE_BEFORE, _ALONE_BEHIND = ("", "(", ","), ("", ")", ",")
_MIRRORED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
_COMPARES: dict[str, Callable[[int, int], bool]] = {
    "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}  # fmt: skip


def without_parts(names: list[str]) -> list[str]:
    """Names of sheets, heads or labels, without the parts of the year where they name all of it: 1月 to 12月."""
    named = Counter(month for one in dict.fromkeys(names) if (part := _PART.search(one)) for month in _months(part))
    is_whole = len(named) == len(_YEAR) and len({*named.values()}) == 1  # none of them more often than others
    return [_PART.sub("", one) if is_whole else one.replace(":", "—") for one in names]


def _months(part: re.Match[str]) -> range:
    """The months of a part of the year."""
    if part["half"]:
        return _YEAR[:6] if part["half"] == "上" else _YEAR[6:]
    if part["quarter"]:
        since = "一" if part["since"] == "前" else part["since"] or part["quarter"]
        first, last = (_QUARTERS.index(one[0]) % 4 for one in (since, part["quarter"]))
        return _YEAR[3 * first : 3 * last + 3]
    return _YEAR[int(part["first"] or part["month"]) - 1 : int(part["month"])]


def are_some(formula: str) -> bool:
    """Whether a formula may count some months of a year only, as far as it compares MONTH(…) with numbers.

    Each comparison has to hold for all months, or those of one range together once for each, added up:
    (MONTH(E2:E9)<=6)+(MONTH(E2:E9)>6).

    Parameters
    ----------
    formula : str
        Without blanks and texts.
    """
    held: dict[str, list[tuple[int, int, list[int]]]] = defaultdict(list)
    for begin, end in _calls(formula := formula.upper()):
        kept = _kept(formula, begin, end)
        if kept is None:
            return True
        if kept != [*_YEAR]:
            held[formula[begin:end]].append((begin, end, kept))
    return not all(_is_year(formula, some) for some in held.values())


def _calls(formula: str) -> Iterator[tuple[int, int]]:
    """Where each MONTH(…) begins, and where it ends; one whose bracket is not closed ends with the formula."""
    closed, opened = {}, []
    for at, char in enumerate(formula):
        if char == "(":
            opened.append(at)
        elif char == ")" and opened:
            closed[opened.pop()] = at + 1
    yield from ((one.start(), closed.get(one.end() - 1, len(formula))) for one in _MONTH.finditer(formula))


def _kept(formula: str, begin: int, end: int) -> list[int] | None:
    """The months for which the comparison of a MONTH(…) holds; None where it is compared with no number."""
    if formula[max(0, begin - 1) : begin] in _ALONE_BEFORE and (found := _BEHIND.match(formula, end)):
        sign, numbers = found["sign"], found["number"] or found["some"]
    elif formula[end : end + 1] in _ALONE_BEHIND and (found := _BEFORE.search(formula[max(0, begin - 8) : begin])):
        sign, numbers = _MIRRORED.get(found["sign"], found["sign"]), found["number"]
    else:
        return None
    return [month for month in _YEAR for number in re.split("[,;]", numbers) if _COMPARES[sign](month, int(number))]


def _is_year(formula: str, some: list[tuple[int, int, list[int]]]) -> bool:
    """Whether comparisons of one range, where each stands and its months, hold once for each month and are added up."""
    between = [formula[one[1] : other[0]].replace("--", "") for one, other in pairwise(some)]
    is_added = all(re.search("[+,]", one) and "-" not in one for one in between)
    return is_added and sorted(month for *_, kept in some for month in kept) == [*_YEAR]
