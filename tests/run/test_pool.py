"""A process of its own for every item: whatever one does stays with it."""

import os
import signal
import subprocess
import sys
import time

import pytest

from machine import LINUX, POSIX
from nianbao.run.pool import each
from nianbao.run.process import Limits
from processes import act, alive, lost

pytestmark = POSIX
METHODS = ["forkserver", "spawn"]


def test_an_item_that_ends_while_a_child_of_its_own_lives_is_lost_at_once():
    assert [*each(act, ["orphan"], lost, Limits(timeout=30))] == [
        "orphan: the report's process ended without a result (exit code 4)"
    ]


@pytest.mark.parametrize("method", METHODS)
def test_results_come_back_whatever_the_others_do(method):
    items = ["one", "exit", "crash", "two", "raise", "three"]
    results = sorted(map(str, each(act, items, lost, Limits(workers=3, memory=0, start_method=method))))
    assert results == [
        "crash: the report's process ended without a result (SIGSEGV)",
        "exit: the report's process ended without a result (exit code 3)",
        "one",
        "raise: the report's process ended without a result (exit code 1)",
        "three",
        "two",
    ]


def test_what_all_reports_need_is_loaded_before_they_are_forked():
    """The fork server swallows an error in what it loads beforehand: every report would then load it all again."""
    assert [*each(act, ["loaded"], lost, Limits(start_method="forkserver"))] == [["IPython", "nianbao.run.warm", "typst"]]


def test_every_item_has_a_process_of_its_own():
    pids = list(each(act, ["pid"] * 5, lost, Limits(workers=2)))
    assert len(set(pids)) == 5
    assert os.getpid() not in pids


def test_a_hanging_item_is_ended_at_its_time_and_the_others_are_not():
    results = set(each(act, ["hang", "one", "two"], lost, Limits(workers=2, timeout=2)))
    assert results == {"hang: not done within 2 s; --timeout S allows more", "one", "two"}


@LINUX
def test_too_much_memory_ends_the_item_and_names_the_limit():
    results = set(each(act, ["hoard", "one"], lost, Limits(workers=2, memory=500)))
    [said] = [result for result in results if result != "one"]
    assert said == "hoard: more than 500 MiB, the limit of a report's memory (--memory N allows more, --memory 0 any)"


@LINUX
def test_processes_an_item_leaves_behind_are_ended_with_it():
    [pid] = each(act, ["child"], lost, Limits())
    deadline = time.monotonic() + 5
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not alive(pid)


@LINUX
def test_a_killed_run_leaves_no_process_behind(tmp_path):
    script = tmp_path / "run.py"
    script.write_text(
        "import os, subprocess, sys, time\n"
        "from nianbao.run.pool import each\n"
        "from nianbao.run.process import Limits\n"
        "def work(n):\n"
        "    child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "    open(os.environ['OUT'] + f'/{os.getpid()}', 'w').write(str(child.pid))\n"
        "    time.sleep(60)\n"
        "if __name__ == '__main__':\n"
        "    list(each(work, [1, 2], lambda n, why: why, Limits(workers=2)))\n",
        "utf-8",
    )
    out = tmp_path / "pids"
    out.mkdir()
    parent = subprocess.Popen([sys.executable, script], env=os.environ | {"OUT": str(out)})
    deadline = time.monotonic() + 20
    while len([path for path in out.iterdir() if path.read_text()]) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    pids = [int(text) for path in out.iterdir() for text in (path.name, path.read_text())]
    assert len(pids) == 4
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    deadline = time.monotonic() + 5
    while any(map(alive, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [pid for pid in pids if alive(pid)] == []
