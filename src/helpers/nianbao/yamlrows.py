"""A YAML file that is a list of mappings → rows, whose values are typed as YAML types them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from nianbao.findings import Finding, Source
from nianbao.yamlfile import SYNTAX, YamlFile, not_as_expected, tree_of
from nianbao.yamlnodes import LOADER

if TYPE_CHECKING:
    from pathlib import Path

MOST_VALUES = 200_000  # as many as a file of the allowed size may hold


class _PlainLoader(LOADER):  # type: ignore[valid-type, misc]  # libyaml's, or PyYAML's own
    """Types numbers, truths and nulls; a date stays a text, which `reading` reads, and says where it is none."""

    yaml_implicit_resolvers = {  # noqa: RUF012  as PyYAML declares it
        first: [(tag, pattern) for tag, pattern in known if tag != "tag:yaml.org,2002:timestamp"]
        for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


@dataclass(frozen=True, slots=True)
class YamlRow:
    """One item of a YAML list: its line, its values as text and as YAML types them, and the line of each value."""

    line: int
    texts: dict[str, Any]
    values: dict[str, Any]
    lines: dict[str, int]


class Word(str):
    """A text as it was typed on a command line."""

    __slots__ = ()

    @property
    def taken(self) -> Any:
        """What YAML takes it for; the text itself where it is no YAML."""
        try:
            return yaml.load(str(self), _PlainLoader)
        except (yaml.YAMLError, ValueError, TypeError, AttributeError, RecursionError):
            return str(self)


def read_rows_of(path: Path) -> tuple[list[YamlRow], list[Finding]]:
    """The items of a YAML file that is a list of mappings.

    Never raises; the faults come with what could be read.
    """
    file = YamlFile(path.name)
    items = tree_of(path, file, most=MOST_VALUES)
    items = [] if items is None else items
    if file.faults:
        return [], file.faults
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        not_as_expected(file, "顶层不是一列“键: 值”", "- 键: 值", "每次运行写一项，以“- ”开头")
        return [], file.faults
    try:
        # Tags such as !!int may not fit what they stand before.
        typed_items = yaml.load(file.text, _PlainLoader) or []
    except (yaml.YAMLError, ValueError, TypeError, AttributeError) as error:
        action = "去掉以 ! 开头的类型标记"
        file.faults.append(Finding(SYNTAX, path.name, Source(path.name, 1), str(error)[:80], "不带类型标记的值", action))
        return [], file.faults
    rows = []
    for index, (item, values) in enumerate(zip(items, typed_items, strict=True)):
        lines = {key: file.lines[index, key] for key in item}
        # By position: YAML types a key too, and a text such as yes is no longer found under its name.
        both = dict(zip(item, values.values(), strict=True)) if len(item) == len(values) else item
        rows.append(YamlRow(file.lines[index,], item, both, lines))
    return rows, []
