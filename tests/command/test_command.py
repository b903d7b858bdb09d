"""The command from outside: what it builds, says and exits with; in a copy of the project, with real processes."""

import json
import re
import shutil
from dataclasses import astuple

import openpyxl
import pytest

from cases import each
from forms import filled
from machine import POSIX
from making import BODY, FORMATS
from nianbao.checks.catalogue import EXPLANATIONS, PARTS, as_markdown, explained, kinds
from nianbao.command.main import SUBCOMMANDS, main
from nianbao.command.main import _said as refused
from nianbao.paths import PACKAGE
from nianbao.run.store.local import LocalStore
from nianbao.yamlfile import read_yaml
from project import ENGLISH, ROOT, add_cell, edit, make, nianbao, states


@pytest.fixture
def project(tmp_path):
    """A project of two small reports, the later of which reads the earlier."""
    return make(tmp_path)


def test_a_build_makes_every_format_and_an_index_and_does_nothing_twice(project):
    out, err = nianbao("build", cwd=project)
    folder = project / "outputs" / "shili-jyj" / "2020"
    assert sorted(path.name for path in folder.iterdir()) == [
        "manifest.json", "report.html", "report.ipynb", "report.json", "report.pdf",
    ]  # fmt: skip
    assert (folder / "report.pdf").read_bytes().startswith(b"%PDF-")
    assert "共 2 份：已发布 2" in out
    assert err.startswith("正在核查 2 份报告\n")  # said before it takes its time
    assert "[2/2] shili-jyj/20" in err
    index = (project / "outputs" / "index.html").read_text("utf-8")
    assert 'href="shili-jyj/2020/report.html"' in index
    assert "示例市教育局2019年政府信息公开工作年度报告" in index
    before = {path: path.read_bytes() for path in folder.iterdir()}
    assert states("build", cwd=project) == {"shili-jyj/2019": "未变", "shili-jyj/2020": "未变"}
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("command", ["build", "check", "plan", "verify", "diff"])
@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("shili-jyj/2020", "--bureau shili-jyj --year 2020"),
        ("params/shili-jyj/2020/", "--bureau shili-jyj --year 2020"),
        ("shili-jyj", "--bureau shili-jyj"),
        ("2019-2020", "--year 2019-2020"),
        ("params/shili-jyj/2020/narrative.md", "--bureau shili-jyj --year 2020"),
        (".", "--bureau … --year …"),
    ],
)
def test_a_report_that_is_named_without_an_option_is_said_as_its_options(command, word, meant, project):
    _, err = nianbao(command, word, cwd=project, code=2)
    assert f"{word}：报告用选项指明：{meant}\n" in err


def test_help_is_shown_and_an_unknown_option_is_named_beside_such_a_word(project):
    assert "--bureau" in nianbao("check", "shili-jyj", "--help", cwd=project)[0]
    for option in ("--workers", "-j"):
        assert f"没有选项 '{option}'" in nianbao("build", option, "2", "--bureau", "shili-jyj", cwd=project, code=2)[1]
    assert "--bureau shili-jyj\n" in nianbao("check", "--", "shili-jyj", cwd=project, code=2)[1]


def test_several_bureaus_in_one_word_are_refused_with_how_they_are_parted(project):
    assert "几个机关之间用空格隔开" in nianbao("check", "--bureau", "shili-jyj,shili-wlj", cwd=project, code=2)[1]


def test_a_path_given_as_a_bureau_is_said_as_its_options(project):
    _, err = nianbao("plan", "--bureau", "shili-jyj/2020", cwd=project, code=2)
    assert "shili-jyj/2020：报告用选项指明：--bureau shili-jyj --year 2020\n" in err


@pytest.mark.slow
def test_an_edit_rebuilds_the_report_and_those_whose_checks_read_it(project):
    nianbao("build", "--to", "html", cwd=project)
    edit(project / "params" / "shili-jyj" / "2019" / "narrative.md", "直属学校", "直属单位")
    assert states("build", "--to", "html", cwd=project) == {"shili-jyj/2019": "已发布", "shili-jyj/2020": "已发布"}
    edit(project / "params" / "shili-jyj" / "2020" / "narrative.md", "申请", "申请")
    (project / "params" / "shili-jyj" / "2020" / "narrative.md").touch()
    assert states("build", "--to", "html", cwd=project) == {"shili-jyj/2019": "未变", "shili-jyj/2020": "未变"}


