"""A draft of last year's text builds at once: what it names is there, and what of it is to be looked at is marked."""

from base64 import b64decode
from decimal import Decimal

import openpyxl

from cases import each
from making import BUREAU, findings, make, write
from nianbao.findings import Source
from nianbao.importing import pristine
from nianbao.inputs.folder import read
from nianbao.inputs.report import Fact
from nianbao.narrative.passages import compose
from nianbao.paths import ReportPaths
from nianbao.starting.draft import draft
from nianbao.starting.starter import create
from nianbao.statute.formats import library
from pictures import png

KNOWN = (("访问量", "8.46", "万次"), ("专题会议", "4", "次"))
PNG = b64decode(png())
FORM = library().formats["2021"]
BODY = "## 一、总体情况\n\n{}\n\n## 五、存在的主要问题及改进情况\n\n逐项改进。\n"


def drafted(text, **made):
    return draft(make(2024, narrative=BODY.format(text), **made), 2025, FORM)


def line(made):
    return made.text.partition("## 一、总体情况\n\n")[2].partition("\n\n## ")[0]


@each(
    ("text", "carried", "offered"),
    [
        ("全年发布信息754条。", "全年发布信息{{ 事实.发布信息 }}。", {"发布信息": "754条"}),
        ("网站访问量达到9.12万次。", "网站访问量达到{{ 事实.网站访问量 }}。", {"网站访问量": "9.12万次"}),
        ("召开4次专题会议。", "召开{{ 事实.专题会议 }}专题会议。", {"专题会议": "4次"}),
        (
            "网站发布信息120条，公众号发布信息80条。",
            "网站发布信息{{ 事实.网站发布信息 }}，公众号发布信息{{ 事实.公众号发布信息 }}。",
            {"网站发布信息": "120条", "公众号发布信息": "80条"},
        ),
        (
            "发布解读9篇，其中图解5篇、视频4篇；解读9篇都已上网。",
            "发布解读{{ 事实.解读 }}，其中图解{{ 事实.图解 }}、视频{{ 事实.视频 }}；解读{{ 事实.解读 }}都已上网。",
            {"解读": "9篇", "图解": "5篇", "视频": "4篇"},
        ),
        ("明年计划召开会议5次。", "明年计划召开会议【核对：5】次。", {}),
        ("上年召开会议5次，占比40%。", "上年召开会议【核对：5】次，占比【核对：40%】。", {}),
        ("2023年召开会议5次。", "【核对：2023】年召开会议【核对：5】次。", {}),
        (
            "较上年多发布通知30条；自然人120件。",
            "较上年多发布通知【核对：30】条；自然人【核对：120】件。",
            {},
        ),
        (
            "发布信息754条，增加30条，图3显示有5家。",
            "发布信息{{ 事实.发布信息 }}，增加【核对：30】条，图3显示有【核对：5】家。",
            {"发布信息": "754条"},
        ),
        ("发布100余条，培训的5人。", "发布【核对：100】余条，培训的【核对：5】人。", {}),
    ],
)
def test_a_number_of_no_table_that_has_a_name_and_a_unit_is_offered_as_a_fact(text, carried, offered):
    made = drafted(text)
    assert carried == line(made)
    assert offered == {name: f"{made.facts[name].value}{made.facts[name].unit}" for name in made.offered}
    assert made.placeholders == carried.count("{{")


def test_no_name_is_taken_twice():
    facts = {name: Fact(name, Decimal(value), unit, {}, "", Source("report.yaml")) for name, value, unit in KNOWN}
    made = drafted("访问量8.46万次，专题会议5次。", facts=facts)
    assert ("访问量{{ 事实.访问量 }}，专题会议【核对：5】次。", ()) == (line(made), made.offered)


def test_a_placeholder_that_this_years_format_does_not_have_is_marked_with_what_it_printed():
    last = make(
        2020,
        {"表二": {("行政许可", "上一年项目数量"): Decimal(7)}},
        narrative=BODY.format('{{ 表二["行政许可"]["上一年项目数量"] }}项，{{ 年度 }}年'),
    )
    assert "【核对：7】项，{{ 年度 }}年" == line(draft(last, 2021, FORM))


def test_pictures_come_along_and_are_to_be_looked_at(tmp_path):
    text = "见图1。\n\n![各月访问量](图/图1.png)\n\n图1 各月访问量\n\n![没有](无.png)"
    paths = write(tmp_path, 2024, BODY.format(text))
    (paths.folder / "图").mkdir()
    (paths.folder / "图" / "图1.png").write_bytes(PNG)
    started = create(tmp_path, BUREAU, 2025, text=True)
    coming = ReportPaths(tmp_path, BUREAU, 2025)
    assert PNG == (coming.folder / "图" / "图1.png").read_bytes()
    assert 2 == started.draft.marks
    made, faults = read(coming)
    narrative = compose(made)
    assert ((), ()) == (faults, narrative.faults)
    assert "<figcaption>图1 各月访问量</figcaption>" in narrative.sections[0].html
    assert 2 == "".join(one.found for one in findings(made, "E103")).count("【核对：图】")


def test_no_picture_leaves_the_folder(tmp_path):
    paths = write(tmp_path, 2024, BODY.format("![图](../../图1.png)"))
    (paths.folder.parent.parent / "图1.png").write_bytes(PNG)
    made = create(tmp_path, BUREAU, 2025, text=True)
    assert {} == made.draft.pictures


BALANCED = {("一", "自然人"): 2, ("一", "商业企业"): 1, ("一", "总计"): 3}


def test_what_last_years_report_carries_over_and_doubts_itself_is_said(tmp_path):
    write(tmp_path, 2024, values={"表三": {("四", "自然人"): 2, ("四", "商业企业"): 1, ("四", "总计"): 2, **BALANCED}})
    started = create(tmp_path, BUREAU, 2025)
    assert "表三 四、结转下年度继续办理 / 申请人情况·总计（E301、E302）" == started.doubted
    report = (tmp_path / BUREAU / "2025" / "report.yaml").read_text("utf-8")
    assert f"其中上年报告自己就不符的，先核对上年报告：{started.doubted}。" in report


def test_the_form_has_the_offered_facts_and_the_folder_is_known_as_laid_out(tmp_path):
    write(tmp_path, 2024, BODY.format("全年发布信息754条。"))
    create(tmp_path, BUREAU, 2025, workbook=True, text=True)
    coming = ReportPaths(tmp_path, BUREAU, 2025)
    made, faults = read(coming)
    assert ((), {"发布信息": (None, "条")}) == (faults, {one.name: (one.value, one.unit) for one in made.facts.values()})
    sheet = openpyxl.load_workbook(coming.form_file)["事实"]
    assert ("发布信息", "条", "754") == tuple(sheet[f"{column}2"].value for column in "ACD")
    assert pristine.is_laid_out(coming, pristine.files(coming))
