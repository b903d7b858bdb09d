"""What plugs in without touching the middle: a statutory format, an output format, a check, a notebook, a store.

The examples are those of docs/architecture.md, as they stand there.
"""

import json
import os
import re
import shutil

import openpyxl
import pypdf
import pytest

import nianbao as kit
from making import BODY, write
from making import make as made
from nianbao.checks import contents
from nianbao.errors import UsageError
from nianbao.importing import session
from nianbao.narrative.passages import compose
from nianbao.paths import ReportPaths
from project import ROOT, housed, make, nianbao, states
from published import text
from stores import FlatStore, listed

TEXT = (ROOT / "docs" / "architecture.md").read_text("utf-8").partition("## Where a new thing goes")[2]
SECTIONS = {part.partition("\n")[0]: part for part in TEXT.split("\n### ")[1:]}
TABLE5 = "事项,网站,公开栏,合计\r\n村务公开,12,30,42\r\n社区公开,5,0,5\r\n"
REPORT = "date: 2027-01-20\nsignature: 示例市测试局\nformat: city-2026\n"
NARRATIVE = '## 一、总体情况\n\n社区公开{{ 表五["社区公开"]["合计"] }}件。\n'


def blocks(title, language):
    return re.findall(rf"```{language}\n(.*?)```", SECTIONS[title], re.S)


@pytest.fixture
def city(tmp_path):
    """A project with the documented format in params/formats/, a report that takes it, and one in each of the kit's own."""
    project = make(tmp_path)
    [form] = blocks("A statutory format", "yaml")
    (project / "params" / "formats").mkdir()
    (project / "params" / "formats" / "city-2026.yaml").write_text(form, "utf-8")
    folder = project / "params" / "shili-ceshi" / "2026"
    folder.mkdir(parents=True)
    (folder.parent / "bureau.yaml").write_text("name: 示例市测试局\nshort: 市测试局\nlevel: 市\n", "utf-8")
    (folder / "report.yaml").write_text(REPORT, "utf-8")
    (folder / "narrative.md").write_text(NARRATIVE, "utf-8")
    (folder / "table5.csv").write_text(TABLE5, "utf-8-sig", newline="")
    return project


@pytest.mark.slow
def test_a_format_with_a_table_of_its_own_builds_a_report_and_no_python_is_changed(city):
    assert states("build", "--bureau", "shili-ceshi", cwd=city) == {"shili-ceshi/2026": "已发布"}
    folder = city / "outputs" / "shili-ceshi" / "2026"
    html = (folder / "report.html").read_text("utf-8")
    assert '<h2 id="chapter-2">二、基层政务公开情况</h2>\n<p>全年公开<span class="whole">42件</span>。</p>' in html
    assert '社区公开<span class="whole">5件</span>。' in html
    assert "<caption>基层政务公开情况</caption>" in html
    assert len(re.findall('<td id="table5-[BCD][23]" class="n"', html)) == 6
    read = text(pypdf.PdfReader(folder / "report.pdf"))
    for said in ("全年公开42件。", "基层政务公开情况", "村务公开123042"):
        assert said in read
    cells = json.loads((folder / "report.json").read_text("utf-8"))["cells"]
    assert [(cell["table"], cell["row"], cell["column"], cell["value"]) for cell in cells][:3] == [
        ("table5", "村务公开", "网站", 12), ("table5", "村务公开", "公开栏", 30), ("table5", "村务公开", "合计", 42),
    ]  # fmt: skip


@pytest.mark.slow
def test_its_identities_are_checked_under_their_own_code_and_title_and_explained(city):
    table = city / "params" / "shili-ceshi" / "2026" / "table5.csv"
    table.write_text(TABLE5.replace("42", "43"), "utf-8-sig", newline="")
    out, _ = nianbao("check", "--bureau", "shili-ceshi", cwd=city, code=1)
    assert "[错误 E901] 表五合计不符：表五 村务公开 / 合计（table5.csv 第2行 D2格）" in out
    assert "网站 12（B2） + 公开栏 30（C2） ≠ 合计 43（D2）" in out
    out, _ = nianbao("explain", "e901", cwd=city)
    page = ["E901 错误 表五合计不符", "说明：每一行：两种渠道之和等于合计。", "依据：示例市政务公开办〔2026〕1号。"]
    assert page == out.splitlines()[:3]
    assert "没有 e901" in nianbao("explain", "e901", cwd=ROOT, code=2)[1]


