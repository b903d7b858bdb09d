"""What shares and rates are said of: 占30%, 办结率95%."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.checks.prose.read.cases import case_of
from nianbao.checks.prose.read.meanings import meaning
from nianbao.checks.prose.read.phrases import is_foreign, is_of_others, without
from nianbao.checks.prose.read.quantities import value
from nianbao.checks.prose.read.years import OF_LAST_YEAR
from nianbao.checks.prose.said import Said, What, of_fact
from nianbao.checks.prose.words import (
    ALL_CASES,
    APPLIED,
    BOTH,
    CASE,
    CLOSED,
    DONE,
    HANDLED,
    LAWSUITS,
    NEW,
    OPENED,
    REVIEWED,
    SEVERAL,
    words,
)
from nianbao.periods import part as part_of_year

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.checks.prose.counts import Count
    from nianbao.checks.prose.read.clause import Clause

_FIRST = re.compile("(?:最|较|为)[高大多]|居首")  # 予以公开占比最高，达45.8%
_MAINLY = re.compile("(?:^|以|[，；。])([^，；。以]{2,14}?)(?:申请)?为主(?:体|要群体)?[，（]?占比?[^，]{0,4}$")
_JOINTLY = re.compile("(?:[两二三四几][者项类]|[合总共]计|总共|一共|[共合总])+$")  # 予以公开50件、部分公开9件，共占46.1%
_END = re.compile("([前后])([两二三四五六七八九])(?:者|大?[项类种])")  # of a list: 前两项合计占57.7%
_ALL_APPLIED, _ALL = re.compile("(?<!复议)申请的?(?:总|[^，]{0,2}$)"), re.compile("总[量数]")
_APPLIES = re.compile("申请|提出")
_RECKONED = re.compile("率（[^（）]*）[为是达到]*$")
_IN_TIME = re.compile("按[期时]|期限|到期|法定|及时|当年")  # of those that were due: 按期审结率100%
_BASE = re.compile("占[全本]?年?度?(?:的)?(新收|办结)")
_OF = re.compile("占(?P<of>[^占，]*?)(?P<share>的?(?:比例|比重))")  # 占全部申请的比例为92.3%
_SHARES = 2  # told up to a number: an own one before it
_LEAST = 2  # characters of a name that stands at the end of a longer one: 热线, of 接听热线


def rate(clause: Clause, subject: str) -> Iterator[Said]:
    """办结率95%, 予以公开率40%: a share of all that is concluded, or of all cases."""
    meant, count = meaning(clause.of(subject)), clause.count
    if meant is None or not count or meant.topic not in {APPLIED, CASE}:
        return
    if words().part_of.search(subject):
        return  # 提前办结率80%
    told = [one.count for one in clause.sentence.said[-2:] if one.what is What.VALUE and one.count]
    if _RECKONED.search(clause.before) and len(told) > 1:  # 维持率（维持6件/审结7件）为85.7%, （审结7件，维持6件）
        told.sort(key=lambda one: one.value)
        likely = not clause.not_of_tables
        yield Said(What.SHARE, meant.name, (), *clause.span, count, parts=(told[0],), whole=told[1], likely=likely)
        return
    if count.value == 100 and not meant.result:
        return
    if meant.topic == APPLIED and (meant.family == "结果" or meant.name in HANDLED):
        cells = (DONE,) if meant.group else meant.cells_of("", "一")
        if meant.name == "予以公开":  # 公开率, often with 部分公开
            cells += words().one(APPLIED, OPENED).cells
    elif meant.result:
        if meant.name == CLOSED and _IN_TIME.search(subject):
            return
        cells = tuple(cell for kind in _kinds_of(clause, subject) for cell in meant.cells_of(kind, ""))
    elif meant.family == "申请人" and clause.recent is None:
        cells = meant.cells_of("", "一")
    else:
        return
    whole = _told_total(clause) if cells == (DONE,) or meant.family == "申请人" else None
    yield Said(What.SHARE, meant.name, cells, *clause.span, count, any=True, whole=whole)


def _kinds_of(clause: Clause, subject: str) -> tuple[str, ...]:
    """The kinds of cases that a rate may be of: the one that it names; of those told before it the last, or both."""
    if own := case_of(subject):
        return (own,)
    are_told = all(words().topics[kind].search(clause.before) for kind in (REVIEWED, LAWSUITS))
    return *clause.context.cases.kinds.names, *((BOTH,) if are_told else ())


def _told_total(clause: Clause) -> Count | None:
    """The greatest total that the sentence has told this year's applications to have: 共办理134件，办结率95.5%."""
    counts = [one.count for one in clause.sentence.values if one.group and one.count and not one.count.about]
    return max(counts, key=lambda one: one.value, default=None)


