"""The doors, with the real command: notebooks of every kind, drafts and what is said of them, a wheel in an empty folder."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from machine import LINUX, POSIX
from project import ENGLISH, ROOT, add_cell, command, edit, make, nianbao, outputs, states

pytestmark = pytest.mark.slow  # the command, dozens of times

REPORT = "shili-jyj/2020"
REST = "政府信息公开工作年度报告"
SHOWS = "from nianbao import load\nload({}, params_dir)"
WRONG = ("一、本年新收政府信息公开申请数量,,,3,0", "一、本年新收政府信息公开申请数量,,,9,0")


@pytest.fixture
def project(tmp_path):
    return make(tmp_path)


def written(project, name, parameters, *cells):
    """A notebook; a cell that begins with ``#`` is Markdown, and a pair is a cell with a tag."""
    made = [new_code_cell(parameters, metadata={"tags": ["parameters"]})]
    for cell in cells:
        source, *tags = cell if isinstance(cell, tuple) else (cell,)
        make_cell = new_markdown_cell if source.startswith("#") else new_code_cell
        made.append(make_cell(source, metadata={"tags": tags}))
    path = project / name
    nbformat.write(new_notebook(cells=made, metadata={"kernelspec": {"name": "python3", "display_name": "x"}}), path)
    return path


def python(script, *words, cwd, **environment):
    """What a script of one line prints."""
    words = [sys.executable, "-c", script, *map(str, words)]
    return subprocess.run(words, cwd=cwd, env=os.environ | environment, capture_output=True, text=True, check=False).stdout


def table(project):
    return project / "params" / REPORT / "table3.csv"


def index(project):
    """What the index says of the report: state and findings."""
    page = (project / "outputs" / "index.html").read_text("utf-8")
    row = re.search(r'<tr[^>]*><th scope="row">2020<td>(.*?)<td class="\w+">(.*?)<td>(.*?)<td>', page)
    return row[2].replace("\u00a0", " "), row[3].replace("\u00a0", " ")


def test_notebooks_run_over_what_they_name_and_keep_apart(project):
    written(project, "notebooks/trends.ipynb", 'bureau = ""\nparams_dir = ""', "# 历年\n\n文字", "print(bureau, params_dir)")
    written(project, "notebooks/sales.ipynb", "region: str = ''\ntop = 1", "# 各区 & 其他", "print(region * top)")
    (project / "rows.csv").write_text("region,top\n东,2\n西,3\n", "utf-8")
    nianbao("build", "--to", "html", cwd=project)
    before = outputs(project)
    words = ("--to", "html", "--notebook", "notebooks/trends.ipynb")
    assert states("build", *words, cwd=project) == {"notebooks/trends/shili-jyj": "已发布"}
    assert states("build", *words, cwd=project) == {"notebooks/trends/shili-jyj": "未变"}
    sales = ("--to", "html", "--notebook", "notebooks/sales.ipynb", "--set", "rows.csv")
    assert states("build", *sales, cwd=project) == {"notebooks/sales/东_2": "已发布", "notebooks/sales/西_3": "已发布"}
    assert before.items() <= outputs(project).items()
    folder = project / "outputs" / "notebooks"
    made = [name for name in outputs(project) if name.startswith("notebooks/sales/东_2/")]
    assert [name.rpartition("/")[2] for name in made] == ["manifest.json", "report.html", "report.ipynb"]
    assert "<pre>西西西\n</pre>" in (folder / "sales" / "西_3" / "report.html").read_text("utf-8")
    assert "shili-jyj ../../../../params" in (folder / "trends" / "shili-jyj" / "report.html").read_text("utf-8")
    page = (project / "outputs" / "index.html").read_text("utf-8")
    assert "笔记本 notebooks/sales.ipynb" in page
    assert 'href="notebooks/sales/%E4%B8%9C_2/report.html">网页</a>' in page
    assert "<p>1 个机关，2 份报告，其他笔记本 3 份</p>" in page
    # What a run reads makes it due; the runs of other notebooks are proved by their manifests.
    kept = table(project).read_bytes()
    edit(table(project), ",,,3,0", ",,,3,0 ")
    assert states("plan", *words, cwd=project) == {"notebooks/trends/shili-jyj": "待生成"}
    # A notebook without params_dir has its data in its rows.
    assert set(states("verify", *sales[2:], cwd=project).values()) == {"一致"}
    table(project).write_bytes(kept)
    assert set(states("verify", cwd=project).values()) == {"一致"}
    out, _ = nianbao("verify", cwd=project)
    assert "3 份没有重新生成" in out


