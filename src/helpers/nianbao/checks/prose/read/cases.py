"""Cases of 表四: which kind is spoken of (行政复议, 直接起诉, 复议后起诉, all lawsuits, both), and how they ended.

A result goes on to the kinds of cases that are told behind it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import TYPE_CHECKING

from nianbao.checks.prose.read.phrases import JOINED, TOGETHER, count_of_cases, left, meaning_of, topic_of
from nianbao.checks.prose.said import Kinds, What
from nianbao.checks.prose.vocabulary import IN_ALL
from nianbao.checks.prose.words import ALL_CASES, BOTH, CASE, CASE_NAMES, CASES, COURSES, LAWSUITS, RESULTS, REVIEWED, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.checks.prose.read.clause import Clause, Sentence
    from nianbao.checks.prose.read.context import Context
    from nianbao.checks.prose.said import Said
    from nianbao.checks.prose.words import Meaning

_ASIDE = re.compile("（(?:包?含|包括)[^（）]*）?")  # 行政诉讼（含复议后起诉）
# How a lawsuit came about, which names no review besides.
_COURSE = re.compile(
    "(?:未经|经过?|先)(?:[省市州县区]?(?:人民)?政府|上级机关)?(?:行政)?复议|复议(?:(?:维持|纠正|终结)?后|机关|机构|决定|结果|前置|程序)|(?:不服|对)(?:行政)?复议"
)
_FIGURES = re.compile(r"\d+")
IS_OF_KIND = re.compile(
    "(?:均|都|全部|分别)?(?:[为是系]|属于?)(?:政府)?(?:信息公开)?(?P<kind>(?:行政)?(?:复议|诉讼)类?(?:案件?)?)$"
)  # 结果纠正1件，为行政复议案件
_UNTOLD = Kinds((BOTH, REVIEWED, LAWSUITS))
_IN_ALL = re.compile(f"[，、]?(?:{IN_ALL}|其余|剩余|余下)")
_ENDED = re.compile(r"((?:案件|行政行为|答复|决定)?[被均已由]?[^，；：。（）、\d]{2,8})[，（：]")  # 案件被纠错，
FEW = 8  # statements before a number among which the other kinds stand, with their changes
_AFTERWARDS = re.compile("(?:又|再|随?后|继而|进而|转而?)[又再被]?(?:向.{0,8})?(?:提起|提出|起诉)")
_TWO = re.compile(f"两[类种者](?:案件|(?={IN_ALL}))")  # of cases
_ONE_MORE = re.compile(r"[^，；：。（）、\d]*\d")
_OF_ALL = re.compile("[均都皆]|全部")
_DECIDES = re.compile("(?:行政)?复议(?:机关|机构)|(?:人民)?(?:法院|政府)")
_LAWSUIT = re.compile("诉讼|应诉")
_COURT = "法院"  # which alone does not tell the kinds of lawsuits apart
_LOOSE = "情况"  # what it heads may count others too: 维持情况：行政复议9件中维持6件


def case_of(text: str, known: str = "") -> str:
    """The kind of cases that a text names, '' for none: both courses of lawsuits are all of these.

    A court alone does not tell the courses apart: then it is the one that is ``known``.
    """
    topics, text = words().topics, _ASIDE.sub("", text)
    for name, pattern in topics.items():
        if name in CASES and (found := pattern.search(text)):
            if name == COURSES[0] and topics[COURSES[1]].search(text):
                return LAWSUITS
            if name in (LAWSUITS, *COURSES) and topics[REVIEWED].search(_COURSE.sub("", text)):
                return BOTH
            return known if known in COURSES and found[0].startswith("法院") else name
    return ""


@dataclass(slots=True)
class Spoken:
    """The kinds of cases that are spoken of at the point that has been reached."""

    kinds: Kinds = _UNTOLD
    _turns: int = 0
    _outside: list[Kinds] = field(default_factory=list)  # those before the brackets that are open

    @property
    def case(self) -> str:
        """The one kind, or the likeliest."""
        return self.kinds.names[0]

    def sentence(self) -> None:
        """A sentence begins."""
        self._outside = []

    def bracket(self, between: str) -> None:
        """The marks between two clauses: what kind a bracket names is over with it, but not that it names both."""
        if "）" in between and self._outside:
            outside = self._outside.pop()
            self.kinds = self.kinds if self.case == BOTH else outside
        if "（" in between:
            self._outside.append(self.kinds)

    def are(self, *names: str) -> None:
        """A kind is named, or several that what follows may be of; of a course of lawsuits, that may be all of them."""
        names = (*names, LAWSUITS) if names[0] in COURSES else names
        if names != self.kinds.names:
            self._turns += 1
            self.kinds = Kinds(names, self._turns)

    def hear(self, text: str) -> None:
        """Words are heard, which may name a kind."""
        if kinds := self.named(text):
            self.are(*kinds)

    def named(self, text: str) -> tuple[str, ...]:
        """The kinds that words name, each number of a clause its own: the one that takes in all of them; () for none.

        Where words but say which kind a number was, the next may be of both again: 结果纠正1件，为行政复议案件；尚未审结3件.
        """
        if _TWO.search(text):
            return (BOTH, LAWSUITS) if self.case in (LAWSUITS, *COURSES) else (BOTH,)
        named = {kind for part in _FIGURES.split(text) if (kind := case_of(part, self.case))}
        if not named:
            return ()
        kind = BOTH if named - {LAWSUITS, *COURSES} else LAWSUITS
        kind = named.pop() if len(named) == 1 else kind
        is_aside = BOTH in self.kinds.names and not case_of(IS_OF_KIND.sub("", text))
        return (BOTH, kind) if is_aside else (kind,)


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
    is_over = clause.listed is not None and clause.listed.is_told  # 审结7件，其中维持6件，纠正1件，行政诉讼5件
    whole = (None if is_over else result_of(clause.whole)) or _result_behind(clause) or (None if is_loose else headed)
    if found.family == ALL_CASES and whole:
        return replace(whole, family=RESULTS), Heard(kinds, whole)  # 结果维持10件，其中行政复议6件
    if found.family == ALL_CASES and before and clause.text.startswith(JOINED) and not clause.tells_behind(before.words):
        return replace(before, family=RESULTS), Heard(kinds)  # 审结行政复议7件、行政诉讼4件
    if found.family == ALL_CASES and before:
        return replace(before, cells=(*before.cells, *found.cells), any=True), Heard(kinds)
    if found.family == ALL_CASES and (result := _result_next(clause)):
        if not clause.goes_on(_ONE_MORE):  # 行政复议7件已作出决定
            return replace(result, family=RESULTS), Heard(kinds)
        return replace(found, cells=(*found.cells, *result.cells), any=True), Heard(kinds)  # 行政诉讼5件审结4件
    if _IN_ALL.match(clause.text):
        kinds = _told_before(clause, kinds[0] if kinds else clause.context.cases.case) or kinds
    return found, Heard(kinds, found if found.result and count_of_cases(clause.text) else None)


def _told_before(clause: Clause, case: str) -> tuple[str, ...]:
    """The kinds of cases that a sum may be of: of both (……（维持4件），共维持10件), or of both courses of the lawsuits."""

    def are_told(*kinds: str) -> bool:
        return all(words().topics[kind].search(clause.before) for kind in kinds)

    if case in COURSES:
        return (LAWSUITS,) if are_told(*COURSES) else ()
    return (BOTH, case) if are_told(REVIEWED, LAWSUITS) else ()


def tell_both(context: Context, told: Sequence[Said]) -> None:
    """Where the last numbers told are the same of both kinds (行政复议9件、行政诉讼5件), one more is of both or the last."""
    values = [one for one in reversed(told) if one.what is What.VALUE]
    kinds = [one.case for one in takewhile(lambda one: one.case and one.result == values[0].result, values)]
    if BOTH not in context.cases.kinds.names and REVIEWED in kinds and len({*kinds} - {BOTH}) > 1:
        context.cases.are(*dict.fromkeys((BOTH, context.cases.case, kinds[0])))


def results_of(sentence: Sentence, text: str, many: int) -> list[str]:
    """What several results are of that follow as many kinds of cases, or as many of another result of these.

    行政复议、行政诉讼分别为9件、5件，维持6件、4件; 维持分别为6件、4件，纠正分别为1件、0件.
    """
    result = meaning_of(CASE, text, "", None)
    told = [one for one in (*sentence.lists.reading.said[-FEW:], *sentence.said) if one.what is What.VALUE and not one.last]
    kinds = [CASE_NAMES[one.case] for one in told[-many:] if one.case and one.result == told[-1].result]
    is_of_each = result and result.result and not case_of(text) and len({*kinds}) == many > 1
    return [f"{kind}{words().respectively.sub('', text)}" for kind in kinds] if is_of_each else []


def kinds_of(found: Meaning, clause: Clause) -> Kinds:
    """The kinds of cases that a number may be of: the one that its words name or that it is some of, else all that may."""
    kinds = clause.context.cases.kinds
    named = case_of(clause.text.replace(_COURT, "")) or case_of(clause.tail)
    if named == LAWSUITS and _is_after_review(clause):
        named = COURSES[1]
    of_course = found.case == LAWSUITS and kinds.names[0] in COURSES  # 复议后起诉2件，胜诉1件
    if own := ("" if of_course else found.case) or clause.case or named or _kind_of_whole(clause):
        return Kinds((own,))
    if clause.lists.run and TOGETHER.search(clause.text):
        return replace(kinds, names=tuple(dict.fromkeys((*kinds.names, LAWSUITS, BOTH))))
    return replace(kinds, names=kinds.names[:1]) if _is_course_alone(clause) else kinds


def _is_course_alone(clause: Clause) -> bool:
    """Whether of lawsuits only one course is told, so that a result behind it is its own: 复议后起诉2件，结果维持1件."""
    case, topics = clause.context.cases.case, words().topics
    told = (one.case for one in (*clause.sentence.said, *clause.lists.reading.said[-FEW:]) if one.family == ALL_CASES)
    if case not in COURSES or any(one not in {case, REVIEWED} for one in told):
        return False
    return _LAWSUIT.search(topics[case].sub("", clause.before)) is None


def _is_after_review(clause: Clause) -> bool:
    """Whether a lawsuit is said to come after a review whose number stands before: 9件行政复议中有2件后又提起行政诉讼."""
    whole = clause.whole
    is_of_reviews = whole is not None and whole.is_of_cases and whole.case == REVIEWED
    return is_of_reviews and bool(_AFTERWARDS.search(f"{clause.text}，{clause.tail}"))


def _kind_of_whole(clause: Clause) -> str:
    """The kind of cases that a number is some of; '' where its sentence, or that of these, counts another kind as well."""
    whole = clause.whole
    told = (one for one in (*clause.sentence.said, *clause.lists.reading.said[-FEW:]) if one.family == ALL_CASES)
    if whole is None or any(one.start in {whole.start, clause.span[0]} and one.case != whole.case for one in told):
        return ""
    return whole.case if whole.is_of_cases else ""


def _result_headed(clause: Clause) -> Meaning | None:
    """The result that heads a list of cases, and nothing else: 结果维持：行政复议6件、行政诉讼4件."""
    head = clause.sentence.pending.removesuffix(_LOOSE)
    found = meaning_of(CASE, head, "", None) if head and f"{clause.sentence.pending}：" in clause.before else None
    return found if found and found.result and not clause.of(head).unknown(found) else None


def _result_behind(clause: Clause) -> Meaning | None:
    """The result that stands behind a whole of which no words before it tell anything: 有3件案件被纠错，其中行政复议1件."""
    listed = clause.listed
    told = _ENDED.match(clause.context.text, listed.total.end - clause.span[0]) if listed and not listed.whole else None
    found = meaning_of(CASE, told[1], "", None) if told else None
    return found if found and found.result else None


def _result_next(clause: Clause) -> Meaning | None:
    """The result that stands right behind a number; not one that is said of all: 行政诉讼5件均维持."""
    found = meaning_of(CASE, clause.tail, "", None)
    told = found.words.search(clause.tail) if found and found.result else None
    before = clause.tail[: told.start()] if told else ""
    return found if told and not (left(before, _DECIDES) or _OF_ALL.search(before)) else None


def result_of(whole: Said | None) -> Meaning | None:
    """The result that a whole of cases of several kinds is of, which goes on to its parts."""
    return words().one(CASE, whole.result) if whole and whole.result else None


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
    word = found.words.search(text) if found and found.result else None
    return word[0] if word else ""
