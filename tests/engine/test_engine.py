"""The engine as papermill's own users call it: several notebooks in one process, time-outs, other threads."""

import builtins
import gc
import logging
import os
import re
import sys
import threading
import time
import types

import nbformat
import papermill
import pytest
from nbclient.exceptions import CellTimeoutError
from nbformat.v4 import new_code_cell, new_notebook

import cells
from machine import POSIX
from making import write
from nianbao.engine import notebook
from nianbao.errors import NotebookError

KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


def written(folder, *sources):
    path = folder / f"{len(list(folder.glob('*.ipynb')))}.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell(one) for one in sources], metadata={"kernelspec": KERNEL}), path)
    return path


def shown(path, **options):
    ran = papermill.execute_notebook(path, None, engine_name="nianbao", progress_bar=False, **options)
    return [output.get("text") or output.get("data", {}).get("text/plain") for cell in ran.cells for output in cell.outputs]


def surroundings():
    root = logging.getLogger()
    named = sys.stdout, sys.stderr, sys.displayhook, sys.excepthook, sys.modules["__main__"], *root.handlers
    return [*map(id, named), sys.path[:], sys.argv[:], root.level, os.getcwd(), dict(os.environ), set(vars(builtins))]  # noqa: PTH109  a string


@pytest.mark.parametrize(
    "metadata", [{"kernelspec": {"name": "ir", "display_name": "R", "language": "R"}}, {"language_info": {"name": "julia"}}]
)
def test_a_notebook_in_another_language_is_refused(tmp_path, metadata):
    parameters = new_code_cell("k = 1", metadata={"tags": ["parameters"]})
    nbformat.write(new_notebook(cells=[parameters], metadata=metadata), tmp_path / "mine.ipynb")
    with pytest.raises(NotebookError, match=r"mine\.ipynb: its language is (R|julia)"):
        notebook.run(tmp_path / "mine.ipynb", {"k": 2}, tmp_path / "ran.ipynb")


@pytest.mark.slow
def test_one_notebook_leaves_nothing_to_the_next_nor_to_its_process(tmp_path):
    first = written(
        tmp_path,
        "x = 1; import os, sys, logging, builtins\nos.environ['LEFT'] = '1'; sys.path.append('left'); os.chdir('/')",
        "logging.getLogger().setLevel(5)",
        "%precision 3",
    )
    before = surroundings()
    shown(first)
    assert surroundings() == before
    assert shown(written(tmp_path, "'x' in globals()", "1 / 3", "import __main__; vars(__main__) is globals()")) == [
        "False", "0.3333333333333333", "True",
    ]  # fmt: skip


@pytest.mark.slow
def test_of_an_error_of_the_kits_a_cell_shows_its_authors_lines_and_what_is_wrong(tmp_path):
    write(tmp_path / "params", report="fact: {}\n")
    (tmp_path / "mine.py").write_text("def one(load, params):\n    return load('shili-ceshi', 2024, params)\n", "utf-8")
    quiet = "import sys, warnings; warnings.simplefilter('ignore')"  # pytest makes errors of what an import may say
    begin = f"{quiet}; sys.path.insert(0, {str(tmp_path)!r})\nfrom mine import one\nfrom nianbao import load\n"
    asked = [f"{begin}one(load, {str(tmp_path / 'params')!r})", f"{begin}load('shili', 2024, {str(tmp_path / 'params')!r})"]
    found = []
    for cell in asked:
        path, ran = written(tmp_path, cell), tmp_path / "ran.ipynb"
        with pytest.raises(papermill.PapermillExecutionError):
            papermill.execute_notebook(path, ran, engine_name="nianbao", progress_bar=False)
        outputs = (output for one in nbformat.read(ran, 4).cells for output in one.get("outputs", []))
        found.append(next(output.traceback for output in outputs if output.output_type == "error"))
    (call, within, said), (direct, wrong) = found
    assert (call, within) == (f"→ {asked[0].splitlines()[-1]}", "→ return load('shili-ceshi', 2024, params)")
    assert said.startswith("DataError: [故障 F104]")
    assert (direct, wrong.partition(" ")[0]) == (f"→ {asked[1].splitlines()[-1]}", "UsageError:")


@pytest.mark.slow
@pytest.mark.by_turns(3)
@pytest.mark.parametrize(
    "cell", ["import time; time.sleep(600)", "while True: pass", "import asyncio; await asyncio.sleep(600)"]
)
def test_a_cell_that_takes_too_long_is_ended_at_its_time(tmp_path, cell):
    path, start = written(tmp_path, "1", cell, "2"), time.monotonic()
    with pytest.raises(CellTimeoutError, match="after 1 seconds"):
        shown(path, execution_timeout=1)
    assert time.monotonic() - start < 60
    assert shown(written(tmp_path, "3")) == ["3"]


