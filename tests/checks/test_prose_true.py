# ruff: noqa: E501  (sentences on one line)
"""True sentences that sound like the tables and speak of something else: no error, whatever their numbers.

Each came from a person who tried to have a true report refused. Beside them stand the same wordings with a number that is
wrong, which have to be found.
"""

import re
from decimal import Decimal

import pytest

from nianbao.checks.prose.vocabulary import with_pieces
from nianbao.checks.prose.words import FILE
from nianbao.yamlfile import read_yaml
from prosing import LAST, VALUES, other, report, said

# A bureau of personnel: its tables of this year and of last year.
STAFF = {
    "表三": {
        ("一", "总计"): 58, ("一", "自然人"): 49, ("一", "商业企业"): 9, ("二", "总计"): 4, ("三（一）", "总计"): 28,
        ("三（二）", "总计"): 8, ("三（三）1", "总计"): 6, ("三（四）1", "总计"): 8, ("三（四）2", "总计"): 1,
        ("三（五）1", "总计"): 4, ("三（六）3", "总计"): 2, ("三（七）", "总计"): 57, ("四", "总计"): 5,
    },
    "表四": {
        ("行政复议", "总计"): 4, ("行政复议", "结果维持"): 2, ("行政复议", "其他结果"): 2,
        ("行政诉讼", "未经复议直接起诉", "总计"): 2, ("行政诉讼", "未经复议直接起诉", "结果维持"): 2,
    },
    "表二": {
        ("行政规范性文件", "本年制发件数"): 3, ("行政规范性文件", "本年废止件数"): 1, ("行政规范性文件", "现行有效件数"): 19,
        ("行政许可", "本年处理决定数量"): 241, ("行政处罚", "本年处理决定数量"): 9,
        ("行政事业性收费", "本年收费金额（单位：万元）"): Decimal("2.845"),
    },
}  # fmt: skip
STAFF_LAST = {"表三": {("一", "总计"): 46, ("二", "总计"): 3, ("三（七）", "总计"): 45, ("四", "总计"): 4}}
# A bureau of water.
WATER = {
    "表三": {
        ("一", "总计"): 47, ("一", "自然人"): 38, ("一", "商业企业"): 5, ("一", "法人或其他组织", "其他"): 4, ("二", "总计"): 3,
        ("三（一）", "总计"): 20, ("三（一）", "自然人"): 16, ("三（一）", "商业企业"): 2, ("三（一）", "法人或其他组织", "其他"): 2,
        ("三（二）", "总计"): 6, ("三（二）", "自然人"): 5, ("三（二）", "商业企业"): 1, ("三（三）1", "总计"): 6,
        ("三（四）1", "总计"): 8, ("三（四）2", "总计"): 3, ("三（五）1", "总计"): 2, ("三（六）3", "总计"): 1,
        ("三（七）", "总计"): 46, ("三（七）", "自然人"): 37, ("四", "总计"): 4,
    },
    "表四": {
        ("行政复议", "总计"): 8, ("行政复议", "结果维持"): 4, ("行政复议", "结果纠正"): 1, ("行政复议", "其他结果"): 1,
        ("行政复议", "尚未审结"): 2,
        ("行政诉讼", "未经复议直接起诉", "总计"): 4, ("行政诉讼", "未经复议直接起诉", "结果维持"): 2,
        ("行政诉讼", "未经复议直接起诉", "其他结果"): 1, ("行政诉讼", "未经复议直接起诉", "尚未审结"): 1,
        ("行政诉讼", "复议后起诉", "总计"): 5, ("行政诉讼", "复议后起诉", "结果维持"): 3,
        ("行政诉讼", "复议后起诉", "结果纠正"): 1, ("行政诉讼", "复议后起诉", "尚未审结"): 1,
    },
    "表二": {
        ("行政规范性文件", "本年制发件数"): 7, ("行政规范性文件", "本年废止件数"): 2, ("行政规范性文件", "现行有效件数"): 35,
        ("行政许可", "本年处理决定数量"): 1286, ("行政处罚", "本年处理决定数量"): 153, ("行政强制", "本年处理决定数量"): 12,
    },
}  # fmt: skip
WATER_LAST = {
    "表三": {("一", "总计"): 40, ("三（七）", "总计"): 39, ("四", "总计"): 3},
    "表四": {("行政复议", "总计"): 5, ("行政诉讼", "复议后起诉", "总计"): 6},
    "表二": {("行政规范性文件", "现行有效件数"): 30},
}

