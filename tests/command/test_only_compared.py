"""A report that is there only for the next year's to be compared with: no command builds it."""

import pytest

import project
from project import nianbao, states

BUREAU = "shili-jyj"
TITLE = "示例市教育局2019年政府信息公开工作年度报告"
PAGE = f"<h1>{TITLE}</h1><p>一、总体情况</p><p>平稳。</p><p>示例市教育局</p><p>2020年1月20日</p>"
LAST = ("--bureau", BUREAU, "--year", "2019")


@pytest.fixture
def marked(tmp_path):
    """Two years, of which the first is only compared with."""
    project.make(tmp_path)
    file = tmp_path / "params" / BUREAU / "2019" / "report.yaml"
    file.write_text(f"{file.read_text('utf-8').rstrip()}\nonly_compared: 是\n", "utf-8")
    return tmp_path


@pytest.mark.slow
def test_it_is_planned_and_listed_as_such_and_the_next_year_is_compared_with_it(marked):
    assert states("plan", cwd=marked) == {f"{BUREAU}/2019": "只供对照", f"{BUREAU}/2020": "待核查"}
    out = nianbao("build", "--to", "html", cwd=marked)[0]
    assert "已发布 1" in out
    assert f"{BUREAU}/2019 只供对照：report.yaml 写了 only_compared，没有生成" in out
    assert "只供对照 1" in out
    assert not (marked / "outputs" / BUREAU / "2019").exists()
    assert '<td class="gone">只供对照<td>' in (marked / "outputs" / "index.html").read_text("utf-8")
    assert "未变" not in nianbao("plan", *LAST, cwd=marked)[0]
    nianbao("verify", cwd=marked)
    assert "改 " in nianbao("diff", "--with", "last", "--year", "2020", cwd=marked, code=1)[0]


def test_its_findings_are_told_where_its_year_is_named(marked):
    file = marked / "params" / BUREAU / "2019" / "narrative.md"
    file.write_text(f"{file.read_text('utf-8')}\n待补充。\n", "utf-8")
    assert f"{BUREAU}/2019" not in nianbao("check", cwd=marked)[0]
    assert "待补充" in nianbao("check", *LAST, cwd=marked, code=1)[0]


def test_an_import_writes_it_and_a_later_one_keeps_it(tmp_path):
    (tmp_path / "去年.html").write_text(PAGE, "utf-8")
    report = tmp_path / "params" / BUREAU / "2019" / "report.yaml"
    nianbao("import", "去年.html", *LAST, "--only-compared", cwd=tmp_path, code=1)
    assert report.read_text("utf-8").count("only_compared: 是\n") == 1
    (tmp_path / "去年.html").write_text(PAGE.replace("平稳", "平稳有序"), "utf-8")
    nianbao("import", "去年.html", *LAST, cwd=tmp_path, code=1)
    assert report.read_text("utf-8").count("only_compared: 是\n") == 1
    assert "只供对照" in nianbao("build", cwd=tmp_path)[0]
