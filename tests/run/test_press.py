"""The press beside the reports, and pandoc in it: what stays running never changes what is made."""

import contextlib
import multiprocessing
import os
import re
import signal
import stat
import subprocess
import sys
import time

import pytest

from machine import LINUX, POSIX
from nianbao.errors import RenderError
from nianbao.render import outputs, pdf
from nianbao.render.pandoc import Pandoc
from nianbao.run import helper, press
from nianbao.run.helper import Helper
from nianbao.run.pool import each
from nianbao.run.process import Limits
from nianbao.run.server import Starter
from nianbao.run.usage import Meter
from processes import alive, ask, lost, tell
from published import notebook, text
from published import pdf as read

pytestmark = POSIX
TITLES = "# 标题\n\n### （一）小标题\n\n正文第{}段。\n\n- 甲\n- 乙"


def page_of(source):
    return outputs.page_of(notebook(source))


def by_press(page, pipe):
    """The page's PDF as a report asks for it that has a pipe to a press."""
    [(name, made)] = press.make(page, ["pdf"], None, pipe, Meter())
    assert "pdf" == name
    return made


@pytest.fixture
def press_process():
    """A press in a process of its own, that gives pipes to it."""
    one = Helper(Starter("nianbao.run.press", Limits(start_method="spawn")), press.serve)
    yield one
    one.end()


def test_the_press_sets_every_page_as_the_reports_own_process_does(press_process):
    pages = [page_of(TITLES.format(number)) for number in range(3)]
    pipes = [press_process.pipe() for _ in pages]
    assert [by_press(page, pipe) for page, pipe in zip(pages, pipes, strict=True)] == [pdf.typeset(page) for page in pages]
    assert "正文第2段。" in text(read(pages[2]))


def test_a_page_the_press_cannot_set_fails_with_the_reports_own_reason_and_the_next_is_set(press_process):
    with pytest.raises(RenderError, match="字体缺字：“𠮷”"):
        by_press(page_of("𠮷"), press_process.pipe())
    page = page_of("字")
    assert by_press(page, press_process.pipe()) == pdf.typeset(page)


def test_the_reports_own_process_makes_its_formats_while_the_press_makes_the_others():
    ours, theirs = multiprocessing.Pipe()
    theirs.send(os.getpid())
    page = page_of("字")
    made = press.make(page, ["pdf", "html", "docx"], None, ours, Meter())
    assert next(made)[0] == "html"
    assert theirs.poll()
    assert theirs.recv() == (["pdf", "docx"], page, None)
    for answer in (b"a PDF", b"a DOCX"):
        theirs.send_bytes(answer)
    assert list(made) == [("pdf", b"a PDF"), ("docx", b"a DOCX")]


def test_a_report_that_is_gone_keeps_no_other_waiting(press_process):
    """Neither one that asked for nothing, nor one that did not wait for its page, which no buffer would hold."""
    press_process.pipe().close()
    gone = press_process.pipe()
    gone.send((["pdf"], page_of("\n\n".join(f"第{number}段，别的报告" for number in range(3000))), None))
    gone.close()
    page = page_of("这一份")
    pipe = press_process.pipe()
    assert pipe.recv() == press_process.process.pid
    pipe.send((["pdf"], page, None))
    assert pipe.recv_bytes() == pdf.typeset(page)


def test_a_report_does_not_wait_for_a_press_that_has_too_much_to_do(monkeypatch):
    monkeypatch.setattr(helper, "PATIENCE", 0.1)
    ours, theirs = multiprocessing.Pipe()
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as busy:
        theirs.send(busy.pid)
        page = page_of("字")
        assert by_press(page, ours) == pdf.typeset(page)
    assert theirs.recv() == (["pdf"], page, None)
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


def test_a_press_that_is_gone_is_not_missed(press_process):
    page = page_of("字")
    pipe = press_process.pipe()
    press_process.process.kill()
    press_process.process.join()
    assert by_press(page, pipe) == pdf.typeset(page)
    assert by_press(page, press_process.pipe()) == pdf.typeset(page)


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


@pytest.mark.parametrize(("workers", "helpers"), [(1, 1), (2, 1), (3, 2), (4, 2)])
def test_two_items_at_a_time_share_a_helper(workers, helpers):
    assert len(set(each(ask, ["pid"] * 8, lost, Limits(workers=workers), tell))) == helpers
