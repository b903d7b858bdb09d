"""A file of rows: values of the notebook's own types, and everything that does not fit, at once."""

import re
from datetime import date

import numpy as np
import pandas as pd
import pytest

from nianbao.engine.parameters import Parameter, parameters_of
from nianbao.errors import UsageError
from nianbao.run.rows import read_row, read_rows

WANTED = parameters_of(
    'region: str = "东区"\ntop = 5\nshare = 0.5\nopen_ = True\nnames: list[str] = []\n'
    'day: "date | None" = None\nkind: Literal["a", "b"] = "a"'
)
GOOD = {"region": "007", "top": 7, "share": 0.25, "open_": False, "names": ["甲", "乙"], "day": "2024-01-05", "kind": "b"}


def read(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return read_rows(path, WANTED, "sales.ipynb")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("rows.csv", '﻿region,top,share,open_,names,day,kind\n007,7,0.25,否,"[""甲"",""乙""]",2024-01-05,b\n'),
        ("rows.csv", 'kind\tday\tnames\topen_\tshare\ttop\tregion\nb\t2024-01-05\t["甲","乙"]\tno\t.25\t7\t007\n'),
        (
            "rows.yaml",
            "- region: 007\n  top: 7\n  share: 0.25\n  open_: no\n  names: [甲, 乙]\n  day: 2024-01-05\n  kind: b\n",
        ),
        ("rows.yml", "- {region: '007', top: '7', share: .25, open_: false, names: [甲, 乙], day: 2024-01-05, kind: b}\n"),
    ],
)
def test_csv_and_yaml_give_the_same_typed_values(tmp_path, name, text):
    assert read(tmp_path, name, text) == [GOOD]


def test_all_that_does_not_fit_is_listed_with_its_line(tmp_path):
    text = "region,top,shar,open_,names,day,kind\n东区,五,0.5,也许,[],昨天,c\n,3,1,no,[],2024-01-05,a,x\n"
    text += "东区,3,1,no,[],2024-01-05,a\n"
    with pytest.raises(UsageError) as caught:
        read(tmp_path, "rows.csv", text + text.splitlines()[-1] + "\n")
    said = str(caught.value).splitlines()
    assert said == [
        "rows.csv line 1: sales.ipynb has no parameter “shar”; did you mean “share”?",
        "rows.csv line 2: “top” is “五”; sales.ipynb takes int",
        "rows.csv line 2: “open_” is “也许”; sales.ipynb takes bool",
        "rows.csv line 2: “day” is “昨天”; sales.ipynb takes 'date | None'",
        "rows.csv line 2: “kind” is “c”; sales.ipynb takes Literal['a', 'b']",
        "rows.csv line 3: sales.ipynb has no parameter “?”",
        'rows.csv line 3: no value for “region” (its default in sales.ipynb: "东区")',
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("rows.csv", "region\n甲\n乙\n"),
        ("rows.yaml", "- region: 甲\n- region: 乙\n"),
        ("", ({"region": "甲"}, {"region": "乙"})),
    ],
)
def test_a_parameter_that_no_row_speaks_of_has_its_default(tmp_path, name, text):
    """As with papermill; the run is given it, and so its manifest has it, in the order of the notebook's cell."""
    wanted = parameters_of(
        "top = 5\nregion: str = ''\nnames: list[str] = []\nshare: float | None = None\npair = (1, 2)\n"
        "title = f'{region}的报告'"
    )
    rows = text if not name else tmp_path / name
    if name:
        rows.write_text(text, "utf-8")
    found = read_rows(rows, wanted, "sales.ipynb")
    assert found == [{"top": 5, "region": one, "names": [], "share": None} for one in "甲乙"]
    assert list(found[0]) == ["top", "region", "names", "share"]


