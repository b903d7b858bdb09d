"""Rows that may have lost a cell, and columns that may have: the figures behind it, or below it, are none of their cells'.

A spreadsheet closes the gap of a cell that is deleted: the last cell of the row, or of the column, is blank then. Figures of
other cells may add up by accident, which nobody can see.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nianbao.findings import Finding, Kind, Severity, Source
from nianbao.inputs.layout import title_key
from nianbao.inputs.outline import is_summed_up, is_value
from nianbao.inputs.rowsums import holds, rules, sides, sums
from nianbao.statute import tree
from nianbao.statute.equations import instances
from nianbao.wording import NOT_APPLICABLE, UNFILLED, UNKNOWN, number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from nianbao.inputs.cells import Cell
    from nianbao.inputs.labels import Chain
    from nianbao.inputs.layout import Line
    from nianbao.statute.tree import CellKey, Labels, Node, Part, Table

_CHECKED = re.compile("[√✓✔是对]|正确|一致|相符|相等|平衡|通过|无误|合格|(?i:true|ok)")


LOST = Kind("W230", Severity.WARNING, "一行像是丢了格")


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it was read: its line, its heading, the texts of its cells in their order, and the cells by their columns."""

    line: int
    label: Labels
    texts: tuple[str, ...]
    columns: tuple[Labels, ...]
    cells: Mapping[CellKey, Cell]

    def value(self, column: Labels) -> int | Decimal | None:
        """The number in a cell, 0 for a blank or what does not apply; ``None`` where it is not known."""
        cell = self.cells[self.label, column]
        is_blank = cell.state == UNFILLED and not self.texts[self.columns.index(column)]
        return 0 if is_blank or cell.state == NOT_APPLICABLE else cell.value

    def at(self, key: CellKey) -> int | Decimal | None:
        """The number in a cell, which has to be of this row."""
        return self.value(key[1]) if key[1] in self.columns else None

    @property
    def is_nothing(self) -> bool:
        """Whether it holds no number but 0."""
        return not any(self.value(column) != 0 for column in self.columns)


