"""Each notebook in a process that is forked for it: what it does stays with it, and whatever it does ends with it."""

import asyncio
import logging
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import nbformat
import papermill
import psutil
import pytest
from nbclient.exceptions import CellTimeoutError, DeadKernelError

from cells import shown, written
from machine import POSIX

pytestmark = POSIX
FOR_EVER = "while True:\n    try:\n        while True: time.sleep(0.1)\n    except {}: open('asked', 'w').close()"
SECONDS = 60.0  # that what ends at once may take, on a machine that has much else to do


def children():
    return {one.pid for one in psutil.Process().children(recursive=True)}


def files():
    return psutil.Process().num_fds()


@pytest.mark.slow
def test_nothing_that_a_notebook_does_reaches_the_next(tmp_path):
    names = "import statistics, locale, os, pandas, signal, sys, warnings\n"
    first = written(
        tmp_path / "first",
        names + "pandas.options.display.precision = 1;statistics.mean = None;locale.setlocale(locale.LC_ALL, 'C')",
        "signal.signal(signal.SIGUSR1, print);warnings.simplefilter('error');sys.setrecursionlimit(5000)",
        "os.environ['LEFT'] = '1';os.umask(0);sys.path.append('left')",
        "import mymod\nos.chdir('/');mymod.x",
    )
    (tmp_path / "first" / "mymod.py").write_text("x = 1")
    (tmp_path / "second").mkdir()
    (tmp_path / "second" / "mymod.py").write_text("x = 2")
    second = written(
        tmp_path / "second",
        names + "import mymod\nmymod.x, pandas.options.display.precision, statistics.mean is None, 'LEFT' in os.environ",
        "signal.getsignal(signal.SIGUSR1) is signal.SIG_DFL, 'left' in sys.path, sys.getrecursionlimit() > 4000",
        "os.path.basename(os.getcwd())",
    )
    expected = shown(second)
    assert expected == ["(2, 6, False, False)", "(True, False, False)", "'second'"]
    assert shown(first)[-1] == "1"
    assert shown(second) == expected


def test_a_library_that_the_caller_has_loaded_is_as_the_caller_has_set_it(tmp_path):
    """What a forked process begins with; only the standard engine has nothing of it."""
    import pandas

    with pandas.option_context("display.precision", 3):
        assert shown(written(tmp_path, "import pandas\npandas.options.display.precision")) == ["3"]


def test_the_callers_process_stays_as_it_is_and_its_children_are_gone(tmp_path):
    before = children(), files(), threading.active_count()
    path = written(
        tmp_path, "import subprocess, this as a_module\nsubprocess.Popen(['sleep', '60']);subprocess.Popen(['sleep', '61'])"
    )
    shown(path)
    assert (children(), files(), threading.active_count()) == before
    assert "this" not in sys.modules


@pytest.mark.slow
@pytest.mark.parametrize(
    "cell",
    [
        "import threading\nthreading.Thread(target=lambda: [print('x') for _ in iter(int, 1)]).start()\nwhile True: pass",
        "import threading\nthreading.Thread(target=lambda: [display(1) for _ in iter(int, 1)]).start()\nwhile True: pass",
        "import time\n" + FOR_EVER.format("KeyboardInterrupt"),
        "import time\n" + FOR_EVER.format("BaseException"),
        "import subprocess\nsubprocess.run(['sleep', '600'])",
    ],
    ids=["prints", "displays", "KeyboardInterrupt", "BaseException", "child"],
)
def test_whatever_a_cell_does_it_is_ended_at_its_time_with_all_it_has_started(cell, tmp_path):
    before, start = children(), time.monotonic()
    with pytest.raises(CellTimeoutError, match="after 3 seconds"):
        shown(written(tmp_path, "print('before')", f"print('said')\n{cell}"), tmp_path / "out.ipynb", execution_timeout=3)
    assert time.monotonic() - start < SECONDS
    assert children() == before
    kept = nbformat.read(tmp_path / "out.ipynb", 4)
    assert kept.cells[1].outputs[0].text.startswith("said\n")


@pytest.mark.by_turns(3)
@pytest.mark.parametrize(
    "cell",
    [
        "import json; json.dumps = None",
        "import os; os._exit(3)",
        "import ctypes; ctypes.string_at(0)",
        "import os, signal; os.kill(0, signal.SIGKILL)",
    ],
)
def test_a_cell_that_ends_its_process_is_a_dead_kernel_as_with_the_standard_engine(cell, tmp_path):
    path = written(tmp_path, "1", cell, "2")
    with pytest.raises(DeadKernelError, match="Kernel died"):
        shown(path)


def test_what_a_cell_prints_is_saved_while_it_runs(tmp_path):
    cell = (
        "import time\nfor n in range(100):\n    time.sleep(0.1);print('now', n * 1000)\n"
        "    if 'now 1000' in open('out.ipynb').read(): break\nn < 99"
    )
    assert shown(written(tmp_path, cell), tmp_path / "out.ipynb", autosave_cell_every=1)[-1] == "True"


def made(file):
    """Wait for a file that a cell makes."""
    until = time.monotonic() + SECONDS
    while not file.exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert file.exists()


