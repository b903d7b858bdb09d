"""What style sheets and styles say of the elements of a page: the cascade of CSS, for the properties that are asked for."""

from __future__ import annotations

import re
from functools import lru_cache
from sys import maxsize
from typing import TYPE_CHECKING, NamedTuple

from nianbao.shown.meant import PARTS, Meant, before_or_after, meant, weight
from nianbao.shown.rules import Declared, TooMuch, declared_in, rules_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from selectolax.lexbor import LexborNode

    from nianbao.shown.rules import Rule, Sheet

About = dict[str, str]
"""Property → value, in lower case."""
_Strength = tuple[bool, tuple[int, ...], int]  # important or not; attribute, sheet or style, then how exact; its place
_MOST_ALONE = 20
_BROWSER, _SHEET, _OWN = 0, 1, 2
_HIDDEN = Declared("display", is_important=False, value="none")
_NAMED = re.compile(r"^[^\\]*#([\w-]+)$")


class Styles(NamedTuple):
    """What is said of elements, by their numbers (``mem_id``).

    Parameters
    ----------
    said : dict
        What is certain.
    maybe : dict
        Of the elements of which more may be said, as by a rule that not every browser takes: what is said then, with all
        such rules and with each alone.
    """

    said: dict[int, About]
    maybe: dict[int, list[About]]


def styled(
    inside: LexborNode,
    names: frozenset[str],
    sheets: Sequence[Sheet],
    most: int = maxsize,
    medium: str = "",
    most_seen: int = maxsize,
) -> Styles:
    """What a page's sheets, its styles and ``hidden`` say of the elements inside of one.

    Parameters
    ----------
    names : frozenset of str
        The properties that are asked for.
    most : int
        The most that the sheets may say: each property of each element counts once a rule.
    medium : str
        As `rules_in`.
    most_seen : int
        The most elements that may be looked at, rule by rule.

    Raises
    ------
    TooMuch
        When there is more.
    """
    cascade = _Cascade(inside, most, most_seen)
    for node in inside.css("[hidden]"):
        cascade.note(node.mem_id, _HIDDEN, (_BROWSER,))
    for place, rule in enumerate(rules_in(sheets, names, medium)):
        cascade.take(rule, place)
    for node in inside.css("[style]"):
        for one in _in_style(node.attributes["style"] or "", names):
            cascade.note(node.mem_id, one, (_OWN,))
    return cascade.styles()


class Beside(NamedTuple):
    """What sheets have stand before or after the words of an element, and how it looks."""

    node: LexborNode
    about: About


def added(inside: LexborNode, names: frozenset[str], sheets: Sequence[Sheet], most: int = maxsize) -> list[Beside]:
    """What stands before and after the words of elements (``::before``, ``::after``, ``::marker``); what may be said too.

    Parameters are as those of `styled`; ``content`` is asked for besides.
    """
    cascades = [_Cascade(inside, most, maxsize, one) for one in PARTS]
    for place, rule in enumerate(rules_in(sheets, names | {"content"}, "screen")):
        for one in cascades:
            one.take(rule, place)
    nodes = {node.mem_id: node for node in inside.css("*")} if any(one.all or one.said for one in cascades) else {}
    found: list[Beside] = []
    for said, maybe in (one.styles() for one in cascades):
        every = [*said.items(), *((number, about) for number, others in maybe.items() for about in others)]
        found += [Beside(nodes[number], about) for number, about in every if _adds(about)]
    return found


def _adds(about: About) -> bool:
    return about.get("content", "none") not in {"none", "normal"}


class _Cascade:
    """Takes what is said one by one, and keeps the strongest: of what is certain, and of all."""

    def __init__(self, inside: LexborNode, most: int, most_seen: int, part: str = "") -> None:
        self.inside, self.left, self.unseen, self.part = inside, most, most_seen, part
        self.number = len(inside.css("*"))
        self.by_id: dict[str, list[LexborNode]] = {}
        for node in inside.css("[id]"):
            self.by_id.setdefault((node.attributes["id"] or "").lower(), []).append(node)
        self.said: dict[int, dict[str, tuple[_Strength, str]]] = {}
        self.all: dict[int, dict[str, tuple[_Strength, str]]] = {}
        self.alone: dict[int, dict[int, dict[str, tuple[_Strength, str]]]] = {}

    def take(self, rule: Rule, place: int) -> None:
        """Take what a rule says; a sheet that names thousands of cells, each by its id, is not to look at all of them."""
        if self.part:
            self._take(before_or_after(self.inside, rule.selector, self.part), rule, place)
            return
        named = _NAMED.search(rule.selector)
        places = self.by_id.get(named[1].lower(), []) if named else [self.inside]
        self.unseen -= len(places) if named else self.number
        for one in places:
            self._take(meant(one, rule.selector), rule, place)

    def _take(self, found: Meant, rule: Rule, place: int) -> None:
        self.left -= len(found.nodes) * len(rule.declared)
        if min(self.left, self.unseen) < 0:
            raise TooMuch
        exact = weight(rule.selector) if found.nodes else ()
        for node in found.nodes:
            for one in rule.declared:
                weighs = _SHEET, -rule.layer if one.is_important else rule.layer, *exact
                self.note(node.mem_id, one, weighs, place, is_certain=rule.is_certain and found.is_certain)

    def note(self, number: int, one: Declared, weighs: tuple[int, ...], place: int = 0, is_certain: bool = True) -> None:
        """Take what is said of one property of an element."""
        strength, is_certain = (one.is_important, weighs, place), is_certain and one.is_certain
        if not is_certain and number not in self.all:
            self.all[number] = dict(self.said.get(number, {}))
        for kept in (self.said, self.all) if is_certain else (self.all,):
            if kept is self.said or number in kept:
                _keep(kept.setdefault(number, {}), one, strength)
        if not is_certain and len(alone := self.alone.setdefault(number, {})) < _MOST_ALONE:
            _keep(alone.setdefault(place, {}), one, strength)

    def styles(self) -> Styles:
        """What is said in the end."""
        said = {number: _values(about) for number, about in self.said.items()}
        return Styles(
            said, {number: others for number in self.all if (others := self._others(number, said.get(number, {})))}
        )

    def _others(self, number: int, said: About) -> list[About]:
        """What else may be said of an element."""
        certain, alone = self.said.get(number, {}), self.alone[number].values()
        found = [_values(self.all[number])]
        for rule in alone if len(alone) > 1 else ():
            stronger = {name: one for name, one in rule.items() if name not in certain or certain[name][0] <= one[0]}
            found.append(_values({**certain, **stronger}))
        return [one for at, one in enumerate(found) if one != said and one not in found[:at]]


def _keep(about: dict[str, tuple[_Strength, str]], one: Declared, strength: _Strength) -> None:
    """Take what is said of a property where nothing stronger was."""
    if one.name not in about or about[one.name][0] <= strength:
        about[one.name] = strength, one.value


def _values(about: dict[str, tuple[_Strength, str]]) -> About:
    return {name: value for name, (_, value) in about.items()}


@lru_cache(maxsize=1_000)
def _in_style(style: str, names: frozenset[str]) -> list[Declared]:
    return declared_in(style, names)
