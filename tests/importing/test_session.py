"""What an import makes is read as the kit reads it before it is kept, beside what a person has written in the folder."""

import os
import shutil

import pytest

import imports
import words
from machine import POSIX
from nianbao.errors import UsageError
from nianbao.importing import pristine, proving, session
from nianbao.inputfiles import InputFiles
from nianbao.inputs import bureau
from nianbao.paths import ReportPaths
from nianbao.starting import starter

TABLE = (
    "第二十条第（五）项\n信息内容,本年处理决定数量\n行政许可,{}\n"
    "第二十条第（六）项\n信息内容,本年处理决定数量\n行政处罚,2\n行政强制,3\n"
)


def begun(root, text, cell=""):
    """The import of one table into a folder whose report.yaml has been edited."""
    starter.create(root / "params", imports.BUREAU, 2023)
    paths = ReportPaths(root / "params", imports.BUREAU, 2023)
    paths.report_file.write_text(paths.report_file.read_text("utf-8") + text, "utf-8")
    (root / "t.csv").write_text(TABLE.format(cell), "utf-8")
    return session.begin(paths, [root / "t.csv"]).made


@pytest.fixture
def root(tmp_path):
    (tmp_path / "params").mkdir()
    return tmp_path


def test_what_the_folders_own_words_make_of_a_cell_is_asked_about(root):
    asked = begun(root, 'marks: {"": 0}\n').questions
    [about] = [about for question, about in asked.items() if "report.yaml 使" in question]
    assert "行政许可" in about[0]


def test_a_fault_in_the_folder_is_said_for_the_tables_cannot_be_proved_beside_it(root):
    assert any("没有核对过" in question for question in begun(root, "nonsense: 1\n", 5).questions)


@POSIX
def test_what_lies_beside_the_data_and_cannot_be_read_hinders_no_import(root):
    begun(root, "", 5)
    paths = ReportPaths(root / "params", imports.BUREAU, 2023)
    with (paths.folder / "审签单.pdf").open("wb") as scan:
        scan.truncate(17 << 20)
    formats = paths.params / "formats"
    formats.mkdir()
    os.mkfifo(formats / "x.yaml")
    (formats / "y.yaml").symlink_to(root / "nowhere")
    assert not any("文件夹" in question for question in session.begin(paths, [root / "t.csv"]).made.questions)


def test_a_sound_folder_gives_no_question(root):
    assert not any("文件夹" in question for question in begun(root, "", 5).questions)


def alone(root, *rows):
    """The import of a table alone, with such rows below it, into a project without the report's folder."""
    (root / "t.csv").write_text(TABLE.format(5) + "\n".join(rows) + "\n", "utf-8")
    begun = session.begin(ReportPaths(root / "params", imports.BUREAU, 2023), [root / "t.csv"])
    return begun.made, begun.files[ReportPaths(root / "params", imports.BUREAU, 2023).report_file].decode()


def test_rows_of_its_own_of_a_table_alone_are_declared_beside_it(root):
    made, written = alone(root, "行政裁决,4")
    assert made.taken["table2"].local == {"第二十条第（六）项": ["行政裁决"]}
    assert '"第二十条第（六）项": ["行政裁决"]' in written


def test_rows_of_another_year_part_or_body_are_no_rows_of_its_own(root):
    odd = ["上年", "上年同期", "其中：上年", "上年行政许可", "比上年增减", "行政许可（上半年）", "其中：县教育局", "同比"]
    rows = imports.rows()
    at = next(at for at, row in enumerate(rows) if row[0] == "行政许可") + 1
    made = imports.made_of(rows[:at] + [[label, "3"] for label in ("行政裁决", "行政确认（上年结转）", *odd)] + rows[at:])
    assert made.taken["table2"].local == {"第二十条第（五）项": ["行政裁决", "行政确认（上年结转）"]}
    asked = "".join(made.questions["下列表格对不上法定格式：对照原件核对"])
    assert [label for label in odd if f"“{label}”" not in asked] == []
    assert {cell.value for cell in made.taken["table2"].cells.values()} == {3, 8}


@pytest.mark.parametrize("row", ["填表人：,张三,联系电话：,8822110", "填表人：张三,,,13899001122", "附件：,3,份", "校验,0"])
def test_a_line_in_cells_of_its_own_below_a_table_is_no_row_of_it(row, root):
    made, written = alone(root, row)
    assert (made.taken["table2"].local, "\nextra_rows" in written) == ({}, False)
    assert [cell.value for cell in made.taken["table2"].cells.values() if cell.value is not None] == [5, 2, 3]


