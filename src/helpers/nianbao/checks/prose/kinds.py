"""Which kind of cases of 表四 is spoken of: 行政复议, 直接起诉, 复议后起诉, all lawsuits, or both reviews and lawsuits."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from nianbao.checks.prose.said import Kinds
from nianbao.checks.prose.words import BOTH, CASES, COURSES, LAWSUITS, words

_ASIDE = re.compile("（(?:包?含|包括)[^（）]*）?")  # 行政诉讼（含复议后起诉）
# How a lawsuit came about, which names no review besides.
_COURSE = re.compile(
    "(?:未经|经过?|先)(?:[省市州县区]?(?:人民)?政府|上级机关)?(?:行政)?复议|复议(?:(?:维持|纠正|终结)?后|机关|机构|决定|结果|前置|程序)|(?:不服|对)(?:行政)?复议"
)
_FIGURES = re.compile(r"\d+")
_IS_OF_KIND = re.compile("(?:均|都|全部)?(?:[为是系]|属于?)(?:政府)?(?:信息公开)?(?:行政)?(?:复议|诉讼)类?(?:案件?)?$")
_UNTOLD = Kinds((BOTH, "复议", LAWSUITS))


def case_of(text: str, known: str = "") -> str:
    """The kind of cases that a text names, '' for none: both courses of lawsuits are all of these.

    A court alone does not tell the courses apart: then it is the one that is ``known``.
    """
    topics, text = words().topics, _ASIDE.sub("", text)
    for name, pattern in topics.items():
        if name in CASES and (found := pattern.search(text)):
            if name == COURSES[0] and topics[COURSES[1]].search(text):
                return LAWSUITS
            if name in (LAWSUITS, *COURSES) and topics["复议"].search(_COURSE.sub("", text)):
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
        named = {kind for part in _FIGURES.split(text) if (kind := case_of(part, self.case))}
        if not named:
            return ()
        kind = BOTH if named - {LAWSUITS, *COURSES} else LAWSUITS
        kind = named.pop() if len(named) == 1 else kind
        is_aside = BOTH in self.kinds.names and not case_of(_IS_OF_KIND.sub("", text))
        return (BOTH, kind) if is_aside else (kind,)
