"""The days on which tables were filled in: before a year is over nobody has the figures of all of it."""

from __future__ import annotations

import re

from nianbao.checks.disowned import narrow
from nianbao.hanzi import simplified
from nianbao.importing.ending import day_in
from nianbao.wording import HAN, HAN_DIGITS

_LAST_WEEKS = 12, 20  # month and day from which the year's figures may be filled in
_TIME = "(?:T?[0-9]{1,2}:[0-9]{2}(?::[0-9.]+)?)?"
_DAY = (
    r"(?<![0-9])(?P<year>20[0-9]{2})(?:年(?P<month>0?[1-9]|1[0-2])月(?:(?P<day>[0-3]?[0-9])[日号])?"
    r"|(?P<sign>[./-])(?P<month_>0?[1-9]|1[0-2])(?:(?P=sign)(?P<day_>[0-3]?[0-9]))?(?:(?![0-9])|(?=[0-9]{1,2}:[0-9]{2}))"
    r"|(?P<month__>0[1-9]|1[0-2])(?P<day__>[0-3][0-9])(?![0-9]))"
    rf"|(?P<han>[二2][〇零○0][零○0{HAN_DIGITS}]{{2}}年[{HAN}]{{1,3}}月[{HAN}]{{1,3}}日)"
)
# A label of a day, or of a person who signs; what a table has to do with the days behind other labels is not known.
_SIGNS = "[\u4e00-\u9fff]{0,6}(?:人|制表|填[表报]):[\u4e00-\u9fff]{2,4}"
_LABEL = f"(?P<label>[\u4e00-\u9fff]{{0,10}}(?:日期|时间|日|于)|{_SIGNS})?[:,为]*"
_OF_ELSE = re.compile(
    "成立|批准|备案|制定|有效|印发|生效|施行|实施|发文|成文|启用|修订|[起开]始|登记|公布|受理|办结|答复|申请"
)
_MADE = f"(?:{_LABEL}(?:{_DAY}){_TIME})"
_PIECE = re.compile(rf"(?:^|[\s,;()]|(?<=[:\u4e00-\u9fff])){_MADE}(?P<behind>[^,;)]*)")
_BEHIND = re.compile("(?:填[报写表制]|制表|导出|打印|[上填]报|报送|统计|汇总|生成|更新|提取)?[。.]?|[\u4e00-\u9fff]{1,8}:.*")


def is_early(line: str, year: int) -> bool:
    """Whether a line gives a day before the last weeks of a year as the one on which something was made: 填报日期：….

    So does a day alone. A span of time, and a day on which a body was set up or a document made, is none.
    """
    text = narrow(simplified(line))
    for found in _PIECE.finditer(text):
        is_made = _BEHIND.fullmatch(found["behind"]) and not _OF_ELSE.search(found["label"] or "")
        is_alone = not text[: found.start()].strip("(") and not text[found.end() :].strip(")")
        if is_made and (found["label"] or is_alone or found["behind"]) and _parts(found) < (year, *_LAST_WEEKS):
            return True
    return False


def _parts(found: re.Match[str]) -> tuple[int, int, int]:
    """Year, month and day; the last day that a month may have where none is said."""
    if found["han"]:
        day = day_in(found["han"])
        return (day.year, day.month, day.day) if day else (9999, 12, 31)
    month, day_ = (found[key] or found[f"{key}_"] or found[f"{key}__"] for key in ("month", "day"))
    return int(found["year"]), int(month), int(day_ or 31)
