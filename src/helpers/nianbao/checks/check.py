"""Apply all rules to one report. A new family of rules is a file beside this one and an entry in a tuple here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.checks import (
    attachments,
    bracketed,
    captions,
    cited,
    contents,
    copied,
    days,
    form,
    identities,
    lastyear,
    markup,
    misplaced,
    ordinals,
    otheryear,
    partial,
    personal,
    plans,
    plausible,
    punctuation,
    repeats,
    slips,
    undersigned,
    unfinished,
)
from nianbao.checks.accepted import accepted
from nianbao.checks.failures import FAILED, told_by
from nianbao.checks.own.cells import otherwise
from nianbao.checks.own.extremes import superlatives
from nianbao.checks.own.shares import shares
from nianbao.checks.own.tables import named
from nianbao.checks.own.totals import totals, uneven
from nianbao.checks.prose.rule import UNBOUND, UNBOUND_STRICT, UNUSED, prose
from nianbao.checks.prose.texts import texts_of
from nianbao.checks.tables.beside import beside, named_alike
from nianbao.findings import Severity
from nianbao.inputs.report import DATE, SIGNATURE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from nianbao.checks.prose.texts import Text
    from nianbao.findings import Finding
    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative


def own_tables(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """The findings about the tables that the bureau wrote in a report's text, and about what its sentences say of them."""
    if any("|" in passage.markdown for passage in narrative.passages if passage.own):
        yield from about_tables([text for text in texts_of(report, narrative) if text.own and text.chapter], report.year)


def about_tables(texts: Sequence[Text], year: int) -> Iterator[Finding]:
    """The findings about the tables of some texts of one year, and about what all their sentences say of them."""
    tables = named(texts)
    yield from named_alike(texts, year)
    yield from uneven(texts)
    yield from totals(tables)
    yield from shares(tables)
    yield from otherwise(texts, tables, year)
    yield from superlatives(tables)


ABOUT_TEXT = (contents.signature, contents.missing, contents.text, contents.parted, contents.described, personal.personal)
ABOUT_WORDS = (
    unfinished.left_over,
    unfinished.left_over_beside,
    unfinished.left_over_of_bureau,
    unfinished.empty_headings,
)
ABOUT_ATTACHMENTS = (
    attachments.unnamed,
    attachments.unmarked,
    attachments.unordered,
    attachments.others,
    attachments.pointing,
)
ABOUT_CAPTIONS = (captions.unordered, captions.pointing, beside, markup.raw)
ABOUT_PLACE = (
    misplaced.another_year,
    misplaced.another_form,
    misplaced.another_caption,
    otheryear.other_year,
    plans.planned,
    misplaced.another_bureau,
    misplaced.exchanged,
)
ABOUT_SLIPS = (
    own_tables,
    slips.repeated,
    slips.repeated_unit,
    repeats.doubled,
    punctuation.unclosed,
    punctuation.half_width,
    punctuation.unended,
    punctuation.widths,
    slips.negative,
    slips.impossible,
    slips.misused,
    partial.of_months,
    days.days,
    undersigned.signed,
)
ABOUT_FORM = (
    cited.other_notice,
    cited.repealed,
    cited.cited,
    form.late,
    form.numbered,
    ordinals.uncounted,
    form.too_long,
    form.aspects,
    form.measures,
)
ABOUT_REPORT = (identities.lists, contents.facts)
ABOUT_TABLE = (
    contents.cells, bracketed.labels, identities.identities, plausible.impossible, plausible.implausible,
    plausible.without_power, lastyear.beside_last_year, lastyear.same_table,
)  # fmt: skip
CAUSES = (lastyear.SAME, lastyear.MAGNITUDE)
ABOUT_COPIES = (copied.last_year, copied.twice)
ABOUT_YEARS = (identities.last_year,)
OF_KEYS = {"date": DATE, "signature": SIGNATURE, "number": "文号", "editor": "责任编辑"}
# What cannot be reckoned, which numbers have no source, and which facts no number is of: of a report that cannot be
# read this tells nothing.
ABOUT_MISSING = {identities.NOT_CHECKABLE, UNBOUND, UNBOUND_STRICT, UNUSED}


def check(report: Report, narrative: Narrative, fonts: Path | None = None) -> tuple[Finding, ...]:
    """All faults and findings of one report, gravest first, and within a severity in their order; never raises.

    Of one with faults, what could be read is checked, and what only follows from a fault is left out.

    First what has to be there, then what stands in the text, the tables, the form, and last the text beside the tables.

    A warning that explains errors stands before them. ``fonts`` is the folder of official fonts for the PDF.
    """
    about_text = (*ABOUT_TEXT, *ABOUT_WORDS, *ABOUT_ATTACHMENTS, *ABOUT_CAPTIONS, *ABOUT_PLACE, *ABOUT_SLIPS)
    found = [one for rule in about_text for one in told_by(rule, report, narrative)]
    found += told_by(unfinished.unprintable, report, narrative, fonts)
    found += [one for rule in ABOUT_REPORT for one in told_by(rule, report)]
    found += [one for table in report.format.tables.values() for rule in ABOUT_TABLE for one in told_by(rule, report, table)]
    found += [one for rule in ABOUT_YEARS for one in told_by(rule, report)]
    # A wrong cell is the cause, and the sentence beside it the consequence.
    found += [one for rule in (*ABOUT_FORM, prose, *ABOUT_COPIES) for one in told_by(rule, report, narrative)]
    faults = tuple(dict.fromkeys(report.faults + narrative.faults))
    found = _apart(report, found) if faults else found
    found += [*report.notes, *narrative.notes]  # warnings among them: of what was read as it most likely is meant
    is_all = not faults and not any(one.kind == FAILED for one in found)
    return _in_order([*faults, *accepted(report, found, is_all=is_all)])


def _apart(report: Report, found: list[Finding]) -> list[Finding]:
    """The findings that do not follow from a fault: none at its place, and none of what is missing."""
    places = {fault.place for fault in report.faults} | {place for key, place in OF_KEYS.items() if report.is_unread(key)}
    kinds = ABOUT_MISSING | ({misplaced.OTHER_BUREAU, misplaced.OTHER_NAME} if report.is_unread("bureau") else set())
    return [one for one in found if one.place not in places and one.kind not in kinds]


def _in_order(found: list[Finding]) -> tuple[Finding, ...]:
    """Findings gravest first, but a warning that a table, or an amount in it, is another's before the errors that follow."""
    errors = [f"{one.place}\n{one.expected}" for one in found if one.severity is Severity.ERROR]

    def rank(one: Finding) -> float:
        is_cause = one.kind in CAUSES and any(one.place.partition(" ")[0] in error for error in errors)
        return Severity.ERROR.rank - 0.5 if is_cause else one.severity.rank

    return tuple(sorted(found, key=rank))
