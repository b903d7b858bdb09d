"""docs/clerk.md: a clerk's year in a bureau, by the page's own commands."""

import io
import re
import shlex
import shutil

import docx
import openpyxl
import pytest

import forms
import imports
import project
from nianbao import api
from nianbao.paths import ReportPaths
from project import ROOT, nianbao

BUREAU = "shili-wlj"
STEPS = re.findall(r"^```sh\n(.*?)^```$", (ROOT / "docs" / "clerk.md").read_text("utf-8"), re.M | re.S)
TEXT = """## 一、总体情况

2024年，我局依法公开文物普查信息，及时回应公众关切。

## 二、主动公开政府信息情况

## 三、收到和处理政府信息公开申请情况

## 四、政府信息公开行政复议、行政诉讼情况

## 五、存在的主要问题及改进情况

解读形式不够多样，将增加图解。

## 六、其他需要报告的事项

本机关全年没有收取信息处理费。
"""


def run(root, step, *codes):
    """What the commands of a step print; each ends with one of these codes."""
    printed = []
    for line, code in zip(STEPS[step].strip().split("\n"), codes, strict=True):
        words, _, into = line.partition(" > ")
        said = nianbao(*shlex.split(words)[1:], cwd=root, code=code)[0]
        if into:
            (root / into).write_text(said, "utf-8")
        printed.append(said)
    return printed


@pytest.mark.slow
def test_a_clerk_comes_from_last_years_report_to_this_years_by_the_commands_of_the_page(tmp_path):
    before = project.make(tmp_path / "before", ["2022", "2023"], [BUREAU])
    assert api.build(before / "params", bureaus=[BUREAU], years=[2023], to=("docx",)).is_good
    root = tmp_path / "office"
    root.mkdir()
    shutil.copy(before / "outputs" / BUREAU / "2023" / "report.docx", root / "上年报告.docx")
    run(root, 0, 0)
    run(root, 1, 0)
    folder, outputs = root / "params" / BUREAU / "2024", root / "outputs" / BUREAU / "2024"
    assert {"form.xlsx", "narrative.md", "report.yaml"} <= {one.name for one in folder.iterdir()}
    report = imports.report(ReportPaths(ROOT / "params", BUREAU, 2024))
    of = {key: {at: report.cell(key, at).value for at in table.cells} for key, table in report.format.tables.items()}
    blank = (folder / "form.xlsx").read_bytes()
    for name, some in (("法规科", ("table2", "table4")), ("办公室", ("table3",))):
        book = openpyxl.load_workbook(io.BytesIO(forms.filled(blank, values={key: of[key] for key in some})))
        for fact in book["事实"].iter_rows(min_row=2, max_col=2):
            fact[1].value = 12 if fact[0].value else None
        (root / f"{name}.xlsx").write_bytes(forms.saved(book))
    run(root, 2, 1)
    (folder / "narrative.md").write_text(TEXT, "utf-8")
    (folder / "report.yaml").write_text("date: 2025-01-21\nsignature: 示例市文化和旅游局\n", "utf-8")
    run(root, 3, 0, 0)
    reviewed = docx.Document(outputs / "report-draft.docx")
    next(one for one in reviewed.paragraphs if "文物普查" in one.text).add_run("进展顺利。")
    reviewed.save(root / "改后.docx")
    run(root, 4, 1, None)
    assert "进展顺利。" in (folder / "narrative.md").read_text("utf-8")
    run(root, 5, 0)
    assert "进展顺利。" not in (folder / "narrative.md").read_text("utf-8")
    run(root, 6, 1)
    assert "<table" in (root / "对照.html").read_text("utf-8")
    run(root, 7, 0, 0)
    assert {"report.html", "report.pdf", "report.docx"} <= {one.name for one in outputs.iterdir()}
    assert not (outputs.parent / "2023").exists()
