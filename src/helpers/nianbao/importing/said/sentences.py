"""Whether a sentence of a chapter says of the tables what nobody knows, or that what is counted is off."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.checks import disowned, roles, whose
from nianbao.checks.roles import Role
from nianbao.hanzi import simplified
from nianbao.importing.said.known import CLAUSES, Among

if TYPE_CHECKING:
    from nianbao.importing.said.known import Known

_NOTED = re.compile(r"(?P<before>[^,。;]{0,30})[(\[【](?P<words>.{1,12})[)\]】]")
_COUNT = re.compile("[0-9](?![0-9年日])|20[0-9]{2}年度?的?数[据字]")
_DONE_BY = re.compile(
    r"[0-9]+[件宗]?[为系由是](?P<by>[\u4e00-\u9fff]{3,20}?)(?:作出|做出|办理|实施|受理|收到)|(?:含|包括)(?P<of>[\u4e00-\u9fff]{3,20}?)[0-9]+[件宗]"
)
# What is said of figures that a clause names, whichever way it names them.
_SAID = frozenset({Role.OFF, Role.MISSING, Role.CORRECTED, Role.PART, Role.UNIT, Role.MONEY})


def is_odd(known: Known, sentence: str, is_of_problems: bool = False) -> bool:
    """Whether a sentence of any chapter says of the tables what nobody knows, or that what is counted is off.

    A clause that names a statutory table, or the report's figures, is odd where it says more than known words. One that
    names any table, the report, what was counted before (上述申请) or a number of what the tables count (处罚件数), or that
    follows one with a table, is odd where it says that these are off. Of what is counted itself (申请) only that some are
    left out is. Words in brackets behind a line without a stop, such as a name, are odd where they are a draft's; words in
    brackets alone where they say so of anything.

    A chapter on problems says of much that is counted how it is off in general: there it has to say how many, or in which
    months.
    """
    text = known.sure.sub("", disowned.without_rules(disowned.narrow(simplified(sentence))))
    if (noted := _NOTED.fullmatch(text)) and _says(noted["words"], known.year) & {Role.DRAFT, Role.UNSETTLED}:
        return True
    is_of_tables = False
    for clause in filter(None, CLAUSES.split(text)):
        said = roles.roles(clause, known.year)
        if Role.TABLE in said and known.is_odd(clause, Among.TEXT):
            return True
        is_of_tables = is_of_tables or Role.TABLE in said
        is_exact = not is_of_problems or Role.MONEY in said or bool(_COUNT.search(clause))
        if _is_subject(said, is_of_tables, is_exact) and (said & _SAID or disowned.is_no_whole_year(clause, known.year)):
            return True
        if Role.MATTER in said and is_exact and (Role.MISSING in said or _is_done_by_another(known, clause, said)):
            return True
    return bool(noted and not noted["before"]) and disowned.is_no_whole_year(text, known.year)


def _says(words: str, year: int) -> frozenset[Role]:
    return roles.alone(words) | roles.roles(words, year)


def _is_subject(said: frozenset[Role], is_of_tables: bool, is_exact: bool) -> bool:
    return is_of_tables or bool(said & {Role.FORM, Role.REPORT, Role.POINTED}) or (Role.COUNTED in said and is_exact)


def _is_done_by_another(known: Known, clause: str, said: frozenset[Role]) -> bool:
    """Whether a clause says that some of what it counts are another body's: 处罚数量中有2件为青河县殡仪馆作出."""
    found = _DONE_BY.search(clause) if Role.COUNTED in said and known.name else None
    return found is not None and whose.is_named(found["by"] or found["of"], known.name)
