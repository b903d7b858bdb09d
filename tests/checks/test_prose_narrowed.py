"""Words beside the clause of a number that narrow what it counts: a reason, a way, a person, a field, a time.

`因属于国家秘密，不予公开17件。` is said of that row alone, `通过信函方式，收到申请30件。` of no cell.
"""

import pytest

from prosing import LAST, VALUES, report, said

# Secrets of state 17, third parties 3, not handled 3.
TABLES = VALUES | {"表三": VALUES["表三"] | {("三（三）1", "总计"): 17, ("三（三）4", "总计"): 3, ("三（五）1", "总计"): 2}}
# What names a row, an applicant or a course of lawsuits: true with this number, wrong with the other.
BOUND = [
    ("three", "因属于国家秘密，不予公开{}件。", 17, 18),
    ("three", "涉及国家秘密的，不予公开{}件。", 17, 18),
    ("three", "对涉及国家秘密的，依法不予公开{}件。", 17, 18),
    ("three", "属于过程性信息的，依法不予公开{}件。", 12, 13),
    ("three", "因没有现成信息，无法提供{}件。", 6, 7),
    ("three", "需要另行制作、加工，无法提供{}件。", 6, 7),
    ("three", "由于本机关不掌握，无法提供{}件。", 20, 21),
    ("three", "因本机关不掌握相关信息，无法提供{}件。", 20, 21),
    ("three", "属于重复申请，不予处理{}件。", 1, 4),
    ("three", "因申请人逾期不补正，作其他处理{}件。", 6, 7),
    ("three", "不予公开{}件，理由为国家秘密。", 17, 18),
    ("three", "不予公开{}件，系过程性信息。", 12, 13),
    ("three", "无法提供{}件，因本机关不掌握。", 20, 21),
    ("three", "无法提供{}件，原因是不掌握相关信息。", 20, 21),
    ("three", "无法提供{}件，均因本机关不掌握。", 20, 21),
    ("three", "不予公开{}件（国家秘密），不予公开12件（过程性信息）。", 17, 18),
    ("three", "不予公开{}件（属于国家秘密）；部分公开9件。", 17, 18),
    ("three", "予以公开50件，因属于国家秘密，不予公开{}件。", 17, 18),
    ("three", "因属于国家秘密，不予公开{}件，因没有现成信息，无法提供6件。", 17, 18),
    ("three", "由自然人提出，收到{}件。", 120, 121),
    ("three", "其中，来自企业，收到申请{}件。", 7, 8),
    ("three", "对法人或其他组织，受理{}件。", 10, 11),
    ("four", "未经复议，直接起诉3件；经复议后，起诉{}件。", 2, 3),
    ("four", "未经复议，起诉{}件。", 3, 4),
]
# What names nothing that is known.
OPEN = [
    ("three", "无法提供20件（本机关不掌握）、6件（没有现成信息）。"),
    ("three", "其他处理6件（逾期不补正）、4件（其他）。"),
    ("three", "不予公开17件，因涉及国家秘密；不予公开12件，因属于过程性信息。"),
    ("three", "无法提供26件（本机关不掌握20件，没有现成信息6件）。"),
    ("three", "经检索未找到相关信息，无法提供20件。"),
    ("three", "征求第三方意见后，因第三方不同意公开，不予公开3件。"),
    ("three", "因第三方不同意，不予公开3件。"),
    ("three", "因申请内容不属于政府信息，不予公开2件。"),
    ("three", "对不属于本机关职责的，无法提供8件。"),
    ("three", "不予公开5件，理由为影响社会稳定。"),
    ("three", "通过信函方式，收到申请30件。"),
    ("three", "通过网络渠道，收到申请98件，办结95件。"),
    ("three", "通过信函方式，收到申请30件，同比增长50%。"),
    ("three", "通过信函方式，收到申请30件，均已办结。"),
    ("three", "通过信函方式，收到申请30件，其中予以公开10件，部分公开2件。"),
    ("three", "以邮寄方式，受理申请28件。"),
    ("three", "通过政府网站，收到申请40件。"),
    ("three", "在政务服务大厅窗口，受理申请2件。"),
    ("three", "涉及征地拆迁的，新收申请60件。"),
    ("three", "涉及征地拆迁的，新收申请60件，办结58件，予以公开20件。"),
    ("three", "在征地拆迁领域，收到申请60件。"),
    ("three", "关于房屋征收的，收到申请40件。"),
    ("three", "疫情期间，受理申请30件。"),
    ("three", "汛期期间，收到申请3件。"),
    ("four", "涉及征地的，提起行政复议6件。"),
    ("four", "因征地信息，引发行政诉讼3件。"),
    ("four", "因征地信息，引发行政诉讼3件，均维持。"),
    ("two", "在安全生产领域，作出行政处罚20件。"),
    ("two", "在安全生产领域，我局加大执法力度，作出行政处罚决定20件。"),
    ("two", "对违法占地行为，作出行政处罚30件。"),
    ("two", "针对无证经营，作出行政处罚11件。"),
    ("two", "通过一网通办平台，办理行政许可1400件。"),
    ("two", "在政务服务大厅窗口，办理行政许可决定1400件。"),
    ("two", "以局名义，制发规范性文件3件；与其他部门联合，制发规范性文件2件。"),
    ("two", "涉及营商环境的，废止规范性文件3件。"),
    ("three", "经查找，未找到相关信息，无法提供20件。"),
    ("three", "因需要本机关另行制作，无法提供6件。"),
    ("three", "因属于信访举报投诉，不予处理2件。"),
    ("three", "因申请人撤回申请，作其他处理4件。"),
    ("three", "申请人主动撤回，作其他处理4件。"),
    ("three", "通过当面递交，收到申请2件。"),
    ("three", "全年通过邮寄，收到申请30件。"),
    ("three", "采取书面形式，答复100件。"),
    ("three", "通过邮寄方式，送达答复书40件。"),
    ("three", "经市政府转办，受理申请5件。"),
    ("three", "由市局转来，收到申请5件。"),
    ("three", "由律师代理，提出申请20件。"),
    ("three", "来自外省，收到申请6件。"),
    ("three", "在房屋征收方面，收到申请40件。"),
    ("three", "就征地补偿，收到申请20件。"),
    ("three", "申请内容涉及征地补偿，收到申请20件。"),
    ("three", "机构改革期间，受理申请3件。"),
    ("three", "过渡期内，受理申请3件。"),
    ("three", "经批准延期，办结5件。"),
    ("three", "征得第三方同意后，予以公开5件。"),
    ("three", "补正后，予以公开5件。"),
    ("three", "属于主动公开范围的，告知获取方式，予以公开20件。"),
    ("four", "因不服不予公开决定，引发行政复议5件。"),
    ("four", "由企业提起，行政诉讼1件。"),
    ("four", "经市政府复议，维持5件。"),
    ("four", "经法院一审，维持2件。"),
    ("four", "向市政府提起，行政复议5件。"),
    ("four", "对复议决定不服，起诉2件。"),
    ("two", "在市场监管领域，作出行政处罚20件，行政许可300件。"),
    ("two", "因违法占地，作出行政处罚12件。"),
    ("two", "适用简易程序，作出行政处罚决定12件。"),
    ("two", "采用告知承诺制，办理行政许可300件。"),
    ("two", "联合市发改委，制发规范性文件2件。"),
    ("two", "因有效期届满，废止规范性文件3件。"),
    ("two", "在安全生产领域作出行政处罚20件。"),
    ("two", "对违法占地行为作出行政处罚30件。"),
    ("two", "通过一网通办平台办理行政许可1400件。"),
]
# What only tells how or why all of it came: the number is the whole cell's.
WHOLE = [
    ("three", "经审查，不予公开{}件。", 32, 33),
    ("three", "根据《条例》规定，不予公开{}件。", 32, 33),
    ("three", "对收到的申请，依法办理，予以公开{}件。", 50, 51),
    ("three", "对依法可以公开的，予以公开{}件。", 50, 51),
    ("three", "对符合条件的，予以公开{}件。", 50, 51),
    ("three", "通过网络、信函、当面等渠道，共收到申请{}件。", 130, 131),
    ("three", "通过加强宣传，全年收到申请{}件。", 130, 131),
    ("three", "通过多种渠道，收到申请{}件。", 130, 131),
    ("three", "由于宣传力度加大，收到申请{}件。", 130, 131),
    ("three", "在局党组的领导下，收到申请{}件。", 130, 131),
    ("three", "以公开为常态，收到申请{}件。", 130, 131),
    ("three", "对照年度要点，收到申请{}件，办结128件。", 130, 131),
    ("three", "截至年底，收到申请{}件。", 130, 131),
    ("three", "在法定期限内，办结申请{}件。", 128, 129),
    ("three", "本年度期间，收到申请{}件。", 130, 131),
    ("three", "因信息公开工作需要，收到申请{}件。", 130, 131),
    ("three", "对公民、法人和其他组织提出的申请，办结{}件。", 128, 129),
    ("three", "不予公开{}件，主要理由为国家秘密。", 32, 33),
    ("three", "不予公开{}件，依据为《条例》第十四条。", 32, 33),
    ("three", "通过网络渠道，收到申请98件；全年办结{}件。", 128, 129),
    ("four", "因政府信息公开申请，引发行政复议{}件。", 9, 8),
    ("four", "因不服信息公开答复，提起行政复议{}件。", 9, 8),
    ("two", "在行政处罚方面，作出行政处罚决定{}件。", 44, 45),
    ("two", "通过严格执法，作出行政处罚决定{}件。", 44, 45),
    ("two", "按照法定程序，制发规范性文件{}件。", 5, 6),
]