def test_rows_that_do_not_fit_are_listed_before_anything_runs(project):
    written(project, "notebooks/sales.ipynb", "region: str = ''\ntop = 1", "print(region * top)")
    (project / "rows.yaml").write_text("- region: 东\n  top: 二\n- regoin: 西\n  top: 3\n", "utf-8")
    _, err = nianbao("build", "--notebook", "notebooks/sales.ipynb", "--set", "rows.yaml", cwd=project, code=2)
    assert err.splitlines() == [
        "nianbao: rows.yaml 第2行：“top”为“二”；sales.ipynb 里应为 int",
        "rows.yaml 第3行：sales.ipynb 没有参数“regoin”；是否为“region”？",
        'rows.yaml 第3行：没有给“region”（sales.ipynb 里默认为 ""）',
    ]
    assert not (project / "outputs").exists()


def test_a_notebook_without_statutory_data_needs_no_params(tmp_path):
    written(tmp_path, "sales.ipynb", "region: str = ''", "# Sales", "print(region)")
    (tmp_path / "rows.csv").write_text("region\nEast\n", "utf-8")
    out, _ = nianbao("build", "--notebook", "sales.ipynb", "--set", "rows.csv", cwd=tmp_path, **ENGLISH)
    assert "1 in all: published 1" in out
    (made,) = (tmp_path / "outputs" / "notebooks").glob("*/East/report.pdf")
    assert made.read_bytes().startswith(b"%PDF-")


def test_any_notebook_runs_just_so_and_with_one_value_of_another_kind(tmp_path):
    """Without params, without rows; one has not even a parameters cell. What fails has an index in English."""
    (tmp_path / "notebooks").mkdir()
    written(tmp_path, "notebooks/sales.ipynb", "region: str = 'North'\ntop = 5", "# Sales", "print(region, top * 2)")
    plain = json.loads((tmp_path / "notebooks" / "sales.ipynb").read_text("utf-8"))
    plain["cells"] = [cell for cell in plain["cells"] if "parameters" not in cell["metadata"].get("tags", [])]
    (tmp_path / "notebooks" / "plain.ipynb").write_text(json.dumps(plain).replace("region, top * 2", "7"), "utf-8")
    words = ("build", "--to", "html", "--notebook")
    (tmp_path / "bad.ipynb").write_text(json.dumps(plain), "utf-8")
    nianbao(*words, "bad.ipynb", cwd=tmp_path, code=1, **ENGLISH)
    assert '<html lang="en">' in (tmp_path / "outputs" / "index.html").read_text("utf-8")
    nianbao(*words, "notebooks/plain.ipynb", cwd=tmp_path, **ENGLISH)
    nianbao(*words, "notebooks/sales.ipynb", cwd=tmp_path, **ENGLISH)
    nianbao(*words, "notebooks/sales.ipynb", "-p", "top", "7", cwd=tmp_path, **ENGLISH)
    shown = {"plain/default": "<pre>7", "sales/default": "<pre>North 10", "sales/North_7": "<pre>North 14"}
    for place, text in shown.items():
        assert text in (tmp_path / "outputs" / "notebooks" / place / "report.html").read_text("utf-8")


def test_a_bureaus_own_notebook_sticks_and_imports_what_lies_beside_it(project):
    folder = project / "params" / "shili-jyj"
    shutil.copy(ROOT / "notebooks" / "annual_report.ipynb", folder / "own.ipynb")
    (folder / "helpers.py").write_text("def said():\n    return '本局自己的话'\n", "utf-8")
    add_cell(project, "import helpers\nprint(helpers.said())", "params/shili-jyj/own.ipynb")
    edit(folder / "bureau.yaml", "level: 市", "level: 市\nnotebook: own.ipynb")
    report = project / "outputs" / REPORT / "report.html"
    for words in ((), ("--force",)):
        nianbao("build", "--to", "html", *words, cwd=project)
        assert "本局自己的话" in report.read_text("utf-8")
    assert json.loads((report.parent / "manifest.json").read_text("utf-8"))["notebook"] == "params/shili-jyj/own.ipynb"
    edit(folder / "helpers.py", "本局自己的话", "改过的话")
    (folder / "helpers.py").rename(folder / "words.py")
    (folder / "helpers").mkdir()
    (folder / "words.py").rename(folder / "helpers" / "__init__.py")
    assert states("build", "--to", "html", cwd=project) == dict.fromkeys(("shili-jyj/2019", REPORT), "已发布")
    edit(folder / "helpers" / "__init__.py", "改过的话", "改过的话。")
    assert states("build", "--to", "html", cwd=project) == dict.fromkeys(("shili-jyj/2019", REPORT), "已发布")
    assert "改过的话" in report.read_text("utf-8")
    (folder / "own.ipynb").unlink()
    assert states("build", "--to", "html", cwd=project, code=1) == dict.fromkeys(("shili-jyj/2019", REPORT), "阻断")
    assert "改过的话" in report.read_text("utf-8")


