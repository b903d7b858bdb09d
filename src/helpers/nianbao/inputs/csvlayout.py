"""A table as CSV, laid out as the official form."""

from __future__ import annotations

import csv
import io
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from nianbao.statute.tree import labels_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from nianbao.statute.tree import CellKey, Labels, Node, Table


def to_csv(
    table: Table, values: dict[CellKey, Any], typed: Mapping[Labels, str] = MappingProxyType({}), notes: Sequence[str] = ()
) -> str:
    """A table as CSV in the layout of the official form; merged cells show their text once, missing values are blank.

    Parameters
    ----------
    typed : mapping
        The labels of a heading, its part's title first → another label that stands there instead.
    notes : sequence of str
        Lines below the table.
    """
    lines: list[list[str]] = []
    for part in table.parts:
        if part.title:
            lines.append([part.title])
        stub, columns = part.stub_depth, part.column_chains
        for level in range(part.head_depth):
            first = [part.corner or part.stub] if level == 0 and stub else [""] * min(stub, 1)
            heads = _once([_at(chain, level) for chain in columns], partial(_typed, typed, part.title))
            lines.append([*first, *[""] * (stub - len(first)), *heads])
        above: list[str] = []
        for row in part.row_chains:
            path = labels_of(row)[:stub]  # the lines of a row that repeats have one label
            labels = [*(_typed(typed, part.title, path[: at + 1]) for at in range(len(path))), *[""] * (stub - len(path))]
            numbers = [values.get((labels_of(row), labels_of(column)), "") for column in columns]
            lines.append([*_below(labels, above), *map(str, numbers)])
            above = labels
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerows([*lines, *([note] for note in notes)])
    return buffer.getvalue()


def _at(chain: tuple[Node, ...], level: int) -> tuple[str, ...]:
    """The labels down to a level; the whole path tells equal labels under different heads apart."""
    return labels_of(chain[: level + 1]) if level < len(chain) else ()


def _typed(typed: Mapping[Labels, str], title: str, path: Labels) -> str:
    return typed.get((title, *path), path[-1])


def _once(paths: list[Labels], shown: Callable[[Labels], str]) -> list[str]:
    return ["" if not path or (i and path == paths[i - 1]) else shown(path) for i, path in enumerate(paths)]


def _below(labels: list[str], above: list[str]) -> list[str]:
    same = next((i for i, (one, other) in enumerate(zip(labels, above, strict=False)) if one != other), len(above))
    return [""] * same + labels[same:]
