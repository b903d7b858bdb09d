"""What style sheets and styles say of the elements of a page: the cascade of CSS, for the properties that are asked for."""

from __future__ import annotations

import re
from functools import lru_cache
from sys import maxsize
from typing import TYPE_CHECKING

import tinycss2

from nianbao.shown.htmltree import chosen
from nianbao.shown.selectors import selector

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from selectolax.lexbor import LexborNode
    from tinycss2.ast import Node

_SHEET = re.compile(r"<style([^>]*)>(.*?)</style>", re.S | re.I)
_MEDIA = re.compile(r"""\bmedia\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.I)
_GROUPS = {"supports", "layer", "container"}
# A person reads a page on a screen that is as wide as a desk's.
_OTHER_SCREENS = re.compile(r"max-(?:device-)?width|prefers-color-scheme\s*:\s*dark|portrait")
_Strength = tuple[bool, tuple[int, ...], int]  # important or not; attribute, sheet or style, then how exact; its place
_BROWSER, _OWN = (0, 0, 0, 0), (2, 0, 0, 0)


class TooMuch(Exception):
    """More style than was allowed."""


def styled(
    html: str, inside: LexborNode, names: frozenset[str], longest: int = maxsize, most: int = maxsize, medium: str = ""
) -> dict[int, dict[str, str]]:
    """What a page's sheets, its styles and ``hidden`` say of the elements inside of one.

    Parameters
    ----------
    html : str
        The page, which holds its sheets.
    names : frozenset of str
        The properties that are asked for.
    longest, most : int
        The most characters of sheets, and the most that they may say: each property of each element counts once a rule.
    medium : str
        As `rules`.

    Returns
    -------
    dict
        The number of each element (``mem_id``) of which something is said → property → value, in lower case.

    Raises
    ------
    TooMuch
        When there is more.
    """
    said: dict[int, dict[str, tuple[_Strength, str]]] = {}
    count = 0
    if sum(len(sheet) for _, sheet in _SHEET.findall(html)) > longest:
        raise TooMuch

    def note(node: LexborNode, name: str, strength: _Strength, value: str) -> None:
        before = said.setdefault(node.mem_id, {}).get(name)
        if before is None or before[0] <= strength:
            said[node.mem_id][name] = strength, value

    for node in inside.css("[hidden]"):
        note(node, "display", (False, _BROWSER, 0), "none")
    for place, (written, declared) in enumerate(rules(html, names, medium)):
        exact = selector(written)
        weight = (1, *(exact.weight if exact else (0, 0, 0)))
        meant = chosen(inside, written)
        count += len(meant) * len(declared)
        if count > most:
            raise TooMuch
        for node in meant:
            for name, is_important, value in declared:
                note(node, name, (is_important, weight, place), value)
    for node in inside.css("[style]"):
        for name, is_important, value in _in_style(node.attributes["style"] or "", names):
            note(node, name, (is_important, _OWN, 0), value)
    return {number: {name: value for name, (_, value) in about.items()} for number, about in said.items()}


def rules(html: str, names: frozenset[str], medium: str = "") -> Iterator[tuple[str, list[tuple[str, bool, str]]]]:
    """The selectors of a page's sheets with what each says of some properties, in order: name, important or not, value.

    Parameters
    ----------
    medium : str
        ``screen`` or ``print``: what the sheets say for it; without it only what they say for all.
    """
    for about, sheet in _SHEET.findall(html):
        found = _MEDIA.search(about)
        if not medium or not found or is_for(next(filter(None, found.groups()), ""), medium):
            yield from _rules(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True), names, medium)


def _rules(nodes: Iterable[Node], names: frozenset[str], medium: str) -> Iterator[tuple[str, list[tuple[str, bool, str]]]]:
    around = [iter(nodes)]
    while around:
        node = next(around[-1], None)
        if node is None:
            around.pop()
        elif node.type == "qualified-rule":
            if declared := list(_declared(tinycss2.parse_blocks_contents(node.content), names)):
                for written in tinycss2.serialize(node.prelude).split(","):
                    yield written.strip(), declared
        elif node.type == "at-rule" and medium and node.content is not None:
            asked = node.lower_at_keyword
            if asked in _GROUPS or (asked == "media" and is_for(tinycss2.serialize(node.prelude), medium)):
                around.append(iter(tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)))


def is_for(queries: str, medium: str) -> bool:
    """Whether a list of media queries is for a medium: ``screen`` or ``print``."""
    for one in queries.lower().split(","):
        words = one.split()
        is_not = words[:1] == ["not"]
        named = next((word for word in words if word not in {"not", "only"}), "all")
        kind = "all" if named.startswith("(") else named
        if (kind in {"all", medium}) != is_not and not _OTHER_SCREENS.search(one):
            return True
    return False


@lru_cache(maxsize=1_000)
def _in_style(style: str, names: frozenset[str]) -> list[tuple[str, bool, str]]:
    return list(_declared(tinycss2.parse_blocks_contents(style), names))


def _declared(nodes: Iterable[Node], names: frozenset[str]) -> Iterator[tuple[str, bool, str]]:
    for node in nodes:
        if node.type == "declaration" and node.lower_name in names:
            yield node.lower_name, node.important, tinycss2.serialize(node.value).strip().lower()