def test_saving_the_notebook_with_ones_own_bureau_rebuilds_nothing(project):
    nianbao("build", "--to", "html", cwd=project)
    before = outputs(project)
    edit(project / "notebooks" / "annual_report.ipynb", '\\"dingxi-nyncj\\"', '\\"shili-jyj\\"')
    edit(project / "notebooks" / "annual_report.ipynb", "year = 2020", "year = 2019")
    assert set(states("plan", "--to", "html", cwd=project).values()) == {"未变"}
    nianbao("build", "--to", "html", "--force", cwd=project)
    assert outputs(project) == before


def test_jupyters_tags_keep_cells_and_outputs_from_the_page(project):
    tags = ("remove-cell", "remove_cell", "remove-output", "remove_output")
    hidden = [(f"print('hidden-{number}')", tag) for number, tag in enumerate(tags)]
    notes = [("# hidden-a", "remove-cell"), ("# hidden-b", "remove_input")]
    shown = [("print('shown-a')", "remove-input"), ("print('shown-b')", "remove_input"), "# shown-c"]
    written(project, "notebooks/mine.ipynb", 'bureau = ""', *hidden, *notes, *shown)
    nianbao("build", "--notebook", "notebooks/mine.ipynb", cwd=project)
    html = (project / "outputs" / "notebooks" / "mine" / "shili-jyj" / "report.html").read_text("utf-8")
    assert re.findall(r"hidden-\w", html) == []
    assert sorted(set(re.findall(r"shown-\w", html))) == ["shown-a", "shown-b", "shown-c"]


@pytest.mark.parametrize(
    ("cells", "title", "draft"),
    [
        (("print(1)",), "mine", None),
        (("print(1)", "# 甲 & *乙*\n\n字", "# 丙"), "甲 & 乙", None),
        (("# 前言", SHOWS.format("bureau, year")), f"示例市教育局2020年{REST}", False),
        ((SHOWS.format("'shili-wlj', 2024"), SHOWS.format("bureau, year")), f"示例市文化和旅游局2024年{REST}", True),
    ],
    ids=["untitled", "headed", "sound", "one-of-two-wrong"],
)  # fmt: skip
def test_page_manifest_and_index_agree_on_title_and_draft(tmp_path, cells, title, draft):
    project = make(tmp_path, ("2019", "2020"))
    shutil.copytree(ROOT / "params" / "shili-wlj", project / "params" / "shili-wlj")
    if draft:
        edit(table(project), *WRONG)
    written(project, "notebooks/mine.ipynb", 'bureau = ""\nyear = 0\nparams_dir = ""', *cells)
    words = ("--to", "html", "--bureau", "shili-jyj", "--year", "2020", "--notebook", "notebooks/mine.ipynb")
    nianbao("build", *words, *(["--draft"] if draft else []), cwd=project)
    folder = project / "outputs" / "notebooks" / "mine" / "shili-jyj-2020"
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    (page,) = folder.glob("*.html")
    html = page.read_text("utf-8")
    assert (manifest["title"], manifest["draft"]) == (title, bool(draft))
    assert page.name == ("report-draft.html" if draft else "report.html")
    assert ('class="stamp"' in html) is bool(draft)
    assert ('class="site"' in html) is (draft is not None)
    assert f"<title>{title.replace('&', '&amp;')}</title>" in html
    said = (project / "outputs" / "index.html").read_text("utf-8")
    name = f"{title.replace('&', '&amp;')} <small>shili-jyj-2020</small>"
    assert f'{name}<td class="{"draft" if draft else "good"}">{"草稿" if draft else "已发布"}<td>' in said


