"""The press: a process beside those of the reports that sets the pages of two of them at a time.

Typst takes most of its time to start; here it stays, with its fonts read, and so does pandoc. The press decides nothing:
what goes wrong in it is done again in the report's own process, so a failure is always the report's own, and the bytes are
the same either way.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from helpers import pdf
from helpers.pool import received

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from pathlib import Path

BLANK = '<main><div class="report"><h1>预热</h1><p>预热</p></div><p class="tools">'
PATIENCE = 10.0  # seconds that a report waits for its page: another's may be long


def serve(control: Connection) -> None:
    """As a helper of `pool.each`, set the page that comes through each pipe."""
    pdf.typeset(BLANK, {"title": "预热", "bureau": "", "date": None, "draft": False})
    for pipe in received(control):
        with pipe:
            _answer(pipe)


def _answer(pipe: Connection) -> None:
    """Set one report's page, unless the report is gone; nothing is answered when that fails."""
    try:
        pipe.send_bytes(pdf.typeset(*pipe.recv()))
    except Exception:
        return
    finally:
        pdf.forget()


def typeset(page: str, about: dict[str, Any], official: Path | None, pipe: Connection | None) -> bytes:
    """As `pdf.typeset`, by the press at the other end of the pipe, if there is one and it can."""
    if pipe:
        # Whatever comes later finds the pipe closed.
        with pipe, suppress(EOFError, OSError):
            pipe.send((page, about, official))
            if pipe.poll(PATIENCE):
                return pipe.recv_bytes()
    return pdf.typeset(page, about, official)