def test_an_error_blocks_publishing_keeps_what_is_published_and_drafts_beside_it(project):
    nianbao("build", "--to", "html", cwd=project)
    folder = project / "outputs" / "shili-jyj" / "2020"
    published = {path.name: path.read_bytes() for path in folder.iterdir()}
    edit(
        project / "params" / "shili-jyj" / "2020" / "table3.csv",
        "一、本年新收政府信息公开申请数量,,,3,0",
        "一、本年新收政府信息公开申请数量,,,9,0",
    )
    out, err = nianbao("build", "--to", "html", cwd=project, code=1)
    assert "E301" in err
    assert "table3.csv 第4行" in err
    assert "shili-jyj/2020 示例市教育局 阻断：错误" in out
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == published
    assert "已过期" in (project / "outputs" / "index.html").read_text("utf-8")
    assert '<a href="findings.html#shili-jyj/2020">现在\u00a0错误' in (project / "outputs/index.html").read_text("utf-8")
    assert "[错误 E301]" in (project / "outputs/findings.html").read_text("utf-8")
    assert states("verify", cwd=project, code=1)["shili-jyj/2020"] == "输入已变"
    assert "shili-jyj/2020  阻断  错误 " in nianbao("plan", "--to", "html", cwd=project, code=1)[0]
    nianbao("build", "--to", "html", "--draft", cwd=project)
    after = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert {name: after[name] for name in published if name != "manifest.json"} == {
        name: published[name] for name in published if name != "manifest.json"
    }
    assert {"report-draft.html", "report-draft.json", "report-draft.ipynb"} < set(after)
    assert "草稿".encode() in after["report-draft.html"]
    edit(
        project / "params" / "shili-jyj" / "2020" / "table3.csv",
        "一、本年新收政府信息公开申请数量,,,9,0",
        "一、本年新收政府信息公开申请数量,,,3,0",
    )
    nianbao("build", "--to", "html", cwd=project)
    assert not list(folder.glob("report-draft.*"))


@pytest.mark.slow
def test_a_draft_of_a_sound_report_never_takes_the_place_of_what_is_published(project):
    """It is stamped, in report-draft.json too, lies beside the signed files, and goes when they are up to date."""
    nianbao("build", "--to", "html", cwd=project)
    folder = project / "outputs" / "shili-jyj" / "2020"
    signed = {path.name: path.read_bytes() for path in folder.glob("report.*")}
    edit(project / "params" / "shili-jyj" / "2020" / "narrative.md", "## 一、总体情况", "## 一、总体情况\n\n工作有序推进。")
    assert states("build", "--to", "html", "--draft", cwd=project)["shili-jyj/2020"] == "草稿"
    assert {path.name: path.read_bytes() for path in folder.glob("report.*")} == signed
    assert 'class="stamp"' in (folder / "report-draft.html").read_text("utf-8")
    assert json.loads((folder / "report-draft.json").read_text("utf-8"))["draft"]
    assert states("plan", "--to", "html", "--draft", cwd=project)["shili-jyj/2020"] == "未变"
    assert states("build", "--to", "html", cwd=project)["shili-jyj/2020"] == "已发布"
    assert sorted(path.name for path in folder.glob("report*")) == sorted(signed)


