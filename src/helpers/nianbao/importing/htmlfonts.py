"""Whether the digits of a web page may be other ones than it says: in a font of its own that it brings along."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.shown.faces import faces_in, is_known

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nianbao.shown.rules import Sheet

SCRAMBLED = "自带字体的文字"
_EMBEDDED = re.compile(r"url\(\s*[\"']?\s*(?:data|blob):")
_HASHED = re.compile(r"url\([^()]*?[/._\-\"'(](?=[a-f]*[0-9])(?=[0-9]*[a-f])[0-9a-f]{8,}(?![0-9a-z])[^()/]*\)")


def scrambled(sheets: Iterable[Sheet]) -> frozenset[str]:
    """The families of which nobody knows what their digits look like: no known ones, embedded or with a hash for a name."""
    return frozenset(
        one.family for one in faces_in(sheets)
        if one.has_digits and not is_known(one.family) and (_EMBEDDED.search(one.source) or _HASHED.search(one.source))
    )  # fmt: skip


def is_in(families: frozenset[str], said: str) -> bool:
    """Whether the first font of a list that a browser has is one of these families."""
    for one in said.lower().split(","):
        name = one.strip("\"' ")
        if name in families:
            return True
        if is_known(name):
            return False
    return False
