"""What a notebook runs over, by its parameters; and where each run's outputs go."""

import shutil
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from cases import each
from nianbao.errors import UsageError
from nianbao.paths import KIT_NOTEBOOK
from nianbao.run.places import folder_of, names_of, notebook_of
from nianbao.run.targets import targets_of
from nianbao.yamlrows import Word
from project import make

BUREAUS = ("shili-jyj", "shili-wlj")


@pytest.fixture
def project(tmp_path):
    return make(tmp_path, ("2019", "2020"), BUREAUS)


def written(project, name, parameters):
    path = project / name
    path.parent.mkdir(parents=True, exist_ok=True)
    cells = [] if parameters is None else [new_code_cell(parameters, metadata={"tags": ["parameters"]})]
    nbformat.write(new_notebook(cells=cells), path)
    return path


def targets(project, *words, **options):
    return targets_of(project / "params", *words, **options).targets


def ids(found):
    return [str(target.id) for target in found]


REPORTS = [f"{bureau}/{year}" for bureau in BUREAUS for year in (2019, 2020)]


def test_each_report_is_made_by_the_annual_notebook_or_the_kits_own(project):
    found = targets(project)
    assert ids(found) == REPORTS
    assert {target.notebook for target in found} == {project / "notebooks" / "annual_report.ipynb"}
    assert found[0].parameters == {"bureau": "shili-jyj", "year": 2019, "params_dir": ""}
    (project / "notebooks" / "annual_report.ipynb").unlink()
    assert {target.notebook for target in targets(project)} == {KIT_NOTEBOOK}


def test_bureau_and_year_run_over_reports_apart_from_them(project):
    path = written(project, "notebooks/mine.ipynb", 'bureau = ""\nyear = 0\ntop = 5')
    found = targets(project, path, years=[2020])
    assert ids(found) == ["notebooks/mine/shili-jyj-2020", "notebooks/mine/shili-wlj-2020"]
    assert [target.report.year for target in found] == [2020, 2020]
    assert found[0].parameters == {"bureau": "shili-jyj", "year": 2020}


def test_a_bureaus_own_notebook_makes_its_reports(project):
    path = written(project, "params/shili-wlj/own.ipynb", 'bureau = ""\nyear = 0')
    about = project / "params" / "shili-wlj" / "bureau.yaml"
    about.write_text(about.read_text("utf-8") + "notebook: own.ipynb\n", "utf-8")
    annual = project / "notebooks" / "annual_report.ipynb"
    found = targets(project)
    assert ids(found) == REPORTS
    assert [target.notebook.name for target in found] == ["annual_report.ipynb"] * 2 + ["own.ipynb"] * 2
    # The notebook that is asked for runs, and makes the reports of those bureaus whose notebook it is.
    found = targets(project, annual)
    assert {target.notebook.name for target in found} == {"annual_report.ipynb"}
    assert ids(found) == [*REPORTS[:2], "notebooks/annual_report/shili-wlj-2019", "notebooks/annual_report/shili-wlj-2020"]
    found = targets(project, path)
    (folder,) = {name.split("/")[1] for name in ids(found) if name.startswith("notebooks/")}
    assert ids(found) == [f"notebooks/{folder}/shili-jyj-2019", f"notebooks/{folder}/shili-jyj-2020", *REPORTS[2:]]
    path.unlink()
    assert [target.notebook for target in targets(project)][2:] == [None, None]


def test_bureau_runs_over_bureaus(project):
    path = written(project, "notebooks/trends.ipynb", 'bureau = ""\nfirst: int = 2019')
    found = targets(project, path)
    assert ids(found) == ["notebooks/trends/shili-jyj", "notebooks/trends/shili-wlj"]
    assert (found[0].parameters, found[0].report) == ({"bureau": "shili-jyj"}, None)
    assert ids(targets(project, path, bureaus=["shili-wlj"])) == ["notebooks/trends/shili-wlj"]
    with pytest.raises(UsageError, match="runs over bureaus, not years"):
        targets(project, path, years=[2020])


