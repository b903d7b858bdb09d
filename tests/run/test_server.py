"""The process that the others are forked from: what it loads beforehand is a help, and never a condition."""

import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from machine import LINUX, POSIX, ROOT_ON_LINUX
from making import write
from project import add_cell, make, nianbao, states

pytestmark = [pytest.mark.slow, POSIX]
# What a module can do when it is imported, and one that does it from the second time on.
MODULES = {
    "raises": "raise RuntimeError('at import')",
    "leaves": "import sys; sys.exit('at import')",
    "hangs": "import time; time.sleep(600)",
    "exits": "import os; os._exit(0)",
    "crashes": "import ctypes; ctypes.string_at(0)",
    "lacks": "import no_such_module",
    "interrupts": "raise KeyboardInterrupt",
    "orphans": "import os; os.kill(os.getppid(), 9)",
}
AGAIN = """
import os, pathlib
seen = pathlib.Path(__file__ + ".seen")
if seen.exists():
    os._exit(3)
seen.touch()
"""
POOL = """
import os, threading
stop = threading.Event()
thread = threading.Thread(target=stop.wait)
thread.start()
os.register_at_fork(before=lambda: (stop.set(), thread.join()))
"""

# A fork server's newborn process reads from a pipe what it shall do.
BORN = """
import os, psutil, signal, time
from multiprocessing import forkserver, reduction

def wait(done):
    until = time.monotonic() + 60
    while not done() and time.monotonic() < until:
        time.sleep(0.01)

if __name__ == "__main__":
    forkserver.set_forkserver_preload(["nianbao.run.guard"])
    ends = forkserver.connect_to_new_process([])
    server = psutil.Process(forkserver._forkserver._forkserver_pid)
    wait(server.children)
    (born,) = server.children()
    born.suspend()
    wait(lambda: born.status() == "stopped")
    print(born.status())
    server.kill()
    wait(lambda: born.status() != "stopped")
    print("goes on" if born.status() != "stopped" else "stays")
    for end in ends:
        os.close(end)
    wait(lambda: not born.is_running())
    print("ended" if not born.is_running() else "runs")
    born.is_running() and born.kill()
"""


@pytest.fixture
def modules(tmp_path):
    """``modules({"name": "source"})``: a folder of modules."""
    folder = tmp_path / "modules"
    folder.mkdir()

    def make_modules(sources):
        for name, source in sources.items():
            (folder / f"{name}.py").write_text(source, "utf-8")
        return folder

    return make_modules


def own_notebook(project, bureau, source):
    """A bureau with one report, which a notebook of its own makes."""
    write(project / "params", 2024, bureau=bureau)
    add_cell(project, source, f"notebooks/{bureau}.ipynb")
    with (project / "params" / bureau / "bureau.yaml").open("a", encoding="utf-8") as about:
        about.write(f"notebook: ../../notebooks/{bureau}.ipynb\n")


@pytest.mark.slow
def test_a_module_that_does_harm_when_imported_stops_its_own_report_only(tmp_path, modules):
    project = make(tmp_path)
    folder = modules({**MODULES, "again": AGAIN, "good": "print('loaded')"})
    for name in (*MODULES, "again", "good"):
        own_notebook(project, f"shili-{name}", f"import {name}")
    words = ("build", "--to", "html", "--timeout", 40, "--jobs", 2, "--format", "json")
    out, err = nianbao(*words, cwd=project, code=1, PYTHONPATH=str(folder))
    found = {one["name"]: one["label"] for one in json.loads(out)["reports"]}
    assert "none can be forked" not in err
    assert "启动较慢" not in err
    bad = {f"shili-{name}/2024" for name in (*MODULES, "again")}
    failed = {name for name, state in found.items() if state == "失败"}
    # What kills the fork server, its parent, may have its report ready before that is known.
    assert bad - {"shili-orphans/2024"} <= failed <= bad
    assert {state for name, state in found.items() if name not in failed} == {"已发布"}


def test_a_cell_that_cannot_be_parsed_stops_its_own_report_only(tmp_path):
    project = make(tmp_path)
    own_notebook(project, "shili-sum", "+".join("1" * 20_000))
    own_notebook(project, "shili-list", "[" * 100_000)
    found = states("build", "--to", "html", "--jobs", 2, cwd=project, code=1)
    sound = {f"shili-jyj/{year}": "已发布" for year in (2019, 2020)}
    assert found == sound | {"shili-sum/2024": "失败", "shili-list/2024": "失败"}
    out, _ = nianbao("verify", cwd=project, code=1)
    assert "index.html" not in out  # It links to the tracebacks of those that failed, as a build writes it.


