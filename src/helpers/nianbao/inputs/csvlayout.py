"""A table as CSV, laid out as the official form."""

from __future__ import annotations

import csv
import io
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from nianbao.inputs.formlabels import NOTES
from nianbao.inputs.outline import is_summed_up
from nianbao.inputs.placing import place
from nianbao.wording import UNFILLED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nianbao.statute.tree import CellKey, Labels, Table


def to_csv(
    table: Table,
    values: Mapping[CellKey, Any],
    typed: Mapping[Labels, str] = MappingProxyType({}),
    notes: Sequence[str] = (),
    remarks: Mapping[Labels, str] = MappingProxyType({}),
) -> str:
    """A table as CSV in the layout of the official form; merged cells show their text once, missing values are blank.

    A last value that is missing is 未填 where the row could pass for one that has lost its blanks.

    Parameters
    ----------
    typed : mapping
        The labels of a heading, its part's title first → another label that stands there instead.
    notes : sequence of str
        Lines below the table.
    remarks : mapping
        The labels of a row → what its line says under 备注, as in the form.
    """
    buffer = io.StringIO()
    placed = place(table, typed=typed)
    lines: dict[Labels, list[CellKey]] = {}
    for key in placed.cells:
        lines.setdefault(key[0], []).append(key)
    shifted = [keys[-1] for keys in lines.values() if is_summed_up([str(values.get(key, "")) for key in keys])]
    rows = placed.rows({**values, **dict.fromkeys(shifted, UNFILLED)})
    if remarks:
        said = {box.top: remarks[key[0]] for key, (box, _) in placed.cells.items() if key[0] in remarks}
        said[min(box.top for box, _ in placed.heads)] = NOTES
        rows = [[*row, *[""] * (placed.width - len(row)), said[at]] if at in said else row for at, row in enumerate(rows)]
    csv.writer(buffer, lineterminator="\r\n").writerows([*rows, *([note] for note in notes)])
    return buffer.getvalue()
