"""The tables of a statutory format: trees of row and column headings, and the cells where they cross."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from nianbao.hanzi import simplified

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nianbao.statute.equations import Equation

ORDINAL = re.compile(r"^([一二三四五六七八九十]+(?=、)|（[一二三四五六七八九十]+）|\d+(?=\.))")


_BRACKETS = str.maketrans("〔〕[]【】", "()()()")


@lru_cache(maxsize=4096)
def normalise(label: str) -> str:
    """A label in the form used for comparison: NFKC, simplified, without white space and quotes, all brackets as ()."""
    text = simplified(unicodedata.normalize("NFKC", label).translate(_BRACKETS))
    return re.sub(r"[\s​﻿\"'“”‘’「」]+", "", text)


@dataclass(frozen=True)
class Node:
    """One row or column heading with the headings below it.

    ``kind`` says what its cells hold: ``count`` (a whole number ≥ 0), ``change`` (signed) or ``money`` (a decimal amount,
    in ``unit`` when the heading fixes one). A row that ``repeats`` may stand several times; it then has a part for each
    time, which has a place but no printed label.
    """

    label: str
    parts: tuple[Node, ...] = ()
    kind: str = "count"
    unit: str = ""
    repeats: bool = False

    @cached_property
    def key(self) -> str:
        """The short name: the ordinal that opens the label (一, （三）, 8), else the label."""
        found = ORDINAL.match(self.label)
        return found.group(1) if found else self.label

    @cached_property
    def tight(self) -> str:
        """The label in the form used for comparison."""
        return normalise(self.label)

    @cached_property
    def depth(self) -> int:
        """How many levels of printed headings it has, its own included."""
        return 1 if self.repeats else 1 + max((part.depth for part in self.parts), default=0)

    @cached_property
    def width(self) -> int:
        """How many leaves stand below."""
        return sum(part.width for part in self.parts) or 1


Labels = tuple[str, ...]
CellKey = tuple[Labels, Labels]


def leaves(nodes: tuple[Node, ...], above: tuple[Node, ...] = ()) -> Iterator[tuple[Node, ...]]:
    """Every leaf as the chain of nodes from the top down to it, in printed order."""
    for node in nodes:
        chain = (*above, node)
        if node.parts:
            yield from leaves(node.parts, chain)
        else:
            yield chain


def nodes_of(nodes: Iterable[Node]) -> Iterator[Node]:
    """Every node, each before those below it."""
    for node in nodes:
        yield node
        yield from nodes_of(node.parts)


def labels_of(chain: tuple[Node, ...]) -> Labels:
    """The labels of a chain."""
    return tuple(node.label for node in chain)


@dataclass(frozen=True)
class Part:
    """One block of a table with its own columns. Tables 3 and 4 have one part; table 2 has one for each 项."""

    columns: tuple[Node, ...]
    rows: tuple[Node, ...] = ()
    title: str = ""
    stub: str = ""
    corner: str = ""

    @cached_property
    def head_depth(self) -> int:
        return max(node.depth for node in self.columns)

    @cached_property
    def stub_depth(self) -> int:
        return max((node.depth for node in self.rows), default=0)

    @cached_property
    def row_chains(self) -> list[tuple[Node, ...]]:
        return list(leaves(self.rows)) if self.rows else [()]

    @cached_property
    def groups(self) -> dict[str, str]:
        """The labels of the rows that have rows below them, by the form used for comparison."""
        return {node.tight: node.label for chain in self.row_chains for node in chain[:-1]}

    @cached_property
    def column_chains(self) -> list[tuple[Node, ...]]:
        return list(leaves(self.columns))


@dataclass(frozen=True, eq=False)
class Table:
    """One statutory table; it is equal only to itself, so that lookups in it can be cached."""

    id: str
    name: str
    caption: str
    parts: tuple[Part, ...]
    identities: tuple[Equation, ...] = ()
    impossible: tuple[Equation, ...] = ()
    implausible: tuple[Equation, ...] = ()
    needs_power: dict[str, str] = field(default_factory=dict)
    may_vanish: tuple[str, ...] = ()

    @cached_property
    def cells(self) -> dict[CellKey, tuple[tuple[Node, ...], tuple[Node, ...]]]:
        """The row and column chain of every cell by its key, in printed order."""
        return {
            (labels_of(row), labels_of(column)): (row, column)
            for part in self.parts
            for row in part.row_chains
            for column in part.column_chains
        }

    @cached_property
    def width(self) -> int:
        """How many columns it has, those of labels included."""
        return max(part.stub_depth for part in self.parts) + max(len(part.column_chains) for part in self.parts)

    @cached_property
    def row_labels(self) -> tuple[str, ...]:
        """The labels of the rows and of their groups, each once."""
        return tuple(dict.fromkeys(node.label for part in self.parts for node in nodes_of(part.rows)))

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """These and the heads of the columns, with what stands above the rows and in the corner, each once."""
        heads = (node.label for part in self.parts for node in nodes_of(part.columns))
        beside = (text for part in self.parts for text in (part.corner, part.stub) if text)
        return tuple(dict.fromkeys((*self.row_labels, *heads, *beside)))

    @cached_property
    def words(self) -> frozenset[str]:
        """All of these in the form used for comparison."""
        return frozenset(map(normalise, self.labels))

    def with_rows(self, extra: dict[str, list[str]]) -> Table:
        """The table with local rows added; ``extra`` maps a part's title ('' when it has none) → row labels."""
        parts = tuple(
            replace(part, rows=(*part.rows, *(Node(label) for label in extra.get(part.title, ())))) for part in self.parts
        )
        return replace(self, parts=parts)


def repeated(rows: tuple[Node, ...], times: dict[str, int]) -> tuple[Node, ...]:
    """The rows with those that stand several times; ``times`` maps the label of a row that repeats → how often."""
    return tuple(
        replace(row, parts=tuple(Node(f"第{number}行") for number in range(1, times[row.label] + 1)))
        if row.repeats and times.get(row.label, 1) > 1
        else row
        for row in rows
    )
