"""What the numbers of a clause are said of, and what a clause says without a number, rule by rule."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao.checks.prose.counts import PERCENT, POINTS, TIMES
from nianbao.checks.prose.read.accepted import received
from nianbao.checks.prose.read.adding import parts_of, sum_of
from nianbao.checks.prose.read.cases import FEW, IS_OF_KIND, tell_both
from nianbao.checks.prose.read.changes import beyond, from_last, had, is_change, level, ratio, reaches, rises, yearly
from nianbao.checks.prose.read.every import all_are, all_of, are_of_kind, closed, done, mostly, one_is
from nianbao.checks.prose.read.facts import is_another
from nianbao.checks.prose.read.matters import is_of_another, of_ours
from nianbao.checks.prose.read.meanings import heard, meaning
from nianbao.checks.prose.read.narrowing import beside
from nianbao.checks.prose.read.nothing import none_in, nothing
from nianbao.checks.prose.read.phrases import DENIED
from nianbao.checks.prose.read.quantities import is_left_of_new, value
from nianbao.checks.prose.read.rests import rest
from nianbao.checks.prose.read.turns import EACH, each_of, is_by_years, risen, years_of
from nianbao.checks.prose.read.years import OF_LAST_YEAR
from nianbao.checks.prose.said import Said, What, steps_of_fact
from nianbao.checks.prose.vocabulary import BEYOND, IN_ALL, LAST_YEAR, THIS_YEAR
from nianbao.checks.prose.words import (
    ANSWERED,
    APPLIED,
    BOTH,
    CARRIED_OUT,
    DONE,
    LAWSUITS,
    RESULTS,
    REVIEWED,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.checks.prose.counts import Count
    from nianbao.checks.prose.read.clause import Clause, Sentence, Turn
    from nianbao.checks.prose.words import Meaning

_ALL_HANDLED = re.compile(
    "^(?:均|都|皆)|(?:均|都|皆|全部)(?:已|能|得到|严格|依|按|及时|规范|妥善|在|予以|受理|登记)|[办处]理(?:过程|期间|工作)?中$"
)
_RATIO = re.compile("之比|比(?:例|值)?(?:大?约)?[为是]$")  # 自然人与企业之比为5:1
_MORE = re.compile(rf"{BEYOND}\s?{LAST_YEAR}(?:同期)?$")  # 多于上年30件: by 30, or than 30
_WITHIN = re.compile("^(?:.{0,12}(?:申请|案件|复议|诉讼))?(?:之|当)?[中里]$")
_ENDS_IN_LAST = re.compile(f"{LAST_YEAR}(?:同期)?的?$")
_AMONG = re.compile("(?:之|当)?[中里]$")
_IN_ALL = re.compile(f"(?:全年|{THIS_YEAR})?(?:{IN_ALL})")
# 除6件结转外均已办结: what stands behind 外 is not said of the number before it.
_DENIED = re.compile(rf"(?:{DENIED.pattern})(?!.{{0,2}}结)")  # 5件行政诉讼均未败诉; 2件行政诉讼均未审结 says what they are
_LEFT_OUT = re.compile("(?:之|以)?外(?=$|[均都皆全其已])")
_CASES_BEHIND = re.compile(r"\s*(?:行政)?(?:复议|诉讼)")  # 推进应诉规范化，9件复议、5件诉讼均按时举证
_LEFT = re.compile("[，、]?(?:目前|尚|仅|还)*(?:剩余?|余下)(?:的)?")
_OF_IT = re.compile(r"的(?:比例|比重)?[为约达到近]{0,2}\s?\d")
_EVERYWHERE = re.compile("全(?:国|省|市|县|区|旗|州|盟|系统)")
_CONSULTED = re.compile("第三方.*征求.{0,6}意见|征求.{0,6}第三方|第三方.{0,4}意见")


def number(sentence: Sentence, own: str, tail: str, count: Count, first: bool) -> None:
    """What one number is said of; ``own`` are the words before it."""
    pending = sentence.pending if first else ""
    left_out = _LEFT_OUT.search(tail)
    sentence.left_out, tail = left_out is not None, tail[: left_out.start()] if left_out else tail
    tail, turn = _DENIED.split(tail)[0], sentence.turns.pop(0) if sentence.turns else None
    if sentence.over:
        own = f"占{own}"
    lead, own, tail = _around(sentence, own.rstrip(), tail, pending, turn)
    names = each_of(own) if not turn and EACH.search(own) else [lead or sentence.subject]  # 自然人占60%（30件）
    if not names:
        return  # 直接起诉和复议后起诉的案件，维持各1件
    sentence.subject = sentence.subject if lead else ""
    if words().begin.search(lead) or _tells_kinds(sentence, lead) or (len(pending) < 4 and words().begin.search(pending)):
        sentence.lists.open(count)
    for name in names[:-1]:  # 行政复议、行政诉讼各1件
        clause = sentence.number(name, "", count, first, name, turn)
        sentence.hear(filter(None, [value(_heard(clause), clause, clause.last_year)]))
    clause = sentence.number(names[-1], tail, count, first, own, turn)
    if count.unit in {PERCENT, POINTS, TIMES} or is_change(own, sentence.context.compared):
        sentence.hear(ratio(clause, pending))
    elif _MORE.search(own):
        sentence.hear(beyond(clause, pending))
    elif own != "即" and not (_RATIO.search(own) and not count.unit):  # 0.415万元（即4150元）
        _counted(clause, count)
    sentence.over = count if _is_whole(clause) else None


def _around(sentence: Sentence, own: str, tail: str, pending: str, turn: Turn | None) -> tuple[str, str, str]:
    """The words that tell what a number is of, those right before it, and those behind it.

    Where ``own`` say nothing, the clause before goes on: ``pending``; a number that has its turn has its own words.
    """
    if turn and turn.of:
        sentence.lists.recent_count, sentence.lists.recent = turn.of
        return turn.lead, turn.lead, tail
    if turn:
        return turn.lead, own.strip("、和及与") or turn.lead, tail if turn.lead else ""
    is_over = words().done.search(pending) or _ALL_HANDLED.search(pending)  # 到期申请全部办结，4件未到期
    goes_on = words().filler.match(own) and not _CASES_BEHIND.match(tail) and not is_over
    return pending + own if goes_on else own, own, tail


def _tells_kinds(sentence: Sentence, lead: str) -> bool:
    """Whether a number is of the first of the kinds of cases that a result before it is of: 尚未审结3件，为行政复议2件."""
    recent = sentence.lists.recent
    return recent is not None and recent.family == RESULTS and IS_OF_KIND.match(lead) is not None


def _is_whole(clause: Clause) -> bool:
    """Whether a number is what the share behind it is of: 占全部申请130件的92.3%."""
    return words().compare.share.search(clause.own) is not None and clause.goes_on(_OF_IT)


def _whole_of(clause: Clause) -> Clause | None:
    """The words of a share's whole by themselves; none where they name another than ours: 占全市申请总量2600件的5%."""
    share = [*words().compare.share.finditer(clause.text)]
    named = clause.ours(clause.text[share[-1].end() :] if share else clause.text)
    here, whole = replace(clause, text=named), replace(clause, text=f"占{named}")
    whole = whole if words().part_of.search(whole.text) else here
    if words().whole.match(named):
        return whole
    meant = meaning(here)
    return None if meant is None or _EVERYWHERE.search(named) or here.unknown(meant) else whole


