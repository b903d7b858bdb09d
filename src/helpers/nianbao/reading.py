"""Read numbers, signed changes, money, dates, yes and no from text; `wording` does the reverse.

A text is read only if its meaning is certain; anything else raises `ValueError` with a Chinese reason. Digits are never
picked out of a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import MAX_PREC, Decimal, localcontext
from functools import lru_cache

from nianbao.hanzi import simplified
from nianbao.wording import NOT_APPLICABLE

# Sums of such numbers are exact in the 28 digits that Decimal reckons with.
MOST_WHOLE, MOST_FRACTION = 15, 10
_MARK = re.compile("[/_无]|[-—–―─━－﹣−‐‑]{1,2}")
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
# Full-width forms only: NFKC would also turn ① into 1 and 3² into 32.
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict.fromkeys(map(ord, _INVISIBLE))
_WIDE = re.compile(f"[\uff01-\uff5e{_INVISIBLE}]")
_DIGITS = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:([,\u00a0\u2009\u202f])[0-9]{3})(?:\1[0-9]{3})*(?:\.[0-9]+)?")
COMMAS = re.compile("(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")  # of 1,113 in a text
_SIGN = re.compile(r"(增加|新增|净增|增|减少|净减|减|\+|-|−|–|﹣|—|─|负|↑|↓)\s*[:：]?\s*(?=\S)")
UP = {"增", "增加", "新增", "净增", "+", "↑"}
_CHANGED = re.compile(r"(.*[0-9])\s*(?:件|项|个|条)")
_UNIT = re.compile(r"(?:亿|万)?\s*元$|[亿万]$")
_YUAN_SIGN = re.compile(r"^(?:[¥￥]|人民币)\s*")
_FIGURE = re.compile(rf"(?:{_SIGN.pattern})?[0-9][0-9,.\s]*(?:{_UNIT.pattern})?")
_PIECES = re.compile(r"(?:共|计|合计)?([0-9,]+)\s*\(?(?:件次|件|项|个|条|份|起|宗|次|例|家|户|部)\)?|([0-9,]+)[。、]")
_LOST_BLANK = re.compile(r"\?\s*([0-9]+)")
_DATE = re.compile(r"([0-9]{4})\s*(?:-|\.|/|年)\s*([0-9]{1,2})\s*(?:-|\.|/|月)\s*([0-9]{1,2})\s*日?")
_MONTH_DAY = re.compile(r"([0-9]{1,2})\s*(?:-|\.|/|月)\s*([0-9]{1,2})\s*日?")
_UNKNOWN = re.compile(r"\s*未知\s*(?:[:：](.*))?", re.DOTALL)
_TO_WRITE = re.compile("【(?:填写|核对|待)[^】]*】?")
_BRACKETED = re.compile(r"(.*[0-9])\s*\(\s*((?:亿|万)?元)\s*\)")
# 元 of a unit, and none of 单元, 元旦 or 广元市; an amount such as 3万元 names none.
_UNIT_NAME = re.compile(
    r"(?:(?<![\u4e00-\u9fff0-9.,])|(?<=[为以按用是额费款入位]))(?:人民币)?([美欧港日]?[十百千万亿]*元)(?=$|[^\u4e00-\u9fff]|人民币|[为计和或及与])"
    r"|单位[:为]?([十百千万亿])(?![\u4e00-\u9fff])"
)
# １３ ４件 is 134: only who types in full width parts a number so. Two numbers are the number of a table, or of an item at a
# line's beginning, with what follows; a year; or more than two in a row.
PARTED = re.compile(
    r"(?<![０-９\d图表件录第])(?<![０-９][ \u3000])(?<!^)(?!２０[０-９]{2})([０-９]{1,4})([ \u3000])"
    r"(?!２０[０-９]{2}年)([０-９]{1,4})(?=\s?[\u4e00-\u9fff％%])(?![ \u3000][０-９])",
    re.M,
)
MAY_PART = re.compile("[０-９][ \u3000]")  # without which no number is parted; looked for at once
_EVEN = (
    {0xFF10 + digit: str(digit) for digit in range(10)}
    | {0xFF21 + letter: chr(0x41 + letter) for letter in range(26)}
    | {0xFF41 + letter: chr(0x61 + letter) for letter in range(26)}
    | dict.fromkeys(map(ord, "\u00a0\u2009\u202f\u3000*_`\\\t"), " ")
    | {ord("％"): "%", ord("．"): ".", ord("("): "（", ord(")"): "）", ord(":"): "：", ord(";"): "；", ord(","): "，"}
    | {ord("﹑"): "、", ord("﹐"): "，", ord("|"): "，", ord("﹝"): "〔", ord("﹞"): "〕"}
)
_ODD = re.compile(f"[{re.escape(''.join(map(chr, _EVEN)))}]")
_NOTE = re.compile(
    r"[(（*※]?\s*(?:(?:备?注|附注|(?:填表|数据|指标|口径|统计|补充)?说明)\s*(?:[0-9一二三四五]?\s*[:：.、．]|[0-9])"
    r"|(?:(?:资料|数据|统计|图片)?来源|(?:数据|统计|指标)?口径)\s*[:：])"
)
LEDGER = "壹贰叁肆伍陆柒捌玖拾佰仟"  # as sums of money are written, at least two of them
_PLAIN = str.maketrans(LEDGER, "一二三四五六七八九十百千")
DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, **{digit: 3 + at for at, digit in enumerate("三四五六七八九")}}
POWERS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
# A numeral that nobody can read otherwise: 四十二, 一百零八, 三点五; not 二百五, 三五 or 四五十.
_DIGIT = "[一二两三四五六七八九]"
_TENS = f"(?:{_DIGIT}?十{_DIGIT}?|{_DIGIT})"
_HUNDREDS = f"(?:{_DIGIT}百(?:零{_DIGIT}|{_DIGIT}十{_DIGIT}?)?)"
_THOUSANDS = f"(?:{_DIGIT}千(?:零{_TENS}|{_HUNDREDS})?)"
_MOST = f"(?:{_THOUSANDS}|{_HUNDREDS}|{_TENS})"
_NUMERAL = re.compile(
    f"(?:{_MOST}万(?:{_THOUSANDS}|零(?:{_HUNDREDS}|{_TENS}))?|{_MOST}|零)(?:点[零一二三四五六七八九]{{1,6}})?"
)
YUAN = {"元": 0, "万元": 4, "亿元": 8}


def narrow(text: str) -> str:
    """The text in half width, without invisible characters and the white space around it."""
    # Most texts have nothing to translate, which takes many times as long as to look for it.
    return (text.translate(_NARROW) if not text.isascii() and _WIDE.search(text) else text).strip()


def even(text: str) -> str:
    """The text with each character in its place, digits in half width, brackets and commas in full width.

    A blank inside a number goes behind it.
    """
    text = PARTED.sub(r"\1\3\2", text) if MAY_PART.search(text) else text
    return _ODD.sub(lambda found: _EVEN[ord(found.group())], text)  # several times as fast as str.translate


def plain(text: str) -> str:
    """The text in half width without any white space, no-break and zero-width spaces included."""
    return "".join(narrow(text).split())


def decimal(text: str) -> Decimal:
    """A number ≥ 0 with the digits as written; correctly placed thousands separators are accepted.

    Raises
    ------
    ValueError
        For anything but digits: a sign, a unit, a mask such as ``1***``, a code such as ``007``, two numbers, a sentence.
    """
    digits = narrow(text)
    if _DIGITS.fullmatch(digits):
        return _sized(digits)
    grouped = _GROUPED.fullmatch(digits)
    if grouped:
        return _sized(digits.replace(grouped.group(1), ""))
    sign = _SIGN.match(digits)
    if sign and _DIGITS.fullmatch(digits[sign.end() :]):
        raise ValueError("带有正负号或增减字样")
    if re.fullmatch(r"[0-9.,\s]+", digits) and re.search(r"\s", digits):
        raise ValueError("数字中间有空格")
    raise ValueError("以0开头，像是编号" if re.fullmatch("0[0-9]+", digits) else "不是数字")


def _sized(digits: str) -> Decimal:
    whole, _, fraction = digits.partition(".")
    if len(whole) > MOST_WHOLE or len(fraction) > MOST_FRACTION:
        raise ValueError(f"数字太长，最多{MOST_WHOLE}位整数和{MOST_FRACTION}位小数")
    return Decimal(digits)


def spoken(numeral: str) -> Decimal:
    """The value of a Chinese numeral: 一百零三 → 103, 二〇二一 → 2021, 三点五万 → 35000, 叁仟 → 3000; or of figures."""
    numeral = numeral.translate(_PLAIN)
    whole, _, fraction = numeral.partition("点")
    if not set(whole) & set(POWERS):
        value = Decimal("".join(str(DIGITS.get(digit, digit)) for digit in whole) or 0)
    else:
        total = section = digit = 0
        for sign in whole:
            if sign in DIGITS:
                digit = DIGITS[sign]
            elif POWERS[sign] < 4:
                section, digit = section + (digit or 1) * 10 ** POWERS[sign], 0
            elif sign == "亿":
                total, section, digit = (total + section + digit or 1) * 10**8, 0, 0
            else:
                total, section, digit = total + (section + digit or 1) * 10**4, 0, 0
        value = Decimal(total + section + digit)
    if digits := fraction.rstrip("".join(POWERS)):
        value += Decimal("0." + "".join(str(DIGITS.get(digit, 0)) for digit in digits))
    for sign in fraction[len(digits) :]:
        value = value.scaleb(POWERS[sign])
    return value


def whole(text: str) -> int:
    """A number that is written without fraction, in digits or numerals: 12, 十二, 一二."""
    return int(spoken(text))


def numeral(text: str) -> Decimal | None:
    """The value of a text that is a Chinese numeral and can be read in no other way; ``None`` for any other text."""
    tight = plain(text)
    return spoken(tight) if _NUMERAL.fullmatch(tight) else None


def count(text: str) -> int:
    """A whole number ≥ 0; ``3.0``, as spreadsheets write it, is 3. Raises `ValueError` for anything else."""
    value = decimal(text)
    if value != value.to_integral_value():
        raise ValueError("不是整数")
    return int(value)


def change(text: str) -> int:
    """A signed whole number: ``减3``, ``+2``, ``－8``, ``5``. Raises `ValueError` for anything else."""
    digits = narrow(text)
    if plain(digits) in {"持平", "不变", "无增减", "无变化"}:
        return 0
    sign, counted = _SIGN.match(digits), _CHANGED.fullmatch(digits)
    digits = counted.group(1) if counted and sign else digits
    if sign is None:
        return count(digits)
    size = count(digits[sign.end() :])
    return size if sign.group(1) in UP else -size


def money(text: str) -> tuple[Decimal, str]:
    """An amount ≥ 0 and its unit (元, 万元, 亿元, or '' when none is written): ``160.5964万元`` → (160.5964, 万元).

    Raises `ValueError` for anything else.
    """
    digits = _YUAN_SIGN.sub("", simplified(narrow(text)))
    bracketed = _BRACKETED.fullmatch(digits)
    digits = f"{bracketed.group(1)}{bracketed.group(2)}" if bracketed else digits
    unit = _UNIT.search(digits)
    name = plain(unit.group()) if unit else ""
    return decimal(digits[: unit.start()] if unit else digits), f"{name}元" if name in {"亿", "万"} else name


def units_in(label: str) -> set[str]:
    """The units of money that a label or a line names: ``收费金额（单位：元）`` → 元; 千元 and 美元 are some too."""
    found = _UNIT_NAME.finditer(simplified(plain(label)))
    return {one[1] or f"{one[2]}元" for one in found}


def unit_in(label: str) -> str:
    """The one unit of money that a column's head names, in which amounts can be; '' without one."""
    found = units_in(label)
    return next(iter(found)) if len(found) == 1 and found <= YUAN.keys() else ""


