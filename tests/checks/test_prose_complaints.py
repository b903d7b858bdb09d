"""Complaints about the bureau itself, merged applications and letters, and the subjects that applications are about."""

from prosing import report, said

# True though their number is that of no row: 信访举报投诉类申请 is 0, 办结 128.
ABOUT_US = [
    ("three", "申请人对答复不服提起投诉2件，均已妥善处理。"),
    ("three", "群众投诉2件，均已妥善处理。"),
    ("three", "收到信息公开投诉举报2件，均已办结。"),
    ("three", "收到政府信息公开工作投诉2件，均已按时答复。"),
    ("three", "年内被举报1件，查实0件。"),
    ("three", "因信息公开引发的信访1件。"),
    ("three", "申请人信访2件，均已答复。"),
    ("three", "受理政府信息公开工作投诉1件，已办结1件。"),
    ("three", "接到群众举报3件，均已核查。"),
    ("three", "全年收到投诉3件，办结3件。"),
    ("three", "政府信息公开被投诉0件，被举报1件。"),
    ("three", "因答复不及时被投诉1件。"),
    ("three", "妥善处置因依申请公开产生的信访事项2件。"),
    ("three", "上级转办信访件2件，均已办结。"),
    ("one", "依申请公开工作中，被投诉1件，已核查反馈。"),
    ("one", "收到政府信息公开申请130件，办结128件。受理信息公开工作投诉1件，已办结1件。"),
    ("five", "政府信息公开工作被投诉举报1件，已整改。"),
]
MERGED = [
    ("three", "对内容相同的申请合并答复，出具答复书4份。"),
    ("three", "将内容相同的12件申请合并办理，出具答复书4份。"),
    ("three", "合并办理相同申请12件，出具答复书4份。"),
    ("three", "130件申请合并为110件办理。"),
    ("three", "130件申请合并为110件答复。"),
    ("three", "收到申请130件，合并后办理110件。"),
    ("three", "对同一申请人的多件申请合并办理，答复10件。"),
    ("three", "经合并，办理110件。"),
    ("three", "并案办理，出具答复书4份。"),
]
SUBJECTS = [
    ("three", "申请内容主要涉及征地拆迁60件、行政许可40件、行政处罚30件。"),
    ("three", "从申请内容看，涉及征地拆迁60件、行政许可40件、行政处罚30件。"),
    ("three", "申请内容：征地拆迁60件、行政许可40件、行政处罚30件。"),
    ("three", "收到申请130件，其中涉及行政许可40件、行政处罚30件。"),
    ("three", "申请事项涉及行政处罚30件，行政许可40件。"),
    ("three", "因申请人逾期未补正，不再处理6件。"),
    ("three", "逾期不补正，不再处理6件。"),
    ("three", "申请人逾期不补正、行政机关不再处理6件。"),
    ("three", "收取信息处理费3件。"),
    ("three", "收取政府信息公开信息处理费3件。"),
    ("three", "抽查答复书30件，其中予以公开10件、部分公开5件、不予公开15件。"),
    ("three", "评查答复书30份，其中予以公开10份、部分公开5份、不予公开15份。"),
]
WRONG = [
    ("three", "信访举报投诉类申请2件。"),
    ("three", "不予处理信访、举报、投诉类申请2件。"),
    ("three", "不予处理1件，其中信访举报投诉类2件。"),
    ("three", "以信访、举报、投诉等名义提出的申请2件，不予处理。"),
    ("three", "收到政府信息公开申请131件，没有合并办理的申请。"),
    ("three", "逾期不补正，不再处理7件。"),
    ("three", "出具答复书140份。"),
    ("three", "收取申请131件。"),
    ("two", "作出行政许可决定40件、行政处罚决定30件。"),
]


def found(where, text):
    return [f"{one.code} {one.found}" for one in said(report(where, text))]


def test_complaints_about_the_bureau_are_no_applications():
    assert [] == [one for where, text in ABOUT_US for one in found(where, text)]


def test_merged_applications_and_their_letters_are_compared_with_nothing():
    assert [] == [one for where, text in MERGED for one in found(where, text)]


def test_what_applications_are_about_and_letters_that_are_examined_are_no_rows():
    assert [] == [one for where, text in SUBJECTS for one in found(where, text)]


def test_a_wrong_number_of_a_row_is_told():
    assert [] == [text for where, text in WRONG if not found(where, text)]
