"""Whose a number is: of a matter that nobody here knows (土地权属纠纷受理12件), or ours of a whole that is not."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao.checks.prose.read.phrases import left
from nianbao.checks.prose.vocabulary import RECEIVES, THIS_YEAR
from nianbao.checks.prose.words import ALL_CASES, APPLIED, words

if TYPE_CHECKING:
    from nianbao.checks.prose.read.clause import Clause
    from nianbao.checks.prose.said import Said

# How cases of any kind are taken in, what is none, and who or what hands applications in.
_TAKES_IN = re.compile("受理|立案|核发|审批|查处|调处|调解|查办|收案|承办")
_APPLYING = re.compile("公开|信息|(?<!许可)(?<!审批)(?<!认定)(?<!登记)(?<!仲裁)申请")
_NO_MATTER = re.compile(
    "主动|组织|各类|各项|其中|规范|严格|妥善|认真|积极|快速|高效|高质量?|逐[一件]|市民|居民|村民|[线网][上下]"
)
_GIVES = re.compile(
    "[局厅委办室科处队所站院校厂司镇乡村区]$|中心|窗口|平台|系统|渠道|网站|部门|单位|机关|街道|通过|以|当面|信函"
)
_OF_OURS = re.compile("^[^，]*?(?:信息公开|依申请)(?:类|方面|领域|的|案件|申请|引发|引起|共|为|有)*$")
_THIS = re.compile(f"{THIS_YEAR}|全年度?")
_RECEIVES = re.compile(f"(?:{RECEIVES})(?:的)?(?:申请)?")


def is_of_another(clause: Clause, said: Said | None) -> bool:
    """Whether a number is the first of a matter that nobody here knows, and which has its own cases: 土地权属纠纷受理12件.

    Where the sentence has named applications, it takes a verb behind that matter to have them left.
    """
    context, lead, count, verb = clause.context, clause.text, clause.count, _TAKES_IN.search(clause.text)
    if not clause.first or clause.lists.current or not (count and count.unit) or count.unit not in words().case_units:
        return False
    is_of_any = said and (said.group or said.family == "去向" or said.name == "上年结转")
    known = said and (said.sure or said.likely or said.family or said.is_fact) and not is_of_any
    if known or words().begin.search(lead):
        return False
    named = context.named or context.goes_on
    if context.section or _APPLYING.search(lead) or (named and not verb):
        return False
    matter = lead[: verb.start()] if verb and named else lead
    of_applications = (one.words for one in words().meanings[APPLIED])
    matter = left(matter, *of_applications, _NO_MATTER, words().compare.not_difference, names=context.setting.names)
    return len(matter) > 1 and not _GIVES.search(matter)


def of_ours(clause: Clause) -> Said | None:
    """What is ours of a whole that is none of the tables': 行政诉讼22件，其中信息公开类2件; 全市收到430件，其中我局130件."""
    whole = clause.lists.whole
    if whole and whole.cells and not (whole.sure or whole.likely or whole.last or clause.not_ours) and _is_only_ours(clause):
        return replace(whole, count=clause.count, likely=True)
    if not whole or whole.family != ALL_CASES or not _OF_OURS.match(clause.text):
        return None
    for said in clause.lists.reading.said, clause.sentence.said:
        said[:] = [replace(one, sure=False, likely=False) if one is whole else one for one in said]
    return replace(whole, count=clause.count, sure=False, likely=True)


def _is_only_ours(clause: Clause) -> bool:
    """Whether the words of a part say no more than that it is this year's and this bureau's: 其中2024年, 其中我局收到."""
    text = clause.text
    for name in clause.context.setting.names:
        text = text.replace(name, "我局")
    known = words()
    text = known.begin.sub("", text)
    rest = known.ourselves.sub("", _THIS.sub("", text))
    return rest != text and known.filler.match(_RECEIVES.sub("", rest)) is not None
