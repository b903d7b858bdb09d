"""What a clause says there was none of: 未收到申请, 没有行政复议, 上年结转数量：无."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao.checks.prose.clause import APPLIED
from nianbao.checks.prose.every import ALL_APPLIED, NO_CASES, is_denied_of
from nianbao.checks.prose.quantities import meaning, unknown, value
from nianbao.checks.prose.said import Said, What
from nianbao.checks.prose.words import CASE, CASES, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.checks.prose.clause import Clause
    from nianbao.checks.prose.words import Meaning

_NONE = re.compile("[未没零]|无(?!法提供)|不(?:存在|涉及|再)")  # one of these is in all that says so, for speed
_NO = re.compile("未曾?|没有|无|零|出现|过")
_COUNTED = re.compile("件|申请|年[末底]")


def none_in(text: str) -> tuple[Meaning, ...]:
    """What a text says there was none of."""
    return tuple(one for one in words().none if one.words.search(text)) if _NONE.search(text) else ()


def nothing(clause: Clause) -> Iterator[Said]:
    """The statements that there was none of something."""
    for one in clause.none:
        if one.name in NO_CASES and _left("".join(one.words.findall(clause.text))):
            continue  # 没有因信息公开被纠正的行政复议, 没有因答复不及时引发的行政复议: of some only
        sure, likely = _certainty(clause, one)
        case, either = clause.context.case, clause.either
        said = Said(What.VALUE, one.named(case), one.cells_of(one.case or case, "一"), one.any, sure and not either,
                    clause.last_year, None, *clause.span, likely=likely, either=either)  # fmt: skip
        yield said
        if "首次" in clause.text:  # so that there were some last year
            yield replace(said, what=What.DIRECTION, of=replace(said, sure=False))


def _certainty(clause: Clause, one: Meaning) -> tuple[bool, bool]:
    """Whether some of what a clause says there was none of is a contradiction, and whether it is worth a question."""
    context, text, recent, is_applied = clause.context, clause.text, clause.recent, clause.context.topic == APPLIED
    ours = not clause.not_of_tables and not (one.row and not is_applied)
    sure = ours and one.sure and (one.topic != CASE or context.about_cases)
    is_all = one.name in NO_CASES and context.alone and not _left(text)  # nothing but that there was none
    sure = sure or (ours and is_all)
    if "结转" in one.name:  # which is said of budgets and proposals too
        sure = is_applied and clause.certain(one)
        ours = sure or (is_applied and ours and bool(_COUNTED.search(text)))
    if is_denied_of(clause, one):
        sure, ours = False, ours and bool(recent and recent.name in ALL_APPLIED)
    return sure, ours


def _left(text: str) -> str:
    """What a text that there were no cases tells of these besides: 没有因程序问题引发的行政复议."""
    topics = (words().topics[name] for name in (*CASES, APPLIED))
    for pattern in (*topics, words().everybody, _NO, words().plain):
        text = pattern.sub("", text)
    return text


def none_of(clause: Clause) -> Iterator[Said]:
    """What has 无 behind its colon: 上年结转数量：无."""
    meant = meaning(clause)
    if meant and meant.cells and not unknown(meant, clause) and (said := value(meant, clause, clause.last_year)):
        yield said
