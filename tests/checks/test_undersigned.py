"""A name or a day at the end of the text is told, in whatever shape; a sentence that names them is not."""

import time
from dataclasses import replace

from cases import each
from making import BODY, REST, findings, make
from nianbao.inputs.contract import BureauParams
from nianbao.offices import ENDS

DAY = "2025年1月20日"


def told(end, name="示例市测试局", short=None):
    """The lines at which a text that ends so is said to be signed, and what is shown of them."""
    narrative = f"{REST}\n{BODY}\n\n## 六、其他需要报告的事项\n\n本年度没有收取信息处理费。{end}\n"
    report = make(2024, narrative=narrative, signature=name)
    bureau = BureauParams.model_validate({"name": name, "short": short or name.removeprefix("示例"), "level": "市"})
    found = findings(replace(report, bureau=bureau), "W221")
    begins = next((line for line in end.splitlines() if line), "")
    return [(begins in narrative.splitlines()[one.source.line - 1], one.found) for one in found]


SIGNED = [
    f"示例市测试局\n\n{DAY}",
    f"示例市测试局\n{DAY}",
    "示例市民政局\n\n2024年1月18日",
    f"示例市测试局 {DAY}",
    f"{DAY}\n\n示例市测试局",
    *(f"示例市测试{end}\n\n{DAY}" for end in ENDS.split("|")),
    "示例市测试局\n\n二〇二五年一月二十日",
    "示例市测试局\n\n二○二五年元月二十日",
    *(
        f"示例市测试局\n{day}"
        for day in ("二0二五年一月二十日", "2O25年1月20日", "二〇25年1月二十日", "２０２５年１月２０日", "20250120")
    ),
    *(f"示例市测试局\n二零二{year}年{day}日" for year in "五5" for day in ("一月廿", "01月二十", "十二月三十一", "1月2O")),
    f"示例市测试局政务公开领导小组\n{DAY}",
    f"示例市政务公开工作专班\n\n{DAY}",
    *(f"{DAY}{sign}示例市测试局" for sign in ("，", "、", " ", "：", " / ", "——")),
    *(f"示例市测试局{sign}{DAY}" for sign in ("，", "；", " | ")),
    "（示例市测试局）",
    "【示例市测试局】",
    f"（示例市测试局）\n\n（{DAY}）",
    f"（示例市测试局 {DAY}）",
    f"（{DAY}，示例市测试局）",
    f"示例市测试局（盖章）\n{DAY}",
    f"（公章）示例市测试局\n\n{DAY}",
    f"落款：示例市测试局\n\n成文日期：{DAY}",
    f"示例市测试局\n\n{DAY}\n\n（联系人：李四，电话：0932-8212345）",
    f"示例市测试局\n\n联系人：李四\n\n{DAY}",
    f"示例市测试局\n\n{DAY}\n\n（此件公开发布）",
    "示例市测试局\n\n2025．1．20",
    "示例市测试局\n\n2025-01-20",
    "示例市测试局\n\n2025/1/20",
    "示例市测试局\n\n2025 年 1 月 20 日",
    "示例市测试局\n\n2025年1月",
    "示例市测试局\n\n2025年  月  日",
    "示例市测试局\n\n2025年1月XX日",
    "示例市测试局\n\n2025年01月20号",
    "示例市测试局\n\n2025年一月二十日",
    "示例市测试局\n\n2025年1月20日 星期一",
    "示例市测试局\n\n2025/01/20 10:30",
    "示例市测试局\n\n2025年1月20日印发",
    "发布机构：示例市测试局\n发布日期：2025年1月20日",
    f"**示例市测试局**\n\n&emsp;&emsp;{DAY}",
    f"> 示例市测试局\n> {DAY}",
    f"> 示例市测试局\n>\n> {DAY}",
    f"> **示例市测试局**　　{DAY}",
    f"- 示例市测试局\n- {DAY}",
    f"1. 示例市测试局\n2. {DAY}",
    f"* {DAY}\n* 示例市测试局",
    "- 示例市测试局",
    f"> {DAY}",
    f"### 示例市测试局\n\n{DAY}",
    f"示例市测试局\n---\n{DAY}",
    f"示例市测试局\n\n---\n\n{DAY}\n\n---",
    f"示例市测试局\n\n{DAY}\n\n附件：1. 统计表",
    f"示例市测试局\n\n{DAY}\n\n附件：\n1. 统计表\n2. 明细表",
    f"> 示例市测试局\n> {DAY}\n\n附件：统计表",
    f"示例市测试局\n\n{DAY}\n\n附件1\n\n|镇|件|\n|--|--|\n|甲镇|3|",
    f"示例市测试局\n\n{DAY}\n\n附件：无",
    f"示例市测试局\n\n{DAY}\n\n来源：办公室",
    f"示例市测试局\n\n{DAY}\n\n打印本页　关闭窗口",
    f"示例市测试局\n{DAY}\n分享到：",
    f"示例市测试局\n\n{DAY}\n\n（共印20份）",
    f"示例市测试局 {DAY}\n\n【字体：大 中 小】\n\n来源：办公室\n\n上一篇：某通知\n\n下一篇：没有了",
    f"示例市测试局\n\n{DAY}\n\n（代章）",
    f"示例市测试局\n（代章）\n{DAY}",
    f"示例市测试局（代章）\n{DAY}",
    f"报告单位：示例市测试局\n报告日期：{DAY}",
    "2025年1月19日",
    DAY,
    "（2025年1月19日）",
    "二〇二五年一月十九日",
    "示例市测试局",
    "市测试局办公室",
]


