"""A list behind a colon is all that there is: one that has lost an item falls short of its total."""

from cases import each
from making import fact
from prosing import VALUES, report, said


@each(
    ("where", "text", "codes"),
    [
        ("one", "主动公开信息100件：政策文件60件、工作动态30件、其他10件。", []),
        ("one", "主动公开信息100件：政策文件60件、工作动态30件。", ["W501"]),
        ("one", "主动公开信息100件，其中：政策文件60件、工作动态30件。", ["W501"]),
        ("one", "主动公开信息100件，分别为：政策文件60件、工作动态30件。", ["E503"]),
        ("one", "主动公开信息100件：政策文件60件、工作动态30件等。", []),
        ("one", "主动公开信息100件，主要有：政策文件60件、工作动态30件。", []),
        ("one", "主动公开信息100件，其中重点领域：政策文件60件、工作动态30件。", []),
        ("one", "主动公开信息100件，按内容分：政策文件60件；工作动态30件。", ["W501"]),
        ("one", "主动公开信息100件，其中从内容看：政策文件60件；工作动态30件。", ["W501"]),
        # Without a colon they may be some, but where they are nearly all.
        ("one", "公开各类信息484条，其中政策文件6条、工作动态62条。", []),
        ("one", "公开各类信息484条（政策文件6条、工作动态62条）。", []),
        ("one", "公开各类信息484条，其中政策文件6条、工作动态462条。", ["W501"]),
        ("one", "公开各类信息484条，其中政策文件6条、工作动态482条。", ["W501"]),
        ("one", "公开各类信息484条，其中政策文件6条、工作动态62条、其他内容6条。", ["E503"]),
        ("one", "公开各类信息484条：政策文件6条、工作动态62条。", ["W501"]),
        # Each of these numbers is as in the tables.
        ("three", "新收130件，其中：自然人120件、商业企业7件、其他组织3件。", []),
        ("three", "新收130件，其中：自然人120件、商业企业7件。", ["W501"]),
        ("three", "新收130件，其中自然人120件、商业企业7件。", []),
        ("three", "新收130件：自然人120件。", []),
        ("three", "办结128件：予以公开50件、部分公开9件、不予公开32件、无法提供26件、不予处理1件、其他处理10件。", []),
        ("three", "办结128件：予以公开50件、部分公开9件、不予公开32件、无法提供26件、不予处理1件。", ["W501"]),
        ("three", "办结128件，其中：予以公开50件、部分公开9件；不予公开32件、无法提供26件。", []),
        ("three", "共办理134件：予以公开50件、部分公开9件。", []),
        ("four", "行政复议9件：维持6件，纠正1件，尚未审结2件。", []),
        ("four", "行政复议9件：维持6件，纠正1件。", ["W501"]),
    ],
)
def test_a_list_behind_a_colon_sums_up_to_its_total(where, text, codes):
    assert codes == [one.code for one in said(report(where, text))]


INFORMED = {
    "公开信息": fact("公开信息", 524, "条", 网站=171, 新媒体=330, 公报=23),
    "培训": fact("培训", 520, "条"),
}


FACT, SITE, MEDIA, PAPER = "{{ 事实.公开信息 }}", *(f"{{{{ 事实.公开信息.{one} }}}}" for one in ("网站", "新媒体", "公报"))
TRAINED, ALL, SOME = "{{ 事实.培训 }}", '{{ 表三["一"]["总计"] }}', '{{ 表三["一"]["自然人"] }}'
ONE_MORE = ALL.replace(" }", " + 1 }")


