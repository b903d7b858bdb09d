"""A title's lines end where its words do, in the shape of a trapezium or a lozenge."""

import pytest

from nianbao.document.titles import LINE, TEXT_LINE, parts, signed

REST = "2024年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("示例市测试局", ["示例市测试局"]),
        ("示例市人民防空办公室", ["示例市人民防空办公室"]),
        ("示例市示例区人民政府人民防空办公室", ["示例市示例区人民政府人民防空办公室"]),
        ("示例省示例市示例自治县人民政府人民防空办公室", ["示例省示例市", "示例自治县人民政府人民防空办公室"]),
        ("示例省示例市人力资源和社会保障局劳动保障监察支队", ["示例省示例市", "人力资源和社会保障局劳动保障监察支队"]),
        (
            "示例省示例自治州示例市住房和城乡建设局房屋征收管理办公室",
            ["示例省示例自治州示例市", "住房和城乡建设局房屋征收管理办公室"],
        ),
        ("锡林郭勒盟西乌珠穆沁旗巴拉嘎尔高勒镇人民政府", ["锡林郭勒盟西乌珠穆沁旗", "巴拉嘎尔高勒镇人民政府"]),
        ("呼伦贝尔市陈巴尔虎旗巴彦库仁镇人民政府党政综合办公室",
            ["呼伦贝尔市陈巴尔虎旗", "巴彦库仁镇人民政府党政综合办公室"]),
        ("河南省新乡市封丘县人民政府行政服务中心管理委员会办公室",
            ["河南省新乡市封丘县人民政府", "行政服务中心管理委员会办公室"]),
        ("江苏省镇江市句容市边城镇人民政府综合行政执法局", ["江苏省镇江市句容市", "边城镇人民政府综合行政执法局"]),
        ("示例市文化广电新闻出版体育旅游和文物保护管理局", ["示例市文化广电新闻出版", "体育旅游和文物保护管理局"]),
        ("示例市公共资源交易服务和政府采购监督管理委员会办公室示例分局",
            ["示例市公共资源交易服务和", "政府采购监督管理委员会办公室示例分局"]),
        ("天津市和平区人民政府行政审批管理委员会综合服务办公室",
            ["天津市和平区人民政府", "行政审批管理委员会综合服务办公室"]),
    ],
)  # fmt: skip
def test_a_long_name_is_broken_where_its_words_end(name, lines):
    assert parts(name, REST) == [*lines, REST]


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("积石山保安族东乡族撒拉族自治县人力资源和社会保障局",
            ["积石山保安族东乡族撒拉族自治县", "人力资源和社会保障局2024年"]),
        ("示例市高新技术产业开发区应急管理和社会事务局", ["示例市高新技术产业开发区", "应急管理和社会事务局2024年"]),
        ("中共示例市委机构编制委员会办公室（示例市事业单位登记管理局）",
            ["中共示例市委机构编制委员会办公室", "（示例市事业单位登记管理局）2024年"]),
        ("示例市城市管理综合行政执法局示例开发区社区服务中心",
            ["示例市城市管理综合行政执法局", "示例开发区社区服务中心2024年"]),
    ],
)  # fmt: skip
def test_no_hourglass_the_year_stands_behind_a_short_line_of_the_name(name, lines):
    assert parts(name, REST) == [*lines, "政府信息公开工作年度报告"]


def test_a_title_of_other_words_is_broken_too():
    assert parts("关于示例市示例局2024年度政府信息公开工作情况的年度报告", "") == [
        "关于示例市示例局2024年度",
        "政府信息公开工作情况的年度报告",
    ]
    assert parts("", "") == []


def test_a_name_of_no_known_words_is_torn_in_even_lines_apart_from_the_rest():
    assert parts("字" * 30, REST) == ["字" * 15, "字" * 15, REST]
    assert parts("字" * 25 + "局", REST)[-1] == REST
    assert [*map(len, parts("a" * 70, ""))] == [23, 23, 24]


def test_no_line_is_longer_than_the_paper_is_wide():
    for name in ("示例省示例市" + "某某局" * count for count in range(1, 9)):
        assert all(len(line) <= LINE for line in parts(name, REST))


def test_no_line_begins_with_a_closing_bracket():
    title = "中共示例市委机构编制委员会办公室（示例市事业单位登记管理局）2022年度政府信息公开工作年度报告"
    assert parts(title, "") == [
        "中共示例市委机构编制委员会办公室", "（示例市事业单位登记管理局）2022年度", "政府信息公开工作年度报告"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("示例市教育局、示例市司法局", ["示例市教育局", "示例市司法局"]),
        ("示例市文化、旅游局", ["示例市文化、旅游局"]),
        ("示例市人民政府办公室外事、侨务局", ["示例市人民政府办公室外事、侨务局"]),
        ("示例市人民政府办公室、示例市人力资源和社会保障局、示例市司法局",
            ["示例市人民政府办公室", "示例市人力资源和社会保障局", "示例市司法局"]),
        ("示例市退役军人事务局和示例市人力资源和社会保障局联合办公室事务",
            ["示例市退役军人事务局和", "示例市人力资源和社会保障局联合办公室事务"]),
        ("示例省示例自治州示例市示例县文化、广播、电视、体育和旅游发展服务中心",
            ["示例省示例自治州示例市示例县", "文化、广播、电视、体育和旅游发展服务中心"]),
        ("示例市住房和城乡建设局（示例市人民防空办公室、示例市城市管理局）",
            ["示例市住房和城乡建设局", "（示例市人民防空办公室、示例市城市管理局）"]),
        ("示例市司法局、示例市住房和城乡建设局(示例市人民防空办公室、示例市城市管理局)",
            ["示例市司法局", "示例市住房和城乡建设局", "(示例市人民防空办公室、示例市城市管理局)"]),
    ],
)  # fmt: skip
def test_several_authorities_sign_one_below_the_other_and_a_long_name_is_broken_by_sense(name, lines):
    assert signed(name) == lines
    assert all(len(line) <= TEXT_LINE for line in lines)
    assert "".join(lines).replace("、", "") == name.replace("、", "")