def test_what_makes_a_report_shows_that_report(project):
    """A bureau's own notebook publishes its bureau's report of the year, and nothing else under that name."""
    folder = project / "params" / "shili-jyj"
    edit(folder / "bureau.yaml", "level: 市", "level: 市\nnotebook: own.ipynb")
    for cells in (("# 别的",), (SHOWS.format("bureau, 2019"),)):
        written(project, "params/shili-jyj/own.ipynb", 'bureau = ""\nyear = 0\nparams_dir = ""', *cells)
        out, _ = nianbao("build", "--to", "html", "--year", "2020", cwd=project, code=1)
        assert f"own.ipynb 是生成 {REPORT} 的笔记本，却没有显示这份报告" in out
    assert not (project / "outputs" / REPORT).exists()


def test_a_folder_with_braces_in_its_name_builds(tmp_path):
    project = make(tmp_path / "p{bureau}{}", ("2019",))
    assert states("build", "--to", "html", cwd=project) == {"shili-jyj/2019": "已发布"}


def test_a_draft_keeps_published_files_also_when_one_is_not_as_it_was_built(project):
    """Saved in Jupyter, the notebook differs: that is seen, and costs no other file."""
    nianbao("build", "--to", "html", cwd=project)
    folder = project / "outputs" / REPORT
    page = (folder / "report.html").read_bytes()
    (folder / "report.ipynb").write_bytes((folder / "report.ipynb").read_bytes() + b"\n")
    (folder / "report.json").unlink()
    edit(table(project), *WRONG)
    nianbao("build", "--to", "html", "--draft", "--year", "2020", cwd=project)
    assert (folder / "report.html").read_bytes() == page
    assert (folder / "report-draft.html").exists()
    out, _ = nianbao("verify", "--year", "2020", cwd=project, code=1)
    assert "report.ipynb 与生成时不同" in out
    assert "report.json 缺失" in out


def test_the_index_says_the_same_of_a_draft_whatever_was_built_last(project):
    nianbao("build", "--to", "html", cwd=project)
    edit(table(project), *WRONG)
    nianbao("build", "--to", "html", "--draft", cwd=project)
    first = index(project)
    for words, code in ((("--year", "2019", "--force"), 0), ((), 1), (("--draft",), 0)):
        nianbao("build", "--to", "html", *words, cwd=project, code=code)
        assert index(project) == first


def test_a_failed_run_stays_failed_in_the_index_after_other_builds(project):
    path = written(project, "notebooks/mine.ipynb", 'bureau = ""', "# 一")
    nianbao("build", "--to", "html", "--notebook", path, cwd=project)
    written(project, "notebooks/mine.ipynb", 'bureau = ""', "1 / 0")
    nianbao("build", "--to", "html", "--notebook", path, cwd=project, code=1)
    nianbao("build", "--to", "html", cwd=project)
    said = (project / "outputs" / "index.html").read_text("utf-8")
    assert re.search("<small>shili-jyj</small><td class=.bad.>已过期<td>.*失败原因</a>", said)


def test_a_notebook_of_before_has_the_same_bytes_each_time(project):
    """Cells had no ids before nbformat 4.5."""
    path = project / "notebooks" / "annual_report.ipynb"
    plain = json.loads(path.read_text("utf-8"))
    for cell in plain["cells"]:
        del cell["id"]
    path.write_text(json.dumps(plain | {"nbformat_minor": 4}), "utf-8")
    nianbao("build", "--to", "html", "--year", "2020", cwd=project)
    assert states("verify", "--year", "2020", cwd=project) == {REPORT: "一致"}


def test_an_odd_name_of_a_notebook_never_reaches_another_folder(project):
    nianbao("build", "--to", "html", cwd=project)
    before = outputs(project)
    for name in ("...ipynb", ".stage-x-1.ipynb", "2020.ipynb"):
        written(project, f"notebooks/{name}", 'bureau = ""', "# 一")
        states("build", "--to", "html", "--notebook", f"notebooks/{name}", cwd=project)
    after = outputs(project)
    assert before.items() <= after.items()
    assert len(after) == len(before) + 9


