"""Text, tables and names of another bureau, found by signatures alone."""

import json
import random
import re
from dataclasses import replace

import pytest

from making import REST, findings, make
from nianbao.checks.accepted import Accepted
from nianbao.checks.across import COPIED, NAMED, SAME_TABLE, across
from nianbao.checks.bodies import level_of
from nianbao.checks.owntext import OwnText, Sentence
from nianbao.checks.signature import Signature
from nianbao.checks.signing import signature_of
from nianbao.inputs.contract import BureauParams
from nianbao.job_id import ReportId
from nianbao.narrative.passages import compose
from provinces import handout, province, sentence

CHAPTER = """\
## 一、总体情况

**（一）主动公开。**示例市教育局把办事指南逐条改写成问答，教育领域群众常问的4类事项放在首屏，全年更新326次。
每季度请两名未参与起草的同事试读，读不懂的地方退回重写，全年退回18篇。

**（二）平台建设。**旧网站的专栏并入新平台，失效链接清理干净，历史文件补上有效性标注，可以按年份检索。
我局微信公众号菜单由十一项压缩为三项，留言在两个工作日内答复，超过时限的由局办公室逐件催办。

## 五、存在的主要问题及改进情况

逐项改进。
"""
OWN = "## 一、总体情况\n\n工作有序开展。\n\n## 五、存在的主要问题及改进情况\n\n逐项改进。\n"


def of(name, narrative=OWN, parent="", short=None, **made):
    """The signature of a bureau's report of 2024."""
    about = {
        "name": name,
        "short": short or name.removeprefix("示例"),
        "level": level_of(name) or "市",
        "parent": parent or None,
    }
    report = replace(make(2024, narrative=narrative + REST, **made), bureau=BureauParams.model_validate(about))
    return signature_of(report, compose(report))


def ids(*names):
    return [ReportId(f"shili-{name}", 2024) for name in names]


JYJ, MZJ, CZJ, SZF = ids("jyj", "mzj", "czj", "szf")


def found(known, asked=None):
    """The findings by report, as (code, place)."""
    result = across(known if asked is None else asked, known)
    return {report: [(one.code, one.place) for one in some.findings] for report, some in result.items() if some.findings}


def copy():
    """The same chapter with the other bureau's name and other numbers, two lines further down."""
    text = CHAPTER.replace("教育", "民政").replace("326", "88").replace("18篇", "9篇").replace("两名", "五名")
    return f"引言由办公室撰写。\n\n{text}"


def test_a_copy_with_names_and_numbers_replaced_is_found_with_both_places():
    known = {JYJ: of("示例市教育局", CHAPTER), MZJ: of("示例市民政局", copy()), CZJ: of("示例市财政局")}
    result = across([MZJ], known)
    (finding,) = result[MZJ].findings
    assert (finding.code, finding.severity.code, finding.place) == ("W702", "warning", "一、总体情况")
    other = "与示例市教育局2024年度“一、总体情况”（shili-jyj/2024/narrative.md）"
    assert finding.found.startswith(f"{other}相同或大部分相同的句子占100%（数字和名称写作…）：“")
    assert finding.found.count("对方第") == 3
    assert "（第5行，对方第3行）" in finding.found
    assert finding.source.file == "narrative.md"
    assert result[MZJ].shown == {JYJ}
    assert found(known) == {report: [("W702", "一、总体情况")] for report in (JYJ, MZJ)}


def test_the_only_report_of_a_year_copies_nobody():
    text = CHAPTER.split("## 五")[0].split("\n\n", 1)[1]
    first, _ = text.split("\n\n", 1)
    asked = "## 三、收到和处理政府信息公开申请情况"
    twice = f"## 一、总体情况\n\n{text}\n\n{asked}\n\n{text}\n\n## 五、存在的主要问题及改进情况\n\n{first}\n"
    assert found({JYJ: of("示例市教育局", twice)}) == {}


def test_a_copy_with_a_word_changed_here_and_there_is_still_found():
    edited = (
        copy()
        .replace("失效链接清理干净", "失效链接清理完毕")
        .replace("逐件催办", "逐件督办")
        .replace("放在首屏", "列在首屏")
    )
    known = {JYJ: of("示例市教育局", CHAPTER), MZJ: of("示例市民政局", edited)}
    assert MZJ in found(known)


OWED = "## 五、存在的主要问题及改进情况\n\n将对往年的档案分三年整理，先完成两成；并与档案馆建立5个工作日内的协查机制。\n"


def owing(text=OWED):
    return "## 一、总体情况\n\n工作有序开展。\n\n" + text