LACKING = "no value for “top” (its default in sales.ipynb: 5)"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("rows.csv", "region,top\n甲,3\n乙,\n", "rows.csv line 3: no value for “top” (its default in sales.ipynb: 5)"),
        ("rows.csv", "region,top\n甲,\n", "rows.csv line 2: no value for “top” (its default in sales.ipynb: 5)"),
        (
            "rows.yaml",
            "- {region: 甲, top: 3}\n- region: 乙\n",
            "rows.yaml line 2: no value for “top” (its default in sales.ipynb: 5)",
        ),
        ("", ({"region": "甲", "top": float("nan")},), "rows[0]: no value for “top” (its default in sales.ipynb: 5)"),
        ("rows.csv", "top\n3\n", "rows.csv: no value for “region” in any row, and sales.ipynb has no default"),
    ],
)
def test_an_empty_cell_has_no_default_and_a_parameter_without_default_has_to_be_given(tmp_path, name, text, said):
    rows = text if not name else tmp_path / name
    if name:
        rows.write_text(text, "utf-8")
    with pytest.raises(UsageError) as refused:
        read_rows(rows, parameters_of("region: str\ntop = 5"), "sales.ipynb")
    assert str(refused.value) == said


def test_of_many_faults_the_first_are_listed(tmp_path):
    with pytest.raises(UsageError) as caught:
        read_rows_of_one(tmp_path, "x\n" + "\n".join(f"甲{number}" for number in range(80)))
    said = str(caught.value).splitlines()
    assert (len(said), said[-1]) == (51, "and 30 more")


def read_rows_of_one(tmp_path, text):
    path = tmp_path / "many.csv"
    path.write_text(text, "utf-8")
    return read_rows(path, parameters_of("x = 1"), "sales.ipynb")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("rows.csv", "", "no rows"),
        ("rows.csv", "region,top\n", "no rows"),
        ("rows.yaml", "region: 东区\n", "顶层不是一列"),
        ("rows.yaml", "- [1, 2]\n", "顶层不是一列"),
        ("rows.yaml", "- {region: [\n", "YAML 语法"),
        ("rows.yaml", "", "no rows"),
    ],
)
def test_a_file_without_rows_says_so(tmp_path, name, text, said):
    with pytest.raises(UsageError, match=said):
        read(tmp_path, name, text)


def test_a_file_that_is_not_there_says_so(tmp_path):
    with pytest.raises(UsageError, match=r"no file .*none\.csv \(--set\)"):
        read_rows(tmp_path / "none.csv", WANTED, "sales.ipynb")


ODD = [
    "__import__('os').system('touch hacked')", "str.__base__", "(str := 1)", "[str for str in int]", "str(1)", "list[1]",
    "5", "''",
    "list[\"__import__('os').system('touch hacked')\"]", "Optional['int']", "Union[int, 'x']", "Literal", "Optional",
    "dict[int]",
    "'a b'", "Literal[()]", "list[str", "lambda: int", "-1", "'not ('",
]  # fmt: skip


