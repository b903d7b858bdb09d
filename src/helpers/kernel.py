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
import os
import queue
import sys
import tempfile
import threading
import time
from contextlib import contextmanager, suppress
from datetime import datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from ipykernel.inprocess.channels import InProcessChannel
from ipykernel.inprocess.client import InProcessKernelClient
from ipykernel.inprocess.ipkernel import InProcessKernel
from ipykernel.iostream import IOPubThread, OutStream
from ipykernel.zmqshell import ZMQInteractiveShell
from jupyter_client.session import Session
from nbclient.util import run_sync
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine
from papermill.log import logger
from traitlets import default
from traitlets.config import Config

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from nbformat import NotebookNode


class _Channel(InProcessChannel):
    """A channel whose messages wait in a queue; the threads of kernel and client meet here."""

    def __init__(self, client: Any = None) -> None:
        super().__init__(client)
        self.messages: queue.Queue[dict[str, Any]] = queue.Queue()

    def call_handlers(self, msg: dict[str, Any]) -> None:
        self.messages.put(msg)

    def send(self, msg: dict[str, Any]) -> None:
        """A message to the kernel that wants no reply: nbclient's to output widgets."""
        kernel = self.client.kernel
        kernel.shell_handlers[msg["header"]["msg_type"]](kernel.shell_stream, [], msg)

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        """The next message; the cell has run by now, so what is to come is at most a thread's hand-over away."""
        while self.messages.empty():
            await asyncio.sleep(0.0005)
        return self.messages.get_nowait()


class _Direct(IOPubThread):
    """ipykernel's output thread without the thread: what is published is there at once, in order.

    ipykernel itself sends directly while its thread is not running; so it is never started. It takes the locks and
    sockets out of every message, and nothing is lost when the process ends.
    """

    def start(self) -> None:
        """Not started."""

    def _setup_event_pipe(self) -> None:
        """Nobody wakes a thread that does not run; ZeroMQ, with threads of its own, is not needed at all."""

    before_sending: Callable[[], None] = staticmethod(lambda: None)
    frontends: Sequence[Any] = ()

    def send_multipart(self, msg: list[bytes], *_: Any, **__: Any) -> None:
        """Hand over at once, after what was written past Python."""
        self.before_sending()
        message = self.session.deserialize(self.session.feed_identities(msg)[1])
        for frontend in self.frontends:
            frontend.iopub_channel.call_handlers(message)


class _Session(Session):
    """Packs and unpacks messages that never leave the process: not signed, and of their dates only their own is read."""

    def deserialize(self, msg_list: list[Any], content: bool = True, copy: bool = True) -> dict[str, Any]:
        """A message from its parts; see `jupyter_client.session.Session`."""
        header, parent, metadata, body = (self.unpack(part if copy else part.bytes) for part in msg_list[1:5])
        header["date"] = datetime.fromisoformat(header["date"])
        buffers = [memoryview(part if copy else part.bytes) for part in msg_list[5:]]
        return {
            "header": header,
            "msg_id": header["msg_id"],
            "msg_type": header["msg_type"],
            "parent_header": parent,
            "metadata": metadata,
            "content": body,
            "buffers": buffers,
        }


class _Kernel(InProcessKernel):
    """The in-process kernel without what it needs only beside others: signatures, output thread, reply delay, subshells."""

    _execute_sleep = 0
    _supports_kernel_subshells = False

    @default("session")
    def _default_session(self) -> _Session:
        return _Session(parent=self, key=b"")

    @default("iopub_thread")
    def _default_iopub_thread(self) -> IOPubThread:
        return _Direct(self._underlying_iopub_socket, session=self.session)

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        # Interrupts reach the cell when it runs in the main thread, as in the standard kernel.
        self.iopub_thread.frontends = self.frontends
        self.shell_channel_thread = SimpleNamespace(parent_thread=threading.main_thread())