@dataclass(frozen=True, slots=True)
class Given:
    """The body of a part of a table: its lines, the heading of each, and its columns.

    Parameters
    ----------
    rows : sequence
        The heading of each line, or ``None``.
    stub : int
        The number of columns with labels.
    cells : mapping
        What was read.
    """

    table: Table
    part: Part
    body: Sequence[Line]
    rows: Sequence[Chain | None]
    columns: Sequence[Labels]
    stub: int
    cells: Mapping[CellKey, Cell]

    def lost(self, *, are_zeros: bool, has_zeros: bool) -> list[Row]:
        """The rows that may have lost a cell, or have figures of the row below or above.

        Parameters
        ----------
        are_zeros : bool
            Whether the bureau says that a blank is 0.
        has_zeros : bool
            Whether the table has a 0 anywhere: then a blank is none, and a column that has lost a cell ends with one; where
            another part has cells below it, its heads have moved too.
        """
        columns = tuple(self.columns)
        lines = zip(self.body, self.rows, strict=True)
        named = [(line, tree.labels_of(chain)) for line, chain in lines if chain is not None]
        rows = [
            Row(line.number, label, tuple(line.behind(self.stub, len(columns))), columns, self.cells)
            for line, label in named if (label, columns[0]) in self.cells
        ]  # fmt: skip
        moved = self._moved(rows, has_zeros and not are_zeros)
        ends = {row.texts[-1] for row in rows}
        # A word at the end of all rows is the column's own, but for one of checks.
        is_own = len(ends) == 1 < len(rows) and "" not in ends and not any(map(_CHECKED.fullmatch, ends))
        found = [*moved, *(row for row in rows if not is_own and not are_zeros and _has_lost(self.table, row, rows))]
        return [row for row in rows if row in found]

    def _moved(self, rows: Sequence[Row], has_zeros: bool) -> list[Row]:
        """The rows that may have figures of the row below or above, as where a column has lost a cell or taken one in.

        It ends with a blank then, or has one where rows do not add up, or figures stand in a row that has no name.
        """
        has_strays = self._has_strays()
        if rows and sums(self.table, rows[-1].label):
            has_blanks = _ends(rows, 0) or (has_zeros and any(any(row.texts) and not all(row.texts) for row in rows))
            odd = (row for row in rows if not row.is_nothing and not _stands(self.table, row, rows))
            return [*odd] if has_strays or has_blanks else []
        if has_strays:
            return [*rows]
        titles = [part.title for part in self.table.parts]
        below = [len(part.column_chains) for part in self.table.parts[titles.index(self.part.title) + 1 :]]
        has_ends = has_zeros and _ends(rows, max(below, default=0))
        return [row for row in rows[:-1] if has_ends and not row.is_nothing]

    def is_off(self) -> bool:
        """Whether the names of rows may stand a row too high or too low.

        Rows have figures and no name of their own, or one that stands below another group's, and where they stand no name is
        missing.
        """
        known = {tree.normalise(node.label) for chain in self.part.row_chains for node in chain}
        unnamed, wanted = self._unnamed(known), self.part.row_chains
        there = {id(chain) for chain in self.rows if chain}
        missing = [chain for chain in wanted if id(chain) not in there]
        end = max((at for at, chain in enumerate(self.rows) if chain), default=-1)
        if not unnamed or not (missing or unnamed[0] < end):
            return False
        if self._are_under_others(missing, unnamed):
            return True
        rest = iter(missing)
        filled = [next(rest, None) if at in unnamed else chain for at, chain in enumerate(self.rows)]
        places = [next((at for at, one in enumerate(wanted) if one is chain), -1) for chain in filled if chain]
        return places != sorted(places) or any(filled[at] is None for at in unnamed)

    def _are_under_others(self, missing: Sequence[Chain], rows: Sequence[int]) -> bool:
        """Whether rows of several groups, or more than one knows of, stand below another group's name."""
        names = {
            tree.normalise(next((cell for cell in reversed(self.body[at].cells[: self.stub]) if cell), "")) for at in rows
        }
        groups = {tree.labels_of(chain[:-1]) for chain in missing if tree.normalise(chain[-1].label) in names} - {()}
        return len(groups) > 1 or (bool(groups) and len(missing) > len(rows))

    def _has_strays(self) -> bool:
        """Whether figures stand in a row that has no name, or only a group's or a part's."""
        groups = {tree.normalise(node.label) for chain in self.part.row_chains for node in chain[:-1]}
        return bool(self._unnamed(groups | {title_key(part.title) for part in self.table.parts}))

    def _unnamed(self, known: set[str]) -> list[int]:
        """The rows that have figures, are none of the part's, and have some known words at most where rows have names."""
        lines = enumerate(zip(self.body, self.rows, strict=True))
        return [
            at for at, (line, chain) in lines
            if not chain and self.part.rows and any(map(is_value, line.cells[self.stub :]))
            and all(is_value(cell) or title_key(cell) in known for cell in line.cells[: self.stub] if cell)
        ]  # fmt: skip


def is_short(
    table: Table, line: Line, texts: Sequence[str], stub: int, columns: Sequence[tuple[Node, Labels] | None]
) -> bool:
    """Whether a row has lost blanks, so that nobody knows which cells its figures belong to.

    Its line ends before the table does; or blanks follow a figure that is the sum of those before it, and the total is
    blank.
    """
    filled = [text for text in texts if text]
    if not filled or len(filled) >= len(columns) or any(texts[len(columns) :]):
        return False
    if len(line.cells) < stub + len(columns):
        return True
    totals = {equation.right[-1].name for equation in table.identities}
    return columns[-1] is not None and columns[-1][0].label in totals and is_summed_up(texts)


def finding(table: Table, lost: Sequence[Row], place: str, name: str) -> Finding:
    """What is said of rows that may have lost a cell, or have figures of the row above or below, in a file of this name.

    Where a total is not the sum of its row, that comes first: one wrong digit looks the same.
    """
    missed = [_missed(table, row) for row in lost]
    some = "；".join(
        f"{row.label[-1] if row.label else ''}{wrong}“{'、'.join(row.texts)}”"
        for row, wrong in zip(lost[:3], missed, strict=False)
    )
    found, where = f"{some}{f'等{len(lost)}行' if len(lost) > 3 else ''}", Source(name, lost[0].line)
    action = "对照原件逐格核对：像是删过、插过格或移过整行，数移了位；放回各自的格，原件上没有发生的才填 0"
    if any(missed):
        action = f"先核对合计与各项，改正写错的数；都没有写错的，{action}"
    return Finding(LOST, place, where, found, "每个数在自己的格里", action)


