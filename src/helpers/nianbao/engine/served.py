"""In a process that was forked for one notebook: the kernel, which runs the cells that the other process asks for."""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import contextvars
import gc
import multiprocessing.process
import os
import signal
import struct
import sys
import threading
import time
import weakref
from types import SimpleNamespace
from typing import TYPE_CHECKING, NoReturn

import zmq

from nianbao.engine import kernel
from nianbao.engine.streams import Capture
from nianbao.engine.surroundings import surrounded
from nianbao.engine.wire import recurse_as_deep

if TYPE_CHECKING:
    import socket

SHELL, IOPUB = 0, 1  # the channel of a message
END: list[bytes] = []  # the request to end, which has no parts
LIVE = 0.2  # seconds after which output is sent while a cell runs, as in the standard kernel
HEAD = struct.Struct("!BI")


def packed(channel: int, parts: list[bytes]) -> bytes:
    """A message as it passes through the pipe: its channel, how many parts it has, their sizes, and the parts."""
    return b"".join([HEAD.pack(channel, len(parts)), struct.pack(f"!{len(parts)}Q", *map(len, parts)), *parts])


def serve(pipe: socket.socket, modules: str) -> NoReturn:
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
    sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115  it stays open as long as the process runs
    # What the caller has thrown away is the caller's to tidy up. Python 3.11 fails in an import in which that happens.
    gc.freeze()
    # What the caller wants done at its end is not done at the notebook's. weakref has no public way to forget it.
    atexit._clear()
    weakref.finalize._registry.clear()  # type: ignore[attr-defined]
    weakref.finalize._registered_with_atexit = False  # type: ignore[attr-defined]
    # tqdm's bars stand below one another, and papermill's own may be among them.
    for name in [name for name in sys.modules if name.partition(".")[0] == "tqdm"]:
        del sys.modules[name]


class _Outlet:
    """Where messages leave the new process; several threads send."""

    def __init__(self, pipe: socket.socket) -> None:
        self.pipe, self.lock = pipe, threading.Lock()

    def put(self, parts: list[bytes], channel: int = IOPUB) -> None:
        """Send a message; when nobody reads any more, the process is about to end."""
        with self.lock, contextlib.suppress(OSError):
            self.pipe.sendall(packed(channel, [bytes(part) for part in parts]))


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
    try:
        file = pipe.makefile("rb")
        while head := file.read(HEAD.size):
            count = HEAD.unpack(head)[1]
            parts = [file.read(size) for size in struct.unpack(f"!{count}Q", file.read(8 * count))]
            loop.call_soon_threadsafe(*(requests.put_nowait, parts) if parts else (loop.stop,))
    finally:
        os.killpg(0, signal.SIGKILL)


def _speak(own: kernel.Kernel) -> None:
    """Send what a cell that takes long has printed."""
    while True:
        time.sleep(LIVE)
        own.stdout.flush()
        own.stderr.flush()
