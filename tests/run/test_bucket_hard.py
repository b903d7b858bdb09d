"""Builds into a bucket under all that can go wrong: kills, a store that stalls, a build that takes over, other machines."""

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from buckets import proxied
from gates import LONGEST, Gate
from machine import POSIX
from nianbao.digests import digest
from nianbao.errors import UsageError
from nianbao.inputs.select import select
from nianbao.job_id import ReportId
from nianbao.run import workplace
from nianbao.run.asked import jobs_asked, options_of
from nianbao.run.store.address import Address
from nianbao.run.store.bucket import BucketStore
from nianbao.run.store.objects import Objects
from nianbao.run.work import run_job
from nianbao.state import State
from project import CHINESE, add_cell, edit, housed, make, nianbao, outputs
from publishers import publisher

pytestmark = [POSIX, pytest.mark.slow]
# The command with a lease that is over soon: who waits for a killed build waits so long.
SCRIPT = "import sys; from nianbao.run.store import bucket; bucket.LEASE = {}; from nianbao.command import main; "
SCRIPT += "sys.exit(main.main())"


@pytest.fixture(scope="module")
def built(once):
    """A project that has been built into a folder; to be read only."""
    return once("built-html", lambda folder: nianbao("build", "--to", "html", cwd=make(folder)))[0]


def started(*words, cwd, lease=1.0, **environment):
    command = [sys.executable, "-c", SCRIPT.format(lease), *map(str, words)]
    return subprocess.Popen(
        command, cwd=cwd, env=os.environ | CHINESE | environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, encoding="utf-8", start_new_session=True,
    )  # fmt: skip


def ended(process, code=0):
    """What it says when it has ended."""
    out = process.communicate(timeout=LONGEST)[0]
    assert process.returncode == code, out
    return out


def done(*words, cwd, code=0, **more):
    return ended(started(*words, cwd=cwd, **more), code)


def are_there(temporary):
    """Whether a process runs whose folder for temporary files this is."""
    for one in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if one.environ().get("TMPDIR") == str(temporary):
                return True
    return False


def store_at(bucket, work):
    return BucketStore(Objects(Address("s3", f"{bucket.name}/outputs")), work)


def untrue(store):
    """What a reader would trust, and is not as its manifest says."""
    store.seen.forget()
    return [one for one in store.ids() if store.manifest(one) and not store.manifest(one, deep=True)]


class Kills:
    """What kills at seeded moments leave in a bucket; every look at it is kept for the next kill."""

    def __init__(self, bucket, work, job):
        self.bucket, self.store, self.job, self.chance = bucket, store_at(bucket, work), f"{job}/", random.Random(30)
        self.before, self.halves, self.new, self.broken = bucket.published(), 0, 0, []

    @contextlib.contextmanager
    def at_a_moment(self, proxy):
        """Within the context somebody publishes the job; it ends at a moment after the first file has gone up."""
        begun = threading.Event()

        def before(method, path):
            if method == "PUT" and self.job in path:
                proxy.delay = 0.1
                begun.set()

        proxy.delay, proxy.before = 0.0, before
        yield
        assert begun.wait(LONGEST)
        time.sleep(self.chance.uniform(0.0, 0.9))

    def look(self, proxy):
        """What is trusted is as before, or all of the job as after."""
        proxy.delay = 0.0
        while proxy.now:  # what had gone to the store goes on there
            time.sleep(0.01)
        found = self.bucket.objects()
        after = self.bucket.published(found=found)
        changed = {name for name in {*self.before, *after} if self.before.get(name) != after.get(name)}
        mine = {name for name in self.before if name.startswith(self.job)}
        self.broken += [] if {*after} == {*self.before} and changed <= mine else [sorted(changed)]
        self.broken += untrue(self.store)
        folders = {name.split("/")[2] for name in found if name.startswith(self.job) and name.count("/") == 3}
        self.halves += len(folders) > 1 and not changed
        self.new += bool(changed)
        self.before = after


@pytest.mark.long
def test_kills_at_seeded_moments_leave_nothing_half_that_is_trusted(bucket, tmp_path, counted):
    """Each kill hits a process that publishes a changed report, mostly while files go up: what is trusted is whole."""
    one, other = ReportId("shili-jyj", 2020), ReportId("shili-jyj", 2019)
    with (
        proxied(bucket.endpoint) as proxy,
        publisher(bucket.address(), tmp_path, {"AWS_ENDPOINT_URL": proxy.endpoint}) as (begin, ended),
    ):
        for job in (one, other):
            begin(job, "before")
            assert ended() == 0
        kills = Kills(bucket, tmp_path, one)
        for number in range(7):
            with kills.at_a_moment(proxy):
                child = begin(one, f"{number}")
            os.kill(child, signal.SIGKILL)
            ended()
            kills.look(proxy)
        proxy.before = lambda method, path: None
        begin(one, "after")
        assert ended() == 0
    kills.look(proxy)
    assert all(b"after" in raw for name, raw in kills.before.items() if name.startswith(f"{one}/report."))
    counted(f"kills of what publishes into a bucket: 7, in mid-upload: {kills.halves}, broken: {len(kills.broken)}")
    assert kills.broken == []
    assert kills.halves >= 2


