"""docs/example.md: a report that has nothing to do with statutory data, built by the page's own commands."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from pypdf import PdfReader

import readers
from machine import POSIX
from project import ENGLISH, ROOT, nianbao

PAGE = (ROOT / "docs" / "example.md").read_text("utf-8")
BUILD = ("build", "--notebook", "notebooks/sales.ipynb", "--set", "regions.csv")
REGIONS = ("North", "South", "West")
pytestmark = [pytest.mark.slow, POSIX]


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.M | re.S)


def without_seconds(text):
    return re.sub(r"\d+\.\d s\b", "… s", text)


@pytest.fixture(scope="module")
def followed(once):
    """The folder of somebody who has followed the page, the files of the first build, and what was printed otherwise."""
    return once("followed", follow)[1]


def follow(here):
    shutil.copytree(ROOT / "docs" / "example", here / "docs" / "example")
    environment = (
        os.environ | ENGLISH | {"TZ": "UTC", "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    )
    different, first = [], {}
    for commands, printed in re.findall(r"^```sh\n(.*?)^```(?:\n\n```text\n(.*?)^```)?", PAGE, re.M | re.S):
        said = ""
        for line in commands.splitlines():
            if line.startswith("cd "):
                here /= line.removeprefix("cd ")
                (here / "build.py").write_text(blocks("python")[-1], "utf-8")
                continue
            done = subprocess.run(
                line, shell=True, cwd=here, env=environment, capture_output=True, encoding="utf-8", check=False
            )
            assert done.returncode == 0, line + done.stdout + done.stderr
            said += done.stdout
            first = first or made_in(here)
        if printed and sorted(without_seconds(said).splitlines()) != sorted(without_seconds(printed).splitlines()):
            different.append((commands, said))
    return here, first, different


def made_in(here):
    return {path.parent.name + path.suffix: path.read_bytes() for path in here.glob("outputs/*/*/*/report.*")}


def test_the_commands_of_the_page_print_what_stands_there(followed):
    assert followed[2] == []


def test_each_region_has_a_page_with_its_own_figures_in_both_formats(followed):
    here, first, _ = followed
    assert sorted(first) == [f"{region}_2025.{suffix}" for region in REGIONS for suffix in ("html", "ipynb", "pdf")]
    for region in REGIONS:
        folder = here / "outputs" / "notebooks" / "sales" / f"{region}_2025"
        assert sorted(path.name for path in folder.iterdir()) == [
            "manifest.json", "report.html", "report.ipynb", "report.pdf",
        ]  # fmt: skip
        texts = readers.html((folder / "report.html").read_bytes()), readers.pdf((folder / "report.pdf").read_bytes())
        for text in texts:
            plain = " ".join(text.split())
            assert f"Sales of {region}, 2025" in plain
            assert re.search(rf"{region} sold [\d,]+ pieces for \$[\d,]+ ?, [\d.]+% (above|below) the target of \$", plain)
            assert f"Figure 1. Revenue of {region} by quarter" in plain
            assert not any(other in plain for other in {*REGIONS} - {region})
    west = (here / "outputs/notebooks/sales/West_2025/report.pdf").read_bytes()
    assert west != first["West_2025.pdf"]  # with the late sale


def test_nothing_on_the_pages_is_chinese_or_of_a_statutory_report(followed):
    here, _, _ = followed
    for folder in (here / "outputs" / "notebooks" / "sales").iterdir():
        html, pdf = (folder / "report.html").read_text("utf-8"), PdfReader(folder / "report.pdf")
        body = re.sub(r"<style>.*?</style>", "", html, flags=re.S)
        assert re.findall("[\u3000-\u9fff]", body + readers.pdf((folder / "report.pdf").read_bytes())) == []
        assert '<html lang="en">' in html
        assert '<header class="site">' not in html
        assert pdf.trailer["/Root"]["/Lang"] == "en"
        assert pdf.metadata.title == f"Sales of {folder.name.removesuffix('_2025')}, 2025"
        assert f'alt="Bars for chairs, desks and lamps in each quarter; desks bring most in {folder.name[:-5]}."' in html
        assert "import pandas" not in html


def test_the_index_is_of_no_authority_either(followed):
    text = (followed[0] / "outputs" / "index.html").read_text("utf-8")
    plain = re.sub(r"<style>.*?</style>", "", text, flags=re.S)
    assert re.findall("[\u3000-\u9fff]", plain) == []
    assert '<html lang="en">' in text
    assert "<h1>Reports</h1><p>3 listed</p>" in text
    assert nianbao("verify", "--notebook", "notebooks/sales.ipynb", "--set", "regions.csv", cwd=followed[0], **ENGLISH)
    assert [f"Sales of {region}, 2025" in text for region in REGIONS] == [True] * 3


def test_the_plain_tools_make_the_same_page(followed):
    here, _, _ = followed
    built = "outputs/notebooks/sales/North_2025/report.html"
    # pandas gives a styled table another name whenever it makes one; a build puts them in order.
    pages = {re.sub("T_[0-9a-f]{5}|own-[0-9a-f]{8}", "", (here / name).read_text("utf-8")) for name in ("north.html", built)}
    assert len(pages) == 1


def test_its_lines_stand_in_the_notebook_as_on_the_page():
    notebook = nbformat.read(ROOT / "docs/example/notebooks/sales.ipynb", 4)
    written = {line for cell in notebook.cells for line in cell.source.splitlines()}
    assert [line for block in blocks("python")[:2] for line in block.splitlines() if line not in written] == []
    assert (ROOT / "docs/example/regions.csv").read_text("utf-8") in PAGE
    assert [cell.get("outputs") for cell in notebook.cells if cell.get("outputs")] == []


def test_the_same_bytes_twice(followed, tmp_path):
    shutil.copytree(ROOT / "docs" / "example", tmp_path / "another")
    nianbao(*BUILD, "--jobs", "1", cwd=tmp_path / "another", TZ="Asia/Shanghai")
    assert made_in(tmp_path / "another") == followed[1]


def test_messages_are_english_where_the_language_is_english(tmp_path):
    shutil.copytree(ROOT / "docs" / "example", tmp_path / "sales")
    (tmp_path / "sales" / "regions.csv").write_text("region,year\nNorth,2025\nEast,2025\n", "utf-8")
    out, err = nianbao(*BUILD, cwd=tmp_path / "sales", code=1, **ENGLISH)
    assert "notebooks/sales/East_2025 failed: sales.ipynb, cell 3 “assert not sales.empty, f" in out
    assert "sales.csv has no rows of East in 2025" in out
    assert re.findall("[\u3000-\u9fff]", out + err) == []
    (tmp_path / "sales" / "regions.csv").write_text("region,yeer\nNorth,2025\n", "utf-8")
    err = nianbao(*BUILD, cwd=tmp_path / "sales", code=2, **ENGLISH)[1]
    assert "regions.csv line 1: sales.ipynb has no parameter “yeer”; did you mean “year”?" in err
