"""notebooks/trends.ipynb: its sentences and table say what the reports hold, whatever they hold; its figures have gaps."""

import json
import re
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from making import BUREAU, make, write
from nianbao.document.document import Document
from project import ROOT, nianbao

CELLS = {
    cell["id"]: "".join(cell["source"])
    for cell in json.loads((ROOT / "notebooks" / "trends.ipynb").read_text("utf-8"))["cells"]
    if cell["cell_type"] == "code"
}
# By the year's format: where its figures stand.
NEW, DONE, OPEN = ("一", "总计"), ("三（七）", "总计"), ("三（一）", "总计")
STATES = st.integers(0, 500) | st.sampled_from(["未知：原件未保留", "不适用", "未填"])


def ran(reports):
    """The names that the notebook's cells have made of reports in memory, and what each cell ends with; nothing is drawn."""
    documents = {year: Document(report, None, ()) for year, report in reports.items()}
    names, shown = {}, {}
    with (
        patch("nianbao.document.document.load", lambda _, year, __: documents[year]),
        patch("nianbao.document.yearly.years", lambda *_: sorted(documents)),
        patch.object(Document, "bundle", type("About", (), {"bureau": "示例市测试局", "term": "政府信息"})),
    ):
        for name, source in CELLS.items():
            if not name.endswith("-figure"):
                before, *last = source.rsplit("\nMarkdown(", 1)
                exec(before, names)
                result = eval(f"Markdown({last[0]}", names) if last else None
                shown[name] = result.data if result else ""
    return names, shown


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(st.integers(2018, 2024), st.tuples(STATES, STATES, STATES), min_size=1, max_size=5))
def test_sentences_say_what_the_reports_hold(values):
    reports = {year: make(year, {"表三": dict(zip((NEW, DONE, OPEN), some, strict=True))}) for year, some in values.items()}
    names, shown = ran(reports)
    for at, (frame, column, cell, what) in enumerate(
        (("applications", "本年新收", "applications", "新收申请"), ("outcomes", "总计", "outcomes", "办结申请"),
         ("outcomes", "予以公开", "outcomes", "予以公开"))
    ):  # fmt: skip
        held = {year: some[at] for year, some in values.items() if isinstance(some[at], int)}
        series = names[frame][column]
        assert series.dropna().to_dict() == held
        assert list(series.index) == list(range(min(values), max(values) + 1))
        if len(set(held.values())) > 1:
            assert f"{what}合计{sum(held.values())}件" in shown[cell]
            assert f"；{max(held)}年为{held[max(held)]}件" in shown[cell]


def test_figures_of_both_formats_are_one_row():
    before = make(2020, {"表二": {("规范性文件", "本年新制作数量"): 3, ("行政许可", "处理决定数量"): 8}})
    after = make(2021, {"表二": {("行政规范性文件", "本年制发件数"): 4, ("行政许可", "本年处理决定数量"): 9}})
    names, _ = ran({2020: before, 2021: after})
    assert names["documents"]["本年制发"].to_dict() == {2020: 3, 2021: 4}
    assert names["decisions"]["行政许可"].to_dict() == {2020: 8, 2021: 9}
    assert names["documents"]["现行有效"].isna().to_dict() == {2020: True, 2021: False}
    assert names["fees"].isna().to_dict() == {2020: True, 2021: False}


@pytest.mark.slow
def test_a_bureau_with_an_unknown_year_and_one_with_a_single_year(tmp_path):
    """Built as any notebook over bureaus: the unknown year is a gap, in figures, sentences and table, and never 0."""
    params = tmp_path / "params"
    for year in (2021, 2023):
        write(params, year, values={"表三": {NEW: year - 2018}})
    write(params, 2022, report="table3: 未知：原件未保留\n")
    (params / BUREAU / "2022" / "table3.csv").unlink(missing_ok=True)
    write(params, 2024, values={"表三": {NEW: 5}}, bureau="shili-yige")
    (params / "shili-yige" / "bureau.yaml").write_text("name: 示例市一个局\nshort: 一个局\nlevel: 市\n", "utf-8")
    (tmp_path / "notebooks").mkdir()
    for name in ("annual_report.ipynb", "trends.ipynb"):
        (tmp_path / "notebooks" / name).write_bytes((ROOT / "notebooks" / name).read_bytes())
    nianbao("build", "--notebook", "notebooks/trends.ipynb", cwd=tmp_path)
    made = tmp_path / "outputs" / "notebooks" / "trends"
    unknown, single = ((made / name / "report.html").read_text("utf-8") for name in (BUREAU, "shili-yige"))
    unknown, single = (re.sub("</?span[^>]*>", "", one) for one in (unknown, single))
    assert (
        "2021年、2023年新收申请合计8件，最多的是2023年（5件），最少的是2021年（3件）；2023年为5件。2022年没有数据，不计在内。"
        in unknown
    )
    assert re.search(r"<th[^>]*>新收申请（件）</th>\s*<td[^>]*>3</td>\s*<td[^>]*>没有数据</td>\s*<td[^>]*>5</td>", unknown)
    assert "（2024年）</h1>" in single
    assert "2024年新收申请5件。" in single
    for page in (unknown, single):
        captions = re.findall("<figcaption>(图[0-9]+) ", page)
        assert captions == [f"图{at}" for at, _ in enumerate(captions, 1)]
        assert 1 <= len(captions) <= 6
    index = (tmp_path / "outputs" / "index.html").read_text("utf-8")
    assert f'<a href="notebooks/trends/{BUREAU}/report.html">政府信息公开历年数据（2021年至2023年）</a>' in index
    said, _ = nianbao("verify", cwd=tmp_path, code=1)  # there are no reports beside these pages
    assert "index" not in said
    assert "共 6 份：没有报告 4，一致 2" in said
