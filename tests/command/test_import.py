"""``nianbao import``: what it prints, what it writes, and the code it ends with."""

import csv
import io

import pytest

import imports
import words
from making import FORMATS
from nianbao.inputs.csvlayout import to_csv
from project import ENGLISH, nianbao

TITLE = "示例市测试局2023年政府信息公开工作年度报告"
END = "<p>五、存在的主要问题及改进情况</p><p>一是解读不够。</p><p>示例市测试局</p><p>2024年1月20日</p>"
PAGE = f"<h1>{TITLE}</h1><p>一、总体情况</p><p>平稳。</p>{END}"
REPORT = ("--bureau", imports.BUREAU, "--year", "2023")


def folder(root):
    return root / "params" / imports.BUREAU / "2023"


def test_a_page_becomes_a_folder_and_the_checks_are_printed(tmp_path):
    (tmp_path / "去年.html").write_text(PAGE, "utf-8")
    out, _ = nianbao("import", "去年.html", *REPORT, cwd=tmp_path, code=1)
    assert "下列表格没有找到，各格未填\n  表二 主动公开政府信息情况" in out
    assert f"── shili-ceshi/2023 {TITLE}：" in out
    assert sorted(path.name for path in folder(tmp_path).iterdir()) == [
        ".import", "import.md", "narrative.md", "report.yaml", "table2.csv", "table3.csv", "table4.csv",
    ]  # fmt: skip
    assert (tmp_path / "notebooks" / "annual_report.ipynb").is_file()
    account = (folder(tmp_path) / "import.md").read_text("utf-8")
    assert "| 去年.html | 网页 |" in account
    assert "### 下列表格没有找到，各格未填\n\n- 表二" in account


def test_a_clean_import_ends_with_0(tmp_path):
    out = nianbao("import", _clean(tmp_path), *REPORT, cwd=tmp_path)[0]
    assert (folder(tmp_path) / "narrative.md").read_text("utf-8").startswith(f"# {TITLE}\n")
    assert "待" not in out.split("──")[0]


def test_what_is_asked_is_told_once_and_what_was_asked_before_in_a_line(tmp_path):
    asked, before = "文件的名称像是说里面不是本年度、", "以前列出的待决定的事"
    first, second = (tmp_path / f"{name}.docx" for name in ("上会稿", "清样"))
    first.write_bytes((tmp_path / _clean(tmp_path)).read_bytes())
    second.write_bytes(first.read_bytes())
    out = nianbao("import", first.name, *REPORT, cwd=tmp_path, code=1)[0]
    assert (out.count(asked), "W242" in out, before in out) == (1, False, False)
    assert "W242" in nianbao("check", cwd=tmp_path)[0]
    out = nianbao("import", second.name, *REPORT, cwd=tmp_path, code=1)[0]
    assert (out.count(asked), "W242" in out, before in out) == (1, False, True)


def test_what_new_has_laid_out_and_nobody_has_filled_in_is_no_ones_work(tmp_path):
    nianbao("new", imports.BUREAU, "2023", cwd=tmp_path)
    nianbao("import", _clean(tmp_path), *REPORT, cwd=tmp_path, code=None)
    assert (folder(tmp_path) / "narrative.md").read_text("utf-8").startswith(f"# {TITLE}\n")


def _clean(root):
    """A Word document in which nothing is missing."""
    parts = [words.paragraph(TITLE), words.paragraph("一、总体情况"), words.paragraph("平稳。")]
    for section in FORMATS["2021"].sections:
        if section.table:
            table = FORMATS["2021"].tables[section.table]
            rows = list(csv.reader(io.StringIO(to_csv(table, dict.fromkeys(table.cells, 0)))))
            width = max(map(len, rows))
            parts += [words.paragraph(section.heading), words.table([*row, *[""] * (width - len(row))] for row in rows)]
    last = ("五、存在的主要问题及改进情况", "一是解读不够。", "示例市测试局", "2024年1月20日")
    parts += map(words.paragraph, last)
    path = root / "去年.docx"
    path.write_bytes(words.document(*parts))
    return path


@pytest.mark.slow
def test_what_a_person_made_is_compared_first_and_replaced_by_force(tmp_path):
    (tmp_path / "去年.html").write_text(PAGE, "utf-8")
    nianbao("import", "去年.html", *REPORT, cwd=tmp_path, code=1)
    (folder(tmp_path) / "narrative.md").write_text("手写的。\n", "utf-8")
    out, _ = nianbao("import", "去年.html", *REPORT, cwd=tmp_path, code=1)
    assert "\n-手写的。\n+#" in out
    assert "\n下列表格没有找到，各格未填\n" in out, "what has to be decided is said though nothing is written"
    assert "没有写入" in out
    assert (folder(tmp_path) / "narrative.md").read_text("utf-8") == "手写的。\n"
    nianbao("import", "去年.html", *REPORT, "--force", cwd=tmp_path, code=1)
    assert "平稳。" in (folder(tmp_path) / "narrative.md").read_text("utf-8")
    nianbao("import", "--undo", *REPORT, cwd=tmp_path)
    assert (folder(tmp_path) / "narrative.md").read_text("utf-8") == "手写的。\n"


def test_wrong_usage_ends_with_2(tmp_path):
    (tmp_path / "去年.html").write_text(PAGE, "utf-8")
    nianbao("import", *REPORT, cwd=tmp_path, code=2)
    _, said = nianbao("import", "去年.html", "--undo", *REPORT, cwd=tmp_path, code=2, **ENGLISH)
    assert "--undo takes no files" in said
    nianbao("import", "--undo", *REPORT, cwd=tmp_path, code=2)
    nianbao("import", "fehlt.html", *REPORT, cwd=tmp_path, code=2)
    nianbao("import", "去年.html", "--bureau", "Übel", "--year", "2023", cwd=tmp_path, code=2)
    _, said = nianbao("import", "去年.html", "--bureau", imports.BUREAU, "--year", "2022", cwd=tmp_path, code=2, **ENGLISH)
    assert "the report of 2023, not of 2022" in said
    assert not (tmp_path / "params").exists()
