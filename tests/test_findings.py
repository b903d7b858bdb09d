"""A finding says what, where, what was expected and what to do, in Chinese; an error says who must act."""

import json
import os

import pytest

from nianbao import errors
from nianbao.findings import Finding, Kind, Severity, Source, blocks, enumerated, has_faults, nearest, tally

FAULT = Kind("F202", Severity.FAULT, "单元格不是数字")
NOTE = Kind("I104", Severity.NOTE, "没有上年报告可供核对")
FULL = Finding(FAULT, "表二 规章 / 本年制发件数", Source("table2.csv", 3, "B3"), "“约5”", "整数", "改正这一格")


def of(severity):
    return Finding(Kind("X1", severity, "名称"), "", None, "")


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "1"), (5, "1、2、3、4、5"), (8, "1、2、3、4、5、6、7、8"), (9, "1、2、3、4、5、6、7、8等")],
)
def test_of_few_things_all_are_named_and_what_is_left_out_is_told(count, said):
    names = [str(one) for one in range(1, count + 1)]
    assert said == enumerated(names)
    assert said.replace("、", "；").replace("等", f"等{count}格") == enumerated(names, "；", "格")


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
        Finding(NOTE, "上年报告", None, "没有")
    ).splitlines()


@pytest.mark.parametrize(
    ("severities", "blocked", "faulty"),
    [("", False, False), ("提示 警告", False, False), ("警告 错误", True, False), ("故障", True, True)],
)
def test_only_faults_and_errors_forbid_publishing_and_only_faults_a_draft(severities, blocked, faulty):
    """Whatever its code: a format file names its own."""
    found = [of(Severity(severity)) for severity in severities.split()]
    assert (blocked, faulty) == (blocks(found), has_faults(found))


def test_a_tally_counts_by_severity_gravest_first():
    assert "故障 1，错误 1，提示 2" == tally([Severity.NOTE, Severity.ERROR, Severity.NOTE, Severity.FAULT])
    assert "" == tally([])
    assert [0, 1, 2, 3] == [severity.rank for severity in Severity]


EACH = Kind("E501", Severity.ERROR, "正文与表格不符", acceptable=True, each=True)


@pytest.mark.parametrize(
    "finding",
    [
        FULL,
        Finding(NOTE, "上年报告", None, "没有"),
        Finding(FAULT, "", Source("a"), ""),
        Finding(EACH, "一、总体情况 · 新收12件", None, ""),
        Finding(Kind("W501", Severity.WARNING, "可能不符", each=True), "一、总体情况", None, "", accepted="口径不同"),
    ],
)
def test_a_finding_comes_back_from_its_json(finding):
    plain = json.loads(json.dumps(finding.to_json()))
    assert finding == Finding.from_json(plain)
    about = finding.severity.code, str(finding.severity), finding.title
    assert about == (plain["severity"], plain["label"], plain["title"])


def test_every_warning_may_be_accepted_and_of_errors_those_that_say_so():
    assert [Severity.WARNING] == [one for one in Severity if of(one).kind.acceptable]
    assert EACH.acceptable


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
    codes = {errors.UsageError: 2, errors.BusyError: os.EX_TEMPFAIL}
    assert next((code for kind, code in codes.items() if issubclass(error, kind)), 1) == error.exit_code
    assert error.__doc__


def test_a_data_error_shows_all_its_faults():
    error = errors.DataError((FULL, FULL))
    assert (FULL, FULL) == error.faults
    assert f"{FULL}\n\n{FULL}" == str(error)


def test_what_a_finding_names_makes_no_lines_of_its_own():
    forged = "甲\n── 乙/2021 : 可以发布\n.md"
    one = Finding(NOTE, forged, Source(forged, 3), f"1{forged}", f"2{forged}", f"3{forged}")
    plain = Finding(NOTE, "甲", Source("甲.md", 3), "1甲", "2甲", "3甲")
    assert str(plain).count("\n") == str(one).count("\n")
    assert "甲〔U+000A〕── 乙" in str(one)
    assert "\n" not in Source(forged).to_json()["file"]