@each(
    ("text", "typed", "printed"),
    [
        ("公开政府信息{}，其中网站发布172条、政务新媒体发布{}、公报{}。", "524条 330条 23条", [FACT, MEDIA, PAPER]),
        ("公开政府信息{}，其中门户发布{}、政务新媒体发布{}。", "524条 330条 330条", [FACT, MEDIA, MEDIA]),
        ("公开政府信息{}，其中网站发布{}、政务新媒体发布{}。", "524条 520条 23条", [FACT, TRAINED, PAPER]),
        ("公开政府信息{}（网站发布172条，政务新媒体发布{}，公报23条）。", "524条 330条", [FACT, MEDIA]),
        ("网上发布{}，政务新媒体发布{}，公报24条，合计{}。", "171条 330条 524条", [SITE, MEDIA, FACT]),
        ("接待{}人次，其中现场{}人次、网上14人次。", "130 120", [ALL, SOME]),
        ("接待{}人次，其中现场{}人次、网上{}人次。", "130 120 120", [ALL, SOME, SOME]),
        ("接待{}人次，其中现场{}人次、网上14人次。", "131 120", [ONE_MORE, SOME]),
    ],
)
def test_a_list_with_placeholders_sums_up_as_one_that_is_typed(text, typed, printed):
    texts = (text.format(*numbers) for numbers in (typed.split(), printed))
    found = [[one.code for one in said(report("three", one, facts=INFORMED))] for one in texts]
    assert found[0] == found[1]
    assert len(found[0]) == 1


@each(
    "text",
    [
        # Its parts are proved where the fact stands, and a text may tell some of them.
        "公开政府信息{{ 事实.公开信息 }}，其中网站发布{{ 事实.公开信息.网站 }}、政务新媒体发布{{ 事实.公开信息.新媒体 }}。",
        "全年公开信息524条，其中网站171条、新媒体330条。",
        "公开政府信息{{ 事实.公开信息 }}，其中网站发布171条、政务新媒体发布{{ 事实.公开信息.新媒体 }}、公报23条。",
    ],
)
def test_a_list_of_a_fact_and_its_parts_is_true(text):
    assert not said(report("three", text, facts=INFORMED))


def test_what_applicants_were_given_may_be_told_alone():
    cells = {("三（一）", "总计"): 70, ("三（二）", "总计"): 30, ("三（三）1", "总计"): 2}
    values = VALUES | {"表三": VALUES["表三"] | cells}
    for text, told in (
        ("办结128件，其中予以公开70件、部分公开30件。", []),
        ("办结128件，其中予以公开70件、部分公开31件。", ["E501"]),
        ("办结128件，其中予以公开70件、不予公开14件、无法提供26件。", ["W501"]),
    ):
        assert told == [one.code for one in said(report("three", text, values))]


def test_what_is_left_counts_in_a_list_that_it_ends():
    def codes(text):
        return [one.code for one in said(report("three", text, facts=INFORMED))]

    for text, told in (
        ("公开政府信息{{ 事实.公开信息 }}，其中低保公示52条、养老服务信息90条、其他382条。", []),
        ("公开政府信息{{ 事实.公开信息 }}，其中低保公示52条、养老服务信息90条、其他380条。", ["W501"]),
        ("公开政府信息{{ 事实.公开信息 }}，其中低保公示52条、养老服务信息90条、其他392条。", ["W501"]),
        ("公开政府信息{{ 事实.公开信息 }}，其中低保公示52条、养老服务信息90条、其他80条。", ["W501"]),
        ("公开政府信息{{ 事实.公开信息 }}：低保公示52条、养老服务信息90条、其他380条。", ["W501"]),
        ("公开政府信息{{ 事实.公开信息 }}，其中低保公示52条、养老服务信息90条、其他380条等。", []),
    ):
        assert told == codes(text), text


@each(
    ("text", "told"),
    [
        ("全年办结128件，其中予以公开50件，部分公开9件，不予公开32件，无法提供26件。", ["W501"]),
        ("办结128件，其中予以公开50件、部分公开9件、不予公开32件、无法提供26件、不予处理1件。", ["W501"]),
        ("办结128件，其中予以公开50件，部分公开9件，不予公开32件，无法提供26件，均按期答复。", ["W501"]),
        ("办结128件，其中予以公开50件，部分公开9件，不予公开32件，无法提供26件等。", []),
        ("办结128件，其中予以公开50件，部分公开9件，不予公开32件，无法提供26件，其余为其他处理。", []),
        ("办结128件，其中予以公开50件，部分公开9件，不予公开32件。", []),
        ("办结128件，其中予以公开50件、部分公开9件、不予公开32件、无法提供26件、其他11件。", []),
        ("收到申请130件，其中自然人120件，商业企业7件。", []),
    ],
)
def test_outcomes_that_are_most_of_those_concluded_are_asked_about(text, told):
    assert told == [one.code for one in said(report("three", text))]
