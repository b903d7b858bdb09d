"""Numbers that other words of their sentence make true, or a doubt: what is counted in, set apart, compared, or a share of.

Of 2024: 130 received and 4 carried in, 128 concluded and 6 carried out, after 100 received in 2023.
"""

from cases import each
from making import fact
from prosing import other, report, said

TRUE = [
    # The new ones are told apart from those carried in.
    ("three", "新收申请130件，办结124件，办结上年结转4件，结转下年度6件。"),
    ("three", "新收申请130件，年内办结124件，其余6件结转下年；上年结转的4件年内全部办结，全年共办结128件。"),
    ("three", "新收申请130件，办结124件，加上上年结转4件，全年共办结128件。"),
    ("three", "当年新收130件，已办结124件；上年结转4件，已全部办结。"),
    ("three", "新收申请130件，已办结124件，另办结上年结转4件，结转下年度6件。"),
    ("three", "新收申请130件，办结124件；上年结转的4件也已办结。"),
    ("three", "新收申请130件，答复124件，并办结上年结转的4件。"),
    # Those carried in are said to be counted.
    ("three", "本年收到政府信息公开申请134件（含上年结转4件），办结128件，结转下年度6件。"),
    ("three", "共收到申请134件，其中上年结转4件、新收130件。"),
    ("three", "共收到申请134件，其中新收130件、上年结转4件。"),
    ("three", "收到依申请公开134件，包括2023年结转4件、2024年新收130件。"),
    # Another year than the last.
    ("three", "新收申请130件，较2022年增加8件，较2019年翻了一番多。"),
    ("three", "新收申请130件，较2022年翻了一番。"),
    ("three", "新收申请130件，较三年前翻番。"),
    ("three", "新收申请130件，五年间翻了一番。"),
    ("three", "新收申请130件，与2022年持平。"),
    # Another subject stands before the bracket.
    ("three", "新收申请130件，较上年增加30件，增量主要来自城东片区（增加26件）。"),
    ("three", "新收申请130件，较上年增加30件，增量主要来自城东片区，增加26件。"),
    ("three", "新收申请130件，较上年增加30件，主要是征地类申请（增加25件）。"),
    ("three", "新收申请130件，同比增长30%，其中征地拆迁类（增长40%）最为突出。"),
    # Not all that are concluded are answered.
    ("three", "全年出具答复书122份。"),
    ("three", "办结128件，其中书面答复122件。"),
    ("three", "办结128件，其中书面答复100件。"),
    ("three", "全年答复122件，因申请人逾期不补正不再处理6件。"),
    ("three", "依法受理126件，不予受理4件。"),
    ("three", "受理、不予受理为126件、4件。"),
    ("three", "受理120件，不予受理4件，转办6件。"),
    # Four outcomes are not all of them.
    ("three", "予以公开50件、部分公开9件、不予公开32件、无法提供26件，合计117件。"),
    ("three", "予以公开50件、部分公开9件、不予公开32件、无法提供26件、不予处理1件、其他处理10件，合计128件。"),
    # What those answered leave of the new ones is under way.
    ("three", "收到130件，已答复124件，办理6件。"),
    ("three", "收到申请130件，已办结124件，在办6件。"),
    ("three", "收到申请书135份，合并同类后登记130件。"),
    ("three", "收到申请135件次，折合130件。"),
    ("two", "办理行政处罚案件50件，作出处罚决定44件，6件跨年。"),
    # A rate of all that the sentence has, or of what it leaves open.
    ("three", "全年共办理134件，办结率95.5%。"),
    ("three", "全年应办134件，办结128件，办结率95.52%。"),
    ("three", "新收130件，上年结转4件，办结率98.5%。"),
    ("three", "新收130件，办结128件，办结率95.5%。"),
    # Which way a number goes.
    ("three", "新收申请数量略有上升。"),
    ("three", "征地类申请明显减少。"),
    ("three", "下半年申请量明显减少。"),
    ("three", "申请量较三年前有所下降。"),
    ("three", "近年来，申请数量呈下降趋势。"),
    ("three", "申请量占比明显下降。"),
    ("three", "办结率持续提升，申请办理时限明显减少。"),
    ("three", "通过主动公开，减少申请量，使申请数量有所下降。"),
    ("three", "申请量较多年来略有下降。"),
    ("three", "多渠道沟通后，复议诉讼数量有望继续下降。"),
]
WRONG = [
    ("three", "新收申请130件，办结124件，结转下年度6件。", "E501"),
    ("three", "新收申请130件，办结123件，办结上年结转4件，结转下年度6件。", "E501"),
    ("three", "新收申请130件，连同上年结转的4件，办结124件。", "E501"),
    ("three", "新收政府信息公开申请134件（其中上年结转4件）。", "E501"),
    ("three", "收到申请134件，办结128件，结转6件。", "E501"),
    ("three", "收到申请135件（含上年结转4件），办结128件。", "E501"),
    ("three", "收到申请134件，其中结转下年6件。", "E501"),
    ("three", "新收申请130件，较上年翻了一番。", "E502"),
    ("three", "新收申请130件，翻了一番。", "W501"),
    ("three", "新收申请130件，较上年增加30件（增长35%）。", "E502"),
    ("three", "全年出具答复书112份。", "E501"),
    ("three", "全年答复121件，因申请人逾期不补正不再处理6件。", "E501"),
    ("three", "全年受理126件。", "E501"),
    ("three", "全年不予受理4件。", "E501"),
    ("three", "收到申请135件，登记130件。", "E501"),
    ("three", "予以公开50件、部分公开9件、不予公开32件、无法提供26件，合计118件。", "W501"),
    ("three", "受理、不予受理为126件、14件。", "W501"),
    ("three", "受理申请126件，不予受理14件。", "W501"),
    ("three", "收到130件，已答复125件，在办6件。", "E501"),
    ("two", "办理行政处罚案件50件，作出处罚决定45件，6件跨年。", "E501"),
    ("two", "办理行政处罚案件50件。", "E501"),
    ("three", "全年共办理134件，办结率98%。", "W501"),
    ("three", "全年应办134件，办结率98%。", "W501"),
    ("three", "全年共办理政府信息公开申请134件，办结128件，办结率98.5%。", "W501"),
    ("three", "新收申请数量略有下降。", "W501"),
    ("three", "申请量明显减少。", "W501"),
    ("three", "政府信息公开申请130件。全年申请数量呈下降趋势。", "W501"),
    ("four", "行政复议案件数量持续下降。", "W501"),
]
FACTS = {"主动公开信息": fact("主动公开信息", "1586", "条"), "政策解读": fact("政策解读", "10", "篇")}


def test_what_its_sentence_makes_true_is_no_finding():
    assert [] == other((where, text, "") for where, text in TRUE)


@each(("where", "text", "code"), WRONG)
def test_what_no_word_of_its_sentence_makes_true_is_found(where, text, code):
    assert [code] == [one.code for one in said(report(where, text))]


def test_a_fact_told_for_all_years_is_not_this_years():
    true = [
        "主动公开信息累计12000条，本年新增1586条。",
        "累计发布政策解读120篇，本年10篇。",
        "县（区）局主动公开信息20000条，市局主动公开信息1586条。",
    ]
    assert [] == [str(one) for text in true for one in said(report("two", text, facts=FACTS))]
    for text in ("主动公开信息累计12000条。", "累计发布政策解读120篇。", "主动公开信息20000条，政策解读10篇。"):
        assert ["E501"] == [one.code for one in said(report("two", text, facts=FACTS))]
