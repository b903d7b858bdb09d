"""A batch on a Dask cluster: the same bytes as on one machine, whatever is lost on the way."""

import contextlib
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

import project as projects
from clusters import Cluster
from machine import POSIX
from nianbao import Dask, UsageError, build, plan
from nianbao.paths import PACKAGE
from nianbao.run.executors import dask
from nianbao.state import State
from project import add_cell, nianbao, outputs

pytestmark = [POSIX, pytest.mark.filterwarnings("ignore::ResourceWarning")]
slow = pytest.mark.slow
SEED, KILLS = 20261128, 8
YEARS = ("2019", "2020", "2021")
HTML = ("--to", "html")  # where the other formats do not matter
KILL_WORKER = "import os, psutil, signal\nif year == 2021:\n    os.kill(psutil.Process().parent().ppid(), signal.SIGKILL)"
WAIT_FOR_LONG = """
import pathlib, time
for _ in range(600 if year == 2021 else 15):
    time.sleep(0 if pathlib.Path(f"{params_dir}/../hurry").exists() else 0.1)
"""


# Says that it has begun, and in which process, and lets all years but the first wait for a word.
HELD = """
import os, pathlib, time
beside = pathlib.Path(params_dir).parent
(beside / f"begun-{year}").write_text(str(os.getpid()))
for _ in range(600):
    time.sleep(0 if year == 2019 or (beside / "hurry").exists() else 0.1)
"""


@pytest.fixture(scope="module")
def lasting(tmp_path_factory):
    settings = {"SCHEDULER__WORKER_TTL": "4s", "SCHEDULER__ALLOWED_FAILURES": "20"}
    made = Cluster(tmp_path_factory.mktemp("cluster") / "cluster", **settings)
    yield made
    made.end()


@pytest.fixture
def cluster(lasting):
    """A cluster with two workers, whatever the tests before have killed."""
    lasting.wait_for_workers()
    return lasting


@pytest.fixture(scope="module")
def local(once):
    """A project that was built on this machine."""
    return once("local", lambda folder: nianbao("build", cwd=projects.make(folder, YEARS)))[0]


@pytest.fixture(scope="module")
def held_local(once):
    """A project with such a cell that was built on this machine, in which none waits."""
    return once("held", lambda folder: nianbao("build", *HTML, cwd=_hurried(projects.make(folder, YEARS))))[0]


def _hurried(project):
    add_cell(project, HELD)
    (project / "hurry").touch()
    return project


@pytest.fixture
def project(tmp_path):
    return projects.make(tmp_path / "project", YEARS)


def files(folder):
    """The published files, by name."""
    return {name: raw for name, raw in outputs(folder).items() if not name.endswith("-lock")}


def begin(project, scheduler, *words, silence=300):
    """A build that runs; a scheduler that says nothing for so many seconds is gone for it."""
    script = f"from nianbao.run.executors import workers; workers.SILENCE = {silence}\n"
    script += "from nianbao.__main__ import main; raise SystemExit(main())"
    command = [sys.executable, "-c", script, "build", "--scheduler", scheduler, "--format", "json", *words]
    return subprocess.Popen(command, cwd=project, env=os.environ | projects.ENGLISH, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, text=True, start_new_session=True)  # fmt: skip


def wait_for(what, seconds=180):
    deadline = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < deadline
        time.sleep(0.1)  # to look for processes takes a tenth of that
    return found


def published(project):
    return [*(project / "outputs").glob("*/*/manifest.json")]


