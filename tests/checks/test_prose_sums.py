"""A bare 共 that adds up what its sentence names, and the share of those who are the most (以自然人为主，占92.3%)."""

from prosing import other

TRUE = [
    ("three", "网络申请85件、信函申请40件，共125件，占96.2%。", ""),
    ("three", "自然人申请120件、企业7件，共127件。", ""),
    ("three", "网络申请85件、信函申请45件，共130件，占100%。", ""),
    ("three", "自然人申请120件，法人申请10件，共130件，以自然人为主，占92.3%。", ""),
    ("three", "自然人提出申请120件，法人和其他组织提出申请10件，合计130件，申请人以自然人为主，占比92.3%。", ""),
    ("three", "全年收到申请130件，以自然人为主，占92.3%。", ""),
    ("three", "全年收到申请130件，以自然人申请为主，占比达92.3%。", ""),
]
WRONG = [
    ("three", "网络申请85件、信函申请40件，共126件。", "E501"),
    ("three", "网络申请85件、信函申请40件，共125件，占97.2%。", "W501"),
    ("three", "网络申请86件、信函申请45件，共131件。", "W501"),
    ("three", "网络申请85件、信函申请40件，合计125件。", "E501"),
    ("three", "自然人申请120件，法人申请10件，共130件，以自然人为主，占93.3%。", "E502"),
    ("three", "全年收到申请130件，以自然人为主，占82.3%。", "W501"),
    ("three", "全年收到申请130件，占92.3%，以自然人为主。", "E502"),
]


def test_a_bare_sum_is_that_of_the_numbers_named_and_the_most_have_their_own_share():
    assert other(TRUE) == []


def test_a_sum_that_does_not_add_up_and_a_wrong_share_of_the_most_are_told():
    assert other(WRONG) == []
