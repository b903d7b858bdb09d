"""The days on which tables were filled in: before a year is over nobody has the figures of all of it."""

from __future__ import annotations

import re
from functools import lru_cache

from nianbao.checks.disowned import compared
from nianbao.hanzi import simplified
from nianbao.importing.ending import day_in
from nianbao.inputs.formlabels import DAY, MAKES, labels
from nianbao.wording import FOUR_DIGITS, HAN

_LAST_WEEKS = 12, 20  # month and day from which the year's figures may be filled in
_TIME = "(?:T?[0-9]{1,2}:[0-9]{2}(?::[0-9.]+)?)?"
_DAY = (
    r"(?<![0-9])(?P<year>20[0-9]{2})(?:年(?P<month>0?[1-9]|1[0-2])月(?:(?P<day>[0-3]?[0-9])[日号])?"
    r"|(?P<sign>[./-])(?P<month_>0?[1-9]|1[0-2])(?:(?P=sign)(?P<day_>[0-3]?[0-9]))?(?:(?![0-9])|(?=[0-9]{1,2}:[0-9]{2}))"
    r"|(?P<month__>0[1-9]|1[0-2])(?P<day__>[0-3][0-9])(?![0-9]))"
    rf"|(?P<han>{FOUR_DIGITS}年[{HAN}]{{1,3}}月[{HAN}]{{1,3}}日)"
)
# A label of a day, or of a person who signs; what a table has to do with the days behind other labels is not known.
_SIGNS = "[\u4e00-\u9fff]{0,6}(?:人|制表|填[报表写]|审核|复核|经办|编制):[\u4e00-\u9fff]{2,4}"
_LABEL = f"(?P<label>[\u4e00-\u9fff]{{0,10}}(?:日期|时间|日|于)|{_SIGNS})?[:,为]*"
_OF_ELSE = re.compile(
    "成立|批准|备案|制定|有效|印发|生效|施行|实施|发文|成文|启用|修订|[起开]始|登记|公布|受理|办结|答复|申请"
)
_MADE = f"(?:{_LABEL}(?:{_DAY}){_TIME})"
_PIECE = re.compile(rf"(?:^|[\s,;()]|(?<=[:\u4e00-\u9fff])){_MADE}(?P<behind>[^,;)]*)")
_BEHIND = re.compile("(?:填[报写表制]|制表|导出|打印|[上填]报|报送|统计|汇总|生成|更新|提取)?[。.]?|[\u4e00-\u9fff]{1,8}:.*")
_QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12} | {str(at): 3 * at for at in range(1, 5)}
_NEXT_MONTHS = {1, 2, 3}  # in which a year's report is written: a day in these without a year is the next one's


@lru_cache(maxsize=1)
def _of_form() -> re.Pattern[str]:
    """What a form asks for: when it was filled in, and until when it is valid: a day, one without its year, a quarter."""
    until = "(?:有效|(?P<until>(?:数据|统计)*截[止至]))(?:(?:日期|时间|日|期限?至?)[:为]*|[:为])"
    return re.compile(
        rf"(?:(?:{labels(DAY)})[:为]*|(?:{MAKES})[:为]|{until})"
        rf"(?:{_DAY.replace('(?P<', '(?P<_').replace('(?P=', '(?P=_')}{_TIME}|(?P<bare>0?[1-9]|1[0-2])月[0-3]?[0-9][日号]"
        "|(?P<in>20[0-9]{2})年?度?(?:第?(?P<quarter>[一二三四1-4])季度?|(?P<half>[上下])半年)?)(?=$|[,;。)(]|[\u4e00-\u9fff]{1,8}:)"
    )


def without_when(line: str, year: int) -> str:
    """A line beside a table without what it says of when the table was filled in, behind a label such as 报送日期：.

    That says nothing of whose figures they are. 统计截止： is one of them where it gives a time of the year.
    """
    text = compared(simplified(line))
    made = _of_form().sub(lambda found: found[0] if found["until"] and _year_of(found) != year else "", text)
    return line if made == text else made.strip(",;。()")


def is_early(line: str, year: int) -> bool:
    """Whether a line gives a day before the last weeks of a year as the one on which something was made: 填报日期：….

    So does a day alone. A span of time, and a day on which a body was set up or a document made, is none.
    """
    text = compared(simplified(line))
    if any(_ends(found, year) < (year, *_LAST_WEEKS) for found in _of_form().finditer(text)):
        return True
    for found in _PIECE.finditer(text):
        is_made = _BEHIND.fullmatch(found["behind"]) and not _OF_ELSE.search(found["label"] or "")
        is_alone = not text[: found.start()].strip("(") and not text[found.end() :].strip(")")
        if is_made and (found["label"] or is_alone or found["behind"]) and _parts(found) < (year, *_LAST_WEEKS):
            return True
    return False


def _year_of(found: re.Match[str]) -> int:
    return int(found["in"] or found["_year"] or 0)


def _ends(found: re.Match[str], year: int) -> tuple[int, int, int]:
    """Year, month and day of the last day that a form may have been filled in on; a day without its year is of a report's.

    That is, of the ``year`` of the report or, in its first months, of the next.
    """
    if found["bare"]:
        return (year + 1 if int(found["bare"]) in _NEXT_MONTHS else year, int(found["bare"]), 31)
    if found["in"]:
        month = _QUARTERS.get(found["quarter"] or "", 6 if found["half"] == "上" else 12)
        return int(found["in"]), month, 31
    return _parts(found, "_")


def _parts(found: re.Match[str], before: str = "") -> tuple[int, int, int]:
    """Year, month and day; the last day that a month may have where none is said; ``before`` stands before groups' names."""
    if han := found[f"{before}han"]:
        day = day_in(han)
        return (day.year, day.month, day.day) if day else (9999, 12, 31)
    month, day_ = (
        next(filter(None, (found[f"{before}{key}{end}"] for end in ("", "_", "__"))), "") for key in ("month", "day")
    )
    return int(found[f"{before}year"]), int(month), int(day_ or 31)
