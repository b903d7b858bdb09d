"""Runs one notebook through papermill, with the kit's own engine."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, Any

import nbformat
import papermill
from papermill.exceptions import PapermillExecutionError

from nianbao.errors import NotebookError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from nbformat import NotebookNode


def run(notebook: Path, parameters: Mapping[str, str | int], output: Path, own_process: bool = False) -> NotebookNode:
    """Execute a notebook with parameters and return it; ``output`` keeps what ran, also when a cell fails.

    The cells run in the folder of ``output``, so that the notebook runs again where it lies. In a process that is the
    report's own (``own_process``) nothing is tidied up afterwards, and the begin of each cell is logged to stderr.

    Raises
    ------
    NotebookError
        When a cell raises, naming cell and error, or the notebook has not exactly one cell tagged ``parameters``.
    """
    tagged = [cell for cell in nbformat.read(notebook, 4).cells if "parameters" in cell.metadata.get("tags", [])]
    if len(tagged) != 1:
        raise NotebookError(f"{notebook.name}: {len(tagged)} cells tagged “parameters”; there has to be exactly one")

    def adapt(manager: Any) -> None:
        manager.output_path = str(output)
        manager.save = _seldom(manager.save)
        if own_process:
            manager.cell_start = _traced(manager.cell_start)

    try:
        return papermill.execute_notebook(
            notebook,
            output,
            dict(parameters),
            engine_name="nianbao",
            # This Python, whatever the notebook was written with.
            kernel_name="python3",
            progress_bar=False,
            log_output=False,
            cwd=output.parent,
            own_process=own_process,
            # Not before the first cell: what has run so far is saved there each second.
            request_save_on_cell_execute=False,
            adapt=adapt,
        )
    except PapermillExecutionError as error:
        where = f"{notebook.name}, cell {error.cell_index + 1}"
        raise NotebookError(f"{where}: {error.ename}: {error.evalue}{_hint(error)}") from error


def _hint(error: PapermillExecutionError) -> str:
    """What to do about a module that is not there."""
    if error.ename != "ModuleNotFoundError":
        return ""
    name = str(error.evalue).partition("'")[2].partition("'")[0]
    if name.partition(".")[0] == "helpers":
        return "\n  the kit's own package is called nianbao: write “from nianbao import load”"
    return f"\n  install the package that holds it: {sys.executable} -m pip install {name.partition('.')[0]}"


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
    """Write down which cell begins: whatever ends the process, the last line names its cell."""

    def run(cell: Any, cell_index: int | None = None, **kwargs: Any) -> None:
        first = cell.source.partition("\n")[0]
        os.write(2, f"cell {(cell_index or 0) + 1}: {first}\n".encode())
        cell_start(cell, cell_index, **kwargs)

    return run
