"""The items of a batch on a cluster, without one: what a scheduler says, and what becomes of it."""

import asyncio
import os
import subprocess
import sys
import tempfile
import threading
from dataclasses import replace
from types import SimpleNamespace

import pytest
from distributed import Client, KilledWorker, LocalCluster
from distributed.client import FutureCancelledError

import nianbao as kit
import project as projects
from nianbao import Dask, language
from nianbao.errors import ClusterError, UsageError
from nianbao.inputfiles import VARIABLE
from nianbao.run import workplace
from nianbao.run.asked import jobs_asked, options_of
from nianbao.run.executors import agreement as agreements
from nianbao.run.executors import dask, station, workers
from nianbao.run.executors.agreement import Agreement
from nianbao.run.executors.flight import MOST_LOST, Flight
from nianbao.run.executors.local import Local
from nianbao.run.executors.station import Station, UnfitError, Work
from nianbao.run.executors.workers import Workers
from nianbao.run.pool import nothing
from nianbao.run.process import NO_LIMITS
from nianbao.run.work import run_job
from nianbao.state import State

HERE, THERE = "tcp://here:1", "tcp://there:2"


class FakeClient:
    """A scheduler that takes everything; what it is asked for stands in ``said``."""

    def __init__(self, *addresses):
        self.threads, self.said, self.loop = dict.fromkeys(addresses, 1), [], object()
        self.scheduler = SimpleNamespace(ncores=None)

    def sync(self, function, **named):
        return self.threads

    def submit(self, function, *arguments, key, pure, workers):
        item = arguments[-1]
        self.said.append(("submit", item, tuple(workers or ())))
        return SimpleNamespace(key=key, status="lost", cancel=lambda: self.said.append(("cancel", item)))

    def run(self, function, *arguments, workers=None, on_error=""):
        self.said.append((arguments[0].__name__, tuple(workers or ())))

    def cancel(self, futures):
        self.said.append(("cancel all", len(futures)))


@pytest.fixture
def client(monkeypatch):
    monkeypatch.setattr(workers, "OFTEN", -1.0)
    return FakeClient(HERE, THERE)


def flight_of(client, *items, renewed=lambda: None):
    told = []
    work = Work("batch", "topic", None, False, print, lambda item, why, seconds: (item, why), NO_LIMITS, None)
    made = Flight(Workers(client), renewed, work, items, told.append)
    made._done.add = lambda future: None
    made.told = told
    return made


def comes(flight, item, result):
    """What comes of an item whose result is this."""
    [key] = [key for key, task in flight.tasks.items() if task.item == item]
    flight._done.queue.put((flight.tasks[key].future, result))
    return list(flight.ended())


def begins(flight, item, address=HERE):
    [key] = [key for key, task in flight.tasks.items() if task.item == item]
    flight.workers.news.put((key, address))
    return list(flight.ended())


def error(one):
    return type(one), one, None


def test_what_has_come_counts_though_its_worker_is_lost_meanwhile_and_the_scheduler_drops_the_rest(client):
    flight = flight_of(client, "a", "b")
    flight.fill(9)
    for task, result in zip(flight.tasks.values(), (FutureCancelledError("a", None), "B"), strict=True):
        flight._done.queue.put((task.future, result))
    ended = flight.ended()
    assert next(ended) == ("b", "B")
    with pytest.raises(ClusterError, match="scheduler"):
        next(ended)


def test_an_unfit_worker_takes_no_more_items_and_those_it_had_run_elsewhere(client, caplog):
    flight = flight_of(client, "a", "b")
    flight.fill(9)
    for item in ("a", "b"):
        assert comes(flight, item, error(UnfitError(HERE, "python 3.9 instead of 3.11"))) == []
    flight.fill(9)
    assert client.said[-2:] == [("submit", "b", (THERE,)), ("submit", "a", (THERE,))]
    assert [line.message for line in caplog.records] == [f"worker {HERE} takes no more reports: python 3.9 instead of 3.11"]
    assert comes(flight, "a", "A") == [("a", "A")]


def test_a_batch_without_any_fit_worker_ends_and_names_them(client, monkeypatch):
    monkeypatch.setattr(workers, "PATIENCE", -1.0)
    client.threads = dict.fromkeys([HERE, THERE, "tcp://more:3"], 1)
    flight = flight_of(client, "a")
    flight.fill(9)
    for address in client.threads:
        flight.workers.unfit[address] = "fonts" if address == THERE else "code"
    with pytest.raises(ClusterError) as said:
        list(flight.ended())
    assert str(said.value).split("\n")[1:] == [f"  {HERE} and 1 more: code", f"  {THERE}: fonts"]


