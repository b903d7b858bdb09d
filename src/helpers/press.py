"""The press: a process beside those of the reports that sets one page after the other, for each place where a report runs.

Typst takes most of its time to start; here it stays, with its fonts read. It decides nothing: what goes wrong in it is done
again in the report's own process, so a failure is always the report's own, and the bytes are the same either way.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from helpers import pdf

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from pathlib import Path

BLANK = '<main><div class="report"><h1>预热</h1><p>预热</p></div><p class="tools">'


def serve(pipe: Connection) -> None:
    """Set the pages that come through the pipe until its other end is closed."""
    pdf.typeset(BLANK, {"title": "预热", "bureau": "", "date": None, "draft": False})
    while True:
        try:
            number, order = pipe.recv()
        except EOFError:
            return
        try:
            made: bytes | None = pdf.typeset(*order)
        except Exception:
            made = None
        pipe.send((number, made))
        pdf.forget()


def typeset(page: str, about: dict[str, Any], official: Path | None, pipe: Connection | None) -> bytes:
    """As `pdf.typeset`, by the press at the other end of the pipe, if there is one and it can."""
    made, number = None, os.getpid()
    if pipe:
        try:
            pipe.send((number, (page, about, official)))
            answered = None
            while answered != number:  # an answer to a report that did not wait for it is not ours
                answered, made = pipe.recv()
        except (EOFError, OSError):
            made = None
    return made or pdf.typeset(page, about, official)
