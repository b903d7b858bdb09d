"""Whether a sentence of a chapter says of the tables what nobody knows, or that what is counted is off.

Such a sentence names figures of the report, and says of them something else than how many, how they compare or why: that
they are not final, of a part of the year or of the body, of the year before, in another unit or place, or still to be put
right (roles.yaml).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.checks import disowned, roles, whose
from nianbao.checks.roles import Role
from nianbao.hanzi import simplified
from nianbao.importing.said import periods
from nianbao.importing.said.harmless import CLAUSES, Among, is_more, pattern, without
from nianbao.wording import LAST_YEAR

if TYPE_CHECKING:
    from nianbao.importing.said.harmless import Known

_CLAUSES = re.compile(f"{CLAUSES.pattern}|/(?![0-9])")  # the last parts the rows of a sheet
_NOTED = re.compile(r"(?P<before>[^,。;]{0,30})[(\[【](?P<words>.{1,12})[)\]】]")
# What is said exactly: how many, of all figures, which no words tell from others, or how it stands with them now.
_EXACT = re.compile(
    "(?<!有)待|正在|^最终|另行|为准$|(?:[也亦已]|一并)+计[算入]|[0-9](?![0-9年日])|20[0-9]{2}年度?的?数[据字]|^数字(?![化经政乡社])|^数据[还尚仍正]?(?:在|需|有?待|未)[^,。;]{0,4}[核审]"
    f"|(?:{LAST_YEAR})的?数"
)
# How a chapter on problems tells of defects in general.
_GENERAL = re.compile(
    "有的|有些|(?<![的一])部分(?!公开|$|[,。;])|个别|少数|存在|问题|现象|不够|不[完准一规及全统精高]|[欠缺]乏|有待|需要?进一步"
)
_DONE_BY = re.compile(
    r"[0-9]+[件宗]?[为系由是](?P<by>[\u4e00-\u9fff]{3,20}?)(?:作出|做出|办理|实施|受理|收到)|(?:含|包括)(?P<of>[\u4e00-\u9fff]{3,20}?)[0-9]+[件宗]"
)
# Whose figures they are, and what is among them: 处罚数为上半年的, 许可件数含市局委托的.
_WHOSE = re.compile("[均都]?[为是系](?P<whose>[^,。;]+?)的(?:数[据字]?|件数?|合计)?$")
_AT = re.compile("(?:主要|多)?(?:集中[在于]|涉及)[^,。;]*$")  # what was applied for, and about what
_AMONG = re.compile("(?:包?含|包括|涵盖)[了有着]?(?P<some>[^,。;]+)")
# What is said of figures that a clause names, whichever way it names them.
_SAID = frozenset({Role.OFF, Role.REACH, Role.CORRECTED, Role.PART, Role.UNIT, Role.MONEY, Role.TO_DO})
# What is no application is rightly counted nowhere.
_NO_APPLICATIONS = re.compile("不(?:属于|是|作为|按)(?:政府信息公开)?申请")
_POINTING = frozenset({Role.FORM, Role.REPORT, Role.POINTED})
_COUNTING = frozenset({Role.COUNTED, Role.FIGURES})
# What the report counts, in whatever words, or when it came: a clause that names either is of what the tables count.
_OF_REPORT = frozenset({Role.MATTER, Role.TABLE, Role.FORM, Role.REPORT, *_COUNTING})
_WHEN = re.compile(f"收到|[0-9][月件宗]|{LAST_YEAR}|数(?:据(?![化库共开])|字)")


def is_odd(known: Known, sentence: str, is_of_problems: bool = False, is_of_own: bool = False) -> bool:
    """Whether a sentence of any chapter says of the tables what nobody knows, or that what is counted is off.

    A clause that names a statutory table, or begins with figures of them (处罚件数, 许可一栏, 上面的数), is odd where it
    says more than known words: how many, how they compare, why. One that names such figures, any table, the report or what
    was counted before (上述申请), or that follows one with a table, is odd where it says that these are off, whose they are
    or what is to be done to them. That some are left out or others taken in is odd of whatever it is said, unless that is
    surely nothing that the tables count; of what is counted itself (申请) money in another unit is, too. Words in brackets
    behind a line without a stop, such as a name, are odd where they are a draft's; words in brackets alone where they say
    so of anything.

    What points at a table of the report's own (``is_of_own``) may say what it likes of whom or what that counts.

    A sentence that says for which time figures are counted is odd where that is not the whole year.

    A chapter on problems says of much that is counted how it is off in general (部分, 个别, 存在, 不完整): such a
    sentence has to say how many, in which months, how it stands now, or of no other figures than the report's.
    """
    said_so = disowned.compared(simplified(sentence))
    if periods.is_part_of_year(said_so, known.year):
        return True
    text = known.sure.sub("", disowned.without_rules(said_so))
    odd = _SAID - {Role.REACH} if _NO_APPLICATIONS.search(text) else _SAID
    if (noted := _NOTED.fullmatch(text)) and _says(noted["words"], known.year) & {Role.DRAFT, Role.UNSETTLED}:
        return True
    is_of_tables = is_counting = False
    for clause in filter(None, _CLAUSES.split(text)):
        said = _said(clause, known.year)
        is_exact = not is_of_problems or Role.MONEY in said or bool(_EXACT.search(clause)) or not _GENERAL.search(text)
        is_told = Role.TABLE in said or (is_exact and _begins_with_figures(known, clause))
        if is_told and not is_of_own and known.is_odd(_AT.sub("", clause), Among.TEXT):
            return True
        if is_exact and _tells_of_figures(known, clause):
            return True
        is_of_tables = is_of_tables or bool(said & {Role.TABLE, Role.FORM})
        is_counting = (bool(said & _COUNTING) and is_exact) or (is_counting and bool(_AMONG.match(clause)))
        if (is_of_tables or said & _POINTING or is_counting) and _is_off(known, clause, said & odd):
            return True
        if (is_counting or said & _POINTING) and _are_others(known, clause):
            return True
        if is_exact and (Role.REACH in said & odd or _is_done_by_another(known, clause, said)):
            return True
        if Role.MATTER in said and is_exact and said & odd & {Role.MONEY, Role.OFF}:
            return True
    return bool(noted and not noted["before"]) and disowned.is_no_whole_year(text, known.year)


def _says(words: str, year: int) -> frozenset[Role]:
    return roles.alone(words) | roles.roles(words, year)


def _said(clause: str, year: int) -> frozenset[Role]:
    """What a clause says, but for some that are left out and surely none that the tables count: 政务新媒体未列入考核.

    It surely is none where the clause says so itself, and names neither what they count nor when it came.
    """
    said = roles.roles(clause, year)
    if Role.REACH not in said or said & _OF_REPORT or _WHEN.search(clause):
        return said
    return said - {Role.REACH} | roles.roles(pattern("uncounted").sub("", clause), year) & {Role.REACH}


def _begins_with_figures(known: Known, clause: str) -> bool:
    """Whether a clause is about figures of the tables: nothing but known words stands before them. 数据 may be any."""
    found = roles.first(Role.FIGURES, clause)
    return found is not None and not found[0].endswith("数据") and not is_more(clause[: found.start()], known.in_text)


def _tells_of_figures(known: Known, clause: str) -> bool:
    """Whether a clause tells in words that are not known what figures are, where from, of when, or whether settled.

    Nothing but known words stands before what it calls them, a verb for that behind it: 数据按信访台账来的, 处罚为立案数.
    """
    found = pattern("told").search(clause)
    if found is None or is_more(pattern("which").sub("", clause[: found.start()]), known.in_text):
        return False
    return known.is_odd(clause[found.start() :], Among.TEXT) or disowned.is_no_whole_year(clause, known.year)


def _is_off(known: Known, clause: str, odd: frozenset[Role]) -> bool:
    return bool(odd) or disowned.is_no_whole_year(clause, known.year)


def _are_others(known: Known, clause: str) -> bool:
    """Whether a clause says of figures whose they are, or what is among them, in words that are not known."""
    found = _WHOSE.search(clause) or _AMONG.search(without("ordinary", clause))
    return found is not None and is_more(found[1], known.in_text)


def _is_done_by_another(known: Known, clause: str, said: frozenset[Role]) -> bool:
    """Whether a clause says that some of what it counts are another body's: 处罚数量中有2件为青河县殡仪馆作出."""
    found = _DONE_BY.search(clause) if Role.COUNTED in said and known.name else None
    return found is not None and whose.is_named(found["by"] or found["of"], known.name)
