"""A seal: the hash that a text carries of itself, by which a changed byte is noticed.

It proves that a text is as it was written. It does not prove who wrote it: whoever changes a text can seal it again.
"""

from __future__ import annotations

from nianbao.digests import digest

BLANK = "0" * 64
JSON, HTML = '"seal": "', "<!-- seal "  # what stands before the seal; neither can stand in a text inside such a file


def sealed(text: str, before: str) -> str:
    """The text with its seal in place of the last `BLANK` behind ``before``."""
    head, mark, tail = text.rpartition(before + BLANK)
    return head + before + digest(text.encode()) + tail if mark else text


def intact(raw: bytes, before: str) -> bool:
    """Whether a text is as it was sealed."""
    head, mark, tail = raw.rpartition(before.encode())
    seal, rest = tail[: len(BLANK)], tail[len(BLANK) :]
    return bool(mark) and seal == digest(head + mark + BLANK.encode() + rest).encode()