def test_a_short_chapter_that_is_due_is_a_copy_where_nearly_all_of_it_agrees():
    changed = owing(OWED.replace("5", "9"))
    known = {JYJ: of("示例市教育局", owing()), MZJ: of("示例市民政局", changed), CZJ: of("示例市财政局")}
    assert found(known) == {report: [("W702", "五、存在的主要问题及改进情况")] for report in (JYJ, MZJ)}
    half = OWED.replace("并与档案馆建立5个工作日内的协查机制", "再请志愿者逐份核对目录")
    assert found({**known, MZJ: of("示例市民政局", owing(half))}) == {}


@pytest.mark.slow
def test_a_short_chapter_is_a_copy_where_few_have_it_and_none_where_a_good_part_of_the_city_has():
    def some(copies, others):
        texts = [owing()] * copies + [OWN] * others
        return {ReportId(f"shili-{at}", 2024): of(f"示例市第{at}局", text) for at, text in enumerate(texts)}

    assert len(found(some(3, 0))) == 3
    assert len(found(some(4, 5))) == 4
    assert len(found(some(9, 81))) == 9
    assert found(some(9, 0)) == found(some(9, 11)) == {}


def test_a_short_lead_to_a_table_is_no_copy():
    lead = OWN + "\n## 六、其他需要报告的事项\n\n公示平台显示的条数因同步时间不同可能略有差别，以平台当日显示的为准。\n"
    assert found({JYJ: of("示例市教育局", lead), MZJ: of("示例市民政局", lead)}) == {}


def test_the_worst_is_shown_and_the_others_are_counted():
    known = {one: of(f"示例市第{one.bureau[-3:]}局", copy()) for one in ids("aaa", "bbb", "ccc", "ddd")}
    for report, result in across(known, known).items():
        (finding,) = result.findings
        assert finding.found.endswith("；另与2个机关的报告也雷同")
        assert result.shown == {min(known.keys() - {report})}


def test_neither_order_nor_what_else_is_asked_changes_a_finding():
    known = province(40, copies=4)
    everything = across(known, known)
    for seed in range(8):
        shuffled = random.Random(seed).sample([*known], len(known))
        asked = shuffled[:7]
        some = across(asked, {report: known[report] for report in shuffled})
        assert list(some) == sorted(asked)
        assert {report: everything[report].findings for report in asked} == {one: two.findings for one, two in some.items()}


@pytest.mark.slow
def test_in_a_province_of_own_texts_nobody_is_warned_and_every_copy_is():
    assert found(province(400)) == {}
    known = province(400, copies=20)
    assert found(known).keys() == {*list(known)[:20], *list(known)[-20:]}


def test_many_copies_of_one_text_are_copies():
    known = province(200)
    ids = list(known)
    for copy in ids[:20]:
        known[copy] = replace(known[copy], texts=known[ids[0]].texts)
    assert found(known).keys() == {*ids[:20]}


def test_what_the_whole_city_was_told_to_write_is_no_copy():
    """Every bureau takes most sentences from the same few: that two agree is no wonder."""
    chance = random.Random(1)
    choices = [[sentence(chance, 0).text for _ in range(5)] for _ in range(8)]

    def text():
        return OwnText("一、总体情况", tuple(Sentence(line, chance.choice(some)) for line, some in enumerate(choices)))

    known = {ReportId(f"shili-b{one}", 2024): Signature(f"示例市第{one}局", "", "", (text(),)) for one in range(150)}
    assert found(known) == {}


def test_another_years_signature_is_not_asked_for():
    known = {JYJ: of("示例市教育局", CHAPTER)}
    assert across([JYJ, MZJ], known).keys() == {JYJ}


FILLED = {"表二": {(kind, "本年处理决定数量"): value for kind, value in
                   {"行政许可": 1203, "行政处罚": 884, "行政强制": 2017}.items()}}  # fmt: skip


def test_a_table_that_is_another_bureaus_is_found():
    known = {JYJ: of("示例市教育局", values=FILLED), MZJ: of("示例市民政局", values=FILLED), CZJ: of("示例市财政局")}
    assert found(known) == {JYJ: [("W704", "表二")], MZJ: [("W704", "表二")]}
    changed = {"表二": {**FILLED["表二"], ("行政处罚", "本年处理决定数量"): 885}}
    assert found({**known, MZJ: of("示例市民政局", values=changed)}) == {}


