"""Which reports there are to make: bureaus × years from the folders."""

import pytest

from nianbao.document.data import BureauData
from nianbao.errors import UsageError
from nianbao.findings import Source
from nianbao.inputs.select import select


@pytest.fixture
def root(tmp_path):
    for bureau in ("shili-jyj", "shili-szf"):
        for year in ("2020", "2019"):
            (tmp_path / bureau / year).mkdir(parents=True)
    (tmp_path / "README.md").touch()
    (tmp_path / "shili-szf" / "bureau.yaml").touch()
    return tmp_path


def chosen(selection):
    return [f"{one.bureau}/{one.year}" for one in selection.reports]


@pytest.mark.parametrize(
    ("bureaus", "years", "expected"),
    [
        ((), (), ["shili-jyj/2019", "shili-jyj/2020", "shili-szf/2019", "shili-szf/2020"]),
        (["shili-szf"], (), ["shili-szf/2019", "shili-szf/2020"]),
        ((), [2020], ["shili-jyj/2020", "shili-szf/2020"]),
        (["shili-szf", "shili-jyj"], [2019], ["shili-jyj/2019", "shili-szf/2019"]),
    ],
)
def test_bureaus_times_years_in_order(root, bureaus, years, expected):
    selection = select(root, bureaus, years)
    assert (expected, ()) == (chosen(selection), selection.faults)


@pytest.mark.parametrize(
    "name", ["shili", "01-slj", "Shili-jyj", "shili_jyj", "示例市教育局", "shili-jyj 副本", "shili-jyj-", "2020"]
)
def test_a_misnamed_bureau_folder_is_a_fault_and_the_others_are_read(root, name):
    (root / name / "2020").mkdir(parents=True)
    selection = select(root)
    assert 4 == len(selection.reports)
    [fault] = selection.faults
    assert ("F107", "机关编号", f"文件夹名“{name}”") == (fault.code, fault.place, fault.found)
    assert name in fault.source.file
    assert "至少两段，用连字符连接，以字母开头" in fault.expected
    assert "dingxi-nyncj" in fault.expected


@pytest.mark.parametrize("name", ["b00-ju", "t1-2-slj", "a-1"])
def test_a_bureaus_id_has_small_letters_and_digits_in_parts_a_letter_first(root, name):
    (root / name / "2020").mkdir(parents=True)
    selection = select(root)
    assert (f"{name}/2020" in chosen(selection), selection.faults) == (True, ())
    assert BureauData(id=name, name="示例局", level="市").id == name  # as report.json has it


@pytest.mark.parametrize("name", ["20", "20210", "1820", "2021年", "2021-旧", "备份", "20２1", "２０２１"])
def test_a_misnamed_year_folder_is_a_fault_and_the_others_are_read(root, name):
    (root / "shili-jyj" / name).mkdir()
    selection = select(root)
    assert 4 == len(selection.reports)
    assert [("F107", "报告年度", Source(f"shili-jyj/{name}"))] == [
        (fault.code, fault.place, fault.source) for fault in selection.faults
    ]


def test_folders_put_aside_are_left_alone(root):
    for name in ("_旧数据", ".git", "shili-jyj/_2018", "shili-jyj/.ipynb_checkpoints"):
        (root / name).mkdir()
    assert () == select(root).faults


def test_faults_are_those_of_the_bureaus_asked_for(root):
    (root / "备份" / "2020").mkdir(parents=True)
    (root / "shili-jyj" / "旧").mkdir()
    assert () == select(root, ["shili-szf"]).faults
    assert ["shili-jyj/旧"] == [fault.source.file for fault in select(root, ["shili-jyj"]).faults]


def test_an_unknown_bureau_names_the_nearest(root):
    with pytest.raises(UsageError, match=r"no bureau “shili-jyy” in .*; the nearest: shili-jyj"):
        select(root, ["shili-jyy"])


def test_a_pattern_means_all_bureaus_whose_ids_or_else_names_it_fits(root):
    (root / "shili-jyj" / "bureau.yaml").write_text("name: 示例市教育局\nshort: 市教育局\n", "utf-8")
    (root / "shili-szf" / "bureau.yaml").write_text("name: 示例市人民政府[甲]\n", "utf-8")
    both = ["shili-jyj/2020", "shili-szf/2020"]
    for named, expected in (
        ("shili-*", both), ("*-jy?", both[:1]), ("shili-[st]*", both[1:]),
        ("*教育局", both[:1]), ("示例市*", both), ("示例市人民政府[甲]", both[1:]),
    ):  # fmt: skip
        assert expected == chosen(select(root, [named], [2020])), named
    assert both == chosen(select(root, ["shili-s*", "shili-*"], [2020]))
    with pytest.raises(UsageError, match=r"no bureau “shili-w\*” in .*; the nearest: shili-szf"):
        select(root, ["shili-w*"])


@pytest.mark.parametrize(("bureaus", "years"), [((), [1999]), (["shili-jyj"], [2030]), ((), [2019, 2030])])
def test_a_year_without_a_report_names_the_nearest(root, bureaus, years):
    with pytest.raises(UsageError, match=f"no report of {years[-1]} in .*; the nearest: 2019, 2020"):
        select(root, bureaus, years)


def test_an_empty_or_absent_root_is_an_error_of_the_operator(tmp_path):
    with pytest.raises(UsageError, match="nothing selected"):
        select(tmp_path)
    with pytest.raises(UsageError, match="cannot read"):
        select(tmp_path / "none")


def test_files_of_a_report_outside_of_a_years_folder_are_faults(root):
    (root / "shili-jyj" / "table3.csv").write_text("x", "utf-8")
    (root / "narrative.md").write_text("x", "utf-8")
    (root / "shili-jyj" / "form.xlsx").write_bytes(b"x")
    (root / "rows.csv").write_text("x", "utf-8")
    found = [(one.code, str(one.source)) for one in select(root).faults]
    assert found == [
        ("F109", "narrative.md"), ("F109", "shili-jyj/form.xlsx"), ("F109", "shili-jyj/table3.csv"),
    ]  # fmt: skip
