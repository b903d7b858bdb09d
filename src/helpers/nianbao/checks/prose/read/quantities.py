"""Which quantity of the data a meaning is of, and how sure another number of it would be wrong."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.checks.prose.read.accepted import accepts_some
from nianbao.checks.prose.read.adding import is_sum
from nianbao.checks.prose.read.cases import FEW, kinds_of
from nianbao.checks.prose.read.facts import OF_YEAR, TO_DATE, fact, part_of_fact
from nianbao.checks.prose.read.lists import ANSWERS, MOST
from nianbao.checks.prose.read.narrowing import is_by_some
from nianbao.checks.prose.read.phrases import JOINED, ON_TOP, last_place, topic_of
from nianbao.checks.prose.read.years import CARRIED_IN
from nianbao.checks.prose.said import Kinds, Said, What
from nianbao.checks.prose.vocabulary import CONCLUDES, HANDLES, THIS_YEAR
from nianbao.checks.prose.words import (
    ALL_CASES,
    ANSWERED,
    APPLICATIONS,
    APPLIED,
    CARRIED,
    CASE,
    CLOSED,
    COURSES,
    DECISIONS,
    DIVIDED,
    DONE,
    HANDLED,
    LAWSUITS,
    NEW,
    OPENED,
    words,
)
from nianbao.wording import number

if TYPE_CHECKING:
    from nianbao.checks.prose.counts import Count
    from nianbao.checks.prose.read.clause import Clause
    from nianbao.checks.prose.words import Meaning

_AMONG = re.compile("不含|不包括|新收[^，]{0,6}[中里]|(?<![审办处]理)[中里]，?有?$|[办处]理中，?有$|含有?$|包[括含]$")
_FIRST_OF_ALL = re.compile("，?其中，?有?")
_OF_CARRIED = re.compile("结转的?(?:政府)?(?:信息公开)?(?:申请)?件?$")
_ROW, _OF_ALL = re.compile(f"{APPLICATIONS}/[^/]+/"), re.compile(f"总计|^(?!{APPLICATIONS}/)")
_NO_KINDS = Kinds(("",))  # of what is no case of 表四
_DIVIDES = {"新收": "申请人", "办结": "结果"}  # what each total is divided by
_TOLD_APART = ({"新收", "办结"}, {"新收", "答复"}, ANSWERED)
_OF_NEW = re.compile(
    f"新收的?(?:政府)?(?:信息公开)?(?:申请)?(?:中|里)?，?(?:已|共)*(?:{HANDLES})|(?:{CONCLUDES})了?的?(?:{THIS_YEAR})?的?新收"
)
_AMONG_THESE = re.compile(r"[^，]{0,12}[中里](?:，|\d|$|[^，]{0,6}\d)")  # 新收的130件申请中，予以公开48件
_ABOUT_THESE = re.compile("[^，；。：]*，(?:均|都|皆|内容|主要|涉及|系|属|因)")
_BY_ONE = re.compile("同一(?:申请)?人|某(?!些)")  # 同一申请人重复申请2件: of all such ones these are some
_NEXT = (*JOINED, "，")  # before one more number of the same kind: 新收60件、办结59件
_ALL_APPLIED = re.compile("申请的?(?:总量|总数|数量|件数|量|数)")
# What is said beside a number: that those carried in are concluded too, or that they are counted in.
_CARRIED_TOO = re.compile(
    rf"(?:{HANDLES})了?\s?(?:{CARRIED_IN.pattern})|(?:{CARRIED_IN.pattern})[^；。]{{0,14}}?(?:全部|均|都|也|已)[^，；。]{{0,8}}?(?:办|{HANDLES})"
    rf"|(?:加上|连同|加)\s?(?:{CARRIED_IN.pattern})[^，；。]{{0,10}}，?[^，；。]{{0,6}}?(?:共|合计)[^，；。]{{0,4}}(?:办|{HANDLES})"
    rf"|(?:{CARRIED_IN.pattern})[^，；。\d]{{0,10}}(\d{{1,6}})件[^，；。\d]{{0,6}}，[^，；。\d]{{0,6}}(?:{CONCLUDES})\1件"
)
_INCLUDED = re.compile(rf"\s?[（，](?:其中|含|包括|包含)[^；。）]{{0,18}}?(?:{CARRIED_IN.pattern})")
_WITH_CARRIED = re.compile(rf"(?:其中)?(?:包?含|包括|连同|加上|算上|计入)(?:{CARRIED_IN.pattern})")
_WITH_PARTLY = re.compile(r"\s?(?:[（：](?:其中|含|包括|包含)?|，(?:其中|含|包括|包含))[^；。）]{0,24}?部分公开")
_OPENED, _PARTLY = re.compile("(?<!予以)(?<!全部)(?<!全文)(?<!同意)(?<!决定)公开$"), re.compile("部分(?:予以)?公开")
_UNDER_WAY = "(?:(?<!不予)[办处]理之?中?|在办)"
_NOT_OPENED = re.compile("不(?:予|同意|予以)?公开|其[他它](?:情[形况]|类)?(?:答复)?\\s?\\d|其余")
_JUST_NEW = re.compile("新[收增]")
_MERGED = re.compile("[^；。]{0,12}?(?<!没有)(?<![无未])(?:合并|归并|并案|折合|折算|去重|剔除|扣除重复)")
_MERGES = re.compile("(?<![无未])(?<!没有)(?:合并|归并|并案)")
_CASES_MADE, _DECIDED = re.compile("案件?$"), re.compile(r"[作做下][出达][^，；。\d]{0,12}决定[^，；。\d]{0,4}\d")
# What goes on about the rest of what has been told: 其余70件，办结68件.
_OF_REST = re.compile(
    r"(?:^|[，；。])\s*(?:其余|剩余|余下)(?:的)?[^，；。\d]*\d+\s?[件份](?:(?!全年|[合总累共]计|一共)[^；。])*$"
)
_IN_TIME = re.compile("按期|按时|工作日|期限内")
_AND_OTHERS = re.compile(r"[、，；]其[他它](?:组织)?\s?\d")


def value(found: Meaning | None, clause: Clause, last: bool) -> Said | None:
    """The statement of a value; of a fact, where the words are its name, or that of a part of the fact being listed."""
    if part := part_of_fact(clause):
        return part
    if found is None:
        return fact(clause, last)
    whole, context = clause.whole, clause.context
    kinds = kinds_of(found, clause) if found.topic == CASE else _NO_KINDS
    cells, crossed = _cells(found, kinds, clause)
    cells = (*cells, *_besides(found, clause, cells))
    any_ = found.any or len(cells) > len(found.cells)
    part_of_other = clause.listed and not (whole and whole.sure) and not topic_of(clause.text)
    part_of_itself = whole is not None and whole.cells == cells  # 收到130件，其中本级收到20件
    is_part = crossed or _is_part(found, clause) or _is_asked_about(clause) or _is_told_apart(found, clause)
    is_part = is_part or _is_besides(cells, clause)
    sure = clause.certain(found) or _is_next_decision(found, clause)
    sure = sure and not (part_of_other or part_of_itself or is_part or _of_new(found, clause))
    sure = sure and not (clause.count and clause.unknown(found))
    sure = sure and (found.topic == CASE or not _is_first_of_all(found, clause))
    is_new = _of_new(found, clause) or _is_among_new(found, clause)
    likely = clause.likely(found) and not (part_of_itself or is_part)
    likely = likely and not (part_of_other and not (found.telling or (whole and whole.likely)))
    some = (found.some and clause.context.named and not clause.not_of_tables) or bool(
        is_part and (_BY_ONE.search(clause.text) or words().ranked.search(clause.text) or is_sum(clause))
    )
    if is_part and whole is not None and whole.row.startswith("三") and found.topic == CASE:
        some = some or kinds.names[0] not in COURSES
    some = some or (is_part and whole is not None and whole.sure and {whole.name, found.name} in _TOLD_APART)
    family = ANSWERS if found.family == "方式" and context.part.answers else found.family
    case, open_ = kinds.names[0], kinds if found.result and len(cells) == len(kinds.names) > 1 else None
    return Said(What.VALUE, found.named(case), cells, *clause.span, clause.count, any_, sure and not clause.either, last,
                row=found.row, family=family, group=found.group, likely=likely, some=some, new_only=is_new,
                either=clause.either, year=context.years.year, case=case, result=found.result, kinds=open_)  # fmt: skip


def _is_next_decision(found: Meaning, clause: Clause) -> bool:
    """Whether a decision is one more of a list whose verb stands before the first: 作出行政许可决定9件、行政处罚3件."""
    before = clause.recent
    of_decisions = bool(before and before.sure and before.cells and before.cells[0].startswith(DECISIONS))
    is_next = bool(found.needs) and (not clause.text or clause.text.startswith(JOINED))
    return of_decisions and is_next and not clause.not_of_tables


def _cells(found: Meaning, kinds: Kinds, clause: Clause) -> tuple[tuple[str, ...], bool]:
    """The cells of a meaning, and whether they are an applicant's alone: 自然人38件中，予以公开16件."""
    whole = clause.whole
    row = whole.row if whole and whole.row and found.family == "申请人" else clause.sentence.among or "一"
    listed = clause.lists.current
    rows = listed.rows if listed and listed.rows and found.family == "申请人" else (row,)
    cells = tuple(dict.fromkeys(cell for kind in kinds.names for one in rows for cell in found.cells_of(kind, one)))
    person = whole or clause.recent
    is_outcome = found.row and found.family != "申请人"
    if not is_outcome or person is None or person.row == found.row:
        return cells, False
    # 自然人新收47件、上年结转3件、办结45件: each is theirs.
    crossed = tuple(_ROW.sub(f"{APPLICATIONS}/{found.row}/", one) for one in person.cells if not _OF_ALL.search(one))
    return (crossed, True) if whole and person.family == "申请人" else (cells + crossed, False)