def test_a_run_that_shows_a_report_with_errors_is_built_as_a_draft_only(project):
    edit(table(project), *WRONG)
    written(
        project,
        "notebooks/all.ipynb",
        'bureau = ""\nparams_dir = ""',
        "from nianbao import load\nload(bureau, 2020, params_dir)",
    )
    words = ("--to", "html", "--notebook", "notebooks/all.ipynb")
    out, _ = nianbao("build", *words, cwd=project, code=1)
    assert "notebooks/all/shili-jyj 阻断：笔记本里的报告有错误；用 --draft 生成草稿" in out
    assert states("build", *words, "--draft", cwd=project) == {"notebooks/all/shili-jyj": "草稿"}
    assert states("plan", *words, "--draft", cwd=project) == {"notebooks/all/shili-jyj": "未变"}


def test_a_draft_of_what_is_up_to_date_changes_nothing_that_is_said_of_what_is_published(project):
    """By force or in other formats: plan, verify and the index say the same of the published report, which stays."""
    nianbao("build", "--to", "html", cwd=project)
    folder = project / "outputs" / REPORT
    signed = {path.name: path.read_bytes() for path in folder.glob("report.*")}
    out, _ = nianbao("build", "--draft", "--to", "html", cwd=project)
    assert f"已发布的就是最新的，没有另做草稿；要做的加 --force（2 份）：shili-jyj/2019，{REPORT}\n" in out
    for words in (("html", "--force"), ("html,fragment",)):
        out, _ = nianbao("build", "--draft", "--year", "2020", "--to", *words, cwd=project)
        assert f"{REPORT} 草稿（没有核查发现）" in out
        assert re.sub("<[^>]+>", "", index(project)[0]).startswith("已发布；草稿")
        assert states("plan", "--to", "html", cwd=project)[REPORT] == "未变"
        asked = ("--draft", "--year", "2020", "--to", words[0])
        assert "移去" not in nianbao("plan", *asked, cwd=project)[0]
        assert states("build", *asked, cwd=project) == {REPORT: "未变"}
        assert (folder / "report-draft.html").exists()
        assert states("verify", cwd=project) == {"shili-jyj/2019": "一致", REPORT: "一致"}
        assert {path.name: path.read_bytes() for path in folder.glob("report.*")} == signed
    assert states("build", "--to", "html", cwd=project)[REPORT] == "未变"
    assert not list(folder.glob("report-draft.*"))


def test_a_notebook_that_shows_a_part_of_a_report_is_built_as_a_draft_too(project):
    written(
        project,
        "notebooks/part.ipynb",
        'bureau = ""\nparams_dir = ""',
        "from nianbao import load\nload(bureau, 2020, params_dir).chapter('一')",
    )
    words = ("--to", "html", "--notebook", "notebooks/part.ipynb")
    nianbao("build", *words, cwd=project)
    folder = project / "outputs" / "notebooks" / "part" / "shili-jyj"
    published = (folder / "report.html").read_bytes()
    assert states("build", *words, "--draft", "--force", cwd=project) == {"notebooks/part/shili-jyj": "草稿"}
    assert (folder / "report.html").read_bytes() == published
    assert 'class="stamp"' in (folder / "report-draft.html").read_text("utf-8")
    assert states("verify", "--notebook", "notebooks/part.ipynb", cwd=project) == {"notebooks/part/shili-jyj": "一致"}
    edit(table(project), *WRONG)
    written(project, "notebooks/mine.ipynb", 'bureau = ""\nyear = 0', "# 无报告")
    own = ("--year", "2020", "--notebook", "notebooks/mine.ipynb")
    assert states("build", "--draft", *own, cwd=project) == {"notebooks/mine/shili-jyj-2020": "草稿"}


