"""Text taken over from last year, paragraphs that stand twice, and what is left out of both comparisons."""

import string
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases import each
from making import BODY, REST, findings, make
from nianbao.checks import copied
from nianbao.checks.owntext import MASK, OwnText, Sentence, agreement, masker_of, own_texts, variants
from nianbao.inputs.contract import BureauParams

LAST = """\
## 一、总体情况

**（一）主动公开。**门户网站测试栏目全年更新326次，把办事指南逐条改写成问答，群众常问的四类事项放在首屏。
每季度请两名未参与起草的同事试读，读不懂的地方退回重写，全年退回18篇。

**（二）平台建设。**旧网站的专栏并入新平台，失效链接清理干净，历史文件补上有效性标注，可以按年份检索。
微信公众号菜单由十一项压缩为三项，留言在两个工作日内答复，超过时限的由办公室逐件催办。

## 五、存在的主要问题及改进情况

栏目维护靠人工提醒，节假日前后更新偏慢。解读稿与文件不能同时见报，中间常隔一周以上。
"""
# The same with other numbers, and the bureau's name where it said 本局.
AGAIN = LAST.replace("326", "1502").replace("18篇", "7篇").replace("四类", "六类").replace("两名", "三名")
OTHER = """\
## 一、总体情况

**（一）主动公开。**汛期前在村口张贴隐患点明白卡，写明撤离路线和联系人，网站同步公布每个点的位置。
存量住宅用地按季度公布，未销售房屋的土地面积一并列出，开发企业名称可以直接查询。

**（二）平台建设。**自助终端布设到十二个乡镇，凭身份证打印登记结果，市区查阅室的排队明显减少。
图件改用分级切片发布，手机上也能放大到地块，重要地块另配局部图供居民辨认。

## 五、存在的主要问题及改进情况

基层人员流动快，业务靠口口相传。图件在手机上打开仍慢，影响居民提出意见。
"""


def both(now, last=LAST, **values):
    return make(2024, narrative=now + REST, previous=make(2023, narrative=last + REST), **values)


def test_last_years_chapter_with_other_numbers_is_found_with_both_lines():
    found, short = findings(both("\n\n" + AGAIN), "W701")
    assert (found.place, short.place) == ("一、总体情况", "五、存在的主要问题及改进情况")
    assert (found.source.file, found.source.line) == ("narrative.md", 9)
    assert found.found.startswith(
        "与2023年度“一、总体情况”相同或大部分相同的句子占100%（数字和名称写作…）：“微信公众号菜单由…项压缩为…项，留言"
    )
    assert found.found.count("（第9行，上年第7行）") == found.found.count("（第8行，上年第6行）") == 1


def test_a_sentence_that_is_quoted_in_part_is_said_to_be():
    long = "微信公众号菜单压缩，留言由专人逐条分送各科室并按时回复，没有回复的每周点名，"
    text = f"## 一、总体情况\n\n{f'{long}月底公布各科室的用时和评分，年底照此再评一次。' * 3}\n"
    [found] = findings(both(text, text), "W701")
    assert found.found.endswith(f"；“{long}月底公布各科室的用时和评分，年底照此（下略）”（第3行，上年第3行）")


def test_a_chapter_of_this_years_own_is_no_copy():
    assert findings(both(OTHER), "W701") == []
    assert findings(make(2024, narrative=AGAIN + REST), "W701") == []


def test_a_few_sentences_may_stay():
    """The second half of the chapter is new: less than seven tenths agree."""
    mixed = AGAIN[: AGAIN.index("**（二）")] + OTHER[OTHER.index("**（二）") :]
    assert findings(both(mixed), "W701") == []


def test_of_a_short_chapter_that_is_due_nearly_all_must_agree():
    owed = LAST[LAST.index("## 五") :]
    assert [one.place for one in findings(both(OTHER[: OTHER.index("## 五")] + owed), "W701")] == [owed[3:].splitlines()[0]]
    mixed = OTHER[: OTHER.index("## 五")] + owed.replace("中间常隔一周以上", "今年已请编辑提前介入，两样一起上网")
    assert findings(both(mixed), "W701") == []
    # What introduces a table, or is said of other matters, may be the same in each year.
    six = "\n## 六、其他需要报告的事项\n\n" + owed.splitlines()[2] + "\n"
    assert findings(make(2024, narrative=OTHER + six, previous=make(2023, narrative=LAST + six)), "W701") == []