def _is_told_apart(found: Meaning, clause: Clause) -> bool:
    """Whether the sentence tells what sets a number apart: 收到135件，合并后登记130件; 受理126件，不予受理4件."""
    if found.name in {"受理", "不予处理"} and accepts_some(clause.context.text):
        return True
    if found.needs and _CASES_MADE.search(clause.text):
        return clause.tells_behind(_DECIDED)  # 办理行政处罚案件50件，作出处罚决定44件
    if found.group and TO_DATE.search(clause.text) and clause.goes_on(OF_YEAR):
        return True  # 累计收到400件，其中今年收到130件
    if found.name == "新收" and clause.goes_on(_MERGED):
        return True
    return found.group == "总" and _MERGES.search(clause.before.rpartition("；")[2]) is not None  # 合并答复，出具答复书4份


def _is_besides(cells: tuple[str, ...], clause: Clause) -> bool:
    """Whether a number comes on top of one of the same: 行政诉讼9件，均与信息公开有关。另有行政诉讼11件."""
    told = (*clause.lists.reading.said[-FEW:], *clause.sentence.said)
    return ON_TOP.match(clause.text) is not None and any(one.cells[:1] == cells[:1] and not one.last for one in told)


def _besides(found: Meaning, clause: Clause, cells: tuple[str, ...]) -> tuple[str, ...]:
    """What else a number may be: of those concluded the new ones; with those carried in, where the text says so."""
    lead, with_carried = clause.text, clause.context.part.with_carried
    if found.name in HANDLED and (clause.tells_behind(_CARRIED_TOO) or clause.tells_before(_CARRIED_TOO)):
        return (f"{DONE}-{CARRIED}",)  # 办结124件，办结上年结转4件; 上年结转4件，全部办结，新收130件，办结124件
    if found.name == "予以公开" and _is_with_partly(clause):
        return words().one(APPLIED, OPENED).cells
    if (
        found.name == "新收"
        and not _JUST_NEW.search(lead)
        and (clause.goes_on(_INCLUDED) or (clause.first and _WITH_CARRIED.match(clause.sentence.pending)))
    ):
        return (f"{NEW}+{CARRIED}",)  # 收到134件（含上年结转4件）; 含上年结转，共收到134件
    if _of_new(found, clause) or (found.name == "新收" and words().done.search(clause.tail)):
        return (f"{DONE}-{CARRIED}",)  # 新收的60件已办结54件; 新收的54件均已办结
    if found.name in HANDLED and _leaves_new(clause):
        return (f"{DONE}-{CARRIED}",)  # 收到130件，已答复124件，办理中6件
    if found.name == "法人或其他组织" and clause.goes_on(_AND_OTHERS):
        return (cells[0].partition("+")[0],)  # 公民120件、法人7件、其他3件: of 法人 the first column, 商业企业
    if with_carried and found.family == "申请人":
        carried, done = (cells[0].replace("/一/", f"/{row}/") for row in ("二", "三（七）"))
        return f"{cells[0]}+{carried}", done
    return (f"{NEW}+{CARRIED}",) if with_carried and _ALL_APPLIED.search(lead) else ()


