"""What was found when the files of a notebook were read back, as far as report.yaml does not accept it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao.checks.accepted import asked, judged
from nianbao.document.added import place_of
from nianbao.onpages import TORN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nianbao.document.document import Document
    from nianbao.findings import Finding


def reread(document: Document, notebook: str, found: Iterable[Finding], is_own: bool, has_pdf: bool) -> list[Finding]:
    """What was found when the files of a notebook were read back, as far as report.yaml does not accept it.

    Parameters
    ----------
    notebook, is_own
        As for `added.added`.
    found : iterable of Finding
        Torn lines of a PDF, and in places that name the cell only, words of this machine on a page without a report.
    has_pdf : bool
        Whether a PDF was made, so that an acceptance of a torn line without one is of no use.
    """
    place = place_of(notebook, is_own)
    there = [replace(one, place=one.place if is_own else place + one.place) for one in found]
    known = [one for one in asked(document.report) if one.place.startswith(place) is not is_own]
    lines = [one for one in known if one.code == TORN.code]
    torn = judged(lines, [one for one in there if one.kind == TORN], has_pdf)
    return [*torn, *judged(known, [one for one in there if one.kind != TORN], is_all=False)]
