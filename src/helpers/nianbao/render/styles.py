"""CSS made safe to publish: it computes and decorates, but it loads nothing, says nothing, hides nothing and moves nothing.

A page shows on the screen what it shows on paper, where a style sheet has no effect but that of its colours (`colours`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import tinycss2
from tinycss2.serializer import serialize_identifier

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tinycss2.ast import Node

# Functions that compute a value. All others are left out: many load something, and new ones may.
_FUNCTIONS = {
    "rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color", "color-mix", "light-dark", "var", "calc",
    "min", "max", "clamp", "linear-gradient", "radial-gradient", "conic-gradient", "repeating-linear-gradient",
    "repeating-radial-gradient", "repeating-conic-gradient", "translate", "translatex", "translatey", "rotate", "scale",
    "repeat", "minmax", "fit-content", "cubic-bezier", "steps",
}  # fmt: skip
_VALUES = {"whitespace", "comment", "ident", "number", "percentage", "dimension", "hash", "literal"}
_GROUPS = {"() block", "[] block"}
# Elsewhere a string is text on the page, which only a browser would show.
_WITH_STRINGS = {"font", "font-family"}
# What numbers and marks of lists look like, which other formats have in one way only.
_MARKS = ("list-style", "counter-")
_CONDITIONS = {"media", "supports"}
# What hides, covers or reorders.
_HIDING = {
    "position", "z-index", "inset", "top", "right", "bottom", "left", "visibility", "content-visibility", "opacity", "zoom",
    "transform", "translate", "scale", "rotate", "clip", "clip-path", "mask", "filter", "direction", "unicode-bidi",
    "writing-mode", "order", "flex-direction", "flex-flow", "text-indent", "all",
}  # fmt: skip


@lru_cache(maxsize=1024)
def safe_style(css: str) -> str:
    """The declarations of a ``style`` attribute that neither load nor say anything."""
    try:
        return "; ".join(_declarations(tinycss2.parse_blocks_contents(css, skip_comments=True, skip_whitespace=True)))
    except RecursionError:
        return ""


def safe_sheet(css: str, inside: str = "") -> str:
    """A style sheet with its rules, and those for media, but no imports and fonts; '' when it is nested too deep to read.

    With ``inside``, a selector, its rules reach only what lies inside of such an element.
    """
    try:
        rules = "".join(_rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), inside))
    except RecursionError:
        return ""
    # Only a string can hold one, and a page has < at the beginning of tags only.
    return rules.replace("<", "\\3c ")


def _rules(nodes: Iterable[Node], inside: str) -> Iterator[str]:
    for node in nodes:
        condition = node.type == "at-rule" and node.lower_at_keyword in _CONDITIONS and node.content is not None
        if not (condition or node.type == "qualified-rule") or any(one.type == "error" for one in node.prelude):
            continue
        if not condition and "&" in tinycss2.serialize(node.prelude):
            continue  # `:not(&)` is what lies outside of the rule around it
        content = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
        # A rule within a rule is already inside.
        within = inside if condition else ""
        parts = [f"{one};" for one in _declarations(content)] + [one.rstrip() for one in _rules(content, within)]
        head = f"@{node.lower_at_keyword} " if condition else ""
        selector = tinycss2.serialize(node.prelude).strip() if condition or not inside else _limited(node.prelude, inside)
        if parts:
            yield f"{head}{selector} {{ {' '.join(parts)} }}\n"


def _limited(prelude: Sequence[Node], inside: str) -> str:
    """A list of selectors, each for what lies inside of another."""
    selectors: list[list[Node]] = [[]]
    for node in prelude:
        if node == ",":
            selectors.append([])
        else:
            selectors[-1].append(node)
    return ", ".join(f"{inside} {tinycss2.serialize(one).strip()}" for one in selectors)


def _declarations(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        if node.type != "declaration" or node.lower_name.startswith(_MARKS) or _hides(node):
            continue
        if all(_is_safe(one, node.lower_name in _WITH_STRINGS) for one in node.value):
            value = tinycss2.serialize(node.value).strip() + (" !important" if node.important else "")
            yield f"{serialize_identifier(node.name)}: {value}"


def _hides(declaration: Node) -> bool:
    name, value = declaration.lower_name.removeprefix("-webkit-").removeprefix("-moz-"), declaration.value
    if name in _HIDING or name.startswith("mask-"):
        return True
    if name.startswith("margin") and any(
        one.type in {"number", "dimension", "percentage"} and one.value < 0 for one in value
    ):
        return True
    if name == "display":
        return any(one.type == "ident" and one.lower_value in {"none", "contents"} for one in value)
    sizes = [one for one in value if one.type in {"number", "dimension", "percentage"}]
    return name == "font-size" and any(one.value <= 0 for one in sizes)


def _is_safe(node: Node, strings: bool) -> bool:
    if node.type == "function":
        return node.lower_name in _FUNCTIONS and all(_is_safe(one, strings) for one in node.arguments)
    if node.type in _GROUPS:
        return all(_is_safe(one, strings) for one in node.content)
    return node.type in _VALUES or (strings and node.type == "string")
