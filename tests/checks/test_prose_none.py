"""What is carried over, what there was none of, and what all of a kind are: told as the tables tell it, or found."""

from cases import each
from prosing import LAST, VALUES, report, said

# In VALUES 6 applications are carried out and 4 carried in; 120 of 130 are of natural persons; of 9 reviews 6 are upheld.
FALSE = [
    ("three", "尚有7件申请结转至下一年度办理。"),
    ("one", "尚有7件申请结转至下一年度办理。"),
    ("three", "结转3件。"),
    ("one", "收到政府信息公开申请130件，结转3件。"),
    ("three", "没有结转件。"),
    ("three", "无结转。"),
    ("three", "无申请结转。"),
    ("three", "没有申请结转至下一年度。"),
    ("three", "无结转下年度事项。"),
    ("one", "收到政府信息公开申请130件，没有结转件。"),
    ("three", "不予公开的数量：无。"),
    ("three", "上年结转数量：无。"),
    ("three", "结转下年度继续办理：零"),
    ("four", "行政复议：无。"),
    ("six", "本年度没有发生行政复议。未收取信息处理费。"),
    ("six", "未收取信息处理费。\n\n我局未发生行政复议和行政诉讼。"),
    ("four", "没有因政府信息公开引发的行政复议。"),
    ("four", "没有因政府信息公开被提起的行政诉讼。"),
    ("three", "收到的申请均由自然人提出。"),
    ("three", "申请人均为自然人。"),
    ("four", "行政复议全部维持。"),
    ("four", "行政复议案件均被维持。"),
    ("one", "作出行政许可决定1513件、行政处罚54件。"),
    ("one", "办理行政处罚44件、行政强制2件。"),
]
# As true as they are, or of something else.
TRUE = [
    ("three", "尚有6件申请结转至下一年度办理。"),
    ("three", "结转6件。"),
    ("three", "新收130件，结转4件，办结128件。"),
    ("one", "提案尚有3件结转下年度办理。"),
    ("one", "信访事项办结20件，结转3件。"),
    ("one", "热线工单没有结转件。"),
    ("one", "项目资金全部拨付，没有结转。"),
    ("four", "行政复议9件，尚有2件结转下年。"),
    ("four", "行政复议9件，没有结转。"),
    ("three", "2024年受理2023年结转的申请4件。"),
    ("one", "2023年受理结转的申请4件。"),
    ("three", "不予处理的数量：1件。"),
    ("four", "超期引发的行政复议：无。"),
    ("three", "逾期答复：无。"),
    ("three", "其他需要报告的事项：无。"),
    ("three", "申请人主要为自然人。"),
    ("three", "不予处理的1件，由自然人提出。"),
    ("three", "涉及征地的申请均由自然人提出。"),
    ("three", "人均办理申请23件。"),
    ("four", "行政诉讼案件全部维持。"),
    ("four", "未经复议直接起诉的案件全部维持。"),
    ("four", "行政处罚案件的复议全部维持。"),
    ("four", "没有因政府信息公开被确认违法的行政复议。"),
    ("four", "没有因逾期答复引发的行政诉讼。"),
    ("four", "没有因政府信息公开被纠正的行政复议。"),
    ("one", "没有因信息公开由申请人撤回的行政复议。"),
    ("four", "没有因信息公开终止的行政复议。"),
    ("four", "行政诉讼5件，已审结的均维持。"),
    ("one", "公开行政许可30件、行政处罚53件、行政强制2件。"),
]
# Of a part: of what was carried in, of what was due, of those that the number counts, of the others.
OF_SOME = {
    "three": [
        "上年结转的申请均已办结。", "2023年结转的政府信息公开申请均已办结。", "上年度结转申请均已按时答复。",
        "上年度未办结的4件申请全部办结。", "2023年收到的申请均已全部办结。", "全部办结到期的政府信息公开申请。",
        "到期应答复的政府信息公开申请128件全部按时办结。", "全年共办理申请128件，均已办结。",
        "申请均按期办理，6件结转下年度继续办理。", "申请均已办结，另有6件结转下年度。", "申请无积压，6件结转下年度。",
        "自然人提出的120件政府信息公开申请中115件已办结。", "自然人提出的120件申请中，办结115件，5件结转。",
        "企业提出的7件申请中6件已办结，1件结转下年度。", "上年结转的4件和本年新收的124件均已办结，其余6件结转下年度。",
        "收到申请130件，没有一件由科研机构提出。", "没有一件申请逾期办结。", "办结率95.5%，答复率100%。",
        "收到申请130件，除企业7件、其他组织3件外，均由自然人提出。", "在办结的128件申请中，予以公开50件。",
        "在办理的134件申请中，予以公开50件。", "予以公开和部分公开59件，公开率46.1%。", "公开率39.1%。",
        "自然人与法人或其他组织之比为12:1。", "不予公开32件，均说明了理由。", "不予公开32件，均为国家秘密和过程性信息。",
        "当面申请2件，均予以公开。", "过程性信息12件，均不予公开。", "不予公开32件，其中涉及企业的均为过程性信息。",
        "政府信息公开申请中予以公开50件、部分公开9件。", "政府信息公开申请中不予公开32件，均因涉及国家秘密或个人隐私。",
        "申请均已登记、答复，6件结转下年度。", "上年末结转4件，本年末结转6件。", "做到零超期、零积压。",
        "办结128件，予以公开50件，占39.1%。", "新收130件，办结128件，予以公开50件，占38.5%。",
    ],
    "four": [
        "行政复议9件，除1件纠正、2件尚未审结外，均维持。", "在审结的7件行政复议案件中，维持6件。",
        "在办理的9件行政复议中，维持6件。",
        "没有因程序问题引发的行政复议。", "没有因政府信息公开收费引起的行政复议。", "没有一件行政诉讼败诉。",
        "行政诉讼5件，均由自然人提起。", "行政诉讼5件，均未被纠正。", "行政诉讼5件，均未败诉。",
    ],
    "two": [
        "制发行政规范性文件5件，均现行有效。", "废止行政规范性文件12件，均为2022年以前制发。",
        "废止行政规范性文件12件，均为上年制发。", "制发行政规范性文件5件，均已公开。",
        "废止规范性文件12件，都是往年制发的。", "现行有效规范性文件25件，均已按规定公开制发依据。",
        "废止规范性文件12件，均按程序印发废止决定。",
    ],
}  # fmt: skip
# Denied of those that a number counts: of the whole year nothing is said.
DENIED = {
    "two": [
        "制发规范性文件5件，均未废止。", "制发规范性文件5件，均未被废止。", "制发规范性文件5件，均现行有效，均未失效。",
        "制发规范性文件5件，均无废止。", "制发规范性文件5件，均不再有效。", "作出行政许可1513件，均未作出行政处罚决定。",
    ],
    "three": [
        "不予公开32件，均未引发行政复议。", "不予公开的32件均未引发行政复议。", "部分公开9件，均未发生行政诉讼。",
        "部分公开9件，都没有引发行政复议、行政诉讼。", "部分公开9件，申请人均未提起行政诉讼。",
        "部分公开9件，未引发行政诉讼。",
        "自然人申请120件，皆没有被提起行政复议。", "企业申请7件，均未结转下年度。", "当面申请2件，均无结转。",
        "部分公开9件，没有一件被行政复议纠正。", "部分公开9件。均未引发行政复议。",
        "企业申请7件，均未予以公开。", "不予公开32件，均未予以公开。", "办结的128件均未引发行政复议。",
        "办结的128件申请均未引发行政复议或行政诉讼，予以公开50件。",
    ],
    "four": [
        "行政复议9件，均未提起行政诉讼。", "行政复议纠正1件，未引起行政诉讼。", "行政复议维持6件，均未被纠正。",
        "5件行政诉讼均未败诉。", "行政诉讼5件，均已审结或正在审理。", "收到的9件均未被复议机关纠正。",
    ],
    "one": ["公开信息120条，均未引发行政复议。"],
}  # fmt: skip
# What is left out by 除…外, and what is only one of two.
LEFT_OUT = {
    "three": [
        "收到申请130件，除6件结转外均已办结。", "收到申请130件，除6件结转外，均已办结。", "收到申请130件，除6件外均已办结。",
        "收到申请130件，除6件外，均已办结。", "收到申请130件，除6件依法延期之外全部办结。", "申请均已办结或者正在办理。",
        "收到的申请均已办结或结转下年度。", "申请均已答复或正在办理。",
    ],
    "four": ["审结行政复议7件，除1件纠正外均维持。", "审结行政复议7件，除1件纠正以外，均维持。"],
}  # fmt: skip
# Of the whole year, or of all that the kind is a part of.
DENIED_OF_ALL = {
    "three": ["收到申请130件，均未结转下年度。", "全年收到申请130件，全年均未发生行政复议。", "全部申请均已办结或答复。"],
    "four": [
        "行政复议9件，没有一件被纠正。", "行政复议9件，行政诉讼均为零。",
        "政府信息公开行政复议9件，均没有被纠正。", "9件行政复议均未被纠正。",
        "行政复议9件，本机关均未发生行政诉讼。", "全年均未发生行政诉讼。", "行政复议9件，未发生行政诉讼。",
    ],
}  # fmt: skip
# All of one kind, where the kind has fewer; and nothing left over, where 6 are carried out.
OF_ALL = {
    "three": [
        "不予公开32件，均属过程性信息。", "不予公开32件，均因属于过程性信息。", "不予公开的32件均为过程性信息。",
        "不予公开32件，皆为国家秘密。", "无法提供26件，全部为没有现成信息需要另行制作。", "其他处理10件，都是逾期不补正。",
        "申请均已在当年办结。", "申请均于年底前办结。", "申请全部办完。", "没有一件申请结转至下年度。",
        "上年结转和本年新收的申请均已办结。", "收到申请130件，均已办结。",
    ],
    "four": [
        "政府信息公开行政诉讼5件，全部为复议后起诉。", "政府信息公开行政诉讼5件，均系未经复议直接起诉。",
        "没有一件行政复议被纠正。", "政府信息公开行政复议9件，均未被纠正。",
    ],
    "two": ["废止行政规范性文件12件，均为本年制发。", "现行有效行政规范性文件25件，均已失效。"],
}  # fmt: skip


