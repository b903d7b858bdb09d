"""Courses of lawsuits, told behind all lawsuits: what each came to is its own."""

from prosing import other

OPENINGS = ["其中：", "其中，", "其中"]


def test_a_result_behind_a_course_in_a_sentence_of_its_own_is_that_courses():
    true = [
        "未经复议直接起诉3件，结果维持3件；复议后起诉2件，结果维持1件，尚未审结1件。",
        "复议后起诉2件，维持1件，未审结1件；直接起诉3件，维持3件。",
        "直接起诉3件，复议后起诉2件，维持4件，未审结1件。",
        "直接起诉3件，均维持；复议后起诉2件，维持1件。",
    ]
    false = [
        "未经复议直接起诉3件，结果维持2件；复议后起诉2件，结果维持1件，尚未审结1件。",
        "直接起诉3件，维持3件；复议后起诉2件，维持2件。",
        "直接起诉3件，复议后起诉2件，维持3件。",
    ]
    told = [("four", f"行政诉讼5件。{opening}{text}", "") for opening in OPENINGS for text in true]
    told += [("four", f"行政诉讼5件。{opening}{text}", "E501") for opening in OPENINGS for text in false]
    assert [] == other(told)


def test_a_result_behind_the_one_course_that_is_told_is_not_of_all_lawsuits():
    true = [
        "复议后起诉2件，结果维持1件，尚未审结1件。",
        "直接起诉3件，结果维持3件。",
        "直接起诉3件，复议后起诉2件，维持4件。",
        "直接起诉3件，维持3件，复议后起诉2件，维持1件，共维持4件。",
        "行政诉讼5件（其中复议后起诉2件），维持4件。",
        "行政诉讼方面，复议后起诉2件，结果维持4件。",
        "行政复议9件，维持6件；复议后起诉2件，维持1件。",
        "未经复议直接起诉案件3件，均胜诉；复议后起诉案件2件，胜诉1件。",
    ]
    false = [
        "复议后起诉2件，结果维持4件。",
        "未经复议直接起诉3件，结果维持4件。",
        "直接起诉3件，未审结1件。",
        "直接起诉3件，胜诉4件。",
        "复议后起诉2件，结果共维持4件。",
        "行政复议9件，维持6件；复议后起诉2件，维持4件。",
    ]
    assert [] == other([*(("four", text, "") for text in true), *(("four", text, "E501") for text in false)])


def test_a_result_before_two_kinds_of_cases_is_said_of_both():
    true = [
        "审结行政复议7件、行政诉讼4件。",
        "审结行政复议7件、行政诉讼5件，其中行政诉讼已审结4件。",
        "审结行政复议7件，行政诉讼5件。",
        "尚未审结的行政复议2件、行政诉讼1件。",
    ]
    false = ["审结行政复议7件、行政诉讼5件。", "维持行政复议6件、行政诉讼5件。", "尚未审结的行政复议2件和行政诉讼5件。"]
    assert [] == other([*(("four", text, "") for text in true), *(("four", text, "E501") for text in false)])
