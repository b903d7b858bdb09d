"""Pictures and what cells print on paper: how tall they are, and what stands beside them on their page."""

import pytest

from cases import each
from nianbao.render.measures import PICTURE, Picture, printed_lines
from paper import LEFT, PITCH
from papers import all_of
from pictures import SVG
from published import notebook, of, printed, rendered, shown

TEXT = "文字一段，内容若干，一行而已。"
FIGURE = SVG.replace('width="60" height="30"', 'width="460.8pt" height="345.6pt"', 1)  # as matplotlib makes one
OUTPUT = printed("\n".join(f"第{number}行 {number * 7}" for number in range(20)) + "\n")


def drawn(svg):
    page, _ = rendered(notebook(shown(svg=svg)))
    return Picture.of(PICTURE.search(page.body)[0], 0)


@each(
    ("sides", "tall"),
    [
        ('width="460.8pt" height="345.6pt"', 117.0),  # as wide as the page
        ('width="96" height="48"', 12.7),
        ("width='3in' height='50.8mm'", 50.8),
        ('width="50%" height="48"', None),
        ('viewBox="0 0 9 9"', None),
    ],
)
def test_a_drawing_is_as_tall_as_its_first_tag_says(sides, tall):
    picture = drawn(SVG.replace('width="60" height="30"', sides, 1))
    assert picture is None if tall is None else abs(picture.tall * PITCH - tall) < 0.2


@each(
    ("html", "lines"),
    [
        ("a", 1),
        ("a\nb\n", 2),
        ("a\n" * 20, 11),
        ("<span>甲</span>\n乙&lt;", 2),
        ("甲" * 43, 1),
        ("甲" * 44, 23),
        ("x" * 99, 23),
    ],
)
def test_lines_of_printed_output_are_counted_unless_one_may_go_on_in_the_next(html, lines):
    assert printed_lines(html) == lines


@pytest.mark.browser
def test_a_picture_takes_the_room_that_printed_output_above_it_leaves(visit, tmp_path):
    for name, pages in all_of(of("# 报告", "## 一、输出", OUTPUT, shown(svg=FIGURE), TEXT), visit, tmp_path).items():
        assert (len(pages), pages[0].lines[-2].text) == (1, TEXT), name


@pytest.mark.browser
@pytest.mark.parametrize("lines", [7, 8, 9])
def test_a_picture_is_a_bit_smaller_where_the_page_has_room_for_the_last_line_then(visit, tmp_path, lines):
    for name, pages in all_of(of("# 报告", *[TEXT] * lines, shown(svg=FIGURE), TEXT), visit, tmp_path).items():
        assert len(pages) == 1, name


@pytest.mark.browser
def test_text_below_printed_output_stands_on_the_grid(visit, tmp_path):
    cells = of("# 报告", TEXT, OUTPUT, TEXT, "```python\nx = 1\n```", TEXT)
    for name, pages in all_of(cells, visit, tmp_path).items():
        rows = [line for line in pages[0].lines if round(line.size) == 16 and line.left > LEFT + 9]
        steps = [(line.base - rows[0].base) / PITCH for line in rows]
        assert (len(rows), max(abs(step - round(step)) for step in steps) < 0.05) == (3, True), (name, steps)
