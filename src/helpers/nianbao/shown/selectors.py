"""Selectors of CSS: which elements a rule is meant for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tinycss2.nth import parse_nth

if TYPE_CHECKING:
    from collections.abc import Sequence

_COMPOUND = re.compile(r"([a-z][a-z0-9]*|\*)?((?:[#.][\w-]+|:nth-child\([^()]*\)|:first-child)*)", re.I)
_PART = re.compile(r"([#.])([\w-]+)|:(nth-child\(([^()]*)\)|first-child)")
_STEP = re.compile(r"\s*(>)\s*|\s+")


@dataclass(slots=True)
class Element:
    """A tag that is open: its place among its siblings, from 1, and how many children it has had."""

    tag: str
    name: str = ""
    classes: frozenset[str] = frozenset()
    place: int = 1
    children: int = 0


@dataclass(frozen=True, slots=True)
class Compound:
    """What is asked of one element."""

    tag: str
    names: frozenset[str]
    classes: frozenset[str]
    places: tuple[tuple[int, int], ...]  # (a, b): the places a·n + b

    def fits(self, one: Element) -> bool:
        """Whether an element is as asked."""
        if self.tag not in ("", "*", one.tag) or not self.names <= {one.name} or not self.classes <= one.classes:
            return False
        steps = ((one.place - b, a) for a, b in self.places)
        return all(left == 0 if a == 0 else left % a == 0 and left / a >= 0 for left, a in steps)


@dataclass(frozen=True, slots=True)
class Selector:
    """Chains of compounds: each compound is the parent of the next, and each chain lies somewhere inside the last one."""

    chains: tuple[tuple[Compound, ...], ...]

    @property
    def key(self) -> str:
        """What it asks of the element itself: its name, a class or its tag."""
        last = self.chains[-1][-1]
        named = [f"#{one}" for one in sorted(last.names)] + [f".{one}" for one in sorted(last.classes)]
        return next(iter(named), last.tag or "*")

    @property
    def weight(self) -> tuple[int, int, int]:
        """How exact it is: of two rules the one with the more exact selector wins."""
        compounds = [one for chain in self.chains for one in chain]
        return (
            sum(len(one.names) for one in compounds),
            sum(len(one.classes) + len(one.places) for one in compounds),
            sum(one.tag not in ("", "*") for one in compounds),
        )

    def fits(self, around: Sequence[Element]) -> tuple[bool, int]:
        """Whether it is meant for the last of these elements, each of which lies in the one before; and the steps this took.

        The nearest place for a chain is as good as any other, so nothing is tried twice.
        """
        at, steps = len(around), 0
        for number, chain in enumerate(reversed(self.chains)):
            while at >= len(chain):
                fitting = _fitting(chain, around, at)
                steps += fitting + 1
                if fitting == len(chain):
                    break
                if number == 0:
                    return False, steps
                at -= 1
            else:
                return False, steps
            at -= len(chain)
        return True, steps


def _fitting(chain: Sequence[Compound], around: Sequence[Element], at: int) -> int:
    """How many compounds of a chain, from its end on, fit the elements before a place."""
    for back, one in enumerate(reversed(chain), 1):
        if not one.fits(around[at - back]):
            return back - 1
    return len(chain)


def selector(text: str) -> Selector | None:
    """A selector; ``None`` when it asks for what is not known here, such as the mouse."""
    chains: list[list[Compound]] = [[]]
    at = 0
    while at < len(text):
        one = _COMPOUND.match(text, at)
        if not one or one.end() == at:
            return None
        step = _STEP.match(text, one.end())
        if (step is None) != (one.end() == len(text)) or (step and step.end() == len(text)):
            return None
        parts = _PART.findall(one[2])
        names, classes = (frozenset(word for sign, word, *_ in parts if sign == mark) for mark in "#.")
        places = [parse_nth(nth) if nth else (0, 1) for sign, _, _, nth in parts if not sign]
        if None in places:
            return None
        chains[-1].append(Compound((one[1] or "").lower(), names, classes, tuple(places)))
        if step and not step[1]:
            chains.append([])
        at = step.end() if step else len(text)
    return Selector(tuple(map(tuple, chains))) if all(chains) else None
