"""What changes are said of."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from nianbao.checks.prose.counts import PERCENT, POINTS, TIMES, Count
from nianbao.checks.prose.read.cases import FEW
from nianbao.checks.prose.read.every import done
from nianbao.checks.prose.read.meanings import meaning
from nianbao.checks.prose.read.narrowing import tells_between
from nianbao.checks.prose.read.phrases import is_foreign, last_place, without
from nianbao.checks.prose.read.quantities import value
from nianbao.checks.prose.read.shares import rate, share
from nianbao.checks.prose.said import Said, What
from nianbao.checks.prose.vocabulary import BEYOND, LAST_YEAR
from nianbao.checks.prose.words import APPLIED, words
from nianbao.reading import spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.checks.prose.read.clause import Clause

_RATE = re.compile("率(?:均|达到?|为|是|保持)*$")
# 增长率为30%: a change, and no rate or share.
_PACE = re.compile("(?:[增降减涨跌升][长低少]?|上升|下降)(?:比例|率|速度?|幅)")
_OF_LAST = re.compile(f"(?:相当于|[为是达至]|(?<!收)到|(?<![较比])于)[^，较比与同]{{0,3}}{LAST_YEAR}.{{0,6}}$")
# 不及上年的一半 tells no change by a half.
_BESIDE_LAST = re.compile(f"{BEYOND}[^，]{{0,3}}{LAST_YEAR}[^，]*$")
_WITH = re.compile("[与和同较比跟]")
_MEASURE = re.compile("时[限长间]|天数|工作日|周期|质量|效率|成本|水平|排名|得分")  # what is no count of ours
_SOURCE = re.compile("来自|来源|源于|集中|主要|其中|得益")  # 增量主要来自城东片区，增加6件
# Another year than the last that something is compared with.
_LONG_AGO = re.compile(r"(?:19|20)\d\d\s?年|年前|前年|年[间来内]|[近过]\S{1,2}年|疫情|以来|近年")
_AMOUNT = re.compile("[数总]量|总数|件数|申请量")
_FOR_YEARS = re.compile("连续|逐年|连年")


def _folds(found: re.Match[str], start: int) -> Count:
    """How many times as large a number is that has doubled so often: twice for 翻番, four times for 翻两番."""
    often = spoken(found["folds"] or "一")
    about, text = "近" if found["near"] else "", found[0]
    return Count(start, start + len(text), text, Decimal(2) ** int(often), TIMES, Decimal(1), about, spelt=True)


def ratio(clause: Clause, pending: str) -> Iterator[Said]:
    """What a percentage, a difference or a multiple says: a share, a rate, a change, or a multiple of last year's number.

    ``pending`` are the words of the clause before.
    """
    sentence, count, compared = clause.sentence, clause.count, clause.context.compared
    assert count
    lead = clause.text.rstrip().removesuffix(count.mark)  # 占比不足两成
    clause = replace(clause, text=lead)
    if count.unit == PERCENT and not _step(lead):
        sentence.rated = True
    pace = _PACE.search(lead)
    if _BESIDE_LAST.search(lead):
        return
    if (words().compare.share.search(lead) and not pace) or sentence.shared:
        yield from share(clause)
    elif count.unit == POINTS and sentence.rated:
        return  # 占92.3%，同比提高5个百分点: the share has risen, not what it is of
    elif _RATE.search(lead) and not pace:
        sentence.of_rate = True
        yield from done(replace(clause, text=f"{lead}{count.text}"))
        yield from rate(clause, _RATE.sub("", lead))
    elif count.unit in {TIMES, PERCENT} and (at := _OF_LAST.search(lead)):
        if base := _levelled(clause, at, What.TIMES):
            yield replace(base, what=What.TIMES, count=count, of=base)
    elif compared and (base := _base(clause, lead, pending)):
        yield from _past(clause, base, count)
        yield from change(clause, What.CHANGE, base, lead, count)
    elif not compared and _step(lead) and (base := _base(clause, lead, pending)) and base.count is not None:
        # 办结128件，增长33.33%: than last year, most likely.
        yield from change(clause, What.CHANGE, _doubtful(base), lead, count)
    elif count.unit == PERCENT and words().filler.match(lead):
        if clause.recent and clause.recent.family and not clause.tail.strip():
            yield from map(_doubtful, share(clause))  # 予以公开50件（39.1%）
        else:
            yield from rate(clause, clause.tail)  # 4件复议中，25%获得维持


def _past(clause: Clause, base: Said, count: Count) -> Iterator[Said]:
    """Last year's value that stands before what has changed: 较上年的100件，收到申请增加30件."""
    owed = clause.sentence.owed
    if owed and base.count is None and count.unit in {owed.unit, PERCENT, TIMES}:
        clause.sentence.owed = None
        clause.lists.before[base.cells] = replace(base, last=True, count=owed)
        yield clause.lists.before[base.cells]