# What is said after "新收政府信息公开申请130件，同比增长30%，" of another subject, period, body or whole.
OTHERS = [
    "较2022年增长50%",
    "比2019年增长5.6倍",
    "四季度增长80%",
    "全市增长12%",
    "高于全市平均增幅20%",
    "而网站访问量增长45%",
    "答复及时率提高5%",
    "补正告知减少12件",
    "信访类减少8件",
    "约占全市申请总量的12%",
    "占全市的百分之十二",
    "较前年增长80%",
    "较疫情前增长200%",
    "较全省平均水平高15%",
    "线上提交比例提高12%",
    "涉及征地的申请增长60%",
    "下半年明显增加60件",
    "占全系统的三成",
    "占全市各部门受理总数的6%",
    "月均增长3件",
    "县区合计增长25%",
    "平均办理时长缩短20%",
    "每万人申请量增加2件",
    "培训人次增长40%",
    "其中一季度下降10%",
    "群众满意度提高8%",
]
# True sentences, by bureau and chapter; no finding at all.
SILENT = [
    ("three", "自然人占全区自然人申请的40%。", VALUES, LAST),
    ("one", "发布信息475条，含政策类300条、新闻类100条、通知类20条。", VALUES, LAST),
    ("three", "新收政府信息公开申请不超过200件。", VALUES, LAST),
    ("three", "新收政府信息公开申请不低于100件。", VALUES, LAST),
    ("three", "全市新收政府信息公开申请1300件，本局130件。", VALUES, LAST),
    ("three", "办结128件，较上年的九十六件增长三成多。", VALUES, LAST),
    ("two", "行政事业性收费捌万伍仟元。", VALUES, LAST),
    ("two", "行政事业性收费八点五万元。", VALUES, LAST),
    ("two", "行政事业性收费8万5000元。", VALUES, LAST),
    ("three", "新收58件，上年度顺延办理4件，已答复57件。", STAFF, STAFF_LAST),
    ("three", "以上58件加上年结转4件，共62件。", STAFF, STAFF_LAST),
    ("three", "不予公开、无法提供、不予处理及其他处理共21件。", STAFF, STAFF_LAST),
    ("three", "因不掌握无法提供8件，需要另行制作无法提供1件。", STAFF, STAFF_LAST),
    ("three", "办结57件，其中属上年结转的4件、本年新收的53件。", STAFF, STAFF_LAST),
    ("three", "新收58件中，办结53件，结转下年5件；上年结转的4件全部办结。", STAFF, STAFF_LAST),
    ("one", "全市人社系统共收到政府信息公开申请137件，其中市局58件，各县（市、区）局79件，县级答复76件。", STAFF, STAFF_LAST),
    ("one", "政府信息公开申请方面，县级答复76件。", STAFF, STAFF_LAST),
    ("four", "行政复议案件（本局作为复议被申请人的全部案件）15件，其中涉及政府信息公开4件。", STAFF, STAFF_LAST),
    ("four", "行政应诉案件22件，其中政府信息公开类2件。", STAFF, STAFF_LAST),
    ("three", "因申请人撤回，另有3件未计入受理数。", STAFF, STAFF_LAST),
    ("two", "规范性文件废止1件，宣布失效0件。", STAFF, STAFF_LAST),
    ("two", "制发规范性文件3件。全年印发一般性文件87件。", STAFF, STAFF_LAST),
    ("two", "行政处罚案件立案15件，作出处罚决定9件。", STAFF, STAFF_LAST),
    ("three", "结转件由上年的3件增至4件。", STAFF, STAFF_LAST),
    ("two", "收取行政事业性收费2.845万元，减少0.415万元（即4150元），降幅12.7%；其中考试报名费1.6万元，鉴定费1.245万元。", STAFF, None),
    ("three", "收到申请58件，其中信函25件，网上申请33件，其中通过市政府网站申请系统收到18件。", STAFF, STAFF_LAST),
    ("three", "收到申请58件，对其中11件开具补正通知书，3件延期答复，7件征求第三方意见。", STAFF, STAFF_LAST),
    ("three", "自然人申请38件中，予以公开16件、部分公开5件。", WATER, WATER_LAST),
    ("three", "商业企业申请5件，予以公开2件。", WATER, WATER_LAST),
    ("three", "法人或其他组织申请9件，予以公开4件。", WATER, WATER_LAST),
    ("three", "予以公开的申请中，自然人申请16件。", WATER, WATER_LAST),
    ("three", "自然人申请办结37件。", WATER, WATER_LAST),
    ("three", "47件申请中有38件由自然人提出。", WATER, WATER_LAST),
    ("three", "47件申请中，自然人38件。", WATER, WATER_LAST),
    ("three", "47件申请中予以公开20件。", WATER, WATER_LAST),
    ("three", "上年结转3件均已办结。", WATER, WATER_LAST),
    ("three", "除4件结转下年外，其余申请均已办结。", WATER, WATER_LAST),
    ("three", "应于年内办结的46件全部按期办结。", WATER, WATER_LAST),
    ("three", "到期申请全部办结，4件未到期的结转下年。", WATER, WATER_LAST),
    ("three", "已办结的46件均在法定期限内答复。", WATER, WATER_LAST),
    ("three", "新收申请47件，当年办结43件，另有4件正在办理。", WATER, WATER_LAST),
    ("three", "截至12月31日，办结46件，4件仍在法定期限内办理。", WATER, WATER_LAST),
    ("three", "遗留至次年办理的4件。", WATER, WATER_LAST),
    ("three", "当场答复申请5件。", WATER, WATER_LAST),
    ("three", "办理上年结转申请3件、本年新收申请43件。", WATER, WATER_LAST),
    ("four", "向市政府申请复议6件、向省水利厅申请复议2件。", WATER, WATER_LAST),
    ("four", "上年结转复议案件1件，本年新增7件。", WATER, WATER_LAST),
    ("four", "行政复议8件，其中2023年结转2件。", WATER, WATER_LAST),
    ("four", "在审案件4件，其中复议2件、诉讼2件。", WATER, WATER_LAST),
    ("four", "复议纠错1件。", WATER, WATER_LAST),
    ("four", "行政机关败诉1件。", WATER, WATER_LAST),
    ("two", "会同其他部门联合制发规范性文件2件。", WATER, WATER_LAST),
    ("one", "行政复议8件，行政诉讼9件，均与信息公开有关。另有行政诉讼案件11件。", WATER, WATER_LAST),
    ("two", "全市水务系统作出行政处罚420件，其中市本级153件。", WATER, WATER_LAST),
    ("three", "与上年的40件相比，新收申请净增7件。", WATER, WATER_LAST),
    ("three", "办结件数比新收件数少1件。", WATER, WATER_LAST),
    ("two", "规范性文件现行有效35件，较上年底净增5件。", WATER, WATER_LAST),
    ("three", "月均收到申请4件。", WATER, WATER_LAST),
    ("four", "共有8件行政复议案件、9件行政诉讼案件。", WATER, WATER_LAST),
    ("four", "8件行政复议案件中维持4件。", WATER, WATER_LAST),
    ("three", "新收申请数十件。", WATER, WATER_LAST),
    ("three", "新收申请45至50件。", WATER, WATER_LAST),
    ("three", "新收申请四五十件。", WATER, WATER_LAST),
    ("three", "新收申请首次突破45件。", WATER, WATER_LAST),
    ("three", "新收47件、上年40件、增加7件。", WATER, WATER_LAST),
    ("four", "信息公开引发的复议和诉讼各为8件和9件。", WATER, WATER_LAST),
    ("four", "行政复议8件、行政诉讼9件，同比分别增长60%、50%。", WATER, WATER_LAST),
    ("four", "尚有2件行政复议和2件行政诉讼未审结。", WATER, WATER_LAST),
    ("three", "公开（含部分公开）26件。", WATER, WATER_LAST),
    ("three", "因本机关不掌握相关信息而无法提供的8件。", WATER, WATER_LAST),
    ("four", "未发生行政复议后被纠正的情况。", WATER, WATER_LAST),
    ("three", "收到补正材料9份。", WATER, WATER_LAST),
    ("three", "依法征收信息处理费的申请0件。", WATER, WATER_LAST),
    ("four", "新发生行政复议7件，上年结转1件。", WATER, WATER_LAST),
    ("two", "行政许可申请1300件，准予许可1286件。", WATER, WATER_LAST),
    ("two", "作出不予行政许可决定14件。", WATER, WATER_LAST),
    ("three", "人均办理申请23件。", WATER, WATER_LAST),
    ("three", "信息公开申请47件，其中1人提出申请12件。", WATER, WATER_LAST),
    ("three", "上年结转3件，其中2件予以公开，1件不予公开。", WATER, WATER_LAST),
    ("three", "涉及征地拆迁的申请15件，占新收总量的31.9%。", WATER, WATER_LAST),
    ("three", "信访局转来申请2件，法院转来申请1件。", WATER, WATER_LAST),
    ("four", "行政诉讼一审4件，二审5件。", WATER, WATER_LAST),
    ("four", "因答复超期引发复议1件。", WATER, WATER_LAST),
    ("three", "新收申请中3件为补正后重新提交。", WATER, WATER_LAST),
    ("three", "自然人申请中，有3件为委托律师提交。", WATER, WATER_LAST),
    ("three", "新收含2件信访转来。", WATER, WATER_LAST),
    ("three", "本表办结件数不含2件延期答复。", WATER, WATER_LAST),
    ("three", "数据不含街道办事处受理的12件。", WATER, WATER_LAST),
    ("three", "不予公开6件中，有5件同时涉及第三方权益。", WATER, WATER_LAST),
    ("three", "上年结转数与上年报告相差1件，系上年统计有误。", WATER, WATER_LAST),
]  # fmt: skip