@pytest.mark.long
def test_kills_of_the_command_leave_nothing_half_and_no_process_that_goes_on(bucket, tmp_path, temporary, counted):
    project = make(tmp_path / "p")
    words = ("build", "--to", "html", "--outputs", bucket.address())
    with proxied(bucket.endpoint) as proxy:
        far = {"AWS_ENDPOINT_URL": proxy.endpoint, "TMPDIR": str(temporary)}
        nianbao(*words, cwd=project)
        kills = Kills(bucket, tmp_path, "shili-jyj/2020")
        for number in range(3):
            edit(project / "params/shili-jyj/2020/narrative.md", "\n## 一", f"\n第{number}次。\n\n## 一")
            with kills.at_a_moment(proxy):
                process = started(*words, cwd=project, **far)
            process.kill()
            process.wait()
            process.stdout.close()
            until = time.monotonic() + LONGEST  # its processes end with it
            while are_there(temporary):
                assert time.monotonic() < until
                time.sleep(0.2)
            kills.look(proxy)
        proxy.before = lambda method, path: None
        out = done(*words, cwd=project, **far)
    nianbao("build", "--to", "html", cwd=project)
    assert bucket.published() == outputs(project), out
    counted(f"kills of builds into a bucket: 3, in mid-upload: {kills.halves}, broken: {len(kills.broken)}")
    assert kills.broken == []


def test_a_store_that_refuses_every_fifth_request_and_is_slow_gets_all_reports(built, bucket):
    with proxied(bucket.endpoint) as proxy:
        proxy.refused, proxy.delay = 0.2, 0.05
        done("build", "--to", "html", "--outputs", bucket.address(), cwd=built, AWS_ENDPOINT_URL=proxy.endpoint, lease=10)
        assert bucket.published() == outputs(built)


def test_of_two_builds_at_once_one_gets_the_store_and_the_other_says_so(bucket, tmp_path):
    project = make(tmp_path / "p")
    gate = Gate(project, tmp_path / "gate")
    words = ("build", "--to", "html", "--outputs", bucket.address())
    first = started(*words, cwd=project, lease=10, **gate.environment)
    gate.wait_for("2020", first)
    assert "正由另一次生成（" in nianbao(*words, cwd=project, code=75)[1]
    gate.open("2019", "2020")
    ended(first)
    nianbao("build", "--to", "html", cwd=project)
    assert bucket.published() == outputs(project)


def test_a_build_that_stalls_is_taken_over_and_publishes_nothing_more(bucket, tmp_path):
    project = make(tmp_path / "p")
    words = ("build", "--to", "html", "--outputs", bucket.address(), "--jobs", 1)
    gate = Gate(project, tmp_path / "gate")
    stalled = started(*words, cwd=project, **gate.environment)
    gate.wait_for("2019", stalled)
    os.kill(stalled.pid, signal.SIGSTOP)
    try:
        done(*words, cwd=project)
        before = bucket.objects()
    finally:
        gate.open("2019", "2020")
        os.kill(stalled.pid, signal.SIGCONT)
    out = ended(stalled, 1)
    assert "另一次生成已经接管了" in out
    assert "没有做：" in out
    assert "共 2 份：" in out
    assert bucket.objects() == before
    assert untrue(store_at(bucket, tmp_path)) == []


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of what the cells import, in this process
def test_a_job_on_another_machine_fetches_what_it_needs_and_makes_the_same_bytes(built, bucket):
    for part in ("params", "notebooks"):
        bucket.copy_in(built / part, f"home/{part}")
    bucket.put("home/params/shili-andere/2019/narrative.md", b"")
    bucket.put("home/params/shili-andere/bureau.yaml", "name: 示例市别的局\nlevel: 市\n".encode())
    options = options_of(bucket.address("home/params"), bucket.address(), "html", None)
    jobs = jobs_asked(options, None, None, "shili-jyj", ())[0]
    work = options.origin.work
    shutil.rmtree(work)  # as on a machine where nobody has fetched anything
    with options.store.locked():
        found = [run_job(job) for job in jobs]
    assert [one.state for one in found] == [State.PUBLISHED] * 2, [one.message for one in found]
    assert bucket.published() == outputs(built)
    here = sorted(path.relative_to(work).as_posix() for path in work.rglob("*.*") if path.is_file())
    assert "params/shili-jyj/2019/narrative.md" in here
    assert not [name for name in here if "shili-andere/2019" in name]
    for job in jobs:
        job.options.origin.bring(job)  # nothing more happens
    bucket.put("home/params/shili-jyj/2020/narrative.md", b"#")
    workplace.leave(work)
    assert not work.exists()
    with pytest.raises(UsageError, match="is not as it was when"):
        jobs[1].options.origin.bring(jobs[1])


