"""The one value in which the kit says that something is wrong, and the catalogue of its codes.

A *fault* (F…) cannot be rendered and blocks the report, even as a draft. The others can be rendered: an *error* (E…) blocks
publishing, a *warning* (W…) and a *note* (I…) do not.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

SEVERITIES = {"F": "故障", "E": "错误", "W": "警告", "I": "提示"}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value came from, as a person would point at it.

    ``file`` is relative to the report's folder; ``line`` counts from 1; ``cell`` is a spreadsheet address such as ``D5``.
    """

    file: str
    line: int | None = None
    cell: str | None = None

    def __str__(self) -> str:
        where = self.file
        if self.line is not None:
            where += f" 第{self.line}行"
        if self.cell is not None:
            where += f" {self.cell}格"
        return where


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found wrong or worth knowing; all texts are Chinese.

    Parameters
    ----------
    code : str
        A key of `CATALOGUE`.
    place : str
        What a person sees there: the label of the cell, key or paragraph.
    source : Source or None
        File, line and cell.
    found, expected, action : str
        What stands there, what should, and what to do.
    """

    code: str
    place: str
    source: Source | None
    found: str
    expected: str = ""
    action: str = ""

    @property
    def severity(self) -> str:
        """故障, 错误, 警告 or 提示."""
        return SEVERITIES[self.code[0]]

    @property
    def title(self) -> str:
        """The catalogue's short name of this kind of finding."""
        return CATALOGUE[self.code].title

    def __str__(self) -> str:
        head = f"[{self.severity} {self.code}] {self.title}：{self.place}"
        lines = [f"{head}（{self.source}）" if self.source else head, f"  实际：{self.found}"]
        if self.expected:
            lines.append(f"  应为：{self.expected}")
        if self.action:
            lines.append(f"  处理：{self.action}")
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Entry:
    """A kind of finding: short title, why it matters, and its source in law or notice where there is one."""

    title: str
    why: str


def nearest(name: str, known: Iterable[str]) -> str:
    """``，是否为“…”？`` with the nearest known name, or nothing when none is near."""
    close = get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f"，是否为“{close[0]}”？" if close else ""


def blocks(findings: Iterable[Finding]) -> bool:
    """Whether any of the findings forbids publishing."""
    return any(finding.code[0] in "FE" for finding in findings)


def tally(found: Iterable[Finding]) -> str:
    """``错误 2，提示 1``: how many of each severity, gravest first."""
    names = [finding.severity for finding in found]
    return "，".join(f"{name} {names.count(name)}" for name in SEVERITIES.values() if name in names)


