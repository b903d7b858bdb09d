"""Cases of 表四 and how they ended: a result goes on to the kinds of cases that are told behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING

from nianbao.checks.prose.kinds import case_of
from nianbao.checks.prose.phrases import TOGETHER, count_of_cases, meaning_of, topic_of
from nianbao.checks.prose.said import Kinds, What
from nianbao.checks.prose.words import BOTH, CASE, CASE_NAMES, CASE_OF, COURSES, LAWSUITS, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.checks.prose.clause import Clause, Sentence
    from nianbao.checks.prose.context import Context
    from nianbao.checks.prose.said import Said
    from nianbao.checks.prose.words import Meaning


_KIND = re.compile(f"({'|'.join(CASE_NAMES[one] for one in ('两者', '复议', '诉讼', '直接', '复议后'))})(.*)")
_IN_ALL = re.compile("[，、]?(?:[一总]?共|[合总]计|其余|剩余|余下)")
_ENDED = re.compile(r"((?:案件|行政行为|答复|决定)?[被均已由]?[^，；：。（）、\d]{2,8})[，（：]")  # 案件被纠错，
FEW = 8  # statements before a number among which the other kinds stand, with their changes
_AFTERWARDS = re.compile("(?:又|再|随?后|继而|进而|转而?)[又再被]?(?:向.{0,8})?(?:提起|提出|起诉)")
_COURT = "法院"  # which alone does not tell the kinds of lawsuits apart
_LOOSE = "情况"  # what it heads may count others too: 维持情况：行政复议9件中维持6件


@dataclass(frozen=True, slots=True)
class Heard:
    """What the words around a number tell of the cases behind it: their kinds, the result that stands before several."""

    kinds: tuple[str, ...] = ()
    attribute: Meaning | None = None


def of_cases(found: Meaning, clause: Clause, kinds: tuple[str, ...]) -> tuple[Meaning, Heard]:
    """A result that stands before one kind of cases is also said of the next: 尚未审结的行政复议2件、行政诉讼1件.

    ``kinds`` are those that the words name.
    """
    headed, is_loose = _result_headed(clause), clause.sentence.pending.endswith(_LOOSE)
    before = (headed if is_loose else None) or clause.sentence.attribute
    whole = result_of(clause.whole) or _result_behind(clause) or (None if is_loose else headed)
    if found.name == "案件" and whole:
        return replace(whole, family="案件结果"), Heard(kinds, whole)  # 结果维持10件，其中行政复议6件
    if found.name == "案件" and before:
        return replace(before, cells=(*before.cells, *found.cells), any=True), Heard(kinds)
    result = meaning_of(CASE, clause.tail, "", None) if found.name == "案件" else None
    if result and result.name != "案件" and result.words.search(clause.tail[:4]):  # 行政诉讼4件审结
        return replace(found, cells=(*found.cells, *result.cells), any=True), Heard(kinds)
    if _IN_ALL.match(clause.text):
        kinds = _told_before(clause, kinds[0] if kinds else clause.context.cases.case) or kinds
    return found, Heard(kinds, found if is_result(found) and count_of_cases(clause.text) else None)


def _told_before(clause: Clause, case: str) -> tuple[str, ...]:
    """The kinds of cases that a sum may be of: of both (……（维持4件），共维持10件), or of both courses of the lawsuits."""

    def are_told(*kinds: str) -> bool:
        return all(words().topics[kind].search(clause.before) for kind in kinds)

    if case in COURSES:
        return (LAWSUITS,) if are_told(*COURSES) else ()
    return (BOTH, case) if are_told("复议", LAWSUITS) else ()


def tell_both(context: Context, told: Sequence[Said]) -> None:
    """Where the last numbers told are the same of both kinds (行政复议9件、行政诉讼5件), one more is of both or the last."""
    found = [_KIND.match(one.name) for one in reversed(told) if one.what is What.VALUE]
    same = takewhile(lambda one: one and found[0] and one[2] == found[0][2], found)
    kinds = {one[1] for one in same if one} - {CASE_NAMES[BOTH]}
    if BOTH not in context.cases.kinds.names and CASE_NAMES["复议"] in kinds and len(kinds) > 1:
        last = next(kind for kind, name in CASE_NAMES.items() if found and found[0] and name == found[0][1])
        context.cases.are(*dict.fromkeys((BOTH, context.cases.case, last)))


def results_of(sentence: Sentence, text: str, many: int) -> list[str]:
    """What several results are of that follow as many kinds of cases: 行政复议、行政诉讼分别为9件、5件，维持6件、4件."""
    result = meaning_of(CASE, text, "", None)
    kinds = [one.name for one in sentence.said if one.what is What.VALUE and one.family == "案件" and not one.last]
    is_of_each = result and is_result(result) and not case_of(text) and len(kinds) >= many > 1
    return [f"{kind}{words().respectively.sub('', text)}" for kind in kinds[-many:]] if is_of_each else []


def kinds_of(found: Meaning, clause: Clause) -> Kinds:
    """The kinds of cases that a number may be of: the one that its words name or that it is some of, else all that may."""
    kinds = clause.context.cases.kinds
    named = case_of(clause.text.replace(_COURT, "")) or case_of(clause.tail)
    if named == LAWSUITS and _is_after_review(clause):
        named = COURSES[1]
    if own := found.case or clause.case or named or _kind_of_whole(clause):
        return Kinds((own,))
    if clause.lists.run and TOGETHER.search(clause.text):
        return replace(kinds, names=tuple(dict.fromkeys((*kinds.names, LAWSUITS, BOTH))))
    return kinds


def _is_after_review(clause: Clause) -> bool:
    """Whether a lawsuit is said to come after a review whose number stands before: 9件行政复议中有2件后又提起行政诉讼."""
    whole = clause.whole
    return bool(whole and whole.name == CASE_NAMES["复议"] and _AFTERWARDS.search(f"{clause.text}，{clause.tail}"))


def _kind_of_whole(clause: Clause) -> str:
    """The kind of cases that a number is some of; '' where the sentence of these counts another kind as well."""
    whole = clause.whole
    told = (one for one in (*clause.sentence.said, *clause.lists.reading.said[-FEW:]) if one.family == "案件")
    if whole is None or any(one.start == whole.start and one.name != whole.name for one in told):
        return ""
    return CASE_OF.get(whole.name, "")


def _result_headed(clause: Clause) -> Meaning | None:
    """The result that heads a list of cases, and nothing else: 结果维持：行政复议6件、行政诉讼4件."""
    head = clause.sentence.pending.removesuffix(_LOOSE)
    found = meaning_of(CASE, head, "", None) if head and f"{clause.sentence.pending}：" in clause.before else None
    return found if found and is_result(found) and not clause.of(head).unknown(found) else None


def _result_behind(clause: Clause) -> Meaning | None:
    """The result that stands behind a whole of which no words before it tell anything: 有3件案件被纠错，其中行政复议1件."""
    listed = clause.listed
    told = _ENDED.match(clause.context.text, listed.total.end - clause.span[0]) if listed and not listed.whole else None
    found = meaning_of(CASE, told[1], "", None) if told else None
    return found if found and is_result(found) else None


def is_result(found: Meaning) -> bool:
    """Whether a meaning tells how cases ended, or that they have."""
    return found.family == "案件结果" or found.name == "已审结"


def result_of(whole: Said | None) -> Meaning | None:
    """The result that a whole of cases of several kinds is of, which goes on to its parts."""
    results = (one for one in words().meanings[CASE] if is_result(one) and not one.case)
    return next((one for one in results if whole and whole.name.endswith(one.name)), None)


def with_result(names: list[str], behind: str) -> list[str]:
    """Names of cases, each with the result that stands once, in the last or behind: 行政复议、行政诉讼维持为6件、4件."""
    *others, last = names
    result = _result_in(last) or _result_in(behind)
    if not result or {*map(topic_of, names)} != {CASE} or any(map(_result_in, others)):
        return names
    return [f"{one}{result}" for one in others] + [last if result in last else f"{last}{result}"]


def _result_in(text: str) -> str:
    """The words of a text that name how cases ended; '' for none."""
    found = meaning_of(CASE, text, "", None)
    word = found.words.search(text) if found and is_result(found) else None
    return word[0] if word else ""
