"""A number that no data settles, said in two chapters with two values."""

import pytest

from making import findings, make
from prosing import CHAPTERS, LAST, VALUES


def told(one, five):
    """The findings on a report of 2024 whose chapters 一 and 五 hold these texts."""
    texts = dict.fromkeys(CHAPTERS, "见表。") | {"one": one, "five": five}
    narrative = "\n\n".join(f"{CHAPTERS[name]}\n\n{texts[name]}" for name in CHAPTERS)
    return [one for one in findings(make(2024, VALUES, make(2023, LAST), narrative)) if one.code == "W506"]


TWO = [
    ("全年举办业务培训班3期。", "2024年，我局共举办业务培训班4期。"),
    ("召开政务公开会议3次，参会120人。", "一是召开政务公开会议5次。"),
    ("截至12月底，政务新媒体发布信息320条。", "全年政务新媒体累计发布信息322条。"),
    ("**（一）培训。** 组织业务培训12场次。", "（二）培训。组织业务培训13场次。"),
    ("示例市测试局发布政策解读40篇。", "发布政策解读４１篇。"),
    ("举办业务培训班3期，培训120人。", "问题不少。举办业务培训班10余期。"),
]
TWO += [
    ("组织业务培训2次，参训160人次。", "问题：培训少，全年仅组织业务培训3次。"),
    ("组织业务培训2次，参训160人次。", "全年组织业务培训2次，参训190人次。"),
    ("发布政策解读材料24篇，回应群众关切12次。", "发布政策解读材料24篇，回应群众关切15次。"),
    ("召开新闻发布会2场。", "（二）召开新闻发布会3场。"),
    ("我局网站全年发布信息1204条。", "局网站全年发布信息1240条。"),
    ("局网站全年访问量达35.6万次。", "局网站全年访问量为36.5万次，不及预期。"),
    ("印发文件三份。", "问题不少!印发文件4份。"),
    ("印发文件三份。", "问题不少;印发文件4份?"),
    ("印发文件三份。", "问题：印发文件4份，落实不够。"),
    ("全年举办业务培训班3期，参训160人次。", "问题：培训覆盖面不广，全年举办业务培训班4期，仅覆盖机关。"),
]
ONE = [
    ("抽查基层站所6个。", "问题：抽查基层站所12个，是市政府办公室要求的数量，我局只完成半数。"),
    ("5月召开政务公开会议1次，参会20人。", "8月召开政务公开会议1次，参会30人。"),
    ("全年发布信息1866条。", "问题：公众号更新慢，全年发布信息30条。"),
    ("全年举办业务培训班3期。", "与先进地区相比差距较大，邻县全年举办业务培训班9期。"),
    ("共发布信息1866条。", "截至11月底，共发布信息1702条，12月发布164条。"),
    ("全年印发通知3份，部署年度任务。", "全年印发通知1份，明确收费办法，另2份为培训通知。"),
    ("局机关召开工作例会12次。", "局机关召开工作例会2次，研究收费问题。"),
    ("全年举办业务培训班3期。", "举办业务培训班3期。"),
    ("举办业务培训班12期。", "举办业务培训班10余期。"),
    ("2023年举办业务培训班3期。", "举办业务培训班4期。"),
    ("上半年举办业务培训班3期。", "举办业务培训班4期。"),
    ("微信公众号方面，发布政务信息30条。", "门户网站方面，发布政务信息120条。"),
    ("举办业务培训班3期。", "计划举办业务培训班4期。"),
    ("举办业务培训班3期。", "举办业务培训班4次。"),
    ("召开会议3次。", "举办会议4次。"),
    ("5月召开政务公开会议1次。", "8月召开政务公开会议2次。"),
    ("发布政策解读12篇。", "发布政策解读12篇、图解3篇。"),
    ("", ""),
]


@pytest.mark.parametrize(("one", "five"), TWO)
def test_the_later_chapter_is_asked_which_number_is_right(one, five):
    found = told(one, five)
    assert len(found) == 1
    assert found[0].place.startswith("五、存在的主要问题及改进情况 · ")
    assert "“一、总体情况”" in found[0].expected


@pytest.mark.parametrize(("one", "five"), ONE)
def test_what_may_be_true_of_both_is_no_finding(one, five):
    assert [] == [str(one) for one in told(one, five)]


@pytest.mark.parametrize("between", ["", "工作平稳。", "\n\n"])
def test_two_numbers_of_the_whole_year_under_one_heading_are_asked_about(between):
    [found] = told(f"（一）培训。全年举办业务培训班3期。{between}2024年，我局共举办业务培训班4期。", "")
    assert found.place == "一、总体情况 · 4期"
    assert "“一、总体情况”" in found.expected


@pytest.mark.parametrize(
    "one",
    [
        "举办业务培训班3期。举办业务培训班4期。",
        "全年举办业务培训班3期。其中，举办业务培训班2期。",
        "全年举办业务培训班3期。上半年举办业务培训班2期。",
        "全年举办业务培训班3期。全年共举办业务培训班3期。",
        "全年发布政务信息500条。\n\n### （二）平台建设\n\n全年发布政务信息30条。",
        "（一）公开。全年发布政务信息500条。\n（二）平台。全年发布政务信息30条。",
        "一是全年发布政务信息500条。二是全年发布政务信息30条。",
        "公众号方面，工作平稳。全年发布政务信息30条。网站方面，工作平稳。全年发布政务信息500条。",
        "全年发布政务信息500条。2023年发布政务信息400条。",
    ],
)
def test_other_numbers_of_one_chapter_are_its_own_matter(one):
    assert [] == told(one, "")
