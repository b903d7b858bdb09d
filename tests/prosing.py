# ruff: noqa: E501  (sentences on one line)
"""Reports whose tables hold known values, with a text in one chapter: what the tests of prose share."""

import re
from decimal import Decimal

from making import make
from nianbao.checks.accepted import accepted
from nianbao.checks.prose.accounts import How, accounted
from nianbao.checks.prose.rule import prose
from nianbao.narrative.passages import compose

VALUES = {
    "表三": {
        ("一", "总计"): 130, ("一", "自然人"): 120, ("一", "商业企业"): 7, ("一", "法人或其他组织", "其他"): 3, ("二", "总计"): 4,
        ("三（一）", "总计"): 50, ("三（二）", "总计"): 9, ("三（三）1", "总计"): 20, ("三（三）6", "总计"): 12,
        ("三（四）1", "总计"): 20, ("三（四）2", "总计"): 6, ("三（五）2", "总计"): 1, ("三（六）1", "总计"): 6,
        ("三（六）3", "总计"): 4, ("三（七）", "总计"): 128, ("四", "总计"): 6,
    },
    "表四": {
        ("行政复议", "总计"): 9, ("行政复议", "结果维持"): 6, ("行政复议", "结果纠正"): 1, ("行政复议", "尚未审结"): 2,
        ("行政诉讼", "未经复议直接起诉", "总计"): 3, ("行政诉讼", "未经复议直接起诉", "结果维持"): 3,
        ("行政诉讼", "复议后起诉", "总计"): 2, ("行政诉讼", "复议后起诉", "结果维持"): 1,
        ("行政诉讼", "复议后起诉", "尚未审结"): 1,
    },
    "表二": {
        ("行政规范性文件", "本年制发件数"): 5, ("行政规范性文件", "本年废止件数"): 12, ("行政规范性文件", "现行有效件数"): 25,
        ("行政许可", "本年处理决定数量"): 1513, ("行政处罚", "本年处理决定数量"): 44,
        ("行政事业性收费", "本年收费金额（单位：万元）"): Decimal("8.5"),
    },
}  # fmt: skip
LAST = {"表三": {("一", "总计"): 100, ("三（七）", "总计"): 96, ("四", "总计"): 4}, "表四": {("行政复议", "总计"): 3}}
CHAPTERS = {
    "one": "## 一、总体情况",
    "two": "## 二、主动公开政府信息情况",
    "three": "## 三、收到和处理政府信息公开申请情况",
    "four": "## 四、政府信息公开行政复议、行政诉讼情况",
    "five": "## 五、存在的主要问题及改进情况",
    "six": "## 六、其他需要报告的事项",
}
OF_PROSE = re.compile("[EW]50")


def report(where, text, values=VALUES, last=LAST, **more):
    """A report whose tables hold ``values``, with a text in one chapter."""
    texts = dict.fromkeys(CHAPTERS, "见表。") | {where: text}
    narrative = "\n\n".join(f"{CHAPTERS[one]}\n\n{texts[one]}" for one in CHAPTERS)
    return make(2024, values, make(2023, last) if isinstance(last, dict) else last, narrative, **more)


def said(made):
    """What a check finds in the text beside the tables, gravest first, by the one rule that reads it: all take thrice as long."""
    found = accepted(made, [*prose(made, compose(made))])
    return sorted((one for one in found if OF_PROSE.match(one.code)), key=lambda one: one.severity.rank)


def other(sentences, values=VALUES, last=LAST):
    """The sentences, each with its chapter and one code, whose findings are not of that code alone; '' for no finding."""
    told = [(text, code, {one.code for one in said(report(where, text, values, last))}) for where, text, code in sentences]
    return [(text, code, found) for text, code, found in told if found != ({code} if code else set())]


def unbound(made):
    return [one.text for one in accounted(made, compose(made)) if one.how is How.UNBOUND]
