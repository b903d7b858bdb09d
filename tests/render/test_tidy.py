"""The executed notebook as it is published: the same bytes from every run, nothing of this machine, and it runs again."""

import copy
import json
import sys
from pathlib import Path

import nbformat
import pandas as pd
from nbformat.v4 import new_code_cell, new_output

import nianbao
from cases import each
from nianbao.render import tidy
from published import of, printed, shown


def tidied(*cells, folder=None):
    return tidy.tidy(of(*cells), folder)


def one_run(moment, identity):
    """What papermill, nbclient, ipykernel, pandas and matplotlib leave in a notebook, different in every run."""
    styler = pd.DataFrame({"件数": [3]}).style
    injected = new_code_cell("year = 2020", id=f"random-{identity}", metadata={"tags": ["injected-parameters"]})
    cell = new_code_cell("x", id="x", execution_count=2, metadata={
        "papermill": {"duration": moment, "start_time": f"2026-01-0{moment}T00:00:00", "status": "completed"},
        "execution": {"iopub.execute_input": f"2026-01-0{moment}T00:00:00Z"}, "tags": ["mine"], "scrolled": True,
    })  # fmt: skip
    marker, date = f"m{identity:010x}", f"<dc:date>2026-01-0{moment}T00:00:00</dc:date>"
    svg = f'<svg>{date}<path id="{marker}"/><use href="#{marker}"/></svg>'
    cell.outputs = [
        new_output("stream", name="stderr", text=f"/tmp/ipykernel_{identity}/{identity}.py:1: UserWarning: 小心\n"),
        new_output("display_data", {"text/html": styler.to_html(), "text/plain": f"<Styler at 0x7f{identity:010x}>"}),
        new_output("display_data", {"text/html": styler.to_html()}),
        new_output("display_data", {"image/svg+xml": svg}),
    ]
    notebook = of(injected, cell)
    notebook.metadata |= {
        "papermill": {"duration": moment, "input_path": "/home/someone/in.ipynb", "parameters": {"year": 2020}},
        "language_info": {"name": "python", "version": f"3.1{moment}.0", "pygments_lexer": "ipython3"},
    }
    return notebook


def test_two_runs_give_the_same_bytes():
    first, second = one_run(1, 0xABCDE), one_run(2, 0x12345)
    assert nbformat.writes(first) != nbformat.writes(second)
    assert tidy.tidy(first) == tidy.tidy(second)


def test_no_time_duration_or_version_is_left_and_tags_are():
    text = tidy.tidy(one_run(1, 0xABCDE))
    assert [] == [
        word for word in ("2026", "duration", "papermill", "version", "scrolled", "someone", "random-") if word in text
    ]
    notebook = json.loads(text)
    assert [["injected-parameters"], ["mine"]] == [cell["metadata"]["tags"] for cell in notebook["cells"]]
    assert {"kernelspec", "language_info"} == set(notebook["metadata"])


def test_stylers_keep_apart_and_numbers_stay_what_they_are():
    """A Styler's random id can read like a number of the report; only the id changes."""
    html = '<style>#T_12345_row0 {color: red}</style><table id="T_12345"><td id="T_12345_row0">12345</td></table>'
    other = '<table id="T_abcde"><td>12345</td></table>'
    text = tidied(shown(html=html), shown(html=other), "编号12345")
    assert 2 == text.count(">12345<")
    assert "编号12345" in text
    assert 3 == text.count("T_00000")
    assert 1 == text.count("T_00001")


def test_what_a_person_wrote_stays_though_it_reads_like_what_a_run_leaves():
    written = 'mapped at 0x7fff0000, `<dc:date>2024</dc:date>`, `<td id="T_12345">`, /tmp/ipykernel_12/34.py'
    notebook = json.loads(tidied(written, new_code_cell(f"# {written}"), shown(html='<table id="T_12345">')))
    assert ["".join(cell["source"]) for cell in notebook["cells"]] == [written, f"# {written}", "shown"]
    assert notebook["cells"][2]["outputs"][0]["data"]["text/html"] == ['<table id="T_00000">']


@each(
    ("said", "shown_as"),
    [
        (str(Path.home()), "~"),
        (str(Path.home() / "data" / "a.csv"), "~/data/a.csv"),
        (f"{sys.prefix}/lib/x.py", "<python>/lib/x.py"),
        (nianbao.__file__, "<nianbao>/nianbao/__init__.py"),
        ("/somewhere/.stage-2020-x1y2/out.csv", "./out.csv"),
        ("PosixPath('/somewhere/.stage-2020-x1y2')", "PosixPath('.')"),
        (f"{Path.home()}work", f"{Path.home()}work"),
        ("https://www.gov.cn//a/b", "https://www.gov.cn//a/b"),
    ],
)
def test_folders_of_this_machine_are_not_told(said, shown_as):
    notebook = json.loads(tidied(printed(said), folder=Path("/somewhere/.stage-2020-x1y2")))
    assert shown_as == notebook["cells"][0]["outputs"][0]["text"][0]


def test_a_home_that_is_the_root_takes_no_slash_away(monkeypatch):
    monkeypatch.setenv("HOME", "/")
    assert "https://www.gov.cn/" in tidied(printed("https://www.gov.cn/"))


def test_tidying_leaves_the_notebook_it_was_given_and_changes_nothing_twice():
    notebook = one_run(1, 0xABCDE)
    before = copy.deepcopy(notebook)
    once = tidy.tidy(notebook)
    assert before == notebook
    assert once == tidy.tidy(nbformat.reads(once, 4))


def test_an_older_notebook_is_valid_when_it_is_published():
    notebook = of(new_code_cell("1"))
    notebook.nbformat_minor = 4
    del notebook.cells[0]["id"]
    nbformat.validate(nbformat.reads(tidy.tidy(notebook), 4))


def test_a_long_text_without_blanks_is_no_folder():
    """A picture's base64: a pattern that begins with any folder would take hours on it."""
    long = "iVBORw0KGgo" * 200_000
    text = tidied(printed(long), printed('at "/tmp/ipykernel_7/12.py" and C:\\\\t\\\\ipykernel_7\\\\3.py:1'))
    assert long in text
    assert "ipykernel_" not in text
    assert text.count("<cell>") == 2


def test_the_project_is_named_as_such_wherever_it_lies():
    def told(home):
        text = tidy.tidy(of(printed(f"read {home}/data/sales.csv of {home}.")), home / "outputs", home)
        return json.loads(text)["cells"][0]["outputs"]

    assert "read <project>/data/sales.csv of <project>." in str(told(Path("/srv/office/sales")))
    assert told(Path("/srv/office/sales")) == told(Path("/mnt/disk/sales"))
