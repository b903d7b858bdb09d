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
from published import notebook, text
from published import pdf as read
from test_pool import alive, lost

from helpers import export, pdf, press
from helpers.errors import RenderError
from helpers.pool import Limits, each

TITLES = "# 标题\n\n### （一）小标题\n\n正文第{}段。\n\n- 甲\n- 乙"


def page_of(source):
    return export.html(notebook(source))


@pytest.fixture
def pipe():
    """A press in a process of its own, and the pipe to it."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=press.serve, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    ours.process = process
    yield ours
    ours.close()
    process.join(10)
    assert process.exitcode == 0 or process.exitcode == -signal.SIGKILL


def test_the_press_sets_every_page_as_the_reports_own_process_does(pipe):
    pages = [page_of(TITLES.format(number)) for number in range(3)]
    assert [press.typeset(*one, None, pipe) for one in pages] == [pdf.typeset(*one) for one in pages]
    assert "正文第2段。" in text(read(*pages[2]))


def test_a_page_the_press_cannot_set_fails_with_the_reports_own_reason_and_the_next_is_set(pipe):
    with pytest.raises(RenderError, match="字体缺字：“𠮷”"):
        press.typeset(*page_of("𠮷"), None, pipe)
    page = page_of("字")
    assert press.typeset(*page, None, pipe) == pdf.typeset(*page)


def test_an_answer_meant_for_a_report_that_is_gone_is_not_taken(pipe):
    pipe.send((-1, (*page_of("别的报告"), None)))
    page = page_of("这一份")
    assert press.typeset(*page, None, pipe) == pdf.typeset(*page)


def test_a_press_that_is_gone_is_not_missed(pipe):
    page = page_of("字")
    pipe.process.kill()
    pipe.process.join()
    assert press.typeset(*page, None, pipe) == pdf.typeset(*page)


def test_pandoc_is_the_one_that_came_with_the_kit_whatever_else_is_installed(tmp_path):
    other = tmp_path / "pandoc"
    other.write_text("#!/bin/sh\necho pandoc 99.0\n", "utf-8")
    other.chmod(other.stat().st_mode | stat.S_IXUSR)
    code = "from helpers import pdf; print(pdf._PANDOC.convert('<h1>题</h1>'))"
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
    pandoc = pdf._Pandoc()
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
    pandoc = pdf._Pandoc()
    pandoc.convert("字")
    pandoc.process.kill()
    with pytest.raises(RenderError, match="pandoc cannot read the page: it ended with code -9"):
        pandoc.convert("字")
    assert "字" in pandoc.convert("字")
    pandoc.end()


def test_a_forked_process_has_a_pandoc_of_its_own():
    pandoc = pdf._Pandoc()
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


def tell(pipe):
    """A helper that tells its process, and dies when it is asked to."""
    while True:
        try:
            asked = pipe.recv()
        except EOFError:
            return
        if asked == "die":
            os._exit(1)
        pipe.send(os.getpid())


def ask(what, pipe):
    pipe.send(what)
    if what == "die":
        with contextlib.suppress(EOFError):
            pipe.recv()
        return "asked it to die"
    helper = pipe.recv()
    if what == "crash":
        os._exit(3)
    return helper


def test_a_helper_stays_with_its_place_and_is_replaced_after_a_lost_item_or_its_own_death():
    items = ["pid", "pid", "crash", "pid", "die", "pid"]
    first, again, crash, second, died, third = each(ask, items, lost, Limits(workers=1), tell)
    assert first == again
    assert "exit code 3" in crash
    assert died == "asked it to die"
    assert len({first, second, third}) == 3
    deadline = time.monotonic() + 5
    while any(map(alive, (first, second, third))) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(alive, (first, second, third)))


def test_each_place_has_a_helper_of_its_own():
    assert len(set(each(ask, ["pid"] * 6, lost, Limits(workers=2), tell))) == 2