@pytest.mark.slow
def test_in_another_thread_the_standard_engine_runs_the_notebook(tmp_path):
    path, said = written(tmp_path, "import os; print(os.getpid())"), []
    thread = threading.Thread(target=lambda: said.extend(shown(path)))
    thread.start()
    thread.join()
    assert said
    assert said != [f"{os.getpid()}\n"]


def test_what_was_read_runs_whatever_the_file_holds_now(tmp_path):
    parameters = new_code_cell("year = 1", metadata={"tags": ["parameters"]})
    path = tmp_path / "mine.ipynb"
    nbformat.write(new_notebook(cells=[parameters, new_code_cell("'read'")], metadata={"kernelspec": KERNEL}), path)
    raw = path.read_bytes()
    path.write_text("something else")
    ran = notebook.run(path, {"year": 2020}, tmp_path / "out.ipynb", raw=raw)
    assert [output["data"]["text/plain"] for output in ran.cells[-1].outputs] == ["'read'"]


@pytest.mark.slow
def test_parameters_are_printed_the_same_where_a_formatter_is_installed(monkeypatch, tmp_path):
    cell = new_code_cell("x = 0", metadata={"tags": ["parameters"]})
    path = tmp_path / "mine.ipynb"
    nbformat.write(new_notebook(cells=[cell], metadata={"kernelspec": KERNEL}), path)
    plain = notebook.run(path, {"x": 1}, tmp_path / "plain.ipynb").cells[1].source
    formatter = types.ModuleType("black")
    vars(formatter).update(FileMode=lambda **_: None, format_str=lambda source, mode: f"{source}  # formatted")
    monkeypatch.setitem(sys.modules, "black", formatter)
    assert notebook.run(path, {"x": 1}, tmp_path / "ran.ipynb").cells[1].source == plain
    assert sys.modules["black"] is formatter


@pytest.mark.slow
def test_in_the_reports_own_process_what_ran_is_on_disk_and_papermill_writes_it_no_second_time(tmp_path):
    """What the page is made of is in memory; what is on disk is for whoever asks what a killed process was at."""
    assert ["2"] == cells.of_one_run(written(tmp_path, "1 + 1"), tmp_path)
    left = nbformat.read(tmp_path / "out.ipynb", 4)
    assert ["2"] == [output["data"]["text/plain"] for output in left.cells[0].outputs]
    assert {} == left.metadata


def test_a_cell_that_fails_is_named_and_what_ran_is_kept(tmp_path):
    parameters = new_code_cell("year = 1", metadata={"tags": ["parameters"]})
    path = tmp_path / "mine.ipynb"
    cells = [parameters, new_code_cell("'ran'"), new_code_cell("1 / 0")]
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": KERNEL}), path)
    with pytest.raises(NotebookError, match=r"mine\.ipynb, cell 3 “1 / 0”: ZeroDivisionError: division by zero"):
        notebook.run(path, {"year": 2020}, tmp_path / "out.ipynb")
    kept = nbformat.read(tmp_path / "out.ipynb", 4)
    assert "'ran'" in [output.get("data", {}).get("text/plain") for cell in kept.cells for output in cell.get("outputs", [])]


@pytest.mark.by_turns(3)
@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("x = 1\n\nopen('no.csv')\ny = 2", "cell 1 “open('no.csv')”: FileNotFoundError"),
        ("\n \nx = 1\n1 / 0", "cell 1 “1 / 0”: ZeroDivisionError: division by zero"),
        ("def f():\n    1 / 0\n\nf()", "cell 1 “f()”: ZeroDivisionError: division by zero"),
        ("y = 2\nx = (", "cell 1 “x = (”: SyntaxError: incomplete input"),
        ("import json\n\njson.loads('')", "cell 1 “json.loads('')”: JSONDecodeError"),
    ],
)
def test_the_line_of_the_cell_that_failed_is_named(source, said, tmp_path):
    with pytest.raises(NotebookError) as caught:
        notebook.run(written(tmp_path, source), {}, tmp_path / "out.ipynb")
    assert said in str(caught.value)
    assert not re.search(r"[0-9]\.py, line", str(caught.value))


@pytest.mark.by_turns(2)
@pytest.mark.parametrize(
    ("source", "hint"),
    [
        ("from helpers.document import load", "write “from nianbao import load”"),
        ("import helpers", "write “from nianbao import load”"),
        ("import no_such_module.at_all", "-m pip install no_such_module"),
    ],
)
def test_a_module_that_is_not_there_comes_with_what_to_do(source, hint, tmp_path):
    """A notebook of before says ``from helpers …``; there is no shim, and the message names the package."""
    path = written(tmp_path, source)
    document = nbformat.read(path, 4)
    document.cells[0].metadata["tags"] = ["parameters"]
    nbformat.write(document, path)
    with pytest.raises(NotebookError, match=r"cell 1 “.*”: ModuleNotFoundError") as caught:
        notebook.run(path, {"year": 2020}, tmp_path / "out.ipynb")
    assert hint in str(caught.value)


