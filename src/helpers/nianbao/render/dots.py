"""How large a picture is on paper: as in a browser, 96 of its pixels are an inch, whatever its file says of dots."""

from __future__ import annotations

import struct
from zlib import crc32

INCH = 96
_METRE = round(INCH / 0.0254)
_CHUNK = b"pHYs" + struct.pack(">IIB", _METRE, _METRE, 1)


def even(data: bytes, kind: str) -> bytes:
    """The bytes of a PNG, or of a JPEG that says how large it is, which says so; any other picture as it is."""
    if kind == "png":
        return _png(data)
    if data[2:4] == b"\xff\xe0" and data[6:11] == b"JFIF\0":
        return data[:13] + struct.pack(">BHH", 1, INCH, INCH) + data[18:]
    return data


def _png(data: bytes) -> bytes:
    kept, at = [data[:33], struct.pack(">I", len(_CHUNK) - 4), _CHUNK, struct.pack(">I", crc32(_CHUNK))], 33
    while data[at + 4 : at + 8] not in {b"IDAT", b""}:
        end = at + 12 + struct.unpack(">I", data[at : at + 4])[0]
        kept += [data[at:end]] if data[at + 4 : at + 8] != b"pHYs" else []
        at = end
    return b"".join((*kept, data[at:]))
