"""The numbers of pictures and of one's own tables, and where the text points."""

import base64

import pytest

from cases import each
from making import BODY, REST, findings, make
from nianbao.narrative.pointers import astray, named
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


@each(
    ("text", "line", "found"),
    [
        (pictures("图1 甲", "图3 丙"), 15, "图1（第11行）、图3（第15行）：缺图2"),
        (pictures("图1 甲", "图1 乙"), 15, "图1（第11行）、图1（第15行）：图1重号"),
        (pictures("图2 甲"), 11, "图2（第11行）：缺图1"),
        (pictures("图一 甲", "图三 丙"), 15, "图1（第11行）、图3（第15行）：缺图2"),
        ("图2 乙\n\n![说明](a.png)\n\n图1 甲\n\n![说明](a.png)", 9, "图2（第9行）、图1（第13行）：次序颠倒"),
        (tables("表5 甲", "表7 乙"), 15, "表5（第9行）、表7（第15行）：缺表6"),
        (tables("表5 甲\n\n单位：件", "表7 乙\n单位：件"), 17, "表5（第9行）、表7（第17行）：缺表6"),
        (tables("表5 甲（单位：件）", "表7 乙"), 15, "表5（第9行）、表7（第15行）：缺表6"),
        (tables("表9 甲"), 9, "表9（第9行）：没有从头编起，表9是第一张"),
        (tables("表2 甲"), 9, "表2（第9行）：没有从头编起，表2是第一张"),
        (pictures("图1-1 甲", "图1-3 乙"), 15, "图1-1（第11行）、图1-3（第15行）：缺图1-2"),
        (pictures("图1-1 甲", "图1-1 乙"), 15, "图1-1（第11行）、图1-1（第15行）：图1-1重号"),
        (pictures("图1-2 甲"), 11, "图1-2（第11行）：缺图1-1"),
        (pictures("图2-1 甲", "图1-1 乙"), 15, "图2-1（第11行）、图1-1（第15行）：次序颠倒"),
        (pictures("图1 甲", "图3 丙", "图2 乙"), 15, "图1（第11行）、图3（第15行）、图2（第19行）：次序颠倒"),
        (pictures("图1 甲", "图6 丙"), 15, "图1（第11行）、图6（第15行）：缺图2至图5"),
        (pictures("图1 甲", "图2 丙", "图1 乙"), 19, "图1（第11行）、图2（第15行）、图1（第19行）：图1重号"),
        (tables("表5 甲", "表5 乙"), 15, "表5（第9行）、表5（第15行）：表5重号"),
    ],
)
def test_a_number_that_skips_or_repeats_is_a_warning(said, text, line, found):
    assert said("W227", text) == [(line, found)]


@each(
    ("text", "attached"),
    [
        (pictures("图1 甲", "图2 乙"), ""),
        (pictures("图：甲", "图：乙"), ""),
        (pictures("图1-1 甲", "图2-1 乙"), ""),
        (pictures("图1-1 甲", "图1-2 乙", "图3-1 丙"), ""),
        (pictures("图1.2024年访问量", "图2.2024年下载量"), ""),
        *((tables(f"表5{sign}1 甲", f"表5{sign}2 乙"), "") for sign in "-－–—.．·"),
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
    [(line, found)] = said("W227", f"{tables('表1 甲')}{{{{ 表三 }}}}\n\n{tables('表4 乙')}")
    assert (line, found) == (17, "表1（第9行）、表4（第17行）：缺表2、表3")


@pytest.mark.by_turns(9)
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
        ("各镇情况列于表6。", "表6"),
        ("各镇情况列在表6中。", "表6"),
        ("各镇情况在表6中列出。", "表6"),
        ("各镇情况汇总于表6。", "表6"),
        ("各镇情况载于表6，平稳。", "表6"),
        ("各镇情况反映在图3。", "图3"),
        ("平稳，可参考图3。", "图3"),
        ("各镇情况参照表6。", "表6"),
        ("各镇情况对照图3。", "图3"),
        ("按照表6，各镇平稳。", "表6"),
        ("结合图3分析，平稳。", "图3"),
        ("各镇情况（可见表6）。", "表6"),
        ("其中图3显示平稳。", "图3"),
        ("但图3显示平稳。", "图3"),
        ("而图3显示平稳。", "图3"),
        ("图3中各镇平稳。", "图3"),
        ("图3里可以看出平稳。", "图3"),
        ("图3直观展示各镇情况。", "图3"),
        ("图3进一步显示平稳。", "图3"),
        ("图3所反映的情况。", "图3"),
        ("图3的数据来自市局。", "图3"),
        ("表6的第二列是合计。", "表6"),
        ("表6第2行显示平稳。", "表6"),
        ("各镇情况见《表6》。", "表6"),
        ("各镇情况「表6」。", "表6"),
        ("各镇情况见“表6”。", "表6"),
        ("图1与图3对比。", "图3"),
        ("**图3**显示，平稳。", "图3"),
        ("上表6显示，平稳。", "表6"),
        ("如图二十一所示，平稳。", "图21"),
        ("详见附后的表6。", "表6"),
        ("表6的士气高涨。", "表6"),
    ],
)
def test_words_that_point_to_no_picture_or_table_are_a_warning(said, sentence, shown):
    text = f"{sentence}\n\n{pictures('图1 甲', '图2 乙')}{tables('表5 丙')}"
    assert said("W228", text) == [(9, f"正文指向{shown}，没有{shown}")]
    assert said("W228", text + pictures("图3 丙", "图21 丁") + tables("表6 丁")) == []


