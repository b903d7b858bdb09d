"""Pictures that a published page carries: sound, within bounds, and each read and judged once.

A picture is decoded here, when it is checked, so that a damaged one is a fault with a place and does not stop the PDF.
"""

from __future__ import annotations

import base64
import contextlib
import io
import re
import struct
import tempfile
import warnings
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote_to_bytes

from nianbao import digests, drawings
from nianbao.addresses import picture_kind
from nianbao.inputfiles import NotRead, Why, picture_limit, smaller

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nianbao.inputfiles import InputFiles

MOST_PIXELS = 40_000_000  # of one picture: more than an A4 page at 600 dots an inch
MOST_PIXELS_IN_ALL = 100_000_000
_PIXELS = 250  # take as long as what costs 1 in a drawing
TIMES = 2  # as large as the largest picture may all that a report shows be
NO_TEXT = "图"  # the alternative text of a picture that has none, on a Chinese page
# Instead of an alternative text: the picture says nothing, and nobody is told of it.
ORNAMENT = {"装饰", "decoration"}
KINDS = {".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".svg": "svg+xml"}
_FORMATS = {"png": "PNG", "jpeg": "JPEG", "jpg": "JPEG", "gif": "GIF", "webp": "WEBP"}  # Pillow's names
# In clean HTML (see `Page`).
IN_HTML = re.compile(r'(<img\b[^>]* src=")(data:image/[^"]*)"')
_AGAIN = "用看图或制图软件重新导出为 png 或 jpg，换上"


class Unfit(Exception):
    """A picture that cannot be published: what is wrong with it, and what to do."""

    def __init__(self, found: str, action: str) -> None:
        super().__init__(found)
        self.found, self.action = found, action


class Album:
    """All pictures of one report. ``files`` is the door to them."""

    def __init__(self, files: InputFiles) -> None:
        self.files = files
        self._read: dict[Path, str | Unfit] = {}
        self._pixels: dict[str, int] = {}
        self._shown = 0

    def file(self, path: Path) -> str:
        """The address, as data, of a picture in a file.

        Raises
        ------
        Unfit
            When it cannot be read or published, or is one too much.
        """
        if path not in self._read:
            try:
                self._read[path] = self._address(path)
            except Unfit as error:
                self._read[path] = error
        found = self._read[path]
        if isinstance(found, Unfit):
            raise Unfit(found.found, found.action) from found
        self._count(found)
        return found

    def _address(self, path: Path) -> str:
        kind = KINDS.get(path.suffix.lower())
        try:
            data = self.files.read(path)
        except NotRead as error:
            lacking = error.why is Why.MISSING
            raise Unfit(error.found, "把图片放进报告文件夹并核对文件名" if lacking else error.action) from error
        if kind is None:
            raise Unfit("不是可用的图片格式", _AGAIN)
        self._judge(data, kind)
        return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"

    def data(self, address: str) -> None:
        """Take in a picture that its address holds as data; raises `Unfit` as `file`."""
        self._count(address)
        try:
            self._judge(data_of(address), picture_kind(address))
        except ValueError as error:
            raise Unfit("的数据读不出来", _AGAIN) from error

    def _count(self, address: str) -> None:
        self._shown += len(address)
        most = TIMES * picture_limit()
        if self._shown * 3 // 4 > most:
            raise Unfit(f"连同之前的图片，一共超过 {most >> 20} MiB", smaller("缩小图片，或少放几张"))

    def _judge(self, data: bytes, kind: str) -> None:
        self._pixels[digests.digest(data)] = fit(data, kind)
        if sum(self._pixels.values()) > MOST_PIXELS_IN_ALL:
            found = f"连同之前的图片，一共超过{MOST_PIXELS_IN_ALL // 10_000}万像素"
            raise Unfit(found, "缩小图片的尺寸，或少放几张")


def fit(data: bytes, kind: str) -> int:
    """How many pixels a picture has, which alone can be published; raises `Unfit` where it cannot."""
    digest = digests.digest(data)
    if (digest, kind) not in _JUDGED:
        _JUDGED[digest, kind] = _drawing(data) if kind == "svg+xml" else _raster(data, kind)
    judged = _JUDGED[digest, kind]
    if judged.found:
        raise Unfit(judged.found, judged.action)
    return judged.pixels


def data_of(address: str) -> bytes:
    """The bytes of a picture that its address holds, as strictly as a browser reads them; raises `ValueError`."""
    head, comma, body = address.partition(",")
    if not comma:
        raise ValueError(address[:40])
    data = unquote_to_bytes(body)
    return base64.b64decode(b"".join(data.split()), validate=True) if head.lower().endswith(";base64") else data


def in_html(html: str) -> Iterator[str]:
    """The addresses of the pictures that clean HTML holds as data."""
    return (unescape(one[2]) for one in IN_HTML.finditer(html))


@dataclass(frozen=True, slots=True)
class _Judged:
    """How many pixels a picture has; what is wrong with it, and what to do."""

    pixels: int = 0
    found: str = ""
    action: str = ""


# The same picture is judged when a report is checked, when its notebook runs and when its page is made.
_JUDGED: dict[tuple[str, str], _Judged] = {}


def _drawing(data: bytes) -> _Judged:
    try:
        cost, inside_it = drawings.judged(data)
        pixels = cost * _PIXELS
        for address in inside_it:
            kind = picture_kind(address)
            inside = _raster(data_of(address), kind) if kind in _FORMATS else _Judged(found="不是 png、jpg")
            if inside.found:
                return replace(inside, found=f"里的图片{inside.found}")
            pixels += inside.pixels
    except drawings.Unsafe as error:
        return _Judged(found=str(error), action=_AGAIN)
    except ValueError:
        return _Judged(found="里的图片读不出来", action=_AGAIN)
    return _Judged(pixels)


def _typeset(data: bytes, kind: str) -> None:
    """Have Typst set a picture, for it refuses some damage that Pillow mends; raises `typst.TypstError`."""
    import typst

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "picture").write_bytes(data)
        no_fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False)
        made = f'#image("picture", format: "{_FORMATS[kind].lower().replace("jpeg", "jpg")}")'.encode()
        compiler: Any = typst.Compiler(root=folder, font_paths=no_fonts)
        compiler.compile({"main.typ": made}, root=folder)


