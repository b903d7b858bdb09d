"""Make the kit's 楷体 from Debian's package fonts-lxgw-wenkai: the common characters, under a name of its own.

    python tools/kai.py /usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf src/helpers/nianbao/faces/NianbaoKai.ttf

The licence (SIL OFL 1.1) reserves the names of the original for unmodified fonts, so the part of it has another.
"""

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FAMILY = "Nianbao Kai"


NARROW = "“”‘’—…·°‰℃×"


def common() -> set[int]:
    """The characters of GB 2312 and those of ASCII, without the marks that are narrow in this font."""
    both = "".join(bytes([high, low]).decode("gb2312", "ignore") for high in range(0xA1, 0xFF) for low in range(0xA1, 0xFF))
    return (set(map(ord, both)) | set(range(0x20, 0x7F))) - set(map(ord, NARROW))


def main(source: str, target: str) -> None:
    """Write the font."""
    font = TTFont(source, recalcTimestamp=False)
    options = Options()
    options.layout_features, options.hinting, options.notdef_outline = [], False, True
    options.name_IDs, options.name_languages, options.glyph_names = [0, 1, 2, 3, 4, 5, 6, 13, 14], [0x409], False
    options.drop_tables += ["FFTM", "GSUB", "GPOS", "GDEF", "vhea", "vmtx", "VORG", "DSIG", "meta"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=common())
    subsetter.subset(font)
    for number, name in {1: FAMILY, 3: FAMILY, 4: FAMILY, 6: FAMILY.replace(" ", "")}.items():
        font["name"].setName(name, number, 3, 1, 0x409)
    Path(target).parent.mkdir(parents=True, exist_ok=True)
    font.save(target)


if __name__ == "__main__":
    main(*sys.argv[1:])