def _leaves_new(clause: Clause) -> bool:
    """Whether just what a number leaves of the applications received this year is told to be under way behind it."""
    new, count = _new_told(clause), clause.count
    if not (new and count and new.value > count.value) or new.about or count.about:
        return False
    left = rf"(?<!\d){number(new.value - count.value)}(?!\d)"
    return clause.tells_behind(re.compile(rf"{_UNDER_WAY}[^，；。\d]{{0,6}}{left}|{left}[^，；。\d]{{0,6}}{_UNDER_WAY}"))


def _new_told(clause: Clause) -> Count | None:
    """How many applications the sentence has told to be received."""
    return next((one.count for one in clause.sentence.values if one.name == "新收"), None)


def is_left_of_new(clause: Clause) -> bool:
    """Whether a number is just what the one before, of those answered, leaves of the applications received this year."""
    prior, count, new = clause.sentence.prior, clause.count, _new_told(clause)
    answered = prior.count if prior and prior.name in ANSWERED else None
    return bool(new and answered and count and new.value == answered.value + count.value)


def _is_with_partly(clause: Clause) -> bool:
    """Whether a number may count those in part too: 公开59件（含部分公开9件）; 予以公开59件，不予公开32件."""
    is_told = last_place(_PARTLY, clause.context.text) >= 0
    is_all = _OPENED.search(clause.text) or clause.tells_behind(_NOT_OPENED)
    return clause.goes_on(_WITH_PARTLY) or bool(is_all and not is_told)


