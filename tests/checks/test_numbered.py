"""The numbers of pictures and of one's own tables, and where the text points."""

import base64

import pytest

from making import BODY, REST, findings, make
from pictures import png

PICTURE, TABLE = "![说明](a.png)\n\n{}\n\n", "{}\n\n|镇|件|\n|--|--|\n|甲|3|\n\n"


@pytest.fixture
def said(tmp_path):
    (tmp_path / "a.png").write_bytes(base64.b64decode(png()))

    def run(code, text, attached="", **params):
        made = make(narrative=f"{BODY}\n{text}\n{REST}{attached}", folder=tmp_path, **params)
        assert made.folder == tmp_path
        return [(one.source.line, one.found) for one in findings(made, code)]

    return run


def pictures(*names):
    return "".join(map(PICTURE.format, names))


def tables(*names):
    return "".join(map(TABLE.format, names))


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        (pictures("图1 甲", "图3 丙"), 15, "图1（第11行）、图3（第15行）"),
        (pictures("图1 甲", "图1 乙"), 15, "图1（第11行）、图1（第15行）"),
        (pictures("图2 甲"), 11, "图2（第11行）"),
        (pictures("图一 甲", "图三 丙"), 15, "图1（第11行）、图3（第15行）"),
        ("图2 乙\n\n![说明](a.png)\n\n图1 甲\n\n![说明](a.png)", 9, "图2（第9行）、图1（第13行）"),
        (tables("表5 甲", "表7 乙"), 15, "表5（第9行）、表7（第15行）"),
        (tables("表5 甲\n\n单位：件", "表7 乙\n单位：件"), 17, "表5（第9行）、表7（第17行）"),
        (tables("表5 甲（单位：件）", "表7 乙"), 15, "表5（第9行）、表7（第15行）"),
        (tables("表9 甲"), 9, "表9（第9行）"),
        (tables("表2 甲"), 9, "表2（第9行）"),
        (pictures("图1-1 甲", "图1-3 乙"), 15, "图1-1（第11行）、图1-3（第15行）"),
        (pictures("图1-1 甲", "图1-1 乙"), 15, "图1-1（第11行）、图1-1（第15行）"),
        (pictures("图1-2 甲"), 11, "图1-2（第11行）"),
        (pictures("图2-1 甲", "图1-1 乙"), 15, "图2-1（第11行）、图1-1（第15行）"),
        (tables("表5 甲", "表5 乙"), 15, "表5（第9行）、表5（第15行）"),
    ],
)
def test_a_number_that_skips_or_repeats_is_a_warning(said, text, line, found):
    assert said("W227", text) == [(line, found)]


@pytest.mark.parametrize(
    ("text", "attached"),
    [
        (pictures("图1 甲", "图2 乙"), ""),
        (pictures("图：甲", "图：乙"), ""),
        (pictures("图1-1 甲", "图2-1 乙"), ""),
        (pictures("图1-1 甲", "图1-2 乙", "图3-1 丙"), ""),
        (pictures("图1.2024年访问量", "图2.2024年下载量"), ""),
        (tables("表5 甲", "表6 乙") + pictures("图1 甲"), ""),
        (tables("表1 甲"), "\n" + tables("表5 乙").replace("表5", "## 附件：丙\n\n表2")),
        (pictures("图1 甲"), "\n## 附件：丙\n\n" + pictures("图1 甲")),
        (pictures("图1 甲"), "\n## 附件：丙\n\n" + pictures("图2 甲")),
        (tables("表1 甲") + "{{{{ {} }}}}\n\n".format('表二') + tables("表2 乙"), ""),
        ("图3 写在正文里，没有图", ""),
    ],
)  # fmt: skip
def test_numbers_in_order_are_passed(said, text, attached):
    assert said("W227", text, attached) == []


