"""Run one notebook through papermill, with the engine ``nianbao``."""

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
    """Execute a notebook with parameters, save it as ``output`` and return it.

    What ran is saved even when a cell fails. The cells run in the folder of ``output``, so that the saved notebook can be
    run again there. In a process that is the report's own (``own_process``) the process's state is not restored afterwards,
    and the start of each cell is logged to stderr.

    Raises
    ------
    NotebookError
        When a cell raises (the message names cell and error), or not exactly one cell is tagged ``parameters``.
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
            # This Python runs the notebook, whichever kernel its metadata name.
            kernel_name="python3",
            progress_bar=False,
            log_output=False,
            cwd=output.parent,
            own_process=own_process,
            # papermill need not save before the first cell. `adapt` sets the path that `_seldom` saves to.
            request_save_on_cell_execute=False,
            adapt=adapt,
        )
    except PapermillExecutionError as error:
        where = f"{notebook.name}, cell {error.cell_index + 1}"
        raise NotebookError(f"{where}: {error.ename}: {error.evalue}{_hint(error)}") from error


def _hint(error: PapermillExecutionError) -> str:
    """What to do about a module that cannot be imported; '' for any other error."""
    if error.ename != "ModuleNotFoundError":
        return ""
    name = str(error.evalue).partition("'")[2].partition("'")[0]
    if name.partition(".")[0] == "helpers":
        return "\n  the kit's own package is called nianbao: write “from nianbao import load”"
    return f"\n  install the package that holds it: {sys.executable} -m pip install {name.partition('.')[0]}"


def _seldom(save: Callable[..., None], seconds: float = 1.0) -> Callable[..., None]:
    """Limit ``save``, which papermill calls at the start and end of every cell, to one call in ``seconds``.

    papermill also saves the notebook when all cells have run, by another function.
    """
    last = time.monotonic()

    def run(**kwargs: Any) -> None:
        nonlocal last
        if time.monotonic() - last >= seconds:
            save(**kwargs)
            last = time.monotonic()

    return run


def _traced(cell_start: Callable[..., None]) -> Callable[..., None]:
    """Log each cell's number and first line to stderr, so that the last line names the cell that ended the process."""

    def run(cell: Any, cell_index: int | None = None, **kwargs: Any) -> None:
        first = cell.source.partition("\n")[0]
        os.write(2, f"cell {(cell_index or 0) + 1}: {first}\n".encode())
        cell_start(cell, cell_index, **kwargs)

    return run