@pytest.mark.parametrize("others", OTHERS)
def test_a_change_or_share_of_what_is_not_known_to_be_ours_is_no_finding(others):
    assert [] == [str(one) for one in said(report("three", f"新收政府信息公开申请130件，同比增长30%，{others}。"))]


def test_a_true_sentence_gives_no_finding():
    told = [(text, said(report(where, text, values, last))) for where, text, values, last in SILENT]
    assert [] == [one for one in told if one[1]]


# One text for each alternative that is a pattern and no word.
EXAMPLES = [
    "9人提出", "人均", "每月", "同一企业", "区县分局", "县区收到", "与市水利局联合", "另有行政诉讼", "尚有9件行政复议", "办理上年结转4件、本年新收", "法院共审理", "上半年", "第一季度", "近三年", "五年来", "2008年以来",
    "拟新收", "市水利系统共", "各县", "全市", "县级", "当年办结", "告知补正", "补正通知", "首次", "向市政府申请", "征求第三方", "第三方意见",
    "代为办理", "代市政府受理",
    "历史", "单日", "上年结转的复议", "较收到多", "一般文件", "登记申请", "窗口", "12345", "收到投诉",
]  # fmt: skip


def alternatives(key):
    """Each alternative of a list of statements.yaml: itself where it is a word, else the example that it finds."""
    for one in with_pieces(read_yaml(FILE).data[key], {}):
        if re.fullmatch(r"[\u4e00-\u9fff]+", one):
            yield one
        else:
            # The reader writes THIS for the report's year; what the words before it say does not matter here.
            found = [text for text in EXAMPLES if re.search(one, text)]
            yield found[0] if found else f"?{one}"