def test_the_statutory_tables_may_be_counted(said):
    assert said("W227", f"{tables('表1 甲')}{{{{ 表三 }}}}\n\n{tables('表3 乙')}") == []
    assert said("W227", f"{tables('表1 甲')}{{{{ 表三 }}}}\n\n{tables('表4 乙')}") == [(17, "表1（第9行）、表4（第17行）")]


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("平稳，见图3。", "图3"),
        ("平稳（图3）。", "图3"),
        ("平稳（见图３）。", "图3"),
        ("如图三所示，平稳。", "图3"),
        ("图3显示，平稳。", "图3"),
        ("详见表6。", "表6"),
        ("表6所列各项平稳。", "表6"),
        ("平稳，见图1、图3。", "图3"),
        ("平稳，见图1和图3。", "图3"),
        ("平稳，见图1、3。", "图3"),
        ("平稳，见图1至图3。", "图3"),
        ("平稳，见图1到3。", "图3"),
        ("平稳，见图2—3。", "图3"),
        ("平稳，见图2-图3。", "图3"),
        ("平稳，见图一至图三。", "图3"),
        ("由图3可知，平稳。", "图3"),
        ("从图三可以看出，平稳。", "图3"),
        ("平稳，见下图3。", "图3"),
        ("平稳（见图1、表6）。", "表6"),
        ("平稳（见图1、图2及表6）。", "表6"),
        ("平稳，见图1，图3。", "图3"),
        ("平稳，见图1（甲）、图3（丙）。", "图3"),
        ("平稳，图3是访问量。", "图3"),
        ("图3是访问量。", "图3"),
        ("图2、图3分别是访问量和下载量。", "图3"),
        ("图1至3分别为甲、乙、丙。", "图3"),
        ("平稳，**图3**列出各镇情况。", "图3"),
        ("表6列出各镇情况。", "表6"),
        ("平稳，请看图3。", "图3"),
        ("平稳，见图（3）。", "图3"),
        ("平稳，见图（1）、（3）。", "图3"),
        ("平稳，见**图3**。", "图3"),
        ("平稳，上述图3。", "图3"),
        ("图3中，访问量最多。", "图3"),
        ("平稳，见表5-6。", "表6"),
        ("平稳，参见图3-1。", "图3-1"),
        ("平稳，见表6-1。", "表6-1"),
        ("平稳，见图1-3。", "图3"),
        ("平稳，见图3.1。", "图3-1"),
        ("平稳，见表5—6。", "表6"),
        ("平稳，见表5至表6。", "表6"),
        ("平稳，见下表6。", "表6"),
        ("平稳，见下列图1至图3。", "图3"),
    ],
)
def test_words_that_point_to_no_picture_or_table_are_a_warning(said, sentence, shown):
    text = f"{sentence}\n\n{pictures('图1 甲', '图2 乙')}{tables('表5 丙')}"
    assert said("W228", text) == [(9, f"正文指向{shown}，没有{shown}")]
    assert said("W228", text + pictures("图3 丙") + tables("表6 丁")) == []


@pytest.mark.parametrize("sentence", ["见图1-3。", "见图1-1至1-3。", "见图1-1、1-3。", "见图1-1和图1-3。"])
def test_a_number_in_parts_is_one_where_the_pictures_have_such(said, sentence):
    text = f"{sentence}\n\n{pictures('图1-1 甲', '图1-2 乙')}"
    assert said("W228", text) == [(9, "正文指向图1-3，没有图1-3")]
    assert said("W228", text + pictures("图1-3 丙")) == []
    assert said("W228", text.replace(sentence, "见图1，见图1-2。")) == []


def test_a_picture_of_the_annex_is_pointed_to_as_such(said):
    assert said("W228", f"见附图2。\n\n{pictures('附图1 甲', '图2 乙')}") == [(9, "正文指向附图2，没有附图2")]
    assert said("W228", f"见附图1，见图2。\n\n{pictures('附图1 甲', '图2 乙')}") == []


@pytest.mark.parametrize("name", ["图1 访问量", "图一：访问量", "**图1 访问量**", "附图1 访问量", "图1"])
def test_a_name_without_its_picture_is_a_warning(said, name):
    shown = name.strip("*")
    assert said("W228", f"平稳。\n\n{name}\n\n下一步加强。") == [(11, f"“{shown}”旁边没有图片")]
    assert said("W228", pictures(name)) == []
    assert said("W228", f"平稳。\n\n{name}平稳。\n\n下一步加强。") == []


def test_own_tables_begin_behind_the_statutory_ones_counted_by_name_or_place(said):
    for number, passed in ((1, True), (2, False), (3, False), (4, True), (5, True), (6, False)):
        text = "{{ 表二 }}\n\n{{ 表三 }}\n\n{{ 表四 }}\n\n" + tables(f"表{number} 甲")
        assert (said("W227", text) == []) == passed, number


@pytest.mark.parametrize("name", ["表5 各镇情况", "表五：各镇情况", "**表5 各镇情况**"])
def test_a_name_without_a_table_below_it_is_a_warning(said, name):
    shown = name.strip("*")
    assert said("W228", f"平稳。\n\n{name}\n\n下一步加强。") == [(11, f"“{shown}”下面没有表格")]
    assert said("W228", f"平稳。\n\n|镇|\n|--|\n|甲|\n\n{name}\n\n下一步加强。") == [(15, f"“{shown}”下面没有表格")]
    assert said("W228", tables(name)) == []
    assert said("W228", f"{name}\n\n![说明](a.png)\n\n平稳。") == []
    assert said("W228", f"{name}\n\n{{{{ 表三 }}}}") == []
    assert said("W228", f"平稳。\n\n{name}平稳。\n\n下一步加强。") == []


