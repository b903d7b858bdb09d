"""Read one table in its report's format, or, part by part, in another one whose headings stand there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nianbao.findings import Finding, Source, enumerated
from nianbao.inputs import oddlabels, strays
from nianbao.inputs.asides import money_unit
from nianbao.inputs.cells import NO_UNIT, Cell, TableInput, gathered, place_of
from nianbao.inputs.grid import GUESSED, MISPLACED, GridReader
from nianbao.inputs.layout import lay_out, title_key
from nianbao.inputs.outline import is_value
from nianbao.reading import YUAN
from nianbao.statute import tree
from nianbao.statute.formats import TERM
from nianbao.wording import UNFILLED

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Sequence

    from nianbao.inputs.contract import ReportParams
    from nianbao.inputs.grid import Guess
    from nianbao.inputs.layout import Layout, Line, Rows
    from nianbao.inputs.oddlabels import Marks
    from nianbao.statute.equations import Equation
    from nianbao.statute.tree import Part, Table

# Faults that say a table does not fit its format; it may fit another.
MISFITS = {MISPLACED, strays.EXTRA}


@dataclass(frozen=True, slots=True)
class Variant:
    """A table in one format; ``only`` are the titles of the parts that may be read in it (``None``: all)."""

    format: str
    table: Table
    only: frozenset[str] | None = None

    def part(self, key: str) -> Part | None:
        """The part of this `title_key`, unless it may not be read in this format."""
        found = next((part for part in self.table.parts if title_key(part.title) == key), None)
        return found if found and (self.only is None or key in self.only) else None


def read_grid(
    rows: Rows,
    name: str,
    own: Variant,
    variants: Sequence[Variant],
    params: ReportParams,
    term: str = TERM,
    is_placed: bool = False,
    marks: Marks | None = None,
    said: Container[int] = (),
) -> TableInput:
    """Read a grid laid out as the official form.

    Parameters
    ----------
    rows : list of (int, list of str)
        The non-blank rows with their numbers, from 1; cells are stripped of white space.
    name : str
        The file they come from, as findings name it.
    own : Variant
        The table in the report's format.
    variants : sequence of Variant
        The table in each format it may be read in, the likeliest first.
    term : str
        What the report calls 政府信息.
    is_placed : bool
        Whether every cell stands in its place, as in the form: a row cannot have lost its blanks there.
    marks : dict, optional
        The cells with words that are struck or that nobody sees.
    said : container of int
        The numbers of the rows that are lines beside the table, several in a row.
    """
    layout = lay_out(rows, name, [one.table for one in variants], _titles(variants), said)
    unit = money_unit(layout.asides)
    result = TableInput(asides=list(layout.asides))
    parts: dict[str, Part] = {}
    guesses: list[Guess] = []
    used = {own.format: own.table}
    zeros = any(cell == "0" for _, row in rows for cell in row)
    about = (name, params, term, unit if unit in YUAN else "", is_placed, zeros, marks or {})
    for key, lines in layout.parts.items():
        variant, part, read, guessed = _best(key, lines, variants, lambda one: GridReader(one, *about))
        parts[key] = part
        if variant.format != own.format and part not in own.table.parts:
            result.formats[part.title] = variant.format
            used[variant.format] = variant.table
        result.add(read)
        if odd := oddlabels.of_title(marks or {}, name, [*layout.titles.get("", ()), *layout.titles.get(key, ())]):
            result.odd = dict.fromkeys(read.cells, odd) | result.odd
        guesses += guessed
    _lost(layout, name, variants, result)
    _beside(layout, name, result, own.table)
    whole = _whole(result.formats, parts, own, variants)
    if whole is not own:
        result.formats = {"": whole.format}
    result.table = _as_read(parts, whole.table, own.table, list(used.values()))
    result.cells |= {key: Cell(UNFILLED, source=Source(name)) for key in result.table.cells if key not in result.cells}
    result.notes += [*_said_of_labels(own.table, guesses), *_said_of_unit(result.table, result, unit)]
    result.notes = gathered(result.notes, own.table)
    return result


def _titles(variants: Sequence[Variant]) -> set[str]:
    """The keys of the titles of all parts that may be read."""
    return {key for one in variants for key in _keys(one.table) if key and one.part(key)}


def _whole(formats: dict[str, str], parts: dict[str, Part], own: Variant, variants: Sequence[Variant]) -> Variant:
    """The other format that a table is wholly in, or its own."""
    for one in variants:
        if set(formats.values()) == {one.format} and _keys(one.table) == set(parts):
            differing = [part for part in one.table.parts if part not in own.table.parts]
            return one if len(formats) == len(differing) else own
    return own


def _as_read(parts: dict[str, Part], base: Table, own: Table, used: list[Table]) -> Table:
    """The table with its parts as they were read, and the rules of every format that it has parts of."""
    order = dict.fromkeys([*(title_key(part.title) for part in base.parts), *parts])
    made = tuple(parts.get(key) or next(part for part in base.parts if title_key(part.title) == key) for key in order)
    if made == own.parts:
        return own
    rules = used if base is own else [base]
    return replace(
        base,
        parts=made,
        identities=_once(one.identities for one in rules),
        impossible=_once(one.impossible for one in rules),
        implausible=_once(one.implausible for one in rules),
    )


def _once(rules: Iterable[tuple[Equation, ...]]) -> tuple[Equation, ...]:
    return tuple({(rule.kind.code, rule.text): rule for some in rules for rule in some}.values())


def _keys(table: Table) -> set[str]:
    return {title_key(part.title) for part in table.parts}


def _best(
    key: str, lines: list[Line], variants: Sequence[Variant], reader_of: Callable[[Table], GridReader]
) -> tuple[Variant, Part, TableInput, list[Guess]]:
    """A part read in the first format whose headings are found; in the report's own when there is none."""
    first: tuple[Variant, Part, TableInput, list[Guess]] | None = None
    seen: list[Part] = []
    for variant in variants:
        part = variant.part(key)
        if part is None or part in seen:
            continue
        seen.append(part)
        reader = reader_of(variant.table)
        made = variant, reader.read(part, lines), reader.into, reader.guessed
        if not any(fault.kind in MISFITS for fault in reader.into.faults):
            return made
        first = first or made
    assert first
    return first


