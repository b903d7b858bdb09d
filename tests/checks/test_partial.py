"""Figures of some months in the report of a whole year; and how many 半数, 过半 and 多数 are."""

import sys

import pytest

from making import BODY, findings, make
from nianbao.checks import partial
from nianbao.narrative.passages import compose
from prosing import report, said

OF_MONTHS = [
    "2024年1—11月，共受理政府信息公开申请50件。",
    "1至11月，我局共收到政府信息公开申请50件，同比增长5%。",
    "今年一至十一月，收到依申请公开50件。",
    "2024年1月1日至12月20日，我局收到申请50件。",
    "截至2024年11月底，我局共办结政府信息公开申请50件。",
    "截止12月20日，我局共收到政府信息公开申请50件。",
    "前三季度，我局受理申请50件。",
    "前11个月，行政复议9件。",
    "二〇二四年1-10月份，发生信息公开行政诉讼2件。",
    "2024年1月1日至2024年11月30日，收到申请50件。",
    "截至2024年11月底，我局共受理政府信息公开申请五十件。",
    "1—11月，收到申请十二件。",
    "从2024年1月1日至11月30日，我局共收到申请50件。",
    "自2024年1月1日起至2024年10月31日止，收到政府信息公开申请50件。",
    "2024 年 1—11 月，收到申请 50 件。",
    "**截至11月底**，我局收到申请50件。",
    "1－11月，全县各级行政机关共受理政府信息公开申请1,150件。",
    "２０２４年１－１１月，收到申请５０件。",
    "截至2024年12月20日，共收到依申请公开50件。",
    "截止目前（截至11月30日），我局受理申请50件。",
    "今年1至10月，通过网站、邮箱等渠道收到申请50余件。",
    "年初至11月底，共受理政府信息公开申请50件。",
    "前十个月，收到申请50件。",
    "截至11月中旬，收到申请五十件。",
    "1月—11月，收到依申请公开50份。",
    "截至2024年11月，政府信息公开申请50件，均按期答复。",
    "前三季度，行政复议3件，行政诉讼2起。",
    "一月至十一月，受理申请两百件。",
    "2024年1—11月，我局收到申请50件，其中予以公开30件，不予公开20件。",
    "截至11月底，我局收到申请50件。12月开展培训3场。",
    "统计截至2024年11月30日，我局收到政府信息公开申请50件。",
    "1—11月，在依申请公开方面，受理申请50件。",
    "截至十一月三十日，收到申请50件。",
]
OF_ALL = [
    "2024年1—12月，共受理政府信息公开申请50件。",
    "截至2024年12月31日，我局共受理政府信息公开申请50件。",
    "截至2024年底，我局共受理政府信息公开申请50件。",
    "1—6月收到申请20件，7—12月收到申请30件。",
    "全年收到申请50件，其中1—6月20件。",
    "上半年收到申请20件，下半年收到申请30件。",
    "2023年1—11月，受理政府信息公开申请40件。",
    "截至2025年1月15日，受理的申请50件均已办结。",
    "上年结转的申请3件，截至2月底已全部办结。",
    "截至11月底，门户网站发布信息1200条。",
    "1—11月，开展申请人座谈会3次，走访群众50人。",
    "3—4月，我局办理申请50件。",
    "2024年11月1日至11月30日，收到申请5件。",
    "2024年1—11月收到申请50件，12月收到申请5件。",
    "1—11月收到申请50件、12月5件。",
    "截至11月底收到申请50件，12月又收到3件。",
    "截至11月底，收到申请50件，12月份新收3件，合计53件。",
    "收到申请20件，于2024年1月1日至6月30日整改完毕。",
    "自1月起至6月开展专项行动，办理申请20件。",
    "1—6月收到申请20件；7—12月收到申请30件。",
    "1—11月，收到申请50件。12月，收到申请5件。",
    "全年共收到申请55件。截至11月底，已办结政府信息公开申请50件。",
    "2024年，我局收到政府信息公开申请50件，截至11月底已全部办结。",
    "收到申请50件，截至2024年11月底已办结申请48件。",
    "对1—11月收到的申请50件逐件复核。",
    "县司法局抽查1—6月办结的政府信息公开申请20件，均合格。",
    "因机构改革，我局1—3月收到申请5件，此后职责划入县市场监管局。",
    "我局于2024年9月挂牌，截至11月底收到申请5件。",
    "前三季度，每季度受理申请均不超过5件。",
    "截至11月底，本年度“一件事”办结申请事项一件事3项。",
    "1月至6月开展“百日攻坚”，期间办理申请20件。",
    "截至2024年12月31日，收到申请五十件。",
    "1—12月收到申请五十件。",
    "2024年1月1日至2024年12月31日，收到申请50件。",
    "其中1—6月收到申请20件，7—9月10件，四季度20件。",
    "截至9月底，网站改版完成，全年收到申请50件。",
    "第一季度收到申请10件，第二季度收到申请15件。",
    "1—3月举办培训2场，收到申请50件。",
    "自2023年11月1日至2024年11月30日，收到申请50件。",
    "截至2月底，上述申请均已答复，行政复议9件均已审结。",
    "1—11月收到申请50件，同比增长10%，全年收到55件。",
    "根据1—11月统计分析结果，完善办理申请流程3次。",
    "1—6月受理群众来信50件，依申请公开另行统计。",
    "截至12月底，我局收到申请50件。",
    "2025年1—3月，收到申请5件，将在下年度报告中反映。",
    "本报告统计期限为2024年1月1日至11月30日，收到政府信息公开申请50件。",
    "其中，截至6月底前收到并按期答复的申请占四成。",
    "与1—11月相比，12月收到申请增加5件。",
    "较前三季度受理的申请多5件。",
    "截至3月底，收到申请5件。",
]
ENDS = ("份", "底", "末", "上旬", "中旬", "30日", "三十号", "30日止")