@each(("where", "text"), FALSE)
def test_a_false_one_is_an_error(where, text):
    assert {"E501"} == {one.code for one in said(report(where, text))}


@each(("where", "text"), TRUE)
def test_a_true_one_is_no_finding(where, text):
    assert [] == [str(one) for one in said(report(where, text))]


def test_what_is_said_of_all_of_a_part_is_not_asked_of_the_whole():
    found = [str(one) for where, texts in OF_SOME.items() for text in texts for one in said(report(where, text))]
    assert [] == found


def test_all_are_said_to_be_of_a_kind_that_has_fewer_or_done_where_some_are_carried_out():
    told = {text: [one.code for one in said(report(where, text))] for where, texts in OF_ALL.items() for text in texts}
    assert [] == [text for text, codes in told.items() if codes != ["E501"]]


def test_what_is_denied_of_a_part_is_not_denied_of_the_year():
    found = [str(one) for where, texts in DENIED.items() for text in texts for one in said(report(where, text))]
    assert [] == found


def test_what_is_left_out_is_not_what_all_others_are():
    found = [str(one) for where, texts in LEFT_OUT.items() for text in texts for one in said(report(where, text))]
    assert [] == found
    assert ["W501"] == [one.code for one in said(report("three", "收到申请130件，除7件结转外全部办结。"))]