@slow
def test_a_cluster_makes_the_same_bytes_and_says_the_same(cluster, project, local):
    with (project / "params/shili-jyj/2021/table3.csv").open("a", encoding="utf-8") as table:
        table.write("无此行,1,2\n")
    shutil.copytree(project, project.parent / "beside")
    here = nianbao("build", "--format", "json", cwd=project.parent / "beside", code=1)
    there = nianbao("build", "--format", "json", "--scheduler", cluster.address, cwd=project, code=1)
    plain = [json.loads(printed)["reports"] for printed, _ in (here, there)]
    for report in (*plain[0], *plain[1]):
        for name in ("seconds", "spent", "outputs"):
            del report[name]
    assert plain[0] == plain[1]
    assert {one["state"] for one in plain[1]} == {"blocked", "published"}
    assert files(project) == files(project.parent / "beside")
    again, _ = nianbao("build", "--scheduler", cluster.address, "--format", "json", cwd=project, code=1)
    assert [one["state"] for one in json.loads(again)["reports"]].count("current") == 2


@slow
def test_a_cluster_of_one_s_own_lasts_as_long_as_the_build(project, local):
    nianbao("build", "--scheduler", "local:2", "--year", "2019-2020", cwd=project)
    assert len(published(project)) == 2
    assert files(project).items() <= files(local).items()


@slow
def test_ctrl_c_in_a_terminal_ends_a_cluster_of_one_s_own_in_words(project):
    """Its processes get the signal too."""
    add_cell(project, "import time\ntime.sleep(600 if year != 2019 else 0)")
    running = begin(project, "local:1", *HTML)
    wait_for(lambda: published(project))
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=180)
    assert running.returncode == 130, said
    assert "Traceback" not in said
    assert [path.parent.name for path in published(project)] == ["2019"]


@slow
def test_programs_give_an_executor(cluster, project, local):
    from distributed import Client

    with Client(cluster.address, set_as_default=False) as client:
        built = build(project / "params", executor=Dask(client))
        assert built.is_good
        assert files(project) == files(local)
        assert build(project / "params", executor=Dask(client)).outcomes[0].state is State.CURRENT


@slow
def test_a_lost_worker_s_reports_are_built_elsewhere(cluster, project, held_local):
    add_cell(project, HELD)
    running = begin(project, cluster.address, *HTML, "--events", project / "events.jsonl")
    wait_for(lambda: len([*project.glob("begun-*")]) == len(YEARS))
    wait_for(lambda: published(project))
    cluster.workers()[0].kill()
    (project / "hurry").touch()
    _, said = running.communicate(timeout=300)
    assert running.returncode == 0, said
    assert said.count("is gone; what it had begun is built by others") == 1, said
    events = map(json.loads, (project / "events.jsonl").read_text("utf-8").splitlines())
    [count] = [one["count"] for one in events if one["event"] == "reports_rebuilt"]
    assert count >= 1
    assert files(project) == files(held_local)


@slow
def test_a_stopped_worker_s_reports_are_built_elsewhere(tmp_path, project, held_local):
    """The workers have no nannies: the scheduler waits half a minute for one that is stopped as well."""
    cluster = Cluster(tmp_path / "cluster", 0, SCHEDULER__WORKER_TTL="4s")
    try:
        workers = [cluster.add(1, "--no-nanny") for _ in range(2)]
        add_cell(project, HELD)
        running = begin(project, cluster.address, *HTML)
        wait_for(lambda: len([*project.glob("begun-*")]) == len(YEARS))
        wait_for(lambda: published(project))
        worker = psutil.Process(workers[0].pid)
        stopped = [worker, *worker.children(recursive=True)]
        begun = {int(path.read_text()) for path in project.glob("begun-*")}
        for one in stopped:
            with contextlib.suppress(psutil.NoSuchProcess):
                one.suspend()
        (project / "hurry").touch()
        _, said = running.communicate(timeout=300)
        assert running.returncode == 0, said
        for one in stopped:
            with contextlib.suppress(psutil.NoSuchProcess):
                one.resume()
        # Its report may still be published: the same bytes.
        assert psutil.wait_procs([one for one in stopped if one.pid in begun], 180)[1] == []
    finally:
        cluster.end()
    assert {name: raw for name, raw in files(project).items() if "/." not in f"/{name}"} == files(held_local)