def share(clause: Clause) -> Iterator[Said]:
    """A share is of the number before, or of what its own words name; its whole is one of ours."""
    sentence, lists, lead, count = clause.sentence, clause.lists, clause.text, clause.count
    part, whole, recent, pattern = lists.recent_count, lists.total, lists.recent, words().compare.share
    assert count
    is_own = bool(sentence.shared)  # 分别占: each its own
    if mainly := _mainly(clause):
        part, recent = mainly
    if is_own:
        part, recent = sentence.shared.pop(0)
        lead = sentence.subject = lead if pattern.search(lead) else sentence.subject
    lead = _OF.sub("占\\g<of>的", lead)
    name, cells, sure = (recent.name, recent.cells, recent.sure) if recent else ("", (), not clause.not_of_tables)
    sure = firm = sure and not count.is_word  # 占多数: it may be the most of several
    at = max((one.span() for one in pattern.finditer(lead)), default=(len(lead), len(lead)))
    subject, named = lead[: at[0]], lead[at[1] :]
    base = _named_base(lead) or (_told_base(clause, recent) if words().filler.match(named) else "")
    if sentence.over:
        whole = sentence.over
    elif not words().whole.match(_FIRST.sub("", clause.ours(named))):
        whole, base, is_exact = _named_whole(clause, named) or (None, "", False)
        if not (whole or base):
            return
        sure = sure and is_exact
    parts: tuple[Count, ...] = (part,) if part else ()
    if part and not is_own:
        parts, is_sure = _parts(clause, part, subject)
        sure, name = sure and is_sure, name if part in parts else SEVERAL
    if not words().filler.match(_JOINTLY.sub("", without(subject, _END))):
        meant = meaning(clause.of(subject))
        if meant and (meant.result or meant.family == ALL_CASES) and words().filler.match(named):
            shared = tuple(cell for kind in _kinds_of(clause, subject) for cell in meant.cells_of(kind, ""))
            yield Said(What.SHARE, meant.name, shared, *clause.span, count, any=True)  # 行政复议维持、纠正分别占66.7%、11.1%
        if meant is None or meant.topic != APPLIED or meant.any or not meant.cells:
            return
        sentence.subject, whole = subject, whole or _told_total(clause)
        parts, recent, name, cells = (), None, meant.name, meant.cells_of(clause.context.cases.case, "一")
        sure = firm = False
    of_all = bool(part and part.unit in words().case_units and _is_of_all(clause, recent, named))
    cells, sure = ((NEW,), False) if of_all else (cells, sure)
    likely = of_all or firm or bool(recent and (recent.likely or (recent.some and recent.group)))
    yield Said(What.SHARE, name, cells, *clause.span, count, sure=sure, likely=likely,
               of=recent, parts=parts, whole=whole, base=base)  # fmt: skip


