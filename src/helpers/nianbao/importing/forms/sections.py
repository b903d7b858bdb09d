"""The forms of sections among the files of one import, joined with each other and with what the report's folder has."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nianbao.errors import UsageError
from nianbao.importing import kinds, refusals
from nianbao.importing.flow import Flow, Unreadable
from nianbao.importing.forms import rewritten
from nianbao.importing.forms.filled import Filled, Reader, is_form
from nianbao.importing.forms.joined import Joined, join
from nianbao.importing.rectangles import Cell, set_out
from nianbao.inputfiles import NotRead, read_file
from nianbao.inputs import starter
from nianbao.inputs.cells import TableInput
from nianbao.inputs.files.csv import read_csv
from nianbao.language import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from nianbao.importing.forms.joined import Carried
    from nianbao.importing.imported import Imported
    from nianbao.inputs.report import Report
    from nianbao.paths import ReportPaths
    from nianbao.statute.formats import Format, Library


@dataclass(frozen=True, slots=True)
class Sections:
    """The forms, joined.

    Parameters
    ----------
    flows : tuple of Flow
        What is imported: the joined form, then the files that are no forms.
    held : Filled or None
        The form in the report's folder, which is written anew; ``None`` where the tables become CSV files.
    previous, carried
        Last year's report, and the numbers that are carried over from it.
    """

    joined: Joined
    flows: tuple[Flow, ...]
    held: Filled | None
    previous: Report | None
    carried: Carried

    def form(self, paths: ReportPaths, made: Imported) -> tuple[bytes, list[str]]:
        """form.xlsx and what becomes other in it, a line each."""
        assert self.held
        entered = rewritten.entered(made, self.joined, self.held, self.carried)
        data = rewritten.form(paths, made, entered, self.previous, self.carried)
        return data, rewritten.changes(made, entered, self.held)

    @property
    def is_held_blank(self) -> bool:
        """Whether nobody has filled in anything in the form of the folder."""
        tables = self.held.tables if self.held else {}
        has_facts = any(row[1] or row[3] for row in self.held.flow.facts.values()) if self.held else False
        return not has_facts and all(one and not one.says(self.carried.get(key, {})) for key, one in tables.items())


def of(
    paths: ReportPaths,
    given: Sequence[Path],
    flows: Sequence[Flow],
    form: Format,
    library: Library,
    held: Mapping[str, str],
    bureau: str,
) -> Sections | None:
    """The forms among some files, joined; ``None`` where there is nothing to join one with, or none.

    ``held`` are the tables that a workbook of the folder gives, with its name.

    Raises
    ------
    UsageError
        When a form is another year's or another body's, or the folder's own form cannot be read.
    """
    own = [at for at, flow in enumerate(flows) if is_form(flow)]
    in_form = {*held.values()} == {paths.form_file.name}
    if not own or (held and not in_form):
        return None
    if in_form and len(own) < len(flows):
        said = "{file} is in {folder}: import the forms that came back by themselves, and the other files then"
        raise UsageError(say(said, file=paths.form_file.name, folder=paths.folder))
    refusals.must_be_of([flows[at] for at in own], paths.year, bureau or next((one.of[0] for one in flows if one.of), ""))
    reader = Reader(form, library)
    there = [_held_form(paths, reader, library)] if in_form else [*_held_tables(paths, reader)]
    if len(own) + len(there) < 2:
        return None
    same = {at for at in own if in_form and given[at].resolve() == paths.form_file.resolve()}
    copies = [reader.copy(flows[at], given[at].name) for at in own if at not in same]
    previous = starter.last_years(paths)
    carried = {table.id: starter.carry_over(table, previous) for table in form.tables.values()}
    joined = join([*there, *copies], reader, carried)
    first = flows[own[0]]
    joined.flow = replace(joined.flow, kind=first.kind, of=first.of)
    rest = [flow for at, flow in enumerate(flows) if at not in own]
    return Sections(joined, (joined.flow, *rest), there[0] if in_form else None, previous, carried)


def _held_form(paths: ReportPaths, reader: Reader, library: Library) -> Filled:
    try:
        return reader.copy(kinds.read(read_file(paths.form_file), library), paths.form_file.name, is_held=True)
    except (NotRead, Unreadable) as error:
        said = "{file} cannot be used; nothing was written. Put it right, and import once more:\n\n{faults}"
        raise UsageError(say(said, file=paths.form_file, faults=error.found)) from error


def _held_tables(paths: ReportPaths, reader: Reader) -> list[Filled]:
    """The tables of the folder that are CSV files."""
    found = []
    for key in reader.form.tables:
        path, into = paths.table_file(key), TableInput()
        rows = read_csv(path, into) if path.exists() else None
        if rows:
            region = reader.finder.region(key, "", rows)
            grid = set_out([[Cell(text) for text in cells] for _, cells in region.rows], path.name)
            said = {number: text for number, _, text in region.remarks}
            remarks = {at: said[number] for at, (number, _) in enumerate(region.rows) if number in said}
            grid = replace(grid, numbers=tuple(number for number, _ in region.rows), remarks=remarks)
            found.append(reader.copy(Flow("CSV", (grid,)), path.name, is_held=True))
    return found
