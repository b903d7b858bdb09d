"""The READMEs can fail: every command in them is run, in their order, in a copy of the project."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from machine import POSIX
from making import FORMATS
from nianbao.inputs.csvlayout import to_csv
from nianbao.state import State
from project import CHINESE, ENGLISH, ran

ROOT = Path(__file__).parent.parent
READMES = ["README.md", "README.zh-CN.md"]
# Installing is what `make report` does in .ci/run and on every fresh clone; here only the commands after it are run.
INSTALL = ("python -m venv", "pip install")


UNFINISHED = {
    "nianbao plan",
    "nianbao check --bureau shili-jyj",
    "nianbao build --bureau shili-jyj",
    "nianbao diff --year 2025 --with last",
    "nianbao diff --year 2025 --with last --largest 20",
    "nianbao import form.csv --bureau shili-ceshi --year 2024",
    "nianbao check --bureau shili-ceshi",
}


def blocks(readme, language):
    return re.findall(rf"```{language}\n(.*?)```", (ROOT / readme).read_text("utf-8"), re.S)


def commands(readme):
    lines = [line.partition("  #")[0].rstrip() for block in blocks(readme, "sh") for line in block.splitlines()]
    return [line.partition(" #")[0].strip() for line in lines if line.strip()]


def test_both_readmes_hold_the_same_commands():
    assert commands("README.md") == commands("README.zh-CN.md")


@POSIX
def test_every_make_target_named_is_there():
    named = set(re.findall(r"(?:`|^)make ([a-z]+)", (ROOT / "README.md").read_text("utf-8"), re.M))
    assert named == {"report", "plan", "check", "test", "lab", "bench", "lint"}
    for target in named:
        done = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, check=False)
        assert done.returncode == 0


def test_every_state_is_explained_to_chinese_readers():
    rows = re.findall(r"^\| ([^|`]+) (`[^|]+`) \|", (ROOT / "docs" / "command.zh-CN.md").read_text("utf-8"), re.M)
    explained = {
        (word, code)
        for words, codes in rows
        for word, code in zip(words.split("、"), re.findall("`(.+?)`", codes), strict=True)
    }
    assert {(state.value, state.code) for state in State} == explained


def test_the_samples_named_are_there():
    text = (ROOT / "README.md").read_text("utf-8")
    assert "docs/report.png" in text
    assert (ROOT / "docs" / "report.png").exists()
    named = re.findall(r"`([a-z]+-[a-z]+/\d{4})`", text)
    assert [name for name in named if not (ROOT / "params" / name / "report.yaml").exists()] == []


def test_every_notebook_and_file_of_rows_that_a_command_names_is_in_a_clone():
    here, missing = ROOT, []
    for line in commands("README.md"):
        if line.startswith("cd "):
            here = ROOT / "docs" / "example" if line == "cd sales" else ROOT
        named = re.findall(r"--notebook (\S+)|--set (\S+)", line)
        missing += [name for pair in named for name in filter(None, pair) if not (here / name).exists()]
    assert missing == []


@POSIX
@pytest.mark.slow
@pytest.mark.long
def test_every_command_works(tmp_path):
    # Of the samples those that a command names: that all of them can be published is tested beside this.
    for name in ("notebooks", "params/shili-jyj", "params/dingxi-nyncj"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "params" / "shili-szf", tmp_path / "params" / "shili-szf", ignore=shutil.ignore_patterns("20*"))
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    shutil.copytree(ROOT / "docs" / "example", tmp_path / "docs" / "example", ignore=shutil.ignore_patterns("outputs"))
    # Last year's page, and a form that someone has filled in.
    shutil.copy(ROOT / "tests" / "importing" / "corpus" / "published-page.html", tmp_path / "last-year.html")
    table = FORMATS["2021"].tables["table3"]
    (tmp_path / "form.csv").write_text(to_csv(table, dict.fromkeys(table.cells, 0)), "utf-8-sig")
    run = [line for line in commands("README.md") if not line.startswith(("make", *INSTALL))]
    assert len(run) == 27
    here = tmp_path
    for line in run:
        if line.startswith("cd "):
            here = here / line.removeprefix("cd ")
            continue
        # One through the shell proves that nianbao is a command there.
        if line.startswith("nianbao") and line != "nianbao explain E301":
            code, *said = ran(*shlex.split(line)[1:], cwd=here)
        else:
            done = subprocess.run(line, shell=True, cwd=here, env=environment, capture_output=True, text=True, check=False)
            code, said = done.returncode, [done.stdout, done.stderr]
        # Building what is published leaves out the new report, whose draft has errors by its nature.
        assert code == int(line in UNFINISHED), "\n".join((line, *said))
    assert (tmp_path / "dingxi.html").exists()
    assert (tmp_path / "dingxi.pdf").read_bytes().startswith(b"%PDF-")
    assert (tmp_path / "outputs" / "shili-jyj" / "2025" / "report-draft.html").exists()
    assert (tmp_path / "outputs" / "dingxi-nyncj" / "2020" / "report.pdf").exists()
    assert "按答复和申请人汇总" in (tmp_path / "outputs" / "shili-jyj" / "2023" / "report.html").read_text("utf-8")
    assert (tmp_path / "outputs" / "notebooks" / "trends" / "shili-jyj" / "report.pdf").exists()
    made = [
        tmp_path / "sales" / "outputs" / "notebooks" / "sales" / name for name in ("North_2025", "South_2025", "West_2025")
    ]
    assert [(folder / "report.pdf").exists() for folder in made] == [True] * 3


@pytest.mark.slow
def test_the_python_example_works(tmp_path):
    [example] = blocks("README.md", "python")
    assert blocks("README.zh-CN.md", "python") == [example]
    for name in ("notebooks", "params/dingxi-nyncj"):
        shutil.copytree(ROOT / name, tmp_path / name)
    script = tmp_path / "batch.py"
    script.write_text(example, "utf-8")
    for language, word in ((CHINESE, "已发布"), (ENGLISH, "current")):
        environment = os.environ | language | {"PYTHONIOENCODING": "utf-8"}
        words = [sys.executable, script]
        done = subprocess.run(words, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=True)
        assert done.stdout == f"dingxi-nyncj/2020 {word} \n"
