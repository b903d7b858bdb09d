"""Media queries of CSS: whether a style sheet, or a part of one, is for the screen of a desk or for paper."""

from __future__ import annotations

import re

_FEATURE = re.compile(r"\(([^()]*)\)")
_NAMED = re.compile(r"\s*([a-z-]+)\s*(?::\s*(.*?)\s*)?$", re.S)
_WIDTH = re.compile(r"([0-9.]+)\s*(px|em|rem)?")
_RANGE = re.compile(r"\s*width\s*([<>])=?\s*(.*)$")
_LETTER = 16  # px: what an em is in a query
# What a person reads a page on is wider than the first, and not always wider than the second.
_DESK, _WIDE = 1000, 1280
_MEANS = {
    "orientation": ({"landscape"}, {"portrait"}),
    "prefers-color-scheme": ({"light"}, {"dark"}),
    "prefers-reduced-motion": ({"no-preference"}, {"reduce"}),
    "hover": ({"hover"}, {"none"}),
    "any-hover": ({"hover"}, {"none"}),
    "pointer": ({"fine"}, {"coarse", "none"}),
    "any-pointer": ({"fine"}, {"coarse"}),
    "forced-colors": ({"none"}, {"active"}),
    "scripting": ({"enabled"}, {"none"}),
    "color": ({""}, set()),
}


def holds(queries: str, medium: str) -> bool | None:
    """Whether a list of media queries is for a medium, ``screen`` or ``print``; ``None`` where nobody knows."""
    if not queries.strip():
        return True
    found = [_holds(one, medium) for one in queries.lower().split(",")]
    return True if True in found else None if None in found else False


def _holds(query: str, medium: str) -> bool | None:
    words = _FEATURE.sub(" ", query).split()
    is_not = words[:1] == ["not"]
    kinds = [word for word in words if word not in {"not", "only", "and"}]
    if kinds[1:] or set(kinds) & {"or"} or query.count("(") != len(_FEATURE.findall(query)):
        return None
    parts: list[bool | None] = [kinds[0] in {"all", medium}] if kinds else []
    parts += [_has(one) for one in _FEATURE.findall(query)]
    said = False if False in parts else None if None in parts else True
    return said if said is None or not is_not else not said


def _has(feature: str) -> bool | None:
    """Whether the screen of a desk has a feature."""
    if ranged := _RANGE.match(feature):
        return _is_as_wide("max-width" if ranged[1] == "<" else "min-width", ranged[2])
    named = _NAMED.match(feature)
    if not named:
        return None
    name, value = named[1].replace("device-", ""), named[2] or ""
    if name in {"max-width", "min-width"}:
        return _is_as_wide(name, value)
    yes, no = _MEANS.get(name, ((), ()))
    return True if value in yes else False if value in no else None


def _is_as_wide(name: str, value: str) -> bool | None:
    found = _WIDTH.fullmatch(value.strip())
    if not found:
        return None
    width = float(found[1]) * (1 if found[2] in {None, "px"} else _LETTER)
    if name == "max-width":
        return False if width < _DESK else None
    return True if width <= _WIDE else None