@contextmanager
def running(tmp_path, *sources, script=None):
    """papermill as a command, as soon as a cell has made the file ``ready``."""
    path = written(tmp_path, *sources)
    command = [sys.executable, "-m", "papermill", path, "out.ipynb", "--engine", "nianbao", "--no-progress-bar"]
    if script:
        command = [sys.executable, "-c", script, path]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as run:
        made(tmp_path / "ready")
        try:
            yield run, {psutil.Process(pid) for pid in map(int, (tmp_path / "ready").read_text().split())}
        finally:
            run.kill()


READY = "import os, subprocess, time\npids = os.getpid(), subprocess.Popen(['sleep', '60']).pid\n"
READY += "print('said');time.sleep(0.3);open('half', 'w').write(' '.join(map(str, pids)))\nos.rename('half', 'ready')\n"


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_kernel_ends_with_papermill(number, tmp_path):
    with running(tmp_path, READY + FOR_EVER.format("BaseException")) as (run, processes):
        run.send_signal(number)
        assert run.wait(SECONDS) == -number
        _, alive = psutil.wait_procs(processes, SECONDS)
        assert not alive


@pytest.mark.slow
def test_an_interrupt_ends_papermill_and_its_kernel_and_what_was_printed_is_saved(tmp_path):
    with running(tmp_path, READY + "time.sleep(60)", "print('never')") as (run, processes):
        run.send_signal(signal.SIGINT)
        assert "Aborted!" in run.communicate(timeout=SECONDS)[0]
        _, alive = psutil.wait_procs(processes, SECONDS)
        assert not alive
    kept = nbformat.read(tmp_path / "out.ipynb", 4)
    assert kept.cells[0].outputs[0].text == "said\n"
    assert not kept.cells[1].outputs


@pytest.mark.slow
def test_a_callers_own_handler_of_sigterm_ends_the_kernel_and_a_second_signal_at_once(tmp_path):
    script = "import papermill, signal, sys\nsignal.signal(signal.SIGTERM, lambda *_: sys.exit(7))\n"
    script += "from nianbao.engine import apart\napart.LEAVING = 10 ** 6\n"
    script += "papermill.execute_notebook(sys.argv[1], None, engine_name='nianbao', progress_bar=False)"
    with running(tmp_path, READY + FOR_EVER.format("BaseException"), script=script) as (run, processes):
        run.send_signal(signal.SIGTERM)
        made(tmp_path / "asked")
        run.send_signal(signal.SIGTERM)
        assert run.wait(SECONDS) == 7
        _, alive = psutil.wait_procs(processes, SECONDS)
        assert not alive


@pytest.mark.slow
def test_at_a_notebooks_end_is_done_what_it_wants_done_then_and_nothing_of_the_callers(tmp_path):
    script = (
        "import atexit, papermill, sys, tempfile\natexit.register(print, 'caller')\nfolder = tempfile.TemporaryDirectory()\n"
        "papermill.execute_notebook(sys.argv[1], None, engine_name='nianbao', progress_bar=False)\n"
        "import os;print(os.path.isdir(folder.name), open('made').read())"
    )
    cell = "import atexit, os\natexit.register(lambda: open('made', 'w').write(str(os.path.isdir(f.name))))"
    path = written(tmp_path, "import tempfile\nf = tempfile.TemporaryDirectory()", cell)
    ran = subprocess.run([sys.executable, "-c", script, path], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert ran.stdout == "True True\ncaller\n"


def test_random_numbers_differ_from_one_notebook_to_the_next(tmp_path):
    import numpy.random

    numpy.random.rand()
    path = written(tmp_path, "import numpy.random\nnumpy.random.rand()")
    assert shown(path) != shown(path)


def in_a_loop(path):
    async def run():
        return shown(path)

    return asyncio.run(run())


def in_a_thread(path):
    found = []
    thread = threading.Thread(target=lambda: found.extend(shown(path)))
    thread.start()
    thread.join()
    return found


def beside_a_thread(path):
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        return shown(path)
    finally:
        done.set()
        thread.join()


@pytest.mark.slow
@pytest.mark.parametrize("way", [in_a_loop, in_a_thread, beside_a_thread])
def test_where_nothing_can_be_forked_the_standard_engine_runs_the_notebook_and_that_is_said(way, tmp_path, caplog):
    path = written(tmp_path, "import os, sys\nos.path.basename(sys.argv[0]), os.getppid() > 0, print(len(sys.argv) > 3)")
    with caplog.at_level("WARNING", "papermill"):
        assert "ipykernel_launcher.py" in "".join(way(path))
    assert "The standard engine runs the notebook, in a process of its own" in caplog.text


@pytest.mark.slow
def test_what_papermill_logs_is_what_it_logs_with_the_standard_engine(tmp_path, caplog):
    path = written(tmp_path, "import logging\nlogging.basicConfig(level=50);logging.disable(50);print('said')", "5")

    def logged(engine):
        caplog.clear()
        with caplog.at_level(logging.INFO, "papermill"):
            papermill.execute_notebook(path, None, engine_name=engine, progress_bar=False, log_output=True)
        return [(one.levelname, one.getMessage()) for one in caplog.records]

    own = logged("nianbao")
    assert ("INFO", "said\n") in own
    assert own == logged(None)
