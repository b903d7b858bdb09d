"""A papermill engine that executes the cells in the calling process.

``NianbaoEngine`` is papermill's engine ``nianbao`` (``papermill --engine nianbao``): ipykernel's in-process kernel runs
the cells, nbclient reads its messages as it always does. It saves the two and a half seconds a kernel process takes to
start; isolation comes from running each report in a process of its own (see `pool`).

papermill loads this room by its entry point while it is being imported itself, so import papermill first, never this.
"""

from __future__ import annotations

import asyncio
import atexit
import builtins
import contextvars
import json
import logging
import os
import queue
import signal
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from datetime import datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import zmq
from ipykernel.eventloops import enable_gui
from ipykernel.inprocess.channels import InProcessChannel
from ipykernel.inprocess.client import InProcessKernelClient
from ipykernel.inprocess.ipkernel import InProcessKernel
from ipykernel.iostream import IOPubThread
from ipykernel.zmqshell import ZMQInteractiveShell
from jupyter_client.session import Session
from jupyter_core.utils import ensure_event_loop
from nbclient.exceptions import DeadKernelError
from papermill.engines import NBClientEngine
from papermill.log import logger
from traitlets.config import Config

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Channel(InProcessChannel):
    """A channel whose messages wait in a queue; the threads of kernel and client meet there."""

    messages: Any

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        """The next message; not while a cell runs, for what the client did then would be taken for the cell's doing."""
        end = time.monotonic() + timeout if timeout else float("inf")
        while self.messages.empty() or self.client.capture.on:
            if time.monotonic() > end:
                raise queue.Empty
            await asyncio.sleep(0.0005)
        return self.client.session.read(self.messages.get_nowait())


class _Shell(_Channel):
    """The channel of requests. They are carried out when the client begins to wait for a reply: then it says how long."""

    def __init__(self, client: Any = None) -> None:
        super().__init__(client)
        self.requests: list[dict[str, Any]] = []
        self.running: asyncio.Task[None] | None = None
        self.context = contextvars.copy_context()

    def send(self, msg: dict[str, Any]) -> None:
        """Take a request: to run a cell, or what nbclient tells an output widget."""
        self.requests.append(msg)

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        while self.requests:
            if not self.client.is_alive():
                raise DeadKernelError("Kernel died")
            if self.running is None:
                _recurse_as_deep()
            request = self.requests.pop(0)
            limit = timeout if request["msg_type"] == "execute_request" else None
            parts = [zmq.Message(part) for part in self.client.session.serialize(request)]
            # All in the one context: a context variable that is set in a cell is so in the next.
            self.running = asyncio.create_task(self.client.kernel.dispatch_shell(parts), context=self.context)
            with self.client.capture, _limited(limit) as late:
                await asyncio.wait({self.running}, timeout=limit)
            if late.is_set() or not self.running.done():
                # What the cell has said is heard first: the client may end it now.
                sys.stdout.flush()
                sys.stderr.flush()
                while not self.client.iopub_channel.messages.empty():
                    await asyncio.sleep(0.0005)
                raise queue.Empty
            self.running.result()
        return await super().get_msg(timeout)


def _recurse_as_deep() -> None:
    """Let a cell recurse as deep as in the standard kernel, below whose cells eleven calls lie, as nbclient's here."""
    frame, calls = sys._getframe(1), -11
    while frame := frame.f_back:  # type: ignore[assignment]
        calls += 1
    sys.setrecursionlimit(sys.getrecursionlimit() + calls)


@contextmanager
def _limited(seconds: float | None) -> Iterator[threading.Event]:
    """Interrupt the main thread as the standard kernel's is, when it is busy for longer; tells whether it was."""
    late, over = threading.Event(), threading.Event()

    def watch(seconds: float) -> None:
        interrupt = getattr(signal, "pthread_kill", lambda _, number: signal.raise_signal(number))
        wait = seconds + 0.1  # When a cell awaits, the event loop notices before.
        while not over.wait(wait):
            late.set()
            interrupt(threading.main_thread().ident, signal.SIGINT)
            wait = min(seconds, 5.0)  # A cell may catch the first.

    if seconds:
        threading.Thread(target=watch, args=(seconds,), daemon=True).start()
    try:
        yield late
    finally:
        over.set()


