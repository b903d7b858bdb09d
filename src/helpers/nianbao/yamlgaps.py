"""The gaps of a YAML file, filled in: blank values and missing keys; whatever somebody has written there stays."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from nianbao.yamlkey import quoted
from nianbao.yamlnodes import NotYaml, compose

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")  # which is read as it is written
_WORD = re.compile("(?!(?:yes|no|on|off|true|false|null|y|n)$)[a-z]+")  # a key that YAML takes for a text
_SPACES = re.compile("[ \t]*")


class _Edit(NamedTuple):
    """What takes the place of the characters from ``start`` to ``end``."""

    start: int
    end: int
    text: str


def filled(text: str, given: Mapping[str, Any]) -> str:
    """A file with the values that it does not have yet, as it is where it cannot be read.

    What stands there is neither replaced nor moved; who gives a value for it compares what comes out.

    Parameters
    ----------
    given : mapping
        Values by key, in as many levels as the file has; ``None`` is blank.
    """
    try:
        root = compose(text)
    except NotYaml:
        return text
    edits = [*_of(root, given, text)] if isinstance(root, yaml.MappingNode) else []
    for one in sorted(edits, reverse=True):
        text = f"{text[: one.start]}{one.text}{text[one.end :]}"
    return text


def in_line(values: Mapping[str, Any]) -> str:
    """Values by key as YAML in one line, without the braces around them; ``None`` is blank."""
    return ", ".join(f"{_key(name)}: {_source(value)}" for name, value in values.items())


def _of(there: yaml.MappingNode, given: Mapping[str, Any], text: str) -> Iterator[_Edit]:
    """What changes in a mapping."""
    known = {key.value: (key, value) for key, value in there.value if isinstance(key, yaml.ScalarNode)}
    for name in given.keys() & known.keys():
        key, node = known[name]
        if _is_blank(node):
            yield _behind(key, node, _source(given[name]), text)
        elif isinstance(node, yaml.MappingNode) and isinstance(given[name], dict):
            yield from _of(node, given[name], text)
    if missing := {name: value for name, value in given.items() if name not in known}:
        yield _added(there, missing, text)


def _is_blank(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and not node.style and node.value in {"", "~", "null", "未填"}


def _behind(key: yaml.Node, node: yaml.Node, source: str, text: str) -> _Edit:
    """A value where a blank one stands; blanks before a comment stay."""
    if node.value:
        return _Edit(node.start_mark.index, node.end_mark.index, source)
    start = text.index(":", key.end_mark.index) + 1
    end = _SPACES.match(text, start).end()  # type: ignore[union-attr]  # it matches anything
    return _Edit(start, start if text[end : end + 1] == "#" else end, f" {source}" if source else "")


def _added(there: yaml.MappingNode, missing: Mapping[str, Any], text: str) -> _Edit:
    """Keys behind those of a mapping: before its closing brace, or on lines of their own."""
    if there.flow_style:
        end = there.end_mark.index - 1
        comma = ", " if there.value and not text[:end].rstrip().endswith(",") else ""
        return _Edit(end, end, comma + in_line(missing))
    first = there.value[0][0].start_mark
    lines = (f"{' ' * first.column}{_key(name)}: {_source(value)}".rstrip() for name, value in missing.items())
    last = _last(there)
    at = first.index - first.column if last is None else text.find("\n", last) + 1 or len(text)
    before = "\n" if at and text[at - 1] != "\n" else ""
    return _Edit(at, at, before + "".join(f"{line}\n" for line in lines))


def _last(node: yaml.MappingNode) -> int | None:
    """Where the last line of a mapping has its value; ``None`` where that is a block whose end is not known."""
    key, value = node.value[-1]
    if isinstance(value, yaml.MappingNode) and not value.flow_style:
        return _last(value)
    is_known = value.flow_style if isinstance(value, yaml.CollectionNode) else value.style not in {"|", ">"}
    return max(key.end_mark.index, value.end_mark.index) if is_known else None


def _key(name: str) -> str:
    return name if _WORD.fullmatch(name) else quoted(name, may_be_plain=True)


def _source(value: Any) -> str:
    """A value as YAML: a number as it is written, a text, values by key."""
    if isinstance(value, dict):
        return f"{{{in_line(value)}}}"
    if value is None:
        return ""
    return value if _NUMBER.fullmatch(value) else quoted(value, may_be_plain=True)