def _lost(layout: Layout, name: str, variants: Sequence[Variant], into: TableInput) -> None:
    """Faults for lines before the first title, and for parts that the file does not have or has beside figures."""
    own = variants[0].table
    first = own.parts[0].title
    for line in layout.before[:1]:
        found, expected = f"“{'、'.join(line.filled())}”", f"只有“{first}”的一行"
        into.faults.append(Finding(MISPLACED, own.name, line.source(name), found, expected, "每部分以其标题行开头"))
    there = set(layout.parts)
    lines = (line.filled() for some in layout.parts.values() for line in some)
    heads = {tree.normalise(chain[-1].label) for one in variants for part in one.table.parts for chain in part.column_chains}
    titles = set().union(*(_keys(one.table) for one in variants))
    if any(
        any(is_value(cell) or tree.normalise(cell) in heads for cell in filled[1:]) and title_key(filled[0]) in titles
        for filled in lines
    ):
        into.unsure |= into.cells.keys()  # a column has lost a cell or taken one in: its heads stand in other rows
    if any(_keys(one.table) <= there for one in variants):
        return
    lost = [f"“{part.title}”" for part in own.parts if title_key(part.title) not in there]
    if lost:
        found, action = f"文件中没有{'、'.join(lost)}", "补上，或改正标题行的文字"
        into.faults.append(Finding(MISPLACED, own.name, Source(name), found, "每部分的标题行及其下的行", action))


def _beside(layout: Layout, name: str, into: TableInput, table: Table) -> None:
    """The table's own name, and faults for what stands beside it; a figure there may be one that its row has lost."""
    into.captions += [(line.filled()[0], line.source(name, *line.apart[:1])) for line in layout.titles.get("", ())]
    into.faults += strays.findings(layout.strays, name, table.name)
    for one in layout.strays:
        of_line = {key for key, cell in into.cells.items() if cell.source and cell.source.line == one.line.number}
        is_lost = is_value(one.text) and sum(map(is_value, one.line.cells)) == 1
        into.unsure |= of_line or (into.cells.keys() if is_lost else set())


def _said_of_labels(table: Table, guessed: list[Guess]) -> list[Finding]:
    """One note of a table on the labels that are not the headings' own words."""
    if not guessed:
        return []
    shown = [f"“{typed or '（空）'}”读作“{name}”" for typed, name, _ in guessed]
    return [Finding(GUESSED, table.name, guessed[0][2], enumerated(shown, "；", "处"), "", "核对；印出的是法定名称")]


def _said_of_unit(table: Table, into: TableInput, said: str) -> list[Finding]:
    """A warning for each amount whose head names another unit than the line ``单位：元`` above the table."""
    found = []
    for key, (_, column) in table.cells.items() if said else ():
        cell = into.cells[key]
        if column[-1].kind == "money" and cell.value and cell.unit == column[-1].unit not in {"", said}:
            shown = f"表上写“单位：{said}”，栏名{f'写“{cell.unit}”' if cell.unit else '没有单位'}"
            place = place_of(table, *key)
            found.append(Finding(NO_UNIT, place, cell.source, shown, "数字加单位，如 8.04万元", "核对单位，写在数字后"))
    return found
