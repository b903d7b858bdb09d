"""What differs between two reports: every thing a reader sees, in the reader's words, whichever side it stands on."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from nianbao import likeness
from nianbao.api import diff as nianbao_diff
from nianbao.digests import digest
from nianbao.document.document import load
from nianbao.errors import UsageError
from nianbao.review.changedwords import changes, marked
from nianbao.review.difference import How
from nianbao.review.differences import between
from nianbao.review.owntables import in_cells
from nianbao.review.pairing import paired, paragraphs
from nianbao.run.manifest import Manifest, Output
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


@pytest.mark.slow
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
        "bureau", "format", "title", "date", "date_below_title", "signature", "editor", "number", "unknown", "term",
        "tables", "cells", "facts", "narrative", "printed",
    }  # fmt: skip


PAGE = """# 示例市教育局政府信息公开工作年度报告

引言。

## 一、总体情况

第一段，**重点**。

第二段，会议{{ 事实.会议 }}。

- 甲
- 乙

| 项目 | 件数 |
|---|---|
| 甲 | 1 |

## 三、收到和处理政府信息公开申请情况

上表所列如下。

{{ 表三 }}

第二段。

## 六、其他需要报告的事项

无。

## 附件：名录

名录。
"""
REPORT = """date: 2021-02-05
number: 示教发〔2021〕3号
signature: 示例市教育局
editor: 办公室
facts:
  会议: {value: 3, unit: 次}