def test_authority_and_year_run_over_those_that_others_name_as_their_parent(project):
    path = written(project, "notebooks/rollup.ipynb", 'authority = ""\nyear = 0\nparams_dir = ""')
    found = targets(project, path)
    assert ids(found) == ["notebooks/rollup/shili-szf-2019", "notebooks/rollup/shili-szf-2020"]
    assert found[0].parameters == {"authority": "shili-szf", "year": 2019, "params_dir": ""}
    assert [folder.name for folder in found[0].reads] == ["shili-szf", *BUREAUS]
    for named in ("shili-szf", "shili-*", "*政府"):
        assert ids(targets(project, path, bureaus=[named], years=[2020])) == ["notebooks/rollup/shili-szf-2020"]
    # Who is below whom does not depend on the years, nor on reports of those between.
    (project / "params" / "shili-qu").mkdir()
    (project / "params" / "shili-qu" / "bureau.yaml").write_text(
        "name: 甲区\nshort: 甲区\nlevel: 县\nparent: shili-szf\n", "utf-8"
    )
    about = project / "params" / "shili-wlj" / "bureau.yaml"
    about.write_text(about.read_text("utf-8").replace("shili-szf", "shili-qu"), "utf-8")
    shutil.rmtree(project / "params" / "shili-jyj" / "2020")
    assert ids(targets(project, path, years=[2020])) == ["notebooks/rollup/shili-qu-2020", "notebooks/rollup/shili-szf-2020"]
    with pytest.raises(UsageError, match=r"no bureau in .* names “shili-jyj” as its parent; the nearest: .*shili-szf"):
        targets(project, path, bureaus=["shili-jyj"])


def test_a_notebook_that_names_both_bureau_and_authority_needs_its_rows(project):
    path = written(project, "notebooks/sales.ipynb", "bureau = ''\nauthority = ''\nyear = 0")
    with pytest.raises(UsageError, match=r"sales\.ipynb takes the parameters .*--set"):
        targets(project, path)


@pytest.mark.parametrize("parameters", ["region = ''\ntop = 5", "year = 2020", "", None])
def test_any_other_runs_once_with_its_defaults(project, parameters):
    path = written(project, "notebooks/sales.ipynb", parameters)
    (found,) = targets(project, path)
    assert (str(found.id), found.parameters) == ("notebooks/sales/default", {})
    with pytest.raises(UsageError, match="leave --bureau and --year out"):
        targets(project, path, years=[2020])


def test_what_is_given_for_one_run_is_typed_and_is_the_run_of_a_row_with_the_same_values(project):
    """In the same folder, with the same parameters in the same order: neither is out of date after the other."""
    path = written(project, "notebooks/sales.ipynb", "region = ''\ntop = 5\nlast = None\nmore = len(region)")
    (found,) = targets(project, path, {"last": Word("[1, 2]"), "region": Word("no")})
    assert found.parameters == {"region": "no", "top": 5, "last": [1, 2]}
    (row,) = targets(project, path, [{"last": [1, 2], "region": "no", "top": 5}])
    assert (row, [*row.parameters]) == (found, [*found.parameters])
    pairs = written(project, "notebooks/pairs.ipynb", "region = ''\npair = (1, 2)")
    assert targets(project, pairs, {"region": "x"})[0].parameters == {"region": "x"}  # No row can hold a tuple.
    for wrong in ({"top": Word("many")}, {"regoin": "x"}):
        with pytest.raises(UsageError, match=r"takes int|“region”"):
            targets(project, path, wrong)


def test_rows_name_a_bureau_by_id_or_name_and_one_bureau_once(project):
    path = written(project, "notebooks/mine.ipynb", "bureau = ''\nauthority = ''\nparams_dir = ''")
    rows = [{"bureau": "示例市教育局", "authority": "某委"}, {"bureau": "shili-wlj", "authority": "某委"}]
    found = targets(project, path, rows)
    assert [target.parameters["bureau"] for target in found] == [*BUREAUS]
    assert targets(project, path, rows[0])[0].id == found[0].id
    with pytest.raises(UsageError, match=r"rows\[2\]: the same as rows\[0\]"):
        targets(project, path, [*rows, {"bureau": "shili-jyj", "authority": "某委"}])
    alone = written(project, "notebooks/alone.ipynb", "bureau = ''\ntop = 5")
    assert targets(project, alone, {"bureau": "示例市教育局"})[0].parameters["bureau"] == "示例市教育局"


def test_a_notebook_in_a_folder_below_notebooks_has_a_name_that_is_read(project):
    (found,) = targets(project, written(project, "notebooks/team/nb.ipynb", None))
    assert str(found.id) == "notebooks/team+nb/default"


def test_a_file_of_rows_names_the_runs(project):
    path = written(project, "notebooks/sales.ipynb", "region = ''\ntop = 5\nparams_dir = ''")
    rows = project / "rows.csv"
    rows.write_text("region,top\n东区,5\n西/区,3\n..,1\n", "utf-8")
    found = targets(project, path, rows)
    names = [target.id.over for target in found]
    assert names[0] == "东区_5"
    assert names[1].startswith("西_区_3_")
    assert names[2].startswith("1_")
    assert found[1].parameters == {"region": "西/区", "top": 3, "params_dir": ""}
    with pytest.raises(UsageError, match="--bureau and --year do not go with it"):
        targets(project, path, rows, years=[2020])
    with pytest.raises(UsageError, match="name it with --notebook"):
        targets(project, None, rows)