def sign(text: str) -> str:
    """The sign that a change opens with (``+``, ``减``, …), or ''."""
    found = _SIGN.match(narrow(text))
    return found.group(1) if found else ""


def is_mark(text: str) -> bool:
    """Whether a cell's text is a mark, such as ``/``, ``无`` or one or two dashes of any kind."""
    return _MARK.fullmatch(plain(text)) is not None


# Of each cell of a table it is asked many times.
@lru_cache(maxsize=4_096)
def usual(text: str) -> str | None:
    """What a cell's text is known to stand for: ``/`` → 不适用, ``零`` → 0, ``2件`` → 2; ``None`` for any other."""
    tight = plain(text)
    if is_mark(text) or tight in {"不涉及", "没有", "未发生"}:
        return NOT_APPLICABLE
    if tight in {"零", "〇"}:
        return "0"
    found = _PIECES.fullmatch(narrow(text)) or _LOST_BLANK.fullmatch(narrow(text))
    return next(filter(None, found.groups())) if found else None


@lru_cache(maxsize=4_096)
def is_figure(text: str) -> bool:
    """Whether the text is a number of any kind (a count, a change, an amount) and nothing else."""
    return _FIGURE.fullmatch(narrow(text)) is not None


def converted(amount: Decimal, unit: str, into: str) -> Decimal:
    """An amount converted to another unit without rounding: 79000.1 元 → 7.90001 万元."""
    with localcontext(prec=MAX_PREC):
        return amount.scaleb(YUAN[unit] - YUAN[into]).normalize()


