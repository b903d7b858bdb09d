"""The largest leaps of all reports, and the page on which each report stands beside another year's."""

import re
from decimal import Decimal

import pytest

from making import BODY, write
from nianbao import api
from nianbao.language import say
from nianbao.review.contrast import to_html
from nianbao.review.difference import What
from nianbao.review.leaps import FAR, largest, leap
from nianbao.run.process import Limits
from project import nianbao
from published import squeezed

ONE = Limits(workers=1)
PERMITS = ("行政许可", "本年处理决定数量")


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """Two bureaus over two years: one permits 306 after 32, the other all but the same; their texts differ too."""
    root = tmp_path_factory.mktemp("project")
    for bureau, permits in (("shili-jia", (32, 306)), ("shili-yi", (2000, 2010))):
        for year, count in zip((2023, 2024), permits, strict=True):
            text = BODY.replace("工作有序开展", f"办件<{count}>件，{'甲' if year == 2023 else '乙'}事有序开展")
            write(root / "params", year, text, values={"表二": {PERMITS: count}}, bureau=bureau)
    return root


@pytest.fixture(scope="module")
def found(root):
    return api.diff(root / "params", years=2024, against="last", every=True, limits=ONE)


def test_a_number_leaps_the_further_the_more_it_changes_beside_how_large_it_is():
    steps = [(32, 306), (5, 20), (2000, 2100), (0, 1), (3, 3), (0, 0)]
    sizes = [leap(Decimal(old), Decimal(new)) for old, new in steps]
    assert sizes == sorted(sizes, reverse=True)
    assert [one >= FAR for one in sizes] == [True, True, False, False, False, False]
    assert sizes[-2:] == [0, 0]


def test_the_largest_leaps_of_all_reports_stand_first(found):
    pairs = largest(found.reports)
    assert [(str(one.id), each.change) for one, each in pairs] == [("shili-jia/2024", "+274"), ("shili-yi/2024", "+10")]
    assert largest(found.reports, 1) == pairs[:1]
    assert [round(each.leap, 1) for _, each in pairs] == [14.9, 0.2]


def test_the_command_lists_so_many_of_them_with_the_bureau(root):
    out, _ = nianbao("diff", "--with", "last", "--year", "2024", "--largest", "1", cwd=root, code=1)
    leap = "shili-jia/2024 示例市测试局 表二 行政许可 / 本年处理决定数量：32 → 306（+274）\n"
    assert out == f"{leap}比较 2 份：两边都有而不同的数 2 个，以上是 1 个\n"


def test_a_report_without_another_one_is_not_counted_as_compared(root):
    out, _ = nianbao("diff", "--with", "last", "--year", "2023", "--largest", "1", cwd=root)
    assert out == "比较 0 份：两边都有而不同的数 0 个，以上是 0 个\n"


def test_the_page_has_the_leaps_every_cell_the_facts_and_the_words_that_have_changed(found):
    page = to_html(found)
    assert "<h1>与上年对照</h1>" in page
    assert "2 份报告；突变 1 处" in page
    far = re.findall(r'<tr class="far"><th scope="row">(.*?)<td', page)
    assert len(far) == 3  # on top, in the report's section, and among all of its cells
    assert all("行政许可" in one for one in far)
    top = page[page.index("变动最大的 2 处") :].partition("</section>")[0]
    assert '<a href="#shili-jia/2024">示例市测试局</a> 表二 行政许可' in top
    assert top.index("+274") < top.index("+10")
    [section] = re.findall(r'<section id="shili-jia/2024">(.*?)</section>', page, re.S)
    assert [int(one) for one in re.findall(r"表[二三四]：全部(\d+)项", section)] == [
        sum(each.kind is What.CELL and each.place.startswith(name) for each in found.reports[0].differences)
        for name in ("表二", "表三", "表四")
    ]
    assert "办件&lt;" in squeezed(section)
    assert "<del>甲</del><ins>乙</ins>" in section
    assert "<del>32</del><ins>306</ins>" in section


def test_the_page_loads_nothing_and_says_what_could_not_be_compared(root):
    page = to_html(api.diff(root / "params", against="last", limits=ONE))
    assert page.count("<section") == 5  # the leaps, and each report
    assert page.count(say("no report of {year} in {where}", year=2022, where="shili-jia")) == 1
    assert not re.search(r"<(script|link|img|iframe)|url\(|https?:", page)