def _doubtful(base: Said) -> Said:
    """What is at most worth a question."""
    return replace(base, sure=False, likely=base.sure or base.likely)


def _step(text: str) -> re.Match[str] | None:
    """Where a text says that something rises or falls."""
    return words().compare.up.search(text) or words().compare.down.search(text)


def is_change(own: str, compared: bool) -> bool:
    """Whether the words before a number make it a difference: 增加30件; not so 增至30件 or 增加渠道3个."""
    step, compare = _step(own), words().compare
    if step is None or compare.not_difference.search(own) or _BESIDE_LAST.search(own):
        return False  # 增至130件, 低于上年的100件
    return compared or words().filler.match(compare.manner.sub("", own[step.end() :])) is not None


def _base(clause: Clause, lead: str, pending: str = "") -> Said | None:
    """What a change is of: what the words before it name; without any, the number before. None of what is not known.

    ``pending`` are the words before its bracket, or those of the clause before: 增量主要来自城东片区（增加6件）.

    The words between 同比 and 增长 name it as well: 较上年网站访问量增长.
    """
    compare, filler = words().compare, words().filler
    mark, step = compare.mark.search(lead), _step(lead)
    if step and not filler.match(compare.manner.sub("", lead[step.end() :])):
        return None  # 较上年增加网上申请3件
    subject = (lead[: mark.start()] + lead[mark.end() : step.start() if step else mark.end()]) if mark else ""
    if step and not mark:
        subject = lead[: step.start()]
    subject = compare.manner.sub("", clause.ours(subject))
    if filler.match(subject) and (clause.lists.aside or _SOURCE.search(pending)):
        subject = clause.ours(without(pending, compare.mark, compare.up, compare.down, compare.manner))
    if filler.match(subject):
        if clause.sentence.of_rate or _MEASURE.search(pending):
            return None  # 满意率95%，比上年高3%; 答复时限压缩到9个工作日，低于上年
        told, against = clause.sentence.unnumbered, clause.sentence.against
        if against and (not clause.recent or (not clause.first and clause.recent.cells != against.cells)):
            return against
        return _compared(clause) or (told if told and not told.last else _unnamed(clause)) or _before(clause)
    return _named(clause.of(subject))


def _against(clause: Clause) -> Said | None:
    """What the words before last year's number name, of which this year's is not told: 申请总量较上年的100件增加30件."""
    compare = words().compare
    subject = compare.manner.sub("", clause.ours(compare.mark.sub("", clause.text)))
    return None if words().filler.match(subject) else _named(clause.of(subject))


def _named(clause: Clause) -> Said | None:
    """What words name without a number of it; no question where they tell something else besides."""
    meant = meaning(clause)
    base = value(meant, clause, last=False)
    if base is None or meant is None:
        return base
    firm = meant.topic != APPLIED or meant.group or meant.family in {"结果", "去向", "申请人"} or meant.name == "上年结转"
    return base if firm and not clause.unknown(meant) else replace(base, sure=False, likely=False)


def _unnamed(clause: Clause) -> Said | None:
    """The one number that the sentence has told, of what no data knows (阅读量12万次); ``None`` for several."""
    lists = clause.lists
    count, said = lists.run[0] if len(lists.run) == 1 else (None, None)
    is_listing = lists.current and lists.current.parts
    if count is None or said or is_listing or count is not lists.recent_count:
        return None
    return Said(What.VALUE, count.text.strip(), (), *clause.span, count, sure=True)


def _before(clause: Clause) -> Said | None:
    """The one number of the sentence before, as a doubt, where a change of nothing else opens one: 较上年增加31件."""
    only, count = clause.lists.only, clause.count
    if only is None or not only.count or not clause.context.opening or words().plain.sub("", clause.tail):
        return None
    return _doubtful(only) if count is None or count.unit in {only.count.unit, PERCENT, TIMES} else None


def had(clause: Clause) -> Said | None:
    """What a number behind 上年 is of: the number before; where it has no words of its own, what is said to change."""
    sentence, lead, count = clause.sentence, clause.text, clause.count
    is_marked = words().compare.mark.search(lead) is not None
    if recent := (_compared(clause) if is_marked else clause.recent) or sentence.unnumbered:
        return recent
    bare = words().filler.match(words().compare.mark.sub("", lead)) and not words().begin.search(lead)
    base = (sentence.changed or _unnamed(clause)) if bare else None
    return base if base and count and (base.count is None or base.count.unit == count.unit) else None


def _compared(clause: Clause) -> Said | None:
    """What a clause compares without a name: the number before, or the one received before those carried in.

    收到130件，另有上年结转4件，比上年（100件）增加30件.
    """
    received = [one for one in clause.sentence.counted if one.group]
    is_carried = clause.first and clause.recent is not None and clause.recent.name == "上年结转"
    return received[-1] if received and is_carried and not clause.lists.aside else clause.recent


