"""The forms of sections among the files of one import, joined with each other and with what the report's folder has."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nianbao.errors import UsageError
from nianbao.importing import kinds, refusals
from nianbao.importing.flow import Unreadable
from nianbao.importing.forms import rewritten
from nianbao.importing.forms.filled import Filled, Reader, is_form
from nianbao.importing.forms.joined import Joined, join
from nianbao.inputfiles import NotRead, read_file
from nianbao.language import say
from nianbao.starting import starter
from nianbao.starting.carried import carry_over

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence
    from pathlib import Path

    from nianbao.importing.flow import Flow
    from nianbao.importing.forms.filled import FilledTable
    from nianbao.importing.forms.joined import Carried
    from nianbao.importing.imported import Imported
    from nianbao.inputs.report import Report
    from nianbao.paths import ReportPaths
    from nianbao.statute.formats import Format, Library
    from nianbao.statute.tree import CellKey


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
        return data, rewritten.changes(made, entered, self.held, self.carried)

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
    in_form = {*held.values()} == {paths.form_file.name}
    reader = Reader(form, library)
    copies = _copies(given, flows, reader, in_form)
    if not copies or (held and not in_form):
        return None
    if in_form and len(copies) < len(flows):
        said = "{file} is in {folder}: import the forms that came back by themselves, and the other files then"
        raise UsageError(say(said, file=paths.form_file.name, folder=paths.folder))
    first = next((one.flow.of for one in copies.values() if one.flow.of), None)
    refusals.must_be_of([one.flow for one in copies.values()], paths.year, bureau or (first[0] if first else ""))
    there = [_held_form(paths, reader, library)] if in_form else _held_tables(paths, reader)
    if len(copies) + len(there) < 2:
        return None
    others = [one for at, one in copies.items() if not (in_form and given[at].resolve() == paths.form_file.resolve())]
    previous = starter.last_years(paths)
    carried = {table.id: carry_over(table, previous) for table in form.tables.values()}
    joined = join([*there, *others], reader, carried)
    joined.flow = replace(joined.flow, kind="填报表", of=first)
    rest = [flow for at, flow in enumerate(flows) if at not in copies]
    return Sections(joined, (joined.flow, *rest), there[0] if in_form else None, previous, carried)


def _copies(given: Sequence[Path], flows: Sequence[Flow], reader: Reader, in_form: bool) -> dict[int, Filled]:
    """The files that are forms, and the CSV files of one table that fill each other up, by their places."""
    found = {at: reader.copy(flow, given[at].name) for at, flow in enumerate(flows) if is_form(flow)}
    tables = {at: one for at, path in enumerate(given) if at not in found and (one := reader.csv(path))}
    every = [*found.values(), *tables.values()]
    same = {key: [one.tables[key] for one in every if key in one.tables] for key in reader.form.tables}
    joinable = {key for key, some in same.items() if in_form or _fill_up(some)}
    return found | {at: one for at, one in tables.items() if joinable & one.tables.keys()}


def _fill_up(some: Sequence[FilledTable | None]) -> bool:
    """Whether several copies of a table fill each other up: of two that differ, a file's name may say which one counts."""
    said: dict[CellKey, set[Hashable]] = {}
    for key, one in ((key, one) for table in some if table for key, one in table.told({}).items()):
        said.setdefault(key, set()).add(one.meaning)
    return len(some) > 1 and None not in some and all(len(meanings) == 1 for meanings in said.values())


def _held_form(paths: ReportPaths, reader: Reader, library: Library) -> Filled:
    try:
        return reader.copy(kinds.read(read_file(paths.form_file), library), paths.form_file.name, is_held=True)
    except (NotRead, Unreadable) as error:
        said = "{file} cannot be used; nothing was written. Put it right, and import once more:\n\n{faults}"
        raise UsageError(say(said, file=paths.form_file, faults=error.found)) from error


def _held_tables(paths: ReportPaths, reader: Reader) -> list[Filled]:
    """The tables of the folder that are CSV files, laid out as the kit lays them out."""
    there = (path for key in reader.form.tables if (path := paths.table_file(key)).exists())
    return [one for path in there if (one := reader.csv(path, is_held=True))]
