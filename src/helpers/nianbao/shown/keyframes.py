"""The animations that style sheets name (``@keyframes``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import tinycss2

from nianbao.shown.atrules import at_rules

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nianbao.shown.rules import Sheet


def keyframes_in(sheets: Iterable[Sheet]) -> dict[str, list[tuple[str, str]]]:
    """The animations by their names, in lower case: when, and what is said then.

    Where several have one name, the frames of all are given: which of them holds, nobody tells here.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for node in at_rules(sheets, "keyframes"):
        frames = found.setdefault(tinycss2.serialize(node.prelude).strip("\"' \n\t").lower(), [])
        for one in tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True):
            if one.type == "qualified-rule":
                frames.append((tinycss2.serialize(one.prelude).lower(), tinycss2.serialize(one.content)))
    return found
