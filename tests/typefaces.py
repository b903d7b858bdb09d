"""Fonts made to measure."""

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen


def make_font(path, family, characters):
    """A font of empty boxes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    names = [".notdef", *(f"g{number}" for number in range(len(characters)))]
    build = FontBuilder(1000)
    build.setupGlyphOrder(names)
    build.setupCharacterMap({ord(char): name for char, name in zip(characters, names[1:], strict=True)})
    build.setupGlyf({name: box() for name in names})
    build.setupHorizontalMetrics(dict.fromkeys(names, (1000, 0)))
    build.setupHorizontalHeader(ascent=800, descent=-200)
    build.setupNameTable({"familyName": family, "styleName": "Regular", "psName": family, "fullName": family})
    build.setupOS2(sTypoAscender=800, sTypoDescender=-200)
    build.setupPost()
    build.save(path)


def box():
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for point in ((900, 0), (900, 800), (100, 800)):
        pen.lineTo(point)
    pen.closePath()
    return pen.glyph()
