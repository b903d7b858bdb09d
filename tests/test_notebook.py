"""The committed notebook: a document with holes, no program; and every plain tool runs it."""

import ast
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pypdf
import pytest
from nbconvert.exporters import get_exporter

from making import FORMATS
from nianbao import load
from nianbao.render import tidy
from project import ROOT, edit, make, nianbao
from published import squeezed

PATH = ROOT / "notebooks" / "annual_report.ipynb"
NOTEBOOK = nbformat.read(PATH, 4)
CODE = [cell for cell in NOTEBOOK.cells if cell.cell_type == "code"]
REPORT = ("shili-jyj", "2020")


def tagged(tag):
    return [cell for cell in NOTEBOOK.cells if tag in cell.metadata.get("tags", [])]


def defaults():
    """What the parameters cell assigns: plain literals."""
    (cell,) = tagged("parameters")
    assigned = ast.parse(cell.source).body
    return {one.targets[0].id: ast.literal_eval(one.value) for one in assigned}


def test_one_cell_holds_the_parameters_and_its_defaults_are_a_report(monkeypatch):
    assert ["bureau", "year", "params_dir"] == list(defaults())
    assert "" == defaults()["params_dir"]
    for folder in (ROOT, ROOT / "notebooks"):
        monkeypatch.chdir(folder)
        assert defaults()["year"] == load(**defaults()).report.year


@pytest.mark.parametrize("cell", CODE, ids=lambda cell: cell.id)
def test_a_cell_shows_and_computes_nothing(cell):
    """No definition, loop, condition or handler, and nothing is imported but the kit."""
    allowed = (
        ast.Module, ast.Expr, ast.Assign, ast.Name, ast.Load, ast.Store, ast.Constant, ast.Call, ast.Attribute,
        ast.ImportFrom, ast.alias,
    )  # fmt: skip
    nodes = list(ast.walk(ast.parse(cell.source)))
    assert [] == [type(node).__name__ for node in nodes if not isinstance(node, allowed)]
    modules = [node.module for node in nodes if isinstance(node, ast.ImportFrom)]
    assert [] == [module for module in modules if module != "nianbao"]
    assert len(cell.source.splitlines()) <= 5


def test_it_is_committed_without_outputs_under_readable_ids_as_jupyter_writes_it():
    nbformat.validate(NOTEBOOK)
    assert [([], None)] * len(CODE) == [(cell.outputs, cell.execution_count) for cell in CODE]
    ids = [cell.id for cell in NOTEBOOK.cells]
    assert len(ids) == len(set(ids))
    assert [] == [one for one in ids if not re.fullmatch(r"[a-z]+(-[a-z]+|-\d)?", one)]
    assert {"kernelspec", "language_info"} == set(NOTEBOOK.metadata)
    assert nbformat.writes(NOTEBOOK) + "\n" == PATH.read_text("utf-8")


@pytest.mark.parametrize("form", FORMATS.values(), ids=lambda form: form.id)
def test_it_shows_every_chapter_of_a_format_in_order_and_those_beyond(form):
    calls = re.findall(r'document\.(chapter\w*)\("(.*?)"\)', "\n".join(cell.source for cell in CODE))
    chapters = [("chapter", section.numeral) for section in form.sections]
    assert [*chapters, ("chapters_after", chapters[-1][1])] == calls
    assert "document.signature" == CODE[-1].source


def test_its_headings_make_jupyters_table_of_contents_and_are_not_printed():
    written = [cell for cell in NOTEBOOK.cells if cell.cell_type == "markdown"]
    assert [cell.id for cell in written] == [cell.id for cell in tagged("remove-cell")]
    heads = [cell.source.partition("\n")[0] for cell in written]
    chapters = [f"## {section.heading}" for section in FORMATS["2021"].sections]
    assert ["# 政府信息公开工作年度报告", *chapters, "## 落款"] == heads


def run(*words, cwd):
    """One of the tools beside this Python, as a user types it."""
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    subprocess.run(list(map(str, words)), cwd=cwd, env=environment, check=True, capture_output=True)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A copy of the project with one built report, which reads that of the year before."""
    root = make(tmp_path_factory.mktemp("plain"))
    nianbao("build", "--bureau", REPORT[0], "--year", REPORT[1], cwd=root)
    return root


def papermill(project, folder, *words):
    """The notebook, run from a folder of the project."""
    target = project / f"{folder}.ipynb"
    notebook = os.path.relpath(project / "notebooks" / "annual_report.ipynb", project / folder)
    run("papermill", notebook, target, "-p", "bureau", REPORT[0], "-p", "year", REPORT[1], *words, cwd=project / folder)
    return target


@pytest.fixture(scope="module")
def ran(project):
    return papermill(project, "notebooks")


@pytest.mark.slow
def test_papermill_gives_what_the_command_gives_from_either_folder_and_with_either_engine(project, ran):
    built = outputs(nbformat.read(project / "outputs" / REPORT[0] / REPORT[1] / "report.ipynb", 4))
    for path in (ran, papermill(project, ".", "--engine", "nianbao")):
        assert built == outputs(nbformat.reads(tidy.tidy(nbformat.read(path, 4)), 4))


def outputs(notebook):
    """Everything shown; links lead from where the notebook ran to the data, so their way is left out."""
    cells = [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]
    return re.sub(r'href=\\"[./]*params/', "href=params/", json.dumps(cells, ensure_ascii=False))


@pytest.mark.slow
def test_nbconvert_makes_the_published_page_and_pdf(project, ran):
    run("jupyter", "nbconvert", "--to", "nianbao-html", ran, "--output", "page", cwd=project)
    folder = project / "outputs" / REPORT[0] / REPORT[1]
    assert (folder / "report.html").read_text("utf-8") == (project / "page.html").read_text("utf-8")
    pdf, _ = get_exporter("nianbao-pdf")().from_filename(ran)
    assert (folder / "report.pdf").read_bytes() == pdf


@pytest.mark.slow
def test_a_report_with_an_error_is_stamped_by_plain_nbconvert_as_well(tmp_path):
    project = make(tmp_path)
    edit(project / "params" / REPORT[0] / REPORT[1] / "report.yaml", "signature:", "# signature:")
    nianbao("build", "--bureau", REPORT[0], "--year", REPORT[1], "--to", "html", "--draft", cwd=project)
    ran = project / "outputs" / REPORT[0] / REPORT[1] / "report-draft.ipynb"
    page, pdf = (get_exporter(f"nianbao-{kind}")().from_filename(ran)[0] for kind in ("html", "pdf"))
    assert "草稿，未经审定，不得发布" in page
    assert "落款未填" in page
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    assert [True] * len(pages) == ["草稿" in squeezed(one.extract_text()) for one in pages]


@pytest.mark.slow
def test_the_published_notebook_runs_again_where_it_lies(project):
    folder = project / "outputs" / REPORT[0] / REPORT[1]
    run("papermill", "report.ipynb", project / "again.ipynb", cwd=folder)
    again = tidy.tidy(nbformat.read(project / "again.ipynb", 4))
    assert outputs(nbformat.read(folder / "report.ipynb", 4)) == outputs(nbformat.reads(again, 4))