def loaded(names, folder):
    """Which of the modules a process of its own loads, when they are in a folder."""
    script = (
        "import os, sys\n"
        "from nianbao.run import trial\n"
        f"trial.PATIENCE = 6\ntrial.load({names})\n"
        f"print(*sorted({{*{names}}} & {{*sys.modules}}), flush=True)\n"
        "os._exit(0)"
    )
    environment = os.environ | {"PYTHONPATH": str(folder)}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.slow
@LINUX
def test_what_is_loaded_beforehand_is_what_a_trial_has_found_harmless(modules):
    threads = "import threading, time; threading.Thread(target=time.sleep, args=(60,), daemon=True).start()"
    child = "import subprocess; subprocess.Popen(['sleep', '60'])"
    folder = modules({**MODULES, "good": "print('heard')", "threads": threads, "child": child, "better": "import good"})
    names = [
        "raises",
        "leaves",
        "exits",
        "crashes",
        "lacks",
        "interrupts",
        "orphans",
        "threads",
        "child",
        "better",
        "good",
        "hangs",
    ]
    assert loaded(names, folder) == ["better", "good"]


@LINUX
def test_a_library_that_ends_its_threads_before_a_fork_is_loaded_beforehand(modules):
    assert loaded(["pool"], modules({"pool": POOL})) == ["pool"]


def test_a_batch_writes_nothing_beside_its_temporary_folders_and_leaves_none(tmp_path, temporary):
    project = make(tmp_path)
    for words in (("build", "--to", "html"), ("verify",)):
        _, err = nianbao(*words, cwd=project, TMPDIR=str(temporary))
        assert "启动较慢" not in err
        assert [*temporary.iterdir()] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("raise ValueError('of two minds')", "本工具装载不了：ValueError: of two minds"),
        ("import ctypes; ctypes.string_at(0)", "进程启动不了：SIGSEGV"),
        ("import os; os._exit(5)", "进程启动不了：退出代码 5"),
    ],
)
def test_a_broken_installation_is_said_once(tmp_path, modules, source, said):
    project = make(tmp_path)
    folder = modules({"typst": source})
    _, err = nianbao("build", cwd=project, code=2, PYTHONPATH=str(folder))
    assert err.count(f"nianbao: {said}") == 1
    assert err.count("Traceback") <= 1  # the fork server's own


@pytest.mark.slow
def test_where_no_process_can_be_forked_the_reports_are_made_all_the_same(tmp_path):
    """The fork server listens at a path in TMPDIR, and the system has a limit for its length."""
    project = make(tmp_path)
    long = tmp_path / ("long" * 30)
    long.mkdir()
    out, err = nianbao("build", "--to", "html", "--format", "json", cwd=project, TMPDIR=str(long))
    assert {report["state"] for report in json.loads(out)["reports"]} == {"published"}
    assert err.count("AF_UNIX path too long") == 1
    assert "Traceback" not in err


@pytest.mark.slow
@ROOT_ON_LINUX
def test_a_full_or_missing_folder_for_temporary_files_stops_nothing(tmp_path, small_disk):
    project = make(tmp_path)
    disk = small_disk("size=64k")
    (disk / "filler").write_bytes(bytes(2**16))
    for folder in (disk, tmp_path / "missing"):
        assert set(states("build", "--to", "html", "--force", cwd=project, TMPDIR=str(folder)).values()) == {"已发布"}


@LINUX
def test_a_process_stopped_as_it_is_born_goes_on_and_ends_when_the_fork_server_is_killed(tmp_path):
    """It waits for what it shall do, and is stopped then; at first it found no end, as nobody woke it."""
    script = tmp_path / "begin.py"
    script.write_text(BORN, "utf-8")
    ran = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=180, check=True)
    assert ran.stdout.split() == ["stopped", "goes", "on", "ended"]


NAMES = ("queue", "random", "yaml", "typing_extensions", "socket", "pydantic", "select")


def test_modules_in_the_working_folder_are_the_notebooks_and_not_the_kits(tmp_path):
    """Whatever their names, as `python -m nianbao` too; the processes that cells start find them as ever."""
    for name in NAMES:
        (tmp_path / f"{name}.py").write_text(
            "own = 'mine'\nif __name__ != 'yaml' and __name__ != 'pydantic': raise SystemExit(3)"
        )
    (tmp_path / "params").mkdir()
    cells = ["import yaml, pydantic; print(yaml.own, pydantic.own)", "import os; print('PYTHONSAFEPATH' in os.environ)"]
    nbformat.write(new_notebook(cells=[new_code_cell(one) for one in cells]), tmp_path / "n.ipynb")
    for words in ([Path(sys.executable).with_name("nianbao")], [sys.executable, "-m", "nianbao"]):
        done = subprocess.run(
            [*words, "build", "--notebook", "n.ipynb", "--to", "html", "--force"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert "slow" not in done.stderr
        (page,) = tmp_path.glob("outputs/notebooks/*/*/report.html")
        assert "mine mine" in page.read_text("utf-8")
        assert "False" in page.read_text("utf-8")