@each("end", SIGNED)
def test_a_signature_or_a_day_at_the_end_of_the_text_is_a_warning_with_its_line(end):
    assert [True] == [line for line, _ in told(f"\n\n{end}")]


@each("end", [f"示例市c12局\n\n{DAY}", f"示例市c12局 {DAY}", f"示例市c12局（盖章）\n\n{DAY}", "示例市c12局", "2025.1.19"])
def test_a_name_with_latin_letters_signs_as_any_other(end):
    assert [True] == [line for line, _ in told(f"\n\n{end}", "示例市c12局")]


@each("end", ["示例市人民政府办公室", "市政府办公室", "市政府办公室（盖章）", "（公章）示例市人民政府办公室"])
def test_an_office_that_signs_alone_is_told_by_its_own_name(end):
    assert [True] == [line for line, _ in told(f"\n\n{end}", "示例市人民政府办公室", "市政府办公室")]


def test_a_long_line_without_a_stop_takes_no_longer():
    begin = time.process_time()
    assert told(f"\n\n{'甲' * 40_000}") == []
    assert time.process_time() - begin < 5


def test_a_signature_behind_the_last_sentence_of_a_line_is_told():
    assert ["“示例市测试局2025年1月20日”"] == [found for _, found in told(f"示例市测试局 {DAY}")]


@each(
    "end",
    [
        "",
        f"\n\n本报告由示例市测试局于{DAY}公布。",
        f"\n\n本报告的公布日期为{DAY}。",
        f"\n\n{DAY}报送示例市测试局",
        f"\n\n{DAY}，由示例市测试局",
        "\n\n监督电话：20250120",
        f"\n\n本报告由示例市测试局公布，公布日期为\n{DAY}",
        f"\n\n下一次开放日：\n\n{DAY}",
        f"\n\n### 下一次开放日\n\n{DAY}",
        f"\n\n| 开放日 |\n|---|\n| {DAY} |",
        f"\n\n- 第一次开放日：2024年3月5日\n- 第二次开放日：{DAY}",
        "\n\n责任单位：\n\n示例市测试局",
        "\n\n数据来源\n\n示例市测试局",
        "\n\n投诉受理机构\n\n示例市测试局",
        "\n\n（联系人：李四，电话：0932-8212345）",
        "\n\n统计期限自2024年1月1日起，至2024年12月31日",
        "\n\n逐项改进，并报送示例市测试局",
        f"\n\n公布情况：\n\n- 示例市测试局 {DAY}",
        f"\n\n- 示例市教育局 2025年1月10日\n- 示例市测试局 {DAY}",
        f"\n\n> 现将有关事项函告你局。\n> 示例市测试局\n> {DAY}",
        "\n\n- 示例市教育局\n- 示例市测试局",
        f"\n\n本报告由示例市测试局公布，公布日期为\n{DAY}\n\n附件：1. 统计表",
        f"\n\n培训情况：\n\n示例市教育局\n\n{DAY}\n\n参加30人",
        f"\n\n示例市教育局 {DAY}\n\n全年培训1次。",
        f"\n\n- 示例市教育局 {DAY}\n- 参加30人",
        f"\n\n示例市教育局 {DAY}\n\n| 镇 | 件 |\n|---|---|\n| 甲镇 | 3 |",
        f"\n\n{DAY}\n\n参加30人",
    ],
)
def test_a_sentence_a_list_or_a_table_that_ends_in_a_day_or_a_name_is_none(end):
    assert [] == told(end)
