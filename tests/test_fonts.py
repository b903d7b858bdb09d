"""The fonts' letters are as wide as the lines are broken for."""

from fontTools.ttLib import TTFont

from nianbao import fonts
from nianbao.fonts import KIT, PINNED
from typefaces import make_font

STAND_INS = {"body": PINNED / "NotoSerifSC-Regular.otf", "kai": KIT / "NianbaoKai.ttf"}


def test_the_widths_of_the_stand_ins_are_those_of_their_files():
    measured = {face: fonts.advances(path) for face, path in STAND_INS.items()}
    assert fonts.widths(None) == {"body": measured["body"], "kai": {**measured["body"], **measured["kai"]}}


def test_an_official_font_gives_the_widths_of_its_own_letters_and_has_no_stand_in(tmp_path):
    make_font(tmp_path / "fang.ttf", "FangSong", "一1")
    widths = fonts.widths(tmp_path)
    assert (widths["body"]["1"], widths["body"]["2"]) == (1.0, fonts.widths(None)["body"]["2"])
    assert (fonts.stand_ins(None), fonts.stand_ins(tmp_path)) == (["title", "body", "hei", "kai"], ["title", "hei", "kai"])


def test_the_kits_own_font_has_the_common_characters_and_no_reserved_name():
    with TTFont(STAND_INS["kai"]) as font:
        assert set("政府信息公开工作年度报告（一）、。《》") <= set(map(chr, font.getBestCmap()))
        assert {"Nianbao Kai"} == {font["name"].getDebugName(number) for number in (1, 4)}
    assert "SIL OPEN FONT LICENSE" in (fonts.KIT / "OFL.txt").read_text("utf-8")
    assert STAND_INS["kai"].stat().st_size < 6 * 2**20
