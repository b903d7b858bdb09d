"""A process that runs beside the processes of the items and serves each of them through a pipe of its own."""

from __future__ import annotations

import contextlib
from multiprocessing.connection import wait
from multiprocessing.reduction import recv_handle, send_handle
from typing import TYPE_CHECKING

from nianbao.run.process import kill, start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.context import BaseContext
    from multiprocessing.process import BaseProcess

    from nianbao.run.process import Limits

SHARED = 2  # items that share a helper, which has less than half of an item's work


class Helper:
    """A helper process, started when it is first needed, and again when it has died.

    It receives its ends of the items' pipes through a control pipe, and ends when the control pipe is closed.
    """

    def __init__(self, context: BaseContext, serve: Callable[[Connection], None], limits: Limits) -> None:
        self.context, self.serve, self.limits = context, serve, limits
        self.process: BaseProcess | None = None
        self.control: Connection | None = None

    def pipe(self) -> Connection:
        """The item's end of a new pipe to the helper, which is started when it does not run."""
        ours, theirs = self.context.Pipe()
        with theirs:
            if not self._takes(theirs):
                self.end()
                self.control, its = self.context.Pipe()
                with its:
                    self.process = start(self.context, self.serve, (its,), None, self.limits)
                self._takes(theirs)
        return ours

    def _takes(self, pipe: Connection) -> bool:
        if self.process and self.control and self.process.is_alive():
            with contextlib.suppress(OSError):
                send_handle(self.control, pipe.fileno(), self.process.pid)
                return True
        return False

    def end(self) -> None:
        """End the helper, if it runs."""
        if self.process and self.control:
            kill(self.process)
            self.process.join(5)
            self.control.close()


def received(control: Connection) -> Iterator[Connection]:
    """In the helper, yield the pipe of each item when it has data or is closed, until the control pipe is closed."""
    pipes: list[Connection] = []
    while True:
        ready = wait([control, *pipes])
        for pipe in [one for one in pipes if one in ready]:
            pipes.remove(pipe)
            yield pipe
        if control in ready:
            try:
                pipes.append(type(control)(recv_handle(control)))
            except EOFError:
                return
