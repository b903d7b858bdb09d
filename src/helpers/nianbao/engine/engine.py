"""papermill's engine ``nianbao``: it executes the cells in the calling process.

It saves the two and a half seconds that a kernel process takes to start. Isolation comes from running each report in a
process of its own (see `nianbao.run.pool`).

papermill loads this module by its entry point while papermill itself is being imported. So import papermill, never this
module, first.
"""

from __future__ import annotations

import asyncio
import atexit
import builtins
import logging
import multiprocessing.process
import os
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from ipykernel.zmqshell import ZMQInteractiveShell
from jupyter_core.utils import ensure_event_loop
from papermill.engines import NBClientEngine
from papermill.log import logger

from nianbao.engine.kernel import INLINE, Capture, Client, Kernel, mortal, prepare
from nianbao.engine.partial import Echo
from nianbao.engine.wire import Channel, ShellChannel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nbformat import NotebookNode


@contextmanager
def _running(own_process: bool, modules: str) -> Iterator[Client]:
    """The client of a new kernel for one notebook, in surroundings like the standard kernel's.

    Its cells import from the working folder and from the folder ``modules``.

    Afterwards the process is as it was before. When the process is the report's own, most of this is skipped, because the
    process ends with the report.
    """
    names, origin = ("stdout", "stderr", "argv", "path", "breakpointhook"), vars(multiprocessing.process)["ORIGINAL_DIR"]
    before = {name: getattr(sys, name) for name in names}, dict(os.environ), os.getcwd(), sys.getrecursionlimit()  # noqa: PTH109
    root, host, loop = logging.getLogger(), logging.Logger("host"), ensure_event_loop()
    vars(host).update(handlers=root.handlers, level=root.level)
    tasks, mask, kernel = asyncio.all_tasks(loop), os.umask(0), prepare()
    os.umask(mask)
    client = Client(kernel=kernel, session=kernel.session, shell_channel_class=ShellChannel, iopub_channel_class=Channel)
    client.capture = Capture(kernel)
    if own_process:
        kernel.stdout.echo = kernel.stderr.echo = Echo(client.capture.kept[1] if client.capture.kept else 1)
    # At a terminal an interrupt ends the run. Elsewhere, and in the report's own process, it interrupts the cell alone, as
    # in a kernel process.
    client.shell_channel.heeds_interrupts = os.name == "posix" and os.isatty(0) and not own_process
    # ipykernel calls these methods of its event loop when a cell that awaits is interrupted, and after exit().
    ways = {"add_callback": loop.call_soon_threadsafe, "call_later": loop.call_later, "stop": client.stop_channels}
    kernel.io_loop = SimpleNamespace(**ways)
    vars(sys).update(stdout=kernel.stdout, stderr=kernel.stderr, breakpointhook=lambda *_, **__: None, path=sys.path[:])
    sys.argv = ["ipykernel_launcher.py", "-f", "kernel.json", "--HistoryManager.hist_file=:memory:"]
    # Ahead of what is installed, as the folder of a script is; the copy of the path above is the notebook's alone.
    ahead = [folder for folder in dict.fromkeys((modules, "")) if folder not in sys.path]
    place = next((n for n, path in enumerate(sys.path) if path.endswith("-packages")), 0)
    sys.path[place:place] = ahead
    os.environ.setdefault("MPLBACKEND", INLINE)
    os.environ["JPY_PARENT_PID"] = str(os.getppid())
    if "matplotlib" in sys.modules and os.environ["MPLBACKEND"] == INLINE:
        _show_figures(kernel.shell)
    # The kernel may have been made in another folder; its home is the working folder. Processes that a cell spawns look for
    # their modules in ORIGINAL_DIR.
    kernel.shell.user_ns["_dh"][:] = [Path.cwd()]
    vars(multiprocessing.process)["ORIGINAL_DIR"] = str(Path.cwd())
    # The notebook sets up the root logger anew. papermill keeps the handlers of before, through ``host``.
    root.handlers, logger.parent = [], host
    root.setLevel(logging.WARNING)
    try:
        with mortal(client, loop):
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
    """Make matplotlib show its figures after each cell, as it does when a cell is the first to import it.

    Here it was imported before, by the process or for another notebook. Its inline backend remembers what it set up then,
    so that is cleared first.
    """
    if inline := sys.modules.get("matplotlib_inline.backend_inline"):
        inline.InlineBackend.clear_instance()
        vars(inline.configure_inline_support).clear()
    shell.enable_matplotlib("inline")


async def _ended(tasks: set[asyncio.Task[Any]]) -> None:
    """Cancel the tasks and wait for them, at most one second; their errors are ignored."""
    for task in tasks:
        task.cancel()
    await asyncio.wait({asyncio.gather(*tasks, return_exceptions=True)}, timeout=1)


def _dissolve(kernel: Kernel) -> None:
    """Remove the kernel's threads, sockets and names, so that the next notebook in this process starts anew."""
    shell = kernel.shell
    atexit.unregister(shell.atexit_operations)
    shell.atexit_operations()
    shell.restore_sys_module_state()
    for name in ("display", "__IPYTHON__"):
        vars(builtins).pop(name, None)
    type(shell).clear_instance()
    kernel.iopub_thread.io_loop.close(all_fds=True)
    Kernel.clear_instance()


def _obstacle(kernel_name: str) -> str:
    """Why a notebook cannot run in this process; '' when it can."""
    if kernel_name not in {"python", "python3"}:
        return f"it asks for the kernel {kernel_name}"
    if threading.current_thread() is not threading.main_thread():
        return "a notebook can only run here in the main thread"
    if asyncio._get_running_loop():
        return "an event loop runs here already"
    shell = getattr(ZMQInteractiveShell, "_instance", None)
    kernel = getattr(shell, "kernel", None)
    if shell is None or (isinstance(kernel, Kernel) and not kernel.frontends):
        return ""
    return "Jupyter, IPython or another notebook runs here already"


class NianbaoEngine(NBClientEngine):
    """papermill's engine ``nianbao``: the cells run in the calling process, so ``os._exit`` in a cell ends that process."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, own_process: bool = False, modules: str = "", adapt: Any = None, **options: Any
    ) -> NotebookNode:
        """Run the notebook that papermill manages and return it; see `papermill.engines.Engine`.

        When it cannot run in this process, a warning is logged and the standard engine runs it in another process.

        Parameters
        ----------
        nb_man : papermill.engines.NotebookExecutionManager
        kernel_name : str
            The kernel the notebook asks for; only ``python`` and ``python3`` run in this process.
        own_process : bool
            Whether the process is the report's own, so that its state need not be restored.
        modules : str
            A folder from which the cells import, besides the working folder: that of the notebook.
        adapt : callable or None
            Called with ``nb_man`` before the notebook runs.
        """
        if adapt:
            adapt(nb_man)
        if obstacle := _obstacle(kernel_name):
            logger.warning("The standard engine runs the notebook, in a process of its own: %s", obstacle)
            return super().execute_managed_notebook(nb_man, kernel_name, **options)
        with _running(own_process, modules) as client:
            return super().execute_managed_notebook(nb_man, kernel_name, km=client, **options)
