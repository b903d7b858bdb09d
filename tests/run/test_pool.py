"""A process of its own for every item: whatever one does stays with it."""

import os
import signal
import subprocess
import sys
import threading
import time

import psutil
import pytest

from machine import LINUX, POSIX
from nianbao.run import server
from nianbao.run.pool import each
from nianbao.run.process import Limits, how_ended
from processes import act, alive, lost

pytestmark = POSIX
METHODS = ["forkserver", "spawn"]


def gone(*pids):
    """Whether none of the processes runs in a moment."""
    deadline = time.monotonic() + 60
    while any(map(alive, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not any(map(alive, pids))


def test_an_item_that_ends_while_a_child_of_its_own_lives_is_lost_at_once():
    assert [*each(act, ["orphan"], lost, Limits(timeout=30))] == [
        "orphan: the report's process ended without a result (exit code 4: a cell or a library ended it, or an error did)"
    ]


def test_how_a_process_ended_is_said_with_what_it_means():
    said = {code: how_ended(code) for code in (-signal.SIGKILL, -signal.SIGSEGV, -signal.SIGTERM, 255, 1, None, -200)}
    assert "when memory runs out" in said[-signal.SIGKILL]
    assert said[-signal.SIGSEGV] == "SIGSEGV: a library crashed"
    assert said[-signal.SIGTERM] == "SIGTERM: it was ended from outside"
    assert "the process that started it was killed" in said[255]
    assert all(": " in why or "not known" in why for why in said.values())


@pytest.mark.slow
@pytest.mark.parametrize("method", METHODS)
def test_results_come_back_whatever_the_others_do(method):
    items = ["one", "exit", "crash", "two", "raise", "three"]
    results = sorted(map(str, each(act, items, lost, Limits(workers=3, memory=0, start_method=method))))
    assert results == [
        "crash: the report's process ended without a result (SIGSEGV: a library crashed)",
        "exit: the report's process ended without a result (exit code 3: a cell or a library ended it, or an error did)",
        "one",
        "raise: the report's process ended without a result (exit code 1: a cell or a library ended it, or an error did)",
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
    results = set(each(act, ["hang", "one", "two"], lost, Limits(workers=2, timeout=4)))
    assert results == {"hang: not done within 4 s; --timeout S allows more", "one", "two"}


@pytest.mark.slow
def test_the_time_that_the_caller_takes_is_no_item_s():
    """A large result waits in its process until the caller has read it."""
    results = []
    for result in each(act, ["one", "large", "large"], lost, Limits(workers=3, timeout=5)):
        results.append(len(result))
        time.sleep(6)
    assert sorted(results) == [3, 1_000_000, 1_000_000]


@LINUX
def test_too_much_memory_ends_the_item_and_names_the_limit():
    results = set(each(act, ["hoard", "one"], lost, Limits(workers=2, memory=500)))
    [said] = [result for result in results if result != "one"]
    assert said == "hoard: more than 500 MiB, the limit of a report's memory (--memory N allows more, --memory 0 any)"


@LINUX
def test_processes_an_item_leaves_behind_are_ended_with_it():
    [pid] = each(act, ["child"], lost, Limits())
    assert gone(pid)


@LINUX
@pytest.mark.parametrize("method", METHODS)
def test_a_daemon_ends_with_the_item_that_started_it(method):
    [pid] = each(act, ["daemon"], lost, Limits(start_method=method))
    assert gone(pid)


@pytest.mark.slow
@LINUX
@pytest.mark.parametrize(("end", "said"), [("crash", "SIGSEGV"), ("hang", "--timeout")])
def test_a_daemon_ends_with_an_item_that_crashes_or_takes_too_long_and_the_others_go_on(tmp_path, end, said):
    items = [f"daemon, {end}: {tmp_path / 'pid'}", "one", "two"]
    results = set(each(act, items, lost, Limits(workers=2, timeout=4)))
    assert {"one", "two"} < results
    assert said in str(results)
    assert gone(int((tmp_path / "pid").read_text("ascii")))


@pytest.mark.slow
@LINUX
def test_a_batch_ends_only_its_own_daemons(tmp_path):
    """Two batches in one program share the fork server, which gets the orphans of both."""
    running = threading.Thread(target=lambda: [*each(act, [f"daemon, hang: {tmp_path / 'pid'}"], lost, Limits(timeout=20))])
    running.start()
    deadline = time.monotonic() + 60
    while not ((tmp_path / "pid").exists() and (tmp_path / "pid").read_text()) and time.monotonic() < deadline:
        time.sleep(0.05)
    pid = int((tmp_path / "pid").read_text("ascii"))
    assert [*map(str, each(act, ["crash", "one"], lost, Limits(workers=1, memory=0)))][1] == "one"
    assert alive(pid)
    running.join()
    assert gone(pid)


@pytest.mark.slow
def test_an_item_stopped_in_the_middle_of_its_result_costs_its_own_time_only():
    results = set(each(act, ["stop in mid-send", "one", "two", "three"], lost, Limits(workers=2, timeout=6)))
    assert results == {"stop in mid-send: not done within 6 s; --timeout S allows more", "one", "two", "three"}


def test_a_result_is_read_as_values_and_what_is_none_is_said_and_not_called(tmp_path):
    """Cells run in the process that sends it; it is read in the one that publishes all."""
    results = set(each(act, [f"send a call: {tmp_path / 'called'}", "one"], lost, Limits(workers=1)))
    [said] = results - {"one"}
    assert said.endswith(": its result cannot be read: UnpicklingError: posix.mkdir")
    assert not (tmp_path / "called").exists()


@pytest.mark.slow
@LINUX
def test_a_stopped_fork_server_is_replaced(monkeypatch):
    monkeypatch.setattr(server, "STARTING", 1.0)
    results = [*each(act, ["stop the fork server", "one", "two", "three"], lost, Limits(workers=1))]
    assert results == ["stopped the fork server", "one", "two", "three"]


@pytest.mark.slow
def test_more_processes_at_a_time_than_files_may_be_open_are_fewer():
    import resource

    items = [str(number) for number in range(24)]
    assert [*each(act, ["one"], lost, Limits())] == ["one"]
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (psutil.Process().num_fds() + 40, hard))
    try:
        assert sorted(each(act, items, lost, Limits(workers=24))) == sorted(items)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@LINUX
def test_a_killed_run_leaves_no_process_behind(tmp_path):
    script = tmp_path / "run.py"
    script.write_text(
        "import os, signal, subprocess, sys, time\n"
        "from nianbao.run.pool import each\n"
        "from nianbao.run.process import Limits\n"
        "def work(n):\n"
        "    child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'], start_new_session=n == 2)\n"
        "    open(os.environ['OUT'] + f'/{os.getpid()}', 'w').write(str(child.pid))\n"
        "    if n == 2:\n"
        "        os.kill(os.getpid(), signal.SIGSTOP)\n"
        "    time.sleep(600)\n"
        "if __name__ == '__main__':\n"
        "    list(each(work, [1, 2], lambda n, why, seconds: why, Limits(workers=2)))\n",
        "utf-8",
    )
    out = tmp_path / "pids"
    out.mkdir()
    parent = subprocess.Popen([sys.executable, script], env=os.environ | {"OUT": str(out)})  # the second item stops itself
    deadline = time.monotonic() + 60
    while len([path for path in out.iterdir() if path.read_text()]) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    pids = [int(text) for path in out.iterdir() for text in (path.name, path.read_text())]
    assert len(pids) == 4
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    assert gone(*pids)
