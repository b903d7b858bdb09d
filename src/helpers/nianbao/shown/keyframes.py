"""The animations that style sheets name (``@keyframes``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import tinycss2

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tinycss2.ast import Node

    from nianbao.shown.rules import Sheet

_DEEPEST = 8  # of groups in groups


def keyframes_in(sheets: Iterable[Sheet]) -> dict[str, list[tuple[str, str]]]:
    """The animations by their names, in lower case: when, and what is said then."""
    texts = [one for one in sheets if "keyframes" in one.text.lower()]
    return {name: frames for one in texts for name, frames in _keyframes(one.nodes, 0)}


def _keyframes(nodes: Iterable[Node], depth: int) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    for node in nodes:
        if node.type != "at-rule" or node.content is None or depth > _DEEPEST:
            continue
        inside = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
        if node.lower_at_keyword.endswith("keyframes"):
            rules = [one for one in inside if one.type == "qualified-rule"]
            frames = [(tinycss2.serialize(one.prelude).lower(), tinycss2.serialize(one.content)) for one in rules]
            yield tinycss2.serialize(node.prelude).strip("\"' \n\t").lower(), frames
        else:
            yield from _keyframes(inside, depth + 1)
