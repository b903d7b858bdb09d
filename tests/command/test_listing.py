"""Findings as CSV and Markdown: each with its id and place, and nothing that a spreadsheet reckons with."""

import csv
import io
import json
import shutil

import pytest

from nianbao.command import listing
from nianbao.command.progress import print_summary
from nianbao.job_id import ReportId
from nianbao.run.job import Outcome
from nianbao.state import State
from project import edit, make, nianbao
from records import finding


@pytest.mark.slow
def test_findings_as_csv_have_an_id_that_stays_and_are_no_formulas(tmp_path):
    project = make(tmp_path)
    folder = project / "params" / "shili-jyj" / "2020"
    edit(folder / "table3.csv", "一、本年新收政府信息公开申请数量,,,3,0", "一、本年新收政府信息公开申请数量,,,=1+2,0")
    reports = json.loads(nianbao("check", "--format", "json", cwd=project, code=1)[0])["reports"]
    assert [(one["bureau"], one["year"]) for one in reports] == [("shili-jyj", 2019), ("shili-jyj", 2020)]
    out, _ = nianbao("check", "--format", "csv", cwd=project, code=1)
    assert out[0] == "\ufeff"
    rows = list(csv.DictReader(io.StringIO(out[1:])))
    [bad] = [row for row in rows if row["程度"] == "故障"]
    assert (bad["报告"], bad["编号"], bad["文件"], bad["行"]) == ("shili-jyj/2020", "F202", "table3.csv", "4")
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]
    edit(folder / "table3.csv", "一、本年", "\n一、本年")  # the line moves
    again, _ = nianbao("check", "--format", "csv", cwd=project, code=1)
    assert bad["标识"] in {row["标识"] for row in csv.DictReader(io.StringIO(again[1:]))}


def test_a_number_with_its_sign_stays_one_with_a_unit_and_without_and_what_is_reckoned_with_does_not(capsys):
    kept = ["+1", "-1", "+1件", "-1件", "-0.5万元", "+3%"]
    listing.print_rows(["增减"], [[one] for one in (*kept, "-1+1", "=1", "+A1", "-件", "@1", "+1,2")])
    rows = [row for [row] in csv.reader(io.StringIO(capsys.readouterr().out[1:]))]
    assert rows == ["增减", *kept, "'-1+1", "'=1", "'+A1", "'-件", "'@1", "'+1,2"]


def test_findings_as_markdown_are_a_table_a_report_whatever_they_hold(tmp_path):
    project = make(tmp_path)
    edit(project / "params/shili-jyj/2020/report.yaml", "signature: ", "notes: '|<b>'\nsignature: ")
    out, _ = nianbao("check", "--format", "markdown", cwd=project, code=1)
    assert "## shili-jyj/2020 示例市教育局\n" in out  # cannot be read, and so has no title
    assert "## shili-jyj/2019 示例市教育局2019年政府信息公开工作年度报告\n" in out
    tables = [line for line in out.splitlines() if line.startswith("|")]
    assert {line.replace("\\|", "").count("|") for line in tables} == {9}
    assert "F104" in out


def test_a_flood_of_warnings_hides_nothing_that_is_worse(capsys):
    warned = [
        Outcome(ReportId(f"shili-b{n:02}", 2024), State.PUBLISHED, (finding("W705", "引言"), finding("W704", "表二")))
        for n in range(30)
    ]
    bad = Outcome(ReportId("shili-jyj", 2024), State.BLOCKED, (finding("E301"),))
    print_summary([*warned, bad], 1.0, "/x/outputs/index.html")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("shili-jyj/2024")
    assert lines[-2].endswith("(1): shili-jyj/2024")  # and once more where the eye falls
    assert len(lines) < 30
    [rest] = [line for line in lines if "W705" in line and "27" in line]
    assert all(part in rest for part in ("shili-b03/2024", "/x/outputs/findings.html", "--format json"))
    assert sum("W704" in line for line in lines) == 4
    print_summary(warned[:4], 1.0, "/x/outputs/index.html")
    assert "findings.html" not in capsys.readouterr().out  # a line that tells of one more would save nothing


def rows(project, *words, code=0):
    out, _ = nianbao("check", "--format", "csv", *words, cwd=project, code=code)
    return list(csv.DictReader(io.StringIO(out[1:])))


@pytest.mark.slow
def test_every_form_holds_the_same_findings_also_those_beside_other_bureaus(tmp_path):
    project = make(tmp_path)
    params = project / "params"
    shutil.copytree(params / "shili-jyj", params / "shili-wlj")
    edit(params / "shili-wlj" / "bureau.yaml", "示例市教育局", "示例市文化和旅游局")
    named = [one for report in json_of(project) for one in report["findings"]]
    assert any(one["code"].startswith("W70") for one in named)
    assert [one["id"] for one in named] == [row["标识"] for row in rows(project)]
    shown, marked = (nianbao("check", *words, cwd=project)[0] for words in ((), ("--format", "markdown")))
    for one in named:
        assert f"{one['label']} {one['code']}] {one['title']}" in shown
        assert f"| {one['label']} | {one['code']} | {one['title']} |" in marked


def json_of(project):
    return json.loads(nianbao("check", "--format", "json", cwd=project)[0])["reports"]


@pytest.mark.slow
def test_numbers_without_a_source_are_rows_where_they_are_asked_for(tmp_path):
    project = make(tmp_path)
    edit(project / "params/shili-jyj/2020/narrative.md", "## 五、", "全年培训93场。\n\n## 五、")
    sources = [row for row in rows(project, "--sources") if row["文件"] == "narrative.md" and not row["编号"]]
    assert {"占位符", "没有来源"} <= {row["核查发现"] for row in sources}
    assert [] == [row for row in sources if row["核查发现"] == "占位符" and not row["应为"]]  # where it comes from
    [row] = [row for row in rows(project, "--unbound") if "93场" in row["实际"] and row["核查发现"] == "没有来源"]
    assert ("shili-jyj/2020", "narrative.md") == (row["报告"], row["文件"])
    assert int(row["行"]) > 1
    assert "只能给一个" in nianbao("check", "--unbound", "--sources", cwd=project, code=2)[1]
    assert "| 没有来源 |" in nianbao("check", "--format", "markdown", "--unbound", cwd=project)[0]
    assert not [row for row in rows(project) if row["核查发现"] == "没有来源"]
