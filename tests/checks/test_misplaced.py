"""Another year, another bureau, another chapter's text: found where the report speaks of itself, and nowhere else."""

import re
import sys
from dataclasses import replace

import pytest

from cases import each
from conftest import PARAMS
from making import BODY, WHOLE, findings, make, write
from nianbao.checks import bodies, misplaced
from nianbao.document.document import load
from nianbao.inputs import folder
from nianbao.inputs.select import select
from nianbao.narrative.passages import compose


def found_in(text, year=2021, **params):
    return findings(make(year, narrative=f"{text}\n\n{BODY}", **params), "E112")


@each(
    ("title", "is_wrong"),
    [
        ("示例市测试局2021年政府信息公开工作年度报告", False),
        ("示例市测试局２０２１年度政府信息公开工作报告", False),
        ("示例市测试局二〇二一年政府信息公开工作年度报告", False),
        ("示例市测试局政府信息公开工作年度报告", False),
        ("示例市测试局2021年政府信息公开工作年度报告（2022年1月公布）", False),
        ("示例市测试局2020年政府信息公开工作年度报告", True),
        ("示例市测试局二○二二年政府信息公开工作年度报告", True),
        ("2020年度示例市测试局政府信息公开工作报告", True),
    ],
)
def test_a_title_names_the_reports_own_year(title, is_wrong):
    found = found_in(f"# {title}")
    assert ["标题"] * is_wrong == [one.place for one in found]
    assert all(one.source.line == 1 and one.expected == "2021年" for one in found)


@each(
    "text",
    [
        "本报告所列数据的统计期限自2020年1月1日至2020年12月31日。",
        "统计期限：2020年1月1日—12月31日。",
        "统计时限自2021年1月1日起至2020年12月31日止。",
        "数据统计期限为2020年度。",
        "统计期限自２０２０年１月１日至１２月３１日。",
        "统计截止2020年12月31日。",
        "2020年1月1日至2020年12月31日为本报告数据统计期限。",
        "统计期限：2020.1.1—2020.12.31。",
        "统计期限：2020-01-01至2020-12-31。",
        "本报告数据统计起止时间：2020.1.1—2020.12.31。",
        "现将示例市测试局2020年政府信息公开工作情况报告如下。",
        "2020年，我局认真落实条例。现将情况报告如下。",
        "现将二〇二〇年政府信息公开工作报告公布如下。",
        "2021年，我局推进公开，现将2020年政府信息公开情况报告如下。",
        "我局完成了2020年年度报告的编制，内容如下。",
        "本报告由引言和正文组成，2020年1月1日至12月31日的情况都在内。",
        "本报告由引言和正文组成，时间范围为2020年1月至12月。",
    ],
)
def test_another_year_in_period_or_preamble_is_an_error_with_its_line(text):
    (found, *more) = found_in(f"按规定编制。\n\n{text}")
    assert ({"E112"}, 3) == ({found.code, *(one.code for one in more)}, found.source.line)
    assert found.place.startswith("引言")
    assert found.found in text


@each(
    "text",
    [
        "根据《中华人民共和国政府信息公开条例》（国务院令第711号，2019年修订）编制本报告。",
        "根据2019年5月15日起施行的条例，编制本报告。",
        "本报告所列数据的统计期限自2021年1月1日至2021年12月31日。",
        "统计期限自2021年1月1日起至12月31日止，与2020年相同。",
        "统计期限为2021年1月1日至12月31日，上年同期为2020年1月1日至12月31日。",
        "根据国办公开办函〔2021〕30号文件，现将2021年政府信息公开工作年度报告公布如下，与2020年度报告相比，表格有变化。",
        "根据《关于做好2020年政府信息公开工作年度报告编制公布工作的通知》的格式编制。",
        "按照省政府办公厅关于2020年度报告编制工作的通知，现将情况报告如下。",
        "本报告经2022年1月15日局务会审定，现予公布。",
        "2021年，我局在2020年工作的基础上推进公开。",
        "二〇二一年，我局推进公开，现将情况报告如下。",
        "正文中的比较数字以2020年已公布的报告为基准。",
        "“十四五”规划自2021年1月1日至2025年12月31日实施。",
    ],
)
def test_years_of_documents_comparisons_and_days_are_no_claims(text):
    assert [] == found_in(text)


