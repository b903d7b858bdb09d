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
