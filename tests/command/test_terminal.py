"""Words instead of tracebacks: odd terminals, odd arguments, odd notebooks, and data that would steer a terminal."""

import errno
import json
import os
import shlex
import shutil
import subprocess
import sys

import pytest

import project as projects
from nianbao.command.terminal import Printed, harmless
from project import CHINESE, nianbao

pytestmark = pytest.mark.slow  # the command, dozens of times

SCREEN = "\x1b[2J\x1b]0;owned\x07\x9b31m\u202etxt"


@pytest.fixture
def project(tmp_path):
    return projects.make(tmp_path)


def shell(script, cwd):
    """A bash script in which ``nianbao`` is the command; its exit code, stdout and stderr."""
    line = f'nianbao() {{ {shlex.quote(sys.executable)} -m nianbao "$@"; }}; {script}'
    environment = os.environ | CHINESE
    done = subprocess.run(["bash", "-c", line], cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stdout + done.stderr
    assert "Exception ignored" not in done.stderr
    return done.returncode, done.stdout, done.stderr


@pytest.mark.skipif(os.name == "nt", reason="needs bash")
@pytest.mark.parametrize("closed", [">&-", "<&- >&- 2>&-"])
def test_a_build_with_closed_streams_does_all_its_work(project, closed):
    code, _, said = shell(f"nianbao build --to html {closed}", project)
    assert (code, len(projects.outputs(project))) == (0, 8), said
    projects.nianbao("verify", cwd=project)


@pytest.mark.skipif(os.name == "nt", reason="needs bash")
@pytest.mark.parametrize("reader", ["true", "head -c 3"])
def test_a_build_goes_on_when_its_reader_goes_away(project, reader):
    code, _, said = shell(f"nianbao build --to html 2>&1 | {reader}; exit ${{PIPESTATUS[0]}}", project)
    assert (code, len(projects.outputs(project))) == (0, 8), said
    assert (project / "outputs" / "index.html").is_file()


def test_a_reader_that_goes_away_on_windows_is_one_too(tmp_path):
    with (tmp_path / "pipe").open("w+", encoding="utf-8") as stream:

        class Pipe:
            fileno = stream.fileno

            def write(self, text):
                raise OSError(errno.EINVAL, "Invalid argument")

        assert Printed(Pipe()).write("一行\n") == 3
        stream.write("gone")
    assert (tmp_path / "pipe").read_text("utf-8") == ""


@pytest.mark.parametrize("words", [("plan",), ("check",), ("verify",), ("explain", "E301"), ("--help",)])
def test_no_command_minds_a_reader_that_goes_away(once, tmp_path, words):
    built, _ = once("built-html", lambda folder: nianbao("build", "--to", "html", cwd=projects.make(folder)))
    project = shutil.copytree(built, tmp_path / "project")
    shell(f"nianbao {' '.join(words)} | true", project)


def test_controls_in_data_are_shown_and_not_obeyed(project):
    assert harmless(SCREEN) == "\\u001b[2J\\u001b]0;owned\\u0007\\u009b31m\\u202etxt"
    assert harmless("中文\t一行\n") == "中文\t一行\n"
    (project / "params/shili-jyj/2019" / f"{SCREEN[:20]}.csv").write_text("x", "utf-8")
    projects.edit(project / "params/shili-jyj/2020/report.yaml", "示例市教育局", f'"{SCREEN}"')
    for words in (("check",), ("check", "--format", "json"), ("build",), ("plan",), ("plan", "--bureau", SCREEN)):
        _, out, err = projects.ran(*words, cwd=project)
        assert not {*SCREEN} & {*out, *err} - {*"[2J]0;ownedtx31m"}, words
        if "json" in words:
            json.loads(out)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("new", "aa-new", "99999"), "99999"),
        (("new", "aa-new", "-1"), "-1"),
        (("new", "../x-y", "2024"), "x-y"),
        (("build", "--year", "99999999999999999999"), "99999999999999999999"),
        (("build", "--bureau", "x" * 100_000), "没有"),
        (("build", "--bureau", "shili-{}"), "shili-{}"),
        (("build", "--notebook", "no/such.ipynb"), "no/such.ipynb"),
        (("build", "--params", "/dev/null"), "/dev/null"),
        (("build", "--outputs", "/dev/null"), "/dev/null"),
        (("build", "--outputs", "/proc/nowhere"), "/proc/nowhere"),
        (("build", "--fonts", "notebooks/annual_report.ipynb"), "notebooks"),
    ],
)
def test_odd_arguments_are_refused_in_words(project, words, said):
    out, err = nianbao(*words, cwd=project, code=2)
    assert said in out + err
    assert "Traceback" not in err