def day(text: str) -> date:
    """A date: ``2021-02-05``, ``2021年2月5日``, ``2021.2.5`` or ``2021/2/5``. Raises `ValueError` for anything else."""
    found = _DATE.fullmatch(narrow(text))
    if found is None:
        raise ValueError("不是日期")
    try:
        return date(*(int(group) for group in found.groups()))
    except ValueError:
        raise ValueError("没有这一天") from None


def month_day(text: str) -> tuple[int, int]:
    """A day of any year: ``1-20``, ``01-20``, ``1月20日``. Raises `ValueError` for anything else."""
    found = _MONTH_DAY.fullmatch(narrow(text))
    if found is None:
        raise ValueError("不是月和日")
    day(f"2001-{found[1]}-{found[2]}")
    return int(found[1]), int(found[2])


def yes(text: str) -> bool:
    """True for 是, yes or true; false for 否, no or false. Raises `ValueError` for anything else."""
    word = plain(text).lower()
    if word not in {"是", "yes", "true", "否", "no", "false"}:
        raise ValueError("不是“是”或“否”")
    return word in {"是", "yes", "true"}


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that nobody can tell any more, and the reason why."""

    reason: str


def unknown(text: str) -> Unknown | None:
    """An unknown value: ``未知：原件未保留``; ``None`` for any other text. Raises `ValueError` for 未知 without a reason."""
    found = _UNKNOWN.fullmatch(text)
    return Unknown(reason(found.group(1) or "")) if found else None


def reason(text: str) -> str:
    """A reason; raises `ValueError` for a text without a letter or digit beside 【填写：…】, which is to be written."""
    if not any(map(str.isalnum, _TO_WRITE.sub("", text))):
        raise ValueError("须写明原因")
    return text.strip()


def is_note(text: str) -> bool:
    """Whether a line opens as a note does: ``注：``, ``备注1.``, ``说明：``, ``注1``, ``资料来源：``."""
    return _NOTE.match(simplified(text.lstrip())) is not None
