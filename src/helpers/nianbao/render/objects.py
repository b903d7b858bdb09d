"""The objects of a PDF: read from a file of Typst's, where each is plain text, and written again in fewer bytes.

Nothing is compressed here, because zlib makes other bytes on other machines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_END = re.compile(rb"xref\n0 (\d+)\n((?:\d{10} \d{5} [nf]\r\n)+)trailer\n<<(.*?)>>\nstartxref\n", re.S)
_OBJECT = re.compile(rb"(\d+) 0 obj\n(.*)\nendobj\n", re.S)
_STREAM = b"endstream"
_SIZE = re.compile(rb"/Size \d+")
_TAG = b"<</Type/StructElem"  # nobody needs to be told the type of an element of the tree of tags
_SURE = b"/Suspects false"  # the default, which poppler takes for an error where it is written


@dataclass(frozen=True, slots=True)
class Objects:
    """The objects of a file by number, in the order in which they lie in it, with its first lines and its trailer."""

    head: bytes
    texts: dict[int, bytes]
    trailer: bytes


def read(made: bytes) -> Objects:
    """The objects of a file of Typst's; raises `ValueError` for another."""
    end = _END.search(made, made.rindex(b"xref\n0 "))
    if not end:
        raise ValueError("no file of Typst's")
    starts = sorted(int(line[:10]) for line in end[2].splitlines()[1:])
    found = [_OBJECT.fullmatch(made, *span) for span in zip(starts, [*starts[1:], end.start()], strict=True)]
    return Objects(made[: starts[0]], {int(one[1]): one[2] for one in found if one}, end[3])


def written(objects: Objects) -> bytes:
    """The file of these objects: those without streams lie together in one, and where each lies is told in few bytes."""
    parts, at = [objects.head], len(objects.head)
    places: dict[int, tuple[int, int, int]] = {0: (0, 0, 0)}
    packed: dict[int, bytes] = {}
    count = max(objects.texts) + 1

    def add(number: int, text: bytes) -> None:
        nonlocal at
        places[number] = (1, at, 0)
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, text))
        at += len(parts[-1])

    for number, text in objects.texts.items():
        if text.endswith(_STREAM):
            add(number, text)
        else:
            places[number] = (2, count, len(packed))
            packed[number] = b"<<" + text[len(_TAG) :] if text.startswith(_TAG) else text.replace(_SURE, b"")
    add(count, _together(packed))
    places[count + 1] = (1, at, 0)
    wide = (at.bit_length() + 7) // 8
    table = b"".join(
        kind.to_bytes() + place.to_bytes(wide) + index.to_bytes(2) for _, (kind, place, index) in sorted(places.items())
    )
    about = _SIZE.sub(b"/Size %d" % (count + 2), objects.trailer)
    start = at
    add(count + 1, _stream(b"/Type/XRef/W[1 %d 2]%s" % (wide, about), table))
    return b"".join([*parts, b"startxref\n%d\n%%%%EOF" % start])


def _together(texts: dict[int, bytes]) -> bytes:
    """Objects as one, which begins with their numbers and places."""
    index, at = [], 0
    for number, text in texts.items():
        index.append(b"%d %d" % (number, at))
        at += len(text) + 1
    first = b" ".join(index) + b"\n"
    return _stream(b"/Type/ObjStm/N %d/First %d" % (len(texts), len(first)), first + b"\n".join(texts.values()))


def _stream(about: bytes, data: bytes) -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (about, len(data), data)
