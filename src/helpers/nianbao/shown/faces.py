"""The fonts that a page brings with it (``@font-face``)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import tinycss2

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tinycss2.ast import Node

    from nianbao.shown.rules import Sheet

_RANGE = re.compile(r"u\+([0-9a-f?]{1,6})(?:-([0-9a-f]{1,6}))?")
_DEEPEST = 8  # of groups in groups


class Face(NamedTuple):
    """A font: the name that the page gives it, where it is read from, and the characters that it is for."""

    family: str
    source: str
    range: str

    @property
    def has_digits(self) -> bool:
        """Whether it may be used for digits."""
        found = _RANGE.findall(self.range)
        ends = ((first.replace("?", "0"), last or first.replace("?", "f")) for first, last in found)
        return not found or any(int(begin, 16) <= ord("9") and int(end, 16) >= ord("0") for begin, end in ends)


def faces_in(sheets: Iterable[Sheet]) -> list[Face]:
    """The fonts that style sheets name, in lower case."""
    return [face for sheet in sheets if "@font-face" in sheet.text.lower() for face in _faces(sheet.nodes, 0)]


def _faces(nodes: Sequence[Node], depth: int) -> Iterator[Face]:
    for node in nodes:
        if node.type != "at-rule" or node.content is None or depth > _DEEPEST:
            continue
        if node.lower_at_keyword != "font-face":
            yield from _faces(tinycss2.parse_rule_list(node.content, True, True), depth + 1)
            continue
        about: dict[str, str] = {}
        for one in tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True):
            if one.type == "declaration":
                said = tinycss2.serialize(one.value).strip().lower()
                about[one.lower_name] = f"{about.get('src', '')} {said}" if one.lower_name == "src" else said
        yield Face(about.get("font-family", "").strip("\"' "), about.get("src", ""), about.get("unicode-range", ""))
