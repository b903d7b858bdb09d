"""Why files are not imported at all: they are another report's, or nothing in them is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.checks.bodies import is_another
from nianbao.errors import UsageError
from nianbao.importing import beside, choosing
from nianbao.importing.flow import Paragraph
from nianbao.language import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.importing.flow import Flow
    from nianbao.importing.imported import Imported

_MOST_SHOWN = 5  # pictures and files that a message names


def must_be_of(flows: Sequence[Flow], year: int, name: str) -> None:
    """Refuse a form that says that it is of another year, or surely of another body."""
    for named, of_year, place in (one.of for one in flows if one.of):
        if of_year != year or (name and is_another(named, name, name)):
            said = "the form is that of {name} for {found}, not of {own} for {year} ({place}); nothing was written"
            raise UsageError(say(said, name=named, found=of_year, own=name or "…", year=year, place=place))


def nothing_taken(into: Imported, flows: Sequence[Flow]) -> UsageError:
    """Why an import comes to nothing."""
    if choosing.SEVERAL in into.questions:
        said = "the same table stands there several times, with different contents: {tables}; keep one of each"
        return UsageError(say(said, tables="；".join(into.questions[choosing.SEVERAL])))
    if choosing.OF_ANOTHER in into.questions:
        said = "the tables in the files say that they are none of this report: {tables}"
        return UsageError(say(said, tables="；".join(into.questions[choosing.OF_ANOTHER])))
    blocks = (one for flow in flows for one in flow.blocks)
    if shown := [one.text for one in blocks if isinstance(one, Paragraph) and one.around in beside.NOT_READ]:
        said = "no table and no chapter of a report was found; what is in pictures and in files set in is not read: {shown}"
        return UsageError(say(said, shown="、".join(shown[:_MOST_SHOWN])))
    return UsageError(say("no statutory table and no chapter of a report was found in the files"))