def _counted(clause: Clause, count: Count) -> None:
    """What a number that counts something is said of."""
    sentence, context, lists, lead, before = clause.sentence, clause.context, clause.lists, clause.text, clause.recent
    sentence.rated = sentence.of_rate = False
    if _is_whole(clause):
        whole = _whole_of(clause)
        sentence.hear(filter(None, [_said_of(whole, count)] if whole else ()))
        return
    dated = replace(clause, away=False) if clause.year else clause  # 2022年至2024年，新收依次为12件、17件、25件
    said = of_ours(dated) or _said_of(dated, count)
    if is_of_another(dated, said):
        context.another()
        said = None
    tell_both(context, [*sentence.said[-FEW:], *([said] if said else [])])
    sentence.prior = said
    if _CONSULTED.search(f"{lead}{clause.tail}"):
        sentence.consulted = count
    if said and clause.year:  # told apart from the other numbers by its own year
        said = replace(said, either=False) if clause.year in {"LAST", "THIS"} else None
    if said is None or not said.last:
        sentence.hear(_owed(sentence, said) if said else ())
    if not (said.last if said else sentence.owed is count):  # 较上年100件，收到申请增加30件: still compared
        context.compared, context.years.told_this_year = said is not None and said.cells in lists.before, True
    lists.add(lead, count, said, clause.first, parts_of(clause, count))
    if said:
        is_out = said.name == "结转" and any(one.name in ANSWERED for one in sentence.heads)
        to_next_year = [replace(said, cells=said.cells[:1], sure=False)] if is_out else []  # 办结9件，结转1件
        sentence.hear([said, *to_next_year, *received(clause, said, before)])
    else:
        sentence.against = None
        _of_nothing(clause, count)
    if said and said.last:
        sentence.since(said)
    elif said and said.sure and not lists.current:
        sentence.heads = [*sentence.heads[-8:], said]
    if _WITHIN.search(clause.tail):
        lists.within()
    sentence.hear(from_last(clause, said, before) if said else ())


