"""Whether a rectangle of text is a statutory table, or a table of the text with words of one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from nianbao import reading
from nianbao.inputs.layout import title_key
from nianbao.inputs.outline import is_value
from nianbao.statute import tree

if TYPE_CHECKING:
    from nianbao.importing.flow import Grid
    from nianbao.importing.labelled import Labels
    from nianbao.statute.tree import Part, Table

_SHORT = 2  # characters of a word that many tables have: 数量, 项目, 其他
_YEAR = re.compile("20[0-9]{2}年?度?|(?:本|今|当|上|去|前|上一)年度?")
_FEWEST, _FEWEST_LIKE = 2, 3  # labels of a part that stand in their places, with an exact one and without


_Found = dict[str, bool]  # labels of a part that a grid has, and whether each is exact


def tables_in(grid: Grid, labels: Labels) -> set[str]:
    """The ids of the tables that show: by a part's title, by some labels of a part in their places, or by labels only."""
    if len(grid.rows) == 1 and (named := {labels.titles.get(title_key(cell), "") for cell in grid.rows[0]} - {""}):
        return named
    names = _named(grid)
    if len(names) > 1 and all(map(_YEAR.fullmatch, names)):
        return set()  # one that compares years
    rows = [[(some, tree.normalise(cell) in some) for cell in dict.fromkeys(row) if (some := meant(cell, labels))]
            for row in grid.rows]  # fmt: skip
    seen = frozenset().union(*(some for row in rows for some, _ in row))
    titles = {title_key(cell) for row in grid.rows for cell in row if len(set(filter(None, row))) == 1}
    parts = ((table.id, part) for table in labels.tables for part in _worded(table))
    found = {key for key, part in parts if _is_enough(_found(part, rows, seen, titles))} or _of_all_words(grid, labels)
    if len(names) < 2 or any(is_value(one) or meant(one, labels) & labels.rows for one in _labels(grid)):
        return found
    return {key for key in found if not _is_listed(names, key, labels)}


def _is_listed(names: set[str], key: str, labels: Labels) -> bool:
    """Whether a table has rows of its own: several where the statute's have no labels, few where it has many other ones."""
    rows = [len(part.row_chains) for table in labels.tables if table.id == key for part in table.parts]
    return key in labels.rowless or 2 * len(names) < min(rows, default=0)


def names_a_year(text: str) -> bool:
    """Whether what stands alone above a table says of which year it is: 2022年, （上年）."""
    return bool(_YEAR.match(tree.normalise(text).strip("()[]【】:")))


def _named(grid: Grid) -> set[str]:
    """What the rows with figures begin with."""
    rows = ([cell for cell in row if cell] for row in grid.rows)
    return {tree.normalise(row[0]) for row in rows if len(row) > 2 and any(map(reading.is_figure, row[1:]))}


def _labels(grid: Grid) -> set[str]:
    """What stands before the figures of rows, and what rows with figures begin with."""
    rows = ([tree.normalise(cell) for cell in row if cell] for row in grid.rows)
    counted = (row for row in rows if len(row) > 2 and any(map(reading.is_figure, row[1:])))
    return {cell for row in counted for at, cell in enumerate(row) if not any(map(is_value, row[1 : at + 1]))}


def _of_all_words(grid: Grid, labels: Labels) -> set[str]:
    """The table whose labels all words are, as where a page has the last row of a table, or two of different parts."""
    words = {tree.normalise(cell) for row in grid.rows for cell in row if cell and not reading.is_figure(cell)}
    owners = {labels.exact.get(word, "") for word in words - labels.shared}
    return owners - {""} if len(owners) == 1 and any(reading.is_figure(cell) for row in grid.rows for cell in row) else set()


def meant(cell: str, labels: Labels) -> frozenset[str]:
    """The labels that a cell may be; a word of two characters is one only where it is the label itself."""
    tight = tree.normalise(cell)
    if not tight or reading.is_figure(cell):
        return frozenset()
    return frozenset({tight}) if labels.is_one(tight) else labels.alike(cell) if len(tight) > _SHORT else frozenset()


@dataclass(frozen=True, slots=True)
class _Worded:
    """A part of a table: its heads, and the labels of its rows with those that they stand below, as they are compared."""

    part: Part
    heads: frozenset[str]
    above: dict[str, frozenset[str]]


@lru_cache(maxsize=100)
def _worded(table: Table) -> list[_Worded]:
    return list(map(_words, table.parts))


def _words(part: Part) -> _Worded:
    heads = {tree.normalise(node.label) for node in tree.nodes_of(part.columns)}
    heads |= {tree.normalise(one) for one in (part.stub, part.corner) if one}
    above: dict[str, frozenset[str]] = {}
    for chain in part.row_chains:
        labels = [tree.normalise(node.label) for node in chain]
        for depth, label in enumerate(labels):
            above[label] = above.get(label, frozenset()) | frozenset(labels[:depth])
    return _Worded(part, frozenset(heads), above)


def _is_enough(found: _Found) -> bool:
    """Whether no table of the text has as many labels of a part by chance."""
    is_sure = any(is_exact and len(label) > _SHORT for label, is_exact in found.items())
    return len(found) >= (_FEWEST if is_sure else _FEWEST_LIKE) and any(len(label) > _SHORT for label in found)


def _found(worded: _Worded, rows: list[list[tuple[frozenset[str], bool]]], seen: frozenset[str], titles: set[str]) -> _Found:
    """The labels of a part where the part has them: heads beside each other, a row's below each other.

    Most grids have ``seen`` none of them anywhere.
    """
    part, heads, above = worded.part, worded.heads, worded.above
    best, beside = _Found(), _Found()
    for row in () if seen.isdisjoint(heads) and seen.isdisjoint(above) else rows:
        here, labels, before = _Found(), _Found(), ""
        for some, is_exact in row:
            head, label = next(iter(some & heads), ""), next(iter(some & above.keys()), "")
            if head:
                here[head] = here.get(head, False) or is_exact
            elif label and (not before or before in above[label]):
                labels[label] = labels.get(label, False) or is_exact
                before = label
            elif label:
                labels = _Found()  # what stands below each other in the table heads the columns of another
                break
        for label, is_exact in labels.items():
            beside[label] = beside.get(label, False) or is_exact
        best = max(best, here, key=len)
    title = {part.title: True} if part.title and title_key(part.title) in titles else {}
    return {label: any(one.get(label) for one in (best, beside, title)) for label in best | beside | title}
