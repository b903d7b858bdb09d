"""The press: a helper process that makes and proves the files of one report after another, from executed notebooks.

Only the kit's own code runs here, none of a notebook's, so it can stay, and is warm: a process forked for one report
copies each page of memory that it writes to, and has no compiler running. A report that fails here is made again in its own
process, so that the failure is reported there; the bytes are the same either way.
"""

from __future__ import annotations

import pickle
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from nianbao.render import formats
from nianbao.render.page import Page
from nianbao.run.edition import made
from nianbao.run.helper import answer, ask, received
from nianbao.run.usage import Meter
from nianbao.state import State

if TYPE_CHECKING:
    from collections.abc import Iterable
    from multiprocessing.connection import Connection
    from pathlib import Path

    from nianbao.run.edition import Edition, Ran

STEP = b""  # what a report is told at the end of each step: it waits for each as long as for a whole answer
BLANK = Page("预热", "", None, State.PUBLISHED, '<div class="report"><h1>预热</h1><p>预热</p></div>')


def serve(names: Iterable[str], fonts: Path | None, control: Connection) -> None:
    """Run as the helper of `pool.each`: load what the formats of these names need, then answer the request of each pipe."""
    for name in names:
        with suppress(Exception):  # A format that cannot be used is a matter of each report.
            formats.find(name).make(BLANK, fonts)
    for pipe in received(control):
        with pipe:
            _answer(pipe)


def _answer(pipe: Connection) -> None:
    """Make the files of one report, telling of each step that it is done; of one that fails no files are sent."""
    asked: list[formats.OutputFormat] = []
    with suppress(Exception):
        ran, meter = pipe.recv(), Meter(partial(pipe.send_bytes, STEP))
        asked += map(formats.find, ran.job.options.formats)
        pipe.send_bytes(pickle.dumps((made(ran, meter), meter.spent())))
    for one in asked:
        one.let_go()


def edition_of(ran: Ran, pipe: Connection | None, meter: Meter) -> Edition:
    """The files of a report, made by the press at the other end of ``pipe`` if it can, or else in this process."""
    press = 0
    try:
        press = pipe.recv() if pipe else 0
    except (EOFError, OSError):  # no press: its pipe was closed at once
        pipe = None
    if pipe:
        ask(pipe, press, ran)
        while (said := answer(pipe, press)) == STEP:
            pass
        pipe.close()
        if said is not None:
            edition: Edition
            edition, spent = pickle.loads(said)
            meter.add(spent)
            return edition
    return made(ran, meter)
