"""How a batch is steered and watched: tried again, ended early, logged, told as events, taken outcome by outcome."""

import contextlib
import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import nbformat
import psutil
import pytest
from nbformat.v4 import new_code_cell, new_notebook

import nianbao as kit
from machine import LINUX, POSIX, ROOT_ON_LINUX
from nianbao.run.store.local import LocalStore
from nianbao.state import State
from project import ENGLISH, ROOT, add_cell, command, edit, make, nianbao, outputs
from stores import FatalStore, FullStore

pytestmark = [pytest.mark.slow, POSIX]
YEARS = ("2019", "2020", "2021")
HTML = ("build", "--to", "html")
# A cell that fails until it has been tried so many times.
FLAKY = (
    "import os, pathlib\ntries = pathlib.Path(params_dir, '..', f'tries-{{year}}')\n"
    "with tries.open('a') as file: file.write('x')\n"
    "if year == 2020 and tries.stat().st_size < {times}: {fails}"
)


@pytest.fixture
def project(tmp_path):
    return make(tmp_path, YEARS)


def reports(*words, cwd, code=0):
    """The reports of a JSON summary, by name."""
    found = json.loads(nianbao(*HTML, *words, "--format", "json", cwd=cwd, code=code)[0])["reports"]
    return {one["name"].removeprefix("shili-jyj/"): one for one in found}


