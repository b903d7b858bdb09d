"""A small project to run the command in, and the command."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def make(folder, years=("2019", "2020"), bureaus=("shili-jyj",)):
    """A copy of the notebook and of some sample reports."""
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    for bureau in bureaus:
        for year in years:
            shutil.copytree(ROOT / "params" / bureau / year, folder / "params" / bureau / year)
        shutil.copy(ROOT / "params" / bureau / "bureau.yaml", folder / "params" / bureau)
    return folder


def command(*words):
    return [sys.executable, "-m", "nianbao", *map(str, words)]


def nianbao(*words, cwd, code=0, **environment):
    """Run the command and check its exit code; what it printed, and what it said on stderr."""
    done = subprocess.run(
        command(*words), cwd=cwd, env=os.environ | environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout, done.stderr


def states(*words, cwd, code=0, **environment):
    """What a JSON summary says of each report."""
    out, _ = nianbao(*words, "--format", "json", cwd=cwd, code=code, **environment)
    return {report["name"]: report["state"] for report in json.loads(out)["reports"]}


def edit(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def add_cell(project, source, name="mine.ipynb"):
    """A notebook beside the standard one, with a cell of one's own after the report is loaded."""
    notebook = json.loads((project / "notebooks" / "annual_report.ipynb").read_text("utf-8"))
    notebook["cells"].insert(3, notebook["cells"][3] | {"id": "mine", "source": source})
    path = project / name
    path.write_text(json.dumps(notebook), "utf-8")
    return path


def outputs(project):
    """Every published file by name, with its bytes; the index and the notes of the checks left out."""
    root = project / "outputs"
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.glob("[a-z]*/*/*"))}
