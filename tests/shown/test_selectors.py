"""Which elements a selector is meant for, and that finding out takes few steps."""

import pytest

from nianbao.shown.selectors import Element, selector


def inside(*tags):
    """Elements, each in the one before, the last one with a name and a class."""
    return [Element(""), *map(Element, tags[:-1]), Element(tags[-1], "x", frozenset({"k"}), 3)]


@pytest.mark.parametrize(
    ("written", "tags", "is_meant"),
    [
        ("div > p b", "div p i div b", True),
        ("div > p b", "div i p b", False),
        ("a > b c > d", "a b i c d", True),
        ("a > b > c", "a b b c", False),
        ("a b > c", "a b c b c", True),
        ("a > b c", "a b x b c", True),
        ("a > b d > c", "a b d b d c", True),
        ("p#x.k:nth-child(odd)", "div p", True),
        ("p:nth-child(-n+2)", "div p", False),
        ("* *", "p", True),
    ],
)
def test_a_selector_is_meant_for_what_it_is_meant_for_in_a_browser(written, tags, is_meant):
    assert is_meant == selector(written).fits(inside(*tags.split()))[0]


@pytest.mark.parametrize("written", ["a:hover", "a + b", "a ~ b", "a[b]", ":is(a)", "> a", "a >", "a b c >> d", ""])
def test_what_is_not_known_is_no_selector(written):
    assert selector(written) is None


@pytest.mark.parametrize(
    "written", ["div " * 12_000 + "b", "div>" * 12_000 + "b", "div>div " * 6_000 + "b", "b " * 20_000 + "b"]
)
def test_no_selector_is_tried_over_and_over(written):
    around = inside(*["div"] * 300, "b")
    assert selector(written).fits(around)[1] < 1_000
