"""The press beside the reports, and pandoc in it: what stays running never changes what is made."""

import contextlib
import inspect
import json
import multiprocessing
import os
import pickle
import re
import signal
import stat
import subprocess
import sys
import threading
import time
from dataclasses import replace
from decimal import Decimal
from functools import partial
from multiprocessing.reduction import send_handle
from pathlib import Path

import nbformat
import pytest

from machine import LINUX, POSIX
from nianbao.document.document import load
from nianbao.errors import RenderError
from nianbao.findings import Finding, Severity
from nianbao.render.pandoc import Pandoc
from nianbao.run import edition, helper, message, press
from nianbao.run.edition import Order, Ran
from nianbao.run.helper import Helper
from nianbao.run.job import Options
from nianbao.run.plan import jobs_of
from nianbao.run.pool import each
from nianbao.run.process import Limits
from nianbao.run.server import Starter
from nianbao.run.store.local import LocalStore
from nianbao.run.targets import targets_of
from nianbao.run.usage import Meter
from nianbao.statute.formats import library
from processes import alive, ask, idle, lost, tell
from project import add_cell, make, states
from published import executed, notebook, of

pytestmark = POSIX
TITLES = "# 标题\n\n### （一）小标题\n\n正文第{}段。\n\n- 甲\n- 乙"


def numbered(shown):
    """A notebook whose cells have the same ids each time."""
    for number, cell in enumerate(shown.cells):
        cell.id = f"cell-{number}"
    return shown


class Report:
    """An order and what ran, as a report's process hands them over, one before the other."""

    def __init__(self, order, executed):
        self.order, self.ran = order, Ran.of(numbered(executed))

    def ordered(self, pipe=None):
        return press.Ordered(self.order, pipe)

    def edition(self, pipe=None):
        return self.ordered(pipe).edition(self.ran, Meter())

    def made(self):
        return edition.made(self.order, self.ran, Meter())


@pytest.fixture
def ran(tmp_path):
    """What is handed over of a notebook of one's own that has run: it shows a text, in some formats."""
    (tmp_path / "params").mkdir()
    path = tmp_path / "own.ipynb"
    nbformat.write(of("字"), path)
    store, targets = LocalStore(tmp_path / "outputs"), targets_of(tmp_path / "params", path).targets

    def made(source, *formats):
        [job] = jobs_of(targets, Options(tmp_path / "params", store, formats or ("pdf",)))
        return Report(Order.of(job, tmp_path, {}, b""), notebook(source))

    return made


def files(one, pipe=None):
    """The files of an edition that a report's process asks for: from a press, which makes them, or else made here."""
    with pytest.MonkeyPatch.context() as here:
        if pipe:
            here.setattr(press, "made", None)
        return one.edition(pipe).files


@pytest.fixture
def loaded(tmp_path):
    """What is handed over of a report with findings, in its own notebook."""
    project = make(tmp_path, ("2019",))
    params, store = project / "params", LocalStore(project / "outputs")
    [job] = jobs_of(targets_of(params).targets, Options(params, store, ("html", "pdf")))
    kept = pickle.dumps(load("shili-jyj", 2019, params))
    stage = project / "outputs" / "shili-jyj" / "stage"
    stage.mkdir(parents=True)
    return Report(Order.of(job, stage, {}, kept), executed(params, job.report))


@pytest.fixture(scope="module")
def pressing():
    """A press in a process of its own, that gives pipes to it: to start one takes more than what is asked of it here."""
    one = Helper(Starter("nianbao.run.press", Limits(start_method="spawn")), partial(press.serve, ["pdf"], None))
    yield one
    one.end()


@pytest.fixture
def press_process(pressing, monkeypatch):
    """That press; however slowly it starts, or starts again, it is waited for."""
    monkeypatch.setattr(helper, "PATIENCE", 300)
    return pressing


