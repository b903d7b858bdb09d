"""Cases of 表四 and how they ended: a result goes on to the kinds of cases that are told behind it."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from nianbao.checks.prose.phrases import case_of, count_of_cases, meaning_of
from nianbao.checks.prose.said import What
from nianbao.checks.prose.words import CASE, CASE_NAMES, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.checks.prose.clause import Clause
    from nianbao.checks.prose.said import Said
    from nianbao.checks.prose.words import Meaning


_KIND = re.compile(f"({'|'.join(CASE_NAMES[one] for one in ('两者', '复议', '诉讼', '直接', '复议后'))})(.*)")
_IN_ALL = re.compile("[，、]?(?:[一总]?共|[合总]计)")
FEW = 8  # statements before a number among which the other kinds stand, with their changes
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
    if is_result(found) and not found.case and _is_of_both(clause):
        return _of_either(found, clause)
    if is_result(found) and count_of_cases(clause.text):
        clause.sentence.attribute = found
    return found


def _of_either(found: Meaning, clause: Clause) -> Meaning:
    """A result of both kinds of cases, or of the one told last: of that first where 其中 is of a sentence of its own."""
    context = clause.context
    if context.case != "两者":
        context.last_case = context.case
    last, context.of_both = found.cells_of(context.last_case or "两者", ""), True
    if _is_of_last(clause):
        return replace(found, cells=(*last, *found.cells_of("两者", "")), any=True)
    context.case = "两者"
    return replace(found, cells=(*found.cells, *last), any=True)


def _is_of_last(clause: Clause) -> bool:
    """Whether the whole of a number is cases of one kind, and another sentence has those of the other kind."""
    whole, told = clause.whole, clause.lists.reading.said[-FEW:]
    is_one = whole is not None and whole.family == "案件" and any(one is whole for one in told)
    return is_one and not any(
        one.start == whole.start and one.name != whole.name for one in told if whole and one.family == "案件"
    )


def are_both(told: Sequence[Said]) -> bool:
    """Whether the last numbers told are the same of both kinds of cases: 行政复议9件、行政诉讼5件."""
    found = [_KIND.match(one.name) for one in reversed(told[-FEW:]) if one.what is What.VALUE]
    same = takewhile(lambda one: one and found[0] and one[2] == found[0][2], found)
    kinds = {one[1] for one in same if one} - {CASE_NAMES["两者"]}
    return CASE_NAMES["复议"] in kinds and len(kinds) > 1


def _is_of_both(clause: Clause) -> bool:
    """Whether a result that names no kind stands behind both, or 共 adds up what each has: ……（维持4件），共维持10件."""
    if case_of(f"{clause.text}{clause.tail}"):
        return False
    named = words().topics
    is_sum = _IN_ALL.match(clause.text) and all(named[kind].search(clause.before) for kind in ("复议", "诉讼"))
    return clause.context.of_both or bool(is_sum)


def _result_headed(clause: Clause) -> Meaning | None:
    """The result that heads a list of cases, and nothing else: 结果维持：行政复议6件、行政诉讼4件."""
    head = clause.sentence.pending.removesuffix(_LOOSE)
    found = meaning_of(CASE, head, "", None) if head and f"{clause.sentence.pending}：" in clause.before else None
    return found if found and is_result(found) and not clause.of(head).unknown(found) else None


def is_result(found: Meaning) -> bool:
    """Whether a meaning tells how cases ended, or that they have."""
    return found.family == "案件结果" or found.name == "已审结"


def _result_of(whole: Said | None) -> Meaning | None:
    """The result that a whole of cases of several kinds is of, which goes on to its parts."""
    results = (one for one in words().meanings[CASE] if is_result(one) and not one.case)
    return next((one for one in results if whole and whole.name.endswith(one.name)), None)
