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
import logging
import multiprocessing.process
import os
import signal
import sys
import tempfile
import threading
from contextlib import contextmanager, nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from ipykernel.eventloops import enable_gui
from ipykernel.inprocess.client import InProcessKernelClient
from ipykernel.inprocess.ipkernel import InProcessKernel
from ipykernel.zmqshell import ZMQInteractiveShell
from jupyter_core.utils import ensure_event_loop
from nbclient.exceptions import DeadKernelError
from papermill.engines import NBClientEngine
from papermill.log import logger
from traitlets.config import Config

from helpers.wire import Channel, DirectOutput, LocalSession, ShellChannel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nbformat import NotebookNode

INLINE = "module://matplotlib_inline.backend_inline"


class _Kernel(InProcessKernel):
    """The in-process kernel without what it needs only beside others: signatures, output thread, reply delay, subshells."""

    _execute_sleep = 0
    _supports_kernel_subshells = False
    _redirected_io = nullcontext  # not for each cell: what one puts in place of sys.stdout stays there


def prepare() -> _Kernel:
    """The kernel of this process, in which no notebook has run: one made before the process was forked, or a new one."""
    if not isinstance(getattr(_Kernel, "_instance", None), _Kernel):
        # As the standard kernel's, which libraries ask for to know that they run in a notebook; no history is kept.
        config = Config({"HistoryManager": {"enabled": False, "hist_file": ":memory:"}, "IPKernelApp": {}})
        session = LocalSession(key=b"not used")  # without one there is a warning
        session.auth = None
        thread = DirectOutput(None, session=session)
        # A log of its own, for what a notebook sets up for logging is not meant for the kernel's.
        log = logging.Logger("kernel", logging.WARNING)
        log.parent = logger
        # ipykernel loads debugpy, a third of a second, if it can; nothing is debugged here.
        sys.modules.setdefault("debugpy", None)  # type: ignore[arg-type]
        # The one instance, through which comms and widgets speak.
        own = {"shell_class": ZMQInteractiveShell, "user_ns": None, "session": session, "iopub_thread": thread, "log": log}
        new = _Kernel.instance(config=config, **own)
        if sys.modules["debugpy"] is None:
            del sys.modules["debugpy"]
        thread.frontends = new.frontends
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
def _mortal(client: _Client, loop: asyncio.AbstractEventLoop) -> Iterator[None]:
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