@each(
    ("text", "is_short"),
    [
        ("统计期限为2021年1月1日至6月30日。", True),
        ("统计期限：2021年1月1日至2021年11月30日。", True),
        ("统计期限：2021.1.1—2021.11.30。", True),
        ("统计期限自2021年1月1日起，至2021年11月30日止。", True),
        ("统计期限自2021年1月1日起至12月31日止。", False),
        ("2021年1月1日至6月30日，我局开展培训。", False),
        ("统计期限自2021年1月1日至12月31日，比2020年1月1日至6月30日长。", False),
    ],
)
def test_a_period_that_ends_within_the_year_is_an_error(text, is_short):
    found = found_in(f"按规定编制。\n\n{text}")
    expected = [("引言 统计期限", "2021年1月1日至12月31日", 3)] * is_short
    assert expected == [(one.place, one.expected, one.source.line) for one in found]


@each("mark", "。！？!?；;")
def test_what_stands_in_another_sentence_is_no_period(mark):
    text = BODY.replace("工作有序开展。", f"2020年的问题都改正了{mark}统计期限为全年。")
    assert [] == findings(make(2021, narrative=text), "E112")
    (found,) = found_in(f"按规定编制。\n\n2021年的XX都改正了{mark}统计期限自2020年1月1日至12月31日。")
    assert "引言 统计期限" == found.place


def test_a_period_in_a_chapter_is_looked_at_too():
    text = BODY.replace("工作有序开展。", "工作有序开展。\n\n统计期限自2020年1月1日至12月31日。\n\n2020年新收申请5件。")
    (found,) = findings(make(2021, narrative=text), "E112")
    assert ("一、总体情况 统计期限", 5) == (found.place, found.source.line)


NAMES = [
    ("示例市教育局", "示例市民政局", True),
    ("示例市教育局", "示例县教育局", True),
    ("示例市教育局", "样本市教育局", True),
    ("示例市教育局", "示例市人民政府", True),
    ("示例市财政局", "示例市民政局", True),
    ("示例市城市管理局", "示例市市场监督管理局", True),
    ("示例市自然资源局", "示例市人力资源和社会保障局", True),
    ("示例市人民政府", "样本市人民政府", True),
    ("示例市教育局", "国家税务总局示例市税务局", True),
    ("示例市教育局", "示例市教育局办公室", False),
    ("示例市教育局", "市教育局", False),
    ("示例市教育局", "局办公室", False),
    ("示例市教育局", "我局", False),
    ("示例市教育局", "示例市教育体育局", False),
    ("示例市教育局", "示例市教育局　示例市体育局", False),
    ("示例市教育局", "示例省示例市教育局", False),
    ("示例市卫生健康委员会", "示例市卫健委", False),
    ("示例市人力资源和社会保障局", "示例市人社局", False),
    ("示例市住房和城乡建设局", "市住建局", False),
    ("示例市发展和改革委员会", "示例市发改委", False),
    ("示例市市场监督管理局", "市市场监督管理局", False),
    ("示例市自然资源局", "示例市自然资源和规划局", False),
    ("示例市水利局", "示例市水务局", False),
    ("示例市民政局", "示例市民宗局", True),
    ("示例市民宗局", "示例市民政局", True),
    ("示例市商务局", "示例市商业局", True),
    ("示例市第一中学", "示例市第二中学", True),
    ("示例市第一中学", "示例市第一中学", False),
    ("示例市人民医院", "示例市中医医院", True),
    ("示例市税务局", "国家税务总局示例市税务局", False),
    ("示例市人民政府", "示例市人民政府办公室", False),
    ("示例市人民政府", "示例市政务服务管理局", False),
    ("示例区人民政府", "示例市示例区人民政府", False),
    ("示例街道办事处", "示例市示例区示例街道办事处", False),
    ("示例市示例县人民政府驻外省样本市办事处", "示例市示例县人民政府", True),
    ("示例市示例县人民政府", "示例市示例县人民政府驻外省样本市办事处", True),
    ("示例市示例县人民政府驻外省样本市办事处", "样本市人民政府", True),
    ("示例市示例县人民政府驻外省样本市办事处", "示例县人民政府驻样本市办事处", False),
]


