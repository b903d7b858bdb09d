"""Wordings that a reader found misjudged: true ones that were questioned, false ones that were not."""

import pytest

from cases import each
from making import fact, findings, make
from prosing import LAST, VALUES, report, said

FACTS = {"业务培训": fact("业务培训", 5, "场"), "信息处理费": fact("信息处理费", 300, "元")}
DOCUMENTS = {
    "公文属性核定": fact("公文属性核定", 846, "件", 主动公开=312, 依申请公开=391, 不予公开=143),
    "草案意见": fact("草案意见", 40, "件", 予以公开=30, 不予处理=10),
}
PETITIONS = VALUES | {"表三": VALUES["表三"] | {("三（五）1", "总计"): 1}}


@each(
    ("where", "text"),
    [
        ("one", "制发公文126件，其中主动公开45件、依申请公开31件、不予公开50件。"),
        ("one", "制发文件126件，其中主动公开45件、依申请公开31件、不予公开50件。"),
        ("three", "制发公文126件，其中主动公开45件，依申请公开31件，不予公开50件。"),
        ("three", "印发公文126件，其中不予公开50件、主动公开45件、依申请公开31件。"),
        ("four", "我局作为第三人参加行政诉讼1件。"),
        ("three", "有2件申请因内容相同被合并办理。"),
        ("four", "5件行政诉讼中，一审审结2件，二审0件。"),
        ("three", "2件申请属于信访和重复申请，不予处理。"),
        ("one", "公示双随机结果210条，其中行政处罚信息21条、行政许可信息138条。"),
        ("four", "行政诉讼5件，其中4件被法院判决维持。"),
        ("four", "行政复议9件，其中6件维持、1件纠正、2件尚未审结。"),
        ("four", "行政复议9件，其中3件维持后申请人又起诉。"),
        ("four", "行政复议9件，其中1件一审维持。"),
        ("three", "上年结转的4件已于1月底前全部办结。"),
        ("three", "上年结转的申请中，3件已于1月底前办结。"),
        ("three", "自然人申请120件，占92.3%，同比提高5个百分点。"),
        ("three", "办结128件，及时率同比提高5个百分点。"),
        ("one", "公众关注度与上年持平。"),
        ("three", "信息公开申请总体与上年持平。"),
        ("one", "全年组织业务培训5场，收取信息处理费300元。"),
        ("one", "上半年组织业务培训2场。"),
        ("one", "另组织业务培训2场。"),
        ("one", "联合司法局组织业务培训3场。"),
        ("one", "针对新入职人员开展业务培训2场。"),
        ("one", "全年组织业务培训5场，其中线上开展业务培训2场。"),
    ],
)
def test_a_true_sentence_is_not_questioned(where, text):
    assert [] == said(report(where, text, PETITIONS, facts=FACTS))


@each(
    ("where", "text", "code", "place"),
    [
        ("one", "制发公文126件，其中主动公开45件、依申请公开81件、不予公开50件。", "E503", "分项之和 176"),
        ("three", "制发公文126件，其中主动公开45件、依申请公开81件、不予公开50件。", "E503", "分项之和 176"),
        ("four", "行政诉讼5件，其中1件被法院判决维持。", "E501", "行政诉讼结果维持1件"),
        ("three", "上年结转的3件已于1月底前全部办结。", "E501", "上年结转3件"),
        ("three", "新收政府信息公开申请数量与上年持平。", "E502", "新收与上年比持平"),
        ("four", "行政复议数量与上年持平。", "E502", "行政复议与上年比持平"),
        ("three", "新收政府信息公开申请130件，同比增长9.5个百分点。", "W501", "新收与上年比增长9.5个百分点"),
        ("one", "全年开展业务培训3场。", "E501", "业务培训3场"),
        ("one", "组织业务培训2场。", "E501", "业务培训2场"),
        ("one", "全年收取信息处理费390元。", "E501", "信息处理费390元"),
    ],
)
def test_a_false_sentence_is_found(where, text, code, place):
    [one] = said(report(where, text, PETITIONS, facts=FACTS))
    assert (code, True) == (one.code, place in one.place)


@pytest.mark.parametrize("where", ["one", "three"])
def test_parts_of_a_fact_that_are_named_as_rows_of_the_tables_are_the_facts_own(where):
    def told(text):
        return [(one.code, one.place.partition(" · ")[2]) for one in said(report(where, text, PETITIONS, facts=DOCUMENTS))]

    listed = "公文属性核定846件，其中主动公开312件、依申请公开391件、不予公开143件，定为不予公开的均须附法律条款。"
    assert told(listed) == []
    assert told(listed.replace("846", "864")) == [("E501", "公文属性核定864件")]
    exchanged = listed.replace("312", "0").replace("391", "312").replace("公开0", "公开391")
    assert told(exchanged) == [("E501", "主动公开391件"), ("E501", "依申请公开312件")]
    printed = "公文属性核定{{ 事实.公文属性核定 }}，其中主动公开{{ 事实.公文属性核定.依申请公开 }}、依申请公开"
    printed += "{{ 事实.公文属性核定.主动公开 }}、不予公开{{ 事实.公文属性核定.不予公开 }}。"
    assert told(printed) == [("E501", "主动公开391件"), ("E501", "依申请公开312件")]
    assert told(f"全年{listed}".replace("143", "134")) == [("E501", "不予公开134件")]
    assert told("草案意见40件，其中予以公开30件、不予处理10件。") == []
    assert told("草案意见40件，其中予以公开30件、不予处理1件。") == [("E501", "不予处理1件")]
    assert told("草案意见40件（予以公开30件、不予处理11件）。") == [("E501", "不予处理11件")]