CODE = {"cell_type": "code", "source": "", "metadata": {}, "outputs": [], "execution_count": None}
TAGGED = CODE | {"source": 'bureau = ""\nyear = 2024\nparams_dir = ""', "metadata": {"tags": ["parameters"]}}
NOTEBOOKS = {
    "empty": "",
    "bytes": b"\xff\xfe\x00",
    "null": "null",
    "list": "[]",
    "no cells": '{"cells": []}',
    "cells of numbers": '{"cells": [1, 2], "nbformat": 4, "nbformat_minor": 5, "metadata": {}}',
    "cells as a mapping": '{"cells": {"a": 1}, "nbformat": 4}',
    "of version 3": '{"worksheets": [{"cells": []}], "nbformat": 3, "nbformat_minor": 0, "metadata": {}}',
    "of version 9": json.dumps({"cells": [TAGGED], "nbformat": 9, "nbformat_minor": 0, "metadata": {}}),
    "deep": "[" * 100_000,
    "without parameters": json.dumps({"cells": [CODE], "nbformat": 4, "nbformat_minor": 5, "metadata": {}}),
    "source of numbers": json.dumps({"cells": [TAGGED | {"source": [1, 2]}], "nbformat": 4, "metadata": {}}),
    "tags as text": json.dumps({"cells": [TAGGED | {"metadata": {"tags": 5}}], "nbformat": 4, "metadata": {}}),
    "no metadata": json.dumps({"cells": [{"cell_type": "code", "source": "x = 1"}], "nbformat": 4}),
    "script": "print('hello')",
}


@pytest.mark.parametrize("kind", NOTEBOOKS)
def test_what_is_no_notebook_is_named(project, kind):
    """As the notebook asked for, and as that of the bureau: where it stops its own reports only."""
    text = NOTEBOOKS[kind]
    path = project / "odd.ipynb"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    done = [nianbao_any("build", "--to", "html", "--notebook", "odd.ipynb", cwd=project)]
    with (project / "params/shili-jyj/bureau.yaml").open("a", encoding="utf-8") as file:
        file.write("notebook: odd.ipynb\n")
    done.append(nianbao_any("plan", cwd=project))
    done.append(nianbao_any("build", "--to", "html", cwd=project))
    if kind == "without parameters":  # which runs just so, but cannot make a bureau's reports
        assert [code for code, _ in done] == [0, 0, 1]
    else:
        assert [code for code, _ in done] in ([2, 0, 1], [1, 0, 1])
        assert "odd.ipynb" in done[0][1]
    assert "odd.ipynb" in done[2][1]


def nianbao_any(*words, cwd):
    """The exit code, and all that was printed; never a traceback."""
    code, out, err = projects.ran(*words, cwd=cwd)
    assert "Traceback" not in out + err
    assert "nianbao 自身的错误" not in err
    return code, out + err


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /dev/full")
def test_what_the_system_refuses_is_said_in_chinese(project):
    code, _, said = shell("nianbao explain > /dev/full", project)
    assert (code, said.splitlines()[-1]) == (1, "nianbao: 磁盘已满")
