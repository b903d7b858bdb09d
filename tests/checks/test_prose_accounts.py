"""Every number of the text is accounted for: bound, matched, contradicted, without need of a source, or unbound."""

import json
from dataclasses import replace

import pytest

from cases import each
from making import BUREAU, fact, findings, make, write
from nianbao.checks.prose.accounts import How, accounted, sentence_of
from nianbao.findings import Source
from nianbao.narrative.passages import compose
from project import nianbao

REST = "\n\n## 五、存在的主要问题及改进情况\n\n改进。\n"
VALUES = {"表三": {("一", "总计"): 12, ("一", "自然人"): 12, ("三（七）", "总计"): 12, ("三（一）", "总计"): 12}}
FACTS = {"访问量": fact("访问量", "15.67", "万次"), "业务培训": fact("业务培训", 37, "场")}


def numbers(text, **more):
    made = make(2024, VALUES, narrative=f"## 一、总体情况\n\n{text}{REST}", facts=FACTS, **more)
    return [one for one in accounted(made, compose(made)) if one.place == "一、总体情况"]


@each(
    "text",
    [
        "2024年1月1日至12月31日",
        "2024年度",
        "截至12月底",
        "截至12.31",
        "截止到 9.5",
        "1-12月",
        "2021-2025年",
        "2024.12.31",
        "2025-01-20",
        "国办公开办函〔2021〕30号",
        "示教发[2024]5号",
        "国务院令第711号",
        "第二十条第（一）项",
        "第20条",
        "第3次常务会议",
        "电话：0571-88888888",
        "联系电话010-12345678转801",
        "邮编：310000，邮箱abc2007@126.com",
        "网址http://www.example.gov.cn/col1229/index.html",
        "地址：人民路18号3楼302室",
        "12345政务服务便民热线",
        "20个工作日内",
        "24小时",
        "3天内",
        "每月5日前",
        "（1）主动公开",
        "1.主动公开",
        "《2024年政务公开工作要点》",
        "“十四五”规划和“3·15”活动",
        "“1+3+N”体系",
        "A级景区和5G",
        "一是主动公开，二是依申请公开",
        "三个方面、两名干部",
        "一件事一次办，三条措施",
        "见图2、图3和附图1，表5至表7，附表2、附录1",
        "见图1、2、3，图1—3，表1-2，附件（3），附件1和2，图 4",
        "图1 新收申请，表5办结情况，附件2：受理情况，表5件数统计，图6人均",
        "8：30开始",
    ],
)
def test_dates_documents_articles_ordinals_and_telephones_need_no_source(text):
    found = numbers(f"根据安排，{text}，予以落实。\n\n{text}")
    assert [] == [one.text for one in found if one.how is not How.NO_SOURCE]


@each("count", ["98.6分", "12.5亿元", "3.5倍", "3.5万次"])
@each("before", ["满意度达到", "由2.1增至", "截至目前增长到"])
def test_a_decimal_behind_to_is_a_number_and_no_day(before, count):
    assert count in [one.text for one in numbers(f"{before}{count}，予以落实。") if one.how is How.UNBOUND]


@each(
    ("text", "count"),
    [
        ("附件3份", "3份"), ("意见表26张", "26张"), ("图5幅", "5"), ("报表 12 张", "12 张"), ("人大代表5名", "5名"),
        ("仪表5台", "5台"), ("视图8起", "8起"),
        ("附件共3个", "3个"), ("见图1，26件", "26件"), ("附件（26件）", "26件"), ("发表3篇", "3篇"),
    ],
)  # fmt: skip
def test_a_count_of_pictures_tables_and_attachments_is_a_number_like_others(text, count):
    assert [count] == [one.text for one in numbers(f"全年{text}，予以落实。") if one.how is How.UNBOUND]


