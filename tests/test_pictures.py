"""Pictures: what a page may carry, at what cost, and that the PDF can show whatever passes."""

import base64
import io
import random
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from cases import each
from nianbao import pictures
from nianbao.inputfiles import InputFiles
from nianbao.pictures import Album, Unfit
from nianbao.render.page import Page
from nianbao.render.pdf import typeset
from nianbao.shown.pdf import read
from pictures import SVG, png

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="100" height="100">'


def svg(inside, head=HEAD):
    return f"{head}{inside}</svg>".encode()


def uri(data, kind="svg+xml"):
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


def unfit(data, kind="svg+xml"):
    """What is said of a picture; '' of a sound one."""
    try:
        Album(InputFiles(".")).data(uri(data, kind))
    except Unfit as error:
        return error.found
    return ""


def raster(kind, size=(4, 3), mode="RGB", noise=False):
    made = io.BytesIO()
    (Image.effect_noise(size, 60) if noise else Image.new(mode, size)).save(made, kind)
    return made.getvalue()


def bomb(width, height):
    """A picture whose header names a size that its data need not have."""
    whole = bytearray(base64.b64decode(png(1, 1)))
    whole[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    whole[29:33] = zlib.crc32(whole[12:29]).to_bytes(4, "big")
    return bytes(whole)


@each("kind", ["png", "jpeg", "gif", "webp"])
def test_a_sound_picture_passes_and_a_cut_one_does_not(kind):
    whole = raster(kind)
    assert "" == unfit(whole, kind)
    assert "打不开" in unfit(whole[: len(whole) // 2], kind)
    assert "打不开" in unfit(b"", kind)
    assert "打不开" in unfit(raster("jpeg" if kind == "png" else "png"), kind)


@pytest.mark.slow
def test_a_damaged_picture_either_is_refused_or_can_be_set():
    chance, passed = random.Random(5), 0
    sound = raster("jpeg", (120, 80), noise=True)
    for _ in range(60):
        damaged = bytearray(sound)
        damaged[chance.randrange(len(sound) // 3)] = chance.randrange(256)  # headers and tables, more often than pixels
        if not unfit(bytes(damaged), "jpeg"):
            passed += 1
            typeset(Page.of([], f'<p><img src="{uri(damaged, "jpeg")}" alt="图"></p>'))
    assert 20 < passed < 60


@each("mode", ["1", "L", "P", "RGBA", "CMYK"])
def test_a_picture_of_any_colours_passes(mode):
    kind = "jpeg" if mode == "CMYK" else "png"
    assert "" == unfit(raster(kind, mode=mode), kind)


@each(("width", "height"), [(60_000, 60_000), (10_000, 10_000), (2**31 - 1, 2**31 - 1), (40_000_001, 1)])
def test_a_picture_of_too_many_pixels_is_refused_by_its_header(width, height):
    assert "超过4000万像素" == unfit(bomb(width, height), "png")


@each("data", [bomb(0, 0), bomb(1, 0), b"\x89PNG" + bytes(1000), b"\xff\xd8\xff" + b"x" * 100])
def test_what_only_begins_like_a_picture_is_refused(data):
    assert "打不开" in unfit(data, "png" if data[1:2] == b"P" else "jpeg")


@each("address", ["data:image/png;base64,AAA", "data:image/png;base64,A!A=", "data:image/png;base64"])
def test_data_that_no_browser_reads_is_refused(address):
    with pytest.raises(Unfit, match="读不出来"):
        Album(InputFiles(".")).data(address)


USE = '<use href="#a{}"/>'
USES = '<g id="a0"><rect/></g>' + "".join(f'<g id="a{n}">{USE.format(n - 1) * 10}</g>' for n in range(1, 12))
BAD = {
    "not XML": (b"<svg <<<", "不成形"),
    "cut": (svg("<rect/>")[:-4], "不成形"),
    "other bytes": (svg("甲").decode().encode("gbk"), "不是 UTF-8"),
    "no namespace": (b"<svg/>", "根元素不是"),
    "another root": (b"<html xmlns='http://www.w3.org/1999/xhtml'/>", "根元素不是"),
    "no width": (svg("", HEAD.replace('width="100"', 'width="0"')), "width 是“0”"),
    "a negative width": (svg("", HEAD.replace('width="100"', 'width="-5mm"')), "width 是“-5mm”"),
    "a width without end": (svg("", HEAD.replace('width="100"', 'width="1e30"')), "width 是“1e30”"),
    "metres wide": (svg("", HEAD.replace('width="100"', 'width="6000mm"')), "width 是“6000mm”"),
    "an empty box": (svg("", HEAD.replace("width", 'viewBox="0 0 0 9" width')), "viewBox 是“0”"),
    "entities": (b'<!DOCTYPE svg [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>' + svg("<text>&b;</text>"), "定义了实体"),
    "an unknown entity": (b'<!DOCTYPE svg SYSTEM "x.dtd">' + svg("<text>&nbsp;</text>"), "没有定义的实体"),
    "a style sheet": (b'<?xml-stylesheet href="a.css"?>' + svg(""), "引用了样式表"),
    "a filter": (svg('<filter id="f"><feTurbulence numOctaves="1000000"/></filter>'), "有 <filter>"),
    "a filter function": (svg('<rect filter="blur(1000px)"/>'), "有 filter"),
    "a filter in a style": (svg('<rect style="fill:red;filter:blur(9px)"/>'), "filter"),
    "a filter in a sheet": (svg("<style>rect { filter/**/: blur(9px) }</style>"), "filter"),
    "a filter in code": (svg("<style>rect { fi\\6cter: blur(9px) }</style>"), "\\"),
    "a script": (svg("<script>1</script>"), "有 <script>"),
    "a handler": (svg("", HEAD.replace("<svg", '<svg onload="x()"')), "有 onload"),
    "a foreign object": (svg("<foreignObject/>"), "有 <foreignObject>"),
    "animation": (svg('<rect><animate attributeName="x"/></rect>'), "有 <animate>"),
    "a link": (svg('<a href="https://a.test"><rect/></a>'), "引用了“https://a.test”"),
    "a picture beside it": (svg('\n<image href="image1.png"/>'), "第2行引用了“image1.png”"),
    "a file": (svg('<image xlink:href="file:///etc/hostname"/>'), "引用了“file:///etc/hostname”"),
    "a drawing elsewhere": (svg('<use href="https://a.test/b.svg#c"/>'), "引用了“https://a.test/b.svg#c”"),
    "a colour elsewhere": (svg('<rect fill="url(//a.test/b#c)"/>'), "引用了“//a.test/b#c”"),
    "an import": (svg("<style>@import 'a.css';</style>"), "@import"),
    "a damaged picture inside": (svg('<image href="data:image/png;base64,AAAA"/>'), "里的图片打不开"),
    "a bomb inside": (svg(f'<image href="{uri(bomb(9999, 9999), "png")}"/>'), "里的图片超过4000万像素"),
    "a drawing inside": (svg(f'<image href="{uri(SVG.encode())}"/>'), "里的图片不是 png、jpg"),
    "uses of uses": (svg(f'<defs>{USES}</defs><use href="#a11"/>'), "太复杂"),
    "uses in a ring": (svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'), "互相引用"),
    "depth": (svg("<g>" * 20_000 + "</g>" * 20_000), "嵌套超过100层"),
    "frames": (svg('<svg width="5" height="5">' * 30 + "</svg>" * 30), "裁剪等层层嵌套"),
    "elements": (svg("<rect/>" * 100_001), "太复杂"),
    "text": (svg("<text>" + "甲" * 10_001 + "</text>"), "太复杂"),
    "text used again": (svg('<text id="a">' + "甲" * 100 + "</text>" + '<use href="#a"/>' * 101), "太复杂"),
    "markers": (svg('<marker id="m">' + "<rect/>" * 1000 + '</marker><path d="M0 0' + "L1 2" * 1000 + '"/>'), "太复杂"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "said"), BAD.values(), ids=BAD)
def test_a_drawing_that_costs_too_much_or_shows_elsewhere_only_is_refused(data, said):
    assert said in unfit(data)


@pytest.mark.parametrize(
    "inside",
    [
        '<style type="text/css">*{stroke-linejoin: round}</style><g id="f"><g clip-path="url(#c)"><path/></g></g>'
        '<defs><clipPath id="c"><rect width="9" height="9"/></clipPath><path id="m"/></defs><use xlink:href="#m"/>',
        '<metadata><rdf:RDF xmlns:rdf="r"><rdf:a rdf:resource="http://a.test" href="b"/><rdf:filter/></rdf:RDF></metadata>',
        '<rect style="filter:none;color-interpolation-filters:sRGB" filter="none" fill="url(\'#g\')"/>'
        '<linearGradient id="g"><stop offset="1"/></linearGradient>',
        f'<image width="9" height="9" href="{uri(base64.b64decode(png()), "png")}"/>',
        '<rect id="a"/><rect id="a"/><g id="b"><g id="b"><use href="#a"/></g></g>',
        "<text>一、<tspan>二</tspan></text>",
    ],
    ids=["matplotlib", "metadata", "inkscape", "picture", "names", "text"],
)  # fmt: skip
def test_a_drawing_as_programs_make_it_passes(inside):
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://a.test/svg11.dtd">\n'
    )
    for size in ('width="460.8pt" height="345.6pt" viewBox="0 0 460.8 345.6"', 'width="100%"', 'width="21cm" height="auto"'):
        assert "" == unfit(f"{head}{HEAD.partition(' width')[0]} {size}>{inside}</svg>".encode())


NESTED = st.recursive(
    st.sampled_from(["<rect/>", "甲", "<text>甲</text>"]),
    lambda one: st.lists(one).map(lambda some: "<g>" + "".join(some) + "</g>"),
)


@given(NESTED)
@settings(max_examples=50, deadline=None)
def test_any_nesting_of_allowed_elements_passes(inside):
    assert "" == unfit(svg(inside))


def test_all_pictures_of_a_report_have_a_bound_together(tmp_path, monkeypatch):
    monkeypatch.setenv("NIANBAO_MAX_MIB", "1")
    (tmp_path / "a.png").write_bytes(raster("png") + bytes(6 << 20))
    album = Album(InputFiles(tmp_path))
    assert album.file(tmp_path / "a.png") is album.file(tmp_path / "a.png")
    with pytest.raises(Unfit, match="一共超过 16 MiB") as refused:
        album.file(tmp_path / "a.png")
    assert "NIANBAO_MAX_MIB" in refused.value.action


def test_all_pixels_of_a_report_have_a_bound_together_and_the_same_picture_counts_once(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_PIXELS_IN_ALL", 25)
    album = Album(InputFiles("."))
    for _ in range(3):
        album.data(uri(raster("png", (4, 5)), "png"))
    with pytest.raises(Unfit, match="一共超过"):
        album.data(uri(raster("png", (5, 4)), "png"))


def test_a_picture_shown_many_times_is_read_once(tmp_path, monkeypatch):
    (tmp_path / "a.png").write_bytes(raster("png"))
    (tmp_path / "b.png").write_bytes(b"")
    files, read = InputFiles(tmp_path), []
    monkeypatch.setattr(files, "read", lambda path: read.append(path.name) or path.read_bytes())
    album = Album(files)
    for _ in range(3):
        album.file(tmp_path / "a.png")
        with pytest.raises(Unfit):
            album.file(tmp_path / "b.png")
    assert ["a.png", "b.png"] == read


def test_a_picture_that_holds_the_words_of_a_pdf_is_a_picture():
    made = io.BytesIO()
    comment = b"/Type/Page/ /Contents 99999 0 R>>" + b"\n7 0 obj\n<<>>\nstream\nx" + b"/Type/Page/a" * 4000
    Image.new("RGB", (4, 3)).save(made, "jpeg", comment=comment[:60000])
    page = typeset(Page.of([], f'<p><img src="{uri(made.getvalue(), "jpeg")}" alt="图"></p>'))
    assert comment[:99] in page  # Typst takes a JPEG as it is
    assert not read(page).torn
