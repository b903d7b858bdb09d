"""The values of the properties that a web page made up, put where its styles ask for them (``var``)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.shown.htmltree import up
from nianbao.shown.longhands import longhands
from nianbao.shown.rules import LATER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from selectolax.lexbor import LexborNode

_VAR = re.compile(r"var\(\s*(--[^\s,()]+)\s*(?:,((?:[^()]|\([^()]*\))*))?\)")
_MOST_VALUES, _LONGEST_VALUE = 20, 500
_NONE: dict[str, str] = {}


class Values:
    """Knows what the properties that a page made up say of each element."""

    def __init__(self, said: Mapping[int, Mapping[str, str]], registered: Mapping[str, tuple[str, bool]]) -> None:
        self.said, self.registered = said, registered

    def of(self, node: LexborNode, about: Mapping[str, str]) -> Mapping[str, str]:
        """What is said of an element, with the values of the properties that the page made up."""
        if not any("var(" in value for value in about.values()):
            return about
        filled = {name: self._filled(node, value, about) for name, value in about.items() if not name.startswith("--")}
        for name, value in filled.items():
            if value.startswith(LATER):
                of, _, said = value.removeprefix(LATER).partition(":")
                filled[name] = dict(longhands(of, said)).get(name, "")
        return {name: value for name, value in filled.items() if value}

    def _filled(self, node: LexborNode, value: str, about: Mapping[str, str]) -> str:
        """A value with those of the properties in it; '' where one of them is said nowhere."""
        for _ in range(_MOST_VALUES):
            found = _VAR.search(value)
            if not found:
                return value.strip()
            own = about.get(found[1]) or self._own(node, found[1]) or (found[2] or "").strip()
            if not own:
                return ""
            value = value[: found.start()] + own + value[found.end() :]
            if len(value) > _LONGEST_VALUE:
                break
        return "var()"  # nobody works it out

    def _own(self, node: LexborNode, name: str) -> str:
        """What the nearest element says of a property that the page made up."""
        first, is_passed_on = self.registered.get(name, ("", True))
        said = (self.said.get(at.mem_id, _NONE).get(name) for at in (up(node) if is_passed_on else [node]))
        return next(filter(None, said), first)
