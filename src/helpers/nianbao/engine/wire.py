"""Pass requests, replies and outputs between nbclient and the kernel in the same process, without sockets."""

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
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

import zmq
from ipykernel.inprocess.channels import InProcessChannel
from ipykernel.iostream import IOPubThread
from jupyter_client.jsonutil import json_default
from jupyter_client.session import DELIM, Session
from nbclient.exceptions import DeadKernelError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import FrameType


READING = 5.0  # seconds that the client may take to read what a cell has printed


class Channel(InProcessChannel):
    """A channel whose messages wait in a queue that the threads of kernel and client share."""

    def __init__(self, client: Any = None) -> None:
        super().__init__(client)
        self.messages: Any = queue.SimpleQueue()
        self.taken = 0

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        """The next message.

        It waits while a cell runs: what the client does with a message then would be captured as the cell's output.

        Raises
        ------
        queue.Empty
            When there is none for ``timeout`` seconds.
        """
        end = time.monotonic() + timeout if timeout else float("inf")
        while self.messages.empty() or self.client.capture.on:
            if time.monotonic() > end:
                raise queue.Empty
            await asyncio.sleep(0.0005)
        self.taken += 1
        return self.client.session.read(self.messages.get_nowait())

    async def is_read(self) -> None:
        """Wait until the client has taken what is there now. More may come for ever; after a cell's end none is taken."""
        all_of_it, until = self.taken + self.messages.qsize(), time.monotonic() + READING
        while self.taken < all_of_it and time.monotonic() < until:
            await asyncio.sleep(0.0005)


class ShellChannel(Channel):
    """The channel of requests. They run when the client begins to wait for a reply, because it gives the timeout then."""

    def __init__(self, client: Any = None) -> None:
        super().__init__(client)
        self.messages = client.kernel.shell_stream.queue
        self.requests: list[dict[str, Any]] = []
        self.running: asyncio.Task[None] | None = None
        self.died = False
        self.context = contextvars.copy_context()

    def send(self, msg: dict[str, Any]) -> None:
        """Queue a request: to run a cell, or a message of nbclient to an output widget."""
        self.requests.append(msg)

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        """Run the queued requests and give the next reply.

        Raises
        ------
        queue.Empty
            When a cell runs for more than ``timeout`` seconds, or no reply comes in that time.
        DeadKernelError
            When the kernel has died.
        """
        while self.requests:
            if self.died or not self.client.is_alive():
                raise DeadKernelError("Kernel died")
            if self.running is None:
                recurse_as_deep()
            request = self.requests.pop(0)
            limit = timeout if request["msg_type"] == "execute_request" else None
            parts = [zmq.Message(part) for part in self.client.session.serialize(request)]
            # All requests share one context, so that a context variable set in one cell is set in the next.
            self.running = asyncio.create_task(self.client.kernel.dispatch_shell(parts), context=self.context)
            with self.client.capture, _limited(limit) as late:
                await asyncio.wait({self.running}, timeout=limit)
            if late.is_set() or self.died or not self.running.done():
                # The client may end the cell now, so it has to read the cell's output first.
                sys.stdout.flush()
                sys.stderr.flush()
                await self.client.iopub_channel.is_read()
                raise DeadKernelError("Kernel died") if self.died else queue.Empty
            self.running.result()
        return await super().get_msg(timeout)


def recurse_as_deep() -> None:
    """Raise the recursion limit, so that a cell can recurse as deep as in the standard kernel.

    There twelve calls lie below a cell; here those of nbclient and its callers do.
    """
    frame: FrameType | None = sys._getframe(1)
    calls = -13
    while frame:
        frame = frame.f_back
        calls += 1
    sys.setrecursionlimit(sys.getrecursionlimit() + calls)


@contextmanager
def _limited(seconds: float | None) -> Iterator[threading.Event]:
    """Within the context, interrupt the main thread when it is busy for more than ``seconds``, and set the event."""
    late, over = threading.Event(), threading.Event()

    def watch(seconds: float) -> None:
        wait = seconds + 0.1  # When a cell awaits, the event loop ends it first.
        while not over.wait(wait):
            late.set()
            if hasattr(signal, "pthread_kill"):
                signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
            else:
                signal.raise_signal(signal.SIGINT)
            wait = min(seconds, 5.0)  # A cell may catch the first interrupt.

    if seconds:
        threading.Thread(target=watch, args=(seconds,), daemon=True).start()
    try:
        yield late
    finally:
        over.set()


class DirectOutput(IOPubThread):
    """ipykernel's output thread without a running thread: each message reaches the client at once, in order.

    ipykernel sends directly while its thread is not running, so this thread is never started. A message then takes no
    lock and no socket, and none is lost when the process ends.
    """

    before_sending: Callable[[], None] = staticmethod(lambda: None)
    frontends: Sequence[Any] = ()

    def _setup_event_pipe(self) -> None:
        """Make no pipe: there is no running thread to wake, and without the pipe ZeroMQ starts no threads."""

    def send_multipart(self, msg: list[bytes], *_: Any, **__: Any) -> None:
        """Put a message into the client's queue, after what child processes and C code have written."""
        if self._is_master_process():
            if not msg[0].startswith(b"stream."):
                self.before_sending()
            for frontend in self.frontends:
                frontend.iopub_channel.messages.put(msg)
        elif (said := self.session.read(msg))["msg_type"] == "stream":
            # A forked child has no client: it writes what it prints to the descriptors, which `Capture` reads.
            os.write(1 + (said["content"]["name"] == "stderr"), said["content"]["text"].encode())


class LocalSession(Session):
    """Packs and unpacks messages that never leave the process: unsigned, each in one part besides its buffers.

    Only the header's date is parsed.
    """

    def serialize(self, msg: dict[str, Any], ident: Any = None) -> list[bytes]:
        """A message's parts; a lone surrogate, which UTF-8 cannot encode, becomes a question mark."""
        whole = [msg["header"], msg["parent_header"], msg["metadata"], msg.get("content") or {}]
        try:
            packed = self.pack(whole)
        except UnicodeEncodeError:
            packed = json.dumps(whole, default=json_default, ensure_ascii=False).encode(errors="replace")
        addressees = ident if isinstance(ident, list) else [] if ident is None else [ident]
        return [*addressees, DELIM, b"", packed]

    def deserialize(self, msg_list: list[Any], content: bool = True, copy: bool = True) -> dict[str, Any]:
        """A message from its parts; see `jupyter_client.session.Session`."""
        header, parent, metadata, body = self.unpack(bytes(msg_list[1]))
        header["date"] = datetime.fromisoformat(header["date"])
        message = {"header": header, "msg_id": header["msg_id"], "msg_type": header["msg_type"], "parent_header": parent}
        return message | {"metadata": metadata, "content": body, "buffers": [memoryview(part) for part in msg_list[2:]]}

    def read(self, parts: list[Any]) -> dict[str, Any]:
        """A message from its parts as they were sent, with the addressee in front."""
        return self.deserialize(self.feed_identities([bytes(part) for part in parts])[1])