def told(where, text):
    return [(one.code, one.found) for one in said(report(where, text, TABLES, LAST))]


# What stands before any number and narrows none.
ANYHOW = [
    "经统计", "据统计", "经梳理", "经核实", "经认真研究", "在规定期限内", "在法定时限内", "对收到的申请",
    "对群众提出的申请", "对照上级要求", "对标先进", "坚持依法公开", "以制度建设为抓手", "以人民为中心", "围绕中心工作",
    "围绕群众关切", "针对存在的问题", "针对依申请公开工作中的薄弱环节", "在依申请公开方面", "关于政府信息公开申请情况",
    "就依申请公开工作", "通过加强学习", "通过多种途径", "通过线上线下渠道", "通过网站、信函、当面", "由办公室牵头",
    "由政策法规科统一受理", "由于机构改革", "由于政策调整", "因工作需要", "因群众维权意识增强", "受疫情影响",
    "在市委的领导下", "根据条例", "按照规定", "按照法定程序", "严格按照程序", "统计期间", "本年度期间",
    "依法应当公开的", "没有发生投诉", "属于公开范围的", "涉及面广", "来自社会各界", "来自公民、法人和其他组织",
    "从办理结果看",
]  # fmt: skip


def found(where, text):
    return [f"{one.code} {one.found}" for one in said(report(where, text, TABLES, LAST))]


