"""Read a YAML file as text with the line of every key.

YAML is read as text, so that 007 stays 007 and a duplicate key is seen; `yamltyped` then converts each value to its type.
Every fault carries file, line, the label a person knows, what stands there and what was expected.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict

from nianbao import yamlslips
from nianbao.characters import refused_in
from nianbao.findings import Finding, Kind, Severity, Source
from nianbao.inputfiles import read_file
from nianbao.textfile import REFUSED, TOO_MUCH, UNREADABLE, escaped, first_of, read_text
from nianbao.yamlnodes import MOST_VALUES, NotYaml, compose

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable
    from pathlib import Path

    from nianbao.yamlbraces import Slip

SYNTAX = Kind("F102", Severity.FAULT, "YAML 语法错误")
DUPLICATE_KEY = Kind("F103", Severity.FAULT, "键重复")
UNKNOWN_KEY = Kind("F104", Severity.FAULT, "未知的键")
MISSING = Kind("F105", Severity.FAULT, "缺少必填项")
EVERY = "\0"  # the key that stands for all keys: lead: none; no YAML file can hold it
BAD_VALUE = Kind("F106", Severity.FAULT, "值不符合要求")


# A file with one of these is not typed.
UNUSABLE = {UNREADABLE, REFUSED, TOO_MUCH, SYNTAX}


def from_text(reader: Callable[[str], Any]) -> BeforeValidator:
    """Turn a function of `reading` into a pydantic validator, which refuses a list or mapping instead of crashing."""

    def read(value: Any) -> Any:
        if not isinstance(value, str):
            raise ValueError("不是一行文字")
        return reader(value)

    return BeforeValidator(read)


class Contract(BaseModel):
    """Base class of the types of YAML files. Unknown keys are refused.

    In a fault, a field's title is the label, and its description says what was expected.
    """

    # Each type is prepared when it is first used, so that the command starts fast.
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, defer_build=True)


@dataclass(slots=True)
class YamlFile:
    """A YAML file as text: nested dicts, lists and strings, with the line of every key and item."""

    name: str
    data: dict[str, Any] = field(default_factory=dict)
    lines: dict[tuple[str | int, ...], int] = field(default_factory=dict)
    faults: list[Finding] = field(default_factory=list)
    blocks: set[tuple[str | int, ...]] = field(default_factory=set)
    """The keys whose text stands on the lines below them (``key: |``)."""
    notes: list[Finding] = field(default_factory=list)
    text: str = field(default="", repr=False)
    odd: set[int] = field(default_factory=set)
    """The lines of ``{…}`` with a part that has no colon, which is seldom meant."""
    unread: set[tuple[str | int, ...]] = field(default_factory=set)
    """The keys, and items below them, whose values could not be typed; () for the whole file."""

    def source(self, *path: str | int) -> Source:
        """Where a key stands; a missing key points at its nearest existing parent."""
        while path and path not in self.lines:
            path = path[:-1]
        return Source(self.name, self.lines.get(path, 1))


def read_yaml(path: Path, name: str = "", read: Callable[[Path], bytes] = read_file) -> YamlFile:
    """Read one YAML file; never raises, the result holds the faults.

    Parameters
    ----------
    name : str
        What findings call the file, if not by its name.
    read : callable
        What opens it: `InputFiles.read` for the files of params.
    """
    result = YamlFile(name or path.name)
    data = tree_of(path, result, read)
    if isinstance(data, dict):
        result.data = data
    elif data is not None:
        not_as_expected(result, "顶层不是“键: 值”", "键: 值", "每行写一个键和它的值")
    return result


def tree_of(path: Path, into: YamlFile, read: Callable[[Path], bytes] = read_file, most: int = MOST_VALUES) -> Any:
    """What a YAML file holds, as dicts, lists and texts; ``None`` for an empty file, and for no YAML, which is a fault.

    With more than ``most`` keys and values it is none that the kit reads.
    """
    node = _compose(path, into, read, most)
    data = None if node is None else _convert(node, (), into)
    # An empty value at the end of the file stands behind its last line.
    last = into.text.count("\n") + 1
    into.lines |= {path: last for path, line in into.lines.items() if line > last}
    if into.odd:
        into.faults.extend(slips_in(into, into.odd))
    into.faults[:] = first_of(into.name, into.faults)
    return data


def not_as_expected(file: YamlFile, found: str, expected: str, action: str) -> None:
    """Add the slips that made something else of the whole file, or a fault that says what it is."""
    slips = slips_in(file, range(1, file.text.count("\n") + 2))
    file.faults.extend(slips or [Finding(SYNTAX, file.name, Source(file.name, 1), found, expected, action)])


def slips_in(file: YamlFile, within: Container[int] | None = None) -> list[Finding]:
    """The slips of the hand in a file, on the lines ``within`` where it can be read, as faults."""
    return [slip_at(file, one) for one in yamlslips.slips(file.text, within)]


def with_slips(file: YamlFile, faults: Iterable[Finding]) -> list[Finding]:
    """Faults that were found in the values of a file, each replaced by the slips on its lines, where there are any."""
    told: list[Finding] = []
    for fault in first_of(file.name, list(faults)):
        at = fault.source.line if fault.source and fault.source.file == file.name else None
        told += (slips_in(file, yamlslips.block(file.text, at)) if at else []) or [fault]
    return list(dict.fromkeys(told))


def slip_at(file: YamlFile, slip: Slip) -> Finding:
    """The fault of a slip in a file."""
    place = file.text.split("\n")[slip.line - 1].strip()[:60]
    return Finding(SYNTAX, place, Source(file.name, slip.line), slip.found, slip.expected, slip.action)


def _compose(path: Path, result: YamlFile, read: Callable[[Path], bytes], most: int) -> yaml.Node | None:
    """The file's tree; ``None``, with a fault, for a file that is no YAML, and for an empty one."""
    file = read_text(path, result.name, "UTF-8 编码的 YAML 文件", read=read)
    result.text = file.text
    result.faults.extend(file.faults)
    result.notes.extend(file.notes)
    try:
        return None if file.faults else compose(file.text, most)
    except NotYaml as error:
        near = file.text.split("\n")[error.line - 1].strip()[:60]
        if error.found:
            source = Source(result.name, error.line)
            result.faults.append(Finding(SYNTAX, near, source, error.found, error.expected, error.action))
            return None
        slips = slips_in(result)
        # YAML stops at a slip or behind it, so an error before the first one is another.
        if not slips or error.line < min(one.source.line or 0 for one in slips if one.source):
            action = "检查缩进、冒号后的空格；以 - * & @ % 开头的值请加引号"
            source = Source(result.name, error.line)
            slips.insert(0, Finding(SYNTAX, near or result.name, source, near or "无法解析", "YAML 语法", action))
        result.faults.extend(slips)
        return None


