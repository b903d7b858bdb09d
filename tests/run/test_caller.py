"""Whoever calls `nianbao.build`: a thread, an event loop, a worker of a pool, a forked process."""

import asyncio
import multiprocessing
import os
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

import nianbao
from machine import POSIX
from nianbao.run.pool import each
from nianbao.run.process import Limits
from processes import act, lost
from project import make


def built(params):
    """What a build says of its reports, and whether any of its jobs ran in the calling process."""
    made = nianbao.build(params, to=["html"], force=True)
    return [f"{one.id} {one.state.code} {one.message}" for one in made.outcomes]


def in_a_thread(params):
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(built, params).result()


def in_a_loop(params):
    async def run():
        return built(params)

    # In a thread, because the browser of other tests keeps a loop in this one.
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(lambda: asyncio.run(run())).result()


def in_a_pool(params, method="spawn"):
    with multiprocessing.get_context(method).Pool(1) as pool:
        return pool.apply(built, [params])


def in_a_forked_pool(params):
    return in_a_pool(params, "fork")


def after_a_fork(params):
    """The parent has a fork server already, and a thread that holds what a start holds."""
    built(params)
    return in_a_pool(params, "fork")


@pytest.mark.slow
@pytest.mark.parametrize("way", [in_a_thread, in_a_loop, in_a_pool, in_a_forked_pool, after_a_fork])
@pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")
def test_a_build_works_wherever_it_is_called(way, tmp_path, caplog):
    project = make(tmp_path, years=("2019",))
    assert way(project / "params") == ["shili-jyj/2019 published "]
    assert caplog.text == ""


def pids(_=None):
    return os.getpid(), [*each(act, ["pid"] * 2, lost, Limits(workers=1))]


@POSIX
def test_a_daemonic_process_starts_a_process_for_each_item_and_stays_daemonic():
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        own, items = pool.apply(pids)
        assert pool.apply(daemonic)
    assert len({own, *items}) == 3
    assert all(isinstance(one, int) for one in items)


def daemonic():
    return multiprocessing.current_process().daemon


@POSIX
def test_a_forked_process_has_a_fork_server_of_its_own_whatever_a_thread_held_and_the_first_goes_on(caplog):
    from nianbao.run.server import Starter

    pids()
    server = multiprocessing.forkserver._forkserver._forkserver_pid
    held, done = threading.Event(), threading.Event()

    def hold():
        with Starter.lock:
            held.set()
            done.wait(180)

    thread = threading.Thread(target=hold, daemon=True)
    thread.start()
    held.wait()
    with multiprocessing.get_context("fork").Pool(1) as pool:
        own, items = pool.apply_async(pids).get(180)
        assert pool.apply(daemonic)
    done.set()
    thread.join()
    assert len({own, *items}) == 3
    assert multiprocessing.forkserver._forkserver._forkserver_pid == server
    assert pids()[1]
    assert multiprocessing.forkserver._forkserver._forkserver_pid == server
    assert caplog.text == ""


@pytest.mark.slow
def test_a_report_that_could_not_be_checked_has_failed_and_is_not_blocked(tmp_path):
    """What blocks a report is in its data, and stays until somebody mends them."""
    project = make(tmp_path, years=("2019",))
    [made] = nianbao.build(project / "params", to=["html"], limits=Limits(timeout=0.001)).outcomes
    assert (made.state, made.findings) == (nianbao.State.FAILED, ())
    assert "not done within 0.001 s" in made.message