class _Direct(IOPubThread):
    """ipykernel's output thread without the thread: what is published is there at once, in order.

    ipykernel itself sends directly while its thread is not running; so it is never started. It takes the locks and
    sockets out of every message, and nothing is lost when the process ends.
    """

    before_sending: Any = staticmethod(lambda: None)

    def _setup_event_pipe(self) -> None:
        """Nobody wakes a thread that does not run; ZeroMQ, with threads of its own, is not needed at all."""

    def send_multipart(self, msg: list[bytes], *_: Any, **__: Any) -> None:
        """Hand over at once, after what was written past Python."""
        if self._is_master_process():
            self.before_sending()
            self.socket.queue.put(msg)
        elif (said := self.session.read(msg))["msg_type"] == "stream":
            # A forked child has nobody to hand over to: what it prints goes to the descriptors, and is read from there.
            os.write(1 + (said["content"]["name"] == "stderr"), said["content"]["text"].encode())


class _Session(Session):
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


class _Kernel(InProcessKernel):
    """The in-process kernel without what it needs only beside others: signatures, output thread, reply delay, subshells."""

    _execute_sleep = 0
    _supports_kernel_subshells = False


def prepare() -> _Kernel:
    """The kernel of this process, in which no notebook has run: that made before the process was forked, or a new one."""
    if not isinstance(getattr(_Kernel, "_instance", None), _Kernel):
        # As the standard kernel's, which libraries ask for to know that they run in a notebook; no history is kept.
        config = Config({"HistoryManager": {"enabled": False, "hist_file": ":memory:"}, "IPKernelApp": {}})
        session, log = _Session(key=b""), logging.Logger("kernel", logging.WARNING)
        log.parent = logger
        thread = _Direct(SimpleNamespace(queue=queue.SimpleQueue()), session=session)
        own = {"config": config, "session": session, "iopub_thread": thread, "log": log, "user_ns": None}
        # ipykernel loads debugpy, a third of a second, if it can; nothing is debugged here.
        sys.modules.setdefault("debugpy", None)  # type: ignore[arg-type]
        # The one instance, through which comms and widgets speak.
        new = _Kernel.instance(shell_class=ZMQInteractiveShell, **own)
        if sys.modules["debugpy"] is None:
            del sys.modules["debugpy"]
        # Interrupts reach the cell when it runs in the main thread, as in the standard kernel.
        new.shell_channel_thread = SimpleNamespace(parent_thread=threading.main_thread())
        # The shell's own looks for its kernel in the application, and there is none.
        new.shell.enable_gui = lambda gui=None: enable_gui(gui, new)
        new.shell.extension_manager.load_extension("storemagic")
    kernel = _Kernel.instance()
    for one in (kernel.stdout, kernel.stderr, kernel.iopub_thread):
        one._master_pid = kernel.session.pid = os.getpid()
    sys.modules["__main__"] = kernel.shell.user_module
    return kernel


class _Client(InProcessKernelClient):
    """What nbclient expects of a kernel manager and of its client, for the kernel that lives here."""

    has_kernel = True

    def client(self) -> _Client:
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


class _Capture:
    """While a cell runs, what children and C code write to the process's own stdout and stderr becomes its output, as with
    the standard kernel: it is read from files before anything else is published. There is no input. Not so on Windows.
    """

    def __init__(self, kernel: _Kernel) -> None:
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
        self.__exit__(on=True)

    def __exit__(self, *_: object, on: bool = False) -> None:
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