def _parts(clause: Clause, part: Count, subject: str) -> tuple[tuple[Count, ...], bool]:
    """The numbers that a share behind one may be of, and whether that is sure: of the one, or of several together."""
    lists, text, count = clause.lists, clause.context.text, clause.count
    is_joint, end = _JOINTLY.search(subject) is not None, _END.search(subject)
    if several := lists.joined(text, is_joint, end.groups() if end else ()):
        sums, is_sure = several
        if not is_joint:
            return (part, *sums), False
        if count and count.value < 100:
            lists.leave_open()  # 其中网上98件、信函20件，合计占90.8%: they are not all
        is_listed = bool(lists.current or lists.family)  # else nobody knows where the list begins
        return sums[-1:] if is_listed else sums, is_sure and is_listed
    # 其中工作动态372条，水利信息319条，占91.6%; not where each has its own: 公开50件（占39.1%）、部分公开9件，占7%.
    sums, _ = (lists.joined(text, by_commas=True) if clause.before.count("占") < _SHARES else None) or ((), True)
    return (part, *sums), True


def _named_whole(clause: Clause, named: str) -> tuple[Count | None, str, bool] | None:
    """The number of the paragraph whose words name the whole of a share, else the fact; whether they are just these words.

    主动公开信息754条，其中水利信息319条，占主动公开信息总数的42.3%; none of another body or of another year.
    """
    setting, part = clause.context.setting, clause.lists.recent_count
    others = is_of_others(named, setting.names, setting.place)
    if not part or others or is_foreign(named) or OF_LAST_YEAR.search(named):
        return None
    name = words().plain.sub("", named)
    known = [(one, told[0]) for one, told in clause.lists.named.items() if told and told[0].unit == part.unit]
    exact = [count for one, count in known if one == name]
    found = exact or [count for one, count in known if len(name) >= _LEAST and one.endswith(name)]
    if found:
        return (found[0], "", bool(exact)) if len(found) == 1 and found[0] is not part else None
    facts = [of_fact(one) for one in setting.facts if words().plain.sub("", one) == name]
    return (None, facts[0], False) if len(facts) == 1 else None


def _mainly(clause: Clause) -> tuple[Count | None, Said] | None:
    """What a share is of right behind words that name the most of all: 自然人120件……共130件，以自然人为主，占92.3%."""
    found = _MAINLY.search(clause.before)
    here = clause.of(found[1]) if found else clause
    meant = meaning(here) if found else None
    said = value(meant, here, last=False) if meant and meant.cells else None
    if said is None:
        return None
    told = (one for one in reversed(clause.sentence.said) if one.count and one.cells == said.cells and not one.last)
    same = next((one for one in told if one.what is What.VALUE), said)
    return same.count, same


def _is_of_all(clause: Clause, part: Said | None, base: str) -> bool:
    """Whether a share of what no cell counts is said to be of all applications: 共提出9件，占总量的33.3%.

    Also of those of some months, and of cases: 第四季度收到50件，占全年的38.5%; 复议9件，占申请总量的6.9%.
    """
    context = clause.context
    if part:
        is_of_months = part.cells[:1] == (NEW,) and "全年" in base and part_of_year(context.text) is not None
        return bool(is_of_months or (part.family == ALL_CASES and part.sure and _ALL_APPLIED.search(base)))
    is_applied = context.topic == APPLIED and (context.named or context.section == APPLIED)
    is_all = _ALL_APPLIED.search(base) or (_ALL.search(base) and _APPLIES.search(context.text))
    return is_applied and not clause.not_of_tables and bool(is_all)


def _told_base(clause: Clause, part: Said | None) -> str:
    """The whole of an outcome's share where its sentence has told but one total: 全年办结51件，予以公开20件，占39.2%."""
    told = {one.name for one in clause.sentence.said if one.group and not one.last}
    return DONE if part and part.family == "结果" and told == {"办结"} else ""


def _named_base(lead: str) -> str:
    """The whole that the words of a share name: 占新收总数的76.7%; '' where they leave it open."""
    named = _BASE.search(lead)
    return {"新收": NEW, "办结": DONE}[named[1]] if named else ""
