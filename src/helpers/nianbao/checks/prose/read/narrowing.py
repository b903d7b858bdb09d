"""What the clauses beside a number's own narrow it to: 因属于国家秘密，不予公开17件; 通过信函方式，收到申请30件.

Where they name a row, an applicant or a course of lawsuits, the number is that cell's. Where they narrow it to what no cell
has, no other number contradicts the whole but a greater one. Where nothing is left of them but what accompanies all of it
(经审查, 根据《条例》规定), they change nothing. What nobody knows makes a doubt of an error.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nianbao.checks.prose.read.cases import case_of
from nianbao.checks.prose.read.phrases import left, without
from nianbao.checks.prose.vocabulary import LAST_YEAR, THIS_YEAR
from nianbao.checks.prose.words import ALL_CASES, CASE, COURSES, DECIDED, DIVIDED, words
from nianbao.periods import IN_PERIOD
from nianbao.wording import SENTENCE_ENDS

if TYPE_CHECKING:
    from nianbao.checks.prose.read.clause import Clause
    from nianbao.checks.prose.said import Said
    from nianbao.checks.prose.words import Meaning

FAR = 240  # characters before a number, beyond which nothing narrows it
_SOME = "其中一部分"  # the name of a number of some that no cell counts
_MARKS = re.compile("[，：]")
_ASIDE = re.compile("（[^（）]*）")
_BEHIND = re.compile(f"[^，；：（）、{SENTENCE_ENDS}]{{0,8}}([，（])([^，；：（）{SENTENCE_ENDS}]+)")
_FIGURE = re.compile(r"\d")
_ALL = re.compile("全年|[合总累共]计|一共|共$")
_THIS, _LAST = re.compile(f"{THIS_YEAR}[末底]?|{IN_PERIOD}"), re.compile(LAST_YEAR)
_WHOLE_YEAR = re.compile(f"{_ALL.pattern}|{THIS_YEAR}")
_REASON = re.compile("(?:因为?|由于|鉴于|针对)(?!.*的$)")
_GROUND = re.compile("其?(?:理由|原因|依据|事由)(?:均|都|全部)?[为是系]|(?:均|都|皆|全部)?(?:是?因|由于|系|属于?|为)")
_PLAIN = re.compile("个人|(?:结转|新收)(?:申请|件)?的$|本级$|^年中$")  # what narrows though it is of plain words
_KIND = re.compile("(?:行政)?(?:复议|诉讼)(?:案件)?")
_STRAIGHT, _AFTER = re.compile("未经(?:行政)?复议$"), re.compile("(?:经过?|不服|对)(?:行政)?复议(?:决定|结果)?(?:后|不服)?$")
_OF_EACH = re.compile(
    r"(?:其中|均|都|皆|全部|含|包括|不含|[较比与同]|同比|占|即|[件条份起宗次个万元]+$)|.{0,4}(?:见|表[一二三四\d]|附件|简称|口径|重复|来源)"
)  # in brackets: nothing of what is counted, but of each, or of where it stands
_FIELD = re.compile("(?:类|方面|领域)$")
_OF_BEFORE = re.compile("(?:均|全部|都|皆)(?:[为是系由]|属于?)")  # 收到9件，全部为自然人申请: said of the number before
_MATTER = re.compile(f"(?:其中)?围绕.+|.{{2,8}}{_FIELD.pattern}")  # 收到60件（围绕土地征收）
# What opens the clause of the number itself: 在安全生产领域作出行政处罚20件.
_OWN = re.compile("(?:在|对|针对|就|通过|以|经由?).{1,12}?(?:领域|行业|行为|平台|方式|渠道|窗口|途径|系统|大厅|名义)")
_OFTEN = "(?:多次|反复|频繁|[两2二]次以上)"
# 某企业一次提出申请5件; 多次申请的有12人，共提出申请45件
_BY_ONE_OF_THEM = re.compile(r"(?:某(?!些)|(?<!\d)0?[1一]\s?[家名位]|(?:0?[1一]|单)次性?(?:提出|提交|申请))[^，；。：]*$")
_BY_SOME = re.compile(rf"{_OFTEN}[^，；。]{{0,8}}[人名位户家]|[人名位户家][^，；。]{{0,4}}{_OFTEN}")
_ALL_OF_US = re.compile("全年|新收|收到|受理|接到")
_SHARE_OF_NEW = re.compile(r"\s?[，（]占[到比]?(?:全年|本年度?)?(?:新收|全部|所有|收到|受理|申请)[^，；。\d]{0,12}\d[\d.]*%")
# Between a number and what it is compared with.
_MARKS, _ASIDE = re.compile("[，；：]"), re.compile("（[^（）]*）")
_LOOKS = re.compile("(?:总体|整体|总的)?来?看|[经据]?统计|其中")
# What a reason tells apart.
_MATTERS = {ALL_CASES, "规范性文件废止件数", *DECIDED}


@dataclass(frozen=True, slots=True)
class Beside:
    """The clauses beside a number's own that have no number.

    Parameters
    ----------
    near : tuple of str
        Those between its own and the number before, the nearest first.
    far : tuple of str
        Those before other numbers of the same part of the sentence, which go on as long as the whole year is not named.
    behind : str
        The one behind it, also in brackets.
    bracketed : bool
        Whether it is in brackets.
    own : str
        What opens its own.
    """

    near: tuple[str, ...]
    far: tuple[str, ...]
    behind: str
    bracketed: bool
    own: str

    def course(self, meaning: Meaning | None, lead: str) -> str:
        """The kind of cases that brackets behind name, or the course of lawsuits that the clause right before does.

        尚未审结2件（复议）; 经复议后，起诉2件; '' for none.
        """
        if meaning and meaning.topic == CASE and self.bracketed and _KIND.fullmatch(self.behind):
            return case_of(self.behind)
        if not (meaning and meaning.topic == CASE and self.near and "诉" in lead):
            return ""
        text = self.near[0]
        course = COURSES[0] if _STRAIGHT.search(text) else COURSES[1] if _AFTER.search(text) else case_of(f"{text}起诉")
        return course if course in COURSES else ""

    def bound(self, meaning: Meaning | None) -> Meaning | None:
        """A meaning; where the clauses beside name nothing but one of its cells, the meaning of that cell.

        A reason behind the number may be that of all as well: 不予公开12件，系过程性信息.
        """
        if meaning is None or not meaning.row:
            return meaning
        is_apart = self.bracketed and meaning.name not in DIVIDED
        for text in (*self.near, _FIELD.sub("", self.behind) if is_apart else ""):
            if one := _named(text, meaning):
                row = one.row if one.family == meaning.name else meaning.row
                sure = meaning.sure and row in {one.row, "一"}
                return replace(meaning, name=one.name, cells=one.cells_of("", row), any=one.any, sure=sure,
                               row=row, family=one.family, group=one.group)  # fmt: skip
        one = _named(self.behind, meaning) if meaning.name in DIVIDED and self.behind else None
        if one and one.family == meaning.name:
            return replace(meaning, cells=(*one.cells, *meaning.cells), any=True)
        return meaning

    def weakened(
        self, said: Said | None, meaning: Meaning | None, names: tuple[str, ...], before: Said | None
    ) -> Said | None:
        """What a number is said of, less sure where the clauses beside narrow it.

        ``meaning`` is that of its words, ``names`` are the bureau's, ``before`` is what the number before is said of.
        """
        if said is None or not (said.sure or said.likely):
            return said
        is_reasoned = said.name in DIVIDED or bool(meaning and meaning.name in _MATTERS)
        frames = [one for one in (self.own, *self.near, *self.far) if is_reasoned or not _REASON.match(one)]
        if said.name in DIVIDED and _GROUND.match(self.behind):
            frames.append(self.behind)
        aside = [self.behind] if self.bracketed and not _OF_EACH.match(self.behind) else []
        frames += aside
        if any(map(_narrows, frames)) or any(_MATTER.fullmatch(one) and not words().broad.search(one) for one in aside):
            return replace(said, name=_SOME, group="", case="", result="", sure=False, likely=False, some=True)
        frames = [*self.near, *aside, *(self.far if before and before.narrowed else ())]
        told = [one for one in frames if not (one in names or words().done.search(one) or _compares(one))]
        is_open = any(map(_left, told))
        return replace(said, sure=False, likely=True, narrowed=True) if is_open else said


def beside(text: str, start: int, end: int) -> Beside:
    """The clauses beside a number of a sentence, which begins at ``start`` and ends at ``end``."""
    before = text[max(text.rfind("；", 0, start) + 1, start - FAR) : start]
    *clauses, own = _MARKS.split(_ASIDE.sub("", before).rpartition("（")[2])
    near: list[str] = []
    far: list[str] = []
    ends = _ALL if _LAST.search(before) else _WHOLE_YEAR  # 通过信函方式，上年收到20件，今年收到30件
    is_near, goes_on = True, not ends.search(own)
    for one in reversed(clauses):
        if _FIGURE.search(one):
            is_near = False
        elif is_near:
            near.append(one.strip())
        elif goes_on:
            far.append(one.strip())
        goes_on = goes_on and (is_near or not ends.search(one))
    if not is_near:
        near = [one for one in near if not _OF_BEFORE.match(one)]
    behind, opening = _BEHIND.match(text, end), _OWN.match(own)
    told = behind[2].strip() if behind and not _FIGURE.search(behind[2]) else ""
    is_bracketed = bool(told and behind and behind[1] == "（")
    return Beside(tuple(near), tuple(far), told, is_bracketed, opening[0] if opening else "")


def _left(text: str, meaning: Meaning | None = None) -> str:
    """What is left of a clause without what it names and without the words that narrow nothing."""
    known, named = words(), (meaning.words,) if meaning else ()
    return left(text, _THIS, *named, known.everybody, *known.topics.values(), known.joining)


def _compares(text: str) -> bool:
    """Whether a clause says no more than how the number before has changed: 与上年持平, 同比略有增加."""
    compare = words().compare
    return compare.mark.search(text) is not None and not _left(
        without(text, compare.near, compare.level, compare.mark, compare.up, compare.down, compare.manner)
    )


def _named(text: str, meaning: Meaning) -> Meaning | None:
    """The one row of a meaning, or the applicants, that a clause names and nothing else."""
    if words().broad.search(text):
        return None
    known = words().meanings[meaning.topic]
    named = (one for one in known if one.family == "申请人" or (one.row and one.family == meaning.name))
    return next((one for one in named if one.words.search(text) and not _left(text, one)), None)


def _narrows(text: str) -> bool:
    """Whether a clause tells which ones are counted, and not but how all of them came, or that they are of this year."""
    text = _THIS.sub("", text)  # 报告期内
    if words().broad.search(text) or not words().narrows.search(text):
        return False
    return _PLAIN.search(words().everybody.sub("", text)) is not None or bool(_left(text))


def is_by_some(found: Meaning, clause: Clause) -> bool:
    """Whether applications are some people's, who sent in several, or are a share of all that were received."""
    is_new = found.name in {"新收", "受理", "申请"}
    is_theirs = clause.tells_before(_BY_SOME) and not _ALL_OF_US.search(clause.text)
    is_of_one = (is_new or found.family == "申请人") and _BY_ONE_OF_THEM.search(clause.before) is not None
    return is_of_one or (is_new and (clause.goes_on(_SHARE_OF_NEW) or is_theirs))


def tells_between(clause: Clause) -> bool:
    """Whether a clause between a number and this one tells something else: 收到130件，均由网上提交，与上年持平."""
    text, count = clause.context.text, clause.lists.recent_count
    end = count.end - clause.span[0] if count else 0
    begin, compare = text.find(clause.text, max(0, end)), words().compare
    if end <= 0 or begin < 0:
        return False
    _, *clauses = _MARKS.split(_ASIDE.sub("", text[end:begin]))
    known = compare.mark, compare.up, compare.down, compare.manner, _LOOKS
    return any(left(one, *known).strip() for one in clauses)