def test_all_faults_are_listed_and_the_sound_reports_are_built(project):
    shutil.copytree(project / "params" / "shili-jyj", project / "params" / "shili-xxx")
    edit(project / "params" / "shili-xxx" / "2019" / "report.yaml", "date:", "dat:")
    edit(project / "params" / "shili-xxx" / "2020" / "narrative.md", "{{ 事实.", "{{ 事.")
    (project / "params" / "shili-xxx" / "20245").mkdir()
    out, err = nianbao("build", "--to", "html", cwd=project, code=1)
    for said in ("F104", "report.yaml 第", "是否为“date”", "F302", "narrative.md 第", "F107", "shili-xxx/20245"):
        assert said in err
    assert "已发布 2" in out
    assert (project / "outputs" / "shili-jyj" / "2020" / "report.html").exists()
    assert not (project / "outputs" / "shili-xxx").exists()
    index = (project / "outputs" / "index.html").read_text("utf-8")
    assert "示例市教育局 <small>shili-xxx</small>" in index
    # 2020 has four wrong names, and compares a value with last year's, whose report has a fault.
    assert re.findall('<td class="bad">阻断<td><a href="findings.html#[a-z0-9/-]+">(.*?)</a><td>', index) == [
        "故障\u00a05\u3000提示\u00a01",
        "故障\u00a01\u3000提示\u00a01",
    ]


@pytest.mark.slow
def test_a_failing_notebook_leaves_what_is_needed_to_mend_it(project):
    add_cell(project, "1 / 0 if year == 2020 else 0")
    out, _ = nianbao("build", "--to", "html", cwd=project, code=1)
    assert "ZeroDivisionError" in out
    failed = project / "outputs" / ".failed" / "shili-jyj" / "2020"
    assert "ZeroDivisionError" in (failed / "traceback.txt").read_text("utf-8")
    assert "ZeroDivisionError" in (failed / "report.ipynb").read_text("utf-8")
    assert (project / "outputs" / "shili-jyj" / "2019" / "report.html").exists()


@pytest.mark.slow
def test_check_lists_findings_and_builds_nothing(project):
    out, err = nianbao("check", cwd=project)
    assert err == "正在核查 2 份报告\n"
    assert "核查 2 份报告：可以发布 2，不得发布 0" in out
    assert not (project / "outputs").exists()
    edit(project / "params" / "shili-jyj" / "2020" / "report.yaml", "signature:", "# signature:")
    found = json.loads(nianbao("check", "--format", "json", cwd=project, code=1)[0])
    codes = {report["name"]: [finding["code"] for finding in report["findings"]] for report in found["reports"]}
    assert "E101" in codes["shili-jyj/2020"]


@pytest.mark.slow
def test_a_form_is_laid_out_filled_in_and_published_where_it_lies(project):
    out, _ = nianbao("new", "shili-jyj", 2021, "--workbook", "--text", cwd=project)
    assert "form.xlsx" in out
    assert "标了【核对：…】的有" in out
    folder = project / "params" / "shili-jyj" / "2021"
    assert ["form.xlsx", "narrative.md", "report.yaml"] == sorted(path.name for path in folder.iterdir())
    (folder / "narrative.md").write_text(BODY, "utf-8")
    out, _ = nianbao("check", "--year", 2021, cwd=project, code=1)
    assert "表三（form.xlsx 表三 第5行 D5格）" in out
    blank = {  # but what has been carried over
        table.id: {key: 0 for key in table.cells if key[0][:1] != ("二、上年结转政府信息公开申请数量",)}
        for table in FORMATS["2021"].tables.values()
    }
    (folder / "form.xlsx").write_bytes(filled((folder / "form.xlsx").read_bytes(), values=blank))
    edit(folder / "report.yaml", "date: ", "date: 2022-01-20")
    opened = openpyxl.load_workbook(folder / "form.xlsx")
    for row in opened["事实"].iter_rows(min_row=2, max_col=2):
        row[0].value = None
    for column in "DEFGHIJ":  # nothing was done: what came over goes on
        opened["表三"][f"{column}29"] = opened["表三"][f"{column}6"].value
    opened.save(folder / "form.xlsx")
    words = ("--year", 2021, "--to", "html")
    assert {"shili-jyj/2021": "已发布"} == states("build", *words, cwd=project)
    assert {"shili-jyj/2021": "未变"} == states("build", *words, cwd=project)
    opened["表二"]["B4"] = 1
    opened["表二"]["D4"] = 1
    opened.save(folder / "form.xlsx")
    assert "数据" in nianbao("plan", *words, cwd=project)[0]
    assert {"shili-jyj/2021": "已发布"} == states("build", *words, cwd=project)