def found(text):
    narrative = BODY.replace("工作有序开展。", f"工作有序开展。\n\n{text}")
    return narrative, findings(make(2024, narrative=narrative), "W240")


def test_applications_and_cases_of_some_months_are_a_warning_with_the_period_as_typed():
    for text in OF_MONTHS:
        narrative, [finding] = found(text)
        sentence, _, _ = text.partition("。")
        assert ("2024年1月1日至12月31日的数", f"“{sentence}”") == (finding.expected, finding.found)
        assert finding.place.removeprefix("一、总体情况 · ") in sentence
        assert narrative.split("\n")[finding.source.line - 1] == text


def test_a_whole_year_another_year_and_what_no_table_counts_are_none():
    assert [] == [text for text in OF_ALL if found(text)[1]]


def test_each_word_of_a_period_and_of_what_is_counted_is_known():
    told = [f"1月{sign}11月，收到申请50件。" for sign in ("至", "到", "—", "–", "~", "～", "－", "-", "——")]
    told += [f"截{sign}11月底，收到申请50件。" for sign in "至止到"]
    told += [f"截至{year}年11月底，收到申请50件。" for year in "本今当"]
    told += [f"1月1日至{year}年11月30号，收到申请50件。" for year in "本今当"]
    told += [f"截至11月{end}，收到申请50件。" for end in ("", *ENDS)]
    told += [
        "一月一日至十一月三十日，收到申请50件。",
        "1月1号起，至11月底，收到申请50件。",
        "截至12月上旬，收到申请50件。",
        "截至12月中旬，收到申请50件。",
    ]
    deeds = ("收到", "受理", "接到", "新收", "办结", "答复", "办理", "处理")
    told += [f"截至11月底，{deed}申请50件。" for deed in deeds]
    whose = ("信息公开", "依", "公民、法人和其他组织", "公民", "群众", "企业提交的")
    told += [f"截至11月底，受理{one}申请50件。" for one in whose]
    told += [
        f"截至11月底，信息公开申请{number}。" for number in ("一千零五件", "五百件", "50多件", "50余起", "两份", "1,005宗")
    ]
    told += ["截至11月底，依申请公开50件。", "截至11月底，办结依申请公开50件。", "截至11月底，受理申请一千件。"]
    assert [] == [text for text in told if not found(text)[1]]