@each(("own", "signed", "is_another"), NAMES)
def test_a_signature_is_the_bureaus_own_in_one_of_its_forms(own, signed, is_another):
    made = make(2021, signature=signed)
    made = replace(made, bureau=made.bureau.model_copy(update={"name": own, "short": own.removeprefix("示例")}))
    found = findings(made, "E113")
    assert ["落款"] * is_another == [one.place for one in found]
    assert all(one.expected == own and one.source.line for one in found)


OWN_NAMES = [
    ("示例市水利局", "示例市水务局", False),
    ("示例市水利局", "示例市水利水电局", False),
    ("示例市水利水电局", "示例市水利局", False),
    ("示例市自然资源局", "示例市自然资源和规划局", False),
    ("示例市教育局", "示例市教育局幼儿园", False),
    ("示例市教育局", "示例市教育体育局", False),
    ("示例市水利局", "示例市水务局（盖章）", False),
    ("示例市人民政府", "示例市民政局", False),
    ("示例市水利局", "示例市水利局", True),
    ("示例市水利局", "示 例 市 水 利 局", True),
    ("示例市水利局", "市水利局", True),
    ("示例市水利局", "水利局", True),
    ("示例市水利局", "我局", True),
    ("示例市水利局", "局办公室", True),
    ("示例市水利局", "示例省示例市水利局政务公开办公室", True),
    ("示例市水利局", "示例市水务局、示例市水利局", True),
    ("示例市水利局", "示例市水利局　示例市水务局", True),
    ("示例市水利局", "示例市水利局示例市体育局", True),
    ("示例市水利局", "示例市体育局和示例市水利局", True),
    ("示例市水利局", "示例市水务局（示例市水利局）", True),
    ("示例市税务局", "国家税务总局示例市税务局", True),
    ("示例市人民政府", "示例市政府", True),
    ("示例市人民政府", "示例市人民政府办公室", True),
    ("示例市人民政府", "示例市行政审批局", True),
    ("示例区人民政府", "示例市示例区人民政府", True),
    ("示例市示例区示例街道办事处", "示例街道办事处", True),
]


def named(own, **params):
    made = make(2021, **params)
    return replace(made, bureau=made.bureau.model_copy(update={"name": own, "short": own.removeprefix("示例")}))


def test_a_signature_that_is_not_the_bureaus_name_is_a_warning():
    found = [bool(findings(named(own, signature=signed), "W232")) for own, signed, _ in OWN_NAMES]
    assert [(own, signed) for own, signed, is_own in OWN_NAMES if not is_own] == [
        (own, signed) for (own, signed, _), is_told in zip(OWN_NAMES, found, strict=True) if is_told
    ]
    (one,) = findings(named("示例市水利局", signature="示例市水务局"), "W232")
    assert ("落款", "“示例市水务局”", "示例市水利局，或简称市水利局") == (one.place, one.found, one.expected)
    assert one.source.line


def test_what_is_an_error_or_still_to_write_is_no_second_finding():
    assert [] == findings(named("示例市水利局", signature="样本市水务局"), "W232")
    assert [] == findings(named("示例市水利局", signature="【填写：落款】"), "W232")
    assert [] == findings(named("【填写：机关全称】", signature="示例市水务局"), "W232")


@each(("title", "is_told"), [("示例市水务局2021年", True), ("示例市2021年", False), ("市水利局2021年", False)])
def test_a_title_with_another_name_is_a_warning_with_its_line(title, is_told):
    made = named("示例市水利局", narrative=f"# {title}政府信息公开工作年度报告\n\n{BODY}", signature="示例市水利局")
    found = [(one.place, one.source.line, one.expected) for one in findings(made, "W232")]
    assert [("标题", 1, "示例市水利局，或简称市水利局")] * is_told == found


@each(
    ("title", "is_another"),
    [
        ("示例市民政局2021年政府信息公开工作年度报告", True),
        ("样本市测试局2021年政府信息公开工作年度报告", True),
        ("2021年度示例市民政局政府信息公开工作报告", True),
        ("市测试局2021年政务公开年报", False),
        ("2021年政府信息公开工作年度报告", False),
        ("示例市2021年政府信息公开工作年度报告", False),
    ],
)
def test_a_title_names_the_reports_own_bureau(title, is_another):
    assert ["标题"] * is_another == [one.place for one in findings(make(2021, narrative=f"# {title}\n\n{BODY}"), "E113")]