@contextmanager
def _without_debugger() -> Iterator[None]:
    """Ipykernel loads debugpy, a third of a second, if it can; nothing is debugged here."""
    hide = "debugpy" not in sys.modules
    if hide:
        sys.modules["debugpy"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if hide:
            del sys.modules["debugpy"]


def prepare() -> _Kernel:
    """The kernel of this process, in which no notebook has run: the one that was made before the process was forked, or new."""
    # As the standard kernel's, which libraries ask for to know that they run in a notebook; no history is kept.
    config = Config({"HistoryManager": {"enabled": False}, "IPKernelApp": {}})
    with _without_debugger():
        # The one instance, through which comms and widgets speak.
        kernel = _Kernel.instance(config=config, shell_class=ZMQInteractiveShell)
    kernel.session.pid = kernel.stdout._master_pid = kernel.stderr._master_pid = os.getpid()
    sys.modules["__main__"] = kernel.shell.user_module
    return kernel


class _Client(InProcessKernelClient):
    """The client nbclient talks to: awaiting ``execute`` runs the cell on the spot."""

    async def _ask(self, kind: str, content: Mapping[str, Any]) -> str:
        message = self.session.msg(kind, dict(content))
        stream = self.kernel.shell_stream
        self.session.send(stream, message)
        await self.kernel.dispatch_shell(stream.recv_multipart())
        _, reply = self.session.recv(stream, copy=False)
        self.shell_channel.call_handlers(reply)
        return str(message["header"]["msg_id"])

    async def execute(self, code: str, store_history: bool = True, stop_on_error: bool = True, **_: Any) -> str:
        content = {
            "code": code,
            "silent": False,
            "store_history": store_history,
            "user_expressions": {},
            "allow_stdin": False,
        }
        return await self._ask("execute_request", content | {"stop_on_error": stop_on_error})

    async def kernel_info(self) -> str:
        return await self._ask("kernel_info_request", {})

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Ready as soon as it is made."""


class _Manager:
    """What nbclient expects of a kernel manager, for the kernel that lives here."""

    kernel_id = "nianbao"
    ipykernel = True
    has_kernel = False

    def __init__(self, own_process: bool) -> None:
        self.own_process = own_process

    def start_kernel(self, **_: Any) -> None:
        self.kernel = prepare()
        self.has_kernel = True
        self._streams = sys.stdout, sys.stderr
        # For the whole run, not per request as the in-process kernel does: it looks up the parent message earlier.
        sys.stdout, sys.stderr = self.kernel.stdout, self.kernel.stderr
        if self.own_process:
            self.kernel.iopub_thread.before_sending = _Captured(self.kernel).publish

    def client(self) -> _Client:
        channels = dict.fromkeys((f"{name}_channel_class" for name in ("shell", "iopub", "stdin", "control")), _Channel)
        return _Client(kernel=self.kernel, session=self.kernel.session, **channels)

    def is_alive(self) -> bool:
        return self.has_kernel

    def shutdown_kernel(self, **_: Any) -> None:
        self.has_kernel = False
        sys.stdout, sys.stderr = self._streams

    def cleanup_resources(self) -> None:
        """Nothing is left, neither thread nor socket nor name: the next notebook in this process starts anew."""
        if self.own_process:
            return  # and ends with it
        shell = self.kernel.shell
        atexit.unregister(shell.atexit_operations)
        shell.atexit_operations()
        shell.restore_sys_module_state()
        for name in ("display", "__IPYTHON__"):
            vars(builtins).pop(name, None)
        type(shell).clear_instance()
        self.kernel.iopub_thread.io_loop.close(all_fds=True)
        _Kernel.clear_instance()


class _Captured:
    """What children and C code write to the process's own stdout and stderr becomes output of the cell, as it does in the
    standard kernel: it is read back from files before anything else is published.

    Only in a process that is the report's own: the files stay in place of the two descriptors until it ends.
    """

    def __init__(self, kernel: _Kernel) -> None:
        self.busy = False
        self.files = []
        for descriptor, stream in enumerate((kernel.stdout, kernel.stderr), 1):
            handle, name = tempfile.mkstemp()
            # Two openings of one file: what is written does not move the place that is read from.
            self.files.append((stream, open(name, "rb")))  # noqa: PTH123, SIM115
            os.dup2(handle, descriptor)
            os.close(handle)
            with suppress(OSError):  # Windows keeps an open file's name
                os.unlink(name)  # noqa: PTH108
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=_speak_plainly)

    def publish(self) -> None:
        """Hand on what has been written since the last time."""
        if self.busy:
            return
        self.busy = True
        try:
            for stream, file in self.files:
                if written := file.read():
                    stream.write(written.decode(errors="replace"))
                    stream.flush()
        finally:
            self.busy = False


def _speak_plainly() -> None:
    """A forked child has no kernel to publish through: what it prints goes to the descriptors, and is captured there."""
    if isinstance(sys.stdout, OutStream):
        sys.stdout, sys.stderr = (open(number, "w", buffering=1, closefd=False) for number in (1, 2))  # noqa: SIM115


class _NotebookClient(PapermillNotebookClient):
    """papermill's client, with the kernel in this process."""

    own_process = False

    def create_kernel_manager(self) -> _Manager:
        self.km = _Manager(self.own_process)
        return self.km

    def execute(self, **kwargs: Any) -> NotebookNode:
        self.reset_execution_trackers()
        with self.setup_kernel(**kwargs):
            self.papermill_execute_cells()
            reply = run_sync(self._kernel_info)()
            self.nb.metadata["language_info"] = reply["content"]["language_info"]
            self.set_widgets_metadata()
        return self.nb

    async def _kernel_info(self) -> Any:
        return await self.async_wait_for_reply(await self.kc.kernel_info())


class NianbaoEngine(NBClientEngine):
    """papermill's engine ``nianbao``: the cells run in the calling process."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, log_output: bool = False, **kwargs: Any
    ) -> NotebookNode:
        """Run the notebook that papermill manages; see `papermill.engines.Engine`."""
        nb_man.output_path = kwargs.get("partial", nb_man.output_path)
        nb_man.save = _seldom(nb_man.save)
        if kwargs.get("own_process"):
            nb_man.cell_start = _traced(nb_man.cell_start)
        options = {key: value for key, value in kwargs.items() if key in {"stdout_file", "stderr_file"}}
        client = _NotebookClient(nb_man, log=logger, log_output=log_output, kernel_name=kernel_name, **options)
        client.own_process = bool(kwargs.get("own_process"))
        return client.execute()


def _seldom(save: Callable[..., None], seconds: float = 1.0) -> Callable[..., None]:
    """Papermill saves the notebook at every start and end of a cell; once a second is enough, it saves at the end anyway."""
    last = time.monotonic()

    def run(**kwargs: Any) -> None:
        nonlocal last
        if time.monotonic() - last >= seconds:
            save(**kwargs)
            last = time.monotonic()

    return run


def _traced(cell_start: Callable[..., None]) -> Callable[..., None]:
    """Write down which cell begins, past Python and the capture: whatever ends the process, the last line names its cell."""
    log = os.dup(2)

    def run(cell: Any, cell_index: int | None = None, **kwargs: Any) -> None:
        first = cell.source.partition("\n")[0]
        os.write(log, f"cell {(cell_index or 0) + 1}: {first}\n".encode())
        cell_start(cell, cell_index, **kwargs)

    return run
