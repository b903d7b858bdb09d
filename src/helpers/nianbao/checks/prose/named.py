"""Which fact of report.yaml the words around a number name: 开展业务培训5场, 业务培训开展5场, 培训9人次."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.checks.prose.lists import Lists
from nianbao.checks.prose.phrases import label_of
from nianbao.checks.prose.said import Reading, Said, What
from nianbao.checks.prose.words import words

if TYPE_CHECKING:
    from nianbao.checks.prose.context import Context
    from nianbao.checks.prose.counts import Count

_PERFECT = re.compile("了(?!解)")
_TO_DATE, _OF_YEAR = re.compile("累计|总[量数]|历年"), re.compile(r"[，（](?:其中)?，?(?:THIS|本年|今年|当年)")


class Named:
    """What is known of a number before its words are read, and the facts that they name; a base of `Sayings`."""

    def __init__(self, context: Context) -> None:
        self.context, self.words, self.reading = context, words(), Reading()
        self.lists = Lists(self.reading)
        self.span, self.first = (0, 0), True  # the sentence; whether the number is the first of its clause

    def sentence_behind(self, count: Count | None) -> str:
        """What the sentence says behind a number."""
        return self.context.text[count.end - self.span[0] :] if count else ""

    def part_of_fact(self, lead: str, count: Count | None) -> Said | None:
        """The statement of a part of the fact whose parts are being listed; a row may have its name as well: 不予公开."""
        label, whole = label_of(lead), self.lists.whole
        if not whole or not whole.is_fact:
            return None
        name = whole.cells[0].split("/")[1]
        if label not in self.context.setting.facts.get(name, ()):
            return None
        ours = not self.context.not_ours
        return Said(What.VALUE, label, (f"事实/{name}/{label}",), False, ours, whole.last, count, *self.span)

    def fact(self, lead: str, count: Count | None, last: bool) -> Said | None:
        """The statement of a fact that the words name.

        Where the number parts its name, another one is but a doubt, and where the sentence does not open so, no question.
        """
        label = _PERFECT.sub("", label_of(lead))
        name, rest = self.fact_named(label, count.unit if count else "")
        if not name:
            return None
        is_own = self.lists.current is None and "其中" not in lead
        is_all = not rest or (is_own and self.words.done_to.fullmatch(rest))
        to_date = _TO_DATE.search(lead) and _OF_YEAR.match(self.sentence_behind(count))  # 累计120篇，本年10篇
        ours = bool(not self.context.not_ours and is_all and not to_date)
        sure = ours and name in label
        likely = sure or (ours and self.first and self.context.opening)
        return Said(What.VALUE, name, (f"事实/{name}",), False, sure, last, count, *self.span, likely=likely)

    def fact_named(self, label: str, unit: str) -> tuple[str, str]:
        """The fact that words name, and what else they say: 开展业务培训5场, 业务培训开展5场; with its unit 培训9人次."""
        facts, done = [one for one in self.context.setting.facts if len(one) > 2], self.words.done_to
        for text in (label, f"{label}{unit}"):
            if name := max((one for one in facts if text.endswith(one)), key=len, default=""):
                return name, text.removesuffix(name)
            begun = (one for one in facts if text.startswith(one) and done.fullmatch(text.removeprefix(one)))
            if name := max(begun, key=len, default=""):
                return name, text.removeprefix(name)
        return "", ""