PREAMBLES = [
    ("现公布示例市民政局2021年政府信息公开工作年度报告。", True),
    ("现将样板市测试局2021年政府信息公开工作年度报告公布如下。", True),
    ("现将市应急局2021年政府信息公开年报公布如下。", True),
    ("市民政局2021年政府信息公开工作年度报告公布如下。", True),
    ("示例市民政局依法编制并公布2021年政府信息公开工作年度报告。", True),
    ("根据《条例》要求，示例市民政局编制了2021年政府信息公开工作年度报告。", True),
    ("按照《条例》规定，编制示例市民政局2021年政府信息公开工作年度报告。", True),
    ("示例市民政局现公布2021年政府信息公开工作年度报告。", True),
    ("本报告由示例市民政局根据《条例》编制。", True),
    ("由示例市民政局办公室编制本报告，统计期限为2021年1月1日至12月31日。", True),
    ("现将示例市测试局2021年政府信息公开工作年度报告公布如下。", False),
    ("市测试局2021年政府信息公开工作年度报告公布如下。", False),
    ("本报告由示例市测试局办公室编制。", False),
    ("按照示例市人民政府2021年政府信息公开工作年度报告编制要求，现公布本局报告。", False),
    ("根据示例市政务公开办公室要求，编制2021年政府信息公开工作年度报告。", False),
    ("根据条例、国务院办公厅关于编制政府信息公开工作年度报告的通知，编制本报告。", False),
    ("根据条例和示例省政务公开办公室关于2021年度政府信息公开工作年度报告编制的通知，编制本报告。", False),
    ("按照示例省人民政府办公厅编制2021年政府信息公开工作年度报告的要求，编制本报告。", False),
    ("会同示例市民政局编制2021年政府信息公开工作年度报告。", False),
    ("回顾市测试局2021年政府信息公开年报编制工作，现公布报告。", False),
    ("落实市测试局2021年政府信息公开年报编制要求，现公布报告。", False),
    ("现公布我局2021年政府信息公开工作年度报告。", False),
    ("特向社会公布2021年度我局政府信息公开年度报告。", False),
    ("编制2021年本办公室政府信息公开工作年度报告。", False),
    ("现公布2021年度示例市测试局政府信息公开年度报告。", False),
    ("现公布2021年度示例市民政局政府信息公开年度报告。", True),
    ("根据《示例省民政厅2021年政府信息公开工作年度报告编制通知》，编制本报告。", False),
]


@each(("text", "is_another"), PREAMBLES)
def test_a_preamble_names_the_reports_own_bureau(text, is_another):
    found = findings(make(2021, narrative=f"{text}\n\n{BODY}"), "E113")
    assert [("引言", 1)] * is_another == [(one.place, one.source.line) for one in found]


@each(
    ("name", "place"),
    [
        ("示例市东城区教育委员会", "示例市东城区"),
        ("例城市教育局", "例城市"),
        ("示例省例城市城区司法局", "示例省例城市城区"),
        ("示例市城市管理局", "示例市"),
        ("示例市园林和城市管理局", "示例市"),
        ("示例市住房和城乡建设局", "示例市"),
        ("示例市社区服务中心", "示例市"),
        ("示例市新城市场监督管理局", "示例市"),
        ("示例市老城市容管理局", "示例市"),
        ("示例市东城市政管理局", "示例市"),
        ("例城市政务服务局", "例城市"),
    ],
)
def test_the_place_of_a_body_is_read_in_its_name(name, place):
    assert bodies.parted(name)[0] == place


@each(("name", "is_another"), [("示例市民政局", True), ("示例市测试局", False), ("市测试局", False)])
def test_we_are_nobody_else(name, is_another):
    text = BODY.replace("工作有序开展。", f"我局（{name}）认真贯彻条例。")
    assert [("一、总体情况", 3)] * is_another == [
        (one.place, one.source.line) for one in findings(make(2021, narrative=text), "E113")
    ]


def test_a_name_that_is_still_to_fill_in_is_compared_with_nothing():
    made = make(2021, signature="示例市民政局")
    assert [] == findings(replace(made, bureau=made.bureau.model_copy(update={"name": "【填写：机关全称】"})), "E113")


