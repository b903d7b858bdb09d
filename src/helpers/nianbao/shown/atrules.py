"""The at-rules of style sheets that have a name: fonts, properties that a page makes up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import tinycss2

from nianbao.shown.media import holds
from nianbao.shown.rules import DEEPEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tinycss2.ast import Node

    from nianbao.shown.rules import Sheet


def at_rules(sheets: Iterable[Sheet], named: str) -> Iterator[Node]:
    """The at-rules whose name ends so, in groups too; those for another medium than the screen are none."""
    texts = [
        one for one in sheets if (named in one.text.lower() or "\\" in one.text) and holds(one.media, "screen") is not False
    ]
    nodes = [node for one in texts for node in one.nodes]
    for _ in range(DEEPEST):
        groups = []
        for node in nodes:
            if node.type != "at-rule" or node.content is None:
                continue
            if node.lower_at_keyword.endswith(named):
                yield node
            elif node.lower_at_keyword != "media" or holds(tinycss2.serialize(node.prelude), "screen") is not False:
                groups.append(node)
        nodes = [one for node in groups for one in tinycss2.parse_rule_list(node.content, True, True)]


def registered_in(sheets: Iterable[Sheet]) -> dict[str, tuple[str, bool]]:
    """The properties that a page makes up by ``@property`` → what they say at first, and whether it is passed on."""
    found: dict[str, tuple[str, bool]] = {}
    for node in at_rules(sheets, "property"):
        about = {
            one.lower_name: tinycss2.serialize(one.value).strip().lower()
            for one in tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
            if one.type == "declaration"
        }
        name = tinycss2.serialize(node.prelude).strip().lower()
        found[name] = about.get("initial-value", ""), about.get("inherits") != "false"
    return found
