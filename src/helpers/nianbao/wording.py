"""Turn numbers and dates into Chinese text; all rounding happens here.

Percentages are rounded half up (四舍五入) to two decimals and printed without trailing zeros; counts take no thousands
separator; a value keeps the precision it was given with (15.67万 stays 15.67万).
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

NOT_APPLICABLE, UNFILLED, UNKNOWN = "不适用", "未填", "未知"
UNREAD = "读不出"  # of a cell with a fault; no report with one is published
_DIGITS = "一二三四五六七八九"
HAN, HAN_DIGITS = f"{_DIGITS}十", f"〇{_DIGITS}"  # of what is counted, of years
# What ends a sentence, what one or a part of it that says something by itself, and what any of its clauses.
SENTENCE_ENDS = "。！？!?"
PART_ENDS = f"{SENTENCE_ENDS}；;"
CLAUSE_ENDS = f"{PART_ENDS}，,：:"
SENTENCE = re.compile(rf"[^{SENTENCE_ENDS}\n]+[{SENTENCE_ENDS}\n]?")  # with what ends it
LAST_YEAR = "上一?年|去年|前一年"  # what the year before is called, as a pattern
NOUGHT = "0〇○零Ｏ"  # as it stands in a year
# A year in figures, in characters or in both: 2023, 二〇二三, 二0二三, 2〇23.
FOUR_DIGITS = rf"(?<![\d{NOUGHT}{HAN_DIGITS}])[2二][{NOUGHT}][\d{NOUGHT}{HAN_DIGITS}]{{2}}"
_YEAR = re.compile(rf"{FOUR_DIGITS}(?=年)")
# The numerals of chapters, in their order.
NUMERALS = (*HAN, *(f"十{digit}" for digit in _DIGITS), "二十")
# Stands on both sides of a table's id where the text places the table.
TABLE_MARK = "\ufdd0"
HUNDREDTH = Decimal("0.01")


def in_digits(year: str) -> int:
    """A year or another number that is written digit by digit: 二〇二三, 二0二三, 2023."""
    figures = re.sub(f"[{NOUGHT}]", "0", year)
    return int("".join(str(HAN_DIGITS.find(char)) if char in HAN_DIGITS else char for char in figures))


def years_in_figures(text: str) -> str:
    """A text with its years in figures: 二〇二三年, 二0二三年 → 2023年."""
    return _YEAR.sub(lambda year: str(in_digits(year[0])), text)


def number(value: Decimal | int) -> str:
    """Digits as given: no exponent, no separator, no added or dropped zeros."""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def rounded(value: Decimal) -> str:
    """``value`` rounded half up to two decimals, without trailing zeros."""
    text = format(value.quantize(HUNDREDTH, rounding=ROUND_HALF_UP), "f").rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def wan(value: Decimal | int) -> str:
    """A count in 万, rounded half up to two decimals: 156700 → ``15.67万``; a count that would read 0万 stays as it is."""
    shown = rounded(Decimal(value) / 10000)
    return number(value) if shown == "0" else f"{shown}万"


def percent(part: Decimal | int, whole: Decimal | int) -> str:
    """``part`` as a percentage of ``whole``; ``无从计算`` when ``whole`` is zero.

    A share above zero that would round to 0% reads ``不足0.01%``.
    """
    if not whole:
        return "无从计算"
    share = rounded(Decimal(part) * 100 / Decimal(whole))
    return "不足0.01%" if share == "0" and part else f"{share}%"


def year_on_year(this: Decimal | int, last: Decimal | int) -> str:
    """The change on last year: ``同比增长1.08%``, ``同比下降50%``, ``与上年持平``.

    The base is last year's value; a change from zero reads ``上年为0``. A change that would round to 0% reads
    ``同比增长不足0.01%`` or ``同比下降不足0.01%``.
    """
    if this == last:
        return "与上年持平"
    if last == 0:
        return "上年为0"
    direction = "同比增长" if this > last else "同比下降"
    change = rounded(abs(Decimal(this) - Decimal(last)) * 100 / abs(Decimal(last)))
    return f"{direction}不足0.01%" if change == "0" else f"{direction}{change}%"


def day(value: date) -> str:
    """``2021年2月5日`` (GB/T 9704-2012: Arabic numerals, no padding)."""
    return f"{value.year}年{value.month}月{value.day}日"


@lru_cache(maxsize=256)
def column_letter(index: int) -> str:
    """Spreadsheet column of a 0-based index: 0 → A, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The 0-based index of a spreadsheet's column: A → 0, AA → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
