"""Properties of CSS that set several others, or another one by another name → those others."""

from __future__ import annotations

import re

PREFIX = re.compile("^-(?:webkit|moz|ms|o)-")
_NAMES = {
    "margin-start": "margin-left", "margin-inline-start": "margin-left", "margin-end": "margin-right",
    "margin-inline-end": "margin-right", "margin-before": "margin-top", "margin-block-start": "margin-top",
    "block-size": "height", "inline-size": "width", "logical-height": "height", "logical-width": "width",
    "max-block-size": "max-height", "max-inline-size": "max-width", "inset-inline-start": "left",
    "padding-start": "padding-left", "padding-inline-start": "padding-left", "padding-end": "padding-right",
    "padding-inline-end": "padding-right", "border-inline-start": "border-left", "border-inline-end": "border-right",
    "border-start": "border-left", "border-end": "border-right", "min-inline-size": "min-width",
    "border-inline-start-width": "border-left-width", "border-inline-end-width": "border-right-width",
    "border-inline-start-style": "border-left-style", "border-inline-end-style": "border-right-style",
    "border-start-width": "border-left-width", "border-end-width": "border-right-width",
    "border-start-style": "border-left-style", "border-end-style": "border-right-style",
    "margin-after": "margin-bottom", "margin-block-end": "margin-bottom", "overflow-inline": "overflow-x",
    "overflow-block": "overflow-y", "max-logical-width": "max-width", "max-logical-height": "max-height",
    "min-logical-width": "min-width",
    "inset-inline-end": "right", "inset-block-start": "top", "inset-block-end": "bottom",
}  # fmt: skip
_EDGES = {
    "margin": ("margin-top", "margin-right", "margin-bottom", "margin-left"),
    "padding": ("padding-top", "padding-right", "padding-bottom", "padding-left"),
    "inset": ("top", "right", "bottom", "left"),
    "border-width": ("border-top-width", "border-right-width", "border-bottom-width", "border-left-width"),
    "border-style": ("border-top-style", "border-right-style", "border-bottom-style", "border-left-style"),
}  # fmt: skip
_TWO = {
    "margin-inline": ("margin-left", "margin-right"), "margin-block": ("margin-top", "margin-bottom"),
    "padding-inline": ("padding-left", "padding-right"), "inset-inline": ("left", "right"), "inset-block": ("top", "bottom"),
    "border-inline-width": ("border-left-width", "border-right-width"),
    "border-inline-style": ("border-left-style", "border-right-style"),
}  # fmt: skip
_SAME = {
    "background": ("background-color", "background-image"),
    "animation": ("animation-name",),
}
_LINES = {
    "border": ("border-left", "border-right"), "border-inline": ("border-left", "border-right"),
    "border-left": ("border-left",), "border-right": ("border-right",), "outline": ("outline",),
}  # fmt: skip
_IN_BRACKETS = re.compile(r"[a-z-]*\([^()]*(?:\([^()]*\)[^()]*)*\)")
_STYLE = re.compile(r"(?<![\w-])(?:none|hidden|dotted|dashed|solid|double|groove|ridge|inset|outset|auto)(?![\w-])")
_WIDTH = re.compile(r"(?<![\w.#-])(?:[0-9.]+[a-z]*%?|thin|medium|thick)(?![\w-])")
_CLIPPED = re.compile(r"(?<![\w-])text(?![\w-])")
_HEIGHT = re.compile(r"/\s*([^\s,]+)")
_PART = re.compile(r"(?:[^\s()]|\([^()]*(?:\([^()]*\)[^()]*)*\))+")
_SIZE = re.compile(
    r"(?<![\w.-])(?:0(?=[\s/])|[0-9.]+(?:px|pt|pc|em|rem|ex|ch|%|cm|mm|in|q|vw|vh)|x{0,3}-?(?:small|large)(?:er)?)"
)
_FACES = re.compile(rf"(?:{_SIZE.pattern}|(?<![\w-])medium)(?:\s*/\s*[^\s,]+)?\s+(.+)")
_KEPT = {"inherit", "initial", "unset", "revert"}


def longhands(name: str, value: str) -> list[tuple[str, str]]:
    """What a property says, each in the name that it has by itself; what browsers call by their own names too."""
    name = PREFIX.sub("", name)
    name = _NAMES.get(name, name)
    if name in _EDGES or name in _TWO:
        parts = _PART.findall(value) or [value]
        edges = _EDGES.get(name) or _TWO[name]
        # The edge that is not said is as the one across from it, or as the first.
        filled = [*parts, parts[0], parts[0], parts[0]] if len(parts) == 1 else [*parts, parts[0], parts[1]]
        return list(zip(edges, [*filled[:3], parts[3] if len(parts) > 3 else filled[1]], strict=False))
    if name == "text-indent":
        return [(name, (value.split() or [""])[0] if "(" not in value else value)]
    if name in _LINES:
        said = _line(value)
        return [(f"{one}-{part}", what) for one in _LINES[name] for part, what in said.items()]
    if name == "background":
        clip = "text" if _CLIPPED.search(_IN_BRACKETS.sub(" ", value)) else "border-box"
        return [(name, value), *((one, value) for one in _SAME[name]), ("background-clip", clip)]
    if name == "text-decoration":
        widths = _WIDTH.findall(_IN_BRACKETS.sub(" ", value))
        thickness = widths[0] if widths else "auto"
        return [(name, value), ("text-decoration-line", value), ("text-decoration-thickness", thickness)]
    if name == "overflow":
        parts = value.split() or [""]
        return [("overflow-x", parts[0]), ("overflow-y", parts[-1])]
    if name == "flex-flow":
        ways = [one for one in value.split() if "wrap" not in one]
        return [
            ("flex-direction", ways[0] if ways else "row"),
            ("flex-wrap", "wrap" if "wrap" in value.split() else "nowrap"),
        ]
    if name == "font":
        sizes = _SIZE.findall(f" {value} ")
        faces = _FACES.search(f" {value}")
        return [
            ("font", value),
            ("font-size", value if value in _KEPT else sizes[0] if sizes else "medium"),
            ("line-height", value if value in _KEPT else (_HEIGHT.findall(value) or ["normal"])[0]),
            *([("font-family", faces[1] if faces else value)] if faces or value in _KEPT else []),
        ]
    return [(name, value), *((one, value) for one in _SAME.get(name, ()))]


def _line(value: str) -> dict[str, str]:
    """How wide a border or an outline is, and of which style."""
    if value in _KEPT:
        return {"width": value, "style": value}
    rest = _IN_BRACKETS.sub(" ", value)
    widths, styles = _WIDTH.findall(rest), _STYLE.findall(rest)
    return {"width": widths[0] if widths else "medium", "style": styles[0] if styles else "none"}
