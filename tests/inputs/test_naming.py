"""A bureau may be called by its id, its full name or its short name; what could be two is refused."""

import pytest
from nbformat import write as write_notebook
from nbformat.v4 import new_code_cell, new_notebook

from making import write
from nianbao import api, load
from nianbao.errors import UsageError
from nianbao.inputfiles import InputFiles
from nianbao.inputs import bureau as bureaus
from nianbao.inputs import naming
from nianbao.inputs.select import select
from nianbao.run.targets import targets_of
from nianbao.starting import starter

ABOUT = "name: {}\nshort: {}\nlevel: 市\n"


@pytest.fixture
def params(tmp_path):
    names = {
        "shili-jyj": ("示例市教育局", "教育局"),
        "bieshi-jyj": ("别市教育局", "教育局"),
        "shili-szf": ("示例市人民政府", "市政府"),
    }
    for bureau, (name, short) in names.items():
        write(tmp_path, 2024, bureau=bureau)
        (tmp_path / bureau / "bureau.yaml").write_text(ABOUT.format(name, short), "utf-8")
    return tmp_path


def asked(params, *names):
    return [report.bureau for report in select(params, names).reports]


@pytest.mark.parametrize(
    ("named", "bureau"),
    [("示例市教育局", "shili-jyj"), (" 别市 教育局", "bieshi-jyj"), ("市政府", "shili-szf"), ("shili-szf", "shili-szf")],
)
def test_an_id_a_full_name_and_a_short_name_of_one_bureau_name_it(params, named, bureau):
    assert asked(params, named) == [bureau]


def test_a_name_of_two_bureaus_is_refused_with_both_ids(params):
    with pytest.raises(UsageError, match=r"“教育局” is the name of several bureaus: bieshi-jyj, shili-jyj"):
        select(params, ["教育局"])
    (params / "bieshi-jyj" / "bureau.yaml").write_text(ABOUT.format("教育局", "局"), "utf-8")
    assert asked(params, "教育局") == ["bieshi-jyj"]  # a full name goes before a short one


def test_an_id_goes_before_a_name_and_opens_no_file(params):
    (params / "shili-jyj" / "bureau.yaml").write_text(ABOUT.format("shili-szf", "shili-szf"), "utf-8")
    assert asked(params, "shili-szf") == ["shili-szf"]
    for path in params.glob("*/bureau.yaml"):
        path.unlink()
        path.mkdir()  # Who reads it fails.
    assert asked(params, "shili-szf") == ["shili-szf"]


def test_an_unknown_name_names_the_nearest_ids_and_names(params):
    with pytest.raises(UsageError, match=r"no bureau “示例市教育厅” in .*; the nearest: 示例市教育局 \(shili-jyj\)"):
        select(params, ["示例市教育厅"])
    with pytest.raises(UsageError, match=r"no bureau “SHILI-JYJ” in .*; the nearest: shili-jyj"):
        select(params, ["SHILI-JYJ"])
    with pytest.raises(UsageError, match=r"no bureau “.*” in .*; the nearest: shili-jyj"):
        select(params, ["shili-jyy"])
    for odd in ("", ".", "..", "a/b", "x" * 5000):
        assert naming.id_of(params, odd) == ""


def test_a_file_in_any_encoding_or_in_none_stops_no_search(params):
    (params / "shili-jyj" / "bureau.yaml").write_bytes(ABOUT.format("示例市教育局", "教育局").encode("gbk"))
    (params / "bieshi-jyj" / "bureau.yaml").write_bytes(b"\xff\xff")
    assert asked(params, "示例市教育局") == ["shili-jyj"]


def test_a_parent_may_be_named(params):
    path = params / "shili-jyj" / "bureau.yaml"
    path.write_text(ABOUT.format("示例市教育局", "教育局") + "parent: 示例市人民政府\n", "utf-8")
    assert bureaus.read(InputFiles(params), "shili-jyj")[1] == []
    assert bureaus.links_of(params, "shili-jyj").parent == "shili-szf"
    (params / "shili-szf" / "bureau.yaml").write_text(
        ABOUT.format("示例市人民政府", "市政府") + "parent: 别市教育局\n", "utf-8"
    )
    (params / "bieshi-jyj" / "bureau.yaml").write_text(
        ABOUT.format("别市教育局", "教育局") + "parent: 示例市教育局\n", "utf-8"
    )
    [circle] = bureaus.read(InputFiles(params), "shili-jyj")[1]
    assert circle.found == "shili-jyj → shili-szf → bieshi-jyj → shili-jyj，上级关系成了循环"
    path.write_text(ABOUT.format("示例市教育局", "教育局") + "parent: 教育局\n", "utf-8")
    (params / "bieshi-jyj" / "bureau.yaml").write_text(ABOUT.format("别市教育局", "教育局"), "utf-8")
    [several] = bureaus.read(InputFiles(params), "shili-jyj")[1]
    assert several.found == "“教育局”不止一个机关：bieshi-jyj、shili-jyj"


def test_a_notebook_may_load_a_report_by_name(params):
    assert load("示例市教育局", 2024, params).report.id == "shili-jyj"
    assert load("市政府", 2024, params).report.folder == params.resolve() / "shili-szf" / "2024"


def test_a_new_year_of_a_bureau_that_is_there_is_begun_by_name(params):
    made = starter.create(params, "示例市教育局", 2025).files
    assert params / "shili-jyj" / "2025" / "report.yaml" in made
    assert params / "shili-jyj" / "bureau.yaml" not in made
    with pytest.raises(UsageError, match="bad bureau id “示例市某局”"):
        starter.create(params, "示例市某局", 2025)


def test_programs_check_and_plan_by_name(params, tmp_path):
    assert [
        str(one.id) for one in api.check(params, tmp_path.parent / f"{tmp_path.name}-out", bureaus="示例市教育局").verdicts
    ] == ["shili-jyj/2024"]
    assert [str(one.id) for one in api.plan(params, tmp_path.parent / f"{tmp_path.name}-out", bureaus=["市政府"]).steps] == [
        "shili-szf/2024"
    ]


def test_rows_name_bureaus_by_id_or_name(params, tmp_path):
    path = tmp_path / "mine.ipynb"
    cell = new_code_cell('bureau = ""\ntop = 5\nparams_dir = ""', metadata={"tags": ["parameters"]})
    write_notebook(new_notebook(cells=[cell]), path)
    rows = tmp_path / "rows.csv"
    rows.write_text("bureau,top\n示例市教育局,5\nshili-jyj,6\n某局,5\n", "utf-8")
    assert [one.parameters["bureau"] for one in targets_of(params, path, rows).targets] == ["shili-jyj", "shili-jyj", "某局"]
    rows.write_text("bureau,top\n示例市教育局,5\nshili-jyj,5\n", "utf-8")
    with pytest.raises(UsageError, match=r"rows\.csv line 3: the same as line 2"):
        targets_of(params, path, rows)