@pytest.mark.slow
def test_no_number_of_another_time_matter_or_body_is_questioned():
    words = [*alternatives("not_ours"), *alternatives("bodies")]
    assert [] == other(("three", f"{word}收到政府信息公开申请99件。", "") for word in words)


def test_no_number_of_another_field_is_questioned():
    text = "收到政府信息公开申请130件。\n\n全年受理{}99件，办结98件。"
    assert [] == other(("one", text.format(word), "") for word in alternatives("other"))


def test_no_number_of_another_field_is_questioned_in_the_chapter_on_applications():
    assert [] == other(("three", f"受理{word}99件，办结98件。", "") for word in alternatives("never"))


@pytest.mark.parametrize(
    "text",
    [
        "办理的全部流程见图2。", "办结情况见附件2。", "予以公开的见表5，不予公开的见表6。", "图1 新收申请", "图2 依申请公开办理流程", "表5 办结情况",
        "全年制发规范性文件见附件1，废止文件见附件2。", "受理的申请（图3、图4）已有答复。", "办结见附件（2），新收见附表3。", "新收图1至3、办结图4和5。",
        "### 图1 新收申请", "### 附件2：办结情况", "表7办结件数",
    ],
)  # fmt: skip
def test_the_number_of_a_picture_table_or_attachment_counts_nothing(text):
    assert [] == said(report("three", text))


@pytest.mark.parametrize("text", ["见图1，办结26件。", "办结情况见表5，办结26件。", "附件2：办结26件"])
def test_a_count_beside_such_a_number_is_one(text):
    assert ["E501"] == [one.code for one in said(report("three", text))]