"""
# What is changed in which file, and what a reader is told of it; nothing where the page stays as it is.
TOLD = [
    ("report.yaml", "editor:", "date_below_title: 是\neditor:", "成文日期的位置：落款处 → 标题下"),
    ("report.yaml", "2021-02-05", "2021-02-06", "成文日期：2021-02-05 → 2021-02-06"),
    ("report.yaml", "3号", "4号", "文号：示教发〔2021〕3号 → 示教发〔2021〕4号"),
    ("report.yaml", "signature: 示例市教育局", "signature: 教育局", "落款：示例市教育局 → 教育局"),
    ("report.yaml", "editor: 办公室", "editor: 人事科", "责任编辑：办公室 → 人事科"),
    ("report.yaml", "editor:", "term: 政务信息\neditor:", "政府信息的称谓："),
    ("report.yaml", "editor:", "lead: none\neditor:", "二、"),
    ("report.yaml", "editor:", "not_applicable: {print: /}\neditor:", ""),
    ("report.yaml", "date: 2021-02-05", "accepted:\n  - {code: E101, place: 成文日期, reason: 未署}", "成文日期："),
    ("report.yaml", "editor:", "accepted:\n  - {code: W201, reason: 已改}\neditor:", ""),
    ("report.yaml", "3, unit", "4, unit", "事实“会议”：3次 → 4次（+1次）"),
    ("bureau.yaml", "name: 示例市教育局", "name: 示例市教育委员会", "机关名称："),
    ("bureau.yaml", "short: ", "deadline: 1-20\nshort: ", ""),
    ("bureau.yaml", "short: ", "unbound: 警告\nlead: {二: none}\nshort: ", "二、"),
    ("narrative.md", "# 示例市教育局政府", "# 示例市教育局2020年政府", "标题："),
    ("narrative.md", "引言。", "前言。", "引言 第1段："),
    ("narrative.md", "{{ 表三 }}\n\n", "", "三、收到和处理政府信息公开申请情况 表三的位置：第1段之后 → 第2段之后"),
    ("narrative.md", "上表所列如下。\n\n{{ 表三 }}", "{{ 表三 }}\n\n上表所列如下。", "表三的位置：第1段之后 → 正文之前"),
    ("narrative.md", "无。", "无。\n\n{{ 表二 }}", "六、其他需要报告的事项 放的表：（无） → 表二"),
    ("narrative.md", "上表所列如下。", "上表所列如下。\n\n新的一段。", "第2段：［增：新的一段。］"),
    ("narrative.md", "**重点**", "重点", "一、总体情况 第1段："),
    ("narrative.md", "重点**。\n\n第二段", "重点**。第二段", "一、总体情况 "),
    ("narrative.md", "- 甲\n- 乙", "- 甲\n\n- 乙", ""),
    ("narrative.md", "- 甲\n- 乙", "1. 甲\n2. 乙", "一、总体情况 第3段："),
    ("narrative.md", "|---|---|", "|---|---:|", "一、总体情况 第4段："),
    ("narrative.md", "## 六、其他需要报告的事项", "## 六、其他事项", "章节标题："),
    ("narrative.md", "无。", "无。<!-- 已核 -->", ""),
    ("narrative.md", "附件：名录", "附件：名单", "章节标题："),
]


@pytest.mark.slow
def test_whatever_changes_the_page_is_told_and_what_does_not_is_no_difference(tmp_path):
    """Each kind of thing of report.yaml, bureau.yaml and narrative.md, beside the HTML that the notebook shows of it."""
    params = make(tmp_path, ("2020",)) / "params"
    folder = params / "shili-jyj" / "2020"
    (folder / "narrative.md").write_text(PAGE, "utf-8")
    (folder / "report.yaml").write_text(REPORT, "utf-8")
    places = {"bureau.yaml": folder.parent} | dict.fromkeys(("report.yaml", "narrative.md"), folder)

    def shown():
        made = load("shili-jyj", 2020, params)
        parts = (made.title, made.preamble, *map(made.chapter, "一二三四五六"), made.chapters_after("六"), made.signature)
        return "".join(one.html for one in parts if one), made.data.to_json()

    page, data = shown()
    wrong = []
    for name, old, new, told in TOLD:
        file = places[name] / name
        before = file.read_text("utf-8")
        edit(file, old, new)
        there, now = shown()
        found = "；".join(map(str, differing(data, now)))
        if bool(found) != (there != page) or told not in found:
            wrong.append((new, there != page, told, found))
        file.write_text(before, "utf-8")
    assert wrong == []


def test_a_page_that_is_set_out_otherwise_is_told_where_each_thing_is_the_same(data):
    there = json.loads(data) | {"printed": "0" * 64}
    assert ["印出的样子：文字和数逐项相同，排法有变"] == [str(one) for one in differing(json.loads(data), there)]


def test_a_change_is_counted_in_the_unit_of_both_or_in_yuan(data):
    def money(value, unit):
        there = json.loads(data)
        next(one for one in there["cells"] if one["unit"]).update(value=value, unit=unit)
        return there

    [same] = differing(money("79.25", "万元"), money("80", "万元"))
    [other] = differing(money("79.25", "万元"), money("800000", "元"))
    assert (same.change, other.change) == ("+0.75万元", "+7500元")
    assert str(same).endswith("79.25万元 → 80万元（+0.75万元）")


def test_two_formats_know_a_column_by_what_it_counts_and_what_only_one_has_is_told_together():
    old, new = (load("shili-zrzyj", year, ROOT / "params").data.to_json() for year in (2020, 2021))
    found = {one.place: str(one) for one in between(old, new)}
    assert found["表二 行政许可 / 本年处理决定数量"] == "表二 行政许可 / 本年处理决定数量：173 → 168（-5）"
    together = [text for place, text in found.items() if "只有一方" in place]
    assert len(together) == 2
    assert "2019格式：19格，其中不为0的：规范性文件 / 本年新制作数量 2；" in together[0]
    assert "2019格式：7格，都是0 → 2021格式：21格" in together[1]
    assert not [text for place, text in found.items() if "（无）" in text and place.startswith("表")]


def test_what_a_reader_is_told_has_no_signs_of_markdown_and_rows_have_their_groups(data):
    old, new = json.loads(data), json.loads(data)
    table = "| 区县 | 征地批次（个） | 备注 |\n|---|---:|---|\n| 城东 | {} | **新** |\n| 城西 | 1 | |"
    old["narrative"][-1]["text"] = f"### （三）小标题\n\n**（一）甲。**公开1件。\n\n{table.format('1,020')}"
    new["narrative"][-1]["text"] = f"### （三）新标题\n\n**（一）甲。**公开2件。\n\n{table.format('1,021')}\n| 城北 | 3 | |"
    cell = next(one for one in new["cells"] if one["row"].endswith("3.危及“三安全一稳定”"))
    cell["value"] += 1
    found = [str(one) for one in differing(old, new)]
    assert found == [
        "表三 （三）不予公开·3.危及“三安全一稳定” / 申请人情况·自然人：0 → 1（+1）",
        "六、其他需要报告的事项 第1段：（三）［小→新］标题",
        "六、其他需要报告的事项 第2段：（一）甲。公开［1→2］件。",
        "六、其他需要报告的事项 第3段 表中 城东 / 征地批次（个）：1,020 → 1,021（+1）",
        "六、其他需要报告的事项 第3段 表中“城北”一行：（无） → 城北｜3｜",
    ]
    new = json.loads(data)
    new["narrative"][-1]["text"] = old["narrative"][-1]["text"].replace("**", "")
    old["narrative"][-1]["text"] += "\n\n![甲](a.png)"
    new["narrative"][-1]["text"] += "\n\n![乙](a.png)"
    assert [str(one) for one in differing(old, new)] == [
        "六、其他需要报告的事项 第2段：文字相同，写法有变：［删：**］（一）甲。［删：**］公开1件。",
        "六、其他需要报告的事项 第3段：文字相同，写法有变：…东 | 1,020 | ［**新**→新］ |⏎| 城西 | 1 …",
        "六、其他需要报告的事项 第4段：［图：［甲→乙］］",
    ]


def test_a_paragraph_that_was_moved_is_one_difference_and_a_renamed_attachment_too(data):
    old, new = json.loads(data), json.loads(data)
    one, other = "全市国土空间规划体系进入集中编制阶段。", "会议共3次，均有记录，存档备查。"
    end = {"kind": "attachment", "text": "甲单位地址电话。\n\n乙单位地址电话。"}
    written = (old, [one, "无。", other], "附件：名录"), (new, [other.replace("3", "4"), "无。", one], "附件：名单")
    for data_, texts, heading in written:
        data_["narrative"][-1]["text"] = "\n\n".join(texts)
        data_["narrative"].append(old["narrative"][-1] | end | {"heading": heading, "tables": [], "table_places": []})
    new["narrative"][0]["text"] += "\n\n" + new["narrative"][-2]["text"].rpartition("\n")[2]
    new["narrative"][-2]["text"] = new["narrative"][-2]["text"].rpartition("\n\n")[0]
    found = differing(old, new)
    assert [(one.how, one.place, one.was_at) for one in found] == [
        (How.MOVED, "引言 第2段", "六、其他需要报告的事项 原第1段"),
        (How.MOVED, "六、其他需要报告的事项 第1段", "六、其他需要报告的事项 原第3段"),
        (How.CHANGED, "章节标题", ""),
    ]
    assert str(found[1]).endswith(" 第1段：移自六、其他需要报告的事项 原第3段，会议共［3→4］次，均有记录，存档备查。")


@pytest.mark.slow
def test_of_many_paragraphs_few_are_compared_one_by_one_and_one_that_only_stands_elsewhere_is_moved(data):
    """A text of which all is new; its chapters have other names too."""
    old, new = json.loads(data), json.loads(data)
    for data_, name in ((old, "旧"), (new, "新")):
        texts = [f"{name}{number}，{name * (number % 7)}的第{number * number}段。" for number in range(300)]
        data_["narrative"][-1]["text"] = "\n\n".join(texts)
        chapters = [{"kind": "attachment", "text": texts[at], "heading": f"附件：{name}{at}"} for at in range(150)]
        data_["narrative"] += [old["narrative"][-1] | one | {"tables": [], "table_places": []} for one in chapters]
    old["narrative"][5]["text"] += "\n\n全市国土空间规划体系进入集中编制阶段。"
    new["narrative"][0]["text"] += "\n\n全市国土空间规划体系进入集中编制阶段。"
    likeness.of_texts.cache_clear()
    found = differing(old, new)
    known = likeness.of_texts.cache_info()
    assert known.hits + known.misses < 3 * likeness.MOST_PAIRS
    assert [one.place for one in found if one.how is How.MOVED] == ["引言 第2段"]


def test_of_rows_with_one_label_those_that_are_the_same_are_each_others():
    table = "| 单位 | 数 |\n|---|---|\n| 甲 | 1 |\n| 甲 | 3 |\n| 甲 | 4 |"
    found = [str(one) for one in in_cells("第1段", table, table.replace("| 甲 | 1 |\n", "").replace("4", "5"))]
    assert found == ["第1段 表中 甲 / 数：1 → 5（+4）", "第1段 表中“甲”一行：甲｜4 → （无）"]


def test_of_a_short_sentence_in_which_only_numbers_changed_the_numbers_are_shown():
    assert marked(changes("增长3.5%。", "增长18.62%。")) == "增长［3.5%→18.62%］。"


def test_sentences_of_which_little_is_the_same_are_shown_whole():
    before = "全年没有因政府信息公开引起的行政复议。其他情况如下，见表。"
    after = "年内收到行政复议申请三件，都已经审结。其他情况如下，见表。"
    assert marked(changes(before, after)) == f"［{before[:19]}→{after[:19]}］其他情况如下，见表。"


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


@pytest.mark.slow
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
    assert "图 图.svg：增加了\n" in out  # which the text may show
    assert "表三 一、本年新收政府信息公开申请数量 / 申请人情况·自然人：3 → 5（+2）\n" in out
    assert "［增：全年培训93场。］" in out
    assert "build 会重新生成：数据有变，正文有变" in out
    assert "shili-jyj/2019" not in out  # which has not changed
    notebook = project / "notebooks/annual_report.ipynb"
    edit(notebook, "document.chapters_after", "document.chapters_after ")  # of which only a run shows what it prints
    assert "笔记本 annual_report.ipynb：有变\n" in nianbao("diff", "--year", "2019", cwd=project, code=1)[0]
    edit(notebook, "document.chapters_after ", "document.chapters_after")
    [row, *_] = list(csv.DictReader(io.StringIO(nianbao("diff", "--format", "csv", cwd=project, code=1)[0][1:])))
    shown = [row[name] for name in ("报告", "比较对象", "类别", "变化", "原来", "现在", "增减")]
    assert shown == ["shili-jyj/2020", "已发布", "单元格", "改", "3", "5", "+2"]
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
    out, _ = nianbao("diff", "--year", "2019", cwd=project, code=2)
    assert "另一版本" in out
    shutil.copytree(folder.parent / "2019", folder.parent / "2018")
    assert "\n尚未发布（1 份）：shili-jyj/2018\n" in nianbao("diff", cwd=project, code=2)[0]
    shutil.rmtree(folder.parent / "2018")
    edit(folder / "report.yaml", "signature: ", "notes: 1\nsignature: ")
    edit(folder / "table3.csv", "一、本年新收政府信息公开申请数量,", "一、本年新收政府信息公开申请数量,9")
    made = project / "outputs/shili-jyj/2019"
    for file, change in (
        ("report.json", lambda path: path.write_text("{}", "utf-8")),
        ("report.json", Path.unlink),
        ("manifest.json", lambda path: path.write_text(path.read_text("utf-8")[:-9], "utf-8")),
    ):
        change(made / file)
        out, _ = nianbao("diff", cwd=project, code=2)
        assert f"outputs/shili-jyj/2019/{file} 与发布时不同：" in out
        assert "运行 nianbao build --deep" in out
        assert "故障 2 处" in out
    shutil.rmtree(folder)
    assert "已没有它的文件夹" in nianbao("diff", cwd=project, code=2)[0]


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
