"""CSS made safe to publish: it computes and decorates, but loads nothing and says nothing."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import tinycss2
from tinycss2.serializer import serialize_identifier

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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


@lru_cache(maxsize=1024)
def safe_style(css: str) -> str:
    """The declarations of a ``style`` attribute that neither load nor say anything."""
    try:
        return "; ".join(_declarations(tinycss2.parse_blocks_contents(css, skip_comments=True, skip_whitespace=True)))
    except RecursionError:
        return ""


def safe_sheet(css: str) -> str:
    """A style sheet with its rules, and those for media, but no imports and fonts; '' when it is nested too deep to read."""
    try:
        rules = "".join(_rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)))
    except RecursionError:
        return ""
    # Only a string can hold one, and a page has < at the beginning of tags only.
    return rules.replace("<", "\\3c ")


def _rules(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        condition = node.type == "at-rule" and node.lower_at_keyword in _CONDITIONS and node.content is not None
        if not (condition or node.type == "qualified-rule") or any(one.type == "error" for one in node.prelude):
            continue
        inside = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
        parts = [f"{one};" for one in _declarations(inside)] + [one.rstrip() for one in _rules(inside)]
        head = f"@{node.lower_at_keyword} " if condition else ""
        if parts:
            yield f"{head}{tinycss2.serialize(node.prelude).strip()} {{ {' '.join(parts)} }}\n"


def _declarations(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        if node.type != "declaration" or node.lower_name.startswith(_MARKS):
            continue
        if all(_is_safe(one, node.lower_name in _WITH_STRINGS) for one in node.value):
            value = tinycss2.serialize(node.value).strip() + (" !important" if node.important else "")
            yield f"{serialize_identifier(node.name)}: {value}"


def _is_safe(node: Node, strings: bool) -> bool:
    if node.type == "function":
        return node.lower_name in _FUNCTIONS and all(_is_safe(one, strings) for one in node.arguments)
    if node.type in _GROUPS:
        return all(_is_safe(one, strings) for one in node.content)
    return node.type in _VALUES or (strings and node.type == "string")
