"""A file of rows: values of the notebook's own types, and everything that does not fit, at once."""

import pytest

from nianbao.engine.parameters import parameters_of
from nianbao.errors import UsageError
from nianbao.run.rows import read_rows

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
    assert "rows.csv: sales.ipynb has no parameter “shar”; did you mean “share”?" in said
    assert "rows.csv line 2: “top” is “五”; sales.ipynb takes int" in said
    assert "rows.csv line 2: “open_” is “也许”; sales.ipynb takes bool" in said
    assert "rows.csv line 2: “day” is “昨天”; sales.ipynb takes 'date | None'" in said
    assert "rows.csv line 2: “kind” is “c”; sales.ipynb takes Literal['a', 'b']" in said
    assert 'rows.csv line 3: no value for “region” (its default in sales.ipynb: "东区")' in said
    assert "rows.csv: sales.ipynb has no parameter “?”" in said
    assert "rows.csv line 5: the same as line 4" in said
    assert len(said) == 12  # and “share” in each of the four lines


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


def test_an_annotation_runs_no_code(tmp_path):
    wanted = parameters_of('x: __import__("os").system("touch hacked") = 1')
    path = tmp_path / "rows.csv"
    path.write_text("x\n3\n", "utf-8")
    assert read_rows(path, wanted, "sales.ipynb") == [{"x": 3}]
    assert not (tmp_path / "hacked").exists()
