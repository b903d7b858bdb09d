"""Words of a page that nobody can read for their size, or that are all but clear, are none of its text."""

import pytest

import imports

TITLE = "示例市测试局2023年政府信息公开工作年度报告"
PAGE = f"<h1>{TITLE}</h1><p>一、总体情况</p><p>公开184条。</p><p>六、其他需要报告的事项</p><p>无。</p>"


@pytest.mark.parametrize(
    ("style", "is_read"),
    [("font-size:1px", False), ("font-size:.5px", False), ("font-size:1pt", False), ("opacity:.01", False),
     ("opacity:0", False), ("font-size:12px", True), ("opacity:.8", True), ("opacity:1", True), ("font-size:10.5pt", True)],
)  # fmt: skip
def test_words_that_nobody_can_read_are_not_taken(tmp_path, style, is_read):
    page = PAGE.replace("184", f"184<span style='{style}'>3</span>")
    text = imports.begin(tmp_path, ("a.html", page)).made.files["narrative.md"]
    assert ("公开1843条。" in text) == is_read