def test_each_number_has_its_place_line_origin_and_sentence():
    text = '收到政府信息公开申请{{ 表三["一"]["总计"] }}件，办结12件，予以公开13件。\n\n举办业务培训37场、会议4次。'
    found = numbers(text)
    assert [
        ("12件", How.BOUND, "2024年 表三“一”“总计”", 3, ""),
        ("12件", How.MATCHED, "表三 （七）总计 / 申请人情况·总计", 3, ""),
        ("13件", How.CONTRADICTED, "表三 （一）予以公开 / 申请人情况·总计", 3, ""),
        ("37场", How.MATCHED, "事实 · 业务培训", 5, ""),
        ("4次", How.UNBOUND, "", 5, ""),
    ] == [(one.text, one.how, one.origin, one.line, one.placeholder) for one in found]
    assert "举办业务培训37场、会议4次。" == found[-1].sentence


def test_an_unbound_number_is_noted_once_a_chapter_with_the_placeholder_that_has_its_value():
    made = make(2024, VALUES, narrative=f"## 一、总体情况\n\n开展培训37场，会议4次，12期，5场，6场。{REST}", facts=FACTS)
    [note] = findings(made, "I501")
    assert ("一、总体情况", "narrative.md 第3行") == (note.place, str(note.source))
    assert ("5个数字：37场、4次、12期、5场、6场", "") == (note.found, note.expected)
    assert "37场 可写作 {{ 事实.业务培训 }}" == note.action
    assert 3 == len(str(note).splitlines())


@each(
    ("text", "could"),
    [
        ("开展培训37场。", "{{ 事实.业务培训 }}"),
        ("37场专题培训。", "{{ 事实.业务培训 }}"),
        ("发布37场。", ""),  # the same value, of something else
        ("开展培训37次。", ""),
        ("开展培训38场。", ""),
        ("开展培训3场，参加活动37场。", ""),
        ("自然人12户。", ""),  # as many as a cell has
        ("主动公开信息300条。", ""),  # every fact is of information that is public
    ],
)
def test_a_placeholder_is_offered_where_words_and_value_are_those_of_one_fact(text, could):
    facts = FACTS | {"信息公开": fact("信息公开", 300, "条")}
    made = make(2024, VALUES, narrative=f"## 一、总体情况\n\n{text}{REST}", facts=facts)
    assert [could] == [one.placeholder for one in accounted(made, compose(made)) if one.how is How.UNBOUND][-1:]


@each(
    ("text", "unused"),
    [
        ("工作有序开展。", ["3个：业务培训37场、会议次数150次、清单9项"]),
        ("开展业务培训37场，{{ 事实.会议次数 }}，{{ 事实.清单.甲 }}。", []),
        ("组织培训37场，会议次数多，{{ 事实.清单 }}。", ["1个：会议次数150次"]),  # 37场 is offered its placeholder
        ("{% if 事实.会议次数 > 9 %}会议多。{% endif %}业务培训38场，{{ 事实.清单.乙 + 1 }}件。", ["1个：会议次数150次"]),
        ("{{ 列举({'会议': 事实.会议次数, '培训': 事实.业务培训}) }}，{{ 上年.事实.清单 }}。", ["1个：清单9项"]),
    ],
)
def test_facts_that_no_number_of_the_text_is_of_are_told_in_one_note(text, unused):
    lists = fact("清单", 9, "项", 甲="4", 乙="5")
    known = fact("业务培训", 37, "场"), fact("会议次数", 150, "次"), lists, fact("遗失", None, reason="未统计")
    facts = {one.name: replace(one, source=Source("report.yaml", line)) for line, one in enumerate(known, 5)}
    last = make(2023, facts={"清单": lists})
    found = findings(make(2024, VALUES, last, f"## 一、总体情况\n\n{text}{REST}", facts=facts), "I503")
    assert [("事实", one) for one in unused] == [(one.place, one.found) for one in found]


def test_a_bureau_may_ask_for_warnings():
    made = make(2024, VALUES, narrative=f"## 一、总体情况\n\n会议4次。{REST}")
    made.bureau.__dict__["unbound"] = "警告"
    assert ["W502"] == [one.code for one in findings(made) if one.code in {"I501", "W502"}]