@pytest.mark.by_turns(4)
@pytest.mark.parametrize(
    ("own", "named", "is_asked"),
    [
        ("示例区东街街道办事处", "东街街道", False),
        ("甘州区东街街道办事处", "东街街道办事处", False),
        ("示例县甲镇人民政府", "甲镇", False),
        ("示例县教育局", "教育局", False),
        ("示例县西街街道办事处", "东街街道", True),
        ("示例县人民政府办公室", "示例县人民政府", True),
        ("示例市第三十一中学", "一中学", True),
    ],
)
def test_a_name_without_its_place_is_the_bureaus(own, named, is_asked, root):
    (root / "params" / imports.BUREAU).mkdir()
    said = f"name: {own}\nshort: {own}\nlevel: 县\nissues: {{规章: no}}\n"
    (root / "params" / imports.BUREAU / "bureau.yaml").write_text(said, "utf-8")
    page = f"<h1>{named}2023年政府信息公开工作年度报告</h1><p>一、总体情况</p>"
    asked = imports.begin(root, ("a.html", page)).made.questions
    assert any("机关与 bureau.yaml 不同" in question for question in asked) == is_asked


def test_the_short_name_of_bureau_yaml_is_the_bodys_own_and_a_title_in_tabs_is_one(root):
    (root / "params" / imports.BUREAU).mkdir()
    said = "name: 示例市残疾人联合会\nshort: 市残联\nlevel: 市\nissues: {规章: no}\n"
    (root / "params" / imports.BUREAU / "bureau.yaml").write_text(said, "utf-8")
    table = "\n".join("\t".join(row) for row in imports.rows("table3"))
    bare = imports.begin(root, ("2023年统计表（市残联）.txt", f"填报单位：市残联\n{table}")).made
    assert [question for question in bare.questions if "没有找到" not in question] == []
    title, text = "示例市残疾人联合会\n2023年政府信息公开工作年度报告", "一、总体情况\n平稳。"
    whole = f"{title}\n{text}\n三、收到和处理政府信息公开申请情况\n{table}\n市残联\n2024年1月8日"
    made = imports.begin(root, ("2023年年报（报市残联张某）.txt", whole)).made
    assert made.outline.values["signature"][0] == "市残联"
    assert [question for question in made.questions if "没有找到" not in question] == []


def test_each_remark_says_of_which_file_it_is(root):
    comment = f'<w:comments {words.W}><w:comment w:id="7" w:author="审稿人">{{}}</w:comment></w:comments>'
    anchor = '<w:commentRangeStart w:id="7"/>'
    title = "示例市测试局2023年政府信息公开工作年度报告"
    for name, lines in (("甲", (title, "一、总体情况")), ("乙", ("五、存在的主要问题及改进情况", "一是解读\u200b不够。"))):
        said = words.paragraph(f"{name}的批注")
        text = [words.paragraph(line) for line in lines[:1]] + [words.paragraph(anchor, line) for line in lines[1:]]
        (root / f"{name}.docx").write_bytes(words.document(*text, comments=comment.format(said)))
    paths = ReportPaths(root / "params", imports.BUREAU, 2023)
    made = session.begin(paths, [root / "甲.docx", root / "乙.docx"]).made
    [asked] = [about for question, about in made.questions.items() if "批注" in question]
    chapters = {"甲": "一、总体情况", "乙": "五、存在的主要问题及改进情况，本章第1段"}
    assert asked == [f"批注（{name}.docx {of}，审稿人）：{name}的批注" for name, of in chapters.items()]
    assert [place for place, _, what in made.said if "看不见" in what] == ["乙.docx 第2段"]


def test_what_would_be_read_otherwise_than_in_the_file_is_refused_with_its_cells(root, monkeypatch):
    (root / "t.csv").write_text(TABLE.format(1), "utf-8")
    page = "<h1>示例市测试局2023年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>平稳。</p>"
    (root / "a.html").write_text(page, "utf-8")
    paths = ReportPaths(root / "params", imports.BUREAU, 2023)
    monkeypatch.setattr(proving, "_is_same", lambda read, meant: meant.value != 2)
    with pytest.raises(UsageError, match="行政处罚"):
        session.begin(paths, [root / "a.html", root / "t.csv"])
    assert not paths.folder.exists()