@contextmanager
def _running(own_process: bool) -> Iterator[_Client]:
    """The kernel for one notebook, in surroundings like the standard kernel's. Afterwards all is as it was and nothing left,
    neither thread nor socket nor name: unless the process is the report's own, and ends with it.
    """
    system = {name: getattr(sys, name) for name in ("stdout", "stderr", "argv", "path", "breakpointhook")}
    environment, folder, recursion = dict(os.environ), os.getcwd(), sys.getrecursionlimit()  # noqa: PTH109
    root, host, loop = logging.getLogger(), logging.Logger("host"), ensure_event_loop()
    vars(host).update(handlers=root.handlers, level=root.level)
    tasks = asyncio.all_tasks(loop)
    kernel = prepare()
    shell = kernel.shell
    client = _Client(kernel=kernel, session=kernel.session, shell_channel_class=_Shell, iopub_channel_class=_Channel)
    client.shell_channel.messages, client.iopub_channel.messages = kernel.shell_stream.queue, kernel.iopub_thread.socket.queue
    client.capture = _Capture(kernel)
    # What IPython asks of its event loop, when it is interrupted or shall exit.
    ways = {"add_callback": loop.call_soon_threadsafe, "call_later": loop.call_later, "stop": client.stop_channels}
    kernel.io_loop = SimpleNamespace(**ways)
    vars(sys).update(stdout=kernel.stdout, stderr=kernel.stderr, breakpointhook=lambda *_, **__: None, path=sys.path[:])
    sys.argv = ["ipykernel_launcher.py", "-f", "kernel.json", "--HistoryManager.hist_file=:memory:"]
    if "" not in sys.path:
        sys.path.insert(next((n for n, path in enumerate(sys.path) if path.endswith("-packages")), 0), "")
    os.environ["JPY_PARENT_PID"] = str(os.getppid())
    backend = os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    if "matplotlib" in sys.modules and "inline" in backend:
        shell.enable_matplotlib("inline")  # as it does itself when a cell is the first to import it
    shell.user_ns["_dh"][:] = [Path.cwd()]
    # A notebook sets up logging anew, and papermill goes on as before.
    root.handlers, logger.parent = [], host
    root.setLevel(logging.WARNING)
    try:
        yield client
    finally:
        root.handlers, logger.parent = host.handlers, root
        root.setLevel(host.level)
        vars(sys).update(system)
        if not own_process:
            os.environ.clear()
            os.environ.update(environment)
            os.chdir(folder)
            sys.setrecursionlimit(recursion)
            if left := asyncio.all_tasks(loop) - tasks:
                for task in left:
                    task.cancel()
                loop.run_until_complete(asyncio.wait(left, timeout=1))
            atexit.unregister(shell.atexit_operations)
            shell.atexit_operations()
            shell.restore_sys_module_state()
            for name in ("display", "__IPYTHON__"):
                vars(builtins).pop(name, None)
            type(shell).clear_instance()
            _Kernel.clear_instance()
            kernel.iopub_thread.io_loop.close(all_fds=True)
            client.capture.close()


class NianbaoEngine(NBClientEngine):
    """papermill's engine ``nianbao``: the cells run in the calling process."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, own_process: bool = False, adapt: Any = None, **options: Any
    ) -> Any:
        """Run the notebook that papermill manages: Python, in the main thread, where neither another notebook runs nor
        Jupyter, IPython or an event loop. Otherwise the standard engine runs it, in another process.
        """
        if adapt:
            adapt(nb_man)
        shell = getattr(ZMQInteractiveShell, "_instance", None)
        kernel = getattr(shell, "kernel", None)
        idle = shell is None or (isinstance(kernel, _Kernel) and not kernel.frontends)
        alone = threading.current_thread() is threading.main_thread() and asyncio._get_running_loop() is None
        if kernel_name in {"python", "python3"} and idle and alone:
            with _running(own_process) as client:
                return super().execute_managed_notebook(nb_man, kernel_name, km=client, **options)
        logger.warning("Not Python, not the main thread, or something runs here already: the standard engine is used.")
        return super().execute_managed_notebook(nb_man, kernel_name, **options)