def test_a_chapter_of_a_few_words_never_warns():
    short = "## 一、总体情况\n\n工作有序开展，栏目按时更新，群众满意。\n\n## 五、问题\n\n逐项改进，确保实效，不走过场。\n"
    assert findings(both(short, short), "W701") == []


TEMPLATE = """\
## 一、总体情况

根据《中华人民共和国政府信息公开条例》的规定，编制本报告。本报告所列数据的统计期限自1月1日起至12月31日止。
本年度未收到政府信息公开申请。没有因政府信息公开引起的行政复议、行政诉讼。全年没有收取信息处理费。
制发行政规范性文件3件，废止1件，现行有效12件。新收政府信息公开申请12件，予以公开8件，结转下年度办理1件。
如对本报告有疑问，请与办公室联系，联系电话：0000-1234567，地址：人民路1号，邮编：100000。

## 五、存在的主要问题及改进情况

逐项改进。
"""


def test_what_every_report_says_is_nobodys_own_text():
    report = make(2024, narrative=TEMPLATE + REST)
    assert [one for one in own_texts(report) if one.heading.startswith("一")] == []
    assert findings(both(TEMPLATE, TEMPLATE), "W701") == []


def test_a_placeholder_is_masked_like_the_number_that_it_prints():
    written, filled = ('{{ 表三["一"]["总计"] }}件来信', "12件来信")
    mask = masker_of(make())
    assert mask(f"全年处理{written}") == mask(f"全年处理{filled}") == f"全年处理{MASK}件来信"


@each(
    ("name", "parts"),
    [
        ("示例市教育局", {"示例市", "教育局", "教育"}),
        ("定西市农业农村局", {"定西市", "农业农村局", "农业农村"}),
        ("示例省示例市示例县人民政府", {"示例省", "示例市", "示例县"}),
        ("示例县青山镇人民政府", {"青山镇"}),
        ("示例市测试政府办公厅", {"测试"}),
        ("示例市测试街道办事处", {"测试"}),
        *(
            (f"示例市测试{end}", {"测试"})
            for end in ("分局", "支队", "幼儿园", "小学", "中学", "学校", "学院", "大学", "医院", "卫生院", "署")
        ),
        *((f"示例市测试{end}", {"测试"}) for end in ("办事处", "站", "所", "处", "中心", "总局")),
    ],
)
def test_a_name_is_masked_in_each_form_that_people_use(name, parts):
    assert parts <= variants(name)


def masker(name):
    about = BureauParams.model_validate({"name": name, "short": name.removeprefix("示例"), "level": "市"})
    report = make()
    object.__setattr__(report, "bureau", about)
    return masker_of(report)


HAN = st.text(st.sampled_from("政务公开栏目更新服务群众解读文件平台监督"), min_size=10, max_size=40)
COUNTS = st.integers(0, 99999)


@pytest.mark.slow
@given(st.lists(st.tuples(HAN, COUNTS, COUNTS, HAN), min_size=1, max_size=6))
def test_other_names_and_other_numbers_are_still_the_same_text(made):
    """示例市教育局 with 12 and 示例市民政局 with 15: the similarity is 1."""
    one, two = [], []
    for line, (before, number, another, behind) in enumerate(made):
        one.append(Sentence(line, masker("示例市教育局")(f"{before}，示例市教育局{number}次{behind}，教育局{number}.5%。")))
        two.append(
            Sentence(line, masker("示例市民政局")(f"{before}，示例市民政局{another}次{behind}，民政局{another}.5%。"))
        )
    assert agreement(OwnText("一", tuple(one)), OwnText("一", tuple(two))).share == 1


@given(st.text(st.sampled_from(string.ascii_letters + "政务公开栏目12…，。"), max_size=80))
def test_masking_what_is_masked_changes_nothing(text):
    mask = masker("示例市教育局")
    assert mask(mask(text)) == mask(text)