def test_a_draft_beside_a_published_report_goes_when_that_is_current_again(project):
    """plan, build, verify and the index say the same at every step."""
    nianbao("build", "--to", "html", cwd=project)
    folder = project / "outputs" / REPORT
    published, kept = outputs(project), table(project).read_bytes()
    edit(table(project), *WRONG)
    out, _ = nianbao("build", "--to", "html", "--draft", cwd=project)
    assert re.search(rf"{REPORT} 草稿（错误 \d.*）：outputs/{REPORT}/report-draft.html", out)
    errors = re.search(r"错误 (\d)", out)[1]
    state, findings = index(project)
    assert re.sub("<[^>]+>", "", state).startswith(f"已过期；草稿 错误 {errors}")
    assert "错误" not in findings
    assert states("plan", "--to", "html", "--draft", cwd=project)[REPORT] == "未变"
    assert states("plan", "--to", "html", cwd=project, code=1)[REPORT] == "阻断"
    # The draft is rendered again; of the published files nobody has the inputs any more.
    assert states("verify", cwd=project, code=1)[REPORT] == "输入已变"
    table(project).write_bytes(kept)
    out, _ = nianbao("plan", "--to", "html", cwd=project)
    assert f"{REPORT}  未变  旁边的草稿将移去" in out
    assert states("verify", cwd=project, code=1)[REPORT] == "输入已变"  # now of the draft nobody has them
    assert states("build", "--to", "html", cwd=project)[REPORT] == "未变"
    assert sorted(path.name for path in folder.iterdir()) == ["manifest.json", "report.html", "report.ipynb", "report.json"]
    assert outputs(project) == published
    assert index(project)[0] == "已发布"
    assert "report-draft" not in (project / "outputs" / "index.html").read_text("utf-8")


def test_a_build_of_some_reports_says_of_the_others_what_is_so(project):
    """Whatever it was asked for, ``--force`` or another format: the others are as they were."""
    nianbao("build", "--to", "html", cwd=project)
    nianbao("build", "--to", "html,pdf", "--force", "--draft", "--year", "2019", cwd=project)
    assert index(project)[0] == "已发布"


def test_a_damaged_report_is_out_of_date_in_plan_and_index(project):
    nianbao("build", "--to", "html", cwd=project)
    with (project / "outputs" / REPORT / "report.json").open("a", encoding="utf-8") as file:
        file.write(" ")
    said = nianbao("plan", "--to", "html", cwd=project)[0]
    assert f"{REPORT}  待生成  文件被人改过" in said
    assert f"{REPORT}：report.json 将重新生成，改过的保留在 .kept 中" in said
    nianbao("build", "--to", "html", "--year", "2019", "--force", cwd=project)
    assert index(project)[0] == "已过期"
    assert f".kept/{REPORT}/report.json" in nianbao("build", "--to", "html", cwd=project)[0]
    assert index(project)[0] == "已发布"
    (project / "outputs" / REPORT / "report.json").unlink()
    assert f"{REPORT}  待生成  文件有损坏" in nianbao("plan", "--to", "html", cwd=project)[0]


def test_a_bureau_says_in_which_formats_it_publishes_and_a_build_says_what_it_removes(project):
    nianbao("build", "--to", "html,fragment", cwd=project)
    folder = project / "outputs" / REPORT
    assert f"{REPORT}：report.fragment.html 将移去" in nianbao("plan", "--to", "html", cwd=project)[0]
    assert (
        f"{REPORT} 已发布：本次不生成这些格式，已移去：report.fragment.html"
        in nianbao("build", "--to", "html", "--year", "2020", cwd=project)[0]
    )
    assert not (folder / "report.fragment.html").exists()
    about = project / "params" / "shili-jyj" / "bureau.yaml"
    about.write_text(about.read_text("utf-8") + "formats: fragment，html\n", "utf-8")
    said = nianbao("build", cwd=project)[0]
    assert "已移去" not in said
    assert {"report.html", "report.fragment.html"} <= {path.name for path in folder.iterdir()}
    assert not (folder / "report.pdf").exists()
    assert "未变 2" in nianbao("plan", cwd=project)[0]
    about.write_text(about.read_text("utf-8").replace("，html", "，htm"), "utf-8")
    out = nianbao("check", cwd=project, code=1)[0]
    assert "“htm”" in out
    assert "不是输出格式" in out


def test_a_fault_of_last_year_is_named_where_this_year_compares(project):
    """Not as a report that is missing: the sentence is sound, and last year's file is to be mended."""
    narrative = project / "params" / REPORT / "narrative.md"
    edit(narrative, "## 一、总体情况", '## 一、总体情况\n\n上年{{ 上年.表三["一"]["总计"] }}件。')
    edit(project / "params" / "shili-jyj" / "2019" / "report.yaml", "date:", "dat:")
    out, _ = nianbao("check", "--year", "2020", cwd=project, code=1)
    assert re.search(r"实际：2019年度的报告有故障 \d\s+应为：上年的报告\s+处理：先改正", out)


