"""What a notebook's own cells show beside the report, proved as the report's text is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao import fonts, markdown
from nianbao.checks.accepted import IN_NOTEBOOK, asked, judged
from nianbao.checks.check import about_tables
from nianbao.checks.otheryear import in_cells
from nianbao.checks.prose.rule import proved
from nianbao.checks.prose.texts import Text, at
from nianbao.checks.unfinished import NO_GLYPH, is_rare, without_glyph
from nianbao.findings import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from nianbao.document.document import Document
    from nianbao.findings import Finding


def added(
    document: Document,
    notebook: str,
    texts: Iterable[tuple[int, str]],
    body: str = "",
    official: Path | None = None,
    is_own: bool = True,
    shown: Iterable[Finding] = (),
    tables: Iterable[tuple[int, str]] = (),
    is_all: bool = True,
) -> Iterator[Finding]:
    """What a notebook's cells show wrongly beside the report, as far as report.yaml does not accept it.

    Parameters
    ----------
    notebook : str
        The name of the notebook's file.
    texts : iterable of (int, str)
        The texts with the numbers of their cells: what they say of the report is proved.
    body : str
        All that stands on the page, as clean HTML: each character has to be in the PDF's fonts, of which ``official`` has
        some.
    is_own : bool
        Whether it is the notebook that makes the report; another's places, which report.yaml accepts, have its name.
    shown : iterable of Finding
        What its page has found, in places that name the cell only.
    tables : iterable of (int, str)
        The tables that cells show as HTML, as Markdown: their totals are proved, and what the texts say of them.
    is_all : bool
        Whether nothing more is found on this page when its files are read back, so that an acceptance without a finding is
        of no use.
    """
    source, place = Source(notebook), place_of(notebook, is_own)
    own, framed = (
        [Text(f"{place}第{cell}个单元格", text, "", at(source)) for cell, text in some] for some in (texts, tables)
    )
    known = asked(document.report, "page", "" if is_own else place)
    there = (replace(one, place=place + one.place.removeprefix(IN_NOTEBOOK)) for one in shown)
    found = [*(proved(document.report, own) if own else ()), *in_cells(document.report, own)]
    found += [*about_tables([*own, *framed], document.report.year)]
    found += [*_unprintable(document, source, body, official, place), *there]
    yield from judged(known, found, known if is_all else ())


def place_of(notebook: str, is_own: bool) -> str:
    """How places in a notebook begin; in another than the one that makes the report with its name."""
    return IN_NOTEBOOK if is_own else f"{IN_NOTEBOOK}“{notebook}”"


def _unprintable(document: Document, source: Source, body: str, official: Path | None, place: str) -> Iterator[Finding]:
    """The characters of a page's text that no font has, and that are not found in the report itself."""
    printed = markdown.plain_text(body) if is_rare(body) else ""  # all other HTML has the text's characters and more
    known = "".join(one.found for one in document.findings if one.kind == NO_GLYPH)
    rare = "".join(char for char in sorted({*printed} - {*known}) if is_rare(char))
    for char in fonts.missing(rare, official) if rare else ():
        yield without_glyph(char, f"{place}单元格", source, printed)
