"""What some cells of a row, or of a column, have to sum up to by the rules of their table, and what they come to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.statute.equations import instances

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from nianbao.statute.equations import Equation, Group
    from nianbao.statute.tree import CellKey, Labels, Table


def rules(table: Table) -> list[Equation]:
    """The rules that say what cells of this year's table sum up to."""
    return [rule for rule in table.identities if not rule.across_years and rule.relation == "="]


def sums(table: Table, name: Labels) -> list[tuple[Equation, list[Group]]]:
    """The rules that say what some cells of the row of that name sum up to, with the cells of each of their terms."""
    found = [(rule, groups) for rule in rules(table) for groups, _ in instances(table, rule)]
    return [one for one in found if {label for group in one[1] for label, _ in group} == {name}]


def holds(rule: Equation, groups: list[Group], value_of: Callable[[CellKey], int | Decimal | None]) -> bool:
    """Whether the two sides of a rule are known, and the same."""
    both = sides(rule, groups, value_of)
    return both is not None and both[0] == both[1]


def sides(
    rule: Equation, groups: list[Group], value_of: Callable[[CellKey], int | Decimal | None]
) -> list[int | Decimal] | None:
    """What the two sides of a rule come to; ``None`` where a value is not known."""
    both: list[int | Decimal] = [0, 0]
    for at, (term, group) in enumerate(zip(rule.terms, groups, strict=True)):
        for key in group:
            value = value_of(key)
            if value is None:
                return None
            both[at >= len(rule.left)] += term.sign * value
    return both