def _of_nothing(clause: Clause, count: Count) -> None:
    """A number that no data knows: what last year's has become, or one more part of the open list."""
    sentence, lists = clause.sentence, clause.lists
    if sentence.owed and sentence.owed is not count and reaches(clause.own):
        lists.grown(sentence.owed, count)
        sentence.owed = None
    if lists.current and not words().plain.sub("", clause.text):
        lists.leave_open()  # 对其中11件开具补正通知书


def _owed(sentence: Sentence, said: Said) -> Iterator[Said]:
    """Last year's value of what this year's is told of: 与上年的46件相比，今年新收44件; 由36件降至25件."""
    owed, sentence.owed = sentence.owed, None
    if owed and said.count and owed is not said.count and owed.unit == said.count.unit:
        past = replace(said, last=True, count=owed)
        sentence.lists.before[said.cells] = past
        yield past


def _heard(clause: Clause) -> Meaning | None:
    """What a number's words mean; what they tell of the cases behind it holds from here on."""
    (found, told), sentence = heard(clause), clause.sentence
    if told.kinds:
        sentence.context.cases.are(*told.kinds)
    sentence.attribute = told.attribute or sentence.attribute
    return found


def _named(clause: Clause, count: Count) -> Meaning | None:
    """What a number's words mean; all that is handled where the number before it was carried in: 上年结转2件，共办理19件."""
    prior, lead = clause.sentence.prior, clause.text
    named = _heard(clause) or sum_of(clause, count)
    if named and named.name == "办理" and prior and prior.name == "上年结转" and _IN_ALL.match(lead):
        return replace(named, cells=tuple(sorted(named.cells, key=lambda one: "+" not in one)))
    is_left = prior and prior.name == "办结" and prior.sure and not clause.lists.current and _LEFT.fullmatch(lead)
    if is_left and not words().plain.sub("", clause.tail):  # 已办结128件，剩余6件
        return words().one(APPLIED, CARRIED_OUT)
    if named and named.name == "办理" and not clause.lists.current and is_left_of_new(clause):
        return words().one(APPLIED, CARRIED_OUT)  # 收到130件，已答复124件，办理6件
    return named


