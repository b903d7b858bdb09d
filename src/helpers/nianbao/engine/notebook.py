"""Run one notebook through papermill, with the engine ``nianbao``."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from contextlib import ExitStack, chdir, closing, contextmanager, suppress
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from papermill.engines import papermill_engines
from papermill.exceptions import PapermillExecutionError
from papermill.execute import prepare_notebook_metadata, raise_for_execution_errors, remove_error_markers
from papermill.iorw import load_notebook_node, write_ipynb
from papermill.parameterize import parameterize_notebook
from papermill.translators import PythonTranslator

from nianbao.engine import parameters
from nianbao.engine.partial import Partial
from nianbao.engine.shape import odd_of
from nianbao.errors import NotebookError
from nianbao.language import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from nbformat import NotebookNode


ENGINE = "nianbao"
_FRAME = re.compile(r"Cell In ?\[[^\]\n]*\], line (\d+)")  # of a traceback of IPython's; the first one is of the cell itself
_COLOUR = re.compile("\x1b\\[[0-9;]*m")
_OWN_FILE = re.compile(r" \(\d+\.py, line \d+\)$")  # the name that IPython gives a cell, behind an error of syntax
_EMPTY = re.compile(r"\A(?:[ \t]*\n)+")  # the lines before a cell's first, which IPython leaves out
_GROUP = re.compile(r"^  \| (\S+: .*\(\d+ sub-exceptions?\))$", re.M)


def run(
    notebook: Path, given: Mapping[str, Any], output: Path, own_process: bool = False, raw: bytes | None = None
) -> NotebookNode:
    """Execute a notebook with the ``given`` parameters and return it.

    It is saved as ``output``, also when a cell fails; in a process that is the report's own only then, or as far as it ran.
    The cells run in the folder of ``output``, so that the saved notebook can be
    run again there; modules beside the notebook can be imported. The parameters cell is given the same values as
    papermill's own cell after it, so that nothing of the author's last run shows. In a process that is the report's own
    (``own_process``) the process's state is not restored afterwards, and the start of each cell is logged to stderr.
    ``raw``, what the file held when the caller read it, runs whatever the file holds now.

    Raises
    ------
    NotebookError
        When a cell raises (the message names cell and error), when several cells are tagged ``parameters``, or none for
        what is given, and when the file is no notebook, or one of another shape than Jupyter's (the message names cell and
        key).
    """
    if raw is not None:
        output.write_bytes(raw)
    source = notebook if raw is None else output
    written = _read(source, notebook.name)
    try:
        return _run(notebook, given, source, output, own_process, written)
    except NotebookError:
        raise
    except Exception as error:
        if odd := _odd(written, notebook.name):
            raise NotebookError(odd) from error
        raise


def _odd(written: NotebookNode, name: str) -> str:
    """What `odd_of` says; '' also where a cell has broken what it needs."""
    with suppress(Exception):
        return odd_of(written, name)
    return ""


def _run(
    notebook: Path, given: Mapping[str, Any], source: Path, output: Path, own_process: bool, written: NotebookNode
) -> NotebookNode:
    _require_python(written, notebook.name)
    begun: list[NotebookNode] = []
    parameters.cell_of(written.cells, notebook.name, given)
    has_ids = written.nbformat_minor >= 5  # papermill gives random ones to the cells of an older notebook

    def adapt(manager: Any) -> None:
        if cell := parameters.cell_of(manager.nb.cells, notebook.name):
            texts = {name: PythonTranslator.translate(one) for name, one in given.items()}
            cell.source = parameters.with_defaults(cell.source, texts)
        for number, one in enumerate(manager.nb.cells if not has_ids else ()):
            one.id = f"cell-{number}"
        manager.output_path = str(output)
        manager.cell_start = _noting(manager.cell_start, begun)
        manager.save = _seldom(manager.save)
        if own_process:
            manager.save = lambda **_: None
            _follow(manager, opened.enter_context(closing(Partial(output))))  # papermill has read it

    opened = ExitStack()
    try:
        # What papermill.execute_notebook does before it runs a notebook, without writing all of it to the disk first.
        # This Python runs it, whichever kernel and language its metadata name.
        prepared = load_notebook_node(str(source))
        if given:
            with _unformatted():
                prepared = parameterize_notebook(
                    prepared, dict(given), kernel_name="python3", language="python", engine_name=ENGINE
                )
        prepared = remove_error_markers(prepare_notebook_metadata(prepared, str(source), str(output)))
        with chdir(output.parent):
            ran: NotebookNode = papermill_engines.execute_notebook_with_engine(
                ENGINE, prepared, "python3", progress_bar=False, log_output=False, record_timing=False,
                own_process=own_process, modules=str(notebook.parent), adapt=adapt,
            )  # fmt: skip
        raise_for_execution_errors(ran, str(output))
        if not own_process:
            write_ipynb(ran, str(output))
        return ran
    except PapermillExecutionError as error:
        cells = nbformat.read(output, 4).cells
        until = [cell for cell in cells if not _is_marker(cell)][: error.cell_index + 1]
        where = _where(until, notebook.name, _line_of(error))
        raise NotebookError(f"{where}: {_said(error, cells)}" + _hint(error, notebook.parent)) from error
    except (AttributeError, NameError, TypeError, RuntimeError) as error:
        # A cell has broken what the engine itself needs, such as json.dumps.
        if not begun or _odd(written, notebook.name):
            raise
        raise NotebookError(f"{_where(begun, notebook.name)}: {type(error).__name__}: {error}") from error
    finally:
        opened.close()


@contextmanager
def _unformatted() -> Iterator[None]:
    """Within the context, black is not found: where it is installed, papermill would print parameters in another way."""
    name = "black"
    before = {name: sys.modules[name]} if name in sys.modules else {}
    sys.modules[name] = None  # type: ignore[assignment]  # Python finds no module whose entry is None
    try:
        yield
    finally:
        del sys.modules[name]
        sys.modules.update(before)


def _noting(start: Callable[..., None], begun: list[NotebookNode]) -> Callable[..., None]:
    """Papermill's ``cell_start``, which notes the cells up to the one that begins."""

    def noted(cell: NotebookNode, cell_index: int | None = None, **kwargs: Any) -> None:
        # It is a method of papermill's manager, though its type says no more than that it can be called.
        begun[:] = [*start.__self__.nb.cells[:cell_index], cell]  # type: ignore[attr-defined]
        start(cell, cell_index, **kwargs)

    return noted


