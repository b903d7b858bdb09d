"""The sum rules (勾稽关系) of a statutory table: what they say, and every place where they have to hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from nianbao.statute.tree import CellKey, Labels, Node, labels_of, leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.findings import Kind
    from nianbao.statute.tree import Table

SIGN = re.compile(r" ([+-]) ")


@dataclass(frozen=True, slots=True)
class Term:
    """One summand: its sign (1 or -1), whether it is last year's, and the name of its heading."""

    sign: int
    last_year: bool
    name: str


@dataclass(frozen=True, slots=True)
class Equation:
    """A sum rule or bound over sibling headings, ``a + b = c + d`` or ``a > b``; ``上年.x`` is last year's x.

    ``kind`` is the kind of finding that a violation makes; ``since`` is the first report year the equation applies to.
    """

    kind: Kind
    text: str
    left: tuple[Term, ...]
    relation: str
    right: tuple[Term, ...]
    since: int = 0

    @property
    def terms(self) -> tuple[Term, ...]:
        return self.left + self.right

    @property
    def across_years(self) -> bool:
        return any(term.last_year for term in self.terms)


def equation(kind: Kind, text: str, since: int = 0) -> Equation:
    """Parse the text of an equation, such as ``一 + 二 = 三（七） + 四``.

    Raises
    ------
    ValueError
        Unless the text has exactly one ``=`` or ``>`` with blanks around it and a name on each side.
    """
    relation = ">" if " > " in text else "="
    left, _, right = text.partition(f" {relation} ")
    if not (left.strip() and right.strip()) or f" {relation} " in right:
        raise ValueError("不是“甲 + 乙 = 丙”或“甲 > 乙”")
    return Equation(kind, text, _terms(left), relation, _terms(right), since)


def _terms(side: str) -> tuple[Term, ...]:
    signs, names = ["+", *SIGN.findall(side)], SIGN.split(side)[::2]
    return tuple(
        Term(-1 if sign == "-" else 1, name.strip().startswith("上年."), name.strip().removeprefix("上年."))
        for sign, name in zip(signs, names, strict=True)
    )


Group = list[CellKey]


@lru_cache(maxsize=256)
def instances(table: Table, equation: Equation) -> list[tuple[list[Group], str]]:
    """Each place where the equation must hold: the cells of every term, and the name of the crossing row or column."""
    return list(_instances(table, equation))


def _instances(table: Table, equation: Equation) -> Iterator[tuple[list[Group], str]]:
    names = [term.name for term in equation.terms]
    for part in table.parts:
        for siblings, above in _families(part.rows):
            if nodes := _members(siblings, names):
                for column in part.column_chains:
                    yield [[(above + row, labels_of(column)) for row in paths] for paths in nodes], column[-1].label
        for siblings, above in _families(part.columns):
            if nodes := _members(siblings, names):
                for row in part.row_chains:
                    label = row[-1].label if row else "".join(above)
                    yield [[(labels_of(row), above + column) for column in paths] for paths in nodes], label


def _families(nodes: tuple[Node, ...], above: Labels = ()) -> Iterator[tuple[tuple[Node, ...], Labels]]:
    if nodes:
        yield nodes, above
    for node in nodes:
        yield from _families(node.parts, (*above, node.label))


def _members(siblings: tuple[Node, ...], names: list[str]) -> list[list[Labels]] | None:
    """The paths to the leaves of each named heading, or ``None`` when one is missing. 三（七） names （七） below 三."""
    result = []
    for name in names:
        paths = [
            labels_of(chain)
            for chain in leaves(siblings)
            if name in (chain[0].key, chain[0].label, "".join(node.key for node in chain[:2]))
        ]
        if not paths:
            return None
        result.append(paths)
    return result
