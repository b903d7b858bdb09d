"""An acceptance of a statement is of no other one: neither of another cell nor of another year."""

import pytest

from prosing import LAST, VALUES, report, said


@pytest.mark.parametrize(
    ("accepted", "other"),
    [
        ("自然人新收申请15件。", "自然人予以公开15件。"),
        ("自然人新收申请15件。", "自然人申请办结15件。"),
        ("自然人予以公开15件。", "自然人部分公开15件。"),
        ("新收申请31件。", "2023年新收申请31件。"),
        ("新收申请31件。", "上年新收申请31件。"),
        ("2023年办结申请31件。", "办结申请31件。"),
        ("行政复议31件。", "2023年行政复议31件。"),
    ],
)
def test_the_place_of_a_finding_is_of_its_cell_and_year(accepted, other):
    where = "four" if "复议" in accepted else "three"
    (one,), (another,) = (said(report(where, text, VALUES, LAST)) for text in (accepted, other))
    assert one.place != another.place


def test_each_wrong_cell_of_a_sentence_is_told():
    told = said(report("three", "企业予以公开131件，企业部分公开131件，企业不予公开131件。", VALUES, LAST))
    assert 3 == len(told)
    assert 2 == len(said(report("three", "收到131件，2023年收到131件。", VALUES, LAST)))