@each(
    "rows",
    [
        [
            ("a-b", "c"),
            ("a", "b-c"),
            ("a_b", "c"),
            ("a", "b_c"),
            ("a/b", "c"),
            ("a b", "c"),
            ("a.b", "c"),
            ("..", "a"),
            ("", "..a"),
        ],
        [("East", "1"), ("east", "1"), ("EAST", "1")],
        [("CON", ""), ("con.x", ""), ("nul", ""), ("NUL.", "")],
        [("x" * 80, "1"), ("x" * 80, "2"), ("年" * 70, "1"), ("\n", "\t")],
    ],
)
def test_no_two_rows_share_a_folder_on_any_system(rows):
    """Not where a value holds what joins them, not where case is none, and none has a device's name or leaves its folder."""
    names = names_of([{"a": first, "b": second} for first, second in rows])
    assert len({name.casefold() for name in names}) == len(rows)
    for name in names:
        assert not {"/", "\\", "\n", " "} & set(name)
        assert name.strip(".") == name
        assert 0 < len(name.encode()) <= 93
        assert name.partition(".")[0].upper() not in {"CON", "NUL"}


@pytest.mark.parametrize("place", ["notebooks/sales.ipynb", "notebooks/team/x/sales.ipynb", "notebooks/分析.ipynb"])
def test_a_folder_of_runs_tells_its_notebook(project, place):
    assert place == notebook_of(folder_of(project / place, project / "params"))
    for elsewhere in ("x/sales.ipynb", "sales.ipynb", "notebooks/sales-0123456789ab.ipynb"):
        assert Path(elsewhere).name == notebook_of(folder_of(project / elsewhere, project / "params"))


def test_no_two_notebooks_share_a_folder(project):
    places = ("notebooks/x.ipynb", "notebooks/sub/x.ipynb", "params/shili-jyj/x.ipynb", "x.ipynb", "notebooks/x.json",
              "notebooks/x-1a2b3c4d5e6f.ipynb", "notebooks/...ipynb", "notebooks/.stage-x-1.ipynb", "notebooks/ x.ipynb",
              f"notebooks/{'长' * 60}.ipynb")  # fmt: skip
    folders = []
    for place in places:
        found = targets(project, written(project, place, "bureau = ''"))
        folders += {target.id.notebook for target in found}
    assert folders[0] == "x"
    assert len(set(folders)) == len(places)
    assert [name for name in folders if name.startswith((".", " ")) or len(name.encode()) > 93] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "cannot be read as a notebook"),
        ("[]", "is no notebook as Jupyter"),
        ("{}", "is no notebook as Jupyter"),
    ],
)
def test_what_is_no_notebook_is_said_at_once(project, text, said):
    (project / "odd.ipynb").write_text(text, "utf-8")
    with pytest.raises(UsageError, match=said):
        targets(project, project / "odd.ipynb")


@pytest.mark.parametrize(
    ("given", "near"),
    [
        ("sales.ipynb", "notebooks/sales.ipynb"),  # it lies in notebooks/
        ("sales", "notebooks/sales.ipynb"),
        ("notebooks/slaes.ipynb", "notebooks/sales.ipynb"),
        ("notebooks/team.ipynb", "notebooks/x/team.ipynb"),
        ("notebooks/odd.ipynb", "odd.ipynb"),
        ("reports.ipynb", "params/shili-jyj/report.ipynb"),  # a bureau's own
        ("none/SALES.ipynb", "notebooks/sales.ipynb"),
        ("b.ipynb", ""),  # only its ending is alike
    ],
)
def test_a_notebook_that_is_not_there_is_said_with_the_one_that_is_meant(project, monkeypatch, given, near):
    for name in ("notebooks/sales", "notebooks/x/team", "odd", "params/shili-jyj/report", "notebooks/a"):
        written(project, f"{name}.ipynb", None)
    monkeypatch.chdir(project)
    with pytest.raises(UsageError) as refused:
        targets(project, Path(given))
    assert str(refused.value) == f"no notebook {given}" + (f"; did you mean “{near}”?" if near else "")
    monkeypatch.chdir(project / "notebooks")
    with pytest.raises(UsageError, match=r"did you mean “sales\.ipynb”"):
        targets(project, Path("slaes.ipynb"))


def test_a_notebook_larger_than_any_other_file_may_be_is_not_read(project, monkeypatch):
    monkeypatch.setenv("NIANBAO_MAX_MIB", "1")
    (project / "odd.ipynb").write_text('{"cells": [' + " " * (9 << 20) + "]}", "utf-8")
    with pytest.raises(UsageError, match=r"odd\.ipynb cannot be read as a notebook .*8 MiB"):
        targets(project, project / "odd.ipynb")
