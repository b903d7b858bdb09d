"""Between nbclient and the kernel in the same process: requests, replies and outputs are handed over, never sent."""

from __future__ import annotations

import asyncio
import contextvars
import json
import os
import queue
import signal
import sys
import threading
import time
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any

import zmq
from ipykernel.inprocess.channels import InProcessChannel
from ipykernel.iostream import IOPubThread
from jupyter_client.session import Session
from nbclient.exceptions import DeadKernelError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


class Channel(InProcessChannel):
    """A channel whose messages wait in a queue; the threads of kernel and client meet here."""

    def __init__(self, client: Any = None) -> None:
        super().__init__(client)
        self.messages: Any = queue.SimpleQueue()

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        """The next message; not while a cell runs, for what the client did then would be taken for the cell's doing."""
        end = time.monotonic() + timeout if timeout else float("inf")
        while self.messages.empty() or self.client.capture.on:
            if time.monotonic() > end:
                raise queue.Empty
            await asyncio.sleep(0.0005)
        return self.client.session.read(self.messages.get_nowait())


class ShellChannel(Channel):
    """The channel of requests. They are carried out when the client begins to wait for a reply: then it says how long."""

    def __init__(self, client: Any = None) -> None:
        super().__init__(client)
        self.messages = client.kernel.shell_stream.queue
        self.requests: list[dict[str, Any]] = []
        self.running: asyncio.Task[None] | None = None
        self.heeds_interrupts = self.died = False
        self.context = contextvars.copy_context()

    def send(self, msg: dict[str, Any]) -> None:
        """Take a request: to run a cell, or what nbclient tells an output widget."""
        self.requests.append(msg)

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        while self.requests:
            if self.died or not self.client.is_alive():
                raise DeadKernelError("Kernel died")
            if self.running is None:
                _recurse_as_deep()
            request = self.requests.pop(0)
            limit = timeout if request["msg_type"] == "execute_request" else None
            parts = [zmq.Message(part) for part in self.client.session.serialize(request)]
            # All in the one context: a context variable that is set in a cell is so in the next.
            self.running = asyncio.create_task(self.client.kernel.dispatch_shell(parts), context=self.context)
            with self.client.capture, _limited(limit) as late, _noted(self.heeds_interrupts) as arrived:
                await asyncio.wait({self.running}, timeout=limit)
            ended = signal.SIGINT in arrived and not late.is_set()
            if late.is_set() or ended or self.died or not self.running.done():
                # What the cell has said is heard first: the client may end it now.
                sys.stdout.flush()
                sys.stderr.flush()
                while not self.client.iopub_channel.messages.empty():
                    await asyncio.sleep(0.0005)
                raise DeadKernelError("Kernel died") if self.died else KeyboardInterrupt if ended else queue.Empty
            self.running.result()
        return await super().get_msg(timeout)


def _recurse_as_deep() -> None:
    """Let a cell recurse as deep as in the standard kernel: twelve calls lie below its cells, as nbclient's here."""
    frame, calls = sys._getframe(1), -12
    while frame := frame.f_back:  # type: ignore[assignment]
        calls += 1
    sys.setrecursionlimit(sys.getrecursionlimit() + calls)


@contextmanager
def _limited(seconds: float | None) -> Iterator[threading.Event]:
    """Interrupt the main thread as the standard kernel's is, when it is busy for longer; tells whether it was."""
    late, over = threading.Event(), threading.Event()

    def watch(seconds: float) -> None:
        wait = seconds + 0.1  # When a cell awaits, the event loop notices before.
        while not over.wait(wait):
            late.set()
            if hasattr(signal, "pthread_kill"):
                signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
            else:
                signal.raise_signal(signal.SIGINT)
            wait = min(seconds, 5.0)  # A cell may catch the first.

    if seconds:
        threading.Thread(target=watch, args=(seconds,), daemon=True).start()
    try:
        yield late
    finally:
        over.set()


@contextmanager
def _noted(wanted: bool) -> Iterator[list[int]]:
    """The signals that arrive meanwhile, whatever a cell does about them."""
    arrived: list[int] = []
    if not wanted:
        yield arrived
        return
    reading, writing = os.pipe()
    for descriptor in (reading, writing):
        os.set_blocking(descriptor, False)
    previous = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    try:
        yield arrived
    finally:
        signal.set_wakeup_fd(previous)
        with suppress(BlockingIOError):
            arrived.extend(os.read(reading, 1000))
        os.close(reading)
        os.close(writing)


class DirectOutput(IOPubThread):
    """ipykernel's output thread without the thread: what is published is there at once, in order.

    ipykernel itself sends directly while its thread is not running; so it is never started. It takes the locks and
    sockets out of every message, and nothing is lost when the process ends.
    """

    before_sending: Callable[[], None] = staticmethod(lambda: None)
    frontends: Sequence[Any] = ()

    def _setup_event_pipe(self) -> None:
        """Nobody wakes a thread that does not run; ZeroMQ, with threads of its own, is not needed at all."""

    def send_multipart(self, msg: list[bytes], *_: Any, **__: Any) -> None:
        """Hand over at once, after what was written past Python."""
        if self._is_master_process():
            self.before_sending()
            for frontend in self.frontends:
                frontend.iopub_channel.messages.put(msg)
        elif (said := self.session.read(msg))["msg_type"] == "stream":
            # A forked child has nobody to hand over to: what it prints goes to the descriptors, and is read from there.
            os.write(1 + (said["content"]["name"] == "stderr"), said["content"]["text"].encode())


class LocalSession(Session):
    """Packs and unpacks messages that never leave the process: not signed, and of their dates only their own is read."""

    def serialize(self, msg: dict[str, Any], ident: Any = None) -> list[bytes]:
        """A message's parts; half a character, which UTF-8 does not have, becomes a question mark."""
        try:
            return super().serialize(msg, ident)
        except UnicodeEncodeError:
            content = json.dumps(msg["content"], ensure_ascii=False).encode(errors="replace")
            return super().serialize(msg | {"content": json.loads(content)}, ident)

    def deserialize(self, msg_list: list[Any], content: bool = True, copy: bool = True) -> dict[str, Any]:
        """A message from its parts; see `jupyter_client.session.Session`."""
        header, parent, metadata, body = (self.unpack(bytes(part)) for part in msg_list[1:5])
        header["date"] = datetime.fromisoformat(header["date"])
        message = {"header": header, "msg_id": header["msg_id"], "msg_type": header["msg_type"], "parent_header": parent}
        return message | {"metadata": metadata, "content": body, "buffers": [memoryview(part) for part in msg_list[5:]]}

    def read(self, parts: list[Any]) -> dict[str, Any]:
        """A message as it was sent, with the addressee in front."""
        return self.deserialize(self.feed_identities([bytes(part) for part in parts])[1])
