"""The facts of several copies of a form → the facts of one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from nianbao.importing.facts import under_wholes
from nianbao.importing.forms.filled import Said, meaning_of
from nianbao.importing.forms.settled import settle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.importing.forms.filled import Filled
    from nianbao.importing.forms.settled import Settled
    from nianbao.inputs.sheets import Facts

_Row = tuple["Filled", tuple[str, int], list[str]]  # the copy, the place and the text of a fact


def joined(copies: Sequence[Filled], differ: list[tuple[str, Settled]]) -> Facts:
    """The facts by their names, in the order in which they first stand, but parts behind their wholes.

    Those that ``differ`` are added there by name.

    A value without a name, and a name that one copy has twice, stay rows of their own.
    """
    found: dict[tuple[str, int], list[_Row]] = {}
    for copy in copies:
        times: Counter[str] = Counter()
        for at, (place, row) in enumerate(copy.flow.facts.items()):
            times[row[0]] += 1
            key = (row[0], times[row[0]]) if row[0] else (f"{copy.file}\n{at}", 0)
            found.setdefault(key, []).append((copy, place, row))
    return under_wholes(dict(_one(name, some, differ) for (name, _), some in found.items()))


def told(copy: Filled) -> int:
    """How many facts of a copy have a value."""
    return sum(bool(row[1]) for row in copy.flow.facts.values())


def _one(name: str, some: Sequence[_Row], differ: list[tuple[str, Settled]]) -> tuple[tuple[str, int], list[str]]:
    usual = next((row[2] for _, _, row in some if row[2] and row[1]), next((row[2] for _, _, row in some if row[2]), ""))
    values = [
        _said(one, f"{one[2][1]}{one[2][2]}", (meaning_of(one[2][1]), one[2][2] or usual)) for one in some if one[2][1]
    ]
    notes = [_said(one, one[2][3], one[2][3]) for one in some if one[2][3]]
    value, note = settle(values), settle(notes)
    differ += [(f"事实 {name}", value)] if value.differing else []
    differ += [(f"事实 {name}的备注", note)] if note.differing else []
    taken = next((one for one in some if value.said and _where(one) == value.said.place), None)
    place, row = (taken or some[0])[1:]
    return place, [row[0], taken[2][1] if taken else "", row[2] or usual, note.said.text if note.said else ""]


def _said(one: _Row, text: str, meaning: object) -> Said:
    return Said(text, one[0].file, _where(one), meaning, is_held=one[0].is_held)


def _where(one: _Row) -> str:
    copy, (sheet, number), _ = one
    begins = "" if sheet.startswith(copy.file) else f"{copy.file} "
    return f"{begins}{sheet}第{number}行"