def test_a_paragraph_that_stands_twice_is_found_with_both_lines():
    repeated = OTHER.splitlines()[2].replace("**（一）主动公开。**", "")
    narrative = OTHER + f"\n{repeated}\n"
    (found,) = findings(make(narrative=narrative + REST), "W703")
    line = narrative.splitlines().index(repeated) + 1
    assert (found.place, found.source.line) == ("五、存在的主要问题及改进情况", line)
    assert found.found.endswith("已见于“一、总体情况”（第3行）")


def test_a_short_paragraph_stands_twice_in_a_chapter_only_where_it_points_at_what_is_below():
    short = "档案移交与主动公开同步办理。"
    narrative = (
        f"## 一、总体情况\n\n{short}\n\n召开会议。\n\n{{}}\n\n## 五、存在的主要问题及改进情况\n\n逐项改进。\n\n{{}}\n"
    )
    assert [one.source.line for one in findings(make(narrative=narrative.format(short, "") + REST), "W703")] == [7]
    for twice in (
        "责任单位：局办公室、政策法规科。",
        "整改：由办公室负责，6月底前完成。",
        "档案移交的办理情况如下表所示。",
        "逐项改进。",
        "档案移交与主动公开",
    ):
        assert findings(make(narrative=narrative.replace(short, twice).format(twice, "") + REST), "W703") == []
    assert findings(make(narrative=narrative.format("", short) + REST), "W703") == []


def test_short_paragraphs_are_not_looked_for_in_one_another():
    def calls(count):
        text = "".join(f"第{at:05}号档案移交办理。\n\n" for at in range(count))
        report, seen = make(narrative=f"## 一、总体情况\n\n{text}{REST}"), []
        sys.setprofile(lambda frame, event, argument: seen.append(event))
        try:
            assert [*copied.twice(report, None)] == []
        finally:
            sys.setprofile(None)
        return len(seen)

    assert calls(200) < 2.5 * calls(100)


def test_a_long_paragraph_that_stands_in_a_longer_one_is_found():
    told = (
        "局党组先后听取汇报并研究部署公开事项，把水库放水预报、山洪灾害危险区名录和农村供水水质检测结果作为公开重点，"
        "按周在网站和村务公示栏同步张贴。"
    )
    heads = "## 五、存在的主要问题及改进情况\n\n逐项改进。\n\n## 六、其他需要报告的事项"
    narrative = f"## 一、总体情况\n\n{told}另派专人回访。\n\n{heads}\n\n{told}\n"
    (found,) = findings(make(narrative=narrative + REST), "W703")
    assert (found.place, found.source.line) == ("六、其他需要报告的事项", 11)


def test_a_statement_that_nothing_happened_may_stand_twice():
    none = "本年度没有收到政府信息公开申请，也没有上年结转的申请，没有结转下年度继续办理的政府信息公开申请。"
    narrative = OTHER + f"\n{none}\n\n## 六、其他需要报告的事项\n\n{none}\n"
    assert findings(make(narrative=narrative + REST), "W703") == []


def test_a_statement_on_the_years_work_does_not_stand_among_the_problems_as_well():
    counted = "全年新收政府信息公开申请544件，全部为书面申请，答复554件，其中予以公开168件。"
    twice = OTHER.replace("\n## 五", f"\n{counted}\n\n## 五") + f"\n{counted}\n"
    assert [one.place for one in findings(make(narrative=twice + REST), "W703")] == ["五、存在的主要问题及改进情况"]
    lead = OTHER.replace("\n## 五", f"\n{counted}\n\n## 五") + REST.replace("申请情况\n", f"申请情况\n\n{counted}\n")
    assert findings(make(narrative=lead), "W703") == []


def test_a_note_below_two_tables_is_no_repetition():
    note = "注：数字截至2024年12月31日，含市直属学校，不含民办幼儿园和校外培训机构。"
    source = "资料来源：示例市统计局、示例市教育局、示例市公安局和示例市民政局年度报表。"
    tables = "".join(f"表{number} 甲\n\n|镇|件|\n|--|--|\n|乙|3|\n\n{note}\n\n{source}\n\n" for number in (5, 6))
    assert findings(make(narrative=f"{BODY}\n{tables}{REST}"), "W703") == []
    assert (
        len(findings(make(narrative=f"{BODY}\n{tables}{REST}".replace("注：", "").replace("资料来源：", "经")), "W703")) == 2
    )