def _said_of(clause: Clause, count: Count) -> Said | None:
    """The statement of a value: what its words mean, last year's value of the number before, a fact, what is bound."""
    sentence, context, lead, own, compare = clause.sentence, clause.context, clause.text, clause.own, words().compare
    if is_by_years(clause):
        return None
    recent = had(clause)
    last = bool(compare.mark.search(own or lead)) or (clause.last_year and not compare.not_difference.search(lead))
    last = last or bool(not own and _ENDS_IN_LAST.search(lead))  # 收到的申请是上年（17件）的1.4倍
    last = clause.year == "LAST" if clause.year else last
    named = _named(clause, count)
    is_carried_out = named is not None and named.family == "去向"  # 办结16件，予以公开7件……其余3件转入下年度
    if words().rest.search(lead) and not is_carried_out and (left := rest(clause.lists, DONE)):
        return replace(left, last=last, count=count, likely=left.likely and not clause.not_of_tables)
    near = beside(context.text, count.start - clause.span[0], count.end - clause.span[0])
    meant = near.bound(named)
    if course := near.course(meant, lead):
        clause = replace(clause, case=course)
        if not near.bracketed:
            context.cases.are(course)
    rising, sentence.rising = sentence.rising, None
    became = risen(clause, rising) if meant is None else None
    if meant is None and last and recent and not recent.last and OF_LAST_YEAR.search(lead):
        others = tuple(sentence.counted) if compare.mark.search(lead) and not recent.group else ()
        said: Said | None = replace(recent, last=True, count=count, others=others)  # 自然人120件，占92.3%，比上年（100件）
    elif became:
        said = replace(became, last=False, count=count)
    elif meant is None and last and not recent:
        is_bare = words().filler.match(compare.mark.sub("", lead))  # not so 去年存留的四件
        said, sentence.owed = None, count if is_bare or reaches(clause.tail) else None
    else:
        said = value(meant, clause, last) or _again(clause, count)
        said = near.weakened(said, meant, context.setting.names, sentence.prior) if meant is named else said
        if said and not last and reaches(clause.tail):
            sentence.rising = said
            said = replace(said, last=True, sure=False, likely=said.sure or said.likely)  # 由48个减为33个
    expression, past = context.setting.bound.get(count.start, ("", False))
    if expression and (said is None or (said.is_fact and not is_another(said, lead, expression, past))):
        name = " ".join(steps_of_fact(expression)) or expression.replace("/", " ")
        return Said(What.VALUE, name, (expression,), *clause.span, count, sure=True, last=past, printed=True)
    return said


def _again(clause: Clause, count: Count) -> Said | None:
    """A total that has been told already, and of which some are told now: 收到申请130件。130件中，自然人120件."""
    if clause.text or not _AMONG.fullmatch(clause.tail):
        return None
    told = (one for one in (*clause.sentence.said, *clause.lists.reading.said[-FEW:]) if one.group and one.count)
    same = (one for one in told if one.count and one.count.value == count.value and one.what is What.VALUE and not one.last)
    return next((replace(one, count=count) for one in same), None)


def later(clause: Clause) -> Iterator[Said]:
    """What a number is of that its own clause did not tell: 其余3件因故延期，结转下年度继续办理."""
    count, here = clause.lists.recent_count, clause.of(clause.text, clause.lists.recent_count)
    recent = clause.recent
    is_known = recent is not None and (recent.cells or recent.family)
    if count is None or is_known or clause.none or clause.sentence.left_out or clause.not_of_tables:
        return
    meant = meaning(here)
    if meant and meant.telling and meant.cells and (said := value(meant, here, last=False)):
        clause.lists.recent = replace(said, sure=False)
        yield clause.lists.recent


_BEHIND = (level, all_are, closed, done)
_ALONE = (all_of, mostly, all_are, one_is, are_of_kind, later, rises, yearly, closed, done, nothing)


def behind(sentence: Sentence, text: str) -> None:
    """What the words behind a clause's last number say."""
    clause = sentence.clause(text)
    if _AMONG.search(text) and {said.case for _, said in sentence.lists.run[-2:] if said} == {REVIEWED, LAWSUITS}:
        sentence.context.cases.are(BOTH)  # 已审结的行政复议7件、行政诉讼4件中，维持10件
    sentence.hear(one for rule in _BEHIND for one in rule(clause))


def without_number(sentence: Sentence, text: str) -> bool:
    """What a clause without a number says; whether it says that there was none of something."""
    clause = sentence.clause(text, none_in(text))
    if words().rest.search(text):
        sentence.lists.leave_open()  # 办结128件，其中予以公开50件、不予公开60件，其余为其他处理
    sentence.years = years_of(text, sentence.context.setting.year) or sentence.years
    sentence.hear(one for rule in _ALONE for one in rule(clause))
    if _AMONG.search(text):
        meant = meaning(clause)
        sentence.among = meant.row if meant and meant.family == "结果" else sentence.among  # 予以公开的申请中，自然人16件
        sentence.lists.take_up(words().plain.sub("", text))
    return bool(clause.none)
