"""What a notebook's own cells say beside the report: proved against its tables as the report's text is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.checks.accepted import IN_NOTEBOOK, asked, judged
from nianbao.checks.prose.rule import proved
from nianbao.checks.prose.texts import Text, at
from nianbao.findings import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nianbao.document.document import Document
    from nianbao.findings import Finding


def added(document: Document, notebook: str, texts: Iterable[tuple[int, str]]) -> Iterator[Finding]:
    """What the texts of a notebook's cells say wrongly of the report, as far as report.yaml does not accept it.

    Parameters
    ----------
    notebook : str
        The name of the notebook's file.
    texts : iterable of (int, str)
        The texts with the numbers of their cells.
    """
    source = at(Source(notebook))
    own = [Text(f"{IN_NOTEBOOK}第{cell}个单元格", text, "", source) for cell, text in texts]
    known = [one for one in asked(document.report) if one.place.startswith(IN_NOTEBOOK)]
    yield from judged(known, proved(document.report, own) if own else ())
