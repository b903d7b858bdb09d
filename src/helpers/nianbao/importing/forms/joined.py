"""The copies of one report's form, as its sections have filled them in → one file, cell by cell."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nianbao.importing.flow import Flow, Grid, Paragraph
from nianbao.importing.forms import apart, joinedfacts
from nianbao.importing.forms.settled import settle
from nianbao.importing.rectangles import Cell, set_out
from nianbao.inputs.cells import place_of
from nianbao.inputs.placing import place
from nianbao.inputs.questions import BESIDE_ZEROS, BLANK
from nianbao.language import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from nianbao.importing.flow import Block
    from nianbao.importing.forms.filled import Filled, FilledTable, Reader, Said
    from nianbao.importing.forms.settled import Settled
    from nianbao.importing.imported import Imported
    from nianbao.statute.tree import CellKey, Labels, Table

    Carried = Mapping[str, Mapping[CellKey, Decimal | int]]

DIFFER = "几份填报表同一处填得不同，没有填：问清楚后填上"
APART = "几份填报表的下列表合不到一起（有的地方读不准），下面填的不一定取用了：逐项核对，没有的自己填上"
DIFFER_FROM_HELD = "填报表与文件夹里的同一处填得不同，文件夹里的没有改：核对，要改的在那里改"


@dataclass(slots=True)
class Joined:
    """What the copies come to.

    Parameters
    ----------
    flow : Flow
        As of one file.
    notes : dict
        The table's id → the lines below it that are printed.
    unchanged : set of str
        The tables in which no copy says anything that the report's folder does not say.
    differing : list of (str, Settled)
        What was filled in in several ways: its name, and the ways.
    apart : list of str
        What copies say in tables that could not be put together.
    filled : dict
        The name of each copy → what was filled in there, in few words; '' for nothing.
    """

    flow: Flow
    notes: dict[str, list[str]] = field(default_factory=dict)
    remarks: dict[str, dict[Labels, str]] = field(default_factory=dict)
    unchanged: set[str] = field(default_factory=set)
    differing: list[tuple[str, Settled]] = field(default_factory=list)
    apart: list[str] = field(default_factory=list)
    filled: dict[str, str] = field(default_factory=dict)

    @property
    def told(self) -> list[str]:
        """What each copy has filled in, and whether that was nothing."""
        nothing = say("nobody has filled in anything there")
        return [say("{file}: {filled}", file=file, filled=filled or nothing) for file, filled in self.filled.items()]

    def tell(self, made: Imported) -> None:
        """List what the copies say, and ask about what differs, not about blanks: other sections may still send theirs."""
        made.said[:0] = [(file, filled, "填报表里填的") for file, filled in self.filled.items()]
        for question in (BLANK, BESIDE_ZEROS):
            made.questions.pop(question, None)
        if self.apart:
            made.ask(APART, *self.apart)
        for name, one in self.differing:
            made.ask_once(DIFFER_FROM_HELD if one.said else DIFFER, f"{name}：{one.shown}", one.key(name))


def join(copies: Sequence[Filled], reader: Reader, carried: Carried) -> Joined:
    """Put the copies together: in each cell a number is taken before a blank, and two that are the same once.

    ``carried`` are the numbers that `nianbao new` has carried over: where a copy has them, nobody has filled in anything.
    What cannot be put together so, as its rows and columns are not certain, is asked about, text by text.
    """
    made = Joined(copies[0].flow)
    blocks: list[Block] = []
    for key in reader.form.tables:
        blocks += _table(key, copies, reader, carried.get(key, {}), made)
    tables = {id(one.grid) for copy in copies for one in copy.tables.values() if one}
    beside: dict[tuple[str, str], Block] = {}
    for one in (one for copy in copies for one in copy.flow.blocks if id(one) not in tables):
        if isinstance(one, Paragraph):
            beside.setdefault((one.text, one.around), one)
        elif not any(one is other for other in blocks):
            blocks.append(one)
    flows = [copy.flow for copy in copies]
    made.flow = replace(
        flows[0],
        blocks=(*blocks, *beside.values()),
        remarks=tuple(one for flow in flows for one in flow.remarks),
        unseen=tuple(one for flow in flows for one in flow.unseen),
        said=tuple(one for copy in copies if not copy.is_held for one in copy.flow.said),
        facts=joinedfacts.joined(copies, made.differing),
    )
    made.filled = {one.file: _filled(one, reader, carried) for one in copies if not one.is_held}
    return made


def _table(
    key: str, copies: Sequence[Filled], reader: Reader, carried: Mapping[CellKey, Decimal | int], into: Joined
) -> list[Grid]:
    """One table of all copies: the one copy of it that says anything, or what several say."""
    there = [copy.tables[key] for copy in copies if key in copy.tables]
    some = [one for one in there if one]
    into.notes[key] = [*dict.fromkeys(text for one in some for text in one.notes)]
    into.remarks[key] = {row: one.text for copy in some for row, one in copy.remarks.items()}
    telling = [one for one in some if one.says(carried)]
    held = next((one for copy in copies if copy.is_held and (one := copy.tables.get(key))), None)
    if not any(_adds(one, held, carried) for copy in copies if not copy.is_held and (one := copy.tables.get(key))):
        into.unchanged.add(key)
    whole = _whole(key, some, reader) if len(some) == len(there) else None
    if whole is None:
        into.unchanged.discard(key)
        base, *others = copies
        into.apart += (text for copy in others for text in apart.texts(key, copy, base, reader))
        return [*{id(one): one for copy in copies for one in apart.grids(key, copy, reader)}.values()]
    if len(telling) < 2:
        return [replace(one.grid, file="") for one in telling or some[:1]]
    return [_joined(whole, some, carried, into)]


def _adds(one: FilledTable, held: FilledTable | None, carried: Mapping[CellKey, Decimal | int]) -> bool:
    """Whether a copy says in a table what the folder does not say."""
    if held is None:
        return one.says(carried)
    there = {key: said.meaning for key, said in (*held.cells.items(), *held.remarks.items())}
    said = (*one.told(carried).items(), *one.remarks.items())
    return any(there.get(key) != it.meaning for key, it in said) or not {*one.notes} <= {*held.notes}


def _whole(key: str, some: Sequence[FilledTable], reader: Reader) -> Table | None:
    """The table with the rows of all copies; ``None`` where they are of several formats, or have rows that repeat."""
    formats = {one.format for one in some if one.cells} or {reader.form.id}
    form = next((one for one in (reader.form, *reader.others) if {one.id} == formats), None)
    local: dict[str, list[str]] = {}
    for title, labels in ((title, labels) for one in some for title, labels in one.local.items()):
        local[title] = [*dict.fromkeys([*local.get(title, []), *labels])]
    whole = form.with_rows({key: local}).tables.get(key) if form else None
    return whole if whole and all(one.cells.keys() <= whole.cells.keys() for one in some) else None


def _joined(table: Table, some: Sequence[FilledTable], carried: Mapping[CellKey, Decimal | int], into: Joined) -> Grid:
    """A table as the form lays it out, with what the copies say in each of its cells."""
    taken: dict[CellKey, Said] = {}
    for key in table.cells:
        told = [one for copy in some if (one := copy.told(carried).get(key))]
        found = settle(told or [one for copy in some if (one := copy.cells.get(key)) and one.text])
        into.differing += [(place_of(table, *key), found)] if found.differing else []
        taken |= {key: found.said} if found.said else {}
    remarks: dict[Labels, str] = {}
    for row in dict.fromkeys(row for row, _ in table.cells):
        found = settle(one for copy in some if (one := copy.remarks.get(row)))
        into.differing += [(f"{table.name} {row[-1] if row else ''}的备注", found)] if found.differing else []
        remarks |= {row: found.said.text} if found.said else {}
    into.remarks[table.id] = remarks
    placed = place(table, 1)
    lines = [*dict.fromkeys(text for one in some for text in one.lines)]
    rows = [[f"{table.name}　{table.caption}"], *([one] for one in lines)]
    begin = len(rows)
    rows += placed.rows({key: one.text for key, one in taken.items()})
    rows += [[one] for one in into.notes[table.id]]
    files = "、".join(dict.fromkeys(one.file for copy in some for one in copy.cells.values()))
    # A line above the table stands in no row of the form.
    numbers = (1, *[1] * len(lines), *range(2, len(rows) - len(lines) + 1))
    at = {key: (box.top - 1 + begin, box.left) for key, (box, _) in placed.cells.items()}
    grid = set_out([[Cell(text) for text in row] for row in rows], f"{files} 工作表“{table.name}”")
    return replace(
        grid,
        numbers=numbers,
        is_placed=True,
        sheet=table.name,
        doubtful={at[key]: one.doubt for key, one in taken.items() if one.doubt},
        formulas={at[key]: one.formula for key, one in taken.items() if one.formula},
        remarks={row: remarks[key[0]] for key, (row, _) in at.items() if key[0] in remarks},
        printed=tuple(dict.fromkeys(line for one in some for line in one.grid.printed)),
    )


def _filled(copy: Filled, reader: Reader, carried: Carried) -> str:
    """What a copy has filled in, in few words."""
    counts = {key: len(one.told(carried.get(key, {}))) for key, one in copy.tables.items() if one}
    parts = [f"{reader.form.tables[key].name} {count}格" for key, count in counts.items() if count]
    facts = joinedfacts.told(copy)
    return "、".join([*parts, *([f"事实 {facts}项"] if facts else [])])