def test_its_table_may_stand_in_the_report_and_take_rows_of_its_own(city):
    folder = city / "params" / "shili-ceshi" / "2026"
    (folder / "table5.csv").unlink()
    more = "extra_rows: {table5: {'': [学校公开]}}\ntable5:\n"
    rows = {"村务公开": (12, 30, 42), "社区公开": (5, 0, 5), "学校公开": (1, 1, 2)}
    for row, (site, board, total) in rows.items():
        more += f"  {row}: {{网站: {site}, 公开栏: {board}, 合计: {total}}}\n"
    (folder / "report.yaml").write_text(REPORT + more, "utf-8")
    assert states("build", "--to", "html", "--bureau", "shili-ceshi", cwd=city) == {"shili-ceshi/2026": "已发布"}
    assert "学校公开" in (city / "outputs" / "shili-ceshi" / "2026" / "report.html").read_text("utf-8")


def test_a_table_that_is_not_of_the_format_is_an_unknown_key_or_file(city):
    folder = city / "params" / "shili-ceshi" / "2026"
    (folder / "report.yaml").write_text(REPORT + "table3: 未知：无\n", "utf-8")
    (folder / "table2.csv").write_text("1", "utf-8")
    out, _ = nianbao("check", "--bureau", "shili-ceshi", cwd=city, code=1)
    assert "未知的键“table3”，是否为“table5”？" in out
    assert "[故障 F109] 不会读取的文件：table2.csv" in out


@pytest.mark.slow
def test_its_report_comes_back_from_each_of_its_files_and_its_form(city, tmp_path):
    path = city / "params" / "formats" / "city-2026.yaml"
    path.write_text(path.read_text("utf-8") + "first_year: 2026\n", "utf-8")
    assert states("build", "--bureau", "shili-ceshi", cwd=city) == {"shili-ceshi/2026": "已发布"}
    nianbao("new", "shili-ceshi", "2027", "--workbook", cwd=city)
    form = openpyxl.load_workbook(city / "params" / "shili-ceshi" / "2027" / "form.xlsx")
    for row, values in (("3", (12, 30)), ("4", (5, 0))):
        for column, value in zip("BC", values, strict=True):
            form["表五"][f"{column}{row}"] = value
        form["表五"][f"D{row}"] = sum(values)
    form.save(tmp_path / "form.xlsx")
    files = [city / "outputs" / "shili-ceshi" / "2026" / f"report.{kind}" for kind in ("json", "html")]
    for number, (file, year) in enumerate([*((file, 2026) for file in files), (tmp_path / "form.xlsx", 2027)]):
        bureau = f"shili-linwai{number}"
        paths = ReportPaths(city / "params", bureau, year)
        begun = session.begin(paths, [file])
        assert begun.made.questions == {}
        made = begun.made.taken["table5"].cells
        assert [cell.value for cell in made.values()] == [12, 30, 42, 5, 0, 5]


def test_a_report_in_a_format_that_is_not_there_is_refused_with_its_name(city, tmp_path):
    assert states("build", "--to", "html", "--bureau", "shili-ceshi", cwd=city) == {"shili-ceshi/2026": "已发布"}
    (tmp_path / "elsewhere" / "params").mkdir(parents=True)
    paths = ReportPaths(tmp_path / "elsewhere" / "params", "shili-ceshi", 2026)
    with pytest.raises(UsageError, match=r"(?s)city-2026.*params/formats/city-2026\.yaml"):
        session.begin(paths, [city / "outputs" / "shili-ceshi" / "2026" / "report.json"])