WORK = "主动公开信息五百条，网站和公众号同步发布，依申请公开按时答复，开展培训考核。"
PROBLEMS = "存在的问题：一是主动性不足；二是解读形式单一。下一步改进措施：加强学习。"
TWO = "## 一、总体情况\n\n{}\n\n## 五、存在的主要问题及改进情况\n\n{}\n"


@each(
    ("work", "problems", "are_exchanged"),
    [
        (PROBLEMS, WORK, True),
        (WORK, PROBLEMS, False),
        (WORK, WORK, False),
        (PROBLEMS, PROBLEMS, False),
        ("略述。", "改进。", False),
    ],
)
def test_two_chapters_with_each_others_text_are_both_named(work, problems, are_exchanged):
    found = findings(make(2021, narrative=TWO.format(work, problems)), "E114")
    assert ["一、总体情况", "五、存在的主要问题及改进情况"] * are_exchanged == [one.place for one in found]
    assert [1, 5] * are_exchanged == [one.source.line for one in found]


@each(("times", "are_exchanged"), [(3, True), (2, False), (1, False)])
def test_chapters_are_exchanged_where_one_is_twice_as_much_about_problems_as_the_other(times, are_exchanged):
    """Both chapters are as long: one problem in the one, so many in the other."""
    work, problems = f"{'问题。' * times}".ljust(60, "文"), f"问题。{WORK}".ljust(60, "文")
    found = findings(make(2021, narrative=TWO.format(work, problems)), "E114")
    assert are_exchanged == bool(found)


@each(("first", "is_wrong"), [(2020, True), (2019, False), (2016, False)])
def test_a_span_of_several_years_is_no_claim(first, is_wrong):
    text = f"本报告由引言和正文组成，时间范围为{first}年1月至2021年12月，2021年的都在内。"
    assert is_wrong == bool(found_in(text))


@pytest.mark.slow
def test_of_every_third_sample_most_are_found_with_chapters_exchanged_and_all_with_last_years_preamble():
    told = {"E112": [], "E114": []}
    for one in select(PARAMS).reports[::3]:
        report = load(one.bureau, one.year, PARAMS).report
        before, *chapters = re.split("(?m)^(?=## )", report.narrative)
        named = f"{report.year}年"
        old = before.replace(named, f"{report.year - 1}年") + "".join(chapters)
        if named in before:
            told["E112"].append(bool(findings(replace(report, narrative=old), "E112")))
        (at, first), (to, last) = ((at, text) for at, text in enumerate(chapters) if text[3] in "一五")
        heads = [text.partition("\n")[0] for text in (first, last)]
        chapters[at] = last.replace(heads[1], heads[0])
        chapters[to] = first.replace(heads[0], heads[1])
        told["E114"].append(bool(findings(replace(report, narrative=before + "".join(chapters)), "E114")))
    assert all(told["E112"])
    assert sum(told["E114"]) >= 0.8 * len(told["E114"])


def test_an_acceptance_that_nearly_names_a_finding_is_told_how_it_is_called():
    taken = [{"code": "W201", "place": "表二 行政规范性文件", "reason": "废止较多"}]
    names = ("本年制发件数", "本年废止件数", "现行有效件数")
    documents = {("行政规范性文件", name): count for name, count in zip(names, (3, 1, 2), strict=True)}
    made = make(2021, {"表二": documents}, accepted=taken)
    [one] = findings(made, "W206")
    assert one.expected == "位置写全，如：表二 行政规范性文件 / 现行有效件数"
    [other] = findings(make(2021, {"表二": documents}, accepted=[taken[0] | {"place": "落款"}]), "W206")
    assert other.expected == "只写仍存在的"


def test_a_wrong_name_can_be_accepted():
    made = make(2021, signature="示例市民政局", accepted=[{"code": "E113", "place": "落款", "reason": "机关已更名"}])
    assert ["提示"] == [one.severity for one in findings(made, "E113")]