def _missed(table: Table, row: Row) -> str:
    """A total of a row that is not the sum of its cells, beside that sum: （26，各项之和25）."""
    for rule, groups in sums(table, row.label):
        both, of_total = sides(rule, groups, row.at), [column for _, column in groups[-1]]
        texts = dict(zip(row.columns, row.texts, strict=False))  # a file may have no column of totals
        is_total = len(rule.right) == len(of_total) == 1 and texts.get(of_total[0], "") != ""
        if is_total and both and both[0] != both[1]:
            return f"（{number(both[1])}，各项之和{number(both[0])}）"
    return ""


def _has_lost(table: Table, row: Row, rows: Sequence[Row]) -> bool:
    """Whether a row may have lost a cell, and nothing shows that its figures stand in their places.

    It ends with a blank then, or with what stood beside the table: √, or 无 where the rest sums up to something.
    """
    last = row.cells[row.label, row.columns[-1]]
    is_word = last.state == NOT_APPLICABLE and row.texts[-1].isalpha() and bool(sums(table, row.label))
    is_unread = last.state == UNFILLED and row.texts[-1] not in {UNFILLED, UNKNOWN} and not re.search("[0-9]", row.texts[-1])
    if len(row.columns) < 2 or not any(row.texts) or not (is_word or is_unread):
        return False
    # Of two cells that are gone the last may have been the only one that is not 0.
    return not _stands(table, row, rows) or (row.is_nothing and not row.texts[-2])


def _stands(table: Table, row: Row, rows: Sequence[Row]) -> bool:
    """Whether the figures of a row, or of the columns in which it has some, show that they stand in their places."""
    by_itself = _adds_up(table, row) or (not row.texts[-1] and _has_lost_its_total(table, row))
    return by_itself or (not row.texts[-1] and _stands_in_columns(table, row, rows))


def _stands_in_columns(table: Table, row: Row, rows: Sequence[Row]) -> bool:
    """Whether each figure of a row is part of a column's sum, in a row that ends with a total and adds up by itself.

    Had the row moved, two columns would not add up; had all rows moved, none would end with its total.
    """
    known = {one.label: one for one in rows}
    sure = {one.label for one in rows if one.texts[-1] and _adds_up(table, one)}
    known_rules = [(rule, groups) for rule in rules(table) for groups, _ in instances(table, rule)]
    for column in (one for one in row.columns if row.value(one) != 0):
        own = [(rule, groups) for rule, groups in known_rules if {head for group in groups for _, head in group} == {column}]
        of_row = [
            (rule, groups) for rule, groups in own if any(key == (row.label, column) for group in groups for key in group)
        ]
        if not of_row or not all(
            {label for group in groups[len(rule.left) :] for label, _ in group} <= sure
            and holds(rule, groups, lambda key: known[key[0]].value(key[1]) if key[0] in known else None)
            for rule, groups in of_row
        ):
            return False
    return not row.is_nothing


def _adds_up(table: Table, row: Row) -> bool:
    """Whether the numbers of a row are what its sums say, with blanks as 0; each of its cells has to be in a sum."""
    found = sums(table, row.label)
    known = {column for _, groups in found for group in groups for _, column in group}
    return known == {*row.columns} and all(holds(rule, groups, row.at) for rule, groups in found)


def _has_lost_its_total(table: Table, row: Row) -> bool:
    """Whether the last cell alone is blank, and is the total of what stands before it; all other sums hold.

    It has not moved into the cell on its left, where less stands than in the cells before that.
    """
    if len(row.texts) < 2 or not row.texts[-2]:
        return False
    found = sums(table, row.label)
    of_last = [groups for _, groups in found if [column for _, column in groups[-1]] == [row.columns[-1]]]
    terms = [column for groups in of_last[:1] for group in groups[:-1] for _, column in group]
    values = [row.value(column) for column in terms if column != row.columns[-2]]
    last, known = row.value(row.columns[-2]), [value for value in values if value is not None]
    if len(known) == len(terms) or len(known) < len(values) or last is None:
        return False
    return last < sum(known) and all(holds(rule, groups, row.at) for rule, groups in found if groups not in of_last)


def _ends(rows: Sequence[Row], begin: int) -> set[int]:
    """The columns, from one on, that end with a blank below figures that are not 0."""
    last = rows[-1].texts if len(rows) > 1 and any(rows[-1].texts) else ()
    ends = (at for at, text in enumerate(last) if at >= begin and not text)
    return {at for at in ends if any(row.value(row.columns[at]) != 0 for row in rows[:-1])}
