"""The last line of a heading, and of the name of a table or a picture, holds three characters at least, in each format."""

import pytest

from cases import each
from nianbao.render.headings import sensed
from paper import BOTTOM, CAPTION, TITLE
from papers import all_of
from pictures import png
from published import notebook, shown

LONG = "因政府信息公开工作被申请行政复议、提起行政诉讼情况"  # 27 characters with 四、
WORDS = "各镇街政府信息公开工作人员培训考核情况和存在的主要问题以及改进措施汇总情况"
IMAGE = f'<img alt="图" src="data:image/png;base64,{png(90, 60)}">'
PLACES = {
    "<h2>{}</h2>": (2, 28, "四、"),
    "<h3>{}</h3>": (2, 28, "（一）"),
    "<h4>{}</h4>": (2, 28, "1."),
    "<div class='scroll'><table><caption>{}</caption><tr><td>1</td></tr></table></div>": (0, 36, "表5　"),
    f"<figure>{IMAGE}<figcaption>{{}}</figcaption></figure>": (0, 36, "图1　"),
}


def ends_of(html, indent=2, room=28):
    plan = sensed(html, indent, room)
    return ["".join(plan.words.chars[line.begin : line.end]) for line in plan.lines]


@each(
    ("html", "lines"),
    [
        (f"四、{LONG}", ["四、因政府信息公开工作被申请行政复议、", "提起行政诉讼情况"]),
        (f"（一）{WORDS[:24]}", [f"（一）{WORDS[:21]}", WORDS[21:24]]),  # no mark: the first line is as full as can be
        (f"（一）{WORDS[:23]}", []),  # one line
        (f"（一）<b>{WORDS[:22]}</b>（全）", [f"（一）<b>{WORDS[:20]}", f"{WORDS[20:22]}</b>（全）"]),
        (f"一、甲<br>{LONG}", []),  # breaks of the author's own
        ("1. The annual report of the bureau on open government information", []),
        (f"一、{'字' * 200}", []),
        # Of three lines each ends at a mark, or all are filled: none is cut short within a word for the sake of another.
        (f"（一）{'字' * 14}，{'文' * 19}、{'末' * 18}", [f"（一）{'字' * 14}，", f"{'文' * 19}、", "末" * 18]),
        (f"（一）{'字' * 30}、{'末' * 20}", [f"（一）{'字' * 23}", f"{'字' * 7}、{'末' * 20}"]),
        (f"（一）{'字' * 36}、{'末' * 26}", [f"（一）{'字' * 23}", f"{'字' * 13}、{'末' * 14}", "末" * 12]),
        (f"（一）关于《{'字' * 18}》{'末' * 5}", [f"（一）关于《{'字' * 18}》", "末" * 5]),
    ],
)
def test_a_heading_ends_its_lines_behind_a_mark_if_it_can(html, lines):
    assert [one.replace("<b>", "").replace("</b>", "") for one in lines] == ends_of(html)


@pytest.mark.browser
@pytest.mark.parametrize("more", range(4))
def test_no_heading_and_no_name_leaves_one_character_to_its_last_line(visit, tmp_path, more):
    """And its lines end at the same places in the PDF, printed from a browser and in Word."""
    texts = {}
    for place, (indent, room, begins) in PLACES.items():
        texts[place] = begins + (WORDS + LONG)[: room - indent - len(begins) + more]
    html = "".join(f"{place.format(text)}<p>末。</p>" for place, text in texts.items())
    cells = notebook(shown(html=f"<h1>{WORDS[: 20 + more]}</h1><h2>四、{LONG}</h2><p>末。</p>{html}"))
    said = {}
    for name, pages in all_of(cells, visit, tmp_path).items():
        said[name] = [
            line.text for sheet in pages for line in sheet.lines
            if line.text not in {"末。", "1"} and line.base < BOTTOM and round(line.size) in {TITLE, CAPTION, 16}
        ]  # fmt: skip
    assert said["pdf"] == said["print"] == said["word"]
    assert "提起行政诉讼情况" in said["pdf"]
    assert min(map(len, said["pdf"])) > 2
    assert len(said["pdf"]) == 2 + (1 if not more else 2) + (len(PLACES) if not more else 2 * len(PLACES) - (more == 1))