@pytest.mark.parametrize("reads_more", [False, True])
def test_a_notebook_that_may_read_more_gets_everything(bucket, tmp_path, reads_more):
    project = make(tmp_path / "p")
    if reads_more:
        add_cell(project, "import pandas as pd\npd.read_csv(f'{params_dir}/sales.csv')")
    for part in ("params", "notebooks"):
        bucket.copy_in(project / part, f"home/{part}")
    bucket.put("home/params/sales.csv", b"2024")
    options = options_of(bucket.address("home/params"), bucket.address(), "html", None)
    [job, *_] = jobs_asked(options, None, None, "shili-jyj", ())[0]
    shutil.rmtree(options.origin.work)  # as on a machine where nobody has fetched anything
    job.options.origin.bring(job)
    assert (options.origin.work / "params" / "sales.csv").exists() == reads_more


HOSTILE = ["../hostile", "shili-jyj/../../hostile", "a/./b", "//etc/passwd", "a\x01b", "a" * 300, "shili-jyj", "a//附件.pdf"]


@pytest.mark.parametrize("name", HOSTILE)
def test_an_object_under_a_name_that_no_folder_can_hold_is_refused_and_written_nowhere(bucket, tmp_path, monkeypatch, name):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    bucket.put("home/params/shili-jyj/bureau.yaml", b"name: 1")
    bucket.system.call_s3("put_object", Bucket=bucket.name, Key=f"home/params/{name}", Body=b"x")
    with pytest.raises(UsageError, match="no folder can hold") as said:
        options_of(bucket.address("home/params"), bucket.address(), "html", None)
    assert "附件" in str(said.value) or "附件" not in name
    assert [path for path in tmp_path.rglob("*") if path.is_file() and path.name != workplace.OWNER] == []


def test_a_file_too_large_is_a_fault_of_its_report_and_is_not_fetched(built, bucket, tmp_path):
    bucket.copy_in(built / "params", "home/params")
    bucket.put("home/params/shili-jyj/2019/narrative.md", b"x" * (3 * 2**20))
    out, _ = nianbao("check", "--params", bucket.address("home/params"), cwd=tmp_path, code=1)
    assert "3.0 MiB，超过上限 2 MiB" in out


def test_nothing_is_left_on_this_machine(built, bucket, tmp_path, temporary):
    bucket.copy_in(built / "params", "home/params")
    words = ("--params", bucket.address("home/params"))
    with housed(TMPDIR=str(temporary)) as given:
        for command in ("plan", "check", "build", "verify"):
            nianbao(command, *words, *(("--to", "html") if command == "build" else ()), cwd=tmp_path, **given)
    assert [*tmp_path.iterdir(), *temporary.iterdir()] == []  # when its process has ended


def test_params_are_listed_by_what_is_in_the_bucket(built, bucket):
    bucket.copy_in(built / "params", "home/params")
    options = options_of(bucket.address("home/params"), None, "html", None)
    assert str(options.store.root) == bucket.address("home/outputs")
    assert [str(one.id) for one in select(options.params).reports] == ["shili-jyj/2019", "shili-jyj/2020"]
    assert digest((options.params / "shili-jyj" / "bureau.yaml").read_bytes()) == digest(
        (built / "params" / "shili-jyj" / "bureau.yaml").read_bytes()
    )


@pytest.mark.parametrize("lives", [True, False])
def test_the_working_folder_of_a_killed_build_goes_with_the_next_one_and_of_no_other(
    bucket, built, tmp_path, monkeypatch, lives
):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    script = (
        "import sys, time; from pathlib import Path; from nianbao.run.origin import Origin\n"
        "one = Origin.new(Path(sys.argv[1])); print(one.work, flush=True); time.sleep(600)"
    )
    words = [sys.executable, "-c", script, str(built / "params")]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as other:
        work = Path(other.stdout.readline().strip())
        os.utime(work, (1, 1))
        if not lives:
            other.kill()
            other.wait()
        options_of(str(built / "params"), bucket.address(), "html", None)
        assert (work.exists(), (built / "params" / "shili-jyj").is_dir()) == (lives, True)
        other.kill()