@slow
def test_a_report_that_kills_its_worker_three_times_has_failed_and_stops_nothing_beside_it(tmp_path, project):
    """The worker has two threads, so that others run beside it."""
    cluster = Cluster(tmp_path / "cluster", 0)
    try:
        cluster.nannies.append(cluster.add(threads=2))
        add_cell(project, KILL_WORKER)
        printed, _ = nianbao("build", *HTML, "--scheduler", cluster.address, "--format", "json", cwd=project, code=1)
        found = {one["name"]: one for one in json.loads(printed)["reports"]}
        assert {name: one["state"] for name, one in found.items()} == {
            f"shili-jyj/{year}": "failed" if year == "2021" else "published" for year in YEARS
        }
        assert "生成它的工作进程 3 次失去联系" in found["shili-jyj/2021"]["message"]
    finally:
        cluster.end()


@slow
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
def test_a_scheduler_that_goes_away_ends_the_build_and_the_next_one_does_the_rest(tmp_path, project, how):
    cluster = Cluster(tmp_path / "cluster", 1)
    try:
        _goes_away(cluster, project, how)
    finally:
        cluster.end()


def _goes_away(cluster, project, how):
    add_cell(project, WAIT_FOR_LONG)  # A worker goes on while its scheduler is stopped.
    running = begin(project, cluster.address, *HTML, silence=3)
    wait_for(lambda: published(project))
    os.killpg(cluster.scheduler.pid, how)
    begun = time.monotonic()
    said, problem = running.communicate(timeout=180)
    assert time.monotonic() - begun < 90
    assert running.returncode == 1, problem
    assert said, problem
    states = [one["state"] for one in json.loads(said)["reports"]]
    assert "due" in states
    assert {*states} <= {"published", "current", "due"}
    assert "scheduler" in next(one["message"] for one in json.loads(said)["reports"] if one["state"] == "due")
    left = cluster.jobs()
    for one in (cluster.scheduler, *cluster.nannies):
        os.killpg(one.pid, signal.SIGKILL)
    psutil.wait_procs(left, 180)
    (project / "hurry").touch()
    before = {path: path.stat().st_mtime_ns for path in published(project)}
    nianbao("build", *HTML, cwd=project)
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert len(published(project)) == len(YEARS)
    nianbao("verify", cwd=project)


@slow
def test_ctrl_c_ends_what_runs_on_the_workers(cluster, project):
    add_cell(project, "import time\ntime.sleep(600 if year != 2019 else 0)")
    running = begin(project, cluster.address, *HTML)
    wait_for(lambda: published(project))
    wait_for(cluster.jobs)
    running.send_signal(signal.SIGINT)
    assert running.wait(180) != 0
    wait_for(lambda: not cluster.jobs())
    assert [path.parent.name for path in published(project)] == ["2019"]
    assert not [*(project / "outputs").glob("*/.*-2*")]


@slow
def test_workers_that_would_make_other_bytes_are_named_before_anything_is_built_and_later_get_nothing(
    tmp_path, project, held_local
):
    add_cell(project, HELD)
    shutil.copytree(PACKAGE, tmp_path / "other" / "nianbao")
    with (tmp_path / "other/nianbao/wording.py").open("a", encoding="utf-8") as room:
        room.write("\nOTHER = 1\n")
    cluster = Cluster(tmp_path / "cluster", 1)
    try:
        running = begin(project, cluster.address, *HTML, "--jobs", "4")
        wait_for(lambda: published(project))
        cluster.nannies.append(cluster.add(PYTHONPATH=str(tmp_path / "other")))
        said = next(line for line in running.stderr if "takes no more reports" in line)
        assert "nianbao's own code differs" in said
        (project / "hurry").touch()
        _, said = running.communicate(timeout=300)
        assert running.returncode == 0, said
        assert "takes no more reports" not in said
        assert files(project) == files(held_local)
        shutil.rmtree(project / "outputs")
        with pytest.raises(UsageError, match="code") as said:
            build(project / "params", executor=Dask(cluster.address))
        assert "\n  tcp://127.0.0.1" in str(said.value)
        assert not published(project)
    finally:
        cluster.end()


