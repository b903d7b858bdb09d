"""The press: a helper process that makes the formats that are slow to start, for two reports at a time.

The compiler of such a format stays loaded here, with its fonts read. A format that fails here is made again in the report's
own process, so that a failure is reported there; the bytes are the same either way.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from nianbao.render import formats
from nianbao.render.page import Page
from nianbao.run.helper import ask, received
from nianbao.state import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from multiprocessing.connection import Connection
    from pathlib import Path

    from nianbao.run.usage import Meter

BLANK = Page("预热", "", None, State.PUBLISHED, '<div class="report"><h1>预热</h1><p>预热</p></div>')


def serve(control: Connection) -> None:
    """Run as the helper of `pool.each`: load what the formats need, then answer the requests of each pipe."""
    for one in formats.OWN.values():
        if one.pressed:
            one.make(BLANK, None)
    for pipe in received(control):
        with pipe:
            _answer(pipe)


def _answer(pipe: Connection) -> None:
    """Make the formats that one report asks for, until its pipe is closed or a format fails; a failure sends no answer."""
    asked = []
    with suppress(Exception):
        while True:
            name, page, fonts = pipe.recv()
            asked.append(formats.find(name))
            pipe.send_bytes(asked[-1].make(page, fonts))
    for one in asked:
        one.let_go()


def make(
    page: Page, names: Iterable[str], fonts: Path | None, pipe: Connection | None, meter: Meter
) -> Iterator[tuple[str, bytes]]:
    """Yield each format's name and its bytes; the press at the other end of ``pipe`` makes the slow formats if it can."""
    press = 0
    try:
        press = pipe.recv() if pipe else 0
    except (EOFError, OSError):  # no press: its pipe was closed at once
        pipe = None
    # The press serves one report until its pipe is closed: its formats come last, so that the other report waits less.
    for one in sorted(map(formats.find, names), key=lambda one: one.pressed):
        with meter.step(one.name):
            made = ask(pipe, press, (one.name, page, fonts)) if pipe and one.pressed else None
            yield one.name, one.make(page, fonts) if made is None else made
    if pipe:
        pipe.close()
