"""How large a picture is on paper: as in a browser, 96 of its pixels are an inch, whatever its file says of dots."""

from __future__ import annotations

import struct
from zlib import crc32

from nianbao import pictures

INCH = 96
_METRE = round(INCH / 0.0254)
_JFIF = b"\xff\xe0" + struct.pack(">H5sHBHHBB", 16, b"JFIF\0", 0x0101, 1, INCH, INCH, 0, 0)
_OF_JFIF, _ADOBE = {b"\1", b"\1\2\3"}, b"Adobe\0"  # the numbers of the colours of such a picture; a segment's name
_CAMERA, _BEFORE = b"Exif\0\0", 4  # where the data of a camera begin, and what stands before that in its segment
_ACROSS, _ALONG, _UNIT = 0x11A, 0x11B, 0x128  # what they say of dots
_CHUNK = b"pHYs" + struct.pack(">IIB", _METRE, _METRE, 1)


def even(data: bytes, kind: str) -> tuple[bytes, str]:
    """The bytes of a picture that says so, and its kind: a GIF or a WebP becomes a PNG, a drawing is as it is."""
    if kind in {"gif", "webp"}:
        data, kind = pictures.as_png(data), "png"
    if kind == "png":
        return _png(data), kind
    return (_jpeg(data) if kind in {"jpeg", "jpg"} else data), kind


def _jpeg(data: bytes) -> bytes:
    kept, frame = data[2:], pictures.jpeg_frame(data)
    has_own = kept[:2] == _JFIF[:2] and kept[4:9] == _JFIF[4:9]
    kept = kept[2 + struct.unpack(">H", kept[2:4])[0] :] if has_own else kept
    # JFIF says how colours are coded: a file in which they are not so, or that says it in Adobe's way, gets none.
    may_say = has_own or (frame and frame.components in _OF_JFIF and _ADOBE not in data[: frame.at])
    before, mark, camera = kept.partition(_CAMERA)
    kept = before + mark + _camera(camera) if len(before) == _BEFORE else kept
    return data[:2] + (_JFIF if may_say else b"") + kept


def _camera(data: bytes) -> bytes:
    """What a camera has written, with other dots."""
    order, made = "<" if data[:2] == b"II" else ">", bytearray(data)
    try:
        (begin,) = struct.unpack_from(f"{order}I", data, 4)
        (count,) = struct.unpack_from(f"{order}H", data, begin)
        for at in range(begin + 2, begin + 2 + 12 * count, 12):
            tag, _, _, place = struct.unpack_from(f"{order}HHII", data, at)
            if tag in {_ACROSS, _ALONG}:
                struct.pack_into(f"{order}II", made, place, INCH, 1)
            elif tag == _UNIT:
                struct.pack_into(f"{order}H", made, at + 8, 2)
    except struct.error:  # damaged: no reader finds anything there
        return data
    return bytes(made)


def _png(data: bytes) -> bytes:
    kept, at = [data[:33], struct.pack(">I", len(_CHUNK) - 4), _CHUNK, struct.pack(">I", crc32(_CHUNK))], 33
    while data[at + 4 : at + 8] not in {b"IDAT", b""}:
        end = at + 12 + struct.unpack(">I", data[at : at + 4])[0]
        kept += [data[at:end]] if data[at + 4 : at + 8] != b"pHYs" else []
        at = end
    return b"".join((*kept, data[at:]))
