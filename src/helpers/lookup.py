"""Finding cells in a statutory table: by the names people use for them, and for the equations that hold among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.statute import labels_of, leaves, normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from helpers.statute import CellKey, Equation, Labels, Node, Table


class UnknownLabel(LookupError):
    """A step that names no row or column here; carries the names it could have been."""

    def __init__(self, step: str, known: list[str]) -> None:
        super().__init__(step, known)
        self.step, self.known = step, known


def locate(table: Table, steps: tuple[str, ...]) -> list[CellKey]:
    """The cells that a chain of names stands for: one, or the leaves of a plain group such as ``三（三）``.

    A step is a label, its ordinal (一, （七）), or ordinals run together (三（七）); levels in between may be left out. Row
    first, then column.

    Raises
    ------
    UnknownLabel
        For a step that fits nowhere, and for a chain that stops short or names cells whose sum has no meaning.
    """
    # Where each cell stands after the steps so far: how many of its labels are used up.
    at = {(labels_of(row), labels_of(column)): (0, row, column) for _, row, column in table.cells()}
    for step in steps:
        wanted = normalise(step)
        moved = {key: (_after(wanted, row + column, used), row, column) for key, (used, row, column) in at.items()}
        here = {key: (used, row, column) for key, (used, row, column) in moved.items() if used}
        if not here:
            raise UnknownLabel(step, list(dict.fromkeys(_next_names(at.values()))))
        at = here
    done = {key: place for key, place in at.items() if place[0] == len(place[1]) + len(place[2])}
    totals = {equation.right[-1].name for equation in table.identities}
    if not done or (
        len(done) > 1 and any({node.key, node.label} & totals for _, row, _ in done.values() for node in row[-1:])
    ):
        raise UnknownLabel("/".join(steps), list(dict.fromkeys(_next_names(at.values()))))
    if len({(row[:-1], column) for _, row, column in done.values()}) > 1:
        raise UnknownLabel("/".join(steps), list(dict.fromkeys("/".join((*key[0][-1:], *key[1])) for key in done)))
    return list(done)


def _after(wanted: str, chain: tuple[Node, ...], used: int) -> int:
    """How many labels are used up once ``wanted`` is found in the chain after ``used``; 0 when it is not there."""
    for start in range(used, len(chain)):
        if wanted in (normalise(chain[start].label), normalise(chain[start].key)):
            return start + 1
        run = ""
        for end in range(start, len(chain)):
            run += normalise(chain[end].key)
            if run == wanted:
                return end + 1
    return 0


def _next_names(places: Iterable[tuple[int, tuple[Node, ...], tuple[Node, ...]]]) -> Iterator[str]:
    for used, row, column in places:
        if used < len(row):
            yield "".join(node.key for node in row)
        for node in (row + column)[used:]:
            yield node.label


Group = list["CellKey"]


def instances(table: Table, equation: Equation) -> Iterator[tuple[list[Group], str]]:
    """Each place where the equation must hold: the cells of every term, and the name of the crossing row or column."""
    names = [term.name for term in equation.terms]
    for part in table.parts:
        for siblings, above in _families(part.rows):
            if nodes := _members(siblings, names):
                for column in part.column_chains():
                    yield [[(above + row, labels_of(column)) for row in paths] for paths in nodes], column[-1].label
        for siblings, above in _families(part.columns):
            if nodes := _members(siblings, names):
                for row in part.row_chains():
                    label = row[-1].label if row else "".join(above)
                    yield [[(labels_of(row), above + column) for column in paths] for paths in nodes], label


def _families(nodes: tuple[Node, ...], above: Labels = ()) -> Iterator[tuple[tuple[Node, ...], Labels]]:
    if nodes:
        yield nodes, above
    for node in nodes:
        yield from _families(node.parts, (*above, node.label))


def _members(siblings: tuple[Node, ...], names: list[str]) -> list[list[Labels]] | None:
    """The leaf paths of each named sibling (三（七） may reach one level down), or ``None`` when one is not among them."""
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
