"""The pictures of a notebook that lie in files beside it, are attached to its cells, or are drawn inside its HTML."""

from __future__ import annotations

import base64
import os
import re
from html import escape, unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from nianbao import pictures
from nianbao.addresses import picture_kind
from nianbao.inputfiles import InputFiles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

_COMMENT = re.compile(r"<!--.*?-->|<script\b.*?</script\s*>", re.S | re.I)
_SVG = re.compile(r"<svg\b[^>]*>.*?</svg\s*>", re.S | re.I)
_BEGIN = re.compile(r"<svg\b[^>]*>", re.I)
_TAG = re.compile(r"""<[A-Za-z](?:[^<>"']|"[^"]*"|'[^']*')*+>""")
_VALUE = re.compile(r"""(?<=\s)([^\s=>/"']+\s*=\s*)(?:("[^"]*"|'[^']*')|([^\s"'>]+?)(?=\s|/?>))""")
_NAME = re.compile(r"<title[^>]*>([^<]*)</title>", re.I)
_ORNAMENT = re.compile(r"""<svg\b[^>]*\s(?:aria-hidden\s*=\s*["']?true|role\s*=\s*["']?(?:presentation|none)\b)""", re.I)
_NAMESPACES = {"xmlns": "http://www.w3.org/2000/svg", "xmlns:xlink": "http://www.w3.org/1999/xlink"}
_DRAWING, _SIZE = "image/svg+xml", re.compile("[0-9]{1,5}")
_IMAGE = re.compile(r"<img\b[^>]*>")
_ALT = re.compile(r' alt="([^"]*)"')
_ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//|\\)", re.I)


class Beside:
    """The picture files of a notebook. ``folders`` are those it lies in and ran in; nothing outside of them is read."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._albums = {folder.absolute(): pictures.Album(InputFiles(folder.absolute())) for folder in folders}

    def data(self, address: str, attached: Mapping[str, str]) -> tuple[str, str]:
        """The picture at an address as a data address, or '' and why it is not shown."""
        if address in attached or unquote(address) in attached:
            return attached.get(address) or attached[unquote(address)], ""
        if picture_kind(address):
            return address, ""
        if _ELSEWHERE.match(address):
            return "", "a published page loads nothing from elsewhere"
        name = unquote(address.partition("?")[0].partition("#")[0])
        why = "it is not beside the notebook"
        for folder, album in self._albums.items():
            path = folder / os.path.normpath(folder / name)
            if path.is_relative_to(folder) and os.path.lexists(path):
                try:
                    return album.file(path), ""
                except pictures.Unfit:
                    why = "it cannot be read"
        return "", why


def with_pictures(html: str, drawn: set[str]) -> str:
    """HTML whose inline drawings (``<svg>``) have become pictures, which are judged as all others are.

    Their addresses are put into ``drawn``. Their names are their alternative texts; one hidden from screen readers is an
    ornament.
    """

    def picture(drawing: re.Match[str]) -> str:
        address, alt = _picture(drawing)
        drawn.add(address)
        said = f' alt="{escape(alt)}"' if alt or _ORNAMENT.match(drawing[0]) else ""
        return f'<img src="{address}"{said}>'

    return _SVG.sub(picture, _COMMENT.sub("", html)) if "<svg" in html.lower() else html


def displayed(kind: str, data: str, alt: str, about: Mapping[str, object]) -> str:
    """A picture that a cell displays, of a kind such as ``image/png``, as HTML that has still to be cleaned.

    ``about`` may say how wide and how tall it is.
    """
    raw = base64.b64encode(_with_namespaces(data).encode()).decode() if kind == _DRAWING else "".join(data.split())
    sizes = "".join(f' {one}="{about[one]}"' for one in ("width", "height") if _SIZE.fullmatch(str(about.get(one, ""))))
    return f'<p><img src="data:{kind};base64,{raw}" alt="{escape(alt)}"{sizes}></p>'


def _with_namespaces(svg: str) -> str:
    """A drawing with the namespaces that it leaves out, as it may inside HTML."""
    tag = _BEGIN.search(svg)
    if not tag:
        return svg
    missing = "".join(f' {name}="{space}"' for name, space in _NAMESPACES.items() if f"{name}=" not in tag[0])
    return f"{svg[: tag.start()]}<svg{missing}{svg[tag.start() + 4 :]}"


def _picture(drawing: re.Match[str]) -> tuple[str, str]:
    named = _NAME.search(drawing[0])
    data = base64.b64encode(_with_namespaces(_TAG.sub(_quoted, drawing[0])).encode()).decode()
    return f"data:{_DRAWING};base64,{data}", unescape(named[1]) if named else ""


def _quoted(tag: re.Match[str]) -> str:
    """A tag whose values all have quotation marks, as XML has them and HTML need not."""
    return _VALUE.sub(lambda one: one[0] if one[2] else f'{one[1]}"{one[3]}"', tag[0])


def replaced(html: str, other: Callable[[str, str], str]) -> str:
    """Clean HTML in which each picture is what ``other`` makes of it, given its tag and its alternative text."""
    return _IMAGE.sub(lambda tag: other(tag[0], alternative(tag[0]) or ""), html)


def alternative(tag: str) -> str | None:
    """A picture's alternative text; ``None`` where its tag, which is clean, has none."""
    found = _ALT.search(tag)
    return unescape(found[1]) if found else None


def with_alternative(tag: str, text: str) -> str:
    """A picture's tag, which is clean, with another alternative text."""
    return f'{_ALT.sub("", tag).rstrip("/>").rstrip()} alt="{escape(text)}">'
