"""Cases of 表四 and how they ended: a result goes on to the kinds of cases that are told behind it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao.checks.prose.phrases import case_of, count_of_cases, meaning_of
from nianbao.checks.prose.remains import unknown
from nianbao.checks.prose.words import CASE, CASE_NAMES, words

if TYPE_CHECKING:
    from nianbao.checks.prose.clause import Clause
    from nianbao.checks.prose.said import Said
    from nianbao.checks.prose.words import Meaning


_KIND = re.compile(f"({'|'.join(CASE_NAMES[one] for one in ('两者', '复议', '诉讼', '直接', '复议后'))})(.*)")
_LOOSE = "情况"  # what it heads may count others too: 维持情况：行政复议9件中维持6件


def of_cases(found: Meaning, clause: Clause) -> Meaning:
    """A result that stands before one kind of cases is also said of the next: 尚未审结的行政复议2件、行政诉讼1件."""
    headed, is_loose = _result_headed(clause), clause.sentence.pending.endswith(_LOOSE)
    before = (headed if is_loose else None) or clause.sentence.attribute
    whole = _result_of(clause.whole) or (None if is_loose else headed)
    if found.name == "案件" and whole:
        clause.sentence.attribute = whole
        return replace(whole, family="案件结果")  # 结果维持10件，其中行政复议6件
    if found.name == "案件" and before:
        return replace(before, cells=(*before.cells, *found.cells), any=True)
    result = meaning_of(CASE, clause.tail, "", None) if found.name == "案件" else None
    if result and result.name != "案件" and result.words.search(clause.tail[:4]):  # 行政诉讼4件审结
        return replace(found, cells=(*found.cells, *result.cells), any=True)
    if is_result(found) and not found.case and clause.context.of_both and not case_of(f"{clause.text}{clause.tail}"):
        last, clause.context.case = clause.context.case, "两者"
        return replace(found, cells=(*found.cells, *found.cells_of(last, "")), any=True)
    if is_result(found) and count_of_cases(clause.text):
        clause.sentence.attribute = found
    return found


def are_both(before: Said | None, said: Said | None) -> bool:
    """Whether two numbers that follow each other are the same of both kinds of cases: 行政复议9件、行政诉讼5件."""
    kinds = [_KIND.match(one.name) if one else None for one in (before, said)]
    if not (before and said and all(kinds)):
        return False
    (kind, what), (other, same) = (found.groups() for found in kinds if found)
    return what == same and kind != other and CASE_NAMES["复议"] in {kind, other}


def _result_headed(clause: Clause) -> Meaning | None:
    """The result that heads a list of cases, and nothing else: 结果维持：行政复议6件、行政诉讼4件."""
    head = clause.sentence.pending.removesuffix(_LOOSE)
    found = meaning_of(CASE, head, "", None) if head and f"{clause.sentence.pending}：" in clause.before else None
    return found if found and is_result(found) and not unknown(found, clause.of(head)) else None


def is_result(found: Meaning) -> bool:
    """Whether a meaning tells how cases ended, or that they have."""
    return found.family == "案件结果" or found.name == "已审结"


def _result_of(whole: Said | None) -> Meaning | None:
    """The result that a whole of cases of several kinds is of, which goes on to its parts."""
    results = (one for one in words().meanings[CASE] if is_result(one) and not one.case)
    return next((one for one in results if whole and whole.name.endswith(one.name)), None)
