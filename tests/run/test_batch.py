"""Isolated, durable, reproducible: the batch under everything that can go wrong, with real processes."""

import contextlib
import inspect
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import psutil
import pytest

import gates
from machine import LINUX, POSIX, ROOT_ON_LINUX
from nianbao import build
from nianbao.run.store.local import LocalStore
from nianbao.run.verify import against_manifests
from project import ROOT, add_cell, command, edit, make, nianbao, outputs, states
from records import report

pytestmark = [pytest.mark.slow, POSIX]
NAMES = ["shili-jyj/2019", "shili-jyj/2020"]


@pytest.fixture
def project(tmp_path):
    return make(tmp_path)


@pytest.fixture(scope="module")
def built(once):
    """A project that has been built; to be read only."""
    return once("built", lambda folder: nianbao("build", cwd=make(folder)))[0]


def proofs(project, *names):
    """What is wrong with each report by its manifest; of all reports without names."""
    store = LocalStore(project / "outputs")
    return [proof.details for proof in against_manifests(store, list(map(report, names)) or store.ids())]


def leftovers(project):
    return [path.name for path in (project / "outputs").glob("*/.*") if path.parent.name not in {".failed", ".checked"}]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("import os\nos._exit(7) if year == 2020 else 0", "退出代码 7"),
        ("import os\nos.closerange(3, 200) if year == 2020 else 0", ".failed"),
        ("import ctypes\nctypes.string_at(0) if year == 2020 else 0", "SIGSEGV"),
        ("import time\ntime.sleep(600 if year == 2020 else 0)", "--timeout"),
        ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL) if year == 2020 else 0", "SIGKILL"),
        ("import sys\nsys.exit('done') if year == 2020 else 0", "SystemExit"),
        # A traceback of a thousand lines takes IPython half a minute.
        ("import sys\nsys.setrecursionlimit(200)\nf = lambda n: f(n + 1)\nf(0) if year == 2020 else 0", "RecursionError"),
        ("input() if year == 2020 else 0", "StdinNotImplementedError"),
        pytest.param("x = bytearray(4 * 2**30) if year == 2020 else 0", "内存限额为 1000 MiB；用 --memory", marks=LINUX),
    ],
)
def test_what_one_report_does_never_touches_another(project, cell, said):
    add_cell(project, cell)
    # Where it is about something else, the time must be long enough for a machine that does much besides.
    seconds = 8 if said == "--timeout" else 180
    out, err = nianbao("build", "--to", "html", "--timeout", seconds, "--memory", 1000, cwd=project, code=1)
    assert said in out + err
    assert proofs(project, "shili-jyj/2019") == [()]
    assert leftovers(project) == []
    failed = project / "outputs" / ".failed" / "shili-jyj" / "2020"
    assert (failed / "traceback.txt").read_text("utf-8").strip()
    assert "── cell 4: " in (failed / "output.log").read_text("utf-8")
    assert not (project / "outputs" / "shili-jyj" / "2020").exists()


def test_plan_says_of_a_report_that_failed_that_it_did_and_where_its_traceback_lies(project):
    add_cell(project, "1 / 0 if year == 2020 else 0")
    assert nianbao("plan", cwd=project)[0].count("还没有生成过") == 2
    nianbao("build", "--to", "html", cwd=project, code=1)
    (line,) = [one for one in nianbao("plan", "--to", "html", cwd=project)[0].splitlines() if "2020" in one]
    assert line == "shili-jyj/2020  待生成  上次生成失败，见输出目录中的 .failed/shili-jyj/2020/traceback.txt"
    planned = json.loads(nianbao("plan", "--to", "html", "--format", "json", cwd=project)[0])
    failed = [step["failed"] for step in planned["reports"]]
    assert failed == ["", ".failed/shili-jyj/2020/traceback.txt"]
    assert (project / "outputs" / failed[1]).is_file()


