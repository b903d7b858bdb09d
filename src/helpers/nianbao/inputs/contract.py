"""The typed contract of the input files, and which reports there are to make.

YAML is read as text with line numbers (so that 007 stays 007 and a duplicate key is seen) and typed by pydantic; every
fault carries file, line, the label a person knows, what stands there and what was expected.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar, get_args, get_origin

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from helpers import reading, statute
from helpers.errors import UsageError
from helpers.findings import Finding, Source, nearest
from helpers.paths import ReportPaths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from pydantic_core import ErrorDetails

M = TypeVar("M", bound=BaseModel)

BUREAU_ID = re.compile(r"[a-z]+(-[a-z0-9]+)+")
YEAR = re.compile(r"(19|20)[0-9][0-9]")


def _from_text(reader: Callable[[str], Any]) -> BeforeValidator:
    """A reader of `reading` as a pydantic validator: a list or a mapping where a text belongs is refused, not crashed on."""

    def read(value: Any) -> Any:
        if not isinstance(value, str):
            raise ValueError("不是一行文字")
        return reader(value)

    return BeforeValidator(read)


Day = Annotated[date, _from_text(reading.day)]
Yes = Annotated[bool, _from_text(reading.yes)]
Amount = Annotated[Decimal, _from_text(reading.decimal)]
TableId = Annotated[str, Field(pattern="^table[23]$")]
# A number is no mark: none may be declared away.
Mark = Annotated[str, Field(pattern="^[^0-9０-９]*$")]
Name = Annotated[str, Field(min_length=1)]
# A figure, or the reason why it is unknown.
Figure = Annotated[Decimal | str, _from_text(lambda text: reading.unknown_reason(text) or reading.decimal(text))]


class _Contract(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class BureauParams(_Contract):
    """``bureau.yaml``: the bureau itself, the same for every year."""

    name: Name = Field(title="机关全称", description="机关全称，如 定西市农业农村局")
    short: Name = Field(title="机关简称", description="机关简称，如 市农业农村局")
    level: Literal["国家", "省", "市", "县", "乡"] = Field(title="层级", description="国家、省、市、县、乡之一")
    parent: str | None = Field(None, title="上级机关", description="上级机关的编号，即 params/ 下的文件夹名")
    issues: dict[str, Yes] = Field({}, title="可制发的文件", description="文件种类: 是或否，如 规章: 否")
    contact: str | None = Field(None, title="联系方式", description="一行文字")


class FactParams(_Contract):
    """One named figure of ``report.yaml``; the value keeps the digits it was written with."""

    value: Figure = Field(
        title="数值", description="一个不带单位的数字（如 15.67），或“未知：原因”；约数和打码的数字只能写在正文里"
    )
    unit: str = Field("", title="单位", description="单位，如 万次、条、项")
    parts: dict[str, Amount] = Field({}, title="分项", description="分项名: 数字；各分项之和应等于数值")
    source: str | None = Field(None, title="来源", description="数据来源，一行文字")


class NotApplicable(_Contract):
    """How 不适用 is printed, and whether sums may count it as 0."""

    print: str = Field("不适用", title="印作", description="印出的文字，如 / 或 不适用")
    as_zero: Yes = Field(False, title="按0计", description="是或否")


class ReportParams(_Contract):
    """``report.yaml``: everything of one report that is neither narrative nor a table file."""

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
    extra_rows: dict[TableId, dict[str, list[Name]]] = Field(
        {}, title="地方增加行", description="表: {部分标题: [行名]}，如 table2: {第二十条第（一）项: [其他主动公开文件]}"
    )
    table2: Any = Field(None, title="表二", description="行名: {栏目名: 数字}，或“未知：原因”")
    table3: Any = Field(None, title="表三", description="行名: {栏目名: 数字}，或“未知：原因”")
    table4: Any = Field(None, title="表四", description="栏目名: 数字，或“未知：原因”")


@dataclass(slots=True)
class Yaml:
    """A YAML file as text: nested dicts, lists and strings, with the line of every key and item."""

    name: str
    data: dict[str, Any] = field(default_factory=dict)
    lines: dict[tuple[str | int, ...], int] = field(default_factory=dict)
    faults: list[Finding] = field(default_factory=list)

    def source(self, *path: str | int) -> Source:
        """Where a key stands; a missing key points at its nearest existing parent."""
        while path and path not in self.lines:
            path = path[:-1]
        return Source(self.name, self.lines.get(path, 1))


def read_yaml(path: Path) -> Yaml:
    """Read one YAML file; never raises, its faults are in the result."""
    result = Yaml(path.name)
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = "文件不存在" if isinstance(error, FileNotFoundError) else "读不出来，或不是 UTF-8 编码"
        result.faults.append(
            Finding("F101", path.name, Source(path.name), why, "UTF-8 编码的 YAML 文件", "补上文件或另存为 UTF-8")
        )
        return result
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        aliases = [event for event in yaml.parse(text, loader) if isinstance(event, yaml.AliasEvent)]
        node = yaml.compose(text, loader)
    except yaml.YAMLError as error:
        marks = [getattr(error, name, None) for name in ("problem_mark", "context_mark")]
        # At the end of the file the problem is what was opened and never closed; a forbidden character has a position only.
        written = text.encode()[: getattr(error, "position", None)].rstrip().count(b"\n")
        line = next((mark.line for mark in marks if mark and mark.line <= written), written) + 1
        near = text.split("\n")[line - 1].strip()[:60]
        action = "检查缩进、冒号后的空格；以 - * & @ % 开头的值请加引号"
        result.faults.append(
            Finding("F102", near or path.name, Source(path.name, line), near or "无法解析", "YAML 语法", action)
        )
        return result
    if aliases:
        line = aliases[0].start_mark.line + 1  # type: ignore[union-attr]
        result.faults.append(
            Finding("F102", path.name, Source(path.name, line), "使用了别名（*）", "直接写出值", "把别名换成它所指的值")
        )
    elif isinstance(node, yaml.MappingNode):
        result.data = _convert(node, (), result)
    elif node is not None and _convert(node, (), result) is not None:
        result.faults.append(
            Finding("F102", path.name, Source(path.name, 1), "顶层不是“键: 值”", "键: 值", "每行写一个键和它的值")
        )
    return result


def _convert(node: yaml.Node, path: tuple[str | int, ...], result: Yaml) -> Any:
    result.lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        return [_convert(item, (*path, index), result) for index, item in enumerate(node.value)]
    if not isinstance(node, yaml.MappingNode):
        return None if node.tag.endswith(":null") and node.value in {"", "~", "null"} else str(node.value)
    values: dict[str, Any] = {}
    for key_node, value in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            source, action = Source(result.name, line), "含有 { } [ ] 的值请加引号"
            result.faults.append(Finding("F102", result.name, source, "键不是一行文字", "键: 值", action))
            continue
        key = str(key_node.value)
        if key in values:
            first = result.lines[(*path, key)]
            source = Source(result.name, line)
            result.faults.append(Finding("F103", key, source, f"第{first}行已写过“{key}”", "每个键只写一次", "删去其中一处"))
            continue
        result.lines[(*path, key)] = line
        values[key] = _convert(value, (*path, key), result)
    return values


def typed(model: type[M], file: Yaml) -> M | None:
    """The file's data as the contract's type; ``None``, with the faults added to the file's, where it breaks it."""
    if any(fault.code in {"F101", "F102"} for fault in file.faults):
        return None
    try:
        return model.model_validate(file.data)
    except ValidationError as error:
        file.faults.extend(_fault(model, file, one) for one in error.errors())
        return None


