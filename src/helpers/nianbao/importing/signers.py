"""Who signs a report: whether a line is the name of a body, a day, or both."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.checks.bodies import is_another, parted, words
from nianbao.hanzi import simplified
from nianbao.importing.counted import ENTRY
from nianbao.offices import ENDS
from nianbao.wording import HAN, HAN_DIGITS

if TYPE_CHECKING:
    from collections.abc import Sequence

BODY = re.compile(rf"[\u4e00-\u9fff（）()·]{{2,40}}(?:{ENDS})")
# What a sentence says and no body is called, and how places in which no body sits end: 办好政府网站, 没有其他需要说明之处.
_SAYS = re.compile(
    "没有|其他|[已均各是]|尚(?!志)|未(?!央)|不(?!动产)|无(?![锡线])|[我本][局委办厅院校]|本(?:机关|单位|部门|年)|特此|需要|召开|建[立成]|"
    "设[立置]|举办|完成|进一步|其中|以上|如下|通过|按照|根据|^(?:加[强大快]|[办用建管做抓]好|推[进动]|完善|开展|提[升高]|[优强深细]化|深入|规范|"
    "走进|丰富|拓展|健全|打造|扩大|统筹|坚持|继续)|(?:网站|[专社园小景校城]区|之处|(?:发布|座谈|听证|推进|交流|说明|培训|工作|现场|报告)会)$"
)
_NO_PLACE = re.compile("[由在对与及到至向我本每]|依托|联系|地址|机构|单位|场所|受理|责任")  # 责任单位为示例市…
_SEAL = re.compile(r"\((?:盖章|公章|印章|章|印)\)$")
_MONTH = re.compile(rf"(?:[12][0-9]{{3}}|[○零〇{HAN_DIGITS}]{{4}})年(?:[0-9]{{1,2}}|[{HAN}]{{1,2}}|元)月")  # on a cover
# What stands in brackets behind a signature: （初稿）; a day, which may be open: 2024年 月 日.
_BEHIND = re.compile(r"(?:\s*[（(\[【〔][^（()）]{1,20}[）)\]】〕])+$")
_OPEN = "[0-9xX×_*]{1,2}"
_ANY_DAY = re.compile(
    rf"(?:[12][0-9]{{3}}|[○零〇{HAN_DIGITS}]{{4}})\s*[-/.年]\s*(?:{_OPEN}|[{HAN}]{{1,2}}|元)?\s*[-/.月]\s*(?:{_OPEN}\s*日?|[{HAN}]{{0,3}}日)"
)


def is_signature(text: str, known: Sequence[str]) -> bool:
    """Whether a line says who signs, and nothing else: a known body, in whole or in short, or several, a known one first."""
    names = [reading.plain(one) for one in known if one]
    tight = reading.plain(text)
    first, *others = map(reading.plain, re.split(r"[、\s]+", text.strip()))
    return _is_name(tight, names) or (_is_name(first, names) and all(is_name(one) or _is_name(one, names) for one in others))


def is_name(text: str) -> bool:
    """Whether a text is the name of a body that has its place in it, whoever that is."""
    return _is_name(reading.plain(text), ())


def _is_name(text: str, known: Sequence[str]) -> bool:
    """Whether a text is a body's name: a known one, in whole, in short or an office's of it; any where none is known.

    Another body's name that stands above the day is text, such as where something can be read.
    """
    text = _SEAL.sub("", text).strip("()")
    if is_own(text, known):
        return True
    if not BODY.fullmatch(text) or _SAYS.search(text):
        return False
    place = parted(text)[0]
    if _NO_PLACE.search(place):
        return False
    is_office = text.endswith(tuple(words()["organs"]))
    akin = (text.startswith(name) or (is_office and not is_another(text, name, name, True)) for name in known)
    return any(akin) if known else bool(place)


def is_own(text: str, known: Sequence[str]) -> bool:
    """Whether a text is a known body's name, in whole or in short."""
    tight = reading.plain(text)
    return len(tight) > 1 and any(name.startswith(tight) or name.endswith(tight) for name in map(reading.plain, known))


def is_month(text: str) -> bool:
    """Whether a line is a month, as one stands on a cover: 2024年1月."""
    return bool(_MONTH.fullmatch(reading.plain(text).strip("()")))


def is_byline(text: str, known: Sequence[str]) -> bool:
    """Whether a line names a body, with a day beside it at most, or a month, and says nothing else."""
    if is_month(text):
        return True
    rest = _ANY_DAY.sub(" ", text, count=1).strip("（）()|│ \u3000")
    is_body = bool(BODY.fullmatch(reading.plain(rest))) and not _SAYS.search(rest)
    return is_body or (bool(rest) and is_own(rest, known))


def is_like(text: str, known: Sequence[str]) -> bool:
    """Whether a line reads like a signature: a body's name, a day that may still be open, words in brackets behind them."""
    bare = _BEHIND.sub("", simplified(text))
    rest = reading.plain(_ANY_DAY.sub("", bare, count=1))
    is_day = (bool(bare) and not rest) or is_month(bare)
    return is_day or (not ENTRY.match(bare) and (is_own(rest, known) or _is_name(rest, ())))
