"""Headings are set by their numerals, whatever their tag."""

from cases import each
from nianbao.render.numerals import looking


@each(
    ("heading", "level"),
    [
        ("<h3>1.制度</h3>", 4),
        ("<h3>（1）制度</h3>", 4),
        ("<h3>１．制度</h3>", 4),
        ('<h4 id="a">（一）平台</h4>', 3),
        ("<h4><strong>（二）</strong>平台</h4>", 3),
        ("<h3>一、制度</h3>", 2),
        ("<h3>（一）平台</h3>", 0),
        ("<h4>1.制度</h4>", 0),
        ("<h3>平台</h3>", 0),
        ("<h3>1.5万人次</h3>", 0),
        ("<h2>1.制度</h2>", 0),
    ],
)
def test_a_heading_of_another_level_than_its_numeral_is_named(heading, level):
    made = looking(heading)
    assert made == (heading.replace(">", f' class="level-{level}">', 1) if level else heading)
