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
        ("示例市退役军人事务局和示例市人力资源和社会保障局联合办公室事务",
            ["示例市退役军人事务局", "和示例市人力资源和社会保障局", "联合办公室事务"]),
        ("中共示例市委机构编制委员会办公室（示例市事业单位登记管理局）",
            ["中共示例市委机构编制委员会办公室", "（示例市事业单位登记管理局）"]),
        ("示例市城市管理综合行政执法局示例开发区社区服务中心", ["示例市城市管理综合行政执法局", "示例开发区社区服务中心"]),
    ],
)  # fmt: skip
def test_a_long_name_is_broken_where_its_words_end(name, lines):
    assert parts(name, REST) == [*lines, REST]


def test_a_title_of_other_words_is_broken_too_and_one_without_words_stays_whole():
    assert parts("关于示例市示例局2024年度政府信息公开工作情况的年度报告", "") == [
        "关于示例市示例局2024年度",
        "政府信息公开工作情况的年度报告",
    ]
    assert parts("字" * 30, "") == ["字" * 30]
    assert parts("", "") == []


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
        ("示例市文化广电体育和旅游局、示例市司法局", ["示例市文化广电体育和旅游局、示例市司法局"]),
        ("示例市人民政府办公室、示例市人力资源和社会保障局、示例市司法局",
            ["示例市人民政府办公室", "示例市人力资源和社会保障局", "示例市司法局"]),
        ("示例市退役军人事务局和示例市人力资源和社会保障局联合办公室事务",
            ["示例市退役军人事务局", "和示例市人力资源和社会保障局联合办公室事务"]),
        ("示例省示例自治州示例市示例县文化、广播、电视、体育和旅游发展服务中心",
            ["示例省示例自治州示例市示例县", "文化、广播、电视、体育和旅游发展服务中心"]),
    ],
)  # fmt: skip
def test_a_signature_longer_than_a_line_is_broken_by_sense(name, lines):
    assert signed(name) == lines
    assert all(len(line) <= TEXT_LINE for line in lines)