@pytest.mark.parametrize(
    "line", ["表1、表2、表3附后", "图1和图2由办公室绘制", "图1、图2", "图1、2", "表1至表3为法定表格", "图1、图2附后"]
)
def test_a_line_that_names_several_is_no_name(said, line):
    assert [found for _, found in said("W228", f"{pictures('图1 甲', '图2 乙')}{line}\n\n下一步加强。")] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "见图1，如图2所示，图1和图2显示。",
        "见表2、表三，如表4所示。",
        "拍摄图3张（图3张），报表6份（表6份）。",
        "统计表6显示，平稳。",
        "[见图3](https://example.com/3.png)",
        "常见图3类问题。",
        "见图1、2个专栏，见图1和3张照片。",
        "见图1、图2，2024年平稳。",
        "见图1-1。",
        "详见附表3。",
        "按照《办法》表6填报。",
        "按《市发展规划》图9所示推进。",
        "与“十四五”规划图9所示一致，“规划”图9显示平稳。",
        "新建图书馆3个，如图书3万册。",
        "图3幅，手绘图3张，截图3张，插图3幅，配图3张，制作图7个，图书3万册，图3万，视图3D，海图3，蓝图3.0，一图3解。",
        "图3月完成，施工图3月底前审完，按图3年建成，见图1-3月的部分。",
        "表7天内送达，登记表7日内报，表3月报送，报表7月报送，申请表7份，调查表7类。",
        "看图3遍，看图二维码，如图一侧，如图三等奖，由表一一对应，从图三维展示，看表9分钟，（图4A级景区）。",
        "申请表、图1、5份材料，（图7幅、表9份），图书、图6册是新购的。",
        "附图5张，构图3次，试图7次，意图6项，版图5，宏图2035，电表6只，外表7处，发表6篇，图表12个。",
        "见图1（a）、图1(b)，见图1，表3月报送，见图1、2.5万册。",
        "市图书馆（图3楼）设有查阅点，如表8名同志，如图5所学校，如图10余处，如图3处，如表8位代表，见表5笔。",
        "申请人称“见附件1、图3”，经查该图未上传；答复书写明“详见表6”。",
    ],
)
def test_other_words_point_nowhere(said, sentence):
    assert said("W228", f"{sentence}\n\n{pictures('图1 甲', '图2 乙')}") == []


@pytest.mark.parametrize("name", ["表5甲", "（表5）甲", "**表5**　甲", "续表5", "表5（续）"])
def test_each_way_to_write_a_name_is_pointed_to(said, name):
    assert said("W22", f"平稳，见表5。\n\n{tables(name)}") == []
    assert said("W228", f"平稳。\n\n{name}\n\n下一步加强。") == [(11, f"“{name.replace('**', '')}”下面没有表格")]


def test_what_goes_on_is_counted_once(said):
    assert said("W227", tables("表5 甲", "续表5", "表5（续）", "表6 乙")) == []
    assert said("W227", tables("表5 甲", "表5 甲（续）", "表6 乙", "表6续 乙", "表7 丙")) == []
    assert said("W227", tables("（表5）甲", "（表7）乙")) == [(15, "表5（第9行）、表7（第15行）")]
    assert said("W227", tables("**表5**　甲", "表7乙")) == [(15, "表5（第9行）、表7（第15行）")]


def test_two_names_in_a_line_are_two(said):
    both = "![甲](a.png)![乙](a.png)\n\n图1 甲　图2 乙\n\n"
    assert said("W22", f"见图1、图2。\n\n{both}{pictures('图3 丙')}") == []
    assert said("W228", f"见图3。\n\n{both}") == [(9, "正文指向图3，没有图3")]
    assert said("W228", "见图2。\n\n|![甲](a.png)|![乙](a.png)|\n|--|--|\n|图1 甲|图2 乙|") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (TABLE.format("表5 甲。"), "“表5 甲。”以“。”结尾，不算表格的名称"),
        (TABLE.format("表5甲；"), "“表5甲；”以“；”结尾，不算表格的名称"),
        (TABLE.format("表5 甲。\n\n单位：件"), "“表5 甲。”以“。”结尾，不算表格的名称"),
        (TABLE.format("### 表5 甲"), "“表5 甲”是标题，不算表格的名称"),
        (PICTURE.format("图1 甲。"), "“图1 甲。”以“。”结尾，不算图片的名称"),
        ("图1 甲。\n\n![甲](a.png)", "“图1 甲。”以“。”结尾，不算图片的名称"),
        (PICTURE.format("### 图1 甲"), "“图1 甲”是标题，不算图片的名称"),
    ],
)
def test_what_is_no_name_where_one_has_to_stand_is_a_warning(said, text, found):
    [(_, one)] = said("W228", text)
    assert one == found


@pytest.mark.parametrize(
    "text",
    [
        TABLE.format("表5 反映各镇情况。"),
        TABLE.format("各镇情况见表2。"),
        TABLE.format("### 各镇情况"),
        TABLE.format("表5 甲。\n\n表5 甲"),
        PICTURE.format("图1显示，各镇平稳。"),
        "{{ 表三 }}\n\n### （一）重点\n\n平稳。",
    ],
)
def test_other_words_beside_a_table_or_picture_are_passed(said, text):
    assert [found for _, found in said("W228", text) if "不算" in found] == []


def test_a_name_below_its_table_is_a_warning_however_the_text_goes_on(said):
    assert said("W228", "|镇|\n|--|\n|甲|\n\n表5 甲\n平稳。") == [(13, "“表5 甲”下面没有表格")]
