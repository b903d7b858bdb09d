"""Finding cells by the names people use for them, and every place where an identity must hold."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases import each
from making import FORMATS, keys_of
from nianbao.statute.equations import Equation, Term, instances
from nianbao.statute.names import UnknownLabel, locate
from nianbao.statute.tree import Node, Part, Table, labels_of

TABLES = [(form, table) for form in FORMATS for table in FORMATS[form].tables]
TABLE2, TABLE3, TABLE4 = (FORMATS["2021"].tables[name] for name in ("table2", "table3", "table4"))
NEW = ("一、本年新收政府信息公开申请数量",)
RESULTS = "三、本年度办理结果"
ALL = ("申请人情况", "总计")


@pytest.mark.parametrize(("form", "name"), TABLES)
def test_every_cell_is_found_by_its_full_labels(form, name):
    table = FORMATS[form].tables[name]
    assert [[key] for key in keys_of(table)] == [locate(table, key[0] + key[1]) for key in keys_of(table)]


@pytest.mark.by_turns(6)
@pytest.mark.parametrize(("form", "name"), TABLES)
@given(data=st.data())
def test_levels_in_between_may_be_left_out_but_never_change_the_cell(form, name, data):
    """Any selection of a cell's labels finds that cell alone, or is refused as not certain."""
    table = FORMATS[form].tables[name]
    key = data.draw(st.sampled_from(keys_of(table)))
    labels = key[0] + key[1]
    kept = tuple(label for label in labels if data.draw(st.booleans()))
    try:
        found = locate(table, kept)
    except UnknownLabel:
        return
    assert key in found
    assert {place[1] for place in found} == {key[1]}


@each(
    ("steps", "key"),
    [
        (("一", "总计"), (NEW, ALL)),
        (("一", "自然人"), (NEW, ("申请人情况", "自然人"))),
        (("一", "其他"), (NEW, ("申请人情况", "法人或其他组织", "其他"))),
        (("三", "（一）", "总计"), ((RESULTS, "（一）予以公开"), ALL)),
        (("三（一）", "总计"), ((RESULTS, "（一）予以公开"), ALL)),
        (("三(七)", "总计"), ((RESULTS, "（七）总计"), ALL)),
        (("予以公开", "总计"), None),
        (("（三）", "8", "总计"), ((RESULTS, "（三）不予公开", "8.属于行政查询事项"), ALL)),
        (("三（三）8", "总计"), ((RESULTS, "（三）不予公开", "8.属于行政查询事项"), ALL)),
        (("危及 三安全一稳定", "总计"), None),
        (('3.危及"三安全一稳定"', "总计"), ((RESULTS, "（三）不予公开", "3.危及“三安全一稳定”"), ALL)),
        (("（六）", "3", "其他"), ((RESULTS, "（六）其他处理", "3.其他"), ("申请人情况", "法人或其他组织", "其他"))),
    ],
)
def test_the_names_people_use_in_table_3(steps, key):
    if key is None:
        with pytest.raises(UnknownLabel):
            locate(TABLE3, steps)
    else:
        assert [key] == locate(TABLE3, steps)


@each(
    ("steps", "count"),
    [(("三（三）", "总计"), 8), (("三（四）", "总计"), 3), (("三（五）", "其他"), 5), (("（六）", "总计"), 3)],
)
def test_a_plain_group_stands_for_the_sum_of_its_items(steps, count):
    found = locate(TABLE3, steps)
    assert count == len(set(found))
    assert {steps[-1]} == {key[1][-1] for key in found}


@each(
    ("table", "steps", "said"),
    [
        (TABLE3, ("一",), "后面还要写行名或栏名"),
        (TABLE3, ("总计",), "这样写有25格"),
        (TABLE3, ("三", "总计"), "这样写有22格"),
        (TABLE3, ("1", "总计"), "这样写有4格"),
        (TABLE3, ("一", "法人或其他组织"), "后面还要写行名或栏名"),
        (TABLE3, ("一", "总计", "总计"), "没有“总计”"),
        (TABLE3, ("八", "总计"), "没有“八”"),
        (TABLE4, ("行政诉讼", "总计"), "这样写有2格"),
        (TABLE4, ("总计",), "这样写有3格"),
        (TABLE2, ("行政许可",), "后面还要写行名或栏名"),
        (TABLE2, ("本年处理决定数量",), "这样写有3格"),
        (TABLE2, ("现行有效件数",), "这样写有2格"),
    ],
)
def test_what_does_not_name_one_cell_or_one_plain_group_is_refused_with_the_reason(table, steps, said):
    """Above all no sum that counts a total twice."""
    with pytest.raises(UnknownLabel) as error:
        locate(table, steps)
    assert said == error.value.said


def test_a_group_that_holds_its_own_total_is_no_sum():
    """Said of any format to come: 甲 + 乙 + 合计 would count everything twice."""
    total = Equation(None, "", (Term(1, False, "甲"), Term(1, False, "乙")), "=", (Term(1, False, "合计"),))
    part = Part((Node("件数"),), (Node("一、结果", (Node("甲"), Node("乙"), Node("合计"))),))
    plain = Table("table3", "表三", "", (part,))
    assert 3 == len(locate(plain, ("一", "件数")))
    with pytest.raises(UnknownLabel, match="一/件数"):
        locate(replace(plain, identities=(total,)), ("一", "件数"))


def test_a_misspelt_name_comes_with_those_it_could_have_been():
    with pytest.raises(UnknownLabel) as error:
        locate(TABLE2, ("行政许克", "本年处理决定数量"))
    assert "行政许克" == error.value.step
    assert {"规章", "行政规范性文件", "行政许可", "行政处罚", "行政强制", "行政事业性收费"} <= set(error.value.known)


@pytest.mark.parametrize(
    ("form", "code", "places"),
    [
        ("2019", "E212", 5), ("2021", "E211", 2), ("2019", "E301", 7), ("2021", "E301", 7), ("2019", "E303", 7),
        ("2021", "E303", 7), ("2019", "E302", 23), ("2021", "E302", 25), ("2019", "E304", 7), ("2021", "E304", 7),
        ("2019", "E401", 3), ("2021", "E401", 3),
    ],
)  # fmt: skip
def test_an_identity_holds_in_every_row_or_column_it_crosses(form, code, places):
    (table, equation), = [
        (table, one) for table in FORMATS[form].tables.values() for one in table.identities if one.kind.code == code
    ]  # fmt: skip
    assert places == len(instances(table, equation))


@pytest.mark.parametrize(("form", "items"), [("2019", 1), ("2021", 3)])
def test_the_sum_of_results_takes_every_item_once_and_no_other_total(form, items):
    table = FORMATS[form].tables["table3"]
    equation = next(one for one in table.identities if one.kind.code == "E303")
    groups, column = instances(table, equation)[0]
    assert [1, 1, 8, 3, 5, items, 1] == [len(group) for group in groups]
    assert "自然人" == column
    rows = [labels_of(row) for row in table.parts[0].row_chains if row[0].key == "三"]
    assert rows == [row for group in groups for row, _ in group]
