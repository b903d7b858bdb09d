# ruff: noqa: E501  (sentences on one line)
"""Shapes of sentences that real reports have: told as the tables tell it, or found."""

from prosing import VALUES, report, said

WITHDRAWN = VALUES | {"表四": {("行政复议", "总计"): 1, ("行政复议", "其他结果"): 1}}


def codes(where, text, values=VALUES):
    return [one.code for one in said(report(where, text, values))]


def told(where, texts, values=VALUES):
    """The texts in which something is found, each with its codes."""
    return [(text, found) for text in texts if (found := codes(where, text, values))]


def test_an_application_that_was_withdrawn_is_no_decision_that_was_corrected():
    texts = (
        "提起行政复议1件（已撤销申请），提起行政诉讼0件。", "行政复议1件，申请人主动撤销。", "行政复议1件（申请人已撤销复议申请）。",
        "行政复议1件（申请人撤回复议申请）。", "行政复议1件，已撤销其行政复议申请。",
    )  # fmt: skip
    assert told("four", texts, WITHDRAWN) == []
    for text in ("行政复议1件，被撤销。", "行政复议1件，被撤销，申请人未再申请。"):
        assert codes("four", text, WITHDRAWN) == ["W501"], text
    upheld = {"表四": {("行政复议", "总计"): 1, ("行政复议", "结果维持"): 1}}
    assert codes("four", "行政复议1件，申请人主动撤销。", VALUES | upheld) == ["W501"]


def test_all_of_what_was_received_and_handled_are_those_received_or_those_concluded():
    some = {("一", "总计"): 9, ("一", "自然人"): 9, ("三（一）", "总计"): 7, ("三（一）", "自然人"): 7, ("三（七）", "总计"): 7,
            ("三（七）", "自然人"): 7, ("四", "总计"): 2, ("四", "自然人"): 2, ("二", "总计"): 0}  # fmt: skip
    values = VALUES | {"表三": some}
    texts = (
        "全年共收到和办理依申请公开9件，全部为自然人申请，上年度结转政府信息公开申请0件。", "收到并办理政府信息公开申请9件，均为自然人提出。",
        "收到和办结政府信息公开申请7件，均为自然人提出。", "受理并答复政府信息公开申请9件，全部由自然人提出。",
    )  # fmt: skip
    assert told("one", texts, values) == []
    for text in ("收到和办理政府信息公开申请9件，全部为企业申请。", "收到并办结政府信息公开申请9件，均为企业提出。"):
        assert codes("one", text, values) == ["E501"], text


def test_what_all_of_a_number_are_narrows_no_number_behind_it():
    texts = ("收到政府信息公开申请120件，均为自然人申请，上年度结转政府信息公开申请4件。",)
    carried = VALUES | {"表三": VALUES["表三"] | {("一", "总计"): 120, ("一", "商业企业"): 0, ("一", "法人或其他组织", "其他"): 0}}
    assert told("one", texts, carried) == []
    assert codes("one", "收到政府信息公开申请120件，均为自然人申请，上年度结转政府信息公开申请5件。", carried) == ["E501"]
    assert codes("one", "申请全部为自然人提出，共115件。") == codes("one", "自然人提出申请115件。")