def _said(error: PapermillExecutionError, cells: list[NotebookNode]) -> str:
    """The error of a cell. Of a group of errors IPython sends none, and prints its traceback only."""
    if error.evalue or error.ename != "CellExecutionError":
        return f"{error.ename}: {_OWN_FILE.sub('', str(error.evalue))}"
    outputs = next(cell for cell in cells if cell.source == error.source).get("outputs", [])
    printed = "".join(one.text for one in outputs if one.output_type == "stream" and one.name == "stderr")
    found = _GROUP.search(printed)
    return found[1] if found else error.ename


def _line_of(error: PapermillExecutionError) -> int:
    """The line of the cell that failed, from 1, as IPython counts them."""
    found = _FRAME.search(_COLOUR.sub("", "\n".join(error.traceback or ())))
    return int(found[1]) if found else 1


def _where(cells: Sequence[NotebookNode], name: str, line: int = 1) -> str:
    """The last of the cells, which failed, as its author counts: without papermill's own; with one of its lines."""
    count = sum(parameters.INJECTED not in cell.metadata.get("tags", []) for cell in cells)
    lines = _EMPTY.sub("", str(cells[-1].source)).splitlines() or [""]
    shown = lines[min(line, len(lines)) - 1].strip()
    return say("{notebook}, cell {count} “{line}”", notebook=name, count=count, line=shown[:60])


