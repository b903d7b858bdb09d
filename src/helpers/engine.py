"""Runs one notebook through papermill, with the kit's own engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import nbformat
import papermill
from papermill.exceptions import PapermillExecutionError

from helpers.errors import NotebookError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from nbformat import NotebookNode


def run(notebook: Path, parameters: Mapping[str, str | int], output: Path, own_process: bool = False) -> NotebookNode:
    """Execute a notebook with parameters and return it; ``output`` keeps what ran, also when a cell fails.

    The cells run in the folder of ``output``, so that the notebook runs again where it lies. In a process that is the
    report's own (``own_process``) what is written past Python is captured too, and the begin of each cell logged to stderr.

    Raises
    ------
    NotebookError
        When a cell raises, naming cell and error, or the notebook has not exactly one cell tagged ``parameters``.
    """
    tagged = [cell for cell in nbformat.read(notebook, 4).cells if "parameters" in cell.metadata.get("tags", [])]
    if len(tagged) != 1:
        raise NotebookError(f"{notebook.name}: {len(tagged)} cells tagged “parameters”; there has to be exactly one")
    try:
        return papermill.execute_notebook(
            notebook,
            output,
            dict(parameters),
            engine_name="nianbao",
            progress_bar=False,
            log_output=False,
            cwd=output.parent,
            own_process=own_process,
            # Not before the first cell: what has run so far is saved there each second, by the engine.
            request_save_on_cell_execute=False,
            partial=str(output),
        )
    except PapermillExecutionError as error:
        where = f"{notebook.name}, cell {error.cell_index + 1}"
        raise NotebookError(f"{where}: {error.ename}: {error.evalue}") from error
