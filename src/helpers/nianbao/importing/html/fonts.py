"""Whether the digits of a web page may be other ones than it says: in a font of its own that it brings along."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao.shown.faces import faces_in, is_for_text, is_known

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nianbao.shown.faces import Face
    from nianbao.shown.rules import Sheet

SCRAMBLED = "自带字体的文字"
_EMBEDDED = re.compile(r"url\(\s*[\"']?\s*(?:data|blob):")
_HASHED = re.compile(r"url\([^()]*?[/._\-\"'(](?=[a-f]*[0-9])(?=[0-9]*[a-f])[0-9a-f]{8,}(?![0-9a-z])[^()/]*\)")
SIGNS = re.compile(r"wingdings|webdings|^\W*symbol\b|zapf\s*dingbats|marlett")
_OTHERWISE = re.compile(r"size-adjust:(?:[0-4]?[0-9](?:[.][0-9]*)?%|[a-z-]+\()|font-(?:feature-settings|variant):(?!normal)")
_LOCAL = re.compile(r"local\(\s*([^()]*)\)")
_BY_SCRIPT = re.compile(r"""new\s+FontFace\(\s*["'`]([^"'`]{1,80})["'`]""")
_GENERIC = {"serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "math", "emoji"}
_LONGEST = 100  # characters of the names of fonts
_OUTSIDE = "字体不在文件里，表格用它：数字照文件里的读"


def scrambled(sheets: Iterable[Sheet], scripts: Iterable[str] = ()) -> frozenset[str]:
    """The families of which nobody knows what their digits look like: the page brings them itself, or from it knows where.

    Those of a known name that lie at an address of their own are left out: pages have their text in such ones.
    """
    made = (name for script in scripts for name in _BY_SCRIPT.findall(script))
    return frozenset({one.family for one in faces_in(sheets) if one.has_digits and _is_odd(one)} | {*map(str.lower, made)})


def outside(sheets: Iterable[Sheet]) -> frozenset[str]:
    """The families of a known name that lie at an address."""
    return frozenset(
        one.family for one in faces_in(sheets) if one.has_digits and "url(" in one.source and is_for_text(one.family)
    )


def said(families: Iterable[str]) -> list[tuple[str, str, str]]:
    """What is to be known of fonts that tables have and that are not in the file."""
    names = sorted(families)
    return [("、".join(names)[:_LONGEST], "@font-face", _OUTSIDE)] if names else []


def _is_odd(face: Face) -> bool:
    if (
        _EMBEDDED.search(face.source)
        or _OTHERWISE.search(face.changed)
        or any(map(SIGNS.search, _LOCAL.findall(face.source)))
    ):
        return True
    return "url(" in face.source and (not is_known(face.family) or bool(_HASHED.search(face.source)))


def is_in(families: frozenset[str], named: str) -> bool:
    """Whether the first font of a list that a browser has is one of these families."""
    for one in map(str.strip, named.lower().split(",")):
        name = one.strip("\"' ")
        if name in families and one not in _GENERIC:
            return True
        if is_known(name):
            return False
    return False