def _raster(data: bytes, kind: str) -> _Judged:
    # Where there is no picture it need not be loaded.
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of sizes that are refused here, and of what it can do without
        try:
            with Image.open(io.BytesIO(data), formats=[_FORMATS[kind]]) as opened:
                pixels = opened.width * opened.height
                if pixels <= MOST_PIXELS:
                    opened.load()
            with Image.open(io.BytesIO(data), formats=[_FORMATS[kind]]) as again:
                again.verify()  # what stands behind the picture: it cannot be told of one that has been loaded
            if pixels <= MOST_PIXELS:
                _typeset(data, kind)
        except Image.DecompressionBombError:
            pixels = MOST_PIXELS + 1
        except Exception:  # what Pillow and Typst raise for a damaged picture depends on where it is damaged
            return _Judged(found="打不开：扩展名与内容不符，或文件已损坏", action=_AGAIN)
    if pixels > MOST_PIXELS:
        return _Judged(found=f"超过{MOST_PIXELS // 10_000}万像素", action="缩小图片的尺寸后换上")
    return _Judged(pixels)


def size_of(data: bytes, kind: str) -> tuple[int, int] | None:
    """The size of a picture in pixels; ``None`` for a drawing, and where it cannot be told."""
    if kind == "png" and data[12:16] == b"IHDR":
        across, along = struct.unpack(">II", data[16:24])
        return (across, along) if across and along else None
    if kind in {"gif", "webp"}:
        from PIL import Image, ImageOps

        with contextlib.suppress(OSError), Image.open(io.BytesIO(data), formats=("GIF", "WEBP")) as opened:
            return ImageOps.exif_transpose(opened).size
    if kind in {"jpeg", "jpg"} and (frame := jpeg_frame(data)):
        return (frame.across, frame.along) if frame.across and frame.along else None
    return None


def as_png(data: bytes) -> bytes:
    """A GIF or a WebP, of which one that moves shows its first picture, as PNG, and upright as a browser shows it."""
    from PIL import Image, ImageOps

    made = io.BytesIO()
    with Image.open(io.BytesIO(data), formats=("GIF", "WEBP")) as opened:
        upright = ImageOps.exif_transpose(opened)
        upright.convert("RGBA" if upright.has_transparency_data else "RGB").save(made, "PNG")
    return made.getvalue()


class Frame(NamedTuple):
    """The segment that begins a JPEG's picture: where it stands, the size in pixels, the numbers of the colours."""

    at: int
    across: int
    along: int
    components: bytes


def jpeg_frame(data: bytes) -> Frame | None:
    """The segment that begins the picture of a JPEG; those before it are stepped over. ``None`` where there is none."""
    at = 2
    while at + 10 <= len(data) and data[at] == 0xFF:
        mark = data[at + 1]
        if 0xC0 <= mark <= 0xCF and mark not in {0xC4, 0xC8, 0xCC}:
            along, across = struct.unpack(">HH", data[at + 5 : at + 9])
            return Frame(at, across, along, data[at + 10 : at + 10 + 3 * data[at + 9] : 3])
        at += 1 if mark == 0xFF else 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
    return None