def test_an_orphan_that_is_only_a_draft_is_not_called_published(project):
    nianbao("build", "--to", "html", "--year", "2019", cwd=project)
    nianbao("build", "--to", "html", "--draft", cwd=project)
    shutil.rmtree(project / "params" / REPORT)
    (project / "params" / "shili-jyj" / "2019").rename(project / "2019")
    (project / "params" / "shili-jyj" / "2018").mkdir()
    out, _ = nianbao("plan", "--to", "html", cwd=project)
    assert f"{REPORT}  参数已不在  只有草稿，原样保留" in out
    assert "shili-jyj/2019  参数已不在  已发布的报告原样保留" in out


def test_verify_works_beside_outputs_alone(project, tmp_path_factory):
    nianbao("build", "--to", "html", cwd=project)
    alone = tmp_path_factory.mktemp("alone")
    shutil.copytree(project / "outputs", alone / "outputs")
    assert states("verify", cwd=alone) == dict.fromkeys(("shili-jyj/2019", REPORT), "一致")
    assert states("verify", "--year", "2020", cwd=alone) == {REPORT: "一致"}
    assert states("verify", "--year", "2017-2020", cwd=alone) == dict.fromkeys(("shili-jyj/2019", REPORT), "一致")
    for named in ("示例市教育局", "*教育局", "shili-j*"):
        assert states("verify", "--year", "2020", "--bureau", named, cwd=alone) == {REPORT: "一致"}
    assert "没有这些报告" in nianbao("verify", "--year", "1999", cwd=alone, code=2)[1]
    edit(alone / "outputs" / REPORT / "report.html", "示例市", "示列市")
    out, _ = nianbao("verify", cwd=alone, code=1)
    assert "report.html 与生成时不同" in out


def test_verify_makes_nothing_where_nothing_was_built(project):
    assert set(states("verify", cwd=project, code=1).values()) == {"没有报告"}
    assert not (project / "outputs").exists()


def test_verify_looks_at_the_outputs_that_lie_here(project):
    """A copy inside of a project is not the project's own outputs."""
    nianbao("build", "--to", "html", cwd=project)
    copy = project / "copies" / "january"
    shutil.copytree(project / "outputs", copy / "outputs")
    edit(copy / "outputs" / REPORT / "report.html", "示例市", "示列市")
    assert states("verify", cwd=copy, code=1)[REPORT] == "文件损坏"
    assert states("verify", cwd=project)[REPORT] == "一致"


def test_runs_are_built_and_verified_where_params_hold_no_report(tmp_path):
    (tmp_path / "params").mkdir()
    written(tmp_path, "sales.ipynb", "region: str = ''", "# 各区")
    (tmp_path / "rows.csv").write_text("region\n东\n", "utf-8")
    nianbao("build", "--to", "html", "--notebook", "sales.ipynb", "--set", "rows.csv", cwd=tmp_path)
    assert "各区 <small>东</small>" in (tmp_path / "outputs" / "index.html").read_text("utf-8")
    assert list(states("verify", cwd=tmp_path).values()) == ["一致"]


def test_verify_takes_the_formats_that_were_built_and_looks_at_what_has_no_params(project):
    nianbao("build", "--to", "html", cwd=project)
    assert set(states("verify", cwd=project).values()) == {"一致"}
    shutil.rmtree(project / "params" / REPORT)
    edit(project / "outputs" / REPORT / "report.html", "示例市", "示列市")
    assert states("verify", cwd=project, code=1) == {"shili-jyj/2019": "一致", REPORT: "文件损坏"}
    (project / "params" / "shili-jyj" / "20245").mkdir()
    assert "F107" in nianbao("verify", "--bureau", "shili-jyj", cwd=project, code=1)[0]


def test_json_says_everything_of_what_is_unchanged_too_in_codes_of_its_own(project):
    def reports(*words, **more):
        out, _ = nianbao(*words, "--format", "json", cwd=project, **more)
        return {one["name"]: one for one in json.loads(out)["reports"]}

    first = reports("build", "--to", "html", **ENGLISH)["shili-jyj/2019"]
    for forget in (False, True):
        if forget:
            shutil.rmtree(project / "outputs" / ".checked")
        again = reports("build", "--to", "html")["shili-jyj/2019"]
        assert (first["state"], first["label"], again["state"], again["label"]) == ("published", "已发布", "current", "未变")
        assert first["findings"]
        for key in ("title", "findings", "outputs"):
            assert first[key] == again[key]
    step = reports("plan", "--to", "html")["shili-jyj/2019"]
    assert (step["state"], step["title"], step["why"]) == ("current", first["title"], [])
    assert reports("verify")["shili-jyj/2019"]["state"] == "sound"


