"""A picture's data is whole, or it is said what is wrong, before a page or a PDF is made of it."""

import base64

import pytest

from nianbao import pictures
from pictures import SVG, png

PNG = base64.b64decode(png())
JPEG = b"\xff\xd8\xff\xe0" + b"x" * 40 + b"\xff\xd9"
OTHER, BROKEN = "不是可用的图片格式，或扩展名与内容不符", "的内容不完整，打不开"


@pytest.mark.parametrize(
    ("data", "kind", "fault"),
    [
        (PNG, "image/png", ""),
        (PNG + b"\0\0", "image/png", ""),
        (PNG[:40], "image/png", BROKEN),
        (PNG[:-12], "image/png", BROKEN),
        (PNG[:8], "image/png", BROKEN),
        (PNG[:50] + b"!" + PNG[51:], "image/png", BROKEN),
        (PNG, "image/jpeg", OTHER),
        (JPEG, "image/jpeg", ""),
        (JPEG[:-2], "image/jpeg", BROKEN),
        (SVG.encode(), "image/svg+xml", ""),
        (SVG.encode()[:-6], "image/svg+xml", BROKEN),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.encode(), "image/svg+xml", BROKEN),
        (b"GIF89a", "image/gif", OTHER),
        (b"", "image/png", OTHER),
    ],
)
def test_what_is_no_whole_picture_is_said(data, kind, fault):
    assert fault == pictures.fault_of(data, kind)


@pytest.mark.parametrize("at", range(0, len(PNG), 7))
def test_a_png_cut_anywhere_is_broken(at):
    assert pictures.fault_of(PNG[:at], "image/png")


@pytest.mark.parametrize(
    ("address", "is_good"),
    [
        (f"data:image/png;base64,{png()}", True),
        (f"data:image/jpg;base64,{base64.b64encode(JPEG).decode()}", True),
        (f"data:image/png;base64,{png()[:60]}", False),
        ("data:image/png;base64,AA", False),
        ("data:image/png;base64,A", False),
        ("data:image/gif;base64,AA", True),
        ("data:image/svg+xml,%3Csvg%3E", True),
    ],
)
def test_a_picture_in_an_address_is_looked_at_too(address, is_good):
    assert is_good == (not pictures.fault_at(address))