def test_items_for_workers_that_are_gone_go_to_others(client):
    flight = flight_of(client, "a")
    flight.workers.unfit["tcp://unfit:1"] = "code"
    flight.fill(9)
    client.threads = {"tcp://new:1": 1}
    assert list(flight.ended()) == []
    flight.fill(9)
    assert client.said[-1] == ("submit", "a", ("tcp://new:1",))


def test_a_cluster_without_workers_is_said_once(client, monkeypatch, caplog):
    monkeypatch.setattr(workers, "PATIENCE", -1.0)
    client.threads = {}
    flight = flight_of(client, "a")
    for _ in range(3):
        flight.fill(9)
        assert list(flight.ended()) == []
    assert [line.message for line in caplog.records] == ["the cluster has no worker; waiting for one (Ctrl-C ends)"]


def test_an_item_that_has_lost_workers_beside_others_runs_alone_at_the_end(client):
    flight = flight_of(client, "killer", "innocent", "last")
    flight.fill(9)
    for _ in range(MOST_LOST):
        for item in ("killer", "innocent"):
            if any(task.item == item for task in flight.tasks.values()):
                assert begins(flight, item) == []
    assert flight.told == ["killer", "innocent"] * (MOST_LOST - 1)
    assert client.said.count(("stop", (HERE,))) == 2
    before = len(client.said)
    flight.fill(9)
    assert client.said[before:] == []
    assert comes(flight, "last", "L") == [("last", "L")]
    flight.fill(9)
    assert client.said[before:] == [("submit", "innocent", (HERE,)), ("submit", "killer", (THERE,))]
    assert comes(flight, "innocent", "I") == [("innocent", "I")]
    assert begins(flight, "killer", THERE) == []
    del client.threads[THERE]
    [(item, (_, why))] = list(flight.ended())
    assert (item, why) == ("killer", f"the worker that built it was lost {MOST_LOST} times")
    assert flight.is_over


def test_a_worker_that_is_gone_before_its_only_item_began_is_no_loss_of_the_item(client):
    flight = flight_of(client)
    flight.suspects = ["a"]
    for _ in range(MOST_LOST):
        flight.fill(9)
        [task] = flight.tasks.values()
        assert task.is_alone
        client.threads = {f"tcp://{len(client.said)}:1": 1}
        assert list(flight.ended()) == []
        assert flight.suspects == ["a"]


def test_an_item_whose_worker_the_scheduler_gave_up_is_tried_again_alone_at_last(client):
    flight = flight_of(client, "a")
    for lost in range(MOST_LOST - 1):
        flight.fill(9)
        assert flight.waiting == []
        assert comes(flight, "a", error(KilledWorker("a", None, 1))) == [], lost
    flight.fill(9)
    assert [task.is_alone for task in flight.tasks.values()] == [True]
    assert len(comes(flight, "a", error(KilledWorker("a", None, 1)))) == 1
    assert flight.is_over


def test_an_error_of_a_report_costs_it_alone(client):
    flight = flight_of(client, "a")
    flight.fill(9)
    assert comes(flight, "a", error(ValueError("odd"))) == [("a", ("a", "ValueError: odd"))]


# What workers have to agree in.


@pytest.fixture
def project(tmp_path):
    return projects.make(tmp_path / "project", ("2019", "2020", "2021"))


@pytest.fixture
def jobs(project):
    return jobs_asked(options_of(project / "params", None, "html", None), None, None, (), ())[0]


@pytest.fixture
def agreed(jobs):
    store = jobs[0].options.store
    with store.locked(), store.scratch() as folder:
        yield Agreement.of(jobs, folder)


def change(job):
    with (job.options.params / str(job.id) / "narrative.md").open("a", encoding="utf-8") as narrative:
        narrative.write("\n改。\n")


def test_inputs_that_are_saved_while_a_cluster_builds_make_no_worker_unfit(client, jobs, agreed):
    assert (agreed.differences(), agreed.renewed(jobs)) == ([], None)
    change(agreed.first)
    assert "params" in agreed.differences()[0]
    cluster = dask.Cluster(Workers(client), agreed, jobs)
    flight = flight_of(client, "a", "b", renewed=cluster.renewed)
    flight.fill(9)
    for item in ("a", "b"):  # the second by what it was sent with
        assert comes(flight, item, error(UnfitError(HERE, "params"))) == []
    assert flight.workers.unfit == {}
    flight.fill(9)
    assert len(flight.tasks) == 2
    assert flight.work.agreement.first == jobs[2]  # 2020 depends on 2019.
    assert flight.work.agreement.differences() == []
    assert comes(flight, "a", error(UnfitError(HERE, "params"))) == []
    assert flight.workers.unfit == {HERE: "params"}
    change(jobs[2])
    assert cluster.renewed().first is None


