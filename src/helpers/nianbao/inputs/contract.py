"""What bureau.yaml and report.yaml may hold, as types."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from nianbao import reading
from nianbao.yamlfile import Contract, from_text

Day = Annotated[date, from_text(reading.day)]
Yes = Annotated[bool, from_text(reading.yes)]
Amount = Annotated[Decimal, from_text(reading.decimal)]
# A mark has no digits, so that no number can be declared to mean something else.
Mark = Annotated[str, Field(pattern="^[^0-9０-９]*$")]
Name = Annotated[str, Field(min_length=1)]
# A figure, or the reason why it is unknown.
Figure = Annotated[Decimal | str, from_text(lambda text: reading.unknown_reason(text) or reading.decimal(text))]


class BureauParams(Contract):
    """``bureau.yaml``: the bureau itself, the same for every year."""

    name: Name = Field(title="机关全称", description="机关全称，如 定西市农业农村局")
    short: Name = Field(title="机关简称", description="机关简称，如 市农业农村局")
    level: Literal["国家", "省", "市", "县", "乡"] = Field(title="层级", description="国家、省、市、县、乡之一")
    parent: str | None = Field(None, title="上级机关", description="上级机关的编号，即 params/ 下的文件夹名")
    issues: dict[str, Yes] = Field({}, title="可制发的文件", description="文件种类: 是或否，如 规章: 否")
    notebook: Name | None = Field(
        None, title="笔记本", description="相对于 bureau.yaml 的路径，在 params/ 或 notebooks/ 之内"
    )
    contact: str | None = Field(None, title="联系方式", description="一行文字")


class FactParams(Contract):
    """One named figure of ``report.yaml``; the value keeps the digits it was written with."""

    value: Figure = Field(
        title="数值", description="一个不带单位的数字（如 15.67），或“未知：原因”；约数和打码的数字只能写在正文里"
    )
    unit: str = Field("", title="单位", description="单位，如 万次、条、项")
    parts: dict[str, Amount] = Field({}, title="分项", description="分项名: 数字；各分项之和应等于数值")
    source: str | None = Field(None, title="来源", description="数据来源，一行文字")


class NotApplicable(Contract):
    """How 不适用 is printed, and whether sums may count it as 0."""

    print: str = Field("不适用", title="印作", description="印出的文字，如 / 或 不适用")
    as_zero: Yes = Field(False, title="按0计", description="是或否")


class ReportParams(Contract):
    """``report.yaml``: everything of one report that is neither narrative nor a table.

    A table may stand in the file too, under its id (``table3:``); `intake` reads it.
    """

    date: Day | None = Field(None, title="成文日期", description="日期，如 2021-02-05 或 2021年2月5日")
    format: str | None = Field(None, title="格式", description="格式编号，如 2019 或 2021；不写则按年度默认")
    signature: str | None = Field(None, title="落款", description="发布机关署名，一般为机关全称")
    editor: str | None = Field(None, title="责任编辑", description="一行文字，或“未知：原因”")
    facts: dict[str, FactParams] = Field({}, title="事实", description="名称: {value: 数字, unit: 单位}")
    marks: dict[Mark, Literal["0", "不适用", "未填"]] = Field(
        {}, title="记号的读法", description='记号（不含数字）: 0、不适用或未填，如 "/": 不适用'
    )
    not_applicable: NotApplicable = Field(
        NotApplicable.model_validate({}), title="不适用", description="{print: 文字, as_zero: 是或否}"
    )
    extra_rows: dict[str, dict[str, list[Name]]] = Field(
        {}, title="地方增加行", description="表: {部分标题: [行名]}，如 table2: {第二十条第（一）项: [其他主动公开文件]}"
    )
