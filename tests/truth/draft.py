"""A report before it is written: its numbers, lines and rows, each of which a fault can change; then the files of params."""

import csv
import io
from dataclasses import dataclass, field, replace
from functools import cache

from making import FORMATS
from nianbao.inputs.csvlayout import to_csv
from nianbao.paths import ReportPaths
from nianbao.wording import column_letter
from truth.numbers import Numbers
from truth.speech import Piece, Style, said

NARRATIVE, REPORT = "narrative.md", "report.yaml"


@dataclass(frozen=True)
class Bureau:
    """A made-up bureau; ``we`` is what it calls itself."""

    id: str
    name: str
    short: str
    level: str
    we: str
    parent: str = ""
    rules: bool = False
    cap: int = 0

    def file(self):
        said = f"name: {self.name}\nshort: {self.short}\nlevel: {self.level}\n"
        said += f"parent: {self.parent}\n" if self.parent else ""
        said += f"cap: {self.cap}\n" if self.cap else ""
        return said + (f"issues: {{规章: {'是' if self.rules else '否'}}}\n" if self.level == "市" or self.rules else "")


@dataclass
class Draft:
    """One report; ``files`` are whole files that take the place of its own, ``None`` for one that is missing."""

    bureau: Bureau
    numbers: Numbers
    lines: list
    head: list
    rows: dict
    values: dict
    style: Style
    previous: "Draft | None" = None
    others: list = field(default_factory=list)
    files: dict = field(default_factory=dict)

    @property
    def year(self):
        return self.numbers.year

    @property
    def form(self):
        return self.numbers.form

    def copy(self):
        return replace(
            self,
            lines=[list(line) for line in self.lines],
            head=list(self.head),
            rows={table: [list(row) for row in rows] for table, rows in self.rows.items()},
            files=dict(self.files),
            others=list(self.others),
        )

    def text(self, at):
        """A line of the narrative, counted from 0."""
        return said(self.lines[at])

    def chapter(self, numeral):
        """The place of a chapter's heading, and those of its lines that hold text; ``None`` where it is not written."""
        heads = [at for at in range(len(self.lines)) if self.text(at).startswith("## ")]
        for at, end in zip(heads, [*heads[1:], len(self.lines)], strict=True):
            if self.text(at).startswith(f"## {numeral}、"):
                return at, [one for one in range(at + 1, end) if self.text(one).strip()]
        return None

    def statements(self):
        """(line, index, piece) of every number that is typed and comes from the tables."""
        return [
            (at, index, piece)
            for at, line in enumerate(self.lines)
            for index, piece in enumerate(line)
            if piece.counts and piece.form != "bound"
        ]

    def say(self, at, index, text):
        """Put other words in the place of one piece."""
        self.lines[at][index] = replace(self.lines[at][index], text=text)

    def insert(self, at, text):
        """A paragraph of its own before a line."""
        self.lines[at:at] = [[Piece(text)], []]

    def place(self, name):
        """(table, row, column) of the cell that a name stands for, counted from 0."""
        table, key = self.numbers.sources[name][:2]
        return (table, *layout(self.form, table)[key])

    def cell(self, name):
        table, row, column = self.place(name)
        return self.rows[table][row][column]

    def fill(self, name, text):
        """Type a text into a cell; returns its file and address."""
        table, row, column = self.place(name)
        self.rows[table][row][column] = str(text)
        return f"{table}.csv", f"{column_letter(column)}{row + 1}"

    def contents(self):
        """{file name: bytes} of the report's folder."""
        made = {
            REPORT: "\n".join([*self.head, ""]).encode(),
            NARRATIVE: "\n".join([*(said(line) for line in self.lines), ""]).encode(),
        }
        for table, rows in self.rows.items():
            buffer = io.StringIO()
            csv.writer(buffer, lineterminator="\r\n").writerows(rows)
            made[f"{table}.csv"] = buffer.getvalue().encode("utf-8-sig")
        return {name: content for name, content in (made | self.files).items() if content is not None}


@cache
def _form(form, table):
    """The rows of an empty official form, and {cell: (row, column)}, counted from 0."""
    tree = FORMATS[form].tables[table]
    marks = {key: f"@{number}" for number, key in enumerate(tree.cells)}
    rows = list(csv.reader(io.StringIO(to_csv(tree, marks))))
    places = {text: (row, column) for row, cells in enumerate(rows) for column, text in enumerate(cells)}
    return rows, {key: places[mark] for key, mark in marks.items()}


def layout(form, table):
    """{cell: (row, column)} in the official layout, counted from 0."""
    return _form(form, table)[1]


def _typed(key, value):
    """A value as it is typed into its cell: money without a unit in its head with one."""
    if value and key[1][-1] == "采购总金额":
        return f"{value:f}万元"
    return format(value, "f") if value % 1 else str(int(value))


def rows_of(numbers):
    """The tables of a report as rows of text."""
    found = {}
    for table, cells in numbers.cells.items():
        rows, places = _form(numbers.form, table)
        found[table] = [list(row) for row in rows]
        for key, value in cells.items():
            row, column = places[key]
            found[table][row][column] = _typed(key, value)
    return found


def write(draft, params):
    """Write a report, last year's, and those of other bureaus, into a params folder."""
    everyone = [one for first in (draft, *draft.others) for one in (first, first.previous) if one]
    for one in everyone:
        paths = ReportPaths(params, one.bureau.id, one.year)
        paths.folder.mkdir(parents=True, exist_ok=True)
        if not paths.bureau_file.exists():
            paths.bureau_file.write_text(one.bureau.file(), "utf-8")
        for name, content in one.contents().items():
            (paths.folder / name).write_bytes(content)
