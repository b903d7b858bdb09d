"""All rules about the tables that the bureau wrote in its text, or shows in cells of a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.checks.own.cells import otherwise
from nianbao.checks.own.extremes import superlatives
from nianbao.checks.own.names import named
from nianbao.checks.own.shares import shares
from nianbao.checks.own.totals import totals, uneven
from nianbao.checks.prose.texts import texts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nianbao.checks.prose.texts import Text
    from nianbao.findings import Finding
    from nianbao.inputs.report import Report
    from nianbao.narrative.passages import Narrative


def in_narrative(report: Report, narrative: Narrative) -> Iterator[Finding]:
    """The findings about the tables of a report's text, and about what its sentences say of them."""
    if any("|" in passage.markdown for passage in narrative.passages if passage.own):
        yield from in_texts([text for text in texts_of(report, narrative) if text.own and text.chapter], report.year)


def in_texts(texts: Sequence[Text], year: int) -> Iterator[Finding]:
    """The findings about the tables of some texts of one year, and about what all their sentences say of them."""
    tables = named(texts)
    yield from uneven(texts)
    yield from totals(tables)
    yield from shares(tables)
    yield from otherwise(texts, tables, year)
    yield from superlatives(tables)