def events(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def told(found):
    return [(one["event"], one.get("name", "").removeprefix("shili-jyj/"), one.get("attempt", 0)) for one in found]


@pytest.mark.parametrize("fails", ["1 / 0", "os._exit(7)"])
def test_a_report_that_fails_is_tried_again_in_a_new_process(tmp_path, fails):
    project = make(tmp_path)
    add_cell(project, FLAKY.format(times=3, fails=fails))
    found = reports("--retries", 1, cwd=project, code=1)
    assert {name: (one["state"], one["attempts"]) for name, one in found.items()} == {
        "2019": ("published", 1),
        "2020": ("failed", 2),
    }
    out, err = nianbao(*HTML, "--retries", 1, cwd=project)
    assert "2020 第 1 次已发布" not in out
    (project / "tries-2020").unlink()
    add_cell(project, FLAKY.format(times=3, fails=fails) + "\n")
    out, err = nianbao(*HTML, "--retries", 2, cwd=project)
    assert "shili-jyj/2020 第 3 次已发布" in out
    assert re.findall(r"shili-jyj/(\d+) 失败（第 (\d) 次），再试", err) == [("2020", "1"), ("2020", "2")]
    assert not (project / "outputs" / ".failed" / "shili-jyj" / "2020").exists()
    assert (project / "tries-2019").read_text() == "xxx"  # once in each build: nothing else is tried again


def test_what_its_data_block_is_not_tried_again(project):
    edit(project / "params" / "shili-jyj" / "2020" / "report.yaml", "signature:", "# signature:")
    found = reports("--retries", 5, cwd=project, code=1)
    assert {name: (one["state"], one["attempts"]) for name, one in found.items()} == {
        "2019": ("published", 1),
        "2020": ("blocked", 0),
        "2021": ("published", 1),
    }
    assert {one["attempts"] for name, one in reports(cwd=project, code=1).items() if name != "2020"} == {0}
    # Nor is a notebook that shows a report with errors: what it shows is known only when it has run.
    cells = [new_code_cell('bureau = ""\nparams_dir = ""', metadata={"tags": ["parameters"]})]
    cells += [new_code_cell("from nianbao import load\nload(bureau, 2020, params_dir)")]
    nbformat.write(new_notebook(cells=cells), project / "notebooks" / "shows.ipynb")
    words = ("--notebook", "notebooks/shows.ipynb", "--bureau", "shili-jyj", "--retries", 5)
    [found] = reports(*words, cwd=project, code=1).values()
    assert (found["state"], found["attempts"]) == ("blocked", 1)


def test_of_a_report_that_goes_on_failing_the_number_of_attempts_is_said(project):
    add_cell(project, "1 / 0 if year == 2020 else 0")
    out, _ = nianbao(*HTML, "--retries", 1, cwd=project, code=1, **ENGLISH)
    assert "shili-jyj/2020 failed after 2 attempts: annual_report.ipynb, cell 4" in out


@pytest.mark.parametrize("words", [("--retries", "-1"), ("--retries", "101"), ("--retries", "two")])
def test_a_number_of_retries_that_is_none_is_refused(project, words):
    assert "--retries" in nianbao(*HTML, *words, cwd=project, code=2)[1]


def test_the_first_failure_ends_the_batch_and_the_rest_is_said_to_be_not_done(project):
    add_cell(project, "1 / 0 if year == 2020 else 0")
    out, _ = nianbao(*HTML, "--fail-fast", "--jobs", 1, cwd=project, code=1, **ENGLISH)
    assert "not done, because --fail-fast ended the batch (1): shili-jyj/2021\n" in out
    assert "3 in all: published 1, failed 1, due 1" in out
    assert out.count("shili-jyj/2021") == 1
    assert (project / "outputs" / "shili-jyj" / "2019" / "report.html").exists()
    assert not (project / "outputs" / "shili-jyj" / "2021").exists()
    assert listed(project) == [("2021", "未生成"), ("2020", "失败"), ("2019", "已发布")]


def test_a_blocked_report_ends_the_batch_before_anything_is_built(project):
    nianbao(*HTML, "--year", 2019, cwd=project)
    edit(project / "params" / "shili-jyj" / "2020" / "report.yaml", "signature:", "# signature:")
    found = reports("--fail-fast", cwd=project, code=1)
    assert {name: one["state"] for name, one in found.items()} == {"2019": "current", "2020": "blocked", "2021": "due"}
    assert found["2021"]["message"] == "没有做：--fail-fast 提前结束了整批"
    assert not (project / "outputs" / "shili-jyj" / "2021").exists()


def test_no_report_is_looked_at_after_a_blocked_one(project):
    edit(project / "params" / "shili-jyj" / "2020" / "report.yaml", "signature:", "# signature:")
    seen = []

    class Seen(kit.Watch):
        def checked(self, verdict):
            seen.append(verdict.id.year)

    kit.build(project / "params", fail_fast=True, limits=kit.Limits(workers=1), watch=Seen())
    assert seen == [2019, 2020]


def test_what_still_runs_when_the_batch_ends_is_dropped_at_once(project):
    note = "open(params_dir + f'/../pid-{year}', 'w').write(str(os.getpid()))"
    wait = "while year == 2020 and not os.path.exists(params_dir + '/../pid-2019'): time.sleep(0.01)"
    add_cell(project, f"import os, time\n{note}\n{wait}\n1 / 0 if year == 2020 else time.sleep(600 * (year == 2019))")
    start = time.monotonic()
    found = reports("--fail-fast", "--jobs", 2, cwd=project, code=1)
    assert time.monotonic() - start < 200
    assert {name: (one["state"], one["attempts"]) for name, one in found.items()} == {
        "2019": ("due", 1),
        "2020": ("failed", 1),
        "2021": ("due", 0),
    }
    assert not psutil.pid_exists(int((project / "pid-2019").read_text()))
    left = [path.name for path in (project / "outputs").rglob(".nianbao-*") if path.name != ".nianbao-lock"]
    assert left == []


def test_a_batch_without_failures_is_not_ended(project):
    found = reports("--fail-fast", cwd=project)
    assert {one["state"] for one in found.values()} == {"published"}


def test_what_the_cells_of_good_reports_print_is_kept_apart_from_what_is_published(tmp_path):
    project = make(tmp_path)
    add_cell(project, "import os\nprint('第一句')\nos.system('echo 第二句')\nprint(os.getcwd())")
    nianbao(*HTML, cwd=project)
    assert not (project / "outputs" / ".logs").exists()
    plain = outputs(project)
    found = reports("--force", "--log-output", cwd=project)
    assert outputs(project) == plain
    places = {name: project / "outputs" / ".logs" / "shili-jyj" / f"{name}.log" for name in found}
    assert {name: one["log"] for name, one in found.items()} == {name: str(place) for name, place in places.items()}
    texts = {name: place.read_text("utf-8") for name, place in places.items()}
    assert all(re.search("── cell 4: import os\n第一句\n第二句\n", text) for text in texts.values())
    assert str(project) not in "".join(texts.values())
    reports("--force", "--log-output", "--jobs", 1, cwd=project)
    assert texts == {name: place.read_text("utf-8") for name, place in places.items()}
    assert "不是 nianbao 生成" not in nianbao("plan", "--to", "html", cwd=project)[0]
    assert nianbao("verify", cwd=project)
    # One that is not asked for would be of another run than what is published.
    found = reports("--force", "--year", 2020, cwd=project)
    assert found["2020"]["log"] == ""
    assert [name for name, place in places.items() if place.exists()] == ["2019"]


@ROOT_ON_LINUX
def test_a_log_that_cannot_be_kept_costs_no_report(project):
    (project / "outputs").mkdir()
    (project / "outputs" / ".logs").write_text("mine")
    out, _ = nianbao(*HTML, "--log-output", cwd=project, **ENGLISH)
    assert out.count("what its cells printed could not be kept: ") == 3
    assert "3 in all: published 3" in out


def test_an_outcome_tells_files_and_hashes_and_the_state_in_both_languages(project):
    edit(project / "params" / "shili-jyj" / "2020" / "report.yaml", "signature:", "# signature:")
    first, again = (reports(cwd=project, code=1) for _ in range(2))
    drafted = reports("--draft", cwd=project)
    for found, state, label in ((first, "published", "已发布"), (again, "current", "未变")):
        folder = project / "outputs" / "shili-jyj" / "2019"
        made = {path for path in folder.iterdir() if path.name.startswith("report.")}
        assert found["2019"]["outputs"] == {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in made}
        assert (found["2019"]["state"], found["2019"]["label"]) == (state, label)
        assert (found["2020"]["state"], found["2020"]["outputs"]) == ("blocked", {})
    made = drafted["2020"]["outputs"]
    assert {Path(path).name for path in made} == {f"report-draft.{name}" for name in ("html", "ipynb", "json")}
    assert made == {path: hashlib.sha256(Path(path).read_bytes()).hexdigest() for path in made}


def test_events_are_told_as_they_happen(project):
    add_cell(project, FLAKY.format(times=2, fails="1 / 0") + "\nimport time\ntime.sleep(3 * (year == 2021))")
    edit(project / "params" / "shili-jyj" / "2019" / "report.yaml", "signature:", "# signature:")
    path, seen = project / "events.jsonl", []

    def watch():
        while not done.is_set():
            with contextlib.suppress(FileNotFoundError):
                seen.append(told(events(path)))
            done.wait(0.05)

    done = threading.Event()
    watching = threading.Thread(target=watch)
    watching.start()
    nianbao(*HTML, "--events", path, "--retries", 1, "--jobs", 1, cwd=project, code=1)
    done.set()
    watching.join()
    found = events(path)
    assert told(found) == [
        ("batch_begun", "", 0),
        ("phase_begun", "", 0),
        ("report_ended", "2019", 0),
        ("phase_begun", "", 0),
        ("report_begun", "2020", 1),
        ("report_retried", "2020", 1),
        ("report_begun", "2020", 2),
        ("report_ended", "2020", 0),
        ("report_begun", "2021", 1),
        ("report_ended", "2021", 0),
        ("batch_ended", "", 0),
    ]
    assert told(found)[:9] in seen  # while 2021 was running
    first, last = found[0], found[-1]
    assert (first["total"], first["nianbao"]) == (3, kit.__version__)
    assert (last["exit_code"], last["states"], last["message"]) == (1, {"blocked": 1, "published": 2}, "")
    assert Path(last["index"]) == project / "outputs" / "index.html"
    ended = [one for one in found if one["event"] == "report_ended"]
    assert [(one["state"], one["attempts"]) for one in ended] == [("blocked", 0), ("published", 2), ("published", 1)]
    assert set(ended[1]["outputs"]) == {str(path) for path in (project / "outputs/shili-jyj/2020").glob("report.*")}
    times = [one["time"] for one in found]
    assert times == sorted(times)
    # The next batch writes its own events in their place.
    nianbao(*HTML, "--events", path, cwd=project, code=1)
    assert [one["state"] for one in events(path) if one["event"] == "report_ended"] == ["current", "current", "blocked"]


def test_the_page_lists_every_event_and_field_and_no_other(project):
    add_cell(project, FLAKY.format(times=2, fails="1 / 0"))
    nianbao(*HTML, "--events", "events.jsonl", "--retries", 1, cwd=project)
    fields = {}
    for one in events(project / "events.jsonl"):
        fields.setdefault(one["event"], set()).update(one.keys() - {"event", "time"})
    page = (ROOT / "docs" / "api.md").read_text("utf-8").partition("## Events\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \| .*? \| (.*?) \|$", page, re.M)
    outcome = re.findall("`(\\w+)`", page.partition("An outcome")[2].partition("\n\n")[0])
    listed = {event: {*re.findall("`(\\w+)`", text)} for event, text in rows}
    listed["report_ended"] |= {*outcome}
    assert listed.pop("reports_rebuilt") == {"count"}  # clusters only: see tests/run/test_cluster.py
    assert listed == fields


def test_events_go_to_stdout_when_asked_and_the_summary_does_not(project):
    out, err = nianbao(*HTML, "--events", "-", cwd=project)
    assert [json.loads(line)["event"] for line in out.splitlines()][::11] == ["batch_begun"]
    assert json.loads(out.splitlines()[-1])["event"] == "batch_ended"
    assert "共 3 份：已发布 3" in err
    assert "--events" in nianbao(*HTML, "--events", "-", "--format", "json", cwd=project, code=2)[1]


def test_a_file_that_cannot_take_events_is_refused_before_anything_starts(project):
    (project / "notes.txt").write_text("mine", "utf-8")
    (project / "folder").mkdir()
    targets = {"nowhere/events.jsonl": "写不了 nowhere", "folder": "写不了 folder", "notes.txt": "里面不是事件记录"}
    for target, said in targets.items():
        assert said in nianbao(*HTML, "--events", target, cwd=project, code=2)[1]
    assert not (project / "outputs").exists()
    assert (project / "notes.txt").read_text("utf-8") == "mine"


@pytest.mark.parametrize("name", ["params/shili-jyj/2020/notes.md", "notebooks/helpers.py", "params/formats/city.yaml"])
def test_an_input_file_takes_no_events_though_it_is_empty(project, name):
    path = project / name
    path.parent.mkdir(exist_ok=True)
    path.touch()
    assert "里面不是事件记录" in nianbao(*HTML, "--events", name, cwd=project, code=2)[1]
    assert not (project / "outputs").exists()
    assert path.read_bytes() == b""


def test_a_reader_of_the_events_that_goes_away_is_said_and_stops_nothing(project):
    add_cell(project, "import time\ntime.sleep(1)")
    words = (*HTML, "--jobs", 1, "--events", "-")
    with subprocess.Popen(command(*words), cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        run.stdout.readline()
        run.stdout.close()
        said = run.stderr.read()
    assert run.returncode == 1
    assert said.count("- 写不下去了") + said.count("- cannot be written any more") == 1
    assert "Exception" not in said
    assert listed(project) == [("2021", "已发布"), ("2020", "已发布"), ("2019", "已发布")]


def test_a_second_build_leaves_the_events_of_the_first_alone(project):
    add_cell(project, "import time\ntime.sleep(1)")
    with subprocess.Popen(command(*HTML, "--events", "e.jsonl"), cwd=project, stderr=subprocess.DEVNULL) as first:
        while not (project / "e.jsonl").is_file() or not (project / "e.jsonl").stat().st_size:
            time.sleep(0.02)
        assert "另用一个文件" in nianbao(*HTML, "--events", "e.jsonl", cwd=project, code=75)[1]
        first.wait(180)
    assert [event["event"] for event in events(project / "e.jsonl")][:: len(events(project / "e.jsonl")) - 1] == [
        "batch_begun",
        "batch_ended",
    ]


@LINUX
def test_a_full_disk_is_said_before_anything_starts_and_one_that_gets_full_stops_nothing(project, tmp_path):
    err = nianbao(*HTML, "--events", "/dev/full", cwd=project, code=2)[1]
    assert "写不了 /dev/full" in err
    assert "any more" not in err
    assert not (project / "outputs").exists()
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    run = subprocess.Popen(command(*HTML, "--events", pipe), cwd=project, stderr=subprocess.PIPE, text=True)
    with pipe.open("r") as reader:
        assert json.loads(reader.readline())["event"] == "batch_begun"
    _, err = run.communicate(timeout=180)
    assert run.returncode == 1
    assert err.count("cannot be written any more") == 1
    assert len(list((project / "outputs").glob("shili-jyj/*/report.html"))) == 3


def test_events_of_a_stopped_batch_end_with_its_exit_code(project):
    add_cell(project, "import time\ntime.sleep(600)")
    path = project / "events.jsonl"
    run = subprocess.Popen(command(*HTML, "--events", path), cwd=project, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 120
    while "report_begun" not in (path.read_text("utf-8") if path.exists() else "") and time.monotonic() < deadline:
        time.sleep(0.05)
    run.terminate()
    assert run.wait(180) == 143
    last = events(path)[-1]
    assert (last["event"], last["exit_code"]) == ("batch_ended", 143)
    assert "SIGTERM" in last["message"]


def listed(project):
    """The reports of the index with their states, the latest year first."""
    index = (project / "outputs" / "index.html").read_text("utf-8")
    return re.findall(r'<th scope="row">(\d+)<td>.*?<td class="\w+">(\w+)', index)


AFTER_ONE = [("2021", "未生成"), ("2020", "未生成"), ("2019", "已发布")]


def test_what_is_finished_is_in_the_index_of_a_stopped_batch(project):
    add_cell(project, "import time\ntime.sleep(600 * (year == 2020))")
    words = (*HTML, "--jobs", 1, "--events", "-")
    with subprocess.Popen(command(*words), cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        for line in run.stdout:
            if told([json.loads(line)]) == [("report_begun", "2020", 1)]:
                run.send_signal(signal.SIGINT)
        said = run.stderr.read()
    assert run.returncode == 130
    assert "index could not be written" not in said
    assert said.endswith("3 in all, published 1, not done 2; the next build does them\n")
    assert listed(project) == AFTER_ONE


class Stops(kit.Watch):
    """A watch that fails as soon as a report has ended."""

    def __init__(self, error):
        self.error = error

    def ended(self, outcome):
        raise self.error


def test_a_report_whose_process_is_killed_after_it_has_published_is_no_failure(project):
    built = kit.build(project / "params", FatalStore(project / "outputs"), to="html", limits=kit.Limits(workers=2))
    assert [outcome.state for outcome in built.outcomes] == [State.PUBLISHED] * len(built.outcomes)
    assert built.is_good
    assert LocalStore(project / "outputs").failures() == []


@pytest.mark.parametrize("error", [KeyError("mine"), KeyboardInterrupt()])
def test_what_is_finished_is_in_the_index_when_a_watch_fails(project, error):
    with pytest.raises(type(error)) as caught:
        kit.build(project / "params", to="html", limits=kit.Limits(workers=1), watch=Stops(error))
    assert not hasattr(caught.value, "__notes__")
    assert listed(project) == AFTER_ONE
    # Where it cannot be written, that is said with what ended the batch.
    full = FullStore(project / "outputs")
    with pytest.raises(type(error)) as caught:
        kit.build(project / "params", full, to="html", force=True, limits=kit.Limits(workers=1), watch=Stops(error))
    assert "index" in caught.value.__notes__[0]


def test_an_iterator_that_is_open_when_the_interpreter_ends_ends_quietly_with_its_processes(project):
    add_cell(
        project,
        "import os, time\nopen(params_dir + '/../pid', 'w').write(str(os.getpid()))\ntime.sleep(600 * (year == 2020))",
    )
    script = (
        "import nianbao, time, pathlib\n"
        "outcomes = nianbao.outcomes('params', to='html', limits=nianbao.Limits(workers=1))\n"
        "print(next(outcomes).id)\n"
        "kept = [outcomes]\n"
    )
    words = [sys.executable, "-X", "dev", "-c", script]
    done = subprocess.run(words, cwd=project, capture_output=True, text=True, check=False, timeout=180)
    assert (done.returncode, done.stdout, done.stderr) == (0, "shili-jyj/2019\n", "")
    assert not psutil.pid_exists(int((project / "pid").read_text()))
    assert listed(project) == AFTER_ONE


def test_outcomes_come_as_reports_end(project):
    add_cell(project, "import time\ntime.sleep(3 * (year == 2021))")
    kit.build(project / "params", to="html", years=2019)
    seen = {}
    for outcome in kit.outcomes(project / "params", to="html", limits=kit.Limits(workers=1)):
        there = (project / "outputs" / "shili-jyj" / "2021" / "report.html").exists()
        seen[str(outcome.id)] = (outcome.state.code, there)
    assert seen == {
        "shili-jyj/2019": ("current", False),
        "shili-jyj/2020": ("published", False),
        "shili-jyj/2021": ("published", True),
    }


def test_the_iterator_gives_what_build_returns_at_its_end(project):
    values, given = [], []

    def running():
        values.append((yield from kit.outcomes(project / "params", to="html")))

    given += running()
    [built] = values
    assert isinstance(built, kit.Built)
    assert built.is_good
    assert [str(one.id) for one in built.outcomes] == [f"shili-jyj/{year}" for year in YEARS]
    assert {one.id for one in given} == {one.id for one in built.outcomes}


def test_leaving_the_loop_ends_the_batch_and_what_is_finished_is_in_the_index(project):
    note = "open(params_dir + f'/../pid-{year}', 'w').write(str(os.getpid()))"
    wait = "while year == 2019 and not os.path.exists(params_dir + '/../pid-2020'): time.sleep(0.01)"
    add_cell(project, f"import os, time\n{note}\n{wait}\ntime.sleep(600 * (year == 2020))")
    before = {child.pid for child in psutil.Process().children(recursive=True)}
    with contextlib.closing(kit.outcomes(project / "params", to="html", limits=kit.Limits(workers=2))) as outcomes:
        for outcome in outcomes:
            assert (str(outcome.id), outcome.state.code) == ("shili-jyj/2019", "published")
            break
    assert not psutil.pid_exists(int((project / "pid-2020").read_text()))
    assert not (project / "pid-2021").exists()
    left = [one for one in psutil.Process().children(recursive=True) if one.pid not in before]
    assert [one for one in left if "forkserver" not in str(one.cmdline()) and "tracker" not in str(one.cmdline())] == []
    assert listed(project) == AFTER_ONE
    # The outputs are free for the next build.
    assert kit.build(project / "params", to="html", years=2019).is_good


def test_an_iterator_that_nobody_begins_does_nothing_and_wrong_usage_is_said_at_once(project):
    kit.outcomes(project / "params").close()
    assert not (project / "outputs").exists()
    with pytest.raises(kit.UsageError, match="1999"):
        kit.outcomes(project / "params", years=1999)


def test_a_run_that_failed_last_stays_in_the_index_until_it_is_built_well(tmp_path):
    """Also while other notebooks and reports are built; `plan` names nothing of it as a stranger's."""
    project = make(tmp_path, ("2019",))
    cells = [new_code_cell("x = 1", metadata={"tags": ["parameters"]}), new_code_cell("assert x != 2\nx")]
    for name in ("a", "b"):
        nbformat.write(new_notebook(cells=cells, metadata={"lang": "en"}), project / "notebooks" / f"{name}.ipynb")
    about = {"params": project / "params", "to": "html", "limits": kit.Limits(workers=1)}

    def run(name, *values, **more):
        rows = [{"x": value} for value in values]
        built = kit.build(**about, notebook=project / "notebooks" / f"{name}.ipynb", rows=rows, **more)
        return [outcome.state.code for outcome in built.outcomes]

    def rows():
        index = (project / "outputs" / "index.html").read_text("utf-8")
        found = re.findall(r'<small>(\d)</small><td class="\w+">(\w+)<td>\w*<td><td>(.*)', index)
        return [(over, state, *re.findall('.failed/[^"]*', links)) for over, state, links in found]

    assert run("a", 2) == ["failed"]
    lost = ("2", "失败", ".failed/notebooks/a/2/traceback.txt")
    assert rows() == [lost]
    assert kit.plan(project / "params").strangers == ()
    assert run("b", 1) == ["published"]
    assert rows() == [lost, ("1", "已发布")]
    kit.build(**about)
    assert rows() == [lost, ("1", "已发布")]
    assert kit.verify(project / "params").is_good
    add_cell(project, "1 / 0", "notebooks/annual_report.ipynb")
    kit.build(**about)  # a report that failed last as well
    assert run("b", 1) == ["current"]
    index = (project / "outputs" / "index.html").read_text("utf-8")
    assert ".failed/shili-jyj/2019/traceback.txt" in index
    edit(project / "notebooks" / "a.ipynb", "assert x != 2", "")
    assert run("a", 2) == ["published"]
    assert rows() == [("2", "已发布"), ("1", "已发布")]
