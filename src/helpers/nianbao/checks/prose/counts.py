"""Numbers in running text: where they stand, what they are worth, what they count, and how exact they claim to be.

Arabic digits with separators, 万 and 亿, percentages, 百分之…, 半数 and 多数, and Chinese numerals before a measure word.
A text is first made `even` (`reading`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from nianbao.reading import DIGITS, LEDGER, POWERS, spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 15  # digits of a number; what is longer is a code
PERCENT, POINTS, TIMES = "%", "个百分点", "倍"
_HAN = "零〇一二两三四五六七八九十百千万亿"
TENTH = "成"  # 三成: 30 %
# What is counted, the longer first.
_UNITS = (
    "个百分点|百分点|[人件条户家车班批场架辆台项例]次|万元|亿元|%|个|项|名|位|户|部|册|本|页|处|类|种|批|套|张|倍|成|辆|台|字|所|座|组|轮|届|笔|封"
    "|通|单|宗|例|分(?![别之布类钟])"
)
_COUNTED = "[人件条户家]次|件|份|条|起|宗|例|期|篇|场|次|家|人|元|万元|%"
# What else Chinese numerals count, and no word that begins so: 十二项目, 十五个工作日, 十四个五年规划.
_SPELT = (
    "[车班批场架辆台项例]次|亿元|个(?!(?:工作|自然)日|小时|季度|学期|[月年周五])|项(?!目)|名(?![单录])|位(?!于)|[户册种套张辆座轮笔封株吨棵枚页]"
    "|部(?![门委署])|本(?![级局机单年])|处(?![室理罚级])|类(?![别似])|批(?![准复示])|台(?![账阶])|所(?![属在有示])|通(?![过报知])|单(?![位元])"
    "|则(?![为是])|幅(?!度)|班(?![子级组长车])|组(?![织成建])"
)
# The first characters of these, for speed.
_FIRST = "人件条户家份起宗例期篇场次元万%亿个项名位册种套张辆座轮笔封株吨棵枚部本处类批台所通单则幅班组车架页倍成"
# What may stand between a number and its unit: a blank, and marks of Markdown, which `even` makes blanks.
_GAP = r"(?:\n|[ ]{0,5})"
# The first character of each, for speed, and what a number is.
_NUMBER = re.compile(
    rf"""(?=[\d{_HAN}{LEDGER}过半绝大多])(?:(?P<hundredths>百分之{_GAP})|(?P<parts>[二三四五六七八九十])分之(?=[一二三四五六七八九]))?
    (?:(?<![由从\d.])(?P<low>\d{{1,9}}){_GAP}[至到—–~～-]{_GAP}(?=\d{{1,9}}{_GAP}(?:%|件|条|份|起|次|万)))?
    (?:(?<![\d.])(?P<over>\d{{1,6}}){_GAP}(?P<much>[亿万]){_GAP}(?=\d))?
    (?:(?P<half>(?:(?<!超)过半|半|(?:绝?大)?多)数(?![据字量额值目码])|(?<!超)过半|一半)|(?P<digits>(?:(?<![\d.])\d{{1,3}}(?:，\d{{3}}){{1,6}}(?!\d)|\d+)(?:\.\d+)?)(?P<times>{_GAP}[百千万亿]{{1,2}})?
      |(?P<han>(?<![第其统唯专数几{_HAN}])[{_HAN}]{{1,20}}(?:点[{_HAN}]{{1,6}})?|[{LEDGER}零万亿]{{2,20}})
        (?=(?(hundredths)|(?(parts)|{_GAP}[余多]?{_GAP}(?=[{_FIRST}])(?:{_COUNTED}|个百分点|{_SPELT}|(?<!一)倍|成(?![立为员功果本效熟长就绩型品不分]))))))
    (?P<more>{_GAP}(?:余|多(?!数))|\+)?(?:{_GAP}(?P<after>[万亿]))?
    (?(half)|(?:{_GAP}(?P<unit>{_UNITS}|{_COUNTED}|(?(han)[株吨棵枚则班幅]|(?!))))?)(?P<digit>(?<=成)[一二三四五六七八九半](?![个件条万]))?(?P<around>左右|以上|上下|以内|(?<=成)[多余])?""",
    re.X,
)
_ABOUT = {
    **dict.fromkeys(("将近", "接近", "近"), "近"),
    **dict.fromkeys(("不足", "不到", "少于", "低于"), "不足"),
    **dict.fromkeys(("余", "多", "+"), "余"),
    **dict.fromkeys(("超过", "超", "逾", "突破", "多于", "高于"), "超"),
    **dict.fromkeys(("约为", "大约", "约", "左右", "上下"), "约"),
    **dict.fromkeys(("不少于", "不低于", "至少", "以上"), "至少"),
    **dict.fromkeys(("不超过", "不高于", "不多于", "至多", "以内"), "至多"),
}
# A word of a unit, and what makes a count of one that stands alone.
_POWER, _NEAR = re.compile("[百千万亿]+"), (*"上近约超逾过达", "不足", "不到")
_HALF = re.compile("过半|半数|一半|多数")
_NEAREST = 8  # characters before a number in which a word beside it stands
_MARKS = re.compile("  ")
_BETWEEN = re.compile("[二三四五六七八九]{2}([十百千万])")
_DIGIT = "[一二两三四五六七八九]"
_FEW = re.compile(f"({_DIGIT})({_DIGIT})")  # 三五件
_MISFORMED = re.compile(f"{_DIGIT}{{3}}|[十百千万亿]{_DIGIT}{{2}}(?![十百千万亿])")  # 十四五
# One numeral alone may be of a phrase (三家, 四个意识), but with these units, at the end of a clause, behind a verb.
_PLAIN_UNITS = re.compile("件|[份起宗例条元%倍成]|个百分点")
_MEASURES = re.compile(_COUNTED)
_KINDS = {"类", "种"}  # 分为必须公开和按需公开两类
_ENDS = re.compile(rf"{_GAP}(?:[，。；、：！？）\n]|$)")
_NOUN = re.compile(
    f"[\u4e00-\u9fff](?<![分成为这那各每同某前后上下头首再另按以与和及或到有在了的从对向由是做抓用把番]){_GAP}$"
)
_VERB = re.compile(
    "(?:召开|举办|举行|开展|组织|发布|印发|编发|推送|刊发|参加|进行|接待|走访|检查|维护|更新|先后|累计|共计|合计|总计)[了过]?共?"
    f"{_GAP}$"
)
_BEFORE = re.compile(f"({'|'.join(sorted(_ABOUT.keys() - {'+', '余', '多'}, key=len, reverse=True))}){_GAP}$")


_FRACTION = Decimal(6)  # how far, in percent, a share may be from a fraction that is told about it: 近三分之一


@dataclass(frozen=True, slots=True)
class Count:
    """A number in a text."""

    start: int
    end: int  # behind its unit
    text: str  # as written
    value: Decimal
    unit: str  # what it counts: 件, 元, %, …; '' when nothing says
    step: Decimal  # the worth of its last written digit: 100 for 1600余, 0.01万 = 100 for 15.67万
    about: str = ""  # 余 and 超 (or more), 近 (or less), 不足 (less), 约 (around), 至少 and 至多 (bounds), '' when exact
    spelt: bool = False  # whether it is written in Chinese numerals
    loose: bool = False  # whether it may be part of a phrase that counts nothing: 一次, 三家
    mark: str = ""  # the word before it that `about` was told by: 近, 超过

    @property
    def shown(self) -> str:
        """As written, with the word before it that makes it less exact: 近50件."""
        return f"{self.mark}{self.text}"

    def agrees(self, value: Decimal | int) -> bool:
        """Whether a true value may be put into words as this number.

        余 and 多 reach to the next step (1600余 is 1600 to 1699), 超 at least a tenth further, 近 from the step before; a
        percentage or a number in 万 may be rounded half up or cut off.
        """
        difference = Decimal(value) - self.value
        if self.about == "余":
            return 0 <= difference < self.coarse
        if self.about == "超":
            return 0 <= difference < max(self.coarse, self.value / 10)
        if self.about in {"至少", "至多"}:
            return difference >= 0 if self.about == "至少" else difference <= 0
        if self.about == "近":
            return -self.coarse <= difference <= 0
        if self.about == "不足":
            return -self.coarse <= difference < 0
        if self.about == "约":
            return abs(difference) <= self.coarse
        if self.step == 1 and self.unit != PERCENT:
            return not difference
        return -self.step / 2 <= difference < self.step

    @property
    def is_word(self) -> bool:
        """Whether a word tells it, and no numeral: 多数, 半数以上."""
        return bool(_HALF.search(self.text))

    @property
    def coarse(self) -> Decimal:
        """The worth of its last digit that is not 0: the step that 余, 近 and 约 speak of."""
        digits = self.value.normalize()
        return max(self.step, Decimal(1).scaleb(int(digits.as_tuple().exponent))) if self.value else self.step


def _is_number(found: re.Match[str]) -> bool:
    """Whether something is counted: a word of a unit alone counts only behind or before 近, 余 and the like: 上百件."""
    numeral = found["han"]
    if not numeral:
        return True
    if _MISFORMED.search(numeral) or (_is_loose(found) and not _MEASURES.fullmatch(found["unit"] or "")):
        return False
    if found["more"] or not _POWER.fullmatch(numeral):
        return True
    return found.string[: found.start("han")].endswith(_NEAR)


def _is_loose(found: re.Match[str]) -> bool:
    """Whether a number may be of a phrase that counts nothing: one numeral alone (一次, 四个意识), or two (两三次)."""
    numeral, text, start = found["han"] or "", found.string, found.start("han")
    if _FEW.fullmatch(numeral):
        return True
    if numeral not in tuple(_HAN) or numeral in POWERS.keys() - {"十"} or found["more"] or found["parts"]:
        return False
    unit = found["unit"] or ""
    if numeral in "零〇一":
        return unit != TENTH
    if found["hundredths"] or _PLAIN_UNITS.match(unit) or _VERB.search(text, max(0, start - _NEAREST), start):
        return False
    return unit in _KINDS or not (_ENDS.match(text, found.end()) and _NOUN.search(text, max(0, start - _NEAREST), start))


def numbers(text: str) -> Iterator[Count]:
    """The numbers of an `even` text, in their order; a run of digits that is longer than any count has no unit and is 0."""
    for found in filter(_is_number, _NUMBER.finditer(text)):
        spelt, digits = found["han"], (found["digits"] or "").replace("，", "")
        if len(digits) > LONGEST:
            yield Count(found.start("digits"), found.end("digits"), digits[:LONGEST], Decimal(0), "", Decimal(1))
            continue
        value, power = (
            (spoken(spelt), _power_of(spelt)) if spelt else (Decimal(digits or 50), -len(digits.partition(".")[2]))
        )
        for sign in (found["times"] or "").strip() + (found["after"] or ""):
            value, power = value.scaleb(POWERS[sign]), power + POWERS[sign]
        if found["over"]:  # 3亿2000万
            value += Decimal(found["over"]).scaleb(POWERS[found["much"]])
        unit, start = found["unit"] or "", found.start()
        if unit in {"万元", "亿元"}:
            value, power, unit = value.scaleb(POWERS[unit[0]]), power + POWERS[unit[0]], "元"
        if unit == TENTH:
            value, power = value * 10, power + 1
            if found["digit"]:  # 三成五, 两成半
                value, power = value + (5 if found["digit"] == "半" else DIGITS[found["digit"]]), 0
        if found["parts"]:  # 三分之一
            value = value * 100 / spoken(found["parts"])
        if found["hundredths"] or found["parts"] or found["half"] or unit == TENTH:
            unit = PERCENT
        before = _BEFORE.search(text, max(0, start - _NEAREST), start)
        mark = (found["more"] or "").strip() or found["around"] or (before[1] if before else "")
        about, step = _about(found["half"], mark), Decimal(1).scaleb(power)
        if found["parts"] and about:
            step = _FRACTION  # 约三分之一, of 30%
        if ends := _range_of(found, value):
            value, step, about = (ends[0] + ends[1]) / 2, ends[1] - ends[0], "约"
        yield Count(
            start, found.end(), _MARKS.sub("", found.group()), value, POINTS if unit == "百分点" else unit, step, about,
            bool(spelt or found["half"]), bool(spelt) and _is_loose(found),
            before[1] if before and mark == before[1] else "",
        )  # fmt: skip


def _range_of(found: re.Match[str], value: Decimal) -> tuple[Decimal, Decimal] | None:
    """The least and the most of 45至50件, 三五件 and 四五十件; ``None`` of any other number."""
    spelt = found["han"] or ""
    if found["low"] and (low := Decimal(found["low"])) < value:
        return low, value
    if (few := _FEW.fullmatch(spelt)) and DIGITS[few[1]] < DIGITS[few[2]]:
        return Decimal(DIGITS[few[1]]), Decimal(DIGITS[few[2]])
    between = _BETWEEN.search(spelt)
    return (value - 10 ** POWERS[between[1]], value) if between else None


def _about(half: str | None, mark: str) -> str:
    """How exact a number is: 半数以上, 过半 and 多数 are half at least, 一半 is about half."""
    about = _ABOUT.get(mark, "")
    if half:
        return "至少" if about == "超" or set("过多").intersection(half) else about or "约"
    return about


def _power_of(numeral: str) -> int:
    """The power of ten that the last digit behind 点 stands for: -1 for 三点五, 3 for 三点五万."""
    _, _, fraction = numeral.partition("点")
    digits = fraction.rstrip("".join(POWERS))
    return sum(POWERS[sign] for sign in fraction[len(digits) :]) - len(digits)
