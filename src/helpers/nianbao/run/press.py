"""The press: a helper process that makes the formats that are slow to start, for two reports at a time.

The compiler of such a format stays loaded here, with its fonts read. A format that fails here is made again in the report's
own process, so that a failure is reported there; the bytes are the same either way.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from nianbao.render import formats
from nianbao.render.page import Page
from nianbao.run.helper import answer, ask, received
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
    """Make the formats that one report asks for, one after the other; one that fails sends no answer, and ends it."""
    asked = []
    with suppress(Exception):
        names, page, fonts = pipe.recv()
        for one in map(formats.find, names):
            asked.append(one)
            pipe.send_bytes(one.make(page, fonts))
    for one in asked:
        one.let_go()


def make(
    page: Page, names: Iterable[str], fonts: Path | None, pipe: Connection | None, meter: Meter
) -> Iterator[tuple[str, bytes]]:
    """Yield each format's name and its bytes; the press at the other end of ``pipe`` makes the slow formats if it can.

    The report's own process makes the others meanwhile.
    """
    press = 0
    try:
        press = pipe.recv() if pipe else 0
    except (EOFError, OSError):  # no press: its pipe was closed at once
        pipe = None
    wanted = [formats.find(name) for name in names]
    pressed = [one for one in wanted if one.pressed and pipe]
    if pipe and pressed:
        ask(pipe, press, ([one.name for one in pressed], page, fonts))
    for one in sorted(wanted, key=pressed.__contains__):
        with meter.step(one.name):
            made = answer(pipe, press) if pipe and one in pressed else None
            yield one.name, one.make(page, fonts) if made is None else made
    if pipe:
        pipe.close()