def _is_asked_about(clause: Clause) -> bool:
    """Whether a number is of those that third parties were asked about, as the sentence has told before."""
    count, consulted = clause.count, clause.sentence.consulted
    return bool(count and consulted and count is not consulted and count.value <= consulted.value)


def _of_new(found: Meaning, clause: Clause) -> bool:
    """Whether it is what was concluded of the applications received this year: 新收的60件已办结54件."""
    return found.name in HANDLED and bool(_OF_NEW.search(clause.text) or _follows("新收", clause))


def _is_among_new(found: Meaning, clause: Clause) -> bool:
    """Whether it is an outcome of the applications received this year: 新收的130件中，予以公开48件."""
    whole = clause.whole
    if not (whole and whole.count and whole.name == "新收" and found.row and found.family != "申请人"):
        return False
    is_new = _JUST_NEW.search(clause.before) is not None
    return is_new and _is_among_these(whole, clause)


def _is_among_these(whole: Said, clause: Clause) -> bool:
    """Whether 中 stands behind a whole: 办结的128件中，引发行政复议5件."""
    at = whole.count.end - clause.span[0] if whole.count else -1
    return at > 0 and _AMONG_THESE.match(clause.context.text, at) is not None


def _follows(name: str, clause: Clause) -> bool:
    """Whether a number goes on about the one before it in the same clause."""
    prior = clause.sentence.prior
    return not clause.first and prior is not None and prior.name == name and not clause.text.startswith(_NEXT)


