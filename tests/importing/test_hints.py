"""What reads as a template's hint: left out, and asked about where it may be the report's own."""

import pytest

import imports

PAGE = "<h1>示例市测试局2023年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>平稳。</p><p>{}</p>"
PAGE += "<p>六、其他需要报告的事项</p><p>无。</p>"
ASKED = "下列句子读作模板的提示，没有取用：是正文的，补进 narrative.md"


@pytest.mark.parametrize(
    "text",
    [
        "请按照《条例》第二十九条的规定提交申请，全年收到当面申请35件。",
        "填报说明会召开3次。",
        "XX县、XX镇两级平台已整合。",
        "填写说明已经印发。",
        "示例：35件",
        "（请填写35件）",
    ],
)
def test_what_may_be_text_is_asked_about(tmp_path, text):
    made = imports.begin(tmp_path, ("a.html", PAGE.format(text))).made
    assert [one.partition("：")[2] for one in made.questions[ASKED]] == [text]
    assert text in [one for _, one, _ in made.left_out]


@pytest.mark.parametrize("text", ["（请在此填写总体情况。）", "填写说明：不超过1000字。", "此处填写主要问题"])
def test_a_plain_hint_is_not(tmp_path, text):
    made = imports.begin(tmp_path, ("a.html", PAGE.format(text))).made
    assert ASKED not in made.questions
    assert "模板的提示" in [why for _, _, why in made.left_out]
