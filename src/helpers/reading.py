"""From a text to a scalar, the mirror of `wording`: numbers, signed changes, money, dates, yes and no.

A text is taken only where its meaning is certain; anything else raises `ValueError` with a Chinese reason. Digits are never
picked out of a sentence.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal

MARKS = ("/", "-", "_", "—", "——", "无", "－", "／")
_SPACES = re.compile(r"[\s\u200b\ufeff]+")
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_CHANGE = re.compile(r"(增加|增|减少|减|\+|-|−|–)?(.+)")
_MONEY = re.compile(r"(.+?)(亿元|万元|元)?")
_DATE = re.compile(r"(\d{4})(?:-|\.|/|年)(\d{1,2})(?:-|\.|/|月)(\d{1,2})日?")
YUAN = {"元": 0, "万元": 4, "亿元": 8}


def plain(text: str) -> str:
    """The text in half width (NFKC) without any white space, no-break and zero-width spaces included."""
    return _SPACES.sub("", unicodedata.normalize("NFKC", text))


def decimal(text: str) -> Decimal:
    """A number ≥ 0 with the digits it was given with; well-placed thousands separators are read.

    Raises
    ------
    ValueError
        For anything but digits: a sign, a unit, a mask such as ``1***``, a sentence.
    """
    tight = plain(text)
    if not _NUMBER.fullmatch(tight):
        raise ValueError("不是数字")
    return Decimal(tight.replace(",", ""))


def count(text: str) -> int:
    """A whole number ≥ 0; ``3.0`` as spreadsheets write it is 3."""
    value = decimal(text)
    if value != value.to_integral_value():
        raise ValueError("不是整数")
    return int(value)


def change(text: str) -> int:
    """A signed whole number: ``减3``, ``+2``, ``－8``, ``5``."""
    found = _CHANGE.fullmatch(plain(text))
    if found is None:
        raise ValueError("不是带符号的整数")
    size = count(found.group(2))
    return -size if found.group(1) in {"减", "减少", "-", "−", "–"} else size


def money(text: str) -> tuple[Decimal, str]:
    """An amount and its unit (元, 万元, 亿元, or '' when it stands bare): ``160.5964万元`` → (160.5964, 万元)."""
    found = _MONEY.fullmatch(plain(text))
    if found is None:
        raise ValueError("不是金额")
    return decimal(found.group(1)), found.group(2) or ""


def converted(amount: Decimal, unit: str, into: str) -> Decimal:
    """An amount in another unit, exactly: 79000.1 元 → 7.90001 万元."""
    return amount.scaleb(YUAN[unit] - YUAN[into])


def day(text: str) -> date:
    """``2021-02-05``, ``2021年2月5日``, ``2021.2.5`` or ``2021/2/5``."""
    found = _DATE.fullmatch(plain(text))
    if found is None:
        raise ValueError("不是日期")
    try:
        return date(*(int(group) for group in found.groups()))
    except ValueError:
        raise ValueError("没有这一天") from None


def yes(text: str) -> bool:
    """是/否, yes/no, true/false."""
    word = plain(text).lower()
    if word not in {"是", "yes", "true", "否", "no", "false"}:
        raise ValueError("不是“是”或“否”")
    return word in {"是", "yes", "true"}


def unknown_reason(text: str) -> str | None:
    """The reason of a declared unknown (``未知：原件未保留``), ``None`` when the text declares none.

    Raises
    ------
    ValueError
        For a bare 未知: an unknown must say why.
    """
    head, _, reason = text.strip().replace(":", "：").partition("：")
    if head.strip() != "未知":
        return None
    if not reason.strip():
        raise ValueError("未知须写明原因")
    return reason.strip()