@each(
    ("text", "is_wrong"),
    [
        ("2020年，我局认真落实《条例》，公开工作取得新进展。", True),
        ("2020年，认真落实《条例》，公开工作取得新进展。", True),
        ("截至2020年12月31日，我局做好主动公开工作。", True),
        ("截至2020年底，我局做好主动公开工作。", True),
        ("问题：2020年，我局解读不足。", True),
        ("截至2020年11月，我局做好主动公开工作。", False),
        ("截至2021年底，我局做好主动公开工作。", False),
        ("（一）主动公开。2020年，示例市测试局扎实推进公开。", True),
        ("二〇二〇年，我局认真落实《条例》。", True),
        ("2021年，我局认真落实《条例》。", False),
        ("2022年，我局认真落实《条例》。", False),
        ("2020年，我局建成公开专区，方便群众查阅。", False),
        ("2020年，国务院办公厅印发通知。", False),
        ("2020年，我局认真落实《条例》；2021年，继续加强。", False),
        ("2020年，我局较好地完成了全年目标。", True),
        ("2020年，我局与上年相比较好地完成了全年目标。", False),
        ("2020年，我局收到申请较多，比上年多。", False),
        ("2020年以来，我局认真落实《条例》，较好地完成了全年目标。", True),
        ("2020年以来，我局认真落实《条例》。\n\n2021年，又有新进展。", False),
        ("2019年以来，我局认真落实《条例》。", False),
        ("引导语。\n\n2020年以来，我局认真落实《条例》。", False),
        ("与2020年相比，我局认真落实《条例》。", False),
        ("2020年度未收取信息处理费。", True),
        ("2020年，未收取信息处理费。", True),
        ("2020年未发出收费通知。", True),
        ("截至2020年底，网站专栏共有12个。", True),
        ("截至2020年12月31日，网站专栏共有12个。", True),
        ("去年未收取信息处理费。", True),
        ("2020年共发布信息12条，培训3次。", True),
        ("2019年未收取信息处理费。", False),
        ("去年未收取信息处理费，今年也没有。", False),
        ("2020年公开信息12条，2021年公开15条。", False),
        ("2020年公开信息12条，比上年多。", False),
        ("2020年公开12条。\n\n2021年公开15条。", False),
        ("2020年结转申请2件，均已答复。", False),
        ("2020年提起的1件行政诉讼已经审结。", False),
        ("2020年度政务公开考核得95分。", False),
        ("2020年存在的3个问题已全部整改。", False),
        ("2020年，国务院公布47项基本目录。", False),
        ("2020年制定的12项制度继续有效。", False),
        ("2020年以前没有专栏。", False),
        ("2020年下半年发布信息30条。", False),
        ("2020年第四季度发布信息30条。", False),
        ("2020年前三个季度发布信息30条。", False),
        ("2020年末，新增专栏2个。", False),
        ("2020年度报告发布后，收到意见2条。", False),
        ("2020年年报公布后，收到意见2条。", False),
        ("2020年被确定为试点，试点单位5家。", False),
        ("2020年政务公开评议中收到意见5条，已办理。", False),
        ("去年的2项措施继续执行。", False),
        ("去年底，新增专栏2个。", False),
        ("去年下半年，新增专栏2个。", False),
        ("2020年全年发布信息30条。", True),
        ("去年新增专栏2个。", True),
    ],
)
def test_a_paragraph_that_opens_with_the_work_of_an_earlier_year_is_a_warning(text, is_wrong):
    narrative = BODY.replace("## 一、总体情况\n", f"## 一、总体情况\n\n{text}\n", 1)
    assert text in narrative
    found = findings(make(2021, narrative=narrative), "W217")
    assert [narrative.splitlines().index(text.splitlines()[0]) + 1] * is_wrong == [one.source.line for one in found]


def test_a_count_of_last_year_beside_a_table_of_this_year_is_no_warning():
    narrative = WHOLE.replace("申请情况\n\n见下表。", "申请情况\n\n见下表。\n\n2020年复议2件、诉讼1件。")
    assert not findings(make(2021, narrative=narrative), "W217")


def test_a_paragraph_of_an_earlier_year_is_named_by_its_own_line():
    wrong = "2020年，我局认真落实《条例》。"
    narrative = BODY.replace("## 一、总体情况\n", f"## 一、总体情况\n\n与2020年相比，人员有变动。\n\n{wrong}\n", 1)
    [one] = findings(make(2021, narrative=narrative), "W217")
    assert (narrative.splitlines().index(wrong) + 1, one.found) == (one.source.line, f"“{wrong}”")
    [one] = findings(make(2021, narrative=narrative.replace(wrong, "去年新增专栏2个。")), "W217")
    assert one.found == "“去年新增专栏2个。”"


