"""A test of many cases tries all of them, and names those that fail."""

import pytest

from cases import each


def test_a_case_that_fails_is_named_and_the_others_are_tried():
    tried = []

    @each(("number", "word"), [(1, "一"), (2, "二"), (3, "三")])
    def test(number, word):
        tried.append(word)
        assert number != 2

    with pytest.raises(AssertionError) as failed:
        test()
    assert failed.value.__notes__ == ["case: {'number': 2, 'word': '二'}"]
    assert tried == ["一", "二", "三"]


def test_of_several_that_fail_each_is_named_with_its_values_on_all_axes():
    @each("one", [1, 2])
    @each("other", "ab")
    def test(one, other):
        assert (one, other) == (1, "a")

    with pytest.raises(BaseExceptionGroup) as failed:
        test()
    [first, second] = failed.value.exceptions
    assert first.__notes__ == ["case: {'other': 'b'}", "case: {'one': 1}"]
    assert [one.__notes__ for one in second.exceptions] == [["case: {'other': 'a'}"], ["case: {'other': 'b'}"]]
    assert second.__notes__ == ["case: {'one': 2}"]


@pytest.fixture
def three():
    return 3


@each("less", [1, 2])
def test_a_test_has_its_fixtures_beside_its_cases(less, three):
    assert less < three