def test_small_counts_agree_by_chance():
    small = {"表三": {("一", "自然人"): 3, ("一", "总计"): 3, ("三（一）", "自然人"): 3, ("三（七）", "自然人"): 3}}
    assert found({JYJ: of("示例市教育局", values=small), MZJ: of("示例市民政局", values=small)}) == {}


def test_how_many_digits_tell_depends_on_how_many_reports_there_are():
    values = {"表二": {(kind, "本年处理决定数量"): value for kind, value in
                      {"行政许可": 33, "行政处罚": 13, "行政强制": 4}.items()}}  # fmt: skip
    known = {JYJ: of("示例市教育局", values={**values, "表三": {("一", "自然人"): 15, ("一", "总计"): 15}})}
    known[MZJ] = known[JYJ]
    assert found(known) == {}
    values["表二"][("行政强制", "本年处理决定数量")] = 44
    known = {JYJ: of("示例市教育局", values=values), MZJ: of("示例市民政局", values=values)}
    assert found(known) == {JYJ: [("W704", "表二")], MZJ: [("W704", "表二")]}
    assert found({**known, **{ReportId(f"shili-{number}", 2024): of("示例市财政局") for number in range(50)}}) == {}


def about(text):
    return OWN.replace("工作有序开展。", text)


@pytest.mark.parametrize(
    "text",
    [
        "示例市民政局高度重视政务公开工作，专题研究。",
        "2024年，示例市民政局认真贯彻落实各项部署。",
        "现将示例市民政局2024年政府信息公开工作年度报告公布如下。",
        "一年来，市民政局始终坚持以公开为常态。",
        "**（一）组织领导。**市民政局扎实推进基层政务公开。",
        "下一步，示例市民政局将进一步完善公开制度。",
        "下一步，市民政局还将在基层单位中持续开展培训。",
        "示例市民政局仍存在一些问题。",
        "示例市民政局按照要求做好各项工作。",
        "示例市民政局党组高度重视政务公开，多次专题研究。",
        "示例市民政局2024年收到申请60件。",
        "2024年，示例市民政局新收申请60件。",
        "示例市民政局2024年度没有收取信息处理费。",
        "一是示例市民政局办公室定期调度。",
        "示例市民政局{{ 年度 }}年度政府信息公开工作有序开展。",
        "示例市民政局2024年高度重视政务公开工作。",
        "示例市民政局{{ 年度 }}年，高度重视政务公开工作。",
        "结合示例市民政局{{ 年度 }}年度政府信息公开工作情况编制。",
    ],
)
def test_another_bureaus_name_where_the_own_work_is_told_is_found(text):
    known = {JYJ: of("示例市教育局", about(text)), MZJ: of("示例市民政局")}
    assert found(known) == {JYJ: [("W705", "一、总体情况")]}


@pytest.mark.parametrize(
    ("own", "text"),
    [
        ("示例市教育局", "2024年，示例市水务局高度重视政务公开工作。"),
        ("示例县教育局", "下一步，实例县教育局将进一步完善公开制度。"),
        ("示例省教育厅", "实例省教育厅认真贯彻条例。"),
        ("示例县水务局", "实例县水务局2024年高度重视政府信息公开工作。"),
        ("示例县水务局", "结合实例县水务局{{ 年度 }}年度政府信息公开工作情况编制本报告。"),
        ("长山市建设局", "青河市建设局高度重视政务公开工作，将进一步完善制度。"),
        ("长山市建设局", "按照条例要求，兰州市建设局扎实推进政务公开。"),
        ("兰州市建设局", "新乡市建设局2024年高度重视政务公开工作。"),
        ("示例县教育局", "实例区教育局高度重视政务公开工作。"),
        ("长山市建设局", "下一步，青河市教育局将进一步完善公开制度。"),
        ("长山市建设局", "下一步，长山市民政局将增配人员，请第三方测评。"),
        ("长山市建设局", "青河市民政局下一步增配人员，请第三方测评。"),
        ("长山市建设局", "今后，青河市民政局拟增配人员。"),
        ("长山市建设局", "下一步，青河市民政局计划编制指南。"),
    ],
)
def test_the_full_name_of_a_department_without_a_report_here_is_found_as_well(own, text):
    assert found({JYJ: of(own, about(text))}) == {JYJ: [("W705", "一、总体情况")]}


