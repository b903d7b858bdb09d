"""What a notebook imports and finds, whatever its process has loaded before."""

import os
import re
import subprocess
import sys
from multiprocessing import forkserver

import pytest

from cells import _shown, of_one_report, shown, written
from machine import POSIX
from nianbao.engine.surroundings import KERNELS
from nianbao.run.pool import each
from nianbao.run.process import Limits
from project import make, states

pytestmark = POSIX
# Two that are never loaded; the kit's rooms and folders; libraries that the process has loaded, one a package; Python's own.
OWN = [
    "helpers",
    "utils",
    "checks",
    "render",
    "narrative",
    "inputs",
    "yaml",
    "requests",
    "click",
    "markdown_it",
    "nbconvert",
]


@pytest.mark.parametrize("run", [shown, of_one_report], ids=["papermill", "report"])
def test_a_notebooks_own_modules_win_whatever_their_name(run, tmp_path):
    for name in OWN:
        (tmp_path / f"{name}.py").write_text(f"own = '{name}'")
    (tmp_path / "tqdm").mkdir()
    (tmp_path / "tqdm" / "__init__.py").write_text("from tqdm.inner import own")
    (tmp_path / "tqdm" / "inner.py").write_text("own = 'tqdm'")
    names = [*OWN, "tqdm"]
    path = written(tmp_path, f"import {', '.join(names)}\n[one.own for one in ({', '.join(names)})] == {names}")
    assert run(path) == ["True"]


@pytest.mark.slow
def test_random_numbers_differ_from_one_report_to_the_next(tmp_path):
    """Their processes are forked from one, which has loaded what the notebooks import."""
    source = "import random, sys\nloaded = sys.modules['numpy.random']\nloaded.rand() + 1, random.random() + 1"
    paths = [written(tmp_path, source) for _ in range(3)]
    jobs = [(path, {"own_process": True, "modules": str(tmp_path)}) for path in paths]
    limits = Limits(timeout=90, preload=("numpy.random",))
    forkserver._forkserver._stop()  # one of before has not loaded it
    found = {*map(str, each(_shown, jobs, lambda job, why, seconds: why, limits))}
    numbers = [one for shown in found for one in re.findall(r"1\.[0-9]+", shown)]
    assert len({*numbers}) == 2 * len(paths), found


@pytest.mark.parametrize("run", [shown, of_one_report], ids=["papermill", "report"])
def test_two_notebooks_in_two_folders_see_each_its_own(run, tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "mymod.py").write_text(f"own = '{name}'")
        assert run(written(tmp_path / name, "import mymod\nmymod.own")) == [f"'{name}'"]


def test_a_module_of_the_callers_does_not_stand_for_the_notebooks(tmp_path, monkeypatch):
    for name in ("caller", "notebook"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "nianbao_test_mine.py").write_text(f"own = '{name}'")
    monkeypatch.syspath_prepend(tmp_path / "caller")
    import nianbao_test_mine

    path = written(tmp_path / "notebook", "import nianbao_test_mine\nnianbao_test_mine.own")
    monkeypatch.setattr(sys, "path", [one for one in sys.path if one != str(tmp_path / "caller")])
    assert shown(path) == ["'notebook'"]
    assert sys.modules["nianbao_test_mine"] is nianbao_test_mine
    assert nianbao_test_mine.own == "caller"


@pytest.mark.slow
def test_the_names_that_are_taken_are_those_that_the_standard_kernel_has_taken(tmp_path):
    cell = "import os, sys\n{name.partition('.')[0] for name in sys.modules} - sys.stdlib_module_names"
    [loaded] = shown(written(tmp_path, cell), engine_name=None)
    assert KERNELS - {"nianbao", "debugpy"} <= eval(loaded)
    taken = {name for name in eval(loaded) if not name.startswith(("_", "pydev"))}
    assert taken - {"cython_runtime", "msgpack"} <= KERNELS  # the latter comes with dask, for the tests


@pytest.mark.slow
def test_a_cell_begins_as_in_the_standard_kernel(tmp_path):
    path = written(
        tmp_path,
        "import multiprocessing as m, signal\nm.current_process().name, m.parent_process(), m.active_children()",
        "[one.name for one in signal.valid_signals() if hasattr(one, 'name') and callable(signal.getsignal(one))]",
    )
    assert shown(path) == shown(path, engine_name=None)


@pytest.mark.slow
def test_the_order_of_folders_is_that_of_the_standard_kernel(tmp_path):
    (tmp_path / "statistics.py").write_text("own = True")
    cell = "import sys, statistics as s\n[p for p in sys.path if p.endswith('-packages') or not p], hasattr(s, 'own')"
    path = written(tmp_path, cell)
    standard = shown(path, engine_name=None)
    assert "False" in standard[0]
    assert [shown(path), of_one_report(path, modules="")] == [standard, standard]


RUN = """import os, sys, papermill
for path, out in zip(sys.argv[1::2], sys.argv[2::2]):
    papermill.execute_notebook(path, out, engine_name="nianbao", progress_bar=False)
    print(sorted(os.listdir(os.environ["HOME"])))"""


@pytest.mark.slow
def test_a_home_stays_empty_unless_a_cell_keeps_something_there(tmp_path, temporary):
    (home := tmp_path / "home").mkdir()
    paths = [written(tmp_path / "work", source) for source in ("get_ipython().profile_dir.location, 1", "x = 1\n%store x")]
    made = [tmp_path / path.name for path in paths]
    around = {name: value for name, value in os.environ.items() if name != "IPYTHONDIR"}
    around |= {"HOME": str(home), "TMPDIR": str(temporary)}
    words = [sys.executable, "-c", RUN, *(one for both in zip(paths, made, strict=True) for one in both)]
    done = subprocess.run(words, env=around, check=True, timeout=180, stdout=subprocess.PIPE, text=True)
    assert done.stdout.splitlines() == ["[]", "['.ipython']"]
    below = home / ".ipython"
    kept = {"profile_default", "profile_default/db", "profile_default/db/autorestore"}
    assert kept == {one.relative_to(below).as_posix() for one in below.rglob("*") if one.is_dir()}
    assert [] == list(temporary.iterdir())
    assert [one for one in made if str(temporary) in one.read_text("utf-8")] == []


@pytest.mark.slow
def test_a_build_leaves_an_empty_home_empty(tmp_path):
    (home := tmp_path / "home").mkdir()
    folder = make(tmp_path / "project", years=("2019",))
    assert {"已发布"} == set(states("build", cwd=folder, HOME=str(home), IPYTHONDIR=str(home / "own")).values())
    assert [] == list(home.iterdir())