@slow
@pytest.mark.long
def test_seeded_kills_lose_nothing(cluster, tmp_path, local):
    """Workers, their nannies and reports' processes are killed at chance moments; nothing is lost, half or twice."""
    chance = random.Random(SEED)
    kills = builds = 0
    while kills < KILLS:
        builds += 1
        project = projects.make(tmp_path / f"project-{builds}", YEARS)
        running = begin(project, cluster.address, "--retries", "20")
        for _ in range(KILLS):
            time.sleep(chance.uniform(0.2, 2.0))
            victims = chance.choice((cluster.workers, cluster.jobs))()
            if victims and running.poll() is None:
                with contextlib.suppress(psutil.NoSuchProcess):  # it ended meanwhile
                    chance.choice(victims).kill()
                    kills += 1
        assert running.wait(300) == 0, running.stderr.read()
        assert files(project) == files(local)


@slow
def test_the_snakefile_of_the_page_makes_the_same_reports(project, local):
    snakemake = projects.ROOT / ".venv" / "snakemake" / "bin" / "snakemake"
    assert snakemake.exists(), "make .venv/snakemake"
    shutil.copy(projects.ROOT / "docs" / "snakemake" / "Snakefile", project)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for said in ("2 of 2 steps", "Nothing to be done"):
        done = subprocess.run([snakemake, "--cores", "2"], cwd=project, env=os.environ | {"PATH": path}, capture_output=True,
                              text=True, check=False)  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert said in done.stderr
    # The notebooks lie a folder deeper, and say so.
    for year in YEARS:
        for name in ("report.html", "report.pdf", "report.json"):
            ours, theirs = (
                root / "shili-jyj" / year / name for root in (project / "outputs" / "shili-jyj", local / "outputs")
            )
            assert ours.read_bytes() == theirs.read_bytes()


@pytest.mark.by_turns(6)
@pytest.mark.parametrize(
    ("scheduler", "said"),
    [("tcp://127.0.0.1:1", "no Dask scheduler answers at tcp://127.0.0.1:1"),
     *((f"local:{count}", "has to be from 1 to") for count in ("0", "9999", "x", "", "²")),
     ("nonsense://", "no Dask scheduler answers"), ("none.json", "no Dask scheduler answers")],
)  # fmt: skip
def test_a_scheduler_that_is_not_there_is_said(project, scheduler, said, monkeypatch):
    monkeypatch.setattr(dask, "PATIENCE", 0.5)
    with pytest.raises(UsageError, match=said):
        build(project / "params", executor=Dask(scheduler))
    assert not published(project)


def test_what_is_no_scheduler_is_said_and_not_waited_for(project, monkeypatch):
    monkeypatch.setattr(dask, "PATIENCE", 1.0)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(UsageError, match="does not answer as a scheduler does"):
            build(project / "params", executor=Dask(address))
        with pytest.raises(UsageError, match="TLS"):
            build(project / "params", executor=Dask(address.replace("tcp", "tls")))
    assert not published(project)


@pytest.mark.slow
def test_without_dask_it_is_said_what_to_install(project):
    script = f"""
import sys
sys.modules["distributed"] = None
from nianbao import Dask, build
build({str(project / "params")!r}, executor=Dask("local:2"))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert 'pip install "nianbao[cluster]"' in done.stderr


@pytest.mark.slow
def test_a_local_build_does_not_load_dask(project):
    script = f"""
import sys
from nianbao import Dask, build
build({str(project / "params")!r}, years=2019)
print([name for name in sys.modules if name in ("dask", "distributed")])
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "[]", done.stderr
    assert plan(project / "params", years=2019).steps[0].state is State.CURRENT