def _is_part(found: Meaning, clause: Clause) -> bool:
    """Whether a number is but a part of what its words mean: 办结57件，其中本年新收的53件."""
    whole, lead, context = clause.whole, clause.text, clause.context
    text = lead if found.words.search(lead) else f"{lead}{clause.tail}"
    is_over = clause.listed is not None and clause.listed.is_told  # 收到130件，其中网络100件、信函30件，办结128件
    among = {whole.name, found.name} if whole and not (is_over or _is_among_new(found, clause)) else set()
    of_few = whole is not None and (whole.name == "上年结转" or whole.family in {"去向", "方式"})
    if of_few and (found.family in {"结果", "申请人"} or found.name in HANDLED):
        return True  # 上年结转3件，其中2件予以公开
    if whole is not None and whole.family == "申请人" and found.family == "去向":
        return True  # 自然人申请40件中，2件结转下年度
    if (found.group and is_sum(clause)) or is_by_some(found, clause):
        return True
    if found.topic == CASE and whole is not None and whole.row.startswith("三"):
        return whole.family == "结果" or _is_among_these(whole, clause)  # 不予公开的32件中，5件经复议
    if found.group == "总" and not clause.lists.current and lead.startswith("其中"):
        return True  # of what a sentence before has told
    if found.name in HANDLED and (lead == "另" or _OF_REST.search(clause.before)):
        return True  # 2件不予处理，另5件逐一书面答复; 其余70件，办结68件
    if found.name in HANDLED and (_follows("上年结转", clause) or (context.part.late and _IN_TIME.search(lead))):
        return True  # 上年结转的5件办结5件; 按期办结55件，延期办结4件
    if _is_first_of_all(found, clause):  # 行政诉讼3件，其中1件被法院判决维持
        return bool(words().part_of.search(text) or clause.of(text).unknown(found))
    if words().rest.search(lead) and (found.name == CLOSED or (found.name in HANDLED and _has_told_some(clause))):
        return True  # 当日答复15件，其余23件在20个工作日内答复; 被纠正的1件为行政复议，其余已审结的10件均维持
    if (found.group == "总" and _OF_CARRIED.search(lead)) or _AMONG.search(lead):
        return True  # 2023年受理结转的申请4件; 新收申请中3件, 新收含信访转来2件
    return bool(words().part_of.search(text) or words().ranked.search(text)) or among in _TOLD_APART


def _is_first_of_all(found: Meaning, clause: Clause) -> bool:
    """Whether a number is right behind 其中, and what stands behind it divides the whole: 其中121件为自然人申请."""
    whole, kind = clause.whole, clause.context.cases.case
    if whole is None or not whole.sure or not _FIRST_OF_ALL.fullmatch(clause.text):
        return False
    if whole.is_of_cases or whole.result == CLOSED:
        is_course = found.family == ALL_CASES and whole.case == LAWSUITS and kind in COURSES
        return is_course or (bool(found.result) and whole.case == kind)
    if clause.goes_on(_ABOUT_THESE):
        return False  # 其中2件为企业申请，均为征地信息
    return found.family == (whole.name if whole.name in DIVIDED else _DIVIDES.get(whole.name, whole.name))


def _has_told_some(clause: Clause) -> bool:
    """Whether the sentence has told how many of all were answered in some way, which no cell knows."""
    return any(one.name in HANDLED and not (one.sure or one.likely) for one in clause.sentence.said[-MOST:])
