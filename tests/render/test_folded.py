"""What the screen folds away is open on paper."""

import pytest

from papers import all_of
from published import of, shown

FOLDED = "<details><summary>各镇情况</summary><p>十二件。</p><table><tr><td>河口镇</td><td>7</td></tr></table></details>"


@pytest.mark.browser
def test_paper_has_all_that_can_be_opened_on_the_screen(visit, tmp_path):
    for name, pages in all_of(of("# 报告", "甲。", shown(html=FOLDED), "乙。"), visit, tmp_path).items():
        lines = [line.text.strip() for page in pages for line in page.lines]
        assert lines[1:5] == ["甲。", "各镇情况", "十二件。", "河口镇7"], (name, lines)