def test_a_report_whose_inputs_go_while_it_is_built_is_not_published(project):
    add_cell(project, "import os, shutil\nshutil.rmtree(params_dir + '/shili-jyj/2020') if year == 2020 else 0")
    found = states("build", "--to", "html", cwd=project, code=1)
    assert found == {"shili-jyj/2019": "已发布", "shili-jyj/2020": "失败"}


SWALLOWS = "import os, signal, time\n{}\nwhile True:\n    try: time.sleep(9999)\n    except BaseException: pass"
ENDINGS = {
    "it ends its process": "import os\nos._exit(3)",
    "it is out of time": "import time\ntime.sleep(9999)",
    "it swallows what would end it, until it is out of time": SWALLOWS.format(""),
    "it swallows a signal that would end it": SWALLOWS.format(
        "import threading\nthreading.Timer(0.2, os.kill, (os.getpid(), signal.SIGTERM)).start()"
    ),
    "it fails": "1 / 0",
}


@pytest.mark.parametrize("ending", ENDINGS.values(), ids=ENDINGS)
def test_of_a_report_that_fails_stay_the_notebook_as_far_as_it_ran_and_what_it_printed(project, ending):
    path = add_cell(project, "print('先前的话')")
    notebook = json.loads(path.read_text("utf-8"))
    notebook["cells"].insert(4, notebook["cells"][3] | {"id": "own", "source": f"print('自己的话')\n{ending}"})
    path.write_text(json.dumps(notebook), "utf-8")
    _, err = nianbao("build", "--to", "html", "--year", 2020, "--timeout", 6, cwd=project, code=1)
    assert re.search(r"2020 失败 ([4-9]|\d\d)\.\ds" if "sleep" in ending else r"2020 失败 \d+\.\ds", err)
    failed = project / "outputs" / ".failed" / "shili-jyj" / "2020"
    assert re.search("先前的话\n.*\n自己的话", (failed / "output.log").read_text("utf-8"))
    kept = (failed / "report.ipynb").read_text("utf-8")
    assert str(project) not in kept
    cells = [cell for cell in nbformat.reads(kept, 4).cells if cell.cell_type == "code"]
    printed = {cell.source: [one.text for one in cell.outputs if one.get("name") == "stdout"] for cell in cells}
    assert ["先前的话\n"] == printed["print('先前的话')"]
    assert f"print('自己的话')\n{ending}" in printed


def test_kills_of_a_whole_build_lose_nothing(project, tmp_path, counted):
    """``kill -9`` at seeded moments while a report is made and published: every one that is there is whole.

    The other report waits at a gate, so that the build is at work whenever it is killed. The next build completes.
    """
    gate = gates.Gate(project, tmp_path / "gate")
    nianbao("build", "--to", "html", cwd=project)
    chance, killed = random.Random(20), 0
    words, environment = command("build", "--to", "html", "--force"), os.environ | gate.environment
    for _ in range(5):
        run = subprocess.Popen(words, cwd=project, env=environment, stderr=subprocess.DEVNULL)
        gate.wait_for(2019, run)
        gate.open(2019)
        time.sleep(chance.uniform(0.0, 1.2))
        run.kill()
        killed += run.wait() == -signal.SIGKILL
        time.sleep(0.3)
        there = [name for name in NAMES if (project / "outputs" / name / "manifest.json").exists()]
        for name in there:
            assert proofs(project, name) == [()]
        gate.shut()
    counted(f"builds killed at work: {killed} of 5")
    assert killed == 5
    assert set(states("build", "--to", "html", cwd=project).values()) <= {"未变", "已发布"}
    assert sorted(name for name in NAMES if (project / "outputs" / name / "report.html").exists()) == NAMES
    assert leftovers(project) == []