@pytest.mark.parametrize(
    ("own", "text"),
    [
        (
            "示例市教育局",
            "与实例市教育局签订协议。赴实例市教育局学习。实例市教育局转来申请1件。实例市教育局的做法值得借鉴。",
        ),
        ("示例市教育局", "与实例市教育局签订协议，实例市教育局积极推进数据共享。实例市教育局收到申请1件，转我局办理。"),
        ("示例市教育局", "实例市教育局高度重视，对我市教育系统给予指导。赴外地学习，实例市教育局扎实推进公开。"),
        (
            "示例市教育局",
            "所辖实例市教育局高度重视公开。兄弟市教育局积极推进公开。各地市教育局认真贯彻条例。县级市教育局认真落实。",
        ),
        ("示例市教育局", "督促实例市教育局切实加强管理。推动实例市教育局扎实推进公开。某市教育局认真落实。"),
        ("示例市教育局", "被评为先进的实例市教育局扎实推进公开。部署在实例市教育局积极推进。"),
        (
            "示例市教育局",
            "《实例市教育局2024年政府信息公开工作要点》要求公开。根据实例市教育局2024年政务公开工作要点，开展培训。",
        ),
        ("示例县教育局", "示例省教育厅高度重视政务公开工作。市教育局认真贯彻条例。示例县人民政府高度重视。"),
        ("示例市教育局", "转办申请：示例市民政局转来1件。会同示例市民政局办公室定期会商，向示例市民政局转送申请2件。"),
        ("示例县教育局", "与示例县水务局积极推进数据共享，会同实例县教育局扎实推进联办。"),
        ("示例县教育局", "示例县教育局招生考试中心高度重视，示例县教育督导委员会认真落实各项部署。"),
        ("示例县教育局", "全县教育局高度重视政务公开工作。我县教育局始终坚持公开。2024年示例县教育局认真贯彻条例。"),
        ("示例县救助管理站", "示例县民政局高度重视政务公开工作。"),
        ("示例县教育局", "示例县财政局、示例县民政局和示例县水务局积极推进数据共享。"),
        ("示例县疾病预防控制局", "示例县卫生健康委员会高度重视政务公开工作。"),
        ("示例县教育局", "结合县教育局2024年度政府信息公开工作情况编制本报告。总结县教育局{{ 年度 }}年政务公开工作。"),
        ("示例县教育局", "接县教育局2024年工作安排，落实县教育局2024年政务公开工作。围绕县教育局2024年工作，开展培训。"),
        ("示例县教育局", "结合示例县水务局2024年政务公开工作要点，开展培训。"),
    ],
)
def test_bureaus_above_own_bodies_and_partners_without_a_report_may_be_named(own, text):
    parent = "示例县卫生健康委员会" if "疾病" in own else ""
    assert found({JYJ: of(own, about(text), parent=parent)}) == {}


def test_the_place_of_a_bureau_above_may_be_named_and_by_a_countys_city_any_city():
    text = about("实例市教育局高度重视政务公开工作。")
    assert found({JYJ: of("示例市教育局", text, parent="实例市人民政府")}) == {}
    assert across([JYJ], {JYJ: replace(of("示例市教育局", text), level="县")})[JYJ].findings == []
    known = {JYJ: of("示例市教育局", text, parent="shili-szf"), SZF: of("实例市人民政府")}
    assert found(known) == {}


def test_a_department_of_another_place_of_the_own_level_by_its_name_is_found_and_of_any_other_is_not():
    def said_by(name, level, text):
        known = {JYJ: replace(of(name, about(text)), level=level)}
        return [one.kind for one in across([JYJ], known)[JYJ].findings] == [NAMED]

    other = "荆州区教育局高度重视政务公开工作。"
    assert said_by("鄞州区教育局", "县", other)
    assert said_by("示例县教育局", "县", "金乡县教育局高度重视政务公开工作。")
    assert said_by("昆山市教育局", "县", "义乌市教育局高度重视政务公开工作。")
    assert not said_by("昆山市教育局", "县", "苏州市教育局高度重视政务公开工作。")
    assert not said_by("苏州市教育局", "市", "义乌市教育局高度重视政务公开工作。")
    assert not said_by("示例市教育局", "市", other)
    assert not said_by("示例乡人民政府", "乡", "金乡县教育局高度重视政务公开工作。")
    for some in ("邻县", "外县", "某区", "几州", "多旗", "邻省", "两镇"):
        assert not said_by("示例县教育局", "县", f"{some}教育局高度重视政务公开工作。")


