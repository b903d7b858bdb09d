"""Whether the data of a picture is whole: a broken one stops the PDF, and shows nothing on a page.

Sources: PNG (W3C), section 5; JPEG (ITU-T T.81), annex B.
"""

from __future__ import annotations

import base64
import zlib
from xml.parsers import expat

SIGNATURES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff", "image/svg+xml": b"<svg"}


def fault_of(data: bytes, kind: str) -> str:
    """What is wrong with the data of a picture (``image/png``, ``image/jpeg``, ``image/svg+xml``); '' for a good one."""
    if kind not in SIGNATURES or SIGNATURES[kind] not in data[:4096]:
        return "不是可用的图片格式，或扩展名与内容不符"
    whole = {"image/png": _is_png, "image/svg+xml": _is_svg}.get(kind, _is_jpeg)
    return "" if whole(data) else "的内容不完整，打不开"


def fault_at(address: str) -> str:
    """What is wrong with the picture that a ``data:`` address holds; '' for a good one, and for any other kind of data."""
    head, _, written = address.partition(",")
    kind = head.lower().removeprefix("data:").removesuffix(";base64").replace("jpg", "jpeg")
    if kind not in SIGNATURES or not head.endswith(";base64"):
        return ""
    try:
        return fault_of(base64.b64decode(written, validate=True), kind)
    except ValueError:
        return "的数据不是 Base64"


def _is_jpeg(data: bytes) -> bool:
    return b"\xff\xd9" in data  # the mark of its end


def _is_png(data: bytes) -> bool:
    """Whether each chunk is as long as it says and has its checksum, from the header to the end."""
    names: list[bytes] = []
    at = len(SIGNATURES["image/png"])
    while at + 12 <= len(data) and names[-1:] != [b"IEND"]:
        end = at + 8 + int.from_bytes(data[at : at + 4])
        if zlib.crc32(data[at + 4 : end]) != int.from_bytes(data[end : end + 4]) or end + 4 > len(data):
            return False
        names.append(data[at + 4 : at + 8])
        at = end + 4
    return names[:1] == [b"IHDR"] and b"IDAT" in names and names[-1] == b"IEND"


def _is_svg(data: bytes) -> bool:
    """Whether it is well-formed XML; one that declares entities is none, because they can grow without bounds."""
    parser = expat.ParserCreate()
    parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError):
        return False
    return True


def _refuse(*_: object) -> None:
    raise ValueError("an entity")
