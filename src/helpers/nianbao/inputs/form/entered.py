"""What people have entered in a form: cells, notes beside rows, lines below a table, facts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nianbao.statute.tree import CellKey, Labels

_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")


@dataclass(frozen=True, slots=True)
class OfTable:
    """What one table holds: the text of each cell, the note of each row, the lines below."""

    cells: Mapping[CellKey, str] = field(default_factory=dict)
    remarks: Mapping[Labels, str] = field(default_factory=dict)
    lines: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Entered:
    """What a form holds: its tables by their ids; name, value, unit and note of each fact."""

    tables: Mapping[str, OfTable] = field(default_factory=dict)
    facts: Sequence[tuple[str, str, str, str]] = ()


def numeric(text: str) -> Decimal | None:
    """The number of a cell that a spreadsheet has as a number; ``None`` for words and for amounts with a unit."""
    return Decimal(text) if _NUMBER.fullmatch(text) else None
