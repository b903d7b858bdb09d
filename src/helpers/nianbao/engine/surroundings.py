"""What a notebook finds around it, as in the standard kernel: folders to import from, arguments, environment, loggers."""

from __future__ import annotations

import importlib.util
import logging
import multiprocessing.process
import os
import sys
from contextlib import contextmanager
from importlib.abc import Loader, MetaPathFinder
from pathlib import Path
from typing import TYPE_CHECKING, Any

from papermill.log import logger

from nianbao import glyphs
from nianbao.engine.kernel import INLINE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.machinery import ModuleSpec
    from types import ModuleType

    from nianbao.engine.kernel import Kernel

# What the standard kernel has loaded before the first cell runs; a module beside the notebook does not take its name. The
# kit is needed in this process, and so its name is taken as well.
KERNELS = {
    "IPython", "comm", "dateutil", "debugpy", "ipykernel", "jupyter_client", "jupyter_core", "nianbao", "packaging",
    "platformdirs", "psutil", "pygments", "six", "tornado", "traitlets", "typing_extensions", "zmq",
}  # fmt: skip


@contextmanager
def surrounded(kernel: Kernel, modules: str) -> Iterator[None]:
    """Within the context, the process is as a kernel's, whose cells import from the working folder and from ``modules``.

    Afterwards the process can go on. What the cells did to it is not undone: the process is that of one notebook.
    """
    before = {name: getattr(sys, name) for name in ("stdout", "stderr", "argv", "path", "breakpointhook")}
    root, host, mask = logging.getLogger(), logging.Logger("host"), os.umask(0)
    os.umask(mask)
    vars(host).update(handlers=root.handlers, level=root.level)
    vars(sys).update(stdout=kernel.stdout, stderr=kernel.stderr, breakpointhook=lambda *_, **__: None, path=sys.path[:])
    sys.argv = ["ipykernel_launcher.py", "-f", "kernel.json", "--HistoryManager.hist_file=:memory:"]
    # Behind Python's own modules and ahead of what is installed, as in the standard kernel.
    folders = list(dict.fromkeys((modules, "")))
    place = next((n for n, path in enumerate(sys.path) if path.endswith("-packages")), 0)
    sys.path[place:place] = [folder for folder in folders if folder not in sys.path]
    os.environ.setdefault("MPLBACKEND", INLINE)
    os.environ["JPY_PARENT_PID"] = str(os.getppid())
    if "numpy.random" in sys.modules:  # Python's own numbers begin anew in a forked process, numpy's do not.
        sys.modules["numpy.random"].seed()
    hidden = _hidden(folders)
    anew = _Anew(sys.modules.pop("nianbao"))
    sys.meta_path.insert(0, anew)
    if "matplotlib" in sys.modules and os.environ["MPLBACKEND"] == INLINE:
        _show_figures(kernel.shell)
    glyphs.lend()
    # The kernel may have been made in another folder; its home is the working folder. Processes that a cell spawns look for
    # their modules in ORIGINAL_DIR.
    kernel.shell.user_ns["_dh"][:] = [Path.cwd()]
    vars(multiprocessing.process)["ORIGINAL_DIR"] = str(Path.cwd())
    # The notebook sets up the root logger anew. papermill keeps the handlers of before, through ``host``.
    root.handlers, logger.parent = [], host
    _set_level(root, logging.WARNING)
    try:
        yield
    finally:
        root.handlers, logger.parent = host.handlers, root
        _set_level(root, host.level)
        vars(sys).update(before)
        sys.modules.update(hidden)
        anew.end()
        os.umask(mask)


def _set_level(logger: logging.Logger, level: int) -> None:
    """Set a level that is another one: logging then asks every logger that there is to forget what it knows."""
    if logger.level != level:
        logger.setLevel(level)


class _Anew(MetaPathFinder, Loader):
    """Gives the kit, which is loaded here already, to the notebook that imports it, and runs its code again.

    That code asks in whose notebook it is. In any other kernel a notebook's import is the first.
    """

    def __init__(self, module: ModuleType) -> None:
        self.module, self.spec = module, module.__spec__

    def find_spec(self, name: str, *_: Any) -> ModuleSpec | None:
        return importlib.util.spec_from_loader(name, self) if name == self.module.__name__ else None

    def create_module(self, _: ModuleSpec) -> ModuleType:
        return self.module

    def exec_module(self, module: ModuleType) -> None:
        self.end()
        assert self.spec
        assert self.spec.loader
        self.spec.loader.exec_module(module)

    def end(self) -> None:
        """Leave all as it was before."""
        if self in sys.meta_path:
            sys.meta_path.remove(self)
        self.module.__spec__ = self.spec
        sys.modules.setdefault(self.module.__name__, self.module)


def _hidden(folders: list[str]) -> dict[str, ModuleType]:
    """Take out of ``sys.modules`` what has the name of a module in one of the folders; gives what was taken out.

    A library loaded beforehand, or a module of the caller's, would be imported in its place.
    """
    names = {name for folder in folders for name in _modules_in(folder or ".")} - KERNELS - sys.stdlib_module_names
    if not (loaded := names & sys.modules.keys()):
        return {}
    return {name: sys.modules.pop(name) for name in list(sys.modules) if name.partition(".")[0] in loaded}


def _modules_in(folder: str) -> Iterator[str]:
    """The names of the modules and packages in a folder."""
    try:
        with os.scandir(folder) as entries:
            for one in entries:
                if one.name.endswith(".py") or Path(one.path, "__init__.py").is_file():
                    yield one.name.partition(".")[0]
    except OSError:
        return


def _show_figures(shell: Any) -> None:
    """Make matplotlib show its figures after each cell, as it does when a cell is the first to import it.

    Here it was imported before, by the process or for another notebook. Its inline backend remembers what it set up then,
    so that is cleared first.
    """
    if inline := sys.modules.get("matplotlib_inline.backend_inline"):
        inline.InlineBackend.clear_instance()
        vars(inline.configure_inline_support).clear()
    shell.enable_matplotlib("inline")
