"""Whether a line beside a table, a remark beside a row of one, or the name of its sheet or file, may say of its figures more
than is known.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.checks import disowned, roles, whose
from nianbao.checks.roles import Role
from nianbao.hanzi import simplified
from nianbao.importing import celledlines
from nianbao.importing.around import ABOVE, BELOW, CONTROL, INSIDE, NAMES, REMARK
from nianbao.importing.counted import ENTRY
from nianbao.importing.flow import PRINTED
from nianbao.importing.furniture import has_figure, is_furniture
from nianbao.importing.said import names, reviews
from nianbao.importing.said.harmless import AMOUNT, CARRIED, CLAUSES, COUNT, SIGNS, Among, other_bodies, pattern
from nianbao.inputs.persons import names_person, without_names, without_persons
from nianbao.wording import HAN, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.importing.copies import Line
    from nianbao.importing.said.harmless import Known

_NOTE = re.compile(f"^[(\\[【]?(?:备?注|附注|说明)(?:[0-9{HAN}])?[:.、]|^[*※(\\[【]")
_LABELLED = re.compile("[^:,。0-9]{2,10}:")  # 显示：前100条
_SOURCE_LINE = re.compile("(?:数据|信息)?来源:[^:]*")  # of figures; one with a day is a page's
_CAPTION, _SENTENCE = 30, 60  # characters
_SAYS = re.compile(rf"[^\W\d_]|[{SIGNS}]|(?<![0-9])(?:19|20)[0-9]{{2}}(?![0-9])")  # a word, a sign, or a year
# A clause that tells how many of what it names; not a part of them, nor some more, nor about so many.
_HOW_MANY = re.compile(
    f"(?!其中|.*(?:含|包括|另|此外|还有|[{HAN}]{{2}}))(?P<what>[^0-9]{{3,}}?)(?:(?<![约近于多少漏减加差缺])(?:{COUNT}|{AMOUNT}))?"
)
_A_COUNT, _HAS_DIGIT = re.compile("[0-9](?![0-9年月日])"), re.compile("[0-9]")
_OFF = frozenset({Role.OFF, Role.REACH})


def asks(known: Known, line: Line, text: str) -> bool:
    """Whether what a line around a table says, the name of its sheet too, may be said of its figures."""
    if line.where in NAMES:
        return names.asks(known, line.where, text)
    if line.where == CONTROL:
        return False
    laid = simplified(text)
    text = disowned.without_rules(disowned.compared(laid))
    if not text:
        return False
    if reviews.is_objected(text, known.year, known.name) or (line.where == REMARK and _is_of_row(text)):
        return True
    if pattern("no_name").search(text):
        return True
    if line.places == frozenset() and disowned.is_no_whole_year(text, known.year, is_of_rows=True):
        return True
    is_of_text = line.where == ABOVE and text.endswith("。")
    if line.where in {ABOVE, BELOW} and line.is_near and _is_of_others(known, text):
        return True
    if whose.is_published_by_another(text, known.name) or celledlines.has_odd_value(text):
        return True
    is_count = has_figure(text) and not _LABELLED.match(text)
    if line.where == INSIDE and not line.is_note and (is_count or text.startswith(UNKNOWN)):
        return False
    if names_person(text) or (is_furniture(text) and not _SOURCE_LINE.fullmatch(text)):
        return False
    printed, said = without_persons(laid)
    laid = printed if has_figure(said) else laid  # figures beside persons are asked about as such
    text = disowned.compared(without_names(known.sure.sub(",", unicodedata.normalize("NFKC", laid))))
    text = reading.COMMAS.sub("", known.sure.sub("", disowned.without_rules(text)))
    told = _told(known.labels.sub("", text), line, known.year)
    among = Among.OPINION if reviews.has_opinion(text) else Among.BESIDE
    return any(known.is_odd(one, among) and not (is_of_text and _is_ordinary(known, one)) for one in told)


def _is_of_others(known: Known, text: str) -> bool:
    """Whether a sentence right beside a table names another year or body, whatever it tells of that."""
    if text[-1] != "。" or len(text) > _SENTENCE:
        return False
    return disowned.is_of_other_time(text, known.year) or (bool(known.name) and whose.is_anothers(text, known.name))


def _is_of_row(remark: str) -> bool:
    """Whether a remark says that the figures of its row are off, or only a part of what is counted."""
    return bool(pattern("of_row").search(remark)) or Role.PART in roles.alone(remark)


def _is_ordinary(known: Known, clause: str) -> bool:
    """Whether a clause of a sentence tells how many of what it names, as a chapter's text does: 受理公民申请3件.

    What it names is no other body and no other time, and nothing is said of the figures.
    """
    found = _HOW_MANY.fullmatch(known.times.sub("", re.sub(CARRIED, "结转申请", clause)))
    if not found or disowned.is_no_whole_year(found["what"], known.year):
        return False
    what = known.phrases.sub(" ", found["what"])
    says = [pattern("of_table").search(clause), pattern("together").search(clause), roles.roles(clause, known.year) & _OFF]
    return not any([*says, pattern("of_figures").search(what), other_bodies().search(what)])


def _told(text: str, line: Line, year: int) -> Iterator[str]:
    """The clauses of a line that may be said of a table: all of a caption or a note, of a sentence what speaks of one."""
    if not _SAYS.search(text):
        return
    is_note = line.is_note or bool(_NOTE.match(disowned.compared(line.text)))
    text = _NOTE.sub("", text, count=1)
    is_short = len(text) <= _CAPTION and "。" not in text[:-1]
    # A short sentence is said of the table that it stands right below; right above one it is where it has a count.
    is_apart = text[-1:] not in "。!:" or line.where == BELOW or (line.is_near and _A_COUNT.search(text))
    is_caption = len(CLAUSES.split(text)) == 1 or (is_short and is_apart)
    may_be_of_other = line.where in {PRINTED, REMARK} or not line.is_near or ENTRY.match(text)
    of_table, of_figures = pattern("of_table"), pattern("of_figures")
    for clause in CLAUSES.split(text):
        says = roles.roles(clause, year)
        speaks = of_figures.search(clause) or says & roles.NOT_FINAL or (line.where != REMARK and _HAS_DIGIT.search(clause))
        is_of_it = is_caption and (not may_be_of_other or speaks)
        if is_note or is_of_it or of_table.search(clause) or says & _OFF:
            yield clause
