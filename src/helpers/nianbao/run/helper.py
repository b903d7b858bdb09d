"""A process that runs beside the processes of a place's items, one after another, and serves each through a pipe of its own.

It is a help and no condition: an item waits `PATIENCE` seconds for a sign of it, then ends it and does without; the next
item gets another helper.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import socket
import struct
import threading
from multiprocessing.connection import wait
from multiprocessing.reduction import recv_handle, send_handle
from typing import TYPE_CHECKING, Any, TypeVar

from nianbao.run import descendants
from nianbao.run.process import POSIX, kill

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from nianbao.run.server import Starter

T = TypeVar("T")

PATIENCE = 10  # seconds that an item waits for a sign of its helper, which may still be busy with one that has ended


class Helper:
    """A helper process, started when it is first needed, and again when it has died.

    It receives its ends of the items' pipes through a control pipe, and ends when the control pipe is closed.
    """

    def __init__(self, starter: Starter, serve: Callable[[Connection], None]) -> None:
        self.starter, self.serve = starter, serve
        self.process: BaseProcess | None = None
        self.control: Connection | None = None
        self._lock = threading.Lock()  # its items may be those of several threads

    def pipe(self) -> Connection:
        """The item's end of a new pipe to the helper, which is started when it does not run.

        The first that the item receives is the helper's process id. No helper is at the other end when none could be kept.
        """
        ours, theirs = multiprocessing.Pipe()
        _bound(ours)
        _bound(theirs)
        with theirs, self._lock:
            if not self._takes(theirs):
                self.end()
                self.control, its = multiprocessing.Pipe()
                _bound(self.control)
                with its:
                    self.process = self.starter.start(self.serve, (its,), None)
                self._takes(theirs)
        return ours

    def _takes(self, pipe: Connection) -> bool:
        if self.process and self.control and self.process.is_alive():
            with contextlib.suppress(OSError):
                send_handle(self.control, pipe.fileno(), self.process.pid)
                pipe.send(self.process.pid)
                return True
        return False

    def end(self) -> None:
        """End the helper, if it runs."""
        if self.process and self.control:
            kill(self.process)
            self.process.join(5)
            self.control.close()


class Helpers:
    """The helpers of a number of places, where items run; several threads may share them.

    Parameters
    ----------
    serve : callable, optional
        What the helper of each place runs; without it there is none.
    """

    def __init__(self, starter: Starter, serve: Callable[[Connection], None] | None, places: int) -> None:
        self._all = [Helper(starter, serve) for _ in range(places)] if serve else []
        self.free: list[Helper | None] = [*self._all] or [None] * places

    def end(self) -> None:
        """End all of them."""
        for one in self._all:
            one.end()


def received(control: Connection) -> Iterator[Connection]:
    """In the helper, yield the pipe of an item whenever it has data or its other end is closed.

    A pipe comes no more when it was closed here; all end when the control pipe is closed.
    """
    pipes: list[Connection] = []
    while True:
        ready = wait([control, *pipes])
        yield from (one for one in pipes if one in ready)
        pipes = [one for one in pipes if not one.closed]
        if control in ready:
            try:
                pipes.append(type(control)(recv_handle(control)))
            except EOFError:
                return


def ask(pipe: Connection, helper: int, request: Any) -> None:
    """In the item's process, ask the helper for what `answer` then gives; meanwhile the item can do other work."""

    def sent() -> bool:
        pipe.send(request)
        return True

    _tried(pipe, helper, sent)


def answer(pipe: Connection, helper: int) -> bytes | None:
    """In the item's process, the helper's next answer; ``None`` when it gives none, and the pipe is closed then."""
    return _tried(pipe, helper, lambda: pipe.recv_bytes() if pipe.poll(PATIENCE) else None)


def _tried(pipe: Connection, helper: int, act: Callable[[], T | None]) -> T | None:
    """What ``act`` gives; ``None`` when the helper does not do its part, and the pipe is closed then.

    A helper that has not done it in time, because it is stopped or hangs, is killed: its other items need not wait too.
    """
    if pipe.closed:
        return None
    try:
        if (given := act()) is not None:
            return given
    except BlockingIOError:  # it took, or gave, only a part
        pass
    except (EOFError, OSError):  # it could not answer, or has died
        helper = 0
    pipe.close()
    if helper:
        descendants.end({helper})
    return None


def _bound(pipe: Connection) -> None:
    """Make reading and writing raise `BlockingIOError` when the other end does its part not in time."""
    if POSIX:
        with socket.fromfd(pipe.fileno(), socket.AF_UNIX, socket.SOCK_STREAM) as end:
            for way in (socket.SO_SNDTIMEO, socket.SO_RCVTIMEO):
                end.setsockopt(socket.SOL_SOCKET, way, struct.pack("ll", PATIENCE, 0))