@pytest.mark.parametrize(
    "text",
    [
        "会同示例市民政局、示例市财政局联合印发救助资金公开办法。",
        "与示例市民政局积极推进数据共享，救助信息一次公布。",
        "属于示例市民政局职责的，告知申请人向该局提出。",
        "根据示例市民政局2024年第3号通知，调整公开目录。",
        "示例市教育局高度重视政务公开工作。市教育局认真贯彻条例。我局始终坚持公开。",
        "在市民政局的支持下，积极推进信息公开。",
        "来信转示例市民政局办理，全年转办12件。",
        "下一步，我局将进一步会同示例市民政局完善公开制度。",
        "示例市民政局将其中12件移交本机关。",
        "示例市民政局将救助目录编入清单。",
        "下一步，示例市民政局将统一升级平台，我局做好配合。",
        "下一步，示例市民政局将部分事项移交有关部门。",
        "落实示例市民政局下一步工作安排。",
    ],
)
def test_naming_another_bureau_is_nothing_unusual(text):
    known = {JYJ: of("示例市教育局", about(text)), MZJ: of("示例市民政局"), CZJ: of("示例市财政局")}
    assert found(known) == {}


def test_the_name_that_was_read_is_said_with_the_line_as_written():
    text = "{% if 年度 == 2024 %}\n甲。\n{% endif %}\n\n现将{{ 机关 }}情况说明如下。实例县教育局{{ 年度 }}年认真贯彻条例。"
    known = {
        JYJ: of("示例县教育局", about(text)),
        MZJ: of("示例县民政局", about("县教育局高度重视公开。"), short="县民政局"),
    }
    known[JYJ] = replace(known[JYJ], short="县教育局")
    [[one], [other]] = (across([each], known)[each].findings for each in (JYJ, MZJ))
    assert ("“实例县教育局2024年认真贯彻条例。”写的是“实例县教育局”", 7) == (one.found, one.source.line)
    assert "“县教育局高度重视公开。”写的是“县教育局”（示例县教育局，shili-jyj）" == other.found


def test_the_bureau_above_and_the_own_bodies_may_be_named():
    above = about("示例市人民政府高度重视政务公开工作。")
    below = about("示例市教育局高度重视政务公开工作。")
    assert found({SZF: of("示例市人民政府", below), JYJ: of("示例市教育局", above)}) == {}
    # A parent by its id or its name, and not by the area in its name.
    for parent in ("shili-mzj", "示例市民政局"):
        known = {MZJ: of("示例市民政局", about("救助站高度重视公开。")), JYJ: of("救助站", parent=parent, short="救助站")}
        assert found(known) == {}
    assert found({MZJ: of("示例市民政局", about("救助站高度重视公开。")), JYJ: of("救助站", short="救助站")}) != {}


def test_a_name_within_a_longer_one_is_not_that_bureau():
    text = about("示例市民政局婚姻登记处高度重视公开。示例县示例市民政局认真贯彻条例。")
    assert found({JYJ: of("示例市教育局", text), MZJ: of("示例市民政局")}) == {}


def test_what_is_found_across_bureaus_is_accepted_there():
    assert {Accepted(one.code, "", "", None).stage for one in (COPIED, NAMED, SAME_TABLE)} == {"across"}


def test_a_signature_survives_its_json():
    taken = [{"code": "W705", "reason": "合署办公"}, {"code": "W210", "reason": "另有说明"}]
    text = CHAPTER + "\n市民政局高度重视公开。\n"
    made = of("示例市教育局", text, parent="shili-szf", values=FILLED, accepted=taken)
    assert [one.code for one in made.accepted] == ["W705"]
    assert made.texts
    assert made.tables
    assert made.claims
    assert Signature.from_json(json.loads(json.dumps(made.to_json()))) == made


def test_of_a_handout_that_more_have_than_lead_anywhere_only_what_is_else_in_a_chapter_counts():
    known = handout(150, own=4)
    first, *_, last = known
    assert {} == found(known)
    given = known[first].texts[0].sentences
    assert len(given) == 13
    known[last] = replace(known[last], texts=(replace(known[last].texts[0], sentences=given),))
    assert {first: [("W702", "一、总体情况")], last: [("W702", "一、总体情况")]} == found(known)


def test_of_a_bureaus_names_one_pattern_is_made_that_masks_them(monkeypatch):
    """To make a pattern takes longer than most rules take for a whole report."""
    made = make()
    about = {"name": "样板县水利局", "short": "县水利局", "level": "县"}
    other, patterns, real = replace(made, bureau=BureauParams.model_validate(about)), [], re._compiler.compile
    signature_of(made, compose(made)), findings(made)
    monkeypatch.setattr(re._compiler, "compile", lambda one, flags=0: patterns.append(str(one)) or real(one, flags))
    signature_of(other, compose(other)), findings(other)
    assert 1 == len([one for one in patterns if about["name"] in one])
