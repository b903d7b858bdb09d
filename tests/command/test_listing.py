"""Findings as CSV and Markdown: each with its id and place, and nothing that a spreadsheet reckons with."""

import csv
import io

from project import edit, make, nianbao


def test_findings_as_csv_have_an_id_that_stays_and_are_no_formulas(tmp_path):
    project = make(tmp_path)
    folder = project / "params" / "shili-jyj" / "2020"
    edit(folder / "table3.csv", "一、本年新收政府信息公开申请数量,,,3,0", "一、本年新收政府信息公开申请数量,,,=1+2,0")
    out, _ = nianbao("check", "--format", "csv", cwd=project, code=1)
    assert out[0] == "\ufeff"
    rows = list(csv.DictReader(io.StringIO(out[1:])))
    [bad] = [row for row in rows if row["程度"] == "故障"]
    assert (bad["报告"], bad["编号"], bad["文件"], bad["行"]) == ("shili-jyj/2020", "F202", "table3.csv", "4")
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]
    edit(folder / "table3.csv", "一、本年", "\n一、本年")  # the line moves
    again, _ = nianbao("check", "--format", "csv", cwd=project, code=1)
    assert bad["标识"] in {row["标识"] for row in csv.DictReader(io.StringIO(again[1:]))}


def test_findings_as_markdown_are_a_table_a_report_whatever_they_hold(tmp_path):
    project = make(tmp_path)
    edit(project / "params/shili-jyj/2020/report.yaml", "signature: ", "notes: '|<b>'\nsignature: ")
    out, _ = nianbao("check", "--format", "markdown", cwd=project, code=1)
    assert "## shili-jyj/2019 示例市教育局2019年政府信息公开工作年度报告\n" in out
    tables = [line for line in out.splitlines() if line.startswith("|")]
    assert {line.replace("\\|", "").count("|") for line in tables} == {9}
    assert "F104" in out