def _fault(model: type[BaseModel], file: Yaml, error: ErrorDetails) -> Finding:
    """One pydantic error in Chinese. Total by construction: what was expected comes from the field, not from the error."""
    kind, found = error["type"], error["input"]
    path = tuple(step for step in error["loc"] if step != "[key]")
    label, expected, siblings = _describe(model, path)
    source = file.source(*path)
    if kind == "extra_forbidden":
        shown, known = f"未知的键“{path[-1]}”{nearest(str(path[-1]), siblings)}", "、".join(siblings)
        return Finding("F104", label, source, shown, f"以下各键之一：{known}", "改正或删去")
    if kind == "missing":
        return Finding("F105", label, source, f"没有“{path[-1]}”", expected, f"补上 {path[-1]}:")
    shown = "（空）" if found is None else f"“{found}”" if isinstance(found, str) else "一组值"
    if isinstance(found, str) and kind == "value_error":
        shown += f"（{error['ctx']['error']}）"
    return Finding("F106", label, source, shown, expected, "按“应为”一栏改写")


def _describe(model: type[BaseModel], path: tuple[str | int, ...]) -> tuple[str, str, list[str]]:
    """Label, expectation and the keys known beside it, for a place in the contract."""
    labels, expected, here, siblings = [], "", model, []  # type: list[str], str, Any, list[str]
    for step in path:
        if isinstance(here, type) and issubclass(here, BaseModel):
            siblings = list(here.model_fields)
            info = here.model_fields.get(str(step))
            labels.append(info.title or str(step) if info else str(step))
            expected = info.description or "" if info else ""
            here = info.annotation if info else None
        else:
            labels.append(str(step))
            here = get_args(here)[-1] if get_origin(here) in {dict, list} else None
    return " · ".join(labels), expected, siblings


