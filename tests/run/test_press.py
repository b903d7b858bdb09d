"""The press beside the reports, and pandoc in it: what stays running never changes what is made."""

import contextlib
import multiprocessing
import os
import pickle
import re
import signal
import stat
import subprocess
import sys
import time
from functools import partial

import nbformat
import pytest

from machine import LINUX, POSIX
from nianbao.errors import RenderError
from nianbao.render.pandoc import Pandoc
from nianbao.run import edition, helper, press
from nianbao.run.edition import Ran
from nianbao.run.helper import Helper
from nianbao.run.job import Options
from nianbao.run.kinds import targets_of
from nianbao.run.plan import jobs_of
from nianbao.run.pool import each
from nianbao.run.process import Limits
from nianbao.run.server import Starter
from nianbao.run.store.local import LocalStore
from nianbao.run.usage import Meter
from processes import alive, ask, lost, tell
from published import notebook, of

pytestmark = POSIX
TITLES = "# 标题\n\n### （一）小标题\n\n正文第{}段。\n\n- 甲\n- 乙"


@pytest.fixture
def ran(tmp_path):
    """What is handed over of a notebook of one's own that has run: it shows a text, in some formats."""
    (tmp_path / "params").mkdir()
    path = tmp_path / "own.ipynb"
    nbformat.write(of("字"), path)
    store, targets = LocalStore(tmp_path / "outputs"), targets_of(tmp_path / "params", path).targets

    def made(source, *formats):
        [job] = jobs_of(targets, Options(tmp_path / "params", store, formats or ("pdf",)))
        executed = notebook(source)
        for number, cell in enumerate(executed.cells):
            cell.id = f"cell-{number}"
        return Ran(job, tmp_path, {}, b"", executed, ())

    return made


def files(one, pipe=None):
    """The files of an edition that a report's process asks for, from a press where it has a pipe to one."""
    return press.edition_of(one, pipe, Meter()).files


@pytest.fixture
def press_process():
    """A press in a process of its own, that gives pipes to it."""
    one = Helper(Starter("nianbao.run.press", Limits(start_method="spawn")), partial(press.serve, ["pdf"], None))
    yield one
    one.end()


def test_the_press_makes_the_files_of_every_report_as_its_own_process_does(press_process, ran):
    asked = [ran(TITLES.format(number), "html", "pdf", "docx") for number in range(3)]
    pipes = [press_process.pipe() for _ in asked]
    made = [files(one, pipe) for one, pipe in zip(asked, pipes, strict=True)]
    assert made == [files(one) for one in asked]
    assert {"report.html", "report.pdf", "report.docx", "report.ipynb"} == made[2].keys()
    assert ["正文第2段。" in one["report.ipynb"].decode() for one in made] == [False, False, True]


def test_a_report_the_press_cannot_set_fails_with_its_own_reason_and_the_next_is_set(press_process, ran):
    with pytest.raises(RenderError, match="字体缺字：“𠮷”"):
        files(ran("𠮷"), press_process.pipe())
    assert files(ran("字"), press_process.pipe()) == files(ran("字"))


def test_what_the_press_has_made_is_taken_with_what_it_took_and_nothing_is_made_again(ran, monkeypatch):
    """Also where the press tells first of each step that it is done."""
    one, meter = ran("字"), Meter()
    made = edition.made(one, Meter())
    monkeypatch.setattr(press, "made", None)
    ours, theirs = multiprocessing.Pipe()
    theirs.send(os.getpid())
    for _ in range(3):
        theirs.send_bytes(press.STEP)
    theirs.send_bytes(pickle.dumps((made, {"pdf": 7.0, "cpu": 1000.0, "peak": 9.0})))
    assert press.edition_of(one, ours, meter) == made
    assert theirs.recv().executed == one.executed
    spent = meter.spent()
    assert (7.0, True) == (spent["pdf"], 1000 <= spent["cpu"] < 2000)


def test_a_report_that_is_gone_keeps_no_other_waiting(press_process, ran):
    """Neither one that asked for nothing, nor one that did not wait for its files, which no buffer would hold."""
    press_process.pipe().close()
    gone = press_process.pipe()
    gone.send(ran(f"<!-- {'别的报告' * 100_000} -->"))
    gone.close()
    pipe = press_process.pipe()
    assert pipe.recv() == press_process.process.pid
    pipe.send(ran("这一份"))
    while (said := pipe.recv_bytes()) == press.STEP:
        pass
    assert pickle.loads(said)[0].files == files(ran("这一份"))


def test_a_report_does_not_wait_for_a_press_that_has_too_much_to_do(monkeypatch, ran):
    monkeypatch.setattr(helper, "PATIENCE", 0.1)
    ours, theirs = multiprocessing.Pipe()
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as busy:
        theirs.send(busy.pid)
        assert files(ran("字"), ours) == files(ran("字"))
    assert theirs.recv().executed == ran("字").executed
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


def test_a_press_that_is_gone_is_not_missed(press_process, ran):
    pipe = press_process.pipe()
    press_process.process.kill()
    press_process.process.join()
    alone = files(ran("字"))
    assert files(ran("字"), pipe) == alone
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