def _convert(node: yaml.Node, path: tuple[str | int, ...], result: YamlFile) -> Any:
    result.lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        return [_convert(item, (*path, index), result) for index, item in enumerate(node.value)]
    if not isinstance(node, yaml.MappingNode):
        if getattr(node, "style", "") in {"|", ">"}:
            result.blocks.add(path)
        _check_escapes(node, result)
        return None if node.tag.endswith(":null") and node.value in {"", "~", "null"} else str(node.value)
    values: dict[str, Any] = {}
    for key_node, value in node.value:
        line = key_node.start_mark.line + 1
        if node.flow_style and value.start_mark.index == value.end_mark.index == key_node.end_mark.index:
            result.odd.add(line)
        if not isinstance(key_node, yaml.ScalarNode):
            source, action = Source(result.name, line), "含有 { } [ ] 的值请加引号"
            result.faults.append(Finding(SYNTAX, result.name, source, "键不是一行文字", "键: 值", action))
            continue
        _check_escapes(key_node, result)
        key = str(key_node.value)
        if key in values:
            first = result.lines[(*path, key)]
            source = Source(result.name, line)
            result.faults.append(
                Finding(DUPLICATE_KEY, key, source, f"第{first}行已写过“{key}”", "每个键只写一次", "删去其中一处")
            )
            continue
        result.lines[(*path, key)] = line
        values[key] = _convert(value, (*path, key), result)
    return values


def _check_escapes(node: yaml.Node, result: YamlFile) -> None:
    """Add a fault for a character that the text was freed of, and that an escape brings back."""
    if "\\" in result.text and (char := refused_in(node.value)):
        result.faults.append(escaped(result.name, node.start_mark.line + 1, char))
