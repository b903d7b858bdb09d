"""Which fact of report.yaml the words around a number name: 开展业务培训5场, 业务培训开展5场, 培训9人次."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.checks.prose.read.phrases import is_within, label_of
from nianbao.checks.prose.said import Said, What, of_fact, steps_of_fact
from nianbao.checks.prose.vocabulary import THIS_YEAR
from nianbao.checks.prose.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nianbao.checks.prose.read.clause import Clause

_PERFECT = re.compile("了(?!解)")
TO_DATE, OF_YEAR = re.compile("累计|总[量数]|历年"), re.compile(f"[，（](?:其中)?，?{THIS_YEAR}")


def part_of_fact(clause: Clause) -> Said | None:
    """The statement of a part of the fact whose parts are being listed; a row may have its name as well: 不予公开."""
    label, whole = label_of(clause.text), clause.lists.whole
    if not whole or not whole.is_fact:
        return None
    name = steps_of_fact(whole.cells[0])[0]
    if label not in clause.context.setting.facts.get(name, ()):
        return None
    cell = of_fact(name, label)
    return Said(What.VALUE, label, (cell,), *clause.span, clause.count, sure=not clause.not_ours, last=whole.last)


def fact(clause: Clause, last: bool) -> Said | None:
    """The statement of a fact that the words name.

    Where the number parts its name, another one is but a doubt, and where the sentence does not open so, no question.
    """
    label = _PERFECT.sub("", label_of(clause.text))
    name, rest = _fact_named(label, clause.count.unit if clause.count else "", clause.context.setting.facts)
    if not name:
        return None
    is_own = clause.lists.current is None and "其中" not in clause.text
    is_all = not rest or (is_own and words().done_to.fullmatch(rest))
    to_date = TO_DATE.search(clause.text) and clause.goes_on(OF_YEAR)  # 累计120篇，本年10篇
    near = not clause.not_ours and not to_date
    ours = bool(near and is_all)
    sure = ours and name in label
    likely = sure or (ours and clause.first and clause.context.opening)
    return Said(What.VALUE, name, (of_fact(name),), *clause.span, clause.count, sure=sure, last=last,
                likely=likely, near=near)  # fmt: skip


def is_another(said: Said, lead: str, expression: str, past: bool) -> bool:
    """Whether the words before a printed value surely name a fact and it is another one, or that of the other year.

    Of two facts one may be short for the other: 发布政策文件 with the value of 网站政策文件.
    """
    named, printed = ((steps_of_fact(one) or one.split("/"))[-1] for one in (said.cells[0], expression))
    is_same, is_short = said.cells == (expression,), is_within(named, printed) or is_within(printed, label_of(lead))
    return said.sure and (said.last != past if is_same else not is_short)


def _fact_named(label: str, unit: str, facts: Iterable[str]) -> tuple[str, str]:
    """The fact that words name, and what else they say: 开展业务培训5场, 业务培训开展5场; with its unit 培训9人次."""
    long, done = [one for one in facts if len(one) > 2], words().done_to
    for text in (label, f"{label}{unit}"):
        if name := max((one for one in long if text.endswith(one)), key=len, default=""):
            return name, text.removesuffix(name)
        begun = (one for one in long if text.startswith(one) and done.fullmatch(text.removeprefix(one)))
        if name := max(begun, key=len, default=""):
            return name, text.removeprefix(name)
    return "", ""
