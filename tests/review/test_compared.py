"""What differs between two reports: every thing a reader sees, in the reader's words, whichever side it stands on."""

import csv
import io
import json
import shutil

import pytest

from nianbao.api import diff as nianbao_diff
from nianbao.document.document import load
from nianbao.errors import UsageError
from nianbao.review.changedwords import changes, marked, paired, paragraphs
from nianbao.review.differences import How, between
from nianbao.run.manifest import Manifest, Output, digest
from nianbao.run.process import Limits
from project import ROOT, edit, make, nianbao

ONE = Limits(workers=1)


@pytest.fixture(scope="module")
def data():
    """A report as report.json holds it, as text."""
    return json.dumps(load("shili-zrzyj", 2022, ROOT / "params").data.to_json())


def differing(one, other):
    return [found for found in between(one, other) if found.how is not How.SAME]


def test_a_number_that_changed_is_one_word_and_the_rest_is_cut():
    text = "全年共收到政府信息公开申请一百余件，其中34件当面提出。"
    told = changes(text, text.replace("34", "37"))
    assert marked(told) == "…息公开申请一百余件，其中［34→37］件当面提出。"
    assert marked(changes("公开1件", "公开1件，新增")) == "公开1件［增：，新增］"


def test_paragraphs_are_those_that_the_page_shows_and_find_each_other():
    old = paragraphs("一、甲事项办结三十件。\n二、乙事项没有变化。\n\n丙段")
    new = paragraphs("新来的第一段文字\n\n一、甲事项办结四十件。\n\n二、乙事项没有变化。")
    assert (len(old), len(new)) == (3, 3)
    assert list(paired(old, new)) == [(None, 0), (0, 1), (1, 2), (2, None)]


CHANGES = {
    "标题": lambda data: data.update(title="另一个标题"),
    "成文日期": lambda data: data.update(date=None, unknown={"date": "原件未署"}),
    "机关名称": lambda data: data["bureau"].update(name="示例市规划局"),
    "表三 二、上年结转政府信息公开申请数量 / 申请人情况·自然人": lambda data: next(
        one for one in data["cells"] if one["row"].startswith("二、") and one["column"].endswith("自然人")
    ).update(value=9),
    "表二 规章 / 本年制发件数": lambda data: data["cells"][0].update(value=None, state="未知", reason="未统计"),
    "表二 规章 / 本年废止件数": lambda data: data["cells"][1].update(shown="/"),
    "表二 表下的注": lambda data: data["tables"][0].update(notes=["注：不含下属单位。"]),
    "表二 名称": lambda data: data["tables"][0].update(caption="主动公开"),
    "表二 行名或栏名“规章”": lambda data: data["tables"][0].update(
        labels=[{"part": "", "heading": "规章", "printed": "一、规章"}]
    ),
    "表二 行名或栏名“第二十条第（五）项 / 信息内容”": lambda data: data["tables"][0].update(
        labels=[
            {"part": f"第二十条第（{numeral}）项", "heading": "信息内容", "printed": f"内容{numeral}"} for numeral in "五六"
        ]
    ),
    "事实“主动公开信息”": lambda data: data["facts"][0].update(unit="件"),
    "事实“规划草案意见.采纳”": lambda data: data["facts"][1]["parts"].update(采纳="60"),
    "事实“规划草案意见”的备注": lambda data: data["facts"][1].update(note="摘自公示"),
    "章节标题": lambda data: data["narrative"][2].update(heading="二、主动公开情况"),
    "章节的顺序": lambda data: data["narrative"].insert(1, data["narrative"].pop()),
    "二、主动公开政府信息情况 放的表": lambda data: data["narrative"][2].update(tables=[]),
    "六、其他需要报告的事项 第1段": lambda data: data["narrative"][-1].update(text="改写"),
    "引言 第2段": lambda data: data["narrative"][0].update(text=data["narrative"][0]["text"] + "\n\n附言。"),
}


def test_each_thing_that_a_report_shows_is_told_by_its_name_from_what_to_what(data):
    assert differing(json.loads(data), json.loads(data)) == []
    for place, change in CHANGES.items():
        there = json.loads(data)
        change(there)
        found, back = differing(json.loads(data), there), differing(there, json.loads(data))
        assert place in {one.place for one in found}, place
        assert all(one.before != one.after for one in found)
        assert sorted((one.before, one.after) for one in found) == sorted((one.after, one.before) for one in back)


def test_every_field_of_the_data_is_compared_or_named_as_none(data):
    """A field that report.json gets is lost here, unless someone says what becomes of it."""
    aside = {"schema", "year", "draft", "findings"}  # what a build makes of the rest
    told = {*json.loads(data)} - aside
    assert told == {
        "bureau", "format", "title", "date", "signature", "editor", "number", "unknown", "term", "tables", "cells", "facts",
        "narrative",
    }  # fmt: skip


def test_a_change_is_counted_in_the_unit_of_both_or_in_yuan(data):
    def money(value, unit):
        there = json.loads(data)
        next(one for one in there["cells"] if one["unit"]).update(value=value, unit=unit)
        return there

    [same] = differing(money("79.25", "万元"), money("80", "万元"))
    [other] = differing(money("79.25", "万元"), money("800000", "元"))
    assert (same.change, other.change) == ("+0.75万元", "+7500元")
    assert str(same).endswith("79.25万元 → 80万元（+0.75万元）")