def _read(notebook: Path, name: str) -> NotebookNode:
    try:
        # papermill reads it as well, and validates it.
        read = nbformat.reader.reads(notebook.read_text("utf-8"))
        return read if read.nbformat == 4 else nbformat.convert(read, 4)
    except Exception as error:  # nbformat raises whatever a broken file leads to
        with suppress(OSError, ValueError, RecursionError):
            if odd := odd_of(json.loads(notebook.read_bytes()), name):
                raise NotebookError(odd) from error
        why = getattr(error, "strerror", None) or f"{type(error).__name__}: {error}"
        raise NotebookError(say("{path} cannot be read as a notebook ({why})", path=name, why=why)) from error


def _require_python(notebook: NotebookNode, title: str) -> None:
    """Refuse a notebook that says it is in another language: this Python would run its cells, whatever they say."""
    told = ((notebook.metadata.get(key), name) for key, name in (("kernelspec", "language"), ("language_info", "name")))
    said = (one.get(name) for one, name in told if isinstance(one, dict))
    other = next((one for one in said if isinstance(one, str) and one.lower() not in {"", "python", "ipython"}), None)
    if other:
        raise NotebookError(
            say("{notebook}: its language is {language}; this runs notebooks in Python", notebook=title, language=other)
        )


def _is_marker(cell: NotebookNode) -> bool:
    """Whether papermill has added this cell to point at the one that failed."""
    return "papermill-error-cell-tag" in cell.metadata.get("tags", [])


def _hint(error: PapermillExecutionError, folder: Path) -> str:
    """What to do about a module that cannot be imported, or a file that is not found; '' for any other error."""
    if error.ename == "FileNotFoundError":
        name = str(error.evalue).rpartition(": ")[2].strip("'\"")
        if name and not Path(name).is_absolute() and (folder / name).exists():
            return say(
                "\n  “{name}” lies beside the notebook, which runs in a folder of its own (docs/notebooks.md)", name=name
            )
        return ""
    if error.ename != "ModuleNotFoundError":
        return ""
    name = str(error.evalue).partition("'")[2].partition("'")[0].partition(".")[0]
    if (folder / f"{name}.py").is_file() or (folder / name).is_dir():
        return ""  # It is there, and what it lacks stands in the message.
    beside = [path.stem for path in folder.glob("*.py")]
    if near := get_close_matches(name, beside, n=1, cutoff=0.7):
        return say("; did you mean “{name}”, beside the notebook?", name=near[0])
    if name == "helpers":
        return say("\n  the kit's own package is called nianbao: write “from nianbao import load”")
    said = "\n  install the package that holds it: {python} -m pip install {name}"
    return say(said, python=sys.executable, name=name)


def _seldom(save: Callable[..., None]) -> Callable[..., None]:
    """Limit ``save``, which papermill calls at the start and end of every cell, to one call a second.

    papermill also saves the notebook when all cells have run, by another function.
    """
    last = time.monotonic()

    def run(**kwargs: Any) -> None:
        nonlocal last
        if time.monotonic() - last >= 1:
            save(**kwargs)
            last = time.monotonic()

    return run


def _follow(manager: Any, partial: Partial) -> None:
    """Keep what runs on disk, and log each cell's number and first line to stderr: the last names what ended the process."""
    own = [cell for cell in manager.nb.cells if parameters.INJECTED not in cell.metadata.get("tags", [])]
    numbers = {id(cell): number for number, cell in enumerate(own, 1)}
    start, complete = manager.cell_start, manager.cell_complete

    def begun(cell: Any, cell_index: int | None = None, **kwargs: Any) -> None:
        first = cell.source.partition("\n")[0]
        os.write(2, f"── cell {numbers.get(id(cell), '–')}: {first}\n".encode())
        start(cell, cell_index, **kwargs)
        partial.put(cell)

    def done(cell: Any, cell_index: int | None = None, **kwargs: Any) -> None:
        # papermill parses the time that it has written itself, which takes a quarter of a millisecond.
        began = cell.metadata.papermill.pop("start_time", None)
        complete(cell, cell_index, **kwargs)
        if began:
            lasted = datetime.fromisoformat(cell.metadata.papermill["end_time"]) - datetime.fromisoformat(began)
            cell.metadata.papermill |= {"start_time": began, "duration": lasted.total_seconds()}
        partial.put(cell, done=True)

    manager.cell_start, manager.cell_complete = begun, done