def test_the_press_makes_the_files_of_every_report_as_its_own_process_does(press_process, ran):
    asked = [ran(TITLES.format(number), "html", "pdf", "docx") for number in range(2)]
    pipes = [press_process.pipe() for _ in asked]
    made = [files(one, pipe) for one, pipe in zip(asked, pipes, strict=True)]
    assert made == [files(one) for one in asked]
    assert {"report.html", "report.pdf", "report.docx", "report.ipynb"} == made[1].keys()
    assert ["正文第1段。" in one["report.ipynb"].decode() for one in made] == [False, True]


def test_the_press_makes_a_report_with_its_findings_and_data(press_process, loaded):
    """So that a report's process makes nothing where a press is, whatever rooms the values of the report are of."""
    made = files(loaded, press_process.pipe())
    assert made.keys() == {"report.html", "report.pdf", "report.ipynb", "report.json"}
    assert made == files(loaded)
    assert json.loads(made["report.json"])["findings"]


def test_a_report_the_press_cannot_set_fails_with_its_own_reason_and_the_next_is_set(press_process, ran):
    """It is not made again in its own process; where in the press it failed is kept."""
    with pytest.raises(RenderError, match="字体缺字：“𠮷”") as failed:
        files(ran("𠮷"), press_process.pipe())
    assert "in made" in "".join(failed.value.__notes__)
    assert files(ran("字"), press_process.pipe()) == files(ran("字"))


def test_what_the_press_has_made_is_taken_with_what_it_took_and_nothing_is_made_again(ran, monkeypatch):
    """Also where the press tells first of each step that it is done."""
    one, meter = ran("字"), Meter()
    made = one.made()
    monkeypatch.setattr(press, "made", None)
    ours, theirs = multiprocessing.Pipe()
    theirs.send(os.getpid())
    for _ in range(3):
        theirs.send_bytes(press.SIGN)
    theirs.send_bytes(pickle.dumps((made, {"pdf": 7.0, "cpu": 1000.0, "peak": 9.0})))
    assert one.ordered(ours).edition(one.ran, meter) == made
    assert (theirs.recv(), theirs.recv()) == (one.order, one.ran)
    spent = meter.spent()
    assert (7.0, True) == (spent["pdf"], 1000 <= spent["cpu"] < 2000)


def test_a_report_that_is_gone_keeps_no_other_waiting(press_process, ran):
    """Neither one that ordered nothing, nor one whose notebook did not end, or runs still, nor one that did not wait for its
    files, which no buffer would hold.
    """
    press_process.pipe().close()
    running = ran("还在运行").ordered(press_process.pipe())
    ran("没有运行完").ordered(press_process.pipe()).pipe.close()
    gone = ran(f"<!-- {'别的报告' * 100_000} -->")
    pipe = gone.ordered(press_process.pipe()).pipe
    pipe.send(gone.ran)
    pipe.close()
    assert files(ran("这一份"), press_process.pipe()) == files(ran("这一份"))
    assert running.edition(ran("还在运行").ran, Meter()).files == files(ran("还在运行"))


class Sent:
    """What a cell can send: its pickle names what is called when it is read."""

    def __init__(self, called, *given):
        self.reduced = called, given

    def __reduce__(self):
        return self.reduced


def forged(shared, state):
    """A pickle that gives a state to what all messages share."""
    return pickle.dumps(shared)[:-1] + pickle.dumps((None, state))[2:-1] + pickle.BUILD + b"."


def test_a_message_holds_values_only_and_nothing_in_it_is_called(ran, loaded, tmp_path):
    for one in (ran("字").ran, loaded.order, {1, (2, Decimal("1.0"))}, Severity.ERROR):
        assert message.read(pickle.dumps(one)) == one
    place = tmp_path / "called"
    calls = [(os.mkdir, str(place)), (exec, f"import os; os.mkdir({str(place)!r})"), (Path.mkdir, place), (Helper, 1, 2),
             (subprocess.Popen, ["mkdir", str(place)]), (getattr, place, "mkdir"), (press.formats.find, "pdf")]  # fmt: skip
    for called, *given in calls:
        with pytest.raises(message.Refused, match=called.__name__):
            message.read(pickle.dumps((1, Sent(called, *given))))
    for shared in (Severity.ERROR, Finding, type(place), type(loaded.order.target.id), library().formats["2021"]):
        with pytest.raises(message.Refused, match="a state of"):
            message.read(forged(shared, {"own": "别的"}))
        assert not hasattr(shared, "own")
    long = pickle.BYTEARRAY8 + (2**44).to_bytes(8, "little")
    for raw in (b"", b"no message", pickle.dumps(1)[:-1], b"c__main__\nx\n.", b"P1\n.", b"\x80\x05" + long + b"."):
        with pytest.raises(message.Refused):
            message.read(raw)
    assert not place.exists()


