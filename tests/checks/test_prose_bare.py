"""Applications that are only called so: 收到申请1234件 is an error in the chapter on the year, of another matter none."""

import pytest

from prosing import report, said

WRONG = [
    "收到申请1234件。",
    "全年共收到申请1234件，均已答复。",
    "新收申请1234件。",
    "全年受理申请1234件。",
    "共处理申请1234件。",
    "全年收到1234件申请。",
    "申请总量达1234件。",
    "全年主动公开信息754条，收到申请1234件，办结128件。",
    "2024年，我局认真贯彻落实《条例》，扎实推进政府信息公开工作。全年收到申请1234件。",
    "依申请公开工作稳步推进。全年收到113件。",
]
DOUBTFUL = [
    "深化行政审批改革。全年受理申请1234件，办结1230件。",
    "我局推进政府信息公开和政务服务一体化。全年受理申请1234件。",
    "推进“一网通办”，全年受理申请1234件。",
    "加强社会救助。全年受理申请1234件，发放补助金120万元。",
    "受理申请1234件，发证1200本。",
    "开展职称评审，受理申请1234件。",
    "收到企业申请1234件，兑现资金3亿元。",
    "主动公开惠企政策12项，受理申请1234件，办结1230件。",
    "主动公开信息754条。不动产登记提速。全年受理申请1234件。",
    "**政务服务**\n\n全年受理申请1234件。",
    "### （一）主动公开\n\n主动公开信息754条。\n\n### （二）政务服务\n\n全年受理申请1234件。",
    "受理12345热线工单1200件。收到申请1234件。",
    "依申请公开工作稳步推进。法律援助有力。全年受理113件。",
]
OF_OTHERS = [
    "收到行政许可申请1234件。",
    "行政许可方面，收到申请1234件，办结1230件。",
    "不动产登记工作中，全年受理申请1234件。",
    "12345热线受理申请1234件。",
    "受理工伤认定申请1234件。",
    "仲裁委受理申请1234件。",
    "全市共收到申请1234件。",
    "依申请公开工作稳步推进。全年收到来信113件。",
    "依申请公开工作稳步推进。全年办理建议提案113件。",
    "依申请公开工作稳步推进。法律援助工作有序，全年受理113件。",
]


def codes(where, text):
    return {one.code for one in said(report(where, text))}


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_number_of_applications_is_an_error_in_the_chapter_on_the_year(text):
    assert codes("one", text) == {"E501"}


@pytest.mark.parametrize("text", DOUBTFUL)
def test_where_another_matter_is_near_it_is_a_question(text):
    assert codes("one", text) == {"W501"}


@pytest.mark.parametrize("text", OF_OTHERS)
def test_applications_for_something_else_are_not_asked_about(text):
    assert codes("one", text) == set()


def test_elsewhere_applications_that_are_only_called_so_are_a_question():
    assert [codes(where, "收到申请1234件。") for where in ("five", "six")] == [{"W501"}, {"W501"}]