@pytest.mark.long
def test_kills_of_any_process_of_a_build_cost_their_own_reports_at_most(tmp_path):
    """A report's process, the press, pandoc, the process all are forked from: the build goes on and tells what it lost."""
    project = make(tmp_path, ("2019", "2020", "2021"))
    words = command("build", "--force", "--jobs", "2", "--format", "json")
    chance, kills = random.Random(7), 0
    while kills < 10:
        with subprocess.Popen(words, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as run:
            main = psutil.Process(run.pid)
            while run.poll() is None:
                time.sleep(chance.uniform(0.1, 0.8))
                with contextlib.suppress(psutil.NoSuchProcess, IndexError):
                    chance.choice(main.children(recursive=True)).kill()
                    kills += 1
            reports = json.loads(run.stdout.read())["reports"]
        assert {report["state"] for report in reports} <= {"published", "failed", "blocked"}
        assert run.returncode == int(any(report["state"] != "published" for report in reports))
        assert set(proofs(project)) <= {()}
        assert leftovers(project) == []
    assert set(states("build", "--force", cwd=project).values()) == {"已发布"}
    assert [*(project / "outputs" / ".failed").glob("*/*")] == []


@LINUX
def test_a_fork_server_that_exits_by_itself_leaves_none_of_its_orphans():
    """Its pipe to the build may be closed a moment before the system tells it that the build has ended."""
    words = """
        import subprocess
        from nianbao.run import guard
        silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        print(subprocess.Popen(["sleep", "300"], **silent, start_new_session=True).pid)
    """
    done = subprocess.run([sys.executable, "-c", inspect.cleandoc(words)], capture_output=True, text=True, check=True)
    with contextlib.suppress(psutil.NoSuchProcess):
        assert psutil.Process(int(done.stdout)).status() == psutil.STATUS_ZOMBIE


def marked(mark):
    """The processes that were started with a mark in their environment, wherever they have gone."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.environ().get("STORM") == mark and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
    return found


def catches(pid, number):
    """Whether the process has a handler for a signal."""
    caught = int(re.search(r"SigCgt:\t(\w+)", Path(f"/proc/{pid}/status").read_text("ascii"))[1], 16)
    return bool(caught >> (number - 1) & 1)


def strike(run, chance, counts):
    """Kill or stop any process of a build, if there is one to strike.

    Left alone are multiprocessing's resource tracker and a fork server that has only begun: while Python itself starts, it
    has not yet asked the system to be woken when the build ends.
    """
    with contextlib.suppress(psutil.Error, IndexError, OSError):
        family = psutil.Process(run.pid).children(recursive=True)
        grown = [one for one in family if one.ppid() != run.pid or catches(one.pid, signal.SIGCONT)]
        victim = chance.choice([one for one in grown if "resource_tracker" not in " ".join(one.cmdline())])
        if chance.random() < 0.5:
            victim.kill()
            counts["kills"] += 1
        else:
            victim.suspend()
            counts["stops"] += 1


@LINUX
@pytest.mark.long
def test_a_storm_of_kills_and_stops_breaks_nothing_and_leaves_nothing(tmp_path):
    """Jobs, press, pandoc and fork server are killed and stopped at random, and then the build itself is ended."""
    project = make(tmp_path, ("2019", "2020", "2021"))
    add_cell(project, "import subprocess\nbeside = subprocess.Popen(['sleep', '300'], start_new_session=year == 2020)")
    nianbao("build", cwd=project)
    before = outputs(project)
    inputs = {path: path.read_bytes() for path in project.rglob("*") if path.is_file() and "outputs" not in path.parts}
    chance, counts = random.Random(11), {"kills": 0, "stops": 0, "builds": 0, "broken": 0, "left": 0}
    for number in range(6):
        mark = f"{tmp_path}-{number}"
        words = command("build", "--force", "--jobs", "2", "--timeout", "6")
        silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        run = subprocess.Popen(words, cwd=project, env=os.environ | {"STORM": mark}, **silent)
        counts["builds"] += 1
        time.sleep(chance.uniform(1.2, 3))
        for _ in range(chance.randint(1, 4)):
            strike(run, chance, counts)
            time.sleep(chance.uniform(0.05, 0.6))
        run.send_signal(chance.choice([signal.SIGKILL, signal.SIGTERM]))
        run.wait(60)
        # A fork server that still loads sees only then that nobody needs it.
        deadline = time.monotonic() + 60
        while (left := marked(mark)) and time.monotonic() < deadline:
            time.sleep(0.05)
        counts["left"] += len(left)
        print(*(one.as_dict(["pid", "ppid", "cmdline", "status"]) for one in left), sep="\n", end="\n" * bool(left))
        counts["broken"] += sum(proof != () for proof in proofs(project))
        assert outputs(project).items() <= before.items()
    states("build", cwd=project)
    print(", ".join(f"{name}: {count}" for name, count in counts.items()))
    assert (counts["broken"], counts["left"]) == (0, 0)
    assert outputs(project) == before
    assert leftovers(project) == []
    assert {path: path.read_bytes() for path in inputs} == inputs


@LINUX
def test_a_stopped_press_costs_the_reports_that_wait_for_it_ten_seconds_and_the_build_no_more(tmp_path):
    project = make(tmp_path, ("2019", "2020", "2021", "2022", "2023"))
    add_cell(project, "import time\ntime.sleep(0.5)")
    words = command("build", "--jobs", "2", "--format", "json")
    with subprocess.Popen(words, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as run:
        pandoc = None
        while not pandoc and run.poll() is None:
            with contextlib.suppress(psutil.Error):
                family = psutil.Process(run.pid).children(recursive=True)
                pandoc = next((one for one in family if one.name() == "pandoc"), None)
            time.sleep(0.01)
        pandoc.parent().suspend()
        reports = json.loads(run.stdout.read())["reports"]
    assert {report["state"] for report in reports} == {"published"}
    assert len(reports) == 5
    assert 1 <= sum(report["seconds"] > 9 for report in reports) <= 2
    assert set(proofs(project)) == {()}


@LINUX
def test_a_stopped_fork_server_is_replaced_and_the_build_goes_on(tmp_path):
    project = make(tmp_path, ("2019", "2020", "2021"))
    add_cell(project, "import time\ntime.sleep(1)")
    words = command("build", "--to", "html", "--jobs", "1", "--format", "json", "--timeout", "40")
    with subprocess.Popen(words, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as run:
        job = None
        while not job and run.poll() is None:
            with contextlib.suppress(psutil.Error, IndexError, StopIteration):
                server = next(one for one in psutil.Process(run.pid).children() if "forkserver" in one.cmdline()[-1])
                job = server.children()[0] if list((project / "outputs").glob("*/.nianbao-stage*")) else None
            time.sleep(0.01)
        assert job, "it ended before a report began"
        server.suspend()
        reports = json.loads(run.stdout.read())["reports"]
    assert [report["state"] for report in reports].count("published") >= 2
    assert not server.is_running()


def test_a_report_caught_between_old_and_new_is_put_back(project):
    nianbao("build", "--to", "html", cwd=project)
    folder = project / "outputs" / "shili-jyj"
    before = outputs(project)
    (folder / "2020").rename(folder / ".nianbao-old-2020-abcdefgh")
    (folder / ".nianbao-stage-2020-abcdefgh").mkdir()
    _, err = nianbao("build", "--to", "html", cwd=project)
    assert "恢复了中断时的 shili-jyj/2020" in err
    assert "移去了没有做完的 shili-jyj/2020" in err
    assert outputs(project) == before
    assert leftovers(project) == []


@LINUX
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_stopping_leaves_what_is_finished_and_no_process(project, number):
    note = "open(params_dir + f'/../pid-{year}', 'w').write(str(os.getpid()))"
    add_cell(project, f"import os, time\n{note}\ntime.sleep(600 * (year == 2020))")
    words = ("build", "--to", "html")
    run = subprocess.Popen(command(*words), cwd=project, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 120
    while not (project / "outputs" / "shili-jyj" / "2019" / "manifest.json").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    while not (project / "pid-2020").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    run.send_signal(number)
    _, err = run.communicate(timeout=180)
    assert run.returncode == 128 + number
    assert "what was finished is published" in err
    assert proofs(project, "shili-jyj/2019") == [()]
    at_work, deadline = Path(f"/proc/{(project / 'pid-2020').read_text()}"), time.monotonic() + 120
    while at_work.exists() and time.monotonic() < deadline:  # until the system has removed what was killed
        time.sleep(0.05)
    assert not at_work.exists()


@LINUX
@pytest.mark.parametrize(("after", "times"), [(0.2, 1), (0.2, 2), (1, 2), (2, 1), (3, 2)])
def test_ctrl_c_ends_a_build_in_words_whenever_it_comes_and_however_often(project, after, times):
    run = subprocess.Popen(command("build"), cwd=project, stderr=subprocess.PIPE, text=True, start_new_session=True)
    time.sleep(after)
    for _ in range(times):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(run.pid, signal.SIGINT)  # as a terminal does
        time.sleep(0.01)
    _, err = run.communicate(timeout=120)
    assert run.returncode in {0, 130, -signal.SIGINT}  # the last when the second one comes after Python has ended
    assert "Traceback" not in err
    assert "KeyboardInterrupt" not in err


@LINUX
def test_ctrl_c_does_not_reach_the_fork_server_while_it_starts(project):
    run = subprocess.Popen(command("build", "--to", "html"), cwd=project, stderr=subprocess.PIPE, text=True)
    server = None
    while not server and run.poll() is None:
        with contextlib.suppress(psutil.Error):
            family = psutil.Process(run.pid).children()
            found = [one for one in family if "forkserver" in " ".join(one.cmdline())]
            server = next((one for one in found if catches(one.pid, signal.SIGINT)), None)  # Python's own
        time.sleep(0.005)
    assert server, "it ended before one started"
    server.send_signal(signal.SIGINT)
    _, err = run.communicate(timeout=180)
    assert run.returncode == 0
    assert "Traceback" not in err


@LINUX
def test_a_second_ctrl_c_ends_a_build_at_once_with_all_its_processes(project):
    note = "open(params_dir + f'/../pid-{year}', 'w').write(str(os.getpid()))"
    add_cell(project, f"import os, time\n{note}\ntime.sleep(600)")
    run = subprocess.Popen(command("build", "--to", "html"), cwd=project, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 120
    while not (project / "pid-2020").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    for one in psutil.Process(run.pid).children():  # so that clearing away takes for ever
        one.suspend()
    run.send_signal(signal.SIGINT)
    time.sleep(1.2)
    run.send_signal(signal.SIGINT)
    assert run.wait(120) == 130
    pid = int((project / "pid-2020").read_text())
    while psutil.pid_exists(pid) and time.monotonic() < deadline + 120:
        time.sleep(0.05)
    assert not psutil.pid_exists(pid)


def test_a_second_build_names_the_first_and_a_dead_ones_lock_is_void(project):
    add_cell(project, "import time\ntime.sleep(600)")
    run = subprocess.Popen(command("build", "--to", "html"), cwd=project, stderr=subprocess.DEVNULL)
    lock = project / "outputs" / ".nianbao-lock"
    deadline = time.monotonic() + 120
    while not (lock.exists() and lock.read_text()) and time.monotonic() < deadline:
        time.sleep(0.05)
    _, err = nianbao("build", "--to", "html", cwd=project, code=75)
    assert f"进程 {run.pid}" in err
    run.kill()
    run.wait()
    edit(project / "notebooks" / "annual_report.ipynb", "time.sleep(600)", "time.sleep(0)")
    assert states("build", "--to", "html", cwd=project) == dict.fromkeys(NAMES, "已发布")


@ROOT_ON_LINUX
def test_a_full_disk_loses_no_good_report(project, small_disk):
    disk = small_disk("size=4m")
    words = ("build", "--to", "html", "--outputs", disk)
    assert states(*words, cwd=project) == dict.fromkeys(NAMES, "已发布")
    before = {path: path.read_bytes() for path in disk.glob("shili-jyj/*/*")}
    (disk / "filler").write_bytes(bytes(4 * 2**20 - sum(map(len, before.values())) - 150_000))
    edit(project / "params" / "shili-jyj" / "2019" / "report.yaml", "signature: 示例市教育局", "signature: 市教育局")
    out, err = nianbao(*words, cwd=project, code=1)
    assert "No space left on device" in out + err
    assert {path: path.read_bytes() for path in disk.glob("shili-jyj/*/*")} == before
    (disk / "filler").unlink()
    assert set(states(*words, cwd=project).values()) == {"已发布"}


@ROOT_ON_LINUX
def test_a_read_only_outputs_folder_is_refused_at_once(project, small_disk):
    disk = small_disk("size=4m")
    small_disk("ro")
    _, err = nianbao("build", "--outputs", disk, cwd=project, code=2)
    assert f"写不了 {disk}" in err


@pytest.mark.parametrize(
    ("words", "environment"),
    [
        (("--start-method", "spawn"), {}),
        (("--jobs", "1"), {"TZ": "Asia/Shanghai", "LANG": "de_DE.UTF-8", "PYTHONHASHSEED": "7", "USER": "somebody"}),
        (("--jobs", "4"), {"TZ": "America/New_York", "LC_ALL": "C", "PYTHONHASHSEED": "0", "HOME": "/nonexistent"}),
    ],
)
def test_the_same_bytes_anywhere(built, tmp_path, words, environment):
    other = make(tmp_path / "a b 中文")
    old = os.umask(0o077)
    try:
        nianbao("build", *words, cwd=other, **environment)
    finally:
        os.umask(old)
    assert outputs(other) == outputs(built)


def test_published_files_follow_the_umask_of_the_command_whatever_a_cell_does(project):
    add_cell(project, "import os\nos.umask(0o777)")
    subprocess.run(command("build", "--to", "html"), cwd=project, umask=0o027, capture_output=True, check=True)
    folder = project / "outputs" / "shili-jyj" / "2019"
    assert oct(folder.stat().st_mode & 0o777) == "0o750"
    assert {oct(path.stat().st_mode & 0o777) for path in folder.iterdir()} == {"0o640"}


def test_plan_says_what_would_run_and_why(project):
    def plan(code=0):
        out, _ = nianbao("plan", "--to", "html", "--format", "json", cwd=project, code=code)
        return {report["name"]: (report["label"], report["why"]) for report in json.loads(out)["reports"]}

    assert plan() == dict.fromkeys(NAMES, ("待核查", ["new"]))
    nianbao("build", "--to", "html", cwd=project)
    assert plan() == dict.fromkeys(NAMES, ("未变", []))
    edit(project / "params" / "shili-jyj" / "2019" / "narrative.md", "直属学校", "直属单位")
    assert plan() == {NAMES[0]: ("待核查", ["narrative"]), NAMES[1]: ("待核查", ["last_year"])}
    nianbao("check", cwd=project)
    assert plan() == {NAMES[0]: ("待生成", ["narrative"]), NAMES[1]: ("待生成", ["last_year"])}
    edit(project / "params" / "shili-jyj" / "2020" / "report.yaml", "signature:", "# signature:")
    nianbao("build", "--to", "html", cwd=project, code=1)
    assert plan(code=1)[NAMES[1]] == ("阻断", ["data", "last_year"])
    edit(project / "notebooks" / "annual_report.ipynb", "document.preamble", "document.preamble  # 引言")
    assert plan(code=1)[NAMES[0]] == ("待生成", ["notebook"])
    shutil.rmtree(project / "params" / "shili-jyj" / "2020")
    out, _ = nianbao("plan", cwd=project)
    assert "shili-jyj/2020  参数已不在" in out
    nianbao("build", "--to", "html", cwd=project)
    assert "参数已不在" in (project / "outputs" / "index.html").read_text("utf-8")
    assert (project / "outputs" / "shili-jyj" / "2020" / "report.html").exists()
    (project / "outputs" / "index.html").write_text("甲", "utf-8")
    assert "现在生成会被拒绝：" in nianbao("plan", cwd=project, code=1)[0]


def test_verify_tells_sound_changed_damaged_and_not_reproducible_apart(project, tmp_path_factory):
    nianbao("build", cwd=project)
    assert states("verify", cwd=project) == dict.fromkeys(NAMES, "一致")
    moved = tmp_path_factory.mktemp("moved") / "copy"
    shutil.copytree(project / "outputs", moved)
    assert states("verify", "--outputs", moved, cwd=moved.parent) == dict.fromkeys(NAMES, "一致")
    edit(moved / "shili-jyj" / "2020" / "report.html", "示例市教育局", "示例市教肓局")
    (moved / "shili-jyj" / "2019" / "report.pdf").unlink()
    out, _ = nianbao("verify", "--outputs", moved, cwd=moved.parent, code=1)
    assert "report.html 与生成时不同" in out
    assert "report.pdf 缺失" in out
    edit(project / "params" / "shili-jyj" / "2020" / "narrative.md", "示例市教育局", "示例市教育局 ")
    assert states("verify", cwd=project, code=1) == {NAMES[0]: "一致", NAMES[1]: "输入已变"}


def test_verify_shows_the_first_difference_of_a_report_that_cannot_be_reproduced(project):
    add_cell(project, "import time\nprint('made at', time.time_ns())")
    nianbao("build", "--to", "html", cwd=project)
    out, _ = nianbao("verify", cwd=project, code=1)
    assert "不可重现" in out
    assert "report.html：第" in out
    assert "made at" in out


def test_what_a_cell_puts_into_a_set_has_one_order(project):
    words = "、".join(f"'{one}镇'" for one in "甲乙丙丁戊己庚辛壬癸").replace("、", ", ")
    add_cell(project, f"from IPython.display import Markdown\nMarkdown('涉及' + '、'.join({{{words}}}) + '。')")
    nianbao("build", "--to", "html", cwd=project)
    assert states("verify", cwd=project) == dict.fromkeys(NAMES, "一致")


def test_the_batch_is_driven_from_python_in_a_few_lines(project):
    built = build(project / "params", to=["html"])
    assert [(str(outcome.id), outcome.state) for outcome in built.outcomes] == [(name, "已发布") for name in NAMES]
    assert (built.is_good, built.faults) == (True, ())
    assert (project / "outputs" / "shili-jyj" / "2020" / "report.html").exists()
    assert Path(built.index) == project / "outputs" / "index.html"


def test_another_python_with_the_same_lock_makes_the_same_bytes(built, tmp_path):
    """Set up as the README says, with another of the supported versions that the machine has (.ci/run sees to it)."""
    others = [f"python3.{minor}" for minor in (13, 11, 12, 14) if minor != sys.version_info.minor]
    python = next(filter(None, map(shutil.which, others)), None)
    assert python, f"none of {', '.join(others)} is on the PATH"
    kit = tmp_path / "kit"
    kit.mkdir()
    for name in ("pyproject.toml", "requirements.lock", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, kit)
    for name in ("src", "notebooks"):
        shutil.copytree(ROOT / name, kit / name, ignore=shutil.ignore_patterns("__pycache__"))
    # What nobody imports is not compiled: that takes as long as the rest.
    pip = [kit / "env" / "bin" / "python", "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-compile"]
    subprocess.run([python, "-m", "venv", kit / "env"], check=True)
    subprocess.run([*pip, "--require-hashes", "-r", kit / "requirements.lock"], check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "-e", kit], check=True)
    other = make(tmp_path / "project")
    subprocess.run([kit / "env" / "bin" / "nianbao", "build"], cwd=other, check=True, capture_output=True)
    assert without_manifest(other) == without_manifest(built)
    then, now = (json.loads(read(folder, "shili-jyj/2019/manifest.json"))["parts"] for folder in (built, other))
    assert {name for name in then if then[name] != now[name]} == {"environment"}


def without_manifest(project):
    return {name: data for name, data in outputs(project).items() if "manifest" not in name}


def read(project, name):
    return (project / "outputs" / name).read_text("utf-8")
