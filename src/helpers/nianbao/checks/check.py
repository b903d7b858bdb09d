"""Apply all rules to one report. A new family of rules is a file beside this one and an entry in a tuple here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.checks import contents, copied, identities, plausible
from nianbao.checks.accepted import accepted

if TYPE_CHECKING:
    from nianbao.findings import Finding
    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative

ABOUT_TEXT = (
    contents.signature,
    contents.missing,
    contents.text,
    contents.lines,
    contents.parted,
    copied.last_year,
    copied.twice,
)
ABOUT_REPORT = (identities.lists,)
ABOUT_TABLE = (contents.cells, identities.identities, plausible.implausible, plausible.without_power)
ABOUT_YEARS = (identities.last_year,)


def check(report: Report, narrative: Narrative) -> tuple[Finding, ...]:
    """All findings of one report, gravest first, in reading order within a severity; never raises."""
    found = [finding for rule in ABOUT_TEXT for finding in rule(report, narrative)]
    found += [finding for rule in ABOUT_REPORT for finding in rule(report)]
    for table in report.format.tables.values():
        found += [finding for rule in ABOUT_TABLE for finding in rule(report, table)]
    found += [finding for rule in ABOUT_YEARS for finding in rule(report)]
    found = accepted(report, found)
    return tuple(sorted([*found, *report.notes, *narrative.notes], key=lambda finding: finding.severity.rank))