def failure(folder, *sources):
    with pytest.raises(NotebookError) as caught:
        notebook.run(written(folder, *sources), {}, folder / "out" / "out.ipynb")
    return str(caught.value)


@pytest.mark.slow
@POSIX
def test_what_the_caller_has_thrown_away_is_not_tidied_up_by_a_cell(tmp_path):
    class Thrown:
        def __init__(self):
            self.me = self

        def __del__(self):
            (tmp_path / "tidied").write_text(str(os.getpid()))

    gc.disable()
    try:
        Thrown()
        shown(written(tmp_path, "import gc; gc.collect()"))
        assert not (tmp_path / "tidied").exists()
    finally:
        gc.enable()
        gc.collect()
    assert (tmp_path / "tidied").read_text() == str(os.getpid())


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "out").mkdir()
    return tmp_path


@pytest.mark.slow
def test_a_file_beside_the_notebook_that_is_not_found_is_named(folder):
    (folder / "data.csv").write_text("a\n1\n")
    for source in ("open('data.csv')", "import pandas as pd; pd.read_csv('data.csv')"):
        assert "“data.csv” lies beside the notebook" in failure(folder, source)
    for source in ("open('other.csv')", "open('/etc/none')"):
        assert "beside" not in failure(folder, source)


def test_a_group_of_errors_is_named_with_its_cell(folder):
    said = failure(folder, "1", "raise ExceptionGroup('both', [ValueError(1), TypeError(2)])")
    assert "cell 2 “raise ExceptionGroup" in said
    assert said.endswith("ExceptionGroup: both (2 sub-exceptions)")


@pytest.mark.parametrize("source", ["import json; json.dumps = None", "import json; json.loads = None"])
@POSIX
def test_a_cell_that_breaks_the_engine_is_named(source, folder):
    assert "NotebookError: 0.ipynb, cell 2 “import json" in cells.of_one_run(
        written(folder, "1", source, "2"), folder / "out"
    )


@POSIX
def test_a_process_that_a_cell_has_forked_ends_with_the_cell(folder):
    """It would run the cells behind it as well, and publish their page."""
    forks, writes = (
        "import os, warnings; warnings.simplefilter('ignore')  # Python 3.12 warns of threads beside it\n"
        "print('once', end=' '); child = os.fork(); print('forked ', end='')",
        "with open('ran', 'a') as file: file.write('x')",
    )
    path = written(folder, forks, writes, "print(os.waitpid(child, 0)[1])")
    printed = "".join(cells.of_one_run(path, folder / "out"))
    assert (printed.split(), (folder / "out" / "ran").read_text()) == (["once", "forked", "forked", "0"], "x")


@pytest.mark.slow
@POSIX
def test_a_thread_that_prints_for_ever_does_not_keep_a_report_from_its_end(tmp_path):
    cell = "import threading\nthreading.Thread(target=lambda: [{} for _ in iter(int, 1)]).start()\nwhile True: pass"
    for what in ("print('x')", "display(1)"):
        path = cells.written(tmp_path, cell.format(what))
        assert "CellTimeoutError" in cells.of_one_report(path, execution_timeout=1)


SWALLOWS = (
    "import os, signal, threading, time\n{}\nwhile True:\n    try:\n        time.sleep(60)\n    except BaseException: pass"
)
SENDS = "threading.Timer({}, os.kill, (os.getpid(), signal.SIGTERM)).start()"


@pytest.mark.slow
@POSIX
def test_a_cell_that_swallows_sigterm_is_ended_all_the_same(tmp_path):
    start = time.monotonic()
    path = cells.written(tmp_path, SWALLOWS.format(SENDS.format(0.2)))
    assert "SIGALRM" in cells.of_one_report(path)
    assert time.monotonic() - start < 60


@POSIX
def test_a_second_sigterm_ends_a_report_at_once(tmp_path):
    path = cells.written(tmp_path, SWALLOWS.format("\n".join(map(SENDS.format, (0.2, 0.5)))))
    assert "SIGTERM" in cells.of_one_report(path)


@POSIX
def test_a_cell_that_heeds_sigterm_is_a_dead_kernel_and_its_process_goes_on(tmp_path):
    path = cells.written(tmp_path, f"import os, signal, threading, time\n{SENDS.format(0.2)}\ntime.sleep(60)")
    assert cells.of_one_report(path) == "DeadKernelError: Kernel died"
