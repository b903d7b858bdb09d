"""What HTML holds and no browser shows: such words are on no page, in whatever format. Whether all of it is so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.shown.htmltree import body_of
from nianbao.shown.rules import sheets_of
from nianbao.shown.sheets import styled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

# What of clean HTML is seen although it is no text.
_SEEN = re.compile(r"<(?:img|math|hr|table)\b")
_SHEET = re.compile(r"<style[^>]*>.*?</style>", re.S)
_TAG = re.compile("<[^>]*>")
_HIDING = re.compile(
    r"(?:display|visibility)\s*(?::|\\)[^;}\"']*(?:none|hidden|collapse)|<[a-z][^>]*\shidden\b|anim-controls", re.I
)
_HINTS = ("none", "hidden", "collapse", "anim-controls")  # what each of these has in it
_HIDES = {("display", "none"), ("visibility", "hidden"), ("visibility", "collapse")}
# What only a program moves: matplotlib's player of an animation.
_PLAYER = "div.anim-controls"


def without_hidden(html: str) -> str:
    """HTML without the elements that its own style sheets, a style or ``hidden`` hide; any other HTML as it is."""
    low = html.lower()
    if not any(hint in low for hint in _HINTS) or not _HIDING.search(html):  # the pattern takes its time
        return html
    body = body_of(f"<body>{html}")
    said = styled(body, frozenset(name for name, _ in _HIDES), sheets_of(body)).said
    gone = {number for number, about in said.items() if not _HIDES.isdisjoint(about.items())}
    gone |= {player.parent.mem_id for player in body.css(_PLAYER) if player.parent}
    # The outermost only: what lies in them goes with them.
    for node in [one for one in body.css("*") if one.mem_id in gone and one.tag not in {"style", "body"}]:
        if not any(around.mem_id in gone for around in _around(node)):
            node.decompose()
    return body.inner_html or ""


def is_blank(clean_html: str) -> bool:
    """Whether nothing of clean HTML is seen."""
    return not _SEEN.search(clean_html) and not _TAG.sub("", _SHEET.sub("", clean_html)).strip()


def _around(node: LexborNode) -> Iterator[LexborNode]:
    while around := node.parent:
        yield around
        node = around