@pytest.mark.parametrize("annotation", ODD)
def test_any_other_annotation_runs_no_code_and_the_default_tells_the_type(annotation, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    wanted = {"x": Parameter("x", annotation, 1)}
    path = tmp_path / "rows.csv"
    path.write_text("x\n3\n", "utf-8")
    assert read_rows(path, wanted, "sales.ipynb") == [{"x": 3}]
    assert not (tmp_path / "hacked").exists()


@pytest.mark.parametrize(
    ("parameter", "text", "value"),
    [
        ("x: date = None", "2021年2月5日", "2021-02-05"),
        ("x: Optional[int] = None", "3", 3),
        ("x: str = ''", "true", "true"),
        ("x = ''", "[1]", "[1]"),
        ("x: bool | None = None", "是", True),
        ("x = 1.5", "2", 2.0),
        ("x = [1]", '["a"]', ["a"]),
        ("x = None", "[1, 2]", "[1, 2]"),
        ("x: str | list = ''", "[1]", "[1]"),
        ("x: Literal[1, 2] = 1", "2", 2),
        ("x = 1", "１２", 12),
        ("x = 1", "-3", -3),
        ("x = [1]", "[1, {}]", [1, {}]),
    ],
)
def test_a_text_becomes_what_the_notebook_takes(parameter, text, value, tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text(f'x\n"{text.replace(chr(34), chr(34) * 2)}"\n', "utf-8")
    assert read_rows(path, parameters_of(parameter), "sales.ipynb") == [{"x": value}]


REFUSED = [
    ("x: date = None", "2024"), ("x: date | None = None", "0"), ("x = 1", "007"), ("x = 1", "1_000"), ("x = 1", "1.0"),
    ("x = 1", "1.5"),
    ("x = 1", "true"), ("x = 1.5", "1_0"), ("x = 1.5", "inf"), ("x = 1.5", "nan"), ("x = 1.5", "1e999"), ("x = True", "2"),
    ("x = {}", '{"a":1,"a":2}'), ("x = [1]", "[NaN]"), ("x = [1]", "甲"), ("x: Literal['a'] = 'a'", "b"),
]  # fmt: skip


@pytest.mark.parametrize(("parameter", "text"), REFUSED)
def test_a_text_of_another_kind_is_refused(parameter, text, tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text(f'x\n"{text.replace(chr(34), chr(34) * 2)}"\n', "utf-8")
    with pytest.raises(UsageError, match=re.escape(f"“x” is “{text}”")):
        read_rows(path, parameters_of(parameter), "sales.ipynb")


def test_null_is_a_value_and_what_follows_from_others_need_not_be_given(tmp_path):
    path = tmp_path / "rows.yaml"
    path.write_text("- {x: ~, y: 甲}\n", "utf-8")
    wanted = parameters_of("x: int | None = 3\ny = ''\ntitle = f'{y}的报告'")
    assert read_rows(path, wanted, "sales.ipynb") == [{"x": None, "y": "甲"}]


@pytest.mark.parametrize("cell", ["", "null"])
@pytest.mark.parametrize("parameter", ["x = None", "x: int | None = 3", "x: Optional[str] = None"])
def test_an_empty_cell_of_a_csv_file_is_none_where_the_parameter_may_be(parameter, cell, tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text(f"y,x\n1,{cell}\n2,5\n", "utf-8")
    first, second = read_rows(path, parameters_of(f"{parameter}\ny = 1"), "sales.ipynb")
    assert (first, str(second["x"])) == ({"x": None, "y": 1}, "5")
    path.write_text("y,x\n1,\n2,5\n", "utf-8")
    with pytest.raises(UsageError, match="line 2: no value for “x”"):
        read_rows(path, parameters_of("x = 3\ny = 1"), "sales.ipynb")


def test_the_parameters_of_a_single_run_are_no_rows():
    with pytest.raises(UsageError, match=r"^the parameters: “top” is “abc”; sales\.ipynb takes int$"):
        read_row({"top": "abc"}, parameters_of("top = 5"), "sales.ipynb")


@pytest.mark.parametrize(
    ("parameter", "written", "value"),
    [("x = [1]", "[1, two, true]", [1, "two", True]), ("x: list[str] = []", "[1, 007]", ["1", "007"]),
     ("x = {}", "{a: 1}", {"a": 1}),
     ("x = None", "5", 5), ("x = None", "'5'", "5"), ("x: str = ''", "5", "5"), ("x = 1", "5", 5), ("x = True", "是", True)],
)  # fmt: skip
def test_yaml_keeps_its_own_types_where_the_notebook_takes_them(parameter, written, value, tmp_path):
    path = tmp_path / "rows.yaml"
    path.write_text(f"- x: {written}\n", "utf-8")
    assert read_rows(path, parameters_of(parameter), "sales.ipynb") == [{"x": value}]


@pytest.mark.parametrize("written", ["2024-02-30", "2024-13-01", "!!binary gICA"])
def test_a_date_that_is_none_is_listed_like_any_other_fault(written, tmp_path):
    path = tmp_path / "rows.yaml"
    path.write_text(f"- x: 2024-02-28\n- x: {written}\n", "utf-8")
    with pytest.raises(UsageError, match=r"rows\.yaml line 2: “x” is"):
        read_rows(path, parameters_of("x: date = None"), "sales.ipynb")


@pytest.mark.parametrize("written", ["!foo 1", "!!int x", "!!timestamp 1"])
def test_a_tag_that_does_not_fit_is_a_fault(written, tmp_path):
    path = tmp_path / "rows.yaml"
    path.write_text(f"- x: {written}\n", "utf-8")
    with pytest.raises(UsageError, match="类型标记"):
        read_rows(path, parameters_of("x = None"), "sales.ipynb")


def test_a_name_that_yaml_would_type_keeps_its_value(tmp_path):
    """``yes`` as a key is True to YAML; its value must not become a null that an optional parameter takes."""
    path = tmp_path / "rows.yaml"
    path.write_text("- yes: 3\n  day: 2024-01-05\n", "utf-8")
    wanted = parameters_of("yes: int | None = None\nday: str = ''")
    assert read_rows(path, wanted, "sales.ipynb") == [{"yes": 3, "day": "2024-01-05"}]


def test_a_row_that_is_there_twice_is_a_fault(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text("x\n1\n2\n1\n", "utf-8")
    with pytest.raises(UsageError, match=r"^rows\.csv line 4: the same as line 2$"):
        read_rows(path, parameters_of("x = 1"), "sales.ipynb")


def test_a_name_that_stands_there_twice_is_a_fault(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text("x,x\n1,2\n", "utf-8")
    with pytest.raises(UsageError, match="line 1: “x” stands there twice"):
        read_rows(path, parameters_of("x = 1"), "sales.ipynb")


GIVEN = GOOD | {"day": date(2024, 1, 5)}


def test_rows_that_are_given_are_read_as_those_of_a_file():
    frame = pd.DataFrame([GIVEN, GIVEN | {"region": "西区", "day": None}])
    frame["day"] = pd.to_datetime(frame["day"])
    for rows in ([GIVEN], (GOOD,), [{name: np.int64(7) if name == "top" else one for name, one in GOOD.items()}]):
        assert read_rows(rows, WANTED, "sales.ipynb") == [GOOD]
    assert read_rows(frame[:1].to_dict("records"), WANTED, "sales.ipynb") == [GOOD]
    with pytest.raises(UsageError, match=r"^rows\[1\]: no value for “day” \(its default in sales\.ipynb: null\)$"):
        read_rows(frame.to_dict("records"), WANTED, "sales.ipynb")


def test_all_that_does_not_fit_in_given_rows_is_listed_with_its_row():
    wanted = parameters_of("top = 5\nname = ''")
    rows = [{"top": 1.5, "nam": "甲", "name": "甲"}, 3, {"top": float("nan"), "name": pd.NA}]
    rows += [{"top": True, "name": ["甲"]}, {"top": 1, "name": "乙"}, {"top": 1, "name": "乙"}]
    with pytest.raises(UsageError) as caught:
        read_rows(rows, wanted, "sales.ipynb")
    assert str(caught.value).splitlines() == [
        "rows[1] is 3, and no mapping of the notebook's parameters",
        "rows[0]: sales.ipynb has no parameter “nam”; did you mean “name”?",
        "rows[0]: “top” is “1.5”; sales.ipynb takes int",
        "rows[2]: no value for “top” (its default in sales.ipynb: 5)",
        'rows[2]: no value for “name” (its default in sales.ipynb: "")',
        "rows[3]: “top” is “True”; sales.ipynb takes int",
        "rows[3]: “name” is “['甲']”; sales.ipynb takes str",
        "rows[5]: the same as rows[4]",
    ]
    for none in ([], ()):
        with pytest.raises(UsageError, match=r"^rows: no rows$"):
            read_rows(none, wanted, "sales.ipynb")