def test_what_has_to_agree_is_named(agreed, project, monkeypatch):
    versions = {**dict(agreed.versions), "python": "3.9.1", "typst": "0"}
    parts = {**dict(agreed.parts), "fonts": "…", "options": "…"}
    other = replace(agreed, versions=tuple(versions.items()), parts=tuple(parts.items()), scratch=agreed.scratch / "other")
    (project / "params/shili-jyj/2019/narrative.md").write_text("## 一、总体情况\n", "utf-8")
    python, typst, fonts, packages, outs, params = other.differences()
    assert python.endswith("3.9.1")
    assert "typst" in python + typst
    assert "fonts" in fonts
    assert "formats" in packages
    assert str(project / "outputs") in outs
    assert str(project / "params") in params
    alone = replace(agreed, first=None)
    assert alone.differences() == []
    assert "code" in replace(alone, parts=tuple((dict(agreed.parts) | {"code": "…"}).items())).differences()[0]
    monkeypatch.setenv(VARIABLE, "7")
    assert alone.differences() == [f"{VARIABLE} 7 instead of 2"]


def test_a_worker_that_runs_while_nianbao_is_updated_goes_on_with_the_old_code_and_says_so(agreed, monkeypatch):
    assert agreed.differences() == []
    monkeypatch.setattr(agreements.fingerprint, "own_code", lambda: "new")
    updated = replace(agreed, parts=tuple((dict(agreed.parts) | {"code": "new"}).items()))
    assert ["restart the workers" in one for one in updated.differences()] == [True]


def test_why_a_worker_does_not_reach_params_is_said_with_their_name(agreed):
    def bring(job):
        raise UsageError("no credentials")

    options = agreed.first.options
    origin = SimpleNamespace(bring=bring, params="s3://bucket/params")
    [said] = replace(agreed, first=replace(agreed.first, options=replace(options, origin=origin))).differences()
    assert said.endswith("s3://bucket/params is not the same there: no credentials")


@pytest.mark.parametrize("raised", [PermissionError(13, os.strerror(13)), UsageError("nianbao's own")])
def test_what_a_worker_cannot_read_is_a_difference_in_the_language_of_who_asks(agreed, monkeypatch, raised):
    def deny(*_):
        raise raised

    monkeypatch.setattr(agreements.fingerprint, "shared", deny)
    monkeypatch.setattr(language, "_chosen", None)
    assert agreed.told(chinese=True) == ("没有权限" if isinstance(raised, OSError) else "nianbao's own")
    monkeypatch.setattr(agreements.fingerprint, "environment", deny)
    assert agreed.told(chinese=False) == ("Permission denied" if isinstance(raised, OSError) else "nianbao's own")


def test_a_disk_without_room_for_the_scratch_folder_is_said_before_anybody_is_asked(project, monkeypatch):
    make, tries = tempfile.mkdtemp, []

    def full(*words, **named):
        tries.append(named)
        if named.get("dir"):
            raise OSError(28, os.strerror(28))
        return make(*words, **named)

    monkeypatch.setattr(tempfile, "mkdtemp", full)
    with pytest.raises(UsageError, match=f"cannot write to {project / 'outputs'}"):
        kit.build(project / "params", executor=Dask("nonsense://"))
    assert tries


class Gone:
    """A cluster that is gone before it has begun."""

    def at_work(self, jobs, folder):
        raise ClusterError("the scheduler is gone")


def test_a_cluster_that_is_gone_before_anything_ran_leaves_a_list_of_what_is_not_done(project):
    built = kit.build(project / "params", executor=Gone())
    assert [one.state for one in built.outcomes] == [State.DUE] * 3
    assert {one.message for one in built.outcomes} == {"not done: the scheduler is gone"}


class Losing(Local):
    """Two workers are lost before a report fails for the first time."""

    def each(self, function, items, *words, begun=nothing, again=nothing):
        if function is not run_job:
            yield from super().each(function, items, *words, begun=begun, again=again)
        for job in items if function is run_job else ():
            for _ in range(3):
                begun(job)
            outcome = kit.Outcome(job.id, State.FAILED)
            self.asked = [again(job, outcome), again(job, outcome)]
            yield outcome


def test_retries_are_for_reports_that_fail_and_not_for_workers_that_are_lost(project):
    losing = Losing()
    [outcome] = kit.build(project / "params", years=2019, to="html", retries=1, executor=losing).outcomes
    assert (losing.asked, outcome.attempts) == ([True, False], 3)


# The folder on a worker's machine.

