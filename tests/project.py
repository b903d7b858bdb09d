"""A small project to run the command in, and the command."""

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from house import House

ROOT = Path(__file__).parent.parent
NPM = ROOT / ".venv" / "npm" / "node_modules"  # see the Makefile


def make(folder, years=("2019", "2020"), bureaus=("shili-jyj",)):
    """A copy of the notebook and of some sample reports, all made by the annual notebook."""
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    for bureau in bureaus:
        for year in years:
            shutil.copytree(ROOT / "params" / bureau / year, folder / "params" / bureau / year)
        about = (ROOT / "params" / bureau / "bureau.yaml").read_text("utf-8")
        (folder / "params" / bureau / "bureau.yaml").write_text(re.sub("(?m)^notebook:.*\n", "", about), "utf-8")
    # The bureau above them all, without reports.
    (folder / "params" / "shili-szf").mkdir(exist_ok=True, parents=True)
    shutil.copy(ROOT / "params" / "shili-szf" / "bureau.yaml", folder / "params" / "shili-szf")
    return folder


def command(*words):
    return [sys.executable, "-m", "nianbao", *map(str, words)]


CHINESE, ENGLISH = {"LC_ALL": "zh_CN.UTF-8"}, {"LC_ALL": "C.UTF-8"}


def _surroundings(**environment):
    return {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"} | CHINESE | environment


HOUSES = [House(_surroundings(**language)) for language in (CHINESE, ENGLISH)]


@contextlib.contextmanager
def housed(*before, **environment):
    """Within the context, a process that lasts for this environment as well; ``before`` its words may stand others."""
    one = House(_surroundings(**environment), before)
    HOUSES.append(one)
    try:
        yield environment
    finally:
        HOUSES.remove(one)
        one.end()


def house(**environment):
    """The process that lasts for an environment, if there is one: for that of the tests, and for one that is ``housed``."""
    given = _surroundings(**environment)
    return next((one for one in HOUSES if one.environment == given), None)


def ran(*words, cwd, **environment):
    """Run the command, in Chinese: its exit code, what it printed, and said on stderr.

    It runs in a process that lasts, unless it is given another environment than the tests began with.
    """
    if lasting := house(**environment):
        return lasting.ran([*map(str, words)], cwd)
    given = _surroundings(**environment)
    done = subprocess.run(command(*words), cwd=cwd, env=given, capture_output=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout, done.stderr


def nianbao(*words, cwd, code=0, **environment):
    """Run the command and check its exit code unless it is ``None``; what it printed, and said on stderr."""
    ended, out, err = ran(*words, cwd=cwd, **environment)
    assert code is None or ended == code, out + err
    return out, err


def states(*words, cwd, code=0, **environment):
    """The state of each report in a JSON summary, as a reader sees it."""
    out, _ = nianbao(*words, "--format", "json", cwd=cwd, code=code, **environment)
    return {report["name"]: report["label"] for report in json.loads(out)["reports"]}


def edit(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def add_cell(project, source, name="notebooks/annual_report.ipynb"):
    """A cell of one's own in the project's notebook, after the report is loaded, or in a copy of it under another name."""
    notebook = json.loads((project / "notebooks" / "annual_report.ipynb").read_text("utf-8"))
    notebook["cells"].insert(3, notebook["cells"][3] | {"id": "mine", "source": source})
    path = project / name
    path.write_text(json.dumps(notebook), "utf-8")
    return path


def outputs(project):
    """Every published file by name, with its bytes; the index and the notes of the checks left out."""
    root = project / "outputs"
    found = (path for pattern in ("[a-z]*-*/[0-9]*/*", "notebooks/*/*/*") for path in sorted(root.glob(pattern)))
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}