@pytest.mark.parametrize("sentence", ["见图1-3。", "见图1-1至1-3。", "见图1-1、1-3。", "见图1-1和图1-3。"])
def test_a_number_in_parts_is_one_where_the_pictures_have_such(said, sentence):
    text = f"{sentence}\n\n{pictures('图1-1 甲', '图1-2 乙')}"
    assert said("W228", text) == [(9, "正文指向图1-3，没有图1-3")]
    assert said("W228", text + pictures("图1-3 丙")) == []
    assert said("W228", text.replace(sentence, "见图1，见图1-2。")) == []


def test_a_picture_of_the_annex_is_pointed_to_as_such(said):
    assert said("W228", f"见附图2。\n\n{pictures('附图1 甲', '图2 乙')}") == [(9, "正文指向附图2，没有附图2")]
    assert said("W228", f"见附图1，见图2。\n\n{pictures('附图1 甲', '图2 乙')}") == []
    assert said("W228", "详见附图。") == [(9, "正文指向附图，没有附图")]
    assert said("W228", f"详见附图。\n\n{pictures('附图：甲')}") == []


@each("sign", "-－–—.．·")
def test_numbers_in_parts_are_pointed_to_with_whatever_sign_between(said, sign):
    text = tables(f"表5{sign}1 甲", f"表5{sign}2 乙")
    assert said("W228", f"见表5{sign}1、表5{sign}2。\n\n{text}") == []
    assert said("W228", f"见表5{sign}3。\n\n{text}") == [(9, "正文指向表5-3，没有表5-3")]


@each("name", ["图1 访问量", "图一：访问量", "**图1 访问量**", "附图1 访问量", "附图：访问量", "图1"])
def test_a_name_without_its_picture_is_a_warning(said, name):
    shown = name.strip("*")
    assert said("W228", f"平稳。\n\n{name}\n\n下一步加强。") == [(11, f"“{shown}”旁边没有图片")]
    assert said("W228", pictures(name)) == []
    assert said("W228", f"平稳。\n\n{name}平稳。\n\n下一步加强。") == []


def test_own_tables_begin_behind_the_statutory_ones_counted_by_name_or_place(said):
    for number, passed in ((1, True), (2, False), (3, False), (4, True), (5, True), (6, False)):
        text = "{{ 表二 }}\n\n{{ 表三 }}\n\n{{ 表四 }}\n\n" + tables(f"表{number} 甲")
        assert (said("W227", text) == []) == passed, number


@each("between", ["单位：件", "2024年　　单位：件", "（2023年度）", "2023年度统计表\n\n单位：件"])
def test_short_lines_may_stand_between_a_name_and_a_statutory_table(said, between):
    assert said("W228", f"平稳。\n\n表一\n\n{between}\n\n{{{{ 表三 }}}}") == []
    assert said("W228", "平稳。\n\n表一\n\n下一步加强。\n\n{{ 表三 }}") == [(11, "“表一”下面没有表格")]


@each("line", ["表号：政公开01表", "政公开3表　单位：件", "国统2表"])
def test_the_number_of_a_form_counts_nothing(said, line):
    assert said("W50", f"平稳。\n\n{line}\n\n{{{{ 表三 }}}}") == []


