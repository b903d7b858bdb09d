"""What bureau.yaml and report.yaml may hold, as types."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from nianbao import formatnames, reading
from nianbao.inputs.counted import with_unit
from nianbao.reading import Unknown
from nianbao.wording import UNFILLED
from nianbao.yamlfile import EVERY, Contract, from_text

if TYPE_CHECKING:
    from collections.abc import Callable

Day = Annotated[date, from_text(reading.day)]
MonthDay = Annotated[tuple[int, int], from_text(reading.month_day)]
Count = Annotated[int, from_text(reading.count), Field(gt=0)]
Yes = Annotated[bool, from_text(reading.yes)]
# A mark has no digits, so that no number can be declared to mean something else.
Mark = Annotated[str, Field(pattern="^[^0-9０-９]*$")]
Name = Annotated[str, Field(min_length=1)]
# A date, text or figure, or why it is unknown.
DayOrUnknown = Annotated[date | Unknown, from_text(lambda text: reading.unknown(text) or reading.day(text))]
TextOrUnknown = Annotated[str | Unknown, from_text(lambda text: reading.unknown(text) or text)]
# A figure may be left blank for a while: it is then 未填, which blocks publishing.
Figure = Annotated[Decimal | Unknown | None, BeforeValidator(lambda value: _filled(value, reading.unknown))]
Part = Annotated[Decimal | None, BeforeValidator(lambda value: _filled(value))]
_STARTS_AS_NUMBER = re.compile(r"[.,，．]|[^\w（(]*[\d¼½¾²³¹]")
MANY = 300  # facts, marks, local rows: more than any report has


def _filled(value: Any, also: Callable[[str], Any] = lambda _: None) -> Any:
    """A figure from its text, ``None`` for one that is not filled in; ``also`` reads what else it may be."""
    if value is None or value == UNFILLED:
        return None
    if not isinstance(value, str):
        raise ValueError("不是一行文字")
    said = also(value)
    if said is None:
        said = reading.numeral(value)
    return reading.decimal(value) if said is None else said


@dataclass(frozen=True, slots=True)
class MarkRule:
    """How a mark in a cell is read (0, 不适用 or 未填; ``None``: as it usually is), and whether it is printed as typed."""

    meaning: str | None
    printed: bool


def _mark_rule(text: str) -> MarkRule:
    words = text.split()
    meanings = [word for word in words if word != "print"]
    if not words or len(meanings) > 1 or not set(meanings) <= {"0", "不适用", "未填"}:
        raise ValueError("不是 0、不适用、未填 或 print")
    return MarkRule(meanings[0] if meanings else None, len(meanings) < len(words))


def _no_number(text: str) -> str:
    """What stands for 不适用 looks like no number: a reader would take it for one."""
    words = [char for char in text if char.isalpha() and not char.isnumeric() and char not in "元件"]
    if any(map(str.isnumeric, text)) and not words:
        raise ValueError("印出的文字不能是数字")
    return text


def _no_digit(text: str) -> str:
    """Printed behind a number, a unit that begins as one would make another of it: 1586 and 1 are 15861."""
    if _STARTS_AS_NUMBER.match(text):
        raise ValueError("单位的文字前面不能有数字或小数点")
    return text


def _for_every(value: Any) -> Any:
    """A text alone is for every key: ``lead: none``, ``marks: print``, ``format: "2019"``."""
    return {EVERY: value} if isinstance(value, str) else value


def _output(name: str) -> str:
    if name not in formatnames.names():
        raise ValueError("不是输出格式")
    return name


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Marks = Annotated[dict[Mark, Annotated[MarkRule, from_text(_mark_rule)]], BeforeValidator(_for_every)]
Leads = Annotated[dict[str, Literal["none", "auto"]], BeforeValidator(_for_every)]
LEADS = "none（不印导语）或 auto，或 {章的序号: none}，如 {二: none}"
# The term goes into a title that is a template.
Term = Annotated[str, Field(min_length=1, pattern=r"^[^{}\\]*$")]


class BureauParams(Contract):
    """``bureau.yaml``: the bureau itself, the same for every year."""

    name: Name = Field(title="机关全称", description="机关全称，如 定西市农业农村局")
    short: Name = Field(title="机关简称", description="机关简称，如 市农业农村局")
    level: Literal["国家", "省", "市", "县", "乡"] = Field(title="层级", description="国家、省、市、县、乡之一")
    parent: str | None = Field(None, title="上级机关", description="上级机关的编号，即 params/ 下的文件夹名，或其全称")
    issues: dict[str, Yes] = Field({}, title="可制发的文件", description="文件种类: 是或否，如 规章: 否")
    notebook: Name | None = Field(
        None, title="笔记本", description="相对于 bureau.yaml 的路径，在 params/ 或 notebooks/ 之内"
    )
    formats: Annotated[list[Annotated[str, AfterValidator(_output)]], BeforeValidator(formatnames.listed)] = Field(
        [], title="输出格式", description="发布的格式，如 html, pdf, docx；另有 fragment"
    )
    term: Term | None = Field(None, title="用语", description="代替“政府信息”的用语，如 政务信息")
    lead: Leads = Field({}, title="导语", description=LEADS)
    deadline: MonthDay | None = Field(None, title="公布期限", description="下一年的月和日，如 1-20 或 1月20日")
    cap: Count | None = Field(None, title="总体情况的字数", description="不超过的字数，如 1000")
    contact: str | None = Field(None, title="联系方式", description="一行文字")
    unbound: Literal["提示", "警告"] = Field(
        "提示", title="没有来源的数字", description="正文中没有来源的数字作提示还是警告：提示、警告之一"
    )


class FactParams(Contract):
    """One named figure of ``report.yaml``; the value keeps the digits it was written with. Its unit may stand behind it."""

    value: Figure = Field(
        title="数值",
        description="一个数字（如 15.67），暂缺的留空，或“未知：原因”；约数和打码的数字只能写在正文里",
    )
    unit: Annotated[str, AfterValidator(_no_digit)] = Field("", title="单位", description="单位，如 万次、条、项")
    parts: dict[str, Part] = Field({}, title="分项", description="分项名: 数字；各分项之和应等于数值")
    source: str | None = Field(None, title="来源", description="数据来源，一行文字")

    _unit_behind = model_validator(mode="before")(with_unit)


class NotApplicable(Contract):
    """How 不适用 is printed, and whether sums may count it as 0."""

    print: Annotated[str, AfterValidator(_no_number)] = Field(
        "不适用", title="印作", description="印出的文字，如 / 或 不适用；不是数字"
    )
    as_zero: Yes = Field(False, title="按0计", description="是或否")


class TableSettings(Contract):
    """What may stand beside a table in report.yaml, whether its cells stand there or in a file."""

    format: Annotated[dict[str, Name], BeforeValidator(_for_every)] = Field(
        {}, title="格式", description='格式编号，如 "2019"；只有一部分不同的，写 {部分标题: 格式编号}'
    )
    notes: Annotated[list[str], BeforeValidator(_listed)] = Field([], title="注", description="一行文字，或其列表")


class Acceptance(Contract):
    """A finding that the bureau has looked at and accepts."""

    code: Annotated[str, AfterValidator(str.upper)] = Field(
        title="编号", description="一条错误或警告的编号，如 E104", pattern=r"^[EWew]\d{3}$"
    )
    place: str = Field("", title="位置", description="核查发现所说的位置，如 一、总体情况；不写则不限位置")
    reason: Annotated[str, AfterValidator(reading.reason)] = Field(title="原因", description="为什么接受，一行文字")
    who: str = Field("", title="何人", description="一行文字")
    when: Day | None = Field(None, title="何时", description="日期，如 2021-02-05")


class ReportParams(Contract):
    """``report.yaml``: everything of one report that is neither narrative nor a table.

    A table may stand in the file too, under its id (``table3:``); `intake` reads it.
    """

    date: DayOrUnknown | None = Field(
        None, title="成文日期", description="日期，如 2021-02-05 或 2021年2月5日，或“未知：原因”"
    )
    number: TextOrUnknown | None = Field(
        None, title="文号", description="印在标题下的文号，如 示教发〔2021〕3号，或“未知：原因”"
    )
    date_below_title: Yes = Field(False, title="日期印在标题下", description="是或否")
    only_compared: Yes = Field(False, title="只供对照", description="是或否")
    format: str | None = Field(None, title="格式", description="格式编号，如 2019 或 2021；不写则按年度默认")
    signature: TextOrUnknown | None = Field(None, title="落款", description="发布机关署名，一般为机关全称，或“未知：原因”")
    editor: TextOrUnknown | None = Field(None, title="责任编辑", description="一行文字，或“未知：原因”")
    term: Term | None = Field(None, title="用语", description="代替“政府信息”的用语，如 政务信息；不写则同 bureau.yaml")
    lead: Leads = Field({}, title="导语", description=LEADS)
    facts: dict[str, FactParams] = Field({}, max_length=MANY, title="事实", description="名称: {value: 数字, unit: 单位}")
    marks: Marks = Field(
        {},
        max_length=MANY,
        title="记号的读法",
        description='记号（不含数字）: 0、不适用、未填，原样印出的加 print，如 "/": 不适用 print；或 print',
    )
    not_applicable: NotApplicable = Field(
        NotApplicable.model_validate({}), title="不适用", description="{print: 文字, as_zero: 是或否}"
    )
    extra_rows: dict[str, dict[str, Annotated[list[Name], Field(max_length=MANY)]]] = Field(
        {}, title="地方增加行", description="表: {部分标题: [行名]}，如 table2: {第二十条第（一）项: [其他主动公开文件]}"
    )
    accepted: list[Acceptance] = Field(
        [], max_length=MANY, title="接受的核查发现", description="{code: E104, place: 位置, reason: 原因} 的列表"
    )

    def mark(self, tight: str) -> MarkRule | None:
        """The rule that report.yaml gives for a mark; ``None`` without one."""
        return next((rule for key, rule in self.marks.items() if key != EVERY and reading.plain(key) == tight), None)

    def prints(self, mark: str) -> bool:
        """Whether a mark is printed as typed."""
        rule = self.mark(mark) or self.marks.get(EVERY)
        return rule is not None and rule.printed