def silent(sentences):
    """The findings on sentences that are true."""
    return [one for where, text in sentences for one in found(where, text)]


def missed(sentences):
    """The sentences with a wrong number that are no error."""
    return [text for where, text in sentences if not any(one.startswith("E501") for one in found(where, text))]


@pytest.mark.parametrize("sentences", [BOUND, WHOLE])
def test_the_number_is_that_of_the_cell_which_the_words_beside_name_or_of_the_whole(sentences):
    assert [] == silent((where, text.format(right)) for where, text, right, _ in sentences)
    assert [] == missed((where, text.format(wrong)) for where, text, _, wrong in sentences)


def test_what_narrows_a_number_to_what_no_cell_has_leaves_it_alone():
    assert [] == silent(OPEN)


def test_a_reason_that_leaves_open_which_ones_are_counted_makes_a_doubt_of_an_error():
    texts = ["因属于国家秘密等原因，不予公开30件。", "因案情复杂，结转下年度继续办理3件。"]
    assert [["W501"]] * 2 == [[one[:4] for one in found("three", text)] for text in texts]


def test_what_stands_before_any_number_narrows_none():
    counts = [("three", "收到政府信息公开申请131件"), ("two", "作出行政处罚决定45件"), ("two", "制发规范性文件6件")]
    assert [] == missed((where, f"{one}，{text}。") for one in ANYHOW for where, text in counts)


FIELDS = ["领域", "行业", "片区", "条线", "行为", "事项", "类", "环节", "区域", "路段", "项目", "违法", "方面"]
HEADS = ["涉及", "关于", "有关", "针对", "来自", "源于", "出于", "就", "内容涉及", "因", "由于", "鉴于"]
KINDS = ["以镇政府名义", "与公安局联合", "联合公安局", "牵头", "参与", "按简易程序"]
WAYS = [
    "方式", "渠道", "途径", "形式", "平台", "系统", "窗口", "网站", "网络", "大厅", "中心", "信函", "来信",
    "邮寄", "邮件", "邮箱", "快递", "传真", "公众号", "微博", "微信", "客户端", "热线", "电话", "当面", "现场", "线上",
]  # fmt: skip


def test_each_word_for_a_field_a_matter_or_a_way_narrows():
    texts = [
        *(f"在村庄规划{field}，作出行政处罚20件。" for field in FIELDS),
        *(f"{head}村庄规划，作出行政处罚20件。" for head in HEADS),
        *(f"通过当地{way}，办理行政许可300件。" for way in WAYS),
        *(f"村庄规划{time}，作出行政处罚20件。" for time in ("期间", "时期", "阶段")),
        *(f"{kind}，作出行政处罚20件。" for kind in KINDS),
    ]
    assert [] == silent(("two", text) for text in texts)
