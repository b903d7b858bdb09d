"""What the statutory tables of all formats are labelled with, and to which of them a text belongs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from nianbao.inputs.labels import PART, UNLIKE, apart, likeness
from nianbao.inputs.layout import is_caption, is_named_as_table, title_key
from nianbao.statute import tree

if TYPE_CHECKING:
    from nianbao.statute.formats import Format, Library
    from nianbao.statute.tree import Table

LONGEST_LABEL = 80


@dataclass(frozen=True, slots=True, eq=False)
class Labels:
    """What the tables of all formats are labelled with; equal only to itself, so that lookups in it can be cached.

    Parameters
    ----------
    exact, titles : dict
        Each label, or `title_key` of a part, that only one table has → that table's id.
    wordings : tuple of (str, str)
        Every label with the id of each table that has it.
    shared, rows, stubs : frozenset of str
        The labels that several tables have, those of rows, and the heads of the rows.
    rowless : frozenset of str
        The ids of tables whose rows have no labels.
    captions : dict
        The captions and names of the tables → their ids.
    columns : dict
        How many columns of figures a table of the report's own format has, by its id, where all its parts have as many.
    repeated : frozenset of str
        The labels of rows that may stand there several times.
    tables : tuple of Table
        The tables themselves.
    """

    exact: dict[str, str]
    titles: dict[str, str]
    wordings: tuple[tuple[str, str], ...]
    shared: frozenset[str]
    rows: frozenset[str]
    stubs: frozenset[str]
    rowless: frozenset[str]
    captions: dict[str, str]
    columns: dict[str, int]
    repeated: frozenset[str]
    tables: tuple[Table, ...]

    def is_one(self, tight: str) -> bool:
        """Whether a cell's text, as it is compared, is a label of some table."""
        return tight in self.exact or tight in self.shared or tight in self.rows or title_key(tight) in self.titles

    def captioned(self, text: str) -> str:
        """The table whose caption or name a text is, with a numeral or 附件2 before it at most; '' for none."""
        tight = tree.normalise(text)
        fitting = (
            key for caption, key in self.captions.items() if tight.endswith(caption) and len(tight) < len(caption) + 8
        )
        if not (found := next(fitting, "")) and is_named_as_table(text):
            found = next((key for caption, key in self.captions.items() if is_caption(text, caption)), "")
        return found

    def table_of(self, text: str) -> str:
        """The table that a cell's text belongs to; '' for none, and where several have it."""
        if not text or len(text) > LONGEST_LABEL or text.isdecimal():
            return ""
        return self.exact.get(tree.normalise(text)) or self.titles.get(title_key(text)) or _by_wording(text, self)

    def is_like(self, text: str) -> bool:
        """Whether a text is a label of some table, or like one."""
        return self.is_one(tree.normalise(text)) or _is_like(text, self)

    def alike(self, text: str) -> frozenset[str]:
        """The labels, as they are compared, that a text may be in other words."""
        found = _fitting(text, self) if 0 < len(text) <= LONGEST_LABEL else ()
        return frozenset(tree.normalise(label) for label, _ in found)


@lru_cache(maxsize=4096)
def _fitting(text: str, labels: Labels) -> frozenset[tuple[str, str]]:
    typed = apart(text)
    return frozenset(one for one in labels.wordings if likeness(typed, apart(one[0])) >= PART)


@lru_cache(maxsize=4096)
def _is_like(text: str, labels: Labels) -> bool:
    return any(likeness(apart(text), apart(label)) > UNLIKE for label, _ in labels.wordings)


def _by_wording(text: str, labels: Labels) -> str:
    found = {table for _, table in _fitting(text, labels)}
    return found.pop() if len(found) == 1 else ""


def labels_of(library: Library, own: Format) -> Labels:
    """The labels of the tables of all formats."""
    tables = (table for form in (own, *library.formats.values()) for table in form.tables.values())
    return _labels(tuple(own.tables.values()), tuple(tables))


@lru_cache(maxsize=16)
def _labels(own: tuple[Table, ...], tables: tuple[Table, ...]) -> Labels:
    owners: dict[str, set[str]] = {}
    titles: dict[str, str] = {}
    wordings: dict[tuple[str, str], None] = {}  # a set that keeps its order
    rows: set[str] = set()
    stubs: set[str] = set()
    parts = [part for table in tables for part in table.parts]
    for table in tables:
        for part in table.parts:
            for node in tree.nodes_of((*part.rows, *part.columns)):
                owners.setdefault(tree.normalise(node.label), set()).add(table.id)
                wordings[node.label, table.id] = None
            rows |= {tree.normalise(node.label) for node in tree.nodes_of(part.rows)}
            if part.corner:
                owners.setdefault(tree.normalise(part.corner), set()).add(table.id)
            if part.stub:
                owners.setdefault(tree.normalise(part.stub), set()).update({"", table.id})
                stubs.add(tree.normalise(part.stub))
            if part.title:
                titles[title_key(part.title)] = table.id
    counts = {table.id: {len(part.column_chains) for part in table.parts} for table in own}
    return Labels(
        exact={label: next(iter(some)) for label, some in owners.items() if len(some) == 1},
        titles=titles,
        wordings=tuple(wordings),
        shared=frozenset(label for label, some in owners.items() if len(some) > 1),
        rows=frozenset(rows),
        stubs=frozenset(stubs),
        rowless=frozenset(table.id for table in own if not any(part.rows for part in table.parts)),
        captions={tree.normalise(text): table.id for table in own for text in (table.caption, table.name)},
        columns={key: next(iter(some)) for key, some in counts.items() if len(some) == 1},
        repeated=frozenset(tree.normalise(row.label) for part in parts for row in part.rows if row.repeats),
        tables=tables,
    )
