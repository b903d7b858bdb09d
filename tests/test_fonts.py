"""The fonts' letters are as wide as the lines are broken for."""

from nianbao import fonts
from typefaces import make_font


def test_the_widths_of_the_stand_in_are_those_of_its_file():
    measured = fonts.advances(fonts.STAND_IN)
    assert fonts.widths(None) == {"body": measured, "kai": measured}


def test_an_official_font_gives_the_widths_of_its_own_letters(tmp_path):
    make_font(tmp_path / "fang.ttf", "FangSong", "一1")
    widths = fonts.widths(tmp_path)
    assert (widths["body"]["1"], widths["kai"]["1"]) == (1.0, 0.55)
    assert widths["body"]["2"] == widths["kai"]["2"]
