"""papermill's engine ``nianbao``: it executes the cells in a process that is forked, not started, or in the calling process.

It saves the two and a half seconds that a kernel process takes to start. Isolation comes from a process for each notebook:
one that the engine forks, or the report's own (see `nianbao.run.pool`).

papermill loads this module by its entry point while papermill itself is being imported. So import papermill, never this
module, first.
"""

from __future__ import annotations

import asyncio
import os
import threading
from contextlib import contextmanager
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from ipykernel.zmqshell import ZMQInteractiveShell
from jupyter_core.utils import ensure_event_loop
from papermill.engines import NBClientEngine
from papermill.log import logger

from nianbao.engine.apart import forked
from nianbao.engine.kernel import Client, Kernel, mortal, prepare
from nianbao.engine.partial import Echo
from nianbao.engine.streams import Capture
from nianbao.engine.surroundings import surrounded
from nianbao.engine.wire import Channel, ShellChannel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nbformat import NotebookNode


@contextmanager
def _here(modules: str) -> Iterator[Client]:
    """The client of a kernel in this process, which is that of one report and ends with it."""
    loop, kernel = ensure_event_loop(), prepare()
    client = Client(kernel=kernel, session=kernel.session, shell_channel_class=ShellChannel, iopub_channel_class=Channel)
    client.capture = kernel.capture = Capture(kernel)
    kernel.stdout.echo = kernel.stderr.echo = Echo(client.capture.kept[1] if client.capture.kept else 1)
    # ipykernel calls these methods of its event loop when a cell that awaits is interrupted, and after exit().
    ways = {"add_callback": loop.call_soon_threadsafe, "call_later": loop.call_later, "stop": client.stop_channels}
    kernel.io_loop = SimpleNamespace(**ways)
    with surrounded(kernel, modules), mortal(client, loop):
        yield client


def _obstacle(kernel_name: str, own_process: bool) -> str:
    """Why a notebook cannot run in this process, or in one forked from it; '' when it can."""
    if kernel_name not in {"python", "python3"}:
        return f"it asks for the kernel {kernel_name}"
    if threading.current_thread() is not threading.main_thread():
        return "a notebook can only run here in the main thread"
    if asyncio._get_running_loop():
        return "an event loop runs here already"
    shell = getattr(ZMQInteractiveShell, "_instance", None)
    kernel = getattr(shell, "kernel", None)
    if shell is not None and not (isinstance(kernel, Kernel) and not kernel.frontends):
        return "Jupyter, IPython or another notebook runs here already"
    if own_process:
        return ""
    if not hasattr(os, "fork"):
        return "nothing can be forked here"
    # A forked process has one thread; what the others were doing stays undone, and what they have locked stays locked.
    others = [one for one in threading.enumerate() if one is not threading.main_thread() and not one.daemon]
    return f"the thread {others[0].name} runs here as well" if others else ""


class NianbaoEngine(NBClientEngine):
    """papermill's engine ``nianbao``: the cells run in a forked process, or in this one if it is the report's own."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, own_process: bool = False, modules: str = "", adapt: Any = None, **options: Any
    ) -> NotebookNode:
        """Run the notebook that papermill manages and return it; see `papermill.engines.Engine`.

        When nothing can be forked here, a warning is logged and the standard engine runs it in another process.

        Parameters
        ----------
        nb_man : papermill.engines.NotebookExecutionManager
        kernel_name : str
            The kernel the notebook asks for; only ``python`` and ``python3`` run this way.
        own_process : bool
            Whether this process is the report's own: the cells run in it, and what they do to it is not undone. ``os._exit``
            in a cell ends it.
        modules : str
            A folder from which the cells import, besides the working folder: that of the notebook.
        adapt : callable or None
            Called with ``nb_man`` before the notebook runs.
        """
        if adapt:
            adapt(nb_man)
        if obstacle := _obstacle(kernel_name, own_process):
            logger.warning("The standard engine runs the notebook, in a process of its own: %s", obstacle)
            return super().execute_managed_notebook(nb_man, kernel_name, **options)
        with _here(modules) if own_process else forked(modules) as client:
            return super().execute_managed_notebook(nb_man, kernel_name, km=client, **options)
