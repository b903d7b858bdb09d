"""The press: a process beside those of the reports that makes the slow formats of two of them at a time.

What takes most of its time to start stays here, with its fonts read. The press decides nothing: what goes wrong in it is
done again in the report's own process, so a failure is always the report's own, and the bytes are the same either way.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from nianbao.render import formats
from nianbao.render.page import Page
from nianbao.run.helper import received
from nianbao.state import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from multiprocessing.connection import Connection
    from pathlib import Path

    from nianbao.run.usage import Meter

BLANK = Page("预热", "", None, State.PUBLISHED, '<div class="report"><h1>预热</h1><p>预热</p></div>')
PATIENCE = 10.0  # seconds that a report waits for its page: another's may be long


def serve(control: Connection) -> None:
    """As a helper of `pool.each`, answer what comes through each pipe."""
    for one in formats.OWN.values():
        if one.pressed:
            one.make(BLANK, None)
    for pipe in received(control):
        with pipe:
            _answer(pipe)


def _answer(pipe: Connection) -> None:
    """Make what one report asks for, until it asks for no more; nothing is answered when that fails."""
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
    """The page in each format, by the press at the other end of the pipe where there is one and it can."""
    # Those of the press last and together: the other report that it serves does not wait for what is made here.
    for one in sorted(map(formats.find, names), key=lambda one: one.pressed):
        with meter.step(one.name):
            made = _pressed(pipe, one, page, fonts) if pipe and one.pressed else None
            yield one.name, one.make(page, fonts) if made is None else made
    if pipe:
        pipe.close()


def _pressed(pipe: Connection, one: formats.OutputFormat, page: Page, fonts: Path | None) -> bytes | None:
    """What the press makes of a page; ``None`` when it cannot, or not in time: then its pipe is closed for good."""
    if not pipe.closed:
        with suppress(EOFError, OSError):
            pipe.send((one.name, page, fonts))
            if pipe.poll(PATIENCE):
                return pipe.recv_bytes()
        pipe.close()
    return None
