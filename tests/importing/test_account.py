"""What import.md says of an import, beside what has to be decided."""

import words
from imports import imported

TITLE = "示例市测试局2023年政府信息公开工作年度报告"
FEES = (
    "<tr><td>第二十条第（八）项</td></tr><tr><td>信息内容</td><td>本年收费金额（单位：{unit}）</td></tr>"
    "<tr><td>行政事业性收费</td><td>{sum}</td></tr>"
)


def test_a_fee_in_another_unit_than_the_statutory_one_is_said(tmp_path):
    page = f"<h1>{TITLE}</h1><p>一、总体情况</p><p>平稳。</p><table>{FEES}</table>"
    made = imported(tmp_path, ("元.html", page.format(unit="元", sum="864000"))).made
    assert [text for _, text, what in made.said if "单位" in what] == [
        "表二 行政事业性收费 / 本年收费金额（单位：万元）：864000元"
    ]
    (tmp_path / "2").mkdir()
    made = imported(tmp_path / "2", ("万元.html", page.format(unit="万元", sum="86.4"))).made
    assert [text for _, text, what in made.said if "单位" in what] == []


def test_a_footnote_is_asked_about_as_a_footnote(tmp_path):
    note = f'<w:footnotes {words.W}><w:footnote w:id="1">{words.paragraph("数据截至12月。")}</w:footnote></w:footnotes>'
    made = words.document(*map(words.paragraph, (TITLE, "一、总体情况", "公开5条。")), footnotes=note)
    asked = imported(tmp_path, ("脚注.docx", made)).made.questions
    assert asked["文件里有脚注或尾注，没有取用：逐条决定"] == ["脚注（脚注1）：数据截至12月。"]
