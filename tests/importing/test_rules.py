"""What was written otherwise than it stood is listed under the rule by which the kit read it."""

from cases import each
from nianbao import reading
from nianbao.importing.rules import rule_of
from nianbao.inputs.cells import NUMBER, Cell


@each("sign", ["减", "减少", "净减", "-", "−", "–", "﹣", "—", "─", "负", "↓", "增", "增加", "新增", "净增", "+", "↑"])
def test_each_sign_of_a_change_has_its_rule(sign):
    value = reading.change(f"{sign}3")
    assert rule_of(f"{sign}3", Cell(NUMBER, value)) == ("正号" if value > 0 else "负数的写法")


@each("word", ["件", "例", "户", "部", "(份)"])
def test_a_word_behind_a_number_has_its_rule(word):
    assert reading.usual(f"3{word}") == "3"
    assert rule_of(f"3{word}", Cell(NUMBER, 3)) == "数字后的量词"