@pytest.mark.slow
def test_new_carries_over_drafts_at_once_and_never_overwrites(project):
    out, _ = nianbao("new", "shili-jyj", 2021, cwd=project)
    assert "已从2020年度报告结转，请核对：表三 二、上年结转政府信息公开申请数量 7格" in out
    out, _ = nianbao("new", "shili-jyj", 2025, cwd=project)
    assert "table3.csv" in out
    assert "结转" not in out
    nianbao("build", "--bureau", "shili-jyj", "--year", 2025, "--draft", cwd=project)
    assert (project / "outputs" / "shili-jyj" / "2025" / "report-draft.pdf").exists()
    before = (project / "params" / "shili-jyj" / "2025" / "report.yaml").read_bytes()
    assert "已经存在" in nianbao("new", "shili-jyj", 2025, cwd=project, code=2)[1]
    assert (project / "params" / "shili-jyj" / "2025" / "report.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["build", "--bureau", "shili-jyy"], "shili-jyj"),
        (["build", "--year", "1999"], "没有 1999 年度的报告；最接近的：2019, 2020"),
        (["build", "--year", "2005-1999"], "没有 1999-2005 年度的报告；最接近的：2019, 2020"),
        (["build", "--year", "2019", "2030-2031"], "没有 2030-2031 年度的报告；最接近的：2019, 2020"),
        (["build", "--year", "2018-2020", "2018"], "没有 2018 年度的报告；最接近的：2019, 2020"),
        (["build", "--year", "2019,2020"], "“2019,2020”不是年度；几个年度写作 2019 2021，或 2019-2021"),
        (["build", "--year", "两年"], "两年"),
        (["build", "--params", "nowhere"], "nowhere"),
        (["build", "--to", "doc"], "没有输出格式“doc”"),
        (["build", "--jobs", "0"], "不在范围 1<=x<=1024 内"),
        (["build", "--jobs", "99999999999"], "不在范围 1<=x<=1024 内"),
        (["build", "--memory", "10"], "须是 0（不限）或不小于 64"),
        (["build", "--memory", "-5"], "不在范围 0<=x<=16777216 内"),
        (["build", "--memory", "1" + 30 * "0"], "不在范围 0<=x<=16777216 内"),
        (["build", "--timeout", "0"], "不在范围 0<x<=604800 内"),
        (["build", "--timeout", "1e300"], "不在范围 0<x<=604800 内"),
        (["build", "--timeout", "nan"], "须是秒数"),
        (["build", "--notebook", "none.ipynb"], "none.ipynb"),
        (["build", "--jobs", "1", "--jobs=2"], "--jobs 给了两次；每项只取一个值"),
        (["new", "shili-abc", "2024", "--params", "a", "--params", "b"], "--params 给了两次"),
        (["import", "--year", "2020", "--bureau", "shili-jyj", "none.docx"], "none.docx"),
        (["import", "--bureau", "shili-jyj", "--year", "2020", "none.docx"], "none.docx"),
        (["import", "--bureau", "shili-jyj", "--year", "2020", "--", "--year"], "--year"),
        (["build", "-p", "a", "--jobs", "--jobs", "0"], "不在范围"),
        (["explain", "E999"], "E999"),
        (["new", "Shili", "2020"], "机关编号“Shili”不合要求"),
        (["new", "shili-abc", "1990"], "1990"),
        (["new", "shili-abc", "99999"], "99999"),
    ],
)
def test_wrong_usage_exits_2_and_says_what(words, said, project):
    assert said in nianbao(*words, cwd=project, code=2)[1]


def test_years_may_be_named_by_the_first_and_the_last(project):
    assert {name[-4:] for name in states("plan", "--year", "2018-2020", cwd=project, code=None)} == {"2019", "2020"}


