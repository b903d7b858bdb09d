"""Table files made to measure: the official layout as rows of cells, to be spoilt, saved and read."""

import csv
import io

from making import FORMATS, keys_of
from nianbao.inputs.cells import TableInput
from nianbao.inputs.contract import ReportParams
from nianbao.inputs.csvlayout import to_csv
from nianbao.inputs.files.csv import read_csv
from nianbao.inputs.variants import Variant, read_grid
from nianbao.statute.names import locate

TABLES = [(form, f"table{number}") for form in FORMATS for number in (2, 3, 4)]


def table_of(form, table):
    return FORMATS[form].tables[table]


def params(**given):
    return ReportParams.model_validate(given)


def official(table, fill=0):
    """The table's file as rows of cells; ``fill`` is a value, or a function of (row labels, column labels)."""
    values = {key: fill(*key) if callable(fill) else fill for key in keys_of(table)}
    return list(csv.reader(io.StringIO(to_csv(table, values), newline="")))


def save(path, rows, encoding="utf-8-sig", separator=","):
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=separator).writerows(rows)
    path.write_bytes(buffer.getvalue().encode(encoding))
    return path


def read(tmp_path, table, rows, encoding="utf-8-sig", separator=",", **given):
    """What the reader makes of ``rows`` saved as the table's file."""
    return read_file(save(tmp_path / f"{table.id}.csv", rows, encoding, separator), table, params(**given))


def read_file(path, table, params):
    """What the reader makes of a table's file."""
    into = TableInput()
    found = read_csv(path, into)
    if found is None:
        return into
    own = Variant("", table)
    made = read_grid(found, path.name, own, [own], params)
    made.notes[:0] = into.notes
    return made


def row_of(rows, label):
    """The first row that holds the label."""
    return next(row for row in rows if label in row)


def at(intake, table, *steps):
    """One cell by the names people use for it."""
    return intake.cells[locate(table, steps)[0]]


def codes(findings):
    return [finding.code for finding in findings]