def test_a_table_that_report_yaml_gives_itself_is_not_imported_beside_it(root):
    inline = "table2:\n  行政许可: {本年处理决定数量: 4}\n"
    with pytest.raises(UsageError, match="table2"):
        begun(root, inline, 5)
    assert [] == [path.name for path in (root / "params").rglob("import.md")]


def test_what_report_yaml_says_of_a_tables_format_alone_is_no_table(root):
    assert begun(root, 'table2: {format: "2021"}\n', 5).taken


def test_what_is_said_of_a_file_names_it_too(root):
    table = "<table><tr class=x><td>甲</td><td>乙</td></tr></table>"
    page = f"<html><head><link rel=stylesheet href=gone.css></head><body>{{}}{table}"
    title = "<h1>示例市测试局2023年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>平稳。</p>"
    for name, text in (("甲", title), ("乙", "<p>五、存在的主要问题及改进情况</p><p>无。</p>")):
        (root / f"{name}.html").write_text(page.format(text), "utf-8")
    paths = ReportPaths(root / "params", imports.BUREAU, 2023)
    made = session.begin(paths, [root / "甲.html", root / "乙.html"]).made
    assert [place for place, _, what in made.said if "样式表不在" in what] == ["甲.html gone.css", "乙.html gone.css"]


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("name: 示例市测试局\nlevel: 县\n", ["short"]),
        ("name: 示例市测试局\n", ["short", "level"]),
        ("level: 县\n", ["name", "short"]),
        ("name: 示例市测试局\nshort: 测试局\nlevel: 街\n", ["层级"]),
        ("name: [\n", ["name"]),
    ],
)
def test_what_a_bureau_lacks_is_said_at_once_with_file_and_line(text, missing, root):
    paths = ReportPaths(root / "params", imports.BUREAU, 2023)
    paths.bureau_file.parent.mkdir()
    paths.bureau_file.write_text(text, "utf-8")
    (root / "t.csv").write_text(TABLE.format(1), "utf-8")
    with pytest.raises(UsageError) as said:
        session.begin(paths, [root / "t.csv"])
    assert "mistake" not in str(said.value)
    assert "bureau.yaml" in str(said.value)
    assert [one for one in missing if one not in str(said.value)] == []
    assert not paths.folder.exists()


PAGE = f"<h1>{imports.TITLE.format(2023)}</h1><p>一、总体情况</p><p>平稳。</p><p>示例市测试局</p><p>2024年1月20日</p>"


OWN = "示例市测试局"


@pytest.mark.by_turns(2)
@pytest.mark.parametrize(
    ("before", "after", "level"),
    [
        ({}, (OWN, OWN), "市"),
        ({"level: 市": "level: 县", "【填写：机关全称】": '"【填写：机关全称】"'}, (OWN, OWN), "县"),
        ({"【填写：机关简称】": "市测试局"}, (OWN, "市测试局"), "市"),
        ({"【填写：机关全称】": OWN}, (OWN, OWN), "市"),
        ({"【填写：机关全称】": "别处市文物局"}, ("别处市文物局", "【填写：机关简称】"), "市"),
    ],
)  # fmt: skip
def test_the_names_that_bureau_yaml_has_not_yet_are_filled_in_from_the_title(before, after, level, root):
    starter.create(root / "params", imports.BUREAU, 2024)
    file = ReportPaths(root / "params", imports.BUREAU, 2023).bureau_file
    text = file.read_text("utf-8")
    for old, new in before.items():
        text = text.replace(old, new)
    file.write_text(text, "utf-8")
    begun = imports.imported(root, ("a.html", PAGE))
    about = bureau.read(InputFiles(root / "params"), imports.BUREAU)[0]
    assert (*after, level) == (about.name, about.short, about.level)
    assert begun.differences == ()
    assert [one[1] for one in begun.made.said if "bureau.yaml" in one[2]] == [OWN] * ("别处" not in after[0])


NAMES = "name: 【填写：机关全称】\nshort: 【填写：机关简称】 # 简称\n"


