"""What was found when the files of a notebook were read back, as far as report.yaml does not accept it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao.checks.accepted import asked, judged
from nianbao.document.added import place_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from nianbao.document.document import Document
    from nianbao.findings import Finding


def reread(document: Document, notebook: str, found: Iterable[Finding], is_own: bool, made: Container[str]) -> list[Finding]:
    """What was found when the files of a notebook were read back, as far as report.yaml does not accept it.

    Parameters
    ----------
    notebook, is_own
        As for `added.added`.
    found : iterable of Finding
        Torn lines, and in places that name the cell only, words of this machine on a page without a report.
    made : container of str
        The labels of the formats made: an acceptance of no torn line in theirs is of no use; without a format, in the PDF.
    """
    place = place_of(notebook, is_own)
    other = "" if is_own else place
    there = [replace(one, place=one.place if is_own else place + one.place) for one in found]
    lines = asked(document.report, "file", other)
    due = [one for one in lines if (one.place.removeprefix(place).partition("第")[0].strip() or "PDF") in made]
    return judged([*lines, *asked(document.report, "page", other)], there, due)