def test_lines_are_those_of_narrative_md_below_branches_and_comments():
    text = "{% if 年度 == 2024 %}\n甲。\n{% endif %}\n\n<!-- 备忘\n两行 -->\n\n"
    text += "{% if 年度 == 1 %}\n乙9次。\n{% endif %}\n\n会议4次。"
    [one] = numbers(text)
    assert ("4次", 14) == (one.text, one.line)


def test_a_sum_of_placeholders_is_bound_to_both():
    [one] = numbers('共{{ 表三["一"]["总计"] + 表三["三（一）"]["总计"] }}件。')
    assert (How.BOUND, "2024年 表三“一”“总计”；2024年 表三“三（一）”“总计”") == (one.how, one.origin)


@pytest.mark.slow
def test_check_unbound_lists_them_all(tmp_path):
    write(tmp_path / "params", narrative=f"## 一、总体情况\n\n会议4次，培训5场。{REST}")
    shown, _ = nianbao("check", "--unbound", cwd=tmp_path)
    assert "[没有来源] 4次（narrative.md 第3行，一、总体情况）：“会议4次，培训5场。”" in shown
    assert "[没有来源] 5场" in shown
    shown, _ = nianbao("check", "--sources", cwd=tmp_path)
    assert "（导语，三、收到和处理政府信息公开申请情况）" in shown
    assert "None" not in shown
    shown, _ = nianbao("check", "--unbound", "--format", "json", cwd=tmp_path)
    [one] = json.loads(shown)["reports"]
    assert (f"{BUREAU}/2024", ["4次", "5场"]) == (one["name"], [number["number"] for number in one["unbound"]])


@pytest.mark.by_turns(3)
@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("1" * 5_000, 1),
        ("收到申请12件，" * 500, 500),
        ("其中1件（" * 1_000, 1_000),
        ("1,234," * 1_000, 1_000),
        ("〇" * 5_000, 0),
    ],
)
def test_a_text_of_nothing_but_numbers_is_read_through(text, count):
    assert count == len(numbers(text))


@each(
    ("text", "loose"),
    [
        ("满意率达九成。", ["九成"]),
        ("投入三亿二千万元。", ["三亿二千万元"]),
        ("投入3亿2000万元。", ["3亿2000万元"]),
        ("投入叁万伍仟元。", ["叁万伍仟元"]),
        ("投入三点五万元。", ["三点五万元"]),
    ],
)
def test_no_number_is_lost_however_it_is_written(text, loose):
    assert loose == [one.text for one in numbers(text) if one.how is How.UNBOUND]


@each(
    "line",
    [
        '新收政府信息公开申请99件，{{ 表三["一"]["总计"]|同比(上年.表三["一"]["总计"]) }}，办结6件。',
        "新收政府信息公开申请99件，{% if 年度 == 1 %}与去年持平{% else %}高于去年{% endif %}，办结6件。",
        "{% if 年度 == 2024 %}新收政府信息公开申请99件。{% endif %}",
        '自然人占{{ 表三["一"]["自然人"]|占比(表三["一"]["总计"]) }}，新收政府信息公开申请99件。',
        '{{ 表三["一"]["自然人"] }}件，新收政府信息公开申请99件。',
    ],
)
def test_a_finding_on_a_line_with_placeholders_names_that_line(line):
    text = f"## 一、总体情况\n\n新收申请情况见表。\n\n办结{{{{ 年度 }}}}件，见下。\n\n{line}\n{REST}"
    [one] = [one for one in findings(make(2024, VALUES, make(2023, VALUES), text), "E501") if "99" in one.place]
    assert text.splitlines().index(line) + 1 == one.source.line


def test_a_sentence_is_quoted_as_it_is_printed():
    text = "收到A\\_1类申请5件，A_2类 *重点* 3件\\*，`甲`。另有2件。"
    assert "收到A_1类申请5件，A_2类 重点 3件*，甲。" == sentence_of(text, 10, 11)


TABLE = (
    "表5 抽查情况\n\n单位：户次\n\n| 片区 | 医院 | 学校 | 合计 |\n|---|---|---|---|\n"
    "| 东 | 92 | 15 | {} |\n| 西 | 58 | 9 | 67 |\n| 合计 | 150 | 24 | 174 |\n"
)
CHECKED = {"抽查": fact("抽查", 174, "户次", 医院=150, 学校=24)}