@pytest.mark.parametrize(
    ("there", "becomes"),
    [
        (f"{NAMES}level: 市\n", f"name: {OWN}\nshort: {OWN} # 简称\nlevel: 市\n"),
        (f"\ufeff{NAMES}level: 市\n", f"\ufeffname: {OWN}\nshort: {OWN} # 简称\nlevel: 市\n"),
        ('"name": 【填写：机关全称】\r\nshort: 市局\r\nlevel: 市\r\n', f'"name": {OWN}\r\nshort: 市局\r\nlevel: 市\r\n'),
        ("  name: '【填写：机关全称】'\n  short: 市局\n  level: 市\n", f"  name: '{OWN}'\n  short: 市局\n  level: 市\n"),
        ("{name: 【填写：机关全称】, short: 【填写：机关简称】, level: 市}\n", ""),
        ("name: >-\n  【填写：机关全称】\nshort: 市局\nlevel: 市\n", ""),
        ("name:\n  【填写：机关全称】\nshort: 市局\nlevel: 市\n", ""),
    ],
    ids=["laid out", "marked", "quoted", "set in", "braces", "folded", "below"],
)
def test_names_in_any_spelling_of_yaml_are_filled_in_or_asked_about(there, becomes, root):
    paths = ReportPaths(root / "params", imports.BUREAU, 2023)
    paths.bureau_file.parent.mkdir(parents=True)
    paths.bureau_file.write_bytes(there.encode())
    made = imports.imported(root, ("a.html", PAGE)).made
    asked = [about for question, some in made.questions.items() if "bureau.yaml" in question for about in some]
    left = [key for key, mark in (("name", starter.UNNAMED), ("short", starter.NO_SHORT)) if mark in there]
    assert paths.bureau_file.read_bytes().decode() == (becomes or there)
    assert asked == ([] if becomes else [f"{key}: {OWN}" for key in left])


def test_import_md_says_which_name_was_filled_in(root):
    paths = ReportPaths(root / "params", imports.BUREAU, 2023)
    paths.bureau_file.parent.mkdir(parents=True)
    paths.bureau_file.write_text(f"name: {OWN}\nshort: 【填写：机关简称】\nlevel: 市\n", "utf-8")
    [said] = [one[2] for one in imports.begin(root, ("a.html", PAGE)).made.said if "bureau.yaml" in one[2]]
    assert ("简称" in said, "全称" in said) == (True, False)


def test_a_folder_of_the_next_year_in_which_anything_was_put_is_not_to_be_deleted(root):
    paths = ReportPaths(root / "params", imports.BUREAU, 2024)
    (root / "a.html").write_text(PAGE, "utf-8")
    for name in ("图/a.png", "a.png", ".a/b", "空/"):
        starter.create(root / "params", imports.BUREAU, 2024)
        own = paths.folder / name
        (own if name.endswith("/") else own.parent).mkdir(exist_ok=True)
        if not name.endswith("/"):
            own.write_bytes(b"own")
        assert session.begin(paths.last_year, [root / "a.html"]).told == (), name
        shutil.rmtree(paths.folder)
    starter.create(root / "params", imports.BUREAU, 2024)
    (paths.folder / "b.csv").symlink_to(root / "a.html")
    assert session.begin(paths.last_year, [root / "a.html"]).told == ()


def test_a_folder_of_the_next_year_that_nobody_has_filled_in_is_to_be_laid_out_anew(root):
    starter.create(root / "params", imports.BUREAU, 2024)
    paths = ReportPaths(root / "params", imports.BUREAU, 2024)
    (root / "a.html").write_text(PAGE, "utf-8")
    [told] = session.begin(paths.last_year, [root / "a.html"]).told
    assert f"nianbao new {imports.BUREAU} 2024" in told
    with paths.report_file.open("a", encoding="utf-8") as file:
        file.write("number: 示测发〔2025〕1号\n")
    assert session.begin(paths.last_year, [root / "a.html"]).told == ()


def test_no_form_is_made_to_see_whether_a_folder_without_one_is_as_it_was_laid_out(root, monkeypatch):
    """To make one takes longer than to read a report. report.yaml is known all the same where a form was laid out."""
    paths = ReportPaths(root / "params", imports.BUREAU, 2023)
    starter.create(root / "params", imports.BUREAU, 2023, workbook=True)
    assert pristine.files(paths)[paths.form_file]
    (root / "a.html").write_text(PAGE, "utf-8")
    paths.form_file.unlink()
    made = []
    monkeypatch.setattr(starter.book, "made", lambda *given: made.append(given))
    assert session.begin(paths, [root / "a.html"]).differences == ()
    assert made == []
