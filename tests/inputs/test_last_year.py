"""A report that was read is last year's of the next one: it is not read again, unless something of it has changed."""

import shutil

import pytest

from nianbao.inputs import folder
from nianbao.paths import ReportPaths
from project import ROOT

BUREAU = "shili-jyj"


@pytest.fixture
def params(tmp_path):
    shutil.copytree(ROOT / "params", tmp_path / "params")
    folder._kept.clear()
    return tmp_path / "params"


def read(params, year):
    return folder.read(ReportPaths(params, BUREAU, year))[0]


def afresh(params, year):
    folder._kept.clear()
    return read(params, year)


@pytest.mark.by_turns(2)
@pytest.mark.parametrize("year", [2020, 2021, 2022, 2023, 2024])
def test_what_is_kept_is_what_is_read_afresh(params, year):
    wanted = afresh(params, year)
    before = afresh(params, year - 1)
    found = read(params, year)
    assert found == wanted
    assert found.previous == wanted.previous
    assert found.previous is not before
    assert found.previous.notes == wanted.previous.notes
    assert found.previous.previous is None


@pytest.mark.parametrize("name", ["2022/table3.csv", "2022/report.yaml", "2022/narrative.md", "bureau.yaml"])
def test_what_was_saved_meanwhile_is_read_again(params, name):
    read(params, 2022)
    path = params / BUREAU / name
    path.write_bytes(path.read_bytes() + "\n# 备注\n".encode() * (path.suffix != ".csv"))
    if path.suffix == ".csv":
        path.write_text(path.read_text("utf-8-sig").replace("12", "13"), "utf-8")
    assert read(params, 2023).previous == afresh(params, 2023).previous


def test_files_that_come_or_go_are_seen(params):
    read(params, 2022)
    (params / BUREAU / "2022" / "table9.csv").write_text("甲,1\n", "utf-8")
    assert read(params, 2023).previous is None
    (params / BUREAU / "2022" / "table9.csv").unlink()
    read(params, 2022)
    (params / BUREAU / "2022" / "table3.csv").unlink()
    assert read(params, 2023).previous is None


def test_a_report_with_faults_is_no_last_year(params):
    table = params / BUREAU / "2022" / "table2.csv"
    table.write_text(table.read_text("utf-8-sig") + "多,出,来,的,行\n", "utf-8")
    assert read(params, 2022) is None or read(params, 2022).faults
    assert read(params, 2023).previous is None


def test_what_is_done_to_one_report_is_not_done_to_the_next_ones_last_year(params):
    before = read(params, 2022)
    after = read(params, 2023)
    before.cells["table2"].clear()
    before.facts.clear()
    assert after.previous == afresh(params, 2023).previous
