"""Report: one report's inputs as one frozen value, which notebooks load and checks read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from nianbao.findings import Finding, Kind, Severity, Source
from nianbao.inputs.cells import Cell, Cells
from nianbao.reading import Unknown
from nianbao.wording import NOT_APPLICABLE, UNFILLED, UNKNOWN
from nianbao.yamlfile import EVERY

if TYPE_CHECKING:
    from decimal import Decimal
    from pathlib import Path

    import pandas as pd

    from nianbao.inputs.cells import Aside
    from nianbao.inputs.contract import BureauParams, ReportParams
    from nianbao.statute.formats import Format
    from nianbao.statute.tree import CellKey, Labels

# What of a report's form findings name, and acceptances of them.
DATE, SIGNATURE = "成文日期", "落款"
NO_LAST_YEAR = Kind("I104", Severity.NOTE, "没有上年报告可供核对")


@dataclass(frozen=True, slots=True)
class Fact:
    """A named figure of the narrative, with the digits it was given.

    ``value`` is ``None`` when the figure is unknown, and ``reason`` says why, or when it is not filled in, without a reason.
    ``parts`` are the items whose sum it is. ``note``, such as where it comes from, is not printed.
    """

    name: str
    value: Decimal | None
    unit: str
    parts: dict[str, Decimal | None]
    reason: str
    source: Source
    note: str = ""


@dataclass(frozen=True)
class Report:
    """Everything one report is made from.

    Parameters
    ----------
    cells : dict
        Table id → {(row path, column path): `Cell`}.
    asides : dict
        Table id → the lines that stand around it, the notes below it among them.
    labels : dict
        Table id → {(part's title, labels of a heading): its label as typed}, where that is printed.
    formats : dict
        Table id → {title of a part ('' for the whole table): id of the other format it is in}.
    captions : dict
        Table id → the lines in which the table's own name stands, as typed, and where.
    placed : frozenset of str
        The ids of the tables of which a form keeps every cell in its place.
    narrative : str
        The source of narrative.md.
    forms : tuple of (str, int, Source)
        The body and the year that each form in its folder says are its own, and where.
    previous : Report or None
        The same bureau's report of the year before; ``None`` when it is missing or has faults.
    unread : frozenset of tuples
        What of the inputs could not be read: a key of report.yaml (date), an item below one (facts, its name), narrative,
        bureau; () stands for all of report.yaml.
    faults, notes : tuple of Finding
        Faults forbid rendering; notes say how something was read.
    """

    id: str
    year: int
    bureau: BureauParams
    params: ReportParams
    format: Format
    facts: dict[str, Fact]
    cells: dict[str, Cells]
    narrative: str
    folder: Path
    sources: dict[str, Source] = field(default_factory=dict)
    asides: dict[str, tuple[Aside, ...]] = field(default_factory=dict)
    labels: dict[str, dict[Labels, str]] = field(default_factory=dict)
    formats: dict[str, dict[str, str]] = field(default_factory=dict)
    captions: dict[str, tuple[tuple[str, Source], ...]] = field(default_factory=dict)
    placed: frozenset[str] = frozenset()
    forms: tuple[tuple[str, int, Source], ...] = ()
    previous: Report | None = None
    unread: frozenset[tuple[str | int, ...]] = frozenset()
    faults: tuple[Finding, ...] = ()
    notes: tuple[Finding, ...] = ()

    def is_unread(self, *path: str) -> bool:
        """Whether a key, or an item below it, could not be read, by itself or with all that it stands in."""
        return any(path[:length] in self.unread for length in range(len(path) + 1))

    @property
    def date(self) -> date | None:
        """The date of issue; ``None`` when it is missing or unknown."""
        return self.params.date if isinstance(self.params.date, date) else None

    @property
    def unknown(self) -> dict[str, str]:
        """What of date, signature, number and editor is unknown, with the reason."""
        values = {key: getattr(self.params, key) for key in ("date", "signature", "number", "editor")}
        return {key: value.reason for key, value in values.items() if isinstance(value, Unknown)}

    def has_lead(self, numeral: str) -> bool:
        """Whether a chapter that the bureau did not write gets a computed lead sentence."""
        for leads in (self.params.lead, self.bureau.lead):
            if rule := leads.get(numeral) or leads.get(EVERY):
                return rule == "auto"
        return True

    def cell(self, table: str, key: CellKey) -> Cell | None:
        """One cell by its table id and (row path, column path)."""
        return self.cells.get(table, {}).get(key)

    @property
    def frame(self) -> pd.DataFrame:
        """All cells as one tidy frame: table, row, column, value (int or Decimal), unit, state, source."""
        # Only this property imports pandas: the import is half the start-up time of a report that needs no frame.
        import pandas as pd

        rows = list(map(_with_text_source, self.rows()))
        frame = pd.DataFrame(rows, columns=list(COLUMNS))
        # Left to itself, pandas turns counts into floats as soon as one cell has no number.
        frame["value"] = pd.Series([row["value"] for row in rows], dtype=object)
        return frame

    def rows(self) -> list[dict[str, Any]]:
        """The rows of `frame` as plain values; labels from the top level down, joined by ``" > "``."""
        result = []
        for table in self.format.tables.values():
            for key in table.cells:
                cell = self.cells[table.id].get(key) or Cell(UNFILLED)
                values = (table.id, " > ".join(key[0]), " > ".join(key[1]), cell.value, cell.unit, cell.state, cell.source)
                result.append(dict(zip(COLUMNS, values, strict=True)) | {"reason": cell.reason, "shown": cell.shown})
        return result


COLUMNS = ("table", "row", "column", "value", "unit", "state", "source")


def _with_text_source(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"source": str(row["source"] or "")}


def counted(cell: Cell | None, report: Report) -> int | Decimal | None:
    """A cell's value in a sum: its number, 0 for 不适用 when the report declares it so, else ``None``."""
    if cell is not None and cell.state == NOT_APPLICABLE and report.params.not_applicable.as_zero:
        return 0
    return cell.value if cell is not None else None


def unknowns(report: Report) -> list[str]:
    """The names of the tables with cells that are 未知."""
    tables = report.format.tables.values()
    return [table.name for table in tables if any(cell.state == UNKNOWN for cell in report.cells[table.id].values())]
