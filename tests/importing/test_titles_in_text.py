"""A line of the text that reads as a report's title cuts nothing off."""

import pytest

import imports

TITLE = "示例市测试局2023年政府信息公开工作年度报告"
LINE = "示例市测试局2022年政府信息公开工作年度报告"
LINES = [
    TITLE, "一、总体情况", "平稳。", "三、收到和处理政府信息公开申请情况", "无。", "五、存在的主要问题及改进情况",
    "一是人少。", "二是队伍不稳定。", "六、其他需要报告的事项", "没有。", "示例市测试局", "2024年1月20日",
]  # fmt: skip


@pytest.mark.parametrize("at", range(2, 10))
def test_what_stands_below_such_a_line_is_in_the_text(tmp_path, at):
    lines = [*LINES[:at], "下列报告已经公开：", LINE, *LINES[at:]]
    made = imports.imported(tmp_path, ("a.html", "".join(f"<p>{one}</p>" for one in lines))).made
    assert made.title.text == TITLE
    for one in LINES[1:10]:
        assert one in made.files["narrative.md"]
    assert LINE in made.files["narrative.md"]
    assert "date: 2024-01-20" in made.files["report.yaml"]
    assert "示例市测试局" in made.files["report.yaml"]