CATALOGUE: dict[str, Entry] = {
    "F101": Entry("文件无法读取", "文件不存在、没有读取权限，或不是可识别的文本编码（UTF-8、UTF-16、GBK）。"),
    "F102": Entry(
        "YAML 语法错误", "文件不符合 YAML 语法，常见原因是缩进、冒号后缺空格，或值以 - * & 等符号开头而未加引号。"
    ),
    "F103": Entry("键重复", "同一层里同一个键写了两次。只取其中之一就等于丢掉另一个，因此不作猜测。"),
    "F104": Entry("未知的键", "这个键不在约定之内，多半是拼写错误；未知的键一律不忽略。"),
    "F105": Entry("缺少必填项", "报告没有这一项就无法生成。"),
    "F106": Entry("值不符合要求", "值的类型、格式或范围不符合约定。"),
    "F107": Entry("年度或日期不可能", "没有任何格式适用于该年度，或报告落款日期早于下一年度开始。"),
    "F108": Entry("表格缺失或给出两次", "每张法定表格须且只须给出一次：CSV 文件，或写在 report.yaml 中。"),
    "F109": Entry("不会读取的文件", "文件夹里有一个不会读取的数据文件，多半是文件名写错了；其中的数字会因此丢失。"),
    "F201": Entry("表格的栏目对不上", "表头、行名与法定格式不一致，无法确定数字属于哪一格；数字不作猜测。"),
    "F202": Entry("单元格不是数字", "法定表格的格子只接受数字、不适用、未填或“未知：原因”；不从文字里摘取数字。"),
    "F203": Entry("表格属于另一种格式", "表格的栏目与另一种法定格式一致，与本报告采用的格式不一致。"),
    "F204": Entry("多出的单元格", "一行中有超出表头的内容，无法确定其归属。"),
    "F301": Entry("正文模板语法错误", "narrative.md 中的 {{ }} 或 {% %} 写法有误，或用了不支持的语句。"),
    "F302": Entry("名称未定义", "正文引用的事实、表格、行或列不存在，多半是拼写错误。"),
    "F303": Entry("值不能参与计算", "正文用一个未知、不适用或未填的格子作比较或计算，结果没有意义。"),
    "F304": Entry("章节标题无法对应", "正文的“## ”标题须以本格式的章节序号（一、二、…）开头，且每章只出现一次。"),
    "F305": Entry("正文内容无法安全排版", "正文引用的图片读不到，或含有不允许出现的 HTML。"),
    "E101": Entry("标题、日期或落款未填", "年度报告须有标题、成文日期和发布机关署名。"),
    "E102": Entry("单元格未填", "法定表格不得留空：没有发生的填 0，确不适用的填“不适用”，无从得知的填“未知：原因”。"),
    "E103": Entry("正文留有待填标记", "正文里还有【 】标记的待填内容，不得发布。"),
    "E104": Entry("正文章节未写", "一、五两章由机关撰写，没有内容不得发布（条例第五十条）。"),
    "E201": Entry("清单合计不符", "清单总数应等于各分项之和。"),
    "E211": Entry(
        "现行有效件数结转不符", "上年现行有效 + 本年制发 − 本年废止 = 本年现行有效（2021年格式，自2022年度起核对）。"
    ),
    "E212": Entry(
        "上一年项目数量结转不符", "本年的“上一年项目数量”应等于上年报告的“上一年项目数量 + 本年增/减”（2019年试行格式）。"
    ),
    "E301": Entry("表三列勾稽不符", "每一列：一、新收 + 二、上年结转 = 三、（七）总计 + 四、结转下年度。"),
    "E302": Entry("表三行合计不符", "每一行：自然人与法人或其他组织各类之和 = 总计。"),
    "E303": Entry("表三办理结果合计不符", "每一列：（一）至（六）各项之和 = （七）总计。"),
    "E304": Entry("上年结转不符", "本年“二、上年结转”应等于上年报告“四、结转下年度继续办理”，跨格式同样适用。"),
    "E401": Entry("表四合计不符", "行政复议和两类行政诉讼，各组四项之和 = 总计。"),
    "W201": Entry("制发件数多于现行有效件数", "当年制发的文件多于年末现行有效的文件，除非当年即废止，通常是填错了列。"),
    "W202": Entry(
        "无规章制定权的机关填报规章", "规章只能由有权机关制定（立法法）；县级部门、乡镇和市级部门填报规章通常是填错了行。"
    ),
    "W203": Entry("事项与件数疑似混填", "“上一年项目数量 + 本年增/减”恰等于“处理决定数量”，多半是把办理件数当成了事项数。"),
    "W204": Entry("金额没有单位", "表头没有单位而格中只有数字，无从判断是元还是万元。"),
    "I101": Entry("数据未知", "数据声明为未知，报告中如实标明。"),
    "I102": Entry("无法核对", "勾稽关系涉及未知、不适用或未填的格子，不能判定成立与否。"),
    "I103": Entry("按近似或位置识别", "栏目名与法定名称不完全一致，按规范化名称或位置识别，请确认。"),
    "I104": Entry("没有上年报告可供核对", "结转关系需要上年报告；没有上年报告时无法核对。"),
    "I105": Entry("记号的读法", "格中的记号按约定读作不适用或 0，请确认。"),
    "I106": Entry("换算了单位", "金额按表头的单位作了换算，数值不变。"),
    "I107": Entry("文件编码", "文件不是 UTF-8，按识别出的编码读取。"),
    "I108": Entry(
        "段落之间没有空行", "空行才分段：上一行句子已完、下一行紧接着写，会连成一段印出。从 Word 粘贴的文字常见这种情况。"
    ),
}
