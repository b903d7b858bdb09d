"""What words say of figures, by their role: of a draft, of a part of the year, of the year before, wrong (roles.yaml)."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from nianbao.checks.wordings import any_of, wordings

_PIECE = re.compile(r"\{([a-z]+)\}")
_MONTHS = re.compile(
    r"(?<![0-9])([0-9]{1,2})(?:月份?(?:[0-9]{1,2}日)?)?(?:起?[-—–−~至到]+|起,[至到])(?:20[0-9]{2}年|当年)?([0-9]{1,2})月"
    r"|20[0-9]{2}[./-]([0-9]{1,2})(?:[./-][0-9]{1,2})?[-—–−~至到]+20[0-9]{2}[./-]([0-9]{1,2})(?![0-9])"
)
_UNTIL = re.compile(
    "(?:(?:截[至止]|更新)(?:至|到|日期|时间)?|(?:统计|汇总|计算|导出|计)(?:截?[至止到]|[仅只]?到))[:为]?(20[0-9]{2})?年?([0-9]{1,2})月"
)
_YEAR = re.compile("(?<![0-9])(20[0-9]{2})年度?")
# What is said under a condition, or forbidden; not 如下表, 若干, nor 如表三所示.
_CONDITION = re.compile(
    "(?:^|(?<=[,。;:!(]))[^,。;]{0,8}(?:不得|严禁|防止|杜绝)[^,。;]*[,。;]?|(?:^|(?<=[,。;:!(]))(?:如果?(?![下上实期图此何])|若(?!干)|倘若?|假如)(?![^,。;]*(?:所[示列述见]|显示))[^,。;]*[,。;]?"
)


class Role(StrEnum):
    """What words have to do with figures: the first name whose figures are meant, the others say something of them."""

    TABLE = "table"  # a statutory table, or the report's figures
    FORM = "form"  # a table that may be any
    REPORT = "report"
    POINTED = "pointed"  # what was named before
    FIGURES = "figures"  # figures of the tables, whatever a sentence calls them
    COUNTED = "counted"  # the number of what the tables count
    MATTER = "matter"  # what the tables count
    DRAFT = "draft"
    UNSETTLED = "unsettled"
    TO_DO = "to_do"  # something has still to be done
    ESTIMATED = "estimated"
    PART_OF_YEAR = "part_of_year"
    BEFORE = "before"  # of last year, or earlier
    OFF = "off"  # some left out, counted twice, or in the wrong place
    REACH = "reach"  # how far the count reaches: some are left out, or others taken in
    CORRECTED = "corrected"  # what they should have been
    PART = "part"  # only a part of what is counted
    UNIT = "unit"  # of what is counted, another one than the statute's
    MONEY = "money"  # in another unit than the statute's
    DIRECTION = "direction"  # what whoever fills in a form should do, which says nothing of its figures


# Figures of which this is said are not final; or not this report's final ones.
NOT_FINAL = frozenset({Role.DRAFT, Role.UNSETTLED, Role.ESTIMATED})
NOT_THE_YEARS = NOT_FINAL | {Role.PART_OF_YEAR, Role.BEFORE}
_OF_OTHER_YEARS = frozenset({Role.BEFORE, Role.REACH})  # which name years
# What is said of figures; the others only name them.
SAYING = NOT_THE_YEARS | {Role.OFF, Role.REACH, Role.CORRECTED, Role.PART, Role.UNIT, Role.MONEY}
_TAIL = "[0-9]?(?:的|版|数据?|报?表|情况)*"  # behind a word that stands alone


@lru_cache(maxsize=4096)
def roles(text: str, year: int) -> frozenset[Role]:
    """The roles of the words of a clause, narrow, in a report of a year, whatever stands beside them.

    An earlier year that is named in digits is last year, a later one the next: 沿用2022年, 计入2024年年报.
    """
    as_other = _YEAR.sub(lambda one: _named(int(one[1]), year) or one[0], text)
    found = {one for one in Role if _anywhere(one).search(as_other if one in _OF_OTHER_YEARS else text)}
    return frozenset(found | ({Role.PART_OF_YEAR} if _is_of_some_months(text, year) else set()))


def _named(number: int, year: int) -> str:
    """How a report of a year calls another one; '' for its own."""
    return "上年" if number < year else "下年" if number > year else ""


@lru_cache(maxsize=4096)
def alone(text: str) -> frozenset[Role]:
    """The roles of words, narrow, beside which nothing else stands."""
    return frozenset(one for one in Role if _alone(one).fullmatch(text))


@lru_cache(maxsize=1024)
def named(name: str) -> frozenset[Role]:
    """The roles of the words of a title or of the name of a file, narrow, which speak of nothing else."""
    return _listed("named", name)


@lru_cache(maxsize=1024)
def kept(name: str) -> frozenset[Role]:
    """The roles of the words of the name of a sheet or of a file, narrow, that tell why it was kept: 表三-旧."""
    return _listed("kept", name)


def first(role: Role, text: str) -> re.Match[str] | None:
    """Where a clause, narrow, first has a role."""
    return _anywhere(role).search(text)


def letters() -> str:
    """A pattern of the words in letters that say of a name's file that it is a draft, or nobody knows which one."""
    return _filled("{letters}|{parts}")


def _listed(kind: str, name: str) -> frozenset[Role]:
    some = {one: wordings("roles")[one].get(kind, ()) for one in Role}
    return frozenset(one for one, patterns in some.items() if any(re.search(_filled(each), name) for each in patterns))


def without_directions(text: str) -> str:
    """A line, narrow, without the clauses that only tell whoever fills in the form what to do: 数据有误的，退回重报。

    A condition says nothing either: 如数据有误，请联系办公室。 A clause that says something of figures too stays.
    """
    return _directs().sub(lambda found: found[0] if _says_of_figures(found[0]) else "", _CONDITION.sub("", text))


def _says_of_figures(clause: str) -> bool:
    return any(_anywhere(one).search(clause) for one in SAYING)


@lru_cache(maxsize=1)
def _directs() -> re.Pattern[str]:
    opened = r"(?:(?:(?:填表)?(?:说明|要求|须知)|备?注):?)?(?:[(]?[0-9一二三四五六七八九十]{1,2}[.、)])?"
    return re.compile(f"(?:^|(?<=[。;!,])){opened}(?:{_anywhere(Role.DIRECTION).pattern})(?:[。;!,]|$)")


def _is_of_some_months(text: str, year: int) -> bool:
    """Whether a text has a span of months, or a month until which was counted, that are no whole year."""
    spans = ([int(one) for one in found.groups() if one] for found in _MONTHS.finditer(text))
    until = (int(one[2]) != 12 and one[1] in {None, str(year)} for one in _UNTIL.finditer(text))
    return any(one != [1, 12] for one in spans) or any(until)


@lru_cache
def _anywhere(role: Role) -> re.Pattern[str]:
    return any_of(map(_filled, wordings("roles")[role]["anywhere"]))


@lru_cache
def _alone(role: Role) -> re.Pattern[str]:
    words = "|".join(map(_filled, wordings("roles")[role].get("alone", ())))
    return re.compile(f"(?:数据?)?(?:{words}){_TAIL}" if words else "(?!)", re.IGNORECASE)


def _filled(pattern: str) -> str:
    """A pattern with the pieces that it names."""
    pieces = wordings("roles")["pieces"]
    return _PIECE.sub(lambda one: f"(?:{_filled(pieces[one[1]])})", pattern)