@pytest.mark.slow
def test_what_a_cell_sends_to_the_press_runs_nothing_there_and_the_next_report_is_sound(press_process, ran, tmp_path):
    """It finds the pipe of its process, as any object of it, and speaks before the kit does again."""
    place, kept, one = tmp_path / "called", press_process.pipe(), ran("字")
    cell = f"""
        import gc, os
        from multiprocessing.connection import Connection
        class Sent:
            def __reduce__(self):
                return os.mkdir, ({str(place)!r},)
        pipes = [one for one in gc.get_objects() if type(one) is Connection and not one.closed]
        [pipe] = [one for one in pipes if one.fileno() == {kept.fileno()}]
        pipe.send(Sent())
    """
    ordered = one.ordered(kept)
    exec(inspect.cleandoc(cell), {})
    assert ordered.edition(one.ran, Meter()).files == files(one)
    pid = press_process.process.pid
    assert files(ran("另一份"), press_process.pipe()) == files(ran("另一份"))
    assert (press_process.process.pid, place.exists()) == (pid, False)


@pytest.mark.slow
@LINUX
def test_no_message_takes_more_of_the_press_than_a_report_may_and_the_next_is_made_there(monkeypatch, ran):
    """Read as JSON, the empty things that a cell sends here take far more than the limit."""
    monkeypatch.setattr(helper, "PATIENCE", 300)
    limits = Limits(start_method="spawn", memory=256)
    beside, one = Helper(Starter("nianbao.run.press", limits), partial(press.serve, ["html"], None)), ran("字", "html")
    try:
        pipe = beside.pipe()
        ordered, pid = one.ordered(pipe), beside.process.pid
        helper.ask(pipe, pid, replace(one.ran, executed=f"[{'{},' * 700_000}{{}}]"))
        assert ordered.edition(one.ran, Meter()).files == files(one)
        import resource  # of POSIX only

        taken = re.search(r"VmPeak:\s*([0-9]+) kB", Path(f"/proc/{pid}/status").read_text("ascii"))
        assert int(taken[1]) * 1024 <= resource.prlimit(pid, resource.RLIMIT_AS)[0] < 2**29
        assert files(ran("另一份", "html"), beside.pipe()) == files(ran("另一份", "html"))
        assert beside.process.pid == pid
    finally:
        beside.end()


@pytest.mark.slow
def test_a_cell_of_a_build_speaks_to_the_press_after_the_kit_only(tmp_path):
    """What comes first is read as it was written, so that has to be sent before any cell runs."""
    project = make(tmp_path, ("2019",))
    cell = """
        import gc, os
        from multiprocessing.connection import Connection
        class Sent:
            def __reduce__(self):
                return os.mkdir, (os.getcwd().partition("outputs")[0] + "called",)
        [ordered] = [one for one in gc.get_objects() if type(one).__name__ == "Ordered"]
        ordered.pipe.send(Sent())
    """
    add_cell(project, inspect.cleandoc(cell))
    assert states("build", "--to", "pdf", cwd=project) == {"shili-jyj/2019": "已发布"}
    assert not (project / "called").exists()


