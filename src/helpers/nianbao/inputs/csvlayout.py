"""A table as CSV, laid out as the official form."""

from __future__ import annotations

import csv
import io
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from nianbao.inputs.placing import place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nianbao.statute.tree import CellKey, Labels, Table


def to_csv(
    table: Table,
    values: Mapping[CellKey, Any],
    typed: Mapping[Labels, str] = MappingProxyType({}),
    notes: Sequence[str] = (),
) -> str:
    """A table as CSV in the layout of the official form; merged cells show their text once, missing values are blank.

    Parameters
    ----------
    typed : mapping
        The labels of a heading, its part's title first → another label that stands there instead.
    notes : sequence of str
        Lines below the table.
    """
    buffer = io.StringIO()
    rows = place(table, typed=typed).rows(values)
    csv.writer(buffer, lineterminator="\r\n").writerows([*rows, *([note] for note in notes)])
    return buffer.getvalue()