@pytest.mark.slow
def test_formats_may_be_named_together_or_one_by_one(project):
    one = ("--bureau", "shili-jyj", "--year", "2020")
    out, _ = nianbao("build", *one, "--format", "json", "--to", "html", "--to", "docx", cwd=project)
    [report] = json.loads(out)["reports"]
    assert {name.rpartition(".")[2] for name in report["outputs"]} == {"html", "docx", "ipynb", "json"}
    for words in ("--to html docx", "--to html,docx --to html", "--to=html --to docx", "--to html"):
        state = "待生成" if words == "--to html" else "未变"
        assert states("plan", *one, *words.split(), cwd=project) == {"shili-jyj/2020": state}, words


def test_what_ends_the_command_is_json_where_json_is_asked_for(project):
    """A word that the command does not know, one that click does not take, and a build while another runs."""
    for words in (["--to", "doc"], ["--jobs", "0"], ["--bureau", "shili-none"]):
        out, said = nianbao("build", "--format=json", *words, cwd=project, code=2)
        [(key, error)] = json.loads(out).items()
        assert (key, error["exit_code"]) == ("error", 2)
        assert error["message"] in said
    with LocalStore(project / "outputs").locked():
        out, said = nianbao("build", "--format", "json", cwd=project, code=75)
    assert json.loads(out)["error"] == {"exit_code": 75, "message": said.strip().removeprefix("nianbao: ")}


def test_a_folder_without_params_exits_2(tmp_path):
    assert "没有 params/" in nianbao("build", cwd=tmp_path, code=2)[1]


def test_explain_knows_every_code():
    """Every kind declared in the rooms, whichever they are, and those of the format files; no code stands for two kinds."""
    out, _ = nianbao("explain", cwd=ROOT)
    codes = [line.split()[0] for line in out.splitlines()]
    declared = re.compile(r'= Kind\("([FEWI]\d{3})"')
    rooms = (path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    assert {code for text in rooms for code in declared.findall(text)} <= set(codes)
    assert {"E301", "E901"} & set(codes) == {"E301"}
    others = [kind for kind in explained() if kind.code[0] != "E"]
    assert len(others) == len({kind.code for kind in others})
    page, _ = nianbao("explain", "e301", cwd=ROOT)
    head, *parts = page.splitlines()
    assert "E301 错误 表三列勾稽不符" == head
    assert [*PARTS, "接受"] == [line.partition("：")[0] for line in parts]
    assert "接受：可以" in nianbao("explain", "W208", cwd=ROOT)[0]
    assert "接受" not in nianbao("explain", "I101", cwd=ROOT)[0]


def test_every_code_has_a_page_of_four_parts():
    for kind, page in explained().items():
        assert all(len(part) > 4 and part.endswith("。") for part in astuple(page)), kind
    assert set(read_yaml(EXPLANATIONS).data) == {kind.code for kind in kinds()}
    assert all(list(one) == list(PARTS) for one in read_yaml(EXPLANATIONS).data.values())


def test_docs_hold_the_pages():
    """Once the text has changed: nianbao explain --format markdown > docs/findings.md"""
    assert f"{as_markdown(explained())}\n" == (ROOT / "docs" / "findings.md").read_text("utf-8")
    assert "### F101" in nianbao("explain", "f101", "--format", "markdown", cwd=ROOT)[0]


@each("command", SUBCOMMANDS)
def test_every_command_has_help_and_stands_in_both_readmes(command):
    assert f"Usage: nianbao {command}" in nianbao(command, "--help", cwd=ROOT, **ENGLISH)[0]
    for readme in ("README.md", "README.zh-CN.md"):
        assert f"nianbao {command}" in (ROOT / readme).read_text("utf-8")


@POSIX
def test_a_current_folder_that_is_gone_is_said(tmp_path, monkeypatch, capsys):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert main(["explain", "E101"]) == 1
    said = capsys.readouterr().err
    assert "当前文件夹" in said or "current folder" in said


@pytest.mark.parametrize(
    "error", [FileNotFoundError("bucket/outputs/manifest.json"), FileNotFoundError(2, "it is not there")]
)
def test_of_a_file_without_a_name_that_is_not_there_nobody_says_that_the_current_folder_is_gone(error):
    said = refused(error)
    assert said
    assert "当前文件夹" not in said
    assert "current folder" not in said
