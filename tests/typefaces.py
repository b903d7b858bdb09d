"""Fonts made to measure, and those of the machine made small."""

import ctypes
import subprocess
from pathlib import Path

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


# A browser copies the whole files of fonts for each page that it prints. Other characters come from the machine's own.
SETTINGS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}</dir><include>/etc/fonts/fonts.conf</include></fontconfig>
"""
HAN = {ord(char) for char in bytes(one for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF) for one in (high, low))
       .decode("gb2312", "ignore")}  # fmt: skip
KEPT = sorted(HAN | {*range(0x20, 0x3400), *range(0xFF00, 0xFFF0)})
NAMES, LANGUAGES, FEATURES = 4, 5, 6  # hb_subset_sets_t


def make_small(folder):
    """The machine's Noto fonts for Chinese, cut down to the characters of GB 2312, and the file that has them preferred."""
    for family in ("Noto Serif CJK SC", "Noto Sans CJK SC"):
        listed = subprocess.run(["fc-list", "-f", "%{file}\t%{index}\n", family], capture_output=True, text=True, check=True)
        for line in listed.stdout.splitlines():
            file, index = line.split("\t")
            (folder / f"{Path(file).stem}.otf").write_bytes(_cut_down(file, int(index)))
    (folder / "fonts.conf").write_text(SETTINGS.format(folder=folder), "utf-8")
    return str(folder / "fonts.conf")


def _cut_down(file, index):
    """One font of a file, with all of its names and features; by HarfBuzz, which comes with Chromium."""
    whole, cut = (ctypes.CDLL(f"libharfbuzz{part}.so.0") for part in ("", "-subset"))

    def called(function, *words):
        function.restype = ctypes.c_void_p
        return ctypes.c_void_p(function(*words))

    face = called(whole.hb_face_create, called(whole.hb_blob_create_from_file, file.encode()), index)
    asked = called(cut.hb_subset_input_create_or_fail)
    characters = called(cut.hb_subset_input_unicode_set, asked)
    for one in KEPT:
        whole.hb_set_add(characters, one)
    for kind in (NAMES, LANGUAGES, FEATURES):
        every = called(cut.hb_subset_input_set, asked, kind)
        whole.hb_set_clear(every)
        whole.hb_set_invert(every)
    made = called(whole.hb_face_reference_blob, called(cut.hb_subset_or_fail, face, asked))
    length = ctypes.c_uint()
    data = called(whole.hb_blob_get_data, made, ctypes.byref(length))
    return ctypes.string_at(data, length.value)
