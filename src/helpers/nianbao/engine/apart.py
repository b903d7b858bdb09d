"""The kernel in a process of its own, forked from this one, for papermill's own users: nothing leaks into the next notebook.

nbclient stays in this process. Requests and messages pass through a pair of sockets, so that output arrives while a cell
runs, and a process that has to be killed costs its notebook only.
"""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import contextvars
import multiprocessing.process
import os
import queue
import signal
import socket
import struct
import sys
import threading
import time
import warnings
import weakref
from contextlib import contextmanager
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NoReturn

import zmq

from nianbao.engine import kernel
from nianbao.engine.streams import Capture
from nianbao.engine.surroundings import surrounded
from nianbao.engine.wire import LocalSession, recurse_as_deep

if TYPE_CHECKING:
    from collections.abc import Iterator

SHELL, IOPUB = 0, 1  # the channel of a message
END: list[bytes] = []  # the request to end, which has no parts
LEAVING = 5.0  # seconds that a process may take to end, as with the standard kernel
AT_ONCE = 0.1  # seconds after which the cell of one that has been asked to end is busy
LIVE = 0.2  # seconds after which output is sent while a cell runs, as in the standard kernel
HEAD = struct.Struct("!BI")


@contextmanager
def forked(modules: str) -> Iterator[Client]:
    """The client of a kernel in a new process, which ends with the context or with this process, whichever ends first.

    Its cells import from the working folder and from the folder ``modules``.
    """
    ours, theirs = socket.socketpair()
    for stream in (sys.stdout, sys.stderr):  # else both processes write what is in the buffers
        stream.flush()
    with warnings.catch_warnings():
        # Newer Pythons warn of threads. Here are only those of libraries and of tqdm, which survive a fork.
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
    if pid == 0:
        ours.close()
        _serve(theirs, modules)
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
            self.writer.write(_packed(SHELL, parts))

    def is_alive(self) -> bool:
        """Whether the process lives."""
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
        self.writer.write(_packed(SHELL, END))
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


def _packed(channel: int, parts: list[bytes]) -> bytes:
    """A message as it passes through the pipe: its channel, how many parts it has, their sizes, and the parts."""
    return b"".join([HEAD.pack(channel, len(parts)), struct.pack(f"!{len(parts)}Q", *map(len, parts)), *parts])


def _serve(pipe: socket.socket, modules: str) -> NoReturn:
    """In the new process: run the cells that are asked for, until the end is asked for."""
    try:
        _begin_anew()
        own, loop = kernel.prepare(), asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        outlet = _Outlet(pipe)
        own.iopub_thread.frontends = (SimpleNamespace(iopub_channel=SimpleNamespace(messages=outlet)),)
        # ipykernel calls these methods of its event loop when a cell that awaits is interrupted, and after exit().
        own.io_loop = SimpleNamespace(add_callback=loop.call_soon_threadsafe, call_later=loop.call_later, stop=loop.stop)
        requests: asyncio.Queue[list[bytes]] = asyncio.Queue()
        with Capture(own), surrounded(own, modules):
            for target, given in ((_listen, (pipe, loop, requests)), (_speak, (own,))):
                threading.Thread(target=target, args=given, daemon=True).start()
            answering = loop.create_task(_answer(own, requests, outlet))
            answering.add_done_callback(lambda _: loop.stop())
            loop.run_forever()
            if answering.done():  # A cell has broken what the kernel itself needs: nbclient is told that the kernel is dead.
                answering.result()
            atexit._run_exitfuncs()
        os._exit(0)
    except BaseException:
        sys.__excepthook__(*sys.exc_info())
    finally:
        os._exit(1)


def _begin_anew() -> None:
    """Leave behind what a new process does not have of the one that started it."""
    os.setsid()
    signal.set_wakeup_fd(-1)
    for number in signal.valid_signals():
        if callable(signal.getsignal(number)):
            signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Only a cell is interrupted.
    # As a main process, whatever the caller's is: a daemonic one could start no others.
    main = multiprocessing.process.current_process()
    vars(main).update(_identity=(), _name="MainProcess", _parent_pid=None)
    vars(main)["_config"].pop("daemon", None)
    vars(multiprocessing.process).update(_parent_process=None, _children=set())
    if server := sys.modules.get("multiprocessing.forkserver"):
        server._forkserver.__init__()  # This process cannot use the caller's.
    sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115
    # What the caller wants done at its end is not done at the notebook's.
    atexit._clear()
    weakref.finalize._registry.clear()  # type: ignore[attr-defined]
    weakref.finalize._registered_with_atexit = False  # type: ignore[attr-defined]
    # tqdm's bars stand below one another, and papermill's own may be among them.
    for name in [name for name in sys.modules if name.partition(".")[0] == "tqdm"]:
        del sys.modules[name]
    if "numpy.random" in sys.modules:  # otherwise all notebooks have the same random numbers
        sys.modules["numpy.random"].seed()


class _Outlet:
    """Where messages leave the new process; several threads send."""

    def __init__(self, pipe: socket.socket) -> None:
        self.pipe, self.lock = pipe, threading.Lock()

    def put(self, parts: list[bytes], channel: int = IOPUB) -> None:
        """Send a message; when nobody reads any more, the process is about to end."""
        with self.lock, contextlib.suppress(OSError):
            self.pipe.sendall(_packed(channel, [bytes(part) for part in parts]))


async def _answer(own: kernel.Kernel, requests: asyncio.Queue[list[bytes]], outlet: _Outlet) -> None:
    """Run what is asked for, one after another, in one context: a variable that a cell sets is set in the next."""
    context, replies = contextvars.copy_context(), own.shell_stream.queue
    recurse_as_deep()
    while True:
        parts = [zmq.Message(part) for part in await requests.get()]
        await asyncio.create_task(own.dispatch_shell(parts), context=context)
        while not replies.empty():
            outlet.put(replies.get(), SHELL)


def _listen(pipe: socket.socket, loop: asyncio.AbstractEventLoop, requests: asyncio.Queue[list[bytes]]) -> None:
    """Take requests; when nobody is left who could send one, end at once, with all that the cells have started."""
    with pipe.makefile("rb") as file:
        while head := file.read(HEAD.size):
            count = HEAD.unpack(head)[1]
            parts = [file.read(size) for size in struct.unpack(f"!{count}Q", file.read(8 * count))]
            loop.call_soon_threadsafe(*(requests.put_nowait, parts) if parts else (loop.stop,))
    os.killpg(0, signal.SIGKILL)


def _speak(own: kernel.Kernel) -> None:
    """Send what a cell that takes long has printed."""
    while True:
        time.sleep(LIVE)
        own.stdout.flush()
        own.stderr.flush()
