"""Where files live follows from one root; looking creates nothing."""

import pytest

from nianbao.errors import UsageError
from nianbao.paths import ReportPaths, find_params


def test_the_files_of_a_report_stand_in_its_folder(tmp_path):
    one = ReportPaths(tmp_path, "dingxi-nyncj", 2020)
    found = [
        one.bureau_file,
        one.folder,
        one.report_file,
        one.narrative_file,
        one.table_file("table3"),
        one.last_year.folder,
    ]
    expected = ["bureau.yaml", "2020", "2020/report.yaml", "2020/narrative.md", "2020/table3.csv", "2019"]
    assert [tmp_path / "dingxi-nyncj" / name for name in expected] == found
    assert [] == list(tmp_path.iterdir())


def test_the_params_folder_is_found_from_anywhere_below_it(tmp_path, monkeypatch):
    inside = tmp_path / "notebooks" / "deep"
    inside.mkdir(parents=True)
    (tmp_path / "params").mkdir()
    monkeypatch.chdir(inside)
    assert (tmp_path / "params").resolve() == find_params()


def test_the_nearest_params_folder_wins(tmp_path, monkeypatch):
    (tmp_path / "params").mkdir()
    (tmp_path / "copy" / "params").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "copy")
    assert (tmp_path / "copy" / "params").resolve() == find_params()


def test_a_named_params_folder_is_taken_as_named(tmp_path):
    (tmp_path / "数据").mkdir()
    assert tmp_path / "数据" == find_params(str(tmp_path / "数据"))


def test_a_missing_params_folder_is_an_error_that_says_how_to_name_one(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "params").write_text("a file, not a folder")
    with pytest.raises(UsageError, match="--params DIR"):
        find_params()
    with pytest.raises(UsageError, match="one folder per bureau"):
        find_params(tmp_path / "none")
    with pytest.raises(UsageError, match="-p params_dir DIR"):
        find_params(is_notebooks=True)