def test_its_tables_have_a_form_that_reckons_and_is_read(city):
    path = city / "params" / "formats" / "city-2026.yaml"
    path.write_text(path.read_text("utf-8") + "first_year: 2026\n", "utf-8")
    nianbao("new", "shili-ceshi", "2027", "--workbook", cwd=city)
    form = city / "params" / "shili-ceshi" / "2027" / "form.xlsx"
    opened = openpyxl.load_workbook(form)
    assert ["说明", "表五", "事实"] == opened.sheetnames
    sheet = opened["表五"]
    assert ["村务公开", "自动核对"] == [sheet["A3"].value, sheet["E2"].value]
    assert "SUM($B$3)+SUM($C$3)" in sheet["E3"].value
    for at, value in {"B3": 12, "C3": 30, "D3": 43, "B4": 0, "C4": 0, "D4": 0}.items():
        sheet[at] = value
    opened.save(form)
    out, _ = nianbao("check", "--bureau", "shili-ceshi", "--year", "2027", cwd=city, code=1)
    assert "[错误 E901] 表五合计不符：表五 村务公开 / 合计（form.xlsx 表五 第3行 D3格）" in out


def test_new_lays_out_a_format_that_is_a_years_default(city):
    path = city / "params" / "formats" / "city-2026.yaml"
    path.write_text(path.read_text("utf-8") + "first_year: 2026\n", "utf-8")
    nianbao("new", "shili-ceshi", "2027", cwd=city)
    folder = city / "params" / "shili-ceshi" / "2027"
    assert {path.name for path in folder.iterdir()} == {"report.yaml", "narrative.md", "table5.csv"}
    assert (folder / "table5.csv").read_bytes().decode(
        "utf-8-sig"
    ) == "事项,网站,公开栏,合计\r\n村务公开,,,\r\n社区公开,,,\r\n"
    assert "table5.csv" in (folder / "report.yaml").read_text("utf-8")


BROKEN = [
    ("name: 表五", "nam: 表五", "未知的键“nam”，是否为“name”？"),
    ("网站 + 公开栏 = 合计", "网站 + 公告栏 = 合计", "没有“公告栏”，是否为“公开栏”？"),
    ("table: table5", "table: tabel5", "“tabel5”不在 tables 中"),
    ("caption: 基层", "may_vanish: [村务公布]\n    caption: 基层", "没有“村务公布”这一行"),
    ("id: ", "id: [", "YAML 语法"),
]


@pytest.mark.slow
def test_a_broken_format_file_is_a_fault_of_the_reports_that_take_it_and_of_no_other(city):
    path = city / "params" / "formats" / "city-2026.yaml"
    sound = path.read_text("utf-8")
    for old, new, said in BROKEN:
        path.write_text(sound.replace(old, new, 1), "utf-8")
        out, _ = nianbao("check", "--bureau", "shili-ceshi", cwd=city, code=1)
        assert said in out
        assert re.search(r"\.\./\.\./formats/city-2026\.yaml 第\d+行", out)
    out, err = nianbao("build", "--to", "html", cwd=city, code=1)
    assert "共 3 份：已发布 2，阻断 1" in out
    assert said in err


@pytest.mark.slow
def test_a_format_in_params_takes_the_place_of_the_kits_own_and_rebuilds_only_its_reports(city):
    nianbao("build", "--to", "html", cwd=city)
    own = ROOT / "src" / "helpers" / "nianbao" / "statute" / "2019.yaml"
    ours = own.read_text("utf-8").replace("年，未收到政府信息公开申请", "年，没有收到政府信息公开申请")
    (city / "params" / "formats" / "2019.yaml").write_text(ours, "utf-8")
    assert states("build", "--to", "html", cwd=city) == {
        "shili-ceshi/2026": "未变", "shili-jyj/2019": "已发布", "shili-jyj/2020": "已发布",
    }  # fmt: skip
    assert "没有收到政府信息公开申请" in (city / "outputs" / "shili-jyj" / "2019" / "report.html").read_text("utf-8")