@each(
    ("text", "code", "quoted"),
    [
        (
            "按要求编制，统计期限 自**２０２０年**1月1日至12月31日。",
            "E112",
            "按要求编制，统计期限 自**２０２０年**1月1日至12月31日",
        ),
        ("2020年我局扎实推进，认真落实条例。", "W217", "“2020年我局扎实推进，认真落实条例。”"),
        ("**二〇二〇年，**我局认真落实条例。", "W217", "“**二〇二〇年，**我局认真落实条例。”"),
        ("* **去年**，我局认真落实条例。", "W217", "“**去年**，我局认真落实条例。”"),
        ("**统计期限**为2020年1月1日至12月31日。", "E112", "**统计期限**为2020年1月1日至12月31日"),
        ("统计期限为2020年1月1日至**12月31日**。", "E112", "统计期限为2020年1月1日至**12月31日**"),
        ("我局（以下简称 示例市教育局）推进公开。", "E113", "“我局（以下简称 示例市教育局）”"),
    ],
)
def test_what_a_finding_quotes_is_the_text_as_it_was_typed(text, code, quoted):
    narrative = BODY.replace("## 一、总体情况\n", f"## 一、总体情况\n\n{text}\n", 1)
    assert [quoted] == [one.found for one in findings(make(2021, narrative=narrative), code)]


def test_a_long_paragraph_is_read_once_however_many_of_its_sentences_are_findings():
    def readings(count):
        text = "".join(f"第{at:03}项的统计期限为2020年1月1日至12月31日。" for at in range(count))
        report, seen = make(2021, narrative=BODY.replace("工作有序开展。", text)), []
        narrative = compose(report)
        sys.setprofile(lambda frame, event, _: seen.append(frame.f_code.co_name) if event == "call" else None)
        try:
            assert len([*misplaced.another_year(report, narrative)]) == count
        finally:
            sys.setprofile(None)
        return len([one for one in seen if one in {"_plain", "as_read", "even", "years_in_figures"}])

    readings(1)  # what other chapters say is known from then on
    assert readings(40) == readings(20)


@pytest.mark.by_turns(3)
@pytest.mark.parametrize(
    ("key", "label", "behind", "code"),
    [
        ("table2", "行政许可", "（2023年）", "E117"),
        ("table2", "行政许可", "（2024年1-6月）", "E117"),
        ("table2", "行政许可", "（2024年草稿）", "E117"),
        ("table2", "本年制发件数", "（上年）", "E117"),
        ("table3", "（三）不予公开", "（草稿）", "E117"),
        ("table3", "自然人", "（城关镇）", "E117"),
        ("table2", "行政许可", "（网上办件）", "W231"),
        ("table2", "规章", "（地方规章）", "W231"),
        ("table3", "（一）予以公开", "（含部分）", "W231"),
        ("table3", "商业企业", "（公司）", "W231"),
        ("table2", "行政许可", "（2024年）", ""),
        ("table3", "自然人", "（件）", ""),
        ("table2", "行政许可", "（含延续件）", ""),
        ("table2", "行政许可", "（本机关）", ""),
        ("table3", "总计", "（全局）", ""),
    ],
)
def test_words_in_brackets_behind_a_label_are_an_error_beside_figures_of_others_and_a_warning_where_they_are_not_clear(
    key, label, behind, code, tmp_path
):
    paths = write(tmp_path)
    file = paths.table_file(key)
    file.write_text(file.read_text("utf-8-sig").replace(label, f"{label}{behind}"), "utf-8-sig")
    report, faults = folder.read(paths)
    assert faults == ()
    found = [one for one in (*findings(report, "E117"), *findings(report, "W231")) if one.source.file == file.name]
    assert [(one.code, one.found) for one in found] == ([(code, f"“{label}{behind}”")] if code else [])


def test_beside_cells_that_nobody_has_filled_in_they_are_none(tmp_path):
    paths = write(tmp_path, fill="未填")
    file = paths.table_file("table2")
    file.write_text(file.read_text("utf-8-sig").replace("行政许可", "行政许可（2023年）"), "utf-8-sig")
    assert findings(folder.read(paths)[0], "E117") == []