WORKING = """
import sys, time; from pathlib import Path; from nianbao.run.workplace import in_use
with in_use(Path(sys.argv[1])): print(flush=True); time.sleep(600)
"""


def test_a_working_folder_goes_from_a_worker_s_machine_when_nobody_works_there_any_more(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    work, new = tmp_path / f"{workplace.PREFIX}x", tmp_path / f"{workplace.PREFIX}y"
    with subprocess.Popen([sys.executable, "-c", WORKING, str(work)], stdout=subprocess.PIPE) as other:
        other.stdout.readline()
        for lives in (True, False):
            if not lives:
                other.kill()
                other.wait()
            os.utime(work, (1, 1))
            with workplace.in_use(new):
                assert (work.is_dir(), new.is_dir()) == (lives, True)
            workplace.leave(new)
            assert not new.exists()


def test_a_working_folder_that_a_link_leads_to_goes_without_what_it_links_to(tmp_path):
    kept, work = tmp_path / "kept", tmp_path / "real" / f"{workplace.PREFIX}x"
    (work / "notebooks").mkdir(parents=True)
    kept.mkdir()
    (kept / "one").touch()
    (work / "params").symlink_to(kept)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    workplace.leave(tmp_path / "link" / work.name)
    assert (work.exists(), (kept / "one").exists()) == (False, True)


# What runs on a worker.


def work_of(batch, agreement=None):
    return Work(batch, "topic", agreement, False, station.run, print, NO_LIMITS, None)


def test_an_item_that_comes_when_the_helpers_are_to_end_keeps_them():
    with Station.of(work_of("one"), "a", 1, 4096) as (first, _):
        pass
    with Station.of(work_of("one"), "b", 1, 4096) as (second, until):
        first.expire()  # It has waited for the lock.
        assert (second is first, until.poll(), Station.known["one"]) == (True, False, first)
    first.expire()
    assert "one" not in Station.known


def test_an_item_that_comes_after_its_batch_is_over_does_not_begin():
    with Station.of(work_of("two"), "a", 1, 4096) as (_, until):
        station.leave("two")
        assert until.poll()
    with pytest.raises(UsageError, match="over"), Station.of(work_of("two"), "b", 1, 4096):
        pass


def test_one_item_is_stopped_and_the_others_run_on():
    begun, over = threading.Event(), threading.Event()

    def item(key):
        with Station.of(work_of("three"), key, 2, 4096) as (_, until):
            begun.set()
            until.poll(60)
            over.set()

    running = threading.Thread(target=item, args=("a",))
    with Station.of(work_of("three"), "b", 2, 4096) as (_, until):
        running.start()
        begun.wait(60)
        station.stop("three", "a")
        assert over.is_set()
        assert not until.poll()
    running.join()
    station.leave("three")


@pytest.fixture
def inside(monkeypatch):
    """A scheduler and a worker in this process, which speaks as before when the test ends."""
    monkeypatch.setattr(language, "_chosen", None)
    with (
        LocalCluster(
            n_workers=1,
            threads_per_worker=1,
            processes=False,
            dashboard_address=None,
            scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},
        ) as made,
        Client(made, set_as_default=False) as one,
    ):
        yield one


def loop_of_a_worker():
    """Whether this runs on an event loop, or beside it."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return "beside"
    return "on it"


def wrong():
    raise ValueError("odd")


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
def test_workers_are_asked_beside_their_event_loop_and_a_client_need_not_be_the_default_one(inside):
    asked = Workers(inside)
    assert [*asked.ask(loop_of_a_worker).values()] == ["beside"]
    assert [type(one) for one in asked.ask(wrong).values()] == [ValueError]
    assert list(asked.threads().values()) == [1]
    flight = Flight(asked, lambda: None, work_of("four"), (), print)
    assert flight._done.loop is inside.loop


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
def test_a_worker_that_would_make_other_bytes_hands_its_item_back(inside, monkeypatch):
    monkeypatch.setattr(Agreement, "differences", lambda self: ["python 3.9 instead of 3.11"])
    work = work_of("five", Agreement(()))
    raised = inside.submit(station.run, work, "key", 1, pure=False).exception(180)
    assert (type(raised), raised.why) == (UnfitError, "python 3.9 instead of 3.11")
    assert raised.address in inside.nthreads()


def test_errors_of_the_kit_are_not_taken_for_a_scheduler_that_is_gone(client):
    asked = Workers(client)
    for kind in (OSError, TimeoutError, RuntimeError):
        with pytest.raises(ClusterError), asked.reached():
            raise kind("IOLoop is closed")
    with pytest.raises(RecursionError), asked.reached():
        raise RecursionError