TRAINED = {"培训人次": fact("培训人次", 112, "人次"), "业务培训": fact("业务培训", 37, "场")}
# A verb may stand on either side of a fact's name, with 了; and its unit behind the number.
VERBS = {
    "开展业务培训了38场。": "E501", "业务培训共开展38场。": "E501", "业务培训开展了38场。": "E501",
    "培训了113人次。": "W501", "全年组织培训113人次。": "W501",
}  # fmt: skip
OF_OTHERS = [
    "业务培训开展了37场。", "组织培训112人次。", "县医院培训113人次。", "第一期培训60人次，第二期培训52人次。",
    "每期培训40人次。", "5月组织培训30人次。", "举办专题讲座，培训30人次。", "举办培训班1期，培训40人次。",
    "培训医师60人次、护士52人次。", "计划培训150人次。",
]  # fmt: skip


def test_a_fact_is_known_with_its_verb_behind_and_with_its_unit_behind_the_number():
    assert VERBS == {text: one.code for text in VERBS for one in said(report("one", text, facts=TRAINED))}
    assert [] == [str(one) for text in OF_OTHERS for one in said(report("one", text, facts=TRAINED))]


@each(
    ("text", "unit", "last", "found"),
    [
        ("组织培训{{ 事实.培训人次 }}。再次，{{ 事实.培训人次 }}。", "", "人次", ["事实 · 培训人次"]),
        ("组织培训{{ 事实.培训人次 }}（含线上）。", "", "人次", ["事实 · 培训人次"]),
        ("组织培训{{ 事实.培训人次 }} 人次。", "", "人次", []),
        ("组织培训**{{ 事实.培训人次 }}**人次。", "", "人次", []),
        ("组织培训**{{ 事实.培训人次 }}**（人次）。", "", "人次", []),
        ("培训人次为 **{{ 事实.培训人次 }}**。", "", "人次", []),
        ("组织培训**{{ 事实.培训人次 }}**，参加人次多。", "", "人次", ["事实 · 培训人次"]),
        ("组织培训{{ 事实.培训人次 }}。", "人", "人次", []),
        ("组织培训{{ 事实.培训人次 }}。", "", "", []),
        ("组织培训{{ 事实.培训人次|万 }}人次。", "", "人次", []),
        ("| 项目 | 人次 |\n|---|---|\n| 培训 | {{ 事实.培训人次 }} |", "", "人次", []),
        ("{{ 事实.培训人次|同比(上年.事实.培训人次) }}。", "", "人次", []),
    ],
)
def test_a_fact_that_lost_the_unit_it_had_last_year_is_told_where_a_sentence_prints_it(text, unit, last, found):
    before = make(2023, LAST, facts={"培训人次": fact("培训人次", 96, last)})
    made = report("one", text, last=before, facts={"培训人次": fact("培训人次", 11200, unit)})
    assert [one.place for one in findings(made, "W233")] == found


@each(
    ("text", "found"),
    [
        ("组织培训{{ 事实.培训 }}人次。全年培训{{ 事实.培训 }}。", ["事实 · 培训"]),
        ("全年培训{{ 事实.培训 }}，比计划多。\n\n组织培训{{ 事实.培训 }} 人次。", ["事实 · 培训"]),
        ("组织培训{{ 事实.培训 }}人次。培训人次为{{ 事实.培训 }}。", []),
        ("组织培训{{ 事实.培训 }}人次。培训、座谈分别为{{ 事实.培训 }}、30人次。", []),
        ("组织培训{{ 事实.培训 }}人次。培训{{ 事实.培训 }}名干部。", []),
        ("组织培训{{ 事实.培训 }}人次。（单位：人次）培训{{ 事实.培训 }}，座谈30。", []),
        ("得分{{ 事实.培训 }}，比上年高。", []),
        ("组织培训{{ 事实.培训|万 }}人次，超过1万人次。", []),
        ("组织培训{{ 事实.培训 }}人次。\n\n| 培训 |\n|---|\n| {{ 事实.培训 }} |", []),
    ],
)
def test_a_fact_that_stands_alone_in_one_sentence_and_with_a_unit_in_another_is_told(text, found):
    made = report("one", text, facts={"培训": fact("培训", 11200)})
    assert [one.place for one in findings(made, "W233")] == found
