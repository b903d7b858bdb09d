"""A finding says what, where, what was expected and what to do, in Chinese; an error says who must act."""

import re
from pathlib import Path

import pytest

import helpers
from helpers import errors
from helpers.findings import CATALOGUE, SEVERITIES, Finding, Source, blocks, nearest, tally

ROOMS = sorted(Path(helpers.__file__).parent.glob("*.py"))
FULL = Finding("F202", "表二 规章 / 本年制发件数", Source("table2.csv", 3, "B3"), "“约5”", "整数", "改正这一格")


def raised():
    """Every code a room or a format file names, the catalogue apart."""
    files = [room for room in ROOMS if room.stem != "findings"] + list((ROOMS[0].parent / "formats").glob("*.yaml"))
    return {code for file in files for code in re.findall(r"\b[FEWI][0-9]{3}\b", file.read_text("utf-8"))}


def test_the_catalogue_holds_every_code_that_can_be_raised_and_no_other():
    assert set(CATALOGUE) == raised()


@pytest.mark.parametrize("code", CATALOGUE)
def test_a_catalogue_entry_has_a_severity_a_short_title_and_a_reason_in_chinese(code):
    entry = CATALOGUE[code]
    assert re.fullmatch("[FEWI][0-9]{3}", code)
    assert re.search("[一-鿿]", entry.title)
    assert len(entry.title) <= 20
    assert entry.why.endswith(("。", "）。"))


@pytest.mark.parametrize(("code", "severity"), [("F101", "故障"), ("E101", "错误"), ("W201", "警告"), ("I101", "提示")])
def test_the_code_tells_the_severity(code, severity):
    assert severity == Finding(code, "", None, "").severity


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (Source("table2.csv"), "table2.csv"),
        (Source("report.yaml", 3), "report.yaml 第3行"),
        (Source("table2.csv", 3, "B3"), "table2.csv 第3行 B3格"),
    ],
)
def test_a_source_is_pointed_at_as_a_person_would(source, text):
    assert text == str(source)


def test_a_finding_reads_as_place_found_expected_and_action():
    lines = [
        "[故障 F202] 单元格不是数字：表二 规章 / 本年制发件数（table2.csv 第3行 B3格）",
        "  实际：“约5”",
        "  应为：整数",
        "  处理：改正这一格",
    ]
    assert lines == str(FULL).splitlines()
    assert ["[提示 I104] 没有上年报告可供核对：上年报告", "  实际：没有"] == str(
        Finding("I104", "上年报告", None, "没有")
    ).splitlines()


@pytest.mark.parametrize(("codes", "blocked"), [("", False), ("I101 W201", False), ("W201 E101", True), ("F101", True)])
def test_only_faults_and_errors_forbid_publishing(codes, blocked):
    assert blocked is blocks(Finding(code, "", None, "") for code in codes.split())


def test_a_tally_counts_by_severity_gravest_first():
    found = [Finding(code, "", None, "") for code in ("I101", "E101", "I102", "F101")]
    assert "故障 1，错误 1，提示 2" == tally(found)
    assert "" == tally([])
    assert ["故障", "错误", "警告", "提示"] == list(SEVERITIES.values())


@pytest.mark.parametrize(
    ("name", "said"), [("signatur", "，是否为“signature”？"), ("本年制发数", "，是否为“本年制发件数”？"), ("zzz", "")]
)
def test_the_nearest_name_is_offered_when_one_is_near(name, said):
    assert said == nearest(name, ["signature", "本年制发件数", "规章"])


@pytest.mark.parametrize(
    "error", [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, Exception)]
)
def test_every_error_is_ours_says_who_acts_and_has_an_exit_code(error):
    assert issubclass(error, errors.NianbaoError)
    assert (2 if error is errors.UsageError else 1) == error.exit_code
    assert error.__doc__


def test_a_data_error_shows_all_its_faults():
    error = errors.DataError((FULL, FULL))
    assert (FULL, FULL) == error.faults
    assert f"{FULL}\n\n{FULL}" == str(error)
