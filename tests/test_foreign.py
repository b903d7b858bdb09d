"""More than a hundred notebooks as other people write them, through the engine and all exporters."""

import json
import re
from html import unescape

import nbformat
import papermill
import pytest
from nbformat.v4 import new_code_cell
from traitlets.config import Config

import foreign
import readers
from machine import POSIX
from nianbao.render.exporters import NianbaoDOCXExporter, NianbaoHTMLExporter, NianbaoPDFExporter
from published import body, squeezed

WITH_CODE = Config({"NianbaoHTMLExporter": {"exclude_input": False}})
# What a notebook is told to be decides how it is run, and what is read of it; paper is made of what was read.
ON_PAPER = {"JupyterLab", "nobody"}
_CODE = re.compile("<style.*?</style>|<pre.*?</pre>|<code.*?</code>|<math.*?</math>|<span class=.unshown.*?</span>", re.S)
_RAW = re.compile(r"\*\*|~~|```|\$\$|\\begin|\]\(|&lt;/?[a-z]+&gt;|^#+ |^\|", re.M)


def lost(read, words, made, papers):
    """The words that are not where they have to be: of the source, and of what it shows."""
    seen = squeezed(unescape(re.sub("<style.*?</style>|<[^>]*>", "", made, flags=re.S)))
    cells = [cell for cell in read.cells if cell.cell_type == "code"]
    source = [one for cell in cells for one in re.findall(r"[A-Za-z]{3,}", cell.source)]
    asked = [one for one in words.split() if one[0] not in "-<"] + source
    found = {(one, "HTML") for one in asked if one not in seen}
    for name, paper in papers.items():
        printed = squeezed(readers.READERS[name](paper))
        found |= {(one, name) for one in asked if one not in printed}
    found |= {(one, "HTML") for one in words.split() if one.startswith("<") and one not in made}
    shown = made.partition("</code>")[2]
    return found | {(one, "HTML") for one in words.split() if one.startswith("-") and one[1:] in shown}


def through_all(read, words, place="JupyterLab"):
    """What is wrong with a notebook's pages."""
    html, _ = NianbaoHTMLExporter(config=WITH_CODE).from_notebook_node(read)
    exporters = {"pdf": NianbaoPDFExporter, "docx": NianbaoDOCXExporter} if place in ON_PAPER else {}
    papers = {name: exporter(config=WITH_CODE).from_notebook_node(read)[0] for name, exporter in exporters.items()}
    page = body(html)
    return lost(read, words, page, papers), _RAW.findall(re.sub("<[^>]*>", "", _CODE.sub("", page)))


@pytest.mark.slow
@pytest.mark.parametrize("place", foreign.PLACES)
def test_nothing_of_a_stored_notebook_is_lost_or_raw(place, tmp_path):
    wrong = {}
    for name, (cell, words) in foreign.KEPT.items():
        (path := tmp_path / "a.ipynb").write_text(json.dumps(foreign.PLACES[place]([cell])), "utf-8")
        if (found := through_all(nbformat.read(path, 4), words, place)) != (set(), []):
            wrong[name] = found
    assert {} == wrong


@POSIX
@pytest.mark.slow
@pytest.mark.parametrize("place", ["JupyterLab", "an older Jupyter", "IPython"])
def test_nothing_of_a_notebook_that_is_run_is_lost_or_raw(place, tmp_path):
    """What a cell shows is the same wherever its notebook comes from. All run in one notebook, and are printed singly."""
    wrong, path = {}, tmp_path / "a.ipynb"
    cells = [new_code_cell(source) for source, _ in foreign.RUN.values()]
    path.write_text(json.dumps(foreign.PLACES[place](cells)), "utf-8")
    papermill.execute_notebook(
        path, path, engine_name="nianbao", kernel_name="python3", language="python", progress_bar=False
    )
    ran = nbformat.read(path, 4)
    for cell, (name, (_, words)) in zip(ran.cells, foreign.RUN.items(), strict=True):
        if (found := through_all(nbformat.from_dict(ran | {"cells": [cell]}), words, place)) != (set(), []):
            wrong[name] = found
    assert {} == wrong
