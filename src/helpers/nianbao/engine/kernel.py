"""The kernel in this process that runs a notebook's cells for the engine ``nianbao``, and its client.

ipykernel's in-process kernel runs the cells; nbclient reads its messages as it reads those of a kernel process.
"""

from __future__ import annotations

import asyncio
import atexit
import builtins
import inspect
import logging
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
from nbclient.exceptions import DeadKernelError
from traitlets import default
from traitlets.config import Config

from nianbao.engine.streams import Stream
from nianbao.engine.wire import DirectOutput, LocalSession

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nianbao.engine.streams import Capture


PATIENCE = 5  # seconds that a cell may take to end after SIGTERM
INLINE = "module://matplotlib_inline.backend_inline"


class Kernel(InProcessKernel):
    """ipykernel's in-process kernel, without subshells, a delay before each reply, and redirection for each cell."""

    _execute_sleep = 0
    _supports_kernel_subshells = False
    # Without redirection for each cell, an object that a cell puts in place of sys.stdout stays there for the next cell.
    _redirected_io = nullcontext
    capture: Capture | None = None

    @default("stdout")
    def _default_stdout(self) -> Stream:
        return Stream(self.session, self.iopub_thread, "stdout", watchfd=False)

    @default("stderr")
    def _default_stderr(self) -> Stream:
        return Stream(self.session, self.iopub_thread, "stderr", watchfd=False)

    async def do_execute(self, code: str, silent: bool, *options: Any, **named: Any) -> dict[str, Any]:
        """Run a cell. An error of the shell itself, as on a sum of 20,000 terms, is the cell's error.

        ipykernel sends no reply then, for which its client waits for ever. A process that the cell has forked ends with the
        cell: it would run the cells behind it and publish their page as well.
        """
        owner = os.getpid()
        try:
            return await self._answered(code, silent, *options, **named)
        finally:
            if os.getpid() != owner:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(0)

    async def _answered(self, code: str, silent: bool, *options: Any, **named: Any) -> dict[str, Any]:
        try:
            reply: dict[str, Any] = await super().do_execute(code, silent, *options, **named)
        except Exception as error:
            name, said = type(error).__name__, str(error)
            lines = [f"{name}: {said}"]
            self.shell._showtraceback(type(error), error, lines)
            count = self.shell.execution_count - 1
            reply = {"status": "error", "ename": name, "evalue": said, "traceback": lines, "execution_count": count}
            reply |= {"user_expressions": {}, "payload": []}
        return reply


def prepare() -> Kernel:
    """The process's kernel, in which no notebook has run yet: the one made before the process was forked, or a new one."""
    if not isinstance(getattr(Kernel, "_instance", None), Kernel):
        # Libraries look for IPKernelApp to know that they run in a notebook. No history is kept.
        config = Config({"HistoryManager": {"enabled": False, "hist_file": ":memory:"}, "IPKernelApp": {}})
        session = LocalSession(key=b"not used")  # a session without a key warns
        session.auth = None
        thread = DirectOutput(None, session=session)
        # The kernel has a logger of its own, so that a notebook's logging settings do not change it.
        log = logging.Logger("kernel", logging.WARNING)
        log.parent = logging.getLogger("papermill")
        # ipykernel imports debugpy when it can, which takes a third of a second; nothing is debugged here.
        # Python finds no module whose entry is None.
        sys.modules.setdefault("debugpy", None)  # type: ignore[arg-type]
        # Comms and widgets send through the class's single instance.
        own = {"shell_class": ZMQInteractiveShell, "user_ns": None, "session": session, "iopub_thread": thread, "log": log}
        with _untraced() as settle:
            new = Kernel.instance(config=config, **own)
            settle(new.shell)
        if sys.modules["debugpy"] is None:
            del sys.modules["debugpy"]
        thread.frontends = new.frontends
        # Interrupts reach the cell when it runs in the main thread, as in the standard kernel.
        new.shell_channel_thread = SimpleNamespace(parent_thread=threading.main_thread())
        # The shell's own method looks for its kernel in the application, and there is none.
        new.shell.enable_gui = lambda gui=None: enable_gui(gui, new)
        run_cell = type(new.shell).run_cell_async
        run_cell.__signature__ = inspect.signature(run_cell)  # ipykernel works it out for each cell where it is not there
        new.shell.extension_manager.load_extension("storemagic")
        new.shell.display_formatter.format(None)  # what shows values is made when it is first asked to
    kernel = Kernel.instance()
    for one in (kernel.stdout, kernel.stderr, kernel.iopub_thread):
        one._master_pid = kernel.session.pid = os.getpid()
    sys.modules["__main__"] = kernel.shell.user_module
    return kernel


