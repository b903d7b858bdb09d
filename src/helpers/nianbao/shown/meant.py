"""For which elements of a page a selector of CSS is meant, and how exact it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import tinycss2

from nianbao.shown.htmltree import chosen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from selectolax.lexbor import LexborNode
    from tinycss2.ast import Node

Weight = tuple[int, int, int]
# What a page looks like before anyone touches it.
_TOUCHED = re.compile(r"(?<!\bnot\():(?:hover|active|focus|focus-within|focus-visible|visited|target)(?![\w-])", re.I)
_LINK = re.compile(r":(?:any-)?link(?![\w-])", re.I)
PARTS = ("before", "after", "marker")
_ADDED = re.compile(rf"::?({'|'.join(PARTS)})(?![\w-])", re.I)
_FIRST = re.compile(r"::?(?:first-(?:letter|line)|details-content)(?![\w-])", re.I)
_LISTED = re.compile(r"\([^()]*\)")
_ANY = re.compile(r"::?[a-z-]+(?:\((?:[^()]|\([^()]*\))*\))?", re.I)
_SUMS = {"is", "not", "has", "matches", "-webkit-any"}


class Meant(NamedTuple):
    """The elements, and whether they are these; ``is_certain`` is ``False`` where it may be fewer, or parts of them."""

    nodes: list[LexborNode]
    is_certain: bool = True


def meant(inside: LexborNode, written: str) -> Meant:
    """The elements inside of one for which a selector is meant; what stands before or after their words is none of them."""
    written = _LINK.sub("[href]", written.replace(":scope", ":root"))
    whole = _without_lists(written)
    if _TOUCHED.search(whole) or _ADDED.search(whole):
        return Meant([])
    if _FIRST.search(written):
        return Meant(chosen(inside, _FIRST.sub("", written).strip() or "*") or [], is_certain=False)
    if "::" in whole:
        return Meant([])
    found = chosen(inside, written)
    if found is not None:
        return Meant(found)
    return Meant(chosen(inside, _ANY.sub("", written).strip() or "*") or [], is_certain=False)


def _without_lists(written: str) -> str:
    """A selector without those that stand in it: of ``:is(:hover, .x)`` one may be meant where the other is not."""
    while (inner := _LISTED.sub("", written)) != written:
        written = inner
    return written


def before_or_after(inside: LexborNode, written: str, part: str) -> Meant:
    """The elements before or after whose words a selector has something stand; ``part`` is ``before`` or ``after``."""
    found = _ADDED.search(written)
    if not found or found[1].lower() != part or _TOUCHED.search(_without_lists(written)):
        return Meant([])
    return meant(inside, _ADDED.sub("", written).strip() or "*")


def weight(written: str) -> Weight:
    """How exact a selector is: of two rules the one with the more exact selector wins."""
    return _weight(tinycss2.parse_component_value_list(written))


def _weight(tokens: Sequence[Node]) -> Weight:
    names = classes = tags = 0
    before = ""
    for at, token in enumerate(tokens):
        is_double = before == ":" and at > 1 and tokens[at - 2] == ":"
        if token.type == "hash":
            names += 1
        elif token.type == "[] block" or (token.type == "ident" and before in {".", ":"} and not is_double):
            classes += 1
        elif token.type == "ident":
            tags += 1
        elif token.type == "function" and token.lower_name in _SUMS:
            most = _most(token.arguments)
            names, classes, tags = names + most[0], classes + most[1], tags + most[2]
        elif token.type == "function" and token.lower_name != "where":
            classes += 1
        before = token.value if token.type == "literal" else ""
    return names, classes, tags


def _most(tokens: Iterable[Node]) -> Weight:
    """The weight of the most exact selector of a list."""
    parts: list[list[Node]] = [[]]
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return max(map(_weight, parts))
