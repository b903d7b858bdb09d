"""What cells print, and what errors say: text, with the colours of terminals in HTML."""

from __future__ import annotations

import re
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from nbconvert.filters.ansi import ansi2html, strip_ansi

from nianbao.render.tidy import without_folders

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

# What a progress bar has written before it began its line anew. It is looked for once a line, whatever the line's length.
_OVERWRITTEN = re.compile(r"^.*\r(?=[^\n])", re.M)
# What begins a sequence, how many are turned into HTML at once, and those that set more than anybody has to set: nbconvert
# copies the rest of a text at each sequence, and the rest of a sequence at each of its numbers.
_BEGIN, _AT_ONCE, _ENDLESS = re.compile("\x1b\\["), 500, re.compile("\x1b\\[[0-9;]{100,}m?")
# What sets a colour; other sequences move the cursor and the like.
_COLOUR = re.compile("\x1b\\[([0-9;]*)m")
# Folders of whatever machine a traceback is of; the file's name stays.
_FOLDERS = re.compile(r"(?<![\w.:/\\<])(?:~|[A-Za-z]:)?(?:[/\\][^\s/\\:\"'<>|]+)+(?=[/\\][^\s/\\:\"'<>|]+)")
# Stand for colours while text is looked at; for private use, as are all in their block.
_FIRST, _MOST = 0xE100, 0x1700
_STANDS = re.compile(f"[{chr(_FIRST)}-{chr(_FIRST + _MOST - 1)}]")
# How Python prints what has no words of its own: <Axes: title={…}>, <bound method … of a whole frame>,
# Text(0, 1, '…'); EMS(3件) is none: what stands in brackets is in quotation marks, or no Chinese.
_ANGLED = (
    r"<(?:bound method [^<>]{1,20000}|(?:[A-Z][A-Za-z0-9_]*(?=%s)|(?:[A-Za-z_][A-Za-z0-9_]{0,40}\.){1,20}[A-Za-z_]"
    r"|[a-z_]+ object |(?:function|class|module|built-in|generator|a list of) )"
    r"(?:[^<>\n]|<(?:lambda|locals|genexpr)>){0,2000})>"
)
_CALLED = (
    r"\b[A-Z][A-Za-z0-9_]{0,40}\((?=['\"\[{]|[0-9.-]{1,40},%s|\w{1,40}=)"
    r"(?:[ -~](?<![()'\"])|'[^'\n]{0,2000}'|\"[^\"\n]{0,2000}\"){0,2000}+\)"
)
_OBJECT = re.compile(f"{_ANGLED % '[ :>]'}|{_CALLED % ''}")
# Where data may stand in angles or behind a name (<NA>, <I 级响应>, F1(0.9, 0.8)), an object says more of itself.
_SURELY, _WITH_WORDS = r": ?|>?:>| object | size \d|[^<>\n]{0,400} at 0x", "(?: ?[0-9.-]{1,40},)? ?['\"]"
_ALONE = re.compile(f"{_ANGLED % _SURELY}|(?m:^None$)|\\A{_CALLED % _WITH_WORDS}\\Z")
# What a call of matplotlib, seaborn or pandas gives back for what it has drawn, one by one and in arrays and dictionaries.
_DRAWN = re.compile(
    r"<(?:(?:matplotlib|mpl_toolkits|seaborn)\.|[A-Za-z0-9]*(?:Axes(?:3D)?|Figure|Container)\b|a list of )"
    r"(?:[^<>'\"]|'[^'\n]{0,2000}'|\"[^\"\n]{0,2000}\"){0,2000}+>"
    r"|\bText\([-0-9.e]{1,40}, [-0-9.e]{1,40}, (?:'[^'\n]{0,2000}'|\"[^\"\n]{0,2000}\")\)"
)
_HELD = re.compile(r"'\w+':|\barray\([^()]*\)")


def plain(text: str) -> str:
    """What is left to see of a stream: without colours, and without what was written over."""
    return strip_ansi(_OVERWRITTEN.sub("", text))


def without_objects(text: str) -> str:
    """A text without the objects printed in it, whose numbers and words nobody says: <Figure size 640x480 with 1 Axes>."""
    return _OBJECT.sub("\n", text)


def object_in(text: str) -> str:
    """The first object of a text that says nothing to readers, as Python prints it, or None on a line; '' without any.

    A text with tags of HTML or XML holds none.
    """
    found = _ALONE.search(text.strip()) if "</" not in text else None
    return found[0] if found else ""


def is_drawn(text: str) -> bool:
    """Whether a value is what drawing calls give back, and nothing else: [<matplotlib.lines.Line2D at 0x0>]."""
    left, count = _DRAWN.subn("", text)
    return bool(count) and not re.search(r"\w", _HELD.sub("", left))


def html(text: str) -> str:
    """The same as clean HTML, with its colours."""
    seen = _OVERWRITTEN.sub("", text)
    return "".join(_coloured(_ENDLESS.sub("", seen))) if "\x1b[" in seen else escape(seen)


def boxed(text: str) -> str:
    """The same in a box of its own, in which its lines stay."""
    return f'<div class="report"><pre>{html(text)}</pre></div>'


def _coloured(text: str) -> Iterator[str]:
    """A text as HTML, piece by piece, each of which begins with the colours in which the last one ended."""
    begins = [one.start() for one in _BEGIN.finditer(text)]
    colours: dict[str, None] = {}  # what has been set since all was reset, the latest last
    for begin, end in pairwise((0, *begins[_AT_ONCE::_AT_ONCE], len(text))):
        piece = text[begin:end]
        yield ansi2html("".join(colours) + piece)
        for code in _COLOUR.finditer(piece):
            colours.pop(code[0], None)
            if code[1] in {"", "0"}:
                colours.clear()
            else:
                colours[code[0]] = None
        colours = dict.fromkeys(list(colours)[-_AT_ONCE:])


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
