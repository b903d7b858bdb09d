"""What excuses a number that is greater than the tables', and what does not; which parts of a year a sum adds up."""

from prosing import report, said

WRONG = {
    "三": [
        "收到申请133件，由局属各科室办理，共受理130件。",
        "全年收到申请133件，属自然人的120件，共受理130件。",
        "收到申请133件，根据实际情况分类办理，共受理130件。",
        "全年收到申请310件，根据实际需要，受理130件。",
        "收到申请133件，其中其他组织3件，共受理130件。",
        "全年新收申请137件（含商业企业7件）。",
        "全年新收申请137件（其中包括企业7件）。",
        "全年新收申请250件（含自然人120件）。",
        "7件申请转至下年度继续办理。",
        "收到申请131件（表三）。",
        "收到申请131件（详情见附件）。",
        "收到政府信息公开申请131件（以下简称申请）。",
        "收到申请131件（数据来源于平台）。",
    ],
}  # fmt: skip
DOUBTED = [
    "1至6月收到申请70件，7至12月收到61件，全年共130件。",
    "上半年收到申请70件，下半年收到61件，全年共130件。",
    "第一季度40件，第二季度30件，第三季度30件，第四季度31件，全年共130件。",
    "提出3件以上申请的申请人有2人，共提出39件，占总量的40%。",
]
TRUE = {
    "二": ["今年工作顺利。、代表建议30件、政协提案25件，共55件。", "、代表建议30件、政协提案25件，共55件。"],
    "三": [
        "3月收到20件，9月收到25件，全年共130件。",
        "申请集中在年初和年末，1月收到申请20件，12月收到申请25件，全年共130件。",
        "三月举办2场，九月举办3场，全年共12场。",
        "1至6月收到申请70件，7至12月收到60件，全年共130件。",
        "制发告知书20件，占总数的50%。",
        "提出3件以上申请的申请人有2人，共提出39件，占总量的30%。",
        "办结率（应办134件，办结128件）为95.5%。",
        "收到申请133件，其中撤回3件，实际受理130件。",
        "收到各类申请135件，其中属于政府信息公开申请的130件。",
        "全年共收到申请145件，经甄别，15件属于咨询类，实际登记130件。",
        "收到150件（含咨询20件）。",
    ],
    "四": [
        "行政复议9件，占行政复议申请总数的100%。",
        "行政复议维持率（审结7件，维持6件）为85.7%。",
        "行政复议9件，占申请总量的6.9%。",
    ],
}  # fmt: skip
WHERE = {"二": "two", "三": "three", "四": "four"}


def codes(numeral, text):
    return [one.code for one in said(report(WHERE[numeral], text))]


def test_what_is_no_part_beside_the_tables_excuses_no_wrong_number():
    assert [] == [text for numeral, texts in WRONG.items() for text in texts if "E501" not in codes(numeral, text)]


def test_months_that_make_up_a_year_and_shares_of_all_are_reckoned():
    assert [] == [text for text in DOUBTED if codes("三", text) != ["W501"]]


def test_what_is_set_apart_some_months_and_other_wholes_are_nothing_wrong():
    assert {} == {text: told for numeral, texts in TRUE.items() for text in texts if (told := codes(numeral, text))}
