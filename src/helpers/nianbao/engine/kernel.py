"""A papermill engine that executes the cells in the calling process.

``NianbaoEngine`` is papermill's engine ``nianbao`` (``papermill --engine nianbao``): ipykernel's in-process kernel runs
the cells, nbclient reads its messages as it always does. It saves the two and a half seconds a kernel process takes to
start; isolation comes from running each report in a process of its own (see `pool`).

papermill loads this room by its entry point while it is being imported itself, so import papermill first, never this.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import tempfile
import threading
from contextlib import contextmanager, nullcontext
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from ipykernel.eventloops import enable_gui
from ipykernel.inprocess.client import InProcessKernelClient
from ipykernel.inprocess.ipkernel import InProcessKernel
from ipykernel.zmqshell import ZMQInteractiveShell
from nbclient.exceptions import DeadKernelError
from traitlets.config import Config

from nianbao.engine.wire import DirectOutput, LocalSession

if TYPE_CHECKING:
    from collections.abc import Iterator


INLINE = "module://matplotlib_inline.backend_inline"


class Kernel(InProcessKernel):
    """The in-process kernel without what it needs only beside others: signatures, output thread, reply delay, subshells."""

    _execute_sleep = 0
    _supports_kernel_subshells = False
    _redirected_io = nullcontext  # not for each cell: what one puts in place of sys.stdout stays there


def prepare() -> Kernel:
    """The kernel of this process, in which no notebook has run: one made before the process was forked, or a new one."""
    if not isinstance(getattr(Kernel, "_instance", None), Kernel):
        # As the standard kernel's, which libraries ask for to know that they run in a notebook; no history is kept.
        config = Config({"HistoryManager": {"enabled": False, "hist_file": ":memory:"}, "IPKernelApp": {}})
        session = LocalSession(key=b"not used")  # without one there is a warning
        session.auth = None
        thread = DirectOutput(None, session=session)
        # A log of its own, for what a notebook sets up for logging is not meant for the kernel's.
        log = logging.Logger("kernel", logging.WARNING)
        log.parent = logging.getLogger("papermill")
        # ipykernel loads debugpy, a third of a second, if it can; nothing is debugged here.
        sys.modules.setdefault("debugpy", None)  # type: ignore[arg-type]
        # The one instance, through which comms and widgets speak.
        own = {"shell_class": ZMQInteractiveShell, "user_ns": None, "session": session, "iopub_thread": thread, "log": log}
        new = Kernel.instance(config=config, **own)
        if sys.modules["debugpy"] is None:
            del sys.modules["debugpy"]
        thread.frontends = new.frontends
        # Interrupts reach the cell when it runs in the main thread, as in the standard kernel.
        new.shell_channel_thread = SimpleNamespace(parent_thread=threading.main_thread())
        # The shell's own looks for its kernel in the application, and there is none.
        new.shell.enable_gui = lambda gui=None: enable_gui(gui, new)
        new.shell.extension_manager.load_extension("storemagic")
    kernel = Kernel.instance()
    for one in (kernel.stdout, kernel.stderr, kernel.iopub_thread):
        one._master_pid = kernel.session.pid = os.getpid()
    sys.modules["__main__"] = kernel.shell.user_module
    return kernel


class Client(InProcessKernelClient):
    """What nbclient expects of a kernel manager and of its client, for the kernel that lives here."""

    has_kernel = True

    def client(self) -> Client:
        """Itself."""
        return self

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Ready as soon as it is made."""

    def is_alive(self) -> bool:
        """Until ``exit()`` closes the channels."""
        return bool(self.shell_channel.is_alive())

    def _dispatch_to_kernel(self, msg: dict[str, Any]) -> None:
        self.shell_channel.send(msg)

    def interrupt_kernel(self) -> None:
        """Interrupt a cell that awaits; one that was busy has been interrupted by now."""
        if not self.shell_channel.running.done():
            signal.raise_signal(signal.SIGINT)


@contextmanager
def mortal(client: Client, loop: asyncio.AbstractEventLoop) -> Iterator[None]:
    """SIGTERM ends the notebook as if its kernel had died, a cell may send it to itself, and not this process."""
    owner = os.getpid()

    def end(number: int, _: Any) -> None:
        if os.getpid() != owner:  # a forked child, which dies of it
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
        channel = client.shell_channel
        channel.died = True
        client.kernel.iopub_thread.frontends = ()  # The dead say no more.
        if asyncio.current_task(loop) is channel.running:
            raise DeadKernelError("Kernel died")
        if channel.running:
            loop.call_soon_threadsafe(channel.running.cancel)

    if signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        yield
        return
    signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


class Capture:
    """While a cell runs, what children and C code write to the process's own stdout and stderr becomes its output, as in
    the standard kernel: it is read back from files before anything else is published. And there is no input.

    As in the standard kernel, not on Windows.
    """

    def __init__(self, kernel: Kernel) -> None:
        self.on = self.reading = False
        self.kept = [os.dup(number) for number in range(3)] if os.name == "posix" else []
        self.given = [os.open(os.devnull, os.O_RDONLY)] if self.kept else []
        self.files: list[tuple[Any, Any]] = []
        for stream, kept in zip((kernel.stdout, kernel.stderr), self.kept[1:], strict=False):
            stream._original_stdstream_copy = kept
            # Two openings of one file: what is written does not move the place that is read from.
            with tempfile.NamedTemporaryFile() as file:
                self.given.append(os.dup(file.fileno()))
                self.files.append((stream, open(file.name, "rb")))  # noqa: PTH123, SIM115
        kernel.iopub_thread.before_sending = self.publish

    def __enter__(self) -> None:
        self._switch(True)

    def __exit__(self, *_: object) -> None:
        self._switch(False)

    def _switch(self, on: bool) -> None:
        self.on = on
        for number, target in enumerate(self.given if on else self.kept):
            os.dup2(target, number)

    def publish(self) -> None:
        """Hand on what has been written since the last time."""
        if not self.reading:
            self.reading = True
            for stream, file in self.files:
                if written := file.read():
                    stream.write(written.decode(errors="replace"))
                    stream.flush()
            self.reading = False

    def close(self) -> None:
        """Give the files back."""
        for number in (*self.kept, *self.given):
            os.close(number)
        for _, file in self.files:
            file.close()
