"""What a format file may hold, as types."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from nianbao import reading
from nianbao.yamlfile import Contract, from_text

Year = Annotated[int, from_text(reading.count)]
Yes = Annotated[bool, from_text(reading.yes)]
Text = Annotated[str, Field(min_length=1)]
# A table's id names its CSV file and its key in report.yaml, whose other keys it must not take.
TableId = Annotated[str, Field(pattern="^table[a-z0-9_]*$")]
MANY = 300  # chapters, tables, headings, rules: many times as many as any statute has
EQUATION = "甲 + 乙 = 丙；上年的写 上年.甲"


def _node(value: Any) -> Any:
    """A heading may be written as its label alone."""
    return {"label": value} if isinstance(value, str) else value


class NodeContract(Contract):
    """One row or column heading."""

    label: Text = Field(title="标签", description="法定用语，逐字印出")
    parts: list[Heading] = Field([], max_length=MANY, title="下级", description="下级标签的列表")
    kind: Literal["count", "change", "money"] = Field("count", title="类别", description="count、change 或 money")
    unit: Literal["", "元", "万元", "亿元"] = Field("", title="单位", description="元、万元或亿元，只用于 money")
    repeats: Yes = Field(False, title="可有多行", description="是或否；只用于一级的行，如 政府集中采购")


Heading = Annotated[NodeContract, BeforeValidator(_node)]


class PartContract(Contract):
    """One block of a table with its own columns."""

    columns: list[Heading] = Field(title="栏目", description="栏目标签的列表", min_length=1, max_length=MANY)
    rows: list[Heading] = Field([], max_length=MANY, title="行", description="行标签的列表；不写则只有一行数字")
    title: str = Field("", title="部分标题", description="一行文字")
    stub: str = Field("", title="行名的栏名", description="一行文字，如 信息内容")
    corner: str = Field("", title="左上角", description="一行文字")


class IdentityContract(Contract):
    """A sum rule that has to hold."""

    code: str = Field(title="编号", description="核查发现的编号，E 加三位数字，如 E901", pattern="^E[0-9]{3}$")
    title: Text = Field(title="名称", description="不成立时的名称，如 表五合计不符")
    why: Text = Field(title="说明", description="nianbao explain 印出的说明")
    equation: Text = Field(title="勾稽关系", description=EQUATION)
    since: Year = Field(0, title="起始年度", description="自哪一报告年度起核对，如 2022")


class BoundContract(Contract):
    """A relation between headings that is usually a mistake."""

    code: str = Field(title="编号", description="核查发现的编号，W 加三位数字，如 W901", pattern="^W[0-9]{3}$")
    title: Text = Field(title="名称", description="出现时的名称")
    why: Text = Field(title="说明", description="nianbao explain 印出的说明")
    never: Text = Field(title="少见的关系", description="甲 > 乙，或 甲 + 乙 = 丙")


class ImpossibleContract(BoundContract):
    """A relation between headings that cannot be."""

    code: str = Field(title="编号", description="核查发现的编号，E 加三位数字，如 E902", pattern="^E[0-9]{3}$")
    never: Text = Field(title="不可能的关系", description="甲 > 乙，或 甲 - 乙 > 丙")


class TableContract(Contract):
    """One statutory table."""

    name: Text = Field(title="名称", description="正文引用的名称，如 表五")
    caption: Text = Field(title="表题", description="一行文字")
    parts: list[PartContract] = Field(title="部分", description="各部分的栏目和行", min_length=1, max_length=MANY)
    identities: list[IdentityContract] = Field(
        [], max_length=MANY, title="勾稽关系", description="{code: E901, title: 名称, why: 说明, equation: 甲 + 乙 = 丙}"
    )
    impossible: list[ImpossibleContract] = Field(
        [], max_length=MANY, title="不可能的关系", description="{code: E902, title: 名称, why: 说明, never: 甲 - 乙 > 丙}"
    )
    plausible: list[BoundContract] = Field(
        [], max_length=MANY, title="合理性", description="{code: W901, title: 名称, why: 说明, never: 甲 > 乙}"
    )
    needs_power: dict[str, str] = Field({}, title="需要的权限", description="行名: bureau.yaml 的 issues 中的文件种类")
    may_vanish: list[Text] = Field(
        [], max_length=MANY, title="可由多变0的行", description="上年有成百上千、本年为0也属正常的行，如 [二、上年结转]"
    )


class AspectContract(Contract):
    """One of the aspects that a chapter has to speak of."""

    heads: list[Text] = Field(max_length=MANY, title="小标题里的词", description="说明小标题讲的是这一方面的词，如 [平台]")
    words: list[Text] = Field(max_length=MANY, title="正文里的词", description="正文讲到这一方面的词，如 [网站, 公众号]")


class SectionContract(Contract):
    """One chapter."""

    heading: Text = Field(
        title="章标题", description="序号、顿号和标题，如 一、总体情况", pattern="^[一二三四五六七八九十]+、.+$"
    )
    table: str = Field("", title="本章的表", description="tables 中的编号，如 table2")
    words: list[Text] = Field(
        [], title="认得的措辞", description="机关写这一章标题时常用的词，有其一即认作本章，如 [主动公开]"
    )
    lead: str = Field("", title="导语", description="正文没有写这一章时印出的导语，可用占位符")
    required: Yes = Field(False, title="必写", description="是或否")
    start: str = Field("", title="起稿", description="nianbao new 为这一章写的内容")
    aspects: dict[Text, AspectContract] = Field(
        {}, max_length=MANY, title="须写的方面", description="方面: {heads: [小标题里的词], words: [正文里的词]}"
    )
    measures: list[Text] = Field(
        [], max_length=MANY, title="措施的词", description="写问题的一章里说明写了改进措施的词，如 [下一步, 加强]"
    )


class FormatContract(Contract):
    """A format file ``<id>.yaml``."""

    id: Text = Field(title="格式编号", description="与文件名相同")
    name: Text = Field(title="格式名称", description="一行文字，如 2021年格式")
    notice: Text = Field(title="依据", description="文号，如 国办公开办函〔2021〕30号")
    others: list[Text] = Field([], max_length=MANY, title="其他格式的依据", description="本格式的报告不会引用的文号")
    first_year: Year | None = Field(None, title="起始年度", description="自哪一年度起默认采用；不写则须在 report.yaml 指明")
    last_year: Year | None = Field(None, title="截止年度", description="默认采用到哪一年度；不写则一直采用")
    title: Text = Field(title="标题", description="含 {机关} 和 {年度} 的一行文字")
    sections: list[SectionContract] = Field(title="章", description="各章的列表", min_length=1, max_length=MANY)
    tables: dict[TableId, TableContract] = Field(
        title="表", description="编号: 表；编号即 CSV 文件名，以 table 开头，如 table5"
    )
