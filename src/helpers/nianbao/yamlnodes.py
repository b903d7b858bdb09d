"""A YAML text → its tree of nodes, within bounds: what no file of the kit has, is not built up in memory."""

from __future__ import annotations

import yaml

DEPTH = 30  # levels of lists and mappings, more than any file has
MOST_VALUES = 20_000  # keys, values and items

# The fast one; the other, in Python, takes no tab before a value.
LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class NotYaml(Exception):
    """A text that is no YAML, or none that the kit reads: its line from 1, and what is wrong there; '' for bad syntax."""

    def __init__(self, line: int, found: str = "", expected: str = "", action: str = "") -> None:
        super().__init__(found)
        self.line, self.found, self.expected, self.action = line, found, expected, action


def compose(text: str, most: int = MOST_VALUES) -> yaml.Node | None:
    """The root node of a text; ``None`` for an empty one.

    Parameters
    ----------
    most : int
        How many keys, values and items there may be.

    Raises
    ------
    NotYaml
        When the text is no YAML, has an alias, or is deeper or larger than any file.
    """
    try:
        # The events come one by one, so that what is too much is never held.
        _check(text, most)
        node: yaml.Node | None = yaml.compose(text, LOADER)
    except yaml.YAMLError as error:
        marks = [getattr(error, name, None) for name in ("problem_mark", "context_mark")]
        # An error at the end of the file is shown where the unclosed part begins. A forbidden character has only a position.
        written = text.encode()[: getattr(error, "position", None)].rstrip().count(b"\n")
        raise NotYaml(next((mark.line for mark in marks if mark and mark.line <= written), written) + 1) from error
    return node


def _check(text: str, most: int) -> None:
    depth = values = 0
    for event in yaml.parse(text, LOADER):
        opens = isinstance(event, yaml.CollectionStartEvent)
        depth += opens - isinstance(event, yaml.CollectionEndEvent)
        values += opens or isinstance(event, yaml.ScalarEvent)
        line = event.start_mark.line + 1 if event.start_mark else 1
        if depth > DEPTH:
            raise NotYaml(line, f"嵌套超过{DEPTH}层", "键: 值", "减少缩进的层次")
        if values > most:
            raise NotYaml(line, f"到这里已有{most}多个键和值", f"最多{most}个键和值", "核对是否放错了文件")
        if isinstance(event, yaml.AliasEvent):
            raise NotYaml(line, "使用了别名（*）", "直接写出值", "把别名换成它所指的值")
