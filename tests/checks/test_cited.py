"""Notices, decrees and articles that a text cites: those that are not what the words around them name, and no others."""

import pytest

from making import BODY, findings, make

RULE = "《中华人民共和国政府信息公开条例》"


def found(text):
    narrative = BODY.replace("工作有序开展。", f"工作有序开展。\n\n{text}")
    return narrative, findings(make(2024, narrative=narrative), "W243")


@pytest.mark.parametrize(
    ("text", "quoted", "expected"),
    [
        ("按照国办公开办函〔2012〕30号要求编制。", "国办公开办函〔2012〕30号", "国办公开办函〔2021〕30号"),
        ("按照国办公开办函[2020] 60号文件编制。", "国办公开办函[2020] 60号", "国办公开办函〔2019〕60号"),
        ("按照国办公开办函〔2012〕三十号要求编制。", "国办公开办函〔2012〕三十号", "国办公开办函〔2021〕30号"),
        (
            "根据《年度报告格式》（国办公开办函〔2021〕13号）编制。",
            "国办公开办函〔2021〕13号",
            "国办公开办函〔2019〕60号或国办公开办函〔2021〕30号",
        ),
        (f"依据国务院令第712号公布的{RULE}。", f"国务院令第712号公布的{RULE}", "国务院令第711号"),
        (f"依据{RULE}（国务院令第七百一十二号）。", f"{RULE}（国务院令第七百一十二号", "国务院令第711号"),
        (f"根据{RULE}（国务院令 第 717 号）编制。", f"{RULE}（国务院令 第 717 号", "国务院令第711号"),
        (f"根据{RULE}第六十条规定编制本报告。", f"{RULE}第六十条", "《政府信息公开条例》共56条"),
        (f"落实{RULE}第二十条、第57条。", f"{RULE}第二十条、第57条", "《政府信息公开条例》共56条"),
        ("根据《条例》第七十条规定答复。", "《条例》第七十条", "《政府信息公开条例》共56条"),
        (f"根据{RULE}第三十一条规定，编制本报告。", f"{RULE}第三十一条", "第四十九条、第五十条（政府信息公开工作年度报告）"),
        (
            f"按照{RULE}第四十条的要求，我局编制2024年度报告。",
            f"{RULE}第四十条",
            "第四十九条、第五十条（政府信息公开工作年度报告）",
        ),
    ],
)
def test_a_number_that_is_not_the_cited_ones_is_a_warning_with_its_words_as_typed(text, quoted, expected):
    narrative, [finding] = found(text)
    assert (f"“{quoted}”", expected) == (finding.found, finding.expected)
    assert narrative.split("\n")[finding.source.line - 1] == text


@pytest.mark.parametrize(
    "text",
    [
        "按照国办公开办函〔2021〕30号、国办公开办函〔2019〕60号要求编制年度报告。",
        "按照国办公开办函〔2021〕三十号、国办公开办函〔2019〕第六十号要求编制年度报告。",
        "落实《关于规范政府信息公开平台有关事项的通知》（国办公开办函〔2019〕61号）。",
        "落实国办公开办函〔2019〕六十一号的通知。",
        f"依据{RULE}（国务院令第711号）和国务院令第七一一号办理。",
        f"修订前的{RULE}（国务院令第492号）同时废止，省政府令第712号继续有效。",
        "《优化营商环境条例》（国务院令第722号）与政府信息公开条例同步宣传。",
        f"根据{RULE}第四十九条、第五十条规定，编制本报告。",
        f"根据{RULE}第五十条规定和省政府办公厅要求，现公布2024年年度报告。",
        f"根据{RULE}第二十条规定主动公开信息，第三十六条规定答复申请，并编制年度报告。",
        "落实《示例市促进条例》，《条例》第七十条已经宣传。",
        f"{RULE}第五十六条、第1条均已学习，完成了5条。",
    ],
)
def test_what_is_cited_rightly_and_other_notices_and_laws_are_none(text):
    assert [] == found(text)[1]
