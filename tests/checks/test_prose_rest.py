"""What 其他N件 counts: the rest of the number that heads it, or the last row of a list of outcomes."""

from prosing import other, report, said

TRUE = [
    ("three", "无法提供26件，其中本机关不掌握20件，其他6件。", ""),
    ("three", "无法提供26件，其中本机关不掌握20件，占76.9%；其他6件，占23.1%。", ""),
    ("three", "其他处理10件，占7.8%，其中逾期不补正6件，占60%，其他4件，占40%。", ""),
    ("three", "办结128件，其中予以公开50件，部分公开9件，其他69件。", ""),
    ("three", "予以公开50件，部分公开9件，不予公开32件，无法提供26件，不予处理1件，其他10件。", ""),
    ("three", "公民申请120件、法人申请7件、其他3件，占比分别为92.3%、5.4%、2.3%。", ""),
    ("four", "行政复议9件：维持6件，其他3件。", ""),
    ("four", "行政复议9件，其中维持6件，纠正1件，其他情形2件。", ""),
    ("four", "行政复议9件，其中维持6件，占66.7%；其他3件，占33.3%。", ""),
    ("four", "行政诉讼5件，结果维持4件，其他1件尚未审结。", ""),
    ("four", "被复议9件，其中维持6件，其他3件（纠正1件、尚未审结2件）。", ""),
    ("four", "行政复议9件，其中涉及征地5件、规划2件、其他事项2件。", ""),
    ("four", "行政复议9件，申请人为自然人8件，其他1件。", ""),
    ("four", "行政诉讼5件，其中一审3件，其他2件。", ""),
    ("four", "行政复议案件中，不服“不予公开”答复5件，不服“无法提供”答复3件，其他1件。", ""),
]
WRONG = [
    ("three", "无法提供26件，其中本机关不掌握20件，其他7件。", "E501"),
    ("three", "无法提供26件，其中本机关不掌握20件，其他6件，占33.1%。", "E502"),
    ("three", "其他处理10件，其中逾期不补正6件，占60%，其他4件，占41%。", "E502"),
    ("three", "其他处理10件，其中逾期不补正6件，其他5件。", "E501"),
    ("three", "办结128件，其中予以公开50件，部分公开9件，其他68件。", "E501"),
    ("three", "予以公开50件，部分公开9件，不予公开32件，无法提供26件，不予处理1件，其他11件。", "E501"),
    ("three", "公民申请120件、法人申请8件、其他3件。", "E501"),
    ("three", "公民申请120件、法人申请7件。", "E501"),
    ("four", "行政复议9件，维持6件，其他4件。", "E501"),
    ("four", "行政复议9件：维持7件，其他2件。", "E501"),
    ("four", "行政复议9件，其中维持6件，占66.7%；其他3件，占34.3%。", "E502"),
    ("four", "行政复议9件，其中维持6件，纠正1件，其他情形3件。", "E501"),
    ("four", "行政复议9件，其中涉及征地5件、规划2件、其他事项3件。", "W501"),
    # With its word it is the row, whatever is left: two are not closed, and none ended otherwise.
    ("four", "行政复议9件，维持6件，纠正1件，其他结果2件。", "E501"),
    ("three", "其他处理11件。", "E501"),
]
# 等其他 widens a row by those behind it, 经办理 counts nothing, and 与上年结转的4件 is this year's row.
WIDENED = [
    ("three", "不予公开等其他答复69件。", ""),
    ("three", "不予公开、无法提供等其他答复69件。", ""),
    ("three", "予以公开50件，占39.1%；部分公开9件，占7%；不予公开等其他69件，占53.9%。", ""),
    ("three", "不予公开等其他答复70件。", "W501"),
    ("three", "不予公开33件。", "E501"),
    ("three", "经办理，50件予以公开，9件部分公开，6件结转下年度。", ""),
    ("three", "经依法办理，予以公开50件。", ""),
    ("three", "经办理，予以公开51件。", "E501"),
    ("three", "已经办理129件。", "E501"),
    ("three", "本年新收130件，与上年结转的4件一并办理，全年答复128件。", ""),
    ("three", "本年新收130件，与上年结转的4件合并办理，全年答复128件。", ""),
    ("three", "本年新收130件，与上年结转的5件一并办理，全年答复128件。", "E501"),
]


def test_others_are_what_the_numbers_before_leave_of_their_head():
    assert other(TRUE) == []


def test_others_that_are_neither_the_rest_nor_their_row_are_told():
    assert [(text, found) for where, text, code in WRONG if (found := _gravest(where, text)) != code] == []


def test_words_that_widen_a_row_or_only_tell_the_work_count_no_row_alone():
    assert other(WIDENED) == []


def _gravest(where, text):
    return next((one.code for one in said(report(where, text))), "")