def test_a_failing_cell_is_counted_as_its_author_counts_and_quoted(project):
    written(project, "notebooks/mine.ipynb", 'bureau = ""\nyear = 0', "# 一", "x = 1", "y = 2\nx / 0")
    out, _ = nianbao("build", "--to", "html", "--notebook", "notebooks/mine.ipynb", cwd=project, code=1)
    assert "mine.ipynb 第4个单元格“x / 0”: ZeroDivisionError: division by zero" in out
    written(project, "notebooks/mine.ipynb", 'bureau = ""\nyear = 0', "import no_such_module")
    out, _ = nianbao("build", "--to", "html", "--notebook", "notebooks/mine.ipynb", cwd=project, code=1)
    assert "-m pip install no_such_module" in out


@pytest.mark.parametrize(
    ("subcommand", "word"),
    [("check", "--to"), ("check", "--notebook"), ("check", "--draft"), ("plan", "--jobs"), ("plan", "--timeout"),
     ("verify", "--to"), ("verify", "--draft"), ("new", "--outputs"), ("explain", "--outputs")],
)  # fmt: skip
def test_options_that_mean_nothing_are_refused(project, subcommand, word):
    assert f"没有选项 '{word}'" in nianbao(subcommand, word, cwd=project, code=2)[1]


def test_check_needs_no_notebook(project):
    shutil.rmtree(project / "notebooks")
    assert "核查 2 份报告" in nianbao("check", cwd=project)[0]


def test_the_command_alone_prints_its_help_and_its_version(tmp_path):
    assert "Usage: nianbao" in nianbao(cwd=tmp_path, **ENGLISH)[0]
    assert re.fullmatch(r"nianbao \d+\.\d+\.\d+\n", nianbao("--version", cwd=tmp_path)[0])


@POSIX
def test_a_shell_completes_subcommands_bureaus_years_and_formats(project):
    def completed(line):
        more = {"_NIANBAO_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(line.count(" "))}
        out = python("from nianbao.command.main import main; main()", cwd=project, **more)
        return [one.partition(",")[2] for one in out.split()]

    assert completed("nianbao ver") == ["verify"]
    assert completed("nianbao build --bureau shili-j") == ["shili-jyj"]
    assert completed("nianbao build --year ") == ["2019", "2020"]
    assert completed("nianbao build --to p") == ["pdf"]


@LINUX
def test_output_that_cannot_be_written_ends_in_one_line(project):
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(command("plan"), cwd=project, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert "No space left" in done.stderr


def test_a_wheel_in_an_empty_folder_starts_a_project(tmp_path):
    """Built by the build backend as it is, and installed with the packages of this environment."""
    build = "from hatchling.build import build_wheel; import sys; print(build_wheel(sys.argv[1]))"
    name = python(build, tmp_path, cwd=ROOT).split()[-1]
    site, notebook = tmp_path / "site", "notebooks/annual_report.ipynb"
    shutil.unpack_archive(tmp_path / name, site, "zip")
    assert (site / "nianbao" / notebook).read_bytes() == (ROOT / notebook).read_bytes()
    assert (site / "nianbao" / "py.typed").exists()
    project = tmp_path / "project"
    project.mkdir()
    more = {"PYTHONPATH": str(site)}
    assert python("import nianbao; print(nianbao.__file__)", cwd=project, **more).startswith(str(site))
    out, _ = nianbao("new", "shili-ceshi", "2024", cwd=project, **more)
    kit = ["notebooks/annual_report.ipynb", "notebooks/trends.ipynb"]
    assert out.splitlines()[:3] == [*kit, "params/shili-ceshi/bureau.yaml"]
    nianbao("build", "--draft", cwd=project, **more)
    assert (project / "outputs" / "shili-ceshi" / "2024" / "report-draft.pdf").exists()
    shutil.rmtree(project / "notebooks")
    assert states("build", "--draft", cwd=project, **more) == {"shili-ceshi/2024": "未变"}