def test_the_place_of_months_is_their_period_to_its_end():
    for end in ENDS:
        [finding] = found(f"截至11月{end}，收到申请50件。")[1]
        assert finding.place == f"一、总体情况 · 截至11月{end}"


def test_each_word_that_makes_months_no_slip_is_known():
    none = [f"截至{month}月底，收到申请5件。" for month in "123一二三"]
    none += ["截至今年2月底，收到申请5件。", "截至本年3月，收到申请5件。"]
    between = (
        "完成 整改 开展 举办 举行 召开 组织 实施 进行 结束 行动 期间 发布 公布 修订 清理 培训 检查 推进 答复 办结 审结 每季"
    )
    none += [f"截至11月底，{deed}后收到申请50件。" for deed in between.split()]
    objects = "对 就 把 将 与 较 比 含 包括 其中 抽查 复核 评查 核查"
    none += [f"县司法局{before}1—11月受理申请50件的情况作了说明。" for before in objects.split()]
    none += [
        f"1—11月受理申请50件，{all_of}60件。" for all_of in ("全年", "本年度", "下半年", "四季度", "1至12月", "到12月31日")
    ]
    others = "同期 上年 去年 往年 结转 机构改革 撤销 撤并 合并 划转 划入 划出 组建 成立 挂牌 更名"
    none += [f"{word}以来，1—11月受理申请50件。" for word in others.split()]
    none += [
        "2024年十一月一日至十一月三十日，收到申请5件。",
        "截至11月底，受理投诉12件，依法申请法院强制执行5件。",
        "截至11月底，受理补贴申请，发放证书12件。",
        "截至11月底，受理低保申请50件，住房保障申请60件。",
        "截至11月底，规范依申请公开，印发文件12件。",
        "截至11月底，规范行政复议，印发文件12件。",
        "截至11月底，行政处罚50件。",
        "截至11月底，答复申请人来电5件。",
        "截至11月底，办理申请一件事。",
    ]
    assert [] == [text for text in none if found(text)[1]]


def test_sentences_about_months_are_not_compared_with_one_another():
    def calls(count):
        text = "".join(f"1—11月，收到申请{at:03}件。" for at in range(count))
        report, seen = make(2024, narrative=BODY.replace("工作有序开展。", text)), []
        narrative = compose(report)
        sys.setprofile(lambda frame, event, argument: seen.append(event))
        try:
            assert len([*partial.of_months(report, narrative)]) == count
        finally:
            sys.setprofile(None)
        return len(seen)

    assert calls(200) < 2.5 * calls(100)


def test_of_a_period_that_is_short_and_of_figures_of_it_only_the_error_is_told():
    text = "本报告统计期限为2024年1月1日至11月30日，收到政府信息公开申请50件。"
    narrative = BODY.replace("工作有序开展。", f"工作有序开展。\n\n{text}")
    assert ["E112"] == [one.code for one in findings(make(2024, narrative=narrative)) if one.code in {"E112", "W240"}]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("半数以上的申请予以公开。", "予以公开半数以上"),
        ("超过半数的申请予以公开。", "予以公开超过半数"),
        ("多数申请予以公开。", "予以公开多数"),
        ("绝大多数申请由商业企业提出。", "商业企业绝大多数"),
        ("收到商业企业申请7件，占多数。", "商业企业7件占多数"),
        ("绝大多数申请由自然人提出。", ""),
        ("收到自然人申请120件，占绝大多数。", ""),
        ("一半的申请予以公开。", ""),
        ("近半数的申请予以公开或部分公开。", ""),
        ("上年结转4件，半数以上由商业企业提出。", ""),
        ("我局多数申请能在法定期限内答复。", ""),
        ("少数服从多数，多数单位未收到申请，推进多数据共享。", ""),
    ],
)
def test_a_half_and_most_are_shares(text, shown):
    found = said(report("three", text))
    assert ["W501"] * bool(shown) == [one.code for one in found]
    assert all(shown in one.found for one in found)