@pytest.fixture
def plugin(tmp_path):
    """The documented output format as an installed package: a module and its entry point on the path."""
    folder = tmp_path / "site"
    about = folder / "nianbao_text-1.0.dist-info"
    about.mkdir(parents=True)
    [module], [points] = blocks("An output format", "python"), blocks("An output format", "toml")
    (folder / "nianbao_text.py").write_text(module, "utf-8")
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: nianbao-text\nVersion: 1.0\n", "utf-8")
    entries = points.replace('[project.entry-points."nianbao.formats"]', "[nianbao.formats]").replace('"', "")
    (about / "entry_points.txt").write_text(entries, "utf-8")
    with housed(PYTHONPATH=os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")])) as environment:
        yield environment


@pytest.mark.slow
def test_a_third_output_format_is_ten_lines(tmp_path, plugin):
    [module] = blocks("An output format", "python")
    assert len(module.splitlines()) <= 10
    project = make(tmp_path)
    words = ("--to", "html,txt")
    assert states("plan", *words, cwd=project, **plugin) == dict.fromkeys(("shili-jyj/2019", "shili-jyj/2020"), "待核查")
    _, err = nianbao("build", *words, cwd=project, **plugin)
    assert 1 == err.count("格式 txt 的文件没有回读核对"), "said once a build"
    folder = project / "outputs" / "shili-jyj" / "2020"
    written = (folder / "report.txt").read_text("utf-8")
    assert written.startswith("示例市教育局2020年政府信息公开工作年度报告")
    assert "一、总体情况" in written
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert (manifest["formats"], "report.txt" in manifest["outputs"]) == (["html", "txt"], True)
    assert 'href="shili-jyj/2020/report.txt">纯文本</a>' in (project / "outputs" / "index.html").read_text("utf-8")
    assert set(states("verify", cwd=project, **plugin).values()) == {"一致"}
    assert set(states("build", *words, cwd=project, **plugin).values()) == {"未变"}
    assert "有 html, pdf, docx, fragment, txt" in nianbao("build", "--to", "odt", cwd=project, code=2, **plugin)[1]
    # Without the package: what is published stays and is listed, and the format is unknown.
    nianbao("build", "--to", "html", "--year", "2019", cwd=project)
    assert ">TXT</a>" in (project / "outputs" / "index.html").read_text("utf-8")
    assert "没有输出格式“txt”" in nianbao("build", *words, cwd=project, code=2)[1]


def test_the_documented_check_finds_what_it_says():
    rule, registered = blocks("A check", "python")[0].split("# checks/check.py\n")
    names = dict(vars(contents))
    exec(compile("from __future__ import annotations\n" + rule, "rule", "exec"), names)
    report = made(narrative=BODY)
    [found] = names["short"](report, compose(report))
    assert ("W301", "警告", "总体情况过短", "一、总体情况") == (found.code, found.severity, found.title, found.place)
    assert registered.startswith("ABOUT_TEXT = (contents.signature, contents.text, contents.parted, ")


def test_the_documented_notebook_lines_run(tmp_path):
    write(tmp_path)
    names = {"bureau": "shili-ceshi", "year": 2024, "params_dir": tmp_path}
    [source] = blocks("A notebook", "python")
    statements, shown = source.split("document  ", 1)
    exec(statements, names)
    _, chapter, frame = (eval(line, names) for line in f"document  {shown}".splitlines())
    assert "一、总体情况" in chapter.html
    assert len(frame) == 10 + 175 + 15


@pytest.mark.slow
def test_another_store_keeps_publishes_and_lists_reports_in_its_own_way(tmp_path):
    project = make(tmp_path / "project")
    store = FlatStore(tmp_path / "elsewhere")
    built = kit.build(project / "params", store, to=["html"])
    assert built.is_good
    kept = [f"kept/r{year}_of_shili-jyj/{name}" for year in (2019, 2020)
            for name in ("manifest.json", "report.html", "report.ipynb", "report.json")]  # fmt: skip
    assert [name for name in listed(store.root) if not name.startswith(".")] == ["findings.html", "index.html", *kept]
    assert 'href="kept/r2020_of_shili-jyj/report.html"' in (store.root / "index.html").read_text("utf-8")
    assert {step.state for step in kit.plan(project / "params", store, to=["html"]).steps} == {kit.State.CURRENT}
    # The same bytes as in a folder, apart from the way from the notebook to the data.
    nianbao("build", "--to", "html", cwd=project)
    for year in ("2019", "2020"):
        other = project / "outputs" / "shili-jyj" / year / "report.html"
        assert (store.root / "kept" / f"r{year}_of_shili-jyj" / "report.html").read_bytes() == other.read_bytes()
    shutil.rmtree(project / "params" / "shili-jyj" / "2020")
    assert [str(one.id) for one in kit.plan(project / "params", store).orphans] == ["shili-jyj/2020"]