def test_numbers_of_a_table_whose_totals_hold_and_are_facts_have_a_source():
    def loose(text):
        made = make(2024, VALUES, narrative=f"## 一、总体情况\n\n{text}{REST}", facts=CHECKED)
        known = [one for one in accounted(made, compose(made)) if one.place == "一、总体情况"]
        notes = {code: [one.found for one in findings(made, code)] for code in ("I501", "I503")}
        return [one.text for one in known if one.how is How.UNBOUND], known, notes

    texts, known, notes = loose(TABLE.format(107))
    assert (texts, notes) == ([], {"I501": [], "I503": []})
    origins = {one.text: one.origin for one in known if one.how is How.MATCHED}
    assert {text: origins.pop(text) for text in ("150", "24", "174")} == {
        "150": "事实 · 抽查 · 医院", "24": "事实 · 抽查 · 学校", "174": "事实 · 抽查"
    }  # fmt: skip
    assert origins == dict.fromkeys(("92", "15", "107", "58", "9", "67"), "合计的各项")
    assert loose(TABLE.format(108).replace("174", "175"))[0] == ["108", "67", "175"]  # their total is no fact
    texts, _, notes = loose(TABLE.format(107).replace("户次", "家") + "\n走访31家。")
    assert notes["I501"] == ["10个数字：31家、92、15、107、58、9、67、150等"]  # those of sentences first


def test_a_printed_number_is_named_with_its_whole_unit():
    facts = {"课时": fact("课时", 12, "标准学时")}
    made = make(2024, VALUES, narrative=f"## 一、总体情况\n\n共{{{{ 事实.课时 }}}}。{REST}", facts=facts)
    assert accounted(made, compose(made))[0].text == "12标准学时"


@pytest.mark.parametrize(
    ("digits", "numerals", "code"),
    [
        ("公众号发布图文118篇。", "公众号发布图文一百一十八篇。", "I501"),
        ("培训通讯员43人次。", "培训通讯员四十三人次。", "I501"),
        ("发现问题37个，整改39个。", "发现问题三十七个，整改三十九个。", "I501"),
        ("全年召开专题会议4次。\n\n全年召开专题会议5次。", "全年召开专题会议四次。\n\n全年召开专题会议五次。", "W506"),
    ],
)
def test_what_digits_find_the_same_number_in_chinese_numerals_finds(digits, numerals, code):
    facts = {"公众号图文": fact("公众号图文", 108, "篇"), "培训人次": fact("培训人次", 42, "人次")}
    for text in (digits, numerals):
        made = make(2024, VALUES, narrative=f"## 一、总体情况\n\n{text}{REST}", facts=facts)
        assert 1 == len(findings(made, code)), text
        assert bool(findings(made, "I503")), text


def test_a_fact_written_in_chinese_numerals_is_no_forgotten_one_and_is_offered_its_placeholder():
    facts = {"公众号图文": fact("公众号图文", 108, "篇")}
    made = make(2024, VALUES, narrative=f"## 一、总体情况\n\n发布公众号图文一百零八篇。{REST}", facts=facts)
    assert [] == findings(made, "I503")
    assert [How.MATCHED] == [one.how for one in accounted(made, compose(made)) if "篇" in one.text]


def test_of_several_numbers_that_one_placeholder_prints_each_is_named_with_its_own_source():
    list_ = '{{ 列举({"甲": 事实.甲类, "乙": 事实.乙类}, "件") }}'
    facts = {"甲类": fact("甲类", 12, "件"), "乙类": fact("乙类", 4, "件")}
    made = make(2024, VALUES, narrative=f"## 一、总体情况\n\n办理{list_}。{REST}", facts=facts)
    numbers = [one for one in accounted(made, compose(made)) if one.place == "一、总体情况"][:2]
    assert [one.text for one in numbers] == ["12件", "4件"]
    assert [("甲类" in one.origin, "乙类" in one.origin) for one in numbers] == [(True, False), (False, True)]