@pytest.mark.parametrize("name", ["表5 各镇情况", "表五：各镇情况", "**表5 各镇情况**"])
def test_a_name_without_a_table_below_it_is_a_warning(said, name):
    shown = name.strip("*")
    assert said("W228", f"平稳。\n\n{name}\n\n下一步加强。") == [(11, f"“{shown}”下面没有表格")]
    assert said("W228", f"平稳。\n\n|镇|\n|--|\n|甲|\n\n{name}\n\n下一步加强。") == [(15, f"“{shown}”下面没有表格")]
    assert said("W228", tables(name)) == []
    assert said("W228", f"{name}\n\n![说明](a.png)\n\n平稳。") == []
    assert said("W228", f"{name}\n\n{{{{ 表三 }}}}") == []
    assert said("W228", f"平稳。\n\n{name}平稳。\n\n下一步加强。") == []


@each("line", ["表1、表2、表3附后", "图1和图2由办公室绘制", "图1、图2", "图1、2", "表1至表3为法定表格", "图1、图2附后"])
def test_a_line_that_names_several_is_no_name(said, line):
    assert [found for _, found in said("W228", f"{pictures('图1 甲', '图2 乙')}{line}\n\n下一步加强。")] == []


@each(
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
        "见《示例市国土空间规划》（图9），《示例市地图集》（图5）获奖，按《条例》规定填报（表7）。",
        "上年报告（见图5）已说明，省厅印发的评分表（表9）共12项，按省厅模板（表7）填报，原规划文本（图9、图10）已公开。",
        "对照表中12项指标逐项自查，对照《指标》表6整改，参照表7填报，按照表9要求汇总。",
        "列入表彰名单8家，写入表格5张，录入表7，填在表8中，基于图像5类特征，另附图纸3张，结合图文解读3篇。",
        "其中图解9件，但图片5张被退回，而图表7个已更新，如表10多项，如图9折优惠。",
    ],
)
def test_other_words_point_nowhere(said, sentence):
    assert said("W228", f"{sentence}\n\n{pictures('图1 甲', '图2 乙')}") == []


@each("name", ["表5甲", "（表5）甲", "**表5**　甲", "续表5", "表5（续）"])
def test_each_way_to_write_a_name_is_pointed_to(said, name):
    assert said("W22", f"平稳，见表5。\n\n{tables(name)}") == []
    assert said("W228", f"平稳。\n\n{name}\n\n下一步加强。") == [(11, f"“{name.replace('**', '')}”下面没有表格")]


def test_what_goes_on_is_counted_once(said):
    assert said("W227", tables("表5 甲", "续表5", "表5（续）", "表6 乙")) == []
    assert said("W227", tables("表5 甲", "表5 甲（续）", "表6 乙", "表6续 乙", "表7 丙")) == []
    assert said("W227", tables("（表5）甲", "（表7）乙")) == [(15, "表5（第9行）、表7（第15行）：缺表6")]
    assert said("W227", tables("**表5**　甲", "表7乙")) == [(15, "表5（第9行）、表7（第15行）：缺表6")]


def test_what_goes_on_has_the_number_of_what_it_goes_on_from(said):
    assert said("W227", tables("表1 甲", "表1续 乙", "表2 丙", "续表2", "表2 丙（接上页）", "表3 丁")) == []
    assert said("W227", tables("表5-1 甲", "续表5-1", "表5-2 乙")) == []
    assert said("W227", tables("续表5", "表6 乙")) == []
    assert said("W227", tables("表5 甲", "续表6")) == [(15, "表5（第9行）、续表6（第15行）：续表6前面没有表6")]


def test_numbers_are_counted_whatever_marks_a_name_has(said):
    assert said("W227", tables("表（5）甲：", "*（表7 乙）*")) == [(15, "表5（第9行）、表7（第15行）：缺表6")]
    [(line, found)] = said("W227", pictures("▲图1 甲<sup>①</sup>", "图3 PM<sub>2.5</sub>"))
    assert (line, found) == (15, "图1（第11行）、图3（第15行）：缺图2")


@each("line", ["图5G基站已建成。", "（图5幅、表6张）已移交。", "图5由市局绘制。", "图5、图6另行公布。", "图5见附件"])
def test_a_sentence_that_opens_with_a_number_hides_nothing(said, line):
    assert (9, "正文指向图5，没有图5") in said("W228", f"平稳，见图5。\n\n{line}\n\n{pictures('图1 甲')}")


