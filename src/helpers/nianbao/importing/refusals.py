"""Why files are not imported at all: they are another report's, nothing in them is one, or another import comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.checks.bodies import is_another
from nianbao.errors import UsageError
from nianbao.importing import beside, choosing
from nianbao.importing.flow import Paragraph
from nianbao.inputs import interruption
from nianbao.language import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.importing.account import Origin
    from nianbao.importing.flow import Flow
    from nianbao.importing.imported import Imported
    from nianbao.paths import ReportPaths

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


def must_end_another(paths: ReportPaths, origins: Sequence[Origin]) -> None:
    """Refuse other files than those of an import that was stopped while it wrote: what it has not written would be lost."""
    if not interruption.is_in(paths):
        return
    if interruption.is_way_back(paths):
        said = (
            "taking back the last import of {report} was stopped while it wrote; nothing was written. Run --undo once more"
        )
        raise UsageError(say(said, report=paths.id))
    names = interruption.unfinished(paths)
    if names and names.keys() != {one.sha256 for one in origins}:
        said = (
            "the import of {files} into {report} was stopped while it wrote; nothing was written. Import {files} once more, "
            "or take it back with --undo; then import {others}"
        )
        about = {"files": " ".join(names.values()), "others": " ".join(one.name for one in origins)}
        raise UsageError(say(said, report=paths.id, **about))
