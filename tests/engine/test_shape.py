"""Notebooks of another shape than Jupyter's: what is said names the notebook, the cell and the key."""

import json
from pathlib import Path

import nbformat
import pytest

from cases import each
from nianbao.bundle import MIME
from nianbao.engine import notebook
from nianbao.engine.shape import odd_of
from nianbao.errors import NotebookError, RenderError
from nianbao.render.outputs import page_of, shown_in
from nianbao.run.targets import Notebook

ODD = {
    "a source of null": ({"source": None}, "cell 2: source = None"),
    "a source of numbers": ({"source": [1, 2]}, "cell 2: source = [1, 2]"),
    "a number as tags": ({"metadata": {"tags": 5}}, "cell 2: metadata.tags: 5 is not of type 'array'"),
    "no metadata": ({"metadata": None}, "cell 2: metadata: None is not of type 'object'"),
    "outputs of numbers": ({"outputs": [5]}, "cell 2: outputs.0: 5 is not of type 'object'"),
    "no type": ({"cell_type": None}, "cell 2: cell_type: None"),
}


def cells(**second):
    code = {"cell_type": "code", "id": "a", "metadata": {"tags": ["parameters"]}, "source": "x = 1", "outputs": []}
    return [code | {"execution_count": None}, code | {"execution_count": None, "id": "b", "metadata": {}} | second]


def written(path, some):
    path.write_text(json.dumps({"cells": some, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), "utf-8")
    return path


@pytest.mark.parametrize(("second", "said"), ODD.values(), ids=ODD)
def test_a_cell_of_another_shape_is_named(tmp_path, second, said):
    path = written(tmp_path / "own.ipynb", cells(**second))
    with pytest.raises(NotebookError, match=r"own\.ipynb is no notebook as Jupyter writes them: ") as failed:
        notebook.run(path, {}, tmp_path / "ran.ipynb")
    assert said in str(failed.value)
    assert said in odd_of(json.loads(path.read_text("utf-8")), "own.ipynb")


def test_a_plan_names_what_it_cannot_read(tmp_path):
    tagged = {"metadata": {"tags": ["parameters"]}, "source": 5}
    assert "cell 2: source = 5" in Notebook.of(written(tmp_path / "own.ipynb", [cells()[1], cells(**tagged)[1]])).error
    assert "cells: None is not" in Notebook.of(written(tmp_path / "own.ipynb", None)).error


def test_a_sound_notebook_has_no_odd_cell_whichever_version_it_has():
    own = sorted(Path("notebooks").glob("*.ipynb"))
    assert own
    for path in own:
        assert "" == odd_of(json.loads(path.read_text("utf-8")), path.name)
    assert "" == odd_of({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 2}, "old.ipynb")


@pytest.mark.parametrize(
    "data", [{"text/plain": 5}, {"image/png": 5}, {"text/html": {}}, {"text/markdown": 1}], ids=lambda one: next(iter(one))
)
def test_an_output_of_another_shape_is_named(data):
    made = nbformat.from_dict({"cells": cells(outputs=[{"output_type": "display_data", "data": data, "metadata": {}}])})
    with pytest.raises(RenderError, match="cell 2: what it shows cannot be published"):
        page_of(made)


@each("data", [{}, [], None, {"title": "页"}, {"title": 5, "draft": "yes"}])
def test_what_only_bears_the_mark_of_a_report_is_refused(data):
    made = nbformat.from_dict({"cells": cells(outputs=[{"output_type": "display_data", "data": {MIME: data}}])})
    with pytest.raises(RenderError, match="marked as a report"):
        shown_in(made)
