"""Gaps and lines between two digits of one number of a web page, which make two figures of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.importing.html.lengths import pixels
from nianbao.shown.htmltree import INLINE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from selectolax.lexbor import LexborNode

_NO_LINE = re.compile(r"none|hidden|initial|unset|0[.0]*[a-z]*")
_GAP, _DIGIT = 5, 7  # px between two digits of one number at most, and of a digit


def is_apart(node: LexborNode, about: Mapping[str, str]) -> bool:
    """Whether the style of an element makes two figures of one: a gap, or a line, between two digits."""
    if node.tag in {"td", "th"}:
        return False
    room = max(pixels(about.get(name, ""), 0) for name in ("width", "min-width", "letter-spacing"))
    own = "".join(node.text().split())
    is_wide = room > len(own) * _DIGIT + _GAP or pixels(about.get("letter-spacing", ""), 0) > _GAP
    left, right = (is_wide or _is_edge(about, side) for side in ("left", "right"))
    if not (left or right):
        return False
    before, after = _beside(node)
    return (left and before.isdigit() and (own or after)[:1].isdigit()) or (
        right and after.isdigit() and (own or before)[-1:].isdigit()
    )


def _is_edge(about: Mapping[str, str], side: str) -> bool:
    """Whether there is a gap or a line on one side of an element."""
    gap = sum(pixels(about.get(f"{name}-{side}", ""), 0) for name in ("margin", "padding"))
    line = about.get(f"border-{side}-style", "none"), about.get(f"border-{side}-width", "medium")
    return gap > _GAP or not any(map(_NO_LINE.fullmatch, line))


def _beside(node: LexborNode) -> tuple[str, str]:
    """The characters before and after an element in its line, '' for none."""
    found = []
    for step in ("prev", "next"):
        at, text = node, ""
        while not text and (at.mem_id == node.mem_id or at.tag in INLINE):
            one = getattr(at, step)
            while one is not None and not text:
                text = "".join((one.text() or "").split()) if one.tag not in {"script", "style", "-comment"} else ""
                one = getattr(one, step)
            if at.parent is None:
                break
            at = at.parent
        found.append(text)
    return found[0][-1:], found[1][:1]
