"""What HTML holds and no browser shows: such words are on no page, in whatever format."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import tinycss2

from nianbao.render.htmltree import body_of, chosen
from nianbao.render.selectors import selector

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from selectolax.lexbor import LexborNode
    from tinycss2.ast import Node

_HIDING = re.compile(
    r"(?:display|visibility)\s*(?::|\\)[^;}\"']*(?:none|hidden|collapse)|<[a-z][^>]*\shidden\b|anim-controls", re.I
)
_SHEET = re.compile(r"<style[^>]*>(.*?)</style>", re.S | re.I)
_HIDES = {("display", "none"), ("visibility", "hidden"), ("visibility", "collapse")}
# What only a program moves: matplotlib's player of an animation.
_PLAYER = "div.anim-controls"
_Strength = tuple[bool, tuple[int, ...], int]  # important or not; attribute, sheet or style, then how exact; its place
_BROWSER, _OWN = (0, 0, 0, 0), (2, 0, 0, 0)


def without_hidden(html: str) -> str:
    """HTML without the elements that its own style sheets, a style or ``hidden`` hide; any other HTML as it is."""
    if not _HIDING.search(html):
        return html
    body = body_of(f"<body>{html}")
    said: dict[int, dict[str, tuple[_Strength, bool]]] = {}

    def note(node: LexborNode, property_: str, strength: _Strength, hides: bool) -> None:
        before = said.setdefault(node.mem_id, {}).get(property_)
        if before is None or before[0] <= strength:
            said[node.mem_id][property_] = strength, hides

    for node in body.css("[hidden]"):
        note(node, "display", (False, _BROWSER, 0), True)
    for place, (written, declared) in enumerate(_rules(html)):
        exact = selector(written)
        weight = (1, *(exact.weight if exact else (0, 0, 0)))
        for node in chosen(body, written):
            for property_, is_important, hides in declared:
                note(node, property_, (is_important, weight, place), hides)
    for node in body.css("[style]"):
        for property_, is_important, hides in _declared(tinycss2.parse_blocks_contents(node.attributes["style"] or "")):
            note(node, property_, (is_important, _OWN, 0), hides)
    gone = {number for number, about in said.items() if any(hides for _, hides in about.values())}
    gone |= {player.parent.mem_id for player in body.css(_PLAYER) if player.parent}
    # The outermost only: what lies in them goes with them.
    for node in [one for one in body.css("*") if one.mem_id in gone and one.tag not in {"style", "body"}]:
        if not any(around.mem_id in gone for around in _around(node)):
            node.decompose()
    return body.inner_html or ""


def _around(node: LexborNode) -> Iterator[LexborNode]:
    while around := node.parent:
        yield around
        node = around


def _rules(html: str) -> Iterator[tuple[str, list[tuple[str, bool, bool]]]]:
    """The selectors of the style sheets with what each says of being seen, in order."""
    for sheet in _SHEET.findall(html):
        for node in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
            if node.type == "qualified-rule" and (declared := list(_declared(tinycss2.parse_blocks_contents(node.content)))):
                for written in tinycss2.serialize(node.prelude).split(","):
                    yield written.strip(), declared


def _declared(nodes: Iterable[Node]) -> Iterator[tuple[str, bool, bool]]:
    for node in nodes:
        if node.type == "declaration" and node.lower_name in {"display", "visibility"}:
            value = tinycss2.serialize(node.value).strip().lower()
            yield node.lower_name, node.important, (node.lower_name, value) in _HIDES
