"""The numbers of lists as Word writes them: 1, 01, ①, （一）, 壹, 甲, A, iv."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_HAN = "〇一二三四五六七八九"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
# The digits and the ten of cheques.
_SIMPLIFIED, _TRADITIONAL = "零壹贰叁肆伍陆柒捌玖拾", "零壹貳參肆伍陸柒捌玖拾"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"),
    (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST = 1_000  # a greater number is written in digits


def shown(number: int, written: str) -> str:
    """A number as Word writes it in one of its formats (``w:numFmt``); in digits where the format cannot write it."""
    made = _FORMATS[written](number) if written in _FORMATS and 0 < number < _MOST else ""
    return made or str(number)


def _in_han(number: int) -> str:
    if number >= 100:
        return ""
    tens, ones = divmod(number, 10)
    return (_HAN[tens] if tens > 1 else "") + "十" * bool(tens) + (_HAN[ones] if ones else "")


def _as_on_cheques(digits: str) -> Callable[[int], str]:
    """Numbers below a hundred in digits that nobody can alter: 壹拾贰."""

    def made(number: int) -> str:
        tens, ones = divmod(number, 10)
        return "" if number >= 100 else (digits[tens] + digits[10] if tens else "") + (digits[ones] if ones else "")

    return made


def _digit_by_digit(number: int) -> str:
    return "".join(_HAN[int(digit)] for digit in str(number))


def _lettered(number: int) -> str:
    """Behind Z the letters are doubled: AA, BB."""
    times, at = divmod(number - 1, 26)
    return chr(ord("a") + at) * (times + 1)


def roman(number: int) -> str:
    """A number below 4,000 in small Roman letters."""
    made = ""
    for worth, sign in _ROMAN:
        times, number = divmod(number, worth)
        made += sign * times
    return made


def _sign(first: str, most: int) -> Callable[[int], str]:
    """Signs that follow each other in Unicode."""
    return lambda number: chr(ord(first) + number - 1) if number <= most else ""


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth2": lambda number: "".join(chr(ord("０") + int(digit)) for digit in str(number)),
    "decimalFullWidth": lambda number: "".join(chr(ord("０") + int(digit)) for digit in str(number)),
    "decimalEnclosedCircle": _sign("①", 20),
    "decimalEnclosedCircleChinese": _sign("①", 20),
    "decimalEnclosedParen": _sign("⑴", 20),
    "decimalEnclosedFullstop": _sign("⒈", 20),
    "ideographEnclosedCircle": _sign("㊀", 10),
    "upperLetter": lambda number: _lettered(number).upper(),
    "lowerLetter": _lettered,
    "upperRoman": lambda number: roman(number).upper(),
    "lowerRoman": roman,
    "numberInDash": lambda number: f"- {number} -",
    "ideographTraditional": lambda number: _STEMS[number - 1] if number <= len(_STEMS) else "",
    "ideographZodiac": lambda number: _BRANCHES[number - 1] if number <= len(_BRANCHES) else "",
    "chineseLegalSimplified": _as_on_cheques(_SIMPLIFIED),
    "ideographLegalTraditional": _as_on_cheques(_TRADITIONAL),
    "ideographDigital": _digit_by_digit,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "chineseCounting": _in_han,
    "chineseCountingThousand": _in_han,
    "japaneseCounting": _in_han,
    "taiwaneseCounting": _in_han,
    "taiwaneseCountingThousand": _in_han,
}
