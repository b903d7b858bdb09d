"""The press: a helper process that makes and proves the files of one report after another, from executed notebooks.

No cell runs here, so it can stay, and is warm: a process forked for one report copies each page of memory that it writes
to, and has no compiler running. A report's process tells it what to make before any cell runs, so that is read as it was
written; what comes later is read as data (`message`), because cells can send anything through the pipe. A report that cannot
be made fails there by what is raised here. One that is refused, or whose press ends, is made in its own process; the bytes
are the same either way.
"""

from __future__ import annotations

import os
import pickle
import threading
import traceback
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from nianbao.errors import NianbaoError
from nianbao.render import formats
from nianbao.render.page import Page
from nianbao.run import message
from nianbao.run.edition import made
from nianbao.run.helper import answer, ask, received
from nianbao.run.usage import Meter
from nianbao.state import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from multiprocessing.connection import Connection
    from pathlib import Path

    from nianbao.run.edition import Edition, Order, Ran

SIGN = b""  # what a report is told each second while its files are made: the press lives
SECONDS = 1.0
LARGEST = 2**28  # bytes of a notebook with its pictures; of a larger one the files are made in the report's own process
BLANK = Page("预热", "", None, State.PUBLISHED, '<div class="report"><h1>预热</h1><p>预热</p></div>')


def serve(names: Iterable[str], fonts: Path | None, control: Connection) -> None:
    """Run as the helper of `pool.each`: load what the formats of these names need, then answer the request of each pipe.

    A format of a package is not tried on a page that nobody asked for: it may send its files somewhere. Typst compiles in
    one thread: the presses of a batch take all cores as it is, and threads that hand each other work take a fifth more time.
    """
    os.environ.setdefault("RAYON_NUM_THREADS", "1")
    import nianbao.document.document
    import nianbao.run.targets  # noqa: F401  as before it: a message holds values of rooms that are loaded

    for name in formats.OWN.keys() & names:
        with suppress(Exception):  # A format that cannot be used is a matter of each report.
            formats.find(name).make(BLANK, fonts)
    orders: dict[Connection, Order] = {}
    for pipe in received(control):
        if pipe in orders:
            with pipe:
                _fill(pipe, orders.pop(pipe))
        else:
            try:
                orders[pipe] = pickle.loads(pipe.recv_bytes(LARGEST))
            except Exception:  # The report is gone, or not to be read: it gets no files.
                pipe.close()


def _fill(pipe: Connection, order: Order) -> None:
    """Send the files of one report, or the kit's error where they cannot be made; nothing where anything else stops this."""
    asked: list[formats.OutputFormat] = []
    with suppress(Exception, SystemExit):  # as a format of a package may raise
        ran, meter = message.read(pipe.recv_bytes(LARGEST)), Meter()
        asked += map(formats.find, order.formats)
        with _signs(pipe):
            said = pickle.dumps(_tried(order, ran, meter))
        pipe.send_bytes(said)
    for one in asked:
        one.let_go()


def _tried(order: Order, ran: Ran, meter: Meter) -> tuple[Edition | NianbaoError, dict[str, float]]:
    """What is made, or the error that says why not, with its traceback as a note; and what it took."""
    try:
        return made(order, ran, meter), meter.spent()
    except NianbaoError as error:
        error.add_note(traceback.format_exc())
        return error, meter.spent()


@contextmanager
def _signs(pipe: Connection) -> Iterator[None]:
    """Within the context, tell each second that this process lives, however long a step takes."""
    done = threading.Event()

    def tell() -> None:
        with suppress(OSError):  # The report is gone, or stopped.
            while not done.wait(SECONDS):
                pipe.send_bytes(SIGN)

    telling = threading.Thread(target=tell, daemon=True)
    telling.start()
    try:
        yield
    finally:
        done.set()
        telling.join()


class Ordered:
    """A report's order at the press that the other end of a pipe leads to, if it does; given before any cell runs."""

    def __init__(self, order: Order, pipe: Connection | None) -> None:
        self.order, self.pipe, self.press = order, pipe, 0
        if pipe:
            try:
                self.press = pipe.recv()
            except (EOFError, OSError):  # no press: its end was closed at once
                pipe.close()
            ask(pipe, self.press, order)

    def edition(self, ran: Ran, meter: Meter) -> Edition:
        """The files of the report, made by the press if it can, or else in this process.

        As long as the press tells that it lives, nothing but the report's own time ends the waiting. Raises as `made` does.
        """
        if pipe := self.pipe:
            ask(pipe, self.press, ran)
            while (said := answer(pipe, self.press)) == SIGN:
                pass
            pipe.close()
            if said is not None:
                edition: Edition | NianbaoError
                edition, spent = pickle.loads(said)
                meter.add(spent)
                if isinstance(edition, NianbaoError):
                    raise edition
                return edition
        return made(self.order, ran, meter)
