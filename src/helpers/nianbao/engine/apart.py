"""The kernel in a process of its own, forked from this one, for papermill's own users: nothing leaks into the next notebook.

nbclient stays in this process. Requests and messages pass through a pair of sockets, so that output arrives while a cell
runs, and a process that has to be killed costs its notebook only.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import queue
import signal
import socket
import struct
import sys
import time
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from nianbao.engine import kernel
from nianbao.engine.served import END, HEAD, IOPUB, SHELL, packed, serve
from nianbao.engine.wire import LocalSession

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAVING = 5.0  # seconds that a process may take to end, as with the standard kernel
AT_ONCE = 0.1  # seconds after which the cell of one that has been asked to end is busy


@contextmanager
def forked(modules: str) -> Iterator[Client]:
    """The client of a kernel in a new process, which ends with the context or with this process, whichever ends first.

    Its cells import from the working folder and from the folder ``modules``.
    """
    ours, theirs = socket.socketpair()
    for stream in filter(None, (sys.stdout, sys.stderr)):  # else both processes write what is in the buffers
        stream.flush()
    with warnings.catch_warnings():
        # Newer Pythons warn of threads. Here are only those of libraries and of tqdm, which survive a fork.
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
    if pid == 0:
        ours.close()
        serve(theirs, modules)
    theirs.close()
    client = Client(ours, pid)
    try:
        yield client
    finally:
        client.end()


class _Channel:
    """Messages of one kind from the other process."""

    def __init__(self, client: Client, channel: int) -> None:
        self.client, self.channel = client, channel
        self.messages: asyncio.Queue[list[bytes]] = asyncio.Queue()
        self.waiting = 0

    def is_awaited(self) -> bool:
        """Whether somebody waits for messages, and there are some, or may be."""
        reading = self.client.reading
        return self.waiting > 0 and not (self.messages.empty() and (reading is None or reading.done()))

    def send(self, msg: dict[str, Any]) -> None:
        """Send a request: to run a cell, or a message of nbclient to an output widget."""
        self.client.send(self.client.session.serialize(msg))

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        """The next message.

        Raises
        ------
        queue.Empty
            When there is none for ``timeout`` seconds.
        """
        self.waiting += 1
        try:
            await asyncio.sleep(0)  # However much arrives, time-outs are heeded.
            return self.client.session.read(await asyncio.wait_for(self.messages.get(), timeout))
        except TimeoutError:
            raise queue.Empty from None
        finally:
            self.waiting -= 1


class Client(kernel.Client):
    """Kernel manager and client in one object, as nbclient expects them, for a kernel in another process."""

    def __init__(self, pipe: socket.socket, pid: int) -> None:
        session = LocalSession(key=b"not used")
        session.auth = None
        super().__init__(session=session)
        self.pipe, self.pid, self.ended = pipe, pid, False
        self.reading: asyncio.Task[None] | None = None
        self._shell_channel, self._iopub_channel = (_Channel(self, number) for number in (SHELL, IOPUB))

    def start_channels(self, *_: Any, **__: Any) -> None:
        """Do nothing: the channels are open."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Begin to read; the kernel gets ready meanwhile."""
        self.callers = asyncio.all_tasks()
        reader, self.writer = await asyncio.open_connection(sock=self.pipe)
        self.reading = asyncio.create_task(self._read(reader))

    async def _read(self, reader: asyncio.StreamReader) -> None:
        channels = (self.shell_channel, self.iopub_channel)
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                channel, count = HEAD.unpack(await reader.readexactly(HEAD.size))
                sizes = struct.unpack(f"!{count}Q", await reader.readexactly(8 * count))
                channels[channel].messages.put_nowait([await reader.readexactly(size) for size in sizes])
                await asyncio.sleep(0)  # It reads no faster than nbclient does.

    def send(self, parts: list[bytes]) -> None:
        """Send a request to the kernel, if it still lives."""
        if self.is_alive():
            self.writer.write(packed(SHELL, parts))

    def is_alive(self) -> bool:
        """Whether the process lives and can be spoken to."""
        if self.reading and self.reading.done():
            return False
        if not self.ended:
            try:
                self.ended = os.waitpid(self.pid, os.WNOHANG)[0] != 0
            except ChildProcessError:  # The caller's own code has waited for it.
                self.ended = True
        return not self.ended

    def interrupt_kernel(self) -> None:
        """Interrupt the cell, and what it has started."""
        self._signal(signal.SIGINT)

    def _signal(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, number)

    def end(self) -> None:
        """End the process, on request, so that it can tidy up, or by force; and what it has started."""
        try:
            if self.reading and self.is_alive():
                self.reading.get_loop().run_until_complete(self._ask_to_end())
        finally:
            self._signal(signal.SIGKILL)
            if not self.ended:
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(self.pid, 0)
                self.ended = True
            if self.reading:
                self.reading.get_loop().run_until_complete(self._close())
            self.pipe.close()

    async def _ask_to_end(self) -> None:
        """Ask for the end; a busy cell is interrupted. One that awaits ends without a word, as in the standard kernel."""
        self.writer.write(packed(SHELL, END))
        if not await self._is_gone(AT_ONCE):
            self.interrupt_kernel()
            await self._is_gone(LEAVING)
        self._signal(signal.SIGKILL)
        # nbclient still reads what a cell that was out of time says at its end.
        until = time.monotonic() + LEAVING
        while self.iopub_channel.is_awaited() and time.monotonic() < until:
            await asyncio.sleep(0.005)

    async def _is_gone(self, seconds: float) -> bool:
        """Whether the process ends within some seconds."""
        until = time.monotonic() + seconds
        while self.is_alive() and time.monotonic() < until:
            await asyncio.sleep(0.005)
        return not self.is_alive()

    async def _close(self) -> None:
        self.writer.close()
        with contextlib.suppress(ConnectionError):
            await self.writer.wait_closed()
        # nbclient's own tasks are left when a cell was out of time.
        left = asyncio.all_tasks() - self.callers - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.wait({asyncio.gather(*left, return_exceptions=True)}, timeout=1)
