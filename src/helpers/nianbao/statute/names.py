"""Finding cells in a statutory table by the names people use for them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from nianbao.findings import nearest
from nianbao.statute.tree import CellKey, Node, normalise

if TYPE_CHECKING:
    from nianbao.statute.tree import Labels, Table


class UnknownLabel(LookupError):
    """A step that names no row or column; ``known`` are the possible names, ``said`` is a Chinese message."""

    def __init__(self, step: str, known: list[str], said: str = "") -> None:
        super().__init__(step, known)
        self.step, self.known, self.said = step, known, said or f"没有“{step}”{nearest(step, known)}"


def locate(table: Table, steps: tuple[str, ...]) -> list[CellKey]:
    """The cells that a chain of names stands for: one, or all cells of a group without a total, such as ``三（三）``.

    A step is a label, its ordinal (一, （七）), or several joined ordinals (三（七）); levels in between may be left out.
    The row is named before the column.

    Raises
    ------
    UnknownLabel
        For a step that matches no heading, a chain that ends before a cell, or cells whose sum has no meaning.
    """
    found = _locate(table, steps)
    if isinstance(found, UnknownLabel):
        raise found
    return found


@dataclass(frozen=True, slots=True)
class _Place:
    """A cell with its labels and their short names, those of its row first; ``row`` counts the labels of its row.

    ``used`` counts the labels that the steps have reached so far; ``grouped`` tells whether a step named a row heading.
    """

    key: CellKey
    row: int
    labels: Labels
    keys: Labels
    used: int = 0
    grouped: bool = False


@lru_cache(maxsize=16)
def _places(table: Table) -> list[_Place]:
    return [
        _Place(
            key, len(row), tuple(normalise(node.label) for node in row + column),
            tuple(normalise(node.key) for node in row + column),
        )
        for key, (row, column) in table.cells.items()
    ]  # fmt: skip


@lru_cache(maxsize=16)
def _by_first_step(table: Table) -> dict[str, list[_Place]]:
    """Each name that can begin a chain, with the places that it can lead to."""
    found: dict[str, list[_Place]] = {}
    for place in _places(table):
        runs = combinations(range(len(place.keys) + 1), 2)
        for name in {"".join(place.keys[start:end]) for start, end in runs}.union(place.labels):
            found.setdefault(name, []).append(place)
    return found


def prepare(table: Table) -> None:
    """Work out the names of a table's cells, which `locate` does when it is first asked for one."""
    _by_first_step(table)


@lru_cache(maxsize=4096)
def _locate(table: Table, steps: tuple[str, ...]) -> list[CellKey] | UnknownLabel:
    at = _places(table)
    for number, step in enumerate(steps):
        wanted = normalise(step)
        moved = [
            replace(place, used=used, grouped=place.grouped or used <= place.row)
            for place in (at if number else _by_first_step(table).get(wanted, []))
            if (used := _after(wanted, place))
        ]
        if not moved:
            return UnknownLabel(step, _next_names(at))
        at = moved
    done = [place for place in at if place.used == len(place.labels)]
    if not done:
        return UnknownLabel("/".join(steps), _next_names(at), "后面还要写行名或栏名")
    # Several cells have a meaningful sum only when they belong to one named group and none of them is a total.
    totals = {normalise(equation.right[-1].name) for equation in table.identities}
    groups = {(place.key[0][:-1], place.key[1]) if place.grouped else place.key for place in done}
    ends = {name for place in done for name in (place.labels[place.row - 1], place.keys[place.row - 1])}
    if len(done) > 1 and (len(groups) > 1 or ends & totals):
        cells = list(dict.fromkeys("/".join((*place.key[0][-1:], *place.key[1])) for place in done))
        return UnknownLabel("/".join(steps), cells, f"这样写有{len(done)}格")
    return [place.key for place in done]


def _after(wanted: str, place: _Place) -> int:
    """The new count of used labels when ``wanted`` is found after those already used; 0 when it is not found."""
    for start in range(place.used, len(place.labels)):
        if wanted in (place.labels[start], place.keys[start]):
            return start + 1
        run = ""
        for end in range(start, len(place.keys)):
            run += place.keys[end]
            if run == wanted:
                return end + 1
    return 0


def _next_names(places: list[_Place]) -> list[str]:
    """The possible names of the next step: joined ordinals of rows first, then labels."""
    short, long = {}, {}  # type: dict[str, None], dict[str, None]
    for place in places:
        if place.used < place.row:
            short["".join(Node(label).key for label in place.key[0])] = None
        long.update(dict.fromkeys((*place.key[0], *place.key[1])[place.used :]))
    return list(short | long)