@contextmanager
def _untraced() -> Iterator[Callable[[Any], None]]:
    """While a shell is made, it makes no folder in the user's home; what it gives is called with the shell.

    A profile of IPython's that is there is used. Where there is none, a cell that keeps something (``%store``) makes it.
    """
    name = "IPYTHONDIR"
    before = os.environ.get(name)
    home = Path(before or "~/.ipython").expanduser()
    if (home / "profile_default").is_dir():
        yield lambda _: None
        return

    def settle(shell: Any) -> None:
        for one in (shell, shell.profile_dir):
            for trait, value in list(one._trait_values.items()):
                if isinstance(value, str) and value.startswith(folder):
                    one._trait_values[trait] = str(home) + value[len(folder) :]  # without the observers, which make folders

    with tempfile.TemporaryDirectory(prefix="nianbao-") as made:
        os.environ[name] = folder = os.path.realpath(made)
        try:
            yield settle
        finally:
            os.environ.pop(name)
            os.environ.update({} if before is None else {name: before})


def dissolve() -> None:
    """Remove the process's kernel with its threads, sockets, files and names, so that another can be made."""
    kernel = Kernel.instance()
    shell = kernel.shell
    atexit.unregister(shell.atexit_operations)
    shell.atexit_operations()
    shell.restore_sys_module_state()
    for name in ("display", "__IPYTHON__"):
        vars(builtins).pop(name, None)
    type(shell).clear_instance()
    kernel.iopub_thread.io_loop.close(all_fds=True)
    if kernel.capture:
        kernel.capture.close()
    Kernel.clear_instance()


class Client(InProcessKernelClient):
    """Kernel manager and client in one object, as nbclient expects them, for the kernel in this process."""

    has_kernel = True

    def client(self) -> Client:
        """The same object: it is both manager and client."""
        return self

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Return at once: the kernel is ready as soon as it is made."""

    def is_alive(self) -> bool:
        """Whether the channels are open; ``exit()`` in a cell closes them."""
        return bool(self.shell_channel.is_alive())

    def _dispatch_to_kernel(self, msg: dict[str, Any]) -> None:
        self.shell_channel.send(msg)

    def interrupt_kernel(self) -> None:
        """Interrupt a cell that awaits. A busy cell has already been interrupted, by `wire._limited`."""
        if not self.shell_channel.running.done():
            signal.raise_signal(signal.SIGINT)


@contextmanager
def mortal(client: Client, loop: asyncio.AbstractEventLoop) -> Iterator[None]:
    """Within the context, SIGTERM ends the notebook as if its kernel had died, and this process goes on.

    A cell may send SIGTERM to its own process, which is this one. A second one ends the process at once, as does the alarm
    when the cell goes on nevertheless. A handler that SIGTERM already has is kept instead.
    """
    owner = os.getpid()

    def end(number: int, _: Any) -> None:
        if os.getpid() != owner:  # a forked child, which the signal ends
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
        signal.signal(number, signal.SIG_DFL)
        if hasattr(signal, "alarm"):
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.alarm(PATIENCE)
        channel = client.shell_channel
        channel.died = True
        client.kernel.iopub_thread.frontends = ()  # a dead kernel sends no output
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
        if client.shell_channel.died and hasattr(signal, "alarm"):
            signal.alarm(0)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