def change(clause: Clause, what: What, base: Said, text: str, count: Count | None) -> Iterator[Said]:
    """A change of ours, when the words say whether it rises."""
    up, down = words().compare.up.search(text), words().compare.down.search(text)
    if bool(up) == bool(down) or clause.not_of_tables:
        return
    is_one = base is not _compared(clause) or (clause.turn and clause.turn.of)  # 分别较上年增加6件、5件
    others = () if is_one else (*clause.sentence.counted, *clause.lists.together(base))
    if (only := clause.lists.only) and only.count is base.count:  # 新收130件。办结128件。同比增长30%: of either
        told = (one for one in clause.lists.reading.said[-FEW:] if one.what is What.VALUE and one.count)
        others = tuple(one for one in told if not one.last)
    before = clause.lists.before.get(base.cells)
    yield replace(base, what=what, last=False, count=count, of=base, rises=bool(up), before=before, others=others)


def reaches(text: str) -> bool:
    """Whether a text goes on with what last year's value has become: 增加到, 降为."""
    return words().compare.not_difference.match(text.lstrip()) is not None


def from_last(clause: Clause, said: Said, before: Said | None) -> Iterator[Said]:
    """Whether what last year's number stands behind is said to rise: the number ``before`` it, else what its words name."""
    mark, sentence = words().compare.mark.search(clause.own), clause.sentence
    sentence.against = _against(clause) if said.last and mark and said.cells else None
    if sentence.against and (before is None or before.cells != said.cells):
        before = sentence.against  # 申请总量较上年的100件有所增长
    if said.last and before and not reaches(clause.tail):
        yield from change(clause, What.DIRECTION, before, f"{mark[0] if mark else ''}{clause.tail}", None)


def beyond(clause: Clause, pending: str) -> Iterator[Said]:
    """A doubt where a number is neither greater by another than last year's nor greater than that one: 多于上年31件."""
    if base := _base(clause, clause.text, pending):
        yield from change(clause, What.BEYOND, _doubtful(base), clause.text, clause.count)


def yearly(clause: Clause) -> Iterator[Said]:
    """A doubt where a number is said to rise or fall for years, or without a year: 申请数量连续两年下降; 略有下降."""
    text, context = clause.text, clause.context
    found = words().compare.yearly.search(text)
    if not found or clause.last_year or is_foreign(text[: found.start()]):
        return
    if not _FOR_YEARS.match(found[0]) and (words().compare.mark.search(text) or last_place(_LONG_AGO, context.text) >= 0):
        return  # 近年来，申请数量呈下降趋势
    here = replace(clause, away=False)  # the years before are not ours
    told = f"{text[: found.start()]}{found[1]}"
    if base := _base(here, told):
        yield from change(here, What.DIRECTION, _doubtful(base), told, None)


def rises(clause: Clause) -> Iterator[Said]:
    """What is said to be as last year or some times as large, else to rise or to fall: 较上年有所增长."""
    as_before, mark = [*level(clause)], words().compare.mark.search(clause.text)
    yield from as_before
    if as_before or not mark or clause.sentence.rated:
        return
    if base := _base(clause, clause.text, clause.sentence.pending):
        yield from change(clause, What.DIRECTION, base, clause.text[mark.start() :], None)


def level(clause: Clause) -> Iterator[Said]:
    """Whether the number before, or what the words name, is said to be as last year, or some times as large."""
    compare, text = words().compare, clause.text
    for what, pattern in ((What.NEAR, compare.near), (What.LEVEL, compare.level), (What.TIMES, compare.folds)):
        if (found := pattern.search(text)) and (base := _levelled(clause, found, what)):
            if _LONG_AGO.search(text, 0, found.start()):
                return  # 较2019年翻了一番
            if what is What.TIMES and not clause.context.compared:
                base = _doubtful(base)
            count = _folds(found, clause.span[0]) if what is What.TIMES else None
            yield replace(base, what=what, count=count, of=base)
            return


def _levelled(clause: Clause, found: re.Match[str], what: What) -> Said | None:
    """What is compared with last year's: what the words name, else the number before where they tell nothing else.

    新收申请数量与上年持平. Not so 与全市水平持平, 办理时长与上年持平, 执法人员没有变化.
    """
    compare, text, begin = words().compare, clause.text, found.start()
    mark = compare.mark.search(text, 0, found.end())
    before = text[: min(begin, mark.start())] + text[mark.end() : begin] if mark else text[:begin]
    if not mark and _WITH.search(before):
        return None
    subject = compare.manner.sub("", clause.ours(before))
    if not words().filler.match(subject) and (mark or what is What.TIMES) and not clause.not_of_tables:
        named = _named(clause.of(subject))
        if named and named.cells and not named.any:
            return named
    if words().plain.sub("", subject):
        return None
    if what is not What.TIMES and not _AMOUNT.search(subject) and (clause.sentence.rated or tells_between(clause)):
        return None
    told = clause.sentence.unnumbered
    return clause.recent or (told if told and not told.last and mark else None)