def test_two_formats_know_a_column_by_what_it_counts():
    old, new = (load("shili-zrzyj", year, ROOT / "params").data.to_json() for year in (2020, 2021))
    found = {one.place: one for one in between(old, new) if one.kind == "cell"}
    assert found["表二 行政许可 / 本年处理决定数量"].before


def published_by_another_version(folder):
    """Make a published report one that an older nianbao has published, before report.json had labels."""
    file, manifest = folder / "report.json", folder / "manifest.json"
    data, record = json.loads(file.read_text("utf-8")), Manifest.from_json(manifest.read_text("utf-8"))
    for table in data["tables"]:
        del table["labels"]
    file.write_text(json.dumps(data), "utf-8")
    made = Output(sha256=digest(file.read_bytes()), bytes=file.stat().st_size)
    manifest.write_text(record.model_copy(update={"outputs": {**record.outputs, "report.json": made}}).to_json(), "utf-8")
    edit(folder.parents[2] / "params/shili-jyj/2019/narrative.md", "## 五、", "全年培训93场。\n\n## 五、")


def test_what_is_published_is_told_from_what_params_say_and_two_years_from_each_other(tmp_path):
    project = make(tmp_path)
    nianbao("build", "--to", "html", cwd=project)
    assert [one["same"] for one in json.loads(nianbao("diff", "--format", "json", cwd=project)[0])["reports"]] == [
        None,
        None,
    ]
    out, _ = nianbao("diff", cwd=project)
    assert out == "比较 2 份：相同 2，不同 0，无法比较 0\n"
    folder = project / "params" / "shili-jyj" / "2020"
    edit(folder / "table3.csv", "一、本年新收政府信息公开申请数量,,,3,0", "一、本年新收政府信息公开申请数量,,,5,0")
    edit(folder / "narrative.md", "## 五、", "全年培训93场。\n\n## 五、")
    (folder / "图.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", "utf-8")
    out, _ = nianbao("diff", cwd=project, code=1)
    assert "shili-jyj/2020/图.svg：（无） → " in out  # which the text may show
    assert "表三 一、本年新收政府信息公开申请数量 / 申请人情况·自然人：3 → 5（+2）\n" in out
    assert "［增：全年培训93场。］" in out
    assert "build 会重新生成：数据有变，正文有变" in out
    assert "shili-jyj/2019" not in out  # which has not changed
    [row, *_] = list(csv.DictReader(io.StringIO(nianbao("diff", "--format", "csv", cwd=project, code=1)[0][1:])))
    shown = [row[name] for name in ("报告", "比较对象", "原来", "现在", "增减")]
    assert shown == ["shili-jyj/2020", "published", "3", "5", "+2"]
    assert "## shili-jyj/2020" in nianbao("diff", "--format", "markdown", cwd=project, code=1)[0]

    out, _ = nianbao("diff", "--with", "last", "--format", "json", cwd=project, code=1)
    first, second = json.loads(out)["reports"]
    assert (first["problem"], first["alone"], first["same"]) == ("shili-jyj 没有 2018 年度的报告", True, None)
    assert (second["bureau"], second["year"], second["against"]) == ("shili-jyj", 2020, "2019")
    assert "numbers" in {one["how"] for one in second["differences"] if one["kind"] == "paragraph"}
    assert not [one for one in second["differences"] if one["kind"] == "cell" and one["how"] == "same"]
    out, _ = nianbao("diff", "--year", "2020", "--with", "2019", "--all", "--format", "json", cwd=project, code=1)
    [every] = json.loads(out)["reports"]
    assert len([one for one in every["differences"] if one["kind"] == "cell"]) > 150
    assert "比较对象须是" in nianbao("diff", "--with", "lsat", cwd=project, code=2)[1]

    published_by_another_version(project / "outputs/shili-jyj/2019")
    out, _ = nianbao("diff", "--year", "2019", cwd=project, code=1)
    assert "另一版本" in out
    edit(folder / "report.yaml", "signature: ", "notes: 1\nsignature: ")
    (project / "outputs/shili-jyj/2019/report.json").write_text("{}", "utf-8")
    out, _ = nianbao("diff", cwd=project, code=1)
    assert "有人改过" in out
    assert "故障 1 处" in out
    shutil.rmtree(folder)
    assert "已没有它的文件夹" in nianbao("diff", cwd=project, code=1)[0]


def test_a_report_without_another_beside_it_is_no_problem_and_none_is_compared_with_itself(tmp_path):
    params = make(tmp_path) / "params"
    [alone] = nianbao_diff(params, years=2019, against="last", limits=ONE).reports
    assert (alone.alone, alone.is_same, alone.problem) == (True, False, "no report of 2018 in shili-jyj")
    assert nianbao_diff(params, years=2019, against="last", limits=ONE).is_same
    itself, other = nianbao_diff(params, against=2019, limits=ONE).reports
    assert (itself.alone, itself.same, other.alone) == (True, None, False)
    assert other.same > 100
    for year in (2020, 2018):  # itself, and what nobody has
        with pytest.raises(UsageError, match=str(year)):
            nianbao_diff(params, years=2020, against=year, limits=ONE)