def test_a_sentence_in_the_place_of_a_name_is_told_from_one(said):
    assert said("W228", f"平稳，见表5。\n\n{tables('表5反映各镇情况')}") == [
        (11, "“表5反映各镇情况”像一句话，不算表格的名称")
    ]
    assert said("W228", tables("表5另行公布", "图1由市局绘制")) == []


@each(
    "name",
    [
        "表5的士运营情况",
        "表5A类学校情况",
        "表5月度情况",
        "表5和谐校园创建情况",
        "表5为民办学校公示情况",
        "*表5 甲*",
        "表5 甲：",
        "表5<br>甲",
    ],
)
def test_a_name_of_any_kind_is_pointed_to(said, name):
    assert said("W22", f"平稳，见表5。\n\n{tables(name)}") == []


ORDINARY = """
2024年全市主动公开政府信息12万条，各县（区）公开数量见图1。
申请人对告知书（示政公开〔2024〕7号）不服，申请行政复议。
办理结果已在市政府网站公布，具体见附件1。
按照《示例市政务公开工作要点》（示政办发〔2024〕3号）要求，逐项落实。
在图书馆3个阅览区设置查阅点，在图书室5处摆放公报。
列入表彰名单的单位共8家，列入图书采购目录3类。
结合图文解读3篇、视频解读2个，扩大知晓面。
向社会公布办事流程图9张、示意图6幅。
作为附件3份材料之一，已随文报送。
于表彰大会后公布。
根据表决结果，9票同意。
另附图纸3张，由申请人自取。
随附附件3份，均已归档。
请下载附件后填写。
申请人随附附件2份证明材料。
申请人来信（附件4）反映的问题已转办。
区教育局报来的通报（附件5）已公开。
市政府《关于做好信息公开工作的通知》（附件3）明确了分工。
我局印发的《实施细则》（见附件6）已在网站公开。
去年的年度报告（图3）已作说明。
答复书载明“见附件7”。
来函写道见附表8，经核实未附。
国办函〔2021〕30号（附件3）要求统一格式。
上级转发的检查表（表9）共20项。
图3A级景区3家，图5G专网2个。
表7月底前报送，表10月汇总。
附件5M以内可以在线提交，附件10个以内可以一次上传。
图1的数据来自市统计局，图1中各县按行政区划代码排列。
表5的第2列为上年数，表5第3行为合计。
图1清楚地显示了变化，图1所反映的情况与表5一致。
图1、表5对比可以看出，两项数据口径不同。
数据汇总于表5，分布情况反映在图1中。
名单列于附件1，术语附在附件2。
请查看附件1，请下载附件2。
各县情况见《表5》，见「图1」。
如图1所示，增长较快；而图1显示，城区占比较高。
第三方评估报告图7显示，我局得分居前。
教材图5-3有误，已责成更正。
经比对，统计表6与报表8的口径一致。
附表由各单位填写，附图由设计单位绘制。
图一目了然，表一清二楚。
在附件中可以查到全部目录。
收件表3日内转交承办科室，登记表5个工作日内归档。
全年编制信息公开目录图表12张，制作展板图9块。
在表彰会上，3个科室受到表扬。
由图书馆2名馆员负责查阅服务。
政务新媒体发布一图读懂7期。
关于表决程序，5名委员发表意见。
按照图斑3处整改要求，已公开整改结果。
从图斑4号地块看，公示期满。
看表5米远，字号偏小。
本机关附属3所学校分别公开。
全市建成区面积如图斑12所在区域。
来自表单5类的数据已汇总。
用于图像处理3套设备采购结果已公示。
于附近3个社区设点。
入图3万册。
作为附属2家单位的主管部门，加强指导。
对照附表中的指标，逐项核对。
结合附件要求，完善目录。
参照附录格式编写。
查看附图即可了解位置。
申请公开某地块控规图则3份。
申请人要求公开图纸5-3号。
申请人提交身份证明（附件1）和申请表（附件2）。
申请人在邮件附件2中补充了材料。
群众来信附件3张照片。
依据表4、表5所列口径统计。
政策文件和解读材料同步发布，图5分钟内可读完。
会议材料包括：议程、签到表1、签到表2。
其中表扬类3件，其中图片类5件。
但表示愿意配合的有2家。
而图则3个单元已公布。
例如图5米长的展板。
此外图书5册已捐赠。
前表8项指标，后表9项指标。
左图3人，右图4人。
根据国办《关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2021〕30号）附件1编制。
按照国办公开办函〔2021〕30号附件要求填报。
依据《条例》第五十条和附件3的统计口径。
依照省政府办公厅印发的模板（附件2）填写。
我县在2023年度第三方评估通报（附件4）中位列第三。
复议决定书（附件6）已送达。
目录见网站附件3。
详见市政府网站通知公告栏附件5。
招标公告附件2可在平台下载。
会议纪要（附件1）依法不予公开。
（一）图5处位置偏移。
1.表7项内容重复。
咨询电话见附件封面。
附件1（见下页）。
表决情况：赞成5票。
表5说明：本表含街道。
图1说明：数据截至年底。
注：表5含直属单位。
以上图1、表5数据均由系统生成。
"""


