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