def test_what_is_denied_of_the_year_or_of_all_is_asked_of_the_tables():
    texts = [(where, text) for where, some in DENIED_OF_ALL.items() for text in some]
    assert [] == [text for where, text in texts if ["E501"] != [one.code for one in said(report(where, text))]]


def test_that_no_application_has_led_to_a_case_is_a_doubt_where_there_were_cases():
    """They may have been about applications of the year before."""
    for text in ("收到申请130件，均未引发行政复议。", "办结128件，均未被提起行政复议。"):
        assert ["W501"] == [one.code for one in said(report("three", text))]


def test_lawsuits_without_a_review_before_them_are_not_denied():
    values = VALUES | {"表四": {key: one for key, one in VALUES["表四"].items() if key[1] != "复议后起诉"}}
    for text in ("政府信息公开行政诉讼3件，均系未经复议直接起诉。", "政府信息公开行政诉讼3件，均未经复议直接起诉。"):
        assert [] == said(report("four", text, values=values))


def test_nothing_left_over_is_a_doubt_where_some_are_carried_out():
    for text in ("政府信息公开申请年末零积压。", "申请无结余。", "没有跨年度办理的政府信息公开申请。"):
        assert ["W501"] == [one.code for one in said(report("three", text))]
    assert [] == said(report("one", "热线工单年末零积压。做到件件有回音，无积压。"))


def test_that_there_were_no_cases_in_another_matter_is_a_doubt_at_most():
    doubtful = [
        ("six", "行政执法没有发生行政复议。"), ("six", "全年作出处罚70件，没有发生行政复议。"),
        ("six", "执法办案70件。没有发生行政复议。"), ("six", "### （一）执法\n\n没有发生行政复议。"),
    ]  # fmt: skip
    assert {"W501"} == {one.code for where, text in doubtful for one in said(report(where, text))}


def test_carried_over_behind_what_was_concluded_is_carried_to_the_next_year():
    assert [] == said(report("three", "新收130件，办结128件，结转6件。"))
    assert ["W501"] == [one.code for one in said(report("three", "新收130件，办结128件，结转4件。"))]
    assert ["E501"] == [one.code for one in said(report("three", "新收130件，办结128件，结转7件。"))]


def test_words_that_say_there_was_none_are_not_said_of_the_number_behind_them():
    values = VALUES | {"表三": {key: value for key, value in VALUES["表三"].items() if key[0] != "二"}}
    assert [] == said(report("one", "收到政府信息公开申请130件，无上年结转件，6件结转下年。", values=values))


def test_all_of_a_kind_is_shown_as_the_rest_that_there_is_none_of():
    [found] = said(report("three", "收到的申请均由自然人提出。"))
    assert "“收到的申请均由自然人提出。”：自然人以外的，即 0" == found.found
    assert "表三 一、本年新收政府信息公开申请数量 / 申请人情况·法人或其他组织（各栏之和） 10（表.csv）" == found.expected
    alone = {"表三": {("一", "总计"): 130, ("一", "自然人"): 130}}
    assert [] == said(report("three", "收到的申请均由自然人提出。", values=alone, last=LAST))
