"""All applications and all cases by other names, with the time of something else, and a total on both sides of its parts."""

from prosing import other


def test_all_applications_by_the_name_of_the_work():
    named = [
        "政府信息公开申请达",
        "依申请公开数量达",
        "依申请公开量达",
        "依申请公开件数达",
        "依申请公开总数为",
        "依申请公开总量达",
    ]
    true = [(where, f"{of}130件。", "") for of in named for where in ("one", "three")]
    true += [("one", "社会救助申请达160件。", ""), ("one", "依申请公开130件，主动公开总数达2600条。", "")]
    true += [("two", "公文核定500件，其中依申请公开总数为150件、主动公开300件、不予公开50件。", "")]
    assert [] == other([*true, *((where, f"{of}160件。", "W501") for of in named for where in ("one", "three"))])


def test_cases_counted_in_times_and_by_other_verbs():
    said = [
        ("被申请行政复议", "次", 9), ("被提起行政诉讼", "次", 5), ("行政复议", "次", 9), ("被诉", "件", 5),
        ("涉诉", "件", 5), ("被告上法庭", "件", 5), ("被诉至法院", "件", 5), ("行政复议9件，复议后被诉", "件", 2),
    ]  # fmt: skip
    true = [("four", f"{of}{many}{unit}。", "") for of, unit, many in said]
    false = [("four", f"{of}{many + 1}{unit}。", "E501") for of, unit, many in said]
    acts = ["参加行政诉讼6次。", "负责人出庭应诉6次。", "行政复议开庭10次。", "被诉行政行为6件被维持。"]
    assert [] == other([*true, *false, *(("four", text, "") for text in acts)])


def test_the_time_of_an_answer_is_not_that_of_what_was_carried_in():
    said = [
        ("上年结转的N件已于一季度全部答复。", 4, "E501"),
        ("上年结转的N件均在2024年1月办结。", 4, "E501"),
        ("2023年结转的N件已于2024年一季度办结。", 4, "E501"),
        ("上年结转N件，已于上半年全部答复。", 4, "E501"),
        ("N件因收到时间为12月下旬，结转至2025年办理。", 6, "W501"),
        ("N件因12月下旬收到，结转下年度继续办理。", 6, "W501"),
    ]
    true = [("three", text.replace("N", str(many)), "") for text, many, _ in said]
    false = [("three", text.replace("N", str(many + 1)), code) for text, many, code in said]
    some = [
        "上年结转的4件中，2件于一季度办结，2件于二季度办结。",
        "上年结转的2件已于一季度办结，2件于二季度办结。",
        "一季度办结上年结转的2件。",
    ]
    assert [] == other([*true, *false, *(("three", text, "") for text in some)])


def test_a_total_may_stand_before_its_parts_and_behind_them():
    true = [
        ("four", "行政诉讼5件，直接起诉3件，复议后起诉2件，共计5件。"),
        ("four", "行政复议、诉讼14件，行政复议9件，行政诉讼5件，合计14件。"),
        ("one", "发布信息475条，网站300条，微信175条，合计475条。"),
        ("one", "发布图解5篇，视频3篇，音频2篇，合计10篇。"),
    ]
    false = [
        ("four", "行政诉讼5件，直接起诉3件，复议后起诉2件，共计6件。", "E501"),
        ("four", "行政复议、诉讼14件，行政复议9件，行政诉讼5件，合计15件。", "E501"),
        ("one", "发布信息475条，网站300条，微信175条，合计485条。", "W501"),
    ]
    assert [] == other([*((where, text, "") for where, text in true), *false])
