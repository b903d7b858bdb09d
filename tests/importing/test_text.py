"""The text of an import is proved to print as it stands, or asked about."""

import pytest

import imports
from nianbao.importing import prose

TITLE = "示例市测试局2023年政府信息公开工作年度报告"
LOST = "下列段落印出来会与原文不同：核对 narrative.md"


@pytest.mark.parametrize(
    ("full_width", "text"), [(False, "甲{乙}丙。"), (True, "甲,乙。"), (True, "甲,{乙}丙。"), (True, "甲(乙)丙:丁。")]
)
def test_a_paragraph_that_would_be_lost_is_asked_about_whatever_else_was_written_otherwise(
    tmp_path, monkeypatch, full_width, text
):
    """A paragraph is spoilt where it is written; what proves it afterwards has to see that."""
    page = (
        f"<h1>{TITLE}</h1><p>一、总体情况</p><p>{text}</p><p>五、存在的主要问题及改进情况</p><p>{text}</p><p>会丢的话。</p>"
    )
    made = imports.imported(tmp_path, ("a.html", page), full_width=full_width).made
    assert LOST not in made.questions
    written = prose.block
    monkeypatch.setattr(prose, "block", lambda one: written(one).replace("会丢的", "丢了的"))
    made = imports.imported(tmp_path / "2", ("a.html", page), full_width=full_width).made
    assert made.questions[LOST] == ["第6段：会丢的话。"]