def test_nothing_is_said_of_ordinary_sentences(said):
    attached = "\n## 附件1：工作要点\n\n平稳。\n\n## 附件2：名词解释\n\n平稳。\n"
    sentences = ORDINARY.strip().replace("\n", "\n\n")
    assert said("W22", f"{sentences}\n\n{pictures('图1 甲')}{tables('表5 乙')}", attached) == []


@pytest.mark.by_turns(5)
@pytest.mark.parametrize("text", ["见图3，", "图1 甲　", "列于表7的", "，图9的", "《", "《甲》（图9）", "表5 "])
def test_a_long_line_is_soon_read(text):
    """In the time that it takes to read each of its signs once; in their square it would be minutes."""
    line = f"图1{' ' * 40_000}{text * 10_000}"
    assert len([*astray(line, set())]) <= 10_001
    assert {*named(line)} <= {("图", 0, 1), ("表", 0, 5)}


def test_two_names_in_a_line_are_two(said):
    both = "![甲](a.png)![乙](a.png)\n\n图1 甲　图2 乙\n\n"
    assert said("W22", f"见图1、图2。\n\n{both}{pictures('图3 丙')}") == []
    assert said("W228", f"见图3。\n\n{both}") == [(9, "正文指向图3，没有图3")]
    assert said("W228", "见图2。\n\n|![甲](a.png)|![乙](a.png)|\n|--|--|\n|图1 甲|图2 乙|") == []


@each(
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


@each(
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


BY_PLACE = [
    ("各镇情况如下图所示。", "如下图所示"), ("各镇情况如图所示：", "如图所示"), ("见下图。", "见下图"),
    ("流程（见右图）清楚。", "见右图"),
    ("详见上图", "见上图"), ("流程见图。", "见图"), ("由下图可知，平稳。", "由下图可知"), ("从图中可见，平稳。", "从图中"),
    ("下图为办理流程。", "下图为"),
    ("流程如以下图片所示。", "如以下图片所示"),
]  # fmt: skip


@each(("sentence", "words"), BY_PLACE)
def test_words_that_point_to_a_picture_by_its_place_want_one(said, sentence, words):
    assert said("W228", sentence) == [(9, f"正文说“{words}”，没有图")]
    assert said("W228", f"{sentence}\n\n![说明](a.png)") == []


def test_a_picture_by_its_count_is_there_with_a_name_or_as_the_so_manieth(said):
    assert said("W228", "见第7图。") == [(9, "正文说“见第7图”，没有第7张图")]
    assert said("W228", "如第二张图所示。\n\n![说明](a.png)") == [(9, "正文说“如第二张图所示”，没有第2张图")]
    assert said("W228", "见第1幅图。\n\n![说明](a.png)") == []


@each(
    "sentence",
    [
        "意见图书馆已收。", "如图书馆、档案馆等场所。", "见图书目录。", "按图索骥。", "见上图书馆。", "来信称“如下图所示。”",
        "下图书订单。", "《办事指南（见下图）》已公布。",
        "[见下图](https://example.com/a.png)", "左图右书，见图纸。", "如图表所列。", "常见图。", "下图为书。",
        "由图审机构办理。",
    ],
)  # fmt: skip
def test_other_words_point_to_no_picture(said, sentence):
    assert said("W228", sentence) == []


@each("sentence", ["公布《总体规划（图5）》。", "公布规划图集（图5至图9）。", "印发《手册（表7）》。"])
def test_a_number_within_the_name_of_a_document_points_nowhere(said, sentence):
    assert said("W228", sentence) == []


@each("sentence", ["见【表7】。", "见〔表7〕。", "见“表7”。", "见《表7》。", "（【表7】）"])
def test_a_number_in_brackets_of_any_kind_is_pointed_to(said, sentence):
    assert said("W228", sentence) == [(9, "正文指向表7，没有表7")]