class _Capture:
    """While a cell runs, what children and C code write to the process's own stdout and stderr becomes its output, as in
    the standard kernel: it is read back from files before anything else is published. And there is no input.

    As in the standard kernel, not on Windows.
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


@contextmanager
def _running(own_process: bool) -> Iterator[_Client]:
    """The kernel for one notebook, in surroundings like the standard kernel's; afterwards all is as it was and nothing left,
    unless the process is the report's own and ends with it.
    """
    names, origin = ("stdout", "stderr", "argv", "path", "breakpointhook"), vars(multiprocessing.process)["ORIGINAL_DIR"]
    before = {name: getattr(sys, name) for name in names}, dict(os.environ), os.getcwd(), sys.getrecursionlimit()  # noqa: PTH109
    root, host, loop = logging.getLogger(), logging.Logger("host"), ensure_event_loop()
    vars(host).update(handlers=root.handlers, level=root.level)
    tasks, mask, kernel = asyncio.all_tasks(loop), os.umask(0), prepare()
    os.umask(mask)
    client = _Client(kernel=kernel, session=kernel.session, shell_channel_class=ShellChannel, iopub_channel_class=Channel)
    client.capture = _Capture(kernel)
    # At a terminal an interrupt is meant for the run; elsewhere it is for the cell alone, as that of a kernel's process.
    client.shell_channel.heeds_interrupts = os.name == "posix" and os.isatty(0) and not own_process
    # What ipykernel asks of its event loop, when a cell that awaits is interrupted, or after exit().
    ways = {"add_callback": loop.call_soon_threadsafe, "call_later": loop.call_later, "stop": client.stop_channels}
    kernel.io_loop = SimpleNamespace(**ways)
    vars(sys).update(stdout=kernel.stdout, stderr=kernel.stderr, breakpointhook=lambda *_, **__: None, path=sys.path[:])
    sys.argv = ["ipykernel_launcher.py", "-f", "kernel.json", "--HistoryManager.hist_file=:memory:"]
    if "" not in sys.path:
        sys.path.insert(next((n for n, path in enumerate(sys.path) if path.endswith("-packages")), 0), "")
    os.environ.setdefault("MPLBACKEND", INLINE)
    os.environ["JPY_PARENT_PID"] = str(os.getppid())
    if "matplotlib" in sys.modules and os.environ["MPLBACKEND"] == INLINE:
        _show_figures(kernel.shell)
    # Here is its home, wherever it was made; processes that a cell spawns find their modules here as well.
    kernel.shell.user_ns["_dh"][:] = [Path.cwd()]
    vars(multiprocessing.process)["ORIGINAL_DIR"] = str(Path.cwd())
    # A notebook sets up logging anew, and papermill goes on as before.
    root.handlers, logger.parent = [], host
    root.setLevel(logging.WARNING)
    try:
        with _mortal(client, loop):
            yield client
    finally:
        root.handlers, logger.parent = host.handlers, root
        root.setLevel(host.level)
        vars(sys).update(before[0])
        os.umask(mask)
        if not own_process:
            os.environ.clear()
            os.environ.update(before[1])
            os.chdir(before[2])
            sys.setrecursionlimit(before[3])
            vars(multiprocessing.process)["ORIGINAL_DIR"] = origin
            if left := asyncio.all_tasks(loop) - tasks:
                loop.run_until_complete(_ended(left))
            _dissolve(kernel)
            client.capture.close()


def _show_figures(shell: Any) -> None:
    """Matplotlib shows its figures by itself when a cell is the first to import it. It was loaded before, by the process or
    for another notebook, and its inline backend remembers what it set up then.
    """
    if inline := sys.modules.get("matplotlib_inline.backend_inline"):
        inline.InlineBackend.clear_instance()
        vars(inline.configure_inline_support).clear()
    shell.enable_matplotlib("inline")


async def _ended(tasks: set[asyncio.Task[Any]]) -> None:
    """Cancel the tasks; what comes of it is of no interest, and one that does not end is left."""
    for task in tasks:
        task.cancel()
    await asyncio.wait({asyncio.gather(*tasks, return_exceptions=True)}, timeout=1)


def _dissolve(kernel: _Kernel) -> None:
    """Nothing is left, neither thread nor socket nor name: the next notebook in this process starts anew."""
    shell = kernel.shell
    atexit.unregister(shell.atexit_operations)
    shell.atexit_operations()
    shell.restore_sys_module_state()
    for name in ("display", "__IPYTHON__"):
        vars(builtins).pop(name, None)
    type(shell).clear_instance()
    kernel.iopub_thread.io_loop.close(all_fds=True)
    _Kernel.clear_instance()


def _obstacle(kernel_name: str) -> str:
    """Why a notebook cannot run in this process, if it cannot."""
    if kernel_name not in {"python", "python3"}:
        return f"it asks for the kernel {kernel_name}"
    if threading.current_thread() is not threading.main_thread():
        return "a notebook can only run here in the main thread"
    if asyncio._get_running_loop():
        return "an event loop runs here already"
    shell = getattr(ZMQInteractiveShell, "_instance", None)
    kernel = getattr(shell, "kernel", None)
    if shell is None or (isinstance(kernel, _Kernel) and not kernel.frontends):
        return ""
    return "Jupyter, IPython or another notebook runs here already"


class NianbaoEngine(NBClientEngine):
    """papermill's engine ``nianbao``: the cells run in the calling process, and one that ends its process ends that."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, own_process: bool = False, adapt: Any = None, **options: Any
    ) -> NotebookNode:
        """Run the notebook that papermill manages; see `papermill.engines.Engine`. Where it cannot run in this process, the
        standard engine runs it, in another.
        """
        if adapt:
            adapt(nb_man)
        if obstacle := _obstacle(kernel_name):
            logger.warning("The standard engine runs the notebook, in a process of its own: %s", obstacle)
            return super().execute_managed_notebook(nb_man, kernel_name, **options)
        with _running(own_process) as client:
            return super().execute_managed_notebook(nb_man, kernel_name, km=client, **options)