@dataclass(frozen=True, slots=True)
class Selection:
    """The reports that were asked for, in the order of bureau and year, and what is wrong with the folders themselves."""

    reports: tuple[ReportPaths, ...]
    faults: tuple[Finding, ...]


def select(params: Path, bureaus: Iterable[str] = (), years: Iterable[int] = ()) -> Selection:
    """Bureaus × years → reports; empty means all.

    Raises
    ------
    UsageError
        When a named bureau does not exist, or nothing is selected.
    """
    bureaus, years = list(bureaus), list(years)
    try:
        folders = sorted(folder for folder in params.iterdir() if folder.is_dir() and not folder.name.startswith((".", "_")))
    except OSError as error:
        raise UsageError(f"cannot read {params}: {error.strerror}") from error
    names = [folder.name for folder in folders]
    for bureau in bureaus:
        if bureau not in names:
            raise UsageError(f"no bureau “{bureau}” in {params}{nearest(bureau, names)}")
    reports, faults = [], []
    for folder in folders:
        if bureaus and folder.name not in bureaus:
            continue
        if not BUREAU_ID.fullmatch(folder.name):
            faults.append(_misnamed(folder, "机关编号", "小写字母、数字和连字符，如 dingxi-nyncj"))
            continue
        for inner in sorted(entry for entry in folder.iterdir() if entry.is_dir() and not entry.name.startswith((".", "_"))):
            if not YEAR.fullmatch(inner.name):
                faults.append(_misnamed(inner, "报告年度", "四位数的年度，如 2024"))
            elif not years or int(inner.name) in years:
                reports.append(ReportPaths(params, folder.name, int(inner.name)))
    if not reports and not faults:
        raise UsageError(f"nothing selected in {params}: no folder <bureau>/<year>/ matches")
    return Selection(tuple(reports), tuple(faults))


def _misnamed(folder: Path, label: str, expected: str) -> Finding:
    where = Source(f"{folder.parent.name}/{folder.name}")
    return Finding("F107", label, where, f"文件夹名“{folder.name}”", expected, "改名；备份请移出 params/，或在名前加 _")


def format_of(report: ReportParams | None, year: int, file: Yaml) -> statute.Format | None:
    """The format a report takes, named or by year; ``None``, with a fault, when there is none."""
    known = statute.formats()
    choices = "、".join(f"{one.id}（{one.name}）" for one in known.values())
    if report and report.format:
        if report.format not in known:
            found = f"“{report.format}”{nearest(report.format, known)}"
            action = "改用已有的格式，或新增格式文件"
            file.faults.append(Finding("F106", "格式", file.source("format"), found, choices, action))
            return None
        return known[report.format]
    chosen = statute.default_format(year)
    if chosen is None:
        found, action = f"{year}年没有默认格式", "核对年度，或用 format: 指明格式"
        file.faults.append(Finding("F107", "报告年度", file.source("format"), found, choices, action))
    return chosen