@pytest.mark.slow
def test_what_a_cell_writes_over_the_scratch_file_of_another_report_is_read_by_none(tmp_path):
    """It is neither read in the press nor in that report's own process, which reads its inputs again."""
    project = make(tmp_path)
    cell = """
        import os, pickle
        from pathlib import Path
        home = Path(os.getcwd().partition("outputs")[0])
        class Sent:
            def __reduce__(self):
                return os.mkdir, (str(home / "called"),)
        waiting = [one for one in (home / "outputs").glob(".nianbao-scratch-*/*") if one.name.isdigit()]
        for one in waiting:
            one.write_bytes(pickle.dumps(Sent()))
            with open(home / "written", "a") as told:
                told.write(one.name)
    """
    add_cell(project, inspect.cleandoc(cell))
    assert {*states("build", "--to", "pdf", "--jobs", 1, cwd=project).values()} == {"已发布"}
    assert (project / "written").read_text("utf-8")
    assert not (project / "called").exists()


def test_an_order_that_cannot_be_given_leaves_no_pipe_for_cells(ran, monkeypatch):
    ours, theirs = multiprocessing.Pipe()
    theirs.close()
    assert ran("字").ordered(ours).pipe.closed
    monkeypatch.setattr(helper, "PATIENCE", 1)
    busy = Helper(Starter("processes", Limits()), idle)
    try:
        long = replace(ran("字").order, kept=b"more than any pipe holds" * 10**6)
        assert press.Ordered(long, busy.pipe()).pipe.closed
    finally:
        busy.end()


@pytest.mark.slow
@pytest.mark.long
def test_a_press_that_tells_that_it_lives_is_waited_for_however_long_a_step_takes(monkeypatch, ran):
    """Longer than one that tells nothing, which is killed; its files are made once, by it."""
    made, times = ran("字").made(), []

    def slow(*_):
        times.append(time.sleep(helper.PATIENCE + 2))
        return made

    monkeypatch.setattr(press, "made", slow)
    (ours, theirs), (control, its) = multiprocessing.Pipe(), multiprocessing.Pipe()
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]) as named, its:
        answering = threading.Thread(target=press.serve, args=((), None, its))
        answering.start()
        with control, theirs:
            send_handle(control, theirs.fileno(), os.getpid())
            theirs.send(named.pid)
        ordered = ran("字").ordered(ours)
        assert ordered.edition(ran("字").ran, Meter()) == made
        answering.join()
        assert (named.poll(), times) == (None, [None])
        named.kill()


def test_a_format_of_a_package_is_not_tried_before_a_report_asks_for_it(monkeypatch):
    asked = []
    monkeypatch.setattr(press.formats, "find", lambda name: asked.append(name) or press.formats.OWN["html"])
    ours, theirs = multiprocessing.Pipe()
    ours.close()
    press.serve(["slow", "html"], None, theirs)
    assert asked == ["html"]


@pytest.mark.slow
@LINUX
def test_the_cpu_of_a_report_holds_what_its_pandoc_took_and_no_other_report_pays_for_it():
    pandoc = Pandoc()
    pandoc.convert("字")
    first = Meter()
    pandoc.convert("<p>字句</p>" * 6_000)
    took = first.spent()["cpu"]
    second = Meter()
    pandoc.end()
    assert took > 0.1
    assert second.spent()["cpu"] < took


def test_a_report_does_not_wait_for_a_press_that_has_too_much_to_do(monkeypatch, ran):
    monkeypatch.setattr(helper, "PATIENCE", 0.1)
    ours, theirs = multiprocessing.Pipe()
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as busy:
        theirs.send(busy.pid)
        assert ran("字").edition(ours).files == files(ran("字"))
    assert (theirs.recv(), theirs.recv()) == (ran("字").order, ran("字").ran)
    assert busy.returncode == -signal.SIGKILL


@pytest.mark.slow
@LINUX
@pytest.mark.parametrize("words", ["a few words", "more than any pipe holds" * 10**6])
def test_a_stopped_helper_is_waited_for_once_and_replaced(monkeypatch, words):
    """Whether it does not answer, or does not even take what it is asked."""
    monkeypatch.setattr(helper, "PATIENCE", 1)
    one = Helper(Starter("processes", Limits()), tell)
    first, other = one.pipe(), one.pipe()
    pid = first.recv()
    os.kill(pid, signal.SIGSTOP)
    helper.ask(first, pid, words)
    assert helper.answer(first, pid) is None
    assert other.recv() == pid
    with pytest.raises((EOFError, ConnectionResetError)):
        other.recv()
    again = one.pipe()
    assert again.recv() != pid
    again.send("pid")
    assert again.recv() == one.process.pid
    one.end()


