"""What Word demands of a file, or does with it, and LibreOffice does not: no test has Word, so each names where that is said."""

import io
import re
import zipfile

import pytest
from lxml import etree

from nianbao.render import docx
from nianbao.render.clean import clean
from nianbao.render.page import Page
from nianbao.state import State
from pictures import png

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def simple(body, **about):
    return Page("标题", "示例市", "2025-01-20", about.pop("state", State.PUBLISHED), clean(body), **about)


def part(made, name):
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(made)).read(f"word/{name}.xml"))


def values(node, *path):
    """The values of what lies on a path below a node."""
    return [one.get(f"{W}val") for one in node.iterfind("/".join(f"{W}{step}" for step in path))]


def test_each_family_has_one_other_name_which_word_takes_for_one():
    """MS-OI29500, 17.8.3.1: Word parts it at no comma, and takes 31 characters at most."""
    fonts = part(docx.make(simple("<p>甲</p>")), "fontTable")
    others = {font.get(f"{W}name"): values(font, "altName") for font in fonts}
    assert others["仿宋_GB2312"] == ["仿宋"]
    assert others["楷体_GB2312"] == ["楷体"]
    assert {len(one) for one in others.values()} == {1}
    assert not [one for (one,) in others.values() if "," in one or ";" in one or len(one) > 31]
    assert all(len(one) <= 31 for one in others)


def test_what_stands_off_the_grid_is_not_fitted_to_its_characters():
    """17.3.1.1, 17.3.2.34: Word moves the right edge of a line to whole characters, and sets all of any size closer."""
    styles = part(docx.make(simple("<p>甲</p>")), "styles")
    loose = {}
    for style in styles.iter(f"{W}style"):
        name = style.get(f"{W}styleId")
        if values(style, "pPr", "snapToGrid") == ["0"]:
            loose[name] = values(style, "pPr", "adjustRightInd")
        if (sizes := values(style, "rPr", "sz")) and sizes != ["32"] and name != "CodeText":
            assert values(style, "rPr", "snapToGrid") == ["0"], name
    assert {"Title", "TableText", "TableNote", "FolioOdd", "Signature", "NormalCloser"} <= loose.keys()
    assert {*map(tuple, loose.values())} == {("0",)}
