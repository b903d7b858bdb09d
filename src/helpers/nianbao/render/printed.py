"""What cells print, and what errors say: text, with the colours of terminals in HTML."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from nbconvert.filters.ansi import ansi2html, strip_ansi

from nianbao.render.tidy import without_folders

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

# What a progress bar has written before it began its line anew.
_OVERWRITTEN = re.compile(r".*\r(?=[^\n])")
# What sets a colour; other sequences move the cursor and the like.
_COLOUR = re.compile("\x1b\\[([0-9;]*)m")
# Folders of whatever machine a traceback is of; the file's name stays.
_FOLDERS = re.compile(r"(?<![\w.:/\\<])(?:~|[A-Za-z]:)?(?:[/\\][^\s/\\:\"'<>|]+)+(?=[/\\][^\s/\\:\"'<>|]+)")
# Stand for colours while text is looked at; for private use, as are all in their block.
_FIRST, _MOST = 0xE100, 0x1700
_STANDS = re.compile(f"[{chr(_FIRST)}-{chr(_FIRST + _MOST - 1)}]")


def plain(text: str) -> str:
    """What is left to see of a stream: without colours, and without what was written over."""
    return strip_ansi(_OVERWRITTEN.sub("", text))


def html(text: str) -> str:
    """The same as clean HTML, with its colours."""
    seen = _OVERWRITTEN.sub("", text)
    return ansi2html(seen) if "\x1b[" in seen else escape(seen)


def without_places(text: str, folders: Iterable[Path]) -> str:
    """A text with its colours and without the folders of the machine: ``folders`` are here, of others the end stays."""
    kept: list[str] = []

    def stand(colour: re.Match[str]) -> str:
        kept.append(colour[0])
        return chr(_FIRST + len(kept) - 1)

    if _STANDS.search(text) or len(_COLOUR.findall(text)) > _MOST:
        text = strip_ansi(text)
    held = strip_ansi(_COLOUR.sub(stand, text))
    told = _FOLDERS.sub("…", without_folders(held, dict.fromkeys(folders, ".")))
    return _STANDS.sub(lambda one: kept[ord(one[0]) - _FIRST], told) if kept else told
