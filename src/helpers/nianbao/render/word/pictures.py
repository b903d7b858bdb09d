"""The pictures of a Word document: PNG and JPEG as they are, drawings and all else as PNG of 300 dots an inch."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nianbao import addresses, pictures
from nianbao.errors import RenderError
from nianbao.language import say
from nianbao.render.pdf import drawn
from nianbao.render.word.markup import value
from nianbao.render.word.styles import HEIGHT, LINE

if TYPE_CHECKING:
    from pathlib import Path

DOTS = 300  # an inch
_EMU = 914_400  # an inch, in the units of drawings
_BROWSER = 96  # a browser's pixels an inch
_TWIP = 635  # in the same units
_MOST = round(HEIGHT * 0.9) * _TWIP  # how tall a picture is: it leaves room for its name
_A, _PIC = (f"http://schemas.openxmlformats.org/drawingml/2006/{name}" for name in ("main", "picture"))
_ORNAMENT = (
    f'<a:extLst xmlns:a="{_A}"><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)


@dataclass(slots=True)
class Files:
    """The pictures of one document, each once: their bytes by name. The ``tall`` would be taller than a page."""

    official: Path | None
    by_name: dict[str, bytes]
    _known: dict[str, tuple[str, float, float]]
    _shown: int = 0
    tall: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, official: Path | None) -> Files:
        return cls(official, {}, {})

    def drawing(self, address: str, alt: str, width: str, height: str, room: int, beside: int) -> str:
        """A run with a picture; its address holds it as data, its sizes are those of its tag, in pixels, or ''.

        It is no wider than the ``room``, in twentieths of a point, and leaves so many lines ``beside`` it on its page.

        Raises
        ------
        RenderError
            When its data cannot be read.
        """
        name, across, along = self._sized(address, width, height)
        size = across * _EMU, along * _EMU
        most = room * _TWIP, _MOST - beside * LINE * _TWIP
        scale = min(1, *(room / one for room, one in zip(most, size, strict=True)))
        self._shown += 1
        self.tall |= {self._shown} if size[1] * min(1, most[0] / size[0]) > HEIGHT * _TWIP else set()
        cx, cy = (max(1, round(one * scale)) for one in size)
        return _run(name, self._shown, value(alt), cx, cy)

    def across(self, address: str, width: str, height: str) -> int:
        """How wide a picture is where it has room, in twentieths of a point; raises `RenderError` as `drawing`."""
        return round(self._sized(address, width, height)[1] * _EMU / _TWIP)

    def _sized(self, address: str, width: str, height: str) -> tuple[str, float, float]:
        """The name of a picture's file, and its size in inches, which that of its tag replaces."""
        if address not in self._known:
            self._known[address] = self._read(address)
        name, across, along = self._known[address]
        if width.isdecimal() and int(width):
            return name, int(width) / _BROWSER, along * int(width) / _BROWSER / across
        if height.isdecimal() and int(height):
            return name, across * int(height) / _BROWSER / along, int(height) / _BROWSER
        return name, across, along

    def _read(self, address: str) -> tuple[str, float, float]:
        """The name of a picture's file, and its size in inches."""
        kind = addresses.picture_kind(address)
        try:
            data = pictures.data_of(address)
            if kind in {"gif", "webp"}:
                kind, data = "png", pictures.as_png(data)
        except (ValueError, OSError) as error:
            raise RenderError(say("a picture's data cannot be read: {error}", error=error)) from error
        size = pictures.size_of(data, kind)
        if size is None:
            kind, data = "png", drawn(data, kind, DOTS, self.official)
            across, along = (one / DOTS for one in pictures.size_of(data, kind) or (1, 1))
        else:
            across, along = (one / _BROWSER for one in size)
        name = f"image{len(self.by_name) + 1}.{'png' if kind == 'png' else 'jpeg'}"
        self.by_name[name] = data
        return name, across, along


def _run(name: str, number: int, alt: str, cx: int, cy: int) -> str:
    """A picture in a line; one without an alternative text is an ornament."""
    about = f'<wp:docPr id="{number}" name="图{number}" descr="{alt}"'
    about += "/>" if alt else f">{_ORNAMENT}</wp:docPr>"
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/>'
        f"{about}<wp:cNvGraphicFramePr>"
        f'<a:graphicFrameLocks xmlns:a="{_A}" noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic xmlns:a="{_A}"><a:graphicData uri="{_PIC}">'
        f'<pic:pic xmlns:pic="{_PIC}"><pic:nvPicPr><pic:cNvPr id="{number}" name="{name}" descr="{alt}"/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{name.partition(".")[0]}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r>"
    )