@pytest.mark.slow
@LINUX
def test_a_stopped_helper_takes_pipes_as_long_as_there_is_room_and_is_replaced_then(monkeypatch):
    monkeypatch.setattr(helper, "PATIENCE", 1)
    one = Helper(Starter("processes", Limits()), tell)
    with contextlib.ExitStack() as open_pipes:
        open_pipes.enter_context(one.pipe())
        first = one.process.pid
        os.kill(first, signal.SIGSTOP)
        for _ in range(1000):
            open_pipes.enter_context(one.pipe())
            if one.process.pid != first:
                break
        assert one.process.pid != first
    one.end()


@pytest.mark.slow
def test_a_press_that_is_gone_is_not_missed(press_process, ran):
    pipe = press_process.pipe()
    press_process.process.kill()
    press_process.process.join()
    alone = files(ran("字"))
    assert ran("字").edition(pipe).files == alone
    assert files(ran("字"), press_process.pipe()) == alone


def test_pandoc_is_the_one_that_came_with_the_kit_whatever_else_is_installed(tmp_path):
    other = tmp_path / "pandoc"
    other.write_text("#!/bin/sh\necho pandoc 99.0\n", "utf-8")
    other.chmod(other.stat().st_mode | stat.S_IXUSR)
    code = "from nianbao.render.pandoc import PANDOC; print(PANDOC.convert('<h1>题</h1>'))"
    environment = os.environ | {
        "PATH": f"{tmp_path}:{os.environ['PATH']}",
        "PYPANDOC_PANDOC": str(other),
        "HOME": str(tmp_path),
    }
    (tmp_path / "bin").mkdir()
    os.link(other, tmp_path / "bin" / "pandoc")
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert "= 题" in done.stdout


@pytest.mark.slow
def test_pandoc_stays_counts_headings_from_the_start_of_each_page_and_is_renewed():
    pandoc = Pandoc()
    page = "<h2>一</h2><h4>二</h4>"
    first = pandoc.convert(page)
    assert re.findall("^=+", first, re.M) == ["=", "=="]
    process = pandoc.process
    assert {pandoc.convert(page) for _ in range(pandoc.PAGES - 1)} == {first}
    assert pandoc.process is process
    assert pandoc.convert(page) == first
    assert pandoc.process is not process
    assert process.returncode == 0
    pandoc.end()


def test_a_pandoc_that_dies_is_said_and_another_takes_over():
    pandoc = Pandoc()
    pandoc.convert("字")
    pandoc.process.kill()
    with pytest.raises(RenderError, match="pandoc cannot read the page: it ended with code -9"):
        pandoc.convert("字")
    assert "字" in pandoc.convert("字")
    pandoc.end()


def test_a_forked_process_has_a_pandoc_of_its_own():
    pandoc = Pandoc()
    pandoc.convert("字")
    of_parent = pandoc.process.pid
    child = os.fork()
    if child == 0:
        pandoc.convert("字")
        os._exit(0 if pandoc.process.pid != of_parent else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert "字" in pandoc.convert("字")
    assert pandoc.process.pid == of_parent
    pandoc.end()


@pytest.mark.slow
@LINUX
def test_a_helper_stays_whatever_becomes_of_an_item_and_is_replaced_when_it_dies():
    items = ["pid", "pid", "crash", "pid", "die", "pid"]
    first, again, crash, second, died, third = each(ask, items, lost, Limits(workers=1), tell)
    assert first == again == second
    assert "exit code 3" in crash
    assert died == "asked it to die"
    assert third != first
    deadline = time.monotonic() + 60
    while any(map(alive, (first, third))) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(alive, (first, third)))


@pytest.mark.parametrize("workers", [1, 3])
def test_each_place_has_a_helper_of_its_own(workers):
    assert len(set(each(ask, ["pid"] * 8, lost, Limits(workers=workers), tell))) == workers
