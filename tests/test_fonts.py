"""The fonts' letters are as wide as the lines are broken for."""

import json

import typst
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.ttLib import TTFont

from nianbao import fonts
from nianbao.fonts import KIT, PINNED
from typefaces import make_font

STAND_INS = {
    "body": (PINNED / "NotoSerifSC-Regular.otf",),
    "kai": (KIT / "NianbaoKai.ttf",),
    "code": (PINNED / "NotoSansSC-Regular.otf", 0, fonts.HALF_WIDE),
}


def test_the_widths_of_the_stand_ins_are_those_of_their_files():
    measured = {face: fonts.advances(*about) for face, about in STAND_INS.items()}
    assert fonts.widths(None) == measured | {"kai": {**measured["body"], **measured["kai"]}}
    assert {measured["code"][one] for one in map(chr, range(0x20, 0x7F))} == {0.5}


def set_widths(folder, family, chars):
    """How wide Typst sets characters in the text of a report, in em."""
    texts = ", ".join(json.dumps(f"一{char}一", ensure_ascii=False) for char in chars)
    measured = f"#context [#metadata(({texts},).map(one => measure(one).width.pt()))<wide>]"
    look = f'#set text(font: "{family}", fallback: false, lang: "zh", region: "cn", cjk-latin-spacing: none, size: 100pt)\n'
    found = typst.query((look + measured).encode(), "<wide>", font_paths=[str(folder)], ignore_system_fonts=True)
    return {char: round(wide / 100 - 2, 3) for char, wide in zip(chars, json.loads(found)[0]["value"], strict=True)}


def test_typst_sets_the_letters_as_wide_as_the_lines_are_broken_for():
    widths = fonts.widths(None)["body"]
    typed = [char for char in widths if char not in ' "\\']
    assert set_widths(PINNED, "Noto Serif SC", typed) == {char: round(widths[char], 3) for char in typed}


REGIONS = """languagesystem DFLT dflt; languagesystem hani dflt; languagesystem hani JAN; languagesystem hani ZHS;
feature locl {
  script hani; language JAN; sub g1 by g2;
  language ZHS; sub g2 by g4;
} locl;
feature calt { sub g3 by g4; } calt;
feature palt { sub g1 by g2; } palt;"""


def test_of_a_font_for_several_regions_the_glyphs_of_simplified_chinese_count(tmp_path):
    made = tmp_path / "fang.ttf"
    make_font(made, "FangSong", "一“1ab")
    with TTFont(made) as font:
        addOpenTypeFeaturesFromString(font, REGIONS)
        for glyph, wide in {"g2": 500, "g3": 600, "g4": 700}.items():
            font["hmtx"][glyph] = (wide, 0)
        font.save(made)
    assert fonts.advances(made) == {"“": 1.0, "1": 0.7, "a": 0.7, "b": 0.7} == set_widths(tmp_path, "FangSong", "“1ab")


def test_an_official_font_gives_the_widths_of_its_own_letters_and_has_no_stand_in(tmp_path):
    make_font(tmp_path / "fang.ttf", "FangSong", "一1")
    widths = fonts.widths(tmp_path)
    assert (widths["body"]["1"], widths["body"]["2"]) == (1.0, fonts.widths(None)["body"]["2"])
    assert (fonts.stand_ins(None), fonts.stand_ins(tmp_path)) == (["title", "body", "hei", "kai"], ["title", "hei", "kai"])


def test_the_kits_own_font_has_the_common_characters_and_no_reserved_name():
    with TTFont(STAND_INS["kai"][0]) as font:
        assert set("政府信息公开工作年度报告（一）、。《》") <= set(map(chr, font.getBestCmap()))
        assert {"Nianbao Kai"} == {font["name"].getDebugName(number) for number in (1, 4)}
    assert "SIL OPEN FONT LICENSE" in (fonts.KIT / "OFL.txt").read_text("utf-8")
    assert STAND_INS["kai"][0].stat().st_size < 6 * 2**20
